//! Decisions in groups, and which groups are withheld.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::DecisionFacts;
use crate::govern::Who;
use crate::value::Decimal;

/// Fewest responses to CollaboRATE that a share is given for.
const FEWEST_RESPONSES: u64 = 25;
/// Parts of one in which values are added up.
const PARTS: u64 = 1_000_000;
/// Number of measures of a decision.
const MEASURES: usize = 7;

/// One group of decisions. A number is none if fewer decisions than the smallest group have it, or if it is withheld so that
/// another cannot be reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityRow {
    /// The clinician; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clinician: Option<Who>,
    /// The topic; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Decisions.
    pub decisions: u32,
    /// Percent with every required element on record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<Decimal>,
    /// Mean percent of the weight that lies where the choice is best.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concordance_mean: Option<Decimal>,
    /// Percent of choices that were begun or carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implemented: Option<Decimal>,
    /// Mean score of regret, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regret_mean: Option<Decimal>,
    /// Percent whose SURE shows decisional conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<Decimal>,
    /// Percent whose CollaboRATE is at the top; of 25 responses at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collaborate_top: Option<Decimal>,
    /// Mean of days from the first step to the choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_choice_mean: Option<Decimal>,
}

/// A report on decision quality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualityReport {
    /// Groups: all, topics, clinicians, topics of each clinician.
    pub rows: Vec<QualityRow>,
    /// Groups that are withheld.
    pub suppressed: u32,
    /// The smallest group that is shown.
    pub minimum_group: u32,
}

/// A group: a clinician or all, a topic or all.
type Group = (Option<Who>, Option<String>);

/// How many decisions have a measure, and the sum of its values in parts.
#[derive(Clone, Copy, Default)]
struct Tally {
    of: u64,
    sum: u64,
}

#[derive(Clone, Copy, Default)]
struct Tallies {
    decisions: u64,
    measures: [Tally; MEASURES],
}

/// Decision quality by clinician and topic. Percents and means have two decimals, rounded half away from zero.
///
/// No group of fewer than `minimum_group` decisions is shown; 10 is a good number, and 0 counts as 1. Nor is a group that
/// others would give away: within each total (of all, of a clinician, of a topic) what is left when the shown groups are
/// taken from it is nobody, or `minimum_group` decisions at least. If it is fewer, as when exactly one group was withheld,
/// the smallest shown group of that total is withheld too, until it holds. Where a clinician or a topic is withheld, so is
/// every group within it. The same holds for each number by the decisions that have it. A decision that several clinicians
/// share counts for each of them.
///
/// # Example
/// ```
/// use prm_core::decide::quality_report;
/// let report = quality_report(&[], 10);
/// assert!(report.rows.is_empty() && report.suppressed == 0);
/// ```
pub fn quality_report(decisions: &[DecisionFacts], minimum_group: u32) -> QualityReport {
    let minimum = u64::from(minimum_group.max(1));
    let groups = tallied(decisions);
    let hidden = withheld(&groups, &BTreeSet::new(), minimum, |tallies| tallies.decisions);
    let without: [BTreeSet<Group>; MEASURES] = std::array::from_fn(|n| {
        let fewest = if n == COLLABORATE { minimum.max(FEWEST_RESPONSES) } else { minimum };
        withheld(&groups, &hidden, fewest, |tallies| tallies.measures.get(n).map_or(0, |tally| tally.of))
    });
    let rows = groups.iter().filter(|(group, _)| !hidden.contains(*group)).map(|(group, tallies)| {
        let mean =
            |(tally, without): (&Tally, &BTreeSet<Group>)| if without.contains(group) { None } else { mean(tally) };
        let mut means = tallies.measures.iter().zip(&without).map(mean);
        let mut next = || means.next().flatten();
        QualityRow {
            clinician: group.0.clone(),
            topic: group.1.clone(),
            decisions: u32::try_from(tallies.decisions).unwrap_or(u32::MAX),
            complete: next(),
            concordance_mean: next(),
            implemented: next(),
            regret_mean: next(),
            conflict: next(),
            collaborate_top: next(),
            days_to_choice_mean: next(),
        }
    });
    QualityReport {
        rows: rows.collect(),
        suppressed: u32::try_from(hidden.len()).unwrap_or(u32::MAX),
        minimum_group: minimum_group.max(1),
    }
}

