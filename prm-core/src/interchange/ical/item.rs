//! Events and things to do, read from their components.

use super::clock::{self, Clocks};
use super::tree::{Component, Placed};
use super::values::{self, Moment};
use super::words::{
    AddedPeriod, Alarm, AlarmTrigger, Attached, FeedItem, FeedKind, FeedTime, RawParameter, RawProperty, Refused,
};
use super::{EPOCH_STAMP, NAMELESS};
use crate::engage::{ClockZone, Recurrence, Rule, Span};
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Instant};

/// Most times added to a recurrence or excluded from it.
const MOST_TIMES: usize = 10_000;

/// Properties that may stand once: which of two is meant would be a guess, and the guess would be a time.
const ONCE: [&str; 9] = ["UID", "RECURRENCE-ID", "DTSTART", "DTEND", "DUE", "DURATION", "RRULE", "STATUS", "COMPLETED"];

/// An event or something to do, and the alarms of it that could not be read.
pub(super) fn item(component: &Component, clocks: &mut Clocks<'_>) -> Result<(FeedItem, Vec<Refused>), Refused> {
    if let Some(flaw) = component.flaws.first() {
        return Err(flaw.clone());
    }
    for name in ONCE {
        component.one(name)?;
    }
    let kind = if component.name == "VTODO" { FeedKind::Task } else { FeedKind::Event };
    let mut item = FeedItem { kind, ..FeedItem::default() };
    start(&mut item, component, clocks)?;
    for placed in &component.properties {
        property(&mut item, placed, clocks)?;
    }
    // Properties are written in an order of our own, so what is attached to them has one too.
    item.attached.sort_by(|a, b| a.property.cmp(&b.property));
    settle(&mut item, component.line, clocks)?;
    let mut refused = Vec::new();
    for part in &component.components {
        if let Some(flaw) = part.flaw() {
            refused.push(flaw.clone());
        } else if part.name != "VALARM" || !part.components.is_empty() {
            item.kept.push(part.kept());
        } else {
            match alarm(part) {
                Ok(Some(alarm)) => item.alarms.push(alarm),
                Ok(None) => item.kept.push(part.kept()),
                Err(flaw) => refused.push(flaw),
            }
        }
    }
    Ok((item, refused))
}

/// The start, which other times are read by.
fn start(item: &mut FeedItem, component: &Component, clocks: &mut Clocks<'_>) -> Result<(), Refused> {
    let Some(placed) = component.one("DTSTART")? else { return Ok(()) };
    let start = time(placed, clocks)?;
    item.recurrence = Some(Recurrence { all_day: start.all_day, ..Recurrence::new(start.civil, start.zone, None) });
    Ok(())
}

