//! The room of the store itself: figures and health.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::engage::AdvanceReport;
use crate::error::Result;
use crate::govern::policy::{Action, DataClass};
use crate::progress::Progress;
use crate::store::audit;
use crate::store::record::Owner;
use crate::store::state::State;
use crate::store::tables::Table;

/// State and health of the store. See [`Session::upkeep`]. For administrators.
#[derive(Debug, Clone, Copy)]
pub struct UpkeepRoom<'a>(pub(super) &'a Session);

/// Figures of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// Patients ever recorded, those entered in error and those known by reference among them.
    pub patients: u64,
    /// Sequence of the newest commit.
    pub sequence: u64,
    /// Entries of the audit chain.
    pub audit_entries: u64,
    /// Accesses that no commit has carried into tables yet.
    pub pending_accesses: u64,
    /// Rows by table.
    pub rows: Vec<TableRows>,
    /// Bytes of the data file; 0 in memory.
    pub data_bytes: u64,
    /// Pages sealed under the key of this file. At 2³¹ it should be rewritten.
    pub seals: u64,
    /// Whether so many pages were sealed that the file should be rewritten.
    pub wants_rewrite: bool,
    /// Damaged pages met since the store was opened.
    pub damaged_reads: u64,
    /// Version of the time zone database the store was last written with.
    pub zones: String,
    /// Format of the rows.
    pub format: u32,
}

/// How many rows a table has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRows {
    /// Name of the table.
    pub table: String,
    /// Rows.
    pub rows: u64,
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// What is wrong, each as a sentence with a page, table or key, without content. Empty if all is well.
    pub problems: Vec<String>,
    /// Records whose index rows were compared.
    pub records: u64,
    /// Entries of the audit chain that were verified.
    pub audit_entries: u64,
}

/// Seals after which a file should be rewritten.
const MANY_SEALS: u64 = 1 << 31;

impl UpkeepRoom<'_> {
    /// Figures of the store. Cheap.
    ///
    /// # Errors
    /// `Denied` to all but administrators.
    pub fn stats(&self) -> Result<Stats> {
        let look = self.0.inner().look()?;
        look.admit(Owner::Shared, Default::default(), DataClass::Policy, Action::Read)?;
        let store = &look.live.store;
        let reader = look.reader();
        // Not from the writer, who may be in the middle of a long commit.
        let (state, engine) = (State::read(reader.read)?, store.engine().stats());
        let mut rows = Vec::new();
        for table in Table::ALL {
            rows.push(TableRows { table: table.name().to_owned(), rows: reader.read.count(table)? });
        }
        Ok(Stats {
            patients: state.next_pid - 1,
            sequence: state.sequence,
            audit_entries: state.audit_sequence,
            pending_accesses: store.log().pending().0 as u64,
            rows,
            data_bytes: engine.file_bytes,
            seals: engine.seals,
            wants_rewrite: engine.seals >= MANY_SEALS,
            damaged_reads: engine.damaged_reads,
            zones: state.zones,
            format: state.format,
        })
    }

    /// Moves on what expired unnoticed: the lists of what is due stay short. To be called once a night, or whenever there is
    /// time; lists are right without it, and slower. A call that is cancelled or killed leaves the rest for the next, and
    /// one that follows at once does nothing. `progress` counts schedules.
    ///
    /// # Errors
    /// `Denied` to all but administrators; `Cancelled`; as [`Session::execute`](crate::Session::execute).
    pub fn advance(&self, progress: &Progress) -> Result<AdvanceReport> {
        let look = self.0.inner().look()?;
        look.admit(Owner::Shared, Default::default(), DataClass::Policy, Action::Read)?;
        let (store, now) = (Arc::clone(&look.live.store), look.now);
        let zones = look.session.core.zones.clone();
        drop(look);
        self.0.core().writable()?;
        let (mut report, mut after) = (AdvanceReport::default(), None);
        loop {
            progress.go_on()?;
            let zones = zones.clone();
            let step = store.write(move |tx| super::due::advance(tx, &zones, now, after))?;
            report.moved += step.moved;
            report.problems.extend(step.told);
            progress.advance(report.moved);
            if step.last.is_none() {
                return Ok(report);
            }
            after = step.last;
        }
    }

    /// Reads everything and compares it: every page, every record with its index rows, the audit chain, the key ring.
    /// Takes as long as reading the whole store. `progress` counts records; they come after every page was read.
    ///
    /// # Errors
    /// `Denied` to all but administrators; `Cancelled`; `Busy` or `Closed` if the store is suspended or shut down meanwhile; what is
    /// damaged is reported, not an error.
    pub fn check(&self, progress: &Progress) -> Result<CheckReport> {
        let look = self.0.inner().look()?;
        look.admit(Owner::Shared, Default::default(), DataClass::Policy, Action::Read)?;
        let store = &look.live.store;
        let mut report = CheckReport::default();
        let reader = look.reader();
        let state = State::read(reader.read)?;
        progress.go_on()?;
        report.problems = store.check()?;
        progress.go_on()?;
        match audit::verify(reader.read, store.ring().audit_key(), state.audit_sequence, &state.audit_head) {
            Ok(None) => report.audit_entries = state.audit_sequence,
            Ok(Some(at)) => report.problems.push(format!("the audit chain does not hold from entry {at} on")),
            Err(e) => report.problems.push(format!("the audit chain cannot be read: {e}")),
        }
        for (first, after) in store.ring().damaged() {
            report.problems.push(format!("the keys of patient slots {first} to {} are damaged", after - 1));
        }
        super::check::indexes(&look, &reader, &mut report, progress)?;
        // What could not be read because the store has ended is no damage.
        store.usable()?;
        Ok(report)
    }
}
