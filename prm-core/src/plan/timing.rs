//! When the activities of a template are due, before it is known for whom.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::engage::{DayTime, Span};

/// Times by a rule of RFC 5545.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct RuleTiming {
    /// The rule, e.g. `FREQ=WEEKLY;BYDAY=MO,TH`.
    #[n(0)]
    pub rrule: String,
    /// Key of the event that the rule begins at; none for the start of the plan.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// How long after that the rule begins (before it if negative); without business days.
    #[n(2)]
    pub offset: Span,
    /// When on its day it is due.
    #[n(3)]
    pub at: DayTime,
}

/// Steps counted from an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct StepTiming {
    /// Key of the event.
    #[n(0)]
    pub event: String,
    /// How long after the event (before it if negative) each step is; one at least, 500 at most.
    #[n(1)]
    pub steps: Vec<Span>,
    /// Further steps, each this long after the one before.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Span>,
    /// How many steps there are in all.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// When on its day a step is due.
    #[n(4)]
    pub at: DayTime,
    /// Whether steps before the start of the plan are due too: a call after discharge is, although the plan was made
    /// the day after; the visits of the first weeks are not, if a pregnancy is first seen in the twentieth.
    #[cbor(n(5), default)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub past: bool,
}

/// Once a year, by the patient's birthday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct BirthdayTiming {
    /// How long after the birthday (before it if negative).
    #[n(0)]
    pub offset: Span,
    /// When on its day it is due.
    #[n(1)]
    pub at: DayTime,
}

/// So long after it was last done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct CompletionTiming {
    /// How long after the last completion; of the first one, after the start of the plan.
    #[n(0)]
    pub every: Span,
    /// When on its day it is due.
    #[n(1)]
    pub at: DayTime,
}

/// So long after each time another activity was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct FollowTiming {
    /// Key of the other activity.
    #[n(0)]
    pub activity: String,
    /// How long after it.
    #[n(1)]
    pub after: Span,
    /// When on its day it is due.
    #[n(2)]
    pub at: DayTime,
}

/// As needed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct AsNeededTiming {
    /// How long after one the next may be at the earliest.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_interval: Option<Span>,
    /// How many there may be in a period.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// The period that `most` is about; a day if nothing is said.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Span>,
}

/// When an activity of a template is due.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateTiming {
    /// By a rule of the clock and the calendar.
    #[n(0)]
    Rule(#[n(0)] RuleTiming),
    /// In steps counted from an event.
    #[n(1)]
    Steps(#[n(0)] StepTiming),
    /// Once a year, by the birthday.
    #[n(2)]
    Birthday(#[n(0)] BirthdayTiming),
    /// So long after it was last done.
    #[n(3)]
    AfterCompletion(#[n(0)] CompletionTiming),
    /// So long after each time another activity was done.
    #[n(4)]
    AfterActivity(#[n(0)] FollowTiming),
    /// As needed.
    #[n(5)]
    AsNeeded(#[n(0)] AsNeededTiming),
}

impl Default for TemplateTiming {
    fn default() -> Self {
        TemplateTiming::AsNeeded(AsNeededTiming::default())
    }
}
