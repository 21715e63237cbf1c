//! Reading what occurrences follow from: the patient, pauses, plans, and what was recorded; as it is, or as the store knew it
//! at an instant.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use super::evaluate::{Facts, Paused, Recorded, Records};
use super::index::{items, moved, needing, occurrence_id, occurrences, ordered, stamp_bytes};
use super::{Anchor, CarePause, HolidayCalendar, Occurrence, PauseScope, Schedule, Stamp, Timing};
use crate::error::{Error, Result};
use crate::id::{CarePauseId, CarePlanId, HolidayCalendarId, OccurrenceId, PatientId, RecordId, ScheduleId};
use crate::people::{Patient, index as directory};
use crate::plan::CarePlan;
use crate::store::engine::Order;
use crate::store::key::{Pid, Prefix};
use crate::store::record::{Covering, Header, Owner, Reader, Record, Stored};
use crate::store::tables::Table;
use crate::store::tx;
use crate::store::value;
use crate::time::{CivilTime, Instant, When, Zones};

/// A patient, as far as what is due depends on it.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: PatientId,
    pub(crate) patient: Patient,
    pub(crate) covering: Covering,
    /// Whether lists show the patient.
    pub(crate) listed: bool,
    /// When the version of the record was written.
    pub(crate) recorded: Instant,
    /// The moment or day of death.
    died: Option<When>,
}

/// What a plan says to its schedules.
#[derive(Debug, Clone, Default)]
struct OfPlan {
    events: Vec<(RecordId, When)>,
    /// Its last moment or day.
    ended: Option<When>,
    closed: bool,
    /// When it rests, by its status alone.
    rests: Vec<Paused>,
}

/// The schedules of one patient and what they follow from.
pub(crate) struct Loader<'r> {
    reader: &'r Reader<'r>,
    zones: &'r Zones,
    pub(crate) pid: Pid,
    pub(crate) person: Person,
    /// What the store knew then; what it knows, if none.
    known: Option<Instant>,
    pauses: Vec<(PauseScope, Paused)>,
    plans: RefCell<HashMap<CarePlanId, OfPlan>>,
    holidays: RefCell<HashMap<HolidayCalendarId, HolidayCalendar>>,
}

impl<'r> Loader<'r> {
    /// # Errors
    /// `NotFound` if the store did not know the patient.
    pub(crate) fn of(reader: &'r Reader<'r>, zones: &'r Zones, pid: Pid, known: Option<Instant>) -> Result<Self> {
        let missing = || Error::new(crate::ErrorKind::NotFound, "the patient was not known");
        let (id, _) = directory::by_pid(reader.read, pid)?.ok_or_else(missing)?;
        let stored = as_known::<Patient>(reader, id.into(), known)?.ok_or_else(missing)?;
        let covering = Covering::from_cell(&tx::cell(reader.read, tx::COVERING, pid)?).unwrap_or_default();
        let died = died(reader, id, &stored)?;
        let Stored { header, record: patient } = stored;
        let (listed, recorded) = (header.listed(), header.recorded);
        let person = Person { id, patient, covering, listed, recorded, died };
        let mut loader = Loader {
            reader,
            zones,
            pid,
            person,
            known,
            pauses: Vec::new(),
            plans: RefCell::default(),
            holidays: RefCell::default(),
        };
        let pauses: Vec<(CarePauseId, Stored<CarePause>)> = loader.items()?;
        loader.pauses = pauses
            .into_iter()
            .map(|(id, stored)| {
                let CarePause { scope, from, until, .. } = stored.record;
                (scope, Paused { id: Some(id), from, until })
            })
            .collect();
        Ok(loader)
    }

