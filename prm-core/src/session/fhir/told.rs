//! Writing that tells how far it is.

use std::io::{self, Write};

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
