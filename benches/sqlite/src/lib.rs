//! What a user would pick instead: SQLite through rusqlite, at the durability of the library. Ways to use it:
//!
//! - `typed`: a table per kind of record, indexed for the questions asked, full-text search for names ([`Typed`]);
//! - `blob`: FHIR JSON in one table beside index tables, as FHIR libraries for phones do it ([`Blob`]);
//! - `layout`: the library's own layout of rows in tables without rowid ([`Layout`]);
//! - `care-joined`, `care-covering`: the work of care plans, lists by a join or from a table of their own ([`Care`]).

mod blob;
mod care;
mod connection;
mod distance;
mod journal;
mod layout;
mod rehearsal;
mod search_parameters;
mod typed;

use std::io::{stdin, stdout};
use std::process::ExitCode;
use std::sync::OnceLock;

use prm_benches::{serve, serve_care};

pub use blob::Blob;
pub use care::{Care, CareList, Covering, Joined, Listing};
pub use layout::Layout;
pub use rehearsal::{is_sealed, rehearse};
pub use typed::Typed;

/// Whether pages are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// SQLite.
    None,
    /// SQLCipher with a raw 256-bit key.
    RawKey,
}

static PROTECTION: OnceLock<Protection> = OnceLock::new();

/// The program: serves the engine that its first argument names.
pub fn run(protection: Protection) -> ExitCode {
    let _ = PROTECTION.set(protection);
    let (input, output) = (stdin().lock(), stdout().lock());
    let served = match std::env::args().nth(1).as_deref() {
        Some("typed") => serve::<Typed>(input, output),
        Some("blob") => serve::<Blob>(input, output),
        Some("layout") => serve::<prm_benches::KvEngine<Layout>>(input, output),
        Some("care-joined") => serve_care::<Care<Joined>>(input, output),
        Some("care-covering") => serve_care::<Care<Covering>>(input, output),
        _ => {
            eprintln!("usage: prm-bench-sqlite typed|blob|layout|care-joined|care-covering");
            return ExitCode::from(2);
        }
    };
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
