//! Vectors and edge rules of adherence by claims, and properties against a count of days.

use std::collections::BTreeSet;

use chrono::Days;
use proptest::prelude::*;

use super::{Fill, Stay, SupplyResult, SupplyWarning, SupplyWindow, days_covered, possession_ratio};
use crate::time::{Date, Instant};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn now() -> Instant {
    "2026-01-15T12:00:00Z".parse().unwrap()
}

fn fill(drug: &str, on: &str, days: i64) -> Fill {
    Fill { drug: drug.to_owned(), date: date(on), days, reversal: false }
}

fn fills(rows: &[(&str, i64)]) -> Vec<Fill> {
    rows.iter().map(|(on, days)| fill("a", on, *days)).collect()
}

fn window(to: &str) -> SupplyWindow {
    SupplyWindow { complete: true, ..SupplyWindow::new(date("2025-01-01"), date(to)) }
}

fn pdc(fills: &[Fill], window: &SupplyWindow) -> SupplyResult {
    days_covered(fills, window, now()).unwrap()
}

fn told(result: &SupplyResult) -> (u64, u64, String) {
    let shown = result.display_value.as_ref().map(ToString::to_string).unwrap_or_default();
    (result.ratio.numerator, result.ratio.denominator, shown)
}

#[test]
fn days_covered_are_those_of_the_vectors() {
    let monthly: Vec<Fill> = (0..12u64)
        .map(|n| Fill {
            date: Date::try_from(date("2025-01-01").naive() + Days::new(30 * n)).unwrap(),
            ..fill("a", "2025-01-01", 30)
        })
        .collect();
    let rows: [(Vec<Fill>, &str, u64, u64, &str); 7] = [
        (monthly, "2025-12-31", 360, 365, "0.9863"),
        (fills(&[("2025-01-01", 30), ("2025-01-25", 30)]), "2025-03-31", 60, 90, "0.6667"),
        (fills(&[("2025-03-01", 90), ("2025-05-30", 90), ("2025-08-28", 90)]), "2025-12-31", 270, 306, "0.8824"),
        (vec![fill("a", "2025-01-01", 30), fill("b", "2025-01-16", 30)], "2025-02-28", 45, 59, "0.7627"),
        (
            fills(&[("2025-01-01", 90), ("2025-04-01", 90), ("2025-07-01", 90), ("2025-12-15", 30)]),
            "2025-12-31",
            287,
            365,
            "0.7863",
        ),
        (fills(&[("2025-01-01", 30), ("2025-02-15", 30)]), "2025-03-31", 60, 90, "0.6667"),
        (
            fills(&[("2025-01-01", 30), ("2025-01-11", 30), ("2025-01-21", 30), ("2025-05-01", 30)]),
            "2025-06-30",
            120,
            181,
            "0.6630",
        ),
    ];
    for (fills, to, covered, days, shown) in rows {
        let result = pdc(&fills, &window(to));
        assert_eq!(told(&result), (covered, days, shown.to_owned()), "to {to}");
    }
}

#[test]
fn a_possession_ratio_is_exact_beyond_one_and_shown_as_one() {
    let rows = fills(&[("2025-01-01", 30), ("2025-01-05", 30), ("2025-01-09", 30)]);
    let result = possession_ratio(&rows, &window("2025-01-30"), now()).unwrap();
    assert_eq!(told(&result), (90, 30, "1.0000".to_owned()));
    assert_eq!(result.ratio.rounded(1).unwrap().unwrap().as_str(), "3.0");
    assert_eq!(result.warnings, [SupplyWarning::Capped]);
    assert_eq!((result.method.id.as_str(), result.adherent), ("mpr", Some(true)));
}

