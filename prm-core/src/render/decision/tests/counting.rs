use proptest::prelude::*;

use crate::evidence::{AbsoluteRisk, Horizon, HorizonUnit, Interval};
use crate::render::decision::count::{Gap, Headcount, IconCount, Span, hundredths};

pub(super) fn risk(n: &str, of: u32) -> AbsoluteRisk {
    AbsoluteRisk {
        numerator: n.parse().unwrap(),
        denominator: of,
        horizon: Horizon { count: 10, unit: HorizonUnit::Years },
        interval: None,
        population: "people like you".to_owned(),
    }
}

fn pair(one: &AbsoluteRisk, two: &AbsoluteRisk) -> (u32, u32, u32) {
    let count = IconCount::fitting([one, two]);
    let of = |risk| Headcount::of(risk, count).unwrap().happens;
    (count.people(), of(one), of(two))
}

#[test]
fn people_are_a_hundred_and_a_thousand_where_a_risk_is_below_one_percent() {
    assert_eq!(pair(&risk("10", 100), &risk("7", 100)), (100, 10, 7));
    assert_eq!(pair(&risk("2", 1000), &risk("1", 1000)), (1000, 2, 1));
    assert_eq!(pair(&risk("0.99", 100), &risk("50", 100)), (1000, 10, 500));
    assert_eq!(pair(&risk("1", 100), &risk("50", 100)), (100, 1, 50));
    // Nobody is not fewer than one.
    assert_eq!(pair(&risk("0", 100), &risk("0.0e3", 7)), (100, 0, 0));
}

#[test]
fn two_risks_that_differ_get_icons_that_differ() {
    assert_eq!(pair(&risk("1", 50), &risk("3", 200)), (1000, 20, 15));
    assert_eq!(pair(&risk("2", 100), &risk("20", 1000)), (100, 2, 2));
}

#[test]
fn whole_people_are_rounded_half_away_from_zero_and_say_so() {
    for (n, of, people, rounded) in [
        ("7.5", 100, 8, true),
        ("7.49", 100, 7, true),
        ("7.50", 100, 8, true),
        ("15", 200, 8, true),
        ("14", 200, 7, false),
    ] {
        let risk = risk(n, of);
        let heads = Headcount::of(&risk, IconCount::Hundred).unwrap();
        assert_eq!((heads.happens, heads.is_rounded()), (people, rounded), "{n} of {of}");
    }
    let e = risk("7.5e1", 1000);
    assert_eq!(Headcount::of(&e, IconCount::Thousand).unwrap().happens, 75);
}

#[test]
fn a_risk_that_is_none_has_no_people() {
    for (n, of) in [("101", 100), ("-1", 100), ("0", 0), ("1", 1_000_001), ("1e99", 100), ("100.000001", 100)] {
        assert!(Headcount::of(&risk(n, of), IconCount::Hundred).is_none(), "{n} of {of}");
    }
}

#[test]
fn fewer_than_one_is_neither_nobody_nor_one() {
    let (few, most) = (risk("0.3", 1000), risk("99.8", 100));
    let few = Headcount::of(&few, IconCount::Thousand).unwrap();
    assert!(few.below_one() && few.is_rounded() && few.happens == 0);
    let most = Headcount::of(&most, IconCount::Hundred).unwrap();
    assert!(most.above_all_but_one() && most.spared() == 0);
    let none = risk("0", 100);
    assert!(!Headcount::of(&none, IconCount::Hundred).unwrap().below_one());
}

fn gap(one: (&str, u32), two: (&str, u32), count: IconCount) -> Gap {
    let (one, two) = (risk(one.0, one.1), risk(two.0, two.1));
    Headcount::of(&one, count).unwrap().gap(&Headcount::of(&two, count).unwrap())
}

#[test]
fn a_difference_is_that_of_the_figures_and_before_rounding_where_theirs_would_be_wrong() {
    let hundred = IconCount::Hundred;
    assert_eq!(gap(("7", 100), ("10", 100), hundred), Gap::Fewer("3".into(), false));
    assert_eq!(gap(("5", 100), ("2", 100), hundred), Gap::More("3".into(), false));
    assert_eq!(gap(("1", 1000), ("2", 1000), IconCount::Thousand), Gap::Fewer("1".into(), false));
    assert_eq!(gap(("5", 100), ("50", 1000), hundred), Gap::None);
    // 8 and 4 are drawn, which are four apart; the risks are not.
    assert_eq!(gap(("7.5", 100), ("4.4", 100), hundred), Gap::More("3.1".into(), true));
    assert_eq!(gap(("7.1", 100), ("7.3", 100), hundred), Gap::Fewer("0.2".into(), true));
    assert_eq!(gap(("7.01", 100), ("7.02", 100), hundred), Gap::Close);
}

#[test]
fn an_interval_is_told_in_the_same_people() {
    let mut risk = risk("6.0", 100);
    risk.interval = Some(Interval { low: "4.8".parse().unwrap(), high: "7.52".parse().unwrap(), level: None });
    let span = |count| Headcount::of(&risk, count).unwrap().interval().unwrap();
    assert_eq!(span(IconCount::Hundred), Span { low: 5, high: 8, below_one: false });
    assert_eq!(span(IconCount::Thousand), Span { low: 48, high: 75, below_one: false });
}

#[test]
fn shares_become_hundredths() {
    for (share, n) in [("0.375", Some(38)), ("-0.75", Some(-75)), ("1", Some(100)), ("0", Some(0)), ("1.5", None)] {
        assert_eq!(hundredths(&share.parse().unwrap()), n, "{share}");
    }
}

proptest! {
    #[test]
    fn both_frames_add_up_and_rounding_moves_nobody_by_more_than_half(
        whole in 0u32..1_000_000, fraction in 0u32..1000, of in 1u32..=1_000_000
    ) {
        let risk = risk(&format!("{}.{fraction:03}", whole % of), of);
        for count in [IconCount::Hundred, IconCount::Thousand] {
            let heads = Headcount::of(&risk, count).unwrap();
            prop_assert_eq!(heads.happens + heads.spared(), count.people());
            let exact = risk.numerator.to_f64() / f64::from(of) * f64::from(count.people());
            prop_assert!((f64::from(heads.happens) - exact).abs() <= 0.5 + 1e-9);
        }
    }
}
