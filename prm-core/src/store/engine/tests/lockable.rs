//! The data file on a device that a test locks.

use std::fs::File;
use std::io;
use std::ops::Bound;
use std::path::PathBuf;

use redb::backends::FileBackend;
use redb::{BackendError, StorageBackend};

use crate::store::medium::faulty;

#[derive(Debug)]
pub(in crate::store::engine) struct Lockable {
    pub(in crate::store::engine) backend: FileBackend,
    pub(in crate::store::engine) path: PathBuf,
}

/// The path of a file, whether a device is locked now or not.
pub(in crate::store::engine) fn path_of(file: &File) -> PathBuf {
    #[cfg(target_os = "linux")]
    return std::fs::read_link(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(file))).unwrap_or_default();
    #[cfg(not(target_os = "linux"))]
    return faulty::path_of(file);
}

type Locked<T> = std::result::Result<T, BackendError>;

impl StorageBackend for Lockable {
    fn len(&self) -> io::Result<u64> {
        faulty::unlocked(&self.path)?;
        self.backend.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        faulty::unlocked(&self.path)?;
        self.backend.read(offset, out)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        faulty::unlocked(&self.path)?;
        self.backend.set_len(len)
    }

    fn sync_data(&self) -> io::Result<()> {
        faulty::unlocked(&self.path)?;
        self.backend.sync_data()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        faulty::unlocked(&self.path)?;
        self.backend.write(offset, data)
    }

    fn close(&self) -> io::Result<()> {
        self.backend.close()
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.backend.try_lock_range(start, end)
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.backend.try_lock_shared_range(start, end)
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.backend.lock_range(start, end)
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.backend.lock_shared_range(start, end)
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        self.backend.unlock_range(start, end)
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        self.backend.query_lock_range(start, end)
    }
}
