//! From `Timing` to timings.

use chrono::{Datelike, Months, NaiveTime, TimeDelta, Timelike};

use super::super::super::Json;
use super::super::super::json::Object;
use super::super::super::map::at::{At, Notes};
use super::pattern::{DAYS, PARTS, Pattern, UNITS, named};
use super::write::{part_lasts, part_time};
use super::{Read, refuse};
use crate::engage::{ClockZone, DayTime, Frequency, Recurrence, Rule, Span, TimeOfDay, Timing, Until};
use crate::time::{CivilTime, Date, DatePrecision, Period, When};

/// Members of `repeat` that are read.
const KNOWN: [&str; 11] = [
    "boundsPeriod",
    "boundsDuration",
    "count",
    "duration",
    "durationUnit",
    "frequency",
    "period",
    "periodUnit",
    "dayOfWeek",
    "timeOfDay",
    "when",
];

/// Codes that say a whole timing (v3 `GTSAbbreviation`): unit, interval, part of the day.
const CODES: [(&str, (Frequency, u32, &str)); 6] = [
    ("QD", (Frequency::Daily, 1, "")),
    ("QOD", (Frequency::Daily, 2, "")),
    ("AM", (Frequency::Daily, 1, "MORN")),
    ("PM", (Frequency::Daily, 1, "AFT")),
    ("WK", (Frequency::Weekly, 1, "")),
    ("MO", (Frequency::Monthly, 1, "")),
];

/// Where a rule begins.
#[derive(Clone, Copy)]
enum Begin {
    Day(Date),
    At(CivilTime),
}

/// What `repeat` says beside its bounds.
struct Repeat {
    pattern: Option<Pattern>,
    lasts: Option<Span>,
    count: Option<u32>,
}

pub(super) fn plain(
    json: &Json<'_>,
    start: Option<Date>,
    at: &At<'_>,
    notes: &mut Notes,
) -> Read<(Timing, Option<Span>)> {
    let none = Json::Object(Object::new());
    check(json, &["repeat", "event", "code"], at)?;
    let repeat_at = at.member("repeat");
    let repeat = json.get("repeat").unwrap_or(&none);
    let said = repeat_of(repeat, json, &repeat_at, notes)?;
    let events = json.items("event");
    if !events.is_empty() {
        if repeat.object().is_some_and(|o| o.iter().any(|(name, _)| !name.starts_with("duration"))) {
            return refuse(&repeat_at, "both single times and times that repeat");
        }
        return Ok((Timing::Clock(single(events, &at.member("event"))?), said.lasts));
    }
    let bounds = repeat_at.member("boundsPeriod");
    let (begin, mut until) = match repeat.get("boundsPeriod") {
        Some(period) => (begin_of(period, &bounds)?, until_of(period, &bounds)?),
        None => (None, None),
    };
    let assumed = begin.is_none();
    let Some(begin) = begin.or(start.map(Begin::Day)) else {
        return refuse(at, "nothing says when it begins");
    };
    if let Some(duration) = repeat.get("boundsDuration") {
        until = Some(bound_by(duration, begin, until, &repeat_at.member("boundsDuration"))?);
    }
    let timing = match said.pattern {
        Some(pattern) => repeated(&pattern, begin, until, said.count, &repeat_at)?,
        None => return refuse(&repeat_at, "neither a period nor days nor times"),
    };
    if assumed {
        notes.add(at, "when it begins is not said: the day that was given is taken");
    }
    Ok((Timing::Clock(timing), said.lasts))
}

