//! Properties of recurrence, against a search of every day.

mod fuzz;
mod naive;
mod seek;
mod tzif;
mod zoned;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::time::{CivilTime, Instant, Zones};

/// Zones of every kind of change: north and south, half an hour, a quarter, a day left out, a rule that ended.
const ZONES: [&str; 12] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Sao_Paulo",
];

fn long() -> bool {
    std::env::var_os("PRM_LONG").is_some_and(|v| v == "1")
}

fn config(cases: u32) -> ProptestConfig {
    let cases = if long() { cases * 20 } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn zone() -> impl Strategy<Value = &'static str> {
    select(if long() { Zones::names() } else { ZONES.to_vec() })
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn civil(text: &str) -> CivilTime {
    text.parse().unwrap()
}

fn rule(text: &str) -> Rule {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// Starts around month ends, leap days, year ends and changes of clocks, at hours that clocks skip or repeat.
fn start() -> impl Strategy<Value = CivilTime> {
    let years = select(vec![1971, 1999, 2000, 2004, 2009, 2011, 2015, 2020, 2024, 2026, 2032]);
    let days = select(vec![1, 31, 59, 60, 61, 75, 88, 90, 250, 275, 297, 304, 310, 364, 365, 366]);
    let times = select(vec![0, 1_800, 5_400, 7_200, 9_000, 9_015, 10_800, 28_800, 86_399]);
    (years, days, times).prop_map(|(year, day, time)| {
        let midnight = calendar::day_of(year, 1, 1) + day - 1;
        CivilTime::from_seconds(midnight * 86_400 + time).unwrap()
    })
}

fn some<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>, most: usize) -> impl Strategy<Value = Vec<T>> {
    let count = values.len().min(most);
    prop_oneof![3 => Just(Vec::new()), 1 => subsequence(values, 1..=count)]
}

fn by_day(numbered: bool) -> impl Strategy<Value = Vec<NthWeekday>> {
    let nth = if numbered { vec![None, None, Some(1), Some(2), Some(5), Some(-1), Some(-2)] } else { vec![None] };
    let day = (select(Weekday::ALL.to_vec()), select(nth)).prop_map(|(weekday, nth)| NthWeekday { weekday, nth });
    prop_oneof![2 => Just(Vec::new()), 1 => proptest::collection::vec(day, 1..4)]
}

/// Rules of every shape that are right, with an end or without.
fn any_rule(frequencies: Vec<Frequency>) -> impl Strategy<Value = Rule> {
    let head =
        (select(frequencies), prop_oneof![4 => Just(1u32), 3 => 2u32..5, 1 => 5u32..90], select(Weekday::ALL.to_vec()));
    head.prop_flat_map(|(frequency, interval, week_start)| {
        let numbered = matches!(frequency, Frequency::Monthly | Frequency::Yearly);
        let days = (
            by_day(numbered),
            some(vec![1, 2, 13, 28, 29, 30, 31, -1, -2, -31], 4),
            some(vec![1, 59, 60, 100, 200, 365, 366, -1, -366], 4),
            some(vec![1, 2, 20, 52, 53, -1, -53], 3),
            some((1..=12).collect(), 5),
        );
        let times = (some((0..24).collect(), 4), some(vec![0, 15, 30, 59], 3), some(vec![0, 15, 59, 60], 2));
        let end = (some(vec![1, 2, 3, 7, -1, -2, -5], 3), prop_oneof![2 => Just(None), 1 => (1u32..40).prop_map(Some)]);
        (days, times, end).prop_map(move |(days, times, (by_position, count))| {
            let (mut by_day, by_month_day, by_year_day, by_week, by_month) = days;
            let (by_hour, by_minute, by_second) = times;
            if !by_week.is_empty() {
                by_day.iter_mut().for_each(|day| day.nth = None);
            }
            let mut rule = Rule {
                interval,
                count,
                by_second,
                by_minute,
                by_hour,
                by_day,
                by_month_day,
                by_year_day,
                by_week,
                by_month,
                by_position,
                week_start,
                ..Rule::every(frequency)
            };
            if rule.check().is_err() {
                rule.by_position = Vec::new();
            }
            rule.check().unwrap();
            rule
        })
    })
}

fn policies() -> impl Strategy<Value = (GapPolicy, FoldPolicy)> {
    (
        select(vec![GapPolicy::Later, GapPolicy::Next, GapPolicy::Skip]),
        select(vec![FoldPolicy::First, FoldPolicy::Second, FoldPolicy::Both]),
    )
}
