//! The arithmetic of the calendar: spans added to civil times, days on which a clinic works, calendars of holidays.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

use super::holiday::HolidayCalendar;
use super::recur::Weekday;
use super::span::Span;
use crate::error::{Error, Result};
use crate::time::{CivilTime, Date};

/// Most business days that one span may count.
const MOST_BUSINESS_DAYS: u64 = 100_000;
/// Holidays of one calendar.
const MOST_HOLIDAYS: usize = 10_000;
/// Characters of a name or of a source.
const LINE: usize = 1_000;

/// The shipped calendar, as [`HolidayCalendar::from_json`] reads it.
const US_FEDERAL: &str = include_str!("data/us-federal-holidays.json");

/// The civil time that is `span` after `at`, or before it where parts of the span are negative.
///
/// Years and months come first: a day that the month reached does not have becomes its last. Then weeks and days; then
/// business days, of which the first after `at` is counted 1, so that none leaves the day as it is even where nobody
/// works on it; then hours and minutes, on the clock on the wall. `holidays` are the days that business days pass over;
/// without, Saturday and Sunday.
///
/// # Errors
/// `Invalid` for what lies outside the years 1 to 9999, for more than 100,000 business days, and for a calendar on which
/// nobody ever works.
///
/// # Example
/// ```
/// use prm_core::engage::{HolidayCalendar, Span, add_span};
/// let holidays = HolidayCalendar::us_federal()?;
/// let discharge = "2025-07-03T00:00:00".parse()?;
/// let call = add_span(discharge, &Span { business_days: 2, ..Span::default() }, Some(&holidays))?;
/// assert_eq!(call.date().to_string(), "2025-07-08");
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn add_span(at: CivilTime, span: &Span, holidays: Option<&HolidayCalendar>) -> Result<CivilTime> {
    let civil = at.naive();
    let months = span.years.checked_mul(12).and_then(|months| months.checked_add(span.months)).ok_or_else(too_far)?;
    let size = Months::new(u32::try_from(months.unsigned_abs()).map_err(|_| too_far())?);
    let date = civil.date();
    let date = if months < 0 { date.checked_sub_months(size) } else { date.checked_add_months(size) };
    let days = span.weeks.checked_mul(7).and_then(|days| days.checked_add(span.days)).ok_or_else(too_far)?;
    let date = moved(date.ok_or_else(too_far)?, days).ok_or_else(too_far)?;
    let date = business_days_after(date, span.business_days, holidays)?;
    let minutes = span.hours.checked_mul(60).and_then(|m| m.checked_add(span.minutes)).ok_or_else(too_far)?;
    let minutes = TimeDelta::try_minutes(minutes).ok_or_else(too_far)?;
    let reached = date.and_time(civil.time()).checked_add_signed(minutes).ok_or_else(too_far)?;
    CivilTime::try_from(reached).map_err(|_| too_far())
}

/// Whether a clinic works on this day: it is neither of the weekend nor a holiday. Without a calendar, Saturday and
/// Sunday are the weekend and there are no holidays.
pub fn is_business_day(date: Date, holidays: Option<&HolidayCalendar>) -> bool {
    !is_weekend(date.naive(), holidays)
        && !holidays.is_some_and(|calendar| calendar.holidays.iter().any(|holiday| holiday.date == date))
}

impl HolidayCalendar {
    /// The holidays of the federal government of the United States, 2020 to 2035, on the days they are kept by those who
    /// work from Monday to Friday: one that falls on a Saturday on the Friday before, on a Sunday on the Monday after.
    ///
    /// Source: 5 U.S.C. 6103(a) and (b), Executive Order 11582. The day of a President's inauguration, which is a holiday
    /// around Washington alone, is left out.
    ///
    /// # Errors
    /// None in practice: the data is part of the library, and a test reads it.
    pub fn us_federal() -> Result<Self> {
        HolidayCalendar::from_json(US_FEDERAL)
    }

