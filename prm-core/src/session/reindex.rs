//! Making every index row anew from the records, by the function that writes them.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::chart::ChartEntry;
use crate::decide::{Decision, DecisionAid};
use crate::engage::{CarePause, HolidayCalendar, Occurrence, Schedule};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::EvidenceSource;
use crate::govern::RoleGrant;
use crate::id::{IdSource, RecordId};
use crate::people::index;
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{CarePlan, CareTemplate, Goal};
use crate::store::engine::{Commit, Engine, Order, Read};
use crate::store::key::{Class, Ident, Key, Pid, Prefix};
use crate::store::record::{Locator, Owner, Record, Stored};
use crate::store::ring::KeyRing;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::{NumberCache, Tx};
use crate::store::value;
use crate::time::{Instant, Zones};

/// Records of one commit.
const BATCH: usize = 2_000;

/// Whether a row follows from records and is made anew.
pub(crate) fn is_derived(table: Table, key: &[u8]) -> bool {
    match (table, key.get(1), key.get(9)) {
        (Table::Ident, Some(kind), _) => *kind != Ident::Batch as u8 && *kind != Ident::Reference as u8,
        (Table::PData, _, Some(class)) => {
            let derived = [Class::ByKind, Class::ByCode, Class::Origins, Class::Moved, Class::Needs, Class::Due];
            derived.iter().any(|derived| *derived as u8 == *class)
        }
        (Table::Name | Table::Token | Table::Facet | Table::Code | Table::Due, ..) => true,
        _ => false,
    }
}

/// The id of a patient, from a row that leads to one.
pub(crate) fn patient_of(table: Table, key: &[u8], bytes: &[u8]) -> Option<(Pid, RecordId)> {
    if table == Table::Name {
        return index::pid_and_id(key, bytes).map(|(pid, id)| (pid, id.into()));
    }
    if table != Table::Ident || key.get(1) != Some(&(Ident::Record as u8)) {
        return None;
    }
    let locator = Locator::parse(key, bytes).ok().filter(|locator| locator.kind == Patient::KIND)?;
    Some((locator.owner.pid(), RecordId::from_uuid(uuid::Uuid::from_bytes(*key.last_chunk()?))))
}

/// A record's own row.
struct Found {
    table: Table,
    row: Vec<u8>,
    bytes: Vec<u8>,
}

/// Makes the index rows of a store that has none. `known` are the ids of patients as far as they are left: a patient's own
/// row does not tell it. Says what could not be indexed.
pub(crate) fn all(
    engine: &dyn Engine,
    ring: &KeyRing,
    known: &HashMap<Pid, RecordId>,
    ids: &IdSource,
    zones: &Zones,
    now: Instant,
) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    for table in [Table::Patient, Table::Shared, Table::PData] {
        let mut after: Option<Vec<u8>> = None;
        loop {
            let snapshot = engine.snapshot()?;
            let found = records(&*snapshot as &dyn Read, table, after.as_deref())?;
            let Some(last) = found.last().map(|found| found.row.clone()) else { break };
            let cache = NumberCache::default();
            let state = State::read(&*snapshot)?;
            let mut tx = Tx::new(&*snapshot as &dyn Read, ring, &cache, state);
            for found in found {
                match one(&mut tx, &found, known, ids, now) {
                    Ok(None) => {}
                    Ok(Some(told)) => lost.push(told),
                    Err(e) if matches!(e.kind(), ErrorKind::Corrupted | ErrorKind::UnsupportedFormat) => {
                        lost.push(format!("a record cannot be indexed: {e}"));
                    }
                    Err(e) if e.kind() == ErrorKind::Erased => {}
                    Err(e) => return Err(e),
                }
            }
            let (_, set) = tx.finish()?;
            let rows = set.into_rows();
            let mut transaction = engine.begin()?;
            transaction.apply(&mut rows.iter())?;
            transaction.commit(Commit::Durable)?;
            after = Some(last);
        }
    }
    // What is next of schedules follows from records of several kinds: they all have their rows by now.
    let mut next = 1;
    loop {
        let snapshot = engine.snapshot()?;
        let cache = NumberCache::default();
        let state = State::read(&*snapshot)?;
        let (from, pids) = (next, state.next_pid);
        let mut tx = Tx::new(&*snapshot as &dyn Read, ring, &cache, state);
        while next < pids && next < from + BATCH as Pid {
            match super::due::rebuild(&mut tx, zones, next, now) {
                Ok(_) => {}
                Err(e) if e.kind() == ErrorKind::Erased => {}
                Err(e)
                    if matches!(e.kind(), ErrorKind::Corrupted | ErrorKind::UnsupportedFormat | ErrorKind::Invalid) =>
                {
                    lost.push(format!("what is due for the patient in slot {next} cannot be found: {e}"));
                }
                Err(e) => return Err(e),
            }
            next += 1;
        }
        let (_, set) = tx.finish()?;
        let rows = set.into_rows();
        let mut transaction = engine.begin()?;
        transaction.apply(&mut rows.iter())?;
        transaction.commit(Commit::Durable)?;
        if next >= pids {
            return Ok(lost);
        }
    }
}

