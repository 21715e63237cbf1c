//! Pictures and pages, made from what a session reads.

use prm_core::chart::{EntryView, ListState, TimelineQuery};
use prm_core::people::Patient;
use prm_core::render::{Journey, PatientPage, Span, Trend, Words};
use prm_core::{Coding, Page, PatientId, Period, Result, Session};
use pyo3::prelude::*;

use crate::crossing::argument;
use crate::handle;

/// Most entries of one drawing: a timeline of a hundred years of daily values.
const MOST: usize = 40_000;

/// Whole timeline, what lies ahead as well.
fn timeline(session: &Session, patient: PatientId) -> Result<Vec<EntryView>> {
    let mut entries = Vec::new();
    for future in [false, true] {
        let query = TimelineQuery { future, ..TimelineQuery::default() };
        let mut page = Page::first(Page::MOST);
        loop {
            let found = session.chart().timeline(patient, &query, &page)?;
            entries.extend(found.entries);
            match found.next {
                Some(next) if entries.len() < MOST => page = Page::first(Page::MOST).after(next),
                _ => break,
            }
        }
    }
    Ok(entries)
}

fn page(session: &Session, patient: PatientId, today: chrono::NaiveDate) -> Result<PatientPage> {
    let chart = session.chart();
    let record = session.people().patient(patient)?.patient;
    let latest = |items: Vec<prm_core::chart::ListItem>| -> Vec<EntryView> {
        let (now, past): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| item.state == ListState::Active);
        now.into_iter().chain(past).map(|item| item.latest).collect()
    };
    let mut page = PatientPage::new(record, today);
    page.timeline = timeline(session, patient)?;
    page.problems = latest(chart.problems(patient)?);
    page.medications = latest(chart.medications(patient)?);
    page.allergies = latest(chart.allergies(patient)?);
    let vaccines = chart.immunizations(patient)?;
    page.immunizations = vaccines.into_iter().flat_map(|vaccine| vaccine.doses).map(|dose| dose.entry).collect();
    let newest: Vec<_> = chart.latest(patient, &[])?.into_iter().map(|value| value.entry).collect();
    page.results = page.timeline.iter().filter(|view| newest.contains(&view.id)).cloned().collect();
    Ok(page)
}

fn journey(session: &Session, patient: PatientId, today: chrono::NaiveDate) -> Result<String> {
    let record: Patient = session.people().patient(patient)?.patient;
    let entries = timeline(session, patient)?;
    let journey = Journey {
        entries: &entries,
        today,
        birth_date: record.birth_date,
        died: record.deceased.and_then(|deceased| deceased.at),
        span: Span::Fitting,
    };
    Ok(journey.draw(&Words::default()).svg())
}

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
    /// A patient's journey as an SVG document.
    #[pyo3(signature = (patient: "prm._model.PatientId", today: "datetime.date") -> "str")]
    fn chart_journey_svg(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        today: chrono::NaiveDate,
    ) -> PyResult<String> {
        let patient = argument(patient, "patient")?;
        self.enter(py, |session| journey(session, patient, today))
    }

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

    /// A page about a patient as an HTML document.
    #[pyo3(signature = (patient: "prm._model.PatientId", today: "datetime.date") -> "str")]
    fn chart_page_html(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        today: chrono::NaiveDate,
    ) -> PyResult<String> {
        let patient = argument(patient, "patient")?;
        self.enter(py, |session| Ok(page(session, patient, today)?.html(&Words::default())))
    }
}
