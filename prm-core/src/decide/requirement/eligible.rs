//! Whether a requirement is for a patient.

use serde::{Deserialize, Serialize};

use super::{Criterion, CriterionRule, Requirement};
use crate::value::Decimal;

/// What is known of a patient on the day of the order; none where nobody knows. Nothing is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EligibilityFacts {
    /// Age in whole years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<u32>,
    /// Packs a day times years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_years: Option<Decimal>,
    /// Whether they smoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smokes: Option<bool>,
    /// Years since they quit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years_since_quit: Option<Decimal>,
    /// Whether there is no sign or symptom of what is looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asymptomatic: Option<bool>,
    /// CHADS2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chads2: Option<u32>,
    /// CHA2DS2-VASc.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cha2ds2_vasc: Option<u32>,
    /// Whether warfarin can be taken for a short time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_term_warfarin: Option<bool>,
    /// Whether no anticoagulant can be taken by mouth for long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_long_term_anticoagulant: Option<bool>,
    /// Whether a device is to prevent a first arrest or arrhythmia.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_prevention: Option<bool>,
    /// Whether it is the first device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_device: Option<bool>,
}

/// Whether a requirement is for a patient, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// Whether every criterion holds; none if that cannot be said yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligible: Option<bool>,
    /// Keys of criteria that do not hold.
    pub reasons: Vec<String>,
    /// Keys of criteria that cannot be decided by the facts.
    pub missing: Vec<String>,
}

/// Whether `requirement` is for a patient of whom `facts` are known. One criterion that does not hold decides it, whatever is
/// missing; otherwise everything has to be known.
///
/// # Example
/// ```
/// use prm_core::decide::{EligibilityFacts, eligible, shipped_requirements};
/// let facts = EligibilityFacts {
///     age: Some(78),
///     pack_years: Some("25".parse()?),
///     smokes: Some(true),
///     asymptomatic: Some(true),
///     ..EligibilityFacts::default()
/// };
/// let answers: Vec<_> = shipped_requirements()?
///     .iter()
///     .filter(|rule| rule.topic == "lung-cancer-screening")
///     .map(|rule| (rule.id.clone(), eligible(rule, &facts).eligible))
///     .collect();
/// // The payer stops at 77 years, the guideline at 80.
/// let expected = [("cms-ncd-210.14", Some(false)), ("uspstf-lung-cancer-screening", Some(true))];
/// assert_eq!(answers, expected.map(|(id, answer)| (id.to_owned(), answer)));
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn eligible(requirement: &Requirement, facts: &EligibilityFacts) -> Eligibility {
    let (mut reasons, mut missing) = (Vec::new(), Vec::new());
    for Criterion { key, rule, .. } in &requirement.criteria {
        match holds(rule, facts) {
            Some(true) => {}
            Some(false) => reasons.push(key.clone()),
            None => missing.push(key.clone()),
        }
    }
    let eligible = if reasons.is_empty() { missing.is_empty().then_some(true) } else { Some(false) };
    Eligibility { eligible, reasons, missing }
}

fn holds(rule: &CriterionRule, facts: &EligibilityFacts) -> Option<bool> {
    match rule {
        CriterionRule::Age { low, high } => facts.age.map(|age| (*low..=*high).contains(&age)),
        CriterionRule::PackYears { least } => facts.pack_years.as_ref().map(|years| years.compare(least).is_ge()),
        CriterionRule::SmokesOrQuitWithin { years } => match (facts.smokes, &facts.years_since_quit) {
            (Some(true), _) => Some(true),
            (_, Some(since)) => Some(since.compare(years).is_le()),
            (_, None) => None,
        },
        CriterionRule::Asymptomatic => facts.asymptomatic,
        CriterionRule::StrokeScore { chads2, cha2ds2_vasc } => {
            let enough = [facts.chads2.map(|n| n >= *chads2), facts.cha2ds2_vasc.map(|n| n >= *cha2ds2_vasc)];
            match enough {
                [Some(true), _] | [_, Some(true)] => Some(true),
                [Some(false), Some(false)] => Some(false),
                _ => None,
            }
        }
        CriterionRule::ShortTermWarfarin => facts.short_term_warfarin,
        CriterionRule::NoLongTermAnticoagulant => facts.no_long_term_anticoagulant,
        CriterionRule::PrimaryPrevention => facts.primary_prevention,
        CriterionRule::FirstDevice => facts.first_device,
    }
}
