//! A batch being decided: it reads through its own writes and leaves rows, never effects.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{PoisonError, RwLock};

use crate::error::{Detail, Error, ErrorKind, Result};
use crate::id::{BatchId, RecordId};
use crate::store::audit;
use crate::store::cipher::{self, Secret};
use crate::store::condition::Condition;
use crate::store::engine::Read;
use crate::store::journal::{self, Batched, Changed};
use crate::store::key::{Key, Pid};
use crate::store::record::{self, CELL, CELLS, Header, Numbers, Owner, Reader, Record, Space, Stored};
use crate::store::ring::KeyRing;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::value::{self, DataKey, NonceRun, Packed};
use crate::store::writeset::{Mark, WriteSet};
use crate::time::Instant;

/// Facet of the covering of each patient's record, which the gate reads.
pub(crate) const COVERING: u16 = 0;

/// Numbers already given and committed, shared by all readers of a store.
#[derive(Debug, Default)]
pub(crate) struct NumberCache(RwLock<HashMap<[u8; 17], u32>>);

impl NumberCache {
    fn get(&self, name: &[u8; 17]) -> Option<u32> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    fn learn(&self, name: [u8; 17], number: u32) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name, number);
    }
}

fn number_name(space: Space, name: &[&str]) -> [u8; 17] {
    let parts: Vec<&[u8]> = name.iter().flat_map(|part| [part.as_bytes(), &[0]]).collect();
    let mut named = [space as u8; 17];
    for (to, from) in named.iter_mut().skip(1).zip(cipher::sha256(&parts)) {
        *to = from;
    }
    named
}

fn number_row(name: &[u8; 17]) -> Vec<u8> {
    Key::new().bytes(b"number").bytes(name).done()
}

/// Looks numbers up without giving new ones.
pub(crate) struct KnownNumbers<'a> {
    pub(crate) read: &'a dyn Read,
    /// Numbers that are committed; none when reading what is not.
    pub(crate) cache: Option<&'a NumberCache>,
}

impl<'a> KnownNumbers<'a> {
    /// Numbers as a transaction knows them, its own among them.
    pub(crate) fn of(tx: &'a Tx<'_>) -> Self {
        KnownNumbers { read: &tx.set, cache: None }
    }
}

impl Numbers for KnownNumbers<'_> {
    fn number(&mut self, space: Space, name: &[&str]) -> Result<Option<u32>> {
        let name = number_name(space, name);
        if let Some(number) = self.cache.and_then(|cache| cache.get(&name)) {
            return Ok(Some(number));
        }
        let number = read_number(self.read, &name)?;
        if let (Some(number), Some(cache)) = (number, self.cache) {
            cache.learn(name, number);
        }
        Ok(number)
    }
}

fn read_number(read: &dyn Read, name: &[u8; 17]) -> Result<Option<u32>> {
    let row = number_row(name);
    read.get(Table::Meta, &row)?.map(|bytes| parse_number(&row, &bytes)).transpose()
}

fn parse_number(row: &[u8], bytes: &[u8]) -> Result<u32> {
    let number = bytes.first_chunk().map(|n| u32::from_be_bytes(*n));
    number.ok_or_else(|| Error::corrupted(Table::Meta.name(), row, "a number is cut off"))
}

/// A write transaction before it is one.
pub(crate) struct Tx<'a> {
    set: WriteSet<'a>,
    nonces: NonceRun,
    ring: &'a KeyRing,
    cache: &'a NumberCache,
    pub(crate) state: State,
    changes: Vec<Changed>,
    ready: Option<(Owner, Rc<DataKey>)>,
    condition: Option<&'a Condition>,
}

/// Where a batch, or a part of one, began: to return to when it is rejected.
pub(crate) struct Savepoint {
    mark: Mark,
    state: State,
    changes: usize,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(base: &'a dyn Read, ring: &'a KeyRing, cache: &'a NumberCache, state: State) -> Self {
        Tx {
            set: WriteSet::new(base),
            nonces: NonceRun::new(),
            ring,
            cache,
            state,
            changes: Vec::new(),
            ready: None,
            condition: None,
        }
    }

