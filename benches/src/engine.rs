//! What an engine must be able to do to be compared.

use std::path::Path;

use crate::bundles::Bundle;
use crate::generate::{Case, Entry, Id};

/// Shorthand: any error of any engine, to be printed.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;

/// A check sum of what was read. Engines that answer differently are not doing the same work.
pub type Answer = u64;

/// An engine does not offer what a phase needs; its cell of the table stays empty.
#[derive(Debug)]
pub struct Unoffered;

impl std::fmt::Display for Unoffered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not offered by this engine")
    }
}

impl std::error::Error for Unoffered {}

/// The check sum of a text.
pub fn answer_of_text(text: &str) -> Answer {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// More than any patient has.
const ALL_ENTRIES: usize = 1_000_000;

/// A store of patients and charts. Reads decode what they found into owned values before they answer.
pub trait Engine: Sized {
    /// Makes an empty store in a folder that does not exist yet.
    fn create(folder: &Path) -> Result<Self>;

    /// Opens the store in a folder.
    fn open(folder: &Path) -> Result<Self>;

    /// Ends the store as a host would before it exits.
    fn close(self) -> Result<()>;

    /// Version and settings, in one line.
    fn settings(&self) -> Result<String>;

    /// Adds patients and their entries in one durable transaction, every index, the journal and the audit maintained.
    fn ingest(&mut self, cases: &[Case]) -> Result<()>;

    /// Reads a demographic record by id, the access to it being open already: the check sum of the family name.
    fn point(&mut self, patient: Id) -> Result<Answer>;

    /// The same as the first read of an access: who read it must survive a kill of the process after the answer.
    fn first(&mut self, patient: Id) -> Result<Answer>;

    /// The newest entries of a patient: the sum of their times.
    fn timeline(&mut self, patient: Id, length: usize) -> Result<Answer>;

    /// Every entry of a patient, the newest first: the sum of their times.
    fn walk(&mut self, patient: Id) -> Result<Answer> {
        self.timeline(patient, ALL_ENTRIES)
    }

    /// The same into columns of Arrow, and the sum taken from there.
    fn table(&mut self, _patient: Id) -> Result<Answer> {
        Err(Unoffered.into())
    }

    /// Up to 20 patients with a name that begins so: how many.
    fn prefix(&mut self, text: &str) -> Result<Answer>;

    /// Patients with a name at most two edits away: 1 if `meant` is among the names found.
    fn fuzzy(&mut self, text: &str, meant: &str) -> Result<Answer>;

    /// Adds an entry in one durable transaction.
    fn add(&mut self, patient: Id, entry: &Entry) -> Result<()>;

    /// Changes the telephone number in one durable transaction; the version before it is kept.
    fn edit(&mut self, patient: Id, phone: &str) -> Result<()>;

    /// Imports FHIR bundles: how many resources came in.
    fn import(&mut self, bundles: &[Bundle]) -> Result<u64>;
}
