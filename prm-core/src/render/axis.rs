//! Scales: where a time or a number stands in a drawing, and which ones are named on the axis.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Timelike};

use super::words::{Word, Words};
use crate::time::{PartialDate, When};

/// Days since the start of year 1 that a time covers: a moment none, a partial date all it may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Extent {
    pub(crate) fn of(when: &When) -> Self {
        match when {
            When::At(at) => {
                let local = at.naive_local();
                let at = day_number(local.date()) + f64::from(local.time().num_seconds_from_midnight()) / 86_400.0;
                Extent { from: at, to: at }
            }
            When::On(date) => Extent { from: day_number(date.first_day()), to: day_number(date.last_day()) + 1.0 },
        }
    }

    pub(crate) fn middle(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

pub(crate) fn day_number(date: NaiveDate) -> f64 {
    f64::from(date.num_days_from_ce())
}

fn date_of(day: f64) -> Option<NaiveDate> {
    // A day number within chrono's range fits.
    #[allow(clippy::cast_possible_truncation, reason = "saturates, and an impossible day gives none")]
    NaiveDate::from_num_days_from_ce_opt(day.floor() as i32)
}

/// Time from left to right. What lies ahead of today has a part and a scale of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeScale {
    /// First and last day drawn, without what lies ahead.
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) ahead: Option<Ahead>,
}

/// The part of a drawing for what lies ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ahead {
    pub(crate) to: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
}

/// A named place on an axis.
#[derive(Debug)]
pub(crate) struct Tick {
    pub(crate) x: f64,
    pub(crate) date: NaiveDate,
    pub(crate) label: String,
}

enum Step {
    Months(u32),
    Days(i64),
}

/// Candidate steps, finest first, with their least length in days.
const STEPS: &[(Step, f64)] = &[
    (Step::Days(1), 1.0),
    (Step::Days(2), 2.0),
    (Step::Days(7), 7.0),
    (Step::Days(14), 14.0),
    (Step::Months(1), 28.0),
    (Step::Months(3), 90.0),
    (Step::Months(6), 181.0),
    (Step::Months(12), 365.0),
    (Step::Months(24), 730.0),
    (Step::Months(60), 1826.0),
    (Step::Months(120), 3652.0),
    (Step::Months(240), 7305.0),
    (Step::Months(1200), 36524.0),
];

impl TimeScale {
    pub(crate) fn x(&self, day: f64) -> f64 {
        match &self.ahead {
            Some(ahead) if day > self.to => {
                let share = ((day - self.to) / (ahead.to - self.to)).clamp(0.0, 1.0);
                ahead.left + share * (ahead.right - ahead.left)
            }
            _ => self.left + ((day - self.from) / (self.to - self.from)).clamp(0.0, 1.0) * (self.right - self.left),
        }
    }

    /// Whether any of the extent is drawn.
    pub(crate) fn shows(&self, extent: Extent) -> bool {
        extent.to >= self.from && extent.from <= self.ahead.map_or(self.to, |ahead| ahead.to)
    }

    /// Ticks of the finest step whose labels keep `spacing` pixels apart, from days to centuries.
    pub(crate) fn ticks(&self, spacing: f64, words: &Words) -> Vec<Tick> {
        let per_day = (self.right - self.left) / (self.to - self.from);
        let Some((step, _)) = STEPS.iter().find(|(_, days)| days * per_day >= spacing).or(STEPS.last()) else {
            return Vec::new();
        };
        let (Some(first), Some(last)) = (date_of(self.from), date_of(self.to)) else { return Vec::new() };
        let mut ticks = Vec::new();
        let mut date = step.at_or_before(first);
        while let Some(at) = date.filter(|at| *at <= last) {
            let day = day_number(at);
            if day >= self.from {
                ticks.push(Tick { x: self.x(day), date: at, label: step.label(at, words) });
            }
            date = step.after(at);
        }
        ticks
    }
}

