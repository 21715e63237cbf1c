//! A rule made ready: civil times in seconds, found by arithmetic from where the question stands.

use super::calendar::{DAY, FIRST, LAST, bit_from, bit_to, date_of, has_bit};
use super::days::{Days, Search};
use super::periods::{Periods, Unit};
use super::times::{Clock, HOURS, SIXTY, Times};
use super::words::{Frequency, Rule};

/// How many periods without an instance a search passes before it gives up: more than the weeks of the 400 years after
/// which the calendar repeats.
pub(super) const EMPTY: u32 = 25_000;

/// A rule from its start to its end.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    start: i64,
    end: i64,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Every so many seconds.
    Even(i64),
    Steps(Steps),
    Periods(Periods),
}

/// Every so many days, hours, minutes or seconds, as far as days and times of day are let through.
#[derive(Debug, Clone)]
struct Steps {
    /// Length of a period in seconds.
    unit: i64,
    interval: i64,
    /// The period the rule starts in.
    origin: i64,
    /// Days, if any are left out.
    days: Option<Days>,
    /// What the beginning of a period must be, of the parts that are not within it.
    clock: Clock,
    /// Times within a period.
    times: Times,
}

fn bits(values: &[i64], otherwise: u64) -> u64 {
    if values.is_empty() {
        return otherwise;
    }
    let bit = |value: &i64| u32::try_from(*value).ok().and_then(|at| 1u64.checked_shl(at)).unwrap_or(0);
    values.iter().fold(0, |mask, value| mask | bit(value))
}

impl Pattern {
    /// A rule that has been checked, from `start` to `end`, in civil seconds.
    pub(super) fn new(rule: &Rule, start: i64, end: i64) -> Pattern {
        let time = start.rem_euclid(DAY);
        let interval = i64::from(rule.interval).max(1);
        let days = Days::new(rule, date_of(start.div_euclid(DAY)));
        let frequency = rule.frequency;
        // A leap second is the second before it.
        let seconds: Vec<i64> = rule.by_second.iter().map(|second| (*second).min(59)).collect();
        let unless = |shorter: Frequency, of_start: i64, all: u64| {
            if frequency > shorter { bits(&[of_start], 0) } else { all }
        };
        let clock = Clock {
            hours: bits(&rule.by_hour, unless(Frequency::Hourly, time / 3600, HOURS)),
            minutes: bits(&rule.by_minute, unless(Frequency::Minutely, time / 60 % 60, SIXTY)),
            seconds: bits(&seconds, unless(Frequency::Secondly, time % 60, SIXTY)),
        };
        let untimed = rule.by_hour.is_empty() && rule.by_minute.is_empty() && seconds.is_empty();
        let position = rule.by_position.as_slice();
        let even = untimed && days.all() && position.is_empty();
        let kind = match frequency {
            Frequency::Yearly | Frequency::Monthly => {
                let unit = if frequency == Frequency::Yearly { Unit::Year } else { Unit::Month };
                Kind::Periods(Periods::new(unit, interval, start, days, Times::new(clock), position))
            }
            Frequency::Weekly if rule.by_day.is_empty() && even => Kind::Even(interval * 7 * DAY),
            Frequency::Weekly => {
                let unit = Unit::Week { begins: rule.week_start as u32 };
                let days = if rule.by_day.is_empty() { on_weekday_of(rule, start) } else { days };
                Kind::Periods(Periods::new(unit, interval, start, days, Times::new(clock), position))
            }
            Frequency::Daily if even => Kind::Even(interval * DAY),
            Frequency::Hourly if even => Kind::Even(interval * 3600),
            Frequency::Minutely if even => Kind::Even(interval * 60),
            Frequency::Secondly if even => Kind::Even(interval),
            Frequency::Daily | Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                Kind::Steps(Steps::new(frequency, interval, start, days, clock, position))
            }
        };
        Pattern { start: start.max(FIRST), end: end.min(LAST), kind }
    }

    /// The first civil time from `at` on.
    pub(super) fn from(&self, at: i64) -> Option<i64> {
        let mut fuel = EMPTY;
        self.first_with(at, &mut fuel)
    }

    /// As [`from`](Self::from), with as much fuel as there is for periods without an instance.
    pub(super) fn first_with(&self, at: i64, fuel: &mut u32) -> Option<i64> {
        let at = at.max(self.start);
        if at > self.end {
            return None;
        }
        let found = match &self.kind {
            Kind::Even(step) => {
                let behind = (at - self.start) % step;
                if behind == 0 { at } else { at - behind + step }
            }
            Kind::Steps(steps) => steps.from(at, self.end, fuel)?,
            Kind::Periods(periods) => periods.from(at, self.end, fuel)?,
        };
        (found <= self.end).then_some(found)
    }

    /// The last civil time up to `at`.
    pub(super) fn to(&self, at: i64) -> Option<i64> {
        let at = at.min(self.end);
        if at < self.start {
            return None;
        }
        let mut fuel = EMPTY;
        let found = match &self.kind {
            Kind::Even(step) => at - (at - self.start) % step,
            Kind::Steps(steps) => steps.to(at, self.start, &mut fuel)?,
            Kind::Periods(periods) => periods.to(at, &mut fuel)?,
        };
        (found >= self.start).then_some(found)
    }
}

