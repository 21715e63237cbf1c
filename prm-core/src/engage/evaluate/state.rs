//! How occurrences stand, for a stretch of time.

use std::collections::{BTreeMap, BTreeSet};

use super::slots::{Planned, Slots};
use super::{Facts, Recorded, Records};
use crate::engage::{Occurrence, OccurrenceState, OccurrenceView, OutcomeStatus, Stamp};
use crate::error::Result;
use crate::time::{Instant, When};

/// Most occurrences one call gives.
pub(crate) const SHOWN: usize = 100_000;

/// What was found for a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// In order of when they are due.
    pub(crate) occurrences: Vec<OccurrenceView>,
    /// Whether there are more than were asked for.
    pub(crate) cut_off: bool,
}

/// The occurrences of a schedule that are due at or after `from` and before `to`, `limit` at most.
pub(crate) fn occurrences(
    facts: &Facts,
    recorded: &BTreeMap<Stamp, Recorded>,
    (from, to): (Instant, Instant),
    limit: usize,
    now: Instant,
) -> Result<Found> {
    let slots = Slots::of(facts)?;
    let mut found: Vec<(Planned, Option<&Recorded>, bool)> = Vec::new();
    let mut planned_here = BTreeSet::new();
    let mut cut_off = false;
    let mut walk = slots.from(from)?;
    while let Some(planned) = walk.step()? {
        if planned.planned >= to {
            break;
        }
        if found.len() >= limit.min(SHOWN) {
            cut_off = true;
            break;
        }
        planned_here.insert(planned.stamp);
        let own = recorded.get(&planned.stamp);
        match own.and_then(|own| own.occurrence.moved_to) {
            // Found below, where it was moved to.
            Some(_) => {}
            None => found.push((planned, own, false)),
        }
    }
    for (stamp, own) in recorded {
        let here = planned_here.contains(stamp);
        let planned = match own.occurrence.moved_to {
            Some(to) => slots.find(stamp, Some(to))?,
            None if here => continue,
            None => slots.find(stamp, None)?,
        };
        match planned {
            Some(planned) if own.occurrence.moved_to.is_some() => found.push((planned, Some(own), false)),
            // Planned outside the stretch.
            Some(_) => {}
            None => {
                if let Some(at) = unplanned_at(facts, own)? {
                    let planned = Planned { stamp: *stamp, planned: at, due: at, opens: at, until: at, expires: None };
                    found.push((planned, Some(own), true));
                }
            }
        }
    }
    found.retain(|(planned, ..)| from <= planned.due && planned.due < to);
    found.sort_by_key(|(planned, ..)| (planned.due, planned.stamp));
    if found.len() > limit {
        found.truncate(limit);
        cut_off = true;
    }
    let occurrences = found.iter().map(|(planned, own, unplanned)| view(facts, planned, *own, *unplanned, now));
    Ok(Found { occurrences: occurrences.collect(), cut_off })
}

/// One occurrence; none if the schedule has no such occurrence and nothing is recorded of one.
pub(crate) fn occurrence(
    facts: &Facts,
    stamp: &Stamp,
    recorded: Option<&Recorded>,
    now: Instant,
) -> Result<Option<OccurrenceView>> {
    let moved_to = recorded.and_then(|own| own.occurrence.moved_to);
    if let Some(planned) = Slots::of(facts)?.find(stamp, moved_to)? {
        return Ok(Some(view(facts, &planned, recorded, false, now)));
    }
    let Some(own) = recorded else { return Ok(None) };
    let at = unplanned_at(facts, own)?.unwrap_or(own.at);
    let planned = Planned { stamp: *stamp, planned: at, due: at, opens: at, until: at, expires: None };
    Ok(Some(view(facts, &planned, Some(own), true, now)))
}