/// Place of CollaboRATE among the measures.
const COLLABORATE: usize = 5;

/// Values of a decision in parts, in the order in which a row names them.
fn values(decision: &DecisionFacts) -> [Option<u64>; MEASURES] {
    let percent = |answer: Option<bool>| answer.map(|yes| if yes { 100 * PARTS } else { 0 });
    let number = |value: &Option<Decimal>, times: u64| parts(value.as_ref()?).map(|parts| parts * times);
    [
        percent(decision.complete),
        number(&decision.concordance, 100),
        percent(decision.implemented),
        number(&decision.regret, 1),
        percent(decision.conflict),
        percent(decision.collaborate_top),
        decision.days_to_choice.map(|days| u64::from(days) * PARTS),
    ]
}

/// A number of 0 to 100 in parts of one.
fn parts(value: &Decimal) -> Option<u64> {
    let value = value.to_f64();
    (0.0..=100.0).contains(&value).then(|| (value * 1e6).round() as u64)
}

/// The mean to two decimals; none of nothing.
fn mean(tally: &Tally) -> Option<Decimal> {
    // Half a hundredth is 5,000 parts.
    let hundredths = tally.sum.saturating_mul(2).saturating_add(tally.of * 10_000).checked_div(tally.of * 20_000)?;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    format!("{whole}.{rest:02}").trim_end_matches('0').trim_end_matches('.').parse().ok()
}

fn tallied(decisions: &[DecisionFacts]) -> BTreeMap<Group, Tallies> {
    let mut groups: BTreeMap<Group, Tallies> = BTreeMap::new();
    for decision in decisions {
        let values = values(decision);
        let clinicians: BTreeSet<&Who> = decision.clinicians.iter().collect();
        let all = std::iter::once(None).chain(clinicians.into_iter().cloned().map(Some));
        for clinician in all {
            for topic in [None, Some(decision.topic.clone())] {
                let tallies = groups.entry((clinician.clone(), topic)).or_default();
                tallies.decisions += 1;
                for (tally, value) in tallies.measures.iter_mut().zip(values) {
                    tally.of += u64::from(value.is_some());
                    tally.sum = tally.sum.saturating_add(value.unwrap_or(0));
                }
            }
        }
    }
    groups
}

/// Groups whose number is not shown: those of `known`, those that are too small, and those that would give others away.
fn withheld(
    groups: &BTreeMap<Group, Tallies>,
    known: &BTreeSet<Group>,
    minimum: u64,
    size: impl Fn(&Tallies) -> u64,
) -> BTreeSet<Group> {
    let sizes: BTreeMap<&Group, u64> = groups.iter().map(|(group, tallies)| (group, size(tallies))).collect();
    let mut hidden = known.clone();
    hidden.extend(sizes.iter().filter(|(_, size)| **size < minimum).map(|(group, _)| (*group).clone()));
    // Totals with the groups that they are made of: clinicians, or topics.
    let mut totals: BTreeMap<(Group, bool), Vec<&Group>> = BTreeMap::new();
    for part in groups.keys() {
        if part.0.is_some() {
            totals.entry(((None, part.1.clone()), true)).or_default().push(part);
        }
        if part.1.is_some() {
            totals.entry(((part.0.clone(), None), false)).or_default().push(part);
        }
    }
    loop {
        let before = hidden.len();
        for ((total, _), parts) in &totals {
            if hidden.contains(total) {
                // What is within a withheld group would give it away.
                hidden.extend(parts.iter().map(|part| (*part).clone()));
                continue;
            }
            let size = |group: &Group| sizes.get(group).copied().unwrap_or(0);
            let shown = || parts.iter().filter(|part| !hidden.contains(**part));
            let left = size(total).saturating_sub(shown().map(|part| size(part)).sum());
            if left > 0 && left < minimum {
                let smallest = shown().min_by_key(|part| size(part)).map(|part| (*part).clone());
                hidden.extend(smallest);
            }
        }
        if hidden.len() == before {
            return hidden;
        }
    }
}
