//! Rules as text: `FREQ=WEEKLY;BYDAY=MO,TH` (RFC 5545 §3.3.10).

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};

use super::words::{Frequency, NthWeekday, Rule, Until, Weekday};
use crate::error::{Error, Result};
use crate::time::{CivilTime, Date};

/// The longest text of a rule: far more than one that repeats nothing.
const LONGEST: usize = 20_000;

pub(super) const FREQUENCIES: [(&str, Frequency); 7] = [
    ("SECONDLY", Frequency::Secondly),
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

fn named<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    names.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, value)| *value)
}

fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| *name)
}

fn wrong(what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::invalid("rule", what)
}

/// Digits only, as many as no number of a rule has more of.
fn unsigned(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// At most three digits, perhaps with a sign.
fn signed(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.len() > 3 { None } else { unsigned(digits).map(|number| sign * i64::from(number)) }
}

fn list(name: &'static str, text: &str) -> Result<Vec<i64>> {
    text.split(',')
        .map(|item| signed(item).ok_or_else(|| wrong(format!("{name} is a list of numbers with commas between"))))
        .collect()
}

fn weekday(text: &str) -> Result<NthWeekday> {
    let parts = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at));
    let day = parts.and_then(|(nth, day)| {
        let weekday = named(&WEEKDAYS, day)?;
        if nth.is_empty() {
            Some(NthWeekday { weekday, nth: None })
        } else {
            Some(NthWeekday { weekday, nth: Some(signed(nth)?) })
        }
    });
    day.ok_or_else(|| wrong("BYDAY is a list of days such as MO, 1MO or -1FR"))
}

/// A date, a civil time or an instant as iCalendar writes them: `20260307`, `20260307T080000`, `20260307T080000Z`.
pub(super) fn moment(text: &str) -> Option<Until> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z');
    if !plain {
        return None;
    }
    if text.len() == 8 {
        let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
        return Date::try_from(day).ok().map(Until::Date);
    }
    let (time, utc) = match text.strip_suffix('Z') {
        Some(time) => (time, true),
        None => (text, false),
    };
    if time.len() != 15 {
        return None;
    }
    let naive = NaiveDateTime::parse_from_str(time, "%Y%m%dT%H%M%S").ok()?;
    let civil = CivilTime::try_from(naive).ok()?;
    // chrono reads a sixtieth second as the fifty-ninth and more.
    if civil.naive() != naive {
        return None;
    }
    Some(if utc { Until::Instant(naive.and_utc()) } else { Until::Civil(civil) })
}

pub(super) fn date_text(date: Date) -> String {
    date.to_string().replace('-', "")
}

pub(super) fn civil_text(at: CivilTime) -> String {
    at.to_string().replace(['-', ':'], "")
}

impl FromStr for Rule {
    type Err = Error;

    /// Reads `FREQ=WEEKLY;BYDAY=MO,TH`, with or without `RRULE:` in front. Names may be in any case and any order.
    fn from_str(text: &str) -> Result<Rule> {
        if text.len() > LONGEST {
            return Err(wrong("a rule has at most 20000 characters"));
        }
        let text = text.trim();
        let text = match text.split_at_checked(6) {
            Some((name, rest)) if name.eq_ignore_ascii_case("RRULE:") => rest,
            _ => text,
        };
        let mut frequency = None;
        let mut rule = Rule::every(Frequency::Daily);
        let mut seen: Vec<&'static str> = Vec::new();
        for part in text.split(';') {
            let (name, value) =
                part.split_once('=').ok_or_else(|| wrong("the parts of a rule are written NAME=VALUE"))?;
            let name = PARTS.iter().find(|known| known.eq_ignore_ascii_case(name)).copied();
            let name = name.ok_or_else(|| wrong("a rule has a part that RFC 5545 does not know"))?;
            if seen.contains(&name) {
                return Err(wrong(format!("{name} stands in the rule twice")));
            }
            seen.push(name);
            match name {
                "FREQ" => {
                    let known = named(&FREQUENCIES, value);
                    frequency = Some(known.ok_or_else(|| wrong("FREQ is one of SECONDLY to YEARLY"))?);
                }
                "INTERVAL" => rule.interval = unsigned(value).ok_or_else(|| wrong("INTERVAL is a number from 1"))?,
                "COUNT" => rule.count = Some(unsigned(value).ok_or_else(|| wrong("COUNT is a number from 1"))?),
                "UNTIL" => {
                    let until = moment(value);
                    rule.until = Some(until.ok_or_else(|| wrong("UNTIL is written 20260307 or 20260307T080000Z"))?);
                }
                "BYSECOND" => rule.by_second = list(name, value)?,
                "BYMINUTE" => rule.by_minute = list(name, value)?,
                "BYHOUR" => rule.by_hour = list(name, value)?,
                "BYDAY" => rule.by_day = value.split(',').map(weekday).collect::<Result<_>>()?,
                "BYMONTHDAY" => rule.by_month_day = list(name, value)?,
                "BYYEARDAY" => rule.by_year_day = list(name, value)?,
                "BYWEEKNO" => rule.by_week = list(name, value)?,
                "BYMONTH" => rule.by_month = list(name, value)?,
                "BYSETPOS" => rule.by_position = list(name, value)?,
                _ => {
                    rule.week_start = named(&WEEKDAYS, value).ok_or_else(|| wrong("WKST is a day such as MO"))?;
                }
            }
        }
        rule.frequency = frequency.ok_or_else(|| wrong("a rule needs FREQ"))?;
        rule.check()?;
        Ok(rule)
    }
}

const PARTS: [&str; 14] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

impl fmt::Display for Rule {
    /// The text of RFC 5545, without `RRULE:`; parts that say nothing are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", name_of(&FREQUENCIES, self.frequency))?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        if let Some(count) = self.count {
            write!(f, ";COUNT={count}")?;
        }
        match self.until {
            None => {}
            Some(Until::Date(day)) => write!(f, ";UNTIL={}", date_text(day))?,
            Some(Until::Civil(at)) => write!(f, ";UNTIL={}", civil_text(at))?,
            Some(Until::Instant(at)) => write!(f, ";UNTIL={}", at.format("%Y%m%dT%H%M%SZ"))?,
        }
        let numbers = [
            ("BYMONTH", &self.by_month),
            ("BYWEEKNO", &self.by_week),
            ("BYYEARDAY", &self.by_year_day),
            ("BYMONTHDAY", &self.by_month_day),
        ];
        for (name, values) in numbers {
            write_list(f, name, values)?;
        }
        for (i, day) in self.by_day.iter().enumerate() {
            f.write_str(if i == 0 { ";BYDAY=" } else { "," })?;
            if let Some(nth) = day.nth {
                write!(f, "{nth}")?;
            }
            f.write_str(name_of(&WEEKDAYS, day.weekday))?;
        }
        let numbers = [
            ("BYHOUR", &self.by_hour),
            ("BYMINUTE", &self.by_minute),
            ("BYSECOND", &self.by_second),
            ("BYSETPOS", &self.by_position),
        ];
        for (name, values) in numbers {
            write_list(f, name, values)?;
        }
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", name_of(&WEEKDAYS, self.week_start))?;
        }
        Ok(())
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, name: &str, values: &[i64]) -> fmt::Result {
    for (i, value) in values.iter().enumerate() {
        if i == 0 {
            write!(f, ";{name}=")?;
        } else {
            f.write_str(",")?;
        }
        write!(f, "{value}")?;
    }
    Ok(())
}
