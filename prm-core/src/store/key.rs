//! Keys of rows. Byte order is reading order.

use crate::id::RecordId;
use crate::store::cipher;
use crate::store::engine::Span;

/// Internal number of a patient: sequential, never reused, unrelated to any identifier outside.
pub(crate) type Pid = u64;

/// Partition of every key in a store of one partition.
const PARTITION: u8 = 0;

/// What a row of one patient is, in the order in which classes lie together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Superseded versions: record id, version.
    History = 0,
    /// Records in no order of time: kind, record id.
    Item = 1,
    /// Records in order of time, newest first: [`Moment`], kind, record id.
    Timeline = 2,
    /// Imported text: record id.
    Source = 3,
    /// Who looked: inverted seconds, digest of session and data class.
    Access = 4,
    /// Timeline of one kind: kind, [`Moment`], record id.
    ByKind = 5,
    /// Timeline of one code: code number, [`Moment`], kind, record id.
    ByCode = 6,
    /// How many entries came from a source: digest of its name.
    Origins = 7,
    /// What was recorded of something that repeats: id of what repeats, which of its times, record id.
    Occurrence = 8,
    /// Those of them that were moved, keyed the same.
    Moved = 9,
    /// What waits for something else: id of that, record id.
    Needs = 10,
    /// What is next of something that repeats: its id.
    Due = 11,
}

/// What a row of `ident` finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ident {
    /// Record id → locator.
    Record = 1,
    /// Identifier value, 0, system, 0, record id.
    Identifier = 2,
    /// Telephone digits from the last, 0, record id.
    Phone = 3,
    /// Birth date, record id.
    BirthDate = 4,
    /// Batch id → what became of it.
    Batch = 5,
    /// Digest of a reference within a source → record.
    Reference = 6,
    /// Role, record id of a member or patient, care team.
    Team = 7,
    /// Calendar of holidays, pid, schedule that follows it.
    Holidays = 8,
    /// Clinician or nobody, state, day, pid, decision.
    Decisions = 9,
    /// Digest of someone, record id of a role given to them.
    Grant = 16,
}

/// A place on a timeline: inverted seconds, inverted precision. Nine bytes, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) [u8; 9]);

impl Moment {
    /// After everything that has a time.
    pub(crate) const NEVER: Moment = Moment([0xff; 9]);

    /// `seconds` since year 1, then precision: of equal seconds the finer comes first when newest is first.
    pub(crate) fn new(seconds: u64, precision: u8) -> Self {
        let mut bytes = [0; 9];
        bytes[..8].copy_from_slice(&(u64::MAX - 1 - seconds.min(u64::MAX - 1)).to_be_bytes());
        bytes[8] = u8::MAX - precision;
        Moment(bytes)
    }
}

/// A key being built.
#[derive(Debug, Clone)]
pub(crate) struct Key(Vec<u8>);

impl Key {
    pub(crate) fn new() -> Self {
        let mut key = Vec::with_capacity(48);
        key.push(PARTITION);
        Key(key)
    }

    pub(crate) fn u8(mut self, n: u8) -> Self {
        self.0.push(n);
        self
    }

    pub(crate) fn u16(mut self, n: u16) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    pub(crate) fn u32(mut self, n: u32) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    pub(crate) fn u64(mut self, n: u64) -> Self {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Text followed by a zero, so that a shorter text sorts before a longer one it begins. Zeros within the text
    /// are left out; text of more than 200 bytes is cut and followed by its digest.
    pub(crate) fn text(mut self, text: &str) -> Self {
        const LONGEST: usize = 200;
        let bytes = text.bytes().filter(|b| *b != 0);
        if text.len() <= LONGEST {
            self.0.extend(bytes);
        } else {
            self.0.extend(bytes.take(LONGEST));
            self.0.extend(cipher::sha256(&[text.as_bytes()]).iter().take(16).map(|b| b | 1));
        }
        self.0.push(0);
        self
    }

    /// Text without its closing zero: the prefix of every text that begins with it.
    pub(crate) fn prefix(mut self, text: &str) -> Self {
        self.0.extend(text.bytes().filter(|b| *b != 0).take(200));
        self
    }

    pub(crate) fn id(self, id: RecordId) -> Self {
        self.bytes(id.as_bytes())
    }

    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// The demographic record.
pub(crate) fn patient(pid: Pid) -> Vec<u8> {
    Key::new().u64(pid).done()
}

/// Rows of a class of one patient.
pub(crate) fn class(pid: Pid, class: Class) -> Key {
    Key::new().u64(pid).u8(class as u8)
}

/// Row of a record in `ident`.
pub(crate) fn record(id: RecordId) -> Vec<u8> {
    Key::new().u8(Ident::Record as u8).id(id).done()
}

/// A record of no patient, current version.
pub(crate) fn shared(kind: u16, id: RecordId) -> Vec<u8> {
    Key::new().u16(kind).id(id).done()
}

/// Superseded versions of a record of no patient lie apart from the current ones.
pub(crate) fn shared_history(kind: u16, id: RecordId) -> Key {
    Key::new().u16(kind | 0x8000).id(id)
}

/// A named value in `meta`.
pub(crate) fn meta(name: &str) -> Vec<u8> {
    Key::new().bytes(name.as_bytes()).done()
}

/// The first key after every key that begins with `prefix`; none if there is no such key.
pub(crate) fn after(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last != u8::MAX {
            end.push(last + 1);
            return Some(end);
        }
    }
    None
}

/// Every key that begins with a prefix, as bounds that live as long as this value.
#[derive(Debug, Clone)]
pub(crate) struct Prefix {
    start: Vec<u8>,
    end: Option<Vec<u8>>,
}

impl Prefix {
    pub(crate) fn of(prefix: Vec<u8>) -> Self {
        let end = after(&prefix);
        Prefix { start: prefix, end }
    }

    /// The same rows without those before `start`.
    pub(crate) fn starting_at(mut self, start: Vec<u8>) -> Self {
        if start > self.start {
            self.start = start;
        }
        self
    }

    /// The same rows without `end` and those after it.
    pub(crate) fn ending_before(mut self, end: Vec<u8>) -> Self {
        if self.end.as_ref().is_none_or(|e| end < *e) {
            self.end = Some(end);
        }
        self
    }

    pub(crate) fn span(&self) -> Span<'_> {
        Span { start: &self.start, end: self.end.as_deref() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn later_moments_sort_first(a in 0u64..400_000_000_000, b in 0u64..400_000_000_000, p in 0u8..4, q in 0u8..4) {
            prop_assert_eq!(Moment::new(a, p).cmp(&Moment::new(b, q)), (b, q).cmp(&(a, p)));
            prop_assert!(Moment::new(a, p) < Moment::NEVER);
        }

        #[test]
        fn text_keys_sort_as_text(a in "[a-z]{0,12}", b in "[a-z]{0,12}") {
            let key = |t: &str| Key::new().text(t).u64(7).done();
            prop_assert_eq!(key(&a).cmp(&key(&b)), a.cmp(&b));
        }

        #[test]
        fn a_prefix_spans_what_begins_with_it(prefix in proptest::collection::vec(any::<u8>(), 1..6), rest in proptest::collection::vec(any::<u8>(), 0..6), other in proptest::collection::vec(any::<u8>(), 0..8)) {
            let span = Prefix::of(prefix.clone());
            let within = |k: &[u8]| k >= span.span().start && span.span().end.is_none_or(|e| k < e);
            let mut longer = prefix.clone();
            longer.extend(rest);
            prop_assert!(within(&longer));
            prop_assert_eq!(within(&other), other.starts_with(&prefix));
        }
    }
}
