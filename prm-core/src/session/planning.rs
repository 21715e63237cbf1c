//! Deciding what commands about occurrences become, and about schedules from an instant on.

use chrono::Datelike;

use super::change::Step;
use super::decide::{Deciding, needed};
use crate::command::Written;
use crate::engage::evaluate::Slots;
use crate::engage::index::occurrence_id;
use crate::engage::load::Loader;
use crate::engage::{self, Occurrence, Outcome, OutcomeChoice, OutcomeStatus, Schedule, Stamp, Timing, Window, change};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::Action;
use crate::id::{OccurrenceId, ScheduleId};
use crate::people::index::flag;
use crate::store::record::{Owner, Record, Stored};
use crate::store::tx;
use crate::time::{Instant, When};

/// Years to which an occurrence may be moved: windows around it stay on the calendar.
const YEARS: (i32, i32) = (2, 9_000);

impl Deciding<'_, '_> {
    /// A schedule that takes records of its occurrences. The gate is asked about the schedule first: what is recorded of
    /// an occurrence has no labels of its own, and who may not record learns nothing of what is planned or was recorded.
    fn of_schedule(&mut self, id: ScheduleId) -> Result<(Owner, Stored<Schedule>)> {
        let (owner, schedule) = self.current::<Schedule>(id.into())?;
        self.permit(owner, id.into(), &schedule, Action::Add)?;
        if schedule.header.voided() {
            return Err(Error::new(ErrorKind::Conflict, "the schedule is void and takes nothing new"));
        }
        if self.patient(schedule.record.patient)?.covering.flags & flag::VOIDED != 0 {
            return Err(Error::new(ErrorKind::Conflict, "the record of the patient is void and takes nothing new"));
        }
        Ok((owner, schedule))
    }

    /// What is recorded of an occurrence; `Conflict` if it is not the version the caller knows, or the id that an
    /// occurrence as needed brings is that of something else.
    fn recorded(
        &mut self,
        owner: Owner,
        schedule: ScheduleId,
        stamp: &Stamp,
        version: u32,
    ) -> Result<Option<Occurrence>> {
        let id = occurrence_id(schedule, stamp);
        let taken = || Error::new(ErrorKind::Conflict, "there is a record with this id already");
        let before: Option<Stored<Occurrence>> = match self.tx.reader().locate(id.into())? {
            Some(locator) if locator.kind != Occurrence::KIND || locator.owner != owner => return Err(taken()),
            Some(locator) => Some(self.tx.reader().current(&locator)?),
            None => None,
        };
        if before.as_ref().is_some_and(|own| own.record.schedule != schedule || own.record.stamp != *stamp) {
            return Err(taken());
        }
        if let Some(before) = &before {
            self.permit(owner, id.into(), before, needed(&before.header))?;
        }
        let current = before.as_ref().map_or(0, |before| before.header.version);
        if current != version {
            return Err(tx::conflict(version, current));
        }
        Ok(before.map(|before| before.record))
    }

    fn put(&mut self, owner: Owner, id: OccurrenceId, version: u32, occurrence: Occurrence) -> Result<Written> {
        let step: Step<Occurrence> = if version == 0 {
            self.add(owner, id.into(), occurrence)?
        } else {
            self.edit(id.into(), version, occurrence)?
        };
        self.write(step)
    }

    pub(super) fn record_outcome(
        &mut self,
        id: Option<OccurrenceId>,
        schedule: ScheduleId,
        stamp: Option<Stamp>,
        version: u32,
        outcome: Outcome,
    ) -> Result<Written> {
        let (owner, stored) = self.of_schedule(schedule)?;
        let stamp = match (stamp, id) {
            (Some(stamp), _) => stamp,
            (None, Some(id)) => Stamp::AsNeeded(id),
            (None, None) => return Err(Error::invalid("stamp", "say which occurrence it is")),
        };
        let id = occurrence_id(schedule, &stamp);
        let before = self.recorded(owner, schedule, &stamp, version)?;
        let moved_to = before.as_ref().and_then(|before| before.moved_to);
        // A remark that is added later does not make it later: what follows from it stays where it is.
        let first = before.as_ref().and_then(|before| before.outcome.as_ref()).and_then(|outcome| outcome.when);
        let done = matches!(outcome.status, OutcomeStatus::Done | OutcomeStatus::Partly);
        let when = outcome.when.or(first).or(done.then(|| When::from(self.now)));
        let outcome = Outcome { when, ..outcome };
        let occurrence = Occurrence { schedule, stamp, moved_to, outcome: Some(outcome) };
        engage::check::occurrence(&occurrence, &stored.record, self.now)?;
        if before.is_none() {
            self.planned(owner, schedule, &stored.record, &stamp)?;
        }
        self.put(owner, id, version, occurrence)
    }

