//! A decision aid.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::decide::{Attribute, DecisionOption};
use crate::evidence::SourceRef;
use crate::id::DecisionAidId;
use crate::time::Date;
use crate::value::{Concept, Decimal};

crate::value::codes! {
    /// Whether an aid may be used (FHIR `publication-status`).
    AidStatus {
        /// It is being written.
        Draft = 1 "draft",
        /// It may be used.
        Active = 2 "active",
        /// It may not be used any more.
        Retired = 3 "retired",
    }
}

crate::value::codes! {
    /// How the page of an aid asks what matters.
    ValuesMethod {
        /// Each attribute is rated on its own, 0 to 100.
        Ratings = 1 "ratings",
        /// The best swing has 100, others relative to it.
        Swing = 2 "swing",
        /// In words alone.
        Words = 3 "words",
    }
}

/// One answer to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AidQuestionChoice {
    /// Key.
    #[n(0)]
    pub key: String,
    /// Text.
    #[n(1)]
    pub text: String,
}

/// A question of knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct AidQuestion {
    /// Key.
    #[n(0)]
    pub key: String,
    /// Text.
    #[n(1)]
    pub text: String,
    /// Answers to choose from; the page adds that one is not sure.
    #[n(2)]
    pub choices: Vec<AidQuestionChoice>,
    /// Key of the right one.
    #[n(3)]
    pub correct: String,
    /// Why it is right.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// What an aid on a test says besides (IPDASi 2.4.1 to 2.4.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct ScreeningFacts {
    /// What the test measures.
    #[n(0)]
    pub measures: String,
    /// What happens next if the condition is found.
    #[n(1)]
    pub if_found: String,
    /// What happens next if it is not.
    #[n(2)]
    pub if_not_found: String,
    /// What it means to find a condition that would never have caused harm.
    #[n(3)]
    pub overdiagnosis: String,
}

/// How an aid does on an item of the IPDASi checklist, version 4.0.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct IpdasRating {
    /// Number of the item, e.g. `2.1.1`.
    #[n(0)]
    pub item: String,
    /// Of a qualifying item 1 for yes and 0 for no; of any other 1 to 4.
    #[n(1)]
    pub rating: u8,
    /// On what ground.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A decision aid: data with a version. A change is a new version.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct DecisionAid {
    /// Name, the same in every version: 1 to 64 letters, digits, hyphens, underscores or dots.
    #[n(0)]
    pub name: String,
    /// Version.
    #[n(1)]
    pub version: String,
    /// Whether it may be used.
    #[n(2)]
    pub status: AidStatus,
    /// Title.
    #[n(3)]
    pub title: String,
    /// What it is about, coded.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Concept>,
    /// The health condition or problem, described.
    #[n(5)]
    pub condition: String,
    /// The decision, stated as a question.
    #[n(6)]
    pub question: String,
    /// The options.
    #[n(7)]
    pub options: Vec<DecisionOption>,
    /// What may matter in choosing.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// How it is asked.
    #[n(9)]
    pub method: ValuesMethod,
    /// Questions of knowledge.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<AidQuestion>,
    /// How uncertain its figures are, in words.
    #[n(11)]
    pub uncertainty: String,
    /// Key of the outcome whose risk without treatment may be replaced by that of the patient, if a risk result is supplied.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline_outcome: Option<String>,
    /// Of an aid on a test: what it says besides.
    #[n(13)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screening: Option<ScreeningFacts>,
    /// The day it was published.
    #[n(14)]
    pub published: Date,
    /// The day it expires.
    #[n(15)]
    pub expires: Date,
    /// How it is kept up to date.
    #[n(16)]
    pub update_policy: String,
    /// Who paid for it.
    #[n(17)]
    pub funder: String,
    /// Who wrote it.
    #[cbor(n(18), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Conflicts of interest of those who wrote it.
    #[n(19)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflicts_of_interest: Option<String>,
    /// What it rests on.
    #[n(20)]
    pub citations: Vec<SourceRef>,
    /// Language of its text, as BCP 47 writes it.
    #[n(21)]
    pub language: String,
    /// School grade that its text asks for, if that was measured.
    #[n(22)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_grade: Option<Decimal>,
    /// Terms under which it may be used.
    #[n(23)]
    pub licence: String,
    /// Address.
    #[n(24)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How it does by the IPDASi checklist, as people rated it.
    #[cbor(n(25), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipdas: Vec<IpdasRating>,
    /// The aid that it takes the place of.
    #[n(26)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<DecisionAidId>,
}
