//! Writing that tells how far it is, and into a file that takes its name when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::store::cipher;
use crate::store::medium::{private_file, sync_folder};

/// Passes on what is written, counts it, and ends when the work is to end.
pub(super) struct Told<'a, W> {
    out: W,
    written: u64,
    progress: &'a Progress,
}

impl<'a, W: Write> Told<'a, W> {
    pub(super) fn new(out: W, progress: &'a Progress) -> Self {
        Told { out, written: 0, progress }
    }
}

impl<W: Write> Write for Told<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.go_on().map_err(io::Error::other)?;
        let written = self.out.write(bytes)?;
        self.written += written as u64;
        self.progress.advance(self.written);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Makes the file at `path`, or replaces it, once `write` has written the whole of it beside it. Its owner alone may read
/// it, where the system knows owners.
pub(super) fn whole_file<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    let Some(name) = path.file_name() else {
        return Err(Error::invalid("path", "the path of a file ends with its name"));
    };
    let mut random = [0; 8];
    cipher::random(&mut random)?;
    // A name that nobody can have put something under, and that another export does not take.
    let part = format!(".{}.new-{:016x}", name.to_string_lossy(), u64::from_be_bytes(random));
    let part = path.with_file_name(part);
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
