//! Lists of what holds: problems, medications, allergies; and vaccines given. The rules stand at [`ListItem`] and
//! [`VaccineView`].

use std::collections::BTreeMap;

use super::index::{self, Position};
use super::stream::{Extent, Merged, Stream};
use super::timeline::entry_at;
use super::{ChartEntry, DoseView, EntryKind, EntryStatus, EntryView, ListItem, ListState, VaccineView};
use crate::error::Result;
use crate::store::engine::Order;
use crate::store::key::{Moment, Pid};
use crate::store::record::{Covering, Reader};
use crate::time::{Instant, TimelineTime, When};

/// Rows read at a time.
const BATCH: usize = 64;

/// What makes up a list of things that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Conditions.
    Problems,
    /// Prescriptions and medications as reported. What was given or dispensed is an event, not a line of this list.
    Medications,
    /// Allergies and intolerances.
    Allergies,
}

impl List {
    const fn kinds(self) -> &'static [EntryKind] {
        match self {
            List::Problems => &[EntryKind::Condition],
            List::Medications => &[EntryKind::MedicationRequest, EntryKind::MedicationStatement],
            List::Allergies => &[EntryKind::AllergyIntolerance],
        }
    }
}

/// A list of things that hold or held.
pub(crate) fn list(
    reader: &Reader<'_>,
    pid: Pid,
    list: List,
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<Vec<ListItem>> {
    let mut lines: BTreeMap<Subject, Vec<EntryView>> = BTreeMap::new();
    for (view, subject) in told(reader, pid, list.kinds(), now, permits)? {
        lines.entry(subject).or_default().push(view);
    }
    let mut items: Vec<ListItem> = lines.into_values().filter_map(|entries| line(entries, now)).collect();
    items.sort_by_cached_key(|item| (item.state == ListState::Past, Position::of(&item.latest.entry, item.latest.id)));
    Ok(items)
}

/// The vaccines that were given, the newest first.
pub(crate) fn vaccines(
    reader: &Reader<'_>,
    pid: Pid,
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<Vec<VaccineView>> {
    let mut places: BTreeMap<Subject, usize> = BTreeMap::new();
    let mut vaccines: Vec<VaccineView> = Vec::new();
    for (view, subject) in told(reader, pid, &[EntryKind::Immunization], now, permits)? {
        let place = *places.entry(subject).or_insert(vaccines.len());
        let date = view.entry.when.map(|when| when.date());
        match vaccines.get_mut(place) {
            None => {
                let vaccine = view.entry.code.clone();
                vaccines.push(VaccineView { vaccine, doses: vec![DoseView { entry: view, also: Vec::new() }] });
            }
            Some(vaccine) => {
                let same = vaccine
                    .doses
                    .iter_mut()
                    .find(|dose| date.is_some() && dose.entry.entry.when.map(|when| when.date()) == date);
                match same {
                    Some(dose) => dose.also.push(view.id),
                    None => vaccine.doses.push(DoseView { entry: view, also: Vec::new() }),
                }
            }
        }
    }
    Ok(vaccines)
}

/// What an entry tells of.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Code(Option<String>, String),
    Title(String),
    /// Neither code nor title: a line of its own.
    Nameless(crate::id::EntryId),
}

impl Subject {
    fn of(entry: &ChartEntry, id: crate::id::EntryId) -> Self {
        let title = entry.title.expose().trim().to_lowercase();
        match entry.code.codings.iter().find(|coding| !coding.code.is_empty()) {
            Some(coding) => Subject::Code(coding.system.clone(), coding.code.clone()),
            None if title.is_empty() => Subject::Nameless(id),
            None => Subject::Title(title),
        }
    }
}

/// The entries of some kinds that tell of what is or was, newest first.
fn told(
    reader: &Reader<'_>,
    pid: Pid,
    kinds: &[EntryKind],
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<Vec<(EntryView, Subject)>> {
    let now = TimelineTime::from_instant(now);
    let extent = Extent { start: Some(Moment::new(now.seconds, now.precision)), end: None, beyond: None };
    let stream = |kind| Stream::of_kind(pid, index::kind_number(kind), &extent, Order::Ascending);
    let mut merged = Merged::new(kinds.iter().map(stream).collect(), Order::Ascending, BATCH);
    let mut entries = Vec::new();
    while let Some((position, mark)) = merged.next(reader.read)? {
        if !permits(mark.covering()) {
            continue;
        }
        let stored = entry_at(reader, pid, &position)?;
        let entry = &stored.record;
        if kinds.contains(&entry.kind) && !matches!(entry.status, EntryStatus::NotDone | EntryStatus::Planned) {
            let subject = Subject::of(entry, position.entry);
            entries.push((EntryView::new(position.entry, stored), subject));
        }
    }
    Ok(entries)
}

/// A line of a list from its entries, newest first.
fn line(mut entries: Vec<EntryView>, now: Instant) -> Option<ListItem> {
    let ids = entries.iter().map(|view| view.id).collect();
    let starts = entries.iter().filter_map(|view| view.entry.when);
    let since = starts.min_by_key(When::timeline_time);
    let holding = entries.iter().position(|view| holds(&view.entry, now));
    let state = if holding.is_some() { ListState::Active } else { ListState::Past };
    let latest = holding.unwrap_or(0);
    if latest >= entries.len() {
        return None;
    }
    Some(ListItem { state, since, latest: entries.swap_remove(latest), entries: ids })
}

/// Whether what an entry tells holds now.
pub(crate) fn holds(entry: &ChartEntry, now: Instant) -> bool {
    let counts = match entry.status {
        EntryStatus::Active | EntryStatus::Preliminary | EntryStatus::Final | EntryStatus::Unknown => true,
        EntryStatus::Completed | EntryStatus::NotDone | EntryStatus::Planned | EntryStatus::EnteredInError => false,
        EntryStatus::Other(_) => true,
    };
    let ends = [entry.until, entry.period.and_then(|period| period.end)];
    counts && !ends.into_iter().flatten().any(|end| has_passed(&end, now))
}

fn has_passed(end: &When, now: Instant) -> bool {
    match end {
        When::At(at) => at.to_utc() < now,
        When::On(date) => date.last_day() < now.date_naive(),
    }
}

#[cfg(test)]
mod tests;
