//! JSON laid out by a printer, without the whitespace that the printer made: it is made again when the text is read.
//!
//! ```text
//! folded     at u8 | base u8 | step u8 | bytes before the object | the object without whitespace between its tokens
//!            | bytes behind it
//! ```
//! The object begins `at` bytes into the text and lies on lines of its own, `base` spaces from the margin and `step`
//! more for each level within it; a colon is followed by one space; an empty object or array stays on its line. Only
//! a text that comes out the same to the byte is folded.

/// Bytes before the folded text.
const HEAD: usize = 3;

/// The folded form of a text, if it has one.
pub(crate) fn fold(text: &[u8]) -> Option<Vec<u8>> {
    let window = text.get(..text.len().min(256))?;
    let at = window.windows(2).position(|pair| pair == b"{\n")?;
    let (before, object) = text.split_at_checked(at)?;
    let mut out = Vec::with_capacity(text.len() / 2 + HEAD);
    out.extend_from_slice(&[u8::try_from(at).ok()?, 0, 0]);
    out.extend_from_slice(before);
    let first = spaces(object.get(2..)?.iter());
    let behind = strip(object, &mut out)?;
    let len = object.len() - behind.len();
    let base = spaces(object.get(..len.checked_sub(1)?)?.iter().rev());
    let head = [u8::try_from(at).ok()?, u8::try_from(base).ok()?, u8::try_from(first.checked_sub(base)?).ok()?];
    out.get_mut(..HEAD)?.copy_from_slice(&head);
    out.extend_from_slice(behind);
    (unfold(&out, text.len())? == text).then_some(out)
}

/// The text of `len` bytes that was folded.
pub(crate) fn unfold(folded: &[u8], len: usize) -> Option<Vec<u8>> {
    let (&[at, base, step], rest) = folded.split_first_chunk::<HEAD>()?;
    let (before, object) = rest.split_at_checked(usize::from(at))?;
    let mut page =
        Page { out: Vec::with_capacity(len.min(8 * folded.len())), len, base: base.into(), step: step.into() };
    page.write(before)?;
    let behind = page.lay_out(object)?;
    page.write(behind)?;
    (page.out.len() == len).then_some(page.out)
}

/// Copies an object without the whitespace between its tokens; what follows it.
fn strip<'a>(object: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let mut depth = 0usize;
    let mut rest = object;
    while let Some((&byte, after)) = rest.split_first() {
        match byte {
            b' ' | b'\n' => rest = after,
            b'"' => {
                let string = string(rest)?;
                out.extend_from_slice(string);
                rest = rest.get(string.len()..)?;
            }
            _ => {
                out.push(byte);
                rest = after;
                match byte {
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth = depth.checked_sub(1)?,
                    _ => {}
                }
                if depth == 0 {
                    return Some(rest);
                }
            }
        }
    }
    None
}

/// The text as far as it is laid out, never longer than `len`.
struct Page {
    out: Vec<u8>,
    len: usize,
    base: usize,
    step: usize,
}

impl Page {
    /// Lays out the object that begins here; what follows it.
    fn lay_out<'a>(&mut self, object: &'a [u8]) -> Option<&'a [u8]> {
        let mut depth = 0usize;
        let mut rest = object;
        while let Some((&byte, after)) = rest.split_first() {
            let token = match byte {
                b'"' => string(rest)?,
                b'{' | b'[' | b'}' | b']' | b',' | b':' => rest.get(..1)?,
                _ => scalar(rest)?,
            };
            rest = rest.get(token.len()..)?;
            match byte {
                b'{' | b'[' if matches!(after.first(), Some(b'}' | b']')) => {
                    self.write(token)?;
                    self.write(rest.get(..1)?)?;
                    rest = rest.get(1..)?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.write(token)?;
                    self.line(depth)?;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.line(depth)?;
                    self.write(token)?;
                }
                b',' => {
                    self.write(token)?;
                    self.line(depth)?;
                }
                b':' => self.write(b": ")?,
                _ => self.write(token)?,
            }
            if depth == 0 {
                return Some(rest);
            }
        }
        None
    }

    fn line(&mut self, depth: usize) -> Option<()> {
        let indent = self.step.checked_mul(depth)?.checked_add(self.base)?;
        let end = self.out.len().checked_add(indent)?.checked_add(1)?;
        self.write(b"\n")?;
        (end <= self.len).then(|| self.out.resize(end, b' '))
    }

    fn write(&mut self, bytes: &[u8]) -> Option<()> {
        (bytes.len() <= self.len - self.out.len()).then(|| self.out.extend_from_slice(bytes))
    }
}

