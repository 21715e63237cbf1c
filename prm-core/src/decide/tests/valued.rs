//! Weights, values and concordance, by published vectors.

use super::*;
use crate::decide::{Attribute, AttributeScore, BestWorstSet, Comparison, OptionScore, Preferences, Share};
use crate::value::Decimal;
use proptest::prelude::*;

fn scores(scores: &[i64]) -> Vec<AttributeScore> {
    let score = |(n, score): (usize, &i64)| AttributeScore { attribute: format!("a{n}"), score: (*score).into() };
    scores.iter().enumerate().map(score).collect()
}

fn texts(weights: &[AttributeWeight]) -> Vec<&str> {
    weights.iter().map(|weight| weight.weight.as_ref().map_or("none", Decimal::as_str)).collect()
}

#[test]
fn swings_become_weights_that_add_up_to_one() {
    let of = |of: &[i64]| swing_weights(&scores(of)).map(|weights| texts(&weights).join(" "));
    assert_eq!(of(&[100, 60, 40]).unwrap(), "0.5 0.3 0.2");
    assert_eq!(of(&[100, 100, 0]).unwrap(), "0.5 0.5 0");
    assert_eq!(of(&[100, 80, 50, 20]).unwrap(), "0.4 0.32 0.2 0.08");
    assert_eq!(of(&[100]).unwrap(), "1");
    for wrong in [&[0, 0][..], &[100, -1], &[101], &[]] {
        assert!(of(wrong).is_err(), "{wrong:?}");
    }
}

fn attributes(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("a{n}")).collect()
}

/// Comparisons of the upper triangle, row by row.
fn pairs(count: usize, upper: &[(u32, u32)]) -> Vec<Comparison> {
    let places = (0..count).flat_map(|i| (i + 1..count).map(move |j| (i, j)));
    let comparison = |((i, j), (of, by)): ((usize, usize), &(u32, u32))| Comparison {
        first: format!("a{i}"),
        second: format!("a{j}"),
        times: Share { of: *of, by: *by },
    };
    places.zip(upper).map(comparison).collect()
}

#[test]
fn pairs_become_weights_and_say_whether_they_fit_each_other() {
    let near = |number: &Decimal, expected: f64| (number.to_f64() - expected).abs() < 5.1e-5;
    type Case<'a> = (usize, &'a [(u32, u32)], &'a [f64], f64, f64);
    let cases: [Case<'_>; 5] = [
        (3, &[(3, 1), (5, 1), (2, 1)], &[0.6483, 0.2297, 0.1220], 3.0037, 0.0032),
        (3, &[(2, 1), (4, 1), (2, 1)], &[0.5714, 0.2857, 0.1429], 3.0, 0.0),
        (3, &[(5, 1), (1, 5), (5, 1)], &[0.3333; 3], 6.2, 2.7586),
        (4, &[(3, 1), (5, 1), (7, 1), (3, 1), (5, 1), (3, 1)], &[0.5650, 0.2622, 0.1175, 0.0553], 4.1170, 0.0433),
        (3, &[(1, 1), (1, 1), (1, 1)], &[0.3333; 3], 3.0, 0.0),
    ];
    for (count, upper, weights, eigenvalue, ratio) in cases {
        let found = pair_weights(&attributes(count), &pairs(count, upper)).unwrap();
        for (own, expected) in found.weights.iter().zip(weights) {
            assert!(near(own.weight.as_ref().unwrap(), *expected), "{:?}", found.weights);
        }
        let fits = found.consistency;
        assert!(near(&fits.eigenvalue, eigenvalue) && near(fits.ratio.as_ref().unwrap(), ratio), "{fits:?}");
        assert_eq!(fits.acceptable, ratio <= 0.10);
    }
    let two = pair_weights(&attributes(2), &pairs(2, &[(3, 1)])).unwrap();
    assert_eq!((texts(&two.weights), two.consistency.ratio), (vec!["0.75", "0.25"], None));
}

