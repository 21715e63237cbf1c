//! Values that no decision can have. Pure; called at every step and when a decision comes from elsewhere.

use std::collections::BTreeSet;

use super::need;
use super::{Decision, DecisionOption, DecisionSheet, DecisionState, OptionOutcome, signing};
use crate::error::{Error, Result};
use crate::evidence::limits::{check_relative, check_risk, check_source_ref};
use crate::govern::Who;
use crate::people::check::{LINE, NOTE, concept, period, text};
use crate::sensitive::Sensitive;

/// Entries of one list.
const MOST: usize = 200;
/// Options of a decision.
const MOST_OPTIONS: usize = 20;
/// Steps of a decision.
const MOST_STEPS: usize = 2_000;
/// Characters of a key.
const KEY: usize = 64;
/// Characters of a title of one line.
pub(super) const TITLE: usize = 200;
/// Characters of a description.
const SENTENCES: usize = 5_000;

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_decision(decision: &Decision) -> Result<()> {
    let Decision { sheet, follow_up, signatures, labels, state, .. } = decision;
    check_sheet(sheet)?;
    let counts = [
        ("labels", labels.len()),
        ("signatures", signatures.len()),
        ("follow_up.implementations", follow_up.implementations.len()),
        ("follow_up.evaluations", follow_up.evaluations.len()),
        ("follow_up.quality", follow_up.quality.len()),
        ("follow_up.triggers", follow_up.triggers.len()),
    ];
    counts.into_iter().try_for_each(|(field, count)| most(field, count, MOST))?;
    most("steps", sheet.steps.len() + follow_up.steps.len(), MOST_STEPS)?;
    for (n, done) in follow_up.implementations.iter().enumerate() {
        let path = format!("follow_up.implementations[{n}]");
        most(&path, done.records.len(), MOST)?;
        note(&path, done.note.as_ref())?;
    }
    for (n, seen) in follow_up.evaluations.iter().enumerate() {
        note(&format!("follow_up.evaluations[{n}]"), seen.outcome.as_ref())?;
    }
    sheet.quality.iter().chain(&follow_up.quality).try_for_each(|result| most("quality", result.answers.len(), KEY))?;
    stands(decision, state)?;
    if !signing::signatures_hold(decision)? {
        return Err(Error::invalid("signatures", "a signature is not one of this sheet"));
    }
    Ok(())
}

/// Whether the sheet says what the state says.
fn stands(decision: &Decision, state: &DecisionState) -> Result<()> {
    use DecisionState::{Decided, DeclinedParticipation, Deferred, Evaluated, Identified, Implemented, Invited};
    use DecisionState::{Deliberating, OptionsPresented, Other, Replaced, RevisitDue, ValuesElicited};
    let sheet = &decision.sheet;
    let signed = !decision.signatures.is_empty();
    let wrong = |field: &'static str, what: &'static str| Err(Error::invalid(field, what));
    match state {
        Other(_) => return wrong("state", "a decision has a state that this version knows"),
        Decided if sheet.choice.is_none() => return wrong("choice", "a decision that is decided has a choice"),
        DeclinedParticipation if sheet.declined.is_none() => {
            return wrong("declined", "record in the patient's words that they would rather not decide");
        }
        Deferred if sheet.deferred.is_none() => return wrong("deferred", "say why it is put off"),
        OptionsPresented | ValuesElicited | Deliberating if sheet.shown.is_empty() => {
            return wrong("shown", "options were shown in this state");
        }
        ValuesElicited if sheet.preferences.is_none() => {
            return wrong("preferences", "what matters was asked in this state");
        }
        Implemented | Evaluated | RevisitDue | Replaced if !signed => {
            return wrong("signatures", "a decision in this state is signed");
        }
        Replaced if decision.follow_up.replaced_by.is_none() => {
            return wrong("follow_up.replaced_by", "name the record that took its place");
        }
        Identified | Invited | OptionsPresented | ValuesElicited | Deliberating if signed => {
            return wrong("signatures", "a decision that is signed was decided, put off or declined");
        }
        _ => {}
    }
    let own = sheet.choice.as_ref().is_some_and(|choice| choice.made_by == Who::Patient(decision.patient));
    if own && need::lacks_capacity(sheet) {
        return wrong("capacity", "the patient made the choice; reconsider it before saying that they cannot decide");
    }
    let gap = sheet.choice.as_ref().and_then(|_| need::blocking_choice(decision));
    match gap.or_else(|| signed.then(|| need::blocking_signature(decision)).flatten()) {
        Some(gap) => Err(Error::invalid(gap.path(), gap.need.advice())),
        None => Ok(()),
    }
}

