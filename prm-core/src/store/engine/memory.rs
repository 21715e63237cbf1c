//! An engine that keeps its tables in memory, for stores that are never written to disk.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use super::{Commit, Engine, EngineStats, Order, Read, Snapshot, Span, Transaction, Visit, unknown};
use crate::error::{Error, ErrorKind, Result};
use crate::store::tables::Table;

type Rows = BTreeMap<Arc<[u8]>, Arc<[u8]>>;

/// Every table as it was at one commit. A clone shares all rows.
#[derive(Clone, Default)]
struct Tables([Arc<Rows>; Table::ALL.len()]);

impl Tables {
    fn rows(&self, table: Table) -> Result<&Rows> {
        self.0.get(table as usize).map(|rows| &**rows).ok_or_else(|| unknown(table))
    }

    fn rows_mut(&mut self, table: Table) -> Result<&mut Rows> {
        self.0.get_mut(table as usize).map(Arc::make_mut).ok_or_else(|| unknown(table))
    }
}

impl Read for Tables {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.rows(table)?.get(key).map(|value| value.to_vec()))
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        let end = match span.end {
            Some(end) if end <= span.start => return Ok(()),
            Some(end) => Bound::Excluded(end),
            None => Bound::Unbounded,
        };
        let mut range = self.rows(table)?.range::<[u8], _>((Bound::Included(span.start), end));
        while let Some((key, value)) = match order {
            Order::Ascending => range.next(),
            Order::Descending => range.next_back(),
        } {
            if let ControlFlow::Break(()) = visit(key, value)? {
                break;
            }
        }
        Ok(())
    }

    fn count(&self, table: Table) -> Result<u64> {
        Ok(self.rows(table)?.len() as u64)
    }
}

impl Snapshot for Tables {}

/// Tables in memory: one writer, snapshots that share what has not changed since.
#[derive(Default)]
pub(crate) struct MemoryEngine {
    current: RwLock<Tables>,
    writer: Mutex<()>,
    closed: AtomicBool,
}

impl MemoryEngine {
    pub(crate) fn new() -> Self {
        MemoryEngine::default()
    }

    fn current(&self) -> Result<Tables> {
        if self.closed.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Closed, "the store was shut down"));
        }
        Ok(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

impl Engine for MemoryEngine {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>> {
        Ok(Arc::new(self.current()?))
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>> {
        let turn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Box::new(MemoryTransaction { tables: self.current()?, engine: self, _turn: turn }))
    }

    fn stats(&self) -> EngineStats {
        EngineStats::default()
    }

    fn check(&self) -> Result<Vec<String>> {
        self.current().map(|_| Vec::new())
    }

    fn close(&self) -> Result<()> {
        self.closed.store(true, Ordering::Release);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Tables::default();
        Ok(())
    }

    fn interrupt(&self) {}

    fn forget(&self) {}
}

struct MemoryTransaction<'a> {
    tables: Tables,
    engine: &'a MemoryEngine,
    _turn: MutexGuard<'a, ()>,
}

impl Read for MemoryTransaction<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.tables.get(table, key)
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        self.tables.scan(table, span, order, visit)
    }

    fn count(&self, table: Table) -> Result<u64> {
        self.tables.count(table)
    }
}

impl Transaction for MemoryTransaction<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.tables.rows_mut(table)?.insert(key.into(), value.into());
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<bool> {
        Ok(self.tables.rows_mut(table)?.remove(key).is_some())
    }

    fn apply(&mut self, rows: &mut dyn Iterator<Item = (Table, &[u8], Option<&[u8]>)>) -> Result<()> {
        for (table, key, value) in rows {
            match value {
                Some(value) => self.put(table, key, value)?,
                None => _ = self.delete(table, key)?,
            }
        }
        Ok(())
    }

    fn commit(self: Box<Self>, _: Commit) -> Result<()> {
        let mut current = self.engine.current.write().unwrap_or_else(PoisonError::into_inner);
        // `close` may have come first; what it emptied stays empty.
        if self.engine.closed.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Closed, "the store was shut down"));
        }
        *current = self.tables;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(read: &dyn Read, order: Order, start: &[u8], end: Option<&[u8]>) -> Vec<Vec<u8>> {
        let mut keys = Vec::new();
        read.scan(Table::Due, Span { start, end }, order, &mut |key, _| {
            keys.push(key.to_vec());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
        keys
    }

    #[test]
    fn a_snapshot_does_not_move_and_a_dropped_transaction_leaves_nothing() {
        let engine = MemoryEngine::new();
        let mut first = engine.begin().unwrap();
        first.put(Table::Due, b"a", b"1").unwrap();
        first.commit(Commit::Durable).unwrap();
        let before = engine.snapshot().unwrap();
        let mut second = engine.begin().unwrap();
        second.put(Table::Due, b"b", b"2").unwrap();
        assert!(second.delete(Table::Due, b"a").unwrap());
        assert_eq!(keys(&*second, Order::Ascending, b"", None), [b"b"]);
        drop(second);
        assert_eq!(keys(&*engine.snapshot().unwrap(), Order::Ascending, b"", None), [b"a"]);
        let mut third = engine.begin().unwrap();
        third.put(Table::Due, b"b", b"2").unwrap();
        third.commit(Commit::Checkpoint).unwrap();
        assert_eq!(keys(&*before, Order::Ascending, b"", None), [b"a"]);
        let after = engine.snapshot().unwrap();
        assert_eq!(keys(&*after, Order::Descending, b"", None), [b"b", b"a"]);
        assert_eq!(keys(&*after, Order::Ascending, b"a", Some(b"b")), [b"a"]);
        assert!(keys(&*after, Order::Ascending, b"b", Some(b"a")).is_empty());
    }

    #[test]
    fn after_close_every_call_is_refused() {
        let engine = MemoryEngine::new();
        let open = engine.begin().unwrap();
        engine.close().unwrap();
        assert_eq!(open.commit(Commit::Durable).err().map(|e| e.kind()), Some(ErrorKind::Closed));
        assert_eq!(engine.snapshot().err().map(|e| e.kind()), Some(ErrorKind::Closed));
        assert_eq!(engine.begin().err().map(|e| e.kind()), Some(ErrorKind::Closed));
    }
}
