//! Which days a rule lets through: a month at a time, as the bits of one number.

use super::calendar::{
    DAY, Parts, bit_from, bit_to, date_of, day_of, has_bit, month_length, week_of, weekday, year_length,
};
use super::words::{Frequency, Rule};

/// A certain weekday of a month or year: weekday from Monday 0, and which.
#[derive(Debug, Clone, Copy)]
struct Nth {
    weekday: u32,
    nth: i64,
}

/// The parts of a rule that are about days. All of them must let a day through.
#[derive(Debug, Clone)]
pub(super) struct Days {
    /// Bit 0 for January.
    months: u32,
    /// Days of the month, if they matter: bit 0 for the first.
    month_days: Option<u32>,
    /// The same from the end: bit 0 for the last.
    from_end: u32,
    /// Whether days of the week matter.
    by_day: bool,
    /// Every one of a weekday: bit 0 for Monday.
    weekdays: u32,
    nth: Vec<Nth>,
    nth_of_year: bool,
    year_days: Vec<i64>,
    weeks: Vec<i64>,
    week_start: u32,
}

/// What a search for the next day came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    Found(i64),
    /// Nothing up to the end, or as far as the search went.
    Nothing,
}

impl Days {
    /// The days of a rule that begins on `start`; what the rule leaves open is taken from there.
    pub(super) fn new(rule: &Rule, start: Parts) -> Days {
        let open = rule.by_week.is_empty()
            && rule.by_year_day.is_empty()
            && rule.by_month_day.is_empty()
            && rule.by_day.is_empty();
        let mut months = rule.by_month.iter().fold(0, |bits, month| bits | bit(month - 1));
        let mut month_days = None;
        let mut from_end = 0;
        for day in &rule.by_month_day {
            month_days = Some(month_days.unwrap_or(0) | if *day > 0 { bit(day - 1) } else { 0 });
            from_end |= if *day < 0 { bit(-day - 1) } else { 0 };
        }
        if open && matches!(rule.frequency, Frequency::Yearly | Frequency::Monthly) {
            month_days = Some(bit(i64::from(start.day) - 1));
            if rule.frequency == Frequency::Yearly && months == 0 {
                months = bit(i64::from(start.month) - 1);
            }
        }
        let mut weekdays = 0;
        let mut nth = Vec::new();
        for day in &rule.by_day {
            match day.nth {
                None => weekdays |= 1 << day.weekday as u32,
                Some(n) => nth.push(Nth { weekday: day.weekday as u32, nth: n }),
            }
        }
        Days {
            months: if months == 0 { 0xfff } else { months },
            month_days,
            from_end,
            by_day: !rule.by_day.is_empty(),
            weekdays,
            nth,
            nth_of_year: rule.frequency == Frequency::Yearly && rule.by_month.is_empty(),
            year_days: rule.by_year_day.clone(),
            weeks: rule.by_week.clone(),
            week_start: rule.week_start as u32,
        }
    }

    /// Whether every day is let through.
    pub(super) fn all(&self) -> bool {
        self.only_weekdays() && !self.by_day
    }

    /// Whether nothing but the day of the week matters.
    pub(super) fn only_weekdays(&self) -> bool {
        self.months == 0xfff
            && self.month_days.is_none()
            && self.nth.is_empty()
            && self.year_days.is_empty()
            && self.weeks.is_empty()
    }

    /// Days of the week, bit 0 for Monday; all if they do not matter.
    pub(super) fn weekdays(&self) -> u32 {
        if self.by_day { self.weekdays } else { 0x7f }
    }

    /// The days of a month: bit 0 for the first.
    pub(super) fn mask(&self, year: i64, month: u32) -> u32 {
        if !has_bit(self.months.into(), month - 1) {
            return 0;
        }
        let length = month_length(year, month);
        let mut mask = u32::MAX >> (32 - length);
        if let Some(days) = self.month_days {
            mask &= days | (self.from_end.reverse_bits() >> (32 - length));
        }
        if self.by_day {
            mask &= self.weekday_mask(year, month, length);
        }
        if !self.year_days.is_empty() {
            mask &= self.year_day_mask(year, month, length);
        }
        if !self.weeks.is_empty() {
            mask = self.within_weeks(day_of(year, month, 1), mask);
        }
        mask
    }

