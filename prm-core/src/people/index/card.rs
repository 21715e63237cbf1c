//! What an index row tells of a patient, so that a list needs no other row.
//!
//! ```text
//! card        version u8 = 1 | flags u8 | scope u32 | labels u32 | birth year u16 | month u8 | day u8 | gender u8
//!             | patient id 16 | length u8 | name | words
//! name        the name to show, at most 200 bytes
//! words       folded tokens that are not words of the sort name, with a space between two
//! row of name, kinds 1 and 2                card; pid and sort name are in the key
//! row of ident, kinds 2 to 4                record kind u16 | pid u64 | length u16 | written
//!                                           | length u8 | sort name | card
//! written     the identifier as it was written; empty if the key says it letter by letter
//! ```
//! Integers are big-endian, an unknown part of a date or gender is 0. Rows of a record that is no patient, and those of
//! a patient that lists do not show, end after `written`.

use super::super::{Gender, Patient, view};
use crate::error::{Error, Result};
use crate::id::PatientId;
use crate::people::PatientRow;
use crate::people::fold;
use crate::sensitive::Sensitive;
use crate::store::bytes::Reader;
use crate::store::key::Pid;
use crate::store::record::{At, Covering};
use crate::store::tables::Table;
use crate::time::PartialDate;

/// Version of the layout.
const VERSION: u8 = 1;
/// Bytes of a name.
const NAME: usize = 200;
/// Bytes of a sort name.
const SORT: usize = 80;

/// Bits of [`Covering::flags`] for a patient.
pub(crate) mod flag {
    /// Lists and searches show the patient.
    pub(crate) const LISTED: u8 = 1;
    /// Entered in error.
    pub(crate) const VOIDED: u8 = 1 << 1;
    /// Known by reference alone.
    pub(crate) const REFERENCED: u8 = 1 << 2;
    /// The record is out of use.
    pub(crate) const INACTIVE: u8 = 1 << 3;
    /// The patient has died.
    pub(crate) const DECEASED: u8 = 1 << 4;
}

/// An index card, borrowed from its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Card<'a> {
    pub(crate) covering: Covering,
    /// Year, month, day; 0 for what is not known.
    pub(crate) born: (u16, u8, u8),
    pub(crate) gender: u8,
    pub(crate) id: PatientId,
    pub(crate) name: &'a str,
    /// Tokens that the sort name does not hold.
    pub(crate) words: &'a str,
}

impl<'a> Card<'a> {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(32 + self.name.len() + self.words.len());
        bytes.extend_from_slice(&[VERSION, self.covering.flags]);
        bytes.extend_from_slice(&self.covering.scope.to_be_bytes());
        bytes.extend_from_slice(&self.covering.labels.to_be_bytes());
        let (year, month, day) = self.born;
        bytes.extend_from_slice(&year.to_be_bytes());
        bytes.extend_from_slice(&[month, day, self.gender]);
        bytes.extend_from_slice(self.id.as_bytes());
        bytes.push(u8::try_from(self.name.len()).unwrap_or(0));
        bytes.extend_from_slice(self.name.as_bytes());
        bytes.extend_from_slice(self.words.as_bytes());
        bytes
    }

    pub(crate) fn parse(table: Table, row: &[u8], bytes: &'a [u8]) -> Result<Self> {
        let cut_off = || Error::corrupted(table.name(), row, "an index card is cut off");
        let mut reader = Reader::new(bytes);
        match reader.u8() {
            Some(VERSION) => {}
            Some(version) if version > VERSION => {
                let newer = "an index card of a newer library";
                return Err(Error::new(crate::ErrorKind::UnsupportedFormat, newer));
            }
            _ => return Err(cut_off()),
        }
        let mut card = || {
            let flags = reader.u8()?;
            let covering = Covering { flags, scope: reader.u32()?, labels: reader.u32()? };
            let born = (reader.u16()?, reader.u8()?, reader.u8()?);
            let gender = reader.u8()?;
            let id = PatientId::from_uuid(uuid::Uuid::from_bytes(reader.array()?));
            let length = usize::from(reader.u8()?);
            let name = std::str::from_utf8(reader.take(length)?).ok()?;
            let words = std::str::from_utf8(reader.rest()).ok()?;
            Some(Card { covering, born, gender, id, name, words })
        };
        card().ok_or_else(cut_off)
    }

    /// The covering part alone, for the gate.
    pub(crate) fn covering(table: Table, row: &[u8], bytes: &[u8]) -> Result<Covering> {
        let mut reader = Reader::new(bytes);
        let mut covering = || {
            reader.u8()?;
            let flags = reader.u8()?;
            Some(Covering { flags, scope: reader.u32()?, labels: reader.u32()? })
        };
        covering().ok_or_else(|| Error::corrupted(table.name(), row, "an index card is cut off"))
    }

    pub(crate) fn birth_date(&self) -> Option<PartialDate> {
        match self.born {
            (0, _, _) => None,
            (year, 0, _) => PartialDate::year_only(year).ok(),
            (year, month, 0) => PartialDate::year_month(year, month).ok(),
            (year, month, day) => PartialDate::from_ymd(year, month, day).ok(),
        }
    }

    /// What a list shows.
    pub(crate) fn row(&self) -> PatientRow {
        let gender = Gender::from_number(u32::from(self.gender));
        PatientRow {
            id: self.id,
            name: Sensitive::from(self.name),
            birth_date: self.birth_date(),
            gender: (!matches!(gender, Gender::Other(_))).then_some(gender),
            active: self.covering.flags & flag::INACTIVE == 0,
            deceased: self.covering.flags & flag::DECEASED != 0,
        }
    }
}

