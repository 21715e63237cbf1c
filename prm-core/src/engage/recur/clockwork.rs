//! A recurrence made ready for a zone. Time is gone through by stretches with one offset: within one, civil times and
//! instants have the same order, and what clocks skip or repeat stands at its ends.

use std::borrow::Borrow;

use chrono::DateTime;

use super::calendar::{DAY, FIRST, LAST};
use super::civil_set::CivilSet;
use super::pattern::{EMPTY, Pattern};
use super::words::{ClockStamp, ClockZone, Expansion, FoldPolicy, GapPolicy, Instance, Recurrence, Rule, Until};
use crate::error::{Error, Result};
use crate::time::{CivilTime, FOREVER, Instant, Located, OffsetWindow, Zone, Zones};

/// How many periods without an instance the search for the last instance of a rule with a count passes.
const STEPS: u32 = 100_000;

/// More than any offset from UTC, in seconds.
const WIDEST: i64 = 94_000;

/// A recurrence ready to be asked, in one zone: what each question costs depends on the window asked for, not on how
/// old the recurrence is.
#[derive(Clone)]
pub(crate) struct Clockwork {
    set: CivilSet,
    zone: Zone,
    gap: GapPolicy,
    fold: FoldPolicy,
    /// What the rule says is at this instant at the latest.
    until: Option<i64>,
    /// Stamps that do not take place when the rule says, in order.
    displaced: Vec<(i64, bool)>,
    /// Where those that were moved take place, in order of time.
    moved: Vec<Found>,
}

/// An instance in seconds. Ordered by time, then by stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    at: i64,
    /// Civil time of the stamp.
    stamp: i64,
    second: bool,
    /// Civil time at which it takes place.
    civil: i64,
}

impl Found {
    fn instance(self) -> Option<Instance> {
        let stamp = CivilTime::from_seconds(self.stamp)?;
        let civil = if self.civil == self.stamp { stamp } else { CivilTime::from_seconds(self.civil)? };
        let at = DateTime::from_timestamp(self.at, 0)?;
        Some(Instance { stamp: ClockStamp { civil: stamp, second: self.second }, civil, at })
    }
}

fn sorted(times: impl IntoIterator<Item = CivilTime>) -> Vec<i64> {
    let mut seconds: Vec<i64> = times.into_iter().map(CivilTime::seconds).collect();
    seconds.sort_unstable();
    seconds.dedup();
    seconds
}

/// The last civil time that a rule may come to by itself, apart from its count.
fn end_by_until(rule: &Rule, zone: &Zone) -> i64 {
    match rule.until {
        None => LAST,
        Some(Until::Date(day)) => day.start().seconds() + DAY - 1,
        Some(Until::Civil(at)) => at.seconds(),
        Some(Until::Instant(at)) => {
            let window = zone.window(at.timestamp());
            at.timestamp() + window.offset.max(window.before).max(window.after)
        }
    }
}

impl Recurrence {
    /// The recurrence made ready for where its clock stands; `local_zone` is where the patient lives, for one that
    /// floats.
    ///
    /// # Errors
    /// `Invalid` for a rule that is none or a zone that is not in the database.
    pub(crate) fn compile(&self, zones: &Zones, local_zone: &str) -> Result<Clockwork> {
        let zone = match &self.zone {
            ClockZone::Utc => Zone::utc(),
            ClockZone::Floating => zones.zone(local_zone)?,
            ClockZone::Zone(name) => zones.zone(name)?,
        };
        let start = self.start.seconds();
        let mut added = sorted(self.added.iter().copied());
        let mut pattern = None;
        match &self.rule {
            None => added = sorted(self.added.iter().copied().chain([self.start])),
            Some(rule) => {
                rule.check()?;
                let last = match (self.last, rule.count) {
                    (Some(last), Some(_)) => Some(last.seconds()),
                    _ => last_of(rule, start)?,
                };
                pattern = Some(Pattern::new(rule, start, last.unwrap_or_else(|| end_by_until(rule, &zone))));
            }
        }
        let until = match self.rule.as_ref().and_then(|rule| rule.until) {
            Some(Until::Instant(at)) => Some(at.timestamp()),
            _ => None,
        };
        let mut clockwork = Clockwork {
            set: CivilSet { pattern, added, excluded: sorted(self.excluded.iter().copied()) },
            zone,
            gap: if self.all_day { GapPolicy::Next } else { self.gap },
            fold: if self.all_day { FoldPolicy::First } else { self.fold },
            until,
            displaced: Vec::new(),
            moved: Vec::new(),
        };
        clockwork.displace(self);
        Ok(clockwork)
    }
}