/// When something stands that no rule plans, but was recorded: when it was done, or when the rule once planned it.
/// Nothing if what was recorded was taken back.
fn unplanned_at(facts: &Facts, own: &Recorded) -> Result<Option<Instant>> {
    let Some(outcome) = &own.occurrence.outcome else { return Ok(None) };
    if let Some(moved) = own.occurrence.moved_to {
        return Ok(Some(moved));
    }
    Ok(Some(match (&own.occurrence.stamp, outcome.when) {
        (Stamp::Clock(clock), _) => facts.instant(clock.civil)?,
        (_, Some(When::At(at))) => at.to_utc(),
        (_, Some(When::On(date))) => {
            facts.instant(crate::time::CivilTime::try_from(date.first_day().and_time(chrono::NaiveTime::MIN))?)?
        }
        (_, None) => own.at,
    }))
}

/// How something planned stands at an instant.
pub(crate) fn state(facts: &Facts, planned: &Planned, own: Option<&Occurrence>, now: Instant) -> OccurrenceState {
    if let Some(outcome) = own.and_then(|own| own.outcome.as_ref()) {
        return match outcome.status {
            OutcomeStatus::Done | OutcomeStatus::Other(_) => OccurrenceState::Done,
            OutcomeStatus::Partly => OccurrenceState::Partly,
            OutcomeStatus::Skipped => OccurrenceState::Skipped,
            OutcomeStatus::Cancelled => OccurrenceState::Cancelled,
        };
    }
    if facts.ended(planned.due) {
        return OccurrenceState::Cancelled;
    }
    if facts.pause_at(planned.due).is_some() {
        return OccurrenceState::Paused;
    }
    // What is over before it could be done was not missed.
    let over = |at: Instant| planned.expires.is_some_and(|expires| expires <= at);
    match facts.ready {
        None if over(now) => return OccurrenceState::Cancelled,
        None => return OccurrenceState::Upcoming,
        Some(since) if over(since) => return OccurrenceState::Cancelled,
        Some(_) => {}
    }
    by_the_clock(planned.opens, planned.due, planned.until, planned.expires, now)
}

/// How something of which nothing is recorded stands at an instant, by its window alone.
pub(crate) fn by_the_clock(
    opens: Instant,
    due: Instant,
    until: Instant,
    expires: Option<Instant>,
    now: Instant,
) -> OccurrenceState {
    if expires.is_some_and(|expires| now >= expires) {
        OccurrenceState::Missed
    } else if now < opens {
        OccurrenceState::Upcoming
    } else if now < due {
        OccurrenceState::Open
    } else if now <= until {
        OccurrenceState::Due
    } else {
        OccurrenceState::Overdue
    }
}

fn view(facts: &Facts, planned: &Planned, own: Option<&Recorded>, unplanned: bool, now: Instant) -> OccurrenceView {
    let schedule = &facts.schedule;
    let occurrence = own.map(|own| &own.occurrence);
    let state = state(facts, planned, occurrence, now);
    let moved = occurrence.is_some_and(|own| own.moved_to.is_some());
    let outcome = occurrence.and_then(|own| own.outcome.clone());
    OccurrenceView {
        patient: facts.patient,
        schedule: facts.id,
        stamp: planned.stamp,
        plan: schedule.plan,
        activity: schedule.activity.clone(),
        title: schedule.title.clone(),
        state,
        opens: planned.opens,
        due: planned.due,
        until: planned.until,
        expires: planned.expires,
        moved_from: moved.then_some(planned.planned),
        recorded: own.filter(|_| outcome.is_some()).map(|own| own.at),
        outcome,
        version: own.map_or(0, |own| own.version),
        unplanned,
        pause: facts.pause_at(planned.due).and_then(|pause| pause.id),
        pool: schedule.pool,
        assignee: schedule.assignee,
        role: schedule.role.clone(),
    }
}

/// Whether there is nothing to do about something planned any more, whatever time it is.
pub(crate) fn resolved(facts: &Facts, planned: &Planned, records: &dyn Records) -> Result<bool> {
    if facts.ended(planned.due) || facts.pause_at(planned.due).is_some() {
        return Ok(true);
    }
    Ok(records.recorded(&planned.stamp)?.is_some_and(|own| own.occurrence.outcome.is_some()))
}
