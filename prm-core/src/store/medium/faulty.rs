//! A file in memory that fails when it is told to, and folders of a device that is locked.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::Medium;

static LOCKED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
static HOW_MANY: AtomicUsize = AtomicUsize::new(0);

/// While it lives, nothing under its folder can be opened, read or written, as on a device whose screen is locked.
pub(crate) struct LockedDevice(PathBuf);

impl LockedDevice {
    pub(crate) fn holding(folder: &Path) -> Self {
        HOW_MANY.fetch_add(1, Ordering::SeqCst);
        LOCKED.lock().unwrap().push(folder.to_owned());
        LockedDevice(folder.to_owned())
    }
}

impl Drop for LockedDevice {
    fn drop(&mut self) {
        LOCKED.lock().unwrap().retain(|folder| *folder != self.0);
        HOW_MANY.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Fails for a file of a locked device.
pub(crate) fn unlocked(path: &Path) -> io::Result<()> {
    if HOW_MANY.load(Ordering::SeqCst) > 0 && LOCKED.lock().unwrap().iter().any(|folder| path.starts_with(folder)) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(())
}

/// The path of an open file, where the system tells it.
pub(crate) fn path_of(file: &File) -> PathBuf {
    #[cfg(target_os = "linux")]
    if HOW_MANY.load(Ordering::SeqCst) > 0 {
        let descriptor = std::os::fd::AsRawFd::as_raw_fd(file);
        return std::fs::read_link(format!("/proc/self/fd/{descriptor}")).unwrap_or_default();
    }
    let _ = file;
    PathBuf::new()
}

/// Clones are the same file.
#[derive(Clone, Default)]
pub(crate) struct Faulty(Arc<Mutex<Disk>>);

#[derive(Default)]
struct Disk {
    bytes: Vec<u8>,
    /// Bytes that can still be written.
    room: Option<usize>,
    /// Most bytes of one call.
    at_once: Option<usize>,
    interrupts: usize,
    cut_fails: bool,
    sync_fails: bool,
    writes: usize,
    syncs: usize,
}

impl Faulty {
    pub(crate) fn holding(bytes: &[u8]) -> Self {
        let file = Faulty::default();
        file.disk(|disk| disk.bytes = bytes.to_vec());
        file
    }

    fn disk<T>(&self, with: impl FnOnce(&mut Disk) -> T) -> T {
        with(&mut self.0.lock().unwrap())
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.disk(|disk| disk.bytes.clone())
    }

    pub(crate) fn room(&self, room: Option<usize>) {
        self.disk(|disk| disk.room = room);
    }

    pub(crate) fn at_once(&self, most: Option<usize>) {
        self.disk(|disk| disk.at_once = most);
    }

    pub(crate) fn interrupt(&self, times: usize) {
        self.disk(|disk| disk.interrupts = times);
    }

    pub(crate) fn cut_fails(&self, fails: bool) {
        self.disk(|disk| disk.cut_fails = fails);
    }

    pub(crate) fn sync_fails(&self, fails: bool) {
        self.disk(|disk| disk.sync_fails = fails);
    }

    /// Calls of `write_at` and of `sync` so far.
    pub(crate) fn calls(&self) -> (usize, usize) {
        self.disk(|disk| (disk.writes, disk.syncs))
    }
}

impl Medium for Faulty {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        self.disk(|disk| {
            disk.writes += 1;
            if disk.interrupts > 0 {
                disk.interrupts -= 1;
                return Err(io::ErrorKind::Interrupted.into());
            }
            let len = bytes.len().min(disk.at_once.unwrap_or(usize::MAX)).min(disk.room.unwrap_or(usize::MAX));
            if len == 0 && !bytes.is_empty() {
                return Err(io::ErrorKind::StorageFull.into());
            }
            disk.room = disk.room.map(|room| room - len);
            let start = usize::try_from(offset).unwrap();
            let end = start + len;
            if disk.bytes.len() < end {
                disk.bytes.resize(end, 0);
            }
            disk.bytes[start..end].copy_from_slice(&bytes[..len]);
            Ok(len)
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.disk(|disk| {
            if disk.cut_fails {
                return Err(io::ErrorKind::Other.into());
            }
            disk.bytes.resize(usize::try_from(len).unwrap(), 0);
            Ok(())
        })
    }

    fn sync(&self) -> io::Result<()> {
        self.disk(|disk| {
            disk.syncs += 1;
            if disk.sync_fails { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
        })
    }
}