#[test]
fn pairs_that_cannot_be_are_refused() {
    let good = pairs(3, &[(3, 1), (5, 1), (2, 1)]);
    let back = |of, by| Comparison { first: "a1".into(), second: "a0".into(), times: Share { of, by } };
    assert!(pair_weights(&attributes(3), &[good.clone(), vec![back(1, 3)]].concat()).is_ok());
    for wrong in [
        [good.clone(), vec![back(1, 2)]].concat(),
        [good.clone(), vec![good[0].clone()]].concat(),
        good[..2].to_vec(),
        [good.clone(), vec![Comparison { first: "a1".into(), second: "a1".into(), times: Share { of: 1, by: 1 } }]]
            .concat(),
        pairs(3, &[(10, 1), (5, 1), (2, 1)]),
        pairs(3, &[(0, 1), (5, 1), (2, 1)]),
    ] {
        assert!(pair_weights(&attributes(3), &wrong).is_err());
    }
    assert!(pair_weights(&attributes(1), &[]).is_err());
    assert!(pair_weights(&attributes(9), &[]).is_err());
}

#[test]
fn best_and_worst_become_scores() {
    // Shown as often as the vector says, named best and worst as often.
    let of = |best: usize, worst: usize, shown: usize| {
        let set = |n: usize| BestWorstSet {
            shown: vec!["a0".into(), "a1".into()],
            best: (n < best).then(|| "a0".into()),
            worst: (n >= best && n < best + worst).then(|| "a0".into()),
        };
        let sets: Vec<_> = (0..shown).map(set).collect();
        best_worst_scores(&attributes(1 + usize::from(shown > 0)), &sets).unwrap()[0].weight.clone()
    };
    let text = |best, worst, shown| of(best, worst, shown).map(|score| score.to_string());
    assert_eq!(text(3, 0, 4).as_deref(), Some("0.75"));
    assert_eq!(text(0, 4, 4).as_deref(), Some("-1"));
    assert_eq!(text(2, 2, 4).as_deref(), Some("0"));
    assert_eq!(text(0, 0, 0), None);
    assert_eq!(text(1, 0, 3).as_deref(), Some("0.333333"));
    assert_eq!(text(4, 0, 4).as_deref(), Some("1"));
    let wrong = |shown: &[&str], best: &str, worst: &str| {
        let shown = shown.iter().map(|key| (*key).to_owned()).collect();
        best_worst_scores(&attributes(2), &[BestWorstSet { shown, best: Some(best.into()), worst: Some(worst.into()) }])
    };
    for refused in [
        wrong(&["a0"], "a0", "a0"),
        wrong(&["a0", "a1"], "a0", "a0"),
        wrong(&["a0", "a1"], "a0", "a9"),
        wrong(&["a0", "a0"], "a0", "a0"),
    ] {
        assert!(refused.is_err());
    }
}

/// A decision about three options, scored on three attributes.
fn scored(swings: &[i64], scored: [[&str; 3]; 3], order: &[&str]) -> DecisionSheet {
    let keys = ["none", "statin", "diet"];
    let options = order.iter().map(|key| option(key, *key == "none")).collect();
    let mut sheet =
        open(DecisionOpening { options, ..opening() }, patient(), &at(doctor()), date("2026-03-02")).unwrap().sheet;
    let attribute = |key: String| Attribute { title: key.clone(), key };
    let score = |(option, attribute): (usize, usize)| OptionScore {
        option: keys[option].into(),
        attribute: format!("a{attribute}"),
        score: scored[option][attribute].parse().unwrap(),
    };
    sheet.preferences = Some(Preferences {
        attributes: attributes(3).into_iter().map(attribute).collect(),
        elicitation: Elicitation::Swing(scores(swings)),
        scores: (0..3).flat_map(|o| (0..3).map(move |a| (o, a))).map(score).collect(),
        words: None,
        said_by: Who::Patient(patient()),
    });
    sheet
}

const SCORED: [[&str; 3]; 3] = [["0", "1", "1"], ["1", "0", "0.5"], ["0.5", "0.5", "1"]];