/// A row of `ident` that finds a record by a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    pub(crate) kind: u16,
    pub(crate) pid: Pid,
    /// The identifier as it was written, if the key does not say it.
    pub(crate) written: &'a str,
    /// Sort name and card of a patient that lists show.
    pub(crate) card: Option<(&'a str, &'a [u8])>,
}

impl<'a> Found<'a> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(128);
        bytes.extend_from_slice(&self.kind.to_be_bytes());
        bytes.extend_from_slice(&self.pid.to_be_bytes());
        bytes.extend_from_slice(&u16::try_from(self.written.len()).unwrap_or(0).to_be_bytes());
        bytes.extend_from_slice(self.written.as_bytes());
        if let Some((sort, card)) = self.card {
            bytes.push(u8::try_from(sort.len()).unwrap_or(0));
            bytes.extend_from_slice(sort.as_bytes());
            bytes.extend_from_slice(card);
        }
        bytes
    }

    pub(crate) fn parse(row: &[u8], bytes: &'a [u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes);
        let mut found = || {
            let (kind, pid) = (reader.u16()?, reader.u64()?);
            let length = usize::from(reader.u16()?);
            let written = std::str::from_utf8(reader.take(length)?).ok()?;
            let card = match reader.u8() {
                None => None,
                Some(length) => {
                    let sort = std::str::from_utf8(reader.take(usize::from(length))?).ok()?;
                    Some((sort, reader.rest()))
                }
            };
            Some(Found { kind, pid, written, card })
        };
        found().ok_or_else(|| Error::corrupted(Table::Ident.name(), row, "a row of an identifier is cut off"))
    }
}

/// The card of a patient as it is written, with the names it was made from.
pub(crate) struct Written {
    /// Folded family name, then given names.
    pub(crate) sort: String,
    /// Every folded token of every name.
    pub(crate) tokens: Vec<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Written {
    pub(crate) fn of(patient: &Patient, at: At<'_>, covering: Covering) -> Self {
        let shown = view::shown(&patient.names, at.header.recorded.date_naive());
        let name = shown.map(view::text).unwrap_or_default();
        let family_first = shown.map(|name| name.family.iter().chain(&name.given).collect::<Vec<_>>());
        let mut sort: Vec<String> =
            family_first.unwrap_or_default().iter().flat_map(|part| fold::words(part.expose())).collect();
        if sort.is_empty() {
            sort = fold::words(&name);
        }
        let sort = cut(&sort.join(" "), SORT).trim_end().to_owned();
        let tokens = tokens(patient);
        let words: Vec<&str> =
            tokens.iter().map(String::as_str).filter(|token| !sort.split(' ').any(|word| word == *token)).collect();
        let born = patient.birth_date.map_or((0, 0, 0), |d| (d.year(), d.month().unwrap_or(0), d.day().unwrap_or(0)));
        let gender = patient.gender.as_ref().and_then(Gender::number).and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
        let card = Card { covering, born, gender, id: at.id.into(), name: cut(&name, NAME), words: &words.join(" ") };
        let bytes = card.bytes();
        Written { sort, tokens, bytes }
    }
}

/// What a patient is found by: the parts of every name, or its text where it has no parts.
fn tokens(patient: &Patient) -> Vec<String> {
    let parts = patient.names.iter().flat_map(|name| {
        let named: Vec<&Sensitive> = name.family.iter().chain(&name.given).collect();
        if named.is_empty() { name.text.iter().collect() } else { named }
    });
    fold::tokens_of(parts.map(|part| part.expose().as_str()))
}

/// At most so many bytes of a text, whole characters.
fn cut(text: &str, longest: usize) -> &str {
    let end = (0..=longest.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}
