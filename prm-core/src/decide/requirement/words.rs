//! A requirement.

use serde::{Deserialize, Serialize};

use crate::time::Date;
use crate::value::Decimal;

crate::value::codes! {
    /// What kind of body asks.
    Issuer {
        /// It pays, and does not pay without.
        Payer = 1 "payer",
        /// It recommends.
        Guideline = 2 "guideline",
    }
}

crate::value::codes! {
    /// What shows that an element is met.
    ElementKind {
        /// Options were presented, on a day that is not after the order.
        BeforeOrder = 1 "before-order",
        /// Whether the patient is eligible was determined: by a row of counselling with its key, or by facts that decide it.
        Eligibility = 2 "eligibility",
        /// A decision aid was used.
        DecisionAid = 3 "decision-aid",
        /// A row of counselling has its key.
        Counselling = 4 "counselling",
        /// A clinician takes part who is independent of those who would carry the choice out.
        IndependentClinician = 5 "independent-clinician",
    }
}

/// Something that has to be on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementElement {
    /// Key, which a row of counselling names.
    pub key: String,
    /// What, in our words.
    pub title: String,
    /// What shows that it is met.
    pub kind: ElementKind,
}

/// How a criterion is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum CriterionRule {
    /// Age in whole years, both ends counted.
    Age {
        /// Lowest.
        low: u32,
        /// Highest.
        high: u32,
    },
    /// Pack-years, at least.
    PackYears {
        /// So many.
        least: Decimal,
    },
    /// Smokes, or quit so many years ago at most.
    SmokesOrQuitWithin {
        /// Years.
        years: Decimal,
    },
    /// Has no sign or symptom of what is looked for.
    Asymptomatic,
    /// Either score of the risk of stroke in atrial fibrillation, at least.
    StrokeScore {
        /// CHADS2.
        chads2: u32,
        /// CHA2DS2-VASc.
        cha2ds2_vasc: u32,
    },
    /// Can take warfarin for a short time.
    ShortTermWarfarin,
    /// Cannot take an anticoagulant by mouth for long.
    NoLongTermAnticoagulant,
    /// The device is to prevent a first arrest or arrhythmia.
    PrimaryPrevention,
    /// It is the first device.
    FirstDevice,
}

/// Something that has to hold of the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Key.
    pub key: String,
    /// What, in our words.
    pub title: String,
    /// How it is decided.
    pub rule: CriterionRule,
}

/// A requirement. A change of the rule is a new version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Id, e.g. `cms-ncd-210.14`.
    pub id: String,
    /// Version: the day of the rule it follows.
    pub version: Date,
    /// Title.
    pub title: String,
    /// What kind of body asks.
    pub issuer: Issuer,
    /// What it is about, e.g. `lung-cancer-screening`; a payer and a guideline may differ on one topic.
    pub topic: String,
    /// As one cites it.
    pub citation: String,
    /// Address.
    pub url: String,
    /// Who it is for: all of them.
    pub criteria: Vec<Criterion>,
    /// What has to be on record: all of them.
    pub elements: Vec<RequirementElement>,
    /// What it asks for besides, which no record of a decision can show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
