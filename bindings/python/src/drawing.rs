//! Pictures of what a session reads.

use prm_core::chart::TimelineQuery;
use prm_core::render::{Trend, Words};
use prm_core::{Coding, Page, PatientId, Period, Result, Session};
use pyo3::prelude::*;

use crate::crossing::argument;
use crate::handle;

/// Most entries of one drawing: daily values of a hundred years.
const MOST: usize = 40_000;

fn trend(session: &Session, patient: PatientId, code: Coding, period: Option<Period>) -> Result<String> {
    let query = TimelineQuery { codes: vec![code], period, ..TimelineQuery::default() };
    let mut entries = Vec::new();
    let mut page = Page::first(Page::MOST);
    loop {
        let found = session.chart().timeline(patient, &query, &page)?;
        entries.extend(found.entries);
        match found.next {
            Some(next) if entries.len() < MOST => page = Page::first(Page::MOST).after(next),
            _ => break,
        }
    }
    Ok(Trend::of(&entries).draw("trend", &Words::default()).svg())
}

#[pymethods]
impl handle::Session {
    /// How the values of a code changed, as an SVG document.
    #[pyo3(signature = (
        patient: "prm._model.PatientId", code: "prm._model.Coding", period: "prm._model.Period | None" = None,
    ) -> "str")]
    fn chart_trend_svg(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        code: &Bound<'_, PyAny>,
        period: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let patient = argument(patient, "patient")?;
        let code = argument(code, "code")?;
        let period = period.map(|period| argument(period, "period")).transpose()?;
        self.enter(py, |session| trend(session, patient, code, period))
    }
}