fn check_sheet(sheet: &DecisionSheet) -> Result<()> {
    line("title", &sheet.title, TITLE)?;
    sheet.topic.as_ref().map_or(Ok(()), |topic| concept("topic", topic))?;
    line("trigger", sheet.trigger.expose(), LINE)?;
    most("options", sheet.options.len(), MOST_OPTIONS)?;
    let counts = [
        ("participants", sheet.participants.len()),
        ("aids", sheet.aids.len()),
        ("knowledge", sheet.knowledge.len()),
        ("questions", sheet.questions.len()),
        ("quality", sheet.quality.len()),
        ("counselled", sheet.counselled.len()),
    ];
    counts.into_iter().try_for_each(|(field, count)| most(field, count, MOST))?;
    for (n, one) in sheet.participants.iter().enumerate() {
        let path = format!("participants[{n}]");
        if one.who.is_none() && one.name.as_ref().is_none_or(|name| name.expose().trim().is_empty()) {
            return Err(Error::invalid(path, "say who takes part, by id or by name"));
        }
        if let Some(who) = &one.who {
            who.check().map_err(|e| e.within(format_args!("{path}")))?;
        }
        note(&path, one.name.as_ref())?;
        text(&format!("{path}.language"), one.language.as_deref().unwrap_or_default(), KEY)?;
        if let Some(authority) = &one.authority {
            line(&format!("{path}.authority.ground"), authority.ground.expose(), LINE)?;
            note(&format!("{path}.authority"), authority.scope.as_ref())?;
            period(&format!("{path}.authority.period"), authority.period.as_ref())?;
        }
    }
    note("capacity", sheet.capacity.as_ref().and_then(|capacity| capacity.note.as_ref()))?;
    check_options("options", &sheet.options)?;
    let keys: BTreeSet<&str> = sheet.options.iter().map(|option| option.key.as_str()).collect();
    let shown: BTreeSet<&str> = sheet.shown.iter().map(String::as_str).collect();
    if shown.len() != sheet.shown.len() || !shown.is_subset(&keys) {
        return Err(Error::invalid("shown", "name options of the decision, each once"));
    }
    for (n, aid) in sheet.aids.iter().enumerate() {
        let path = format!("aids[{n}]");
        line(&format!("{path}.title"), &aid.title, TITLE)?;
        key(&format!("{path}.name"), &aid.name)?;
        line(&format!("{path}.version"), &aid.version, KEY)?;
        text(&format!("{path}.ipdas"), aid.ipdas.as_deref().unwrap_or_default(), TITLE)?;
        text(&format!("{path}.licence"), aid.licence.as_deref().unwrap_or_default(), TITLE)?;
        most(&format!("{path}.seen"), aid.seen.len(), MOST_OPTIONS)?;
        aid.seen.iter().try_for_each(|seen| key(&format!("{path}.seen"), seen))?;
    }
    for (n, answer) in sheet.knowledge.iter().enumerate() {
        key(&format!("knowledge[{n}]"), &answer.question)?;
        answer.answer.as_ref().map_or(Ok(()), |answer| key(&format!("knowledge[{n}]"), answer))?;
    }
    if let Some(preferences) = &sheet.preferences {
        super::mirror::check_preferences("preferences", sheet, preferences)?;
    }
    let mut numbers = BTreeSet::new();
    for (n, question) in sheet.questions.iter().enumerate() {
        let path = format!("questions[{n}]");
        if question.number == 0 || !numbers.insert(question.number) {
            return Err(Error::invalid(path, "give each question a number of its own, from 1"));
        }
        words(&path, &question.text)?;
        question.answer.as_ref().map_or(Ok(()), |answer| words(&path, &answer.text))?;
    }
    for (field, said) in [
        ("declined", sheet.declined.as_ref()),
        ("deferred", sheet.deferred.as_ref()),
        ("replaces_because", sheet.replaces_because.as_ref()),
    ] {
        said.map_or(Ok(()), |said| words(field, said))?;
    }
    if let Some(choice) = &sheet.choice {
        most("choice.conditions", choice.conditions.len(), MOST)?;
        choice.conditions.iter().try_for_each(|condition| words("choice.conditions", condition))?;
        note("choice.reason", choice.reason.as_ref())?;
        if !need::may_be_chosen(sheet, &choice.option) {
            return Err(Error::invalid("choice.option", "choose one of the options that were shown"));
        }
    }
    for spoken in &sheet.counselled {
        key("counselled", &spoken.key)?;
        note("counselled", spoken.note.as_ref())?;
    }
    if let Some(revisit) = &sheet.revisit {
        most("revisit.triggers", revisit.triggers.len(), MOST)?;
        if revisit.on < sheet.index_date {
            return Err(Error::invalid("revisit.on", "look again on a day after it arose"));
        }
    }
    Ok(())
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_options(path: &str, options: &[DecisionOption]) -> Result<()> {
    let mut keys = BTreeSet::new();
    for (n, option) in options.iter().enumerate() {
        let path = format!("{path}[{n}]");
        key(&path, &option.key)?;
        if !keys.insert(option.key.as_str()) {
            return Err(Error::invalid(path, "give each option a key of its own"));
        }
        line(&format!("{path}.title"), &option.title, TITLE)?;
        text(&format!("{path}.description"), &option.description, SENTENCES)?;
        text(&format!("{path}.experience"), option.experience.as_deref().unwrap_or_default(), SENTENCES)?;
        text(&format!("{path}.cost"), option.cost.as_deref().unwrap_or_default(), LINE)?;
        option.code.as_ref().map_or(Ok(()), |code| concept(&format!("{path}.code"), code))?;
        most(&format!("{path}.outcomes"), option.outcomes.len(), MOST_OPTIONS)?;
        let mut outcomes = BTreeSet::new();
        for (n, outcome) in option.outcomes.iter().enumerate() {
            let path = format!("{path}.outcomes[{n}]");
            if !outcomes.insert(outcome.key.as_str()) {
                return Err(Error::invalid(path, "give each outcome of an option a key of its own"));
            }
            check_outcome(&path, outcome)?;
        }
    }
    Ok(())
}

fn check_outcome(path: &str, outcome: &OptionOutcome) -> Result<()> {
    key(path, &outcome.key)?;
    line(&format!("{path}.title"), &outcome.title, TITLE)?;
    for (field, said) in [("happens", &outcome.frames.happens), ("spared", &outcome.frames.spared)] {
        text(&format!("{path}.frames.{field}"), said, LINE)?;
    }
    text(&format!("{path}.baseline_source"), outcome.baseline_source.as_deref().unwrap_or_default(), LINE)?;
    text(&format!("{path}.rationale"), outcome.rationale.as_deref().unwrap_or_default(), SENTENCES)?;
    most(&format!("{path}.reasons"), outcome.reasons.len(), MOST_OPTIONS)?;
    outcome.risk.as_ref().map_or(Ok(()), |risk| check_risk(&format!("{path}.risk"), risk))?;
    if let Some(relative) = &outcome.relative {
        check_relative(&format!("{path}.relative"), &relative.estimate, relative.interval.as_ref())?;
        if outcome.risk.is_none() {
            let what = "a relative effect is never told alone: state the absolute risk as well";
            return Err(Error::invalid(format!("{path}.relative"), what));
        }
    }
    outcome.source.as_ref().map_or(Ok(()), |source| check_source_ref(&format!("{path}.source"), source))
}

fn most(path: &str, count: usize, most: usize) -> Result<()> {
    if count > most { Err(Error::invalid(path.to_owned(), format!("there are {most} at most"))) } else { Ok(()) }
}

/// A text of one line that is there.
pub(super) fn line(path: &str, words: &str, longest: usize) -> Result<()> {
    if words.trim().is_empty() || words.contains(char::is_control) {
        return Err(Error::invalid(path.to_owned(), "write one line of text"));
    }
    text(path, words, longest)
}

/// Words that are there.
fn words(path: &str, said: &Sensitive) -> Result<()> {
    if said.expose().trim().is_empty() {
        return Err(Error::invalid(path.to_owned(), "write down what was said"));
    }
    text(path, said.expose(), NOTE)
}

fn note(path: &str, note: Option<&Sensitive>) -> Result<()> {
    text(path, note.map_or("", |note| note.expose()), NOTE)
}

/// A key is part of ids and of paths of errors, so it is plain.
pub(super) fn key(path: &str, key: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.is_empty() || key.len() > KEY || !key.chars().all(plain) {
        let what = "a key is 1 to 64 letters, digits, hyphens, underscores or dots";
        return Err(Error::invalid(path.to_owned(), what));
    }
    Ok(())
}
