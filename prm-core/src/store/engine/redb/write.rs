//! The write transaction over redb.

use std::cell::Cell;
use std::iter::Peekable;
use std::ops::Bound;
use std::sync::MutexGuard;

use redb::{CursorError, Durability, WriteTransaction};

use super::RedbEngine;
use super::fault::{Failure, Watch};
use super::read::{self, Bytes, definition};
use crate::error::{Error, ErrorKind, Result};
use crate::store::engine::{Commit, Order, Read, Span, Transaction, Visit};
use crate::store::tables::Table;

pub(super) struct RedbTransaction<'a> {
    engine: &'a RedbEngine,
    /// Taken when it ends. redb's own transaction lives outside every caught call, so that a panic never drops it.
    inner: Option<WriteTransaction>,
    /// A call failed: what was written is not whole, so nothing of it may be committed.
    spoiled: Cell<bool>,
    _turn: MutexGuard<'a, ()>,
}

impl<'a> RedbTransaction<'a> {
    pub(super) fn new(engine: &'a RedbEngine, inner: WriteTransaction, turn: MutexGuard<'a, ()>) -> Self {
        RedbTransaction { engine, inner: Some(inner), spoiled: Cell::new(false), _turn: turn }
    }

    fn watch(&self) -> &Watch {
        self.engine.watch()
    }

    fn inner(&self) -> Result<&WriteTransaction> {
        match &self.inner {
            Some(inner) if !self.spoiled.get() => Ok(inner),
            _ => Err(Error::new(ErrorKind::Corrupted, "the transaction was aborted by an earlier failure")),
        }
    }

