//! Vectors of quiet hours, and properties of plans.

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::{QuietHours, ReminderItem, ReminderPlan, ReminderPreferences, ReminderRequest};
use crate::engage::{ClockStamp, Span, Stamp, TimeOfDay};
use crate::id::ScheduleId;
use crate::time::{CivilTime, Instant, Zones};

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

fn at(hour: u8, minute: u8) -> TimeOfDay {
    TimeOfDay { hour, minute }
}

const NIGHT: QuietHours = QuietHours { from: TimeOfDay { hour: 21, minute: 0 }, to: TimeOfDay { hour: 8, minute: 0 } };

fn minutes(minutes: i64) -> Span {
    Span { minutes, ..Span::default() }
}

/// An occurrence that is in time for so many minutes after it is due.
fn item(schedule: u128, due: &str, lasts: i64, leads: &[i64]) -> ReminderItem {
    let due = instant(due);
    let civil = CivilTime::try_from(due.naive_utc()).unwrap();
    ReminderItem {
        schedule: ScheduleId::from_uuid(Uuid::from_u128(schedule)),
        stamp: Stamp::Clock(ClockStamp { civil, second: false }),
        due,
        until: due + TimeDelta::minutes(lasts),
        leads: leads.iter().map(|lead| minutes(*lead)).collect(),
        priority: 0,
    }
}

fn request(now: &str, zone: &str, occurrences: Vec<ReminderItem>) -> ReminderRequest {
    ReminderRequest {
        now: instant(now),
        limit: 64,
        horizon: None,
        occurrences,
        preferences: ReminderPreferences {
            allowed: true,
            quiet: Some(NIGHT),
            zone: zone.to_owned(),
            merge_within: None,
        },
        holidays: None,
    }
}

fn planned(request: &ReminderRequest) -> ReminderPlan {
    request.plan(&Zones::bundled()).unwrap()
}

fn times(request: &ReminderRequest) -> Vec<String> {
    planned(request).reminders.iter().map(|r| r.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).collect()
}

/// When a reminder at the moment something is due comes, if it stays in time for two days.
fn moved(zone: &str, due: &str) -> String {
    let request = request("2020-01-01T00:00:00Z", zone, vec![item(1, due, 2 * 24 * 60, &[0])]);
    times(&request).concat()
}

#[test]
fn quiet_hours_put_reminders_off_to_their_end() {
    // Quiet from 21:00 to 08:00 where the patient lives; Phoenix is UTC−7 all year.
    for (due, comes) in [
        ("2026-03-02T20:59:00-07:00", "2026-03-03T03:59:00Z"),
        ("2026-03-02T21:00:00-07:00", "2026-03-03T15:00:00Z"),
        ("2026-03-03T07:59:00-07:00", "2026-03-03T15:00:00Z"),
        ("2026-03-03T08:00:00-07:00", "2026-03-03T15:00:00Z"),
    ] {
        assert_eq!(moved("America/Phoenix", due), comes, "{due}");
    }
    assert_eq!(moved("Pacific/Honolulu", "2026-03-02T17:30:00Z"), "2026-03-02T18:00:00Z");
}

#[test]
fn the_end_of_a_night_in_which_clocks_change_is_found_on_the_clock() {
    // New York goes forward on 8 March 2026 and back on 1 November.
    assert_eq!(moved("America/New_York", "2026-03-07T21:00:00-05:00"), "2026-03-08T12:00:00Z");
    assert_eq!(moved("America/New_York", "2026-10-31T21:00:00-04:00"), "2026-11-01T13:00:00Z");
}

#[test]
fn an_end_of_quiet_hours_that_comes_twice_is_never_before_the_reminder() {
    let mut request =
        request("2026-10-31T00:00:00Z", "America/New_York", vec![item(1, "2026-11-01T06:10:00Z", 600, &[0])]);
    request.preferences.quiet = Some(QuietHours { from: at(21, 0), to: at(1, 30) });
    // 01:10 for the second time; 01:30 was over once already.
    assert_eq!(times(&request), ["2026-11-01T06:30:00Z"]);
}

#[test]
fn what_would_be_late_after_quiet_hours_comes_in_the_last_minute_before_them() {
    let soon = request("2026-03-01T00:00:00Z", "UTC", vec![item(1, "2026-03-02T23:00:00Z", 60, &[30])]);
    let plan = planned(&soon);
    assert_eq!(times(&soon), ["2026-03-02T20:59:00Z"]);
    assert_eq!(plan.reminders[0].about[0].deferred_from, Some(instant("2026-03-02T22:30:00Z")));
    let exactly = request("2026-03-01T00:00:00Z", "UTC", vec![item(1, "2026-03-02T23:00:00Z", 9 * 60, &[30])]);
    assert_eq!(times(&exactly), ["2026-03-03T08:00:00Z"]);
    // Brought forward to a moment that is over: nothing is left to plan.
    let over = ReminderRequest { now: instant("2026-03-02T20:59:00Z"), ..soon };
    assert_eq!(times(&over), Vec::<String>::new());
}

