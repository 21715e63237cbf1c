//! The surface of `prm-core` as data, from which the bindings are made.
//!
//! [`read`](read::read) takes it from the sources of the core. [`manifest`] writes it as `bindings/api.manifest`, the contract
//! that reviewers see, and reads it back. What a language needs is written from it by a module of its own.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests fail by panicking"))]

mod docs;
mod expand;
pub mod kotlin;
pub mod manifest;
mod model;
pub mod python;
pub mod read;
pub mod swift;
pub mod uniffi;

pub use model::{
    Api, Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Passed, Room, Shape, Type, Variant,
};

/// The committed manifest.
///
/// # Errors
/// `Unreadable` if it was edited by hand and is none any more.
pub fn api() -> Result<Api, manifest::Unreadable> {
    manifest::parse(include_str!("../../api.manifest"))
}
