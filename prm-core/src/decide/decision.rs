//! The record of a shared decision.
//!
//! A [`Decision`] has a [`DecisionSheet`], which is what was said and chosen and which signatures seal, and a
//! [`FollowUp`], which is what came after.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{
    AidUse, Capacity, Channel, Choice, DecisionOption, DecisionRole, DecisionState, Evaluation, Implementation,
    KnowledgeAnswer, Participant, Preferences, QualityResult, Question, Revisit, RevisitTrigger, Signature,
};
use crate::govern::Who;
use crate::id::{DecisionId, PatientId, RecordId};
use crate::sensitive::Sensitive;
use crate::time::{Date, Instant};
use crate::value::Concept;

/// One step from a state to another, or a move that stays in it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct DecisionTransition {
    /// Name of the move, e.g. `present`.
    #[n(0)]
    pub step: String,
    /// The state after it.
    #[n(1)]
    pub to: DecisionState,
    /// Who.
    #[n(2)]
    pub actor: Who,
    /// When.
    #[n(3)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub at: Instant,
    /// By which way people spoke with each other.
    #[n(4)]
    pub channel: Channel,
}

/// What was said and chosen. Once it is signed, its bytes never change.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct DecisionSheet {
    /// What is decided, e.g. `Statin or not`; one line.
    #[n(0)]
    pub title: String,
    /// The same, coded.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Concept>,
    /// What made it a matter of preference.
    #[n(2)]
    pub trigger: Sensitive,
    /// The day it arose.
    #[n(3)]
    pub index_date: Date,
    /// Who takes part.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    /// What was found of the patient's capacity to decide this.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// The options.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<DecisionOption>,
    /// Keys of the options in the order in which they were shown; empty until they were.
    #[cbor(n(7), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<String>,
    /// Decision aids that were used.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aids: Vec<AidUse>,
    /// What the patient answered to questions of knowledge.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knowledge: Vec<KnowledgeAnswer>,
    /// What matters to the patient.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<Preferences>,
    /// Questions and concerns.
    #[cbor(n(11), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// Scores of decision quality taken before it was signed.
    #[cbor(n(12), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quality: Vec<QualityResult>,
    /// The role the patient wants.
    #[n(13)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_wanted: Option<DecisionRole>,
    /// The role the patient had, as they lived it.
    #[n(14)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_experienced: Option<DecisionRole>,
    /// Why the patient would rather not take part, in their words; there if they said so.
    #[n(15)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined: Option<Sensitive>,
    /// Why it was put off; there while it is.
    #[n(23)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferred: Option<Sensitive>,
    /// What was chosen.
    #[n(16)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// Elements that a rule of a payer asks to be on record, by key, e.g. `adherence-to-annual-screening`.
    #[cbor(n(17), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counselled: Vec<Counselling>,
    /// The consent to what follows, an object of its own. The record of a shared decision is not a consent.
    #[n(18)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<RecordId>,
    /// When it is looked at again.
    #[n(19)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revisit: Option<Revisit>,
    /// Every step up to the first signature.
    #[cbor(n(20), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DecisionTransition>,
    /// The record that this one takes the place of.
    #[n(21)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<DecisionId>,
    /// Why it takes its place.
    #[n(22)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces_because: Option<Sensitive>,
}

/// Something that was spoken about.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Counselling {
    /// Key of the element.
    #[n(0)]
    pub key: String,
    /// Who spoke with the patient.
    #[n(1)]
    pub by: Who,
    /// The day.
    #[n(2)]
    pub on: Date,
    /// A remark.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

/// What came after the sheet was signed, or closed without a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct FollowUp {
    /// What became of the choice; the latest last.
    #[cbor(n(0), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implementations: Vec<Implementation>,
    /// How it turned out; the latest last.
    #[cbor(n(1), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evaluations: Vec<Evaluation>,
    /// Scores of decision quality and regret taken since.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quality: Vec<QualityResult>,
    /// What made it worth looking at again.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<RevisitTrigger>,
    /// Every step since.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<DecisionTransition>,
    /// The record that took its place.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<DecisionId>,
}

/// A decision that a patient and a clinician share.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The patient.
    #[n(0)]
    pub patient: PatientId,
    /// How it stands.
    #[n(1)]
    pub state: DecisionState,
    /// What was said and chosen.
    #[n(2)]
    pub sheet: DecisionSheet,
    /// Signatures below it.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// What came after.
    #[n(4)]
    #[serde(default)]
    pub follow_up: FollowUp,
    /// Labels that keep it from some.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<crate::value::Coding>,
}

/// What a decision is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionOpening {
    /// What is decided; one line.
    pub title: String,
    /// The same, coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Concept>,
    /// What made it a matter of preference.
    pub trigger: Sensitive,
    /// The day it arose; the day of the call if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index_date: Option<Date>,
    /// Options that are known already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<DecisionOption>,
    /// Who takes part beside the patient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    /// By which way it was opened.
    pub channel: Channel,
    /// Labels that keep it from some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<crate::value::Coding>,
}