/// The rule of a `Timing` that does not begin anywhere, and when on its day it is due.
pub(in super::super) fn rule_only(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Read<(Rule, DayTime)> {
    check(json, &["repeat", "code"], at)?;
    let none = Json::Object(Object::new());
    let repeat_at = at.member("repeat");
    let repeat = json.get("repeat").unwrap_or(&none);
    if ["boundsPeriod", "boundsDuration"].iter().any(|name| repeat.get(name).is_some()) {
        return refuse(&repeat_at, "bounds of a timing that begins with the plan");
    }
    let said = repeat_of(repeat, json, &repeat_at, notes)?;
    let Some(pattern) = said.pattern else { return refuse(&repeat_at, "neither a period nor days nor times") };
    if pattern.frequency < Frequency::Daily {
        return refuse(&repeat_at, "hours without an instant to count from");
    }
    let rule = Rule { count: said.count, ..pattern.rule(&repeat_at)? };
    let time = day_time(&pattern.times, said.lasts);
    match time {
        Some(time) if rule.check().is_ok() => Ok((rule, time)),
        _ => refuse(&repeat_at, "a time of day that a template does not hold"),
    }
}

/// When on a day something is due that is due at these times, and lasts so long.
fn day_time(times: &[NaiveTime], lasts: Option<Span>) -> Option<DayTime> {
    let Some(first) = times.first() else { return lasts.is_none().then_some(DayTime::AllDay) };
    if let Some(lasts) = lasts {
        let part = PARTS.iter().find(|(_, part)| part_time(*part) == Some(*first) && part_lasts(*part) == lasts);
        return part.map(|(_, part)| DayTime::Part(*part));
    }
    let (hour, minute) = (u8::try_from(first.hour()).ok()?, u8::try_from(first.minute()).ok()?);
    (first.second() == 0).then_some(DayTime::At(TimeOfDay { hour, minute }))
}

fn check(json: &Json<'_>, known: &[&str], at: &At<'_>) -> Read<()> {
    let Some(object) = json.object() else { return refuse(at, "not an object") };
    match object.iter().find(|(name, _)| *name != "id" && !known.contains(name)) {
        Some((name, _)) => refuse(&at.member(name), "a part of a timing that cannot be read exactly"),
        None => Ok(()),
    }
}

fn whole(json: &Json<'_>, name: &str, at: &At<'_>) -> Read<Option<u32>> {
    let Some(value) = json.get(name) else { return Ok(None) };
    match value.number().and_then(|digits| digits.parse().ok()).filter(|n: &u32| *n > 0) {
        Some(n) => Ok(Some(n)),
        None => refuse(&at.member(name), "not a whole number from 1"),
    }
}

fn repeat_of(repeat: &Json<'_>, timing: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Read<Repeat> {
    check(repeat, &KNOWN, at)?;
    let days = codes(repeat, "dayOfWeek", &DAYS, at, "not a day of the week")?;
    let parts = codes(repeat, "when", &PARTS, at, "no part of the day: meals and waking are no times")?;
    let mut times = Vec::new();
    for (n, item) in repeat.items("timeOfDay").iter().enumerate() {
        let time = item.text().and_then(|text| NaiveTime::parse_from_str(text, "%H:%M:%S").ok());
        match time.filter(|time| time.nanosecond() == 0) {
            Some(time) => times.push(time),
            None => return refuse(&at.item("timeOfDay", n), "not a time of day to the second"),
        }
    }
    let mut lasts = duration(repeat, at)?;
    if let Some(first) = parts.first() {
        let each = part_lasts(*first);
        if lasts.is_some() || !times.is_empty() || parts.iter().any(|part| part_lasts(*part) != each) {
            return refuse(&at.member("when"), "parts of the day of different length, or beside other times");
        }
        lasts = Some(each);
        times = parts.iter().filter_map(|part| part_time(*part)).collect();
    }
    times.sort_unstable();
    if times.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        return refuse(&at.member("timeOfDay"), "a time of day that is given twice");
    }
    let count = whole(repeat, "count", at)?;
    let (frequency, period) = (whole(repeat, "frequency", at)?, whole(repeat, "period", at)?);
    let unit = repeat.get("periodUnit").map(|unit| unit.text().and_then(|unit| named(&UNITS, unit)));
    let pattern = match (period, unit) {
        (Some(interval), Some(Some(frequency))) => Some(Pattern { frequency, interval, days, times }),
        (None, None) if !days.is_empty() => Some(Pattern { frequency: Frequency::Weekly, interval: 1, days, times }),
        // A single time: see `repeated`.
        (None, None) if !times.is_empty() || count == Some(1) => {
            Some(Pattern { frequency: Frequency::Daily, interval: 1, days, times })
        }
        (None, None) if frequency.is_none() => match coded(timing)? {
            Some((frequency, interval, part)) => {
                let part = named(&PARTS, part);
                lasts = lasts.or(part.map(part_lasts));
                Some(Pattern { frequency, interval, days, times: part.and_then(part_time).into_iter().collect() })
            }
            None => None,
        },
        _ => return refuse(&at.member("period"), "a frequency, a period and its unit belong together"),
    };
    let by_code = period.is_none() && repeat.object().is_none_or(|o| o.is_empty());
    if timing.get("code").is_some() && !by_code {
        notes.add(&at.member("code"), "a code beside the timing that it stands for");
    }
    if let Some(pattern) = &pattern
        && u64::from(frequency.unwrap_or(1)) != pattern.often()
        && (frequency.is_some() || period.is_some())
    {
        return refuse(&at.member("frequency"), "it comes more or less often than there are days and times for it");
    }
    Ok(Repeat { pattern, lasts, count })
}

