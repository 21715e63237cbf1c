//! What is to happen when: schedules.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::recur::Recurrence;
use super::span::{DayTime, Span};
use crate::id::{
    CarePlanId, CareTeamId, HolidayCalendarId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId,
    ScheduleId,
};
use crate::time::{CivilTime, Instant};
use crate::value::{Coding, Concept};

/// What times of event-anchored timing are counted from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// An event of the plan, by its id: enrolment, discharge, last menstrual period. Its time is kept in the plan, so
    /// that moving it moves every time counted from it.
    #[n(0)]
    Event(#[n(0)] RecordId),
    /// The patient's birthday of each year, from the one on or after the day the schedule begins. 29 February is 28
    /// February in other years.
    #[n(1)]
    Birthday,
    /// The last completion of this schedule; the day it begins for the first.
    #[n(2)]
    LastCompletion,
    /// Every completion of another schedule of the patient.
    #[n(3)]
    Completion(#[n(0)] ScheduleId),
}

/// Times counted from an event.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct EventTiming {
    /// The event.
    #[n(0)]
    pub anchor: Anchor,
    /// When the schedule begins; nothing is due before.
    #[n(1)]
    pub start: CivilTime,
    /// How long after the event (before it if negative) each step is; one at least, 500 at most.
    #[n(2)]
    pub steps: Vec<Span>,
    /// Further steps, each this long after the one before, the last of `steps` being the first.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Span>,
    /// How many steps there are in all; none without end if they repeat.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// When on its day a step is due.
    #[n(5)]
    #[serde(default)]
    pub at: DayTime,
    /// Number of the first step, by which it is known: above 0 where an earlier stretch of the schedule counted other
    /// steps from the same event, so that none of these is taken for one of those. Set by the library when a schedule is
    /// changed from an instant on.
    #[cbor(n(6), default)]
    #[serde(default, skip_serializing_if = "is_zero")]
    pub first: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl EventTiming {
    /// Steps that repeat without end are looked for as far as this.
    const FAR: u32 = 2_000_000;

    /// How many numbers its steps take, whatever their count is.
    pub(crate) fn numbers(&self) -> u32 {
        let listed = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        if self.repeat.is_some() { Self::FAR } else { listed }
    }
}

/// Something done as needed.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AsNeeded {
    /// From when on.
    #[n(0)]
    pub start: CivilTime,
    /// How long after one the next may be at the earliest.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_interval: Option<Span>,
    /// How many there may be in a period.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// The period that `most` is about, reaching back from each; a day if nothing is said.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Span>,
}

/// When something is to happen.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// By the clock and the calendar.
    #[n(0)]
    Clock(#[n(0)] Recurrence),
    /// Counted from an event.
    #[n(1)]
    Event(#[n(0)] EventTiming),
    /// As needed; it is never due.
    #[n(2)]
    AsNeeded(#[n(0)] AsNeeded),
}

/// Until when an occurrence may still be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// Until the next one of the schedule opens; without end if there is none.
    #[default]
    #[n(0)]
    NextOpens,
    /// So long after it stopped being due in time.
    #[n(1)]
    After(#[n(0)] Span),
    /// Without end.
    #[n(2)]
    Never,
}

/// The window around the time of an occurrence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Window {
    /// How long before it is due it may be done.
    #[cbor(n(0), default)]
    pub opens: Span,
    /// How long it lasts, from when it is due. Of whole days and parts of a day it is their length if nothing is said.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lasts: Option<Span>,
    /// How long after that it still counts as in time.
    #[cbor(n(2), default)]
    pub grace: Span,
    /// Until when it may be done at all; then it is missed.
    #[cbor(n(3), default)]
    pub expires: Expiry,
}

/// A stretch of a schedule with one timing. A schedule that was changed "from here on" has several.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// From when on it holds; none for the first. It holds until the next begins, by the times of occurrences before
    /// they are moved.
    #[n(0)]
    #[cbor(with = "crate::time::cbor_instant_option")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Instant>,
    /// When it is to happen.
    #[n(1)]
    pub timing: Timing,
    /// The window around each time.
    #[cbor(n(2), default)]
    #[serde(default)]
    pub window: Window,
}

crate::value::codes! {
    /// Whether a schedule holds.
    ScheduleStatus {
        /// It holds.
        Active = 1 "active",
        /// It ended as planned: nothing further is due.
        Completed = 2 "completed",
        /// It was ended before its time: nothing further is due.
        Revoked = 3 "revoked",
    }
}

/// The team or clinic that sees to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// A care team.
    #[n(0)]
    CareTeam(#[n(0)] CareTeamId),
    /// An organisation: a clinic, a department.
    #[n(1)]
    Organisation(#[n(0)] OrganisationId),
}

/// The person who is to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// The patient of the schedule.
    #[n(0)]
    Patient,
    /// A practitioner.
    #[n(1)]
    Practitioner(#[n(0)] PractitionerId),
    /// Someone related to the patient.
    #[n(2)]
    RelatedPerson(#[n(0)] RelatedPersonId),
}

/// What an outcome is to state.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What is measured.
    #[n(0)]
    pub code: Concept,
    /// The unit, as a code of UCUM; none for what is not an amount.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Whether an outcome that does not state it is partly done.
    #[cbor(n(2), default)]
    #[serde(default)]
    pub required: bool,
}

/// What is to happen when, for one patient.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// For whom.
    #[n(0)]
    pub patient: PatientId,
    /// The plan it belongs to.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<CarePlanId>,
    /// Key of the activity of the plan.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Whether it holds.
    #[n(3)]
    pub status: ScheduleStatus,
    /// One line for lists, 1 to 200 characters; nothing that tells who the patient is.
    #[n(4)]
    pub title: String,
    /// What is done.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Concept>,
    /// Its stretches, in order of time; one at least. The first has no beginning of its own.
    #[n(6)]
    pub phases: Vec<Phase>,
    /// Zone of floating times of a patient whose own is not known, e.g. `America/New_York`.
    #[n(7)]
    pub zone: String,
    /// Holidays that business days pass over; weekends alone if none is named.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<HolidayCalendarId>,
    /// The team or clinic on whose list it stands; on the patient's alone if none is named.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// Who is to do it.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// The role that does it, e.g. `nurse`; lists are filtered by it.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What an outcome is to state.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Schedules of the patient of which one occurrence must be done before any of this one is due; 20 at most.
    #[n(13)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<ScheduleId>,
    /// How long before an occurrence is due to remind of it; 10 at most.
    #[n(14)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Span>,
    /// Security labels (v3 Confidentiality and ActCode).
    #[n(15)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
    /// From when on nothing is due; set when the status says that it does not hold any more, if nothing is said.
    #[n(16)]
    #[cbor(with = "crate::time::cbor_instant_option")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Instant>,
}

/// What happens to outcomes of occurrences that a changed schedule does not plan any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeChoice {
    /// They stay, and their occurrences are shown as unplanned.
    Keep,
    /// They are taken back; their history stays.
    TakeBack,
}

impl Schedule {
    /// A schedule of which nothing else is said.
    pub fn of(patient: PatientId, title: impl Into<String>, zone: impl Into<String>, timing: Timing) -> Self {
        Schedule {
            patient,
            plan: None,
            activity: None,
            status: ScheduleStatus::Active,
            title: title.into(),
            code: None,
            phases: vec![Phase { from: None, timing, window: Window::default() }],
            zone: zone.into(),
            holidays: None,
            pool: None,
            assignee: None,
            role: None,
            measures: Vec::new(),
            prerequisites: Vec::new(),
            reminders: Vec::new(),
            labels: Vec::new(),
            ended: None,
        }
    }
}
