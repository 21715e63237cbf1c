//! Where a value ends, without looking into it: enough to walk a container and to go on after a bad record.

use std::borrow::Cow;

use super::{Flaw, Json, Reason};

/// Open brackets beyond this depth are counted, no longer told apart.
const TRACKED_DEPTH: usize = 1024;

/// How a scan treats line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// As white space.
    Space,
    /// A line that opens an object where JSON allows none begins a new value: the one before was cut off.
    Restart,
    /// A line end ends the value.
    End,
}

/// Finds the end of one value in pieces of text. Wrongly nested brackets end the value where the outer bracket does;
/// a text that runs over a line end is taken to end there. Both make the value bad JSON, which its reader will say;
/// here they serve to find the next one.
#[derive(Debug)]
pub(crate) struct Scan {
    lines: Lines,
    open: Vec<u8>,
    deeper: u64,
    in_text: bool,
    escaped: bool,
    in_word: bool,
    line_start: bool,
    last: u8,
}

impl Scan {
    pub(crate) fn new(lines: Lines) -> Self {
        Scan {
            lines,
            open: Vec::new(),
            deeper: 0,
            in_text: false,
            escaped: false,
            in_word: false,
            line_start: false,
            last: b',',
        }
    }

    /// Whether the value may end with the text.
    pub(crate) fn ends_with_text(&self) -> bool {
        self.in_word
    }

    /// Goes over the next bytes; the number of them that belong to the value, once its end is among them.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            if self.in_text {
                match self.feed_text(rest) {
                    TextEnd::Open(taken) => at += taken,
                    TextEnd::Closed(taken) => {
                        at += taken;
                        if self.open.is_empty() {
                            return Some(at);
                        }
                    }
                }
                if at >= bytes.len() && self.in_text {
                    self.carry(bytes);
                    return None;
                }
                continue;
            }
            if self.open.is_empty() {
                match self.feed_outside(rest) {
                    Outside::End(taken) => return Some(at + taken),
                    Outside::All => return None,
                    Outside::Opened(taken) => at += taken,
                }
                continue;
            }
            let Some(run) = rest.iter().position(|b| matches!(b, b'"' | b'{' | b'}' | b'[' | b']' | b'\n')) else {
                self.carry(bytes);
                return None;
            };
            at += run;
            match bytes.get(at).copied().unwrap_or_default() {
                b'\n' if self.lines == Lines::End => return Some(at),
                b'\n' => {
                    at += 1;
                    while bytes.get(at..at + 8) == Some(b"        ") {
                        at += 8;
                    }
                    continue;
                }
                b'"' => self.in_text = true,
                bracket @ (b'{' | b'[') => {
                    if bracket == b'{' && self.lines == Lines::Restart && self.cut_off(bytes.get(..at)) {
                        return Some(at);
                    }
                    self.push(bracket);
                }
                bracket => match self.pop(bracket) {
                    Popped::Outside => return Some(at),
                    Popped::Last => return Some(at + 1),
                    Popped::Inside => {}
                },
            }
            at += 1;
        }
    }

    /// Outside of all brackets: the first character of the value, or a word or number that is the value.
    fn feed_outside(&mut self, bytes: &[u8]) -> Outside {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' if !self.in_word && (*byte != b'\n' || self.lines != Lines::End) => {}
                b'{' | b'[' if !self.in_word => {
                    self.push(*byte);
                    return Outside::Opened(at + 1);
                }
                b'"' if !self.in_word => {
                    self.in_text = true;
                    return Outside::Opened(at + 1);
                }
                b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | b'{' | b'[' | b'}' | b']' | b'"' => {
                    return Outside::End(at);
                }
                _ => self.in_word = true,
            }
        }
        Outside::All
    }

    /// Whether an object that begins after these bytes begins a line and stands where JSON allows none.
    fn cut_off(&self, before: Option<&[u8]>) -> bool {
        let (last, line_start) = self.end_of(before.unwrap_or_default());
        line_start && !matches!(last, b'[' | b',' | b':' | b'{')
    }

    /// The last byte that is not white space, and whether a line end follows it.
    fn end_of(&self, bytes: &[u8]) -> (u8, bool) {
        let space = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
        match bytes.iter().rposition(|b| !space(b)) {
            Some(at) => (bytes.get(at).copied().unwrap_or(b','), bytes.get(at..).is_some_and(|b| b.contains(&b'\n'))),
            None => (self.last, self.line_start || bytes.contains(&b'\n')),
        }
    }

    /// Remembers how a piece of text ended.
    fn carry(&mut self, bytes: &[u8]) {
        if self.lines == Lines::Restart {
            (self.last, self.line_start) = self.end_of(bytes);
        }
    }

    fn feed_text(&mut self, bytes: &[u8]) -> TextEnd {
        if self.escaped {
            self.escaped = false;
            // A line end is never escaped: it ends the text below.
            if bytes.first() != Some(&b'\n') {
                return TextEnd::Open(1);
            }
        }
        match bytes.iter().position(|b| matches!(b, b'"' | b'\\' | b'\n')) {
            None => TextEnd::Open(bytes.len()),
            Some(run) => match bytes.get(run) {
                Some(b'\\') => {
                    self.escaped = true;
                    TextEnd::Open(run + 1)
                }
                Some(b'\n') => {
                    self.in_text = false;
                    TextEnd::Closed(run)
                }
                _ => {
                    self.in_text = false;
                    TextEnd::Closed(run + 1)
                }
            },
        }
    }

    fn push(&mut self, bracket: u8) {
        if self.open.len() < TRACKED_DEPTH && self.deeper == 0 {
            self.open.push(bracket);
        } else {
            self.deeper += 1;
        }
    }

    fn pop(&mut self, closing: u8) -> Popped {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Popped::Inside;
        }
        let opening = if closing == b'}' { b'{' } else { b'[' };
        match self.open.iter().rposition(|b| *b == opening) {
            None => Popped::Outside,
            Some(0) => {
                self.open.clear();
                Popped::Last
            }
            Some(at) => {
                self.open.truncate(at);
                Popped::Inside
            }
        }
    }
}