/// Codes of a list, none of them twice.
fn codes<T: Copy + PartialEq>(
    json: &Json<'_>,
    name: &str,
    known: &[(&str, T)],
    at: &At<'_>,
    reason: &'static str,
) -> Read<Vec<T>> {
    let mut found = Vec::new();
    for (n, item) in json.items(name).iter().enumerate() {
        match item.text().and_then(|code| named(known, code)).filter(|value| !found.contains(value)) {
            Some(value) => found.push(value),
            None => return refuse(&at.item(name, n), reason),
        }
    }
    Ok(found)
}

fn coded(timing: &Json<'_>) -> Read<Option<(Frequency, u32, &'static str)>> {
    let Some(code) = timing.get("code") else { return Ok(None) };
    let codes = code.items("coding").iter().filter_map(|coding| coding.text_of("code"));
    let known: Vec<_> = codes.filter_map(|code| named(&CODES, code)).collect();
    match known.first() {
        Some(known) => Ok(Some(*known)),
        None => refuse(&At::ROOT.member("code"), "a code that does not say at which times"),
    }
}

fn duration(repeat: &Json<'_>, at: &At<'_>) -> Read<Option<Span>> {
    let Some(value) = whole(repeat, "duration", at)? else { return Ok(None) };
    match repeat.text_of("durationUnit").and_then(|unit| span(i64::from(value), unit)) {
        Some(span) => Ok(Some(span)),
        None => refuse(&at.member("durationUnit"), "a duration in no unit from minutes to years"),
    }
}

/// A length in a unit of UCUM.
pub(in super::super) fn span(value: i64, unit: &str) -> Option<Span> {
    let none = Span::default();
    Some(match unit {
        "s" if value % 60 == 0 => Span { minutes: value / 60, ..none },
        "min" => Span { minutes: value, ..none },
        "h" => Span { hours: value, ..none },
        "d" => Span { days: value, ..none },
        "wk" => Span { weeks: value, ..none },
        "mo" => Span { months: value, ..none },
        "a" => Span { years: value, ..none },
        _ => return None,
    })
}

fn begin_of(period: &Json<'_>, at: &At<'_>) -> Read<Option<Begin>> {
    check(period, &["start", "end"], at)?;
    let Some(value) = period.get("start") else { return Ok(None) };
    match value.text().and_then(|text| text.parse::<When>().ok()) {
        Some(When::On(date)) if date.precision() == DatePrecision::Day => {
            Ok(Date::try_from(date.first_day()).ok().map(Begin::Day))
        }
        Some(When::At(instant)) if instant.nanosecond() == 0 => match CivilTime::try_from(instant.naive_utc()) {
            Ok(civil) => Ok(Some(Begin::At(civil))),
            Err(_) => refuse(&at.member("start"), "not a time of the years 1 to 9999"),
        },
        _ => refuse(&at.member("start"), "not a day or an instant to the second"),
    }
}

fn until_of(period: &Json<'_>, at: &At<'_>) -> Read<Option<Until>> {
    let Some(value) = period.get("end") else { return Ok(None) };
    match value.text().and_then(|text| text.parse::<When>().ok()) {
        // A period includes the whole of its last day, month or year.
        Some(When::On(date)) => Ok(Date::try_from(date.last_day()).ok().map(Until::Date)),
        Some(When::At(instant)) if instant.nanosecond() == 0 => Ok(Some(Until::Instant(instant.to_utc()))),
        _ => refuse(&at.member("end"), "not a date or an instant to the second"),
    }
}

/// The last day of so long from the start.
fn bound_by(duration: &Json<'_>, begin: Begin, until: Option<Until>, at: &At<'_>) -> Read<Until> {
    let value = duration.get("value").and_then(Json::number).and_then(|digits| digits.parse::<u32>().ok());
    let unit = duration.text_of("code").or_else(|| duration.text_of("unit"));
    let (Some(value), Some(unit), Begin::Day(day), None) = (value.filter(|v| *v > 0), unit, begin, until) else {
        return refuse(at, "not a whole number of days, weeks, months or years from a day");
    };
    let months = |each: u32| value.checked_mul(each).and_then(|n| day.naive().checked_add_months(Months::new(n)));
    let end = match unit {
        "d" => TimeDelta::try_days(value.into()).and_then(|days| day.naive().checked_add_signed(days)),
        "wk" => TimeDelta::try_weeks(value.into()).and_then(|weeks| day.naive().checked_add_signed(weeks)),
        "mo" => months(1),
        "a" => months(12),
        _ => None,
    };
    match end.and_then(|end| end.pred_opt()).and_then(|last| Date::try_from(last).ok()) {
        Some(last) => Ok(Until::Date(last)),
        None => refuse(at, "not a whole number of days, weeks, months or years from a day"),
    }
}

