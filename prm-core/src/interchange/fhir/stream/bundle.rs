//! Walking through a bundle, entry by entry.

use std::io::Read;
use std::ops::Range;

use super::super::Json;
use super::super::json::{Flaw, Lines, Member, Reason, members};
use super::window::{Extent, newlines};
use super::{BundleEntry, Envelope, Piece, Position, Reader, Record, Request, flaw_at};
use crate::error::{Error, Result};

/// How far the walk has come.
#[derive(Debug)]
pub(super) struct Walk {
    position: Position,
    bundle: u64,
    /// The bundle's own members so far, as the inside of an object.
    own: String,
    entries: u64,
    within: Within,
    /// A stray character was met and told; its neighbours are passed over in silence.
    lost: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    Members,
    Entries,
    /// The input or the line ended; the envelope is still to come.
    Cut,
}

impl Walk {
    pub(super) fn new(position: Position, bundle: u64) -> Self {
        Walk { position, bundle, own: String::new(), entries: 0, within: Within::Members, lost: false }
    }

    fn keep(&mut self, name: &str, value: &str) {
        if !self.own.is_empty() {
            self.own.push(',');
        }
        self.own.push_str(name);
        self.own.push(':');
        self.own.push_str(value);
    }
}

impl<R: Read> Reader<R> {
    /// One step through a bundle; it stays `self.walk` until its envelope is yielded.
    pub(super) fn walk_on(&mut self, mut walk: Walk) -> Result<Option<Piece>> {
        if walk.within == Within::Cut {
            return Ok(Some(self.envelope(walk)));
        }
        let line = self.window.line();
        self.window.skip_space()?;
        let same_line = !self.by_line || self.window.line() == line;
        let Some(byte) = self.window.byte(0)?.filter(|_| same_line) else {
            walk.within = Within::Cut;
            self.walk = Some(walk);
            return Ok(Some(self.refuse_here(Reason::Truncated)));
        };
        let lost = std::mem::replace(&mut walk.lost, false);
        match (walk.within, byte) {
            (_, b',') => self.window.take(1),
            (Within::Members, b'}') => {
                self.window.take(1);
                return Ok(Some(self.envelope(walk)));
            }
            (Within::Members, b'"') => {
                let piece = self.member(&mut walk)?;
                self.walk = Some(walk);
                return Ok(piece);
            }
            (Within::Entries, b']') => {
                self.window.take(1);
                walk.within = Within::Members;
            }
            (Within::Entries, b'{') => {
                let piece = self.entry(&mut walk)?;
                self.walk = Some(walk);
                return Ok(Some(piece));
            }
            (Within::Entries, b'}') => {
                let piece = self.refuse_here(Reason::Unexpected);
                walk.within = Within::Members;
                self.walk = Some(walk);
                return Ok(Some(piece));
            }
            _ => {
                let piece = (!lost).then(|| self.refuse_here(Reason::Unexpected));
                walk.lost = true;
                let before = self.window.offset();
                self.window.pass_over(self.bundle_lines())?;
                if self.window.offset() == before {
                    self.window.take(1);
                }
                self.walk = Some(walk);
                return Ok(piece);
            }
        }
        self.walk = Some(walk);
        Ok(None)
    }

    fn bundle_lines(&self) -> Lines {
        if self.by_line { Lines::End } else { Lines::Space }
    }

    fn member(&mut self, walk: &mut Walk) -> Result<Option<Piece>> {
        let limit = self.limits.record;
        let position = self.here();
        let Extent::Whole(length) = self.window.extent(0, self.bundle_lines(), limit)? else {
            return self.refuse_member(walk, position).map(Some);
        };
        let colon = self.window.after_space(length)?;
        if self.window.byte(colon)? != Some(b':') {
            let piece = self.refuse_here(Reason::Unexpected);
            self.window.take(length);
            walk.lost = true;
            return Ok(Some(piece));
        }
        let value = self.window.after_space(colon + 1)?;
        let name = self.window.view().get(..length).unwrap_or_default();
        if name == b"\"entry\"" && self.window.byte(value)? == Some(b'[') {
            walk.keep("\"entry\"", "[]");
            walk.within = Within::Entries;
            self.window.take(value + 1);
            return Ok(None);
        }
        let extent = self.window.extent(value, self.bundle_lines(), limit)?;
        let (Extent::Whole(end), true) = (extent, walk.own.len() <= limit) else {
            self.window.take(value);
            return self.refuse_member(walk, position).map(Some);
        };
        let view = self.window.view();
        let texts = (
            std::str::from_utf8(view.get(..length).unwrap_or_default()),
            std::str::from_utf8(view.get(value..value + end).unwrap_or_default()),
        );
        let flaw = match texts {
            (Ok(name), Ok(text)) => match Json::parse(text.as_bytes()) {
                Ok(_) => {
                    walk.keep(name, text);
                    None
                }
                Err(error) => Some(error),
            },
            (Err(e), _) | (_, Err(e)) => Some(flaw_at(Reason::NotUtf8, position, e.valid_up_to())),
        };
        self.window.take(value + end);
        Ok(flaw.map(|error| self.refuse(position, error)))
    }

    fn refuse_member(&mut self, walk: &mut Walk, position: Position) -> Result<Piece> {
        let whole = self.window.pass_over(self.bundle_lines())?;
        if !whole {
            walk.within = Within::Cut;
            return Ok(self.refuse_here(Reason::Truncated));
        }
        Ok(self.too_long(position))
    }

