use super::*;
use crate::decide::{AidStatus, check_aid_record, shipped_aids};
use crate::evidence::{Horizon, HorizonUnit, Interval};

type Spoil = fn(&mut DecisionAid);

fn lung() -> DecisionAid {
    shipped_aids().unwrap().remove(0)
}

fn outcome(aid: &mut DecisionAid) -> &mut OptionOutcome {
    &mut aid.options[1].outcomes[0]
}

#[test]
fn each_fault_of_an_aid_is_found_at_its_row() {
    use AidProblem::*;
    use AidSeverity::{Error, Note, Warning};
    let row = "options.ct-screening.outcomes.lung-cancer-death";
    let cases: &[(Spoil, &str, AidProblem, AidSeverity)] = &[
        (|a| a.title = " ".into(), "title", Unnamed, Error),
        (|a| a.condition.clear(), "condition", Unnamed, Error),
        (|a| a.options[1].key.clear(), "options", Unnamed, Error),
        (|a| a.options[1].title.clear(), "options.ct-screening", Unnamed, Error),
        (|a| a.attributes[0].title.clear(), "attributes.live-longer", Unnamed, Error),
        (|a| a.questions[0].choices[0].text.clear(), "questions.out-of-1000", Unnamed, Error),
        (|a| drop(a.options.remove(1)), "options", TooFewOptions, Error),
        (|a| a.options[0].status_quo = false, "options", NoStatusQuo, Error),
        (|a| a.options[1].status_quo = true, "options", SeveralStatusQuo, Warning),
        (|a| a.options[1].key = "no-screening".into(), "options.no-screening", DuplicateKey, Error),
        (
            |a| a.options[1].outcomes[1].key = "lung-cancer-death".into(),
            "options.ct-screening.outcomes.lung-cancer-death",
            DuplicateKey,
            Error,
        ),
        (|a| a.attributes[1].key = "live-longer".into(), "attributes.live-longer", DuplicateKey, Error),
        (|a| a.questions[1].key = "out-of-1000".into(), "questions.out-of-1000", DuplicateKey, Error),
        (|a| a.baseline_outcome = Some("none".into()), "baseline_outcome", UnknownKey, Error),
        (|a| drop(a.options[1].outcomes.remove(0)), row, UnequalDetail, Error),
        (|a| outcome(a).title = "other".into(), row, UnequalDetail, Error),
        (|a| outcome(a).kind = OutcomeKind::Harm, row, UnequalDetail, Error),
        (|a| outcome(a).risk = None, row, UnequalDetail, Error),
        (|a| a.options[1].description = "Short.".into(), "options.ct-screening", UnequalDetail, Warning),
        (|a| a.options[1].experience = None, "options.ct-screening", NoExperience, Error),
        (|a| a.options[1].outcomes.retain(|o| o.kind == OutcomeKind::Benefit), "options.ct-screening", OneSided, Error),
        (|a| a.options[1].outcomes.retain(|o| o.kind != OutcomeKind::Benefit), "options.ct-screening", OneSided, Error),
        (|a| outcome(a).frames.spared.clear(), row, OneFrame, Error),
        (|a| outcome(a).risk.as_mut().unwrap().denominator = 100, row, UnequalRisks, Error),
        (|a| outcome(a).risk.as_mut().unwrap().horizon.count = 60, row, UnequalRisks, Error),
        (|a| outcome(a).risk.as_mut().unwrap().population = "others".into(), row, UnequalRisks, Error),
        (|a| outcome(a).risk.as_mut().unwrap().denominator = 100, "options", SeveralDenominators, Warning),
        (
            |a| {
                outcome(a).relative = Some(crate::decide::RelativeEffect {
                    measure: crate::evidence::EffectMeasure::RiskRatio,
                    estimate: "0.8".parse().unwrap(),
                    interval: None,
                });
                outcome(a).risk = None;
            },
            row,
            RelativeAlone,
            Error,
        ),
        (|a| a.questions[0].correct = "none".into(), "questions.out-of-1000", NoRightAnswer, Error),
        (|a| a.questions[0].choices.truncate(1), "questions.out-of-1000", NoRightAnswer, Error),
        (|a| a.expires = a.published, "expires", DatesOutOfOrder, Error),
        (|a| a.update_policy.clear(), "update_policy", NoUpdatePolicy, Error),
        (|a| a.funder.clear(), "funder", NoFunder, Error),
        (|a| a.uncertainty.clear(), "uncertainty", NoUncertainty, Error),
        (|a| a.citations.clear(), "citations", NoCitations, Error),
        (
            |a| {
                outcome(a).source = None;
                outcome(a).rationale = None;
            },
            row,
            NoSource,
            Error,
        ),
        (|a| outcome(a).source.as_mut().unwrap().quote = None, row, Unverified, Note),
        (|a| outcome(a).source = None, row, Unverified, Note),
        (|a| quote(a).words = "a ".repeat(26), row, BadQuote, Error),
        (|a| quote(a).words = " ".into(), row, BadQuote, Error),
        (|a| quote(a).url.clear(), row, BadQuote, Error),
        (
            |a| outcome(a).source.as_mut().unwrap().doi = Some("10.1002/14651858.CD004816.pub5".into()),
            row,
            LicensedQuote,
            Error,
        ),
        (
            |a| a.screening = Some(crate::decide::ScreeningFacts::default()),
            "screening.overdiagnosis",
            ScreeningFacts,
            Error,
        ),
        (|a| a.attributes.clear(), "attributes", NoAttributes, Error),
        (|a| a.reading_grade = Some("7.2".parse().unwrap()), "reading_grade", HardToRead, Note),
        (|a| a.ipdas[0].rating = 2, "ipdas.1.1.1", BadRating, Error),
        (|a| a.ipdas[6].rating = 0, "ipdas.2.1.1", BadRating, Error),
        (|a| a.ipdas[1].item = "1.1.1".into(), "ipdas.1.1.1", BadRating, Error),
        (|a| a.ipdas[1].item = "9.9.9".into(), "ipdas.9.9.9", BadRating, Error),
        (|a| a.funder.clear(), "ipdas.2.3.1", Overstated, Error),
    ];
    let before = check_aid(&lung());
    for (n, (spoil, path, problem, severity)) in cases.iter().enumerate() {
        let mut aid = lung();
        spoil(&mut aid);
        let fits = |f: &&AidFinding| f.path == *path && f.problem == *problem && f.severity == *severity;
        let found = check_aid(&aid);
        assert!(found.iter().any(|f| fits(&f)), "case {n}, {path}: {found:?}");
        assert!(!before.iter().any(|f| fits(&f)), "case {n} is there before");
        assert!(found.iter().all(|f| f.text.ends_with('.')));
        // What is an error keeps an aid from being used, and not from being written.
        let errors = found.iter().any(|f| f.severity == AidSeverity::Error);
        assert_eq!(check_aid_record(&aid).is_err(), errors, "case {n}");
    }
}

