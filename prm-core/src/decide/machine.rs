//! From state to state. Every step is on record with who, when and by which way.
//!
//! ```text
//! identified → invited → options-presented → values-elicited → deliberating → decided → implemented → evaluated
//!                  ↘────────────┴──────────────────┴──────────────┴→ deferred, declined-participation ↗
//! ```
//! A decision that is put off or that the patient does not take part in is taken up again by inviting or weighing; one
//! that is not signed yet by reconsidering; a signed one by a record that takes its place (see [`revert`](super::revert)).

use super::need;
use super::{
    Answer, Choice, Decision, DecisionAt, DecisionMove, DecisionOpening, DecisionOption, DecisionRole, DecisionSheet,
    DecisionState, DecisionTransition, FollowUp, Participant, Preferences, Question, Signature, SignatureKind, signing,
};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::Who;
use crate::id::PatientId;
use crate::time::Date;

use DecisionState::{
    Decided, DeclinedParticipation, Deferred, Deliberating, Evaluated, Identified, Implemented, Invited,
    OptionsPresented, Replaced, RevisitDue, ValuesElicited,
};

/// States in which each step that moves a decision may be taken. Steps that are not named here add to the sheet in every
/// state until it is signed.
const FROM: &[(&str, &[DecisionState])] = &[
    ("invite", &[Identified, Invited, Deferred, DeclinedParticipation]),
    ("present", &[Invited, OptionsPresented, ValuesElicited, Deliberating, Deferred, DeclinedParticipation]),
    ("elicit", &[OptionsPresented, ValuesElicited, Deliberating, Deferred, DeclinedParticipation]),
    ("deliberate", &[OptionsPresented, ValuesElicited, Deliberating, Deferred, DeclinedParticipation]),
    ("decline", &[Invited, OptionsPresented, ValuesElicited, Deliberating, Deferred]),
    ("defer", &[Identified, Invited, OptionsPresented, ValuesElicited, Deliberating]),
    ("choose", &[OptionsPresented, ValuesElicited, Deliberating, DeclinedParticipation]),
    ("put_option", &[Identified, Invited, OptionsPresented, ValuesElicited, Deliberating, Deferred]),
    ("drop_option", &[Identified, Invited, OptionsPresented, ValuesElicited, Deliberating, Deferred]),
    ("reconsider", &[Decided, DeclinedParticipation]),
    ("sign", &[Decided, DeclinedParticipation, Deferred, Implemented, Evaluated, RevisitDue]),
    ("implement", &[Decided, DeclinedParticipation, Implemented, Evaluated, RevisitDue]),
    ("evaluate", &[Implemented, Evaluated, RevisitDue]),
    ("trigger", &[Decided, DeclinedParticipation, Deferred, Implemented, Evaluated, RevisitDue]),
];

/// Opens a decision of a patient: it is identified. The patient takes part without being named.
///
/// # Errors
/// `Invalid` for values that no decision can have.
pub fn open(opening: DecisionOpening, patient: PatientId, at: &DecisionAt, today: Date) -> Result<Decision> {
    let DecisionOpening { title, topic, trigger, index_date, options, participants, channel, labels } = opening;
    let sheet = DecisionSheet {
        title,
        topic,
        trigger,
        index_date: index_date.unwrap_or(today),
        participants,
        capacity: None,
        options,
        shown: Vec::new(),
        aids: Vec::new(),
        knowledge: Vec::new(),
        preferences: None,
        questions: Vec::new(),
        quality: Vec::new(),
        role_wanted: None,
        role_experienced: None,
        declined: None,
        deferred: None,
        choice: None,
        counselled: Vec::new(),
        consent: None,
        revisit: None,
        steps: vec![DecisionTransition {
            step: "open".to_owned(),
            to: Identified,
            actor: at.by.clone(),
            at: at.at,
            channel,
        }],
        replaces: None,
        replaces_because: None,
    };
    let follow_up = FollowUp::default();
    let decision = Decision { patient, state: Identified, sheet, signatures: Vec::new(), follow_up, labels };
    super::limits::check_decision(&decision)?;
    Ok(decision)
}