    fn entry(&mut self, walk: &mut Walk) -> Result<Piece> {
        let position = self.here();
        let lines = self.bundle_lines();
        walk.entries += 1;
        if let Some((length, parts)) = self.entry_parts(lines)? {
            let bytes = self.window.view().get(..length).unwrap_or_default();
            let piece = open_entry(bytes, Some(parts), position, walk.bundle);
            return Ok(self.entry_read(piece, length, position));
        }
        match self.window.extent(0, lines, self.limits.record)? {
            Extent::TooLong => {
                self.window.pass_over(lines)?;
                Ok(self.too_long(position))
            }
            Extent::Cut(length) => {
                self.window.take(length);
                walk.within = Within::Cut;
                Ok(self.refuse(position, flaw_at(Reason::Truncated, position, length)))
            }
            Extent::Whole(length) => {
                let bytes = self.window.view().get(..length).unwrap_or_default();
                let piece = open_entry(bytes, None, position, walk.bundle);
                Ok(self.entry_read(piece, length, position))
            }
        }
    }

    fn entry_read(&mut self, piece: Result<Piece>, length: usize, position: Position) -> Piece {
        self.window.take(length);
        match piece {
            Ok(piece) => {
                self.index += 1;
                piece
            }
            Err(error) => self.refuse(position, error),
        }
    }

    /// The members of the entry that begins the window, found in one pass, and its length. None if anything about it
    /// is not as it should be.
    fn entry_parts(&mut self, lines: Lines) -> Result<Option<(usize, Vec<Part>)>> {
        let limit = self.limits.record;
        let mut parts = Vec::with_capacity(4);
        let mut at = self.window.after_space(1)?;
        loop {
            if at > limit || self.window.byte(at)? != Some(b'"') {
                return Ok(None);
            }
            let Extent::Whole(length) = self.window.extent(at, lines, limit)? else { return Ok(None) };
            let name = at..at + length;
            at = self.window.after_space(at + length)?;
            if self.window.byte(at)? != Some(b':') {
                return Ok(None);
            }
            at = self.window.after_space(at + 1)?;
            let Extent::Whole(length) = self.window.extent(at, lines, limit)? else { return Ok(None) };
            if length == 0 {
                return Ok(None);
            }
            parts.push(Part { name, value: at..at + length });
            at = self.window.after_space(at + length)?;
            match self.window.byte(at)? {
                Some(b',') => at = self.window.after_space(at + 1)?,
                Some(b'}') if at < limit => return Ok(Some((at + 1, parts))),
                _ => return Ok(None),
            }
        }
    }

    pub(super) fn envelope(&mut self, walk: Walk) -> Piece {
        let text = format!("{{{}}}", walk.own);
        let kind = match Json::parse(text.as_bytes()) {
            Ok(json) => json.text_of("resourceType").map(str::to_owned),
            Err(error) => return self.refuse(walk.position, error),
        };
        if kind.as_deref() != Some("Bundle") {
            return self.refuse(walk.position, Error::invalid("resourceType", "what holds entries is not a Bundle"));
        }
        Piece::Envelope(Envelope {
            position: walk.position,
            bundle: walk.bundle,
            text: text.into(),
            entries: walk.entries,
        })
    }
}

/// Where the name and the value of a member stand.
struct Part {
    name: Range<usize>,
    value: Range<usize>,
}

/// The members of an entry whose parts were found; read anew, with the reason if they cannot be, where they were not.
fn entry_members(text: &str, parts: Option<Vec<Part>>) -> Result<Vec<Member<'_>>, Flaw> {
    let Some(parts) = parts else { return members(text) };
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        let at = part.value.start;
        match Json::parse(text.as_bytes().get(part.name).unwrap_or_default()) {
            Ok(Json::Text(name)) => found.push(Member { name, at, value: text.get(part.value).unwrap_or_default() }),
            _ => return members(text),
        }
    }
    Ok(found)
}

/// Takes an entry apart into the resource and what stands around it.
fn open_entry(bytes: &[u8], parts: Option<Vec<Part>>, position: Position, bundle: u64) -> Result<Piece> {
    let at = |flaw: Flaw| flaw.error(position.offset);
    let text = std::str::from_utf8(bytes).map_err(|e| flaw_at(Reason::NotUtf8, position, e.valid_up_to()))?;
    let mut around = String::from("{");
    let mut resource = None;
    for Member { name, at, value } in entry_members(text, parts).map_err(at)? {
        if around.len() > 1 {
            around.push(',');
        }
        let is_resource = name == "resource" && value.starts_with('{');
        Json::Text(name).write(&mut around);
        around.push(':');
        if is_resource {
            resource = Some((at, value));
            around.push_str("{}");
        } else {
            around.push_str(value);
        }
    }
    around.push('}');
    // Here a second resource in one entry is a duplicate member.
    let json = Json::parse(around.as_bytes())?;
    let full_url = json.text_of("fullUrl").map(str::to_owned);
    let request = json.get("request").map(|request| {
        let text = |name| request.text_of(name).map(str::to_owned);
        Request { method: text("method"), url: text("url"), if_none_exist: text("ifNoneExist") }
    });
    let entry = BundleEntry { bundle, full_url, request, text: around.as_str().into() };
    let Some((distance, resource)) = resource else {
        return Ok(Piece::Bare(position, entry));
    };
    let before = bytes.get(..distance).unwrap_or_default();
    let position =
        Position { offset: position.offset + distance as u64, line: position.line + newlines(before), ..position };
    Ok(Piece::Record(Record { position, text: resource.into(), entry: Some(entry) }))
}