    /// Decides nothing more once the store has ended.
    pub(crate) fn within(self, condition: &'a Condition) -> Self {
        Tx { condition: Some(condition), ..self }
    }

    pub(crate) fn savepoint(&mut self) -> Savepoint {
        Savepoint { mark: self.set.mark(), state: self.state.clone(), changes: self.changes.len() }
    }

    pub(crate) fn roll_back(&mut self, savepoint: Savepoint) {
        self.set.roll_back(savepoint.mark);
        self.state = savepoint.state;
        self.changes.truncate(savepoint.changes);
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.set, self.ring)
    }

    pub(crate) fn read(&self) -> &dyn Read {
        &self.set
    }

    /// The pid of a patient that is new. Its key is durable in the ring when this returns.
    pub(crate) fn new_pid(&mut self) -> Result<Pid> {
        let pid = self.state.next_pid;
        self.ring.ensure(pid + 1)?;
        self.state.next_pid += 1;
        Ok(pid)
    }

    /// Puts a row that is no record.
    pub(crate) fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.set.put(table, key, value);
    }

    /// Writes the state even if nothing else is written.
    pub(crate) fn note_state(&mut self) -> Result<()> {
        let (row, bytes) = self.state.row()?;
        self.set.put(Table::Meta, row, bytes);
        Ok(())
    }

    /// Deletes a row that is no record.
    pub(crate) fn delete(&mut self, table: Table, key: Vec<u8>) {
        self.set.delete(table, key);
    }

    /// Puts a sealed value that is no record: imported text, who looked.
    pub(crate) fn put_sealed(
        &mut self,
        owner: Owner,
        table: Table,
        row: &[u8],
        schema: u16,
        codec: value::Codec,
        plaintext: &[u8],
    ) -> Result<()> {
        self.delete_value(table, row)?;
        self.put_short(owner, table, row, schema, codec, plaintext)
    }

    /// Puts a sealed value where there is none, or one of a single row as this one.
    pub(crate) fn put_short(
        &mut self,
        owner: Owner,
        table: Table,
        row: &[u8],
        schema: u16,
        codec: value::Codec,
        plaintext: &[u8],
    ) -> Result<()> {
        let key = self.key(owner)?;
        let rows = value::seal_rows(&key, &mut self.nonces, table, row, schema, codec, plaintext)?;
        self.put_rows(table, rows);
        Ok(())
    }

    /// Puts a sealed value that is no record and was packed before.
    pub(crate) fn put_packed(
        &mut self,
        owner: Owner,
        table: Table,
        row: &[u8],
        schema: u16,
        packed: &Packed<'_>,
    ) -> Result<()> {
        self.delete_value(table, row)?;
        let key = self.key(owner)?;
        let rows = value::seal_packed(&key, &mut self.nonces, table, row, schema, packed)?;
        self.put_rows(table, rows);
        Ok(())
    }

    fn put_rows(&mut self, table: Table, rows: Vec<(Vec<u8>, Vec<u8>)>) {
        for (key, value) in rows {
            self.set.put(table, key, value);
        }
    }

    /// The key that seals for an owner. The one used last is kept ready.
    fn key(&mut self, owner: Owner) -> Result<Rc<DataKey>> {
        let key = match &self.ready {
            Some((ready, key)) if *ready == owner => Rc::clone(key),
            _ => Reader::new(&self.set, self.ring).key(owner)?,
        };
        self.ready = Some((owner, Rc::clone(&key)));
        Ok(key)
    }

    /// Deletes a value with its further rows, if it is there.
    fn delete_value(&mut self, table: Table, row: &[u8]) -> Result<()> {
        if let Some(first) = self.set.get(table, row)? {
            for number in 1..=value::further_rows(&first) {
                self.set.delete(table, value::further_key(row, number));
            }
            self.set.delete(table, row.to_vec());
        }
        Ok(())
    }

    /// Writes a version of a record in place of the one before it, with history, indexes and journal.
    ///
    /// # Errors
    /// `Conflict` if `before` is not one version older than `after`; `UnsupportedFormat` if a newer library wrote
    /// `before` with fields this one would drop.
    pub(crate) fn write<T: Record>(
        &mut self,
        owner: Owner,
        id: RecordId,
        before: Option<&Stored<T>>,
        after: &Stored<T>,
    ) -> Result<()> {
        self.condition.map_or(Ok(()), Condition::usable)?;
        let expected = before.map_or(1, |b| b.header.version + 1);
        if after.header.version != expected {
            return Err(conflict(after.header.version.saturating_sub(1), expected - 1));
        }
        let old_rows = match before {
            Some(before) => record::index_rows(before, owner, id, self)?,
            None => Vec::new(),
        };
        let new_rows = record::index_rows(after, owner, id, self)?;
        if let Some(before) = before {
            let (table, row) = before.record.place(owner, id);
            self.supersede::<T>(owner, id, before, table, &row)?;
        }
        let (table, row) = after.record.place(owner, id);
        let encoded = record::encode(after)?;
        if before.is_some() {
            self.delete_value(table, &row)?;
        }
        // No other record has this id, so a first version has no row of its own yet.
        self.put_short(owner, table, &row, T::SCHEMA, T::CODEC, &encoded)?;
        self.apply_index(record::difference(old_rows, new_rows))?;
        self.changes.push(Changed {
            kind: T::KIND,
            id,
            pid: owner.pid(),
            version: after.header.version,
            fields: before.map_or(0, |before| record::changed_fields(&before.record, &after.record)),
            voided: after.header.voided(),
        });
        Ok(())
    }

    fn supersede<T: Record>(
        &mut self,
        owner: Owner,
        id: RecordId,
        before: &Stored<T>,
        table: Table,
        row: &[u8],
    ) -> Result<()> {
        let gone = || Error::corrupted(table.name(), row, "the version to supersede is not there");
        let first = self.set.get(table, row)?.ok_or_else(gone)?;
        let (schema, bytes) = self.reader().open(owner, table, row, &first)?;
        if schema > T::SCHEMA {
            return Err(Error::new(
                ErrorKind::UnsupportedFormat,
                "a newer library wrote this record; this one would drop fields of it",
            ));
        }
        let (old_table, old_row) = record::history_key(T::KIND, owner, id, before.header.version);
        self.put_sealed(owner, old_table, &old_row, schema, T::CODEC, &bytes)?;
        self.delete_value(table, row)
    }

    /// Puts the index rows of a record that has none.
    pub(crate) fn index<T: Record>(&mut self, owner: Owner, id: RecordId, stored: &Stored<T>) -> Result<()> {
        let rows = record::index_rows(stored, owner, id, self)?;
        self.apply_index(record::difference(Vec::new(), rows))
    }

    fn apply_index(&mut self, rows: record::Rows) -> Result<()> {
        for (table, key, value) in rows.rows {
            match value {
                Some(value) => self.set.put(table, key, value),
                None => self.set.delete(table, key),
            }
        }
        for (table, key, change) in rows.counts {
            let mut before = 0;
            self.set.look(table, &key, &mut |bytes| {
                before = read_count(table, &key, bytes)?;
                Ok(())
            })?;
            match before.saturating_add_signed(change) {
                0 => self.set.delete(table, key),
                count => self.set.put(table, key, count.to_be_bytes().to_vec()),
            }
        }
        for (facet, pid, cell) in rows.cells {
            let row = facet_row(facet, pid);
            let mut packed = self.set.get(Table::Facet, &row)?.unwrap_or_default();
            let at = usize::try_from(pid % CELLS).unwrap_or(0) * CELL;
            if packed.len() < at + CELL {
                packed.resize(at + CELL, 0);
            }
            for (to, from) in packed.iter_mut().skip(at).zip(cell) {
                *to = from;
            }
            self.set.put(Table::Facet, row, packed);
        }
        Ok(())
    }

    /// Adds an entry to the audit chain.
    pub(crate) fn audit(&mut self, entry: &[u8]) -> Result<u64> {
        let sequence = self.state.audit_sequence + 1;
        let key: &Secret = self.ring.audit_key();
        let mac = audit::link(key, &self.state.audit_head, sequence, entry);
        self.set.put(Table::Audit, audit::row(sequence), audit::stored(&mac, entry));
        self.state.audit_sequence = sequence;
        self.state.audit_head = mac;
        Ok(sequence)
    }

    /// Ends a batch: its changes go to the journal under the next sequence.
    pub(crate) fn end_batch(&mut self, recorded: Instant, batch: BatchId, by: Vec<u8>) -> Result<(u64, Vec<Changed>)> {
        let sequence = self.state.sequence + 1;
        let entry = Batched { recorded, batch, by, changes: std::mem::take(&mut self.changes) };
        let bytes =
            minicbor::to_vec(&entry).map_err(|_| Error::new(ErrorKind::Invalid, "a journal entry does not encode"))?;
        self.set.put(Table::Journal, journal::row(sequence), bytes);
        self.state.sequence = sequence;
        Ok((sequence, entry.changes))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Keeps what was decided so far whatever comes after.
    pub(crate) fn accept(&mut self) {
        self.set.forget_undo();
    }

    /// The rows to apply, in key order.
    pub(crate) fn finish(mut self) -> Result<(State, WriteSet<'a>)> {
        let (row, bytes) = self.state.row()?;
        self.set.put(Table::Meta, row, bytes);
        Ok((self.state, self.set))
    }
}