/// The decision after one step.
///
/// # Errors
/// `Conflict` for a step that its state or its signatures do not allow; `Invalid` naming what is wrong with the step, or
/// what is missing for it.
pub fn apply(decision: &Decision, step: DecisionMove, at: &DecisionAt) -> Result<Decision> {
    let name = step.name();
    if decision.state == Replaced {
        return Err(Error::new(ErrorKind::Conflict, "another record took the place of this one; go on there"));
    }
    let signed = !decision.signatures.is_empty();
    if signed && step.changes_sheet() {
        return Err(Error::new(ErrorKind::Conflict, "what was signed never changes; amend or revert the decision"));
    }
    let allowed = FROM.iter().find(|(of, _)| *of == name).is_none_or(|(_, from)| from.contains(&decision.state));
    if !allowed {
        let state = &decision.state;
        return Err(Error::new(
            ErrorKind::Conflict,
            format!("a decision that is {state} does not take the step {name}"),
        ));
    }
    if !signed && matches!(name, "implement" | "evaluate" | "trigger") {
        return Err(Error::new(ErrorKind::Conflict, "what comes after a decision is recorded once it is signed"));
    }
    let mut next = decision.clone();
    next.state = take(&mut next, step, at)?;
    let taken = DecisionTransition {
        step: name.to_owned(),
        to: next.state.clone(),
        actor: at.by.clone(),
        at: at.at,
        channel: at.channel.clone(),
    };
    if next.signatures.is_empty() {
        next.sheet.steps.push(taken);
    } else {
        next.follow_up.steps.push(taken);
    }
    super::limits::check_decision(&next)?;
    Ok(next)
}

/// Takes the step and says the state after it.
fn take(next: &mut Decision, step: DecisionMove, at: &DecisionAt) -> Result<DecisionState> {
    let signed = !next.signatures.is_empty();
    let state = next.state.clone();
    let sheet = &mut next.sheet;
    match step {
        DecisionMove::Invite => {
            (sheet.declined, sheet.deferred) = (None, None);
            return Ok(Invited);
        }
        DecisionMove::Join(participant) => join(&mut sheet.participants, participant),
        DecisionMove::StateCapacity(capacity) => sheet.capacity = Some(capacity),
        DecisionMove::PutOption(option) => return Ok(put_option(sheet, option, state)),
        DecisionMove::DropOption(key) => return drop_option(sheet, &key, state),
        DecisionMove::Present(keys) => return present(sheet, keys, state),
        DecisionMove::UseAid(aid) => {
            if let Some(unknown) = aid.seen.iter().position(|key| !sheet.options.iter().any(|o| o.key == *key)) {
                return Err(Error::invalid(format!("seen[{unknown}]"), "the decision has no such option"));
            }
            sheet.aids.push(aid);
        }
        DecisionMove::CheckKnowledge(answers) => sheet.knowledge = answers,
        DecisionMove::Elicit(preferences) => return elicit(sheet, preferences, state),
        DecisionMove::Ask(text) => {
            let number = sheet.questions.iter().map(|question| question.number).max().unwrap_or(0).saturating_add(1);
            let asked_by = at.by.clone();
            sheet.questions.push(Question { number, asked_by, text, asked: at.at, answer: None });
        }
        DecisionMove::AnswerQuestion { number, text } => {
            let question = sheet.questions.iter_mut().find(|question| question.number == number);
            let question = question.ok_or_else(|| Error::invalid("number", "there is no question of this number"))?;
            question.answer = Some(Answer { by: at.by.clone(), text, at: at.at });
        }
        DecisionMove::WantRole(role) => sheet.role_wanted = Some(role),
        DecisionMove::ExperienceRole(role) => sheet.role_experienced = Some(role),
        DecisionMove::Counsel(spoken) => sheet.counselled.push(spoken),
        DecisionMove::Deliberate if sheet.shown.is_empty() => {
            return Err(Error::invalid("shown", "show the options before they are weighed"));
        }
        DecisionMove::Deliberate => {
            (sheet.declined, sheet.deferred) = (None, None);
            return Ok(Deliberating);
        }
        DecisionMove::Decline(words) => {
            (sheet.declined, sheet.deferred) = (Some(words), None);
            return Ok(DeclinedParticipation);
        }
        DecisionMove::Defer(reason) => {
            sheet.deferred = Some(reason);
            return Ok(Deferred);
        }
        DecisionMove::Choose(choice) => return choose(next, choice, at),
        DecisionMove::PlanRevisit(revisit) => sheet.revisit = Some(revisit),
        DecisionMove::LinkConsent(id) => sheet.consent = Some(id),
        DecisionMove::Measure(result) if signed => next.follow_up.quality.push(result),
        DecisionMove::Measure(result) => sheet.quality.push(result),
        DecisionMove::Sign(kind) => sign(next, kind, at)?,
        DecisionMove::Implement(_) if sheet.choice.is_none() => {
            return Err(Error::invalid("choice", "nothing was chosen that could be carried out"));
        }
        DecisionMove::Implement(implementation) => {
            next.follow_up.implementations.push(implementation);
            return Ok(Implemented);
        }
        DecisionMove::Evaluate(evaluation) => {
            next.follow_up.evaluations.push(evaluation);
            return Ok(Evaluated);
        }
        DecisionMove::Trigger(trigger) => {
            next.follow_up.triggers.push(trigger);
            return Ok(RevisitDue);
        }
        DecisionMove::Reconsider => {
            (sheet.choice, sheet.declined) = (None, None);
            return Ok(if sheet.shown.is_empty() { Invited } else { Deliberating });
        }
    }
    Ok(state)
}

