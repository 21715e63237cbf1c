//! Reading bundles, single resources and NDJSON in memory bounded by bytes.

mod bundle;
mod piece;
#[cfg(test)]
mod tests;
mod window;

use std::io::Read;

pub use piece::{BundleEntry, Envelope, Piece, Position, Record, Refusal, Request};

use self::bundle::Walk;
use self::window::{Extent, Window, newlines};
use super::json::{Lines, Reason, members};
use crate::error::{Error, Result};

/// Bounds of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest text of one resource with its bundle entry, in bytes. A longer one is refused and passed over.
    pub record: usize,
}

impl Default for Limits {
    /// 16 MiB for one record.
    fn default() -> Self {
        Limits { record: 16 * 1024 * 1024 }
    }
}

/// Reads FHIR from bytes, one record at a time.
///
/// The input is any sequence of JSON values: one resource, NDJSON, bundles of any type, or several of them. A bundle is
/// opened and its entries come one by one, its envelope after them; a bundle within a bundle is a record like another.
/// A byte order mark at the start is passed over. Memory stays below about twice the limit for one record.
///
/// What cannot be read is a [`Piece::Refused`] with position and reason, and the rest goes on: after the end of the
/// line in NDJSON, otherwise where the brackets say that the next value begins. An input that ends early yields what
/// was whole, then a refusal. An `Err` comes only when reading the bytes fails; the reader then yields it once and ends.
///
/// A bundle whose `entry` comes before its `resourceType` is told from a `List` by its first entry.
///
/// # Example
/// ```
/// use prm_core::interchange::fhir::{Piece, Reader};
/// let text = r#"{"resourceType":"Bundle","type":"collection","entry":[
///     {"resource":{"resourceType":"Patient","id":"a"}},
///     {"resource":{"resourceType":"Patient","id":}},
///     {"resource":{"resourceType":"Patient","id":"c"}}]}"#;
/// let (mut read, mut refused) = (0, 0);
/// for piece in Reader::new(text.as_bytes()) {
///     match piece? {
///         Piece::Record(record) if record.json().is_ok() => read += 1,
///         Piece::Record(_) | Piece::Refused(_) => refused += 1,
///         Piece::Bare(..) | Piece::Envelope(_) => {}
///     }
/// }
/// assert_eq!((read, refused), (2, 1));
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    window: Window<R>,
    limits: Limits,
    /// Records and refusals so far.
    index: u64,
    bundles: u64,
    /// Each line is a value of its own.
    by_line: bool,
    /// No value was read yet.
    fresh: bool,
    walk: Option<Walk>,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// A reader with the default limits.
    pub fn new(inner: R) -> Self {
        Reader::bounded(inner, Limits::default())
    }

    /// A reader with limits of the caller's.
    pub fn bounded(inner: R, limits: Limits) -> Self {
        Reader {
            window: Window::new(inner, limits.record),
            limits,
            index: 0,
            bundles: 0,
            by_line: false,
            fresh: true,
            walk: None,
            ended: false,
        }
    }

    fn here(&self) -> Position {
        Position { index: self.index, offset: self.window.offset(), line: self.window.line() }
    }

    fn refuse(&mut self, position: Position, error: Error) -> Piece {
        self.index += 1;
        Piece::Refused(Refusal { position, error })
    }

    /// A refusal of what begins the window.
    fn refuse_here(&mut self, reason: Reason) -> Piece {
        let position = self.here();
        self.refuse(position, Error::invalid(format!("byte {}", position.offset), reason.text()))
    }

    fn too_long(&mut self, position: Position) -> Piece {
        let limit = self.limits.record;
        self.refuse(position, Error::invalid("resource", format!("one record is longer than {limit} bytes")))
    }

    fn lines(&self) -> Lines {
        if self.by_line { Lines::End } else { Lines::Restart }
    }

    fn step(&mut self) -> Result<Option<Piece>> {
        loop {
            if let Some(walk) = self.walk.take() {
                if let Some(piece) = self.walk_on(walk)? {
                    return Ok(Some(piece));
                }
                continue;
            }
            if self.fresh && self.window.byte(2)?.is_some() && self.window.view().starts_with(b"\xef\xbb\xbf") {
                self.window.take(3);
            }
            self.window.skip_space()?;
            match self.window.byte(0)? {
                None if self.fresh => {
                    self.fresh = false;
                    return Ok(Some(self.refuse_here(Reason::NoValue)));
                }
                None => return Ok(None),
                Some(b'{') => {
                    if self.is_bundle()? {
                        self.walk = Some(Walk::new(self.here(), self.bundles));
                        self.bundles += 1;
                        self.fresh = false;
                        self.window.take(1);
                        continue;
                    }
                    return self.value().map(Some);
                }
                Some(_) => return self.stray().map(Some),
            }
        }
    }

    /// A resource that stands on its own.
    fn value(&mut self) -> Result<Piece> {
        let position = self.here();
        let lines = self.lines();
        let piece = match self.window.extent(0, lines, self.limits.record)? {
            Extent::TooLong => {
                self.window.pass_over(lines)?;
                self.too_long(position)
            }
            Extent::Whole(length) | Extent::Cut(length) => {
                let bytes = self.window.view().get(..length).unwrap_or_default();
                self.by_line |= self.fresh && newlines(bytes) == 0;
                let piece = match std::str::from_utf8(bytes) {
                    Ok(text) => Ok(Record { position, text: text.trim_ascii_end().into(), entry: None }),
                    Err(e) => Err(e.valid_up_to()),
                };
                self.window.take(length);
                match piece {
                    Ok(record) => {
                        self.index += 1;
                        Piece::Record(record)
                    }
                    Err(at) => self.refuse(position, flaw_at(Reason::NotUtf8, position, at)),
                }
            }
        };
        self.fresh = false;
        Ok(piece)
    }

    /// Something that begins no object: passed over up to a line that begins one, and told once.
    fn stray(&mut self) -> Result<Piece> {
        self.fresh = false;
        let piece = self.refuse_here(Reason::NotAnObject);
        loop {
            self.window.take_line()?;
            self.window.skip_space()?;
            if matches!(self.window.byte(0)?, None | Some(b'{')) {
                return Ok(piece);
            }
        }
    }

    /// Whether the object that begins the window is a bundle; nothing is taken.
    fn is_bundle(&mut self) -> Result<bool> {
        let mut at = self.window.after_space(1)?;
        while at <= self.limits.record && self.window.byte(at)? == Some(b'"') {
            let Extent::Whole(length) = self.window.extent(at, Lines::Space, self.limits.record)? else { break };
            let name = self.window.view().get(at..at + length).unwrap_or_default().to_vec();
            at = self.window.after_space(at + length)?;
            if self.window.byte(at)? != Some(b':') {
                break;
            }
            at = self.window.after_space(at + 1)?;
            if name == b"\"entry\"" && self.window.byte(at)? == Some(b'[') {
                let first = self.window.after_space(at + 1)?;
                match self.window.byte(first)? {
                    Some(b'{') => return self.is_bundle_entry(first),
                    Some(b']') => {}
                    _ => break,
                }
            }
            let Extent::Whole(length) = self.window.extent(at, self.lines(), self.limits.record)? else { break };
            if name == b"\"resourceType\"" {
                return Ok(self.window.view().get(at..at + length) == Some(b"\"Bundle\""));
            }
            at = self.window.after_space(at + length)?;
            if self.window.byte(at)? != Some(b',') {
                break;
            }
            at = self.window.after_space(at + 1)?;
        }
        Ok(false)
    }

    /// Whether the object at a distance looks like an entry of a bundle.
    fn is_bundle_entry(&mut self, at: usize) -> Result<bool> {
        let length = match self.window.extent(at, self.lines(), self.limits.record)? {
            Extent::Whole(length) => length,
            // Only an entry of a bundle grows like that.
            Extent::TooLong => return Ok(true),
            Extent::Cut(_) => return Ok(false),
        };
        let bytes = self.window.view().get(at..at + length).unwrap_or_default();
        let found = std::str::from_utf8(bytes).ok().and_then(|text| members(text).ok()).unwrap_or_default();
        let named = |names: &[&str]| found.iter().any(|member| names.contains(&&*member.name));
        Ok(named(&["resource", "fullUrl", "request", "response", "search"]) && !named(&["item"]))
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Result<Piece>> {
        if self.ended {
            return None;
        }
        let step = self.step().transpose();
        self.ended = !matches!(step, Some(Ok(_)));
        step
    }
}

fn flaw_at(reason: Reason, position: Position, at: usize) -> Error {
    super::json::Flaw { reason, at }.error(position.offset)
}
