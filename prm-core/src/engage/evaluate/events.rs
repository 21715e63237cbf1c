//! Times counted from events: steps after a discharge, a birthday, a completion.

use chrono::{Datelike, NaiveTime};

use super::Facts;
use super::slots::Slot;
use crate::engage::{Anchor, DayTime, EventTiming, Span, Stamp, business};
use crate::error::Result;
use crate::id::{RecordId, ScheduleId};
use crate::time::{CivilTime, DatePrecision, Instant};

/// Which of the times at one instant are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behind {
    /// All.
    Nothing,
    /// Those behind a stamp.
    Stamp(Stamp),
}

impl Behind {
    fn admits(self, stamp: &Stamp) -> bool {
        match self {
            Behind::Nothing => true,
            Behind::Stamp(last) => *stamp > last,
        }
    }
}

/// Years around an instant in which a birthday's step may be.
const YEARS: i32 = 2;

/// The events a schedule counts from, with their steps.
pub(crate) struct Events {
    timing: EventTiming,
    /// In order of time.
    anchors: Vec<(RecordId, CivilTime)>,
}

impl Events {
    pub(crate) fn of(facts: &Facts, timing: &EventTiming) -> Result<Self> {
        let mut anchors = match &timing.anchor {
            Anchor::Event(event) => facts.events.iter().filter(|(id, _)| id == event).copied().collect(),
            Anchor::Birthday => Vec::new(),
            Anchor::Completion(schedule) => completions(facts, *schedule).collect(),
            Anchor::LastCompletion => {
                // The schedule's own id stands for its beginning: the first occurrence follows from that.
                let mut anchors = vec![(facts.id.into(), timing.start)];
                anchors.extend(completions(facts, facts.id));
                anchors
            }
        };
        anchors.sort_by_key(|(id, at)| (*at, *id));
        Ok(Events { timing: timing.clone(), anchors })
    }

    /// When a step takes place, if there is such a step; not before the schedule begins.
    fn step(&self, facts: &Facts, anchor: (RecordId, CivilTime), step: u32) -> Result<Option<Slot>> {
        let Some(number) = step.checked_sub(self.timing.first) else { return Ok(None) };
        if self.timing.count.is_some_and(|count| number >= count) {
            return Ok(None);
        }
        let times = i64::from(number) - (self.timing.steps.len() as i64 - 1);
        let number = number as usize;
        let first_of_all = matches!(self.timing.anchor, Anchor::LastCompletion) && anchor.0 == facts.id.into();
        let listed = self.timing.steps.get(number);
        let (span, more) = match (listed, self.timing.steps.last(), &self.timing.repeat) {
            _ if first_of_all => (Span::default(), None),
            (Some(span), ..) => (*span, None),
            (None, Some(last), Some(repeat)) => (*last, Some(repeat.times(times))),
            _ => return Ok(None),
        };
        let holidays = facts.holidays.as_ref();
        let mut civil = business::add_span(anchor.1, &span, holidays)?;
        if let Some(more) = &more {
            civil = business::add_span(civil, more, holidays)?;
        }
        let by_the_hour = span.hours != 0 || span.minutes != 0 || more.is_some_and(|m| m.hours != 0 || m.minutes != 0);
        if !by_the_hour {
            civil = at_time(civil, self.timing.at)?;
        }
        let at = if by_the_hour && span.days == 0 && span.business_days == 0 && more.is_none() {
            // So many hours after the event, whatever the clocks do meanwhile.
            let calendar = Span { hours: 0, minutes: 0, ..span };
            let base = facts.instant(business::add_span(anchor.1, &calendar, holidays)?)?;
            base + chrono::TimeDelta::minutes(span.hours * 60 + span.minutes)
        } else {
            facts.instant(civil)?
        };
        if at < facts.instant(self.begins()?)? {
            return Ok(None);
        }
        Ok(Some(Slot { stamp: Stamp::Event { anchor: anchor.0, step }, at, civil: facts.civil(at)? }))
    }