enum Outside {
    End(usize),
    Opened(usize),
    All,
}

enum Popped {
    Outside,
    Last,
    Inside,
}

enum TextEnd {
    Open(usize),
    Closed(usize),
}

/// A member of an object whose value was not looked into.
pub(crate) struct Member<'a> {
    pub(crate) name: Cow<'a, str>,
    /// Where the value begins.
    pub(crate) at: usize,
    /// The exact text of the value.
    pub(crate) value: &'a str,
}

/// The members of an object; values are not looked into.
pub(crate) fn members(text: &str) -> Result<Vec<Member<'_>>, Flaw> {
    let bytes = text.as_bytes();
    let space = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t')).count()
    };
    let flaw = |at: usize| {
        let reason = if at >= bytes.len() { Reason::Truncated } else { Reason::Unexpected };
        Flaw { reason, at }
    };
    let value_end = |at: usize| {
        let mut scan = Scan::new(Lines::Space);
        let end = scan.feed(bytes.get(at..).unwrap_or_default()).map(|taken| at + taken);
        end.filter(|end| *end > at).ok_or(flaw(if at < bytes.len() { bytes.len() } else { at }))
    };
    let mut at = space(0);
    if bytes.get(at) != Some(&b'{') {
        return Err(Flaw { reason: Reason::NotAnObject, at });
    }
    at = space(at + 1);
    let mut found = Vec::new();
    if bytes.get(at) == Some(&b'}') {
        return Ok(found);
    }
    loop {
        if bytes.get(at) != Some(&b'"') {
            return Err(flaw(at));
        }
        let end = value_end(at)?;
        let name = match super::read::value(bytes.get(at..end).unwrap_or_default()) {
            Ok(Json::Text(name)) => name,
            Ok(_) => return Err(flaw(at)),
            Err(inner) => return Err(Flaw { at: at + inner.at, ..inner }),
        };
        at = space(end);
        if bytes.get(at) != Some(&b':') {
            return Err(flaw(at));
        }
        at = space(at + 1);
        let end = value_end(at)?;
        found.push(Member { name, at, value: text.get(at..end).unwrap_or_default() });
        at = space(end);
        match bytes.get(at) {
            Some(b',') => at = space(at + 1),
            Some(b'}') => return Ok(found),
            _ => return Err(flaw(at)),
        }
    }
}
