//! Whether a recurrence can be what it says.

use std::collections::BTreeSet;

use super::clockwork::last_of;
use super::words::{ClockZone, Frequency, Recurrence, Rule};
use crate::error::{Error, Result};
use crate::time::{CivilTime, Date, Zones};

/// The most instances a rule may count, as the most times that may be added, excluded or moved.
const MOST_COUNTED: u32 = 100_000;
const MOST_SINGLE: usize = 10_000;

/// The longest list of a rule. The longest without repetition is that of days of the year.
const LONGEST_LIST: usize = 1_000;

fn wrong(what: &'static str) -> Error {
    Error::invalid("rule", what)
}

fn within(values: &[i64], lowest: i64, highest: i64, what: &'static str) -> Result<()> {
    let fits = |value: &i64| (lowest..=highest).contains(value);
    if values.len() <= LONGEST_LIST && values.iter().all(fits) { Ok(()) } else { Err(wrong(what)) }
}

fn around_zero(values: &[i64], highest: i64, what: &'static str) -> Result<()> {
    within(values, -highest, highest, what)?;
    if values.contains(&0) { Err(wrong(what)) } else { Ok(()) }
}

impl Rule {
    /// A rule that comes once in each period, without end; its other parts are empty.
    pub const fn every(frequency: Frequency) -> Rule {
        Rule {
            frequency,
            interval: 1,
            count: None,
            until: None,
            by_second: Vec::new(),
            by_minute: Vec::new(),
            by_hour: Vec::new(),
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_year_day: Vec::new(),
            by_week: Vec::new(),
            by_month: Vec::new(),
            by_position: Vec::new(),
            week_start: super::words::Weekday::Monday,
        }
    }

    /// Checks ranges, and which parts may stand together.
    ///
    /// # Errors
    /// `Invalid` naming what is wrong.
    pub fn check(&self) -> Result<()> {
        if self.interval == 0 {
            return Err(wrong("INTERVAL is 1 or more"));
        }
        if self.count.is_some() && self.until.is_some() {
            return Err(wrong("COUNT and UNTIL exclude each other: keep one"));
        }
        if self.count.is_some_and(|count| count == 0 || count > MOST_COUNTED) {
            return Err(wrong("COUNT is 1 to 100000"));
        }
        within(&self.by_second, 0, 60, "BYSECOND holds numbers from 0 to 60")?;
        within(&self.by_minute, 0, 59, "BYMINUTE holds numbers from 0 to 59")?;
        within(&self.by_hour, 0, 23, "BYHOUR holds numbers from 0 to 23")?;
        within(&self.by_month, 1, 12, "BYMONTH holds numbers from 1 to 12")?;
        around_zero(&self.by_month_day, 31, "BYMONTHDAY holds numbers from 1 to 31, or -31 to -1")?;
        around_zero(&self.by_year_day, 366, "BYYEARDAY holds numbers from 1 to 366, or -366 to -1")?;
        around_zero(&self.by_week, 53, "BYWEEKNO holds numbers from 1 to 53, or -53 to -1")?;
        around_zero(&self.by_position, 366, "BYSETPOS holds numbers from 1 to 366, or -366 to -1")?;
        let nth: Vec<i64> = self.by_day.iter().filter_map(|day| day.nth).collect();
        around_zero(&nth, 53, "the numbers of BYDAY are 1 to 53, or -53 to -1")?;
        if self.by_day.len() > LONGEST_LIST {
            return Err(wrong("BYDAY has more than 1000 days"));
        }
        if !nth.is_empty() && !matches!(self.frequency, Frequency::Monthly | Frequency::Yearly) {
            return Err(wrong("a BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY"));
        }
        if !nth.is_empty() && !self.by_week.is_empty() {
            return Err(wrong("a BYDAY with a number cannot stand beside BYWEEKNO: leave the number out"));
        }
        let others = [
            &self.by_second,
            &self.by_minute,
            &self.by_hour,
            &self.by_month_day,
            &self.by_year_day,
            &self.by_week,
            &self.by_month,
        ];
        if !self.by_position.is_empty() && self.by_day.is_empty() && others.iter().all(|list| list.is_empty()) {
            return Err(wrong("BYSETPOS needs another BY part whose instances it chooses from"));
        }
        Ok(())
    }

    /// Whether the rule says times of day.
    pub(super) fn is_timed(&self) -> bool {
        self.frequency < Frequency::Daily
            || !(self.by_hour.is_empty() && self.by_minute.is_empty() && self.by_second.is_empty())
    }
}

impl Recurrence {
    /// A recurrence without exceptions, with the usual policies for gaps and folds.
    pub const fn new(start: CivilTime, zone: ClockZone, rule: Option<Rule>) -> Recurrence {
        Recurrence {
            start,
            zone,
            all_day: false,
            rule,
            added: Vec::new(),
            excluded: Vec::new(),
            overrides: Vec::new(),
            gap: super::words::GapPolicy::Later,
            fold: super::words::FoldPolicy::First,
            last: None,
        }
    }

    /// A recurrence of whole days.
    pub const fn of_days(start: Date, zone: ClockZone, rule: Option<Rule>) -> Recurrence {
        let mut recurrence = Recurrence::new(start.start(), zone, rule);
        recurrence.all_day = true;
        recurrence
    }

    /// Checks everything and finds the last instance of a rule with a count.
    ///
    /// The count is of civil times the rule says, before any is excluded, skipped by clocks or repeated by them, so it
    /// comes to the same in every zone.
    ///
    /// # Errors
    /// `Invalid` naming what is wrong; also for a zone that is not in the database, and for a count that takes more than
    /// 100,000 steps to reach.
    pub fn checked(mut self, zones: &Zones) -> Result<Recurrence> {
        if let ClockZone::Zone(name) = &self.zone {
            zones.zone(name)?;
        }
        if let Some(rule) = &self.rule {
            rule.check()?;
        }
        if self.added.len() > MOST_SINGLE || self.excluded.len() > MOST_SINGLE || self.overrides.len() > MOST_SINGLE {
            return Err(Error::invalid("recurrence", "at most 10000 times may be added, excluded or moved"));
        }
        let stamps: BTreeSet<_> = self.overrides.iter().map(|change| change.stamp).collect();
        if stamps.len() < self.overrides.len() {
            return Err(Error::invalid("overrides", "an instance may be moved or taken out only once"));
        }
        if self.all_day {
            if self.rule.as_ref().is_some_and(Rule::is_timed) {
                return Err(wrong("a rule of whole days has no times of day"));
            }
            let stamps = self.overrides.iter().flat_map(|change| [Some(change.stamp.civil), change.to]).flatten();
            let mut times =
                [self.start].into_iter().chain(self.added.iter().chain(&self.excluded).copied()).chain(stamps);
            if times.any(|time| time.date().start() != time) {
                return Err(Error::invalid("all_day", "times of whole days are midnight"));
            }
        }
        let last = match &self.rule {
            Some(rule) => last_of(rule, self.start.seconds())?,
            None => None,
        };
        self.last = last.and_then(CivilTime::from_seconds);
        Ok(self)
    }
}
