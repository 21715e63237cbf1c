//! Which rows an entry has.
//!
//! ```text
//! timeline  pid, class, moment 9, kind 2, entry 16        the entry, sealed
//! by kind   pid, class, kind 2, moment 9, entry 16        labels 4, flags 1
//! by code   pid, class, code 4, moment 9, kind 2, entry 16 labels 4, flags 1
//! origins   pid, class, first 8 bytes of SHA-256 of the name of the source   how many entries came from it
//! item      pid, class, kind of record 2, entry 16        an entry made in error, sealed
//! shared    kind of record 2, entry 16                    an entry of no patient, sealed
//! ```
//! An entry does not know which organisation manages its patient: its rows carry its own labels and flags, and scope 0.
//! Whoever answers a call reads the scope and labels of the patient once, from facet 0 of the pid.

use std::collections::BTreeMap;

use super::{ChartEntry, EntryKind, EntryStatus};
use crate::error::{Error, Result};
use crate::govern::label;
use crate::id::{EntryId, RecordId};
use crate::store::cipher;
use crate::store::key::{self, Class, Key, Moment, Pid};
use crate::store::record::{At, Covering, IndexRow, Numbers, Owner, Record, Space};
use crate::store::tables::Table;
use crate::store::value::Codec;
use crate::time::When;
use crate::value::Coding;

/// Kinds up to this number stand on the timeline by their number. It is part of the format: a kind that a later
/// version numbers stays where the digest of its code put it.
pub(super) const NUMBERED: u32 = 31;

/// The number by which a kind stands in keys. Two kinds outside the numbered ones may share one: whoever reads by kind
/// compares the kind of the entry too.
pub(crate) fn kind_number(kind: &EntryKind) -> u16 {
    let known = match kind {
        EntryKind::Other(code) => EntryKind::from_code(code).number(),
        known => known.number(),
    };
    match known.filter(|n| (1..=NUMBERED).contains(n)).and_then(|n| u16::try_from(n).ok()) {
        Some(number) => number,
        None => {
            let [first, second, ..] = cipher::sha256(&[kind.code().as_bytes()]);
            0x8000 | u16::from_be_bytes([first, second])
        }
    }
}

/// Where something stands on the timeline of its patient: moment, kind, entry. Byte order is newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) moment: Moment,
    pub(crate) kind: u16,
    pub(crate) entry: EntryId,
}

impl Position {
    pub(crate) const LENGTH: usize = 27;

    pub(crate) fn of(entry: &ChartEntry, id: EntryId) -> Self {
        Position { moment: moment(entry.when.as_ref()), kind: kind_number(&entry.kind), entry: id }
    }

    pub(crate) fn bytes(&self) -> [u8; Position::LENGTH] {
        let mut bytes = [0; Position::LENGTH];
        bytes[..9].copy_from_slice(&self.moment.0);
        bytes[9..11].copy_from_slice(&self.kind.to_be_bytes());
        bytes[11..].copy_from_slice(self.entry.as_bytes());
        bytes
    }

    /// The opposite of [`Position::bytes`]; `None` for bytes of another length.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let (moment, rest) = bytes.split_first_chunk()?;
        let (kind, id) = rest.split_first_chunk()?;
        let id = uuid::Uuid::from_bytes(*<&[u8; 16]>::try_from(id).ok()?);
        Some(Position { moment: Moment(*moment), kind: u16::from_be_bytes(*kind), entry: EntryId::from_uuid(id) })
    }

    /// Row of the entry that stands here.
    pub(crate) fn row(&self, pid: Pid) -> Vec<u8> {
        key::class(pid, Class::Timeline).bytes(&self.bytes()).done()
    }
}

/// The moment at which an entry stands: the start of the span it happened in.
pub(crate) fn moment(when: Option<&When>) -> Moment {
    when.map_or(Moment::NEVER, |when| {
        let at = when.timeline_time();
        Moment::new(at.seconds, at.precision)
    })
}

/// Rows of one kind.
pub(crate) fn by_kind(pid: Pid, kind: u16) -> Key {
    key::class(pid, Class::ByKind).u16(kind)
}

/// Rows of one code.
pub(crate) fn by_code(pid: Pid, code: u32) -> Key {
    key::class(pid, Class::ByCode).u32(code)
}