/// The last civil time of a rule with a count; none without a count.
///
/// # Errors
/// `Invalid` if more than 100,000 periods without an instance lie in between.
pub(super) fn last_of(rule: &Rule, start: i64) -> Result<Option<i64>> {
    let Some(count) = rule.count else { return Ok(None) };
    let pattern = Pattern::new(rule, start, LAST);
    let mut fuel = STEPS;
    let mut last = start;
    let mut next = start;
    for _ in 0..count {
        // A search that a question would give up ends the count, too.
        let mut here = EMPTY.min(fuel);
        let Some(found) = pattern.first_with(next, &mut here) else {
            if fuel <= EMPTY && here == 0 {
                return Err(Error::invalid("rule", "its instances are too far apart to count: give UNTIL instead"));
            }
            break;
        };
        fuel -= EMPTY.min(fuel) - here;
        (last, next) = (found, found + 1);
    }
    Ok(Some(last))
}

impl Clockwork {
    fn displace(&mut self, recurrence: &Recurrence) {
        let mut displaced: Vec<(i64, bool)> = Vec::with_capacity(recurrence.overrides.len());
        let mut moved = Vec::new();
        for change in &recurrence.overrides {
            let stamp = change.stamp.civil.seconds();
            let Some(said) = self.said(stamp, change.stamp.second) else { continue };
            displaced.push((said.stamp, said.second));
            if let Some(to) = change.to {
                let (at, civil) = self.placed(to.seconds());
                moved.push(Found { at, civil, ..said });
            }
        }
        displaced.sort_unstable();
        moved.sort_unstable();
        (self.displaced, self.moved) = (displaced, moved);
    }

    /// When a time chosen by hand takes place. The day of an instance that was moved into a gap is not left out.
    fn placed(&self, civil: i64) -> (i64, i64) {
        match self.zone.locate(civil) {
            Located::Once(at) => (at, civil),
            Located::Twice { first, second } => (if self.fold == FoldPolicy::Second { second } else { first }, civil),
            Located::Skipped { at, after, .. } if self.gap == GapPolicy::Next => (at, at + after),
            Located::Skipped { before, after, .. } => (civil - before, civil - before + after),
        }
    }

    /// What the rule says of a stamp, apart from changes to single instances.
    fn said(&self, civil: i64, second: bool) -> Option<Found> {
        if !self.set.has(civil) {
            return None;
        }
        let found = match self.zone.locate(civil) {
            Located::Once(at) if !second || self.fold == FoldPolicy::Second => {
                Found { at, stamp: civil, second: false, civil }
            }
            Located::Twice { first, .. } if !second && self.fold != FoldPolicy::Second => {
                Found { at: first, stamp: civil, second, civil }
            }
            Located::Twice { second: at, .. } if second && self.fold != FoldPolicy::First => {
                Found { at, stamp: civil, second, civil }
            }
            Located::Skipped { at, before, after } if !second || self.fold == FoldPolicy::Second => {
                let from = if self.gap == GapPolicy::Next { at + before } else { civil };
                self.past_gap(from, at, before, after).filter(|found| found.stamp == civil)?
            }
            _ => return None,
        };
        self.within(&found).then_some(found)
    }

    /// The first instance from the civil time `from` on that a gap keeps from taking place when the rule says. If it
    /// comes to the time of another one, it is left out: a set holds no time twice (RFC 5545 §3.8.5.2).
    fn past_gap(&self, from: i64, at: i64, before: i64, after: i64) -> Option<Found> {
        let (mut from, end) = (from.max(at + before), at + after);
        loop {
            let stamp = self.set.from(from).filter(|stamp| *stamp < end)?;
            let found = match self.gap {
                GapPolicy::Skip => return None,
                GapPolicy::Next => Found { at, stamp, second: false, civil: end },
                GapPolicy::Later => Found { at: stamp - before, stamp, second: false, civil: stamp - before + after },
            };
            if !self.set.has(found.civil) {
                return Some(found);
            }
            if self.gap == GapPolicy::Next {
                return None;
            }
            from = stamp + 1;
        }
    }

