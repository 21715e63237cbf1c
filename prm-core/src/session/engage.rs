//! The room of schedules, what is due, and what came of it.

use chrono::TimeDelta;

use super::Session;
use super::calls::kept;
use super::care::covering_of;
use super::change::Kept;
use super::look::Look;
use super::worklist;
use crate::command::{Command, RecordKind};
use crate::engage::evaluate::{self, Recorded, SHOWN};
use crate::engage::index::occurrence_id;
use crate::engage::load::Loader;
use crate::engage::{
    AsNeededView, CarePause, CarePauseView, ChangePreview, DueItem, DueQuery, HolidayCalendar, HolidayCalendarView,
    Occurrence, OccurrenceList, OccurrenceRecordView, OccurrenceState, OccurrenceView, Outcome, OutcomeChoice,
    Schedule, ScheduleView, Span, Stamp, Timing, Window, add_span, change,
};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::Action;
use crate::id::{CarePauseId, HolidayCalendarId, OccurrenceId, PatientId, RecordId, ScheduleId};
use crate::page::{Cursor, Page};
use crate::people::Patient;
use crate::progress::Progress;
use crate::sensitive::Sensitive;
use crate::store::record::{At, Header, Locator, Reader, Record, Stored};
use crate::time::Instant;

use serde::{Deserialize, Serialize};

/// Schedules, what is due, and what came of it. See [`Session::engage`].
#[derive(Debug, Clone, Copy)]
pub struct EngageRoom<'a>(pub(super) &'a Session);

/// A page of a list of what is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DuePage {
    /// What is due, in order of time.
    pub items: Vec<DueItem>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

/// A page of a list of what was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedPage {
    /// What was missed, schedule by schedule.
    pub occurrences: Vec<OccurrenceView>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

kept! { EngageRoom:
    "a schedule" Schedule ScheduleId ScheduleView schedule:
        add_schedule AddSchedule, edit_schedule EditSchedule, void_schedule VoidSchedule, schedule, schedule_history,
        schedule_known_at;
    "a pause of care" CarePause CarePauseId CarePauseView care_pause:
        pause AddCarePause, edit_pause EditCarePause, void_pause VoidCarePause, care_pause, pause_history,
        pause_known_at;
    "a calendar of holidays" HolidayCalendar HolidayCalendarId HolidayCalendarView holiday_calendar:
        add_holiday_calendar AddHolidayCalendar, edit_holiday_calendar EditHolidayCalendar,
        void_holiday_calendar VoidHolidayCalendar, holiday_calendar, holiday_calendar_history,
        holiday_calendar_known_at;
}

