//! Whether a goal is reached, from what was measured.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Bound, Goal, GoalTarget};
use crate::engage::add_span;
use crate::id::EntryId;
use crate::time::{CivilTime, Instant, When};
use crate::value::{Coding, Comparator, Concept, Quantity};

/// Something that was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredValue {
    /// What was measured.
    pub code: Concept,
    /// What was found.
    pub value: Quantity,
    /// When.
    pub when: When,
    /// The entry of the chart that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

/// Whether a goal or a target is reached. It is computed, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Achievement {
    /// The last value reaches it.
    Met,
    /// The last value does not reach it, and there is time left.
    InProgress,
    /// The last value does not reach it, and there is no time left or none was given.
    NotMet,
    /// Nothing measured says whether it is reached.
    Unknown,
}

/// Why it is not known whether a target is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownReason {
    /// The goal has no target.
    NoTarget,
    /// The target names no amount.
    NoBound,
    /// Nothing was measured.
    NoValue,
    /// The last value is too old to say how things stand.
    Stale,
    /// The last value is in another unit than the target. Units are not converted in silence.
    UnitMismatch,
    /// The last value is only known to be above or below a number, and that does not settle it.
    Indefinite,
    /// Several values of the same time do not agree.
    Conflicting,
}

/// Whether a target is reached, and by which value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetAssessment {
    /// What is measured.
    pub measure: Coding,
    /// Whether it is reached.
    pub achievement: Achievement,
    /// Why that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<UnknownReason>,
    /// The value that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Quantity>,
    /// When it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// The entry of the chart that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
}

/// Whether a goal is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalAssessment {
    /// Whether all targets are reached: not met if one is not, else unknown if one is, else in progress if one is.
    pub achievement: Achievement,
    /// Why that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<UnknownReason>,
    /// Each target.
    pub targets: Vec<TargetAssessment>,
}

/// Whether `goal` is reached at `now`, going by the last value of each measure. What was not measured is unknown, never
/// met; a value in another unit is unknown too. Values later than `now` do not count. A day by which a target is to be
/// reached has passed when it has everywhere on Earth.
pub fn assess(goal: &Goal, facts: &[MeasuredValue], now: Instant) -> GoalAssessment {
    let targets: Vec<TargetAssessment> = goal.targets.iter().map(|target| one(target, facts, now)).collect();
    let find = |wanted| targets.iter().find(|target: &&TargetAssessment| target.achievement == wanted);
    let (achievement, reason) = if targets.is_empty() {
        (Achievement::Unknown, Some(UnknownReason::NoTarget))
    } else if find(Achievement::NotMet).is_some() {
        (Achievement::NotMet, None)
    } else if let Some(unknown) = find(Achievement::Unknown) {
        (Achievement::Unknown, unknown.reason)
    } else if find(Achievement::InProgress).is_some() {
        (Achievement::InProgress, None)
    } else {
        (Achievement::Met, None)
    };
    GoalAssessment { achievement, reason, targets }
}

fn one(target: &GoalTarget, facts: &[MeasuredValue], now: Instant) -> TargetAssessment {
    let past = |fact: &&MeasuredValue| match fact.when {
        When::At(at) => at.to_utc() <= now,
        When::On(date) => date.first_day() <= now.date_naive(),
    };
    let measured = |fact: &&MeasuredValue| fact.code.codings.iter().any(|coding| coding.is(&target.measure));
    let known: Vec<&MeasuredValue> = facts.iter().filter(measured).filter(past).collect();
    let last = known.iter().map(|fact| fact.when.timeline_time()).max();
    let mut last: Vec<&MeasuredValue> =
        known.into_iter().filter(|fact| Some(fact.when.timeline_time()) == last).collect();
    // Several of one time are looked at in an order of their own, whatever order they are handed in.
    last.sort_by_key(|fact| (fact.entry, fact.value.value.as_str(), fact.value.ucum_code()));
    let shown = last.first();
    let judged = judge(target, &last, now);
    TargetAssessment {
        measure: target.measure.clone(),
        achievement: judged.unwrap_or(Achievement::Unknown),
        reason: judged.err(),
        value: shown.map(|fact| fact.value.clone()),
        when: shown.map(|fact| fact.when),
        entry: shown.and_then(|fact| fact.entry),
    }
}

fn judge(target: &GoalTarget, last: &[&MeasuredValue], now: Instant) -> Result<Achievement, UnknownReason> {
    if target.low.is_none() && target.high.is_none() {
        return Err(UnknownReason::NoBound);
    }
    let first = last.first().ok_or(UnknownReason::NoValue)?;
    if stale(target, first.when, now) {
        return Err(UnknownReason::Stale);
    }
    let reached = reaches(target, &first.value)?;
    for other in last.iter().skip(1) {
        if reaches(target, &other.value)? != reached {
            return Err(UnknownReason::Conflicting);
        }
    }
    let over = |due: crate::time::Date| {
        now.checked_sub_signed(chrono::TimeDelta::hours(12)).unwrap_or(now).date_naive() > due.naive()
    };
    Ok(match (reached, target.due) {
        (true, _) => Achievement::Met,
        (false, Some(due)) if !over(due) => Achievement::InProgress,
        (false, _) => Achievement::NotMet,
    })
}

