use proptest::prelude::*;

use super::*;
use crate::decide::{
    AidUse, Channel, Counselling, Decision, DecisionSheet, DecisionState, DecisionTransition, FollowUp, Participant,
    ParticipantRole,
};
use crate::govern::Who;
use crate::id::{PatientId, PractitionerId};
use crate::time::Date;

fn requirement(id: &str) -> Requirement {
    shipped_requirements().unwrap().into_iter().find(|row| row.id == id).unwrap()
}

/// Age, pack-years, whether they smoke, years since they quit, whether there is no symptom.
fn smoker(age: u32, packs: &str, quit: Option<&str>, asymptomatic: bool) -> EligibilityFacts {
    EligibilityFacts {
        age: Some(age),
        pack_years: Some(packs.parse().unwrap()),
        smokes: Some(quit.is_none()),
        years_since_quit: quit.map(|years| years.parse().unwrap()),
        asymptomatic: Some(asymptomatic),
        ..EligibilityFacts::default()
    }
}

fn doctor() -> Who {
    Who::Practitioner(PractitionerId::from_uuid(uuid::Uuid::from_u128(1)))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A decision that holds what Medicare asks for before a first lung scan, talked over on 2 March.
fn talked_over() -> Decision {
    let at = "2026-03-02T15:00:00Z".parse().unwrap();
    let elements = requirement("cms-ncd-210.14").elements;
    let counselled = elements
        .into_iter()
        .filter(|element| matches!(element.kind, ElementKind::Counselling | ElementKind::Eligibility))
        .map(|element| Counselling { key: element.key, by: doctor(), on: day("2026-03-02"), note: None })
        .collect();
    Decision {
        patient: PatientId::from_uuid(uuid::Uuid::from_u128(2)),
        state: DecisionState::OptionsPresented,
        sheet: DecisionSheet {
            title: "CT screening".into(),
            topic: None,
            trigger: "smoked for years".into(),
            index_date: day("2026-03-02"),
            participants: vec![Participant {
                role: ParticipantRole::Clinician,
                who: Some(doctor()),
                name: None,
                language: None,
                authority: None,
                independent: Some(true),
            }],
            capacity: None,
            options: Vec::new(),
            shown: Vec::new(),
            aids: vec![AidUse {
                aid: None,
                name: "lung-cancer-screening".into(),
                title: "Lung".into(),
                version: "2026.1".into(),
                ipdas: None,
                licence: None,
                expires: None,
                used: at,
                seen: Vec::new(),
            }],
            knowledge: Vec::new(),
            preferences: None,
            questions: Vec::new(),
            quality: Vec::new(),
            role_wanted: None,
            role_experienced: None,
            declined: None,
            deferred: None,
            choice: None,
            counselled,
            consent: None,
            revisit: None,
            steps: vec![DecisionTransition {
                step: "present".into(),
                to: DecisionState::OptionsPresented,
                actor: doctor(),
                at,
                channel: Channel::InPerson,
            }],
            replaces: None,
            replaces_because: None,
        },
        signatures: Vec::new(),
        follow_up: FollowUp::default(),
        labels: Vec::new(),
    }
}

fn gaps(id: &str, decision: Option<&Decision>, ordered: &str) -> Vec<String> {
    let result = completeness(&requirement(id), decision, day(ordered), None);
    assert_eq!(result.complete, result.gaps.is_empty());
    result.gaps.into_iter().map(|gap| gap.key).collect()
}

#[test]
fn shipped_requirements_are_whole() {
    let all = shipped_requirements().unwrap();
    assert_eq!(all.len(), 4);
    for row in &all {
        let mut keys: Vec<_> = row.elements.iter().map(|element| &element.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), row.elements.len(), "{}", row.id);
        assert!(row.url.starts_with("https://") && !row.citation.is_empty(), "{}", row.id);
        assert!(!row.criteria.is_empty() && ElementKind::ALL.contains(&row.elements[0].kind), "{}", row.id);
        assert!(row.elements.iter().all(|element| ElementKind::ALL.contains(&element.kind)), "{}", row.id);
        assert!(Issuer::ALL.contains(&row.issuer), "{}", row.id);
        let again: Requirement = serde_json::from_str(&serde_json::to_string(row).unwrap()).unwrap();
        assert_eq!(&again, row);
    }
}

