//! What is asked of schedules, outcomes, pauses and calendars of holidays. Pure; called when a command is decided.

use chrono::TimeDelta;

use super::recur::Frequency;
use super::{
    Anchor, CarePause, EventTiming, Expiry, Occurrence, Outcome, OutcomeStatus, Phase, Schedule, Span, Timing, Window,
};
use crate::chart::EntryValue;
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::time::{Instant, When, Zones};
use crate::value::Concept;

/// Characters of a title.
const TITLE: usize = 200;
/// Bytes of a remark.
const NOTE: usize = 20_000;
/// Steps of one event, stretches of one schedule, values of one outcome.
const MANY: usize = 500;
/// Prerequisites.
const FEW: usize = 20;
/// Reminders of one schedule.
const REMINDERS: usize = 10;
/// How far the clock of a device may run ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// Years that one part of a span may reach.
const FAR: i64 = 200;

/// The schedule as it is to be stored.
///
/// # Errors
/// `Invalid` with the path of the field that is impossible.
pub(crate) fn schedule(mut schedule: Schedule, zones: &Zones) -> Result<Schedule> {
    // Blanks around it count: they are stored too, and what stands on lists is short.
    if schedule.title.trim().is_empty() || schedule.title.chars().count() > TITLE {
        return Err(Error::invalid("title", "a title has 1 to 200 characters"));
    }
    zones.offset_at(&schedule.zone, Instant::UNIX_EPOCH).map_err(|e| e.within(format_args!("schedule")))?;
    if schedule.phases.is_empty() || schedule.phases.len() > MANY {
        return Err(Error::invalid("phases", "a schedule has 1 to 500 stretches"));
    }
    let from: Vec<_> = schedule.phases.iter().map(|phase| phase.from).collect();
    if from.first().is_some_and(Option::is_some) {
        return Err(Error::invalid("phases[0].from", "the first stretch has no beginning of its own"));
    }
    if from.iter().skip(1).any(Option::is_none) || !from.is_sorted_by(|a, b| a < b) {
        return Err(Error::invalid("phases", "each stretch begins after the one before it"));
    }
    for (n, phase) in schedule.phases.iter_mut().enumerate() {
        let zone = schedule.zone.as_str();
        timing(&mut phase.timing, zone, zones).map_err(|e| e.within(format_args!("phases[{n}].timing")))?;
        window(&phase.window).map_err(|e| e.within(format_args!("phases[{n}].window")))?;
        density(phase, zone, zones).map_err(|e| e.within(format_args!("phases[{n}]")))?;
    }
    if schedule.prerequisites.len() > FEW {
        return Err(Error::invalid("prerequisites", "a schedule has 20 prerequisites at most"));
    }
    if schedule.reminders.len() > REMINDERS {
        return Err(Error::invalid("reminders", "a schedule has 10 reminders at most"));
    }
    for (n, lead) in schedule.reminders.iter().enumerate() {
        span(lead, false).map_err(|e| e.within(format_args!("reminders[{n}]")))?;
    }
    if schedule.measures.len() > MANY || schedule.labels.len() > MANY {
        return Err(Error::invalid("measures", "a schedule has 500 measures and labels at most"));
    }
    for (n, measure) in schedule.measures.iter().enumerate() {
        if measure.code.label().is_none() {
            return Err(Error::invalid(format!("measures[{n}].code"), "a measure says what is measured"));
        }
    }
    for role in [&schedule.role, &schedule.activity].into_iter().flatten() {
        if role.trim().is_empty() || role.len() > TITLE {
            return Err(Error::invalid("role", "roles and activities have 1 to 200 bytes"));
        }
    }
    Ok(schedule)
}

fn timing(timing: &mut Timing, zone: &str, zones: &Zones) -> Result<()> {
    match timing {
        Timing::Clock(recurrence) => {
            *recurrence = recurrence.clone().checked(zones)?;
            recurrence.compile(zones, zone).map(|_| ())
        }
        Timing::Event(event) => event_timing(event),
        Timing::AsNeeded(needed) => {
            for part in [&needed.minimum_interval, &needed.period].into_iter().flatten() {
                span(part, false)?;
            }
            match needed.most {
                Some(0) => Err(Error::invalid("most", "something that may never be done is no schedule")),
                _ => Ok(()),
            }
        }
    }
}