/// The next rows of a table that are records of their own.
fn records(read: &dyn Read, table: Table, after: Option<&[u8]>) -> Result<Vec<Found>> {
    let mut rows = Prefix::of(Key::new().done());
    if let Some(after) = after {
        rows = rows.starting_at([after, &[0]].concat());
    }
    let mut found = Vec::new();
    read.scan(table, rows.span(), Order::Ascending, &mut |row, bytes| {
        if kind_of(table, row).is_some() && !value::is_further(bytes) {
            found.push(Found { table, row: row.to_vec(), bytes: bytes.to_vec() });
        }
        Ok(if found.len() >= BATCH { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(found)
}

/// The kind of the record that lies at a row, if one does: texts, superseded versions and accesses are none.
fn kind_of(table: Table, row: &[u8]) -> Option<u16> {
    let number = |at: usize| row.get(at..at + 2).and_then(|n| n.first_chunk()).map(|n| u16::from_be_bytes(*n));
    match table {
        Table::Patient => Some(Patient::KIND),
        Table::Shared => number(1).filter(|kind| *kind < 0x4000),
        Table::PData if row.get(9) == Some(&(Class::Item as u8)) => number(10),
        Table::PData if row.get(9) == Some(&(Class::Timeline as u8)) => Some(ChartEntry::KIND),
        Table::PData if row.get(9) == Some(&(Class::Occurrence as u8)) => Some(Occurrence::KIND),
        _ => None,
    }
}

fn one(
    tx: &mut Tx<'_>,
    found: &Found,
    known: &HashMap<Pid, RecordId>,
    ids: &IdSource,
    now: Instant,
) -> Result<Option<String>> {
    let damaged = || Error::corrupted(found.table.name(), &found.row, "the key of a record is cut off");
    let pid = || found.row.get(1..).and_then(|row| row.first_chunk()).map(|pid| Pid::from_be_bytes(*pid));
    let owner = match found.table {
        Table::Shared => Owner::Shared,
        _ => Owner::Patient(pid().ok_or_else(damaged)?),
    };
    let own_id = || found.row.last_chunk().map(|id| RecordId::from_uuid(uuid::Uuid::from_bytes(*id)));
    let id = match found.table {
        Table::Patient => known.get(&owner.pid()).copied(),
        _ => Some(own_id().ok_or_else(damaged)?),
    };
    let (id, told) = match id {
        Some(id) => (id, None),
        None => {
            let id = RecordId::from_uuid(ids.next(now)?);
            (id, Some(format!("the id of the patient in slot {} was lost; it is {id} now", owner.pid())))
        }
    };
    match kind_of(found.table, &found.row) {
        Some(Patient::KIND) => reindex::<Patient>(tx, owner, id, found)?,
        Some(RelatedPerson::KIND) => reindex::<RelatedPerson>(tx, owner, id, found)?,
        Some(Practitioner::KIND) => reindex::<Practitioner>(tx, owner, id, found)?,
        Some(Organisation::KIND) => reindex::<Organisation>(tx, owner, id, found)?,
        Some(CareTeam::KIND) => reindex::<CareTeam>(tx, owner, id, found)?,
        Some(RoleGrant::KIND) => reindex::<RoleGrant>(tx, owner, id, found)?,
        Some(ChartEntry::KIND) => reindex::<ChartEntry>(tx, owner, id, found)?,
        Some(CareTemplate::KIND) => reindex::<CareTemplate>(tx, owner, id, found)?,
        Some(HolidayCalendar::KIND) => reindex::<HolidayCalendar>(tx, owner, id, found)?,
        Some(CarePlan::KIND) => reindex::<CarePlan>(tx, owner, id, found)?,
        Some(Goal::KIND) => reindex::<Goal>(tx, owner, id, found)?,
        Some(Schedule::KIND) => reindex::<Schedule>(tx, owner, id, found)?,
        Some(Occurrence::KIND) => reindex::<Occurrence>(tx, owner, id, found)?,
        Some(CarePause::KIND) => reindex::<CarePause>(tx, owner, id, found)?,
        Some(EvidenceSource::KIND) => reindex::<EvidenceSource>(tx, owner, id, found)?,
        Some(DecisionAid::KIND) => reindex::<DecisionAid>(tx, owner, id, found)?,
        Some(Decision::KIND) => reindex::<Decision>(tx, owner, id, found)?,
        _ => return Err(Error::new(ErrorKind::UnsupportedFormat, "a record of a kind that a newer library knows")),
    }
    Ok(told)
}

fn reindex<T: Record>(tx: &mut Tx<'_>, owner: Owner, id: RecordId, found: &Found) -> Result<()> {
    let stored: Stored<T> = tx.reader().stored(owner, found.table, &found.row, &found.bytes)?;
    tx.index(owner, id, &stored)
}
