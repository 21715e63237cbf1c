//! Shared decisions, end to end.

use super::*;
use crate::decide::{
    Capacity, CapacityFinding, Channel, Choice, ChoiceStrength, Decision, DecisionMove, DecisionOpening,
    DecisionOption, DecisionQuery, DecisionRole, DecisionState, Evaluation, Frames, OptionOutcome, OutcomeKind,
    Participant, ParticipantRole, Revisit, RevisitTrigger, SignatureKind, shipped_aids,
};
use crate::evidence::{AbsoluteRisk, Horizon, HorizonUnit};
use crate::id::{DecisionId, RecordId};
use crate::progress::Progress;
use crate::time::Date;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn outcome(key: &str, kind: OutcomeKind, of_100: i64) -> OptionOutcome {
    OptionOutcome {
        key: key.into(),
        title: key.into(),
        kind,
        important: true,
        frames: Frames { happens: format!("have {key}"), spared: format!("have no {key}") },
        risk: Some(AbsoluteRisk {
            numerator: of_100.into(),
            denominator: 100,
            horizon: Horizon { count: 10, unit: HorizonUnit::Years },
            interval: None,
            population: "people like you".into(),
        }),
        relative: None,
        baseline_source: None,
        certainty: None,
        reasons: Vec::new(),
        source: None,
        rationale: Some("an example".into()),
    }
}

fn option(key: &str, status_quo: bool, benefit: i64, harm: i64) -> DecisionOption {
    DecisionOption {
        key: key.into(),
        title: key.into(),
        description: "what it is".into(),
        status_quo,
        code: None,
        availability: None,
        cost: None,
        outcomes: vec![outcome("stroke", OutcomeKind::Benefit, benefit), outcome("ache", OutcomeKind::Harm, harm)],
        experience: None,
    }
}

fn opening(clinic: &Clinic) -> DecisionOpening {
    DecisionOpening {
        title: "Statin or not".into(),
        topic: None,
        trigger: "risk of 10 % in ten years".into(),
        index_date: None,
        options: vec![option("none", true, 10, 0), option("statin", false, 7, 5)],
        participants: vec![Participant {
            role: ParticipantRole::Clinician,
            who: Some(Who::Practitioner(clinic.doctor)),
            name: None,
            language: None,
            authority: None,
            independent: None,
        }],
        channel: Channel::InPerson,
        labels: Vec::new(),
    }
}

fn capacity(clinic: &Clinic) -> DecisionMove {
    let by = Who::Practitioner(clinic.doctor);
    DecisionMove::StateCapacity(Capacity {
        finding: CapacityFinding::NotInQuestion,
        by,
        on: date("2026-03-02"),
        note: None,
    })
}

fn present() -> DecisionMove {
    DecisionMove::Present(vec!["none".into(), "statin".into()])
}

fn choose(patient: PatientId) -> DecisionMove {
    DecisionMove::Choose(Choice {
        option: "statin".into(),
        strength: ChoiceStrength::Firm,
        conditions: Vec::new(),
        made_by: Who::Patient(patient),
        how: DecisionRole::Together,
        reason: None,
    })
}

fn revisit(on: &str) -> DecisionMove {
    DecisionMove::PlanRevisit(Revisit { on: date(on), triggers: vec![RevisitTrigger::PatientRequest] })
}

fn steps(clinic: &Clinic, patient: PatientId, on: &str) -> Vec<DecisionMove> {
    vec![
        DecisionMove::Invite,
        capacity(clinic),
        present(),
        DecisionMove::Deliberate,
        choose(patient),
        revisit(on),
        DecisionMove::Sign(SignatureKind::ClinicianAttestation),
    ]
}

/// A decision that was made and signed.
fn signed(clinic: &Clinic, patient: PatientId, on: &str) -> DecisionId {
    let doctor = clinic.treating();
    let id = doctor.decide().open(patient, opening(clinic)).unwrap();
    doctor.decide().advance(id, 1, Channel::InPerson, steps(clinic, patient, on)).unwrap();
    id
}

