//! What matters to the patient, as it was asked.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::govern::Who;
use crate::sensitive::Sensitive;
use crate::value::Decimal;

/// Something that may matter in choosing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Key.
    #[n(0)]
    pub key: String,
    /// Title, e.g. `not having a stroke`.
    #[n(1)]
    pub title: String,
}

/// How much an attribute matters, as a number the patient gave.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AttributeScore {
    /// Key of the attribute.
    #[n(0)]
    pub attribute: String,
    /// 0 to 100. Of swing weights the best swing has 100.
    #[n(1)]
    pub score: Decimal,
}

/// How much more one attribute matters than another.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Key of the one.
    #[n(0)]
    pub first: String,
    /// Key of the other.
    #[n(1)]
    pub second: String,
    /// How many times more the first matters, 1 to 9; below 1 if the second matters more.
    #[n(2)]
    pub times: Share,
}

/// A share of whole numbers, so that a third is a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Above the line.
    #[n(0)]
    pub of: u32,
    /// Below the line; 1 for a whole number.
    #[n(1)]
    pub by: u32,
}

/// Attributes shown together, of which the patient named the best and the worst.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct BestWorstSet {
    /// Keys of those shown.
    #[n(0)]
    pub shown: Vec<String>,
    /// Key of the one that matters most.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<String>,
    /// Key of the one that matters least.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst: Option<String>,
}

/// How the patient was asked, and the answers as given.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Elicitation {
    /// Each attribute rated on its own.
    #[n(0)]
    Ratings(#[n(0)] Vec<AttributeScore>),
    /// Swing weights: the best swing has 100, others relative to it.
    #[n(1)]
    Swing(#[n(0)] Vec<AttributeScore>),
    /// Pairs compared (analytic hierarchy process): each pair once.
    #[n(2)]
    Pairs(#[n(0)] Vec<Comparison>),
    /// Best and worst of sets (best–worst scaling, case 1).
    #[n(3)]
    BestWorst(#[n(0)] Vec<BestWorstSet>),
    /// In the patient's words alone.
    #[n(4)]
    Words,
}

/// How well an option does on an attribute, as the patient sees it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct OptionScore {
    /// Key of the option.
    #[n(0)]
    pub option: String,
    /// Key of the attribute.
    #[n(1)]
    pub attribute: String,
    /// 0 (worst) to 1 (best).
    #[n(2)]
    pub score: Decimal,
}

/// What matters to the patient: as it was asked, as it was answered.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// What may matter.
    #[cbor(n(0), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// How it was asked, and the answers.
    #[n(1)]
    pub elicitation: Elicitation,
    /// How well each option does on each attribute. Every option on every attribute, or none at all.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<OptionScore>,
    /// What matters most, in the patient's words.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Sensitive>,
    /// Who said it: the patient, or who decides for them.
    #[n(4)]
    pub said_by: Who,
}

/// How much an attribute weighs by what the patient said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeWeight {
    /// Key of the attribute.
    pub attribute: String,
    /// Of weights: 0 to 1, to six decimals. Of best–worst scaling: −1 to 1. None if the attribute was never shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Decimal>,
}

/// How an option does on what matters to the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionValue {
    /// Key of the option.
    pub option: String,
    /// The sum of weights times scores, 0 to 1, to six decimals.
    pub value: Decimal,
}

/// Whether comparisons of pairs fit each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consistency {
    /// Largest eigenvalue of the matrix, to six decimals.
    pub eigenvalue: Decimal,
    /// Consistency index, (λ − n) ÷ (n − 1).
    pub index: Decimal,
    /// Consistency ratio: the index divided by that of random answers. None for two attributes, which cannot disagree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Decimal>,
    /// Whether the ratio is 0.10 at most.
    pub acceptable: bool,
}

/// Whether a choice matches what matters to the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concordance {
    /// Share of the weight that lies on attributes where the chosen option is best, or among the best; 0 to 1.
    pub share: Decimal,
    /// Whether the chosen option has the lowest value of all, and another a higher one: a reason to ask gently, not a fault.
    pub lowest: bool,
}

/// A mirror of what the patient said. It says how options do on it, and recommends nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesMirror {
    /// Weights, in the order of the attributes; empty if the patient was asked for words alone.
    pub weights: Vec<AttributeWeight>,
    /// Values, in the order in which options were shown; empty if they were not scored, or weights do not add up.
    pub options: Vec<OptionValue>,
    /// Whether comparisons of pairs fit each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consistency: Option<Consistency>,
    /// Whether the choice matches; none before there is one, and where options have no values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concordance: Option<Concordance>,
}
