//! Rules by the week, month or year: the days of one period at a time, and positions among its instances.

use super::calendar::{DAY, bit_from, bit_to, date_of, day_of, has_bit, nth_bit, week_base, week_index, weekday};
use super::days::Days;
use super::times::Times;

/// What a rule repeats by, longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Weeks that begin with a day of the week, 0 for Monday.
    Week {
        begins: u32,
    },
    Month,
    Year,
}

impl Unit {
    pub(super) fn index(self, day: i64) -> i64 {
        match self {
            Unit::Week { begins } => week_index(day, begins),
            Unit::Month => {
                let date = date_of(day);
                date.year * 12 + i64::from(date.month) - 1
            }
            Unit::Year => date_of(day).year,
        }
    }

    /// The first day of a period.
    fn base(self, index: i64) -> i64 {
        match self {
            Unit::Week { begins } => week_base(index, begins),
            Unit::Month => day_of(index.div_euclid(12), index.rem_euclid(12) as u32 + 1, 1),
            Unit::Year => day_of(index, 1, 1),
        }
    }

    /// How many parts a period has, each with its days in one number.
    fn parts(self) -> u32 {
        if self == Unit::Year { 12 } else { 1 }
    }
}

/// Some days of a period: bit 0 for the first.
#[derive(Debug, Clone, Copy)]
struct Part {
    first: i64,
    mask: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Periods {
    unit: Unit,
    interval: i64,
    /// The period the rule starts in.
    origin: i64,
    days: Days,
    /// Of a rule by the week that looks at nothing but days of the week: these, bit 0 for the day weeks begin with.
    turned: Option<u64>,
    times: Times,
    positions: Vec<i64>,
}

impl Periods {
    pub(super) fn new(unit: Unit, interval: i64, start: i64, days: Days, times: Times, positions: &[i64]) -> Periods {
        let turned = match unit {
            Unit::Week { begins } if days.only_weekdays() => {
                let weekdays = days.weekdays();
                Some(u64::from(((weekdays >> begins) | (weekdays << (7 - begins))) & 0x7f))
            }
            _ => None,
        };
        let origin = unit.index(start.div_euclid(DAY));
        Periods { unit, interval, origin, days, turned, times, positions: positions.to_vec() }
    }

    fn part(&self, index: i64, part: u32) -> Part {
        match self.unit {
            Unit::Week { begins } => {
                let first = week_base(index, begins);
                let mask = self.turned.unwrap_or_else(|| {
                    (0..7).fold(0, |mask, day| {
                        let on = first + i64::from(day);
                        let let_through = has_bit(self.days.weekdays().into(), weekday(on)) && self.days.has(on);
                        mask | u64::from(let_through) << day
                    })
                });
                Part { first, mask }
            }
            Unit::Month => {
                let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u32 + 1);
                Part { first: day_of(year, month, 1), mask: self.days.mask(year, month).into() }
            }
            Unit::Year => {
                let mask = self.days.mask(index, part + 1).into();
                Part { first: if mask == 0 { i64::MIN } else { day_of(index, part + 1, 1) }, mask }
            }
        }
    }

    /// The first instance from `at` on, in periods that begin by `end`. Every period looked at takes one of `fuel`.
    pub(super) fn from(&self, at: i64, end: i64, fuel: &mut u32) -> Option<i64> {
        let period = self.unit.index(at.div_euclid(DAY));
        let behind = (period - self.origin).rem_euclid(self.interval);
        let mut index = if behind == 0 { period } else { period - behind + self.interval };
        loop {
            if self.unit.base(index) * DAY > end {
                return None;
            }
            if let Some(found) = self.first_within(index, at) {
                return Some(found);
            }
            *fuel = fuel.checked_sub(1)?;
            index += self.interval;
        }
    }

    /// The last instance up to `at`, in periods from the one the rule starts in.
    pub(super) fn to(&self, at: i64, fuel: &mut u32) -> Option<i64> {
        let period = self.unit.index(at.div_euclid(DAY));
        let mut index = period - (period - self.origin).rem_euclid(self.interval);
        while index >= self.origin {
            if let Some(found) = self.last_within(index, at) {
                return Some(found);
            }
            *fuel = fuel.checked_sub(1)?;
            index -= self.interval;
        }
        None
    }

    fn first_within(&self, index: i64, at: i64) -> Option<i64> {
        if !self.positions.is_empty() {
            return self.selected(index).into_iter().find(|found| *found >= at);
        }
        let (day, time) = (at.div_euclid(DAY), at.rem_euclid(DAY) as u32);
        for part in 0..self.unit.parts() {
            let Part { first, mask } = self.part(index, part);
            if mask == 0 {
                continue;
            }
            // Bits above 31 do not occur, so what lies wholly before is not found.
            let offset = (day - first).clamp(-1, 63);
            let Ok(bit) = u32::try_from(offset) else {
                return Some((first + i64::from(bit_from(mask, 0)?)) * DAY + i64::from(self.times.from(0)?));
            };
            if has_bit(mask, bit)
                && let Some(time) = self.times.from(time)
            {
                return Some(day * DAY + i64::from(time));
            }
            if let Some(bit) = bit_from(mask, bit + 1) {
                return Some((first + i64::from(bit)) * DAY + i64::from(self.times.from(0)?));
            }
        }
        None
    }

    fn last_within(&self, index: i64, at: i64) -> Option<i64> {
        if !self.positions.is_empty() {
            return self.selected(index).into_iter().rev().find(|found| *found <= at);
        }
        let (day, time) = (at.div_euclid(DAY), at.rem_euclid(DAY) as u32);
        for part in (0..self.unit.parts()).rev() {
            let Part { first, mask } = self.part(index, part);
            if mask == 0 || first > day {
                continue;
            }
            let bit = u32::try_from((day - first).min(63)).unwrap_or(63);
            if has_bit(mask, bit)
                && let Some(time) = self.times.to(time)
            {
                return Some(day * DAY + i64::from(time));
            }
            if let Some(bit) = bit.checked_sub(1).and_then(|before| bit_to(mask, before)) {
                return Some((first + i64::from(bit)) * DAY + i64::from(self.times.to(86_399)?));
            }
        }
        None
    }

    /// The instances of a period that stand at the positions asked for.
    fn selected(&self, index: i64) -> Vec<i64> {
        let parts: Vec<Part> = (0..self.unit.parts()).map(|part| self.part(index, part)).collect();
        let days: i64 = parts.iter().map(|part| i64::from(part.mask.count_ones())).sum();
        let times = i64::from(self.times.count());
        let mut selected: Vec<i64> = self
            .positions
            .iter()
            .map(|position| if *position > 0 { position - 1 } else { days * times + position })
            .filter(|at| (0..days * times).contains(at))
            .filter_map(|at| {
                let mut nth = at.checked_div(times)?;
                let part = parts.iter().find(|part| {
                    let here = i64::from(part.mask.count_ones());
                    let within = nth < here;
                    nth -= if within { 0 } else { here };
                    within
                })?;
                let day = part.first + i64::from(nth_bit(part.mask, u32::try_from(nth).ok()?)?);
                Some(day * DAY + i64::from(self.times.nth(u32::try_from(at % times).ok()?)?))
            })
            .collect();
        selected.sort_unstable();
        selected.dedup();
        selected
    }
}
