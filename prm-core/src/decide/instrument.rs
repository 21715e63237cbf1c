//! Measures of decision quality: scores alone. Texts of items belong to those who own them, and are loaded by the site.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::time::Date;
use crate::value::Decimal;

crate::value::codes! {
    /// A measure of decision quality.
    Instrument {
        /// SURE: four questions of yes and no; 3 or less shows decisional conflict.
        Sure = 1 "sure",
        /// CollaboRATE: three questions of 0 to 9.
        CollaboRate = 2 "collaborate",
        /// CollaboRATE with five points: three questions of 0 to 4.
        CollaboRateFive = 3 "collaborate-5",
        /// SDM-Q-9: nine questions of 0 to 5.
        SdmQ9 = 4 "sdm-q-9",
        /// Decisional Conflict Scale: sixteen questions of 0 to 4.
        DecisionalConflict = 5 "dcs",
        /// Decision Regret Scale: five questions of 1 to 5.
        DecisionRegret = 6 "drs",
    }
}

/// A score of decision quality.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct QualityResult {
    /// The measure.
    #[n(0)]
    pub instrument: Instrument,
    /// The day it was answered.
    #[n(1)]
    pub on: Date,
    /// The answers in order; none for one that was left out.
    #[n(2)]
    pub answers: Vec<Option<u32>>,
    /// The score; none if too much was left out.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Decimal>,
    /// What the score means by the measure's own rule, e.g. `decisional-conflict`; none where it has no cut-off.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<String>,
    /// Version of the rule it was scored by.
    #[n(5)]
    pub version: String,
}
