//! Weights from ratings and swings.

use super::{AttributeScore, AttributeWeight};
use crate::error::{Error, Result};
use crate::value::Decimal;

/// A number as it is told: six decimals, halves away from zero, without zeros at the end.
pub(super) fn told(value: f64) -> Result<Decimal> {
    let rounded = (value.abs() * 1e6).round() / 1e6 * value.signum();
    let text = format!("{rounded:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    (if text == "-0" { "0" } else { text }).parse()
}

/// Weights that add up to one, each score divided by the sum of all: of ratings as of swings.
///
/// # Errors
/// `Invalid` for scores that are all 0, below 0 or above 100, and for an attribute scored twice.
///
/// # Example
/// ```
/// use prm_core::decide::{AttributeScore, swing_weights};
/// let score = |attribute: &str, score: i64| AttributeScore { attribute: attribute.into(), score: score.into() };
/// let weights = swing_weights(&[score("stroke", 100), score("pills", 60), score("cost", 40)])?;
/// assert_eq!(weights[0].weight.as_ref().map(ToString::to_string).as_deref(), Some("0.5"));
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn swing_weights(scores: &[AttributeScore]) -> Result<Vec<AttributeWeight>> {
    let shares = shares(scores)?;
    let told = scores
        .iter()
        .zip(shares)
        .map(|(score, share)| Ok(AttributeWeight { attribute: score.attribute.clone(), weight: Some(told(share)?) }));
    told.collect()
}

/// The weights before they are told.
pub(super) fn shares(scores: &[AttributeScore]) -> Result<Vec<f64>> {
    let hundred = Decimal::from(100);
    for (n, score) in scores.iter().enumerate() {
        if score.score.compare(&Decimal::from(0)).is_lt() || score.score.compare(&hundred).is_gt() {
            return Err(Error::invalid(format!("scores[{n}]"), "a score is 0 to 100"));
        }
        if scores.iter().take(n).any(|other| other.attribute == score.attribute) {
            return Err(Error::invalid(format!("scores[{n}]"), "score each attribute once"));
        }
    }
    let values: Vec<f64> = scores.iter().map(|score| score.score.to_f64()).collect();
    let sum: f64 = values.iter().sum();
    if sum <= 0.0 {
        return Err(Error::invalid("scores", "let one attribute at least matter more than nothing"));
    }
    Ok(values.into_iter().map(|value| value / sum).collect())
}
