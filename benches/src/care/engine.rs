//! What an engine must be able to do to be compared.

use std::path::Path;

use super::routine::{Caseload, Pending, Task};
use crate::engine::{Answer, Result, Unoffered};
use crate::generate::Patient;

/// A store of patients, schedules and what is due. Reads decode what they found into owned values before they answer, and
/// pass the rows through the gate: the one who asks works at every clinic and may not see patients that labels withhold.
pub trait CareEngine: Sized {
    /// Makes an empty store in a folder that does not exist yet.
    fn create(folder: &Path, caseload: Caseload) -> Result<Self>;

    /// Opens the store in a folder.
    fn open(folder: &Path, caseload: Caseload) -> Result<Self>;

    /// Ends the store as a host would before it exits.
    fn close(self) -> Result<()>;

    /// Version and settings, in one line.
    fn settings(&self) -> Result<String>;

    /// Sets the clock, in seconds since 1970.
    fn set_now(&mut self, now: i64);

    /// Adds patients and their schedules in one durable transaction, every index, the journal and the audit maintained.
    fn ingest(&mut self, patients: &[(Patient, bool)], tasks: &[Task]) -> Result<()>;

    /// What is due at a clinic before an instant, what is late first, 1,000 rows at most; the page is put on record: how
    /// many there are and the sum of when they are due.
    fn worklist(&mut self, clinic: u32, until: i64) -> Result<Answer>;

    /// What may be done for a patient now, the access put on record: the sum of when it is due.
    fn due(&mut self, patient: &Task) -> Result<Answer>;

    /// Records that something was done, in one durable transaction.
    fn complete(&mut self, task: &Task, pending: &Pending) -> Result<()>;

    /// The same by writers at once, each one after the other of its own; every answer is given after its commit.
    fn complete_together(&mut self, of_writers: &[Vec<(Task, Pending)>]) -> Result<()>;

    /// What is planned of a schedule between two instants, read from the store and put on record: the sum of the times.
    fn month(&mut self, _task: &Task, _from: i64, _to: i64) -> Result<Answer> {
        Err(Unoffered.into())
    }

    /// The same from the rule alone.
    fn expand(&mut self, _task: &Task, _from: i64, _to: i64) -> Result<Answer> {
        Err(Unoffered.into())
    }

    /// Moves what has expired on to what is next: how many schedules.
    fn advance(&mut self) -> Result<Answer>;
}
