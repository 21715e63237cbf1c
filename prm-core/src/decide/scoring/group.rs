//! CollaboRATE of a group.

use serde::{Deserialize, Serialize};

use super::{hundredths, rule};
use crate::decide::{Instrument, QualityResult};
use crate::value::Decimal;

/// Fewest complete responses that a share is given for (the rule of the measure's authors).
const FEWEST: u32 = 25;

/// CollaboRATE of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollaborateReport {
    /// Percent of complete responses in which every answer is at the maximum; none if it is suppressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_share: Option<Decimal>,
    /// Complete responses.
    pub of: u32,
    /// Whether there are fewer than 25 of them, so that no share is given.
    pub suppressed: bool,
}

/// The share of responses to CollaboRATE in which all three answers are at the maximum, of those that are complete. Results
/// of other measures do not count. Fewer than 25 complete responses give no share.
pub fn collaborate_top(results: &[QualityResult]) -> CollaborateReport {
    let (top, of) = counted(results);
    let suppressed = of < FEWEST;
    CollaborateReport { top_share: hundredths(top, 100, of).filter(|_| !suppressed), of, suppressed }
}

/// Responses with every answer at the maximum, and complete responses.
pub(super) fn counted(results: &[QualityResult]) -> (u32, u32) {
    let (mut top, mut of) = (0_u32, 0_u32);
    for result in results {
        if !matches!(result.instrument, Instrument::CollaboRate | Instrument::CollaboRateFive) {
            continue;
        }
        let Some(rule) = rule(&result.instrument) else { continue };
        let complete = result.answers.len() == rule.items && result.answers.iter().all(Option::is_some);
        if complete {
            of = of.saturating_add(1);
            top = top.saturating_add(u32::from(result.answers.iter().flatten().all(|answer| *answer == rule.high)));
        }
    }
    (top, of)
}
