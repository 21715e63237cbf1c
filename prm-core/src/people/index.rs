//! The index rows of a patient. Used by write, rebuild and check alike.
//!
//! ```text
//! name    1, sort name, 0, pid                  → card: every listed patient, in the order of names
//!         2, token, 0, sort name, 0, pid        → card: what a name is searched by
//!         3, Double Metaphone code, 0, token, 0 → count of listed patients
//!         4, Cologne code, 0, token, 0          → count of listed patients
//!         5, pid                                → patient id 16, sort name: every patient
//! token   token, 0                              → count of listed patients
//! ident   2, normal form, 0, system, 0, id      → record, card
//!         3, digits from the last, 0, id        → record, card
//!         4, year u16, month u8, day u8, id     → record, card
//! facet   0: scope, labels, flags of each pid
//! ```
//! A patient who is voided or known by reference alone is not listed: only their identifiers, without a card, their
//! cell of facet 0 and their row by pid, without a sort name, are there.

mod card;
mod directory;

pub(crate) use card::{Card, Found, Written, flag};
pub(crate) use directory::{related_persons, teams_for, teams_of};

use super::{ContactPoint, ContactSystem, Identifier, Patient, phonetic};
use crate::error::{Error, Result};
use crate::govern::label;
use crate::id::{OrganisationId, PatientId, RecordId};
use crate::store::engine::Read;
use crate::store::key::{self, Ident, Key, Pid};
use crate::store::record::{At, Covering, Header, IndexRow, Numbers, Owner, Record, Space};
use crate::store::tables::Table;
use crate::store::value::Codec;
use crate::time::PartialDate;

/// The facet that holds what the gate asks of every patient.
pub(crate) const GATE: u16 = 0;
/// Digits of the longest telephone number kept; E.164 has 15.
const DIGITS: usize = 20;
/// Rows of one kind that one record has at most.
const MOST: usize = 256;
/// Bytes of a written identifier that are compared.
const WRITTEN: usize = 1000;

/// What a row of `name` is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKey {
    /// Sort name.
    Sort = 1,
    /// Folded token.
    Token = 2,
    /// Code of Double Metaphone.
    Metaphone = 3,
    /// Cologne code.
    Cologne = 4,
    /// Pid.
    Pid = 5,
}

impl NameKey {
    pub(crate) fn key(self) -> Key {
        Key::new().u8(self as u8)
    }
}

/// Row of a distinct token.
pub(crate) fn token_row(token: &str) -> Vec<u8> {
    Key::new().text(token).done()
}

/// The token of a row of `token`, or the text before the first zero of a key after `skip` bytes.
pub(crate) fn text_at(row: &[u8], skip: usize) -> Option<(&str, usize)> {
    let rest = row.get(skip..)?;
    let end = rest.iter().position(|b| *b == 0)?;
    Some((std::str::from_utf8(rest.get(..end)?).ok()?, skip + end + 1))
}

/// The identifier rows of a normal form, of one system or of all.
pub(crate) fn identifier_rows(value: &str, system: Option<&str>) -> Vec<u8> {
    let rows = Key::new().u8(Ident::Identifier as u8).text(&normal_form(value));
    match system {
        Some(system) => rows.text(system).done(),
        None => rows.done(),
    }
}

/// The telephone rows of numbers that end with these digits.
pub(crate) fn phone_rows(digits: &str) -> Vec<u8> {
    let reversed: String = digits.chars().rev().collect();
    Key::new().u8(Ident::Phone as u8).prefix(&reversed).done()
}

/// The birth date rows of a date, and of dates known more precisely within it.
pub(crate) fn birth_rows(date: PartialDate) -> Vec<u8> {
    let rows = Key::new().u8(Ident::BirthDate as u8).u16(date.year());
    match (date.month(), date.day()) {
        (Some(month), Some(day)) => rows.u8(month).u8(day).done(),
        (Some(month), None) => rows.u8(month).done(),
        _ => rows.done(),
    }
}