/// Puts someone in the place of who has the same role and is the same person.
fn join(participants: &mut Vec<Participant>, new: Participant) {
    let same = |old: &Participant| old.role == new.role && old.who == new.who && old.name == new.name;
    match participants.iter_mut().find(|old| same(old)) {
        Some(old) => *old = new,
        None => participants.push(new),
    }
}

/// What was shown is not what there is now: it must be shown again, and scored again.
fn shown_no_more(sheet: &mut DecisionSheet, state: DecisionState) -> DecisionState {
    if let Some(preferences) = &mut sheet.preferences {
        preferences.scores.clear();
    }
    if sheet.shown.is_empty() {
        return state;
    }
    sheet.shown.clear();
    match state {
        OptionsPresented | ValuesElicited | Deliberating => Invited,
        other => other,
    }
}

fn put_option(sheet: &mut DecisionSheet, option: DecisionOption, state: DecisionState) -> DecisionState {
    match sheet.options.iter_mut().find(|old| old.key == option.key) {
        Some(old) if *old == option => return state,
        Some(old) => *old = option,
        None => sheet.options.push(option),
    }
    shown_no_more(sheet, state)
}

fn drop_option(sheet: &mut DecisionSheet, key: &str, state: DecisionState) -> Result<DecisionState> {
    let before = sheet.options.len();
    sheet.options.retain(|option| option.key != key);
    if sheet.options.len() == before {
        return Err(Error::invalid("key", "the decision has no such option"));
    }
    Ok(shown_no_more(sheet, state))
}

fn present(sheet: &mut DecisionSheet, keys: Vec<String>, state: DecisionState) -> Result<DecisionState> {
    if keys.is_empty() {
        return Err(Error::invalid("present", "name the options that were shown, in their order"));
    }
    for (n, key) in keys.iter().enumerate() {
        let known = sheet.options.iter().any(|option| option.key == *key);
        if !known || keys.iter().filter(|other| *other == key).count() > 1 {
            return Err(Error::invalid(format!("present[{n}]"), "name each option of the decision once at most"));
        }
    }
    sheet.shown = keys;
    Ok(match state {
        Deferred | DeclinedParticipation => state,
        _ if sheet.preferences.is_some() => ValuesElicited,
        _ => OptionsPresented,
    })
}

fn elicit(sheet: &mut DecisionSheet, preferences: Preferences, state: DecisionState) -> Result<DecisionState> {
    if sheet.shown.is_empty() {
        return Err(Error::invalid("shown", "show the options before asking what matters"));
    }
    sheet.preferences = Some(preferences);
    Ok(match state {
        Deferred | DeclinedParticipation => state,
        _ => ValuesElicited,
    })
}

fn choose(next: &mut Decision, choice: Choice, at: &DecisionAt) -> Result<DecisionState> {
    let day = at.at.date_naive();
    let asked = next.state == DeclinedParticipation && need::is_clinician(&next.sheet, &choice.made_by);
    if !asked {
        // Who chooses takes part after all.
        next.sheet.declined = None;
    }
    if let Some(gap) = need::blocking_choice(next) {
        return Err(Error::invalid(gap.path(), gap.need.advice()));
    }
    let sheet = &next.sheet;
    let of = sheet.options.iter().find(|option| option.key == choice.option);
    let Some(of) = of.filter(|option| need::may_be_chosen(sheet, &option.key)) else {
        return Err(Error::invalid("option", "choose one of the options that were shown"));
    };
    if of.availability == Some(super::Availability::Unavailable) {
        return Err(Error::invalid("option", "the option cannot be had"));
    }
    let proxy = need::is_proxy(sheet, &choice.made_by, day);
    let patient = choice.made_by == Who::Patient(next.patient);
    let wrong = if asked {
        let clinician = matches!(choice.how, DecisionRole::ClinicianDecides | DecisionRole::ClinicianAfterOpinion);
        (!clinician).then_some(("how", "whom the patient asked to decide did so; say that the clinician decided"))
    } else if need::lacks_capacity(sheet) {
        (!proxy).then_some(("made_by", "the patient lacks capacity: a proxy with authority on this day decides"))
    } else {
        let of_others = "a choice is made by the patient, a proxy with authority on this day, or a clinician whom the \
                         patient asked to";
        (!patient && !proxy).then_some(("made_by", of_others))
    };
    if let Some((field, what)) = wrong {
        return Err(Error::invalid(field, what));
    }
    next.sheet.choice = Some(choice);
    Ok(if asked { DeclinedParticipation } else { Decided })
}