fn single(events: &[Json<'_>], at: &At<'_>) -> Read<Recurrence> {
    let mut times = Vec::with_capacity(events.len());
    let mut days = 0;
    for item in events {
        let civil = match item.text().and_then(|text| text.parse::<When>().ok()) {
            Some(When::On(date)) if date.precision() == DatePrecision::Day => {
                days += 1;
                Date::try_from(date.first_day()).map(|day| day.start())
            }
            Some(When::At(instant)) if instant.nanosecond() == 0 => CivilTime::try_from(instant.naive_utc()),
            _ => return refuse(at, "not a day or an instant to the second"),
        };
        match civil {
            Ok(civil) => times.push(civil),
            Err(_) => return refuse(at, "not a time of the years 1 to 9999"),
        }
    }
    let (zone, all_day) = match days {
        0 => (ClockZone::Utc, false),
        n if n == times.len() => (ClockZone::Floating, true),
        _ => return refuse(at, "days and instants in one list"),
    };
    match times.split_first() {
        Some((start, added)) => {
            Ok(Recurrence { all_day, added: added.to_vec(), ..Recurrence::new(*start, zone, None) })
        }
        None => refuse(at, "no times"),
    }
}

fn repeated(
    pattern: &Pattern,
    begin: Begin,
    until: Option<Until>,
    count: Option<u32>,
    at: &At<'_>,
) -> Read<Recurrence> {
    if pattern.frequency < Frequency::Daily {
        let Begin::At(start) = begin else { return refuse(at, "hours without an instant to count from") };
        if !pattern.days.is_empty() || !pattern.times.is_empty() || matches!(until, Some(Until::Date(_))) {
            return refuse(at, "hours that are counted from an instant, within days or times of day");
        }
        let rule = Rule { count, until, ..pattern.rule(at)? };
        return checked(Recurrence::new(start, ClockZone::Utc, Some(rule)), at);
    }
    let day = match begin {
        Begin::Day(day) => day,
        Begin::At(_) => return refuse(&at.member("boundsPeriod"), "an instant where a day is to be counted from"),
    };
    let first = pattern.times.first().copied();
    let Ok(start) = CivilTime::try_from(day.at(first.unwrap_or(NaiveTime::MIN))) else {
        return refuse(at, "not a time of the years 1 to 9999");
    };
    let once = count == Some(1) && pattern.times.len() <= 1 && pattern.days.is_empty();
    let rule = if once && until.is_none_or(|until| until == Until::Date(day)) {
        None
    } else if pattern.frequency == Frequency::Monthly && day.naive().day() > 28 {
        return refuse(at, "months from the 29th on: nothing says what is due where there is no such day");
    } else if pattern.frequency == Frequency::Yearly && (day.naive().month(), day.naive().day()) == (2, 29) {
        return refuse(at, "years from 29 February on: nothing says what is due where there is no such day");
    } else {
        Some(Rule { count, until, ..pattern.rule(at)? })
    };
    checked(Recurrence { all_day: first.is_none(), ..Recurrence::new(start, ClockZone::Floating, rule) }, at)
}

fn checked(recurrence: Recurrence, at: &At<'_>) -> Read<Recurrence> {
    if recurrence.rule.as_ref().is_some_and(|rule| rule.check().is_err()) {
        return refuse(at, "a rule that is impossible");
    }
    Ok(recurrence)
}

/// A single time that lasts as long as a period: whole days, or from one instant to another.
pub(in super::super) fn stretch(period: &Period) -> Option<(Timing, Option<Span>)> {
    let day = |date: crate::time::PartialDate| {
        (date.precision() == DatePrecision::Day).then(|| Date::try_from(date.first_day()).ok()).flatten()
    };
    match (period.start?, period.end?) {
        (When::On(start), When::On(end)) => {
            let (start, end) = (day(start)?, day(end)?);
            let days = (end.naive() - start.naive()).num_days() + 1;
            let lasts = (days > 1).then_some(Span { days, ..Span::default() });
            (days > 0).then(|| (Timing::Clock(Recurrence::of_days(start, ClockZone::Floating, None)), lasts))
        }
        (When::At(start), When::At(end)) => {
            let (length, begin) = (end - start, CivilTime::try_from(start.naive_utc()).ok()?);
            let exact = length.num_seconds() >= 0 && length == TimeDelta::minutes(length.num_minutes());
            let lasts = (!length.is_zero()).then_some(Span { minutes: length.num_minutes(), ..Span::default() });
            let whole = exact && start.nanosecond() == 0;
            whole.then(|| (Timing::Clock(Recurrence::new(begin, ClockZone::Utc, None)), lasts))
        }
        _ => None,
    }
}
