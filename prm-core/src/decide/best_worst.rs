//! Scores from best–worst scaling, case 1: how often an attribute was best less how often it was worst, divided by how
//! often it was shown.

use super::weights::told;
use super::{AttributeWeight, BestWorstSet};
use crate::error::{Error, Result};

/// Counts at most: sets shown to one person.
const MOST: usize = 1_000;

/// Scores of −1 to 1, in the order of the attributes; none for one that was never shown.
///
/// # Errors
/// `Invalid` for a set of fewer than two, one that shows an attribute twice or names what it did not show, and for one
/// whose best is its worst.
pub fn best_worst_scores(attributes: &[String], sets: &[BestWorstSet]) -> Result<Vec<AttributeWeight>> {
    if sets.len() > MOST {
        return Err(Error::invalid("sets", "show 1,000 sets at most"));
    }
    for (n, set) in sets.iter().enumerate() {
        let wrong = |what: &'static str| Err(Error::invalid(format!("sets[{n}]"), what));
        if set.shown.len() < 2 {
            return wrong("show two attributes at least");
        }
        let twice = |(n, key): (usize, &String)| set.shown.iter().take(n).any(|other| other == key);
        if set.shown.iter().enumerate().any(twice) || set.shown.iter().any(|key| !attributes.contains(key)) {
            return wrong("show attributes that there are, each once");
        }
        if set.best.iter().chain(&set.worst).any(|key| !set.shown.contains(key)) {
            return wrong("name what was shown as best and worst");
        }
        if set.best.is_some() && set.best == set.worst {
            return wrong("the best is not the worst");
        }
    }
    let scores = attributes.iter().map(|attribute| {
        let count = |chosen: &dyn Fn(&BestWorstSet) -> bool| sets.iter().filter(|set| chosen(set)).count();
        let shown = count(&|set| set.shown.contains(attribute));
        let best = count(&|set| set.best.as_ref() == Some(attribute));
        let worst = count(&|set| set.worst.as_ref() == Some(attribute));
        #[allow(clippy::cast_precision_loss, reason = "there are 1,000 sets at most")]
        let score = (shown > 0).then(|| (best as f64 - worst as f64) / shown as f64);
        Ok(AttributeWeight { attribute: attribute.clone(), weight: score.map(told).transpose()? })
    });
    scores.collect()
}
