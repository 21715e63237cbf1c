//! What plans, schedules and what was recorded of them add to the rules that all records follow.

use super::change::{Kept, Touches};
use crate::command::RecordKind;
use crate::engage::{
    self, Anchor, Assignee, CarePause, HolidayCalendar, Occurrence, PauseScope, Pool, Schedule, ScheduleStatus, Timing,
};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::DataClass;
use crate::govern::{Who, label};
use crate::id::RecordId;
use crate::plan::{CarePlan, CarePlanStatus, CareTemplate, Goal, GoalStatus, limits};
use crate::store::record::{Covering, Locator, Reader};
use crate::time::{Instant, Period, When, Zones};

type Names = Vec<(RecordKind, RecordId)>;

pub(super) fn of_pool(pool: Pool) -> (RecordKind, RecordId) {
    match pool {
        Pool::CareTeam(id) => (RecordKind::CareTeam, id.into()),
        Pool::Organisation(id) => (RecordKind::Organisation, id.into()),
    }
}

pub(super) fn of_assignee(assignee: Assignee) -> Option<(RecordKind, RecordId)> {
    match assignee {
        Assignee::Patient => None,
        Assignee::Practitioner(id) => Some((RecordKind::Practitioner, id.into())),
        Assignee::RelatedPerson(id) => Some((RecordKind::RelatedPerson, id.into())),
    }
}

/// What the gate reads of a record by itself. What is recorded of an occurrence, and a pause of a plan or a schedule,
/// have no labels of their own: those of the schedule or the plan hold.
pub(super) fn covering_of(reader: &Reader<'_>, kind: &RecordKind, locator: &Locator) -> Result<Covering> {
    let of = match kind {
        RecordKind::Occurrence => reader.current::<Occurrence>(locator).map(|own| Some(own.record.schedule.into())),
        RecordKind::CarePause => reader.current::<CarePause>(locator).map(|own| match own.record.scope {
            PauseScope::Patient => None,
            PauseScope::Plan(id) => Some(RecordId::from(id)),
            PauseScope::Schedule(id) => Some(id.into()),
        }),
        _ => Ok(None),
    };
    let of = match of {
        Ok(of) => of.map(|id| reader.locate(id)).transpose()?.flatten(),
        // What it is about is not known: as a label that is not known, this is withheld.
        Err(e) if e.kind() == ErrorKind::Corrupted => {
            let unknown = Covering { labels: label::UNKNOWN, ..locator.covering };
            return Ok(locator.covering.over(unknown));
        }
        Err(e) => return Err(e),
    };
    Ok(of.map_or(locator.covering, |of| locator.covering.over(of.covering)))
}

pub(super) fn of_someone(who: &Who) -> Option<(RecordKind, RecordId)> {
    match who {
        Who::Practitioner(id) => Some((RecordKind::Practitioner, (*id).into())),
        Who::Patient(id) => Some((RecordKind::Patient, (*id).into())),
        Who::RelatedPerson(id) => Some((RecordKind::RelatedPerson, (*id).into())),
        Who::System(_) => None,
    }
}

fn stays(same: bool) -> Result<()> {
    if same { Ok(()) } else { Err(Error::invalid("patient", "the record stays with its patient; add another one")) }
}

fn becomes(allowed: bool) -> Result<()> {
    if allowed { Ok(()) } else { Err(Error::invalid("status", "the status cannot become this one from what it is")) }
}

impl Kept for Schedule {
    const RECORD: RecordKind = RecordKind::Schedule;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(mut self, before: Option<&Self>, now: Instant, zones: &Zones) -> Result<Self> {
        stays(before.is_none_or(|before| before.patient == self.patient))?;
        match self.status {
            ScheduleStatus::Active => self.ended = None,
            ScheduleStatus::Completed | ScheduleStatus::Revoked => {
                let ended = self.ended.or(before.and_then(|before| before.ended)).unwrap_or(now);
                self.ended = Some(ended.min(now));
            }
            ScheduleStatus::Other(_) => {
                return Err(Error::invalid("status", "a schedule is active, completed or revoked"));
            }
        }
        engage::check::schedule(self, zones)
    }

    fn names(&self) -> Names {
        let mut names: Names = self.prerequisites.iter().map(|id| (RecordKind::Schedule, (*id).into())).collect();
        names.extend(self.phases.iter().filter_map(|phase| match &phase.timing {
            Timing::Event(event) => match event.anchor {
                Anchor::Completion(id) => Some((RecordKind::Schedule, id.into())),
                _ => None,
            },
            _ => None,
        }));
        names.extend(self.plan.map(|id| (RecordKind::CarePlan, id.into())));
        names.extend(self.holidays.map(|id| (RecordKind::HolidayCalendar, id.into())));
        names.extend(self.pool.map(of_pool));
        names.extend(self.assignee.and_then(of_assignee));
        names
    }

