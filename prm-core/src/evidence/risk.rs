//! What an option does to people, in numbers that can be compared.
//!
//! Absolute risks on one denominator and over one time, their difference, and how many people it takes for one of them to
//! be spared or harmed: by Trevena et al., BMC Med Inform Decis Mak 2013;13(S2):S7. Relative effects are turned into
//! absolute risks before anybody sees them.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::limits::check_risk;
use super::{AbsoluteRisk, EffectMeasure, Horizon, HorizonUnit, Interval};
use crate::error::{Error, Result};
use crate::value::Decimal;

/// Denominators that people are shown.
const SHOWN: [u32; 5] = [100, 1_000, 10_000, 100_000, 1_000_000];
/// Decimals that figures are told with.
const PLACES: u32 = 6;

/// Two risks beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskComparison {
    /// The denominator of both.
    pub denominator: u32,
    /// How many of those it happens to without treatment.
    pub untreated: Decimal,
    /// How many of those it happens to with treatment.
    pub treated: Decimal,
    /// The difference in percentage points, never below 0: absolute risk reduction (ARR) or increase (ARI).
    pub difference: Decimal,
    /// Whether treatment makes it rarer; none if it makes no difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduces: Option<bool>,
    /// Risk with treatment divided by that without; none if there is no risk without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_ratio: Option<Decimal>,
    /// The difference as percent of the risk without treatment; none if there is none. Never shown alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative_difference: Option<Decimal>,
    /// How many must be treated for one of them to be spared (NNT), rounded up; none unless treatment makes it rarer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed_to_treat: Option<u32>,
    /// How many must be treated for one of them to be harmed (NNH), rounded down, so that harm is never told smaller than it
    /// is; none unless treatment makes it more frequent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed_to_harm: Option<u32>,
    /// Either of them before it is rounded, to one decimal; none if there is no difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_needed: Option<Decimal>,
    /// How many icons an array needs: 1,000 if either risk is below 1 % and above 0, 100 otherwise.
    pub icons: u32,
}

/// A risk both ways round, in whole people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaturalFrequency {
    /// To how many it happens.
    pub happens: u32,
    /// To how many it does not.
    pub spared: u32,
    /// Of how many.
    pub denominator: u32,
    /// Whether the figures are rounded.
    pub rounded: bool,
}

impl AbsoluteRisk {
    fn share(&self) -> Result<Exact> {
        check_risk("risk", self)?;
        let share = Exact::of(&self.numerator)?.over(Exact::whole(self.denominator))?;
        share.ok_or_else(|| Error::invalid("denominator", "a risk is of 1 person at least"))
    }
}

/// A time as days or months, so that a year and twelve months are the same.
fn span(horizon: &Horizon) -> (&'static str, u64) {
    let count = u64::from(horizon.count);
    match horizon.unit {
        HorizonUnit::Days => ("days", count),
        HorizonUnit::Weeks => ("days", count * 7),
        HorizonUnit::Months => ("months", count),
        HorizonUnit::Years => ("months", count * 12),
        HorizonUnit::Lifetime => ("lifetime", 1),
        HorizonUnit::Once | HorizonUnit::Other(_) => ("once", count),
    }
}

/// Whether two risks are over the same time.
pub(crate) fn same_horizon(a: &Horizon, b: &Horizon) -> bool {
    match (&a.unit, &b.unit) {
        (HorizonUnit::Other(_), _) | (_, HorizonUnit::Other(_)) => a == b,
        _ => span(a) == span(b),
    }
}

