//! What a batch is about to write, seen through by its own reads.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use crate::error::Result;
use crate::store::engine::{Order, Read, Span, Visit};
use crate::store::tables::Table;

/// Rows to put or delete, table by table, in key order.
#[derive(Debug, Default)]
pub(crate) struct Rows([BTreeMap<Vec<u8>, Option<Vec<u8>>>; Table::ALL.len()]);

impl Rows {
    fn table(&self, table: Table) -> &BTreeMap<Vec<u8>, Option<Vec<u8>>> {
        static NONE: BTreeMap<Vec<u8>, Option<Vec<u8>>> = BTreeMap::new();
        self.0.get(table as usize).unwrap_or(&NONE)
    }

    /// The rows of one table: what is put, and `None` for what is deleted.
    pub(crate) fn of(&self, table: Table) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.table(table).iter().map(|(key, value)| (key.as_slice(), value.as_deref()))
    }

    /// All rows, in the order of tables and keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, &[u8], Option<&[u8]>)> {
        Table::ALL.into_iter().flat_map(|table| self.of(table).map(move |(key, value)| (table, key, value)))
    }

    fn insert(&mut self, table: Table, key: Vec<u8>, value: Option<Vec<u8>>) -> Option<Option<Vec<u8>>> {
        self.0.get_mut(table as usize)?.insert(key, value)
    }

    fn remove(&mut self, table: Table, key: &[u8]) {
        if let Some(rows) = self.0.get_mut(table as usize) {
            rows.remove(key);
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(BTreeMap::is_empty)
    }
}

/// A row before it was written: not there, put or deleted.
type Before = Option<Option<Vec<u8>>>;

/// Rows to put or delete, in key order, over a snapshot that does not move.
///
/// Deciding a batch writes here only. A rejected batch is rolled back to its [`Mark`]; what remains is applied to
/// the engine in key order, so applying can fail for input and output alone.
pub(crate) struct WriteSet<'a> {
    base: &'a dyn Read,
    rows: Rows,
    undo: Vec<(Table, Vec<u8>, Before)>,
    /// Whether there is a mark to return to that does not stand at the beginning.
    undoes: bool,
}

/// A state of the write set to return to: none is the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(Option<usize>);

impl<'a> WriteSet<'a> {
    pub(crate) fn new(base: &'a dyn Read) -> Self {
        WriteSet { base, rows: Rows::default(), undo: Vec::new(), undoes: false }
    }

    pub(crate) fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.set(table, key, Some(value));
    }

    pub(crate) fn delete(&mut self, table: Table, key: Vec<u8>) {
        self.set(table, key, None);
    }

    fn set(&mut self, table: Table, key: Vec<u8>, value: Option<Vec<u8>>) {
        if self.undoes {
            let before = self.rows.insert(table, key.clone(), value);
            self.undo.push((table, key, before));
        } else {
            self.rows.insert(table, key, value);
        }
    }

    pub(crate) fn mark(&mut self) -> Mark {
        if !self.undoes && self.rows.is_empty() {
            return Mark(None);
        }
        self.undoes = true;
        Mark(Some(self.undo.len()))
    }

    /// Undoes everything since `mark`.
    pub(crate) fn roll_back(&mut self, mark: Mark) {
        let Some(length) = mark.0 else {
            self.rows = Rows::default();
            self.forget_undo();
            return;
        };
        while self.undo.len() > length {
            if let Some((table, key, before)) = self.undo.pop() {
                match before {
                    Some(value) => drop(self.rows.insert(table, key, value)),
                    None => self.rows.remove(table, &key),
                }
            }
        }
    }

    /// Keeps everything so far: it can no longer be undone.
    pub(crate) fn forget_undo(&mut self) {
        self.undo.clear();
        self.undoes = false;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in key order, table by table.
    pub(crate) fn into_rows(self) -> Rows {
        self.rows
    }
}