fn quote(aid: &mut DecisionAid) -> &mut crate::evidence::Quote {
    outcome(aid).source.as_mut().unwrap().quote.as_mut().unwrap()
}

#[test]
fn a_figure_nobody_verified_may_be_shown_and_not_be_released() {
    let mut aid = lung();
    quote(&mut aid).words = "a ".repeat(25);
    assert!(release_lint(&aid).iter().all(|f| f.severity < AidSeverity::Error));
    outcome(&mut aid).source.as_mut().unwrap().quote = None;
    check_aid_record(&aid).unwrap();
    let errors: Vec<_> = release_lint(&aid).into_iter().filter(|f| f.severity == AidSeverity::Error).collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].problem, AidProblem::Unverified);
}

#[test]
fn an_aid_that_asks_for_words_alone_needs_no_attributes() {
    let mut aid = lung();
    aid.attributes.clear();
    aid.method = ValuesMethod::Words;
    assert!(!check_aid(&aid).iter().any(|f| f.severity == AidSeverity::Error));
}

#[test]
fn a_faulty_aid_may_be_kept_as_a_draft() {
    let mut aid = lung();
    aid.funder.clear();
    assert!(check_aid_record(&aid).is_err());
    aid.status = AidStatus::Draft;
    check_aid_record(&aid).unwrap();
}

#[test]
fn impossible_values_are_named_by_their_field() {
    let risk = |aid: &mut DecisionAid, numerator: &str, denominator: u32| {
        let risk = outcome(aid).risk.as_mut().unwrap();
        risk.numerator = numerator.parse().unwrap();
        risk.denominator = denominator;
    };
    let field = |spoil: &dyn Fn(&mut DecisionAid)| {
        let mut aid = lung();
        aid.status = AidStatus::Draft;
        check_aid_record(&aid).unwrap();
        spoil(&mut aid);
        match check_aid_record(&aid).unwrap_err().particulars() {
            Some(crate::error::Detail::Field(field)) => field.to_string(),
            other => panic!("{other:?}"),
        }
    };
    let row = "options[1].outcomes[0]";
    assert_eq!(field(&|a| a.name = "a b".into()), "name");
    assert_eq!(field(&|a| a.name = "a".repeat(65)), "name");
    assert_eq!(field(&|a| a.title = "a\nb".into()), "title");
    assert_eq!(field(&|a| a.condition = "a".repeat(8_001)), "condition");
    assert_eq!(field(&|a| a.funder = "\u{7}".into()), "funder");
    assert_eq!(field(&|a| a.options = vec![a.options[0].clone(); 101]), "options");
    assert_eq!(field(&|a| a.options[1].key = "a/b".into()), "options[1].key");
    assert_eq!(field(&|a| outcome(a).key = String::new()), format!("{row}.key"));
    assert_eq!(field(&|a| risk(a, "1001", 1000)), format!("{row}.risk.numerator"));
    assert_eq!(field(&|a| risk(a, "-1", 1000)), format!("{row}.risk.numerator"));
    assert_eq!(field(&|a| risk(a, "0", 0)), format!("{row}.risk.denominator"));
    assert_eq!(field(&|a| risk(a, "0", 1_000_001)), format!("{row}.risk.denominator"));
    let interval =
        |low: &str, high: &str| Some(Interval { low: low.parse().unwrap(), high: high.parse().unwrap(), level: None });
    assert_eq!(
        field(&|a| outcome(a).risk.as_mut().unwrap().interval = interval("19", "25")),
        format!("{row}.risk.interval")
    );
    assert_eq!(
        field(&|a| outcome(a).risk.as_mut().unwrap().interval = interval("10", "1001")),
        format!("{row}.risk.interval")
    );
    let horizon = |count, unit| Horizon { count, unit };
    assert_eq!(
        field(&|a| outcome(a).risk.as_mut().unwrap().horizon = horizon(2, HorizonUnit::Lifetime)),
        format!("{row}.risk.horizon")
    );
    assert_eq!(
        field(&|a| outcome(a).risk.as_mut().unwrap().horizon = horizon(0, HorizonUnit::Years)),
        format!("{row}.risk.horizon")
    );
    assert_eq!(field(&|a| a.reading_grade = Some("21".parse().unwrap())), "reading_grade");
    assert_eq!(field(&|a| a.questions[0].choices[0].key = "a b".into()), "questions[0].choices");
    assert_eq!(field(&|a| a.citations[0].citation = "a".repeat(8_001)), "citations[0].citation");
}
