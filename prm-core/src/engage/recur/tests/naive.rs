//! What a rule comes to by looking at every day, hour, minute or second: slow, and written without the rest in mind.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::*;
use crate::time::LocalTime;

fn month_end(date: NaiveDate) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(date.year(), date.month(), *day).is_some()).unwrap()
}

fn year_end(date: NaiveDate) -> u32 {
    NaiveDate::from_ymd_opt(date.year(), 12, 31).unwrap().ordinal()
}

fn number(weekday: Weekday) -> u32 {
    Weekday::ALL.iter().position(|known| *known == weekday).unwrap() as u32
}

fn week_begin(mut date: NaiveDate, week_start: Weekday) -> NaiveDate {
    while date.weekday().num_days_from_monday() != number(week_start) {
        date = date.pred_opt().unwrap();
    }
    date
}

/// Number of the week from the front and from the back, counted week by week through the year it belongs to.
fn week_numbers(date: NaiveDate, week_start: Weekday) -> (i64, i64) {
    let begin = week_begin(date, week_start);
    let year_of = |begin: NaiveDate| (begin + Days::new(3)).year();
    let year = year_of(begin);
    let (mut front, mut earlier) = (1, begin - Days::new(7));
    while year_of(earlier) == year {
        (front, earlier) = (front + 1, earlier - Days::new(7));
    }
    let (mut back, mut later) = (-1, begin + Days::new(7));
    while year_of(later) == year {
        (back, later) = (back - 1, later + Days::new(7));
    }
    (front, back)
}

fn is_nth(day: &NthWeekday, date: NaiveDate, of_year: bool) -> bool {
    let Some(nth) = day.nth else { return true };
    let same = |other: NaiveDate| other.year() == date.year() && (of_year || other.month() == date.month());
    let count = |step: i64| {
        (0..).map(|weeks| date + TimeDelta::days(7 * step * weeks)).take_while(|other| same(*other)).count() as i64
    };
    nth == count(-1) || nth == -count(1)
}

fn day_is_let_through(rule: &Rule, start: NaiveDate, date: NaiveDate) -> bool {
    let from_both = |list: &[i64], at: u32, length: u32| {
        list.is_empty() || list.contains(&at.into()) || list.contains(&(i64::from(at) - i64::from(length) - 1))
    };
    let open = rule.by_month_day.is_empty() && rule.by_year_day.is_empty() && rule.by_week.is_empty();
    if open && rule.by_day.is_empty() {
        let yearly = rule.frequency == Frequency::Yearly;
        if (yearly || rule.frequency == Frequency::Monthly) && date.day() != start.day() {
            return false;
        }
        if yearly && rule.by_month.is_empty() && date.month() != start.month() {
            return false;
        }
        if rule.frequency == Frequency::Weekly && date.weekday() != start.weekday() {
            return false;
        }
    }
    let of_year = rule.frequency == Frequency::Yearly && rule.by_month.is_empty();
    let on =
        |day: &NthWeekday| date.weekday().num_days_from_monday() == number(day.weekday) && is_nth(day, date, of_year);
    (rule.by_month.is_empty() || rule.by_month.contains(&date.month().into()))
        && from_both(&rule.by_month_day, date.day(), month_end(date))
        && from_both(&rule.by_year_day, date.ordinal(), year_end(date))
        && (rule.by_day.is_empty() || rule.by_day.iter().any(on))
        && (rule.by_week.is_empty() || {
            let (front, back) = week_numbers(date, rule.week_start);
            rule.by_week.contains(&front) || rule.by_week.contains(&back)
        })
}

/// Which period a time lies in, counted so that the next has the next number.
fn period(rule: &Rule, at: NaiveDateTime) -> i64 {
    let date = at.date();
    let seconds = at.and_utc().timestamp();
    match rule.frequency {
        Frequency::Yearly => date.year().into(),
        Frequency::Monthly => i64::from(date.year()) * 12 + i64::from(date.month0()),
        Frequency::Weekly => {
            let epoch = week_begin(NaiveDate::from_ymd_opt(1960, 6, 1).unwrap(), rule.week_start);
            (week_begin(date, rule.week_start) - epoch).num_days() / 7
        }
        Frequency::Daily => seconds.div_euclid(86_400),
        Frequency::Hourly => seconds.div_euclid(3_600),
        Frequency::Minutely => seconds.div_euclid(60),
        Frequency::Secondly => seconds,
    }
}

/// Civil times from the beginning of the first period to before `end`, before positions and counts.
fn candidates(rule: &Rule, start: NaiveDateTime, end: NaiveDate) -> BTreeSet<NaiveDateTime> {
    let or = |list: &[i64], shorter: Frequency, of_start: u32, all: u32| -> Vec<i64> {
        if !list.is_empty() {
            list.to_vec()
        } else if rule.frequency > shorter {
            vec![of_start.into()]
        } else {
            (0..all.into()).collect()
        }
    };
    let hours = or(&rule.by_hour, Frequency::Hourly, start.hour(), 24);
    let minutes = or(&rule.by_minute, Frequency::Minutely, start.minute(), 60);
    let seconds = or(&rule.by_second, Frequency::Secondly, start.second(), 60);
    let first = match rule.frequency {
        Frequency::Yearly => NaiveDate::from_ymd_opt(start.year(), 1, 1).unwrap(),
        Frequency::Monthly => start.date().with_day(1).unwrap(),
        Frequency::Weekly => week_begin(start.date(), rule.week_start),
        _ => start.date(),
    };
    let mut found = BTreeSet::new();
    for date in first.iter_days().take_while(|date| *date < end) {
        if !day_is_let_through(rule, start.date(), date) {
            continue;
        }
        for hour in &hours {
            for minute in &minutes {
                for second in &seconds {
                    let time = NaiveTime::from_hms_opt(*hour as u32, *minute as u32, (*second).min(59) as u32).unwrap();
                    found.insert(date.and_time(time));
                }
            }
        }
    }
    found
}

