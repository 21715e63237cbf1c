//! The layout of the library as rows of bytes, for engines that hold nothing else: what of a difference is layout, and
//! what is engine.
//!
//! Values are plain fields with their lengths before them: nothing is sealed or compressed.

use crate::engine::Result;
use crate::generate::{Case, Entry, Id, Patient, fold, sound};

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// pid → demographic record.
    Patient = 0,
    /// pid, class, … → items, timeline, superseded versions.
    PData = 1,
    /// kind, value → pid, or where a record lies.
    Ident = 2,
    /// token, 0, pid → covering columns.
    Name = 3,
    /// distinct token → count.
    Token = 4,
    /// code, pid → nothing.
    Code = 5,
    /// sequence → what a commit changed.
    Journal = 6,
    /// sequence → who did what, chained.
    Audit = 7,
}

/// Every table.
pub(crate) const SPACES: [Space; 8] =
    [Space::Patient, Space::PData, Space::Ident, Space::Name, Space::Token, Space::Code, Space::Journal, Space::Audit];

/// A row to put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) space: Space,
    pub(crate) key: Vec<u8>,
    pub(crate) value: Vec<u8>,
}

const HISTORY: u8 = 0;
const TIMELINE: u8 = 2;
const BY_ID: u8 = 0;
const BY_NUMBER: u8 = 1;
const BY_PHONE: u8 = 2;
const BY_BIRTH: u8 = 3;

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

pub(crate) fn patient_key(pid: u64) -> Vec<u8> {
    pid.to_be_bytes().to_vec()
}

pub(crate) fn history_key(pid: u64, id: &Id, version: u32) -> Vec<u8> {
    joined(&[&pid.to_be_bytes(), &[HISTORY], id, &version.to_be_bytes()])
}

/// What every timeline row of a patient begins with.
pub(crate) fn timeline_prefix(pid: u64) -> Vec<u8> {
    joined(&[&pid.to_be_bytes(), &[TIMELINE]])
}

pub(crate) fn id_key(id: &Id) -> Vec<u8> {
    joined(&[&[BY_ID], id])
}

pub(crate) fn phone_key(phone: &str, pid: u64) -> Vec<u8> {
    joined(&[&[BY_PHONE], phone.as_bytes(), &[0], &pid.to_be_bytes()])
}

pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u16).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// Fields of a value, one after the other.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn text(&mut self) -> Result<String> {
        let (length, rest) = self.0.split_first_chunk().ok_or("a value is cut off")?;
        let (text, rest) =
            rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or("a value is cut off")?;
        self.0 = rest;
        Ok(String::from_utf8(text.to_vec())?)
    }

    pub(crate) fn take<const N: usize>(&mut self) -> Result<&'a [u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or("a value is cut off")?;
        self.0 = rest;
        Ok(bytes)
    }
}

pub(crate) fn patient_value(patient: &Patient, version: u32, phone: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    out.extend_from_slice(&version.to_be_bytes());
    out.extend_from_slice(&patient.id);
    let (year, month, day) = patient.birth;
    out.extend_from_slice(&year.to_be_bytes());
    out.extend_from_slice(&[month, day, u8::from(patient.female)]);
    out.extend_from_slice(&patient.clinic.to_be_bytes());
    let [first, second] = &patient.given;
    for field in [
        &patient.family,
        first,
        second,
        &patient.record_number,
        phone,
        &patient.email,
        &patient.street,
        &patient.city,
        &patient.postal_code,
    ] {
        text(&mut out, field);
    }
    text(&mut out, patient.language);
    out
}

/// A demographic record as an owned value again.
pub(crate) fn patient_of(value: &[u8]) -> Result<(u32, Patient)> {
    let mut fields = Fields(value);
    let version = u32::from_be_bytes(*fields.take()?);
    let id = *fields.take()?;
    let year = i32::from_be_bytes(*fields.take()?);
    let [month, day, female] = *fields.take()?;
    let clinic = u32::from_be_bytes(*fields.take()?);
    let patient = Patient {
        id,
        birth: (year, month, day),
        female: female != 0,
        clinic,
        family: fields.text()?,
        given: [fields.text()?, fields.text()?],
        record_number: fields.text()?,
        phone: fields.text()?,
        email: fields.text()?,
        street: fields.text()?,
        city: fields.text()?,
        postal_code: fields.text()?,
        language: if fields.text()? == "es" { "es" } else { "en" },
    };
    Ok((version, patient))
}

