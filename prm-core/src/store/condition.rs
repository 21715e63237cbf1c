//! Whether the files of a store are there to be used, and what a caller is told if they are not.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::error::{Error, ErrorKind, Result};
use crate::store::engine::{Order, Read, Show, Snapshot, Span, Visit};
use crate::store::tables::Table;

/// How an open store stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Standing {
    Open,
    /// A call to one of its files failed: the files are to be opened again.
    Lost,
    Suspended,
    Closed,
}

/// The standing of a store, shared by all who use it.
#[derive(Debug, Default)]
pub(crate) struct Condition(AtomicU8);

impl Condition {
    pub(crate) fn standing(&self) -> Standing {
        match self.0.load(Ordering::Acquire) {
            0 => Standing::Open,
            1 => Standing::Lost,
            2 => Standing::Suspended,
            _ => Standing::Closed,
        }
    }

    /// Fails once the store is not open any more.
    pub(crate) fn usable(&self) -> Result<()> {
        match self.standing() {
            Standing::Open => Ok(()),
            Standing::Lost => Err(unreachable()),
            Standing::Suspended => Err(suspended()),
            Standing::Closed => Err(closed()),
        }
    }

    /// Changes an open store to `standing`. What has ended or is lost stays so, but a lost store can end.
    pub(crate) fn end(&self, standing: Standing) {
        self.0.fetch_max(standing as u8, Ordering::AcqRel);
    }

    /// Tells from an error whether a file is lost. The caller gets that error; whoever comes next finds the file lost.
    /// An error that follows from the end of the store becomes the one that says so.
    pub(crate) fn judge(&self, error: Error) -> Error {
        if !matches!(error.kind(), ErrorKind::Io | ErrorKind::AuditUnavailable | ErrorKind::Closed) {
            return error;
        }
        match self.standing() {
            Standing::Open => {
                if is_of_a_file(&error) {
                    self.end(Standing::Lost);
                }
                error
            }
            Standing::Lost => error,
            Standing::Suspended => suspended(),
            Standing::Closed => closed(),
        }
    }
}

/// Whether an error says that a file cannot be reached. A full disk can be.
fn is_of_a_file(error: &Error) -> bool {
    let full = |e: &io::Error| {
        matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::WriteZero)
    };
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<io::Error>());
    match error.kind() {
        ErrorKind::Io => true,
        ErrorKind::AuditUnavailable => cause.is_some_and(|e| !full(e)),
        _ => false,
    }
}

pub(crate) fn suspended() -> Error {
    Error::new(ErrorKind::Busy, "the store is suspended; resume it with its key")
}

pub(crate) fn closed() -> Error {
    Error::new(ErrorKind::Closed, "the store was shut down")
}

pub(crate) fn unreachable() -> Error {
    Error::new(ErrorKind::Busy, "the files of the store cannot be reached; the next call tries to open them again")
}

/// A snapshot as callers see it: it ends with the store, at the next row at the latest.
pub(crate) struct Seen {
    pub(crate) whole: Arc<dyn Snapshot>,
    condition: Arc<Condition>,
}

impl Seen {
    pub(crate) fn new(whole: Arc<dyn Snapshot>, condition: &Arc<Condition>) -> Self {
        Seen { whole, condition: Arc::clone(condition) }
    }
}

impl Read for Seen {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.condition.usable()?;
        self.whole.get(table, key).map_err(|e| self.condition.judge(e))
    }

    fn look(&self, table: Table, key: &[u8], show: &mut Show<'_>) -> Result<bool> {
        self.condition.usable()?;
        let mut refused = None;
        let found = self.whole.look(table, key, &mut |value| {
            refused = show(value).err();
            Ok(())
        });
        match (refused, found) {
            (Some(own), _) => Err(own),
            (None, found) => found.map_err(|e| self.condition.judge(e)),
        }
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        self.condition.usable()?;
        let mut refused = None;
        let scanned = self.whole.scan(table, span, order, &mut |key, value| {
            let step = self.condition.usable().and_then(|()| visit(key, value));
            Ok(step.unwrap_or_else(|own| {
                refused = Some(own);
                ControlFlow::Break(())
            }))
        });
        match refused {
            Some(own) => Err(own),
            None => scanned.map_err(|e| self.condition.judge(e)),
        }
    }

    fn count(&self, table: Table) -> Result<u64> {
        self.condition.usable()?;
        self.whole.count(table).map_err(|e| self.condition.judge(e))
    }
}

impl Snapshot for Seen {}
