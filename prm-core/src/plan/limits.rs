//! Values that no template, plan or goal can have. Pure; called when a command is decided.

use std::collections::BTreeSet;

use super::{
    Basis, Bound, CarePlan, CareTemplate, Goal, Severity, TemplateActivity, TemplateStatus, TemplateTiming, check,
};
use crate::engage::{DayTime, Expiry, Measure, Span, TimeOfDay, Window};
use crate::error::{Error, Result};
use crate::people::check::{LINE, NOTE, concept, concepts, period, text};
use crate::value::{Coding, Concept};

/// Entries of one list of a record.
const MOST: usize = 200;
/// Characters of a title that a schedule takes over; its own has 200, the mark of what is unverified included.
const TITLE: usize = 180;
/// Characters of a key.
const KEY: usize = 64;
/// Characters of a rationale, a citation, a goal in words.
const SENTENCE: usize = 2_000;

/// Largest part of a span, either way.
const LARGEST: u64 = 1_000_000;

/// # Errors
/// `Invalid` with the field that is impossible. A template that may be used has no error that [`check`] finds.
pub(crate) fn check_template(template: &CareTemplate) -> Result<()> {
    line("name", &template.name, KEY)?;
    line("title", &template.title, TITLE)?;
    line("version", &template.version, KEY)?;
    text("source.citation", &template.source.citation, SENTENCE)?;
    for (field, words) in
        [("url", &template.source.url), ("licence", &template.source.licence), ("note", &template.source.note)]
    {
        text(&format!("source.{field}"), words.as_deref().unwrap_or_default(), SENTENCE)?;
    }
    concepts("conditions", &template.conditions)?;
    let counts = [
        ("events", template.events.len()),
        ("problems", template.problems.len()),
        ("goals", template.goals.len()),
        ("activities", template.activities.len()),
        ("states", template.states.len()),
    ];
    counts.into_iter().try_for_each(|(field, count)| most(field, count))?;
    for row in &template.events {
        let path = keyed("events", &row.key)?;
        line(&format!("{path}.title"), &row.title, TITLE)?;
    }
    for row in &template.problems {
        let path = keyed("problems", &row.key)?;
        concept(&format!("{path}.code"), &row.code)?;
        basis(&path, Some(&row.basis))?;
    }
    for row in &template.goals {
        let path = keyed("goals", &row.key)?;
        line(&format!("{path}.description"), &row.description, SENTENCE)?;
        most(&format!("{path}.targets"), row.targets.len())?;
        for (n, target) in row.targets.iter().enumerate() {
            let path = format!("{path}.targets[{n}]");
            bounds(&path, &target.measure, target.low.as_ref(), target.high.as_ref())?;
            spans(&path, target.due.iter().chain(&target.stale_after))?;
        }
        basis(&path, Some(&row.basis))?;
    }
    template.activities.iter().try_for_each(activity)?;
    for row in &template.states {
        let path = keyed("states", &row.key)?;
        line(&format!("{path}.title"), &row.title, TITLE)?;
        most(&format!("{path}.transitions"), row.transitions.len())?;
        for way in &row.transitions {
            let path = keyed(&format!("{path}.transitions"), &way.to)?;
            text(&path, &way.title, SENTENCE)?;
            basis(&path, Some(&way.basis))?;
        }
    }
    let wrong = || check(template).into_iter().find(|finding| finding.severity == Severity::Error);
    match wrong().filter(|_| template.status == TemplateStatus::Active) {
        Some(finding) => {
            Err(Error::invalid(finding.row, "correct the errors of a check, or keep the template a draft"))
        }
        None => Ok(()),
    }
}

fn activity(row: &TemplateActivity) -> Result<()> {
    let path = keyed("activities", &row.key)?;
    line(&format!("{path}.title"), &row.title, TITLE)?;
    optional(&path, row.code.as_ref())?;
    text(&format!("{path}.role"), row.role.as_deref().unwrap_or_default(), KEY)?;
    for (field, keys) in [("prerequisites", &row.prerequisites), ("goals", &row.goals), ("states", &row.states)] {
        most(&format!("{path}.{field}"), keys.len())?;
        keys.iter().try_for_each(|key| keyed(&format!("{path}.{field}"), key).map(drop))?;
    }
    if row.prerequisites.len() > 20 {
        return Err(Error::invalid(format!("{path}.prerequisites"), "name 20 prerequisites at most"));
    }
    if row.reminders.len() > 10 {
        return Err(Error::invalid(format!("{path}.reminders"), "remind 10 times at most"));
    }
    spans(&format!("{path}.reminders"), row.reminders.iter())?;
    measures(&format!("{path}.measures"), &row.measures)?;
    window(&format!("{path}.window"), &row.window)?;
    timing(&format!("{path}.timing"), &row.timing)?;
    basis(&path, Some(&row.basis))
}

