//! The few calls that the key ring and the tail log make on their files, so that tests can let them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use crate::error::{Error, Result};
use crate::store::cipher;

/// A file that grows at its end.
pub(crate) trait Medium: Send + Sync {
    /// One system call; may write less than asked.
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize>;
    fn set_len(&self, len: u64) -> io::Result<()>;
    fn sync(&self) -> io::Result<()>;
    /// Closes the file for good. What is only in memory stays.
    fn release(&self) {}
}

/// A file until it is released.
pub(crate) struct Held(RwLock<Option<File>>);

impl Held {
    fn on_file<T>(&self, call: impl FnOnce(&File) -> io::Result<T>) -> io::Result<T> {
        let file = self.0.read().unwrap_or_else(PoisonError::into_inner);
        #[cfg(test)]
        file.as_ref().map_or(Ok(()), |file| faulty::unlocked(&faulty::path_of(file)))?;
        file.as_ref().map_or_else(|| Err(io::Error::other("the file was given up")), call)
    }
}

impl From<File> for Held {
    fn from(file: File) -> Self {
        Held(RwLock::new(Some(file)))
    }
}

impl Medium for Held {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        self.on_file(|file| file.write_at(bytes, offset))
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.on_file(|file| Medium::set_len(file, len))
    }

    fn sync(&self) -> io::Result<()> {
        self.on_file(Medium::sync)
    }

    fn release(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Medium for File {
    #[cfg(unix)]
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::write_at(self, bytes, offset)
    }

    #[cfg(windows)]
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_write(self, bytes, offset)
    }

    #[cfg(not(any(unix, windows)))]
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        use std::io::{Seek as _, Write as _};
        let mut file = self;
        file.seek(io::SeekFrom::Start(offset))?;
        file.write(bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        File::set_len(self, len)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

/// A file in memory.
#[derive(Debug, Default)]
pub(crate) struct Memory(std::sync::Mutex<Vec<u8>>);

impl Memory {
    fn bytes(&self) -> std::sync::MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Medium for Memory {
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        let mut file = self.bytes();
        let start = usize::try_from(offset).map_err(|_| io::ErrorKind::StorageFull)?;
        let end = start.checked_add(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        if file.len() < end {
            file.resize(end, 0);
        }
        if let Some(room) = file.get_mut(start..end) {
            room.copy_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.bytes().resize(usize::try_from(len).map_err(|_| io::ErrorKind::StorageFull)?, 0);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all of `bytes`, in as many calls as the system takes.
pub(crate) fn write_all_at(medium: &dyn Medium, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match medium.write_at(bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                bytes = bytes.get(written..).unwrap_or_default();
                offset += written as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Opens a file of a store.
pub(crate) fn open(how: &OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(test)]
    faulty::unlocked(path)?;
    how.open(path)
}

/// Makes a new or renamed entry of the folder that holds `path` durable.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// A hidden name beside `path` that nobody can have put something under: what is made there takes the name `path` when it
/// is whole.
pub(crate) fn beside(path: &Path) -> Result<PathBuf> {
    let mut random = [0; 8];
    cipher::random(&mut random)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.new-{:016x}", u64::from_be_bytes(random))))
}

/// Makes the file at `path`, or replaces it, once `write` has written the whole of it beside it. Its owner alone may read
/// it, where the system knows owners.
pub(crate) fn whole_file<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    if path.file_name().is_none() {
        return Err(Error::invalid("path", "the path of a file ends with its name"));
    }
    let part = beside(path)?;
    let mut out = BufWriter::new(private_file().create_new(true).open(&part)?);
    let written = write(&mut out).and_then(|answer| {
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        sync_folder(path)?;
        Ok(answer)
    });
    if written.is_err() {
        // The error that is told is the first one.
        let _ = fs::remove_file(&part);
    }
    written
}

/// How files of keys and of accesses are opened: readable by their owner alone where the system knows owners.
pub(crate) fn private_file() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
pub(crate) mod faulty;
