//! Occurrences: which they are, what was recorded of them, and how they stand.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::recur::ClockStamp;
use super::schedule::{Assignee, Pool};
use crate::chart::Component;
use crate::govern::Who;
use crate::id::{CarePauseId, CarePlanId, EntryId, OccurrenceId, PatientId, RecordId, ScheduleId};
use crate::sensitive::Sensitive;
use crate::time::{Instant, When};
use crate::value::Concept;

/// Which occurrence of its schedule it is. It stays the same when the occurrence is moved, when an event it is counted
/// from turns out to have been on another day, and when the rules of a time zone change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stamp {
    /// By the clock: the civil time that the unmodified rule says.
    #[n(0)]
    Clock(#[n(0)] ClockStamp),
    /// Counted from an event.
    #[n(1)]
    Event {
        /// The event, or the record that it is the completion of; the patient for birthdays.
        #[n(0)]
        anchor: RecordId,
        /// The step, from 0; the year for birthdays.
        #[n(1)]
        step: u32,
    },
    /// As needed: its own id.
    #[n(2)]
    AsNeeded(#[n(0)] OccurrenceId),
}

crate::value::codes! {
    /// What came of an occurrence.
    OutcomeStatus {
        /// It was done.
        Done = 1 "done",
        /// It was done in part.
        Partly = 2 "partly",
        /// It was left out on purpose; a reason is stated.
        Skipped = 3 "skipped",
        /// It was called off; a reason is stated.
        Cancelled = 4 "cancelled",
    }
}

/// What came of an occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What became of it.
    #[n(0)]
    pub status: OutcomeStatus,
    /// When it was done; the instant of recording if nothing is said.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Why it was skipped or called off.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Concept>,
    /// What was found, each part with its code: systolic and diastolic pressure are two.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Component>,
    /// Who did it, if not the one who records it.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Who>,
    /// For whom they acted, if not for themselves.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PatientId>,
    /// Entries of the chart that it led to, or that show it.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryId>,
    /// A remark.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

impl Outcome {
    /// An outcome of which nothing else is said.
    pub fn new(status: OutcomeStatus) -> Self {
        Outcome {
            status,
            when: None,
            reason: None,
            values: Vec::new(),
            by: None,
            on_behalf_of: None,
            entries: Vec::new(),
            note: None,
        }
    }
}

/// What is recorded of one occurrence. Its id follows from schedule and stamp.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Occurrence {
    /// The schedule.
    #[n(0)]
    pub schedule: ScheduleId,
    /// Which occurrence of it.
    #[n(1)]
    pub stamp: Stamp,
    /// When it is to take place instead, if it was moved.
    #[n(2)]
    #[cbor(with = "crate::time::cbor_instant_option")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<Instant>,
    /// What came of it; none after an undo.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// How an occurrence stands at an instant. It is computed, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccurrenceState {
    /// It may not be done yet, or waits for a prerequisite.
    Upcoming,
    /// It may be done, and is not due yet.
    Open,
    /// It is due now.
    Due,
    /// It is late and may still be done.
    Overdue,
    /// It was not done, and may not be done any more.
    Missed,
    /// It was done.
    Done,
    /// It was done in part.
    Partly,
    /// It was left out on purpose.
    Skipped,
    /// It was called off, or its schedule was ended before it.
    Cancelled,
    /// It falls in a pause.
    Paused,
}

/// An occurrence as a read returns it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccurrenceView {
    /// The patient.
    pub patient: PatientId,
    /// The schedule.
    pub schedule: ScheduleId,
    /// Which occurrence of it.
    pub stamp: Stamp,
    /// The plan the schedule belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<CarePlanId>,
    /// Key of the activity of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Title of the schedule.
    pub title: String,
    /// How it stands.
    pub state: OccurrenceState,
    /// From when on it may be done.
    pub opens: Instant,
    /// When it is due.
    pub due: Instant,
    /// Until when it is in time: the end of how long it lasts, and grace.
    pub until: Instant,
    /// From when on it may not be done any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Instant>,
    /// When it was due before it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<Instant>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// When what came of it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Instant>,
    /// Version of what is recorded of it; 0 if nothing is.
    pub version: u32,
    /// Whether its schedule does not plan it any more and it is there because something was recorded of it.
    pub unplanned: bool,
    /// The pause that it falls in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<CarePauseId>,
    /// The team or clinic on whose list it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// Who is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// The role that does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}
