//! Templates of care plans: data with a version and a source.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Basis, Bound, PathwayState, TemplateSource, TemplateTiming};
use crate::engage::{Measure, Span, Window};
use crate::id::CareTemplateId;
use crate::value::{Coding, Concept};

crate::value::codes! {
    /// Whether a template may be used.
    TemplateStatus {
        /// It is being written.
        Draft = 1 "draft",
        /// It may be used.
        Active = 2 "active",
        /// It may not be used for new plans any more.
        Retired = 3 "retired",
    }
}

#[allow(clippy::derivable_impls, reason = "the enumeration is made by a macro, which derives no default")]
impl Default for TemplateStatus {
    fn default() -> Self {
        TemplateStatus::Draft
    }
}

crate::value::codes! {
    /// What kind of thing an activity is.
    ActivityCategory {
        /// The patient and a clinician meet, on site or by video.
        Visit = 1 "visit",
        /// Someone of the team calls the patient.
        Call = 2 "call",
        /// Something is measured.
        Measurement = 3 "measurement",
        /// A sample goes to a laboratory.
        Laboratory = 4 "laboratory",
        /// Questions are answered.
        Questionnaire = 5 "questionnaire",
        /// The body is examined.
        Examination = 6 "examination",
        /// A medicine is taken or given.
        Medication = 7 "medication",
        /// Something is taught.
        Education = 8 "education",
        /// The patient is sent to someone else.
        Referral = 9 "referral",
        /// The team looks at what there is, without the patient.
        Review = 10 "review",
    }
}

/// Who carries out an activity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Performer {
    /// Someone of the team, in the role of the activity.
    #[default]
    #[n(0)]
    Team,
    /// The patient.
    #[n(1)]
    Patient,
    /// Someone related to the patient, in the role of the activity.
    #[n(2)]
    RelatedPerson,
}

/// Something that happens to the patient and that times are counted from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateEvent {
    /// Key within the template, e.g. `discharge`.
    #[n(0)]
    pub key: String,
    /// Title.
    #[n(1)]
    pub title: String,
    /// Whether no plan can be made without it. Without one that is not required, what is counted from it waits.
    #[cbor(n(2), default)]
    pub required: bool,
}

/// A problem that plans of the template address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateProblem {
    /// Key within the template.
    #[n(0)]
    pub key: String,
    /// The problem.
    #[n(1)]
    pub code: Concept,
    /// Why it is there.
    #[n(2)]
    pub basis: Basis,
}

/// What a goal of a template aims at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateTarget {
    /// What is measured.
    #[n(0)]
    pub measure: Coding,
    /// The least it may be.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// The most it may be.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
    /// How long after the start of the plan it is to be reached.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Span>,
    /// How long a value says how things stand; without end if nothing is said.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale_after: Option<Span>,
}

/// A goal of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateGoal {
    /// Key within the template.
    #[n(0)]
    pub key: String,
    /// The goal in words.
    #[n(1)]
    pub description: String,
    /// What it aims at; all of them are to be reached.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TemplateTarget>,
    /// Why it is there.
    #[n(3)]
    pub basis: Basis,
}

/// An activity of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateActivity {
    /// Key within the template.
    #[n(0)]
    pub key: String,
    /// One line for lists, 1 to 180 characters.
    #[n(1)]
    pub title: String,
    /// What is done.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Concept>,
    /// What kind of thing it is.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<ActivityCategory>,
    /// The role that sees to it, e.g. `nurse`.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who carries it out.
    #[cbor(n(5), default)]
    pub performer: Performer,
    /// When it is due.
    #[n(6)]
    pub timing: TemplateTiming,
    /// The window around each time.
    #[cbor(n(7), default)]
    pub window: Window,
    /// What an outcome is to state.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Keys of activities of which one must be done before this one is due.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<String>,
    /// How long before it is due to remind of it; 10 at most.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Span>,
    /// Keys of the goals it serves.
    #[cbor(n(11), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// Keys of the states of the pathway in which it holds; all if none is named.
    #[cbor(n(12), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Whether someone must be named who sees at once to an answer that shows danger, such as thoughts of self-harm in
    /// a questionnaire. Without one no plan can be made.
    #[cbor(n(13), default)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub needs_responder: bool,
    /// Why it is there.
    #[n(14)]
    pub basis: Basis,
}

/// A template of care plans. A new version is a new template that supersedes the one before; plans stay with theirs
/// until someone upgrades them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct CareTemplate {
    /// Name for programs, the same in all versions, e.g. `hypertension`.
    #[n(0)]
    pub name: String,
    /// Title.
    #[n(1)]
    pub title: String,
    /// Version, e.g. `2026.1`.
    #[n(2)]
    pub version: String,
    /// Whether it may be used.
    #[n(3)]
    pub status: TemplateStatus,
    /// Where it is from.
    #[n(4)]
    pub source: TemplateSource,
    /// Conditions it is for.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Concept>,
    /// Events that times are counted from.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<TemplateEvent>,
    /// Problems it addresses.
    #[cbor(n(7), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<TemplateProblem>,
    /// Goals.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<TemplateGoal>,
    /// Activities.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<TemplateActivity>,
    /// States of the pathway, the one it begins in first; none if it has no pathway.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<PathwayState>,
    /// The template that it takes the place of.
    #[n(11)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<CareTemplateId>,
}