fn listed(session: &Session, query: &DecisionQuery) -> Vec<DecisionId> {
    let mut page = Page::first(2);
    let mut ids = Vec::new();
    loop {
        let found = session.decide().list(query, &page).unwrap();
        ids.extend(found.decisions.iter().map(|view| view.id));
        let Some(next) = found.next else { return ids };
        page = page.after(next);
    }
}

fn sound(clinic: &Clinic) {
    let report = clinic.admin.upkeep().check(&Progress::default()).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
}

#[test]
fn a_decision_is_made_signed_carried_out_and_evaluated() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let id = signed(&clinic, ana, "2027-03-02");
    let doctor = clinic.treating();
    let view = doctor.decide().decision(id).unwrap();
    assert_eq!((view.version, view.decision.state.clone()), (2, DecisionState::Decided));
    assert_eq!(view.decision.signatures.len(), 1);
    assert!(view.decision.sheet.steps.iter().all(|step| step.actor == Who::Practitioner(clinic.doctor)));

    let evaluation = Evaluation { on: date("2026-09-02"), outcome: Some("no ache".into()), same_again: Some(true) };
    let implementation = crate::decide::Implementation {
        status: crate::decide::ImplementationStatus::Done,
        on: date("2026-03-03"),
        records: Vec::new(),
        note: None,
    };
    let after = vec![DecisionMove::Implement(implementation), DecisionMove::Evaluate(evaluation)];
    doctor.decide().advance(id, 2, Channel::Phone, after).unwrap();
    let later = doctor.decide().decision(id).unwrap();
    assert_eq!(later.decision.state, DecisionState::Evaluated);
    assert_eq!(later.decision.sheet, view.decision.sheet);
    assert_eq!(doctor.decide().decision_history(id).unwrap().len(), 3);
    sound(&clinic);
}

#[test]
fn a_choice_without_what_it_needs_changes_nothing() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let id = doctor.decide().open(ana, opening(&clinic)).unwrap();
    for steps in [
        vec![DecisionMove::Invite, choose(ana)],
        vec![DecisionMove::Invite, capacity(&clinic), DecisionMove::Present(vec!["statin".into()]), choose(ana)],
        vec![DecisionMove::Invite, present(), choose(ana)],
    ] {
        let refused = doctor.decide().advance(id, 1, Channel::InPerson, steps).unwrap_err();
        assert!(matches!(refused.kind(), ErrorKind::Invalid | ErrorKind::Conflict), "{refused}");
        assert_eq!(doctor.decide().decision(id).unwrap().version, 1);
    }
    let stale = doctor.decide().advance(id, 7, Channel::InPerson, vec![DecisionMove::Invite]).unwrap_err();
    assert_eq!(stale.kind(), ErrorKind::Conflict);
    assert!(doctor.decide().advance(id, 1, Channel::InPerson, Vec::new()).is_err());
}

#[test]
fn what_was_signed_is_amended_by_another_record_and_both_say_so() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let first = signed(&clinic, ana, "2027-03-02");
    let doctor = clinic.treating();
    let decide = doctor.decide();
    let refused = decide.advance(first, 2, Channel::InPerson, vec![revisit("2028-01-01")]).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Conflict);
    let before = decide.decision(first).unwrap().decision.sheet;

    let second = decide.revert(first, 2, Channel::Phone, "changed their mind").unwrap();
    let (old, new) = (decide.decision(first).unwrap().decision, decide.decision(second).unwrap().decision);
    assert_eq!((old.state.clone(), old.follow_up.replaced_by), (DecisionState::Replaced, Some(second)));
    assert_eq!(old.sheet, before);
    assert_eq!((new.sheet.replaces, new.state.clone()), (Some(first), DecisionState::Deliberating));
    assert!(new.sheet.choice.is_none() && new.signatures.is_empty());
    let again = decide.amend(first, 3, Channel::Phone, "once more").unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
    let unsigned = decide.amend(second, 1, Channel::Phone, "not signed").unwrap_err();
    assert_eq!(unsigned.kind(), ErrorKind::Conflict);
    assert_eq!(decide.decisions(ana).unwrap().len(), 2);
    sound(&clinic);
}