impl EngageRoom<'_> {
    /// The schedules of a patient that were not entered in error, in the order of their ids: those added one by one in the
    /// order they were added.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn schedules(&self, patient: PatientId) -> Result<Vec<ScheduleView>> {
        self.of_patient(patient, |care| {
            let schedules = care.loader.schedules()?;
            let shown = schedules.into_iter().filter(|(id, stored)| care.permits((*id).into(), stored));
            Ok(shown.map(|(id, stored)| ScheduleView::of(id, stored)).collect())
        })
    }

    /// The pauses of a patient's care that were not entered in error, over or not.
    ///
    /// # Errors
    /// As [`schedules`](Self::schedules).
    pub fn pauses(&self, patient: PatientId) -> Result<Vec<CarePauseView>> {
        self.of_patient(patient, |care| {
            let mut pauses = care.loader.items::<CarePause, CarePauseId>()?;
            pauses.sort_by_key(|(id, stored)| (stored.record.from, *id));
            let mut shown = Vec::with_capacity(pauses.len());
            for (id, stored) in pauses {
                let locator = care.look.locate::<CarePause>(care.reader, id.into())?;
                let own = covering_of(care.reader, &RecordKind::CarePause, &locator)?;
                if care.permits_labels(own.labels) {
                    shown.push(CarePauseView::of(id, stored));
                }
            }
            Ok(shown)
        })
    }

    /// Ends a pause at an instant. Gives the new version of the pause.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` if the pause would end before it began.
    pub fn resume(&self, id: CarePauseId, version: u32, at: Instant) -> Result<u32> {
        let CarePauseView { care_pause, .. } = self.care_pause(id)?;
        self.edit_pause(id, version, CarePause { until: Some(at), ..care_pause })
    }

    /// Records what came of an occurrence; `version` is that of what is recorded of it, 0 if nothing is. Gives the new
    /// version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `NotFound` for an occurrence the schedule does not have.
    pub fn record_outcome(&self, schedule: ScheduleId, stamp: Stamp, version: u32, outcome: Outcome) -> Result<u32> {
        let stamp = Some(stamp);
        self.0.next_version(Command::RecordOutcome { id: None, schedule, stamp, version, outcome })
    }

    /// Records that something was done as needed. Gives its id.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` for a schedule that has times. Whether it was too early or too often is not
    /// judged: what was done was done. [`as_needed`](Self::as_needed) tells before.
    pub fn record_as_needed(&self, schedule: ScheduleId, outcome: Outcome) -> Result<OccurrenceId> {
        self.0.one(Command::RecordOutcome { id: None, schedule, stamp: None, version: 0, outcome })
    }

    /// Takes back what was recorded to have come of an occurrence. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `NotFound` if nothing is recorded of it.
    pub fn undo_outcome(&self, schedule: ScheduleId, stamp: Stamp, version: u32) -> Result<u32> {
        self.0.next_version(Command::UndoOutcome { schedule, stamp, version })
    }

    /// Moves one occurrence to another time, or back to where the schedule has it. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `NotFound` for an occurrence the schedule does not have, `Conflict` for one that is over.
    pub fn move_occurrence(
        &self,
        schedule: ScheduleId,
        stamp: Stamp,
        version: u32,
        to: Option<Instant>,
    ) -> Result<u32> {
        self.0.next_version(Command::MoveOccurrence { schedule, stamp, version, to })
    }

    /// Changes a schedule from an instant on; what was due before stays as it is. `outcomes` says what happens to
    /// outcomes recorded of occurrences that the new timing does not plan: [`preview_change`](Self::preview_change)
    /// lists them. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn change_schedule(
        &self,
        id: ScheduleId,
        version: u32,
        from: Instant,
        timing: Timing,
        window: Window,
        outcomes: OutcomeChoice,
    ) -> Result<u32> {
        self.0.next_version(Command::ChangeSchedule { id, version, from, timing, window, outcomes })
    }

    /// What changing a schedule from an instant on would do, until another instant.
    ///
    /// # Errors
    /// As reading the schedule; `Invalid` for a timing that is impossible.
    pub fn preview_change(
        &self,
        id: ScheduleId,
        from: Instant,
        timing: Timing,
        window: Window,
        until: Instant,
    ) -> Result<ChangePreview> {
        self.of_schedule(id, |care, stored| {
            let changed = change::changed_from(&stored.record, from, timing, window);
            let changed = changed.checked(Some(&stored.record), care.look.now, &care.look.session.core.zones)?;
            let recorded = care.loader.recorded(id, from, Instant::MAX_UTC)?;
            let (was, is) = (care.loader.facts(id, stored.record)?, care.loader.facts(id, changed)?);
            let now = care.look.now;
            let with_outcome = |own: &&Recorded| own.occurrence.outcome.is_some();
            let view = |own: &Recorded| evaluate::occurrence(&was, &own.occurrence.stamp, Some(own), now);
            let mut left_over = Vec::new();
            let left = change::left_over(&was, &is, &recorded, from)?;
            for own in left.iter().copied().filter(with_outcome) {
                left_over.extend(view(own)?);
            }
            let mut kept = Vec::new();
            let slots = evaluate::Slots::of(&is)?;
            for own in recorded.values().filter(with_outcome) {
                if slots.find(&own.occurrence.stamp, None)?.is_some_and(|planned| planned.planned >= from) {
                    kept.extend(view(own)?);
                }
            }
            let before = evaluate::occurrences(&was, &recorded, (from, until), SHOWN, now)?;
            let after = evaluate::occurrences(&is, &recorded, (from, until), SHOWN, now)?;
            let cut_off = before.cut_off || after.cut_off;
            Ok(ChangePreview { left_over, kept, before: before.occurrences, after: after.occurrences, cut_off })
        })
    }

    /// One occurrence as it stands now.
    ///
    /// # Errors
    /// As reading the schedule; `NotFound` for an occurrence it does not have.
    pub fn occurrence(&self, schedule: ScheduleId, stamp: Stamp) -> Result<OccurrenceView> {
        self.of_schedule(schedule, |care, stored| {
            let recorded = evaluate::Records::recorded(&care.loader.records(schedule), &stamp)?;
            let facts = care.loader.facts(schedule, stored.record)?;
            let found = evaluate::occurrence(&facts, &stamp, recorded.as_ref(), care.look.now)?;
            found.ok_or_else(|| Error::new(ErrorKind::NotFound, "the schedule has no such occurrence"))
        })
    }

    /// Every version of what was recorded of an occurrence, oldest first.
    ///
    /// # Errors
    /// As reading the schedule; `NotFound` if nothing was ever recorded of it.
    pub fn occurrence_history(&self, schedule: ScheduleId, stamp: Stamp) -> Result<Vec<OccurrenceRecordView>> {
        let id = occurrence_id(schedule, &stamp);
        // Whoever may not see the schedule may not see what came of it.
        self.of_schedule(schedule, |care, _| {
            let missing = || Error::new(ErrorKind::NotFound, "nothing was recorded of the occurrence");
            let own = |locator: &Locator| locator.kind == Occurrence::KIND && locator.owner == care.locator.owner;
            let locator = care.reader.locate(id.into())?.filter(own).ok_or_else(missing)?;
            // An occurrence as needed brings its id: it may be one of another schedule.
            let current: Stored<Occurrence> = care.reader.current(&locator)?;
            if current.record.schedule != schedule || current.record.stamp != stamp {
                return Err(missing());
            }
            let versions = care.reader.versions::<Occurrence>(id.into(), &locator)?;
            let views = versions.into_iter().map(|stored| {
                let Stored { header: Header { version, recorded, reason, .. }, record } = stored;
                OccurrenceRecordView { id, version, recorded, voided: reason, occurrence: record }
            });
            Ok(views.collect())
        })
    }

    /// What is due for a patient at or after `from` and before `to`, whatever came of it: `limit` occurrences at most (1
    /// to 100,000).
    ///
    /// # Errors
    /// As [`schedules`](Self::schedules); `Invalid` for another limit or a time that ends before it begins.
    pub fn occurrences(&self, patient: PatientId, from: Instant, to: Instant, limit: u32) -> Result<OccurrenceList> {
        self.occurrences_known_at(patient, from, to, limit, None)
    }

    /// As [`occurrences`](Self::occurrences), as they stood at an instant: with the schedules and outcomes the store knew
    /// then. What was expected then is this.
    ///
    /// # Errors
    /// As [`occurrences`](Self::occurrences); `NotFound` if the store did not know the patient then.
    pub fn occurrences_known_at(
        &self,
        patient: PatientId,
        from: Instant,
        to: Instant,
        limit: u32,
        at: Option<Instant>,
    ) -> Result<OccurrenceList> {
        let limit = shown(limit, from, to)?;
        self.of_patient_known_at(patient, at, |care| {
            let mut list = OccurrenceList::default();
            for (id, stored) in care.loader.schedules()? {
                if !care.permits(id.into(), &stored) {
                    continue;
                }
                let found = care.occurrences(id, stored, (from, to), limit, at.unwrap_or(care.look.now))?;
                list.cut_off |= found.cut_off;
                list.occurrences.extend(found.occurrences);
            }
            list.occurrences.sort_by_key(|one| (one.due, one.schedule, one.stamp));
            list.cut_off |= list.occurrences.len() > limit;
            list.occurrences.truncate(limit);
            Ok(list)
        })
    }

    /// The occurrences of one schedule that are due at or after `from` and before `to`: `limit` at most (1 to 100,000).
    ///
    /// # Errors
    /// As reading the schedule; `Invalid` for another limit or a time that ends before it begins.
    pub fn occurrences_of(
        &self,
        schedule: ScheduleId,
        from: Instant,
        to: Instant,
        limit: u32,
    ) -> Result<OccurrenceList> {
        let limit = shown(limit, from, to)?;
        self.of_schedule(schedule, |care, stored| {
            let found = care.occurrences(schedule, stored, (from, to), limit, care.look.now)?;
            Ok(OccurrenceList { occurrences: found.occurrences, cut_off: found.cut_off })
        })
    }

    /// What may be done for a patient now: open, due and overdue, in order of when it is due.
    ///
    /// # Errors
    /// As [`schedules`](Self::schedules).
    pub fn due(&self, patient: PatientId) -> Result<Vec<DueItem>> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, Schedule::CLASS, Action::Read)?;
        let pid = locator.owner.pid();
        let covering = look.covering(&reader, pid)?;
        let permits = |labels| {
            let own = crate::store::record::Covering { labels, ..Default::default() };
            look.permits(pid, covering.over(own), Schedule::CLASS, Action::Read)
        };
        let load = || Loader::of(&reader, &look.session.core.zones, pid, None);
        worklist::of_patient(pid, &reader, look.now, &permits, load)
    }

    /// What is due on the list of a team, a clinic or a person, before an instant: what is late first. Nothing that was
    /// done, called off, missed or paused is on it.
    ///
    /// # Errors
    /// `Invalid` for a page that is none, `AuditUnavailable`, `Corrupted`, `Closed`. What the session may not see is left
    /// out.
    pub fn worklist(&self, query: &DueQuery, page: &Page) -> Result<DuePage> {
        worklist::page(self.0.inner(), query, page)
    }

    /// The list of [`worklist`](Self::worklist) as it was at an instant, whole: computed again from what the store knew then.
    /// Takes as long as reading every schedule of the store.
    ///
    /// # Errors
    /// As [`worklist`](Self::worklist); `Cancelled`; `Invalid` for an instant in the future.
    pub fn worklist_at(&self, query: &DueQuery, at: Instant, progress: &Progress) -> Result<Vec<DueItem>> {
        worklist::replay(self.0.inner(), query, at, progress)
    }

    /// What was missed on the list of a team, a clinic or a person: due at or after `from` and before `to`, not done, and not
    /// to be done any more. Schedules that were ended since do not count. A page goes through 200 schedules at most.
    ///
    /// # Errors
    /// As [`worklist`](Self::worklist).
    pub fn missed(&self, query: &DueQuery, from: Instant, page: &Page) -> Result<MissedPage> {
        worklist::missed(self.0.inner(), query, from, page)
    }

    /// What may be said before something is done as needed.
    ///
    /// # Errors
    /// As reading the schedule; `Invalid` for a schedule that has times.
    pub fn as_needed(&self, schedule: ScheduleId) -> Result<AsNeededView> {
        self.of_schedule(schedule, |care, stored| {
            let timing = stored.record.phases.last().map(|phase| &phase.timing);
            let Some(Timing::AsNeeded(needed)) = timing.cloned() else {
                return Err(Error::invalid("schedule", "the schedule has times; nothing of it is done as needed"));
            };
            let recorded = care.loader.recorded(schedule, Instant::MIN_UTC, Instant::MIN_UTC)?;
            let facts = care.loader.facts(schedule, stored.record)?;
            let now = care.look.now;
            let mut done = Vec::new();
            for own in recorded.values() {
                let view = evaluate::occurrence(&facts, &own.occurrence.stamp, Some(own), now)?;
                done.extend(
                    view.filter(|v| matches!(v.state, OccurrenceState::Done | OccurrenceState::Partly)).map(|v| v.due),
                );
            }
            done.sort_unstable();
            let day = Span { days: 1, ..Span::default() };
            let period = needed.period.unwrap_or(day);
            let shifted = |at: Instant, span: &Span| -> Result<Instant> {
                facts.instant(add_span(facts.civil(at)?, span, facts.holidays.as_ref())?)
            };
            let since = shifted(now, &period.negated())?;
            let in_period = done.iter().filter(|at| **at > since).count();
            let last = done.last().copied();
            let mut not_before =
                last.zip(needed.minimum_interval).map(|(last, least)| shifted(last, &least)).transpose()?;
            if let Some(most) = needed.most
                && let Some(leaves) = done.len().checked_sub(most as usize).and_then(|n| done.get(n))
            {
                not_before = not_before.max(Some(shifted(*leaves, &period)?));
            }
            Ok(AsNeededView {
                not_before: not_before.filter(|at| *at > now),
                in_period: u32::try_from(in_period).unwrap_or(u32::MAX),
                most: needed.most,
                last,
            })
        })
    }

    /// Reads the care of a patient, permitted and put on record.
    pub(super) fn of_patient<T>(&self, patient: PatientId, read: impl FnOnce(&OneCare<'_>) -> Result<T>) -> Result<T> {
        self.of_patient_known_at(patient, None, read)
    }

    /// As [`of_patient`](Self::of_patient), what is taken out in a format of other systems.
    pub(super) fn exported<T>(&self, patient: PatientId, read: impl FnOnce(&OneCare<'_>) -> Result<T>) -> Result<T> {
        self.of_patient_for(patient, None, Action::Export, read)
    }

    pub(super) fn of_patient_known_at<T>(
        &self,
        patient: PatientId,
        at: Option<Instant>,
        read: impl FnOnce(&OneCare<'_>) -> Result<T>,
    ) -> Result<T> {
        self.of_patient_for(patient, at, Action::Read, read)
    }

    fn of_patient_for<T>(
        &self,
        patient: PatientId,
        at: Option<Instant>,
        action: Action,
        read: impl FnOnce(&OneCare<'_>) -> Result<T>,
    ) -> Result<T> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, Schedule::CLASS, action)?;
        if at.is_some_and(|at| at > look.now) {
            return Err(Error::invalid("at", "what the store will know is not known"));
        }
        let loader = Loader::of(&reader, &look.session.core.zones, locator.owner.pid(), at)?;
        read(&OneCare { look: &look, reader: &reader, locator: &locator, loader })
    }

    /// Reads a schedule and what it follows from, permitted and put on record.
    pub(super) fn of_schedule<T>(
        &self,
        id: ScheduleId,
        read: impl FnOnce(&OneCare<'_>, Stored<Schedule>) -> Result<T>,
    ) -> Result<T> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<Schedule>(&reader, id.into())?;
        let stored = reader.current(&locator)?;
        let loader = Loader::of(&reader, &look.session.core.zones, locator.owner.pid(), None)?;
        read(&OneCare { look: &look, reader: &reader, locator: &locator, loader }, stored)
    }
}

/// The care of one patient in one snapshot.
pub(super) struct OneCare<'a> {
    pub(super) look: &'a Look<'a>,
    pub(super) reader: &'a Reader<'a>,
    pub(super) locator: &'a Locator,
    pub(super) loader: Loader<'a>,
}

