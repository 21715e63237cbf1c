//! `prm-core` for Kotlin and Swift.
//!
//! Data are mirrors of the core's types, made from `bindings/api.manifest` when this crate is built: a difference does not
//! compile. Objects are handles: [`Prm`], [`Session`], [`Subscription`], and [`Key`], [`Progress`] and [`ManualClock`] that
//! are handed to them; and the [`Reckoner`], which needs no store. Every call is one call of the core; nothing is decided here.

mod error;
mod handle;
mod log;
mod mirror;
mod open;
mod reckon;
mod session;

pub use error::{ErrorInfo, PrmError, Retry, fail_with, rehearse_defect};
pub use handle::{Key, ManualClock, Progress};
pub use log::{LogLevel, LogSink, LogSinkError, lost_log_lines, set_log_sink};
pub use open::{
    AuditSync, Created, Founder, LocalTime, OpenOptions, Prm, create_memory_store, create_store, salvage_store,
    store_files,
};
pub use reckon::Reckoner;
pub use session::{Exported, Session, Subscription};

uniffi::setup_scaffolding!();
