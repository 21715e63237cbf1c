//! What reads of schedules and of what is due return.

use serde::{Deserialize, Serialize};

use super::{Assignee, CarePause, HolidayCalendar, Occurrence, OccurrenceState, OccurrenceView, Pool, Schedule, Stamp};
use crate::id::{
    CarePauseId, CareTeamId, HolidayCalendarId, OccurrenceId, OrganisationId, PatientId, PractitionerId,
    RelatedPersonId, ScheduleId,
};
use crate::sensitive::Sensitive;
use crate::time::Instant;
use crate::value::views;

views! {
    /// A schedule as it was read.
    ScheduleView { ScheduleId, schedule: Schedule },
    /// What was recorded of an occurrence as it was read.
    OccurrenceRecordView { OccurrenceId, occurrence: Occurrence },
    /// A pause of care as it was read.
    CarePauseView { CarePauseId, care_pause: CarePause },
    /// A calendar of holidays as it was read.
    HolidayCalendarView { HolidayCalendarId, holiday_calendar: HolidayCalendar },
}

/// Whose list of what is due it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueOwner {
    /// That of a care team.
    CareTeam(CareTeamId),
    /// That of an organisation.
    Organisation(OrganisationId),
    /// That of a practitioner: what is assigned to them.
    Practitioner(PractitionerId),
    /// That of someone related to a patient: what is assigned to them.
    RelatedPerson(RelatedPersonId),
}

impl From<Pool> for DueOwner {
    fn from(pool: Pool) -> Self {
        match pool {
            Pool::CareTeam(id) => DueOwner::CareTeam(id),
            Pool::Organisation(id) => DueOwner::Organisation(id),
        }
    }
}

/// Which part of a list of what is due to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueQuery {
    /// Whose list.
    pub owner: DueOwner,
    /// What is due before this instant; what is late is always there.
    pub until: Instant,
    /// Of one of these roles; of any or none if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// Something that is due: an occurrence that may be done now or later, of which nothing is recorded yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueItem {
    /// The patient.
    pub patient: PatientId,
    /// The patient's name, to show.
    pub name: Sensitive,
    /// The schedule.
    pub schedule: ScheduleId,
    /// Which occurrence of it.
    pub stamp: Stamp,
    /// Title of the schedule.
    pub title: String,
    /// How it stands: upcoming, open, due or overdue.
    pub state: OccurrenceState,
    /// From when on it may be done.
    pub opens: Instant,
    /// When it is due.
    pub due: Instant,
    /// Until when it is in time.
    pub until: Instant,
    /// From when on it is missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Instant>,
    /// Whether it was moved.
    pub moved: bool,
    /// Who is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// The role that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// Occurrences of a time that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccurrenceList {
    /// The occurrences, in order of when they are due.
    pub occurrences: Vec<OccurrenceView>,
    /// Whether there are more than were asked for.
    pub cut_off: bool,
}

/// What may be said of something done as needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsNeededView {
    /// From when on the next may be; none if there is nothing to wait for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Instant>,
    /// How many there were in the period that reaches back from now.
    pub in_period: u32,
    /// How many there may be in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// When the last was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Instant>,
}

/// What the nightly advance did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvanceReport {
    /// Schedules that were moved on to what is next.
    pub moved: u64,
    /// Schedules of which what is next could not be found, each with the reason.
    pub problems: Vec<String>,
}
