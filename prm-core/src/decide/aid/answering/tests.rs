use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::decide::shipped_aids;
use crate::id::{DecisionAidId, PatientId};

fn statin() -> DecisionAid {
    shipped_aids().unwrap().remove(1)
}

fn by() -> AnsweredBy {
    let id = uuid::Uuid::from_u128(7);
    AnsweredBy {
        aid: Some(DecisionAidId::from_uuid(id)),
        who: Who::Patient(PatientId::from_uuid(id)),
        at: "2026-03-02T10:00:00Z".parse().unwrap(),
    }
}

fn page() -> Value {
    json!({
        "aid": "statin-primary-prevention",
        "version": "2026.1",
        "order": ["statin", "healthy-habits"],
        "seen": ["healthy-habits", "statin"],
        "values": [
            {"attribute": "no-heart-attack", "score": "80"},
            {"attribute": "no-daily-pill", "score": 20}
        ],
        "scores": [
            {"option": "statin", "attribute": "no-heart-attack", "score": "1"},
            {"option": "statin", "attribute": "no-daily-pill", "score": "0"},
            {"option": "healthy-habits", "attribute": "no-heart-attack", "score": "0.5"},
            {"option": "healthy-habits", "attribute": "no-daily-pill", "score": "1"}
        ],
        "words": "My father had a stroke.",
        "knowledge": [
            {"question": "without", "answer": "90"},
            {"question": "aches", "answer": "hardly-ever"},
            {"question": "with-statin"}
        ],
        "questions": ["Can I stop later?"],
        "role_wanted": "together",
        "leaning": "statin"
    })
}

fn checked(page: &Value) -> Result<CheckedAnswers> {
    check_answers(&statin(), &AidAnswers::from_json(&page.to_string())?, &by())
}

