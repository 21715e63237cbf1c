//! A store of people in memory, for tests of this room.

use std::collections::BTreeMap;

use super::{ContactPoint, ContactSystem, HumanName, Identifier, Patient};
use crate::error::Result;
use crate::id::{IdSource, Ids, RecordId};
use crate::store::cipher::Suite;
use crate::store::engine::{Order, Read, Span, Visit};
use crate::store::key::Pid;
use crate::store::record::{Header, Owner, Reader, Record, Stored};
use crate::store::ring::KeyRing;
use crate::store::slot::Key;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::{NumberCache, Tx};
use crate::time::Instant;

/// Rows in memory behind the seam.
#[derive(Debug, Default)]
pub(crate) struct Rows(pub(crate) BTreeMap<(Table, Vec<u8>), Vec<u8>>);

impl Rows {
    pub(crate) fn of(&self, table: Table) -> impl DoubleEndedIterator<Item = (&[u8], &[u8])> {
        let end = (table, vec![0xff; 64]);
        self.0.range((table, Vec::new())..end).map(|((_, key), value)| (key.as_slice(), value.as_slice()))
    }
}

impl Read for Rows {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.0.get(&(table, key.to_vec())).cloned())
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        let end = span.end.map_or_else(|| vec![0xff; 64], <[u8]>::to_vec);
        if end.as_slice() <= span.start {
            return Ok(());
        }
        let rows = self.0.range((table, span.start.to_vec())..(table, end));
        let mut rows: Box<dyn Iterator<Item = _>> = match order {
            Order::Ascending => Box::new(rows),
            Order::Descending => Box::new(rows.rev()),
        };
        rows.try_for_each(|((_, key), value)| match visit(key, value) {
            Ok(flow) if flow.is_break() => Err(Ok(())),
            Ok(_) => Ok(()),
            Err(e) => Err(Err(e)),
        })
        .map_or_else(|stopped| stopped, Ok)
    }

    fn count(&self, table: Table) -> Result<u64> {
        Ok(self.of(table).count() as u64)
    }
}

/// A store in memory with a key ring of its own.
pub(crate) struct Clinic {
    pub(crate) rows: Rows,
    pub(crate) state: State,
    ring: KeyRing,
    numbers: NumberCache,
    ids: IdSource,
    _folder: tempfile::TempDir,
}

pub(crate) fn noon() -> Instant {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

impl Clinic {
    pub(crate) fn new(patients: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::create(&folder.path().join("keys"), [1; 16], Suite::Aes256Gcm, &Key::raw([7; 32])).unwrap();
        ring.ensure(patients + 1).unwrap();
        let state = State::first("").unwrap();
        Clinic {
            rows: Rows::default(),
            state,
            ring,
            numbers: NumberCache::default(),
            ids: IdSource::new(Ids::Seeded(1)),
            _folder: folder,
        }
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.rows, &self.ring)
    }

    pub(crate) fn numbers(&self) -> crate::store::tx::KnownNumbers<'_> {
        crate::store::tx::KnownNumbers { read: &self.rows, cache: Some(&self.numbers) }
    }

    /// One transaction.
    pub(crate) fn transact<T>(&mut self, decide: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut tx = Tx::new(&self.rows, &self.ring, &self.numbers, self.state.clone());
        let answer = decide(&mut tx)?;
        let (state, set) = tx.finish()?;
        let rows = set.into_rows();
        self.state = state;
        for (table, key, value) in rows.iter() {
            let at = (table, key.to_vec());
            match value {
                Some(value) => self.rows.0.insert(at, value.to_vec()),
                None => self.rows.0.remove(&at),
            };
        }
        Ok(answer)
    }

    pub(crate) fn next_id(&self) -> RecordId {
        RecordId::from_uuid(self.ids.next(noon()).unwrap())
    }

    pub(crate) fn add(&mut self, patient: &Patient) -> (Pid, RecordId) {
        self.add_flagged(patient, 0)
    }

    pub(crate) fn add_flagged(&mut self, patient: &Patient, flags: u32) -> (Pid, RecordId) {
        let id = self.next_id();
        let stored = Stored { header: Header { flags, ..Header::first(noon()) }, record: patient.clone() };
        let write = |tx: &mut Tx<'_>| {
            let pid = tx.new_pid()?;
            tx.write(Owner::Patient(pid), id, None, &stored)?;
            Ok(pid)
        };
        (self.transact(write).unwrap(), id)
    }

    pub(crate) fn put<T: Record>(&mut self, owner: Owner, record: &T) -> RecordId {
        let id = self.next_id();
        let stored = Stored { header: Header::first(noon()), record: record.clone() };
        self.transact(|tx| tx.write(owner, id, None, &stored)).unwrap();
        id
    }

    /// The next version of a record.
    pub(crate) fn edit<T: Record>(&mut self, id: RecordId, record: &T, flags: u32) {
        let reader = self.reader();
        let locator = reader.locate(id).unwrap().unwrap();
        let before: Stored<T> = reader.current(&locator).unwrap();
        let header = Header { version: before.header.version + 1, flags, ..before.header.clone() };
        let after = Stored { header, record: record.clone() };
        self.transact(|tx| tx.write(locator.owner, id, Some(&before), &after)).unwrap();
    }
}

pub(crate) fn named(given: &str, family: &str) -> Patient {
    let given = given.split(' ').filter(|g| !g.is_empty()).map(Into::into).collect();
    let name = HumanName { family: Some(family.into()), given, ..HumanName::default() };
    Patient { names: vec![name], ..Patient::default() }
}

pub(crate) fn phone(number: &str) -> ContactPoint {
    ContactPoint { system: Some(ContactSystem::Phone), value: number.into(), ..ContactPoint::default() }
}

pub(crate) fn identifier(system: &str, value: &str) -> Identifier {
    Identifier { system: Some(system.into()), value: value.into(), ..Identifier::default() }
}
