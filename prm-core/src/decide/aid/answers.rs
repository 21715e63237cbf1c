//! What comes back from a page made of an aid.

use serde::{Deserialize, Serialize};

use crate::decide::{AttributeScore, DecisionRole, OptionScore};
use crate::sensitive::Sensitive;

/// An answer to a question of knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidAnswer {
    /// Key of the question.
    pub question: String,
    /// Key of the answer; none if the patient is not sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// What the patient answered on the page of an aid. The page gives it as JSON with these names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AidAnswers {
    /// Name of the aid.
    pub aid: String,
    /// Its version.
    pub version: String,
    /// Keys of the options in the order in which the page had them.
    pub order: Vec<String>,
    /// Keys of those that the patient looked at.
    pub seen: Vec<String>,
    /// How much each attribute matters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<AttributeScore>,
    /// How well each option does on each attribute.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<OptionScore>,
    /// What matters most, in the patient's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Sensitive>,
    /// Answers to questions of knowledge.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub knowledge: Vec<AidAnswer>,
    /// Questions and concerns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Sensitive>,
    /// The role the patient wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_wanted: Option<DecisionRole>,
    /// Key of the option that the patient leans to; none if they do not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaning: Option<String>,
}
