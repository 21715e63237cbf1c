//! The values of a code as a table.

use std::fmt::Display;

use arrow_schema::SchemaRef;
use prm_core::chart::{Point, Series};
use prm_core::{Coding, Comparator, PatientId, Period, Progress, Result, Session};

use crate::columns::Columns;
use crate::table::{Rows, Table};

/// How the values of a code changed: the points of [`ChartRoom::trend`](prm_core::ChartRoom::trend), the newest `limit` of
/// the period, one series after the other, each oldest first. All of them are read in one call when the table is opened.
///
/// # Errors
/// As that call, `Cancelled`.
pub fn trend(
    session: &Session,
    patient: PatientId,
    code: &Coding,
    period: Option<&Period>,
    limit: u32,
    progress: &Progress,
) -> Result<Table> {
    let (session, code, period) = (session.clone(), code.clone(), period.copied());
    let of_patient = move |rows: &[(Option<String>, Point)]| columns(patient, rows);
    Table::open(trend_schema(), of_patient, progress, move |_| {
        let trend = session.chart().trend(patient, &code, period.as_ref(), limit)?;
        let of_series = |Series { unit, points }| points.into_iter().map(move |point| (unit.clone(), point));
        Ok(Rows { rows: trend.series.into_iter().flat_map(of_series).collect(), next: None })
    })
}

/// The columns of [`trend`].
pub fn trend_schema() -> SchemaRef {
    columns("", &[]).schema("trend")
}

fn columns(patient: impl Display + Copy, rows: &[(Option<String>, Point)]) -> Columns {
    let points = || rows.iter().map(|(_, point)| point);
    let mut to = Columns::of(rows.len());
    to.written("patient", "Id of the patient, a UUID", points().map(|_| patient));
    to.written("entry", "Id of the entry that holds the value, a UUID", points().map(|point| point.entry));
    to.maybe_text(
        "unit",
        "UCUM code of the unit, else the unit as it was written; empty for plain numbers",
        rows.iter().map(|(unit, _)| unit.as_deref()),
    );
    to.times("when", "When it was measured", points().map(|point| Some(point.when)));
    to.text("value", "The number, with the digits it came with", points().map(|point| point.value.as_str()));
    to.number("value_number", "The nearest number of 64 bits", points().map(|point| point.value.to_f64()));
    to.maybe_text(
        "comparator",
        "How the true value relates to the number if it is not equal: <, <=, >=, >",
        points().map(|point| point.comparator.as_ref().map(Comparator::code)),
    );
    to.text("status", "How certain it is, e.g. `final`, `preliminary`", points().map(|point| point.status.code()));
    to
}
