//! The pages as redb's storage.

use std::io;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use redb::{BackendError, StorageBackend};

use super::{Disk, Pages};

/// The pages as redb's storage.
#[derive(Debug)]
pub(crate) struct Backend(pub(crate) Arc<Pages>);

pub(super) type Locked<T> = std::result::Result<T, BackendError>;

impl Backend {
    /// redb goes on without any lock where there is none; this is where it is told not to.
    fn locked<T>(&self, whole: bool, outcome: Locked<T>) -> Locked<T> {
        match outcome {
            Err(BackendError::Unsupported) if whole => {
                self.0.lock_unsupported.store(true, Ordering::Release);
                Err(BackendError::Io(io::Error::other("the file system has no locks")))
            }
            outcome => outcome,
        }
    }

    fn reachable(&self) -> Locked<()> {
        self.0.reachable().map_err(BackendError::Io)
    }

    fn on_disk<T>(&self, call: impl FnOnce(&Disk) -> Locked<T>) -> Locked<T> {
        self.0.on_disk(|disk| Ok(call(disk))).map_err(BackendError::Io)?
    }
}

fn is_whole(start: Bound<u64>, end: Bound<u64>) -> bool {
    matches!(start, Bound::Unbounded | Bound::Included(0)) && end == Bound::Unbounded
}

impl StorageBackend for Backend {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        self.0.sync()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.0.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        if self.0.cut_off.load(Ordering::Acquire) {
            return Ok(());
        }
        self.0.on_disk(Disk::close)
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.reachable()?;
        self.locked(is_whole(start, end), self.on_disk(|disk| disk.try_lock_range(start, end)))
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.reachable()?;
        self.locked(is_whole(start, end), self.on_disk(|disk| disk.try_lock_shared_range(start, end)))
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.reachable()?;
        self.locked(is_whole(start, end), self.on_disk(|disk| disk.lock_range(start, end)))
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.reachable()?;
        self.locked(is_whole(start, end), self.on_disk(|disk| disk.lock_shared_range(start, end)))
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.reachable()?;
        self.on_disk(|disk| disk.unlock_range(start, end))
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.reachable()?;
        self.on_disk(|disk| disk.query_lock_range(start, end))
    }
}