    fn begins(&self) -> Result<CivilTime> {
        Ok(match self.timing.at {
            DayTime::AllDay => self.timing.start.date().start(),
            DayTime::At(_) | DayTime::Part(_) => self.timing.start,
        })
    }

    /// The number after that of the last step an anchor has, as far as they are looked for.
    fn after_last(&self) -> u32 {
        let all = self.timing.numbers();
        self.timing.first.saturating_add(self.timing.count.map_or(all, |count| count.min(all)))
    }

    /// Numbers of the steps that may lie in another order than they are listed in, as business days and days do.
    fn unordered(&self) -> std::ops::Range<u32> {
        let rise = |pair: &[Span]| matches!(pair, [a, b] if a.parts().iter().zip(b.parts()).all(|(a, b)| *a <= b));
        let (first, listed) = (self.timing.first, u32::try_from(self.timing.steps.len()).unwrap_or(u32::MAX));
        let end = if self.timing.steps.windows(2).all(rise) { first } else { first.saturating_add(listed) };
        first..end.min(self.after_last())
    }

    /// The civil day of birth in a year.
    fn birthday(&self, facts: &Facts, year: i32) -> Option<CivilTime> {
        let born = facts.birth_date.filter(|born| born.precision() == DatePrecision::Day)?.first_day();
        let date = born.with_year(year).or_else(|| chrono::NaiveDate::from_ymd_opt(year, 2, 28))?;
        CivilTime::try_from(date.and_time(NaiveTime::MIN)).ok()
    }

    fn of_year(&self, facts: &Facts, year: i32) -> Result<Option<Slot>> {
        let Some(birthday) = self.birthday(facts, year) else { return Ok(None) };
        let Some(span) = self.timing.steps.first() else { return Ok(None) };
        let civil = at_time(business::add_span(birthday, span, facts.holidays.as_ref())?, self.timing.at)?;
        let first = self.timing.start.date().naive().year();
        let number = year.checked_sub(first).and_then(|n| u32::try_from(n).ok());
        let within = self.timing.count.is_none_or(|count| number.is_some_and(|n| n < count));
        let at = facts.instant(civil)?;
        if !within || at < facts.instant(self.begins()?)? {
            return Ok(None);
        }
        let step = u32::try_from(year).unwrap_or(0);
        Ok(Some(Slot { stamp: Stamp::Event { anchor: facts.patient.into(), step }, at, civil }))
    }

    pub(crate) fn find(&self, facts: &Facts, anchor: RecordId, step: u32) -> Result<Option<Slot>> {
        if matches!(self.timing.anchor, Anchor::Birthday) {
            let year = i32::try_from(step).ok().filter(|_| anchor == facts.patient.into());
            return year.map_or(Ok(None), |year| self.of_year(facts, year));
        }
        match self.anchors.iter().find(|(id, _)| *id == anchor) {
            Some(anchor) if step < self.after_last() => self.step(facts, *anchor, step),
            _ => Ok(None),
        }
    }

    /// The first time behind a place in their order; several events may come to the same instant.
    pub(crate) fn after(&self, facts: &Facts, at: Instant, behind: Behind) -> Result<Option<Slot>> {
        let follows = |slot: &Slot| slot.at > at || slot.at == at && behind.admits(&slot.stamp);
        if matches!(self.timing.anchor, Anchor::Birthday) {
            let near = facts.civil(at.max(facts.instant(self.begins()?)?))?.date().naive().year();
            let mut best = None;
            for year in near - YEARS..=near + YEARS {
                best = earlier(best, self.of_year(facts, year)?.filter(follows));
            }
            return Ok(best);
        }
        let mut best = None;
        for (n, anchor) in self.anchors.iter().enumerate() {
            let until = self.superseded(facts, n)?;
            let fits = |slot: &Slot| follows(slot) && until.is_none_or(|until| slot.at < until);
            for step in self.unordered() {
                // A step beyond the calendar is none.
                best = earlier(best, self.step(facts, *anchor, step).ok().flatten().filter(fits));
            }
            // The others rise: the first that fits is found by halving.
            let (mut low, mut high) = (self.unordered().end, self.after_last());
            while low < high {
                let middle = low + (high - low) / 2;
                match self.step(facts, *anchor, middle) {
                    Ok(Some(slot)) if follows(&slot) => high = middle,
                    // Before the schedule begins.
                    Ok(_) => low = middle + 1,
                    // Beyond the calendar.
                    Err(_) => high = middle,
                }
            }
            let slot = if low < self.after_last() { self.step(facts, *anchor, low)? } else { None };
            best = earlier(best, slot.filter(fits));
        }
        Ok(best)
    }

