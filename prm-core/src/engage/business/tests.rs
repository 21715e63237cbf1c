//! Calendar arithmetic: the date vectors of follow-up programmes, and properties.

use proptest::prelude::*;

use super::{add_span, is_business_day};
use crate::engage::{Holiday, HolidayCalendar, Span, Weekday};
use crate::time::{CivilTime, Date};

fn at(text: &str) -> CivilTime {
    if text.len() == 10 { text.parse::<Date>().unwrap().start() } else { text.parse().unwrap() }
}

fn days(days: i64) -> Span {
    Span { days, ..Span::default() }
}

fn business(business_days: i64) -> Span {
    Span { business_days, ..Span::default() }
}

fn reached(from: &str, span: Span) -> String {
    let calendar = HolidayCalendar::us_federal().unwrap();
    add_span(at(from), &span, Some(&calendar)).unwrap().date().to_string()
}

// CMS, transitional care management: contact within 2 business days of discharge, a visit within 7 or 14 calendar days,
// and a service period of the day of discharge and the 29 days after it.
#[test]
fn contact_after_discharge_is_due_within_two_business_days() {
    for (discharge, contact) in [
        ("2025-03-10", "2025-03-12"),
        ("2025-07-03", "2025-07-08"),
        ("2025-05-23", "2025-05-28"),
        ("2025-03-14", "2025-03-18"),
        ("2025-12-31", "2026-01-05"),
    ] {
        assert_eq!(reached(discharge, business(2)), contact, "discharge {discharge}");
    }
}

#[test]
fn visits_and_the_end_of_transitional_care_are_counted_in_calendar_days() {
    for (discharge, seven, fourteen, end) in [
        ("2025-03-10", "2025-03-17", "2025-03-24", "2025-04-08"),
        ("2025-07-03", "2025-07-10", "2025-07-17", "2025-08-01"),
        ("2025-05-23", "2025-05-30", "2025-06-06", "2025-06-21"),
        ("2025-12-31", "2026-01-07", "2026-01-14", "2026-01-29"),
    ] {
        assert_eq!(reached(discharge, days(7)), seven, "7 days after {discharge}");
        assert_eq!(reached(discharge, days(14)), fourteen, "14 days after {discharge}");
        assert_eq!(reached(discharge, days(29)), end, "end of the period after {discharge}");
    }
}

#[test]
fn weeks_of_pregnancy_are_counted_from_the_last_menstrual_period() {
    let lmp = "2025-01-01";
    assert_eq!(reached(lmp, days(280)), "2025-10-08");
    for (weeks, date) in [(12, "2025-03-26"), (24, "2025-06-18"), (28, "2025-07-16"), (36, "2025-09-10")] {
        assert_eq!(reached(lmp, Span { weeks, ..Span::default() }), date, "{weeks} weeks");
    }
}

#[test]
fn a_day_that_a_month_does_not_have_is_its_last() {
    let after = |from: &str, years, months| reached(from, Span { years, months, ..Span::default() });
    assert_eq!(after("2026-01-31", 0, 1), "2026-02-28");
    assert_eq!(after("2024-01-31", 0, 1), "2024-02-29");
    assert_eq!(after("2024-02-29", 1, 0), "2025-02-28");
    assert_eq!(after("2024-02-29", 4, 0), "2028-02-29");
    assert_eq!(after("2026-03-31", 0, -1), "2026-02-28");
    // Both at once, so that the month in between does not shorten it.
    assert_eq!(after("2024-02-29", 1, 12), "2026-02-28");
    assert_eq!(after("2026-05-31", 1, -11), "2026-06-30");
}

#[test]
fn parts_are_added_from_the_largest_to_the_smallest() {
    let span = Span { months: 1, days: 1, business_days: 1, hours: 20, minutes: -5, ..Span::default() };
    // 28 February, Sunday 1 March, Monday 2 March 08:00, 3 March 03:55.
    assert_eq!(add_span(at("2026-01-31T08:00:00"), &span, None).unwrap(), at("2026-03-03T03:55:00"));
}

#[test]
fn no_business_days_leave_a_sunday_as_it_is_and_negative_ones_go_back() {
    assert_eq!(reached("2025-07-06", business(0)), "2025-07-06");
    assert_eq!(reached("2025-07-06", business(1)), "2025-07-07");
    assert_eq!(reached("2025-07-07", business(-1)), "2025-07-03");
    assert_eq!(reached("2025-07-08", business(-2)), "2025-07-03");
}

#[test]
fn another_weekend_is_passed_over() {
    let calendar = HolidayCalendar {
        name: "Gulf".to_owned(),
        source: "made up".to_owned(),
        weekend: vec![Weekday::Friday, Weekday::Saturday],
        holidays: Vec::new(),
    };
    let reached = add_span(at("2025-07-03T09:30:00"), &business(1), Some(&calendar)).unwrap();
    assert_eq!(reached, at("2025-07-06T09:30:00"));
}

