//! Recurrences in plain words: "every Monday and Thursday at 08:00 for 13 times".

use chrono::{Datelike, Timelike};

use super::calendar::weekday;
use super::phrases::{RecurrencePhrase as Phrase, RecurrenceWords};
use super::words::{ClockZone, Frequency, Recurrence, Rule, Until};
use crate::time::{CivilTime, Date};

/// So many times of day are listed each; more are told by hours and minutes.
const LISTED_TIMES: usize = 8;

const WEEKDAYS: [Phrase; 7] = [
    Phrase::Monday,
    Phrase::Tuesday,
    Phrase::Wednesday,
    Phrase::Thursday,
    Phrase::Friday,
    Phrase::Saturday,
    Phrase::Sunday,
];

const MONTHS: [Phrase; 12] = [
    Phrase::January,
    Phrase::February,
    Phrase::March,
    Phrase::April,
    Phrase::May,
    Phrase::June,
    Phrase::July,
    Phrase::August,
    Phrase::September,
    Phrase::October,
    Phrase::November,
    Phrase::December,
];

impl Rule {
    /// The rule in plain words, without what it takes from a start.
    ///
    /// # Example
    /// ```
    /// use prm_core::engage::{RecurrenceWords, Rule};
    /// let rule: Rule = "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6".parse()?;
    /// assert_eq!(rule.readback(&RecurrenceWords::default()), "every month on the last Friday for 6 times");
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn readback(&self, words: &RecurrenceWords) -> String {
        let told = Teller { words, rule: self, start: None };
        [told.rhythm(), told.times(), told.end()].concat().join(" ")
    }
}

impl Recurrence {
    /// The recurrence in plain words.
    ///
    /// # Example
    /// ```
    /// use prm_core::Zones;
    /// use prm_core::engage::{ClockZone, Recurrence, RecurrenceWords};
    /// let start = Some("2026-03-02T08:00:00".parse()?);
    /// let text = "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=13";
    /// let recurrence = Recurrence::parse(text, start, ClockZone::Floating, &Zones::bundled())?;
    /// let told = recurrence.readback(&RecurrenceWords::default());
    /// assert_eq!(told, "every Monday and Thursday at 08:00 for 13 times");
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn readback(&self, words: &RecurrenceWords) -> String {
        let start = Some(self.start);
        let none = Rule::every(Frequency::Daily);
        let told = Teller { words, rule: self.rule.as_ref().unwrap_or(&none), start };
        let rhythm = match &self.rule {
            Some(_) => told.rhythm(),
            None => vec![words.fill(Phrase::Once, &[("date", &date(words, self.start.date()))])],
        };
        let times = if self.all_day { Vec::new() } else { told.times() };
        let zone = match &self.zone {
            ClockZone::Floating => None,
            ClockZone::Utc => Some("UTC"),
            ClockZone::Zone(zone) => Some(zone.as_str()),
        };
        let zone = zone.filter(|_| !self.all_day).map(|zone| words.fill(Phrase::Zone, &[("zone", zone)]));
        let single = [(Phrase::Added, &self.added), (Phrase::Excluded, &self.excluded)];
        let mut single: Vec<_> = single.into_iter().map(|(phrase, times)| (phrase, times.len())).collect();
        single.push((Phrase::Changed, self.overrides.len()));
        let single = single.into_iter().filter(|(_, count)| *count > 0);
        let single = single.map(|(phrase, count)| words.fill(phrase, &[("n", &count.to_string())])).collect();
        [rhythm, times, zone.into_iter().collect(), told.end(), single].concat().join(" ")
    }
}

fn date(words: &RecurrenceWords, date: Date) -> String {
    let date = date.naive();
    let month = month(words, i64::from(date.month()));
    let (day, year) = (date.day().to_string(), date.year().to_string());
    words.fill(Phrase::DateDay, &[("day", &day), ("month", &month), ("year", &year)])
}

fn month(words: &RecurrenceWords, number: i64) -> String {
    let phrase = usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at));
    phrase.map_or_else(|| number.to_string(), |phrase| words.text(*phrase).to_owned())
}

fn day_name(words: &RecurrenceWords, number: u32) -> String {
    let phrase = usize::try_from(number).ok().and_then(|at| WEEKDAYS.get(at));
    phrase.map_or_else(|| number.to_string(), |phrase| words.text(*phrase).to_owned())
}

fn clock(hour: i64, minute: i64, second: i64) -> String {
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

fn clock_of(at: CivilTime) -> String {
    let at = at.naive();
    clock(at.hour().into(), at.minute().into(), at.second().into())
}

struct Teller<'a> {
    words: &'a RecurrenceWords,
    rule: &'a Rule,
    start: Option<CivilTime>,
}

