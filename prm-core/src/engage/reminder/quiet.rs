//! Quiet hours on the clock of a zone.

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta};

use super::QuietHours;
use crate::engage::TimeOfDay;
use crate::error::{Error, Result};
use crate::time::{Instant, LocalTime, Zones};

/// How often the end of quiet hours may itself be quiet: where clocks skip it.
const TRIES: u8 = 4;

impl QuietHours {
    pub(super) fn check(&self) -> Result<()> {
        for (field, time) in [("preferences.quiet.from", self.from), ("preferences.quiet.to", self.to)] {
            if time.hour > 23 || time.minute > 59 {
                return Err(Error::invalid(field, "a time of day is 00:00 to 23:59"));
            }
        }
        if self.from == self.to {
            return Err(Error::invalid("preferences.quiet", "leave quiet hours out, or forbid reminders altogether"));
        }
        Ok(())
    }

    fn through_midnight(&self) -> bool {
        self.to < self.from
    }

    pub(super) fn hold(&self, time: NaiveTime) -> bool {
        let (from, to) = (clock(self.from), clock(self.to));
        if self.through_midnight() { time >= from || time < to } else { time >= from && time < to }
    }
}

fn clock(time: TimeOfDay) -> NaiveTime {
    NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0).unwrap_or(NaiveTime::MIN)
}

/// Quiet hours in a zone.
pub(super) struct Quiet<'a> {
    hours: QuietHours,
    zone: &'a str,
    zones: &'a Zones,
}

impl<'a> Quiet<'a> {
    pub(super) fn new(hours: QuietHours, zone: &'a str, zones: &'a Zones) -> Self {
        Quiet { hours, zone, zones }
    }

    /// `at` itself if it is not quiet then; else when quiet hours end, or, if that is after `until`, the last minute
    /// before they began. None if neither can be.
    pub(super) fn moved(&self, at: Instant, until: Instant) -> Result<Option<Instant>> {
        if !self.quiet_at(at)? {
            return Ok(Some(at));
        }
        let mut end = self.end_after(at)?;
        for _ in 0..TRIES {
            match end {
                Some(ends) if self.quiet_at(ends)? => end = self.end_after(ends)?,
                _ => break,
            }
        }
        if let Some(end) = end
            && end <= until
        {
            return Ok(Some(end));
        }
        let Some(last) = self.start_before(at)?.and_then(|start| start.checked_sub_signed(TimeDelta::minutes(1)))
        else {
            return Ok(None);
        };
        Ok(if self.quiet_at(last)? { None } else { Some(last) })
    }

    fn local(&self, at: Instant) -> Result<NaiveDateTime> {
        Ok(self.zones.local(self.zone, at)?.naive_local())
    }

    fn quiet_at(&self, at: Instant) -> Result<bool> {
        Ok(self.hours.hold(self.local(at)?.time()))
    }

    /// When the quiet hours around `at` end, on the clock of the day they end on, never so many hours later.
    fn end_after(&self, at: Instant) -> Result<Option<Instant>> {
        let local = self.local(at)?;
        let tomorrow = self.hours.through_midnight() && local.time() >= clock(self.hours.from);
        let date = if tomorrow { local.date().checked_add_days(Days::new(1)) } else { Some(local.date()) };
        let Some(date) = date else { return Ok(None) };
        let end = self.zones.resolve(self.zone, date.and_time(clock(self.hours.to)))?;
        Ok(match end {
            // When clocks go back the end may come twice, and the first may be over.
            LocalTime::Twice { first, second } => [first, second].into_iter().find(|end| *end > at),
            other => Some(other.instant()).filter(|end| *end > at),
        })
    }

    /// When the quiet hours around `at` began.
    fn start_before(&self, at: Instant) -> Result<Option<Instant>> {
        let local = self.local(at)?;
        let yesterday = self.hours.through_midnight() && local.time() < clock(self.hours.to);
        let date = if yesterday { local.date().checked_sub_days(Days::new(1)) } else { Some(local.date()) };
        let Some(date) = date else { return Ok(None) };
        let start = self.zones.resolve(self.zone, date.and_time(clock(self.hours.from)))?;
        Ok(match start {
            LocalTime::Twice { first, second } => [second, first].into_iter().find(|start| *start <= at),
            other => Some(other.instant()).filter(|start| *start <= at),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_begin_with_their_first_minute_and_end_before_their_last() {
        let hours =
            |from, to| QuietHours { from: TimeOfDay { hour: from, minute: 0 }, to: TimeOfDay { hour: to, minute: 0 } };
        let at = |text: &str| text.parse::<NaiveTime>().unwrap();
        let night = hours(21, 8);
        assert!(night.hold(at("21:00:00")) && night.hold(at("00:00:00")) && night.hold(at("07:59:59")));
        assert!(!night.hold(at("20:59:59")) && !night.hold(at("08:00:00")));
        let noon = hours(12, 14);
        assert!(noon.hold(at("12:00:00")) && !noon.hold(at("14:00:00")) && !noon.hold(at("11:59:59")));
    }
}
