//! The narrow seam between the store and whatever keeps its ordered bytes.
//!
//! An engine knows byte keys in numbered tables, snapshots, and one write transaction at a time. No type of an
//! engine leaves this folder.

pub(crate) mod memory;
pub(crate) mod redb;
pub(crate) mod salvage;
#[cfg(test)]
pub(crate) mod tests;

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::error::Result;
use crate::store::tables::Table;

/// Rows to visit: from `start` (included) to `end` (excluded; `None` means to the end of the table).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) start: &'a [u8],
    pub(crate) end: Option<&'a [u8]>,
}

/// Direction of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Ascending,
    Descending,
}

/// Things one can read from: a snapshot, or a write transaction that sees its own writes.
pub(crate) trait Read {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>>;

    /// Shows the value at a key in place, if there is one; answers whether there is. An error of `show` is returned.
    fn look(&self, table: Table, key: &[u8], show: &mut Show<'_>) -> Result<bool> {
        match self.get(table, key)? {
            Some(value) => show(&value).map(|()| true),
            None => Ok(false),
        }
    }

    /// Visits rows in key order until `visit` breaks. An error of `visit` ends the scan and is returned.
    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()>;

    /// Number of rows of a table.
    fn count(&self, table: Table) -> Result<u64>;
}

/// What a scan calls for each row: key, value.
pub(crate) type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>> + 'a;

/// What a look calls with a value.
pub(crate) type Show<'a> = dyn FnMut(&[u8]) -> Result<()> + 'a;

/// A state of the store that does not move. Short-lived: pages it pins cannot be reused.
pub(crate) trait Snapshot: Read + Send + Sync {}

/// The one write transaction. Dropping it rolls back. After a call that failed nothing of it can be committed: later
/// calls fail too. While it scans a table, the visitor reads nothing else of that table through it.
pub(crate) trait Transaction: Read {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()>;
    /// Whether there was such a row.
    fn delete(&mut self, table: Table, key: &[u8]) -> Result<bool>;
    /// Puts (`Some`) and deletes (`None`) rows that come in order of table and key.
    fn apply(&mut self, rows: &mut dyn Iterator<Item = (Table, &[u8], Option<&[u8]>)>) -> Result<()>;
    /// Makes everything durable, all or nothing, before it returns. After an error nobody knows which of the two it was,
    /// and the engine takes no further write: only opening again tells.
    fn commit(self: Box<Self>, commit: Commit) -> Result<()>;
}

/// How a commit is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Commit {
    /// One sync. A crash before the next checkpoint makes the next open walk the file.
    Durable,
    /// Two syncs. A crash after it opens at once.
    Checkpoint,
}

/// Figures an engine can tell cheaply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct EngineStats {
    /// Bytes of the data file.
    pub(crate) file_bytes: u64,
    /// Pages sealed under this file's key so far.
    pub(crate) seals: u64,
    /// Unauthentic or unreadable pages met since opening.
    pub(crate) damaged_reads: u64,
}

/// An open engine. Safe to share; `begin` waits for the writer before it.
pub(crate) trait Engine: Send + Sync {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>>;
    fn begin(&self) -> Result<Box<dyn Transaction + '_>>;
    fn stats(&self) -> EngineStats;
    /// Waits for the writer, keeps others from writing, walks everything and lists what is damaged, each as one sentence
    /// with a page or table, never with content.
    fn check(&self) -> Result<Vec<String>>;
    /// Syncs and releases the file, whoever still reads from it. Later calls fail with `Closed`. `Busy` while a
    /// transaction lives: then the file is released when it ends.
    fn close(&self) -> Result<()>;
    /// Ends a check in progress, which fails.
    fn interrupt(&self);
    /// Forgets the engine without touching the file: for a handle dropped in a forked child.
    fn forget(&self);
}

fn unknown(table: Table) -> crate::Error {
    crate::Error::new(crate::ErrorKind::Unsupported, format!("the engine has no table {}", table.name()))
}
