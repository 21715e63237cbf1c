//! The timeline of a patient as a table.

use std::borrow::Cow;
use std::fmt::Display;

use arrow_schema::SchemaRef;
use prm_core::chart::{EntryValue, EntryView, TimelineQuery};
use prm_core::{Coding, Comparator, PatientId, Progress, Quantity, Result, Sensitive, Session};

use crate::columns::Columns;
use crate::table::{Rows, Table};

/// The entries of a patient's timeline that `query` asks for, in its order: the rows of
/// [`ChartRoom::timeline`](prm_core::ChartRoom::timeline).
///
/// # Errors
/// As that call for the first page, `Cancelled`. Errors of further pages end the table.
pub fn timeline(session: &Session, patient: PatientId, query: &TimelineQuery, progress: &Progress) -> Result<Table> {
    let (session, query) = (session.clone(), query.clone());
    let of_patient = move |rows: &[EntryView]| columns(patient, rows);
    Table::open(timeline_schema(), of_patient, progress, move |page| {
        let found = session.chart().timeline(patient, &query, page)?;
        Ok(Rows { rows: found.entries, next: found.next })
    })
}

/// The columns of [`timeline`].
pub fn timeline_schema() -> SchemaRef {
    columns("", &[]).schema("timeline")
}

fn columns(patient: impl Display + Copy, views: &[EntryView]) -> Columns {
    let rows = || views.iter().map(|view| &view.entry);
    let mut to = Columns::of(views.len());
    to.written("patient", "Id of the patient, a UUID", views.iter().map(|_| patient));
    to.written("entry", "Id of the entry, a UUID", views.iter().map(|view| view.id));
    to.count("version", "Version of the entry, from 1", views.iter().map(|view| view.version));
    to.instant("recorded", "When this version was recorded", views.iter().map(|view| view.recorded));
    to.text("kind", "Kind: name of a FHIR resource type, e.g. `Observation`", rows().map(|entry| entry.kind.code()));
    to.text("status", "Whether it counts, e.g. `final`, `active`, `not-done`", rows().map(|entry| entry.status.code()));
    to.maybe_text("status_code", "Status as the source wrote it", rows().map(|entry| entry.status_code.as_deref()));
    to.times("when", "When it happened or began", rows().map(|entry| entry.when));
    to.times("until", "When it ended", rows().map(|entry| entry.until));
    to.text("title", "One line for lists", rows().map(|entry| entry.title.expose()));
    let first = || rows().map(|entry| entry.code.codings.first());
    to.maybe_text("system", "Code system of the first code", first().map(|code| code?.system.as_deref()));
    to.maybe_text("code", "First code", first().map(|code| given(code?)));
    to.maybe_text("display", "What the source showed for the first code", first().map(|code| code?.display.as_deref()));
    to.maybe_text(
        "text",
        "What it is, as a person wrote it",
        rows().map(|entry| entry.code.text.as_ref().map(Sensitive::expose)),
    );
    to.maybe_text("category", "Code of the first category", rows().map(|entry| given(entry.categories.first()?)));
    let values = || rows().map(|entry| entry.value.as_ref());
    to.maybe_text(
        "value_kind",
        "Kind of value: quantity, concept, text, boolean, integer, when, in_source",
        values().map(|value| value.map(kind)),
    );
    to.maybe_text(
        "value",
        "Value as text: digits as given, label of a concept, true or false; empty if it is in the source alone",
        values().map(|value| written(value?)),
    );
    to.maybe_number(
        "value_number",
        "Value of a quantity or integer, the nearest number of 64 bits",
        values().map(|value| number(value?)),
    );
    let amounts = || values().map(|value| amount(value?));
    to.maybe_text(
        "value_comparator",
        "How the true value relates to the number if it is not equal: <, <=, >=, >",
        amounts().map(|amount| amount?.comparator.as_ref().map(Comparator::code)),
    );
    to.maybe_text("value_unit", "Unit as a person reads it", amounts().map(|amount| amount?.unit_label()));
    to.maybe_text("value_ucum", "UCUM code of the unit", amounts().map(|amount| amount?.ucum_code()));
    to.count("components", "Number of parts with codes and values of their own", rows().map(|e| of(&e.components)));
    to.count(
        "conflicts",
        "Number of entries of other sources that say something else of the same",
        views.iter().map(|view| of(&view.conflicts)),
    );
    to.maybe_text("note", "A remark", rows().map(|entry| entry.note.as_ref().map(Sensitive::expose)));
    let origins = || rows().map(|entry| entry.origin.as_ref());
    to.maybe_text(
        "source",
        "Name of the source it was imported from; empty if it was made here",
        origins().map(|origin| Some(origin?.source.as_str())),
    );
    to.maybe_text(
        "source_identity",
        "Identity within that source",
        origins().map(|origin| Some(origin?.identity.expose().as_str())),
    );
    to
}

/// The code, unless the source gave a display alone.
fn given(coding: &Coding) -> Option<&str> {
    Some(coding.code.as_str()).filter(|code| !code.is_empty())
}

fn of<T>(several: &[T]) -> u32 {
    u32::try_from(several.len()).unwrap_or(u32::MAX)
}

const fn kind(value: &EntryValue) -> &'static str {
    match value {
        EntryValue::Quantity(_) => "quantity",
        EntryValue::Concept(_) => "concept",
        EntryValue::Text(_) => "text",
        EntryValue::Boolean(_) => "boolean",
        EntryValue::Integer(_) => "integer",
        EntryValue::When(_) => "when",
        EntryValue::InSource => "in_source",
    }
}

fn written(value: &EntryValue) -> Option<Cow<'_, str>> {
    Some(match value {
        EntryValue::Quantity(amount) => amount.value.as_str().into(),
        EntryValue::Concept(concept) => concept.expose().label()?.into(),
        EntryValue::Text(text) => text.expose().as_str().into(),
        EntryValue::Boolean(true) => "true".into(),
        EntryValue::Boolean(false) => "false".into(),
        EntryValue::Integer(n) => n.to_string().into(),
        EntryValue::When(when) => when.to_string().into(),
        EntryValue::InSource => return None,
    })
}

fn number(value: &EntryValue) -> Option<f64> {
    match value {
        EntryValue::Quantity(amount) => Some(amount.value.to_f64()),
        #[allow(clippy::cast_precision_loss, reason = "the column says that it holds the nearest number")]
        EntryValue::Integer(n) => Some(*n as f64),
        _ => None,
    }
}

const fn amount(value: &EntryValue) -> Option<&Quantity> {
    match value {
        EntryValue::Quantity(amount) => Some(amount),
        _ => None,
    }
}