#[test]
fn a_fill_of_no_or_negative_days_is_refused() {
    for days in [0, -30, 3_661] {
        for ask in [days_covered, possession_ratio] {
            let error = ask(&fills(&[("2025-01-01", days)]), &window("2025-03-31"), now()).unwrap_err();
            assert_eq!(error.code(), "invalid", "{days}");
        }
    }
    assert!(days_covered(&[fill(" ", "2025-01-01", 30)], &window("2025-03-31"), now()).is_err());
}

#[test]
fn a_reversal_removes_one_fill_and_says_if_there_was_none() {
    let mut rows = fills(&[("2025-01-01", 30), ("2025-02-01", 30), ("2025-02-01", 30)]);
    rows.push(Fill { reversal: true, ..fill("a", "2025-02-01", 30) });
    let once = pdc(&rows, &window("2025-03-31"));
    assert_eq!((once.ratio.numerator, once.warnings.len()), (60, 0));
    rows.push(Fill { reversal: true, ..fill("a", "2025-02-01", 28) });
    let none = pdc(&rows, &window("2025-03-31"));
    assert_eq!((none.ratio, none.warnings.as_slice()), (once.ratio, &[SupplyWarning::ReversalWithoutFill][..]));
}

#[test]
fn a_fill_before_the_period_counts_only_if_carried_in() {
    let rows = fills(&[("2024-12-17", 30), ("2025-02-01", 28)]);
    let without = pdc(&rows, &window("2025-02-28"));
    assert_eq!((told(&without).0, told(&without).1, without.from), (28, 28, Some(date("2025-02-01"))));
    let with = pdc(&rows, &SupplyWindow { carry_in: true, ..window("2025-02-28") });
    // 15 of its 30 days are left on 1 January.
    assert_eq!((told(&with).0, told(&with).1, with.from), (15 + 28, 59, Some(date("2025-01-01"))));
    let used_up = pdc(
        &fills(&[("2024-11-01", 30), ("2025-02-01", 28)]),
        &SupplyWindow { carry_in: true, ..window("2025-02-28") },
    );
    assert_eq!((used_up.ratio, used_up.from), (without.ratio, without.from));
}

#[test]
fn overlap_of_one_drug_is_moved_forward_and_that_of_others_is_not() {
    let same = pdc(&[fill("a", "2025-01-01", 30), fill("a", "2025-01-16", 30)], &window("2025-02-28"));
    let other = pdc(&[fill("a", "2025-01-01", 30), fill("b", "2025-01-16", 30)], &window("2025-02-28"));
    assert_eq!((same.ratio.numerator, other.ratio.numerator), (59, 45));
    assert!(same.warnings.contains(&SupplyWarning::Truncated) && other.warnings.is_empty());
    assert_eq!(other.drugs.iter().map(|drug| drug.covered).collect::<Vec<_>>(), [30, 30]);
}

#[test]
fn a_window_ends_with_enrolment_or_death() {
    let rows = fills(&[("2025-01-01", 30)]);
    let ended = pdc(&rows, &SupplyWindow { ended: Some(date("2025-02-09")), ..window("2025-12-31") });
    assert_eq!(told(&ended), (30, 40, "0.7500".to_owned()));
    let later = pdc(&rows, &SupplyWindow { ended: Some(date("2026-02-09")), ..window("2025-02-09") });
    assert_eq!(later.ratio, ended.ratio);
}

#[test]
fn days_in_a_facility_are_left_out_and_supply_lasts_longer() {
    let rows = fills(&[("2025-01-01", 30)]);
    let stays = vec![
        Stay { from: date("2025-01-11"), to: date("2025-01-15") },
        Stay { from: date("2025-01-14"), to: date("2025-01-20") },
    ];
    let result = pdc(&rows, &SupplyWindow { stays, ..window("2025-02-28") });
    assert_eq!((result.ratio.numerator, result.ratio.denominator), (30, 49));
    let all = vec![Stay { from: date("2025-01-01"), to: date("2025-12-31") }];
    let none = pdc(&rows, &SupplyWindow { stays: all, ..window("2025-02-28") });
    assert_eq!((none.display_value.clone(), none.adherent), (None, None));
    assert!(none.warnings.contains(&SupplyWarning::NoDays));
}