impl Numbers for Tx<'_> {
    fn number(&mut self, space: Space, name: &[&str]) -> Result<Option<u32>> {
        let name = number_name(space, name);
        if let Some(number) = self.cache.get(&name) {
            return Ok(Some(number));
        }
        let row = number_row(&name);
        if let Some(own) = self.set.own(Table::Meta, &row) {
            return own.map(|bytes| parse_number(&row, bytes)).transpose();
        }
        if let Some(number) = read_number(&self.set, &name)? {
            // It is not of this batch, so it is committed.
            self.cache.learn(name, number);
            return Ok(Some(number));
        }
        let next = self
            .state
            .next_number
            .get_mut(space as usize)
            .ok_or_else(|| Error::new(ErrorKind::Unsupported, "no such space of numbers"))?;
        let number = (*next).max(1);
        *next = number.checked_add(1).ok_or_else(|| Error::new(ErrorKind::Full, "numbers of a space are used up"))?;
        self.set.put(Table::Meta, row, number.to_be_bytes().to_vec());
        Ok(Some(number))
    }
}

/// An edit made on another version than the current one.
pub(crate) fn conflict(expected: u32, found: u32) -> Error {
    Error::new(ErrorKind::Conflict, "the record has changed since it was read")
        .detail(Detail::Versions { expected, found })
}

