//! Values of codes: the newest of each, and how one changed. The rules stand at [`LatestValue`] and [`Trend`].

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::conflict::unit;
use super::index::{self, Mark, Position};
use super::stream::{Extent, Merged, Stream};
use super::timeline::entry_at;
use super::view::{LatestValue, Point, Series, Trend};
use super::{ChartEntry, EntryKind, EntryStatus, EntryValue};
use crate::error::{Error, Result};
use crate::store::engine::Order;
use crate::store::key::{self, Class, Moment, Pid, Prefix};
use crate::store::record::{Covering, Numbers, Reader};
use crate::store::tables::Table;
use crate::time::{Instant, Period, TimelineTime};
use crate::value::{Coding, Comparator, Concept, Decimal};

/// Rows read at a time: the newest row of a code nearly always has its value.
const BATCH: usize = 4;

/// The newest value of each code in `codes`, or of every code the patient has values of if `codes` is empty; sorted by
/// time, newest first.
pub(crate) fn latest(
    reader: &Reader<'_>,
    numbers: &mut dyn Numbers,
    pid: Pid,
    codes: &[Coding],
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<Vec<LatestValue>> {
    let mut asked = Vec::new();
    if codes.is_empty() {
        asked = all_codes(reader, pid)?;
    } else {
        for coding in codes {
            asked.extend(index::code_number(numbers, coding)?);
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let mut opened: BTreeMap<Position, ChartEntry> = BTreeMap::new();
    let mut found = Vec::new();
    for code in asked {
        let mut rows =
            Merged::new(vec![Stream::of_code(pid, code, &up_to(now), Order::Ascending)], Order::Ascending, BATCH);
        while let Some((position, mark)) = rows.next(reader.read)? {
            if !is_observation(&position) || !permits(mark.covering()) {
                continue;
            }
            let entry = match opened.entry(position) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(entry_at(reader, pid, &position)?.record)
                }
            };
            if let Some(value) = value_of(numbers, &position, entry, code, mark, codes.is_empty())? {
                found.push((position, value));
                break;
            }
        }
    }
    found.sort_by_key(|(position, _)| *position);
    Ok(found.into_iter().map(|(_, value)| value).collect())
}

/// Moments that have come, without those that have no time.
fn up_to(now: Instant) -> Extent {
    let now = TimelineTime::from_instant(now);
    Extent { start: Some(Moment::new(now.seconds, now.precision)), end: Some(Moment::NEVER), beyond: None }
}

fn is_observation(position: &Position) -> bool {
    position.kind == index::kind_number(&EntryKind::Observation)
}

fn counts(entry: &ChartEntry) -> bool {
    entry.kind == EntryKind::Observation
        && !matches!(entry.status, EntryStatus::NotDone | EntryStatus::Planned | EntryStatus::EnteredInError)
}

/// The numbers of all codes that a patient has rows of: one row is read of each.
fn all_codes(reader: &Reader<'_>, pid: Pid) -> Result<Vec<u32>> {
    let base = key::class(pid, Class::ByCode).done();
    let mut rows = Prefix::of(base.clone());
    let mut codes = Vec::new();
    loop {
        let mut next = None;
        super::stream::scan(reader.read, &rows, Order::Ascending, &mut |row, _| {
            let number = row.get(base.len()..).and_then(|rest| rest.first_chunk());
            let cut_off = || Error::corrupted(Table::PData.name(), row, "a key of a code is cut off");
            next = Some(u32::from_be_bytes(*number.ok_or_else(cut_off)?));
            Ok(ControlFlow::Break(()))
        })?;
        let Some(code) = next else { return Ok(codes) };
        codes.push(code);
        let Some(after) = key::after(&index::by_code(pid, code).done()) else { return Ok(codes) };
        rows = rows.starting_at(after);
    }
}

/// The value an entry has for the code of a number; if `first` only where it is the first code of its concept.
fn value_of(
    numbers: &mut dyn Numbers,
    position: &Position,
    entry: &ChartEntry,
    code: u32,
    mark: Mark,
    first: bool,
) -> Result<Option<LatestValue>> {
    let Some(when) = entry.when.filter(|_| counts(entry)) else { return Ok(None) };
    for (concept, value) in parts(entry, mark) {
        if let Some(value) = value
            && has_code(numbers, concept, code, first)?
        {
            return Ok(Some(LatestValue {
                code: concept.clone(),
                value: value.clone(),
                when,
                status: entry.status.clone(),
                entry: position.entry,
                is_component: mark.is_part(),
            }));
        }
    }
    Ok(None)
}

/// Concepts of an entry with their values: those of its components, or its own.
fn parts(entry: &ChartEntry, mark: Mark) -> impl Iterator<Item = (&Concept, Option<&EntryValue>)> {
    let own = (!mark.is_part()).then_some((&entry.code, entry.value.as_ref()));
    let parts = entry.components.iter().filter(move |_| mark.is_part());
    own.into_iter().chain(parts.map(|part| (&part.code, part.value.as_ref())))
}

fn has_code(numbers: &mut dyn Numbers, concept: &Concept, code: u32, first: bool) -> Result<bool> {
    for coding in &concept.codings {
        match index::code_number(numbers, coding)? {
            Some(number) if number == code => return Ok(true),
            Some(_) if first => return Ok(false),
            _ => {}
        }
    }
    Ok(false)
}

/// How the values of a code changed over a period: the newest `limit` of them.
#[allow(clippy::too_many_arguments, reason = "one call of the session, each argument from another place")]
pub(crate) fn trend(
    reader: &Reader<'_>,
    numbers: &mut dyn Numbers,
    pid: Pid,
    coding: &Coding,
    period: &Period,
    limit: usize,
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<Trend> {
    let mut trend = Trend::default();
    let Some(code) = index::code_number(numbers, coding)? else { return Ok(trend) };
    let extent = up_to(now).within(period);
    let stream = Stream::of_code(pid, code, &extent, Order::Ascending);
    let mut rows = Merged::new(vec![stream], Order::Ascending, limit.saturating_add(1).min(128));
    let mut points = 0;
    while let Some((position, mark)) = rows.next(reader.read)? {
        if !is_observation(&position) || !permits(mark.covering()) {
            continue;
        }
        if points >= limit {
            trend.is_cut = true;
            break;
        }
        let entry = entry_at(reader, pid, &position)?.record;
        let Some(when) = entry.when.filter(|_| counts(&entry)) else { continue };
        for (concept, value) in parts(&entry, mark) {
            let Some(value) = value else { continue };
            if !has_code(numbers, concept, code, false)? {
                continue;
            }
            match number(value) {
                Some((unit, value, comparator)) => {
                    let (status, entry) = (entry.status.clone(), position.entry);
                    let point = Point { when, value, comparator, status, entry };
                    points += usize::from(trend.add(unit, point));
                }
                None => trend.without_number += 1,
            }
        }
    }
    for series in &mut trend.series {
        series.points.reverse();
    }
    Ok(trend)
}

impl Trend {
    /// Puts a point that is not newer than those before it. Tells whether it is another than the last.
    fn add(&mut self, unit: Option<&str>, point: Point) -> bool {
        let series = match self.series.iter().position(|series| series.unit.as_deref() == unit) {
            Some(place) => self.series.get_mut(place),
            None => {
                self.series.push(Series { unit: unit.map(str::to_owned), points: Vec::new() });
                self.series.last_mut()
            }
        };
        let Some(series) = series else { return false };
        let same = |other: &&Point| other.when.timeline_time() == point.when.timeline_time();
        let repeats = series
            .points
            .iter()
            .rev()
            .take_while(same)
            .any(|other| other.value.same_value(&point.value) && other.comparator == point.comparator);
        if !repeats {
            series.points.push(point);
        }
        !repeats
    }
}

fn number(value: &EntryValue) -> Option<(Option<&str>, Decimal, Option<Comparator>)> {
    match value {
        EntryValue::Quantity(amount) => Some((unit(amount), amount.value.clone(), amount.comparator.clone())),
        EntryValue::Integer(n) => Some((None, Decimal::from(*n), None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
