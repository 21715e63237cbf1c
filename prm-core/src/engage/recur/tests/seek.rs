//! Whatever is asked for, the answer is that of the whole list, looked through.

use chrono::{Days, TimeDelta};

use super::*;

const LONG: [Frequency; 4] = [Frequency::Yearly, Frequency::Monthly, Frequency::Weekly, Frequency::Daily];
const SHORT: [Frequency; 3] = [Frequency::Hourly, Frequency::Minutely, Frequency::Secondly];

/// Compares every question with the list of all instances before the day `end`.
pub(super) fn compare(recurrence: &Recurrence, zones: &Zones, zone: &str, days: u64, questions: &[u32]) {
    let end = recurrence.start.naive().date() + Days::new(days);
    // Near the end the list may lack what comes from beyond it.
    let until = end.and_hms_opt(0, 0, 0).unwrap().and_utc() - TimeDelta::days(3);
    let mut expected = naive::instances(recurrence, zones, zone, end);
    expected.retain(|instance| instance.at < until);
    let clockwork = recurrence.compile(zones, zone).unwrap();
    // Instances may be moved to before the start.
    let begin = recurrence.start.naive().and_utc() - TimeDelta::days(40);
    let told = recurrence.to_text();
    let found: Vec<_> = clockwork.iter_from(begin).take_while(|instance| instance.at < until).take(200_000).collect();
    assert_eq!(found.len(), expected.len(), "{zone} {told}\n{:?}\n{:?}", found.first(), expected.first());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected, "{zone} {told}");
    }
    for question in questions {
        let span = (until - begin).num_seconds();
        let somewhere = begin + TimeDelta::seconds(i64::from(*question) % span);
        let on_one = expected.get(*question as usize % expected.len().max(1)).map_or(somewhere, |instance| instance.at);
        for at in [somewhere, on_one, on_one + TimeDelta::nanoseconds(1), on_one - TimeDelta::nanoseconds(1)] {
            let told = format!("{zone} {told} at {at}");
            let later =
                |inclusive: bool| expected.iter().find(|instance| instance.at > at || inclusive && instance.at == at);
            for inclusive in [false, true] {
                if let Some(expected) = later(inclusive) {
                    assert_eq!(clockwork.after(at, inclusive).as_ref(), Some(expected), "after {told}");
                }
                let earlier = expected.iter().rev().find(|instance| instance.at < at || inclusive && instance.at == at);
                assert_eq!(clockwork.before(at, inclusive).as_ref(), earlier, "before {told}");
            }
            let to = at + TimeDelta::days(40);
            if to < until {
                let within: Vec<_> =
                    expected.iter().filter(|instance| instance.at >= at && instance.at < to).copied().collect();
                let answer = clockwork.between(at, to, 7);
                assert_eq!(answer.cut_off, within.len() > 7, "{told}");
                assert_eq!(answer.instances, within.iter().take(7).copied().collect::<Vec<_>>(), "{told}");
            }
        }
    }
    for expected in expected.iter().step_by(1 + expected.len() / 50) {
        assert_eq!(clockwork.instance(&expected.stamp).as_ref(), Some(expected), "{zone} {told}");
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn long_periods_are_found_as_by_looking_at_every_day(
        rule in any_rule(LONG.to_vec()), start in start(), zone in zone(), (gap, fold) in policies(),
        questions in proptest::collection::vec(any::<u32>(), 4),
    ) {
        let recurrence = Recurrence { gap, fold, ..Recurrence::new(start, ClockZone::Floating, Some(rule)) };
        compare(&recurrence.checked(&Zones::bundled()).unwrap(), &Zones::bundled(), zone, 1_600, &questions);
    }

    #[test]
    fn short_periods_are_found_as_by_looking_at_every_one(
        rule in any_rule(SHORT.to_vec()), start in start(), zone in zone(), (gap, fold) in policies(),
        questions in proptest::collection::vec(any::<u32>(), 4),
    ) {
        // Every second of weeks is more than a list should hold.
        prop_assume!(rule.frequency != Frequency::Secondly || !rule.by_minute.is_empty() && !rule.by_second.is_empty());
        let days = if rule.frequency == Frequency::Hourly { 400 } else { 12 };
        let recurrence = Recurrence { gap, fold, ..Recurrence::new(start, ClockZone::Floating, Some(rule)) };
        // A count may be out of reach.
        let Ok(recurrence) = recurrence.checked(&Zones::bundled()) else { return Ok(()) };
        compare(&recurrence, &Zones::bundled(), zone, days, &questions);
    }

    #[test]
    fn exceptions_leave_the_order_of_time(
        rule in any_rule(LONG.to_vec()), start in start(), zone in zone(), (gap, fold) in policies(),
        excluded in proptest::collection::vec(0usize..40, 0..4),
        added in proptest::collection::vec(0i64..20_000_000, 0..4),
        moved in proptest::collection::vec((0usize..40, proptest::option::of(-2_000_000i64..2_000_000)), 0..4),
        ends in proptest::option::of(0i64..50_000_000),
        questions in proptest::collection::vec(any::<u32>(), 4),
    ) {
        let zones = Zones::bundled();
        let mut rule = rule;
        if let (None, Some(ends)) = (rule.count, ends) {
            rule.until = Some(Until::Instant(start.naive().and_utc() + TimeDelta::seconds(ends)));
        }
        // An instance that is moved where clocks skip time is told by the policies for that alone.
        let gap = if gap == GapPolicy::Next { GapPolicy::Later } else { gap };
        let plain = Recurrence { gap, fold, ..Recurrence::new(start, ClockZone::Floating, Some(rule)) };
        let end = start.naive().date() + Days::new(700);
        let all = naive::instances(&plain, &zones, zone, end);
        let stamp = |n: usize| all.get(n).map(|instance| instance.stamp);
        let mut recurrence = plain.clone();
        recurrence.excluded = excluded.into_iter().filter_map(stamp).map(|stamp| stamp.civil).collect();
        recurrence.added = added.iter().filter_map(|s| CivilTime::from_seconds(start.seconds() + s)).collect();
        recurrence.excluded.extend(recurrence.added.first().copied().filter(|_| questions[0] % 3 == 0));
        for (n, by) in moved {
            let Some(stamp) = stamp(n) else { continue };
            if recurrence.overrides.iter().all(|change| change.stamp != stamp) {
                let to = by.and_then(|by| CivilTime::from_seconds(stamp.civil.seconds() + by));
                recurrence.overrides.push(Override { stamp, to });
            }
        }
        compare(&recurrence.checked(&zones).unwrap(), &zones, zone, 900, &questions);
    }
}

