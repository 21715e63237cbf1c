//! Records: which rows a version of a record has, written, read and rebuilt by one function each.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use minicbor::{Decode, Encode};

use crate::error::{Error, ErrorKind, Result};
use crate::id::RecordId;
use crate::sensitive::Sensitive;
use crate::store::engine::Read;
use crate::store::key::{self, Class, Pid};
use crate::store::ring::KeyRing;
use crate::store::tables::Table;
use crate::store::value::{self, Codec, DataKey};
use crate::time::Instant;

/// Whose record it is: it decides the key that seals it and the table it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A patient.
    Patient(Pid),
    /// No patient: practitioners, organisations, teams.
    Shared,
}

impl Owner {
    pub(crate) const fn pid(self) -> Pid {
        match self {
            Owner::Patient(pid) => pid,
            Owner::Shared => 0,
        }
    }
}

/// What is said of a version of a record beside its content.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Header {
    /// From 1.
    #[n(0)]
    pub(crate) version: u32,
    #[n(1)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) recorded: Instant,
    /// Bits of [`Header::VOIDED`] and [`Header::REFERENCED`].
    #[n(2)]
    pub(crate) flags: u32,
    /// Why it was voided.
    #[n(3)]
    pub(crate) reason: Option<Sensitive>,
}

impl Header {
    /// Entered in error: kept, shown to nobody who does not ask for it.
    pub(crate) const VOIDED: u32 = 1;
    /// Known by reference alone; lists do not show it.
    pub(crate) const REFERENCED: u32 = 2;
    /// First recorded by the patient or a proxy, who may amend it.
    pub(crate) const OWN: u32 = 4;

    pub(crate) const fn first(recorded: Instant) -> Self {
        Header { version: 1, recorded, flags: 0, reason: None }
    }

    pub(crate) const fn voided(&self) -> bool {
        self.flags & Header::VOIDED != 0
    }

    pub(crate) const fn referenced(&self) -> bool {
        self.flags & Header::REFERENCED != 0
    }

    /// Whether lists and searches show the record.
    pub(crate) const fn listed(&self) -> bool {
        self.flags & (Header::VOIDED | Header::REFERENCED) == 0
    }
}

/// A version of a record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored<T> {
    pub(crate) header: Header,
    pub(crate) record: T,
}

/// Everything an index function may look at beside the record itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) owner: Owner,
    pub(crate) id: RecordId,
    pub(crate) header: &'a Header,
}

/// A row that a version of a record has in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IndexRow {
    /// A row of its own.
    Row { table: Table, key: Vec<u8>, value: Vec<u8> },
    /// One of those that the row counts.
    Count { table: Table, key: Vec<u8> },
    /// A cell of a packed column.
    Cell { facet: u16, pid: Pid, value: [u8; CELL] },
}

/// Bytes of a cell of a facet.
pub(crate) const CELL: usize = 9;
/// Cells in a row of a facet.
pub(crate) const CELLS: u64 = 128;

/// Numbers for names that keys would otherwise repeat. Numbers are never reused.
pub(crate) trait Numbers {
    /// The number of a name in a space, given if it has none yet. `None` when reading only and it has none.
    fn number(&mut self, space: Space, name: &[&str]) -> Result<Option<u32>>;
}

/// What is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    /// Owner scopes: managing organisations.
    Scope = 1,
    /// Codes: system and code.
    Code = 2,
    /// Lists of what is due: whose they are.
    List = 3,
}

/// A kind of record.
pub(crate) trait Record: Encode<()> + for<'b> Decode<'b, ()> + Clone {
    /// Number of the kind; part of the format.
    const KIND: u16;
    /// Version of the encoding that this library writes and the newest it can rewrite without loss.
    const SCHEMA: u16;
    /// How rows hold it.
    const CODEC: Codec;

    /// Where its current version lies.
    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>);

    /// The index rows of this version. Used by write, check and rebuild alike.
    fn index(&self, at: At<'_>, numbers: &mut dyn Numbers) -> Result<Vec<IndexRow>>;

    /// Covering bytes that the locator row carries, so that the gate needs no other row.
    fn covering(&self, at: At<'_>, numbers: &mut dyn Numbers) -> Result<Covering> {
        let _ = (at, numbers);
        Ok(Covering::default())
    }
}

