//! Pages of results: how many, from where.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::store::cipher::{self, Aead, NONCE, Secret, Suite, TAG};

/// Where a page ended. Opaque and sealed: it opens in the store that gave it, for the same actor and question alone.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor from text that [`as_str`](Self::as_str) gave.
    pub fn from_text(text: impl Into<String>) -> Self {
        Cursor(text.into())
    }

    /// Text to keep or hand on. It holds nothing that anyone else can read.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cursor(…)")
    }
}

/// What to return of a longer answer: at most [`Page::MOST`] rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// How many rows at most, from 1.
    pub limit: u32,
    /// Where the page before ended; none for the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Cursor>,
}

impl Default for Page {
    fn default() -> Self {
        Page { limit: 50, after: None }
    }
}

impl Page {
    /// Most rows of one page.
    pub const MOST: u32 = 1000;

    /// The first rows of an answer, in the order the question has.
    pub fn first(limit: u32) -> Self {
        Page { limit, after: None }
    }

    /// The page that follows the one that gave `cursor`.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// The limit, if it is one.
    pub(crate) fn rows(&self) -> Result<usize> {
        match self.limit {
            1..=Page::MOST => Ok(self.limit as usize),
            _ => Err(Error::invalid("page.limit", "a page has 1 to 1,000 rows")),
        }
    }
}

/// Seals and opens cursors of one store.
pub(crate) struct CursorKey(Aead);

impl CursorKey {
    pub(crate) fn new(suite: Suite, audit_key: &Secret) -> Self {
        CursorKey(Aead::new(suite, &Secret::new(cipher::hmac_sha256(audit_key, &[b"prm cursor 1"]))))
    }

    /// A cursor at `position`; `bound` is what it is good for: question and actor.
    pub(crate) fn seal(&self, bound: &[u8], position: &[u8]) -> Result<Cursor> {
        let mut nonce = [0; NONCE];
        cipher::random(&mut nonce)?;
        let mut text = position.to_vec();
        let tag = self.0.seal(&nonce, bound, &mut text)?;
        Ok(Cursor(hex(&[&nonce[..], &text, &tag].concat())))
    }

    /// The position of a cursor.
    pub(crate) fn open(&self, bound: &[u8], cursor: &Cursor) -> Result<Vec<u8>> {
        let position = || {
            let bytes = unhex(&cursor.0)?;
            let (nonce, rest) = bytes.split_first_chunk::<NONCE>()?;
            let (text, tag) = rest.split_last_chunk::<TAG>()?;
            let mut text = text.to_vec();
            self.0.open(nonce, bound, &mut text, tag).ok()?;
            Some(text)
        };
        position().ok_or_else(|| {
            Error::invalid(
                "page.after",
                "the cursor belongs to another store, actor or question; ask for the first page",
            )
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    const LONGEST: usize = 2048;
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    if text.len() > LONGEST || !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_cursor_opens_for_its_question_alone_and_shows_nothing() {
        let key = CursorKey::new(Suite::Aes256Gcm, &Secret::new([3; 32]));
        let cursor = key.seal(b"timeline of one", b"position of a row").unwrap();
        assert_eq!(key.open(b"timeline of one", &cursor).unwrap(), b"position of a row");
        assert_eq!(key.open(b"timeline of another", &cursor).unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(format!("{cursor:?}"), "Cursor(…)");
        for text in ["", "0", "zz", "00ff", &"ab".repeat(5000)] {
            assert_eq!(key.open(b"", &Cursor::from_text(text)).unwrap_err().kind(), ErrorKind::Invalid);
        }
    }

    #[test]
    fn a_page_has_a_sensible_number_of_rows() {
        assert_eq!(Page::first(20).rows().unwrap(), 20);
        assert!(Page::first(0).rows().is_err());
        assert!(Page::first(1001).rows().is_err());
    }
}