/// Times of a schedule within a day.
const A_DAY: usize = 1_440;
/// Occurrences of a schedule that may be done at once.
const AT_ONCE: usize = 10_000;

/// A list shows everything that is due and may still be done. What comes to more times than anybody could do keeps it from
/// being shown, so it is no schedule.
fn density(phase: &Phase, zone: &str, zones: &Zones) -> Result<()> {
    let Window { lasts, grace, expires, .. } = &phase.window;
    let open = match expires {
        Expiry::After(after) => minutes(&lasts.unwrap_or_default()) + minutes(grace) + minutes(after),
        Expiry::NextOpens | Expiry::Never => 0,
    };
    let too_many_open = || Error::invalid("window.expires", "10,000 times can be done at once; let them expire sooner");
    match &phase.timing {
        Timing::Clock(recurrence) => {
            let fast = recurrence.rule.as_ref().is_some_and(|rule| {
                let times = [&rule.by_hour, &rule.by_minute, &rule.by_second].map(|parts| parts.len().max(1));
                rule.frequency < Frequency::Daily || times.iter().product::<usize>() > 1
            });
            if !fast && open < i64::try_from(AT_ONCE).unwrap_or(i64::MAX) * 1_440 {
                return Ok(());
            }
            let compiled = recurrence.compile(zones, zone)?;
            let times: Vec<Instant> =
                compiled.iter_from(Instant::MIN_UTC).take(AT_ONCE + A_DAY).map(|instance| instance.at).collect();
            let within = |many: usize, minutes: i64| {
                times.windows(many + 1).any(|run| match run {
                    [first, .., last] => (*last - *first).num_minutes() < minutes,
                    _ => false,
                })
            };
            if within(A_DAY, 1_440) {
                return Err(Error::invalid("timing", "a schedule has 1,440 times in a day at most"));
            }
            if within(AT_ONCE, open) { Err(too_many_open()) } else { Ok(()) }
        }
        Timing::Event(event) => match &event.repeat {
            Some(repeat) if open / minutes(repeat).max(1) >= i64::try_from(AT_ONCE).unwrap_or(i64::MAX) => {
                Err(too_many_open())
            }
            _ => Ok(()),
        },
        Timing::AsNeeded(_) => Ok(()),
    }
}

/// About how many minutes a span has, rather more than less.
fn minutes(span: &Span) -> i64 {
    let Span { years, months, weeks, days, business_days, hours, minutes } = *span;
    ((years * 366 + months * 31 + weeks * 7 + days + business_days * 2) * 24 + hours) * 60 + minutes
}

fn event_timing(event: &EventTiming) -> Result<()> {
    if event.steps.is_empty() || event.steps.len() > MANY {
        return Err(Error::invalid("steps", "1 to 500 steps follow an event"));
    }
    let single = matches!(event.anchor, Anchor::Birthday | Anchor::LastCompletion);
    if single && (event.steps.len() > 1 || event.repeat.is_some()) {
        return Err(Error::invalid("steps", "one step follows a birthday or a completion of the schedule itself"));
    }
    for (n, step) in event.steps.iter().enumerate() {
        span(step, true).map_err(|e| e.within(format_args!("steps[{n}]")))?;
    }
    if let Some(repeat) = &event.repeat {
        span(repeat, false).map_err(|e| e.within(format_args!("repeat")))?;
        if repeat.is_zero() {
            return Err(Error::invalid("repeat", "steps that repeat are some time apart"));
        }
    }
    if matches!(event.anchor, Anchor::LastCompletion) && event.steps.first().is_some_and(|step| !step.is_forward()) {
        return Err(Error::invalid("steps", "what follows a completion comes after it"));
    }
    match event.count {
        Some(0) => Err(Error::invalid("count", "one step at least")),
        Some(count) if count > 100_000 => Err(Error::invalid("count", "100,000 steps at most")),
        _ => Ok(()),
    }
}

/// A span whose parts are possible.
fn span(span: &Span, negative: bool) -> Result<()> {
    let Span { years, months, weeks, days, business_days, hours, minutes } = *span;
    let limits = [
        (years, FAR),
        (months, FAR * 12),
        (weeks, FAR * 53),
        (days, FAR * 366),
        (business_days, FAR * 262),
        (hours, FAR * 366 * 24),
        (minutes, FAR * 366 * 24 * 60),
    ];
    if limits.iter().any(|(part, most)| part.checked_abs().is_none_or(|part| part > *most)) {
        return Err(Error::invalid("span", "a span reaches 200 years at most"));
    }
    if !negative && limits.iter().any(|(part, _)| *part < 0) {
        return Err(Error::invalid("span", "this span goes forward"));
    }
    Ok(())
}