fn property(item: &mut FeedItem, placed: &Placed, clocks: &mut Clocks<'_>) -> Result<(), Refused> {
    let raw = &placed.property;
    let value = raw.value.expose();
    let wrong = |reason: &str| Refused::new(placed.line, reason);
    let taken = match (raw.name.as_str(), item.kind) {
        ("UID", _) => {
            let uid = values::unescaped(value);
            item.uid = Some(uid).filter(|uid| !uid.is_empty() && !uid.starts_with(NAMELESS)).map(Sensitive::from);
            true
        }
        ("RECURRENCE-ID", _) => {
            item.instance = Some(time(placed, clocks)?);
            item.from_here_on = match parameter(raw, "RANGE") {
                None => false,
                Some(range) if range.eq_ignore_ascii_case("THISANDFUTURE") => true,
                Some(_) => return Err(wrong("a change of instances other than one, or all from one on")),
            };
            true
        }
        ("DTSTART", _) => true,
        ("DTEND", FeedKind::Event) | ("DUE", FeedKind::Task) => {
            item.ends = Some(time(placed, clocks)?);
            true
        }
        ("DURATION", _) => match values::duration(value).map_err(wrong)? {
            Some(span) if values::duration_text(&span).is_some_and(|text| text.starts_with('-')) => {
                return Err(wrong("it lasts less than no time"));
            }
            Some(span) => {
                item.lasts = Some(span);
                true
            }
            None => false,
        },
        ("RRULE", _) => match &mut item.recurrence {
            Some(recurrence) => {
                recurrence.rule = Some(rule(value).map_err(|reason| Refused::new(placed.line, reason))?);
                true
            }
            None => false,
        },
        ("EXRULE", _) => return Err(wrong("a rule that excludes times is not read: RFC 5545 has done away with it")),
        ("RDATE" | "EXDATE", _) if item.recurrence.is_some() => {
            times(item, placed, clocks)?;
            true
        }
        ("SEQUENCE", _) => once(&mut item.sequence, value.trim().parse().ok()),
        ("DTSTAMP", _) if value.trim() == EPOCH_STAMP && item.stamp.is_none() => true,
        ("DTSTAMP", _) => once(&mut item.stamp, utc(value)),
        ("COMPLETED", FeedKind::Task) => once(&mut item.completed, utc(value)),
        ("PERCENT-COMPLETE", FeedKind::Task) => {
            once(&mut item.percent, value.trim().parse().ok().filter(|percent| *percent <= 100))
        }
        ("SUMMARY", _) => once(&mut item.summary, Some(Sensitive::new(values::unescaped(value)))),
        ("DESCRIPTION", _) => once(&mut item.description, Some(Sensitive::new(values::unescaped(value)))),
        ("LOCATION", _) => once(&mut item.location, Some(Sensitive::new(values::unescaped(value)))),
        ("STATUS", _) => once(&mut item.status, token(value)),
        ("CATEGORIES", _) if raw.parameters.is_empty() => {
            item.categories.extend(values::texts(value).into_iter().map(Sensitive::new));
            true
        }
        _ => false,
    };
    if taken {
        attach(&mut item.attached, raw)
    } else {
        item.extra.push(raw.clone())
    }
    Ok(())
}

/// Checks what no property alone can say.
fn settle(item: &mut FeedItem, line: u32, clocks: &Clocks<'_>) -> Result<(), Refused> {
    if item.ends.is_some() && item.lasts.is_some() {
        return Err(Refused::new(line, "it states both an end and a length"));
    }
    let Some(recurrence) = &mut item.recurrence else { return Ok(()) };
    for times in [&mut recurrence.added, &mut recurrence.excluded] {
        times.sort_unstable();
        times.dedup();
        if times.len() > MOST_TIMES {
            return Err(Refused::new(line, "more than 10,000 times are added or excluded"));
        }
    }
    if let Some(rule) = &mut recurrence.rule {
        let until = rule.until.map(|until| clock::until(clocks.zones(), until, &recurrence.zone, recurrence.all_day));
        rule.until = until;
    }
    item.periods.sort_unstable_by_key(|period| (period.starts, period.ends));
    item.periods.dedup();
    if item.periods.len() > MOST_TIMES {
        return Err(Refused::new(line, "more than 10,000 times are added or excluded"));
    }
    if let Some(ends) = &item.ends {
        let zones = clocks.zones();
        let starts = clock::instant(zones, recurrence.start, &recurrence.zone);
        let floating = recurrence.zone == ClockZone::Floating || ends.zone == ClockZone::Floating;
        let before = if floating {
            ends.civil.date() < recurrence.start.date()
                || (!ends.all_day && !recurrence.all_day && ends.civil < recurrence.start)
        } else {
            clock::instant(zones, ends.civil, &ends.zone) < starts
        };
        if before {
            return Err(Refused::new(line, "it ends before it starts"));
        }
    }
    Ok(())
}

/// Takes a value into an empty field; otherwise the property is kept as it came.
fn once<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    let takes = field.is_none() && value.is_some();
    if takes {
        *field = value;
    }
    takes
}

