//! What happens when redb meets damage or an error: the call fails, the handle stays.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use redb::{CommitError, DatabaseError, SetDurabilityError, StorageError, TableError, TransactionError};

use crate::error::{Error, ErrorKind, Result};
use crate::store::page;
use crate::store::tables::Table;

/// Remembers whether damage was ever met by this handle.
#[derive(Debug, Default)]
pub(in crate::store::engine) struct Watch {
    damaged: AtomicBool,
}

impl Watch {
    /// Whether any call so far met damage. From then on every commit is one that the next open needs no walk for.
    pub(super) fn damaged(&self) -> bool {
        self.damaged.load(Ordering::Acquire)
    }

    pub(super) fn found_damage(&self) {
        self.damaged.store(true, Ordering::Release);
    }

    /// Runs one call of redb. A panic, a damaged page or an error about damage makes it fail with `Corrupted`; what the
    /// call answered is not used then, for it may rest on zeros.
    pub(in crate::store::engine) fn call<T, E: Failure>(
        &self,
        table: Option<Table>,
        call: impl FnOnce() -> std::result::Result<T, E>,
    ) -> Result<T> {
        let before = page::met();
        let outcome = catch_unwind(AssertUnwindSafe(call));
        let failed = match outcome {
            Ok(Ok(answer)) if page::met() == before => return Ok(answer),
            Ok(Err(failure)) if page::met() == before => failure.into_error(),
            _ => Error::new(ErrorKind::Corrupted, "a page is damaged"),
        };
        if failed.kind() != ErrorKind::Corrupted {
            return Err(failed);
        }
        self.damaged.store(true, Ordering::Release);
        let place = table.map(|table| format!("table {} has a damaged page", table.name()));
        Err(Error::new(ErrorKind::Corrupted, place.unwrap_or_else(|| "the data file has a damaged page".into()))
            .because(failed))
    }

    /// Runs a call whose answer stands even if damage was met on the way.
    pub(in crate::store::engine) fn note<T, E: Failure>(
        &self,
        call: impl FnOnce() -> std::result::Result<T, E>,
    ) -> Result<T> {
        let before = page::met();
        let outcome = catch_unwind(AssertUnwindSafe(call));
        if page::met() != before {
            self.damaged.store(true, Ordering::Release);
        }
        match outcome {
            Ok(answer) => answer.map_err(Failure::into_error),
            Err(_) => {
                self.damaged.store(true, Ordering::Release);
                Err(Error::new(ErrorKind::Corrupted, "the data file has a damaged page"))
            }
        }
    }
}

/// An error of redb, as ours.
pub(in crate::store::engine) trait Failure {
    fn into_error(self) -> Error;
}

impl Failure for Error {
    fn into_error(self) -> Error {
        self
    }
}

impl Failure for StorageError {
    fn into_error(self) -> Error {
        match self {
            StorageError::Io(e) if e.kind() == io::ErrorKind::InvalidData => {
                Error::new(ErrorKind::Corrupted, "the data file is damaged").because(e)
            }
            StorageError::Io(e) => Error::from(e),
            StorageError::PreviousIo => {
                Error::new(ErrorKind::Io, "an earlier call to the disk failed; the file is to be opened again")
            }
            StorageError::DatabaseClosed => Error::new(ErrorKind::Closed, "the store was shut down"),
            StorageError::ValueTooLarge(len) => {
                Error::new(ErrorKind::Invalid, format!("a value of {len} bytes is too long for the engine"))
            }
            StorageError::Corrupted(_) | StorageError::LockPoisoned(_) => {
                Error::new(ErrorKind::Corrupted, "the data file is damaged").because(self)
            }
            other => Error::new(ErrorKind::Io, "the engine failed").because(other),
        }
    }
}

impl Failure for TableError {
    fn into_error(self) -> Error {
        match self {
            TableError::Storage(e) => e.into_error(),
            TableError::TableAlreadyOpen(..) => {
                Error::new(ErrorKind::Busy, "the transaction is in the middle of this table")
            }
            other => Error::new(ErrorKind::Corrupted, "a table is missing or not what it should be").because(other),
        }
    }
}