#[test]
fn medicare_covers_who_fits_every_criterion() {
    let vectors: &[(EligibilityFacts, &[&str])] = &[
        (smoker(52, "25", Some("10"), true), &[]),
        (smoker(49, "30", None, true), &["age"]),
        (smoker(77, "20", Some("15"), true), &[]),
        (smoker(78, "20", Some("15"), true), &["age"]),
        (smoker(60, "19", None, true), &["pack-years"]),
        (smoker(60, "40", Some("16"), true), &["smoking"]),
        (smoker(60, "40", None, false), &["asymptomatic"]),
        (smoker(50, "20.0", None, true), &[]),
        (smoker(60, "19.9", Some("15.1"), true), &["pack-years", "smoking"]),
    ];
    for (facts, reasons) in vectors {
        let result = eligible(&requirement("cms-ncd-210.14"), facts);
        assert_eq!(result.reasons, *reasons, "{facts:?}");
        assert_eq!(result.eligible, Some(reasons.is_empty()));
        assert!(result.missing.is_empty());
    }
}

#[test]
fn the_payer_and_the_guideline_differ_in_the_upper_age() {
    let of = |id, age| eligible(&requirement(id), &smoker(age, "30", None, true)).eligible;
    assert_eq!((of("cms-ncd-210.14", 77), of("uspstf-lung-cancer-screening", 77)), (Some(true), Some(true)));
    assert_eq!((of("cms-ncd-210.14", 80), of("uspstf-lung-cancer-screening", 80)), (Some(false), Some(true)));
    assert_eq!((of("cms-ncd-210.14", 81), of("uspstf-lung-cancer-screening", 81)), (Some(false), Some(false)));
}

#[test]
fn what_is_not_known_is_not_guessed() {
    let lung = requirement("cms-ncd-210.14");
    let result = eligible(&lung, &EligibilityFacts::default());
    assert_eq!(result.eligible, None);
    assert_eq!(result.missing, ["age", "pack-years", "smoking", "asymptomatic"]);
    let facts = EligibilityFacts { age: Some(40), ..EligibilityFacts::default() };
    assert_eq!(eligible(&lung, &facts).eligible, Some(false), "one that fails decides it");
    let facts = EligibilityFacts { smokes: Some(false), years_since_quit: None, ..smoker(60, "30", None, true) };
    assert_eq!(eligible(&lung, &facts).missing, ["smoking"]);
}

#[test]
fn either_stroke_score_is_enough() {
    let of = |chads2, cha2ds2_vasc| {
        let facts = EligibilityFacts {
            chads2,
            cha2ds2_vasc,
            short_term_warfarin: Some(true),
            no_long_term_anticoagulant: Some(true),
            ..EligibilityFacts::default()
        };
        eligible(&requirement("cms-ncd-20.34"), &facts).eligible
    };
    assert_eq!(of(Some(2), None), Some(true));
    assert_eq!(of(None, Some(3)), Some(true));
    assert_eq!(of(Some(1), Some(3)), Some(true));
    assert_eq!(of(Some(1), Some(2)), Some(false));
    assert_eq!(of(Some(1), None), None);
    assert_eq!(of(None, None), None);
}