/// What a covering entry tells the gate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Covering {
    pub(crate) scope: u32,
    pub(crate) labels: u32,
    pub(crate) flags: u8,
}

impl Covering {
    /// What covers a record of a patient: the patient's scope, the labels of both.
    pub(crate) fn over(self, own: Covering) -> Self {
        Covering { scope: self.scope, labels: self.labels | own.labels, flags: own.flags }
    }

    pub(crate) fn cell(self) -> [u8; CELL] {
        let mut cell = [0; CELL];
        cell[..4].copy_from_slice(&self.scope.to_be_bytes());
        cell[4..8].copy_from_slice(&self.labels.to_be_bytes());
        cell[8] = self.flags;
        cell
    }

    pub(crate) fn from_cell(cell: &[u8]) -> Option<Self> {
        let (scope, rest) = cell.split_first_chunk()?;
        let (labels, rest) = rest.split_first_chunk()?;
        let flags = *rest.first()?;
        Some(Covering { scope: u32::from_be_bytes(*scope), labels: u32::from_be_bytes(*labels), flags })
    }
}

/// Where the current version of a record lies, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Locator {
    pub(crate) kind: u16,
    pub(crate) owner: Owner,
    pub(crate) covering: Covering,
    pub(crate) table: Table,
    pub(crate) key: Vec<u8>,
}

impl Locator {
    /// `kind u16 | table u8 | pid u64 | covering 9 | rest of the key after its pid`. Bit 15 of `kind` tells a record
    /// of no patient.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(20 + self.key.len());
        let shared = if self.owner == Owner::Shared { 0x8000 } else { 0 };
        bytes.extend_from_slice(&(self.kind | shared).to_be_bytes());
        bytes.push(self.table as u8);
        bytes.extend_from_slice(&self.owner.pid().to_be_bytes());
        bytes.extend_from_slice(&self.covering.cell());
        let known = if self.owner == Owner::Shared { 0 } else { 9 };
        bytes.extend_from_slice(self.key.get(known..).unwrap_or_default());
        bytes
    }

    pub(crate) fn parse(row: &[u8], bytes: &[u8]) -> Result<Self> {
        let parsed = || {
            let (kind, rest) = bytes.split_first_chunk()?;
            let (table, rest) = rest.split_first()?;
            let (pid, rest) = rest.split_first_chunk()?;
            let (cell, tail) = rest.split_at_checked(CELL)?;
            let kind = u16::from_be_bytes(*kind);
            let (owner, key) = if kind & 0x8000 == 0 {
                let pid = u64::from_be_bytes(*pid);
                (Owner::Patient(pid), [key::patient(pid).as_slice(), tail].concat())
            } else {
                (Owner::Shared, tail.to_vec())
            };
            let table = *Table::ALL.get(usize::from(*table))?;
            Some(Locator { kind: kind & 0x7fff, owner, covering: Covering::from_cell(cell)?, table, key })
        };
        parsed().ok_or_else(|| Error::corrupted(Table::Ident.name(), row, "a locator is cut off"))
    }
}

/// Key of a superseded version.
pub(crate) fn history_key(kind: u16, owner: Owner, id: RecordId, version: u32) -> (Table, Vec<u8>) {
    match owner {
        Owner::Patient(pid) => (Table::PData, key::class(pid, Class::History).id(id).u32(version).done()),
        Owner::Shared => (Table::Shared, key::shared_history(kind, id).u32(version).done()),
    }
}

/// Header and content in one run of bytes.
pub(crate) fn encode<T: Record>(stored: &Stored<T>) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(256);
    let unable = |e| Error::new(ErrorKind::Invalid, "a record cannot be encoded").because(Unencodable(format!("{e}")));
    minicbor::encode(&stored.header, &mut bytes).map_err(unable)?;
    minicbor::encode(&stored.record, &mut bytes).map_err(unable)?;
    Ok(bytes)
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unencodable(String);

