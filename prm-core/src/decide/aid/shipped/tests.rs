use super::*;
use crate::decide::{AidProblem, AidSeverity, OptionOutcome, check_aid, check_aid_record, ipdas, release_lint};
use crate::evidence::AbsoluteRisk;
use crate::value::Decimal;

fn rows(aid: &DecisionAid) -> impl Iterator<Item = (&str, &OptionOutcome)> {
    aid.options.iter().flat_map(|option| option.outcomes.iter().map(|row| (option.key.as_str(), row)))
}

fn figures(aid: &DecisionAid) -> Vec<(&str, &OptionOutcome, &AbsoluteRisk)> {
    rows(aid).filter_map(|(option, row)| Some((option, row, row.risk.as_ref()?))).collect()
}

#[test]
fn shipped_aids_are_sound_and_may_be_used() {
    let aids = shipped_aids().unwrap();
    assert_eq!(aids.len(), 2);
    for aid in &aids {
        check_aid_record(aid).unwrap();
        let found = check_aid(aid);
        // No figure has a rated certainty; nothing else is to be known of them.
        assert!(found.iter().all(|row| row.severity == AidSeverity::Note), "{found:?}");
        assert!(found.iter().all(|row| row.problem == AidProblem::NoCertainty), "{found:?}");
        assert!(release_lint(aid).iter().all(|row| row.severity < AidSeverity::Error));
    }
}

#[test]
fn every_figure_stands_in_its_quote_or_is_derived_in_its_rationale() {
    let plain = |text: &str| text.replace('·', ".");
    let mut seen = 0;
    for aid in shipped_aids().unwrap() {
        for (option, row, risk) in figures(&aid) {
            let place = format!("{} {option} {}", aid.name, row.key);
            let quote = row.source.as_ref().unwrap().quote.as_ref().expect(&place);
            let words = quote.words.split_whitespace().count();
            assert!((1..=25).contains(&words), "{place}: {words} words");
            assert!(quote.url.starts_with("https://"), "{place}");
            let number = risk.numerator.as_str();
            let token = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()) == number;
            let stated = plain(&quote.words).split_whitespace().any(token);
            let derived = format!("= {number} of {}", if risk.denominator == 1000 { "1,000" } else { "100" });
            let derived = row.rationale.as_ref().is_some_and(|text| text.contains(&derived));
            assert!(stated || derived, "{place}: {number} is not in {quote:?} and not derived");
            seen += 1;
        }
    }
    assert_eq!(seen, 16);
}

#[test]
fn derived_figures_are_what_the_derivation_gives() {
    let aids = shipped_aids().unwrap();
    let figure = |aid: usize, option: &str, key: &str| {
        let found = figures(&aids[aid]).into_iter().find(|(o, row, _)| *o == option && row.key == key).unwrap();
        found.2.numerator.to_f64()
    };
    let near = |a: f64, b: f64, by: f64| assert!((a - b).abs() <= by, "{a} {b}");
    near(figure(0, "ct-screening", "overdiagnosis"), 1.38 / 320.0 * 1000.0, 0.5);
    near(figure(1, "statin", "heart-attack-or-stroke"), 10.0 * 0.72, 1e-9);
    near(figure(1, "healthy-habits", "diabetes"), 2214.0 / 39266.0 * 100.0, 0.05);
    near(figure(1, "statin", "diabetes"), 2420.0 / 39179.0 * 100.0, 0.05);
}

#[test]
fn outcomes_have_one_denominator_and_one_time_in_both_options() {
    for aid in shipped_aids().unwrap() {
        let found = figures(&aid);
        for (_, row, risk) in &found {
            let same: Vec<_> = found.iter().filter(|(_, other, _)| other.key == row.key).collect();
            assert_eq!(same.len(), aid.options.len());
            assert!(same.iter().all(|(_, _, r)| r.denominator == risk.denominator && r.horizon == risk.horizon));
        }
        assert_eq!(aid.options.iter().filter(|option| option.status_quo).count(), 1);
    }
}

#[test]
fn the_risk_of_the_patient_has_a_place_in_the_statin_aid() {
    let aids = shipped_aids().unwrap();
    let key = aids[1].baseline_outcome.clone().unwrap();
    let quo = aids[1].options.iter().find(|option| option.status_quo).unwrap();
    let row = quo.outcomes.iter().find(|row| row.key == key).unwrap();
    assert!(row.risk.as_ref().unwrap().numerator.same_value(&Decimal::from(10)));
}

#[test]
fn ratings_of_shipped_aids_say_who_rated() {
    for (aid, status) in shipped_aids().unwrap().iter().zip(["certifying 10/10", "certifying 6/6"]) {
        let result = ipdas(aid);
        assert!(result.met && result.status.ends_with(status), "{result:?}");
        for rating in &aid.ipdas {
            assert!(rating.reason.as_ref().unwrap().contains("no independent rater"), "{}", rating.item);
            // Nobody gives full marks for what is a matter of judgement.
            assert!(rating.rating < 4 || matches!(rating.item.as_str(), "2.2.1" | "2.2.2" | "2.2.3" | "2.3.1"));
        }
    }
}

#[test]
fn nothing_that_patients_read_is_long_winded() {
    for aid in shipped_aids().unwrap() {
        let mut texts = vec![&aid.condition, &aid.uncertainty];
        texts.extend(
            aid.options.iter().flat_map(|option| [Some(&option.description), option.experience.as_ref()]).flatten(),
        );
        for text in texts {
            let sentences = text.split(['.', '?', ':']).filter(|part| !part.trim().is_empty());
            for sentence in sentences {
                assert!(sentence.split_whitespace().count() <= 25, "{sentence}");
            }
        }
    }
}

#[test]
fn shipped_aids_are_read_as_they_were_written() {
    for aid in shipped_aids().unwrap() {
        let bytes = minicbor::to_vec(&aid).unwrap();
        assert_eq!(minicbor::decode::<DecisionAid>(&bytes).unwrap(), aid);
        let text = serde_json::to_string(&aid).unwrap();
        assert_eq!(serde_json::from_str::<DecisionAid>(&text).unwrap(), aid);
    }
}
