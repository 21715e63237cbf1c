//! Workloads that engines are compared with, side by side in one run.
//!
//! Every engine is a program of its own (`worker`) that makes the same patients (`generate`), runs one phase at a time
//! on request and answers with what it took and a check sum of what it read. `drive` starts the programs, takes them in
//! turns round by round, compares the check sums and prints medians, spread and ratios (`report`).
//!
//! `bash benches/run.sh` builds and runs everything; `bash benches/run.sh --help` says what can be chosen.
//! `bash benches/run.sh --care` measures the work of care plans instead (`CareEngine`).
//! `bash benches/run.sh --footprint` measures the library alone, as on a small device: memory while a fresh process pages
//! through a store, and opening it after a shutdown and after a kill.

mod bundles;
mod care;
mod draw;
mod engine;
mod floor;
mod generate;
mod kv;
mod layout;
mod model;
mod names;
mod phase;
mod rehearsal;
mod report;
mod running;
mod timing;
mod worker;

pub use bundles::{Bundle, read as read_bundles};
pub use care::{
    CareEngine, CareModel, CarePhase, Caseload, Pending, ROUTINES, Routine, Task, VERY_RESTRICTED, answer_of_rows, now,
    pending, rehearse_care, rows_of_answers, serve_care,
};
pub use draw::Draw;
pub use engine::{Answer, Engine, Result, Unoffered, answer_of_text};
pub use floor::{copy_memory, sync_once};
pub use generate::{Case, Entry, Id, KINDS, Kind, Patient, Population, entry_to_add, fold, sound};
pub use kv::{Kv, KvEngine, Rows, Visit};
pub use layout::Space;
pub use model::Model;
pub use phase::Phase;
pub use rehearsal::rehearse;
pub use report::{Column, Report};
pub use running::{Running, Took, bytes_in};
pub use timing::Timing;
pub use worker::{Worker, memory, serve};
