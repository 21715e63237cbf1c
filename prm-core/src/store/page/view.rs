//! The pages as redb sees them when it must not change them.

use std::collections::HashMap;
use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex};

use redb::StorageBackend;

use super::backend::{Backend, Locked};
use super::header::{clear_recovery, require_newest};
use super::{PAGE, Pages, lock};

/// The pages as if they had been closed: redb takes the commit its header names as it is.
#[derive(Debug)]
pub(crate) struct Closed {
    backend: Backend,
    locks: bool,
}

impl Closed {
    pub(crate) fn new(pages: Arc<Pages>) -> Self {
        Closed { backend: Backend(pages), locks: true }
    }

    /// For whoever holds the lock of the file already.
    pub(crate) fn unlocked(pages: Arc<Pages>) -> Self {
        Closed { backend: Backend(pages), locks: false }
    }
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl StorageBackend for Closed {
    fn len(&self) -> io::Result<u64> {
        self.backend.len()
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.backend.read(offset, out)?;
        if offset == 0 {
            clear_recovery(out);
        }
        Ok(())
    }

    fn set_len(&self, _: u64) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_data(&self) -> io::Result<()> {
        Err(read_only())
    }

    fn write(&self, _: u64, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn close(&self) -> io::Result<()> {
        if self.locks { self.backend.close() } else { Ok(()) }
    }

    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        if self.locks { self.backend.try_lock_range(start, end) } else { Ok(true) }
    }

    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        if self.locks { self.backend.try_lock_shared_range(start, end) } else { Ok(true) }
    }

    fn lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        if self.locks { self.backend.lock_range(start, end) } else { Ok(()) }
    }

    fn lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        if self.locks { self.backend.lock_shared_range(start, end) } else { Ok(()) }
    }

    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<()> {
        if self.locks { self.backend.unlock_range(start, end) } else { Ok(()) }
    }

    fn query_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Locked<bool> {
        if self.locks { self.backend.query_lock_range(start, end) } else { Ok(false) }
    }
}

/// The pages with what is written kept in memory, and with a header that vouches for the newest commit. For whoever
/// holds the lock of the file already.
#[derive(Debug)]
pub(crate) struct Overlay {
    pages: Arc<Pages>,
    written: Mutex<Written>,
}

#[derive(Debug, Default)]
struct Written {
    pages: HashMap<u64, Box<[u8]>>,
    len: Option<u64>,
}

impl Overlay {
    pub(crate) fn new(pages: Arc<Pages>) -> Self {
        Overlay { pages, written: Mutex::default() }
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        let written = lock(&self.written).len;
        written.map_or_else(|| self.pages.len(), Ok)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.pages.uninterrupted()?;
        let written = lock(&self.written);
        let first = offset / PAGE as u64;
        let count = out.len().div_ceil(PAGE) as u64;
        let untouched = !(first..first + count).any(|number| written.pages.contains_key(&number));
        if untouched && written.len.is_none() {
            self.pages.read(offset, out)?;
            if offset == 0 {
                require_newest(out);
            }
            return Ok(());
        }
        let end = self.pages.len()?;
        for (number, part) in (first..).zip(out.chunks_mut(PAGE)) {
            match written.pages.get(&number).and_then(|page| page.get(..part.len())) {
                Some(page) => part.copy_from_slice(page),
                None if number * PAGE as u64 >= end => part.fill(0),
                None => self.pages.read(number * PAGE as u64, part)?,
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        lock(&self.written).len = Some(len);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut written = lock(&self.written);
        for (number, part) in (offset / PAGE as u64..).zip(data.chunks(PAGE)) {
            written.pages.insert(number, part.into());
        }
        Ok(())
    }

    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Locked<bool> {
        Ok(true)
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Locked<()> {
        Ok(())
    }
}