#[test]
fn decisions_are_listed_by_state_clinician_and_the_day_of_the_next_look() {
    let clinic = clinic();
    let (ana, bo, cy) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"), clinic.patient("Cy", "Roe"));
    let late = signed(&clinic, ana, "2028-01-01");
    let soon = signed(&clinic, bo, "2027-01-01");
    let doctor = clinic.treating();
    let open = doctor.decide().open(cy, opening(&clinic)).unwrap();
    let own = Some(clinic.doctor);
    let all = DecisionQuery::default();
    assert_eq!(listed(&doctor, &all), [soon, late, open]);
    assert_eq!(listed(&doctor, &DecisionQuery { clinician: own, ..all.clone() }), [soon, late, open]);
    let decided = DecisionQuery { state: Some(DecisionState::Decided), ..all.clone() };
    assert_eq!(listed(&doctor, &decided), [soon, late]);
    let due = DecisionQuery { revisit_until: Some(date("2027-01-01")), clinician: own, ..decided };
    assert_eq!(listed(&doctor, &due), [soon]);
    let nobody = crate::id::PractitionerId::from_uuid(uuid::Uuid::from_u128(9));
    assert!(listed(&doctor, &DecisionQuery { clinician: Some(nobody), ..all.clone() }).is_empty());

    doctor.decide().void_decision(soon, 2, "wrong patient").unwrap();
    assert_eq!(listed(&doctor, &all), [late, open]);
    assert_eq!(doctor.decide().decisions(bo).unwrap().len(), 0);
    sound(&clinic);
}

#[test]
fn nobody_sees_or_moves_a_decision_of_a_patient_they_may_not_see() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let id = signed(&clinic, ana, "2027-01-01");
    let stranger = Practitioner { names: vec![name("Sam", "Poe")], ..Default::default() };
    let stranger = clinic.admin.people().add_practitioner(stranger).unwrap();
    let session = clinic.prm.session(Actor::practitioner(stranger), Purpose::Treatment).unwrap();
    denied(session.decide().decision(id));
    denied(session.decide().decisions(ana));
    denied(session.decide().open(ana, opening(&clinic)));
    denied(session.decide().advance(id, 9, Channel::InPerson, vec![DecisionMove::Invite]));
    denied(session.decide().amend(id, 9, Channel::InPerson, "x"));
    assert!(listed(&session, &DecisionQuery::default()).is_empty());
}

#[test]
fn a_decision_with_a_label_is_kept_from_those_whom_the_label_excludes() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let unknown = Coding::new("http://example.org/labels", "secret");
    let labelled = DecisionOpening { labels: vec![unknown], ..opening(&clinic) };
    denied(doctor.decide().open(ana, labelled.clone()));
    let open = doctor.decide().open(ana, opening(&clinic)).unwrap();
    assert_eq!(listed(&doctor, &DecisionQuery::default()), [open]);
}

#[test]
fn patients_take_part_in_their_own_decisions_and_in_nobody_elses() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let id = signed(&clinic, ana, "2027-01-01");
    let own = clinic.prm.session(Actor::patient(ana), Purpose::PatientRequest).unwrap();
    assert_eq!(own.decide().decision(id).unwrap().version, 2);
    let acknowledge = vec![DecisionMove::Sign(SignatureKind::PatientAcknowledgement)];
    assert_eq!(own.decide().advance(id, 2, Channel::Portal, acknowledge.clone()).unwrap(), 3);
    let other = clinic.prm.session(Actor::patient(bo), Purpose::PatientRequest).unwrap();
    denied(other.decide().decision(id));
    // What is for the clinic to do is not for the patient.
    denied(own.decide().advance(id, 3, Channel::Portal, vec![DecisionMove::Invite]));
    denied(own.decide().amend(id, 3, Channel::Portal, "a slip"));
    denied(own.decide().void_decision(id, 3, "a slip"));
    let reverted = own.decide().revert(id, 3, Channel::Portal, "changed my mind").unwrap();
    assert_eq!(own.decide().decision(reverted).unwrap().decision.state, DecisionState::Deliberating);
    denied(other.decide().advance(id, 4, Channel::Portal, acknowledge));
}