impl OneCare<'_> {
    /// Whether a record of the patient may be seen, by its own labels.
    pub(super) fn permits<T: Kept>(&self, id: RecordId, stored: &Stored<T>) -> bool {
        let at = At { owner: self.locator.owner, id, header: &stored.header };
        let own = stored.record.covering(at, &mut self.look.numbers(self.reader));
        let labels = own.and_then(|own| Ok(own.labels | self.loader.labels_now(id)?));
        labels.is_ok_and(|labels| self.permits_labels(labels))
    }

    fn permits_labels(&self, labels: u32) -> bool {
        let own = crate::store::record::Covering { labels, ..Default::default() };
        let covering = self.loader.person.covering.over(own);
        self.look.permits(self.loader.pid, covering, Schedule::CLASS, Action::Read)
    }

    /// The occurrences of a schedule.
    pub(super) fn occurrences(
        &self,
        id: ScheduleId,
        stored: Stored<Schedule>,
        (from, to): (Instant, Instant),
        limit: usize,
        now: Instant,
    ) -> Result<evaluate::Found> {
        let recorded = self.loader.recorded(id, from, to)?;
        let facts = self.loader.facts(id, stored.record)?;
        evaluate::occurrences(&facts, &recorded, (from, to), limit, now)
    }
}

/// How many occurrences to show.
fn shown(limit: u32, from: Instant, to: Instant) -> Result<usize> {
    if to <= from || to - from > TimeDelta::days(366 * 100) {
        return Err(Error::invalid("to", "a time ends after it begins, and within a hundred years"));
    }
    match limit as usize {
        limit @ 1..=SHOWN => Ok(limit),
        _ => Err(Error::invalid("limit", "1 to 100,000 occurrences are given")),
    }
}
