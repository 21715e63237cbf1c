//! Entries of different sources that say something else of the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::index::{self, Position};
use super::stream::{Extent, Merged, Stream};
use super::timeline::entry_at;
use super::{ChartEntry, Component, EntryValue, EntryView};
use crate::error::Result;
use crate::store::engine::{Order, Read};
use crate::store::key::{self, Class, Moment, Pid, Prefix};
use crate::store::record::{Covering, Numbers, Reader};
use crate::store::tables::Table;
use crate::time::TimelineTime;
use crate::value::{Coding, Quantity};

/// Most entries of one date and code that are compared with each other.
const COMPARED: usize = 64;

/// Tells each of `entries` which others disagree with it, those not among `entries` included. A patient whose entries
/// come from one source costs one short read.
pub(crate) fn mark(
    reader: &Reader<'_>,
    numbers: &mut dyn Numbers,
    pid: Pid,
    entries: &mut [EntryView],
    permits: &dyn Fn(Covering) -> bool,
) -> Result<()> {
    if entries.is_empty() || !several_sources(reader.read, pid)? {
        return Ok(());
    }
    let mut known: BTreeMap<Position, ChartEntry> =
        entries.iter().map(|view| (Position::of(&view.entry, view.id), view.entry.clone())).collect();
    for view in entries {
        let own = Position::of(&view.entry, view.id);
        for other in candidates(reader, numbers, pid, &view.entry)? {
            if other == own || other.kind != own.kind {
                continue;
            }
            let entry = match known.entry(other) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(entry_at(reader, pid, &other)?.record)
                }
            };
            if disagree(&view.entry, entry) && permits(entry.gate()) {
                view.conflicts.push(other.entry);
            }
        }
    }
    Ok(())
}

fn several_sources(read: &dyn Read, pid: Pid) -> Result<bool> {
    let rows = Prefix::of(key::class(pid, Class::Origins).done());
    let mut sources = 0;
    read.scan(Table::PData, rows.span(), Order::Ascending, &mut |_, _| {
        sources += 1;
        Ok(if sources > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    Ok(sources > 1)
}

/// Entries that share a code with this one and stand near its date.
fn candidates(reader: &Reader<'_>, numbers: &mut dyn Numbers, pid: Pid, entry: &ChartEntry) -> Result<Vec<Position>> {
    let Some(when) = &entry.when else { return Ok(Vec::new()) };
    // The same date as written, in whatever offset, is at most a day away on the timeline.
    let day = when.date().first_day().and_time(chrono::NaiveTime::MIN).and_utc();
    let moment = |days: i64, precision: u8| {
        let at = TimelineTime::from_instant(day + chrono::TimeDelta::days(days));
        Moment::new(at.seconds, precision)
    };
    let extent = Extent { start: Some(moment(2, 3)), end: Some(moment(-1, 0)), beyond: None };
    let mut streams = Vec::new();
    for coding in &entry.code.codings {
        if let Some(code) = index::code_number(numbers, coding)? {
            streams.push(Stream::of_code(pid, code, &extent, Order::Ascending));
        }
    }
    let mut merged = Merged::new(streams, Order::Ascending, COMPARED);
    let mut found = Vec::new();
    while let Some((position, mark)) = merged.next(reader.read)? {
        if found.len() >= COMPARED {
            break;
        }
        if !mark.is_part() {
            found.push(position);
        }
    }
    Ok(found)
}

/// Whether two entries say something else of the same.
pub(crate) fn disagree(a: &ChartEntry, b: &ChartEntry) -> bool {
    let source = |entry: &ChartEntry| entry.origin.as_ref().map(|origin| origin.source.clone());
    let dates = a.when.zip(b.when);
    a.kind == b.kind
        && dates.is_some_and(|(a, b)| a.date() == b.date())
        && a.code.codings.iter().any(|code| finds(code, &b.code.codings))
        && source(a) != source(b)
        && (a.status != b.status || !same_value(a.value.as_ref(), b.value.as_ref()) || !same_parts(a, b))
}

fn finds(code: &Coding, among: &[Coding]) -> bool {
    !code.code.is_empty() && among.iter().any(|other| other.is(code))
}

/// Quantities are the same if their numbers are, whatever their digits, and their units; concepts if they share a code.
fn same_value(a: Option<&EntryValue>, b: Option<&EntryValue>) -> bool {
    match (a, b) {
        (Some(EntryValue::Quantity(a)), Some(EntryValue::Quantity(b))) => {
            a.value.same_value(&b.value) && a.comparator == b.comparator && unit(a) == unit(b)
        }
        (Some(EntryValue::Concept(a)), Some(EntryValue::Concept(b))) => {
            let (a, b) = (a.expose(), b.expose());
            a == b || a.codings.iter().any(|code| finds(code, &b.codings))
        }
        (a, b) => a == b,
    }
}

/// What tells units apart: the UCUM code, else the unit as it was written.
pub(crate) fn unit(quantity: &Quantity) -> Option<&str> {
    quantity.ucum_code().or(quantity.unit_label())
}

fn same_parts(a: &ChartEntry, b: &ChartEntry) -> bool {
    let matched = |part: &Component| {
        let other = b.components.iter().find(|other| {
            part.code == other.code || part.code.codings.iter().any(|code| finds(code, &other.code.codings))
        });
        other.is_some_and(|other| same_value(part.value.as_ref(), other.value.as_ref()))
    };
    a.components.len() == b.components.len() && a.components.iter().all(matched)
}