#[test]
fn what_leads_out_of_the_calendar_is_refused() {
    let far = i64::MAX;
    let spans = [
        Span { years: far, ..Span::default() },
        Span { months: far, ..Span::default() },
        Span { weeks: far, ..Span::default() },
        Span { days: i64::MIN, ..Span::default() },
        Span { business_days: i64::MIN, ..Span::default() },
        Span { hours: far, ..Span::default() },
        Span { minutes: far, ..Span::default() },
        Span { years: 8000, ..Span::default() },
        Span { years: -2026, ..Span::default() },
        Span { minutes: -1_100_000_000, ..Span::default() },
    ];
    for span in spans {
        assert_eq!(add_span(at("2026-03-31"), &span, None).unwrap_err().code(), "invalid", "{span:?}");
    }
}

fn calendar(weekend: Vec<Weekday>, days: &[&str]) -> HolidayCalendar {
    let holidays = days.iter().map(|day| Holiday { date: day.parse().unwrap(), name: "Feast".to_owned() }).collect();
    HolidayCalendar { name: "Site".to_owned(), source: "the site".to_owned(), weekend, holidays }
}

#[test]
fn an_impossible_calendar_is_refused() {
    let all = Weekday::ALL.to_vec();
    assert!(calendar(Vec::new(), &["2026-12-25", "2026-01-01"]).check().is_ok());
    assert!(calendar(all.clone(), &[]).check().is_err());
    assert!(add_span(at("2026-01-01"), &business(1), Some(&calendar(all, &[]))).is_err());
    assert!(calendar(Vec::new(), &["2026-12-25", "2026-12-25"]).check().is_err());
    assert!(HolidayCalendar { name: " ".to_owned(), ..calendar(Vec::new(), &[]) }.check().is_err());
    assert!(HolidayCalendar { source: String::new(), ..calendar(Vec::new(), &[]) }.check().is_err());
}

#[test]
fn a_calendar_is_read_from_json_and_put_in_order() {
    let text = r#"{"name": "Site", "source": "the site", "weekend": ["friday"],
        "holidays": [{"date": "2026-12-25", "name": "B"}, {"date": "2026-01-01", "name": "A"}]}"#;
    let read = HolidayCalendar::from_json(text).unwrap();
    assert_eq!(read.holidays.iter().map(|h| h.name.as_str()).collect::<Vec<_>>(), ["A", "B"]);
    assert!(!is_business_day("2026-01-01".parse().unwrap(), Some(&read)));
    assert!(is_business_day("2026-01-03".parse().unwrap(), Some(&read)), "a Saturday on which this site works");
    for broken in ["", "[]", r#"{"name": "Site"}"#, r#"{"name": "S", "source": "s", "days": []}"#] {
        assert_eq!(HolidayCalendar::from_json(broken).unwrap_err().code(), "invalid", "{broken}");
    }
}

fn any_day() -> impl Strategy<Value = CivilTime> {
    // 2015 to 2040: within the shipped calendar and around it.
    (1_420_070_400i64..2_208_988_800).prop_map(|seconds| CivilTime::from_seconds(seconds).unwrap())
}

proptest! {
    #[test]
    fn business_days_are_as_many_as_were_counted(from in any_day(), count in -300i64..=300) {
        let calendar = HolidayCalendar::us_federal().unwrap();
        let to = add_span(from, &business(count), Some(&calendar)).unwrap();
        let (low, high) = (from.date().min(to.date()), from.date().max(to.date()));
        let mut worked = 0;
        let mut day = low.naive();
        while day <= high.naive() {
            let date = Date::try_from(day).unwrap();
            worked += i64::from(date != from.date() && is_business_day(date, Some(&calendar)));
            day = day.succ_opt().unwrap();
        }
        prop_assert_eq!(worked, count.abs());
        prop_assert!(count == 0 || is_business_day(to.date(), Some(&calendar)));
        prop_assert_eq!((to.naive() - from.naive()).num_seconds() % 86_400, 0);
    }

    #[test]
    fn weeks_days_hours_and_minutes_are_undone_by_their_opposite(
        from in any_day(), weeks in -60i64..60, days in -400i64..400, hours in -100i64..100, minutes in -1000i64..1000,
    ) {
        let there = Span { weeks, days, hours, minutes, ..Span::default() };
        let back = Span { weeks: -weeks, days: -days, hours: -hours, minutes: -minutes, ..Span::default() };
        let to = add_span(from, &there, None).unwrap();
        prop_assert_eq!(add_span(to, &back, None).unwrap(), from);
    }

    #[test]
    fn no_span_panics(from in any_day(), parts in prop::array::uniform7(any::<i64>())) {
        let [years, months, weeks, days, business_days, hours, minutes] = parts;
        let _ = add_span(from, &Span { years, months, weeks, days, business_days, hours, minutes }, None);
    }
}
