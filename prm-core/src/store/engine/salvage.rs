//! Reading what a damaged data file still holds, and telling what it does not.
//!
//! redb is opened read-only in the mode in which another process may be writing: it then reads nothing but the commit
//! its header names, so damage elsewhere does not keep it from opening. Its header says that a writer is at work, or was
//! killed; what is read here says that it was closed.

use std::ops::{Bound, ControlFlow};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use redb::{
    Builder, ConcurrencyMode, ReadOnlyDatabase, ReadOnlyTable, ReadTransaction, ReadableDatabase, StorageBackend,
};

use super::redb::fault::Watch;
use super::redb::read::{Bytes, definition, get, next};
use super::redb::{data_file, file_disk};
use super::{Order, Read, Span, Visit};
use crate::error::{ErrorKind, Result};
use crate::store::page::{self, Closed, Disk, Overlay, Pages};
use crate::store::preamble::Preamble;
use crate::store::tables::Table;

/// Keys tried inside a stretch that cannot be read, to find rows between two damaged pages.
const PROBES: u128 = 64;
const CACHE_BYTES: usize = 32 << 20;

/// A table with stretches of keys that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gaps {
    pub(crate) table: Table,
    pub(crate) gaps: u64,
}

/// What can still be read of a data file. A scan skips what cannot, and counts it.
pub(crate) struct Salvage {
    watch: Watch,
    transaction: ReadTransaction,
    /// Kept for its lock.
    _database: ReadOnlyDatabase,
    gaps: Mutex<Vec<Gaps>>,
}

/// Opens a data file to copy out of it what can be read. Nothing is written to it.
///
/// # Errors
/// `AlreadyOpen` if it is open elsewhere, `Corrupted` if no commit in it can be found.
pub(crate) fn open_for_salvage(path: &Path, preamble: &Preamble, page_key: &[u8; 32]) -> Result<Salvage> {
    salvage_on(file_disk(data_file(path)?)?, preamble, page_key)
}

pub(super) fn salvage_on(disk: Arc<Disk>, preamble: &Preamble, page_key: &[u8; 32]) -> Result<Salvage> {
    Salvage::of(Closed::new(Arc::new(Pages::open(disk, preamble, page_key))))
}

impl Salvage {
    pub(super) fn of(backend: impl StorageBackend) -> Result<Self> {
        let watch = Watch::default();
        let mut builder = Builder::new();
        builder.set_cache_size(CACHE_BYTES);
        builder.set_concurrency_mode(ConcurrencyMode::SingleWriter);
        let database = watch.call(None, || builder.open_read_only_with_backend(backend))?;
        let transaction = watch.call(None, || database.begin_read())?;
        Ok(Salvage { watch, transaction, _database: database, gaps: Mutex::default() })
    }

