//! Which decision aid was used in a decision, and what was answered.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::DecisionAidId;
use crate::time::{Date, Instant};

/// A decision aid that was used, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AidUse {
    /// The aid, if it is kept in the store.
    #[n(0)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aid: Option<DecisionAidId>,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its title.
    #[n(2)]
    pub title: String,
    /// Its version.
    #[n(3)]
    pub version: String,
    /// How it does by the IPDASi checklist, e.g. `qualifying 6/6, certifying 6/6`.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipdas: Option<String>,
    /// Terms under which it may be used.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The day it expires.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// When it was used.
    #[n(7)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub used: Instant,
    /// Keys of the options that the patient saw in it, in the order shown.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
}

/// What the patient answered to a question of knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct KnowledgeAnswer {
    /// Key of the question.
    #[n(0)]
    pub question: String,
    /// Key of the answer; none if the patient was not sure.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Whether it is right.
    #[n(2)]
    pub correct: bool,
}
