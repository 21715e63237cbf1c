//! A chart of one patient in memory, for the tests of this room.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::index::Position;
use super::timeline::{self, TimelinePage};
use super::{ChartEntry, EntryStatus, EntryView, TimelineQuery};
use crate::error::Result;
use crate::id::{EntryId, RecordId};
use crate::store::cipher::Suite;
use crate::store::engine::{Order, Read, Span, Visit};
use crate::store::record::{Covering, Header, Owner, Reader, Stored};
use crate::store::ring::KeyRing;
use crate::store::slot::Key;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::{KnownNumbers, NumberCache, Tx, next_header};
use crate::time::Instant;

type Rows = BTreeMap<Table, BTreeMap<Vec<u8>, Vec<u8>>>;

#[derive(Default)]
pub(super) struct Memory(pub(super) Rows);

impl Read for Memory {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.0.get(&table).and_then(|rows| rows.get(key)).cloned())
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let Some(rows) = self.0.get(&table) else { return Ok(()) };
        let end = span.end.map_or(Unbounded, Excluded);
        let mut rows = rows.range::<[u8], _>((Included(span.start), end));
        while let Some((key, value)) = match order {
            Order::Ascending => rows.next(),
            Order::Descending => rows.next_back(),
        } {
            if visit(key, value)? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    fn count(&self, table: Table) -> Result<u64> {
        Ok(self.0.get(&table).map_or(0, |rows| rows.len() as u64))
    }
}

pub(super) const PID: u64 = 5;
pub(super) const OWNER: Owner = Owner::Patient(PID);

pub(super) struct Chart {
    pub(super) rows: Memory,
    pub(super) ring: KeyRing,
    numbers: NumberCache,
    state: State,
    made: u128,
    _folder: tempfile::TempDir,
}

pub(super) fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

pub(super) const NOW: &str = "2026-03-10T12:00:00Z";

impl Chart {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::create(&folder.path().join("keys"), [1; 16], Suite::Aes256Gcm, &Key::raw([7; 32])).unwrap();
        ring.ensure(64).unwrap();
        let state = State { next_pid: PID + 1, ..State::first("").unwrap() };
        Chart { rows: Memory::default(), ring, numbers: NumberCache::default(), state, made: 0, _folder: folder }
    }

    /// What a batch does to the store.
    pub(super) fn write<T>(&mut self, decide: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> T {
        let mut tx = Tx::new(&self.rows, &self.ring, &self.numbers, self.state.clone());
        let done = decide(&mut tx).unwrap();
        let (state, set) = tx.finish().unwrap();
        let rows = set.into_rows();
        self.state = state;
        for (table, key, value) in rows.iter() {
            let table = self.rows.0.entry(table).or_default();
            match value {
                Some(value) => table.insert(key.to_vec(), value.to_vec()),
                None => table.remove(key),
            };
        }
        done
    }

    pub(super) fn add_all(&mut self, entries: Vec<ChartEntry>) -> Vec<EntryId> {
        let first = self.made + 1;
        self.made += entries.len() as u128;
        self.write(|tx| {
            let mut ids = Vec::new();
            for (entry, n) in entries.into_iter().zip(first..) {
                // Ids that do not rise with time of entry, as those of an import.
                let id = RecordId::from_uuid(uuid::Uuid::from_u128(n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060)));
                let stored = Stored { header: Header::first(instant(NOW)), record: entry };
                tx.write(OWNER, id, None, &stored)?;
                ids.push(id.into());
            }
            Ok(ids)
        })
    }

    pub(super) fn add(&mut self, entry: ChartEntry) -> EntryId {
        self.add_all(vec![entry])[0]
    }

    pub(super) fn stored(&self, id: EntryId) -> Stored<ChartEntry> {
        let reader = self.reader();
        reader.current(&reader.locate(id.into()).unwrap().unwrap()).unwrap()
    }

    pub(super) fn edit(&mut self, id: EntryId, flags: u32, change: impl FnOnce(&mut ChartEntry)) {
        let before = self.stored(id);
        let mut record = before.record.clone();
        change(&mut record);
        let after = Stored { header: next_header(&before.header, instant(NOW), flags, None), record };
        self.write(|tx| tx.write(OWNER, id.into(), Some(&before), &after));
    }

    pub(super) fn void(&mut self, id: EntryId) {
        self.edit(id, Header::VOIDED, |entry| entry.status = EntryStatus::EnteredInError);
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.rows, &self.ring)
    }

    pub(super) fn numbers(&self) -> KnownNumbers<'_> {
        KnownNumbers { read: &self.rows, cache: Some(&self.numbers) }
    }

    pub(super) fn page(&self, query: &TimelineQuery, from: Option<&Position>, limit: usize) -> TimelinePage {
        self.page_for(query, from, limit, &|_| true)
    }

    pub(super) fn page_for(
        &self,
        query: &TimelineQuery,
        from: Option<&Position>,
        limit: usize,
        permits: &dyn Fn(Covering) -> bool,
    ) -> TimelinePage {
        let reader = self.reader();
        timeline::timeline(&reader, &mut self.numbers(), PID, query, from, limit, instant(NOW), permits).unwrap()
    }

    /// Every entry that a query finds, page by page.
    pub(super) fn all(&self, query: &TimelineQuery, limit: usize) -> Vec<EntryView> {
        let mut entries = Vec::new();
        let mut from = None;
        loop {
            let page = self.page(query, from.as_ref(), limit);
            entries.extend(page.entries);
            from = page.next;
            if from.is_none() {
                return entries;
            }
        }
    }
}
