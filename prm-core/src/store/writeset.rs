//! What a batch is about to write, seen through by its own reads.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use crate::error::Result;
use crate::store::engine::{Order, Read, Show, Span, Visit};
use crate::store::in_place::InPlace;
use crate::store::tables::Table;

/// As long as most keys of entries.
type RowKey = InPlace<46>;
/// As long as the values of index rows.
type RowValue = InPlace<30>;

type Rows = BTreeMap<RowKey, Option<RowValue>>;

/// Rows put or deleted, in order of table and key.
#[derive(Default)]
pub(crate) struct Edits(BTreeMap<Table, Rows>);

impl Edits {
    /// Those of one table.
    pub(crate) fn of(&self, table: Table) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> {
        self.0.get(&table).into_iter().flatten().map(|(key, value)| (&**key, value.as_deref()))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, &[u8], Option<&[u8]>)> {
        self.0.keys().flat_map(|table| self.of(*table).map(|(key, value)| (*table, key, value)))
    }

    fn get(&self, table: Table, key: &[u8]) -> Option<&Option<RowValue>> {
        self.0.get(&table)?.get(key)
    }

    fn insert(&mut self, table: Table, key: RowKey, value: Option<RowValue>) -> Option<Option<RowValue>> {
        self.0.entry(table).or_default().insert(key, value)
    }
}

#[cfg(test)]
impl IntoIterator for Edits {
    type Item = ((Table, Vec<u8>), Option<Vec<u8>>);
    type IntoIter = Box<dyn Iterator<Item = Self::Item>>;

    fn into_iter(self) -> Self::IntoIter {
        let of = |(table, rows): (Table, Rows)| {
            rows.into_iter().map(move |(key, value)| ((table, key.to_vec()), value.map(|value| value.to_vec())))
        };
        Box::new(self.0.into_iter().flat_map(of))
    }
}

/// Rows to put or delete, in key order, over a snapshot that does not move.
///
/// Deciding a batch writes here only. A rejected batch is rolled back to its [`Mark`]; what remains is applied to
/// the engine in key order, so applying can fail for input and output alone.
pub(crate) struct WriteSet<'a> {
    base: &'a dyn Read,
    rows: Edits,
    /// What was there before each edit since the first mark of a set that was not empty: to return to an empty one
    /// nothing need be known.
    undo: Option<Vec<Undo>>,
}

struct Undo {
    table: Table,
    key: RowKey,
    before: Option<Option<RowValue>>,
}

/// A state of the write set to return to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(Option<usize>);

impl<'a> WriteSet<'a> {
    pub(crate) fn new(base: &'a dyn Read) -> Self {
        WriteSet { base, rows: Edits::default(), undo: None }
    }

    pub(crate) fn put(&mut self, table: Table, key: Vec<u8>, value: Vec<u8>) {
        self.set(table, key, Some(value));
    }

    pub(crate) fn delete(&mut self, table: Table, key: Vec<u8>) {
        self.set(table, key, None);
    }

    fn set(&mut self, table: Table, key: Vec<u8>, value: Option<Vec<u8>>) {
        let (key, value) = (RowKey::from(key), value.map(RowValue::from));
        let Some(undo) = &mut self.undo else {
            self.rows.insert(table, key, value);
            return;
        };
        let before = self.rows.insert(table, key.clone(), value);
        undo.push(Undo { table, key, before });
    }

    /// What was put or deleted at a key, if anything was: `Some(None)` for a row that was deleted.
    pub(crate) fn own(&self, table: Table, key: &[u8]) -> Option<Option<&[u8]>> {
        self.rows.get(table, key).map(|value| value.as_deref())
    }

    pub(crate) fn mark(&mut self) -> Mark {
        if self.undo.is_none() && self.is_empty() {
            return Mark(None);
        }
        Mark(Some(self.undo.get_or_insert_default().len()))
    }

    /// Undoes everything since `mark`.
    pub(crate) fn roll_back(&mut self, mark: Mark) {
        let Some(kept) = mark.0 else {
            (self.rows, self.undo) = (Edits::default(), None);
            return;
        };
        for Undo { table, key, before } in self.undo.iter_mut().flat_map(|undo| undo.drain(kept..).rev()) {
            match before {
                Some(value) => {
                    self.rows.insert(table, key, value);
                }
                None => {
                    self.rows.0.get_mut(&table).map(|rows| rows.remove(&*key));
                }
            }
        }
    }

    /// Keeps everything so far: it can no longer be undone.
    pub(crate) fn forget_undo(&mut self) {
        self.undo = None;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.0.values().all(BTreeMap::is_empty)
    }

    /// The rows in key order, table by table.
    pub(crate) fn into_rows(self) -> Edits {
        self.rows
    }
}

impl Read for WriteSet<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        match self.own(table, key) {
            Some(value) => Ok(value.map(<[u8]>::to_vec)),
            None => self.base.get(table, key),
        }
    }

    fn look(&self, table: Table, key: &[u8], show: &mut Show<'_>) -> Result<bool> {
        match self.own(table, key) {
            Some(Some(value)) => show(value).map(|()| true),
            Some(None) => Ok(false),
            None => self.base.look(table, key, show),
        }
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        let end = match span.end {
            Some(end) if end <= span.start => return Ok(()),
            Some(end) => Bound::Excluded(end),
            None => Bound::Unbounded,
        };
        let rows = self.rows.0.get(&table).into_iter();
        let own = rows.flat_map(|rows| rows.range::<[u8], _>((Bound::Included(span.start), end)));
        let own: Vec<(&[u8], Option<&[u8]>)> = own.map(|(key, value)| (&**key, value.as_deref())).collect();
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
