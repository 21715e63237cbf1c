//! Comparing index rows with the records they were made from, by the function that writes them.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::look::Look;
use super::upkeep::CheckReport;
use crate::chart::ChartEntry;
use crate::decide::{Decision, DecisionAid};
use crate::engage::load::Loader;
use crate::engage::{CarePause, HolidayCalendar, Occurrence, Schedule};
use crate::error::{ErrorKind, Result};
use crate::evidence::EvidenceSource;
use crate::govern::RoleGrant;
use crate::id::RecordId;
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{CarePlan, CareTemplate, Goal};
use crate::progress::Progress;
use crate::store::cipher;
use crate::store::engine::Order;
use crate::store::key::{Ident, Key, Pid, Prefix};
use crate::store::record::{self, IndexRow, Locator, Reader, Record, Stored};
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx;

/// Most problems that a report lists.
const MOST: usize = 1_000;

/// Index rows that records should have, summed up so that a store of any size fits: the wrapping sum of the digests of
/// keys and values is the same whatever the order.
#[derive(Default)]
struct Sums(HashMap<Table, (u64, u64)>);

impl Sums {
    fn add(&mut self, table: Table, key: &[u8], value: &[u8]) {
        let digest = cipher::sha256(&[&[table as u8], &(key.len() as u64).to_be_bytes(), key, value]);
        let sum = self.0.entry(table).or_default();
        sum.0 += 1;
        sum.1 = sum.1.wrapping_add(digest.first_chunk().map_or(0, |d| u64::from_be_bytes(*d)));
    }
}

/// # Errors
/// `Cancelled`; what is wrong is told in the report.
pub(super) fn indexes(
    look: &Look<'_>,
    reader: &Reader<'_>,
    report: &mut CheckReport,
    progress: &Progress,
) -> Result<()> {
    let mut expected = Sums::default();
    let mut counts: HashMap<(Table, Vec<u8>), u64> = HashMap::new();
    let locators = Prefix::of(Key::new().u8(Ident::Record as u8).done());
    let mut found = Vec::new();
    let scanned = reader.read.scan(Table::Ident, locators.span(), Order::Ascending, &mut |row, value| {
        found.push((row.to_vec(), value.to_vec()));
        Ok(ControlFlow::Continue(()))
    });
    tell(report, scanned.err().map(|e| format!("the locators of records cannot be read: {e}")));
    progress.expect(found.len() as u64);
    for (row, value) in found {
        progress.go_on()?;
        let checked = one(look, reader, &row, &value, &mut expected, &mut counts, report);
        tell(report, checked.err().map(|e| format!("a record cannot be checked: {e}")));
        report.records += 1;
        progress.advance(report.records);
    }
    for ((table, key), count) in &counts {
        expected.add(*table, key, &count.to_be_bytes());
    }
    for pid in 1..State::read(reader.read)?.next_pid {
        let checked = due(look, reader, pid, &mut expected, report);
        tell(
            report,
            checked.err().map(|e| format!("what is due for the patient in slot {pid} cannot be checked: {e}")),
        );
    }
    let actual = actual(reader);
    match actual {
        Err(e) => tell(report, Some(format!("the indexes cannot be read: {e}"))),
        Ok(actual) => {
            for table in [Table::Ident, Table::Name, Table::Token, Table::PData, Table::Due] {
                let (should, is) = (expected.0.get(&table).copied(), actual.0.get(&table).copied());
                let differ = should.unwrap_or_default() != is.unwrap_or_default();
                tell(
                    report,
                    differ.then(|| {
                        let (should, is) = (should.unwrap_or_default().0, is.unwrap_or_default().0);
                        format!(
                            "the index rows of table {} are {is} and do not add up to the {should} that records have",
                            table.name()
                        )
                    }),
                );
            }
        }
    }
    Ok(())
}

fn tell(report: &mut CheckReport, problem: Option<String>) {
    if report.problems.len() < MOST {
        report.problems.extend(problem);
    }
}