#[test]
fn days_of_a_lead_are_counted_on_the_calendar_and_hours_in_elapsed_time() {
    let mut one = item(1, "2026-03-08T13:00:00Z", 60, &[]);
    one.leads = vec![Span { days: 1, ..Span::default() }, Span { hours: 24, ..Span::default() }];
    // 09:00 in New York on the day clocks went forward: a day before is 09:00, 24 hours before is 08:00.
    let mut request = request("2026-03-01T00:00:00Z", "America/New_York", vec![one]);
    assert_eq!(times(&request), ["2026-03-07T13:00:00Z", "2026-03-07T14:00:00Z"]);
    request.occurrences[0].leads = vec![Span { business_days: 1, ..Span::default() }];
    assert_eq!(times(&request), ["2026-03-06T14:00:00Z"]);
}

#[test]
fn two_leads_of_one_occurrence_that_come_together_are_one_reminder() {
    let plan =
        planned(&request("2026-03-01T00:00:00Z", "UTC", vec![item(1, "2026-03-02T09:00:00Z", 60, &[120, 90, 30])]));
    assert_eq!(plan.reminders.len(), 2);
    assert_eq!((plan.reminders[0].about.len(), plan.reminders[0].about[0].lead), (1, minutes(90)));
}

#[test]
fn reminders_close_together_are_joined_alike_whenever_they_are_planned() {
    let due = |n: u32, minute: u32| item(n.into(), &format!("2026-03-02T12:{minute:02}:00Z"), 60, &[0]);
    let mut request = request("2026-03-02T11:00:00Z", "UTC", vec![due(1, 1), due(2, 4), due(3, 14), due(4, 16)]);
    request.preferences.merge_within = Some(15);
    assert_eq!(times(&request), ["2026-03-02T12:01:00Z", "2026-03-02T12:16:00Z"]);
    assert_eq!(planned(&request).reminders[0].about.len(), 3);
    // The first has come and said all three.
    request.now = instant("2026-03-02T12:02:00Z");
    assert_eq!(times(&request), ["2026-03-02T12:16:00Z"]);
}

#[test]
fn the_most_important_of_one_moment_come_first_when_not_all_fit() {
    let mut items: Vec<_> = (1..=4).map(|n| item(n, "2026-03-02T12:00:00Z", 60, &[0])).collect();
    items[2].priority = 9;
    items.push(item(5, "2026-03-02T11:00:00Z", 60, &[0]));
    let mut request = request("2026-03-02T10:00:00Z", "UTC", items);
    request.limit = 2;
    let plan = planned(&request);
    let schedules: Vec<_> = plan.reminders.iter().map(|r| r.about[0].schedule.as_uuid().as_u128()).collect();
    assert_eq!((schedules, plan.more), (vec![5, 3], true));
    // Planned again when the first has come, the rest of its moment has room.
    assert_eq!(plan.next_replan, Some(instant("2026-03-02T11:00:00Z")));
}

#[test]
fn a_horizon_ends_a_plan_and_says_when_to_go_on() {
    let items = (1..=5u32).map(|n| item(n.into(), &format!("2026-03-0{n}T12:00:00Z"), 60, &[0])).collect();
    let mut request = request("2026-03-01T00:00:00Z", "UTC", items);
    let all = planned(&request);
    assert_eq!((all.reminders.len(), all.more, all.next_replan), (5, false, None));
    request.horizon = Some(instant("2026-03-03T12:00:00Z"));
    let some = planned(&request);
    assert_eq!((some.reminders.len(), some.more, some.next_replan), (3, false, request.horizon));
}

#[test]
fn nothing_is_planned_for_who_wants_no_reminders() {
    let mut request = request("2026-03-01T00:00:00Z", "UTC", vec![item(1, "2026-03-02T12:00:00Z", 60, &[0])]);
    request.preferences.allowed = false;
    assert_eq!(planned(&request), ReminderPlan::default());
}

#[test]
fn an_impossible_request_is_refused() {
    let good = || request("2026-03-01T00:00:00Z", "UTC", vec![item(1, "2026-03-02T12:00:00Z", 60, &[0])]);
    let refused = |change: fn(&mut ReminderRequest)| {
        let mut request = good();
        change(&mut request);
        request.plan(&Zones::bundled()).unwrap_err().code()
    };
    assert!(good().plan(&Zones::bundled()).is_ok());
    for code in [
        refused(|r| r.limit = 0),
        refused(|r| r.limit = 501),
        refused(|r| r.preferences.zone = "Mars/Base".to_owned()),
        refused(|r| r.preferences.merge_within = Some(0)),
        refused(|r| r.preferences.quiet = Some(QuietHours { from: at(8, 0), to: at(8, 0) })),
        refused(|r| r.preferences.quiet = Some(QuietHours { from: at(24, 0), to: at(8, 0) })),
        refused(|r| r.occurrences[0].leads = vec![minutes(-1)]),
        refused(|r| r.occurrences[0].leads = vec![minutes(1); 11]),
        refused(|r| r.occurrences[0].leads = vec![Span { hours: i64::MAX, ..Span::default() }]),
        refused(|r| r.occurrences[0].leads = vec![Span { years: 3000, ..Span::default() }]),
    ] {
        assert_eq!(code, "invalid");
    }
}

