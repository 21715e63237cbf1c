//! The work of care plans, beside SQLite holding the same: lists of what is due, completions, the nightly advance.
//!
//! Patients have four schedules each ([`Task`]). Half of the clinics have a twentieth of patients whose labels withhold them
//! from the one who asks. A round is a day: first the lists as the night left them, then the nightly advance, then the day's
//! work. `bash benches/run.sh --care` runs it.

mod engine;
mod model;
mod phase;
mod rehearsal;
mod routine;
mod worker;

pub use engine::CareEngine;
pub use model::{CareModel, answer_of_rows, rows_of_answers};
pub use phase::CarePhase;
pub use rehearsal::rehearse_care;
pub use routine::{Caseload, Pending, ROUTINES, Routine, Task, VERY_RESTRICTED, now, pending};
pub use worker::serve_care;