fn rule(value: &str) -> Result<Rule, String> {
    // Exchange puts blanks into lists, and others a semicolon at the end.
    let text: String = value.chars().filter(|c| *c != ' ').collect();
    super::rule_of(text.trim_end_matches(';'))
}

/// Times added or excluded.
fn times(item: &mut FeedItem, placed: &Placed, clocks: &mut Clocks<'_>) -> Result<(), Refused> {
    let wrong = |reason: &str| Refused::new(placed.line, reason);
    let raw = &placed.property;
    let adds = raw.name == "RDATE";
    if parameter(raw, "VALUE").is_some_and(|value| value.eq_ignore_ascii_case("TIME")) {
        return Err(wrong("a time of day without a day"));
    }
    let zone = zone(placed, clocks)?;
    let Some(recurrence) = &mut item.recurrence else { return Ok(()) };
    let zones = clocks.zones();
    let on_clock = |text: &str| -> Result<(FeedTime, CivilTime), Refused> {
        let time = placed_on(text, &zone).ok_or_else(|| wrong("a time is written like 20260307T080000"))?;
        let stamp = clock::on_clock(zones, &time, recurrence).ok_or_else(|| wrong("a time is out of range"))?;
        Ok((time, stamp.civil))
    };
    let mut found = Vec::new();
    for text in raw.value.expose().split(',') {
        let Some((starts, ends)) = text.split_once('/').filter(|_| adds) else {
            found.push(on_clock(text)?.1);
            continue;
        };
        let (time, starts) = on_clock(starts)?;
        if time.all_day || recurrence.all_day {
            return Err(wrong("a period is made of times, not of days"));
        }
        let ends = if ends.trim().starts_with(['P', '+']) {
            let span = values::duration(ends).map_err(wrong)?.ok_or_else(|| wrong("a period of odd seconds"))?;
            let length = seconds(&span).and_then(chrono::TimeDelta::try_seconds);
            let at = clock::instant(zones, starts, &recurrence.zone);
            let end = at.zip(length).and_then(|(at, length)| at.checked_add_signed(length));
            end.and_then(|end| clock::stamp(zones, end, &recurrence.zone)).map(|stamp| stamp.civil)
        } else {
            let (time, ends) = on_clock(ends)?;
            Some(ends).filter(|_| !time.all_day)
        };
        let ends = ends.ok_or_else(|| wrong("a period that has no end"))?;
        found.push(starts);
        item.periods.push(AddedPeriod { starts, ends });
    }
    if adds {
        recurrence.added.extend(found)
    } else {
        recurrence.excluded.extend(found)
    }
    Ok(())
}

/// The length of a span without calendar parts but days, each of 24 hours.
pub(super) fn seconds(span: &Span) -> Option<i64> {
    if span.years != 0 || span.months != 0 || span.business_days != 0 {
        return None;
    }
    let parts = [(span.weeks, 604_800), (span.days, 86_400), (span.hours, 3_600), (span.minutes, 60)];
    parts.iter().try_fold(0i64, |sum, (number, size)| sum.checked_add(number.checked_mul(*size)?))
}

fn time(placed: &Placed, clocks: &mut Clocks<'_>) -> Result<FeedTime, Refused> {
    let zone = zone(placed, clocks)?;
    placed_on(placed.property.value.expose(), &zone).ok_or_else(|| {
        Refused::new(placed.line, "a time is written like 20260307, 20260307T080000 or 20260307T080000Z")
    })
}

fn zone(placed: &Placed, clocks: &mut Clocks<'_>) -> Result<ClockZone, Refused> {
    let Some(id) = parameter(&placed.property, "TZID") else { return Ok(ClockZone::Floating) };
    let unknown = "a zone that is not in the IANA database, and not one of whole hours that never changes";
    clocks.name(id).map(ClockZone::Zone).ok_or_else(|| Refused::new(placed.line, unknown))
}