#[test]
fn what_never_comes_ends_the_search() {
    let zones = Zones::bundled();
    for never in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1,3,5",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
        "FREQ=WEEKLY;BYMONTHDAY=30;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=2",
    ] {
        let recurrence = Recurrence::new(civil("2026-01-01T00:00:00"), ClockZone::Utc, Some(rule(never)));
        assert_eq!(recurrence.after(&zones, "UTC", at("2026-01-01T00:00:00Z"), true).unwrap(), None, "{never}");
        assert_eq!(recurrence.before(&zones, "UTC", at("2400-01-01T00:00:00Z"), true).unwrap(), None, "{never}");
    }
}

#[test]
fn a_count_is_found_once_and_kept() {
    let daily = rule("FREQ=DAILY;COUNT=100000");
    let recurrence = Recurrence::new(civil("2026-01-01T08:00:00"), ClockZone::Floating, Some(daily));
    let recurrence = recurrence.checked(&Zones::bundled()).unwrap();
    assert_eq!(recurrence.last, Some(civil("2299-10-16T08:00:00")));
    let sparse = rule("FREQ=SECONDLY;INTERVAL=61;BYSECOND=0;BYMINUTE=0;BYHOUR=0;BYMONTHDAY=1;COUNT=99999");
    let recurrence = Recurrence::new(civil("2026-01-01T00:00:00"), ClockZone::Floating, Some(sparse));
    assert!(recurrence.checked(&Zones::bundled()).is_err());
}

#[test]
fn the_thirty_first_and_leap_days_are_not_moved() {
    let zones = Zones::bundled();
    let times = |start: &str, text: &str, count: usize| -> Vec<String> {
        let recurrence = Recurrence::new(civil(start), ClockZone::Utc, Some(rule(text)));
        let found = recurrence.instances(&zones, "UTC", at("1970-01-01T00:00:00Z")).unwrap();
        found.take(count).map(|instance| instance.civil.date().to_string()).collect()
    };
    assert_eq!(times("2026-01-31T08:00:00", "FREQ=MONTHLY", 3), ["2026-01-31", "2026-03-31", "2026-05-31"]);
    assert_eq!(times("2096-02-29T08:00:00", "FREQ=YEARLY", 2), ["2096-02-29", "2104-02-29"]);
    let week_53 = times("2020-12-28T08:00:00", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", 3);
    assert_eq!(week_53, ["2020-12-28", "2026-12-28", "2032-12-27"]);
}