/// The days of a rule by the week that names none: those of its start, so far as its other parts let them through.
fn on_weekday_of(rule: &Rule, start: i64) -> Days {
    use super::words::{NthWeekday, Weekday};
    let day = start.div_euclid(DAY);
    let open = rule.by_week.is_empty() && rule.by_year_day.is_empty() && rule.by_month_day.is_empty();
    let on = Weekday::ALL.iter().filter(|weekday| open && **weekday as u32 == super::calendar::weekday(day));
    let by_day = on.map(|weekday| NthWeekday { weekday: *weekday, nth: None }).collect();
    Days::new(&Rule { by_day, ..rule.clone() }, date_of(day))
}

impl Steps {
    fn new(frequency: Frequency, interval: i64, start: i64, days: Days, clock: Clock, positions: &[i64]) -> Steps {
        // Each shorter period with an interval of one goes by the day as well.
        let by_day = interval == 1 && positions.is_empty();
        let unit = match frequency {
            Frequency::Hourly if !by_day => 3600,
            Frequency::Minutely if !by_day => 60,
            Frequency::Secondly if !by_day => 1,
            _ => DAY,
        };
        let within = Clock {
            hours: if unit >= DAY { clock.hours } else { 1 },
            minutes: if unit >= 3600 { clock.minutes } else { 1 },
            seconds: if unit >= 60 { clock.seconds } else { 1 },
        };
        let times = Times::new(within);
        let times = if positions.is_empty() { times } else { times.at_positions(positions) };
        let days = Some(days).filter(|days| !days.all());
        Steps { unit, interval, origin: start.div_euclid(unit), days, clock, times }
    }

    /// Whether a period is let through; if not, the period before which none is.
    fn next_open(&self, period: i64, end: i64, fuel: &mut u32) -> Result<(), Option<i64>> {
        let at = period * self.unit;
        let day = at.div_euclid(DAY);
        if let Some(days) = &self.days
            && !days.has(day)
        {
            return Err(match days.from(day + 1, end, fuel) {
                Search::Found(day) => Some((day * DAY).div_euclid(self.unit)),
                Search::Nothing => None,
            });
        }
        if self.unit == DAY {
            return Ok(());
        }
        let time = at.rem_euclid(DAY) as u32;
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        let next = if !has_bit(self.clock.hours, hour) {
            bit_from(self.clock.hours, hour).map_or(86_400, |hour| hour * 3600)
        } else if self.unit < 3600 && !has_bit(self.clock.minutes, minute) {
            hour * 3600 + bit_from(self.clock.minutes, minute).map_or(3600, |minute| minute * 60)
        } else if self.unit < 60 && !has_bit(self.clock.seconds, second) {
            hour * 3600 + minute * 60 + bit_from(self.clock.seconds, second).unwrap_or(60)
        } else {
            return Ok(());
        };
        Err(Some((day * DAY + i64::from(next)).div_euclid(self.unit)))
    }

    /// Whether a period is let through; if not, the period after which none is.
    fn last_open(&self, period: i64, start: i64, fuel: &mut u32) -> Result<(), Option<i64>> {
        let at = period * self.unit;
        let day = at.div_euclid(DAY);
        if let Some(days) = &self.days
            && !days.has(day)
        {
            return Err(match days.to(day - 1, start, fuel) {
                Search::Found(day) => Some((day * DAY + DAY - 1).div_euclid(self.unit)),
                Search::Nothing => None,
            });
        }
        if self.unit == DAY {
            return Ok(());
        }
        let time = at.rem_euclid(DAY) as u32;
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        let begins = if !has_bit(self.clock.hours, hour) {
            bit_to(self.clock.hours, hour).map_or(0, |hour| (hour + 1) * 3600)
        } else if self.unit < 3600 && !has_bit(self.clock.minutes, minute) {
            hour * 3600 + bit_to(self.clock.minutes, minute).map_or(0, |minute| (minute + 1) * 60)
        } else if self.unit < 60 && !has_bit(self.clock.seconds, second) {
            hour * 3600 + minute * 60 + bit_to(self.clock.seconds, second).map_or(0, |second| second + 1)
        } else {
            return Ok(());
        };
        Err(Some((day * DAY + i64::from(begins) - 1).div_euclid(self.unit)))
    }

    fn from(&self, at: i64, end: i64, fuel: &mut u32) -> Option<i64> {
        let mut period = at.div_euclid(self.unit);
        let mut within = at.rem_euclid(self.unit) as u32;
        loop {
            let behind = (period - self.origin).rem_euclid(self.interval);
            if behind != 0 {
                (period, within) = (period - behind + self.interval, 0);
            }
            if period * self.unit > end {
                return None;
            }
            match self.next_open(period, end, fuel) {
                Ok(()) => {
                    if let Some(time) = self.times.from(within) {
                        return Some(period * self.unit + i64::from(time));
                    }
                    period += 1;
                }
                Err(next) => period = next?,
            }
            within = 0;
            *fuel = fuel.checked_sub(1)?;
        }
    }

    fn to(&self, at: i64, start: i64, fuel: &mut u32) -> Option<i64> {
        let mut period = at.div_euclid(self.unit);
        let mut within = at.rem_euclid(self.unit) as u32;
        let whole = (self.unit - 1) as u32;
        loop {
            let ahead = (period - self.origin).rem_euclid(self.interval);
            if ahead != 0 {
                (period, within) = (period - ahead, whole);
            }
            if (period + 1) * self.unit <= start {
                return None;
            }
            match self.last_open(period, start, fuel) {
                Ok(()) => {
                    if let Some(time) = self.times.to(within) {
                        return Some(period * self.unit + i64::from(time));
                    }
                    period -= 1;
                }
                Err(previous) => period = previous?,
            }
            within = whole;
            *fuel = fuel.checked_sub(1)?;
        }
    }
}