/// The string that begins here, with its quotes.
fn string(rest: &[u8]) -> Option<&[u8]> {
    let mut escaped = false;
    let end = rest.iter().skip(1).position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    rest.get(..end + 2)
}

/// The number or word that begins here.
fn scalar(rest: &[u8]) -> Option<&[u8]> {
    let end = rest.iter().position(|byte| matches!(byte, b'{' | b'[' | b'}' | b']' | b',' | b':' | b'"'))?;
    rest.get(..end)
}

fn spaces<'a>(bytes: impl Iterator<Item = &'a u8>) -> usize {
    bytes.take_while(|byte| **byte == b' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_printed_object_is_folded_with_what_is_around_it() {
        let text =
            b"\x81\x58{\n      \"a\": [\n        1.50,\n        {}\n      ],\n      \"b\": \" {\\\"\\n\"\n    }\xff";
        let folded = fold(text).unwrap();
        assert_eq!(folded, b"\x02\x04\x02\x81\x58{\"a\":[1.50,{}],\"b\":\" {\\\"\\n\"}\xff");
        assert_eq!(unfold(&folded, text.len()).unwrap(), text);
    }

    #[test]
    fn a_text_that_would_come_out_differently_is_not_folded() {
        for text in [
            "",
            "{}",
            "{\n",
            "{\n}",
            "{\"a\": 1}",
            "{\n  \"a\":1\n}",
            "{\n  \"a\" : 1\n}",
            "{\n  \"a\": [ 1 ]\n}",
            "{\n  \"a\": {\n  }\n}",
            "{\n  \"a\": 1,\n   \"b\": 2\n}",
            "{\r\n  \"a\": 1\r\n}",
            "{\n  \"a\": 1 \n}",
            "{\n  \"a\": \"\n}",
            "{\n  \"a\": [1}\n]",
        ] {
            assert_eq!(fold(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_folded_text_never_grows_past_the_length_it_claims() {
        let nested = [b"\x00\xff\xff".to_vec(), vec![b'['; 100_000]].concat();
        assert_eq!(unfold(&nested, 1000), None);
        let folded = fold(b"{\n  \"a\": 1\n}").unwrap();
        for len in 0..40 {
            assert_eq!(unfold(&folded, len).is_some(), len == 12);
        }
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            ".{0,12}".prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                proptest::collection::hash_map(".{0,6}", inner, 0..6)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_pretty_printed_object_comes_back(value in json(), before in "[a-z]{0,20}", behind in ".{0,20}") {
            let printed = serde_json::to_string_pretty(&serde_json::json!({ "a": value })).unwrap();
            let text = [before, printed, behind].concat().into_bytes();
            let folded = fold(&text);
            prop_assert!(folded.is_some());
            prop_assert_eq!(unfold(&folded.unwrap(), text.len()).unwrap(), text);
        }

        #[test]
        fn folding_any_text_is_exact_or_refused(text in "[ \n{}\\[\\],:\"a1\\\\]{0,60}") {
            let text = ["{\n", &text].concat().into_bytes();
            if let Some(folded) = fold(&text) {
                prop_assert_eq!(unfold(&folded, text.len()).unwrap(), text);
            }
        }

        #[test]
        fn unfolding_any_bytes_ends(bytes in proptest::collection::vec(any::<u8>(), 0..200), len in 0usize..400) {
            if let Some(text) = unfold(&bytes, len) {
                prop_assert_eq!(text.len(), len);
            }
        }
    }
}