fn placed_on(text: &str, zone: &ClockZone) -> Option<FeedTime> {
    Some(match values::moment(text)? {
        Moment::Date(date) => FeedTime { civil: date.start(), zone: ClockZone::Floating, all_day: true },
        Moment::Local(civil) => FeedTime { civil, zone: zone.clone(), all_day: false },
        Moment::Utc(civil) => FeedTime { civil, zone: ClockZone::Utc, all_day: false },
    })
}

fn utc(value: &str) -> Option<Instant> {
    match values::moment(value)? {
        Moment::Utc(civil) => Some(civil.naive().and_utc()),
        _ => None,
    }
}

fn token(value: &str) -> Option<String> {
    let value = value.trim();
    Some(value.to_owned()).filter(|value| super::lines::is_name(value))
}

fn parameter<'p>(raw: &'p RawProperty, name: &str) -> Option<&'p str> {
    let found = raw.parameters.iter().find(|parameter| parameter.name == name)?;
    found.values.first().map(|value| value.expose().as_str())
}

/// Parameters that fields stand for, by the property.
fn understood(property: &str, parameter: &RawParameter) -> bool {
    match property {
        "DTSTART" | "DTEND" | "DUE" | "RECURRENCE-ID" | "RDATE" | "EXDATE" => {
            matches!(parameter.name.as_str(), "VALUE" | "TZID" | "RANGE")
        }
        "TRIGGER" => matches!(parameter.name.as_str(), "VALUE" | "RELATED"),
        _ => false,
    }
}

/// Keeps the parameters of a property that no field stands for; those of several lines of one name together.
fn attach(attached: &mut Vec<Attached>, raw: &RawProperty) {
    let rest: Vec<_> = raw.parameters.iter().filter(|parameter| !understood(&raw.name, parameter)).cloned().collect();
    if rest.is_empty() {
        return;
    }
    match attached.iter_mut().find(|of| of.property == raw.name) {
        Some(of) => {
            for parameter in rest {
                if !of.parameters.contains(&parameter) {
                    of.parameters.push(parameter);
                }
            }
        }
        None => attached.push(Attached { property: raw.name.clone(), parameters: rest }),
    }
}

/// An alarm; none if fields cannot say it.
fn alarm(component: &Component) -> Result<Option<Alarm>, Refused> {
    let missing = |what: &str| Refused::new(component.line, what);
    let trigger = component.one("TRIGGER")?.ok_or_else(|| missing("an alarm without a trigger"))?;
    let action = component.one("ACTION")?.ok_or_else(|| missing("an alarm without an action"))?;
    let Some(action) = token(action.property.value.expose()) else {
        return Err(missing("the action of an alarm is one word"));
    };
    let value = trigger.property.value.expose().trim();
    let trigger = match values::moment(value) {
        Some(Moment::Utc(civil)) => AlarmTrigger::At(civil.naive().and_utc()),
        Some(_) => return Ok(None),
        None => {
            let span = values::duration(value).map_err(|reason| Refused::new(trigger.line, reason))?;
            let Some(span) = span.map(|span| span.negated()) else { return Ok(None) };
            match parameter(&trigger.property, "RELATED") {
                Some(end) if end.eq_ignore_ascii_case("END") => AlarmTrigger::BeforeEnd(span),
                _ => AlarmTrigger::BeforeStart(span),
            }
        }
    };
    let mut alarm = Alarm { trigger, action, description: None, attached: Vec::new(), extra: Vec::new() };
    for Placed { property, .. } in &component.properties {
        let taken = match property.name.as_str() {
            "TRIGGER" | "ACTION" => true,
            "DESCRIPTION" => {
                once(&mut alarm.description, Some(Sensitive::new(values::unescaped(property.value.expose()))))
            }
            _ => false,
        };
        if taken { attach(&mut alarm.attached, property) } else { alarm.extra.push(property.clone()) }
    }
    alarm.attached.sort_by(|a, b| a.property.cmp(&b.property));
    Ok(Some(alarm))
}