fn sign(next: &mut Decision, kind: SignatureKind, at: &DecisionAt) -> Result<()> {
    let day = at.at.date_naive();
    if let Some(gap) = need::blocking_signature(next) {
        return Err(Error::invalid(gap.path(), gap.need.advice()));
    }
    let may = match &kind {
        SignatureKind::ClinicianAttestation => need::is_clinician(&next.sheet, &at.by),
        SignatureKind::PatientAcknowledgement => {
            at.by == Who::Patient(next.patient) || need::is_proxy(&next.sheet, &at.by, day)
        }
        SignatureKind::Other(_) => false,
    };
    if !may {
        return Err(Error::invalid("sign", "a clinician of the decision attests, the patient or a proxy acknowledges"));
    }
    if next.signatures.iter().any(|own| own.kind == kind && own.by == at.by) {
        return Err(Error::new(ErrorKind::Conflict, "they have signed it already"));
    }
    let digest = signing::sheet_digest(&next.sheet)?;
    let by = at.by.clone();
    next.signatures.push(Signature { kind, by, at: at.at, channel: at.channel.clone(), digest });
    Ok(())
}

impl DecisionMove {
    /// Name of the step, as transitions carry it.
    pub fn name(&self) -> &'static str {
        match self {
            DecisionMove::Invite => "invite",
            DecisionMove::Join(_) => "join",
            DecisionMove::StateCapacity(_) => "state_capacity",
            DecisionMove::PutOption(_) => "put_option",
            DecisionMove::DropOption(_) => "drop_option",
            DecisionMove::Present(_) => "present",
            DecisionMove::UseAid(_) => "use_aid",
            DecisionMove::CheckKnowledge(_) => "check_knowledge",
            DecisionMove::Elicit(_) => "elicit",
            DecisionMove::Ask(_) => "ask",
            DecisionMove::AnswerQuestion { .. } => "answer_question",
            DecisionMove::WantRole(_) => "want_role",
            DecisionMove::ExperienceRole(_) => "experience_role",
            DecisionMove::Counsel(_) => "counsel",
            DecisionMove::Deliberate => "deliberate",
            DecisionMove::Decline(_) => "decline",
            DecisionMove::Defer(_) => "defer",
            DecisionMove::Choose(_) => "choose",
            DecisionMove::PlanRevisit(_) => "plan_revisit",
            DecisionMove::LinkConsent(_) => "link_consent",
            DecisionMove::Measure(_) => "measure",
            DecisionMove::Sign(_) => "sign",
            DecisionMove::Implement(_) => "implement",
            DecisionMove::Evaluate(_) => "evaluate",
            DecisionMove::Trigger(_) => "trigger",
            DecisionMove::Reconsider => "reconsider",
        }
    }

    /// Whether it is for the patient, or who decides for them, to take the step on their own, as in a portal.
    pub fn is_for_patient(&self) -> bool {
        !matches!(
            self,
            DecisionMove::Invite
                | DecisionMove::Join(_)
                | DecisionMove::StateCapacity(_)
                | DecisionMove::PutOption(_)
                | DecisionMove::DropOption(_)
                | DecisionMove::AnswerQuestion { .. }
                | DecisionMove::Counsel(_)
                | DecisionMove::PlanRevisit(_)
                | DecisionMove::LinkConsent(_)
                | DecisionMove::Sign(SignatureKind::ClinicianAttestation)
                | DecisionMove::Implement(_)
        )
    }

    /// Whether the step changes what is signed.
    pub fn changes_sheet(&self) -> bool {
        !matches!(
            self,
            DecisionMove::Measure(_)
                | DecisionMove::Sign(_)
                | DecisionMove::Implement(_)
                | DecisionMove::Evaluate(_)
                | DecisionMove::Trigger(_)
        )
    }
}
