//! Goals of one patient.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Basis, GoalStatus};
use crate::engage::Span;
use crate::govern::Who;
use crate::id::{CarePlanId, EntryId, PatientId};
use crate::sensitive::Sensitive;
use crate::time::Date;
use crate::value::{Coding, Quantity};

/// One end of what a target allows.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// The amount, without a comparator.
    #[n(0)]
    pub value: Quantity,
    /// Whether the amount itself does not reach the target: "below 140" rather than "140 at most".
    #[cbor(n(1), default)]
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
}

/// What a goal aims at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct GoalTarget {
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
    /// The day by which it is to be reached; none for what is to hold all the time.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// How long a value says how things stand; without end if nothing is said.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale_after: Option<Span>,
}

/// A goal of one patient (FHIR `Goal`). Whether it is reached is not kept in it: it is assessed from what was measured.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The patient.
    #[n(0)]
    pub patient: PatientId,
    /// The plan it belongs to.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<CarePlanId>,
    /// Key within the plan.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The goal in words. It says so if its basis was not verified.
    #[n(3)]
    pub description: Sensitive,
    /// How it stands (FHIR `Goal.lifecycleStatus`).
    #[n(4)]
    pub status: GoalStatus,
    /// What it aims at; all of them are to be reached.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<GoalTarget>,
    /// The day it begins.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Whose goal it is.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressed_by: Option<Who>,
    /// Entries of the chart that it addresses.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryId>,
    /// Why it is there; none for what someone added by hand.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// A remark.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
    /// Security labels (v3 Confidentiality and ActCode).
    #[cbor(n(11), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
}

impl Goal {
    /// A proposed goal of which nothing else is said.
    pub fn of(patient: PatientId, description: impl Into<Sensitive>) -> Self {
        Goal {
            patient,
            plan: None,
            key: None,
            description: description.into(),
            status: GoalStatus::Proposed,
            targets: Vec::new(),
            start: None,
            expressed_by: None,
            entries: Vec::new(),
            basis: None,
            note: None,
            labels: Vec::new(),
        }
    }
}
