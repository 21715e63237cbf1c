//! What a schedule comes to: its occurrences and how they stand. Pure: whoever asks hands in the facts and the instant.

mod events;
mod pending;
mod slots;
mod state;

pub(crate) use pending::{Pending, pending};
pub(crate) use slots::{Planned, Slots, may_open_by};
pub(crate) use state::{Found, SHOWN, by_the_clock, occurrence, occurrences};

use std::collections::BTreeMap;

use super::{HolidayCalendar, Occurrence, OutcomeStatus, Schedule, Stamp};
use crate::error::Result;
use crate::id::{CarePauseId, PatientId, RecordId, ScheduleId};
use crate::time::{CivilTime, Instant, PartialDate, Zones};

/// A pause that covers a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paused {
    /// None for a plan that rests by its status.
    pub(crate) id: Option<CarePauseId>,
    pub(crate) from: Instant,
    pub(crate) until: Option<Instant>,
}

/// What is recorded of an occurrence, with the version it has and when that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) occurrence: Occurrence,
    pub(crate) version: u32,
    pub(crate) at: Instant,
}

/// What the occurrences of a schedule follow from, beside what is recorded of them.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) id: ScheduleId,
    pub(crate) schedule: Schedule,
    pub(crate) patient: PatientId,
    pub(crate) zones: Zones,
    /// Where the patient lives, or the zone of the schedule.
    pub(crate) zone: String,
    pub(crate) birth_date: Option<PartialDate>,
    /// From when on nothing is due: the patient died, the plan or the schedule was ended.
    pub(crate) ends: Option<Instant>,
    /// Whether it stands on no list any more: the patient died, the plan was closed.
    pub(crate) closed: bool,
    /// Events of the plan.
    pub(crate) events: Vec<(RecordId, CivilTime)>,
    /// Completions that times are counted from, with the schedule they are of: this one or those its anchors name. In
    /// order of time.
    pub(crate) completions: Vec<(ScheduleId, RecordId, CivilTime)>,
    /// Pauses that cover it.
    pub(crate) pauses: Vec<Paused>,
    pub(crate) holidays: Option<HolidayCalendar>,
    /// Since when its prerequisites are met; none while they are not.
    pub(crate) ready: Option<Instant>,
}

impl Facts {
    pub(crate) fn pause_at(&self, at: Instant) -> Option<&Paused> {
        self.pauses.iter().find(|pause| pause.from <= at && pause.until.is_none_or(|until| at < until))
    }

    pub(crate) fn ended(&self, at: Instant) -> bool {
        self.ends.is_some_and(|ends| at >= ends)
    }

    /// The instant that clocks where the patient lives show as a civil time.
    pub(crate) fn instant(&self, civil: CivilTime) -> Result<Instant> {
        Ok(self.zones.resolve(&self.zone, civil.naive())?.instant())
    }

    /// What clocks where the patient lives show at an instant.
    pub(crate) fn civil(&self, at: Instant) -> Result<CivilTime> {
        CivilTime::try_from(self.zones.local(&self.zone, at)?.naive_local())
    }
}

impl Recorded {
    /// Whether it was done, wholly or in part.
    pub(crate) fn is_done(&self) -> bool {
        let status = self.occurrence.outcome.as_ref().map(|outcome| &outcome.status);
        matches!(status, Some(OutcomeStatus::Done | OutcomeStatus::Partly))
    }
}

/// What is recorded, looked up by stamp.
pub(crate) trait Records {
    fn recorded(&self, stamp: &Stamp) -> Result<Option<Recorded>>;

    /// Those that were moved.
    fn moved(&self) -> Result<Vec<Recorded>>;
}

impl Records for BTreeMap<Stamp, Recorded> {
    fn recorded(&self, stamp: &Stamp) -> Result<Option<Recorded>> {
        Ok(self.get(stamp).cloned())
    }

    fn moved(&self) -> Result<Vec<Recorded>> {
        Ok(self.values().filter(|recorded| recorded.occurrence.moved_to.is_some()).cloned().collect())
    }
}

#[cfg(test)]
mod tests;