fn entry_value(entry: &Entry, version: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(160);
    out.extend_from_slice(&version.to_be_bytes());
    out.extend_from_slice(&entry.id);
    out.extend_from_slice(&entry.at.to_be_bytes());
    out.push(entry.kind as u8);
    out.extend_from_slice(&entry.encounter.unwrap_or_default());
    text(&mut out, &entry.code);
    text(&mut out, &entry.display);
    text(&mut out, entry.status);
    let (value, unit) = entry.value.as_ref().map_or(("", ""), |(value, unit)| (value.as_str(), *unit));
    text(&mut out, value);
    text(&mut out, unit);
    out
}

/// An entry of a timeline as owned values again.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) at: i64,
    pub(crate) id: Id,
    pub(crate) texts: [String; 5],
}

pub(crate) fn shown(value: &[u8]) -> Result<Shown> {
    let mut fields = Fields(value);
    fields.take::<4>()?;
    let id = *fields.take()?;
    let at = i64::from_be_bytes(*fields.take()?);
    fields.take::<17>()?;
    Ok(Shown { at, id, texts: [fields.text()?, fields.text()?, fields.text()?, fields.text()?, fields.text()?] })
}

/// Rows of an entry: in the timeline, by id, by code.
pub(crate) fn entry_rows(pid: u64, entry: &Entry, rows: &mut Vec<Row>) {
    let newest_first = !(entry.at as u64 ^ 1 << 63);
    let key = joined(&[&timeline_prefix(pid), &newest_first.to_be_bytes(), &[entry.kind as u8], &entry.id]);
    rows.push(Row { space: Space::Ident, key: id_key(&entry.id), value: key.clone() });
    rows.push(Row { space: Space::PData, key, value: entry_value(entry, 1) });
    let code = joined(&[entry.code.as_bytes(), &[0], &pid.to_be_bytes()]);
    rows.push(Row { space: Space::Code, key: code, value: Vec::new() });
}

/// Names a patient is found by.
pub(crate) fn tokens(patient: &Patient) -> [String; 3] {
    let [first, second] = &patient.given;
    [fold(&patient.family), fold(first), fold(second)]
}

/// Rows of a patient and all entries, and the distinct tokens to count.
pub(crate) fn case_rows(pid: u64, case: &Case, rows: &mut Vec<Row>) {
    let patient = &case.patient;
    let pid_bytes = pid.to_be_bytes();
    let (year, month, day) = patient.birth;
    rows.push(Row { space: Space::Patient, key: patient_key(pid), value: patient_value(patient, 1, &patient.phone) });
    rows.push(Row { space: Space::Ident, key: id_key(&patient.id), value: pid_bytes.to_vec() });
    let number = joined(&[&[BY_NUMBER], patient.record_number.as_bytes(), &[0], &pid_bytes]);
    rows.push(Row { space: Space::Ident, key: number, value: Vec::new() });
    rows.push(Row { space: Space::Ident, key: phone_key(&patient.phone, pid), value: Vec::new() });
    let birth = joined(&[&[BY_BIRTH], &year.to_be_bytes(), &[month, day], &pid_bytes]);
    rows.push(Row { space: Space::Ident, key: birth, value: Vec::new() });
    let mut covering = Vec::with_capacity(48);
    text(&mut covering, &format!("{} {}", patient.given.join(" "), patient.family));
    covering.extend_from_slice(&year.to_be_bytes());
    covering.extend_from_slice(&patient.clinic.to_be_bytes());
    covering.extend_from_slice(&[0; 5]);
    for token in tokens(patient) {
        for (kind, word) in [(0_u8, token.as_str()), (1, sound(&token).as_str())] {
            let key = joined(&[&[kind], word.as_bytes(), &[0], &pid_bytes]);
            rows.push(Row { space: Space::Name, key, value: covering.clone() });
        }
    }
    for entry in &case.entries {
        entry_rows(pid, entry, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Population;

    #[test]
    fn a_patient_comes_back_from_its_bytes() -> Result<()> {
        let patient = Population { ordinary: 9, long: 0 }.patient(3);
        assert_eq!(patient_of(&patient_value(&patient, 2, &patient.phone))?, (2, patient));
        Ok(())
    }

    #[test]
    fn timeline_rows_lie_newest_first() -> Result<()> {
        let case = Population { ordinary: 9, long: 0 }.case(3);
        let mut rows = Vec::new();
        case_rows(4, &case, &mut rows);
        rows.retain(|row| row.space == Space::PData && row.key.starts_with(&timeline_prefix(4)));
        rows.sort_by(|a, b| a.key.cmp(&b.key));
        let times = rows.iter().map(|row| shown(&row.value).map(|shown| shown.at)).collect::<Result<Vec<i64>>>()?;
        assert_eq!(times.len(), 59);
        assert!(times.is_sorted_by(|a, b| a > b));
        Ok(())
    }
}