/// The opposite of [`encode`]. `schema` is what the envelope says of the writer.
pub(crate) fn decode<T: Record>(table: Table, row: &[u8], schema: u16, bytes: &[u8]) -> Result<Stored<T>> {
    let damaged = |e: minicbor::decode::Error| {
        let kind = if schema > T::SCHEMA { ErrorKind::UnsupportedFormat } else { ErrorKind::Corrupted };
        let at = Error::corrupted(table.name(), row, "a record does not decode");
        if kind == ErrorKind::Corrupted {
            at.because(e)
        } else {
            Error::new(kind, "a record of a newer library").because(e)
        }
    };
    let mut decoder = minicbor::Decoder::new(bytes);
    let header = decoder.decode().map_err(damaged)?;
    let record = decoder.decode().map_err(damaged)?;
    if decoder.position() != bytes.len() {
        return Err(Error::corrupted(table.name(), row, "bytes follow a record"));
    }
    Ok(Stored { header, record })
}

/// Something to read from with the keys that open it. The key used last is kept ready.
pub(crate) struct Reader<'a> {
    pub(crate) read: &'a dyn Read,
    ring: &'a KeyRing,
    ready: RefCell<Option<(Owner, Rc<DataKey>)>>,
    /// Room for opened values, used again for each.
    opened: RefCell<Vec<u8>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(read: &'a dyn Read, ring: &'a KeyRing) -> Self {
        Reader { read, ring, ready: RefCell::new(None), opened: RefCell::default() }
    }

    /// The key that seals the records of an owner.
    pub(crate) fn key(&self, owner: Owner) -> Result<Rc<DataKey>> {
        if let Some((ready, key)) = &*self.ready.borrow()
            && *ready == owner
        {
            return Ok(Rc::clone(key));
        }
        let key = Rc::new(match owner {
            Owner::Patient(pid) => self.ring.patient_key(pid)?,
            Owner::Shared => self.ring.shared_key(),
        });
        *self.ready.borrow_mut() = Some((owner, Rc::clone(&key)));
        Ok(key)
    }

    /// Where a record lies, if there is one with this id.
    pub(crate) fn locate(&self, id: RecordId) -> Result<Option<Locator>> {
        let row = key::record(id);
        let mut found = None;
        self.read.look(Table::Ident, &row, &mut |bytes| {
            found = Some(Locator::parse(&row, bytes)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Opens a value at a row whose first bytes are at hand.
    pub(crate) fn open(&self, owner: Owner, table: Table, row: &[u8], first: &[u8]) -> Result<(u16, Vec<u8>)> {
        value::open_rows(&*self.key(owner)?, table, row, first, |row| self.read.get(table, row))
    }

    /// The version of a record at a row.
    pub(crate) fn at<T: Record>(&self, owner: Owner, table: Table, row: &[u8]) -> Result<Option<Stored<T>>> {
        let mut found = None;
        self.read.look(table, row, &mut |first| {
            found = Some(self.stored(owner, table, row, first)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The version of a record at a row whose first bytes are at hand.
    pub(crate) fn stored<T: Record>(&self, owner: Owner, table: Table, row: &[u8], first: &[u8]) -> Result<Stored<T>> {
        let mut opened = self.opened.take();
        let fetch = |row: &[u8]| self.read.get(table, row);
        let schema = value::open_rows_into(&*self.key(owner)?, table, row, first, fetch, &mut opened);
        let stored = schema.and_then(|schema| decode(table, row, schema, &opened));
        self.opened.replace(opened);
        stored
    }

    /// The current version of a record that its locator leads to.
    pub(crate) fn current<T: Record>(&self, locator: &Locator) -> Result<Stored<T>> {
        if locator.kind != T::KIND {
            return Err(Error::new(ErrorKind::NotFound, "the id belongs to a record of another kind"));
        }
        self.at(locator.owner, locator.table, &locator.key)?
            .ok_or_else(|| Error::corrupted(locator.table.name(), &locator.key, "a locator leads to no record"))
    }

    /// Every version of a record, oldest first.
    pub(crate) fn versions<T: Record>(&self, id: RecordId, locator: &Locator) -> Result<Vec<Stored<T>>> {
        let current: Stored<T> = self.current(locator)?;
        let mut versions = Vec::new();
        for version in 1..current.header.version {
            let (table, row) = history_key(T::KIND, locator.owner, id, version);
            let missing = || Error::corrupted(table.name(), &row, "a version is missing from the history");
            versions.push(self.at(locator.owner, table, &row)?.ok_or_else(missing)?);
        }
        versions.push(current);
        Ok(versions)
    }

    /// What the store knew of a record at an instant: the newest version recorded by then.
    pub(crate) fn known_at<T: Record>(
        &self,
        id: RecordId,
        locator: &Locator,
        at: Instant,
    ) -> Result<Option<Stored<T>>> {
        let current: Stored<T> = self.current(locator)?;
        if current.header.recorded <= at {
            return Ok(Some(current));
        }
        for version in (1..current.header.version).rev() {
            let (table, row) = history_key(T::KIND, locator.owner, id, version);
            let stored: Stored<T> = self
                .at(locator.owner, table, &row)?
                .ok_or_else(|| Error::corrupted(table.name(), &row, "a version is missing from the history"))?;
            if stored.header.recorded <= at {
                return Ok(Some(stored));
            }
        }
        Ok(None)
    }
}

/// The rows to write and delete when one version of a record takes the place of another.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) rows: Vec<(Table, Vec<u8>, Option<Vec<u8>>)>,
    pub(crate) counts: Vec<(Table, Vec<u8>, i64)>,
    pub(crate) cells: Vec<(u16, Pid, [u8; CELL])>,
}

/// Index rows of a version, its locator among them.
pub(crate) fn index_rows<T: Record>(
    stored: &Stored<T>,
    owner: Owner,
    id: RecordId,
    numbers: &mut dyn Numbers,
) -> Result<Vec<IndexRow>> {
    let at = At { owner, id, header: &stored.header };
    let mut rows = stored.record.index(at, numbers)?;
    let (table, key) = stored.record.place(owner, id);
    let covering = stored.record.covering(at, numbers)?;
    let locator = Locator { kind: T::KIND, owner, covering, table, key };
    rows.push(IndexRow::Row { table: Table::Ident, key: key::record(id), value: locator.bytes() });
    Ok(rows)
}

/// What changes in the indexes between two versions.
pub(crate) fn difference(before: Vec<IndexRow>, after: Vec<IndexRow>) -> Rows {
    let mut rows = Rows::default();
    let mut counts: Vec<(Table, Vec<u8>, i64)> = Vec::new();
    let mut count = |table: Table, key: Vec<u8>, change| match counts.iter_mut().find(|c| c.0 == table && c.1 == key) {
        Some(counted) => counted.2 += change,
        None => counts.push((table, key, change)),
    };
    let mut kept: BTreeMap<(Table, Vec<u8>), Vec<u8>> = BTreeMap::new();
    for row in before {
        match row {
            IndexRow::Row { table, key, value } => drop(kept.insert((table, key), value)),
            IndexRow::Count { table, key } => count(table, key, -1),
            IndexRow::Cell { .. } => {}
        }
    }
    for row in after {
        match row {
            IndexRow::Row { table, key, value } if kept.is_empty() => rows.rows.push((table, key, Some(value))),
            IndexRow::Row { table, key, value } => {
                let at = (table, key);
                let is_kept = kept.remove(&at).is_some_and(|before| before == value);
                if !is_kept {
                    rows.rows.push((at.0, at.1, Some(value)));
                }
            }
            IndexRow::Count { table, key } => count(table, key, 1),
            IndexRow::Cell { facet, pid, value } => rows.cells.push((facet, pid, value)),
        }
    }
    rows.rows.extend(kept.into_keys().map(|(table, key)| (table, key, None)));
    rows.counts = counts.into_iter().filter(|(_, _, change)| *change != 0).collect();
    rows
}

/// Which top-level fields differ between two encoded records: bit n for field n.
pub(crate) fn changed_fields<T: Encode<()>>(before: &T, after: &T) -> u64 {
    let fields = |record: &T| -> BTreeMap<u32, Vec<u8>> {
        let bytes = minicbor::to_vec(record).unwrap_or_default();
        let mut decoder = minicbor::Decoder::new(&bytes);
        let mut fields = BTreeMap::new();
        let Ok(Some(count)) = decoder.map() else { return fields };
        for _ in 0..count {
            let Ok(field) = decoder.u32() else { break };
            let start = decoder.position();
            if decoder.skip().is_err() {
                break;
            }
            fields.insert(field, bytes.get(start..decoder.position()).unwrap_or_default().to_vec());
        }
        fields
    };
    let (before, after) = (fields(before), fields(after));
    let differing = before.keys().chain(after.keys()).filter(|field| before.get(field) != after.get(field));
    differing.fold(0, |bits, field| bits | 1u64.checked_shl(*field).unwrap_or(1 << 63))
}