/// Puts a risk without treatment beside that with it.
///
/// # Errors
/// `Invalid` for risks that are none, and for risks over different times.
///
/// # Example
/// ```
/// use prm_core::evidence::{AbsoluteRisk, Horizon, HorizonUnit, compare_risks};
/// let risk = |numerator: i64| AbsoluteRisk {
///     numerator: numerator.into(),
///     denominator: 100,
///     horizon: Horizon { count: 10, unit: HorizonUnit::Years },
///     interval: None,
///     population: "people like you".into(),
/// };
/// let compared = compare_risks(&risk(10), &risk(7))?;
/// assert_eq!((compared.difference.as_str(), compared.needed_to_treat), ("3", Some(34)));
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn compare_risks(untreated: &AbsoluteRisk, treated: &AbsoluteRisk) -> Result<RiskComparison> {
    if !same_horizon(&untreated.horizon, &treated.horizon) {
        return Err(Error::invalid("horizon", "compare risks over the same time"));
    }
    let (before, after) = (untreated.share()?, treated.share()?);
    let difference = before.minus(after)?;
    let order = difference.sign();
    let needed = Exact::ONE.over(difference.magnitude())?;
    let percent = Exact::whole(100);
    let relative = difference.magnitude().over(before)?.map(|share| share.times(percent)).transpose()?;
    let whole = |number: Option<i128>| number.and_then(|number| u32::try_from(number).ok());
    let denominator = common(&[before, after])?;
    let of = |share: Exact| share.times(Exact::whole(denominator))?.told(PLACES);
    let hundredth = Exact::ONE.over(percent)?.unwrap_or(Exact::ZERO);
    let rare = |share: Exact| Ok::<_, Error>(share.sign() > 0 && share.cmp(hundredth)? == Ordering::Less);
    Ok(RiskComparison {
        denominator,
        untreated: of(before)?,
        treated: of(after)?,
        difference: difference.magnitude().times(percent)?.told(PLACES)?,
        reduces: (order != 0).then_some(order > 0),
        risk_ratio: after.over(before)?.map(|ratio| ratio.told(PLACES)).transpose()?,
        relative_difference: relative.map(|relative| relative.told(PLACES)).transpose()?,
        needed_to_treat: whole(needed.filter(|_| order > 0).map(Exact::ceiling)),
        needed_to_harm: whole(needed.filter(|_| order < 0).map(Exact::floor)),
        number_needed: needed.map(|needed| needed.told(1)).transpose()?,
        icons: if rare(before)? || rare(after)? { 1_000 } else { 100 },
    })
}

/// The smallest denominator shown to people on which all are whole, 1,000 at least if one is below 1 %; the largest needed
/// for 1 % if none makes them whole.
fn common(shares: &[Exact]) -> Result<u32> {
    let hundredth = Exact::ONE.over(Exact::whole(100))?.unwrap_or(Exact::ZERO);
    let mut least = 100;
    for share in shares {
        if share.sign() > 0 && share.cmp(hundredth)? == Ordering::Less {
            least = 1_000;
        }
    }
    for denominator in SHOWN.into_iter().filter(|denominator| *denominator >= least) {
        let whole = |share: &Exact| share.times(Exact::whole(denominator)).is_ok_and(Exact::is_whole);
        if shares.iter().all(whole) {
            return Ok(denominator);
        }
    }
    Ok(least)
}

/// A risk both ways round: to how many of a denominator it happens, and to how many it does not. Halves are rounded away
/// from zero; the two always add up.
///
/// # Errors
/// `Invalid` for a risk that is none, and for a denominator of 0.
pub fn natural_frequency(risk: &AbsoluteRisk, denominator: u32) -> Result<NaturalFrequency> {
    if denominator == 0 {
        return Err(Error::invalid("denominator", "a risk is of 1 person at least"));
    }
    let exact = risk.share()?.times(Exact::whole(denominator))?;
    let happens = u32::try_from(exact.rounded()?).unwrap_or(u32::MAX).min(denominator);
    Ok(NaturalFrequency { happens, spared: denominator - happens, denominator, rounded: !exact.is_whole() })
}