impl Teller<'_> {
    fn list(&self, items: Vec<String>, join: Phrase) -> String {
        let last = items.len().saturating_sub(1);
        let mut items = items.into_iter().enumerate();
        let first = items.next().map(|(_, item)| item).unwrap_or_default();
        items.fold(first, |list, (i, item)| {
            let phrase = if i == last { join } else { Phrase::ListComma };
            self.words.fill(phrase, &[("list", &list), ("last", &item)])
        })
    }

    fn and(&self, items: Vec<String>) -> String {
        self.list(items, Phrase::ListAnd)
    }

    fn numbers(&self, numbers: &[i64]) -> String {
        self.and(numbers.iter().map(|number| self.counted(*number)).collect())
    }

    /// "2nd", "last", "3rd to last".
    fn ordinal(&self, n: i64) -> String {
        if n == -1 {
            return self.words.text(Phrase::Last).to_owned();
        }
        let size = n.unsigned_abs();
        let phrase = match (size % 10, size % 100) {
            (1, tens) if tens != 11 => Phrase::OrdinalOne,
            (2, tens) if tens != 12 => Phrase::OrdinalTwo,
            (3, tens) if tens != 13 => Phrase::OrdinalThree,
            _ => Phrase::OrdinalOther,
        };
        let nth = self.words.fill(phrase, &[("n", &size.to_string())]);
        if n < 0 { self.words.fill(Phrase::NthLast, &[("nth", &nth)]) } else { nth }
    }

    /// A number, or from the end an ordinal.
    fn counted(&self, n: i64) -> String {
        if n < 0 { self.ordinal(n) } else { n.to_string() }
    }

    fn month_day(&self, n: i64) -> String {
        match n {
            -1 => self.words.text(Phrase::LastDay).to_owned(),
            n if n < 0 => self.words.fill(Phrase::NthLastDay, &[("nth", &self.ordinal(-n))]),
            n => self.ordinal(n),
        }
    }

    fn every(&self) -> String {
        let (one, many) = match self.rule.frequency {
            Frequency::Secondly => (Phrase::EverySecond, Phrase::EverySeconds),
            Frequency::Minutely => (Phrase::EveryMinute, Phrase::EveryMinutes),
            Frequency::Hourly => (Phrase::EveryHour, Phrase::EveryHours),
            Frequency::Daily => (Phrase::EveryDay, Phrase::EveryDays),
            Frequency::Weekly => (Phrase::EveryWeek, Phrase::EveryWeeks),
            Frequency::Monthly => (Phrase::EveryMonth, Phrase::EveryMonths),
            Frequency::Yearly => (Phrase::EveryYear, Phrase::EveryYears),
        };
        if self.rule.interval == 1 {
            return self.words.text(one).to_owned();
        }
        self.words.fill(many, &[("n", &self.rule.interval.to_string())])
    }

    /// How often, and on which days.
    fn rhythm(&self) -> Vec<String> {
        let rule = self.rule;
        let open = rule.by_month_day.is_empty() && rule.by_year_day.is_empty() && rule.by_week.is_empty();
        let start = self.start.filter(|_| open && rule.by_day.is_empty()).map(|start| start.naive());
        let mut plain: Vec<String> = Vec::new();
        let mut nth: Vec<String> = Vec::new();
        for day in &rule.by_day {
            let weekday = day_name(self.words, day.weekday as u32);
            match day.nth {
                None => plain.push(weekday),
                Some(n) => {
                    nth.push(self.words.fill(Phrase::NthWeekday, &[("nth", &self.ordinal(n)), ("weekday", &weekday)]));
                }
            }
        }
        if let Some(start) = start
            && rule.frequency == Frequency::Weekly
        {
            let days = CivilTime::try_from(start).map_or(0, |start| start.seconds().div_euclid(86_400));
            plain.push(day_name(self.words, weekday(days)));
        }
        let weekly = matches!(rule.frequency, Frequency::Weekly | Frequency::Daily) && rule.interval == 1;
        let by_weekday = weekly && !plain.is_empty() && open;
        let mut told = vec![if by_weekday {
            self.words.fill(Phrase::EveryWeekday, &[("weekdays", &self.and(plain.clone()))])
        } else {
            self.every()
        }];
        let mut month_days: Vec<i64> = rule.by_month_day.clone();
        let mut months: Vec<i64> = rule.by_month.clone();
        if let Some(start) = start {
            if matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly) {
                month_days.push(start.day().into());
            }
            if rule.frequency == Frequency::Yearly && months.is_empty() {
                months.push(start.month().into());
            }
        }
        let both = !month_days.is_empty() && !rule.by_day.is_empty();
        let mut weekdays = plain.clone();
        weekdays.extend(nth.iter().cloned());
        if !month_days.is_empty() {
            let days = self.and(month_days.iter().map(|day| self.month_day(*day)).collect());
            let days = if months.is_empty() && rule.frequency == Frequency::Yearly {
                self.words.fill(Phrase::OfTheMonth, &[("days", &days)])
            } else {
                days
            };
            told.push(self.words.fill(Phrase::OnTheDays, &[("days", &days)]));
        }
        if !rule.by_year_day.is_empty() {
            let days = self.and(rule.by_year_day.iter().map(|day| self.ordinal(*day)).collect());
            let days = self.words.fill(Phrase::OfTheYear, &[("days", &days)]);
            told.push(self.words.fill(Phrase::OnTheDays, &[("days", &days)]));
        }
        if both {
            let weekdays = self.list(weekdays, Phrase::ListOr);
            told.push(self.words.fill(Phrase::IfItIs, &[("weekdays", &weekdays)]));
        } else {
            if !plain.is_empty() && !by_weekday {
                told.push(self.words.fill(Phrase::OnDays, &[("days", &self.and(plain))]));
            }
            if !nth.is_empty() {
                told.push(self.words.fill(Phrase::OnTheDays, &[("days", &self.and(nth))]));
            }
        }
        if !rule.by_week.is_empty() {
            told.push(self.words.fill(Phrase::InWeeks, &[("weeks", &self.numbers(&rule.by_week))]));
        }
        if !months.is_empty() {
            let months = self.and(months.iter().map(|number| month(self.words, *number)).collect());
            told.push(self.words.fill(Phrase::InMonths, &[("months", &months)]));
        }
        told
    }

    /// At which times of day.
    fn times(&self) -> Vec<String> {
        let rule = self.rule;
        let start = self.start.map(|start| start.naive());
        let or_start = |said: &[i64], of_start: Option<u32>, shorter: Frequency| match of_start {
            Some(of_start) if said.is_empty() && rule.frequency > shorter => vec![i64::from(of_start)],
            _ => said.to_vec(),
        };
        let hours = or_start(&rule.by_hour, start.map(|at| at.hour()), Frequency::Hourly);
        let minutes = or_start(&rule.by_minute, start.map(|at| at.minute()), Frequency::Minutely);
        let seconds = or_start(&rule.by_second, start.map(|at| at.second()), Frequency::Secondly);
        let mut told = Vec::new();
        let (count, second) = (hours.len() * minutes.len(), seconds.as_slice());
        if (1..=LISTED_TIMES).contains(&count) && second.len() <= 1 {
            let second = second.first().copied().unwrap_or(0).min(59);
            let mut times: Vec<String> =
                hours.iter().flat_map(|hour| minutes.iter().map(|minute| clock(*hour, *minute, second))).collect();
            times.sort_unstable();
            times.dedup();
            told.push(self.words.fill(Phrase::AtTimes, &[("times", &self.and(times))]));
        } else {
            let parts = [
                (Phrase::InHours, "hours", &hours),
                (Phrase::AtMinutes, "minutes", &minutes),
                (Phrase::AtSeconds, "seconds", &seconds),
            ];
            for (phrase, name, values) in parts {
                // The full minute of a start needs no words.
                let plain = name == "seconds" && values.as_slice() == [0] && rule.by_second.is_empty();
                if !values.is_empty() && !plain {
                    told.push(self.words.fill(phrase, &[(name, &self.numbers(values))]));
                }
            }
        }
        if !rule.by_position.is_empty() {
            let positions = self.and(rule.by_position.iter().map(|n| self.ordinal(*n)).collect());
            told.push(self.words.fill(Phrase::OnlyPositions, &[("positions", &positions)]));
        }
        told
    }

    /// How many, or until when.
    fn end(&self) -> Vec<String> {
        let mut told = Vec::new();
        match self.rule.count {
            None => {}
            Some(1) => told.push(self.words.text(Phrase::ForOneTime).to_owned()),
            Some(count) => told.push(self.words.fill(Phrase::ForTimes, &[("n", &count.to_string())])),
        }
        let at = |phrase, at: CivilTime| {
            let (date, time) = (date(self.words, at.date()), clock_of(at));
            self.words.fill(phrase, &[("date", &date), ("time", &time)])
        };
        told.extend(match self.rule.until {
            None => None,
            Some(Until::Date(day)) => Some(self.words.fill(Phrase::UntilDate, &[("date", &date(self.words, day))])),
            Some(Until::Civil(civil)) => Some(at(Phrase::UntilTime, civil)),
            Some(Until::Instant(instant)) => {
                CivilTime::try_from(instant.naive_utc()).ok().map(|civil| at(Phrase::UntilUtc, civil))
            }
        });
        told
    }
}
