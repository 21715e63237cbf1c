//! What repeats: frequency, days and times, before it is known where it begins.

use chrono::{NaiveTime, Timelike};

use super::super::super::map::at::At;
use super::{Read, refuse};
use crate::engage::{DayPart, Frequency, NthWeekday, Rule, Weekday};

/// Days of the week as R4 writes them.
pub(super) const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// Parts of the day as R4 writes them.
pub(super) const PARTS: [(&str, DayPart); 4] =
    [("MORN", DayPart::Morning), ("AFT", DayPart::Afternoon), ("EVE", DayPart::Evening), ("NIGHT", DayPart::Night)];

/// Units of periods.
pub(super) const UNITS: [(&str, Frequency); 7] = [
    ("s", Frequency::Secondly),
    ("min", Frequency::Minutely),
    ("h", Frequency::Hourly),
    ("d", Frequency::Daily),
    ("wk", Frequency::Weekly),
    ("mo", Frequency::Monthly),
    ("a", Frequency::Yearly),
];

pub(super) fn named<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

pub(super) fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> Option<&'static str> {
    names.iter().find(|(_, named)| *named == value).map(|(name, _)| *name)
}

/// What repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Pattern {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    pub(super) days: Vec<Weekday>,
    /// Times of the day, the first first; whole days if there are none.
    pub(in super::super) times: Vec<NaiveTime>,
}

impl Pattern {
    /// The rule. Times of the day of which there are several are part of it; a single one is that of the start.
    pub(in super::super) fn rule(&self, at: &At<'_>) -> Read<Rule> {
        let Pattern { mut frequency, interval, ref days, ref times } = *self;
        let mut rule = Rule::every(frequency);
        let distinct = |part: fn(&NaiveTime) -> u32| {
            let mut found: Vec<i64> = times.iter().map(|time| i64::from(part(time))).collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        if times.len() > 1 {
            let (hours, minutes) = (distinct(NaiveTime::hour), distinct(NaiveTime::minute));
            if distinct(NaiveTime::second).len() > 1 {
                return refuse(at, "times of day with different seconds");
            }
            if minutes.len() > 1 {
                // Each hour with each minute are more times than are meant: the positions choose those that are.
                if frequency == Frequency::Weekly && days.len() > 1 {
                    if interval > 1 {
                        return refuse(at, "times of day with different minutes on days of every so many weeks");
                    }
                    frequency = Frequency::Daily;
                }
                let each = hours.iter().flat_map(|hour| minutes.iter().map(move |minute| (*hour, *minute)));
                let meant = |(hour, minute): (i64, i64)| {
                    times.iter().any(|t| (i64::from(t.hour()), i64::from(t.minute())) == (hour, minute))
                };
                rule.by_position = (1i64..).zip(each).filter(|(_, time)| meant(*time)).map(|(n, _)| n).collect();
                if rule.by_position.len() == hours.len() * minutes.len() {
                    rule.by_position.clear();
                }
                rule.by_minute = minutes;
            }
            rule.by_hour = hours;
        }
        rule.frequency = frequency;
        rule.interval = interval;
        rule.by_day = days.iter().map(|weekday| NthWeekday { weekday: *weekday, nth: None }).collect();
        if rule.check().is_err() {
            return refuse(at, "a rule that is impossible");
        }
        Ok(rule)
    }

    /// The pattern of a rule, if it says no more than a pattern does.
    pub(super) fn of(rule: &Rule, start: NaiveTime, all_day: bool) -> Option<Self> {
        let unsaid = [&rule.by_second, &rule.by_month_day, &rule.by_year_day, &rule.by_week, &rule.by_month];
        if unsaid.iter().any(|part| !part.is_empty()) || rule.by_day.iter().any(|day| day.nth.is_some()) {
            return None;
        }
        let or_start = |part: &[i64], own: u32| if part.is_empty() { vec![i64::from(own)] } else { part.to_vec() };
        let (hours, minutes) = (or_start(&rule.by_hour, start.hour()), or_start(&rule.by_minute, start.minute()));
        let each = hours.iter().flat_map(|hour| minutes.iter().map(move |minute| (*hour, *minute)));
        let chosen = (1i64..).zip(each).filter(|(n, _)| rule.by_position.is_empty() || rule.by_position.contains(n));
        let times = chosen.map(|(_, (hour, minute))| {
            NaiveTime::from_hms_opt(u32::try_from(hour).ok()?, u32::try_from(minute).ok()?, start.second())
        });
        let times = if all_day { Vec::new() } else { times.collect::<Option<Vec<_>>>()? };
        let days = rule.by_day.iter().map(|day| day.weekday).collect();
        Some(Pattern { frequency: rule.frequency, interval: rule.interval, days, times })
    }

    /// How often it comes in a period.
    pub(super) fn often(&self) -> u64 {
        let days = if self.frequency == Frequency::Weekly { self.days.len().max(1) } else { 1 };
        (days as u64).saturating_mul(self.times.len().max(1) as u64)
    }
}
