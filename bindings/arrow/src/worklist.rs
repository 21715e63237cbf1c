//! What is due on a list as a table.

use arrow_schema::SchemaRef;
use prm_core::engage::{Assignee, DueItem, DueQuery, OccurrenceState};
use prm_core::{Progress, Result, Session};

use crate::columns::Columns;
use crate::table::{Rows, Table};

/// What is due on the list of a team, a clinic or a person, in order of time: the rows of
/// [`EngageRoom::worklist`](prm_core::EngageRoom::worklist).
///
/// # Errors
/// As that call for the first page, `Cancelled`. Errors of further pages end the table.
pub fn worklist(session: &Session, query: &DueQuery, progress: &Progress) -> Result<Table> {
    let (session, query) = (session.clone(), query.clone());
    Table::open(worklist_schema(), columns, progress, move |page| {
        let found = session.engage().worklist(&query, page)?;
        Ok(Rows { rows: found.items, next: found.next })
    })
}

/// The columns of [`worklist`].
pub fn worklist_schema() -> SchemaRef {
    columns(&[]).schema("worklist")
}

fn columns(rows: &[DueItem]) -> Columns {
    let mut to = Columns::of(rows.len());
    to.written("patient", "Id of the patient, a UUID", rows.iter().map(|row| row.patient));
    to.text("name", "Name to show, without text if the record has none", rows.iter().map(|row| row.name.expose()));
    to.written("schedule", "Id of the schedule, a UUID", rows.iter().map(|row| row.schedule));
    to.text("title", "Title of the schedule", rows.iter().map(|row| &row.title));
    to.text("state", "How it stands: upcoming, open, due, overdue", rows.iter().map(|row| state(row.state)));
    to.instant("opens", "From when on it may be done", rows.iter().map(|row| row.opens));
    to.instant("due", "When it is due", rows.iter().map(|row| row.due));
    to.instant("until", "Until when it is in time", rows.iter().map(|row| row.until));
    to.maybe_instant("expires", "From when on it is missed", rows.iter().map(|row| row.expires));
    to.flag("moved", "Whether it was moved", rows.iter().map(|row| row.moved));
    to.maybe_text(
        "assignee_kind",
        "Who is to do it: patient, practitioner, related_person",
        rows.iter().map(|row| row.assignee.as_ref().map(kind)),
    );
    to.maybe_written(
        "assignee",
        "Id of who is to do it, a UUID",
        rows.iter().map(|row| row.assignee.as_ref().map(|assignee| whose(assignee, row))),
    );
    to.maybe_text("role", "The role that does it", rows.iter().map(|row| row.role.as_ref()));
    to
}

const fn state(of: OccurrenceState) -> &'static str {
    match of {
        OccurrenceState::Upcoming => "upcoming",
        OccurrenceState::Open => "open",
        OccurrenceState::Due => "due",
        OccurrenceState::Overdue => "overdue",
        OccurrenceState::Missed => "missed",
        OccurrenceState::Done => "done",
        OccurrenceState::Partly => "partly",
        OccurrenceState::Skipped => "skipped",
        OccurrenceState::Cancelled => "cancelled",
        OccurrenceState::Paused => "paused",
    }
}

const fn kind(of: &Assignee) -> &'static str {
    match of {
        Assignee::Patient => "patient",
        Assignee::Practitioner(_) => "practitioner",
        Assignee::RelatedPerson(_) => "related_person",
    }
}

fn whose(of: &Assignee, row: &DueItem) -> String {
    match of {
        Assignee::Patient => row.patient.to_string(),
        Assignee::Practitioner(id) => id.to_string(),
        Assignee::RelatedPerson(id) => id.to_string(),
    }
}
