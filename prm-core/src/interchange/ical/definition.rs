//! Definitions of zones (RFC 5545 §3.6.5), made from the database for the years in use.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::values;
use crate::error::{Error, Result};
use crate::time::{CivilTime, Instant, Zones};

/// Years in which a zone is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Years {
    pub(super) first: i32,
    pub(super) last: i32,
    /// Whether it is used without end.
    pub(super) open: bool,
}

impl Years {
    pub(super) fn and(self, other: Years) -> Years {
        Years { first: self.first.min(other.first), last: self.last.max(other.last), open: self.open || other.open }
    }
}

/// Before this year no clock was changed twice a year, and after the other the database goes by one rule.
const EARLIEST: i32 = 1850;
const LATEST: i32 = 2100;

/// How many years are looked at after the last one in use.
const AHEAD: i32 = 4;
const AHEAD_OPEN: i32 = 40;

/// A change of clocks.
struct Change {
    at: Instant,
    from: i32,
    to: i32,
    /// What the clock showed just then, by the offset before.
    local: NaiveDateTime,
}

/// Changes of one kind in consecutive years, on the same day of the week of the same month at the same time.
struct Run {
    first: Change,
    last: Instant,
    year: i32,
    times: u32,
    /// Which such day of the month it is, if always the same from its start.
    nth: Option<u32>,
    /// Whether it is always the last one.
    is_last: bool,
}

/// The lines of the definition of a zone.
pub(super) fn lines(zone: &str, years: Years, zones: &Zones) -> Result<Vec<String>> {
    let first = years.first.clamp(EARLIEST, LATEST);
    let last = (years.last + if years.open { AHEAD_OPEN } else { AHEAD }).clamp(first + AHEAD, LATEST + AHEAD);
    let (begin, end) = (start_of(first - 1)?, start_of(last + 1)?);
    let offset_before = zones.offset_at(zone, begin)?.local_minus_utc();
    let mut all = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", values::escaped(zone))];
    let start = if years.first < first { start_of(1)? } else { begin };
    observance(&mut all, "STANDARD", start.naive_utc(), offset_before, offset_before, None)?;
    for run in runs(changes(zone, begin, end, zones)?) {
        let name = if run.first.to > run.first.from { "DAYLIGHT" } else { "STANDARD" };
        let rule = if run.times > 1 { Some(rule(&run, last)?) } else { None };
        observance(&mut all, name, run.first.local, run.first.from, run.first.to, rule)?;
    }
    all.push("END:VTIMEZONE".to_owned());
    Ok(all)
}

fn start_of(year: i32) -> Result<Instant> {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).ok_or_else(|| Error::invalid("time", "a year is out of range"))?;
    Ok(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

fn observance(
    all: &mut Vec<String>,
    name: &str,
    start: NaiveDateTime,
    from: i32,
    to: i32,
    rule: Option<String>,
) -> Result<()> {
    all.push(format!("BEGIN:{name}"));
    all.push(format!("DTSTART:{}", values::time_text(CivilTime::try_from(start)?)));
    all.push(format!("TZOFFSETFROM:{}", values::offset_text(from)));
    all.push(format!("TZOFFSETTO:{}", values::offset_text(to)));
    all.extend(rule);
    all.push(format!("END:{name}"));
    Ok(())
}

/// Changes of clocks between two instants. Two of them lie further apart than the four days between looks.
fn changes(zone: &str, begin: Instant, end: Instant, zones: &Zones) -> Result<Vec<Change>> {
    const STEP: i64 = 4 * 86_400;
    let offset = |seconds: i64| -> Result<i32> {
        let at = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        Ok(zones.offset_at(zone, at)?.local_minus_utc())
    };
    let (mut at, end) = (begin.timestamp(), end.timestamp());
    let mut found = Vec::new();
    let mut from = offset(at)?;
    while at < end {
        let next = (at + STEP).min(end);
        let to = offset(next)?;
        if to != from {
            let (mut before, mut after) = (at, next);
            while after - before > 1 {
                let middle = before + (after - before) / 2;
                if offset(middle)? == from { before = middle } else { after = middle }
            }
            let instant = DateTime::from_timestamp(after, 0).unwrap_or_default();
            let local = instant.naive_utc() + TimeDelta::seconds(i64::from(from));
            found.push(Change { at: instant, from, to, local });
        }
        (at, from) = (next, to);
    }
    Ok(found)
}

fn runs(changes: Vec<Change>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for change in changes {
        let day = change.local.date();
        let nth = day.day().div_ceil(7);
        let is_last = (day + TimeDelta::days(7)).month() != day.month();
        let open = runs.iter_mut().find(|run| {
            let first = run.first.local;
            run.year + 1 == day.year()
                && (run.first.from, run.first.to) == (change.from, change.to)
                && (first.month(), first.weekday(), first.time()) == (day.month(), day.weekday(), change.local.time())
                && (run.nth == Some(nth) || (run.is_last && is_last))
        });
        match open {
            Some(run) => {
                run.nth = run.nth.filter(|all| *all == nth);
                run.is_last &= is_last;
                (run.year, run.last, run.times) = (day.year(), change.at, run.times + 1);
            }
            None => {
                let (year, last) = (day.year(), change.at);
                runs.push(Run { first: change, last, year, times: 1, nth: Some(nth), is_last });
            }
        }
    }
    runs
}

/// The rule of a run. One that holds for three years to the end of what was looked at is taken to go on.
fn rule(run: &Run, last_year: i32) -> Result<String> {
    let day = run.first.local.date();
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let name = names.get(usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)).copied().unwrap_or("SU");
    let nth = if run.is_last { -1 } else { i64::from(run.nth.unwrap_or(1)) };
    let mut rule = format!("RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={nth}{name}", day.month());
    if run.year < last_year || run.times < 3 {
        let until = CivilTime::try_from(run.last.naive_utc())?;
        rule.push_str(&format!(";UNTIL={}Z", values::time_text(until)));
    }
    Ok(rule)
}
