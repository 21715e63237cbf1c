//! What a decision is refused for.

use super::*;
use crate::error::ErrorKind;
use crate::evidence::SourceRef;

fn field(decision: &Decision, step: DecisionMove) -> String {
    let refused = apply(decision, step, &at(doctor())).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid, "{refused}");
    refused.field().unwrap_or_default().to_owned()
}

/// A decision with these options, shown.
fn shown(options: Vec<DecisionOption>) -> Decision {
    let keys: Vec<String> = options.iter().map(|option| option.key.clone()).collect();
    let opening = DecisionOpening { options, ..opening() };
    let decision = open(opening, patient(), &at(doctor()), date("2026-03-02")).unwrap();
    let steps = [DecisionMove::Invite, capacity(CapacityFinding::NotInQuestion), DecisionMove::Present(keys)];
    after(&decision, steps)
}

#[test]
fn nothing_is_decided_without_two_options_shown_one_of_which_leaves_things_as_they_are() {
    assert_eq!(field(&shown(vec![option("none", true)]), choose("none")), "shown");
    let two = shown(vec![option("statin", false), option("diet", false)]);
    assert_eq!(field(&two, choose("diet")), "shown");
    let half = after(&ready(), [present(&["statin"])]);
    assert_eq!(field(&half, choose("statin")), "shown");
}

#[test]
fn each_option_has_a_benefit_and_a_harm_both_ways_round() {
    for kind in [OutcomeKind::Benefit, OutcomeKind::Harm] {
        let mut one_sided = option("statin", false);
        one_sided.outcomes.retain(|outcome| outcome.kind != kind);
        assert_eq!(field(&shown(vec![option("none", true), one_sided]), choose("none")), "options.statin");
        let mut one_frame = option("statin", false);
        for outcome in one_frame.outcomes.iter_mut().filter(|outcome| outcome.kind == kind) {
            outcome.frames.spared = " ".into();
        }
        assert_eq!(field(&shown(vec![option("none", true), one_frame]), choose("none")), "options.statin");
    }
}

#[test]
fn a_choice_needs_a_clinician_a_word_on_capacity_and_an_option_that_was_shown() {
    let alone = DecisionOpening { participants: Vec::new(), ..opening() };
    let alone = open(alone, patient(), &at(doctor()), date("2026-03-02")).unwrap();
    let alone = after(&alone, [DecisionMove::Invite, present(&["none", "statin"])]);
    assert_eq!(field(&alone, choose("none")), "participants");
    let unsaid = after(&opened(), [DecisionMove::Invite, present(&["none", "statin"])]);
    assert_eq!(field(&unsaid, choose("none")), "capacity");
    assert_eq!(field(&ready(), choose("surgery")), "option");
    assert_eq!(field(&ready(), choice("none", doctor(), DecisionRole::ClinicianDecides)), "made_by");
    assert_eq!(field(&ready(), choice("none", daughter(), DecisionRole::Together)), "made_by");
    let gone = DecisionOption { availability: Some(Availability::Unavailable), ..option("statin", false) };
    assert_eq!(field(&shown(vec![option("none", true), gone]), choose("statin")), "option");
}

#[test]
fn a_signature_needs_a_day_to_look_again_and_is_of_who_takes_part() {
    let decided = after(&ready(), [choose("none")]);
    assert_eq!(field(&decided, attest()), "revisit");
    let without_reason = DecisionMove::PlanRevisit(Revisit { on: date("2027-01-01"), triggers: Vec::new() });
    assert_eq!(field(&after(&decided, [without_reason]), attest()), "revisit");
    let planned = after(&decided, [revisit("2027-01-01")]);
    for (kind, by) in [
        (SignatureKind::ClinicianAttestation, daughter()),
        (SignatureKind::PatientAcknowledgement, daughter()),
        (SignatureKind::PatientAcknowledgement, doctor()),
        (SignatureKind::Other("seal".into()), doctor()),
    ] {
        assert_eq!(apply(&planned, DecisionMove::Sign(kind), &at(by)).unwrap_err().field(), Some("sign"));
    }
    let twice = apply(&after(&planned, [attest()]), attest(), &at(doctor())).unwrap_err();
    assert_eq!(twice.kind(), ErrorKind::Conflict);
    assert_eq!(
        field(&planned, DecisionMove::PlanRevisit(Revisit { on: date("2020-01-01"), triggers: Vec::new() })),
        "revisit.on"
    );
}