    pub(crate) fn before(&self, facts: &Facts, at: Instant, inclusive: bool) -> Result<Option<Slot>> {
        let before = |slot: &Slot, at: Instant, inclusive: bool| slot.at < at || inclusive && slot.at == at;
        let later = |a: Option<Slot>, b: Option<Slot>| match (a, b) {
            (Some(a), Some(b)) => Some(if (b.at, b.stamp) > (a.at, a.stamp) { b } else { a }),
            (a, b) => a.or(b),
        };
        if matches!(self.timing.anchor, Anchor::Birthday) {
            let near = facts.civil(at)?.date().naive().year();
            let mut best = None;
            for year in near - YEARS..=near + YEARS {
                best = later(best, self.of_year(facts, year)?.filter(|slot| before(slot, at, inclusive)));
            }
            return Ok(best);
        }
        let mut best = None;
        for (n, anchor) in self.anchors.iter().enumerate() {
            let until = self.superseded(facts, n)?.filter(|until| *until <= at);
            let fits = |slot: &Slot| match until {
                Some(until) => before(slot, until, false),
                None => before(slot, at, inclusive),
            };
            for step in self.unordered() {
                best = later(best, self.step(facts, *anchor, step).ok().flatten().filter(fits));
            }
            let begin = self.unordered().end;
            let (mut low, mut high) = (begin, self.after_last());
            while low < high {
                let middle = low + (high - low) / 2;
                match self.step(facts, *anchor, middle) {
                    Ok(Some(slot)) if !fits(&slot) => high = middle,
                    Ok(_) => low = middle + 1,
                    Err(_) => high = middle,
                }
            }
            let slot = match low.checked_sub(1).filter(|step| *step >= begin) {
                Some(step) => self.step(facts, *anchor, step)?,
                None => None,
            };
            best = later(best, slot.filter(fits));
        }
        Ok(best)
    }

    /// When the steps of an anchor that repeat end because a later event takes its place.
    fn superseded(&self, facts: &Facts, n: usize) -> Result<Option<Instant>> {
        if self.timing.repeat.is_none() {
            return Ok(None);
        }
        self.anchors.get(n + 1).map(|(_, at)| facts.instant(*at)).transpose()
    }
}

fn completions(facts: &Facts, of: ScheduleId) -> impl Iterator<Item = (RecordId, CivilTime)> + '_ {
    facts.completions.iter().filter(move |(schedule, ..)| *schedule == of).map(|(_, id, at)| (*id, *at))
}

fn earlier(a: Option<Slot>, b: Option<Slot>) -> Option<Slot> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if (b.at, b.stamp) < (a.at, a.stamp) { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn at_time(civil: CivilTime, at: DayTime) -> Result<CivilTime> {
    let time = match at {
        DayTime::AllDay => NaiveTime::MIN,
        DayTime::At(time) => clock(time.hour, time.minute)?,
        DayTime::Part(part) => clock(part.starts().hour, 0)?,
    };
    CivilTime::try_from(civil.naive().date().and_time(time))
}

fn clock(hour: u8, minute: u8) -> Result<NaiveTime> {
    let time = NaiveTime::from_hms_opt(hour.into(), minute.into(), 0);
    time.ok_or_else(|| crate::Error::invalid("at", "hours are 0 to 23, minutes 0 to 59"))
}
