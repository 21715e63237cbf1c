//! Weights from comparisons of pairs: the analytic hierarchy process.
//!
//! Saaty's method: the principal eigenvector of the reciprocal matrix of comparisons; consistency index (λ − n) ÷ (n − 1),
//! consistency ratio the index divided by that of random matrices of the same size, acceptable up to 0.10.

use serde::{Deserialize, Serialize};

use super::weights::told;
use super::{AttributeWeight, Comparison, Consistency};
use crate::error::{Error, Result};

/// Index of random matrices of 3 to 8 attributes (Saaty).
const RANDOM: [f64; 6] = [0.58, 0.90, 1.12, 1.24, 1.32, 1.41];
/// Attributes at most: no random index is known for more.
const MOST: usize = 8;
/// Rounds of the power iteration at most; the widest matrix of 8 that fits the scale needs some hundred.
const ROUNDS: usize = 10_000;

/// Weights from comparisons of pairs, and whether the comparisons fit each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairWeights {
    /// The weights, in the order of the attributes; they add up to one.
    pub weights: Vec<AttributeWeight>,
    /// Whether the comparisons fit each other.
    pub consistency: Consistency,
}

/// Weights from comparisons of pairs. Each pair is compared once; if it is compared both ways round, the two must be
/// reciprocal.
///
/// # Errors
/// `Invalid` for fewer than 2 or more than 8 attributes, a pair that is missing, compared twice or of one attribute, and
/// for a comparison below 1/9 or above 9.
pub fn pair_weights(attributes: &[String], comparisons: &[Comparison]) -> Result<PairWeights> {
    let (shares, eigenvalue) = eigenvector(attributes, comparisons)?;
    let weights = attributes
        .iter()
        .zip(&shares)
        .map(|(attribute, share)| Ok(AttributeWeight { attribute: attribute.clone(), weight: Some(told(*share)?) }));
    Ok(PairWeights {
        weights: weights.collect::<Result<_>>()?,
        consistency: consistency(attributes.len(), eigenvalue)?,
    })
}

#[allow(clippy::cast_precision_loss, reason = "there are 8 attributes at most")]
fn consistency(count: usize, eigenvalue: f64) -> Result<Consistency> {
    let size = count as f64;
    // A matrix that fits perfectly has an eigenvalue of its size; rounding may leave less.
    let index = ((eigenvalue - size) / (size - 1.0)).max(0.0);
    let ratio = count.checked_sub(3).and_then(|n| RANDOM.get(n)).map(|random| index / random);
    Ok(Consistency {
        eigenvalue: told(eigenvalue)?,
        index: told(index)?,
        ratio: ratio.map(told).transpose()?,
        acceptable: ratio.is_none_or(|ratio| ratio <= 0.10),
    })
}

/// The principal eigenvector, adding up to one, and its eigenvalue.
pub(super) fn eigenvector(attributes: &[String], comparisons: &[Comparison]) -> Result<(Vec<f64>, f64)> {
    let count = attributes.len();
    if !(2..=MOST).contains(&count) {
        return Err(Error::invalid("attributes", "compare 2 to 8 attributes in pairs"));
    }
    let matrix = matrix(attributes, comparisons)?;
    #[allow(clippy::cast_precision_loss, reason = "there are 8 attributes at most")]
    let mut shares = vec![1.0 / count as f64; count];
    let mut eigenvalue = 0.0;
    for _ in 0..ROUNDS {
        let image: Vec<f64> =
            matrix.iter().map(|row| row.iter().zip(&shares).map(|(times, share)| times * share).sum()).collect();
        // The shares add up to one, so the sum of their image is the eigenvalue once they stand still.
        let sum: f64 = image.iter().sum();
        let next: Vec<f64> = image.into_iter().map(|value| value / sum).collect();
        let moved = next.iter().zip(&shares).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        (shares, eigenvalue) = (next, sum);
        if moved < 1e-15 {
            break;
        }
    }
    Ok((shares, eigenvalue))
}

fn matrix(attributes: &[String], comparisons: &[Comparison]) -> Result<Vec<Vec<f64>>> {
    let place = |key: &str| attributes.iter().position(|attribute| attribute == key);
    let count = attributes.len();
    let mut found: Vec<Vec<Option<(u64, u64)>>> = vec![vec![None; count]; count];
    for (n, comparison) in comparisons.iter().enumerate() {
        let wrong = |what: &'static str| Err(Error::invalid(format!("comparisons[{n}]"), what));
        let (of, by) = (u64::from(comparison.times.of), u64::from(comparison.times.by));
        if of == 0 || by == 0 || of > 9 * by || by > 9 * of {
            return wrong("an attribute matters a ninth to nine times as much as another");
        }
        let (Some(first), Some(second)) = (place(&comparison.first), place(&comparison.second)) else {
            return wrong("compare attributes that there are");
        };
        if first == second {
            return wrong("compare two attributes");
        }
        let reciprocal = found.get(second).and_then(|row| row.get(first)).copied().flatten();
        if reciprocal.is_some_and(|(other_of, other_by)| other_of * of != other_by * by) {
            return wrong("a pair that is compared both ways round is reciprocal");
        }
        let Some(cell) = found.get_mut(first).and_then(|row| row.get_mut(second)) else { continue };
        if cell.replace((of, by)).is_some() {
            return wrong("compare each pair once");
        }
    }
    let mut matrix = vec![vec![1.0; count]; count];
    for (i, row) in matrix.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate().filter(|(j, _)| *j != i) {
            let told = |i: usize, j: usize| found.get(i).and_then(|row| row.get(j)).copied().flatten();
            let (of, by) = match (told(i, j), told(j, i)) {
                (Some(own), _) => own,
                (None, Some((of, by))) => (by, of),
                (None, None) => return Err(Error::invalid("comparisons", "compare every pair of attributes")),
            };
            #[allow(clippy::cast_precision_loss, reason = "both come from 32 bits")]
            let times = of as f64 / by as f64;
            *cell = times;
        }
    }
    Ok(matrix)
}
