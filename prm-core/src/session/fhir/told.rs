//! Writing that tells how far it is, and into a file that takes its name when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::error::Result;
use crate::progress::Progress;

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

/// Makes the file at `path`, or replaces it, once `write` has written the whole of it beside it.
pub(super) fn whole_file<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut out = BufWriter::new(File::create(&part)?);
    let written = write(&mut out).and_then(|answer| {
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        Ok(answer)
    });
    if written.is_err() {
        // The error that is told is the first one.
        let _ = fs::remove_file(&part);
    }
    written
}