pub(crate) fn read_count(table: Table, row: &[u8], bytes: &[u8]) -> Result<u64> {
    let count = bytes.first_chunk().map(|n| u64::from_be_bytes(*n));
    count.ok_or_else(|| Error::corrupted(table.name(), row, "a count is cut off"))
}

pub(crate) fn facet_row(facet: u16, pid: Pid) -> Vec<u8> {
    Key::new().u16(facet).u32(u32::try_from(pid / CELLS).unwrap_or(u32::MAX)).done()
}

/// The cell of a patient in a facet; zeros if nothing was ever put there.
pub(crate) fn cell(read: &dyn Read, facet: u16, pid: Pid) -> Result<[u8; CELL]> {
    let at = usize::try_from(pid % CELLS).unwrap_or(0) * CELL;
    let mut cell = [0; CELL];
    read.look(Table::Facet, &facet_row(facet, pid), &mut |packed| {
        cell = packed.get(at..at + CELL).and_then(|c| c.first_chunk()).copied().unwrap_or_default();
        Ok(())
    })?;
    Ok(cell)
}

/// The next version of a record. It is never recorded before the one it follows, whatever the clock says.
pub(crate) fn next_header(before: &Header, now: Instant, flags: u32, reason: Option<crate::Sensitive>) -> Header {
    Header { version: before.version + 1, recorded: now.max(before.recorded), flags, reason }
}
