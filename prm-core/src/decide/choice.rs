//! The choice, what becomes of it, and who signed.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Channel, ChoiceStrength, DecisionRole, ImplementationStatus, RevisitTrigger, SignatureKind};
use crate::govern::Who;
use crate::id::RecordId;
use crate::sensitive::Sensitive;
use crate::time::{Date, Instant};

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Key of the option.
    #[n(0)]
    pub option: String,
    /// How firm it is.
    #[n(1)]
    pub strength: ChoiceStrength,
    /// Under which conditions, e.g. `unless the pain comes back`.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Sensitive>,
    /// Who made it: the patient, a proxy of the decision, or the clinician whom the patient asked to.
    #[n(3)]
    pub made_by: Who,
    /// How it was made between patient and clinician.
    #[n(4)]
    pub how: DecisionRole,
    /// Why, in the patient's words.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sensitive>,
}

/// What became of the choice.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Implementation {
    /// What.
    #[n(0)]
    pub status: ImplementationStatus,
    /// The day.
    #[n(1)]
    pub on: Date,
    /// Records of what was done: an order, a plan, an entry of the chart.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordId>,
    /// A remark.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

/// How it turned out, and whether the choice is regretted.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// The day it was asked.
    #[n(0)]
    pub on: Date,
    /// What came of it, in words.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Sensitive>,
    /// Whether the patient would choose the same again.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_again: Option<bool>,
}

/// When the decision is looked at again, and what would make it so earlier.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Revisit {
    /// The day.
    #[n(0)]
    pub on: Date,
    /// What else; at least that the patient asks.
    #[cbor(n(1), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<RevisitTrigger>,
}

/// A signature below the sheet of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// What it says.
    #[n(0)]
    pub kind: SignatureKind,
    /// Who signed.
    #[n(1)]
    pub by: Who,
    /// When.
    #[n(2)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub at: Instant,
    /// By which way.
    #[n(3)]
    pub channel: Channel,
    /// SHA-256 of the sheet as it is stored, hexadecimal.
    #[n(4)]
    pub digest: String,
}
