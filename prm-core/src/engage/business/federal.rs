//! The shipped calendar against the rules of 5 U.S.C. 6103.

use chrono::{Datelike, Days, Month, NaiveDate, Weekday};

use crate::engage::{Holiday, HolidayCalendar};
use crate::time::Date;

const FIRST: i32 = 2020;
const LAST: i32 = 2035;

fn day(year: i32, month: Month, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month.number_from_month(), day).unwrap()
}

fn nth(year: i32, month: Month, weekday: Weekday, n: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month.number_from_month(), weekday, n).unwrap()
}

fn last_monday_of_may(year: i32) -> NaiveDate {
    let end = day(year, Month::May, 31);
    end - Days::new(u64::from(end.weekday().num_days_from_monday()))
}

/// 5 U.S.C. 6103(b)(1) for Saturdays; section 3(a) of Executive Order 11582 for Sundays.
fn kept(date: NaiveDate) -> NaiveDate {
    match date.weekday() {
        Weekday::Sat => date - Days::new(1),
        Weekday::Sun => date + Days::new(1),
        _ => date,
    }
}

fn of_year(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let mut days = vec![
        (day(year, Month::January, 1), "New Year's Day"),
        (nth(year, Month::January, Weekday::Mon, 3), "Birthday of Martin Luther King, Jr."),
        (nth(year, Month::February, Weekday::Mon, 3), "Washington's Birthday"),
        (last_monday_of_may(year), "Memorial Day"),
        (day(year, Month::July, 4), "Independence Day"),
        (nth(year, Month::September, Weekday::Mon, 1), "Labor Day"),
        (nth(year, Month::October, Weekday::Mon, 2), "Columbus Day"),
        (day(year, Month::November, 11), "Veterans Day"),
        (nth(year, Month::November, Weekday::Thu, 4), "Thanksgiving Day"),
        (day(year, Month::December, 25), "Christmas Day"),
    ];
    // Public Law 117-17 of 17 June 2021.
    if year >= 2021 {
        days.push((day(year, Month::June, 19), "Juneteenth National Independence Day"));
    }
    days.into_iter().map(|(date, name)| (kept(date), name)).collect()
}

fn by_the_rules() -> Vec<Holiday> {
    let mut holidays: Vec<Holiday> = (FIRST..=LAST)
        .flat_map(of_year)
        .map(|(date, name)| Holiday { date: Date::try_from(date).unwrap(), name: name.to_owned() })
        .collect();
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}

#[test]
fn the_shipped_calendar_is_what_the_statute_says() {
    let shipped = HolidayCalendar::us_federal().unwrap();
    assert_eq!(shipped.holidays, by_the_rules());
    assert_eq!(shipped.holidays.len(), 16 * 11 - 1);
    assert!(shipped.source.contains("5 U.S.C. 6103") && shipped.source.contains("version"));
}

#[test]
fn days_known_from_the_calendar_on_the_wall_are_in_it() {
    let shipped = HolidayCalendar::us_federal().unwrap();
    let on = |date: &str| {
        let date: Date = date.parse().unwrap();
        shipped.holidays.iter().find(|h| h.date == date).map(|h| h.name.as_str())
    };
    for (date, name) in [
        ("2021-06-18", "Juneteenth National Independence Day"),
        ("2021-12-31", "New Year's Day"),
        ("2022-12-26", "Christmas Day"),
        ("2025-05-26", "Memorial Day"),
        ("2025-07-04", "Independence Day"),
        ("2025-11-27", "Thanksgiving Day"),
        ("2026-01-01", "New Year's Day"),
        ("2026-07-03", "Independence Day"),
    ] {
        assert_eq!(on(date), Some(name), "{date}");
    }
    assert_eq!(on("2020-06-19"), None);
    assert_eq!(on("2022-01-01"), None);
}
