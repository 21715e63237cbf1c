//! What is asked of an entry that is made or edited here. Imported entries are kept as they come.

use std::fmt::Arguments;

use chrono::TimeDelta;

use super::{ChartEntry, EntryKind, EntryStatus, EntryValue};
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::time::{Instant, Period, When};
use crate::value::{Coding, Concept};

/// Longest title, display and name, in bytes.
const LINE: usize = 1_000;
/// Longest remark or text value, in bytes.
const TEXT: usize = 100_000;
/// Longest code, in bytes.
const CODE: usize = 256;
/// Most codes, labels, categories of one entry.
const FEW: usize = 64;
/// Most components or links of one entry.
const MANY: usize = 1_000;
/// How far the clock of a device may run ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// The entry as it is to be stored, if it is possible in itself. `before` is the version it is to replace.
///
/// An empty title becomes the label of the code; a kind that this version knows is recognised by its code.
///
/// # Errors
/// `Invalid` with the path of the field when
/// - there is neither code nor title, or the kind is no name;
/// - an edit changes the kind or the origin, or a new entry names an origin;
/// - the end lies before the start;
/// - something that has happened ([`happened`]) is to stand in the future: an instant more than five minutes after
///   `now`, or a date after the day that follows `now` in UTC;
/// - the status is entered-in-error, which voiding alone sets;
/// - a component has no code, or the code of the entry that has a value itself (FHIR invariant obs-7);
/// - a value is said to be in a source, and there is none;
/// - a text is longer, or a list has more parts, than is stored.
pub(crate) fn checked(mut entry: ChartEntry, before: Option<&ChartEntry>, now: Instant) -> Result<ChartEntry> {
    entry.kind = EntryKind::from_code(entry.kind.code());
    if entry.title.expose().trim().is_empty() {
        entry.title = Sensitive::new(entry.code.label().unwrap_or_default().to_owned());
    }
    kind_and_origin(&entry, before)?;
    if entry.title.expose().trim().is_empty() {
        return Err(Error::invalid("title", "an entry needs a code or a title"));
    }
    if entry.status == EntryStatus::EnteredInError {
        return Err(Error::invalid("status", "void the entry instead, with a reason"));
    }
    times(&entry, now)?;
    values(&entry)?;
    sizes(&entry)?;
    Ok(entry)
}

fn kind_and_origin(entry: &ChartEntry, before: Option<&ChartEntry>) -> Result<()> {
    let name = entry.kind.code();
    if name.is_empty() || name.len() > 64 || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Error::invalid("kind", "a kind is the name of a resource type"));
    }
    match before {
        Some(before) if EntryKind::from_code(before.kind.code()) != entry.kind => {
            Err(Error::invalid("kind", "an entry keeps its kind"))
        }
        Some(before) if before.origin != entry.origin => Err(Error::invalid("origin", "an entry keeps its origin")),
        None if entry.origin.is_some() => Err(Error::invalid("origin", "an entry made here has no origin")),
        _ => Ok(()),
    }
}

/// Kinds of which an entry tells what has happened, not what is planned or holds.
pub(crate) fn happened(kind: &EntryKind) -> bool {
    matches!(
        kind,
        EntryKind::Observation
            | EntryKind::Procedure
            | EntryKind::Immunization
            | EntryKind::MedicationAdministration
            | EntryKind::MedicationDispense
            | EntryKind::DiagnosticReport
            | EntryKind::ImagingStudy
            | EntryKind::DocumentReference
            | EntryKind::QuestionnaireResponse
    )
}

fn times(entry: &ChartEntry, now: Instant) -> Result<()> {
    if let (Some(start), Some(end)) = (&entry.when, &entry.until)
        && is_over_before(end, start)
    {
        return Err(Error::invalid("until", "the end lies before the start"));
    }
    if let Some(Period { start: Some(start), end: Some(end) }) = &entry.period
        && is_over_before(end, start)
    {
        return Err(Error::invalid("period.end", "the end lies before the start"));
    }
    let is_fact = !matches!(entry.status, EntryStatus::Planned | EntryStatus::NotDone);
    let after = |span| now.checked_add_signed(span).unwrap_or(now);
    let is_ahead = entry.when.is_some_and(|when| match when {
        When::At(at) => at.to_utc() > after(AHEAD),
        When::On(date) => date.first_day() > after(TimeDelta::days(1)).date_naive(),
    });
    if happened(&entry.kind) && is_fact && is_ahead {
        return Err(Error::invalid("when", "what has happened cannot lie in the future; is it planned?"));
    }
    Ok(())
}