/// Letters and digits of an identifier in upper case: how it is compared. An identifier without any is kept trimmed.
pub(crate) fn normal_form(identifier: &str) -> String {
    let letters: String = identifier.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { identifier.trim().to_owned() } else { letters }
}

/// The digits of a telephone number without a trunk prefix, international prefix or extension, as far as they make a
/// number: four digits or more. Zeros that begin the last four digits of one are no prefix.
pub(crate) fn phone_digits(number: &str) -> Option<String> {
    let number = number.replace("(0)", "");
    let dialled = number.split(|c: char| c.is_alphabetic() || matches!(c, ',' | ';' | '#'));
    let digits = dialled
        .map(|part| part.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect())
        .find(|digits: &String| !digits.is_empty())?;
    let digits = Some(digits.trim_start_matches('0')).filter(|d| d.len() >= 4).unwrap_or(&digits);
    let skip = digits.len().saturating_sub(DIGITS);
    digits.get(skip..).filter(|d| d.len() >= 4).map(str::to_owned)
}

/// The owner scope of what an organisation manages; 0 for none.
pub(crate) fn scope(organisation: Option<OrganisationId>, numbers: &mut dyn Numbers) -> Result<u32> {
    match organisation {
        Some(id) => Ok(numbers.number(Space::Scope, &[&id.to_string()])?.unwrap_or(0)),
        None => Ok(0),
    }
}

fn flags(patient: &Patient, header: &Header) -> u8 {
    [
        (header.listed(), flag::LISTED),
        (header.voided(), flag::VOIDED),
        (header.referenced(), flag::REFERENCED),
        (!patient.active, flag::INACTIVE),
        (patient.deceased.is_some(), flag::DECEASED),
    ]
    .iter()
    .fold(0, |flags, (holds, flag)| if *holds { flags | flag } else { flags })
}

impl Record for Patient {
    const KIND: u16 = 1;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, _: RecordId) -> (Table, Vec<u8>) {
        (Table::Patient, key::patient(owner.pid()))
    }

    fn covering(&self, at: At<'_>, numbers: &mut dyn Numbers) -> Result<Covering> {
        let scope = scope(self.managing_organisation, numbers)?;
        Ok(Covering { scope, labels: label::bits(&self.labels), flags: flags(self, at.header) })
    }

    fn index(&self, at: At<'_>, numbers: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        let pid = at.owner.pid();
        let covering = self.covering(at, numbers)?;
        let mut rows = vec![IndexRow::Cell { facet: GATE, pid, value: covering.cell() }];
        if !at.header.listed() {
            rows.push(pid_row(at, ""));
            rows.extend(identifiers(&self.identifiers, Patient::KIND, at, None));
            return Ok(rows);
        }
        let written = card::Written::of(self, at, covering);
        let card = Some((written.sort.as_str(), written.bytes.as_slice()));
        rows.push(pid_row(at, &written.sort));
        rows.extend(identifiers(&self.identifiers, Patient::KIND, at, card));
        rows.extend(phones(&self.telecom, at, card));
        if let Some(date) = self.birth_date {
            let key = Key::new().u8(Ident::BirthDate as u8).u16(date.year());
            let key = key.u8(date.month().unwrap_or(0)).u8(date.day().unwrap_or(0)).id(at.id).done();
            let found = Found { kind: Patient::KIND, pid, written: "", card };
            rows.push(IndexRow::Row { table: Table::Ident, key, value: found.bytes() });
        }
        rows.extend(names(&written, pid));
        Ok(rows)
    }
}

fn pid_row(at: At<'_>, sort: &str) -> IndexRow {
    let value = [at.id.as_bytes().as_slice(), sort.as_bytes()].concat();
    IndexRow::Row { table: Table::Name, key: NameKey::Pid.key().u64(at.owner.pid()).done(), value }
}