impl Step {
    fn at_or_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Step::Days(1) => Some(date),
            Step::Days(days) => {
                let back = i64::from(date.num_days_from_ce()).rem_euclid(*days);
                date.checked_sub_signed(TimeDelta::days(back))
            }
            Step::Months(months) => {
                let months = i32::try_from(*months).ok()?;
                let index = (date.year() * 12 + i32::try_from(date.month0()).ok()?).div_euclid(months) * months;
                let month = u32::try_from(index.rem_euclid(12)).ok()? + 1;
                NaiveDate::from_ymd_opt(index.div_euclid(12), month, 1)
            }
        }
    }

    fn after(&self, date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Step::Days(days) => date.checked_add_signed(TimeDelta::days(*days)),
            Step::Months(months) => date.checked_add_months(Months::new(*months)),
        }
    }

    fn label(&self, date: NaiveDate, words: &Words) -> String {
        let date = PartialDate::from(date);
        match self {
            Step::Days(_) => {
                let (day, month) = (date.day().unwrap_or(1), words.month(date.month().unwrap_or(1)));
                words.fill(Word::DateDayMonth, &[("day", &day), ("month", &month)])
            }
            Step::Months(months) if *months < 12 => {
                let month = words.month(date.month().unwrap_or(1));
                words.fill(Word::DateMonth, &[("month", &month), ("year", &date.year())])
            }
            Step::Months(_) => date.year().to_string(),
        }
    }
}

/// Numbers from bottom to top.
#[derive(Debug, Clone)]
pub(crate) struct NumberScale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    step: f64,
}

impl NumberScale {
    /// A scale that holds `low` and `high` and begins and ends on round numbers.
    pub(crate) fn around(low: f64, high: f64, top: f64, bottom: f64) -> Self {
        let spread = if high > low { high - low } else { (high.abs() * 0.2).max(1.0) };
        let (low, high) = if high > low { (low, high) } else { (low - spread / 2.0, high + spread / 2.0) };
        let rough = spread / 4.0;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].iter().map(|m| m * power).find(|step| *step >= rough).unwrap_or(power);
        let low = (low / step).floor() * step;
        let high = (high / step).ceil() * step;
        NumberScale { low, high, top, bottom, step }
    }

    pub(crate) fn y(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.bottom - share * (self.bottom - self.top)
    }

    /// Round numbers with as many decimals as their step needs.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what both hold")]
        let (places, count) = (
            (-self.step.log10().floor()).clamp(0.0, 12.0) as usize,
            ((self.high - self.low) / self.step).round().clamp(0.0, 12.0) as u32,
        );
        (0..=count)
            .map(|n| {
                // Adding zero turns minus zero into zero.
                let value = self.low + f64::from(n) * self.step + 0.0;
                (value, format!("{value:.places$}").replacen('-', "−", 1))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(from: &str, to: &str) -> TimeScale {
        let day = |text: &str| day_number(text.parse().unwrap());
        TimeScale { from: day(from), to: day(to), left: 0.0, right: 800.0, ahead: None }
    }

    fn labels(from: &str, to: &str) -> Vec<String> {
        scale(from, to).ticks(70.0, &Words::default()).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn the_axis_adapts_from_decades_to_days() {
        assert_eq!(labels("1926-05-01", "2026-05-01")[..2], ["1930", "1940"]);
        assert_eq!(labels("2008-02-12", "2018-02-12")[..3], ["2009", "2010", "2011"]);
        assert_eq!(labels("2024-01-15", "2025-06-15")[..2], ["Apr 2024", "Jul 2024"]);
        assert_eq!(labels("2026-03-01", "2026-03-09")[..2], ["1 Mar", "2 Mar"]);
    }

    #[test]
    fn ticks_keep_apart_however_long_the_time_is() {
        for (from, to) in [("0001-01-01", "9999-12-31"), ("2000-01-01", "2003-01-01"), ("2020-02-01", "2020-02-03")] {
            let ticks = scale(from, to).ticks(70.0, &Words::default());
            assert!(!ticks.is_empty() && ticks.len() <= 101, "{from}");
            if to != "9999-12-31" {
                assert!(ticks.windows(2).all(|pair| pair[1].x - pair[0].x >= 60.0), "{from}");
            }
        }
    }

    #[test]
    fn a_year_covers_all_its_days() {
        let year = Extent::of(&When::On("2019".parse().unwrap()));
        assert_eq!(year.to - year.from, 365.0);
        assert!(scale("2019-06-01", "2020-01-01").shows(year));
        assert!(!scale("2020-06-01", "2021-01-01").shows(year));
    }

    #[test]
    fn numbers_on_an_axis_are_round() {
        let ticks = |low, high| NumberScale::around(low, high, 0.0, 100.0).ticks();
        let said = |low, high| ticks(low, high).into_iter().map(|(_, label)| label).collect::<Vec<_>>();
        assert_eq!(said(71.0, 139.0), ["60", "80", "100", "120", "140"]);
        assert_eq!(said(0.7, 1.3), ["0.6", "0.8", "1.0", "1.2", "1.4"]);
        assert_eq!(said(5.0, 5.0), ["4.5", "5.0", "5.5"]);
        assert!(ticks(-1.0, 1.0).iter().any(|(_, label)| label == "0.0"));
    }
}
