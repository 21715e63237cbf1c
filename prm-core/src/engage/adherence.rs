//! How well care goes: what was expected, what came of it, and how it lies in the calendar.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::occurrence::{OccurrenceState, OccurrenceView, Outcome, Stamp};
use super::ratio::Ratio;
use crate::error::Result;
use crate::time::{Date, DatePrecision, Instant, When, Zones};

/// How many occurrences stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdherenceCounts {
    /// Expected by now: done, partly done, skipped, missed and overdue together.
    pub expected: u32,
    /// Done, in time or late.
    pub done: u32,
    /// Done in part.
    pub partly: u32,
    /// Left out on purpose.
    pub skipped: u32,
    /// Not done, and not possible any more.
    pub missed: u32,
    /// Late, and still possible.
    pub overdue: u32,
    /// May be done and is in time, whether due or not yet.
    pub open: u32,
    /// May not be done yet.
    pub upcoming: u32,
    /// In a pause.
    pub paused: u32,
    /// Called off.
    pub cancelled: u32,
    /// Done beside what was planned: as needed, or not planned any more.
    pub unplanned: u32,
}

impl AdherenceCounts {
    fn count(&mut self, view: &OccurrenceView) {
        if is_unplanned(view) {
            self.unplanned += 1;
            return;
        }
        let (place, expected) = match view.state {
            OccurrenceState::Done => (&mut self.done, true),
            OccurrenceState::Partly => (&mut self.partly, true),
            OccurrenceState::Skipped => (&mut self.skipped, true),
            OccurrenceState::Missed => (&mut self.missed, true),
            OccurrenceState::Overdue => (&mut self.overdue, true),
            OccurrenceState::Open | OccurrenceState::Due => (&mut self.open, false),
            OccurrenceState::Upcoming => (&mut self.upcoming, false),
            OccurrenceState::Paused => (&mut self.paused, false),
            OccurrenceState::Cancelled => (&mut self.cancelled, false),
        };
        *place += 1;
        self.expected += u32::from(expected);
    }

    /// Those done, of those expected.
    pub fn completion(&self) -> Ratio {
        Ratio { numerator: self.done.into(), denominator: self.expected.into() }
    }
}

/// One day of an adherence calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdherenceDay {
    /// The day, where the patient lives.
    pub date: Date,
    /// The occurrences that are due on it.
    pub counts: AdherenceCounts,
}

/// How well care goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdherenceView {
    /// The instant it is judged at.
    pub as_of: Instant,
    /// All occurrences.
    pub counts: AdherenceCounts,
    /// Those done, of those expected.
    pub completion: Ratio,
    /// Those done from when they opened until they stopped being in time, of those done at a known time.
    pub timeliness: Ratio,
    /// How many expected ones in a row were done up to now. What is done in part, skipped, missed or overdue ends a
    /// streak; what is paused, called off or not settled yet neither ends it nor counts.
    pub current_streak: u32,
    /// The longest such row.
    pub longest_streak: u32,
    /// Days on which something is due, in order.
    pub days: Vec<AdherenceDay>,
}

impl AdherenceView {
    /// How well care goes by `occurrences` as they stood at `now`, in any order. For what was expected in the past, hand
    /// in the occurrences as they were known then. Days are those of `zone`, of the times things are due.
    ///
    /// # Errors
    /// `Invalid` for an unknown zone, or for times outside the years 1 to 9999.
    pub fn of(occurrences: &[OccurrenceView], zone: &str, zones: &Zones, now: Instant) -> Result<Self> {
        let mut counts = AdherenceCounts::default();
        let mut days: BTreeMap<Date, AdherenceCounts> = BTreeMap::new();
        let mut timeliness = Ratio::default();
        for view in occurrences {
            counts.count(view);
            let date = Date::try_from(zones.local(zone, view.due)?.date_naive())?;
            days.entry(date).or_default().count(view);
            if view.state == OccurrenceState::Done
                && !is_unplanned(view)
                && let Some(in_time) = in_time(view, zone, zones)?
            {
                timeliness.denominator += 1;
                timeliness.numerator += u64::from(in_time);
            }
        }
        let streaks = Streaks::of(occurrences);
        Ok(AdherenceView {
            as_of: now,
            completion: counts.completion(),
            counts,
            timeliness,
            current_streak: streaks.current,
            longest_streak: streaks.longest,
            days: days.into_iter().map(|(date, counts)| AdherenceDay { date, counts }).collect(),
        })
    }
}

/// Whether it lies beside what the plan expects.
fn is_unplanned(view: &OccurrenceView) -> bool {
    view.unplanned || matches!(view.stamp, Stamp::AsNeeded(_))
}

/// Whether it was done in its window; none if it is not known on which day. A day counts if part of it is in the window.
fn in_time(view: &OccurrenceView, zone: &str, zones: &Zones) -> Result<Option<bool>> {
    let within = |from: Instant, to: Instant| from <= view.until && to >= view.opens;
    Ok(match view.outcome.as_ref().and_then(|outcome: &Outcome| outcome.when) {
        Some(When::At(at)) => Some(within(at.to_utc(), at.to_utc())),
        Some(When::On(date)) if date.precision() == DatePrecision::Day => {
            let day = Date::try_from(date.first_day())?;
            let from = zones.resolve(zone, day.start().naive())?.instant();
            let to = match date.first_day().succ_opt() {
                Some(next) => zones.resolve(zone, next.and_time(chrono::NaiveTime::MIN))?.instant(),
                None => from,
            };
            // The first moment of the next day is not of this one.
            Some(within(from, to - chrono::TimeDelta::nanoseconds(1)))
        }
        Some(When::On(_)) => None,
        None => view.recorded.map(|at| within(at, at)),
    })
}

#[derive(Default)]
struct Streaks {
    current: u32,
    longest: u32,
}

impl Streaks {
    fn of(occurrences: &[OccurrenceView]) -> Self {
        let mut order: Vec<&OccurrenceView> = occurrences.iter().filter(|view| !is_unplanned(view)).collect();
        order.sort_by_key(|view| (view.due, view.schedule, view.stamp, view.state));
        let mut streaks = Streaks::default();
        for view in order {
            match view.state {
                OccurrenceState::Done => {
                    streaks.current += 1;
                    streaks.longest = streaks.longest.max(streaks.current);
                }
                OccurrenceState::Partly
                | OccurrenceState::Skipped
                | OccurrenceState::Missed
                | OccurrenceState::Overdue => streaks.current = 0,
                OccurrenceState::Open
                | OccurrenceState::Due
                | OccurrenceState::Upcoming
                | OccurrenceState::Paused
                | OccurrenceState::Cancelled => {}
            }
        }
        streaks
    }
}

#[cfg(test)]
mod tests;
