//! Every decision that can be reached by every step: none is decided without its conditions, and what was signed never
//! changes.

use std::collections::{HashSet, VecDeque};

use super::*;

/// Every kind of step, the useless and the harmful among them.
fn steps() -> Vec<DecisionMove> {
    let mut one_sided = option("statin", false);
    one_sided.outcomes.retain(|outcome| outcome.kind == OutcomeKind::Benefit);
    let implementation =
        Implementation { status: ImplementationStatus::Done, on: date("2026-03-03"), records: Vec::new(), note: None };
    vec![
        DecisionMove::Invite,
        DecisionMove::Join(participant(ParticipantRole::Clinician, doctor())),
        capacity(CapacityFinding::NotInQuestion),
        capacity(CapacityFinding::LacksCapacity),
        DecisionMove::PutOption(option("statin", false)),
        DecisionMove::PutOption(one_sided),
        DecisionMove::DropOption("none".into()),
        present(&["none", "statin"]),
        present(&["statin"]),
        words(),
        DecisionMove::Deliberate,
        DecisionMove::Decline("you decide".into()),
        DecisionMove::Defer("on holiday".into()),
        choose("statin"),
        choice("statin", doctor(), DecisionRole::ClinicianDecides),
        revisit("2027-01-01"),
        DecisionMove::Reconsider,
        attest(),
        DecisionMove::Implement(implementation),
        DecisionMove::Evaluate(Evaluation { on: date("2026-09-01"), outcome: None, same_again: None }),
        DecisionMove::Trigger(RevisitTrigger::NewEvidence),
    ]
}

/// What decides which steps are possible next: the decision without its history.
fn essence(decision: &Decision) -> Vec<u8> {
    let mut essence = decision.clone();
    essence.sheet.steps.clear();
    essence.follow_up = FollowUp::default();
    for signature in &mut essence.signatures {
        signature.digest.clear();
    }
    minicbor::to_vec(&essence).unwrap()
}

/// The conditions of rule C.1, said once more without the code that enforces them.
fn is_fit(decision: &Decision) -> bool {
    let sheet = &decision.sheet;
    let shown: Vec<_> = sheet.options.iter().filter(|option| sheet.shown.contains(&option.key)).collect();
    let both = |option: &DecisionOption, kind: OutcomeKind| {
        let framed = |o: &&OptionOutcome| !o.frames.happens.is_empty() && !o.frames.spared.is_empty();
        option.outcomes.iter().filter(framed).any(|outcome| outcome.kind == kind)
    };
    shown.len() >= 2
        && shown.iter().any(|option| option.status_quo)
        && shown.iter().all(|option| both(option, OutcomeKind::Benefit) && both(option, OutcomeKind::Harm))
        && sheet.capacity.as_ref().is_some_and(|capacity| capacity.finding != CapacityFinding::LacksCapacity)
        && sheet.participants.iter().any(|one| one.role == ParticipantRole::Clinician)
        && sheet.choice.as_ref().is_some_and(|choice| sheet.shown.contains(&choice.option))
}

#[test]
fn no_path_leads_to_a_decision_without_its_conditions_and_signed_bytes_never_change() {
    let alone = DecisionOpening { participants: Vec::new(), ..opening() };
    let begin = open(alone, patient(), &at(doctor()), date("2026-03-02")).unwrap();
    let (mut met, mut next) = (HashSet::new(), VecDeque::from([begin]));
    let (mut decided, mut signed, mut edges) = (0, 0, 0u32);
    let steps = steps();
    let mut states = HashSet::new();
    while let Some(decision) = next.pop_front() {
        for step in &steps {
            let Ok(after) = apply(&decision, step.clone(), &at(doctor())) else { continue };
            edges += 1;
            if after.state == DecisionState::Decided {
                decided += 1;
                assert!(is_fit(&after), "decided by {} without its conditions", step.name());
            }
            if !decision.signatures.is_empty() {
                signed += 1;
                let bytes = |of: &Decision| minicbor::to_vec(&of.sheet).unwrap();
                assert_eq!(bytes(&decision), bytes(&after), "{} changed what was signed", step.name());
                assert!(signatures_hold(&after).unwrap());
            }
            states.insert(after.state.clone());
            if met.insert(essence(&after)) {
                next.push_back(after);
            }
        }
    }
    // The walk went somewhere: every state but the one that a successor brings was reached.
    assert_eq!(states.len(), DecisionState::ALL.len() - 1, "{states:?}");
    assert!(decided > 20 && signed > 100, "{decided} decided, {signed} signed, {edges} steps");
}