/// Civil times a rule says from its start to before the day `end`.
pub(super) fn civil_times(rule: &Rule, start: CivilTime, end: NaiveDate) -> Vec<NaiveDateTime> {
    let start = start.naive();
    // Whole periods, or positions from the end would be wrong.
    let beyond = end + Days::new(if rule.frequency >= Frequency::Weekly { 370 } else { 1 });
    let mut periods: BTreeMap<i64, Vec<NaiveDateTime>> = BTreeMap::new();
    for at in candidates(rule, start, beyond) {
        let number = period(rule, at) - period(rule, start);
        if number % i64::from(rule.interval) == 0 {
            periods.entry(number).or_default().push(at);
        }
    }
    let mut said = Vec::new();
    for instances in periods.values() {
        let count = instances.len() as i64;
        let chosen = instances.iter().enumerate().filter(|(n, _)| {
            let n = *n as i64;
            rule.by_position.is_empty()
                || rule.by_position.contains(&(n + 1))
                || rule.by_position.contains(&(n - count))
        });
        said.extend(chosen.map(|(_, at)| *at));
    }
    let said = said.into_iter().filter(|at| *at >= start);
    let said = said.take(rule.count.map_or(usize::MAX, |count| count as usize));
    let last = rule.until.and_then(|until| match until {
        Until::Date(day) => Some(day.naive().and_hms_opt(23, 59, 59).unwrap()),
        Until::Civil(at) => Some(at.naive()),
        Until::Instant(_) => None,
    });
    said.filter(|at| last.is_none_or(|last| *at <= last) && at.date() < end).collect()
}

/// Every instance that begins before the day `end`, in order of time.
pub(super) fn instances(recurrence: &Recurrence, zones: &Zones, zone: &str, end: NaiveDate) -> Vec<Instance> {
    let start = recurrence.start;
    let mut said: BTreeSet<NaiveDateTime> = match &recurrence.rule {
        Some(rule) => civil_times(rule, start, end).into_iter().collect(),
        None => [start.naive()].into(),
    };
    said.extend(recurrence.added.iter().map(|at| at.naive()));
    let added: BTreeSet<_> = recurrence.added.iter().map(|at| at.naive()).collect();
    for excluded in &recurrence.excluded {
        said.remove(&excluded.naive());
    }
    let mut found: Vec<Instance> = Vec::new();
    let instance = |civil: NaiveDateTime, shown: NaiveDateTime, at: Instant, second: bool| {
        let stamp = ClockStamp { civil: CivilTime::try_from(civil).unwrap(), second };
        Instance { stamp, civil: CivilTime::try_from(shown).unwrap(), at }
    };
    let mut past_gaps: BTreeMap<Instant, Instance> = BTreeMap::new();
    for civil in &said {
        match zones.resolve(zone, *civil).unwrap() {
            LocalTime::Once(at) => found.push(instance(*civil, *civil, at, false)),
            LocalTime::Twice { first, second } => {
                if recurrence.fold != FoldPolicy::Second {
                    found.push(instance(*civil, *civil, first, false));
                }
                if recurrence.fold != FoldPolicy::First {
                    found.push(instance(*civil, *civil, second, true));
                }
            }
            LocalTime::Skipped(later) => {
                // Made-up clocks may change at any second of a minute.
                let skipped = |civil| matches!(zones.resolve(zone, civil).unwrap(), LocalTime::Skipped(_));
                let mut next = *civil;
                while skipped(next) {
                    next += TimeDelta::minutes(1);
                }
                while !skipped(next - TimeDelta::seconds(1)) {
                    next -= TimeDelta::seconds(1);
                }
                let shown = zones.local(zone, later).unwrap().naive_local();
                let moved = match recurrence.gap {
                    GapPolicy::Skip => continue,
                    GapPolicy::Later => instance(*civil, shown, later, false),
                    GapPolicy::Next => instance(*civil, next, zones.resolve(zone, next).unwrap().instant(), false),
                };
                past_gaps.entry(moved.at).or_insert(moved);
            }
        }
    }
    for (at, moved) in past_gaps {
        if found.iter().all(|found| found.at != at) {
            found.push(moved);
        }
    }
    if let Some(Rule { until: Some(Until::Instant(until)), .. }) = &recurrence.rule {
        found.retain(|found| found.at <= *until || added.contains(&found.stamp.civil.naive()));
    }
    for change in &recurrence.overrides {
        let Some(at) = found.iter().position(|found| found.stamp == change.stamp) else { continue };
        let old = found.remove(at);
        let Some(to) = change.to else { continue };
        let (at, shown) = match zones.resolve(zone, to.naive()).unwrap() {
            LocalTime::Twice { second, .. } if recurrence.fold == FoldPolicy::Second => (second, to.naive()),
            other => (other.instant(), zones.local(zone, other.instant()).unwrap().naive_local()),
        };
        found.push(Instance { stamp: old.stamp, civil: CivilTime::try_from(shown).unwrap(), at });
    }
    found.sort_by_key(|instance| (instance.at, instance.stamp));
    found
}