/// The risk with treatment, from that without and an effect. Risk ratios and differences are exact; of an odds ratio and a
/// hazard ratio (1 − (1 − p)^HR, proportional hazards taken for granted) six decimals of the share are kept.
///
/// # Errors
/// `Invalid` for an effect that is no ratio or difference of risks, and where the estimate or an end of its interval leads
/// below none or above all.
pub fn apply_effect(
    baseline: &AbsoluteRisk,
    measure: &EffectMeasure,
    estimate: &Decimal,
    interval: Option<&Interval>,
) -> Result<AbsoluteRisk> {
    let share = baseline.share()?;
    let of = |effect: &Decimal| -> Result<Decimal> {
        let effect = Exact::of(effect)?;
        if *measure != EffectMeasure::RiskDifference && effect.sign() < 0 {
            return Err(Error::invalid("estimate", "a ratio is not below 0"));
        }
        let near = |share: f64| Exact::of(&format!("{share:.6}").parse()?);
        let treated = match measure {
            EffectMeasure::RiskRatio => share.times(effect)?,
            EffectMeasure::RiskDifference => share.plus(effect)?,
            EffectMeasure::OddsRatio => {
                let (p, ratio) = (share.near(), effect.near());
                near(p * ratio / (1.0 - p + p * ratio))?
            }
            EffectMeasure::HazardRatio => near(1.0 - (1.0 - share.near()).powf(effect.near()))?,
            _ => return Err(Error::invalid("measure", "the effect is no ratio or difference of risks")),
        };
        if treated.sign() < 0 || treated.cmp(Exact::ONE)? == Ordering::Greater {
            return Err(Error::invalid("estimate", "the effect leads to fewer than none or more than all"));
        }
        treated.times(Exact::whole(baseline.denominator))?.told(PLACES)
    };
    let bounds = interval.map(|interval| {
        Ok::<_, Error>(Interval { low: of(&interval.low)?, high: of(&interval.high)?, level: interval.level.clone() })
    });
    Ok(AbsoluteRisk { numerator: of(estimate)?, interval: bounds.transpose()?, ..baseline.clone() })
}