fn timing(path: &str, timing: &TemplateTiming) -> Result<()> {
    match timing {
        TemplateTiming::Rule(rule) => {
            text(path, &rule.rrule, LINE)?;
            rule.event.as_ref().map_or(Ok(()), |key| keyed(path, key).map(drop))?;
            spans(path, std::iter::once(&rule.offset))?;
            day_time(path, rule.at)
        }
        TemplateTiming::Steps(steps) => {
            if steps.steps.len() > 500 {
                return Err(Error::invalid(path.to_owned(), "name 500 steps at most"));
            }
            keyed(path, &steps.event)?;
            spans(path, steps.steps.iter().chain(&steps.repeat))?;
            day_time(path, steps.at)
        }
        TemplateTiming::Birthday(timing) => {
            spans(path, std::iter::once(&timing.offset))?;
            day_time(path, timing.at)
        }
        TemplateTiming::AfterCompletion(timing) => {
            spans(path, std::iter::once(&timing.every))?;
            day_time(path, timing.at)
        }
        TemplateTiming::AfterActivity(timing) => {
            keyed(path, &timing.activity)?;
            spans(path, std::iter::once(&timing.after))?;
            day_time(path, timing.at)
        }
        TemplateTiming::AsNeeded(timing) => spans(path, timing.minimum_interval.iter().chain(&timing.period)),
    }
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_plan(plan: &CarePlan) -> Result<()> {
    line("title", &plan.title, MOST)?;
    if let Some(pin) = &plan.template {
        line("template.name", &pin.name, KEY)?;
        line("template.version", &pin.version, KEY)?;
    }
    period("period", plan.period.as_ref())?;
    concepts("addresses", &plan.addresses)?;
    let counts = [
        ("entries", plan.entries.len()),
        ("events", plan.events.len()),
        ("activities", plan.activities.len()),
        ("labels", plan.labels.len()),
    ];
    counts.into_iter().try_for_each(|(field, count)| most(field, count))?;
    let mut ids = BTreeSet::new();
    for event in &plan.events {
        let path = keyed("events", &event.key)?;
        if !ids.insert(event.id) {
            return Err(Error::invalid(path, "give each event of a plan an id of its own"));
        }
    }
    let (mut keys, mut schedules) = (BTreeSet::new(), BTreeSet::new());
    for row in &plan.activities {
        let path = keyed("activities", &row.key)?;
        if !keys.insert(row.key.as_str()) {
            return Err(Error::invalid(path, "give each activity of a plan a key of its own"));
        }
        if row.schedule.is_some_and(|id| !schedules.insert(id)) {
            return Err(Error::invalid(path, "give each activity of a plan a schedule of its own"));
        }
        line(&format!("{path}.title"), &row.title, MOST)?;
        optional(&path, row.code.as_ref())?;
        text(&format!("{path}.role"), row.role.as_deref().unwrap_or_default(), KEY)?;
        most(&format!("{path}.goals"), row.goals.len())?;
        row.goals.iter().try_for_each(|key| keyed(&format!("{path}.goals"), key).map(drop))?;
        basis(&path, row.basis.as_ref())?;
        text(&format!("{path}.note"), row.note.as_ref().map_or("", |note| note.expose()), NOTE)?;
    }
    plan.state.as_ref().map_or(Ok(()), |key| keyed("state", key).map(drop))?;
    text("note", plan.note.as_ref().map_or("", |note| note.expose()), NOTE)
}

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_goal(goal: &Goal) -> Result<()> {
    line("description", goal.description.expose(), SENTENCE)?;
    goal.key.as_ref().map_or(Ok(()), |key| keyed("key", key).map(drop))?;
    let counts = [("targets", goal.targets.len()), ("entries", goal.entries.len()), ("labels", goal.labels.len())];
    counts.into_iter().try_for_each(|(field, count)| most(field, count))?;
    for (n, target) in goal.targets.iter().enumerate() {
        let path = format!("targets[{n}]");
        bounds(&path, &target.measure, target.low.as_ref(), target.high.as_ref())?;
        spans(&path, target.stale_after.iter())?;
        if target.due.zip(goal.start).is_some_and(|(due, start)| due < start) {
            return Err(Error::invalid(format!("{path}.due"), "let a target be due after its goal begins"));
        }
    }
    basis("basis", goal.basis.as_ref())?;
    text("note", goal.note.as_ref().map_or("", |note| note.expose()), NOTE)
}

fn most(path: &str, count: usize) -> Result<()> {
    if count > MOST { Err(Error::invalid(path.to_owned(), "a list has at most 200 entries")) } else { Ok(()) }
}

/// A text of one line that is there.
fn line(path: &str, words: &str, longest: usize) -> Result<()> {
    if words.trim().is_empty() || words.contains(char::is_control) {
        return Err(Error::invalid(path.to_owned(), "write one line of text"));
    }
    text(path, words, longest)
}

/// The path of a row with this key. A key is part of ids and of paths of errors, so it is plain.
fn keyed(section: &str, key: &str) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.is_empty() || key.len() > KEY || !key.chars().all(plain) {
        let what = "a key is 1 to 64 letters, digits, hyphens, underscores or dots";
        return Err(Error::invalid(section.to_owned(), what));
    }
    Ok(format!("{section}.{key}"))
}

