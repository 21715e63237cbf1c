//! The surface of `prm-core` as data, from which the bindings are made.
//!
//! `read` takes it from the sources of the core. `manifest` writes it as `bindings/api.manifest`, the contract
//! that reviewers see, and reads it back. What a language needs is written from it by a module of its own.

pub mod kotlin;
mod model;

pub use model::{
    Api, Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Passed, Room, Shape, Type, Variant,
};
