//! The options of a decision and what each does to people.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Availability, OutcomeKind};
use crate::evidence::{AbsoluteRisk, Certainty, CertaintyReason, EffectMeasure, Interval, SourceRef};
use crate::value::{Concept, Decimal};

/// One thing said both ways round: of those it happens to, and of those it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Frames {
    /// Of those it happens to, e.g. `have a heart attack or stroke`.
    #[n(0)]
    pub happens: String,
    /// Of those it does not happen to, e.g. `have neither`.
    #[n(1)]
    pub spared: String,
}

/// A relative effect. It is never shown without the absolute risks.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct RelativeEffect {
    /// What it is stated as.
    #[n(0)]
    pub measure: EffectMeasure,
    /// The estimate.
    #[n(1)]
    pub estimate: Decimal,
    /// Its interval.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
}

/// What an option does: one outcome, how often, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct OptionOutcome {
    /// Key of the outcome. The same outcome has the same key in every option.
    #[n(0)]
    pub key: String,
    /// What it is, e.g. `heart attack or stroke`.
    #[n(1)]
    pub title: String,
    /// What it means to those who live it.
    #[n(2)]
    pub kind: OutcomeKind,
    /// Whether it matters to patients themselves, and not only as a measurement.
    #[n(3)]
    #[serde(default)]
    pub important: bool,
    /// Both ways round.
    #[n(4)]
    pub frames: Frames,
    /// To how many it happens with this option; none if that is not known or it is no matter of chance.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<AbsoluteRisk>,
    /// The effect relative to the option that leaves things as they are.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative: Option<RelativeEffect>,
    /// Where the risk without treatment is from: a score, a registry, a trial.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_source: Option<String>,
    /// How sure it is.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// Why it is not surer, or surer.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<CertaintyReason>,
    /// What it rests on.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceRef>,
    /// Why it is said, where no source says it.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
}

/// One option of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct DecisionOption {
    /// Key within the decision: 1 to 64 letters, digits, hyphens, underscores or dots.
    #[n(0)]
    pub key: String,
    /// Title, one line.
    #[n(1)]
    pub title: String,
    /// What it is and what it is like.
    #[n(2)]
    pub description: String,
    /// Whether it leaves things as they are: no active treatment, watchful waiting, nothing now.
    #[n(3)]
    #[serde(default)]
    pub status_quo: bool,
    /// Code of what would be done.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Concept>,
    /// Whether it can be had.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
    /// What it costs the patient, in words.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// What it is like to live with it (IPDASi 1.2.1).
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub experience: Option<String>,
    /// What it does.
    #[cbor(n(7), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OptionOutcome>,
}

impl OptionOutcome {
    /// Whether it is said both ways round.
    pub fn in_both_frames(&self) -> bool {
        !self.frames.happens.trim().is_empty() && !self.frames.spared.trim().is_empty()
    }
}
