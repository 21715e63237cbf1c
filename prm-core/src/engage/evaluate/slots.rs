//! The times that a schedule plans, in order, found from any instant on.

use super::Facts;
use super::events::{Behind, Events};
use crate::engage::recur::{Clockwork, Instance};
use crate::engage::{DayPart, Expiry, Phase, Stamp, Timing, Window, business};
use crate::engage::{Span, TimeOfDay};
use crate::error::Result;
use crate::time::{CivilTime, Instant};

/// One planned time with its window. What was recorded of it does not count yet, but for a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) stamp: Stamp,
    /// When it is due by the rule.
    pub(crate) planned: Instant,
    /// When it is due, after a move.
    pub(crate) due: Instant,
    pub(crate) opens: Instant,
    /// Until when it is in time.
    pub(crate) until: Instant,
    /// From when on it is missed.
    pub(crate) expires: Option<Instant>,
}

/// A time by the rule: stamp, instant, civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) stamp: Stamp,
    pub(crate) at: Instant,
    pub(crate) civil: CivilTime,
}

impl From<Instance> for Slot {
    fn from(instance: Instance) -> Self {
        Slot { stamp: Stamp::Clock(instance.stamp), at: instance.at, civil: instance.civil }
    }
}

enum Source {
    Clock(Box<Clockwork>),
    Events(Events),
    Nothing,
}

/// One stretch, ready to be asked.
struct Stretch<'f> {
    phase: &'f Phase,
    source: Source,
    /// How long an occurrence lasts if the window does not say.
    lasts: Span,
    from: Instant,
    until: Instant,
}

/// The planned times of a schedule.
pub(crate) struct Slots<'f> {
    facts: &'f Facts,
    stretches: Vec<Stretch<'f>>,
}

impl DayPart {
    /// When it begins, and how many hours it has.
    pub(crate) const fn hours(self) -> (u8, i64) {
        match self {
            DayPart::Morning => (6, 6),
            DayPart::Afternoon => (12, 6),
            DayPart::Evening => (18, 4),
            DayPart::Night => (22, 8),
        }
    }

    /// The time of day it begins at.
    pub const fn starts(self) -> TimeOfDay {
        TimeOfDay { hour: self.hours().0, minute: 0 }
    }
}

impl<'f> Slots<'f> {
    pub(crate) fn of(facts: &'f Facts) -> Result<Self> {
        let phases = &facts.schedule.phases;
        let mut stretches = Vec::with_capacity(phases.len());
        for (n, phase) in phases.iter().enumerate() {
            let next = phases.get(n + 1).and_then(|next| next.from);
            let day = Span { days: 1, ..Span::default() };
            let (source, lasts) = match &phase.timing {
                Timing::Clock(recurrence) => {
                    let compiled = recurrence.compile(&facts.zones, &facts.zone)?;
                    let lasts = if recurrence.all_day { day } else { Span::default() };
                    (Source::Clock(Box::new(compiled)), lasts)
                }
                Timing::Event(event) => {
                    let lasts = match event.at {
                        crate::engage::DayTime::AllDay => day,
                        crate::engage::DayTime::Part(part) => Span { hours: part.hours().1, ..Span::default() },
                        crate::engage::DayTime::At(_) => Span::default(),
                    };
                    (Source::Events(Events::of(facts, event)?), lasts)
                }
                Timing::AsNeeded(_) => (Source::Nothing, Span::default()),
            };
            let from = phase.from.unwrap_or(Instant::MIN_UTC);
            stretches.push(Stretch { phase, source, lasts, from, until: next.unwrap_or(Instant::MAX_UTC) });
        }
        Ok(Slots { facts, stretches })
    }