    /// As [`past_gap`](Self::past_gap), the last one up to the civil time `to`.
    fn past_gap_to(&self, to: i64, at: i64, before: i64, after: i64) -> Option<Found> {
        if self.gap != GapPolicy::Later {
            return self.past_gap(at + before, at, before, after);
        }
        let (begin, mut to) = (at + before, to.min(at + after - 1));
        loop {
            let stamp = self.set.to(to).filter(|stamp| *stamp >= begin)?;
            let civil = stamp - before + after;
            if !self.set.has(civil) {
                return Some(Found { at: stamp - before, stamp, second: false, civil });
            }
            to = stamp - 1;
        }
    }

    fn within(&self, found: &Found) -> bool {
        self.until.is_none_or(|until| found.at <= until || self.set.adds(found.stamp))
    }

    /// Civil times of a window that the fold policy lets through, and where the second of two end.
    fn bounds(&self, window: &OffsetWindow) -> Bounds {
        let repeats_from = window.from + window.before.max(window.offset);
        let skip_second = window.before > window.offset && self.fold == FoldPolicy::First;
        let skip_first = window.after < window.offset && self.fold == FoldPolicy::Second;
        Bounds {
            from: if skip_second { repeats_from } else { window.from + window.offset },
            to: window.to + if skip_first { window.after } else { window.offset },
            second_to: repeats_from,
        }
    }

    /// The first instance from the instant `at` on that was not displaced; `window` is one of the zone, kept from the
    /// call before.
    fn advance(&self, window: &mut OffsetWindow, mut at: i64) -> Option<Found> {
        loop {
            if at < window.from || at >= window.to {
                *window = self.zone.window(at);
            }
            let bounds = self.bounds(window);
            let next = self.set.from((at + window.offset).max(bounds.from));
            let mut found = next.filter(|civil| *civil < bounds.to).map(|civil| Found {
                at: civil - window.offset,
                stamp: civil,
                second: window.before > window.offset && civil < bounds.second_to,
                civil,
            });
            // A gap at the beginning of the window holds instances until as long after as it was.
            if window.before < window.offset && at < window.from + window.offset - window.before {
                let (begins, offset) = (window.before, window.offset);
                let past = self.past_gap(at + begins, window.from, begins, offset);
                found = past.filter(|past| past.at >= at).into_iter().chain(found).min();
            }
            match found {
                Some(found) => {
                    if self.within(&found) && !self.displaces(&found) {
                        return Some(found);
                    }
                    at = found.at + 1;
                }
                None => {
                    // Further on the same civil times may come once more.
                    let repeats = window.after < window.offset;
                    let ahead = if repeats { window.to } else { next?.saturating_sub(WIDEST).max(window.to) };
                    if ahead >= FOREVER {
                        return None;
                    }
                    at = ahead;
                }
            }
        }
    }

    /// The last instance up to the instant `at` that was not displaced.
    fn retreat(&self, mut at: i64) -> Option<Found> {
        let mut window = self.zone.window(at);
        loop {
            if at < window.from || at >= window.to {
                window = self.zone.window(at);
            }
            let bounds = self.bounds(&window);
            let previous = self.set.to((at + window.offset).min(bounds.to - 1));
            let mut found = previous.filter(|civil| *civil >= bounds.from).map(|civil| Found {
                at: civil - window.offset,
                stamp: civil,
                second: window.before > window.offset && civil < bounds.second_to,
                civil,
            });
            let last_past_gap = window.from + window.offset - window.before;
            if window.before < window.offset && found.is_none_or(|found| found.at < last_past_gap) {
                let past = self.past_gap_to(at + window.before, window.from, window.before, window.offset);
                found = past.filter(|past| past.at <= at).into_iter().chain(found).max();
            }
            match found {
                Some(found) => {
                    if self.within(&found) && !self.displaces(&found) {
                        return Some(found);
                    }
                    at = found.at - 1;
                }
                None => {
                    let repeats = window.before > window.offset;
                    let back = window.from.saturating_sub(1);
                    let back = if repeats { back } else { previous?.saturating_add(WIDEST).min(back) };
                    if back <= -FOREVER {
                        return None;
                    }
                    at = back;
                }
            }
        }
    }

