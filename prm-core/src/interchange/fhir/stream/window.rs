//! A window over the bytes of a reader: what is looked at is kept until it is taken.

use std::io::Read;

use super::super::json::{Lines, Scan};
use crate::error::Result;

/// Bytes asked of the reader at once.
const CHUNK: usize = 128 * 1024;

#[derive(Debug)]
pub(super) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    /// Offset of the first byte of the window in the input.
    offset: u64,
    /// Line of the first byte of the window, from 1.
    line: u64,
    ended: bool,
    limit: usize,
}

/// Where a value ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// After this many bytes from where it began.
    Whole(usize),
    /// The input ended first; this many bytes are left of it.
    Cut(usize),
    /// It is longer than the limit.
    TooLong,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R, limit: usize) -> Self {
        Window { inner, buffer: Vec::new(), start: 0, offset: 0, line: 1, ended: false, limit }
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes held at most so far.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.buffer.capacity()
    }

    /// What is in view.
    pub(super) fn view(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Brings more bytes into view; `false` at the end of the input.
    fn more(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.start >= self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let read = loop {
            match self.inner.read(self.buffer.get_mut(filled..).unwrap_or_default()) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(filled + read.as_ref().map_or(0, |n| (*n).min(CHUNK)));
        let read = read?;
        self.ended = read == 0;
        Ok(read > 0)
    }

    /// The byte at a distance from the start of the window.
    pub(super) fn byte(&mut self, at: usize) -> Result<Option<u8>> {
        loop {
            if let Some(byte) = self.view().get(at) {
                return Ok(Some(*byte));
            }
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// The distance of the first byte from `at` on that is not white space.
    /// White space is looked through up to the limit of one record.
    pub(super) fn after_space(&mut self, mut at: usize) -> Result<usize> {
        loop {
            let rest = self.view().get(at..).unwrap_or_default();
            let space = rest.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
            at += space;
            if space < rest.len() || at > self.limit || !self.more()? {
                return Ok(at);
            }
        }
    }

    /// Takes white space.
    pub(super) fn skip_space(&mut self) -> Result<()> {
        loop {
            let view = self.view();
            let space = view.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count();
            let done = space < view.len();
            self.take(space);
            if done || !self.more()? {
                return Ok(());
            }
        }
    }

    /// The extent of the value that begins at `at`, counted from there.
    pub(super) fn extent(&mut self, at: usize, lines: Lines, limit: usize) -> Result<Extent> {
        let mut scan = Scan::new(lines);
        let mut seen = at;
        loop {
            let fresh = self.view().get(seen..).unwrap_or_default();
            let fed = fresh.len();
            if let Some(end) = scan.feed(fresh) {
                let length = seen + end - at;
                return Ok(if length > limit { Extent::TooLong } else { Extent::Whole(length) });
            }
            seen += fed;
            if seen - at > limit {
                return Ok(Extent::TooLong);
            }
            if !self.more()? {
                let length = seen - at;
                let whole = scan.ends_with_text() && length > 0;
                return Ok(if whole { Extent::Whole(length) } else { Extent::Cut(length) });
            }
        }
    }

    /// Takes the value that begins the window without keeping it; `false` when the input ended first.
    pub(super) fn pass_over(&mut self, lines: Lines) -> Result<bool> {
        let mut scan = Scan::new(lines);
        loop {
            let fresh = self.view();
            let fed = fresh.len();
            if let Some(end) = scan.feed(fresh) {
                self.take(end);
                return Ok(true);
            }
            self.take(fed);
            if !self.more()? {
                return Ok(false);
            }
        }
    }

    /// Takes the rest of the line.
    pub(super) fn take_line(&mut self) -> Result<()> {
        loop {
            let end = self.view().iter().position(|b| *b == b'\n');
            self.take(end.map_or(usize::MAX, |at| at + 1));
            if end.is_some() || !self.more()? {
                return Ok(());
            }
        }
    }

    /// Moves the window on.
    pub(super) fn take(&mut self, count: usize) {
        let view = self.view();
        let count = count.min(view.len());
        let lines = newlines(view.get(..count).unwrap_or_default());
        self.start += count;
        self.offset += count as u64;
        self.line += lines;
    }
}

pub(super) fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}