/// Rows of indexes as they are. Batches and references of imports belong to no record.
fn actual(reader: &Reader<'_>) -> Result<Sums> {
    let mut sums = Sums::default();
    for table in [Table::Ident, Table::Name, Table::Token, Table::PData, Table::Due] {
        let all = Prefix::of(Key::new().done());
        reader.read.scan(table, all.span(), Order::Ascending, &mut |row, value| {
            if super::reindex::is_derived(table, row) {
                sums.add(table, row, value);
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(sums)
}

/// What is next of the schedules of a patient, compared with what is found again.
fn due(look: &Look<'_>, reader: &Reader<'_>, pid: Pid, expected: &mut Sums, report: &mut CheckReport) -> Result<()> {
    let loader = match Loader::of(reader, &look.session.core.zones, pid, None) {
        Ok(loader) => loader,
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::Erased) => return Ok(()),
        Err(e) => return Err(e),
    };
    for (table, key, value) in super::due::expected(&loader, reader.read, &mut look.numbers(reader))? {
        if reader.read.get(table, &key)?.as_deref() != Some(&value) {
            let table = table.name();
            tell(
                report,
                Some(format!("what is due for the patient in slot {pid} is missing or wrong in table {table}")),
            );
        }
        expected.add(table, &key, &value);
    }
    Ok(())
}

fn one(
    look: &Look<'_>,
    reader: &Reader<'_>,
    row: &[u8],
    value: &[u8],
    expected: &mut Sums,
    counts: &mut HashMap<(Table, Vec<u8>), u64>,
    report: &mut CheckReport,
) -> Result<()> {
    let locator = Locator::parse(row, value)?;
    let id = row.last_chunk::<16>().map(|id| RecordId::from_uuid(uuid::Uuid::from_bytes(*id)));
    let Some(id) = id else { return Ok(()) };
    let rows = match locator.kind {
        Patient::KIND => rows::<Patient>(look, reader, id, &locator),
        RelatedPerson::KIND => rows::<RelatedPerson>(look, reader, id, &locator),
        Practitioner::KIND => rows::<Practitioner>(look, reader, id, &locator),
        Organisation::KIND => rows::<Organisation>(look, reader, id, &locator),
        CareTeam::KIND => rows::<CareTeam>(look, reader, id, &locator),
        RoleGrant::KIND => rows::<RoleGrant>(look, reader, id, &locator),
        ChartEntry::KIND => rows::<ChartEntry>(look, reader, id, &locator),
        CareTemplate::KIND => rows::<CareTemplate>(look, reader, id, &locator),
        HolidayCalendar::KIND => rows::<HolidayCalendar>(look, reader, id, &locator),
        CarePlan::KIND => rows::<CarePlan>(look, reader, id, &locator),
        Goal::KIND => rows::<Goal>(look, reader, id, &locator),
        Schedule::KIND => rows::<Schedule>(look, reader, id, &locator),
        Occurrence::KIND => rows::<Occurrence>(look, reader, id, &locator),
        CarePause::KIND => rows::<CarePause>(look, reader, id, &locator),
        EvidenceSource::KIND => rows::<EvidenceSource>(look, reader, id, &locator),
        DecisionAid::KIND => rows::<DecisionAid>(look, reader, id, &locator),
        Decision::KIND => rows::<Decision>(look, reader, id, &locator),
        kind => {
            tell(report, Some(format!("a locator names records of the unknown kind {kind}")));
            return Ok(());
        }
    }?;
    for row in rows {
        match row {
            IndexRow::Row { table, key, value } => {
                if reader.read.get(table, &key)?.as_deref() != Some(&value) {
                    tell(
                        report,
                        Some(format!("an index row of record {id} in table {} is missing or wrong", table.name())),
                    );
                }
                expected.add(table, &key, &value);
            }
            IndexRow::Count { table, key } => *counts.entry((table, key)).or_default() += 1,
            IndexRow::Cell { facet, pid, value } => {
                if tx::cell(reader.read, facet, pid)? != value {
                    tell(report, Some(format!("the cell of record {id} in facet {facet} is wrong")));
                }
            }
        }
    }
    Ok(())
}

/// The index rows a record should have. Its history is read too.
fn rows<T: Record>(look: &Look<'_>, reader: &Reader<'_>, id: RecordId, locator: &Locator) -> Result<Vec<IndexRow>> {
    let versions: Vec<Stored<T>> = reader.versions(id, locator)?;
    let mut numbers = look.numbers(reader);
    match versions.last() {
        Some(current) => record::index_rows(current, locator.owner, id, &mut numbers),
        None => Ok(Vec::new()),
    }
}
