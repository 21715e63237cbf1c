//! Content lines (RFC 5545 §3.1): unfolding, and lines taken apart into name, parameters and value.

use std::borrow::Cow;

use super::words::{RawParameter, RawProperty, Refused};
use crate::sensitive::Sensitive;

/// Longest content line, unfolded, in bytes.
pub(super) const LONGEST_LINE: usize = 1_000_000;

/// A content line with the number of the line it begins on.
pub(super) struct Line<'t> {
    pub(super) number: u32,
    pub(super) text: Cow<'t, str>,
}

/// Unfolds a text into content lines. Lines end with CRLF or LF; blank ones are passed over, within a fold too.
pub(super) fn unfold(text: &[u8]) -> Result<Vec<Line<'_>>, Refused> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut number: u32 = 0;
    // A fold may part the bytes of one character, so bytes are joined before they are read as text.
    let mut folded: Option<(u32, Cow<'_, [u8]>)> = None;
    for raw in text.split(|byte| *byte == b'\n') {
        number = number.saturating_add(1);
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        if raw.iter().all(u8::is_ascii_whitespace) && !matches!(raw.first(), Some(b' ' | b'\t') if raw.len() > 1) {
            continue;
        }
        if let Some((b' ' | b'\t', rest)) = raw.split_first() {
            let Some((at, line)) = &mut folded else {
                return Err(Refused::new(number, "the text begins with the continuation of a line"));
            };
            if line.len().saturating_add(rest.len()) > LONGEST_LINE {
                return Err(Refused::new(*at, "a line is longer than 1,000,000 bytes"));
            }
            line.to_mut().extend_from_slice(rest);
            continue;
        }
        if raw.len() > LONGEST_LINE {
            return Err(Refused::new(number, "a line is longer than 1,000,000 bytes"));
        }
        if let Some((at, line)) = folded.replace((number, Cow::Borrowed(raw))) {
            lines.push(decoded(at, line)?);
        }
    }
    if let Some((at, line)) = folded {
        lines.push(decoded(at, line)?);
    }
    Ok(lines)
}

fn decoded(number: u32, line: Cow<'_, [u8]>) -> Result<Line<'_>, Refused> {
    let text = match line {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    };
    let text = text.ok_or_else(|| Refused::new(number, "the text is not UTF-8"))?;
    Ok(Line { number, text })
}

/// Whether a name may stand before `:` or `=`: letters, digits, hyphens, and underscores, which programs write.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Takes a content line apart.
pub(super) fn property(line: &str) -> Result<RawProperty, &'static str> {
    if line.chars().any(|c| c.is_ascii_control() && c != '\t') {
        return Err("a line holds a control character");
    }
    let end = line.find([';', ':']).ok_or("a line has no colon after its name")?;
    let (name, mut rest) = line.split_at(end);
    if !is_name(name) {
        return Err("the name of a property is made of letters, digits and hyphens");
    }
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let end = after.find(['=', ';', ':']).ok_or("a line has no colon after its parameters")?;
        let (name, from) = after.split_at(end);
        let mut from = from.strip_prefix('=').ok_or("a parameter has no value")?;
        if !is_name(name) {
            return Err("the name of a parameter is made of letters, digits and hyphens");
        }
        let mut values = Vec::new();
        loop {
            let (value, left) = parameter_value(from)?;
            values.push(Sensitive::new(circumflexes(value)));
            match left.strip_prefix(',') {
                Some(more) => from = more,
                None => {
                    rest = left;
                    break;
                }
            }
        }
        parameters.push(RawParameter { name: name.to_ascii_uppercase(), values });
    }
    let value = rest.strip_prefix(':').ok_or("a line has no colon after its parameters")?;
    Ok(RawProperty { name: name.to_ascii_uppercase(), parameters, value: value.into() })
}

fn parameter_value(text: &str) -> Result<(&str, &str), &'static str> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, left) = quoted.split_once('"').ok_or("a quoted parameter does not end")?;
        return if left.starts_with([',', ';', ':']) {
            Ok((value, left))
        } else {
            Err("text after a quoted parameter")
        };
    }
    let end = text.find([',', ';', ':']).ok_or("a line has no colon after its parameters")?;
    Ok(text.split_at(end))
}

/// Undoes the escapes of parameters (RFC 6868). Other circumflexes stand for themselves.
fn circumflexes(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('^') {
        text.push_str(before);
        let (c, skip) = match after.chars().next() {
            Some('n') => ('\n', 1),
            Some('\'') => ('"', 1),
            Some('^') => ('^', 1),
            _ => ('^', 0),
        };
        text.push(c);
        rest = after.get(skip..).unwrap_or_default();
    }
    text.push_str(rest);
    text
}

/// Writes a property as one content line, unfolded and without its end.
pub(super) fn line(name: &str, parameters: &[RawParameter], value: &str) -> String {
    let mut text = String::with_capacity(name.len() + value.len() + 8);
    text.push_str(name);
    for parameter in parameters {
        text.push(';');
        text.push_str(&parameter.name);
        for (at, value) in parameter.values.iter().enumerate() {
            text.push(if at == 0 { '=' } else { ',' });
            parameter_text(&mut text, value.expose());
        }
        if parameter.values.is_empty() {
            text.push('=');
        }
    }
    text.push(':');
    text.extend(value.chars().filter(|c| !c.is_ascii_control() || *c == '\t'));
    text
}

fn parameter_text(text: &mut String, value: &str) {
    let quoted = value.contains([';', ':', ',']);
    if quoted {
        text.push('"');
    }
    for c in value.chars() {
        match c {
            '\n' => text.push_str("^n"),
            '"' => text.push_str("^'"),
            '^' => text.push_str("^^"),
            c if c.is_ascii_control() && c != '\t' => {}
            c => text.push(c),
        }
    }
    if quoted {
        text.push('"');
    }
}

/// Adds a content line to a text, folded to 75 bytes a line between characters.
pub(super) fn fold(into: &mut String, line: &str) {
    let mut room: usize = 75;
    for c in line.chars() {
        let size = c.len_utf8();
        if size > room {
            into.push_str("\r\n ");
            room = 74;
        }
        into.push(c);
        room -= size;
    }
    into.push_str("\r\n");
}
