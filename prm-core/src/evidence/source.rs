//! A source of evidence: what it is, what it found, how sure that is, and how far it was checked.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Certainty, CertaintyReason, EffectMeasure, HorizonUnit, SourceKind, SourceStatus};
use crate::id::EvidenceSourceId;
use crate::sensitive::Sensitive;
use crate::time::{Date, PartialDate};
use crate::value::{Concept, Decimal};

/// A time over which something happens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Horizon {
    /// How many; 1 to 1,000.
    #[n(0)]
    pub count: u32,
    /// Of what.
    #[n(1)]
    pub unit: HorizonUnit,
}

/// A confidence interval.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Lower end.
    #[n(0)]
    pub low: Decimal,
    /// Upper end.
    #[n(1)]
    pub high: Decimal,
    /// Level in percent; none for 95.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Decimal>,
}

/// How many of how many people something happens to, over a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AbsoluteRisk {
    /// How many, 0 to the denominator. An estimate may have decimals.
    #[n(0)]
    pub numerator: Decimal,
    /// Of how many; 1 to 1,000,000.
    #[n(1)]
    pub denominator: u32,
    /// Over which time.
    #[n(2)]
    pub horizon: Horizon,
    /// Interval around the numerator, of the same denominator.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Of whom this is said: the reference class, e.g. `people like you`.
    #[n(4)]
    pub population: String,
}

/// A question by its parts: in whom, what, against what, to what end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Pico {
    /// Population.
    #[n(0)]
    pub population: String,
    /// Intervention.
    #[n(1)]
    pub intervention: String,
    /// Comparison.
    #[n(2)]
    pub comparison: String,
    /// Outcome.
    #[n(3)]
    pub outcome: String,
}

/// Where a figure was read: the sentence itself, so that anybody can compare.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The sentence as it stands there; 25 words at most.
    #[n(0)]
    pub words: String,
    /// Address.
    #[n(1)]
    pub url: String,
    /// The day it was read there.
    #[n(2)]
    pub on: Date,
}

/// One finding of a source. Numbers are facts; no text of the source is kept.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Key within the source: 1 to 64 letters, digits, hyphens, underscores or dots.
    #[n(0)]
    pub key: String,
    /// The question it answers.
    #[n(1)]
    pub pico: Pico,
    /// What it is stated as.
    #[n(2)]
    pub measure: EffectMeasure,
    /// The estimate. Of a risk difference it is a share: `-0.03` for three fewer of 100.
    #[n(3)]
    pub estimate: Decimal,
    /// Its interval.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// Risk of those who were not treated.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<AbsoluteRisk>,
    /// How sure it is.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// Why it is not surer, or surer.
    #[cbor(n(7), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<CertaintyReason>,
    /// Where the figure was read. Without it the figure is an example that nobody verified.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A source of evidence: data about a work, and its findings as facts.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSource {
    /// Title, one line.
    #[n(0)]
    pub title: String,
    /// What kind of work it is.
    #[n(1)]
    pub kind: SourceKind,
    /// Whether it may still be leaned on.
    #[n(2)]
    pub status: SourceStatus,
    /// As one cites it.
    #[n(3)]
    pub citation: String,
    /// DOI without a prefix, e.g. `10.1002/14651858.CD004816.pub5`.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Address.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Version, e.g. `pub5`.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// When it was published.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// When it was last searched for studies.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searched: Option<PartialDate>,
    /// What it is about.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Concept>,
    /// What it found.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
    /// Conflicts of interest that its authors declare; none if nobody looked.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflicts_of_interest: Option<String>,
    /// Who paid for it.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    /// Terms under which its text may be used. No text of it is kept either way.
    #[n(13)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The day its facts were taken from it.
    #[n(14)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<Date>,
    /// Who compared them with it.
    #[n(15)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_by: Option<Sensitive>,
    /// The day they were compared.
    #[n(16)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<Date>,
    /// What took its place.
    #[n(17)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<EvidenceSourceId>,
    /// A remark.
    #[n(18)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a statement rests on: a source of the registry, or one as it is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct SourceRef {
    /// The source, if it is kept in the store.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<EvidenceSourceId>,
    /// Key of the finding within it.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    /// The source as one cites it.
    #[n(2)]
    pub citation: String,
    /// DOI without a prefix.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Address.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was last searched for studies, or else published.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// Conflicts of interest of the source.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflicts_of_interest: Option<String>,
    /// Where the figure was read. Without it the figure is an example that nobody verified.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

impl EvidenceSource {
    /// A source of which nothing is known but its title and kind.
    pub fn of(title: impl Into<String>, kind: SourceKind) -> Self {
        let title = title.into();
        EvidenceSource {
            citation: title.clone(),
            title,
            kind,
            status: SourceStatus::Active,
            doi: None,
            url: None,
            version: None,
            published: None,
            searched: None,
            topics: Vec::new(),
            effects: Vec::new(),
            conflicts_of_interest: None,
            funder: None,
            licence: None,
            retrieved: None,
            checked_by: None,
            checked: None,
            superseded_by: None,
            note: None,
        }
    }
}
