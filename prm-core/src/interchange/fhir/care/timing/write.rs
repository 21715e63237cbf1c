//! From timings to `Timing`.

use chrono::NaiveTime;

use super::super::super::Json;
use super::super::super::export::build::{Build, number};
use super::pattern::{DAYS, PARTS, Pattern, UNITS, name_of};
use crate::engage::{ClockZone, DayPart, DayTime, Frequency, Recurrence, Rule, Span, Timing, Until};
use crate::time::{CivilTime, When};

/// As much of a timing as `Timing` can say, and nothing that is not true of it.
pub(super) fn plain(timing: &Timing, lasts: Option<Span>) -> Json<'static> {
    match timing {
        Timing::Clock(recurrence) => clock(recurrence, lasts),
        Timing::Event(_) | Timing::AsNeeded(_) => {
            Build::default().put("repeat", duration(Build::default(), lasts).done()).done()
        }
    }
}

fn clock(recurrence: &Recurrence, lasts: Option<Span>) -> Json<'static> {
    let Recurrence { start, zone, all_day, rule, added, excluded, overrides, .. } = recurrence;
    let whole = excluded.is_empty() && overrides.is_empty();
    let Some(rule) = rule else {
        let build = match (zone, all_day) {
            _ if !whole => Build::default(),
            (ClockZone::Floating, false) if added.is_empty() => {
                let day = Json::from(start.date().to_string());
                let bounds = Build::default().put("start", day.clone()).put("end", day).done();
                let repeat = duration(Build::default().put("boundsPeriod", bounds).put("count", number("1")), None);
                return Build::default().put("repeat", times(repeat, &[start.naive().time()], lasts).done()).done();
            }
            (ClockZone::Floating, true) => events(start, added, |at| at.date().to_string()),
            (ClockZone::Utc, false) => events(start, added, instant),
            _ => Build::default(),
        };
        return build.put("repeat", duration(Build::default(), lasts).done()).done();
    };
    let by_clock = *zone == ClockZone::Utc && rule.frequency < Frequency::Daily && !all_day;
    let pattern = Pattern::of(rule, start.naive().time(), *all_day).filter(|_| whole && added.is_empty());
    let pattern = pattern.filter(|_| by_clock || *zone == ClockZone::Floating && rule.frequency >= Frequency::Daily);
    let begins = if by_clock { instant(start) } else { start.date().to_string() };
    let ends = rule.until.map(|until| match until {
        Until::Date(day) => day.to_string(),
        Until::Civil(at) => at.date().to_string(),
        Until::Instant(at) => When::from(at).to_string(),
    });
    let bounds = Build::default().put("start", Json::from(begins)).text("end", ends.as_deref()).done();
    let count = rule.count.map(|count| number(count.to_string()));
    let repeat = Build::default().put("boundsPeriod", bounds).put("count", count);
    match pattern {
        Some(pattern) => Build::default().put("repeat", of_pattern(repeat, &pattern, lasts, by_clock).done()).done(),
        None => {
            let code = Build::default().text("text", Some(&rule.to_string())).done();
            Build::default().put("repeat", duration(repeat, lasts).done()).put("code", code).done()
        }
    }
}

/// The `Timing` of a rule whose start is not known yet; none if it cannot say all of it.
pub(in super::super) fn of_rule(rule: &Rule, at: DayTime) -> Option<Json<'static>> {
    let (time, all_day, lasts) = match at {
        DayTime::AllDay => (NaiveTime::MIN, true, None),
        DayTime::At(time) => (NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0)?, false, None),
        DayTime::Part(part) => (part_time(part)?, false, Some(part_lasts(part))),
    };
    let pattern = Pattern::of(rule, time, all_day).filter(|pattern| pattern.frequency >= Frequency::Daily)?;
    if rule.until.is_some() {
        return None;
    }
    let repeat = Build::default().put("count", rule.count.map(|count| number(count.to_string())));
    Some(Build::default().put("repeat", of_pattern(repeat, &pattern, lasts, false).done()).done())
}

fn of_pattern(repeat: Build, pattern: &Pattern, lasts: Option<Span>, by_clock: bool) -> Build {
    let days = pattern.days.iter().filter_map(|day| name_of(&DAYS, *day)).map(Json::from).collect();
    let repeat = repeat
        .put("frequency", number(pattern.often().to_string()))
        .put("period", number(pattern.interval.to_string()))
        .text("periodUnit", name_of(&UNITS, pattern.frequency))
        .put("dayOfWeek", Json::List(days));
    if by_clock { duration(repeat, lasts) } else { times(repeat, &pattern.times, lasts) }
}

/// Times of the day; as parts of the day if they begin with them and last as long.
fn times(repeat: Build, times: &[NaiveTime], lasts: Option<Span>) -> Build {
    let part = |time: &NaiveTime| {
        let found = PARTS.iter().find(|(_, part)| part_time(*part) == Some(*time));
        found.filter(|(_, part)| lasts == Some(part_lasts(*part))).map(|(name, _)| Json::from(*name))
    };
    let parts: Option<Vec<Json<'static>>> = times.iter().map(part).collect();
    match parts.filter(|parts| !parts.is_empty()) {
        Some(parts) => repeat.put("when", Json::List(parts)),
        None => {
            let texts = times.iter().map(|time| Json::from(time.format("%H:%M:%S").to_string())).collect();
            duration(repeat, lasts).put("timeOfDay", Json::List(texts))
        }
    }
}

pub(super) fn part_time(part: DayPart) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(part.starts().hour.into(), 0, 0)
}

pub(super) fn part_lasts(part: DayPart) -> Span {
    Span { hours: part.hours().1, ..Span::default() }
}

fn duration(repeat: Build, lasts: Option<Span>) -> Build {
    match lasts.as_ref().and_then(span_of) {
        Some((value, unit)) => repeat.put("duration", number(value.to_string())).text("durationUnit", Some(unit)),
        None => repeat,
    }
}

/// A span of one part, with its unit of UCUM.
pub(in super::super) fn span_of(span: &Span) -> Option<(i64, &'static str)> {
    let Span { years, months, weeks, days, business_days, hours, minutes } = *span;
    let parts = [(years, "a"), (months, "mo"), (weeks, "wk"), (days, "d"), (hours, "h"), (minutes, "min")];
    let mut said = parts.into_iter().filter(|(value, _)| *value != 0);
    match (said.next(), said.next(), business_days) {
        (Some((value, unit)), None, 0) if value > 0 => Some((value, unit)),
        _ => None,
    }
}

fn events(start: &CivilTime, added: &[CivilTime], text: fn(&CivilTime) -> String) -> Build {
    let all = std::iter::once(start).chain(added).map(|at| Json::from(text(at))).collect();
    Build::default().put("event", Json::List(all))
}

fn instant(at: &CivilTime) -> String {
    format!("{at}Z")
}