impl Read for WriteSet<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        match self.rows.table(table).get(key) {
            Some(value) => Ok(value.clone()),
            None => self.base.get(table, key),
        }
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        let end = match span.end {
            Some(end) if end <= span.start => return Ok(()),
            Some(end) => Bound::Excluded(end),
            None => Bound::Unbounded,
        };
        let rows = self.rows.table(table).range::<[u8], _>((Bound::Included(span.start), end));
        let own: Vec<(&[u8], Option<&[u8]>)> = rows.map(|(key, value)| (key.as_slice(), value.as_deref())).collect();
        let mut own = match order {
            Order::Ascending => own,
            Order::Descending => own.into_iter().rev().collect(),
        }
        .into_iter()
        .peekable();
        let before = |a: &[u8], b: &[u8]| match order {
            Order::Ascending => a < b,
            Order::Descending => a > b,
        };
        let mut stopped = false;
        self.base.scan(table, span, order, &mut |key, value| {
            while let Some((k, v)) = own.next_if(|(k, _)| before(k, key)) {
                if let Some(v) = v
                    && visit(k, v)?.is_break()
                {
                    stopped = true;
                    return Ok(ControlFlow::Break(()));
                }
            }
            let flow = match own.next_if(|(k, _)| *k == key) {
                Some((_, Some(v))) => visit(key, v)?,
                Some((_, None)) => ControlFlow::Continue(()),
                None => visit(key, value)?,
            };
            stopped = flow.is_break();
            Ok(flow)
        })?;
        if !stopped {
            for (k, v) in own {
                if let Some(v) = v
                    && visit(k, v)?.is_break()
                {
                    break;
                }
            }
        }
        Ok(())
    }

    fn count(&self, table: Table) -> Result<u64> {
        let mut count = self.base.count(table)?;
        for (key, value) in self.rows.of(table) {
            match (self.base.get(table, key)?.is_some(), value.is_some()) {
                (true, false) => count -= 1,
                (false, true) => count += 1,
                _ => {}
            }
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Plain = BTreeMap<Vec<u8>, Vec<u8>>;

    /// A plain map behind the seam, one table.
    impl Read for Plain {
        fn get(&self, _: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
            Ok(self.get(key).cloned())
        }

        fn scan(&self, _: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
            let rows =
                self.iter().filter(|(k, _)| k.as_slice() >= span.start && span.end.is_none_or(|e| k.as_slice() < e));
            let rows: Vec<_> = match order {
                Order::Ascending => rows.collect(),
                Order::Descending => rows.rev().collect(),
            };
            for (k, v) in rows {
                if visit(k, v)?.is_break() {
                    break;
                }
            }
            Ok(())
        }

        fn count(&self, _: Table) -> Result<u64> {
            Ok(self.len() as u64)
        }
    }

    fn all(read: &dyn Read, span: Span<'_>, order: Order, limit: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
        let mut rows = Vec::new();
        read.scan(Table::Meta, span, order, &mut |k, v| {
            rows.push((k.to_vec(), v.to_vec()));
            Ok(if rows.len() >= limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })
        .unwrap();
        rows
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(0u8..4, 0..4)
    }

    proptest! {
        #[test]
        fn reads_through_a_write_set_equal_reads_after_it_was_applied(
            base in proptest::collection::btree_map(bytes(), bytes(), 0..20),
            kept in proptest::collection::vec((bytes(), proptest::option::of(bytes())), 0..20),
            dropped in proptest::collection::vec((bytes(), proptest::option::of(bytes())), 0..20),
            start in bytes(), end in proptest::option::of(bytes()), descending in any::<bool>(), limit in 1usize..30,
        ) {
            let mut applied = base.clone();
            let mut set = WriteSet::new(&base);
            let write = |set: &mut WriteSet<'_>, (key, value): &(Vec<u8>, Option<Vec<u8>>)| match value {
                Some(value) => set.put(Table::Meta, key.clone(), value.clone()),
                None => set.delete(Table::Meta, key.clone()),
            };
            for row in &kept {
                write(&mut set, row);
                match &row.1 {
                    Some(value) => applied.insert(row.0.clone(), value.clone()),
                    None => applied.remove(&row.0),
                };
            }
            let mark = set.mark();
            for row in &dropped {
                write(&mut set, row);
            }
            set.roll_back(mark);
            let order = if descending { Order::Descending } else { Order::Ascending };
            let span = Span { start: &start, end: end.as_deref() };
            prop_assert_eq!(all(&set, span, order, limit), all(&applied, span, order, limit));
            prop_assert_eq!(set.count(Table::Meta).unwrap(), applied.len() as u64);
            for key in base.keys().chain(kept.iter().map(|r| &r.0)) {
                prop_assert_eq!(Read::get(&set, Table::Meta, key).unwrap(), applied.get(key).cloned());
            }
        }
    }
}