fn stale(target: &GoalTarget, when: When, now: Instant) -> bool {
    let Some(span) = &target.stale_after else { return false };
    let measured = match when {
        When::At(at) => CivilTime::try_from(at.naive_utc()),
        When::On(date) => CivilTime::try_from(date.last_day().and_time(chrono::NaiveTime::MIN)),
    };
    // What cannot be counted is not called fresh.
    measured.and_then(|at| add_span(at, span, None)).map_or(true, |until| until.naive() < now.naive_utc())
}

fn reaches(target: &GoalTarget, value: &Quantity) -> Result<bool, UnknownReason> {
    let low = target.low.as_ref().map_or(Ok(true), |bound| within(value, bound, Ordering::Greater));
    let high = target.high.as_ref().map_or(Ok(true), |bound| within(value, bound, Ordering::Less));
    match (low, high) {
        // One end that is surely missed settles it, whatever is known of the other.
        (Ok(false), Err(UnknownReason::Indefinite)) | (Err(UnknownReason::Indefinite), Ok(false)) => Ok(false),
        (low, high) => Ok(low? && high?),
    }
}

/// Whether `value` lies on the `inside` of `bound`.
fn within(value: &Quantity, bound: &Bound, inside: Ordering) -> Result<bool, UnknownReason> {
    if !same_unit(value, &bound.value) || bound.value.comparator.is_some() {
        return Err(UnknownReason::UnitMismatch);
    }
    let order = value.value.compare(&bound.value.value);
    let stated = order == inside || (order == Ordering::Equal && !bound.excluded);
    let beyond = match &value.comparator {
        None => return Ok(stated),
        Some(Comparator::LessThan | Comparator::AtMost) => Ordering::Less,
        Some(Comparator::MoreThan | Comparator::AtLeast) => Ordering::Greater,
        Some(Comparator::Other(_)) => return Err(UnknownReason::Indefinite),
    };
    // The true value lies beyond the stated one, which itself may or may not be it.
    let open = matches!(value.comparator, Some(Comparator::LessThan | Comparator::MoreThan));
    if beyond == inside {
        let settled = stated || (order == Ordering::Equal && open);
        if settled { Ok(true) } else { Err(UnknownReason::Indefinite) }
    } else {
        let settled = !stated || (order == Ordering::Equal && open);
        if settled { Ok(false) } else { Err(UnknownReason::Indefinite) }
    }
}

