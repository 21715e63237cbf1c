mod refused;
mod valued;
mod walk;

use super::*;
use crate::error::{Detail, Error};
use crate::evidence::{AbsoluteRisk, Horizon, HorizonUnit};
use crate::govern::Who;
use crate::id::{DecisionId, PatientId, PractitionerId, RelatedPersonId};
use crate::sensitive::Sensitive;
use crate::time::Date;

/// The field that an error names.
pub(super) trait Named {
    fn field(&self) -> Option<&str>;
}

impl Named for Error {
    fn field(&self) -> Option<&str> {
        match self.particulars() {
            Some(Detail::Field(field)) => Some(field),
            _ => None,
        }
    }
}

pub(super) fn patient() -> PatientId {
    PatientId::from_uuid(uuid::Uuid::from_u128(1))
}

pub(super) fn doctor() -> Who {
    Who::Practitioner(PractitionerId::from_uuid(uuid::Uuid::from_u128(2)))
}

pub(super) fn daughter() -> Who {
    Who::RelatedPerson(RelatedPersonId::from_uuid(uuid::Uuid::from_u128(3)))
}

pub(super) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn at(by: Who) -> DecisionAt {
    DecisionAt { by, at: "2026-03-02T09:00:00Z".parse().unwrap(), channel: Channel::InPerson }
}

