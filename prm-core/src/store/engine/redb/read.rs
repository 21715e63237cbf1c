//! Reading through redb's tables.

use std::ops::{Bound, ControlFlow};
use std::sync::{Arc, OnceLock};

use redb::{AccessGuard, Range, ReadOnlyTable, ReadTransaction, ReadableTable, ReadableTableMetadata, TableDefinition};

use super::fault::Watch;
use crate::error::Result;
use crate::store::engine::{Order, Read, Show, Snapshot, Span, Visit};
use crate::store::tables::Table;

pub(in crate::store::engine) type Bytes = &'static [u8];

pub(in crate::store::engine) const fn definition(table: Table) -> TableDefinition<'static, Bytes, Bytes> {
    TableDefinition::new(table.name())
}

pub(in crate::store::engine) fn get(
    watch: &Watch,
    table: Table,
    rows: &impl ReadableTable<Bytes, Bytes>,
    key: &[u8],
) -> Result<Option<Vec<u8>>> {
    watch.call(Some(table), || Ok::<_, redb::StorageError>(rows.get(key)?.map(|value| value.value().to_vec())))
}

/// As in [`next`], the bytes of the value are looked at while caught.
fn look(
    watch: &Watch,
    table: Table,
    rows: &impl ReadableTable<Bytes, Bytes>,
    key: &[u8],
    show: &mut Show<'_>,
) -> Result<bool> {
    let found = watch.call(Some(table), || {
        let found = rows.get(key)?;
        std::hint::black_box(found.as_ref().map(AccessGuard::value));
        Ok::<_, redb::StorageError>(found)
    })?;
    found.map_or(Ok(false), |value| show(value.value()).map(|()| true))
}

pub(super) fn scan(
    watch: &Watch,
    table: Table,
    rows: &impl ReadableTable<Bytes, Bytes>,
    span: Span<'_>,
    order: Order,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let end = match span.end {
        Some(end) if end <= span.start => return Ok(()),
        Some(end) => Bound::Excluded(end),
        None => Bound::Unbounded,
    };
    let mut range = watch.call(Some(table), || rows.range::<&[u8]>((Bound::Included(span.start), end)))?;
    loop {
        let Some((key, value)) = next(watch, Some(table), &mut range, order)? else { return Ok(()) };
        if let ControlFlow::Break(()) = visit(key.value(), value.value())? {
            return Ok(());
        }
    }
}

type Row<'a> = (AccessGuard<'a, Bytes>, AccessGuard<'a, Bytes>);

/// The next row. An old page put back can hold a row that lies outside of it, so its bytes are looked at while caught.
pub(in crate::store::engine) fn next<'a>(
    watch: &Watch,
    table: Option<Table>,
    range: &mut Range<'a, Bytes, Bytes>,
    order: Order,
) -> Result<Option<Row<'a>>> {
    watch.call(table, || {
        let row = match order {
            Order::Ascending => range.next(),
            Order::Descending => range.next_back(),
        };
        if let Some(Ok((key, value))) = &row {
            std::hint::black_box((key.value(), value.value()));
        }
        row.transpose()
    })
}

pub(super) fn count(watch: &Watch, table: Table, rows: &impl ReadableTableMetadata) -> Result<u64> {
    watch.call(Some(table), || rows.len())
}

/// One read transaction and the tables opened in it so far.
pub(super) struct RedbSnapshot {
    watch: Arc<Watch>,
    transaction: ReadTransaction,
    tables: [OnceLock<ReadOnlyTable<Bytes, Bytes>>; Table::ALL.len()],
}

impl RedbSnapshot {
    pub(super) fn new(watch: Arc<Watch>, transaction: ReadTransaction) -> Self {
        RedbSnapshot { watch, transaction, tables: Default::default() }
    }

    fn table(&self, table: Table) -> Result<&ReadOnlyTable<Bytes, Bytes>> {
        let slot = self.tables.get(table as usize).ok_or_else(|| crate::store::engine::unknown(table))?;
        if let Some(open) = slot.get() {
            return Ok(open);
        }
        let opened = self.watch.call(Some(table), || self.transaction.open_table(definition(table)))?;
        Ok(slot.get_or_init(|| opened))
    }
}

impl Read for RedbSnapshot {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        get(&self.watch, table, self.table(table)?, key)
    }

    fn look(&self, table: Table, key: &[u8], show: &mut Show<'_>) -> Result<bool> {
        look(&self.watch, table, self.table(table)?, key, show)
    }

    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        scan(&self.watch, table, self.table(table)?, span, order, visit)
    }

    fn count(&self, table: Table) -> Result<u64> {
        count(&self.watch, table, self.table(table)?)
    }
}

impl Snapshot for RedbSnapshot {}