#[test]
fn options_are_shown_once_each_and_those_alone_that_there_are() {
    let invited = after(&opened(), [DecisionMove::Invite]);
    assert_eq!(field(&invited, present(&[])), "present");
    assert_eq!(field(&invited, present(&["none", "none"])), "present[0]");
    assert_eq!(field(&invited, present(&["none", "surgery"])), "present[1]");
    assert_eq!(field(&invited, DecisionMove::DropOption("surgery".into())), "key");
    let aid = AidUse {
        aid: None,
        name: "statin".into(),
        title: "Statin".into(),
        version: "1".into(),
        ipdas: None,
        licence: None,
        expires: None,
        used: "2026-03-02T09:00:00Z".parse().unwrap(),
        seen: vec!["surgery".into()],
    };
    assert_eq!(field(&invited, DecisionMove::UseAid(aid)), "seen[0]");
}

#[test]
fn a_step_out_of_turn_is_a_conflict() {
    for (decision, step) in [
        (opened(), present(&["none", "statin"])),
        (opened(), choose("none")),
        (after(&opened(), [DecisionMove::Invite]), DecisionMove::Deliberate),
        (after(&ready(), [choose("none")]), choose("statin")),
        (after(&ready(), [choose("none")]), DecisionMove::PutOption(option("diet", false))),
        (ready(), DecisionMove::Trigger(RevisitTrigger::Date)),
        (ready(), DecisionMove::Reconsider),
        (signed(), DecisionMove::Reconsider),
        (signed(), DecisionMove::Ask("one more thing".into())),
        (signed(), revisit("2028-01-01")),
    ] {
        let name = step.name();
        assert_eq!(apply(&decision, step, &at(doctor())).unwrap_err().kind(), ErrorKind::Conflict, "{name}");
    }
}

#[test]
fn values_that_no_decision_can_have_are_refused() {
    let with = |change: &dyn Fn(&mut DecisionOpening)| {
        let mut opening = opening();
        change(&mut opening);
        open(opening, patient(), &at(doctor()), date("2026-03-02"))
            .map_err(|e| e.field().unwrap_or_default().to_owned())
    };
    let refused = |change: &dyn Fn(&mut DecisionOpening)| with(change).unwrap_err();
    assert_eq!(refused(&|o| o.title = " ".into()), "title");
    assert_eq!(refused(&|o| o.title = "x".repeat(201)), "title");
    assert_eq!(refused(&|o| o.trigger = "".into()), "trigger");
    assert_eq!(refused(&|o| o.options[1].key = "none".into()), "options[1]");
    assert_eq!(refused(&|o| o.options[1].key = "<b>".into()), "options[1]");
    assert_eq!(refused(&|o| o.options = vec![option("a", true); 21]), "options");
    assert_eq!(refused(&|o| o.options[0].outcomes[1].key = "stroke".into()), "options[0].outcomes[1]");
    assert_eq!(refused(&|o| o.participants[0].who = None), "participants[0]");
    assert!(
        refused(&|o| o.options[0].outcomes[0].risk.as_mut().unwrap().numerator = 101.into())
            .starts_with("options[0].outcomes[0].risk")
    );
    let alone = |o: &mut DecisionOpening| {
        let outcome = &mut o.options[0].outcomes[0];
        outcome.relative = Some(RelativeEffect {
            measure: crate::evidence::EffectMeasure::RiskRatio,
            estimate: "0.7".parse().unwrap(),
            interval: None,
        });
        outcome.risk = None;
    };
    assert_eq!(refused(&alone), "options[0].outcomes[0].relative");
    assert!(with(&|_| {}).is_ok());
}

#[test]
fn what_makes_the_record_poorer_is_told_and_blocks_nothing() {
    let mut options = vec![option("none", true), option("statin", false)];
    options[1].outcomes[0].rationale = None;
    options[1].outcomes[1].risk.as_mut().unwrap().denominator = 1000;
    let decision = shown(options);
    let told: Vec<_> =
        missing(&decision).into_iter().filter(|gap| gap.blocks == GapBlocks::Nothing).map(|gap| gap.need).collect();
    assert_eq!(told, [DecisionNeed::Values, DecisionNeed::Support, DecisionNeed::SameScale]);
    let mut cited = decision.clone();
    cited.sheet.options[1].outcomes[0].source = Some(SourceRef { citation: "a trial".into(), ..SourceRef::default() });
    assert!(!missing(&cited).iter().any(|gap| gap.need == DecisionNeed::Support));
    after(&decision, [choose("statin")]);
}