pub(super) fn outcome(key: &str, kind: OutcomeKind, of_100: i64) -> OptionOutcome {
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

pub(super) fn option(key: &str, status_quo: bool) -> DecisionOption {
    DecisionOption {
        key: key.into(),
        title: key.into(),
        description: "what it is".into(),
        status_quo,
        code: None,
        availability: None,
        cost: None,
        outcomes: vec![outcome("stroke", OutcomeKind::Benefit, 7), outcome("ache", OutcomeKind::Harm, 5)],
        experience: None,
    }
}

pub(super) fn participant(role: ParticipantRole, who: Who) -> Participant {
    Participant { role, who: Some(who), name: None, language: None, authority: None, independent: None }
}

pub(super) fn opening() -> DecisionOpening {
    DecisionOpening {
        title: "Statin or not".into(),
        topic: None,
        trigger: "a risk of 10 % in ten years".into(),
        index_date: None,
        options: vec![option("none", true), option("statin", false)],
        participants: vec![participant(ParticipantRole::Clinician, doctor())],
        channel: Channel::InPerson,
        labels: Vec::new(),
    }
}

pub(super) fn opened() -> Decision {
    open(opening(), patient(), &at(doctor()), date("2026-03-02")).unwrap()
}

pub(super) fn capacity(finding: CapacityFinding) -> DecisionMove {
    DecisionMove::StateCapacity(Capacity { finding, by: doctor(), on: date("2026-03-02"), note: None })
}

pub(super) fn present(keys: &[&str]) -> DecisionMove {
    DecisionMove::Present(keys.iter().map(|key| (*key).to_owned()).collect())
}

pub(super) fn choice(option: &str, made_by: Who, how: DecisionRole) -> DecisionMove {
    let (option, strength) = (option.to_owned(), ChoiceStrength::Firm);
    DecisionMove::Choose(Choice { option, strength, conditions: Vec::new(), made_by, how, reason: None })
}

pub(super) fn choose(option: &str) -> DecisionMove {
    choice(option, Who::Patient(patient()), DecisionRole::Together)
}

pub(super) fn revisit(on: &str) -> DecisionMove {
    DecisionMove::PlanRevisit(Revisit { on: date(on), triggers: vec![RevisitTrigger::PatientRequest] })
}

pub(super) fn words() -> DecisionMove {
    DecisionMove::Elicit(Preferences {
        attributes: Vec::new(),
        elicitation: Elicitation::Words,
        scores: Vec::new(),
        words: Some("to see my grandchildren grow up".into()),
        said_by: Who::Patient(patient()),
    })
}

pub(super) fn attest() -> DecisionMove {
    DecisionMove::Sign(SignatureKind::ClinicianAttestation)
}

pub(super) fn after(decision: &Decision, steps: impl IntoIterator<Item = DecisionMove>) -> Decision {
    steps.into_iter().fold(decision.clone(), |decision, step| {
        let name = step.name();
        apply(&decision, step, &at(doctor())).unwrap_or_else(|e| panic!("{name}: {e}"))
    })
}

pub(super) fn ready() -> Decision {
    let steps = [DecisionMove::Invite, capacity(CapacityFinding::NotInQuestion), present(&["none", "statin"]), words()];
    after(&opened(), steps)
}

pub(super) fn signed() -> Decision {
    after(&ready(), [DecisionMove::Deliberate, choose("statin"), revisit("2027-03-02"), attest()])
}

fn id(n: u128) -> DecisionId {
    DecisionId::from_uuid(uuid::Uuid::from_u128(n))
}

#[test]
fn a_decision_goes_from_identified_to_evaluated_and_each_step_says_who_when_and_how() {
    let done =
        Implementation { status: ImplementationStatus::Done, on: date("2026-03-03"), records: Vec::new(), note: None };
    let seen = Evaluation { on: date("2026-09-02"), outcome: None, same_again: Some(true) };
    let decision = after(&signed(), [DecisionMove::Implement(done), DecisionMove::Evaluate(seen)]);
    let states: Vec<_> = decision.sheet.steps.iter().chain(&decision.follow_up.steps).map(|s| s.to.code()).collect();
    let expected = [
        "identified",
        "invited",
        "invited",
        "options-presented",
        "values-elicited",
        "deliberating",
        "decided",
        "decided",
        "decided",
        "implemented",
        "evaluated",
    ];
    assert_eq!(states, expected);
    let due = after(&decision, [DecisionMove::Trigger(RevisitTrigger::NewEvidence)]);
    assert_eq!(due.state, DecisionState::RevisitDue);
    assert!(decision.sheet.steps.iter().all(|step| step.actor == doctor() && step.channel == Channel::InPerson));
}

#[test]
fn who_would_rather_not_decide_is_heard_and_the_clinician_decides() {
    let declined = after(
        &opened(),
        [
            DecisionMove::Invite,
            capacity(CapacityFinding::NotInQuestion),
            DecisionMove::Decline("you decide, doctor".into()),
        ],
    );
    assert_eq!(declined.state, DecisionState::DeclinedParticipation);
    let patients = apply(&declined, choice("statin", doctor(), DecisionRole::Together), &at(doctor())).unwrap_err();
    assert_eq!(patients.field(), Some("how"));
    let chosen = after(&declined, [choice("statin", doctor(), DecisionRole::ClinicianDecides), revisit("2027-01-01")]);
    assert_eq!(chosen.state, DecisionState::DeclinedParticipation);
    let signed = after(&chosen, [attest()]);
    assert!(signatures_hold(&signed).unwrap());
    let back = after(&chosen, [DecisionMove::Reconsider]);
    assert!(back.sheet.declined.is_none() && back.sheet.choice.is_none());
    let undecided = after(&declined, [revisit("2027-01-01"), attest()]);
    let none = DecisionMove::Implement(Implementation {
        status: ImplementationStatus::Done,
        on: date("2026-03-03"),
        records: Vec::new(),
        note: None,
    });
    assert_eq!(apply(&undecided, none, &at(doctor())).unwrap_err().field(), Some("choice"));
}

#[test]
fn a_proxy_with_authority_on_the_day_decides_for_who_lacks_capacity() {
    let lacking = after(
        &opened(),
        [DecisionMove::Invite, capacity(CapacityFinding::LacksCapacity), present(&["none", "statin"])],
    );
    let needs: Vec<_> = missing(&lacking).into_iter().map(|gap| gap.need).collect();
    assert!(needs.contains(&DecisionNeed::Proxy));
    let until = |end: &str| ProxyAuthority {
        ground: "power of attorney".into(),
        scope: None,
        period: Some(crate::time::Period { start: None, end: Some(end.parse().unwrap()) }),
        document: None,
    };
    let proxy = |end| {
        let daughter = participant(ParticipantRole::Proxy, daughter());
        DecisionMove::Join(Participant { authority: Some(until(end)), ..daughter })
    };
    let by_proxy = choice("none", daughter(), DecisionRole::Together);
    let expired = after(&lacking, [proxy("2026-03-01")]);
    assert_eq!(apply(&expired, by_proxy.clone(), &at(doctor())).unwrap_err().field(), Some("made_by"));
    let valid = after(&lacking, [proxy("2026-03-02")]);
    assert_eq!(apply(&valid, choose("none"), &at(doctor())).unwrap_err().field(), Some("made_by"));
    let made = after(&valid, [by_proxy, revisit("2027-01-01"), attest()]);
    let acknowledged =
        apply(&made, DecisionMove::Sign(SignatureKind::PatientAcknowledgement), &at(daughter())).unwrap();
    assert_eq!(acknowledged.signatures.len(), 2);
}

#[test]
fn what_was_signed_is_replaced_by_another_record_and_stays_as_it_was() {
    let first = signed();
    for (next, state) in [
        (amend(&first, id(7), "a slip".into(), &at(doctor())).unwrap(), DecisionState::Decided),
        (revert(&first, id(7), "changed their mind".into(), &at(doctor())).unwrap(), DecisionState::Deliberating),
    ] {
        limits::check_decision(&next).unwrap();
        assert_eq!((next.state.clone(), next.sheet.replaces, next.signatures.len()), (state, Some(id(7)), 0));
        assert_eq!(next.sheet.choice.is_some(), next.state == DecisionState::Decided);
    }
    let old = replaced(&first, id(8), &at(doctor())).unwrap();
    assert_eq!((old.sheet.clone(), old.follow_up.replaced_by), (first.sheet.clone(), Some(id(8))));
    limits::check_decision(&old).unwrap();
    for refused in [
        replaced(&old, id(9), &at(doctor())),
        amend(&old, id(9), "again".into(), &at(doctor())),
        amend(&ready(), id(9), "not signed".into(), &at(doctor())),
        apply(&old, DecisionMove::Trigger(RevisitTrigger::Date), &at(doctor())),
    ] {
        assert_eq!(refused.unwrap_err().kind(), crate::error::ErrorKind::Conflict);
    }
    assert!(amend(&first, id(7), " ".into(), &at(doctor())).is_err());
}

#[test]
fn a_decision_comes_back_as_it_was_from_bytes_and_from_json() {
    for decision in [opened(), ready(), signed()] {
        let bytes = minicbor::to_vec(&decision).unwrap();
        assert_eq!(minicbor::decode::<Decision>(&bytes).unwrap(), decision);
        let json = serde_json::to_string(&decision).unwrap();
        assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), decision);
    }
    let mut forged = signed();
    forged.sheet.title = "Something else".into();
    assert!(!signatures_hold(&forged).unwrap());
    assert_eq!(limits::check_decision(&forged).unwrap_err().field(), Some("signatures"));
}