    fn touches(&self, id: RecordId) -> Touches {
        Touches::Schedule(id.into())
    }
}

impl Kept for Occurrence {
    const RECORD: RecordKind = RecordKind::Occurrence;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(self, before: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        stays(before.is_none_or(|before| before.schedule == self.schedule && before.stamp == self.stamp))?;
        Ok(self)
    }

    fn names(&self) -> Names {
        let Some(outcome) = &self.outcome else { return Vec::new() };
        let mut names: Names = outcome.entries.iter().map(|id| (RecordKind::Entry, (*id).into())).collect();
        names.extend(outcome.by.as_ref().and_then(of_someone));
        names.extend(outcome.on_behalf_of.map(|id| (RecordKind::Patient, id.into())));
        names
    }

    fn touches(&self, _: RecordId) -> Touches {
        Touches::Schedule(self.schedule)
    }
}

impl Kept for CarePause {
    const RECORD: RecordKind = RecordKind::CarePause;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(self, before: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        stays(before.is_none_or(|before| before.patient == self.patient && before.scope == self.scope))?;
        engage::check::pause(&self)?;
        Ok(self)
    }

    fn names(&self) -> Names {
        match self.scope {
            PauseScope::Patient => Vec::new(),
            PauseScope::Plan(id) => vec![(RecordKind::CarePlan, id.into())],
            PauseScope::Schedule(id) => vec![(RecordKind::Schedule, id.into())],
        }
    }

    fn touches(&self, _: RecordId) -> Touches {
        match self.scope {
            PauseScope::Patient => Touches::Patient,
            PauseScope::Plan(id) => Touches::Plan(id),
            PauseScope::Schedule(id) => Touches::Schedule(id),
        }
    }
}

impl Kept for HolidayCalendar {
    const RECORD: RecordKind = RecordKind::HolidayCalendar;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        self.check()?;
        Ok(self)
    }
}

impl Kept for CareTemplate {
    const RECORD: RecordKind = RecordKind::CareTemplate;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        limits::check_template(&self)?;
        Ok(self)
    }
}

impl Kept for CarePlan {
    const RECORD: RecordKind = RecordKind::CarePlan;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(mut self, before: Option<&Self>, now: Instant, _: &Zones) -> Result<Self> {
        stays(before.is_none_or(|before| before.patient == self.patient))?;
        limits::check_plan(&self)?;
        becomes(before.is_none_or(|before| CarePlanStatus::allowed(&before.status, &self.status)))?;
        if self.status.is_end() {
            let ended = before.and_then(|before| before.period).and_then(|period| period.end);
            let period = self.period.get_or_insert(Period::default());
            // What is over has not an end that is still to come.
            let past = |end: &When| match end {
                When::At(at) => at.to_utc() <= now,
                When::On(date) => date.last_day().succ_opt().is_some_and(|after| after < now.date_naive()),
            };
            period.end = period.end.filter(past).or(ended.filter(past)).or(Some(When::from(now)));
        }
        self.rests = self.rests_after(before, now);
        Ok(self)
    }

    fn names(&self) -> Names {
        let mut names: Names = self.entries.iter().map(|id| (RecordKind::Entry, (*id).into())).collect();
        names.extend(
            self.template.iter().filter_map(|pin| pin.template).map(|id| (RecordKind::CareTemplate, id.into())),
        );
        names.extend(self.care_team.map(|id| (RecordKind::CareTeam, id.into())));
        names.extend(self.author.as_ref().and_then(of_someone));
        for activity in &self.activities {
            names.extend(activity.pool.into_iter().chain(activity.responder).map(of_pool));
            names.extend(activity.owner.and_then(of_assignee));
        }
        names
    }

    fn touches(&self, id: RecordId) -> Touches {
        Touches::Plan(id.into())
    }
}

impl Kept for Goal {
    const RECORD: RecordKind = RecordKind::Goal;
    const CLASS: DataClass = DataClass::Care;
    const POLICY: bool = false;

    fn checked(self, before: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        stays(before.is_none_or(|before| before.patient == self.patient))?;
        limits::check_goal(&self)?;
        becomes(before.is_none_or(|before| GoalStatus::allowed(&before.status, &self.status)))?;
        Ok(self)
    }

    fn names(&self) -> Names {
        let mut names: Names = self.entries.iter().map(|id| (RecordKind::Entry, (*id).into())).collect();
        names.extend(self.plan.map(|id| (RecordKind::CarePlan, id.into())));
        names.extend(self.expressed_by.as_ref().and_then(of_someone));
        names
    }
}
