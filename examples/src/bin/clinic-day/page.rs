//! The page about a patient, drawn from what the session may read.

use std::collections::BTreeSet;

use prm_core::chart::{EntryView, ListItem, TimelineOrder, TimelineQuery};
use prm_core::render::{PageAccess, PatientPage, Trend, Words};
use prm_core::{Coding, Page, PatientId, Session, When, Zones};

use crate::Outcome;
use crate::show::{ZONE, who};

/// Codes to draw, where there are values: LOINC.
const TRENDS: [&str; 5] = ["55284-4", "29463-7", "39156-5", "4548-4", "2093-3"];

pub(crate) fn draw(doctor: &Session, own: &Session, patient: PatientId) -> Outcome<String> {
    let chart = doctor.chart();
    let zones = Zones::bundled();
    let view = doctor.people().patient(patient)?;
    let today = zones.local(ZONE, chrono_now())?.date_naive();
    let mut page = PatientPage::new(view.patient, today);
    page.timeline = all(doctor, patient, &TimelineQuery::default())?;
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
    for code in TRENDS {
        let query = TimelineQuery {
            codes: vec![Coding::new("http://loinc.org", code)],
            order: TimelineOrder::Oldest,
            ..TimelineQuery::default()
        };
        let entries = all(doctor, patient, &query)?;
        if entries.len() > 1 {
            page.trends.push(Trend::of(&entries));
        }
    }
    for access in own.govern().accesses(patient, &Page::first(20))?.accesses {
        page.accesses.push(PageAccess {
            when: When::At(zones.local(ZONE, access.at)?),
            who: who(doctor, &access),
            purpose: access.purpose.to_string(),
            times: access.count,
            denied: !access.permitted,
        });
    }
    let html = page.html(&Words::default());
    if page.trends.is_empty() || !html.contains("<svg") {
        return Err("the page has no pictures".into());
    }
    Ok(html)
}

fn chrono_now() -> prm_core::Instant {
    prm_core::Instant::from(std::time::SystemTime::now())
}

fn latest(items: Vec<ListItem>) -> Vec<EntryView> {
    items.into_iter().map(|item| item.latest).collect()
}

/// Every page of a timeline.
fn all(doctor: &Session, patient: PatientId, query: &TimelineQuery) -> Outcome<Vec<EntryView>> {
    let mut entries = Vec::new();
    let mut page = Page::first(500);
    loop {
        let found = doctor.chart().timeline(patient, query, &page)?;
        entries.extend(found.entries);
        match found.next {
            Some(next) => page = Page::first(500).after(next),
            None => return Ok(entries),
        }
    }
}