#[test]
fn a_record_from_before_the_order_is_complete() {
    let decision = talked_over();
    assert_eq!(gaps("cms-ncd-210.14", Some(&decision), "2026-03-02"), Vec::<String>::new(), "on the same day");
    for id in ["uspstf-lung-cancer-screening", "cms-ncd-20.4", "cms-ncd-20.34"] {
        assert_eq!(gaps(id, Some(&decision), "2026-03-09"), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn an_order_without_a_record_from_before_it_misses_the_shared_decision() {
    let all = [
        "sdm_missing",
        "eligibility",
        "decision-aid",
        "adherence-to-annual-screening",
        "comorbidities",
        "willingness-for-diagnosis-and-treatment",
        "tobacco",
    ];
    assert_eq!(gaps("cms-ncd-210.14", None, "2026-03-02"), all);
    assert_eq!(gaps("cms-ncd-210.14", Some(&talked_over()), "2026-03-01"), all, "a talk after the order is none");
    let mut decision = talked_over();
    decision.sheet.steps.clear();
    assert_eq!(gaps("cms-ncd-210.14", Some(&decision), "2026-03-02"), ["sdm_missing"]);
}

#[test]
fn each_element_that_is_not_on_record_is_named() {
    for key in ["eligibility", "adherence-to-annual-screening", "comorbidities", "tobacco"] {
        let mut decision = talked_over();
        decision.sheet.counselled.retain(|row| row.key != key);
        assert_eq!(gaps("cms-ncd-210.14", Some(&decision), "2026-03-02"), [key]);
    }
    let mut decision = talked_over();
    decision.sheet.aids.clear();
    decision.sheet.participants[0].independent = None;
    assert_eq!(gaps("cms-ncd-20.4", Some(&decision), "2026-03-02"), ["decision-aid"]);
    assert_eq!(gaps("cms-ncd-20.34", Some(&decision), "2026-03-02"), ["independent-clinician", "decision-aid"]);
    decision.sheet.participants[0].independent = Some(true);
    decision.sheet.participants[0].role = ParticipantRole::Supporter;
    assert_eq!(gaps("cms-ncd-20.34", Some(&decision), "2026-03-02"), ["independent-clinician", "decision-aid"]);
}

#[test]
fn facts_determine_eligibility_and_rule_patients_out() {
    let mut decision = talked_over();
    decision.sheet.counselled.retain(|row| row.key != "eligibility");
    let of = |facts: &EligibilityFacts| {
        let lung = requirement("cms-ncd-210.14");
        let result = completeness(&lung, Some(&decision), day("2026-03-02"), Some(facts));
        result.gaps.into_iter().map(|gap| gap.key).collect::<Vec<_>>()
    };
    assert_eq!(of(&smoker(60, "30", None, true)), Vec::<String>::new());
    assert_eq!(of(&smoker(78, "30", None, true)), ["not_eligible"]);
    assert_eq!(of(&EligibilityFacts::default()), ["eligibility"]);
}

#[test]
fn the_evening_of_the_order_is_not_late_because_of_a_zone() {
    let mut decision = talked_over();
    // Seven in the evening of 2 March in Honolulu.
    decision.sheet.steps[0].at = "2026-03-03T05:00:00Z".parse().unwrap();
    assert!(!gaps("cms-ncd-20.4", Some(&decision), "2026-03-02").contains(&"sdm_missing".to_owned()));
    decision.sheet.steps[0].at = "2026-03-03T12:00:00Z".parse().unwrap();
    assert_eq!(gaps("cms-ncd-20.4", Some(&decision), "2026-03-02"), ["sdm_missing"]);
}

proptest! {
    #[test]
    fn more_facts_never_turn_a_no_into_a_yes(age in 0u32..120, packs in 0i64..100, quit in prop::option::of(0i64..40)) {
        let lung = requirement("cms-ncd-210.14");
        let quit = quit.map(|years| years.to_string());
        let whole = smoker(age, &packs.to_string(), quit.as_deref(), true);
        let part = EligibilityFacts { asymptomatic: None, ..whole.clone() };
        let (part, whole) = (eligible(&lung, &part).eligible, eligible(&lung, &whole).eligible);
        prop_assert!(whole.is_some());
        prop_assert!(part.is_none() || part == whole);
    }
}