/// How many entries of a patient came from a source; entries made here have none.
pub(crate) fn by_origin(pid: Pid, source: Option<&str>) -> Vec<u8> {
    let digest = cipher::sha256(&[source.unwrap_or_default().as_bytes()]);
    key::class(pid, Class::Origins).bytes(digest.first_chunk::<8>().map_or(&[][..], |d| d)).done()
}

/// The number of a code, if anything ever had it.
pub(crate) fn code_number(numbers: &mut dyn Numbers, coding: &Coding) -> Result<Option<u32>> {
    if coding.code.is_empty() {
        return Ok(None);
    }
    numbers.number(Space::Code, &[coding.system.as_deref().unwrap_or_default(), &coding.code])
}

/// What an index row says of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) labels: u32,
    /// [`Mark::PART`] or nothing.
    pub(crate) flags: u8,
}

impl Mark {
    /// The code is that of a component.
    pub(crate) const PART: u8 = 1;

    pub(crate) const fn is_part(self) -> bool {
        self.flags & Mark::PART != 0
    }

    fn bytes(self) -> Vec<u8> {
        let mut bytes = self.labels.to_be_bytes().to_vec();
        bytes.push(self.flags);
        bytes
    }

    pub(crate) fn parse(row: &[u8], bytes: &[u8]) -> Result<Self> {
        let parsed = bytes
            .split_first_chunk()
            .and_then(|(labels, rest)| Some(Mark { labels: u32::from_be_bytes(*labels), flags: *rest.first()? }));
        parsed.ok_or_else(|| Error::corrupted(Table::PData.name(), row, "an index row is cut off"))
    }

    /// What the gate is shown: the scope is that of the patient and is not known here.
    pub(crate) fn covering(self) -> Covering {
        Covering { labels: self.labels, ..Covering::default() }
    }
}

impl ChartEntry {
    /// What the gate is shown of the entry: its labels. The scope is that of the patient.
    pub(crate) fn gate(&self) -> Covering {
        Covering { labels: label::bits(&self.labels), ..Covering::default() }
    }

    /// Whether the entry was made in error. Such an entry is on no list and no timeline; its id and its history find it.
    pub(crate) fn is_error(&self) -> bool {
        self.status == EntryStatus::EnteredInError
    }

    /// Every code that finds the entry.
    fn codes(&self) -> impl Iterator<Item = (&Coding, u8)> {
        let whole = self.code.codings.iter().map(|coding| (coding, 0));
        let parts = self.components.iter().flat_map(|part| &part.code.codings);
        whole.chain(parts.map(|coding| (coding, Mark::PART)))
    }
}

impl Record for ChartEntry {
    const KIND: u16 = 16;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        let Owner::Patient(pid) = owner else { return (Table::Shared, key::shared(Self::KIND, id)) };
        let row = if self.is_error() {
            key::class(pid, Class::Item).u16(Self::KIND).id(id).done()
        } else {
            Position::of(self, id.into()).row(pid)
        };
        (Table::PData, row)
    }

    fn index(&self, at: At<'_>, numbers: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        let Owner::Patient(pid) = at.owner else { return Ok(Vec::new()) };
        if self.is_error() || !at.header.listed() {
            return Ok(Vec::new());
        }
        let (table, position) = (Table::PData, Position::of(self, at.id.into()));
        let mark = Mark { labels: self.gate().labels, flags: 0 };
        let mut codes: BTreeMap<u32, u8> = BTreeMap::new();
        for (coding, flags) in self.codes() {
            if let Some(number) = code_number(numbers, coding)? {
                codes.entry(number).and_modify(|before| *before &= flags).or_insert(flags);
            }
        }
        let kind = by_kind(pid, position.kind).bytes(&position.moment.0).id(at.id).done();
        let source = self.origin.as_ref().map(|origin| origin.source.as_str());
        let mut rows = vec![
            IndexRow::Row { table, key: kind, value: mark.bytes() },
            IndexRow::Count { table, key: by_origin(pid, source) },
        ];
        rows.extend(codes.into_iter().map(|(number, flags)| IndexRow::Row {
            table,
            key: by_code(pid, number).bytes(&position.bytes()).done(),
            value: Mark { flags, ..mark }.bytes(),
        }));
        Ok(rows)
    }

    fn covering(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Covering> {
        let flags = u8::try_from(at.header.flags).unwrap_or(u8::MAX);
        Ok(Covering { flags, ..self.gate() })
    }
}

#[cfg(test)]
mod tests;