/// Whether both are in the same unit: the same code of UCUM, or else the same words. No unit is a unit of its own.
fn same_unit(a: &Quantity, b: &Quantity) -> bool {
    match (a.ucum_code(), b.ucum_code()) {
        (Some(a), Some(b)) => a == b,
        (None, None) => (&a.system, &a.code, &a.unit) == (&b.system, &b.code, &b.unit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PatientId;
    use proptest::prelude::*;

    fn loinc(code: &str) -> Coding {
        Coding::new("http://loinc.org", code)
    }

    fn amount(text: &str, unit: &str) -> Quantity {
        Quantity::ucum(text.parse().unwrap(), unit).unwrap()
    }

    fn below(text: &str, unit: &str) -> Option<Bound> {
        Some(Bound { value: amount(text, unit), excluded: true })
    }

    fn pressure() -> Goal {
        let target = |code: &str, high: &str| GoalTarget {
            measure: loinc(code),
            high: below(high, "mm[Hg]"),
            ..GoalTarget::default()
        };
        let patient = PatientId::from_uuid(uuid::Uuid::nil());
        Goal { targets: vec![target("8480-6", "140"), target("8462-4", "90")], ..Goal::of(patient, "below 140/90") }
    }

    fn fact(code: &str, value: Quantity, when: &str) -> MeasuredValue {
        MeasuredValue { code: loinc(code).into(), value, when: when.parse().unwrap(), entry: None }
    }

    fn noon() -> Instant {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    fn found(goal: &Goal, facts: &[MeasuredValue]) -> Achievement {
        assess(goal, facts, noon()).achievement
    }

    #[test]
    fn what_was_not_measured_is_unknown_never_met() {
        let assessed = assess(&pressure(), &[], noon());
        assert_eq!((assessed.achievement, assessed.reason), (Achievement::Unknown, Some(UnknownReason::NoValue)));
        let half = [fact("8480-6", amount("120", "mm[Hg]"), "2026-03-01")];
        assert_eq!(found(&pressure(), &half), Achievement::Unknown);
        let none = Goal { targets: vec![], ..pressure() };
        assert_eq!(assess(&none, &half, noon()).reason, Some(UnknownReason::NoTarget));
    }

    #[test]
    fn the_last_value_counts_and_the_future_does_not() {
        let mut facts = vec![
            fact("8480-6", amount("150", "mm[Hg]"), "2026-02-01"),
            fact("8462-4", amount("80", "mm[Hg]"), "2026-02-20"),
            fact("8480-6", amount("139", "mm[Hg]"), "2026-02-20"),
        ];
        assert_eq!(found(&pressure(), &facts), Achievement::Met);
        facts.push(fact("8480-6", amount("160", "mm[Hg]"), "2026-03-02T12:00:01Z"));
        assert_eq!(found(&pressure(), &facts), Achievement::Met);
        facts.push(fact("8480-6", amount("140", "mm[Hg]"), "2026-03-02T11:00:00Z"));
        assert_eq!(found(&pressure(), &facts), Achievement::NotMet);
    }

    #[test]
    fn a_value_in_another_unit_is_unknown_with_the_reason() {
        let facts =
            [fact("8480-6", amount("16", "kPa"), "2026-03-01"), fact("8462-4", amount("80", "mm[Hg]"), "2026-03-01")];
        let assessed = assess(&pressure(), &facts, noon());
        assert_eq!((assessed.achievement, assessed.reason), (Achievement::Unknown, Some(UnknownReason::UnitMismatch)));
        assert_eq!(assessed.targets[0].value, Some(amount("16", "kPa")));
    }

    #[test]
    fn until_its_day_has_passed_everywhere_a_target_is_in_progress() {
        let mut goal = pressure();
        goal.targets.truncate(1);
        let facts = [fact("8480-6", amount("150", "mm[Hg]"), "2026-02-20")];
        goal.targets[0].due = Some("2026-03-02".parse().unwrap());
        let at = |text: &str| assess(&goal, &facts, text.parse().unwrap()).achievement;
        assert_eq!(at("2026-03-03T11:59:59Z"), Achievement::InProgress);
        assert_eq!(at("2026-03-03T12:00:00Z"), Achievement::NotMet);
    }

    #[test]
    fn an_old_value_says_nothing_and_values_that_disagree_neither() {
        let mut goal = pressure();
        goal.targets.truncate(1);
        goal.targets[0].stale_after = Some(crate::engage::Span { months: 1, ..crate::engage::Span::default() });
        let old = [fact("8480-6", amount("120", "mm[Hg]"), "2026-02-01T12:00:00Z")];
        assert_eq!(assess(&goal, &old, noon()).reason, Some(UnknownReason::Stale));
        let day = [
            fact("8480-6", amount("120", "mm[Hg]"), "2026-03-01"),
            fact("8480-6", amount("150", "mm[Hg]"), "2026-03-01"),
        ];
        assert_eq!(assess(&goal, &day, noon()).reason, Some(UnknownReason::Conflicting));
        goal.targets[0].high = None;
        assert_eq!(assess(&goal, &day, noon()).reason, Some(UnknownReason::NoBound));
    }

    #[test]
    fn a_value_known_from_one_side_settles_what_it_can() {
        let goal = |excluded| {
            let high = Some(Bound { value: amount("7", "%"), excluded });
            let target = GoalTarget { measure: loinc("4548-4"), high, ..GoalTarget::default() };
            Goal { targets: vec![target], ..pressure() }
        };
        let with = |comparator: &str, value: &str, excluded| {
            let value = Quantity { comparator: Some(Comparator::from_code(comparator)), ..amount(value, "%") };
            found(&goal(excluded), &[fact("4548-4", value, "2026-03-01")])
        };
        assert_eq!(with("<", "7", true), Achievement::Met);
        assert_eq!(with("<=", "7", true), Achievement::Unknown);
        assert_eq!(with("<=", "7", false), Achievement::Met);
        assert_eq!(with("<", "8", false), Achievement::Unknown);
        assert_eq!(with(">", "7", false), Achievement::NotMet);
        assert_eq!(with(">=", "7", true), Achievement::NotMet);
        assert_eq!(with(">=", "7", false), Achievement::Unknown);
        assert_eq!(with(">", "6", false), Achievement::Unknown);
        assert_eq!(with("about", "6", false), Achievement::Unknown);
    }

    proptest! {
        #[test]
        fn met_means_that_every_target_has_a_value_inside_it(values in prop::collection::vec((0u8..2, 60i64..200, 1u32..29, any::<bool>()), 0..8)) {
            let facts: Vec<_> = values.iter().map(|(which, value, day, unit)| {
                let code = if *which == 0 { "8480-6" } else { "8462-4" };
                let unit = if *unit { "mm[Hg]" } else { "kPa" };
                fact(code, amount(&value.to_string(), unit), &format!("2026-02-{day:02}"))
            }).collect();
            let assessed = assess(&pressure(), &facts, noon());
            if assessed.achievement == Achievement::Met {
                for (target, most) in assessed.targets.iter().zip([140, 90]) {
                    let value = target.value.as_ref().unwrap();
                    prop_assert_eq!(value.ucum_code(), Some("mm[Hg]"));
                    prop_assert!(value.value.to_f64() < f64::from(most));
                }
            }
            let mut backwards = facts.clone();
            backwards.reverse();
            prop_assert_eq!(assess(&pressure(), &backwards, noon()), assessed);
        }
    }
}