/// The id and the sort name of a patient; the sort name is empty if lists do not show them.
pub(crate) fn by_pid(read: &dyn Read, pid: Pid) -> Result<Option<(PatientId, String)>> {
    let row = NameKey::Pid.key().u64(pid).done();
    let Some(bytes) = read.get(Table::Name, &row)? else { return Ok(None) };
    let parsed = bytes.split_first_chunk().and_then(|(id, sort)| {
        Some((PatientId::from_uuid(uuid::Uuid::from_bytes(*id)), std::str::from_utf8(sort).ok()?.to_owned()))
    });
    parsed.map(Some).ok_or_else(|| Error::corrupted(Table::Name.name(), &row, "a row of a pid is cut off"))
}

/// The pid and id that a row of [`by_pid`] tells; `None` for any other row of the table.
pub(crate) fn pid_and_id(row: &[u8], bytes: &[u8]) -> Option<(Pid, PatientId)> {
    let start = NameKey::Pid.key().done();
    let pid = row.strip_prefix(start.as_slice())?.first_chunk()?;
    Some((Pid::from_be_bytes(*pid), PatientId::from_uuid(uuid::Uuid::from_bytes(*bytes.first_chunk()?))))
}

/// The row of a patient in the order of names.
pub(crate) fn sort_row(sort: &str, pid: Pid) -> Vec<u8> {
    NameKey::Sort.key().text(sort).u64(pid).done()
}

fn names(written: &card::Written, pid: Pid) -> Vec<IndexRow> {
    let row = |key: Key| {
        let key = key.text(&written.sort).u64(pid).done();
        IndexRow::Row { table: Table::Name, key, value: written.bytes.clone() }
    };
    let mut rows = vec![row(NameKey::Sort.key())];
    for token in &written.tokens {
        rows.push(row(NameKey::Token.key().text(token)));
        rows.push(IndexRow::Count { table: Table::Token, key: token_row(token) });
        let metaphone = phonetic::metaphone(token).into_iter().map(|code| (NameKey::Metaphone, code));
        for (kind, code) in metaphone.chain(phonetic::cologne(token).map(|code| (NameKey::Cologne, code))) {
            rows.push(IndexRow::Count { table: Table::Name, key: kind.key().text(&code).text(token).done() });
        }
    }
    rows
}

/// Rows by which the identifiers of a record find it.
fn identifiers(identifiers: &[Identifier], kind: u16, at: At<'_>, card: Option<(&str, &[u8])>) -> Vec<IndexRow> {
    let with_value = identifiers.iter().filter(|i| !i.value.expose().trim().is_empty()).take(MOST);
    with_value
        .map(|identifier| {
            let value = identifier.value.expose().as_str();
            let normal = normal_form(value);
            let system = identifier.system.as_deref().unwrap_or_default();
            let key = Key::new().u8(Ident::Identifier as u8).text(&normal).text(system).id(at.id).done();
            let written = if normal == value { "" } else { written(value) };
            let found = Found { kind, pid: at.owner.pid(), written, card };
            IndexRow::Row { table: Table::Ident, key, value: found.bytes() }
        })
        .collect()
}

fn phones(telecom: &[ContactPoint], at: At<'_>, card: Option<(&str, &[u8])>) -> Vec<IndexRow> {
    let dialled = telecom.iter().filter(|c| matches!(c.system, Some(ContactSystem::Phone | ContactSystem::Sms)));
    let numbers = dialled.filter_map(|contact| phone_digits(contact.value.expose())).take(MOST);
    numbers
        .map(|digits| {
            let reversed: String = digits.chars().rev().collect();
            let key = Key::new().u8(Ident::Phone as u8).text(&reversed).id(at.id).done();
            let found = Found { kind: Patient::KIND, pid: at.owner.pid(), written: "", card };
            IndexRow::Row { table: Table::Ident, key, value: found.bytes() }
        })
        .collect()
}

/// What is compared of an identifier as it was written.
pub(crate) fn written(value: &str) -> &str {
    let end = (0..=WRITTEN.min(value.len())).rev().find(|end| value.is_char_boundary(*end)).unwrap_or(0);
    value.get(..end).unwrap_or_default()
}

#[cfg(test)]
pub(crate) mod tests;