    /// The first time at or after an instant, behind a place among those of that instant. With the number of its stretch.
    fn next(&self, at: Instant, behind: Behind) -> Result<Option<(usize, Slot)>> {
        let at = within_years(at);
        for (n, stretch) in self.stretches.iter().enumerate() {
            if stretch.until <= at {
                continue;
            }
            let (mut at, mut behind) = if stretch.from > at { (stretch.from, Behind::Nothing) } else { (at, behind) };
            loop {
                let found = match &stretch.source {
                    Source::Clock(compiled) => compiled.after(at, behind == Behind::Nothing).map(Slot::from),
                    Source::Events(events) => events.after(self.facts, at, behind)?,
                    Source::Nothing => None,
                };
                let Some(slot) = found.filter(|slot| slot.at < stretch.until) else { break };
                if !self.taken(n, &slot.stamp)? {
                    return Ok(Some((n, slot)));
                }
                (at, behind) = (slot.at, Behind::Stamp(slot.stamp));
            }
        }
        Ok(None)
    }

    /// The last time at or before an instant.
    fn previous(&self, at: Instant, inclusive: bool) -> Result<Option<(usize, Slot)>> {
        let at = within_years(at);
        for (n, stretch) in self.stretches.iter().enumerate().rev() {
            if stretch.from > at {
                continue;
            }
            let (mut at, mut inclusive) = if stretch.until <= at { (stretch.until, false) } else { (at, inclusive) };
            loop {
                let found = match &stretch.source {
                    Source::Clock(compiled) => compiled.before(at, inclusive).map(Slot::from),
                    Source::Events(events) => events.before(self.facts, at, inclusive)?,
                    Source::Nothing => None,
                };
                let Some(slot) = found.filter(|slot| slot.at >= stretch.from) else { break };
                if !self.taken(n, &slot.stamp)? {
                    return Ok(Some((n, slot)));
                }
                (at, inclusive) = (slot.at, false);
            }
        }
        Ok(None)
    }

    /// A time with its window, moved to another instant if it is.
    fn window(&self, n: usize, slot: &Slot, moved_to: Option<Instant>, next: Option<&Slot>) -> Result<Planned> {
        let missing = Window::default();
        let stretch = self.stretches.get(n);
        let window = stretch.map_or(&missing, |stretch| &stretch.phase.window);
        let lasts = stretch.map_or(Span::default(), |stretch| window.lasts.unwrap_or(stretch.lasts));
        let due = moved_to.unwrap_or(slot.at);
        let opens = self.shifted(due, moved_to.is_none().then_some(slot.civil), &window.opens.negated())?;
        let civil = moved_to.is_none().then_some(slot.civil);
        let until = if lasts.is_zero() { due } else { self.shifted(due, civil, &lasts)? };
        let until = if window.grace.is_zero() { until } else { self.shifted(until, None, &window.grace)? };
        let expires = match &window.expires {
            Expiry::Never => None,
            Expiry::After(span) => Some(self.shifted(until, None, span)?),
            Expiry::NextOpens => match next {
                Some(next) => {
                    let back = window.opens.negated();
                    Some(self.shifted(next.at, Some(next.civil), &back)?.max(until).max(due))
                }
                None => None,
            },
        };
        // What expires as soon as it is due could never be done: it is due for a moment at least.
        let expires = expires.map(|at| at.max(due + chrono::TimeDelta::seconds(1)));
        Ok(Planned { stamp: slot.stamp, planned: slot.at, due, opens, until, expires })
    }

    fn shifted(&self, at: Instant, civil: Option<CivilTime>, span: &Span) -> Result<Instant> {
        if span.is_zero() {
            return Ok(at);
        }
        let Span { years, months, weeks, days, business_days, hours, minutes } = *span;
        if [years, months, weeks, days, business_days].iter().all(|part| *part == 0) {
            // Hours are hours, whatever the clocks do.
            return Ok(at + chrono::TimeDelta::minutes(hours * 60 + minutes));
        }
        let civil = civil.map_or_else(|| self.facts.civil(at), Ok)?;
        self.facts.instant(business::add_span(civil, span, self.facts.holidays.as_ref())?)
    }

    /// The time with a stamp that a stretch plans.
    fn stamped(&self, n: usize, stamp: &Stamp) -> Result<Option<Slot>> {
        let Some(stretch) = self.stretches.get(n) else { return Ok(None) };
        let found = match (&stretch.source, stamp) {
            (Source::Clock(compiled), Stamp::Clock(clock)) => compiled.instance(clock).map(Slot::from),
            (Source::Events(events), Stamp::Event { anchor, step }) => events.find(self.facts, *anchor, *step)?,
            _ => None,
        };
        Ok(found.filter(|slot| stretch.from <= slot.at && slot.at < stretch.until))
    }