    /// The tables in which scans so far had to skip something.
    pub(crate) fn gaps(&self) -> Vec<Gaps> {
        self.gaps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn skipped(&self, table: Table) {
        let mut gaps = self.gaps.lock().unwrap_or_else(PoisonError::into_inner);
        match gaps.iter_mut().find(|g| g.table == table) {
            Some(found) => found.gaps += 1,
            None => gaps.push(Gaps { table, gaps: 1 }),
        }
    }

    fn rows(&self, table: Table) -> Result<Rows> {
        self.watch.call(Some(table), || self.transaction.open_table(definition(table)))
    }

    /// Visits the rows of a stretch until one cannot be read.
    fn visit(&self, rows: &Rows, stretch: Stretch<'_>, order: Order, visit: &mut Visit<'_>) -> Result<Stop> {
        let Ok(mut range) = self.watch.call(None, || rows.range::<&[u8]>(stretch)) else {
            return Ok(Stop::Damage(None));
        };
        let mut last = None;
        loop {
            match next(&self.watch, None, &mut range, order) {
                Ok(Some((key, value))) => {
                    if visit(key.value(), value.value())?.is_break() {
                        return Ok(Stop::Visitor);
                    }
                    last = Some(key.value().to_vec());
                }
                Ok(None) => return Ok(Stop::End),
                Err(error) if error.kind() == ErrorKind::Corrupted => return Ok(Stop::Damage(last)),
                Err(error) => return Err(error),
            }
        }
    }

    /// The lowest key that can be reached from the end of a stretch, going down.
    fn lowest_reached(&self, rows: &Rows, stretch: Stretch<'_>) -> Result<Option<Vec<u8>>> {
        let mut lowest = None;
        self.visit(rows, stretch, Order::Descending, &mut |key, _| {
            lowest = Some(key.to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(lowest)
    }

    /// Goes up to the first damage and starts again at the lowest key reached from above. Between the two, which is
    /// one damaged page or what lies between several, it tries keys at even distances.
    fn ascend(&self, table: Table, span: Span<'_>, visit: &mut Visit<'_>) -> Result<()> {
        let Ok(rows) = self.rows(table) else {
            self.skipped(table);
            return Ok(());
        };
        let end = span.end.map_or(Bound::Unbounded, Bound::Excluded);
        let mut low = match self.visit(&rows, (Bound::Included(span.start), end), Order::Ascending, visit)? {
            Stop::End | Stop::Visitor => return Ok(()),
            Stop::Damage(last) => last.map_or(Bound::Included(span.start.to_vec()), Bound::Excluded),
        };
        self.skipped(table);
        let high = self.lowest_reached(&rows, (as_slice(&low), end))?;
        let below_high = high.as_deref().map_or(end, Bound::Excluded);
        for key in probes(&low, below_high) {
            if matches!(&low, Bound::Excluded(low) | Bound::Included(low) if key <= *low) {
                continue;
            }
            let lowest = self.lowest_reached(&rows, (as_slice(&low), Bound::Excluded(&key)))?;
            let from = lowest.as_ref().unwrap_or(&key);
            match self.visit(&rows, (Bound::Included(from), below_high), Order::Ascending, visit)? {
                Stop::Visitor => return Ok(()),
                Stop::End => break,
                Stop::Damage(None) => {}
                Stop::Damage(Some(last)) => {
                    self.skipped(table);
                    low = Bound::Excluded(last);
                }
            }
        }
        if let Some(high) = high {
            self.visit(&rows, (Bound::Included(&high), end), Order::Ascending, visit)?;
        }
        Ok(())
    }
}

type Rows = ReadOnlyTable<Bytes, Bytes>;
type Stretch<'a> = (Bound<&'a [u8]>, Bound<&'a [u8]>);

/// Why a visit ended.
enum Stop {
    End,
    Visitor,
    /// With the last key read before the damage, if any was.
    Damage(Option<Vec<u8>>),
}

fn as_slice(bound: &Bound<Vec<u8>>) -> Bound<&[u8]> {
    match bound {
        Bound::Included(key) => Bound::Included(key),
        Bound::Excluded(key) => Bound::Excluded(key),
        Bound::Unbounded => Bound::Unbounded,
    }
}

/// Keys at even distances inside a stretch, as numbers of the 16 bytes behind what its ends have in common.
fn probes(low: &Bound<Vec<u8>>, high: Bound<&[u8]>) -> Vec<Vec<u8>> {
    let low: &[u8] = match low {
        Bound::Included(key) | Bound::Excluded(key) => key,
        Bound::Unbounded => &[],
    };
    let (common, above) = match high {
        Bound::Included(high) | Bound::Excluded(high) => {
            let common = low.iter().zip(high).take_while(|(a, b)| a == b).count();
            (common, number(high, common))
        }
        Bound::Unbounded => (0, u128::MAX),
    };
    let below = number(low, common);
    let step = above.saturating_sub(below) / PROBES;
    let prefix = low.get(..common).unwrap_or_default();
    let probe = |n: u128| [prefix, &(below + step * n).to_be_bytes()].concat();
    if step == 0 { Vec::new() } else { (1..PROBES).map(probe).collect() }
}

fn number(key: &[u8], from: usize) -> u128 {
    let mut bytes = [0; 16];
    let rest = key.get(from..).unwrap_or_default();
    bytes.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    u128::from_be_bytes(bytes)
}

impl Read for Salvage {
    /// # Errors
    /// `Corrupted` if the row cannot be read, whether or not it is there.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        get(&self.watch, table, &self.rows(table)?, key)
    }

    /// Skips what cannot be read. Going down first collects the rows, for only going up can skip.
    fn scan(&self, table: Table, span: Span<'_>, order: Order, visit: &mut Visit<'_>) -> Result<()> {
        if span.end.is_some_and(|end| end <= span.start) {
            return Ok(());
        }
        if order == Order::Ascending {
            return self.ascend(table, span, visit);
        }
        let mut rows = Vec::new();
        self.ascend(table, span, &mut |key, value| {
            rows.push((key.to_vec(), value.to_vec()));
            Ok(ControlFlow::Continue(()))
        })?;
        for (key, value) in rows.iter().rev() {
            if visit(key, value)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Number of rows that can be read.
    fn count(&self, table: Table) -> Result<u64> {
        let mut count = 0;
        self.ascend(table, Span { start: &[], end: None }, &mut |_, _| {
            count += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }
}

/// Reads everything the newest commit holds, as it is on the disk, and lists what is damaged. The caller keeps others
/// from writing meanwhile. redb's own check would mend the file, so it mends a copy in memory.
pub(super) fn check(pages: &Arc<Pages>) -> Result<Vec<String>> {
    let before = page::met();
    let watch = Watch::default();
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES);
    builder.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter);
    builder.set_check_integrity_on_open(true);
    let whole = watch.call(None, || builder.create_with_backend(Overlay::new(Arc::clone(pages))));
    match whole {
        Ok(copy) => {
            watch.note(|| copy.close())?;
            return Ok(Vec::new());
        }
        Err(error) if error.kind() != ErrorKind::Corrupted => return Err(error),
        Err(_) => {}
    }
    let checksums_failed = page::met() == before;
    let mut found = Vec::new();
    let salvage = Salvage::of(Closed::unlocked(Arc::clone(pages)));
    match &salvage {
        Ok(salvage) => {
            for table in Table::ALL {
                salvage.count(table)?;
            }
        }
        Err(_) => found.push("no commit of the data file can be read".into()),
    }
    found.extend(pages.damaged_pages().iter().map(|page| format!("page {page} does not authenticate")));
    for gaps in salvage.iter().flat_map(Salvage::gaps) {
        found.push(format!("table {} cannot be read whole: {} gap(s)", gaps.table.name(), gaps.gaps));
    }
    if checksums_failed {
        found.push(
            "every page authenticates, but not all are the newest written there: an older one was put back".into(),
        );
    }
    Ok(found)
}