/// The risk of one patient, from a result that someone supplies, e.g. a score: a share of 0 to 1.
///
/// # Errors
/// `Invalid` for what is not a share.
pub fn risk_of_result(probability: &Decimal, horizon: Horizon, population: String) -> Result<AbsoluteRisk> {
    let share = Exact::of(probability)?;
    if share.sign() < 0 || share.cmp(Exact::ONE)? == Ordering::Greater {
        return Err(Error::invalid("probability", "a probability is 0 to 1"));
    }
    let denominator = common(&[share])?;
    let numerator = share.times(Exact::whole(denominator))?.told(PLACES)?;
    let risk = AbsoluteRisk { numerator, denominator, horizon, interval: None, population };
    check_risk("risk", &risk)?;
    Ok(risk)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn risk(numerator: &str, denominator: u32) -> AbsoluteRisk {
        let horizon = Horizon { count: 10, unit: HorizonUnit::Years };
        let population = "people like you".to_owned();
        AbsoluteRisk { numerator: numerator.parse().unwrap(), denominator, horizon, interval: None, population }
    }

    fn text(number: &Option<Decimal>) -> Option<&str> {
        number.as_ref().map(Decimal::as_str)
    }

    #[test]
    fn ten_of_a_hundred_against_seven() {
        let compared = compare_risks(&risk("10", 100), &risk("7", 100)).unwrap();
        assert_eq!((compared.difference.as_str(), compared.reduces), ("3", Some(true)));
        assert_eq!((text(&compared.risk_ratio), text(&compared.relative_difference)), (Some("0.7"), Some("30")));
        assert_eq!((text(&compared.number_needed), compared.needed_to_treat), (Some("33.3"), Some(34)));
        assert_eq!((compared.needed_to_harm, compared.icons), (None, 100));
    }

    #[test]
    fn two_of_a_thousand_against_one_need_a_thousand_icons() {
        let compared = compare_risks(&risk("2", 1000), &risk("1", 1000)).unwrap();
        assert_eq!((compared.difference.as_str(), compared.needed_to_treat), ("0.1", Some(1000)));
        assert_eq!((compared.icons, compared.denominator), (1000, 1000));
    }

    #[test]
    fn harm_is_rounded_down_so_that_it_is_not_told_smaller() {
        let compared = compare_risks(&risk("2", 100), &risk("5", 100)).unwrap();
        assert_eq!((compared.difference.as_str(), compared.reduces), ("3", Some(false)));
        assert_eq!((compared.needed_to_treat, compared.needed_to_harm), (None, Some(33)));
    }

    #[test]
    fn equal_risks_have_no_number_needed_and_nothing_to_compare_has_no_ratio() {
        let equal = compare_risks(&risk("5", 100), &risk("50", 1000)).unwrap();
        assert_eq!((equal.reduces, &equal.number_needed, equal.needed_to_treat), (None, &None, None));
        let none = compare_risks(&risk("0", 100), &risk("1", 100)).unwrap();
        assert_eq!((none.risk_ratio, none.relative_difference), (None, None));
    }

    #[test]
    fn risks_of_different_denominators_are_put_on_one() {
        let compared = compare_risks(&risk("1", 50), &risk("3", 200)).unwrap();
        let figures = (compared.denominator, compared.untreated.as_str(), compared.treated.as_str());
        assert_eq!(figures, (1000, "20", "15"));
        let year = Horizon { count: 1, unit: HorizonUnit::Years };
        let months = Horizon { count: 12, unit: HorizonUnit::Months };
        let (a, b) =
            (AbsoluteRisk { horizon: year, ..risk("1", 50) }, AbsoluteRisk { horizon: months, ..risk("1", 50) });
        assert!(compare_risks(&a, &b).is_ok());
        assert!(compare_risks(&a, &risk("1", 50)).is_err());
    }

    #[test]
    fn a_relative_effect_becomes_an_absolute_risk() {
        let interval = Interval { low: "0.60".parse().unwrap(), high: "0.94".parse().unwrap(), level: None };
        let estimate = "0.75".parse().unwrap();
        let treated = apply_effect(&risk("8", 100), &EffectMeasure::RiskRatio, &estimate, Some(&interval)).unwrap();
        assert_eq!(treated.numerator.as_str(), "6");
        let bounds = treated.interval.unwrap();
        assert_eq!((bounds.low.as_str(), bounds.high.as_str()), ("4.8", "7.52"));
        let by = |measure, estimate: &str| {
            apply_effect(&risk("10", 100), &measure, &estimate.parse().unwrap(), None)
                .map(|risk| risk.numerator.to_string())
        };
        assert_eq!(by(EffectMeasure::RiskDifference, "-0.03").unwrap(), "7");
        assert_eq!(by(EffectMeasure::OddsRatio, "1").unwrap(), "10");
        assert_eq!(by(EffectMeasure::HazardRatio, "0.5").unwrap(), "5.1317");
        for (measure, estimate) in [
            (EffectMeasure::RiskRatio, "11"),
            (EffectMeasure::RiskRatio, "-1"),
            (EffectMeasure::RiskDifference, "-0.2"),
            (EffectMeasure::MeanDifference, "1"),
        ] {
            assert!(by(measure, estimate).is_err());
        }
    }

    #[test]
    fn a_supplied_result_is_a_risk_of_one_patient() {
        let horizon = || Horizon { count: 10, unit: HorizonUnit::Years };
        let risk = |text: &str| risk_of_result(&text.parse().unwrap(), horizon(), "you".into());
        assert_eq!((risk("0.123").unwrap().numerator.as_str(), risk("0.123").unwrap().denominator), ("123", 1000));
        assert_eq!((risk("0.1").unwrap().numerator.as_str(), risk("0.1").unwrap().denominator), ("10", 100));
        assert!(risk("1.01").is_err() && risk("-0.1").is_err());
    }

    proptest! {
        #[test]
        fn both_ways_round_add_up(numerator in 0u32..=1000, of in 1u32..=1_000_000) {
            let frequency = natural_frequency(&risk(&numerator.to_string(), 1000), of).unwrap();
            prop_assert_eq!(frequency.happens + frequency.spared, of);
        }

        #[test]
        fn turned_round_a_reduction_is_an_increase(a in 0u32..=1000, b in 0u32..=1000) {
            let (a, b) = (risk(&a.to_string(), 1000), risk(&b.to_string(), 1000));
            let (there, back) = (compare_risks(&a, &b).unwrap(), compare_risks(&b, &a).unwrap());
            prop_assert_eq!(there.reduces, back.reduces.map(|reduces| !reduces));
            prop_assert_eq!(&there.difference, &back.difference);
            prop_assert_eq!((&there.untreated, &there.treated), (&back.treated, &back.untreated));
            prop_assert!(there.needed_to_treat >= back.needed_to_harm);
        }

        #[test]
        fn a_common_denominator_keeps_the_value(a in 0u32..=200, b in 0u32..=50) {
            let compared = compare_risks(&risk(&a.to_string(), 200), &risk(&b.to_string(), 50)).unwrap();
            let value = |of: &Decimal, by: u32| of.to_f64() / f64::from(by);
            prop_assert!((value(&compared.untreated, compared.denominator) - f64::from(a) / 200.0).abs() < 1e-9);
            prop_assert!((value(&compared.treated, compared.denominator) - f64::from(b) / 50.0).abs() < 1e-9);
        }
    }
}
