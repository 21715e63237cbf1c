//! Who looked at a patient's data, as a table.

use std::fmt::Display;

use arrow_schema::SchemaRef;
use prm_core::govern::{AccessView, Action, DataClass};
use prm_core::{PatientId, Progress, Result, Session, Who};

use crate::columns::Columns;
use crate::table::{Rows, Table};

/// Who looked at a patient's data, newest first: the rows of [`GovernRoom::accesses`](prm_core::GovernRoom::accesses).
///
/// # Errors
/// As that call for the first page, `Cancelled`. Errors of further pages end the table.
pub fn accesses(session: &Session, patient: PatientId, progress: &Progress) -> Result<Table> {
    let session = session.clone();
    let of_patient = move |rows: &[AccessView]| columns(patient, rows);
    Table::open(accesses_schema(), of_patient, progress, move |page| {
        let found = session.govern().accesses(patient, page)?;
        Ok(Rows { rows: found.accesses, next: found.next })
    })
}

/// The columns of [`accesses`].
pub fn accesses_schema() -> SchemaRef {
    columns("", &[]).schema("accesses")
}

fn columns(patient: impl Display + Copy, rows: &[AccessView]) -> Columns {
    let mut to = Columns::of(rows.len());
    to.written("patient", "Id of the patient, a UUID", rows.iter().map(|_| patient));
    to.instant(
        "at",
        "When it began; of a list, when that actor first listed the patient that day",
        rows.iter().map(|row| row.at),
    );
    to.text(
        "who_kind",
        "Who looked: practitioner, patient, related_person, system",
        rows.iter().map(|row| kind(&row.who)),
    );
    to.text("who", "Id of who looked, a UUID; of a system its name", rows.iter().map(|row| name(&row.who)));
    to.maybe_written(
        "on_behalf_of",
        "Id of the patient for whom, if not for themselves",
        rows.iter().map(|row| row.on_behalf_of),
    );
    to.text("purpose", "What for: a code of v3 PurposeOfUse, e.g. `TREAT`", rows.iter().map(|row| row.purpose.code()));
    to.text(
        "data_class",
        "Which data: demographics, chart, accesses, directory, policy, care",
        rows.iter().map(|row| class(row.class)),
    );
    to.text("action", "What was done: read, write, export, add", rows.iter().map(|row| action(row.action)));
    to.flag("permitted", "Whether it was permitted", rows.iter().map(|row| row.permitted));
    to.count("reads", "Number of reads within the minute it began in", rows.iter().map(|row| row.count));
    to.flag("listed", "Whether the patient was shown in a list rather than opened", rows.iter().map(|row| row.listed));
    to.written("session", "Id of the session, a UUID", rows.iter().map(|row| row.session));
    to
}

const fn kind(who: &Who) -> &'static str {
    match who {
        Who::Practitioner(_) => "practitioner",
        Who::Patient(_) => "patient",
        Who::RelatedPerson(_) => "related_person",
        Who::System(_) => "system",
    }
}

fn name(who: &Who) -> String {
    match who {
        Who::Practitioner(id) => id.to_string(),
        Who::Patient(id) => id.to_string(),
        Who::RelatedPerson(id) => id.to_string(),
        Who::System(name) => name.clone(),
    }
}

const fn class(class: DataClass) -> &'static str {
    match class {
        DataClass::Demographics => "demographics",
        DataClass::Chart => "chart",
        DataClass::Accesses => "accesses",
        DataClass::Directory => "directory",
        DataClass::Policy => "policy",
        DataClass::Care => "care",
    }
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::Read => "read",
        Action::Write => "write",
        Action::Export => "export",
        Action::Add => "add",
    }
}
