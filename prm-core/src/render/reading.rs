//! A page about a patient from what a session may read.

use std::collections::BTreeSet;

use super::{PatientPage, Trend, Words};
use crate::chart::{EntryView, ListItem, TimelineOrder, TimelineQuery};
use crate::error::Result;
use crate::id::PatientId;
use crate::page::Page;
use crate::session::{ChartRoom, Session};
use crate::value::Coding;

impl PatientPage {
    /// Reads all that a page shows, but for who looked: the patient, the whole timeline, the lists, the latest result of
    /// each code, and a trend for each of `trends` that has more than one value. `zone` is the zone of the IANA database
    /// whose date is today.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`; `Invalid` for an unknown zone.
    pub fn read(session: &Session, patient: PatientId, zone: &str, trends: &[Coding]) -> Result<Self> {
        let chart = session.chart();
        let mut page = with_timeline(session, patient, zone)?;
        page.problems = latest(chart.problems(patient)?);
        page.medications = latest(chart.medications(patient)?);
        page.allergies = latest(chart.allergies(patient)?);
        let vaccines = chart.immunizations(patient)?;
        page.immunizations = vaccines.into_iter().flat_map(|vaccine| vaccine.doses).map(|dose| dose.entry).collect();
        let mut seen = BTreeSet::new();
        for result in chart.latest(patient, &[])? {
            if seen.insert(result.entry) {
                page.results.push(chart.entry(result.entry)?);
            }
        }
        for code in trends {
            let query =
                TimelineQuery { codes: vec![code.clone()], order: TimelineOrder::Oldest, ..TimelineQuery::default() };
            let entries = whole_timeline(session, patient, &query)?;
            if entries.len() > 1 {
                page.trends.push(Trend::of(&entries));
            }
        }
        Ok(page)
    }
}

impl ChartRoom<'_> {
    /// A patient's journey as a picture: one SVG with title, description and everything it needs; empty if there is
    /// nothing to draw. `zone` is the zone of the IANA database whose date is today.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`; `Invalid` for an unknown zone.
    pub fn journey_svg(&self, patient: PatientId, zone: &str) -> Result<String> {
        Ok(with_timeline(self.session(), patient, zone)?.journey(&Words::default()).svg())
    }

    /// A page about a patient: one HTML document that needs nothing else. `trends` are the codes whose course is drawn.
    ///
    /// # Errors
    /// As [`journey_svg`](Self::journey_svg).
    pub fn page_html(&self, patient: PatientId, zone: &str, trends: &[Coding]) -> Result<String> {
        Ok(PatientPage::read(self.session(), patient, zone, trends)?.html(&Words::default()))
    }
}

/// What a journey shows.
fn with_timeline(session: &Session, patient: PatientId, zone: &str) -> Result<PatientPage> {
    let core = session.core();
    let view = session.people().patient(patient)?;
    let mut page = PatientPage::new(view.patient, core.zones.local(zone, core.now())?.date_naive());
    page.timeline = whole_timeline(session, patient, &TimelineQuery::default())?;
    Ok(page)
}

fn latest(items: Vec<ListItem>) -> Vec<EntryView> {
    items.into_iter().map(|item| item.latest).collect()
}

fn whole_timeline(session: &Session, patient: PatientId, query: &TimelineQuery) -> Result<Vec<EntryView>> {
    let mut entries = Vec::new();
    let mut page = Page::first(500);
    loop {
        let found = session.chart().timeline(patient, query, &page)?;
        entries.extend(found.entries);
        match found.next {
            Some(next) => page = Page::first(500).after(next),
            None => return Ok(entries),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::{ChartEntry, EntryKind, EntryValue};
    use crate::people::{HumanName, Patient};
    use crate::{Actor, Coding, Founder, Key, OpenOptions, Prm, Purpose, Quantity};

    #[test]
    fn a_page_holds_what_the_session_may_read() {
        let made = Prm::open_memory(OpenOptions::key(Key::raw([7; 32])), Founder::system("desk")).unwrap();
        let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations).unwrap();
        let names = vec![HumanName { family: Some("Ortiz<b>".into()), ..HumanName::default() }];
        let ana = desk.people().add(Patient { names, ..Patient::default() }).unwrap();
        assert_eq!(desk.chart().journey_svg(ana, "Europe/Berlin").unwrap(), "");
        let weight = Coding::new("http://loinc.org", "29463-7").display("Weight");
        for (day, kg) in [("2024-03-01", "70.5"), ("2025-03-01", "71.25")] {
            let mut entry = ChartEntry::new(EntryKind::Observation, weight.clone());
            entry.when = Some(day.parse().unwrap());
            entry.value = Some(EntryValue::Quantity(Quantity::ucum(kg.parse().unwrap(), "kg").unwrap()));
            desk.chart().add(ana, entry).unwrap();
        }
        let svg = desk.chart().journey_svg(ana, "Europe/Berlin").unwrap();
        assert!(svg.starts_with("<svg") && svg.contains("<title"));
        let html = desk.chart().page_html(ana, "Europe/Berlin", &[weight]).unwrap();
        assert!(html.contains("71.25") && html.contains("Ortiz&lt;b&gt;") && !html.contains("Ortiz<b>"));
        assert_eq!(desk.chart().journey_svg(ana, "Mars/Base").unwrap_err().code(), "invalid");
        let stranger = made.prm.session(Actor::system("stranger"), Purpose::Treatment).unwrap();
        assert!(matches!(stranger.chart().page_html(ana, "UTC", &[]).unwrap_err().code(), "denied" | "not_found"));
    }
}
