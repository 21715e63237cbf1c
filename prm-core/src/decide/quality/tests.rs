use proptest::prelude::*;

use super::*;
use crate::decide::{
    Channel, Choice, ChoiceStrength, Concordance, Decision, DecisionRole, DecisionSheet, DecisionState,
    DecisionTransition, FollowUp, Implementation, ImplementationStatus, Instrument, Participant, ParticipantRole,
    score,
};
use crate::govern::Who;
use crate::id::{DecisionId, PatientId, PractitionerId};
use crate::value::{Coding, Concept, Decimal};

fn doctor(n: u128) -> Who {
    Who::Practitioner(PractitionerId::from_uuid(uuid::Uuid::from_u128(n)))
}

fn id(n: u128) -> DecisionId {
    DecisionId::from_uuid(uuid::Uuid::from_u128(n))
}

fn plain(clinicians: &[u128], topic: &str) -> DecisionFacts {
    DecisionFacts {
        decision: id(0),
        clinicians: clinicians.iter().copied().map(doctor).collect(),
        topic: topic.into(),
        state: DecisionState::Decided,
        complete: None,
        concordance: None,
        implemented: None,
        regret: None,
        conflict: None,
        collaborate_top: None,
        days_to_choice: None,
    }
}

fn many(rows: &[(u128, &str, usize)]) -> Vec<DecisionFacts> {
    rows.iter().flat_map(|(clinician, topic, n)| vec![plain(&[*clinician], topic); *n]).collect()
}

/// Groups that are shown: clinician (0 for all), topic (`*` for all), decisions.
fn shown(decisions: &[DecisionFacts], minimum: u32) -> Vec<(u128, String, u32)> {
    let number = |who: &Option<Who>| match who {
        Some(Who::Practitioner(id)) => id.as_uuid().as_u128(),
        _ => 0,
    };
    let topic = |topic: &Option<String>| topic.clone().unwrap_or("*".into());
    let report = quality_report(decisions, minimum);
    report.rows.iter().map(|row| (number(&row.clinician), topic(&row.topic), row.decisions)).collect()
}

fn row(clinician: u128, topic: &str, n: u32) -> (u128, String, u32) {
    (clinician, topic.into(), n)
}

fn decision() -> Decision {
    let step = |step: &str, to, at: &str| DecisionTransition {
        step: step.into(),
        to,
        actor: doctor(1),
        at: at.parse().unwrap(),
        channel: Channel::InPerson,
    };
    let clinician = |n| Participant {
        role: ParticipantRole::Clinician,
        who: Some(doctor(n)),
        name: None,
        language: None,
        authority: None,
        independent: None,
    };
    let result = |instrument, on: &str, answers: &[u32]| {
        let answers: Vec<_> = answers.iter().copied().map(Some).collect();
        score(instrument, on.parse().unwrap(), &answers).unwrap()
    };
    Decision {
        patient: PatientId::from_uuid(uuid::Uuid::from_u128(9)),
        state: DecisionState::Implemented,
        sheet: DecisionSheet {
            title: "Statin or not".into(),
            topic: Some(Concept::from(Coding::new("urn:topics", "statin"))),
            trigger: "high cholesterol".into(),
            index_date: "2026-03-02".parse().unwrap(),
            participants: vec![clinician(2), clinician(1), clinician(2)],
            capacity: None,
            options: Vec::new(),
            shown: Vec::new(),
            aids: Vec::new(),
            knowledge: Vec::new(),
            preferences: None,
            questions: Vec::new(),
            quality: vec![
                result(Instrument::Sure, "2026-03-02", &[1, 0, 0, 0]),
                result(Instrument::Sure, "2026-03-20", &[1, 1, 1, 1]),
                result(Instrument::CollaboRate, "2026-03-20", &[9, 9, 9]),
            ],
            role_wanted: None,
            role_experienced: None,
            declined: None,
            deferred: None,
            choice: Some(Choice {
                option: "statin".into(),
                strength: ChoiceStrength::Firm,
                conditions: Vec::new(),
                made_by: doctor(1),
                how: DecisionRole::Together,
                reason: None,
            }),
            counselled: Vec::new(),
            consent: None,
            revisit: None,
            steps: vec![
                step("open", DecisionState::Identified, "2026-03-02T10:00:00Z"),
                step("choose", DecisionState::Decided, "2026-03-05T10:00:00Z"),
                step("reconsider", DecisionState::Deliberating, "2026-03-06T10:00:00Z"),
                step("choose", DecisionState::Decided, "2026-03-20T09:00:00Z"),
            ],
            replaces: None,
            replaces_because: None,
        },
        signatures: Vec::new(),
        follow_up: FollowUp {
            implementations: vec![Implementation {
                status: ImplementationStatus::Started,
                on: "2026-03-21".parse().unwrap(),
                records: Vec::new(),
                note: None,
            }],
            quality: vec![result(Instrument::DecisionRegret, "2026-06-20", &[2, 4, 2, 4, 2])],
            ..FollowUp::default()
        },
        labels: Vec::new(),
    }
}