    pub(crate) fn zones(&self) -> &'r Zones {
        self.zones
    }

    /// Listed items of a kind.
    pub(crate) fn items<T: Record, I: From<RecordId>>(&self) -> Result<Vec<(I, Stored<T>)>> {
        let rows = Prefix::of(items(self.pid, T::KIND).done());
        let owner = Owner::Patient(self.pid);
        let (mut found, mut past) = (Vec::new(), Vec::new());
        self.reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, bytes| {
            if value::is_further(bytes) {
                return Ok(ControlFlow::Continue(()));
            }
            let id = row.last_chunk().map(|id| RecordId::from_uuid(uuid::Uuid::from_bytes(*id)));
            let id = id.ok_or_else(|| Error::corrupted(Table::PData.name(), row, "the key of an item is cut off"))?;
            let stored: Stored<T> = self.reader.stored(owner, Table::PData, row, bytes)?;
            if self.known.is_some_and(|at| stored.header.recorded > at) {
                past.push(id);
            } else if stored.header.listed() {
                found.push((I::from(id), stored));
            }
            Ok(ControlFlow::Continue(()))
        })?;
        for id in past {
            let then = as_known::<T>(self.reader, id, self.known)?.filter(|stored| stored.header.listed());
            found.extend(then.map(|stored| (I::from(id), stored)));
        }
        Ok(found)
    }

    /// Every schedule that was not made in error.
    pub(crate) fn schedules(&self) -> Result<Vec<(ScheduleId, Stored<Schedule>)>> {
        let mut schedules = self.items::<Schedule, ScheduleId>()?;
        schedules.sort_by_key(|(id, _)| *id);
        Ok(schedules)
    }

    /// Labels that a record has by now, where it is read as it was: those of then and of now hold.
    pub(crate) fn labels_now(&self, id: RecordId) -> Result<u32> {
        if self.known.is_none() {
            return Ok(0);
        }
        Ok(self.reader.locate(id)?.map_or(0, |locator| locator.covering.labels))
    }

    /// A schedule, if it was not made in error.
    pub(crate) fn schedule(&self, id: ScheduleId) -> Result<Option<Stored<Schedule>>> {
        let found = as_known::<Schedule>(self.reader, id.into(), self.known)?;
        Ok(found.filter(|stored| stored.header.listed() && stored.record.patient == self.person.id))
    }

    /// What the occurrences of a schedule follow from. Since when its prerequisites are met is read of all that was done of
    /// them: see [`facts_ahead`](Self::facts_ahead).
    pub(crate) fn facts(&self, id: ScheduleId, schedule: Schedule) -> Result<Facts> {
        let mut facts = self.facts_ahead(id, schedule)?;
        if facts.ready.is_some() {
            for needed in &facts.schedule.prerequisites {
                let done = self.first_done(*needed, &facts.zone)?;
                facts.ready = facts.ready.zip(done).map(|(ready, done)| ready.max(done));
            }
        }
        Ok(facts)
    }

    /// What the occurrences of a schedule follow from, for what is next: that prerequisites are met counts as if it had
    /// always been so, which makes a difference only to what has expired.
    pub(crate) fn facts_ahead(&self, id: ScheduleId, schedule: Schedule) -> Result<Facts> {
        let zone = self.person.patient.time_zone.as_ref().unwrap_or(&schedule.zone).clone();
        let civil = |when: &When| -> Result<CivilTime> {
            match when {
                When::At(at) => CivilTime::try_from(self.zones.local(&zone, at.to_utc())?.naive_local()),
                When::On(date) => CivilTime::try_from(date.first_day().and_time(chrono::NaiveTime::MIN)),
            }
        };
        let plan = schedule.plan.map(|plan| self.plan(plan)).transpose()?.unwrap_or_default();
        let events = plan.events.iter().map(|(id, on)| Ok((*id, civil(on)?))).collect::<Result<Vec<_>>>()?;
        let mut completions: Vec<(ScheduleId, RecordId, CivilTime)> = Vec::new();
        for phase in &schedule.phases {
            let Timing::Event(event) = &phase.timing else { continue };
            let of = match event.anchor {
                Anchor::LastCompletion => id,
                Anchor::Completion(other) => other,
                Anchor::Event(_) | Anchor::Birthday => continue,
            };
            if completions.iter().any(|(counted, ..)| *counted == of) {
                continue;
            }
            for (record, recorded) in self.done(of)? {
                let when = recorded.occurrence.outcome.as_ref().and_then(|outcome| outcome.when);
                completions.push((of, record.into(), civil(&when.unwrap_or(When::from(recorded.at)))?));
            }
        }
        completions.sort_by_key(|(_, id, at)| (*at, *id));
        let pauses = self.pauses.iter().filter(|(scope, _)| match scope {
            PauseScope::Patient => true,
            PauseScope::Plan(plan) => schedule.plan == Some(*plan),
            PauseScope::Schedule(of) => *of == id,
        });
        // Days begin and end where the patient lives: one died during the day, and a plan holds to the end of its last one.
        let begins = |day: chrono::NaiveDate| -> Result<Instant> {
            Ok(self.zones.resolve(&zone, day.and_time(chrono::NaiveTime::MIN))?.instant())
        };
        let died = match &self.person.died {
            Some(When::At(at)) => Some(at.to_utc()),
            Some(When::On(date)) => Some(begins(date.first_day())?),
            None => None,
        };
        let ended = match &plan.ended {
            Some(When::At(at)) => Some(at.to_utc()),
            Some(When::On(date)) => Some(begins(date.last_day().succ_opt().unwrap_or(date.last_day()))?),
            None => None,
        };
        let ends = [died, ended, schedule.ended].into_iter().flatten().min();
        let mut ready = true;
        for needed in &schedule.prerequisites {
            ready = ready && self.was_done(*needed)?;
        }
        let ready = ready.then_some(Instant::MIN_UTC);
        Ok(Facts {
            id,
            patient: self.person.id,
            zones: self.zones.clone(),
            birth_date: self.person.patient.birth_date,
            ends,
            closed: self.person.died.is_some() || plan.closed,
            events,
            completions,
            pauses: pauses.map(|(_, pause)| *pause).chain(plan.rests).collect(),
            holidays: schedule.holidays.map(|id| self.calendar(id)).transpose()?.flatten(),
            ready,
            zone,
            schedule,
        })
    }

    fn plan(&self, id: CarePlanId) -> Result<OfPlan> {
        if let Some(plan) = self.plans.borrow().get(&id) {
            return Ok(plan.clone());
        }
        let stored = as_known::<CarePlan>(self.reader, id.into(), self.known)?;
        let plan = match stored {
            Some(Stored { header, record }) => {
                let closed = record.status.is_end() || header.voided();
                // What is void counts no more from then on, whenever it was to end.
                let end = record.period.and_then(|period| period.end).filter(|_| !header.voided());
                let ended = end.or(closed.then(|| When::from(header.recorded)));
                let at = |when: Option<When>| match when {
                    Some(When::At(at)) => Some(at.to_utc()),
                    _ => None,
                };
                let rests = record.rests.iter().map(|rest| Paused {
                    id: None,
                    from: at(rest.start).unwrap_or(Instant::MIN_UTC),
                    until: at(rest.end),
                });
                OfPlan {
                    rests: rests.collect(),
                    closed,
                    events: record.events.into_iter().map(|event| (event.id, event.on)).collect(),
                    ended,
                }
            }
            None => OfPlan::default(),
        };
        self.plans.borrow_mut().insert(id, plan.clone());
        Ok(plan)
    }

    fn calendar(&self, id: HolidayCalendarId) -> Result<Option<HolidayCalendar>> {
        if let Some(calendar) = self.holidays.borrow().get(&id) {
            return Ok(Some(calendar.clone()));
        }
        let stored = as_known::<HolidayCalendar>(self.reader, id.into(), self.known)?;
        let calendar = stored.map(|stored| stored.record);
        if let Some(calendar) = &calendar {
            self.holidays.borrow_mut().insert(id, calendar.clone());
        }
        Ok(calendar)
    }

    /// What was recorded of the occurrences of a schedule that the clock stamps from two days before `from` to two days
    /// after `to`, of those that were moved, and of those not stamped by the clock.
    pub(crate) fn recorded(
        &self,
        schedule: ScheduleId,
        from: Instant,
        to: Instant,
    ) -> Result<BTreeMap<Stamp, Recorded>> {
        const DAYS: i64 = 2 * 86_400;
        let rows = || occurrences(self.pid, schedule);
        let start = rows().u8(0).u64(ordered(from.timestamp().saturating_sub(DAYS)));
        let end = rows().u8(0).u64(ordered(to.timestamp().saturating_add(DAYS)));
        let clock = Prefix::of(rows().u8(0).done()).starting_at(start.done()).ending_before(end.done());
        let others = Prefix::of(rows().done()).starting_at(rows().u8(1).done());
        let mut recorded = BTreeMap::new();
        for span in [clock, others] {
            for own in self.rows(&span, usize::MAX)? {
                recorded.insert(own.occurrence.stamp, own);
            }
        }
        for own in self.records(schedule).moved()? {
            recorded.insert(own.occurrence.stamp, own);
        }
        Ok(recorded)
    }

    /// What was recorded in rows of occurrences.
    fn rows(&self, rows: &Prefix, most: usize) -> Result<Vec<Recorded>> {
        let (mut found, mut past) = (Vec::new(), Vec::new());
        self.reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, bytes| {
            if value::is_further(bytes) {
                return Ok(ControlFlow::Continue(()));
            }
            let stored: Stored<Occurrence> = self.reader.stored(Owner::Patient(self.pid), Table::PData, row, bytes)?;
            if self.known.is_some_and(|at| stored.header.recorded > at) {
                past.push(occurrence_id(stored.record.schedule, &stored.record.stamp));
            } else {
                found.extend(of_stored(stored));
            }
            Ok(if found.len() >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        for id in past {
            let then = as_known::<Occurrence>(self.reader, id.into(), self.known)?;
            found.extend(then.and_then(of_stored));
        }
        Ok(found)
    }

    /// Whether anything of a schedule was done, wholly or in part: one that was is enough.
    fn was_done(&self, schedule: ScheduleId) -> Result<bool> {
        if self.known.is_some() {
            return Ok(!self.done(schedule)?.is_empty());
        }
        let rows = Prefix::of(occurrences(self.pid, schedule).done());
        let mut found = false;
        self.reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, bytes| {
            if !value::is_further(bytes) {
                let stored: Stored<Occurrence> =
                    self.reader.stored(Owner::Patient(self.pid), Table::PData, row, bytes)?;
                found = of_stored(stored).is_some_and(|own| own.is_done());
            }
            Ok(if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        Ok(found)
    }

    /// When something of a schedule was done for the first time, wholly or in part.
    fn first_done(&self, schedule: ScheduleId, zone: &str) -> Result<Option<Instant>> {
        let mut first: Option<Instant> = None;
        for (_, own) in self.done(schedule)? {
            let at = match own.occurrence.outcome.as_ref().and_then(|outcome| outcome.when) {
                Some(When::At(at)) => at.to_utc(),
                Some(When::On(date)) => {
                    let day = date.first_day().and_time(chrono::NaiveTime::MIN);
                    self.zones.resolve(zone, day)?.instant()
                }
                None => own.at,
            };
            first = Some(first.map_or(at, |first| first.min(at)));
        }
        Ok(first)
    }

    /// What was done of a schedule, wholly or in part.
    fn done(&self, schedule: ScheduleId) -> Result<Vec<(OccurrenceId, Recorded)>> {
        let rows = self.rows(&Prefix::of(occurrences(self.pid, schedule).done()), usize::MAX)?;
        let done = rows.into_iter().filter(Recorded::is_done);
        Ok(done.map(|own| (occurrence_id(schedule, &own.occurrence.stamp), own)).collect())
    }

    /// What is recorded of the occurrences of a schedule, one by one.
    pub(crate) fn records(&self, schedule: ScheduleId) -> StoredRecords<'_, 'r> {
        StoredRecords { loader: self, schedule }
    }

    /// Schedules that wait for another or count from it.
    pub(crate) fn needing(&self, needed: ScheduleId) -> Result<Vec<ScheduleId>> {
        let rows = Prefix::of(needing(self.pid, needed).done());
        let mut found = Vec::new();
        self.reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, _| {
            found.extend(row.last_chunk().map(|id| ScheduleId::from_uuid(uuid::Uuid::from_bytes(*id))));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }
}

/// What is recorded of the occurrences of a schedule, read when it is asked for.
pub(crate) struct StoredRecords<'l, 'r> {
    loader: &'l Loader<'r>,
    schedule: ScheduleId,
}

impl Records for StoredRecords<'_, '_> {
    fn recorded(&self, stamp: &Stamp) -> Result<Option<Recorded>> {
        let Loader { reader, pid, known, .. } = self.loader;
        let id = occurrence_id(self.schedule, stamp);
        if known.is_some() {
            return Ok(as_known::<Occurrence>(reader, id.into(), *known)?.and_then(of_stored));
        }
        let row = occurrences(*pid, self.schedule).bytes(&stamp_bytes(stamp)).id(id.into()).done();
        Ok(reader.at(Owner::Patient(*pid), Table::PData, &row)?.and_then(of_stored))
    }

    fn moved(&self) -> Result<Vec<Recorded>> {
        let Loader { reader, pid, .. } = self.loader;
        // What was moved then and no longer is lies nowhere apart: then everything recorded is looked at.
        if self.loader.known.is_some() {
            let rows = self.loader.rows(&Prefix::of(occurrences(*pid, self.schedule).done()), usize::MAX)?;
            return Ok(rows.into_iter().filter(|own| own.occurrence.moved_to.is_some()).collect());
        }
        let prefix = moved(*pid, self.schedule).done();
        let rows = Prefix::of(prefix.clone());
        let mut found = Vec::new();
        reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, _| {
            found.push(row.get(prefix.len()..).unwrap_or_default().to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
        let mut records = Vec::new();
        for rest in found {
            let row = occurrences(*pid, self.schedule).bytes(&rest).done();
            records.extend(reader.at(Owner::Patient(*pid), Table::PData, &row)?.and_then(of_stored));
        }
        Ok(records)
    }
}

fn of_stored(stored: Stored<Occurrence>) -> Option<Recorded> {
    let Stored { header: Header { version, recorded, .. }, record } = &stored;
    let recorded = Recorded { occurrence: record.clone(), version: *version, at: *recorded };
    stored.header.listed().then_some(recorded)
}

/// A record as the store knew it at an instant, or as it is.
fn as_known<T: Record>(reader: &Reader<'_>, id: RecordId, known: Option<Instant>) -> Result<Option<Stored<T>>> {
    let Some(locator) = reader.locate(id)?.filter(|locator| locator.kind == T::KIND) else { return Ok(None) };
    match known {
        Some(at) => reader.known_at(id, &locator, at),
        None => reader.current(&locator).map(Some),
    }
}

/// When a patient died; when it was first recorded, if nobody knows when it was.
fn died(reader: &Reader<'_>, id: PatientId, stored: &Stored<Patient>) -> Result<Option<When>> {
    let Stored { header, record } = stored;
    let Some(deceased) = &record.deceased else { return Ok(None) };
    if deceased.at.is_some() {
        return Ok(deceased.at);
    }
    let mut since = header.recorded;
    if header.version > 1
        && let Some(locator) = reader.locate(id.into())?
    {
        let versions = reader.versions::<Patient>(id.into(), &locator)?;
        let earlier = versions.iter().rev().filter(|version| version.header.version < header.version);
        for version in earlier.take_while(|version| version.record.deceased.is_some()) {
            since = version.header.recorded;
        }
    }
    Ok(Some(When::from(since)))
}