    /// Whether an earlier stretch plans the time with a stamp: it takes place once, as that one has it.
    fn taken(&self, n: usize, stamp: &Stamp) -> Result<bool> {
        for earlier in 0..n {
            if self.stamped(earlier, stamp)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The planned time with a stamp, if the schedule has one.
    pub(crate) fn find(&self, stamp: &Stamp, moved_to: Option<Instant>) -> Result<Option<Planned>> {
        for n in 0..self.stretches.len() {
            let Some(slot) = self.stamped(n, stamp)? else { continue };
            let next = self.next(slot.at, Behind::Stamp(slot.stamp))?;
            return self.window(n, &slot, moved_to, next.as_ref().map(|(_, slot)| slot)).map(Some);
        }
        Ok(None)
    }

    /// The planned times from an instant on, by the rule.
    pub(crate) fn from(&self, at: Instant) -> Result<Walk<'_, 'f>> {
        Ok(Walk { slots: self, ahead: self.next(at, Behind::Nothing)? })
    }

    /// The last planned time at or before an instant, by the rule; and when its stretch began.
    pub(crate) fn at_or_before(&self, at: Instant) -> Result<Option<(Planned, Instant)>> {
        self.planned_before(at, true)
    }

    /// The last planned time before an instant, by the rule; and when its stretch began.
    pub(crate) fn before(&self, at: Instant) -> Result<Option<(Planned, Instant)>> {
        self.planned_before(at, false)
    }

    fn planned_before(&self, at: Instant, inclusive: bool) -> Result<Option<(Planned, Instant)>> {
        let Some((n, slot)) = self.previous(at, inclusive)? else { return Ok(None) };
        let next = self.next(slot.at, Behind::Stamp(slot.stamp))?;
        let planned = self.window(n, &slot, None, next.as_ref().map(|(_, slot)| slot))?;
        Ok(Some((planned, self.stretches.get(n).map_or(Instant::MIN_UTC, |stretch| stretch.from))))
    }

    /// Whether something of the schedule may be done without end.
    pub(crate) fn never_expires(&self) -> bool {
        self.stretches.iter().any(|stretch| matches!(stretch.phase.window.expires, Expiry::Never))
    }
}

/// An instant before which everything is due that is open at an instant: as far ahead as windows open.
pub(crate) fn may_open_by(facts: &Facts, at: Instant) -> Result<Instant> {
    let at = within_years(at);
    let mut until = at;
    for phase in &facts.schedule.phases {
        let opens = &phase.window.opens;
        let end = if opens.is_zero() {
            at
        } else if (Span { hours: 0, minutes: 0, ..*opens }).is_zero() {
            at + chrono::TimeDelta::minutes(opens.hours * 60 + opens.minutes)
        } else {
            // Calendar spans back and forth differ by some days; business days by holidays as well.
            let ahead = facts.instant(business::add_span(facts.civil(at)?, opens, facts.holidays.as_ref())?)?;
            ahead + chrono::TimeDelta::days(40)
        };
        until = until.max(end);
    }
    Ok(until + chrono::TimeDelta::seconds(1))
}

/// An instant that is on the calendar wherever someone lives.
fn within_years(at: Instant) -> Instant {
    const FIRST: i64 = -62_135_596_800 + 172_800;
    const LAST: i64 = 253_402_300_799 - 172_800;
    Instant::from_timestamp(at.timestamp().clamp(FIRST, LAST), 0).unwrap_or(at)
}

/// Planned times one after the other.
pub(crate) struct Walk<'s, 'f> {
    slots: &'s Slots<'f>,
    ahead: Option<(usize, Slot)>,
}

impl Walk<'_, '_> {
    /// The next planned time.
    pub(crate) fn step(&mut self) -> Result<Option<Planned>> {
        let Some((n, slot)) = self.ahead.take() else { return Ok(None) };
        self.ahead = self.slots.next(slot.at, Behind::Stamp(slot.stamp))?;
        self.slots.window(n, &slot, None, self.ahead.as_ref().map(|(_, slot)| slot)).map(Some)
    }
}