const ZONES: [&str; 5] = ["UTC", "America/New_York", "Pacific/Honolulu", "Australia/Lord_Howe", "Europe/Berlin"];

fn any_request() -> impl Strategy<Value = ReminderRequest> {
    let item = (1..6u128, 0..60_000i64, 0..3_000i64, prop::collection::vec(0..4_000i64, 0..4), 0..3u8);
    (
        prop::collection::vec(item, 0..40),
        (0..60_000i64, 1..40u32, prop::option::of(0..60_000i64)),
        (0..24u8, 0..24u8, prop::sample::select(ZONES.to_vec()), prop::option::of(1..180u32)),
    )
        .prop_map(|(items, (now, limit, horizon), (from, to, zone, merge_within))| {
            // Six weeks around a change of clocks in the north.
            let first = instant("2026-03-01T00:00:00Z");
            let after = |minutes: i64| first + TimeDelta::minutes(minutes);
            let occurrences = items
                .into_iter()
                .map(|(schedule, due, lasts, leads, priority)| ReminderItem {
                    priority,
                    ..super::tests::item(schedule, &after(due).to_rfc3339(), lasts, &leads)
                })
                .collect();
            let quiet = (from != to).then_some(QuietHours { from: at(from, 0), to: at(to, 0) });
            let preferences = ReminderPreferences { allowed: true, quiet, zone: zone.to_owned(), merge_within };
            let horizon = horizon.map(after);
            ReminderRequest { now: after(now), limit, horizon, occurrences, preferences, holidays: None }
        })
}

proptest! {
    #[test]
    fn planning_again_later_gives_what_is_left(request in any_request(), later in 0..20_000i64) {
        let first = planned(&request);
        let again = ReminderRequest { now: request.now + TimeDelta::minutes(later), ..request };
        let second = planned(&again);
        let left: Vec<_> = first.reminders.iter().filter(|r| r.at > again.now).cloned().collect();
        // As far as the caps of both reach.
        let common = left.len().min(second.reminders.len());
        prop_assert_eq!(&left[..common], &second.reminders[..common]);
        prop_assert!(second.reminders.len() >= left.len());
        if !first.more {
            prop_assert_eq!(second.reminders.len(), left.len());
        }
    }

    #[test]
    fn a_plan_is_in_order_within_its_limit_never_late_and_never_in_quiet_hours(request in any_request()) {
        let zones = Zones::bundled();
        let plan = planned(&request);
        prop_assert!(plan.reminders.len() <= usize::try_from(request.limit).unwrap());
        prop_assert!(plan.reminders.windows(2).all(|pair| pair[0].at <= pair[1].at));
        for reminder in &plan.reminders {
            prop_assert!(reminder.at > request.now && request.horizon.is_none_or(|horizon| reminder.at <= horizon));
            let local = zones.local(&request.preferences.zone, reminder.at).unwrap().naive_local().time();
            prop_assert!(!request.preferences.quiet.is_some_and(|quiet| quiet.hold(local)), "{local}");
            for about in &reminder.about {
                let of = |i: &&ReminderItem| i.schedule == about.schedule && i.stamp == about.stamp;
                let until = request.occurrences.iter().filter(of).map(|i| i.until).max().unwrap();
                prop_assert!(reminder.at <= until);
            }
        }
        prop_assert!(plan.next_replan.is_none_or(|at| at >= request.now));
    }

    #[test]
    fn order_of_occurrences_does_not_matter(request in any_request()) {
        let mut turned = request.clone();
        turned.occurrences.reverse();
        // Two occurrences of one schedule at one time are one, whatever else is said of them.
        let mut seen = std::collections::BTreeSet::new();
        prop_assume!(request.occurrences.iter().all(|item| seen.insert((item.schedule, item.stamp))));
        prop_assert_eq!(planned(&request), planned(&turned));
    }

    #[test]
    fn planning_when_told_to_misses_no_reminder(request in any_request()) {
        let mut all = request.clone();
        all.limit = 500;
        let all = planned(&all);
        let mut came = Vec::new();
        let mut request = request;
        // A moment with more reminders than the device holds cannot be held.
        let most = all.reminders.iter().map(|r| all.reminders.iter().filter(|o| o.at == r.at).count()).max();
        prop_assume!(most.is_none_or(|most| most <= usize::try_from(request.limit).unwrap()));
        loop {
            let plan = planned(&request);
            let next = plan.next_replan.filter(|_| plan.more);
            came.extend(plan.reminders.into_iter().filter(|r| next.is_none_or(|next| r.at <= next)));
            let Some(next) = next else { break };
            prop_assert!(next > request.now);
            request.now = next;
        }
        prop_assert_eq!(came, all.reminders);
    }
}