fn optional(path: &str, code: Option<&Concept>) -> Result<()> {
    code.map_or(Ok(()), |code| concept(&format!("{path}.code"), code))
}

fn basis(path: &str, basis: Option<&Basis>) -> Result<()> {
    let Some(basis) = basis else { return Ok(()) };
    let parts = [Some(&basis.rationale), basis.citation.as_ref(), basis.url.as_ref()];
    parts.into_iter().flatten().try_for_each(|words| text(&format!("{path}.basis"), words, SENTENCE))
}

fn bounds(path: &str, measure: &Coding, low: Option<&Bound>, high: Option<&Bound>) -> Result<()> {
    if measure.code.trim().is_empty() {
        return Err(Error::invalid(format!("{path}.measure"), "name what is measured by a code"));
    }
    concept(&format!("{path}.measure"), &Concept::from(measure.clone()))?;
    if low.iter().chain(&high).any(|bound| bound.value.comparator.is_some()) {
        return Err(Error::invalid(path.to_owned(), "state the amount of a target without a comparator"));
    }
    if let (Some(low), Some(high)) = (low, high) {
        if low.value.ucum_code() != high.value.ucum_code() || low.value.unit_label() != high.value.unit_label() {
            return Err(Error::invalid(path.to_owned(), "state both ends of a target in one unit"));
        }
        let order = low.value.value.compare(&high.value.value);
        if order.is_gt() || (order.is_eq() && (low.excluded || high.excluded)) {
            return Err(Error::invalid(path.to_owned(), "let the low end of a target be below its high end"));
        }
    }
    Ok(())
}

fn measures(path: &str, measures: &[Measure]) -> Result<()> {
    most(path, measures.len())?;
    for measure in measures {
        concept(path, &measure.code)?;
        text(path, measure.unit.as_deref().unwrap_or_default(), KEY)?;
    }
    Ok(())
}

fn window(path: &str, window: &Window) -> Result<()> {
    let expires = match &window.expires {
        Expiry::After(span) => Some(span),
        Expiry::NextOpens | Expiry::Never => None,
    };
    let parts = [Some(&window.opens), window.lasts.as_ref(), Some(&window.grace), expires];
    spans(path, parts.into_iter().flatten())?;
    let backwards = parts.into_iter().flatten().any(|span| span.parts().iter().any(|part| *part < 0));
    if backwards {
        Err(Error::invalid(path.to_owned(), "state the lengths of a window without a minus"))
    } else {
        Ok(())
    }
}

fn day_time(path: &str, at: DayTime) -> Result<()> {
    match at {
        DayTime::At(TimeOfDay { hour, minute }) if hour > 23 || minute > 59 => {
            Err(Error::invalid(path.to_owned(), "a time of day is 00:00 to 23:59"))
        }
        _ => Ok(()),
    }
}

fn spans<'a>(path: &str, spans: impl Iterator<Item = &'a Span>) -> Result<()> {
    for span in spans {
        if span.parts().iter().any(|part| part.unsigned_abs() > LARGEST) {
            return Err(Error::invalid(path.to_owned(), "the parts of a span are at most 1,000,000"));
        }
    }
    Ok(())
}