    pub(super) fn undo_outcome(&mut self, schedule: ScheduleId, stamp: Stamp, version: u32) -> Result<Written> {
        let (owner, _) = self.of_schedule(schedule)?;
        let id = occurrence_id(schedule, &stamp);
        let before = self.recorded(owner, schedule, &stamp, version)?.filter(|before| before.outcome.is_some());
        let before = before.ok_or_else(|| Error::new(ErrorKind::NotFound, "nothing is recorded of the occurrence"))?;
        self.put(owner, id, version, Occurrence { outcome: None, ..before })
    }

    pub(super) fn move_occurrence(
        &mut self,
        schedule: ScheduleId,
        stamp: Stamp,
        version: u32,
        to: Option<Instant>,
    ) -> Result<Written> {
        let (owner, stored) = self.of_schedule(schedule)?;
        let id = occurrence_id(schedule, &stamp);
        let before = self.recorded(owner, schedule, &stamp, version)?;
        if before.as_ref().is_some_and(|before| before.outcome.is_some()) {
            return Err(Error::new(ErrorKind::Conflict, "the occurrence is over; undo what was recorded of it first"));
        }
        if matches!(stamp, Stamp::AsNeeded(_)) {
            return Err(Error::invalid("stamp", "what is done as needed has no time to move"));
        }
        let to = to.map(|to| Instant::from_timestamp(to.timestamp(), 0).unwrap_or(to));
        if to.is_some_and(|to| !(YEARS.0..=YEARS.1).contains(&to.year())) {
            return Err(Error::invalid("to", "an occurrence takes place in the years 2 to 9000"));
        }
        self.planned(owner, schedule, &stored.record, &stamp)?;
        self.put(owner, id, version, Occurrence { schedule, stamp, moved_to: to, outcome: None })
    }

    /// Whether the schedule has such an occurrence.
    fn planned(&self, owner: Owner, id: ScheduleId, schedule: &Schedule, stamp: &Stamp) -> Result<()> {
        if matches!(stamp, Stamp::AsNeeded(_)) {
            let needed = schedule.phases.iter().any(|phase| matches!(phase.timing, Timing::AsNeeded(_)));
            return if needed {
                Ok(())
            } else {
                Err(Error::invalid("stamp", "the schedule has times; name one of them"))
            };
        }
        let reader = self.tx.reader();
        let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
        let facts = loader.facts(id, schedule.clone())?;
        let found = Slots::of(&facts)?.find(stamp, None)?;
        found.map(|_| ()).ok_or_else(|| Error::new(ErrorKind::NotFound, "the schedule has no such occurrence"))
    }

    pub(super) fn change_schedule(
        &mut self,
        id: ScheduleId,
        version: u32,
        from: Instant,
        timing: Timing,
        window: Window,
        outcomes: OutcomeChoice,
    ) -> Result<Written> {
        let (owner, before) = self.of_schedule(id)?;
        self.permit(owner, id.into(), &before, needed(&before.header))?;
        let changed = change::changed_from(&before.record, from, timing, window);
        let lost: Vec<_> = {
            let reader = self.tx.reader();
            let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
            let recorded = loader.recorded(id, from, Instant::MAX_UTC)?;
            let (was, is) = (loader.facts(id, before.record)?, loader.facts(id, changed.clone())?);
            change::left_over(&was, &is, &recorded, from)?.into_iter().cloned().collect()
        };
        let written = self.edit_one(id.into(), version, changed)?;
        if outcomes == OutcomeChoice::TakeBack {
            for own in lost.into_iter().filter(|own| own.occurrence.outcome.is_some()) {
                let id = occurrence_id(id, &own.occurrence.stamp);
                let occurrence = Occurrence { outcome: None, moved_to: None, ..own.occurrence };
                self.put(owner, id, own.version, occurrence)?;
            }
        }
        Ok(written)
    }
}