#[test]
fn answers_of_an_aid_become_part_of_the_decision() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let aid = shipped_aids().unwrap().into_iter().find(|aid| aid.name.contains("statin")).unwrap();
    let kept = clinic.admin.decide().add_aid(aid.clone()).unwrap();
    let doctor = clinic.treating();
    let from_aid = DecisionOpening { options: aid.options.clone(), ..opening(&clinic) };
    let id = doctor.decide().open(ana, from_aid).unwrap();
    doctor.decide().advance(id, 1, Channel::InPerson, vec![DecisionMove::Invite, capacity(&clinic)]).unwrap();
    let keys: Vec<_> = aid.options.iter().map(|option| option.key.clone()).collect();
    let answers = serde_json::json!({
        "aid": aid.name, "version": aid.version, "order": keys, "seen": keys,
        "values": aid.attributes.iter().map(|a| serde_json::json!({"attribute": a.key, "score": "50"})).collect::<Vec<_>>(),
        "words": "I want to see my grandchildren grow up", "questions": ["Does it hurt?"],
    });
    let version = doctor.decide().answer_aid(id, 2, Channel::Portal, kept, &answers.to_string()).unwrap();
    let decision: Decision = doctor.decide().decision(id).unwrap().decision;
    assert_eq!(version, 3);
    assert_eq!(decision.sheet.aids.first().and_then(|used| used.aid), Some(kept));
    assert_eq!(decision.sheet.shown, keys);
    assert!(decision.sheet.preferences.is_some());
    assert_eq!(decision.sheet.questions.len(), 1);
    let wrong = serde_json::json!({"aid": aid.name, "version": "no", "order": keys, "seen": keys});
    let refused = doctor.decide().answer_aid(id, 3, Channel::Portal, kept, &wrong.to_string()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid);
    assert!(doctor.decide().answer_aid(id, 3, Channel::Portal, kept, "<script>").is_err());
}

#[test]
fn a_source_that_a_decision_names_must_be_there() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let mut of_nothing = opening(&clinic);
    of_nothing.options[0].outcomes[0].source = Some(crate::evidence::SourceRef {
        source: Some(RecordId::from_uuid(uuid::Uuid::from_u128(3)).into()),
        citation: "a trial".into(),
        ..Default::default()
    });
    assert_eq!(doctor.decide().open(ana, of_nothing).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn pages_of_decisions_name_people_and_keep_markup_out() {
    let clinic = clinic();
    let ana = clinic.patient("Ana<b>", "Ortiz");
    let id = signed(&clinic, ana, "2027-03-02");
    let doctor = clinic.treating();
    let page = doctor.decide().clinician_summary_html(id, "Europe/Berlin", "en").unwrap();
    assert!(page.contains("Weber") && page.contains("Ana&lt;b&gt;") && !page.contains("Ana<b>"));
    let own = clinic.prm.session(Actor::patient(ana), Purpose::PatientRequest).unwrap();
    let theirs = own.decide().patient_summary_html(id, "Europe/Berlin", "ar").unwrap();
    assert!(theirs.contains("dir=\"rtl\""));
    assert_eq!(doctor.decide().patient_summary_html(id, "Mars/Base", "en").unwrap_err().kind(), ErrorKind::Invalid);

    let aid = shipped_aids().unwrap().remove(0);
    let kept = clinic.admin.decide().add_aid(aid).unwrap();
    let page = doctor.decide().aid_html(kept, "en", Some("/answers".into())).unwrap();
    assert!(page.contains("<script") && page.contains("/answers"));
    let elsewhere = doctor.decide().aid_html(kept, "en", Some("https://example.org".into())).unwrap_err();
    assert_eq!(elsewhere.kind(), ErrorKind::Invalid);
}
