//! Keeping the due index, and the lists that are read from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::change::Touches;
use super::decide::Deciding;
use crate::engage::due::{self, Card, Standing};
use crate::engage::evaluate::{Facts, pending};
use crate::engage::index::{follower, following};
use crate::engage::load::Loader;
use crate::engage::{Pool, Schedule, ScheduleStatus};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{HolidayCalendarId, ScheduleId};
use crate::progress::Progress;
use crate::store::commit::Store;
use crate::store::engine::{Order, Read};
use crate::store::key::{Pid, Prefix};
use crate::store::record::{Numbers, Stored};
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::time::{Instant, Zones};

/// Table, key and value.
type Row = (Table, Vec<u8>, Vec<u8>);

/// What is next of a schedule, before the lists it stands on have their numbers.
pub(super) struct Next {
    schedule: ScheduleId,
    /// None if it stands on no list.
    card: Option<(Card<'static>, Option<Pool>)>,
}

/// What is next of a schedule as of an instant.
pub(super) fn next_of(
    loader: &Loader<'_>,
    id: ScheduleId,
    stored: Option<Stored<Schedule>>,
    as_of: Instant,
) -> Result<Next> {
    let holds = |stored: &Stored<Schedule>| loader.person.listed && stored.record.status == ScheduleStatus::Active;
    let Some(stored) = stored.filter(holds) else { return Ok(Next { schedule: id, card: None }) };
    let pool = stored.record.pool;
    let facts: Facts = loader.facts_ahead(id, stored.record)?;
    if facts.closed {
        return Ok(Next { schedule: id, card: None });
    }
    let pending = pending(&facts, &loader.records(id), as_of)?;
    Ok(Next { schedule: id, card: Some((Card::of(&loader.person, &facts, pending.as_ref(), as_of), pool)) })
}

impl Next {
    /// The rows it has.
    pub(super) fn rows(self, pid: Pid, numbers: &mut dyn Numbers) -> Result<Vec<Row>> {
        let Some((card, pool)) = self.card else { return Ok(Vec::new()) };
        Ok(Standing::of(card, pool, numbers)?.rows(pid, self.schedule))
    }
}

/// The rows that say what is next of a schedule, as they are.
fn standing<T>(
    read: &dyn Read,
    pid: Pid,
    schedule: ScheduleId,
    of: impl FnOnce(&Standing<'_>) -> T,
) -> Result<Option<T>> {
    let row = due::item(pid, schedule);
    let bytes = read.get(Table::PData, &row)?;
    bytes.map(|bytes| Standing::parse(&row, &bytes).map(|standing| of(&standing))).transpose()
}

/// Puts what is next of a schedule in place of what was.
fn put(tx: &mut Tx<'_>, pid: Pid, next: Next) -> Result<()> {
    let schedule = next.schedule;
    let before = standing(tx.read(), pid, schedule, |standing| standing.rows(pid, schedule))?.unwrap_or_default();
    let mut before: BTreeMap<(Table, Vec<u8>), Vec<u8>> = before.into_iter().map(|(t, k, v)| ((t, k), v)).collect();
    for (table, key, value) in next.rows(pid, tx)? {
        let place = (table, key);
        if before.remove(&place).as_ref() != Some(&value) {
            tx.put(place.0, place.1, value);
        }
    }
    for (table, key) in before.into_keys() {
        tx.delete(table, key);
    }
    Ok(())
}

impl Deciding<'_, '_> {
    /// What is next of the schedules that follow a calendar of holidays is found again.
    pub(super) fn touch_followers(&mut self, calendar: HolidayCalendarId) -> Result<()> {
        let touched = &mut self.touched;
        let rows = Prefix::of(following(calendar).done());
        self.tx.read().scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, _| {
            let cut_off = || Error::corrupted(Table::Ident.name(), row, "a row of a calendar of holidays is cut off");
            let (pid, schedule) = follower(row).ok_or_else(cut_off)?;
            touched.entry(pid).or_default().insert(Touches::Schedule(schedule));
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Finds again what is next of every schedule that the batch touched.
    pub(super) fn settle_due(&mut self) -> Result<()> {
        for (pid, touched) in std::mem::take(&mut self.touched) {
            let next = {
                let reader = self.tx.reader();
                // Not what is due: someone who was dead by error has schedules and nothing due.
                let has_any = || super::worklist::has_schedules(&reader, pid);
                let only_patient = touched.iter().all(|touches| *touches == Touches::Patient);
                if only_patient && !has_any()? {
                    continue;
                }
                let loader = Loader::of(&reader, self.zones(), pid, None)?;
                touched_next(&loader, reader.read, &touched, self.now)?
            };
            for next in next {
                put(self.tx, pid, next)?;
            }
        }
        Ok(())
    }
}

/// What is next of the schedules of a patient that were touched. One that a change of the patient or the plan touches and of
/// which what is next cannot be found keeps what it said: it keeps nobody from making that change.
fn touched_next(loader: &Loader<'_>, read: &dyn Read, touched: &BTreeSet<Touches>, now: Instant) -> Result<Vec<Next>> {
    let own = single(loader, touched)?;
    let whole = |touches: &Touches| matches!(touches, Touches::Patient | Touches::Plan(_));
    if touched.iter().any(whole) {
        let everything = touched.contains(&Touches::Patient);
        let mut next = Vec::new();
        let mut seen = BTreeSet::new();
        for (id, stored) in loader.schedules()? {
            let of_plan = stored.record.plan.is_some_and(|plan| touched.contains(&Touches::Plan(plan)));
            if everything || of_plan {
                seen.insert(id);
                let schedule = stored.record.clone();
                next.push(match next_of(loader, id, Some(stored), now) {
                    Err(e) if e.kind() == ErrorKind::Invalid && !own.contains(&id) => {
                        let kept = standing(read, loader.pid, id, |standing| {
                            standing.card.clone().kept(&loader.person, &schedule)
                        })?;
                        Next { schedule: id, card: kept.map(|card| (card, schedule.pool)) }
                    }
                    found => found?,
                });
            }
        }
        for id in own {
            if seen.insert(id) {
                next.push(next_of(loader, id, loader.schedule(id)?, now)?);
            }
        }
        return Ok(next);
    }
    own.into_iter().map(|id| next_of(loader, id, loader.schedule(id)?, now)).collect()
}

/// Schedules that are touched by themselves, and those that need them.
fn single(loader: &Loader<'_>, touched: &BTreeSet<Touches>) -> Result<BTreeSet<ScheduleId>> {
    let mut ids = BTreeSet::new();
    for touches in touched {
        if let Touches::Schedule(id) = touches {
            ids.insert(*id);
            ids.extend(loader.needing(*id)?);
        }
    }
    Ok(ids)
}

/// Most schedules of one step of the nightly advance.
const STEP: usize = 1_000;

/// What a step of the nightly advance did.
#[derive(Debug, Default)]
pub(super) struct Advanced {
    /// How many schedules it moved on.
    pub(super) moved: u64,
    /// What could not be moved on, and why.
    pub(super) told: Vec<String>,
    /// The last row it looked at; none if there was none.
    pub(super) last: Option<Vec<u8>>,
}

/// Moves what has expired by `now` on to what is next: at most [`STEP`] schedules whose rows follow `after`. Doing it again
/// does nothing; doing it in part leaves the rest for the next time.
pub(super) fn advance(tx: &mut Tx<'_>, zones: &Zones, now: Instant, after: Option<Vec<u8>>) -> Result<Advanced> {
    let mut last = None;
    let expired = {
        let mut expired: BTreeMap<Pid, Vec<(ScheduleId, Vec<u8>)>> = BTreeMap::new();
        let mut rows = Prefix::of(due::queue().done()).ending_before(due::queue_before(now).done());
        if let Some(mut after) = after {
            after.push(0);
            rows = rows.starting_at(after);
        }
        let mut count = 0;
        tx.read().scan(Table::Due, rows.span(), Order::Ascending, &mut |row, _| {
            let (pid, schedule) = due::whose(row)?;
            expired.entry(pid).or_default().push((schedule, row.to_vec()));
            count += 1;
            last = Some(row.to_vec());
            Ok(if count >= STEP { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        expired
    };
    let (mut moved, mut told) = (0, Vec::new());
    for (pid, schedules) in expired {
        let (mut next, mut lost) = (Vec::new(), Vec::new());
        {
            let reader = tx.reader();
            let loader = match Loader::of(&reader, zones, pid, None) {
                Ok(loader) => Some(loader),
                Err(e) if e.kind() == ErrorKind::NotFound => None,
                Err(e) if cannot_be_found(&e) => {
                    told.push(format!("what is due for the patient in slot {pid} cannot be found: {e}"));
                    continue;
                }
                Err(e) => return Err(e),
            };
            for (id, row) in schedules {
                let Some(loader) = &loader else {
                    lost.push(row);
                    continue;
                };
                let found = loader.schedule(id).and_then(|stored| next_of(loader, id, stored, now));
                match found.and_then(|next| standing(tx.read(), pid, id, |_| ()).map(|_| next)) {
                    Ok(found) => {
                        next.push(found);
                        lost.push(row);
                    }
                    Err(e) if cannot_be_found(&e) => {
                        told.push(format!("what is next of schedule {id} cannot be found: {e}"));
                    }
                    Err(e) => return Err(e),
                }
            }
        }
        for next in next {
            put(tx, pid, next)?;
        }
        // Where the row that says what is next was lost, nothing else takes the schedule out of the queue.
        for row in lost {
            if tx.read().get(Table::Due, &row)?.is_some() {
                tx.delete(Table::Due, row);
            }
            moved += 1;
        }
    }
    Ok(Advanced { moved, told, last })
}

/// Whether an error is about one patient or schedule, and keeps nobody else's from being found.
fn cannot_be_found(e: &Error) -> bool {
    matches!(e.kind(), ErrorKind::Invalid | ErrorKind::Corrupted | ErrorKind::Erased | ErrorKind::UnsupportedFormat)
}

/// Finds what is next of every schedule of a patient again, as a new zone table or a lost index asks for: each as of when
/// it was found before, so that what nothing changed for stays as it is; as of now if it never was. What is next of one
/// schedule may be impossible to find, as of one whose zone the table does not know: the others are found all the same,
/// and the first error is told.
pub(crate) fn rebuild(tx: &mut Tx<'_>, zones: &Zones, pid: Pid, now: Instant) -> Result<u64> {
    let mut failed = None;
    let next = {
        let reader = tx.reader();
        let loader = match Loader::of(&reader, zones, pid, None) {
            Ok(loader) => loader,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(0),
            Err(e) => return Err(e),
        };
        let mut next = Vec::new();
        for (id, stored) in loader.schedules()? {
            let as_of = standing(tx.read(), pid, id, |standing| standing.card.as_of);
            let as_of = as_of.map(|as_of| as_of.and_then(due::instant).unwrap_or(now));
            match as_of.and_then(|as_of| next_of(&loader, id, Some(stored), as_of)) {
                Ok(found) => next.push(found),
                Err(e) if cannot_be_found(&e) => failed = failed.or(Some(e)),
                Err(e) => return Err(e),
            }
        }
        next
    };
    let count = next.len() as u64;
    for next in next {
        put(tx, pid, next)?;
    }
    failed.map_or(Ok(count), Err)
}

/// Patients of one step of [`follow_zones`].
const PATIENTS: Pid = 1_000;

/// Finds again what is next of every schedule if the store was last opened with another table of time zones: their rules
/// may have changed. A kill on the way leaves the rest for the next opening.
pub(crate) fn follow_zones(store: &Store, zones: &Zones, now: Instant, progress: &Progress) -> Result<()> {
    let state = State::read(&*store.snapshot()?)?;
    if state.zones == zones.version() {
        return Ok(());
    }
    progress.expect(state.next_pid);
    let mut first = 1;
    while first < state.next_pid {
        progress.go_on()?;
        let (zones, from) = (zones.clone(), first);
        first += PATIENTS;
        let after = first.min(state.next_pid);
        store.write(move |tx| {
            for pid in from..after {
                match rebuild(tx, &zones, pid, now) {
                    // A zone that the table does not know, or a patient who was erased: told when it is asked for.
                    Err(e) if cannot_be_found(&e) => {}
                    done => {
                        done?;
                    }
                }
            }
            Ok(())
        })?;
        progress.advance(after);
    }
    let version = zones.version().to_owned();
    store.write(move |tx| {
        tx.state.zones.clone_from(&version);
        tx.note_state()
    })
}

/// The rows that what is next for a patient should have: each found again as of when it was found.
pub(super) fn expected(loader: &Loader<'_>, read: &dyn Read, numbers: &mut dyn Numbers) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (id, stored) in loader.schedules()? {
        let as_of = standing(read, loader.pid, id, |standing| standing.card.as_of)?.and_then(due::instant);
        let as_of = as_of.unwrap_or(stored.header.recorded);
        rows.extend(next_of(loader, id, Some(stored), as_of)?.rows(loader.pid, numbers)?);
    }
    Ok(rows)
}

/// An answer of which more was asked than is given at once.
pub(super) fn too_long() -> Error {
    Error::invalid("to", "there are more than 100,000 occurrences in this time; ask for a shorter one")
}
