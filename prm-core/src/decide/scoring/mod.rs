//! Scores of decision quality. Scoring alone: no text of an item is here.
//!
//! Numbers are rounded half away from zero to two decimals. What a rule says of answers that were left out is part of the
//! rule; where the rule could not be confirmed from its source, that is said beside it.

mod group;

#[cfg(test)]
mod tests;

pub use group::{CollaborateReport, collaborate_top};

use super::{Instrument, QualityResult};
use crate::error::{Error, Result};
use crate::time::Date;
use crate::value::Decimal;

/// Items that may be left out of SDM-Q-9.
const LEFT_OUT_OF_SDM_Q: usize = 2;

/// How a measure is answered and scored.
struct Rule {
    /// Number of items.
    items: usize,
    /// Lowest answer.
    low: u32,
    /// Highest answer.
    high: u32,
    /// Version of the rule; another rule has another version.
    version: &'static str,
}

fn rule(instrument: &Instrument) -> Option<Rule> {
    let (items, low, high, version) = match instrument {
        Instrument::Sure => (4, 0, 1, "sure-2026.1"),
        Instrument::CollaboRate => (3, 0, 9, "collaborate-2026.1"),
        Instrument::CollaboRateFive => (3, 0, 4, "collaborate-5-2026.1"),
        Instrument::SdmQ9 => (9, 0, 5, "sdm-q-9-2026.1"),
        Instrument::DecisionalConflict => (16, 0, 4, "dcs-2026.1"),
        Instrument::DecisionRegret => (5, 1, 5, "drs-2026.1"),
        Instrument::Other(_) => return None,
    };
    Some(Rule { items, low, high, version })
}

/// The score of `answers` to `instrument`, given `on` a day, in the order in which the site asks them.
///
/// | measure | score | band |
/// |---|---|---|
/// | SURE | sum of four answers, yes 1 and no 0 | `decisional-conflict` up to 3, `no-decisional-conflict` at 4 |
/// | CollaboRATE, 9 and 5 points | mean of three answers | `top` if all three are at the maximum |
/// | SDM-Q-9 | sum × 20 ÷ 9, 0 to 100 | none |
/// | Decisional Conflict Scale | mean × 25, 0 to 100 | `low-conflict` below 25, `high-conflict` above 37.5 |
/// | Decision Regret Scale | second and fourth answer reversed, (mean − 1) × 25, 0 to 100 | none: it has no agreed cut-off |
///
/// If an answer is left out there is no score and no band. SDM-Q-9 alone is scored by the mean of the answers given if one
/// or two are left out; with more there is no score. That rule is UNVERIFIED: the published one was not found. The items of
/// the Decisional Conflict Scale count alike, so the two orders in which it was published give one score.
///
/// # Errors
/// `Invalid` for a measure this version does not know, another number of answers than it has items, or an answer outside
/// its scale. `on` is kept as it is.
///
/// # Example
/// ```
/// use prm_core::decide::{Instrument, score};
/// let answers: Vec<Option<u32>> = [5, 5, 5, 5, 5, 5, 5, 5, 4].into_iter().map(Some).collect();
/// let result = score(Instrument::SdmQ9, "2026-03-02".parse()?, &answers)?;
/// assert_eq!(result.score, Some("97.78".parse()?));
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn score(instrument: Instrument, on: Date, answers: &[Option<u32>]) -> Result<QualityResult> {
    let rule = rule(&instrument)
        .ok_or_else(|| Error::invalid("instrument", "name a measure that this version of the library can score"))?;
    if answers.len() != rule.items {
        return Err(Error::invalid("answers", format!("give {} answers, none for one left out", rule.items)));
    }
    if let Some(n) = answers.iter().position(|answer| answer.is_some_and(|a| a < rule.low || a > rule.high)) {
        let what = format!("an answer is {} to {}", rule.low, rule.high);
        return Err(Error::invalid(format!("answers[{n}]"), what));
    }
    let whole: Option<Vec<u32>> = answers.iter().copied().collect();
    let given: Vec<u32> = answers.iter().flatten().copied().collect();
    let (score, band) = match (&instrument, &whole) {
        (Instrument::SdmQ9, _) if rule.items - given.len() <= LEFT_OUT_OF_SDM_Q => (sdm_q(&given), None),
        (_, None) => (None, None),
        (_, Some(answers)) => scored(&instrument, answers, rule.high),
    };
    let version = rule.version.to_owned();
    Ok(QualityResult { instrument, on, answers: answers.to_vec(), score, band: band.map(str::to_owned), version })
}

/// Score and band of answers of which none was left out.
fn scored(instrument: &Instrument, answers: &[u32], high: u32) -> (Option<Decimal>, Option<&'static str>) {
    let sum: u32 = answers.iter().sum();
    match instrument {
        Instrument::Sure => {
            let band = if sum <= 3 { "decisional-conflict" } else { "no-decisional-conflict" };
            (hundredths(sum, 1, 1), Some(band))
        }
        Instrument::CollaboRate | Instrument::CollaboRateFive => {
            (hundredths(sum, 1, 3), answers.iter().all(|answer| *answer == high).then_some("top"))
        }
        // Mean of sixteen times 25: below 25 is a sum below 16, above 37.5 is one above 24.
        Instrument::DecisionalConflict => {
            let band = if sum < 16 { Some("low-conflict") } else { (sum > 24).then_some("high-conflict") };
            (hundredths(sum, 25, 16), band)
        }
        Instrument::DecisionRegret => {
            let turned: u32 =
                answers.iter().zip([false, true, false, true, false]).map(|(a, r)| if r { 6 - a } else { *a }).sum();
            (hundredths(turned.saturating_sub(5), 5, 1), None)
        }
        Instrument::SdmQ9 | Instrument::Other(_) => (None, None),
    }
}

/// Mean of what was answered, 0 to 5, times 20. Of nine answers that is the sum times 20 ÷ 9.
fn sdm_q(given: &[u32]) -> Option<Decimal> {
    hundredths(given.iter().sum(), 20, u32::try_from(given.len()).ok()?)
}

/// `n` × `times` ÷ `by` to two decimals, half away from zero, without zeros at the end.
pub(crate) fn hundredths(n: u32, times: u32, by: u32) -> Option<Decimal> {
    let (n, by) = (u64::from(n) * u64::from(times) * 200, u64::from(by));
    let rounded = (n + by).checked_div(by * 2)?;
    let (whole, rest) = (rounded / 100, rounded % 100);
    let text = match rest {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    };
    text.parse().ok()
}