#[test]
fn facts_are_read_off_a_decision() {
    let concordance = Concordance { share: "0.75".parse().unwrap(), lowest: false };
    let found = facts(&decision(), id(5), Some(&concordance), Some(true));
    assert_eq!(found.clinicians, [doctor(1), doctor(2)]);
    assert_eq!((found.decision, found.topic.as_str()), (id(5), "urn:topics|statin"));
    assert_eq!((found.complete, found.implemented), (Some(true), Some(true)));
    assert_eq!(found.concordance, Some("0.75".parse().unwrap()));
    assert_eq!(found.regret, Some(Decimal::from(25)));
    assert_eq!((found.conflict, found.collaborate_top), (Some(false), Some(true)), "the latest counts");
    assert_eq!(found.days_to_choice, Some(17), "whole days to the choice that stands");
}

#[test]
fn a_decision_without_a_choice_has_no_facts_of_one() {
    let mut open = decision();
    open.sheet.choice = None;
    open.sheet.topic = None;
    open.follow_up.implementations[0].status = ImplementationStatus::NotDone;
    let found = facts(&open, id(5), None, None);
    assert_eq!((found.implemented, found.days_to_choice, found.concordance), (None, None, None));
    assert_eq!(found.topic, "Statin or not");
    let mut undone = decision();
    undone.follow_up.implementations[0].status = ImplementationStatus::NotDone;
    assert_eq!(facts(&undone, id(5), None, None).implemented, Some(false));
}

#[test]
fn a_group_is_shown_from_the_smallest_size_on() {
    assert_eq!(shown(&many(&[(1, "a", 9)]), 10), []);
    assert_eq!(quality_report(&many(&[(1, "a", 9)]), 10).suppressed, 4);
    let all = [row(0, "*", 10), row(0, "a", 10), row(1, "*", 10), row(1, "a", 10)];
    assert_eq!(shown(&many(&[(1, "a", 10)]), 10), all);
    assert_eq!(quality_report(&many(&[(1, "a", 10)]), 10).suppressed, 0);
    assert_eq!(shown(&many(&[(1, "a", 1)]), 0).len(), 4, "a group of nobody is none");
}

#[test]
fn one_withheld_group_takes_the_smallest_shown_one_with_it() {
    // The third clinician has 4: shown beside the total, the first two would give that away.
    let decisions = many(&[(1, "a", 20), (2, "a", 15), (3, "a", 4)]);
    assert_eq!(shown(&decisions, 10), [row(0, "*", 39), row(0, "a", 39), row(1, "*", 20), row(1, "a", 20)]);
    // Two that are withheld with ten decisions between them give nobody away.
    let decisions = many(&[(1, "a", 20), (2, "a", 6), (3, "a", 4)]);
    assert_eq!(shown(&decisions, 10), [row(0, "*", 30), row(0, "a", 30), row(1, "*", 20), row(1, "a", 20)]);
    // With nine they would.
    let decisions = many(&[(1, "a", 20), (2, "a", 5), (3, "a", 4)]);
    assert_eq!(shown(&decisions, 10), [row(0, "*", 29), row(0, "a", 29)]);
}

#[test]
fn decisions_without_a_clinician_are_not_given_away_either() {
    let mut decisions = many(&[(1, "a", 20)]);
    decisions.extend(vec![plain(&[], "a"); 3]);
    assert_eq!(shown(&decisions, 10), [row(0, "*", 23), row(0, "a", 23)]);
}

