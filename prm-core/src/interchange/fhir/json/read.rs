//! The reader: one pass over the bytes, recursive to a fixed depth.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Flaw, Json, MAX_DEPTH, MAX_VALUES, Object, Reason};

/// From this many members on, duplicates are found by hashing.
const MANY_MEMBERS: usize = 24;

pub(super) fn value(bytes: &[u8]) -> Result<Json<'_>, Flaw> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => return Err(Flaw { reason: Reason::NotUtf8, at: e.valid_up_to() }),
    };
    let mut reader = Reader { text, bytes, at: 0, values: 0 };
    if reader.next_byte().is_none() {
        return Err(reader.flaw(Reason::NoValue));
    }
    let value = reader.value(0)?;
    match reader.next_byte() {
        None => Ok(value),
        Some(_) => Err(reader.flaw(Reason::Trailing)),
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl<'a> Reader<'a> {
    fn flaw(&self, reason: Reason) -> Flaw {
        Flaw { reason, at: self.at }
    }

    /// The byte at which the next token starts; it is not taken.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\r' | b'\t') => self.at += 1,
                Some(b'\n') => {
                    self.at += 1;
                    self.indent();
                }
                other => return other.copied(),
            }
        }
    }

    /// Passes over the spaces of an indented line.
    #[inline]
    fn indent(&mut self) {
        while self.bytes.get(self.at..self.at + 8) == Some(b"        ") {
            self.at += 8;
        }
    }

    fn unexpected(&mut self) -> Flaw {
        let reason = match self.next_byte() {
            None => Reason::Truncated,
            Some(0xef) if self.bytes.get(self.at..).is_some_and(|b| b.starts_with(b"\xef\xbb\xbf")) => {
                Reason::ByteOrderMark
            }
            Some(_) => Reason::Unexpected,
        };
        self.flaw(reason)
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, Flaw> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.flaw(Reason::TooManyValues));
        }
        match self.next_byte() {
            Some(b'"') => self.string().map(Json::Text),
            Some(b'{') => self.object(depth + 1).map(Json::Object),
            Some(b'[') => self.list(depth + 1).map(Json::List),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Result<Json<'a>, Flaw> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            self.at = self.bytes.len();
            Err(self.flaw(Reason::Truncated))
        } else {
            Err(self.flaw(Reason::Unexpected))
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Json<'a>>, Flaw> {
        if depth > MAX_DEPTH {
            return Err(self.flaw(Reason::TooDeep));
        }
        self.at += 1;
        let mut items = Vec::new();
        if self.next_byte() == Some(b']') {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            match self.next_byte() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(items);
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Object<'a>, Flaw> {
        if depth > MAX_DEPTH {
            return Err(self.flaw(Reason::TooDeep));
        }
        self.at += 1;
        let mut object = Object(Vec::with_capacity(4));
        if self.next_byte() == Some(b'}') {
            self.at += 1;
            return Ok(object);
        }
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        loop {
            if self.next_byte() != Some(b'"') {
                return Err(self.unexpected());
            }
            let start = self.at;
            let name = self.string()?;
            let twice = if object.len() < MANY_MEMBERS {
                object.get(&name).is_some()
            } else {
                if seen.is_empty() {
                    seen.extend(object.0.iter().map(|(name, _)| name.clone()));
                }
                !seen.insert(name.clone())
            };
            if twice {
                return Err(Flaw { reason: Reason::Duplicate, at: start });
            }
            if self.next_byte() != Some(b':') {
                return Err(self.unexpected());
            }
            self.at += 1;
            let value = self.value(depth)?;
            object.push(name, value);
            match self.next_byte() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(object);
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn number(&mut self) -> Result<Json<'a>, Flaw> {
        let start = self.at;
        let wrong = Flaw { reason: Reason::Number, at: start };
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let first = self.bytes.get(self.at).copied();
        let whole = self.digits();
        if whole == 0 || (whole > 1 && first == Some(b'0')) {
            return Err(wrong);
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(wrong);
            }
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(wrong);
            }
        }
        Ok(Json::Number(Cow::Borrowed(self.text.get(start..self.at).unwrap_or_default())))
    }

    fn digits(&mut self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        self.at += count;
        count
    }

    /// A text; the reader stands on its opening quote.
    fn string(&mut self) -> Result<Cow<'a, str>, Flaw> {
        self.at += 1;
        let start = self.at;
        match self.plain()? {
            b'"' => {
                let text = self.text.get(start..self.at).unwrap_or_default();
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(start).map(Cow::Owned),
        }
    }

    /// Moves to the quote or backslash that ends a run of plain characters, and returns it.
    #[inline]
    fn plain(&mut self) -> Result<u8, Flaw> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match rest.iter().position(|b| *b < 0x20 || *b == b'"' || *b == b'\\') {
            None => {
                self.at = self.bytes.len();
                Err(self.flaw(Reason::Truncated))
            }
            Some(run) => {
                self.at += run;
                match rest.get(run) {
                    Some(end @ (b'"' | b'\\')) => Ok(*end),
                    _ => Err(self.flaw(Reason::Control)),
                }
            }
        }
    }

    /// A text with escapes; the reader stands on the first backslash.
    fn escaped(&mut self, start: usize) -> Result<String, Flaw> {
        let mut text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        loop {
            text.push(self.escape()?);
            let start = self.at;
            let end = self.plain()?;
            text.push_str(self.text.get(start..self.at).unwrap_or_default());
            if end == b'"' {
                self.at += 1;
                return Ok(text);
            }
        }
    }

    fn escape(&mut self) -> Result<char, Flaw> {
        let start = self.at;
        let Some(kind) = self.bytes.get(self.at + 1) else {
            self.at = self.bytes.len();
            return Err(self.flaw(Reason::Truncated));
        };
        self.at += 2;
        Ok(match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(start),
            _ => return Err(Flaw { reason: Reason::Escape, at: start }),
        })
    }

    fn unicode(&mut self, start: usize) -> Result<char, Flaw> {
        let lone = Flaw { reason: Reason::Surrogate, at: start };
        let first = self.four_digits(start)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let pair = self.bytes.get(self.at..self.at + 2) == Some(b"\\u");
        if first >= 0xdc00 || !pair {
            return Err(lone);
        }
        self.at += 2;
        let second = self.four_digits(start)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Err(lone);
        }
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(lone)
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, Flaw> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|d| u32::from_str_radix(d, 16).ok());
        self.at += 4;
        number.ok_or(Flaw { reason: Reason::Escape, at: start })
    }
}