    /// Calls `call` with the open table. Opening, calling and closing are caught one by one.
    fn on_table<T>(
        &self,
        table: Table,
        call: impl FnOnce(&Watch, &mut redb::Table<'_, Bytes, Bytes>) -> Result<T>,
    ) -> Result<T> {
        let watch = self.watch();
        let inner = self.inner()?;
        let outcome = watch.call(Some(table), || inner.open_table(definition(table))).and_then(|mut rows| {
            let outcome = call(watch, &mut rows);
            close(watch, table, rows)?;
            outcome
        });
        if outcome.is_err() {
            self.spoiled.set(true);
        }
        outcome
    }

    fn abort(&mut self) {
        if let Some(inner) = self.inner.take() {
            if self.engine.is_foreign() {
                std::mem::forget(inner);
            } else {
                // Nothing more can be done about a rollback that fails; redb then refuses to write.
                let _ = self.watch().note(|| inner.abort());
            }
        }
    }
}

fn close(watch: &Watch, table: Table, rows: redb::Table<'_, Bytes, Bytes>) -> Result<()> {
    watch.call(Some(table), || {
        drop(rows);
        Ok::<_, Error>(())
    })
}

fn put(watch: &Watch, table: Table, rows: &mut redb::Table<'_, Bytes, Bytes>, key: &[u8], value: &[u8]) -> Result<()> {
    watch.call(Some(table), || rows.insert(key, value).map(drop))
}

fn delete(watch: &Watch, table: Table, rows: &mut redb::Table<'_, Bytes, Bytes>, key: &[u8]) -> Result<bool> {
    watch.call(Some(table), || rows.remove(key).map(|before| before.is_some()))
}

/// Rows in a row that make a cursor pay: seeking costs as much as a few inserts.
const RUN: usize = 16;

fn apply(
    watch: &Watch,
    inner: &WriteTransaction,
    rows: &mut dyn Iterator<Item = (Table, &[u8], Option<&[u8]>)>,
) -> Result<()> {
    let mut rows = rows.peekable();
    while let Some((table, ..)) = rows.peek() {
        let table = *table;
        let mut open = watch.call(Some(table), || inner.open_table(definition(table)))?;
        let outcome = apply_to(watch, table, &mut open, &mut rows);
        close(watch, table, open)?;
        outcome?;
    }
    Ok(())
}

/// The edits of one table. While they fall between two rows that lie there already, as those of new patients do, they
/// go in through a cursor, which does not look for the place of each.
fn apply_to<'k, 'v>(
    watch: &Watch,
    table: Table,
    open: &mut redb::Table<'_, Bytes, Bytes>,
    edits: &mut Peekable<impl Iterator<Item = (Table, &'k [u8], Option<&'v [u8]>)>>,
) -> Result<()> {
    let mut singly = 0;
    while let Some((_, key, value)) = edits.next_if(|(t, ..)| *t == table) {
        match value {
            Some(value) => put(watch, table, open, key, value)?,
            None => drop(delete(watch, table, open, key)?),
        }
        singly += 1;
        if singly >= RUN {
            let ran = run(watch, table, open, key, edits)?;
            singly = if ran < RUN { 0 } else { RUN - 1 };
        }
    }
    Ok(())
}

/// Inserts edits behind the row `after` up to the first that deletes, replaces or lies behind another row; answers how
/// many.
fn run<'k, 'v>(
    watch: &Watch,
    table: Table,
    open: &mut redb::Table<'_, Bytes, Bytes>,
    after: &[u8],
    edits: &mut Peekable<impl Iterator<Item = (Table, &'k [u8], Option<&'v [u8]>)>>,
) -> Result<usize> {
    let mut cursor = watch.call(Some(table), || open.upper_bound_mut(Bound::Included(after)))?;
    let mut ran = 0;
    let outcome = loop {
        let Some((_, key, Some(value))) = edits.peek().filter(|(t, ..)| *t == table) else { break Ok(ran) };
        let inserted = watch.call(Some(table), || match cursor.insert_before(*key, *value) {
            Ok(()) => Ok(true),
            Err(CursorError::UnorderedKey) => Ok(false),
            Err(CursorError::Storage(e)) => Err(e.into_error()),
            Err(other) => Err(Error::new(ErrorKind::Corrupted, "a table has lost its order").because(other)),
        });
        match inserted {
            Ok(true) => {
                edits.next();
                ran += 1;
            }
            Ok(false) => break Ok(ran),
            Err(error) => break Err(error),
        }
    };
    // Closing writes what the cursor still holds. After a failure it is only let go: the transaction is aborted.
    let closed = watch.call(Some(table), || {
        if outcome.is_ok() {
            return cursor.close();
        }
        drop(cursor);
        Ok(())
    });
    outcome.and_then(|ran| closed.map(|()| ran))
}

impl Read for RedbTransaction<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.on_table(table, |watch, rows| read::get(watch, table, rows, key))
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        let mut refused = None;
        self.on_table(table, |watch, rows| {
            read::scan(watch, table, rows, span, order, &mut |key, value| {
                visit(key, value).or_else(|error| {
                    refused = Some(error);
                    Ok(std::ops::ControlFlow::Break(()))
                })
            })
        })?;
        // The visitor's own error says nothing about the transaction, which goes on.
        refused.map_or(Ok(()), Err)
    }

    fn count(&self, table: Table) -> Result<u64> {
        self.on_table(table, |watch, rows| read::count(watch, table, rows))
    }
}

impl Transaction for RedbTransaction<'_> {
    fn put(&mut self, table: Table, key: &[u8], value: &[u8]) -> Result<()> {
        self.on_table(table, |watch, rows| put(watch, table, rows, key, value))
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<bool> {
        self.on_table(table, |watch, rows| delete(watch, table, rows, key))
    }

    fn apply(&mut self, rows: &mut dyn Iterator<Item = (Table, &[u8], Option<&[u8]>)>) -> Result<()> {
        let outcome = apply(self.watch(), self.inner()?, rows);
        if outcome.is_err() {
            self.spoiled.set(true);
            self.abort();
        }
        outcome
    }

    fn commit(mut self: Box<Self>, commit: Commit) -> Result<()> {
        self.inner()?;
        let Some(mut inner) = self.inner.take() else {
            return Err(Error::new(ErrorKind::Corrupted, "the transaction has ended"));
        };
        let watch = self.watch();
        inner.set_durability(Durability::Immediate).map_err(Failure::into_error)?;
        inner.set_quick_repair(commit == Commit::Checkpoint || watch.damaged());
        // A commit that redb calls done is done: the rows are on the disk. Zeros that it met in its own lists of free
        // pages cost room, not rows.
        watch.note(|| inner.commit())
    }
}

impl Drop for RedbTransaction<'_> {
    fn drop(&mut self) {
        self.abort();
    }
}
