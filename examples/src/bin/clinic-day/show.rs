//! Telling a chart in lines of text.

use prm_core::chart::{EntryValue, EntryView, ListItem, ListState, TimelineQuery};
use prm_core::govern::AccessView;
use prm_core::people::display_name;
use prm_core::{Page, PatientId, Session, Who, Zones};

use crate::Outcome;

/// Where the clinic is: what happened is shown by its clocks.
pub(crate) const ZONE: &str = "America/New_York";

pub(crate) fn chart(doctor: &Session, patient: PatientId) -> Outcome<()> {
    let chart = doctor.chart();
    println!("\nThe journey, newest first:");
    let page = chart.timeline(patient, &TimelineQuery::default(), &Page::first(12))?;
    page.entries.iter().for_each(|view| println!("  {}", line(view)));
    let mut count = page.entries.len();
    let mut next = page.next;
    while let Some(cursor) = next {
        let page = chart.timeline(patient, &TimelineQuery::default(), &Page::first(100).after(cursor))?;
        count += page.entries.len();
        next = page.next;
    }
    println!("  … {count} entries in all");

    let lists = [
        ("Problems", chart.problems(patient)?),
        ("Medications", chart.medications(patient)?),
        ("Allergies", chart.allergies(patient)?),
    ];
    for (title, items) in &lists {
        println!("\n{title}:");
        items.iter().for_each(|item| println!("  {}", item_line(item)));
    }
    let vaccines = chart.immunizations(patient)?;
    println!("\nImmunizations:");
    for vaccine in &vaccines {
        let dates = vaccine.doses.iter().filter_map(|dose| dose.entry.entry.when).map(|when| when.date().to_string());
        println!("  {}: {}", vaccine.vaccine.label().unwrap_or("?"), dates.collect::<Vec<_>>().join(", "));
    }
    println!("\nLatest results:");
    let results = chart.latest(patient, &[])?;
    for result in results.iter().take(12) {
        let label = result.code.label().unwrap_or("?");
        println!("  {} {label}: {}", result.when.date(), value(&result.value));
    }
    println!("  … {} results in all", results.len());
    if count == 0 || lists.iter().any(|(_, items)| items.is_empty()) || vaccines.is_empty() || results.is_empty() {
        return Err("a part of the chart is empty".into());
    }
    Ok(())
}

fn line(view: &EntryView) -> String {
    let when = view.entry.when.map_or_else(|| "undated   ".to_owned(), |when| when.date().to_string());
    let found = view.entry.value.as_ref().map_or_else(String::new, |found| format!(": {}", value(found)));
    format!("{when} {:<22} {}{found}", view.entry.kind.code(), view.entry.title.expose())
}

fn item_line(item: &ListItem) -> String {
    let state = match item.state {
        ListState::Active => "now ",
        ListState::Past => "past",
    };
    let since = item.since.map_or_else(String::new, |when| format!(" since {}", when.date()));
    format!("{state} {}{since}", item.latest.entry.title.expose())
}

fn value(value: &EntryValue) -> String {
    match value {
        EntryValue::Quantity(quantity) => quantity.to_string(),
        EntryValue::Concept(concept) => concept.expose().label().unwrap_or("?").to_owned(),
        EntryValue::Text(text) => text.expose().clone(),
        EntryValue::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        EntryValue::Integer(n) => n.to_string(),
        EntryValue::When(when) => when.to_string(),
        _ => "(in the source)".to_owned(),
    }
}

/// Who looked, as the patient is told.
pub(crate) fn accesses(doctor: &Session, own: &Session, patient: PatientId) -> Outcome<()> {
    println!("\nWho looked at this record, as the patient is told:");
    let accesses = own.govern().accesses(patient, &Page::first(20))?.accesses;
    for access in &accesses {
        let how = if access.listed { "in a list" } else { "opened" };
        let who = who(doctor, access);
        let local = Zones::bundled().local(ZONE, access.at)?;
        let at = local.format("%Y-%m-%d %H:%M");
        println!("  {at} {who} ({}), {:?}, {how}, {} times", access.purpose, access.class, access.count);
    }
    if accesses.is_empty() {
        return Err("the accesses are not on record".into());
    }
    Ok(())
}

/// The name of whoever looked.
pub(crate) fn who(doctor: &Session, access: &AccessView) -> String {
    match &access.who {
        Who::Practitioner(id) => doctor
            .people()
            .practitioner(*id)
            .ok()
            .and_then(|view| display_name(&view.practitioner.names, access.at.date_naive()))
            .map_or_else(|| "a practitioner".to_owned(), |name| name.expose().clone()),
        Who::Patient(_) => "the patient".to_owned(),
        Who::RelatedPerson(_) => "someone related".to_owned(),
        Who::System(name) => format!("the program {name}"),
    }
}
