//! Who takes part in a decision, and who may decide.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{CapacityFinding, ParticipantRole};
use crate::govern::Who;
use crate::id::RecordId;
use crate::sensitive::Sensitive;
use crate::time::{Date, Instant, Period};

/// On what ground someone decides for a patient.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct ProxyAuthority {
    /// The ground, e.g. `durable power of attorney for health care`, with where it is kept.
    #[n(0)]
    pub ground: Sensitive,
    /// What it covers; none for every decision on health.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Sensitive>,
    /// When it holds.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The document, if the chart has it.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<RecordId>,
}

/// Someone who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// What for.
    #[n(0)]
    pub role: ParticipantRole,
    /// Who, if the store knows them.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// Who, by name, if the store does not.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive>,
    /// Of an interpreter: language, as BCP 47 writes it.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Of a proxy: on what ground.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<ProxyAuthority>,
    /// Of a clinician: whether they are independent of those who would carry the choice out.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independent: Option<bool>,
}

/// What was found of the patient's capacity to decide this.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// What was found.
    #[n(0)]
    pub finding: CapacityFinding,
    /// By whom.
    #[n(1)]
    pub by: Who,
    /// When.
    #[n(2)]
    pub on: Date,
    /// How, and who was there.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

/// A question or a concern.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Number within the decision, from 1.
    #[n(0)]
    pub number: u32,
    /// Who asked.
    #[n(1)]
    pub asked_by: Who,
    /// What.
    #[n(2)]
    pub text: Sensitive,
    /// When.
    #[n(3)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub asked: Instant,
    /// The answer; none while it is open.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who answered.
    #[n(0)]
    pub by: Who,
    /// What.
    #[n(1)]
    pub text: Sensitive,
    /// When.
    #[n(2)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub at: Instant,
}