    fn weekday_mask(&self, year: i64, month: u32, length: u32) -> u32 {
        let first_day = day_of(year, month, 1);
        let first = weekday(first_day);
        let turned = u64::from(((self.weekdays >> first) | (self.weekdays << (7 - first))) & 0x7f);
        let mut mask = (turned | turned << 7 | turned << 14 | turned << 21 | turned << 28) as u32;
        for nth in &self.nth {
            let (begins, lasts) =
                if self.nth_of_year { (day_of(year, 1, 1), year_length(year)) } else { (first_day, i64::from(length)) };
            let earliest = (i64::from(nth.weekday) - i64::from(weekday(begins))).rem_euclid(7);
            let which = if nth.nth > 0 { nth.nth - 1 } else { (lasts - 1 - earliest) / 7 + 1 + nth.nth };
            let at = earliest + 7 * which;
            if which >= 0 && at < lasts {
                mask |= bit(begins + at - first_day);
            }
        }
        mask
    }

    fn year_day_mask(&self, year: i64, month: u32, length: u32) -> u32 {
        let before = day_of(year, month, 1) - day_of(year, 1, 1);
        self.year_days.iter().fold(0, |mask, day| {
            let at = if *day > 0 { day - 1 } else { year_length(year) + day };
            if at - before < i64::from(length) { mask | bit(at - before) } else { mask }
        })
    }

    fn within_weeks(&self, first: i64, mask: u32) -> u32 {
        let mut within = 0;
        let mut rest = mask;
        while rest != 0 {
            let day = rest.trailing_zeros();
            rest &= rest - 1;
            let week = week_of(first + i64::from(day), self.week_start);
            if self.weeks.iter().any(|n| *n == week.number || *n == week.number - week.of - 1) {
                within |= 1 << day;
            }
        }
        within
    }

    /// Whether a day is let through.
    pub(super) fn has(&self, day: i64) -> bool {
        let date = date_of(day);
        has_bit(self.mask(date.year, date.month).into(), date.day - 1)
    }

    /// The first day from `day` on, no later than the second `end`. Every month looked at takes one of `fuel`.
    pub(super) fn from(&self, day: i64, end: i64, fuel: &mut u32) -> Search {
        let date = date_of(day);
        let (mut year, mut month, mut from) = (date.year, date.month, date.day - 1);
        loop {
            if let Some(bit) = bit_from(self.mask(year, month).into(), from) {
                return Search::Found(day_of(year, month, bit + 1));
            }
            match bit_from(self.months.into(), month) {
                Some(next) => month = next + 1,
                None => (year, month) = (year + 1, self.months.trailing_zeros() + 1),
            }
            from = 0;
            if *fuel == 0 || day_of(year, month, 1) * DAY > end {
                return Search::Nothing;
            }
            *fuel -= 1;
        }
    }

    /// The last day up to `day`, no earlier than the second `start`. Every month looked at takes one of `fuel`.
    pub(super) fn to(&self, day: i64, start: i64, fuel: &mut u32) -> Search {
        let date = date_of(day);
        let (mut year, mut month, mut to) = (date.year, date.month, date.day - 1);
        loop {
            if let Some(bit) = bit_to(self.mask(year, month).into(), to) {
                return Search::Found(day_of(year, month, bit + 1));
            }
            match month.checked_sub(2).and_then(|before| bit_to(self.months.into(), before)) {
                Some(previous) => month = previous + 1,
                None => (year, month) = (year - 1, 32 - self.months.leading_zeros()),
            }
            to = 30;
            if *fuel == 0 || (day_of(year, month, 1) + 31) * DAY < start {
                return Search::Nothing;
            }
            *fuel -= 1;
        }
    }
}

fn bit(at: i64) -> u32 {
    u32::try_from(at).ok().and_then(|at| 1u32.checked_shl(at)).unwrap_or(0)
}