impl Failure for TransactionError {
    fn into_error(self) -> Error {
        match self {
            TransactionError::Storage(e) => e.into_error(),
            other => Error::new(ErrorKind::Busy, "another transaction is in progress").because(other),
        }
    }
}

impl Failure for CommitError {
    fn into_error(self) -> Error {
        match self {
            CommitError::Storage(e) => e.into_error(),
            other => Error::new(ErrorKind::Corrupted, "the transaction met damage").because(other),
        }
    }
}

impl Failure for SetDurabilityError {
    fn into_error(self) -> Error {
        Error::new(ErrorKind::Unsupported, "the engine does not take this durability").because(self)
    }
}

impl Failure for DatabaseError {
    fn into_error(self) -> Error {
        match self {
            DatabaseError::Storage(e) => e.into_error(),
            DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch => {
                Error::new(ErrorKind::AlreadyOpen, "the store is open elsewhere")
            }
            DatabaseError::UpgradeRequired(_) => {
                Error::new(ErrorKind::UnsupportedFormat, "the data file has a format of another engine version")
            }
            DatabaseError::TransactionInProgress => {
                Error::new(ErrorKind::Busy, "a transaction is still in progress; the file closes when it ends")
            }
            DatabaseError::RepairAborted => Error::new(ErrorKind::Cancelled, "the caller asked to stop the repair"),
            other => Error::new(ErrorKind::Corrupted, "the data file needs a repair it cannot have").because(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::store::cipher::Suite;
    use crate::store::page::{PAGE, Pages};
    use crate::store::preamble::Preamble;

    #[test]
    fn an_answer_that_rests_on_zeros_is_not_used() {
        let preamble = Preamble { suite: Suite::Aes256Gcm, store_id: [1; 16], file_id: [2; 16], page_key_gen: 1 };
        let pages = Pages::create(Arc::new(redb::backends::InMemoryBackend::new()), &preamble, &[3; 32]);
        pages.set_len(3 * PAGE as u64).unwrap();
        pages.write(PAGE as u64, &[7; PAGE]).unwrap();
        let read = |page: u64| {
            let mut bytes = [0; PAGE];
            pages.read(page * PAGE as u64, &mut bytes).map(|()| bytes[0]).map_err(StorageError::Io)
        };
        let watch = Watch::default();
        assert_eq!(watch.call(None, || read(1)).unwrap(), 7);
        assert!(!watch.damaged());
        let error = watch.call(Some(Table::Due), || read(2)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupted);
        assert_eq!(error.to_string(), "table due has a damaged page");
        assert!(watch.damaged());
        pages.recovering(true);
        assert_eq!(watch.call(None, || read(2)).unwrap(), 0);
    }

    #[test]
    fn a_panic_and_every_error_become_ours() {
        let watch = Watch::default();
        let kind = |e: StorageError| e.into_error().kind();
        assert_eq!(kind(StorageError::Io(io::ErrorKind::StorageFull.into())), ErrorKind::Full);
        assert_eq!(kind(StorageError::Io(io::ErrorKind::PermissionDenied.into())), ErrorKind::Io);
        assert_eq!(kind(StorageError::PreviousIo), ErrorKind::Io);
        assert_eq!(kind(StorageError::DatabaseClosed), ErrorKind::Closed);
        assert_eq!(kind(StorageError::ValueTooLarge(1 << 40)), ErrorKind::Invalid);
        assert_eq!(watch.call::<(), _>(None, || Err(StorageError::PreviousIo)).unwrap_err().kind(), ErrorKind::Io);
        assert!(!watch.damaged());
        let caught = watch.call::<(), Error>(None, || std::panic::resume_unwind(Box::new("zeros")));
        assert_eq!(caught.unwrap_err().kind(), ErrorKind::Corrupted);
        assert!(watch.damaged());
    }
}
