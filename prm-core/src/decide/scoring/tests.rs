use proptest::prelude::*;

use super::*;

fn day() -> Date {
    "2026-03-02".parse().unwrap()
}

fn of(instrument: Instrument, answers: &[i64]) -> QualityResult {
    let answers: Vec<_> = answers.iter().map(|answer| u32::try_from(*answer).ok()).collect();
    score(instrument, day(), &answers).unwrap()
}

/// Each row: answers (−1 for one left out), score, band.
fn vectors(instrument: Instrument, rows: &[(&[i64], Option<&str>, Option<&str>)]) {
    for (answers, score, band) in rows {
        let result = of(instrument.clone(), answers);
        assert_eq!(result.score.as_ref().map(Decimal::as_str), *score, "{answers:?}");
        assert_eq!(result.band.as_deref(), *band, "{answers:?}");
        assert!(!result.version.is_empty() && result.on == day() && result.answers.len() == answers.len());
    }
}

#[test]
fn sure_shows_conflict_up_to_three() {
    let conflict = Some("decisional-conflict");
    vectors(
        Instrument::Sure,
        &[
            (&[1, 1, 1, 1], Some("4"), Some("no-decisional-conflict")),
            (&[1, 1, 1, 0], Some("3"), conflict),
            (&[1, 1, 0, 0], Some("2"), conflict),
            (&[1, 0, 0, 0], Some("1"), conflict),
            (&[0, 0, 0, 0], Some("0"), conflict),
            (&[1, 1, 1, -1], None, None),
        ],
    );
}

#[test]
fn one_response_to_collaborate_has_a_mean_and_may_be_at_the_top() {
    vectors(
        Instrument::CollaboRate,
        &[
            (&[9, 9, 9], Some("9"), Some("top")),
            (&[9, 9, 8], Some("8.67"), None),
            (&[8, 8, 8], Some("8"), None),
            (&[7, 8, 9], Some("8"), None),
            (&[0, 0, 0], Some("0"), None),
            (&[9, -1, 9], None, None),
        ],
    );
    vectors(Instrument::CollaboRateFive, &[(&[4, 4, 4], Some("4"), Some("top")), (&[4, 4, 3], Some("3.67"), None)]);
}

#[test]
fn sdm_q_9_is_the_sum_times_twenty_ninths() {
    vectors(
        Instrument::SdmQ9,
        &[
            (&[5; 9], Some("100"), None),
            (&[0; 9], Some("0"), None),
            (&[3; 9], Some("60"), None),
            (&[5, 5, 5, 5, 5, 5, 5, 5, 4], Some("97.78"), None),
            (&[4, 4, 3, 3, 5, 5, 2, 2, 4], Some("71.11"), None),
            (&[1; 9], Some("20"), None),
            (&[3, 3, 3, 3, 3, 3, 3, -1, -1], Some("60"), None),
            (&[3, 3, 3, 3, 3, 3, -1, -1, -1], None, None),
        ],
    );
}

#[test]
fn decisional_conflict_is_the_mean_times_25() {
    let sum = |sum: i64| -> Vec<i64> { (0..16).map(|n| sum / 16 + i64::from(n < sum % 16)).collect() };
    let rows = [
        (0, "0", Some("low-conflict")),
        (15, "23.44", Some("low-conflict")),
        (16, "25", None),
        (24, "37.5", None),
        (25, "39.06", Some("high-conflict")),
        (32, "50", Some("high-conflict")),
        (64, "100", Some("high-conflict")),
    ];
    for (total, score, band) in rows {
        vectors(Instrument::DecisionalConflict, &[(&sum(total), Some(score), band)]);
    }
    let mut left_out = sum(32);
    left_out[3] = -1;
    vectors(Instrument::DecisionalConflict, &[(&left_out, None, None)]);
}

#[test]
fn decision_regret_turns_the_second_and_the_fourth_answer() {
    vectors(
        Instrument::DecisionRegret,
        &[
            (&[1, 5, 1, 5, 1], Some("0"), None),
            (&[5, 1, 5, 1, 5], Some("100"), None),
            (&[3; 5], Some("50"), None),
            (&[2, 4, 2, 4, 2], Some("25"), None),
            (&[1, 4, 2, 5, 1], Some("10"), None),
            (&[4, 3, 4, 2, 4], Some("70"), None),
            (&[4, 3, -1, 2, 4], None, None),
        ],
    );
}

#[test]
fn what_is_no_answer_of_a_measure_is_named() {
    let field = |instrument, answers: &[u32]| {
        let answers: Vec<_> = answers.iter().copied().map(Some).collect();
        match score(instrument, day(), &answers).unwrap_err().particulars() {
            Some(crate::error::Detail::Field(field)) => field.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(field(Instrument::Sure, &[1, 1, 1]), "answers");
    assert_eq!(field(Instrument::Sure, &[1, 1, 2, 1]), "answers[2]");
    assert_eq!(field(Instrument::CollaboRateFive, &[5, 4, 4]), "answers[0]");
    assert_eq!(field(Instrument::DecisionRegret, &[1, 1, 1, 1, 0]), "answers[4]");
    assert_eq!(field(Instrument::Other("pam".into()), &[1]), "instrument");
}

#[test]
fn the_top_share_counts_complete_responses_alone() {
    let results: Vec<_> = [[9, 9, 9], [9, 9, 8], [9, 9, 9], [9, -1, 9], [7, 8, 9]]
        .iter()
        .map(|answers| of(Instrument::CollaboRate, answers))
        .collect();
    assert_eq!(group::counted(&results), (2, 4));
    let report = collaborate_top(&results);
    assert_eq!(report, CollaborateReport { top_share: None, of: 4, suppressed: true });
}

#[test]
fn a_share_is_given_from_25_responses_on() {
    let same = |instrument: Instrument, answers: [i64; 3], n| vec![of(instrument, &answers); n];
    let share = |results: &[QualityResult]| collaborate_top(results).top_share.map(|share| share.to_string());
    assert_eq!(share(&same(Instrument::CollaboRate, [9, 9, 9], 24)), None);
    assert_eq!(share(&same(Instrument::CollaboRate, [9, 9, 9], 25)).as_deref(), Some("100"));
    assert_eq!(share(&same(Instrument::CollaboRate, [0, 0, 0], 25)).as_deref(), Some("0"));
    assert_eq!(share(&same(Instrument::CollaboRate, [8, 8, 8], 30)).as_deref(), Some("0"));
    assert_eq!(share(&same(Instrument::CollaboRateFive, [4, 4, 4], 25)).as_deref(), Some("100"));
    let mut mixed = same(Instrument::CollaboRate, [9, 9, 9], 25);
    mixed.extend(vec![of(Instrument::Sure, &[1, 1, 1, 1]); 25]);
    assert_eq!(collaborate_top(&mixed).of, 25);
}

proptest! {
    #[test]
    fn a_score_is_within_its_scale_or_not_there(n in 0usize..6, answers in prop::collection::vec(prop::option::of(0u32..12), 0..20)) {
        let instrument = Instrument::ALL[n].clone();
        if let Ok(QualityResult { score: Some(score), .. }) = score(instrument, day(), &answers) {
            prop_assert!((0.0..=100.0).contains(&score.to_f64()));
        }
    }
}