#[test]
fn the_mirror_says_how_options_do_and_whether_the_choice_matches() {
    let mut sheet = scored(&[100, 60, 40], SCORED, &["none", "statin", "diet"]);
    let shown = mirror(&sheet).unwrap();
    let values: Vec<_> = shown.options.iter().map(|of| (of.option.as_str(), of.value.as_str())).collect();
    assert_eq!(values, [("none", "0.5"), ("statin", "0.6"), ("diet", "0.6")]);
    assert!(shown.concordance.is_none());
    for (chosen, share, lowest) in [("none", "0.5", true), ("statin", "0.5", false), ("diet", "0.2", false)] {
        sheet.choice = Some(Choice {
            option: chosen.into(),
            strength: ChoiceStrength::Firm,
            conditions: Vec::new(),
            made_by: Who::Patient(patient()),
            how: DecisionRole::Together,
            reason: None,
        });
        let concordance = mirror(&sheet).unwrap().concordance.unwrap();
        assert_eq!((concordance.share.as_str(), concordance.lowest), (share, lowest), "{chosen}");
    }
}

#[test]
fn preferences_that_do_not_fit_are_refused() {
    let sheet = || scored(&[100, 60, 40], SCORED, &["none", "statin", "diet"]);
    let refused = |change: &dyn Fn(&mut Preferences)| {
        let mut sheet = sheet();
        change(sheet.preferences.as_mut().unwrap());
        mirror(&sheet).unwrap_err().field().unwrap_or_default().to_owned()
    };
    assert_eq!(
        refused(&|p| {
            p.scores.pop();
        }),
        "preferences.scores"
    );
    assert_eq!(refused(&|p| p.scores[0].option = "surgery".into()), "preferences.scores[0]");
    assert_eq!(refused(&|p| p.scores[0].score = "1.1".parse().unwrap()), "preferences.scores[0]");
    assert_eq!(refused(&|p| p.scores[1] = p.scores[0].clone()), "preferences.scores[1]");
    assert_eq!(refused(&|p| p.attributes[1].key = "a0".into()), "preferences.attributes");
    assert_eq!(refused(&|p| p.elicitation = Elicitation::Words), "preferences.words");
    assert_eq!(refused(&|p| p.elicitation = Elicitation::Swing(scores(&[90, 60, 40]))), "preferences.scores");
    assert!(mirror(&sheet()).is_ok());
    let none = DecisionSheet { preferences: None, ..sheet() };
    assert!(mirror(&none).unwrap().weights.is_empty());
}

proptest! {
    #[test]
    fn weights_sum_to_one(swings in prop::collection::vec(0i64..=100, 1..12)) {
        prop_assume!(swings.iter().any(|swing| *swing > 0));
        let weights = swing_weights(&scores(&swings)).unwrap();
        let sum: f64 = weights.iter().map(|own| own.weight.as_ref().unwrap().to_f64()).sum();
        prop_assert!((sum - 1.0).abs() < 1e-5);
    }

    #[test]
    fn weights_of_pairs_sum_to_one_whatever_is_said(upper in prop::collection::vec((1u32..=9, any::<bool>()), 15)) {
        let upper: Vec<_> = upper.into_iter().map(|(times, more)| if more { (times, 1) } else { (1, times) }).collect();
        let found = pair_weights(&attributes(6), &pairs(6, &upper)).unwrap();
        let sum: f64 = found.weights.iter().map(|own| own.weight.as_ref().unwrap().to_f64()).sum();
        prop_assert!((sum - 1.0).abs() < 1e-5);
        prop_assert!(found.consistency.eigenvalue.to_f64() > 5.999_99);
    }

    #[test]
    fn the_order_of_options_never_changes_their_values(order in Just(["none", "statin", "diet"]).prop_shuffle(), a in 0i64..=100, b in 0i64..=100) {
        let value = |order: &[&str]| {
            let shown = mirror(&scored(&[100, a, b], SCORED, order)).unwrap();
            let mut values: Vec<_> = shown.options.into_iter().map(|of| (of.option, of.value)).collect();
            values.sort_by(|a, b| a.0.cmp(&b.0));
            values
        };
        prop_assert_eq!(value(&order), value(&["none", "statin", "diet"]));
    }
}