#[test]
fn an_option_that_changes_after_it_was_shown_is_shown_again() {
    let changed = DecisionOption { cost: Some("5 a month".into()), ..option("statin", false) };
    let decision = after(&ready(), [DecisionMove::PutOption(changed.clone())]);
    assert_eq!((decision.state.clone(), decision.sheet.shown.len()), (DecisionState::Invited, 0));
    let again = after(&decision, [present(&["statin", "none"])]);
    assert_eq!(
        (again.state.clone(), again.sheet.shown.as_slice()),
        (DecisionState::ValuesElicited, ["statin", "none"].map(String::from).as_slice())
    );
    let same = after(&again, [DecisionMove::PutOption(changed)]);
    assert_eq!(same.sheet.shown.len(), 2);
    let dropped = after(&again, [DecisionMove::DropOption("statin".into())]);
    assert_eq!(dropped.sheet.options.len(), 1);
}

#[test]
fn questions_are_numbered_and_answered() {
    let asked = after(&opened(), [DecisionMove::Ask("does it hurt?".into()), DecisionMove::Ask("how long?".into())]);
    let open = |decision: &Decision| missing(decision).iter().filter_map(|gap| gap.question).collect::<Vec<_>>();
    assert_eq!(open(&asked), [1, 2]);
    let answered = after(&asked, [DecisionMove::AnswerQuestion { number: 1, text: "no".into() }]);
    assert_eq!(open(&answered), [2]);
    let none = DecisionMove::AnswerQuestion { number: 9, text: "no".into() };
    assert_eq!(apply(&asked, none, &at(doctor())).unwrap_err().field(), Some("number"));
    let _: &Sensitive = &asked.sheet.questions[0].text;
}