fn field(page: &Value) -> String {
    match checked(page).unwrap_err().particulars() {
        Some(crate::error::Detail::Field(field)) => field.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn answers_become_what_is_recorded() {
    let checked = checked(&page()).unwrap();
    assert_eq!((checked.aid.aid, checked.aid.used), (by().aid, by().at));
    assert_eq!(checked.aid.seen, ["statin", "healthy-habits"], "in the order shown");
    assert_eq!(checked.aid.ipdas.as_deref(), Some("qualifying 6/6, certifying 6/6"));
    let preferences = checked.preferences.as_ref().unwrap();
    let keys: Vec<_> = preferences.attributes.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["no-heart-attack", "no-daily-pill"], "what was left out is left out");
    assert!(matches!(&preferences.elicitation, Elicitation::Ratings(rows) if rows.len() == 2));
    assert_eq!(preferences.said_by, by().who);
    let correct: Vec<_> = checked.knowledge.iter().map(|row| row.correct).collect();
    assert_eq!(correct, [true, false, false]);
    assert_eq!(checked.leaning.as_deref(), Some("statin"));
    assert_eq!(checked.role_wanted, Some(DecisionRole::Together));
}

#[test]
fn moves_record_the_aid_first_and_choose_nothing() {
    let names: Vec<_> = moves(&checked(&page()).unwrap())
        .iter()
        .map(|step| match step {
            DecisionMove::UseAid(_) => "use",
            DecisionMove::CheckKnowledge(_) => "knowledge",
            DecisionMove::WantRole(_) => "role",
            DecisionMove::Elicit(_) => "elicit",
            DecisionMove::Ask(_) => "ask",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["use", "knowledge", "role", "elicit", "ask"]);
    let bare = json!({"aid": "statin-primary-prevention", "version": "2026.1", "order": ["statin", "healthy-habits"]});
    let checked = checked(&bare).unwrap();
    assert_eq!(checked.preferences, None);
    assert_eq!(moves(&checked), [DecisionMove::UseAid(checked.aid.clone())]);
}

#[test]
fn words_alone_are_a_preference() {
    let mut page = page();
    page["values"] = json!([]);
    page["scores"] = json!([]);
    let preferences = checked(&page).unwrap().preferences.unwrap();
    assert_eq!(preferences.elicitation, Elicitation::Words);
    assert!(preferences.attributes.is_empty() && preferences.words.is_some());
}

#[test]
fn what_does_not_fit_the_aid_is_refused_as_a_whole() {
    type Spoil = fn(&mut Value);
    let cases: &[(Spoil, &str)] = &[
        (|p| p["aid"] = json!("other"), "aid"),
        (|p| drop(p.as_object_mut().unwrap().remove("aid")), "aid"),
        (|p| p["version"] = json!("2025.1"), "version"),
        (|p| p["order"] = json!(["statin"]), "order"),
        (|p| p["order"] = json!(["statin", "statin"]), "order"),
        (|p| p["order"] = json!(["statin", "healthy-habits", "statin"]), "order"),
        (|p| p["order"] = json!(["statin", "surgery"]), "order"),
        (|p| p["seen"] = json!(["surgery"]), "seen"),
        (|p| p["seen"] = json!(["statin", "statin"]), "seen"),
        (|p| p["seen"] = json!(["healthy-habits"]), "leaning"),
        (|p| p["leaning"] = json!("surgery"), "leaning"),
        (|p| p["role_wanted"] = json!("computer-decides"), "role_wanted"),
        (|p| p["questions"] = json!([" "]), "questions"),
        (|p| p["questions"] = json!(vec!["Why?"; 51]), "questions"),
        (|p| p["questions"] = json!(["a".repeat(4_001)]), "questions"),
        (|p| p["words"] = json!(""), "words"),
        (|p| p["values"][0]["attribute"] = json!("none"), "values"),
        (|p| p["values"][1]["attribute"] = json!("no-heart-attack"), "values"),
        (|p| p["values"][0]["score"] = json!("100.5"), "values"),
        (|p| p["values"][0]["score"] = json!("-1"), "values"),
        (|p| p["values"][0]["score"] = json!("1e999999999"), "values"),
        (|p| p["values"] = json!([{"attribute": "no-heart-attack", "score": "0"}]), "values"),
        (|p| p["values"] = json!([]), "scores"),
        (|p| p["scores"][0]["option"] = json!("surgery"), "scores"),
        (|p| p["scores"][0]["attribute"] = json!("no-diabetes"), "scores"),
        (|p| p["scores"][0]["score"] = json!("1.01"), "scores"),
        (|p| p["scores"][0]["option"] = json!("healthy-habits"), "scores"),
        (|p| drop(p["scores"].as_array_mut().unwrap().pop()), "scores"),
        (|p| p["knowledge"][0]["question"] = json!("none"), "knowledge"),
        (|p| p["knowledge"][1]["question"] = json!("without"), "knowledge"),
        (|p| p["knowledge"][0]["answer"] = json!("75"), "knowledge"),
        (|p| p["extra"] = json!(1), "answers"),
        (|p| p["values"][0]["extra"] = json!(1), "answers"),
        (|p| p["values"][0]["score"] = json!(0.5), "answers"),
        (|p| p["words"] = json!(["My father"]), "answers"),
        (|p| p["words"] = json!("a".repeat(300_000)), "answers"),
    ];
    checked(&page()).unwrap();
    for (n, (spoil, expected)) in cases.iter().enumerate() {
        let mut page = page();
        spoil(&mut page);
        assert_eq!(field(&page), *expected, "case {n}");
    }
}

#[test]
fn swing_weights_have_a_best_swing_and_words_have_no_scores() {
    let answers = AidAnswers::from_json(&page().to_string()).unwrap();
    let with = |method: ValuesMethod, first: &str| {
        let mut answers = answers.clone();
        answers.values[0].score = first.parse().unwrap();
        check_answers(&DecisionAid { method, ..statin() }, &answers, &by())
    };
    assert!(with(ValuesMethod::Swing, "80").is_err());
    let swing = with(ValuesMethod::Swing, "100.0").unwrap().preferences.unwrap();
    assert!(matches!(swing.elicitation, Elicitation::Swing(_)));
    assert!(with(ValuesMethod::Words, "80").is_err());
}

#[test]
fn an_aid_that_is_being_written_is_not_answered_and_a_retired_one_may_still_be() {
    let answers = AidAnswers::from_json(&page().to_string()).unwrap();
    let of = |status| check_answers(&DecisionAid { status, ..statin() }, &answers, &by());
    assert!(of(AidStatus::Draft).is_err());
    of(AidStatus::Retired).unwrap();
}

#[test]
fn an_error_repeats_nothing_that_the_patient_wrote() {
    let secret = "my father had a stroke";
    for spoil in ["leaning", "role_wanted", "words", "extra", "version"] {
        let mut page = page();
        page[spoil] = if spoil == "words" { json!({ "text": secret }) } else { json!(secret) };
        let error = checked(&page).unwrap_err();
        assert!(!format!("{error} {error:?} {:?}", error.particulars()).contains("father"), "{spoil}");
    }
}

/// A page with one value replaced, at a path that goes down by numbers.
fn replaced(mut page: Value, path: &[usize], new: Value) -> Value {
    replace(&mut page, path, new);
    page
}

fn replace(place: &mut Value, path: &[usize], new: Value) {
    let Some((step, rest)) = path.split_first() else {
        *place = new;
        return;
    };
    match place {
        Value::Object(map) if !map.is_empty() => {
            let n = step % map.len();
            replace(map.values_mut().nth(n).unwrap(), rest, new);
        }
        Value::Array(list) if !list.is_empty() => {
            let n = step % list.len();
            replace(&mut list[n], rest, new);
        }
        _ => *place = new,
    }
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["statin", "healthy-habits", "without", "90", "together", "1e-999999999", "-0"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,10}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,400}") {
        let _ = AidAnswers::from_json(&text).and_then(|answers| check_answers(&statin(), &answers, &by()));
    }

    #[test]
    fn no_page_gets_more_past_the_check_than_the_aid_has(
        changes in prop::collection::vec((prop::collection::vec(any::<usize>(), 1..4), anything()), 1..4)
    ) {
        let page = changes.into_iter().fold(page(), |page, (path, new)| replaced(page, &path, new));
        if let Ok(checked) = checked(&page) {
            let aid = statin();
            let known = |key: &String| aid.options.iter().any(|option| option.key == *key);
            prop_assert_eq!(checked.order.len(), aid.options.len());
            prop_assert!(checked.order.iter().chain(&checked.aid.seen).chain(&checked.leaning).all(known));
            prop_assert!(checked.leaning.iter().all(|key| checked.aid.seen.contains(key)));
            prop_assert!(checked.knowledge.len() <= aid.questions.len());
        }
    }

    #[test]
    fn cut_off_pages_are_refused(cut in 0usize..600) {
        let text = page().to_string();
        let end = (0..=cut.min(text.len() - 1)).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
        prop_assert!(AidAnswers::from_json(&text[..end]).is_err());
    }
}