/// Whether all of `end` lies before all of `start`.
fn is_over_before(end: &When, start: &When) -> bool {
    match (end, start) {
        (When::At(end), When::At(start)) => end < start,
        (When::On(end), When::On(start)) => end.last_day() < start.first_day(),
        (When::At(end), When::On(start)) => end.date_naive() < start.first_day(),
        (When::On(end), When::At(start)) => end.last_day() < start.date_naive(),
    }
}

fn values(entry: &ChartEntry) -> Result<()> {
    let in_source = |value: Option<&EntryValue>| matches!(value, Some(EntryValue::InSource)) && entry.origin.is_none();
    if in_source(entry.value.as_ref()) {
        return Err(Error::invalid("value", "there is no source that holds the value"));
    }
    for (n, part) in entry.components.iter().enumerate() {
        if part.code.label().is_none() {
            return Err(Error::invalid(format!("components[{n}].code"), "a component needs a code"));
        }
        let repeats = part.code.codings.iter().any(|code| entry.code.codings.iter().any(|own| own.is(code)));
        if repeats && entry.value.is_some() {
            return Err(Error::invalid(format!("components[{n}].code"), "the entry has a value for this code itself"));
        }
        if in_source(part.value.as_ref()) {
            return Err(Error::invalid(format!("components[{n}].value"), "there is no source that holds the value"));
        }
    }
    Ok(())
}

fn sizes(entry: &ChartEntry) -> Result<()> {
    line(format_args!("title"), entry.title.expose())?;
    line(format_args!("status_code"), entry.status_code.as_deref().unwrap_or_default())?;
    length(format_args!("note"), entry.note.as_ref().map_or("", |note| note.expose()), TEXT)?;
    concept(format_args!("code"), &entry.code)?;
    codings(format_args!("categories"), &entry.categories)?;
    codings(format_args!("labels"), &entry.labels)?;
    number(format_args!("components"), entry.components.len(), MANY)?;
    number(format_args!("links"), entry.links.len(), MANY)?;
    value(format_args!("value"), entry.value.as_ref())?;
    for (n, part) in entry.components.iter().enumerate() {
        concept(format_args!("components[{n}].code"), &part.code)?;
        value(format_args!("components[{n}].value"), part.value.as_ref())?;
    }
    for (n, link) in entry.links.iter().enumerate() {
        line(format_args!("links[{n}].role"), &link.role)?;
    }
    Ok(())
}

fn value(path: Arguments<'_>, value: Option<&EntryValue>) -> Result<()> {
    match value {
        Some(EntryValue::Text(text)) => length(path, text.expose(), TEXT),
        Some(EntryValue::Concept(stated)) => concept(path, stated.expose()),
        _ => Ok(()),
    }
}

fn concept(path: Arguments<'_>, concept: &Concept) -> Result<()> {
    line(format_args!("{path}.text"), concept.text.as_ref().map_or("", |text| text.expose()))?;
    codings(format_args!("{path}.codings"), &concept.codings)
}

fn codings(path: Arguments<'_>, codings: &[Coding]) -> Result<()> {
    number(path, codings.len(), FEW)?;
    for (n, coding) in codings.iter().enumerate() {
        length(format_args!("{path}[{n}].code"), &coding.code, CODE)?;
        line(format_args!("{path}[{n}].system"), coding.system.as_deref().unwrap_or_default())?;
        line(format_args!("{path}[{n}].display"), coding.display.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

fn line(path: Arguments<'_>, text: &str) -> Result<()> {
    length(path, text, LINE)
}

fn length(path: Arguments<'_>, text: &str, longest: usize) -> Result<()> {
    if text.len() > longest {
        return Err(Error::invalid(path.to_string(), format!("the text is longer than {longest} bytes")));
    }
    Ok(())
}

fn number(path: Arguments<'_>, found: usize, most: usize) -> Result<()> {
    if found > most {
        return Err(Error::invalid(path.to_string(), format!("there are more than {most}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