fn window(window: &Window) -> Result<()> {
    span(&window.opens, false)?;
    span(&window.grace, false)?;
    window.lasts.as_ref().map_or(Ok(()), |lasts| span(lasts, false))?;
    match &window.expires {
        super::Expiry::After(after) => span(after, false),
        super::Expiry::NextOpens | super::Expiry::Never => Ok(()),
    }
}

/// What is recorded of an occurrence of a schedule.
///
/// # Errors
/// `Invalid` with the path of the field that is impossible.
pub(crate) fn occurrence(occurrence: &Occurrence, schedule: &Schedule, now: Instant) -> Result<()> {
    match &occurrence.outcome {
        Some(given) => outcome(given, schedule, now).map_err(|e| e.within(format_args!("outcome"))),
        None => Ok(()),
    }
}

fn outcome(outcome: &Outcome, schedule: &Schedule, now: Instant) -> Result<()> {
    let told = outcome.reason.as_ref().is_some_and(|reason| reason.label().is_some());
    match &outcome.status {
        OutcomeStatus::Skipped | OutcomeStatus::Cancelled if !told => {
            return Err(Error::invalid("reason", "say why it was left out or called off"));
        }
        OutcomeStatus::Other(_) => {
            return Err(Error::invalid("status", "an outcome is done, partly, skipped or cancelled"));
        }
        _ => {}
    }
    let late = match outcome.when {
        Some(When::At(at)) => at.to_utc() > now.checked_add_signed(AHEAD).unwrap_or(now),
        Some(When::On(date)) => {
            date.first_day() > now.checked_add_signed(TimeDelta::days(1)).unwrap_or(now).date_naive()
        }
        None => false,
    };
    if late {
        return Err(Error::invalid("when", "an outcome is not in the future"));
    }
    if outcome.values.len() > MANY || outcome.entries.len() > MANY {
        return Err(Error::invalid("values", "an outcome has 500 values and entries at most"));
    }
    note(outcome.note.as_ref())?;
    for (n, part) in outcome.values.iter().enumerate() {
        let at = |what| format!("values[{n}].{what}");
        if part.code.label().is_none() {
            return Err(Error::invalid(at("code"), "a value says what it is of"));
        }
        let unit = schedule.measures.iter().find(|m| same(&m.code, &part.code)).and_then(|m| m.unit.as_deref());
        let Some(unit) = unit else { continue };
        let fits = match &part.value {
            Some(EntryValue::Quantity(quantity)) => quantity.ucum_code() == Some(unit),
            Some(_) => false,
            None => true,
        };
        if !fits {
            return Err(Error::invalid(at("value"), "the value is not in the unit that the schedule asks for"));
        }
    }
    if outcome.status == OutcomeStatus::Done {
        let stated = |code: &Concept| outcome.values.iter().any(|v| same(&v.code, code) && v.value.is_some());
        if schedule.measures.iter().any(|measure| measure.required && !stated(&measure.code)) {
            return Err(Error::invalid(
                "values",
                "a required value is missing; state it, or record that it was done in part",
            ));
        }
    }
    Ok(())
}

/// Whether two concepts share a code, or have none and the same text.
pub(crate) fn same(a: &Concept, b: &Concept) -> bool {
    let shared = a.codings.iter().any(|x| b.codings.iter().any(|y| x.is(y)));
    shared || a.codings.is_empty() && b.codings.is_empty() && a.text.is_some() && a.text == b.text
}

fn note(note: Option<&Sensitive>) -> Result<()> {
    match note {
        Some(note) if note.expose().len() > NOTE => Err(Error::invalid("note", "a remark has 20,000 bytes at most")),
        _ => Ok(()),
    }
}

/// # Errors
/// `Invalid` with the path of the field that is impossible.
pub(crate) fn pause(pause: &CarePause) -> Result<()> {
    if pause.until.is_some_and(|until| until <= pause.from) {
        return Err(Error::invalid("until", "a pause ends after it begins"));
    }
    note(pause.note.as_ref())
}