    /// Reads a calendar from JSON and puts its holidays in order of date.
    ///
    /// The shape is that of the type: `name` and `source` (texts), `weekend` (names of days, `"friday"`, left out for
    /// Saturday and Sunday) and `holidays`, each with `date` (`"2026-12-25"`) and `name`. Other members are refused.
    ///
    /// # Errors
    /// `Invalid` for what has not this shape, and as [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self> {
        let mut calendar: HolidayCalendar = serde_json::from_str(text)
            .map_err(|e| Error::invalid("calendar", "not a calendar of holidays in JSON").because(e))?;
        calendar.holidays.sort_by_key(|holiday| holiday.date);
        calendar.check()?;
        Ok(calendar)
    }

    /// Whether this can be a calendar: it has a name and a source, one day of the week at least on which people work, and
    /// no more than one holiday a day, 10,000 in all.
    ///
    /// # Errors
    /// `Invalid` with the field that is wrong.
    pub fn check(&self) -> Result<()> {
        line("name", &self.name)?;
        line("source", &self.source)?;
        if works_never(Some(self)) {
            return Err(Error::invalid("weekend", "name fewer days: on one day of the week at least people work"));
        }
        if self.holidays.len() > MOST_HOLIDAYS {
            return Err(Error::invalid("holidays", "a calendar holds 10,000 holidays at most"));
        }
        for (n, holiday) in self.holidays.iter().enumerate() {
            line(&format!("holidays[{n}].name"), &holiday.name)?;
        }
        let mut dates: Vec<Date> = self.holidays.iter().map(|holiday| holiday.date).collect();
        dates.sort_unstable();
        let count = dates.len();
        dates.dedup();
        if dates.len() < count {
            return Err(Error::invalid("holidays", "name each day once; two holidays on one day share an entry"));
        }
        Ok(())
    }
}

fn line(field: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() || text.chars().count() > LINE {
        return Err(Error::invalid(field.to_owned(), "a text of 1 to 1,000 characters is needed"));
    }
    Ok(())
}

fn too_far() -> Error {
    Error::invalid("span", "the time it leads to is outside the years 1 to 9999")
}

fn moved(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let size = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(size) } else { date.checked_add_days(size) }
}

fn is_weekend(date: NaiveDate, holidays: Option<&HolidayCalendar>) -> bool {
    let day = Weekday::from(date.weekday());
    match holidays.map(|calendar| calendar.weekend.as_slice()) {
        None | Some([]) => matches!(day, Weekday::Saturday | Weekday::Sunday),
        Some(weekend) => weekend.contains(&day),
    }
}

fn works_never(holidays: Option<&HolidayCalendar>) -> bool {
    holidays.is_some_and(|calendar| Weekday::ALL.iter().all(|day| calendar.weekend.contains(day)))
}

fn business_days_after(date: NaiveDate, count: i64, holidays: Option<&HolidayCalendar>) -> Result<NaiveDate> {
    if count == 0 {
        return Ok(date);
    }
    if count.unsigned_abs() > MOST_BUSINESS_DAYS {
        return Err(Error::invalid("span.business_days", "100,000 business days at most are counted"));
    }
    if works_never(holidays) {
        return Err(Error::invalid("holidays.weekend", "nobody ever works on this calendar"));
    }
    // Sorted once: a calendar that was never checked may hold its days in any order.
    let mut kept: Vec<NaiveDate> =
        holidays.map(|calendar| calendar.holidays.iter().map(|h| h.date.naive()).collect()).unwrap_or_default();
    kept.sort_unstable();
    let step = count.signum();
    let (mut date, mut left) = (date, count.unsigned_abs());
    while left > 0 {
        date = moved(date, step).ok_or_else(too_far)?;
        if !is_weekend(date, holidays) && kept.binary_search(&date).is_err() {
            left -= 1;
        }
    }
    Ok(date)
}

#[cfg(test)]
mod federal;
#[cfg(test)]
mod tests;
