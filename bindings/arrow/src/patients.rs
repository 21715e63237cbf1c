//! The list of patients as a table.

use arrow_schema::SchemaRef;
use prm_core::people::{Gender, PatientRow};
use prm_core::{Progress, Result, Session};

use crate::columns::Columns;
use crate::table::{Rows, Table};

/// The patients the session may see, by name: the rows of [`PeopleRoom::list`](prm_core::PeopleRoom::list).
///
/// # Errors
/// As that call for the first page, `Cancelled`. Errors of further pages end the table.
pub fn patients(session: &Session, progress: &Progress) -> Result<Table> {
    let session = session.clone();
    Table::open(patients_schema(), columns, progress, move |page| {
        let list = session.people().list(page)?;
        Ok(Rows { rows: list.patients, next: list.next })
    })
}

/// The columns of [`patients`].
pub fn patients_schema() -> SchemaRef {
    columns(&[]).schema("patients")
}

fn columns(rows: &[PatientRow]) -> Columns {
    let mut to = Columns::of(rows.len());
    to.written("patient", "Id of the patient, a UUID", rows.iter().map(|row| row.id));
    to.text("name", "Name to show, without text if the record has none", rows.iter().map(|row| row.name.expose()));
    to.dates("birth_date", "Date of birth", rows.iter().map(|row| row.birth_date));
    to.maybe_text(
        "gender",
        "Administrative gender: male, female, other, unknown",
        rows.iter().map(|row| row.gender.as_ref().map(Gender::code)),
    );
    to.flag("active", "Whether the record is in use", rows.iter().map(|row| row.active));
    to.flag("deceased", "Whether the patient has died", rows.iter().map(|row| row.deceased));
    to
}