#[test]
fn what_is_within_a_withheld_group_is_withheld() {
    // The second clinician is withheld for the sake of the third, and with it a group of 12 within it.
    let decisions = many(&[(1, "a", 30), (1, "b", 30), (2, "a", 12), (3, "a", 4)]);
    let rows = shown(&decisions, 10);
    assert!(rows.iter().all(|row| row.0 < 2), "{rows:?}");
    assert!(rows.contains(&row(1, "a", 30)));
}

#[test]
fn numbers_are_means_and_percents_of_those_that_have_them() {
    let with = |n: u32| DecisionFacts {
        complete: Some(n < 10),
        concordance: Some(if n < 10 { "0.333333" } else { "1" }.parse().unwrap()),
        implemented: (n < 9).then_some(true),
        regret: Some(Decimal::from(i64::from(n) * 5)),
        conflict: Some(n == 0),
        collaborate_top: Some(true),
        days_to_choice: Some(n),
        ..plain(&[1], "a")
    };
    let decisions: Vec<_> = (0..15).map(with).collect();
    let report = quality_report(&decisions, 10);
    let total = &report.rows[0];
    let text = |value: &Option<Decimal>| value.as_ref().map(Decimal::to_string);
    assert_eq!(text(&total.complete).as_deref(), Some("66.67"));
    assert_eq!(text(&total.concordance_mean).as_deref(), Some("55.56"));
    assert_eq!(text(&total.implemented), None, "nine have it");
    assert_eq!(text(&total.regret_mean).as_deref(), Some("35"));
    assert_eq!(text(&total.conflict).as_deref(), Some("6.67"));
    assert_eq!(text(&total.collaborate_top), None, "fewer than 25 responses");
    assert_eq!(text(&total.days_to_choice_mean).as_deref(), Some("7"));
    let twice: Vec<_> = (0..15).chain(0..15).map(with).collect();
    assert_eq!(text(&quality_report(&twice, 10).rows[0].collaborate_top).as_deref(), Some("100"));
}

#[test]
fn a_number_that_few_have_is_not_reckoned_from_others() {
    // Of the second clinician four have a score of regret: the total and the first clinician would give them away.
    let scored =
        |clinician, n: usize| vec![DecisionFacts { regret: Some(Decimal::from(50)), ..plain(&[clinician], "a") }; n];
    let mut decisions = scored(1, 20);
    decisions.extend(scored(2, 4));
    decisions.extend(many(&[(2, "a", 16)]));
    let report = quality_report(&decisions, 10);
    let with: Vec<_> = report.rows.iter().filter(|row| row.regret_mean.is_some()).collect();
    assert_eq!(report.rows.len(), 6);
    assert!(with.iter().all(|row| row.clinician.is_none()), "{with:?}");
    assert_eq!(with.len(), 2);
}

#[test]
fn a_decision_of_two_clinicians_counts_for_each() {
    let decisions = vec![plain(&[1, 2], "a"); 12];
    let rows = shown(&decisions, 10);
    assert!(rows.contains(&row(0, "*", 12)) && rows.contains(&row(1, "*", 12)) && rows.contains(&row(2, "*", 12)));
}

proptest! {
    #[test]
    fn no_shown_group_nor_what_is_left_of_a_total_is_small(
        cells in prop::collection::vec((1u128..5, 0usize..4, 1usize..30), 1..12), minimum in 1u32..15
    ) {
        let topics = ["a", "b", "c", "d"];
        let rows: Vec<_> = cells.iter().map(|(who, topic, n)| (*who, topics[*topic], *n)).collect();
        let rows = shown(&many(&rows), minimum);
        prop_assert!(rows.iter().all(|row| row.2 >= minimum));
        for total in &rows {
            let parts = |by_clinician: bool| -> u32 {
                rows.iter()
                    .filter(|row| if by_clinician { row.0 > 0 && total.0 == 0 && row.1 == total.1 } else { row.1 != "*" && total.1 == "*" && row.0 == total.0 })
                    .map(|row| row.2)
                    .sum()
            };
            for by_clinician in [true, false] {
                let applies = if by_clinician { total.0 == 0 } else { total.1 == "*" };
                if applies {
                    let left = total.2 - parts(by_clinician);
                    prop_assert!(left == 0 || left >= minimum, "{total:?} of {rows:?}");
                }
            }
        }
    }
}