#[test]
fn no_fill_gives_no_figure_and_what_may_be_missing_is_said() {
    let result = pdc(&[], &SupplyWindow { complete: false, ..window("2025-12-31") });
    assert_eq!((result.display_value.clone(), result.adherent, result.from), (None, None, None));
    assert_eq!(result.warnings, [SupplyWarning::DataIncomplete, SupplyWarning::NoFill]);
}

#[test]
fn an_impossible_window_is_refused() {
    let ask = |window: &SupplyWindow| days_covered(&[], window, now());
    assert!(ask(&window("2024-12-31")).is_err());
    assert!(ask(&SupplyWindow { ended: Some(date("2024-12-31")), ..window("2025-12-31") }).is_err());
    let stays = vec![Stay { from: date("2025-02-02"), to: date("2025-02-01") }];
    assert!(ask(&SupplyWindow { stays, ..window("2025-12-31") }).is_err());
    assert!(ask(&SupplyWindow::new(date("0001-01-01"), date("9999-12-31"))).is_err());
}

#[test]
fn eighty_percent_is_the_threshold() {
    let ask = |days| pdc(&fills(&[("2025-01-01", days)]), &window("2025-04-10")).adherent;
    assert_eq!((ask(79), ask(80)), (Some(false), Some(true)));
}

fn any_fills() -> impl Strategy<Value = Vec<Fill>> {
    let one = (0..2u8, 0..365u64, 1..120i64).prop_map(|(drug, day, days)| Fill {
        drug: ["a", "b"][usize::from(drug)].to_owned(),
        date: Date::try_from(date("2025-01-01").naive() + Days::new(day)).unwrap(),
        days,
        reversal: false,
    });
    prop::collection::vec(one, 0..14)
}

/// Days covered, counted in another way: stock of each drug goes down by one a day.
fn naive(fills: &[Fill], to: Date) -> (u64, u64) {
    let Some(first) = fills.iter().filter(|fill| fill.date <= to).map(|fill| fill.date).min() else { return (0, 0) };
    let drugs: BTreeSet<&str> = fills.iter().map(|fill| fill.drug.as_str()).collect();
    let mut stock: Vec<(&str, i64)> = drugs.into_iter().map(|drug| (drug, 0)).collect();
    let (mut covered, mut days, mut day) = (0, 0, first.naive());
    while day <= to.naive() {
        let mut any = false;
        for (drug, left) in &mut stock {
            *left += fills.iter().filter(|f| f.drug == *drug && f.date.naive() == day).map(|f| f.days).sum::<i64>();
            any |= *left > 0;
            *left = (*left - 1).max(0);
        }
        covered += u64::from(any);
        days += 1;
        day = day.succ_opt().unwrap();
    }
    (covered, days)
}

proptest! {
    #[test]
    fn days_covered_are_those_on_which_there_is_stock(fills in any_fills()) {
        let result = pdc(&fills, &window("2025-10-31"));
        prop_assert_eq!((result.ratio.numerator, result.ratio.denominator), naive(&fills, date("2025-10-31")));
        prop_assert!(result.ratio.numerator <= result.ratio.denominator);
    }

    #[test]
    fn order_of_fills_does_not_matter_and_a_reversal_undoes(fills in any_fills(), at in any::<prop::sample::Index>()) {
        let all = pdc(&fills, &window("2025-10-31"));
        let mut turned = fills.clone();
        turned.reverse();
        prop_assert_eq!(&pdc(&turned, &window("2025-10-31")), &all);
        if !fills.is_empty() {
            let extra = fills[at.index(fills.len())].clone();
            turned.push(extra.clone());
            turned.push(Fill { reversal: true, ..extra });
            prop_assert_eq!(&pdc(&turned, &window("2025-10-31")), &all);
        }
    }
}
