//! Clocks that change: gaps, folds, days left out, and rules of zones that are changed afterwards.

use chrono::TimeDelta;

use super::*;

const BERLIN: &str = "Europe/Berlin";

fn recurrence(start: &str, text: &str, gap: GapPolicy, fold: FoldPolicy) -> Recurrence {
    Recurrence { gap, fold, ..Recurrence::new(civil(start), ClockZone::Floating, Some(rule(text))) }
}

fn told(recurrence: &Recurrence, zone: &str, from: &str, to: &str) -> Vec<String> {
    let found = recurrence.between(&Zones::bundled(), zone, at(from), at(to), 1_000).unwrap();
    assert!(!found.cut_off);
    let tell = |instance: &Instance| {
        let which = if instance.stamp.second { "2" } else { "" };
        format!("{} {}{which}", instance.at.format("%d %H:%MZ"), instance.stamp.civil.naive().format("%H:%M"))
    };
    found.instances.iter().map(tell).collect()
}

#[test]
fn a_time_that_clocks_skip_goes_by_the_policy() {
    let day = |gap| {
        let daily = recurrence("2026-01-01T02:30:00", "FREQ=DAILY", gap, FoldPolicy::First);
        told(&daily, BERLIN, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z")
    };
    assert_eq!(day(GapPolicy::Later), ["29 01:30Z 02:30"]);
    assert_eq!(day(GapPolicy::Next), ["29 01:00Z 02:30"]);
    assert_eq!(day(GapPolicy::Skip), Vec::<String>::new());
}

#[test]
fn a_time_that_exists_twice_goes_by_the_policy() {
    let day = |fold| {
        let daily = recurrence("2026-01-01T02:30:00", "FREQ=DAILY", GapPolicy::Later, fold);
        told(&daily, BERLIN, "2026-10-24T22:00:00Z", "2026-10-25T22:00:00Z")
    };
    assert_eq!(day(FoldPolicy::First), ["25 00:30Z 02:30"]);
    assert_eq!(day(FoldPolicy::Second), ["25 01:30Z 02:302"]);
    assert_eq!(day(FoldPolicy::Both), ["25 00:30Z 02:30", "25 01:30Z 02:302"]);
}

#[test]
fn two_times_that_a_gap_makes_one_take_place_once() {
    let daily = recurrence("2026-01-01T02:30:00", "FREQ=DAILY;BYHOUR=2,3", GapPolicy::Later, FoldPolicy::First);
    assert_eq!(told(&daily, BERLIN, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z"), ["29 01:30Z 03:30"]);
}

#[test]
fn a_day_that_was_left_out_takes_no_place() {
    // Samoa went from 29 to 31 December 2011.
    let daily = recurrence("2011-12-01T08:00:00", "FREQ=DAILY", GapPolicy::Later, FoldPolicy::First);
    let found = told(&daily, "Pacific/Apia", "2011-12-29T00:00:00Z", "2012-01-01T00:00:00Z");
    assert_eq!(found, ["29 18:00Z 08:00", "30 18:00Z 08:00", "31 18:00Z 08:00"]);
    let days = Recurrence::of_days(civil("2011-12-28T00:00:00").date(), ClockZone::Floating, Some(rule("FREQ=DAILY")));
    let found =
        days.between(&Zones::bundled(), "Pacific/Apia", at("2011-12-28T00:00:00Z"), at("2012-01-01T00:00:00Z"), 9);
    let dates: Vec<_> = found.unwrap().instances.iter().map(|instance| instance.civil.date().to_string()).collect();
    assert_eq!(dates, ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"]);
}

#[test]
fn a_whole_day_whose_midnight_is_skipped_begins_with_its_first_moment() {
    // Clocks in Santiago went from 24:00 to 01:00 on 8 September 2024.
    let days = Recurrence::of_days(civil("2024-09-01T00:00:00").date(), ClockZone::Floating, Some(rule("FREQ=DAILY")));
    let found = days.after(&Zones::bundled(), "America/Santiago", at("2024-09-08T03:59:00Z"), true).unwrap().unwrap();
    assert_eq!(found.at, at("2024-09-08T04:00:00Z"));
    assert_eq!(found.civil, civil("2024-09-08T01:00:00"));
    assert_eq!(found.stamp.civil, civil("2024-09-08T00:00:00"));
}

/// What a gap moves to its end is moved to the second at which it ends, be it within a minute.
#[test]
fn a_gap_that_ends_within_a_minute_ends_at_its_second() {
    let start = civil("2026-03-29T02:30:00");
    let at: Instant = "2026-03-29T01:00:15Z".parse().unwrap();
    let zones = Zones::supplied("made-up", [("Made/Up".to_owned(), tzif::zone(3_600, &[(at.timestamp(), 7_200)], ""))]);
    let daily = Recurrence {
        gap: GapPolicy::Next,
        ..Recurrence::new(start, ClockZone::Zone("Made/Up".into()), Some(rule("FREQ=DAILY")))
    };
    let first = daily.instances(&zones, "", at - TimeDelta::days(1)).unwrap().next().unwrap();
    assert_eq!((first.at, first.civil, first.stamp.civil), (at, civil("2026-03-29T03:00:15"), start));
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn every_hour_with_both_of_two_has_no_hole(
        start in start(), zone in zone(), gap in prop_oneof![Just(GapPolicy::Later), Just(GapPolicy::Skip)],
    ) {
        let hourly = Recurrence {
            gap,
            fold: FoldPolicy::Both,
            ..Recurrence::new(start, ClockZone::Floating, Some(rule("FREQ=HOURLY")))
        };
        let zones = Zones::bundled();
        let whole_hours = |at: Instant| zones.offset_at(zone, at).unwrap().local_minus_utc().rem_euclid(3600);
        let mut last: Option<Instance> = None;
        for instance in hourly.instances(&zones, zone, start.naive().and_utc()).unwrap().take(24 * 400) {
            if let Some(last) = last
                && whole_hours(last.at) == whole_hours(instance.at)
            {
                prop_assert!(instance.at - last.at <= TimeDelta::hours(1), "{} {:?}", zone, instance);
                // Only what a gap moved is nearer.
                if last.civil == last.stamp.civil && instance.civil == instance.stamp.civil {
                    prop_assert_eq!(instance.at - last.at, TimeDelta::hours(1), "{} {:?}", zone, instance);
                }
            }
            last = Some(instance);
        }
    }

    #[test]
    fn zones_made_up_are_followed_and_stamps_outlive_their_changes(
        rule in any_rule(vec![Frequency::Monthly, Frequency::Weekly, Frequency::Daily]), start in start(),
        (gap, fold) in policies(), changes in proptest::collection::vec((2i64..200, -12i32..=14), 0..6),
        questions in proptest::collection::vec(any::<u32>(), 4),
    ) {
        let begin = start.seconds();
        let mut instant = begin - 20 * 86_400;
        let mut offset = 3_600;
        let mut table = Vec::new();
        for (days, quarters) in changes {
            instant += days * 86_400 + 900 * i64::from(quarters);
            // By up to three and a half hours at a time.
            offset = (offset + quarters * 900).clamp(-12 * 3600, 14 * 3600);
            table.push((instant, offset));
        }
        let east = tzif::zone(3_600, &table, "");
        let later: Vec<_> = table.iter().map(|(at, offset)| (at + 7_200, *offset)).collect();
        let zones = Zones::supplied("made-up", [("Made/Up".to_owned(), east)]);
        let changed = Zones::supplied("made-up-2", [("Made/Up".to_owned(), tzif::zone(3_600, &later, ""))]);
        let recurrence = Recurrence { gap, fold, ..Recurrence::new(start, ClockZone::Zone("Made/Up".into()), Some(rule)) };
        let recurrence = recurrence.checked(&zones).unwrap();
        seek::compare(&recurrence, &zones, "Made/Up", 1_100, &questions);
        seek::compare(&recurrence, &changed, "Made/Up", 1_100, &questions);
        // What takes place at a time that both tables have once has one identity.
        let (old, new) = (recurrence.compile(&zones, "").unwrap(), recurrence.compile(&changed, "").unwrap());
        for instance in old.iter_from(start.naive().and_utc()).take(50) {
            let once = |zones: &Zones| {
                matches!(zones.resolve("Made/Up", instance.stamp.civil.naive()), Ok(crate::time::LocalTime::Once(_)))
            };
            if once(&zones) && once(&changed) {
                prop_assert_eq!(new.instance(&instance.stamp).map(|instance| instance.stamp), Some(instance.stamp));
            }
        }
    }
}