    fn displaces(&self, found: &Found) -> bool {
        !self.displaced.is_empty() && self.displaced.binary_search(&(found.stamp, found.second)).is_ok()
    }

    /// The first instance after an instant, or at it if that is included.
    pub(crate) fn after(&self, at: Instant, inclusive: bool) -> Option<Instance> {
        let from = if inclusive { ceiling(at) } else { at.timestamp() + 1 };
        let found = self.advance(&mut self.zone.window(from), clamp(from));
        let moved = self.moved.get(self.moved.partition_point(|moved| moved.at < from)).copied();
        found.into_iter().chain(moved).min()?.instance()
    }

    /// The last instance before an instant, or at it if that is included.
    pub(crate) fn before(&self, at: Instant, inclusive: bool) -> Option<Instance> {
        let to = if inclusive { at.timestamp() } else { ceiling(at) - 1 };
        let found = self.retreat(clamp(to));
        let moved = self.moved.partition_point(|moved| moved.at <= to).checked_sub(1);
        let moved = moved.and_then(|i| self.moved.get(i).copied());
        found.into_iter().chain(moved).max()?.instance()
    }

    /// The instances from an instant on, in order of time.
    pub(crate) fn iter_from(&self, from: Instant) -> Instances<&Clockwork> {
        Instances::new(self, from)
    }

    /// As [`iter_from`](Self::iter_from), keeping the clockwork.
    pub(crate) fn into_iter_from(self, from: Instant) -> Instances<Clockwork> {
        Instances::new(self, from)
    }

    /// The instances from an instant to before another, `limit` at most.
    pub(crate) fn between(&self, from: Instant, to_exclusive: Instant, limit: usize) -> Expansion {
        let mut expansion = Expansion::default();
        for instance in self.iter_from(from).take_while(|instance| instance.at < to_exclusive) {
            if expansion.instances.len() == limit {
                expansion.cut_off = true;
                break;
            }
            expansion.instances.push(instance);
        }
        expansion
    }

    /// The instance with a stamp; none if the rule does not say it or it was taken out.
    pub(crate) fn instance(&self, stamp: &ClockStamp) -> Option<Instance> {
        let said = self.said(stamp.civil.seconds(), stamp.second)?;
        if self.displaces(&said) {
            let same = |moved: &&Found| (moved.stamp, moved.second) == (said.stamp, said.second);
            return self.moved.iter().find(same)?.instance();
        }
        said.instance()
    }
}

/// Civil seconds between which a window has instances.
struct Bounds {
    from: i64,
    to: i64,
    /// Up to here they are the second of two, if clocks went back at the beginning.
    second_to: i64,
}

/// Instants may be anything chrono can hold; recurrences stay within the years 1 to 9999.
fn clamp(at: i64) -> i64 {
    at.clamp(FIRST - WIDEST, LAST + WIDEST)
}

fn ceiling(at: Instant) -> i64 {
    at.timestamp() + i64::from(at.timestamp_subsec_nanos() > 0)
}

/// Instances in order of time.
pub(crate) struct Instances<C> {
    clockwork: C,
    window: OffsetWindow,
    /// Where the search goes on; none at the end.
    at: Option<i64>,
    /// Found, but later than one that was moved.
    waiting: Option<Found>,
    /// Which of those that were moved comes next.
    moved: usize,
}

impl<C: Borrow<Clockwork>> Instances<C> {
    fn new(clockwork: C, from: Instant) -> Self {
        let at = clamp(ceiling(from));
        let asked: &Clockwork = clockwork.borrow();
        let (window, moved) = (asked.zone.window(at), asked.moved.partition_point(|moved| moved.at < at));
        Instances { clockwork, window, at: Some(at), waiting: None, moved }
    }
}

impl<C: Borrow<Clockwork>> Iterator for Instances<C> {
    type Item = Instance;

    fn next(&mut self) -> Option<Instance> {
        let clockwork = self.clockwork.borrow();
        if self.waiting.is_none()
            && let Some(at) = self.at
        {
            self.waiting = clockwork.advance(&mut self.window, at);
            self.at = self.waiting.map(|found| found.at + 1);
        }
        match (clockwork.moved.get(self.moved), self.waiting) {
            (Some(moved), waiting) if waiting.is_none_or(|found| *moved < found) => {
                self.moved += 1;
                moved.instance()
            }
            _ => self.waiting.take()?.instance(),
        }
    }
}
