use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::engage::{
    Anchor, ClockZone, DayTime, EventTiming, Expiry, OccurrenceState, OccurrenceView, Outcome, OutcomeStatus,
    Recurrence, Span, TimeOfDay, Timing, Window,
};
use crate::id::RecordId;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn clock(rule: &str, start: &str) -> Timing {
    let zones = Zones::bundled();
    let start = Some(start.parse().unwrap());
    Timing::Clock(Recurrence::parse(&format!("RRULE:{rule}"), start, ClockZone::Floating, &zones).unwrap())
}

fn facts(timing: Timing, window: Window, zone: &str) -> Facts {
    let patient = PatientId::from_uuid(uuid::Uuid::from_u128(1));
    let mut schedule = Schedule::of(patient, "Weigh", zone, timing);
    schedule.phases[0].window = window;
    Facts {
        id: ScheduleId::from_uuid(uuid::Uuid::from_u128(2)),
        schedule,
        patient,
        zones: Zones::bundled(),
        zone: zone.to_owned(),
        birth_date: None,
        ends: None,
        closed: false,
        events: Vec::new(),
        completions: Vec::new(),
        pauses: Vec::new(),
        holidays: None,
        ready: Some(Instant::MIN_UTC),
    }
}

fn days(days: i64) -> Span {
    Span { days, ..Span::default() }
}

fn hours(hours: i64) -> Span {
    Span { hours, ..Span::default() }
}

type Own = BTreeMap<Stamp, Recorded>;

fn record(own: &mut Own, facts: &Facts, stamp: Stamp, status: Option<OutcomeStatus>, moved_to: Option<Instant>) {
    let outcome = status.map(Outcome::new);
    let occurrence = Occurrence { schedule: facts.id, stamp, moved_to, outcome };
    own.insert(stamp, Recorded { occurrence, version: 1, at: at("2026-01-01T00:00:00Z") });
}

fn all(facts: &Facts, own: &Own, from: &str, to: &str, now: Instant) -> Vec<OccurrenceView> {
    occurrences(facts, own, (at(from), at(to)), SHOWN, now).unwrap().occurrences
}

#[test]
fn an_occurrence_goes_through_its_window() {
    let window = Window { opens: hours(2), lasts: Some(hours(1)), grace: hours(1), expires: Expiry::After(hours(10)) };
    let facts = facts(clock("FREQ=DAILY;COUNT=1", "2026-03-02T08:00:00"), window, "Etc/UTC");
    let state = |now: &str| all(&facts, &Own::new(), "2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z", at(now))[0].state;
    use OccurrenceState::{Due, Missed, Open, Overdue, Upcoming};
    for (now, expected) in [
        ("2026-03-02T05:59:59Z", Upcoming),
        ("2026-03-02T06:00:00Z", Open),
        ("2026-03-02T07:59:59Z", Open),
        ("2026-03-02T08:00:00Z", Due),
        ("2026-03-02T10:00:00Z", Due),
        ("2026-03-02T10:00:01Z", Overdue),
        ("2026-03-02T19:59:59Z", Overdue),
        ("2026-03-02T20:00:00Z", Missed),
    ] {
        assert_eq!(state(now), expected, "{now}");
    }
}

#[test]
fn a_day_is_as_long_as_clocks_make_it() {
    let timing = EventTiming {
        anchor: Anchor::Event(RecordId::from_uuid(uuid::Uuid::from_u128(9))),
        start: "2026-03-01T00:00:00".parse().unwrap(),
        steps: vec![days(1), hours(48)],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    };
    let mut facts = facts(Timing::Event(timing), Window::default(), "Europe/Berlin");
    facts.events = vec![(RecordId::from_uuid(uuid::Uuid::from_u128(9)), "2026-03-28T15:00:00".parse().unwrap())];
    let found = all(&facts, &Own::new(), "2026-03-01T00:00:00Z", "2026-04-04T00:00:00Z", at("2026-03-01T00:00:00Z"));
    // 29 March has 23 hours in Berlin; forty-eight hours are forty-eight hours.
    let times: Vec<_> = found.iter().map(|o| (o.due, o.until)).collect();
    assert_eq!(times[0], (at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z")));
    assert_eq!(times[1].0, at("2026-03-30T14:00:00Z"));
}

/// Follow-up after hospitalisation for mental illness (FUH, NCQA): from the day after discharge to 7 and to 30 days after
/// it. A visit on the day of discharge does not count.
#[test]
fn follow_up_counts_from_the_day_after_discharge() {
    let event = RecordId::from_uuid(uuid::Uuid::from_u128(9));
    let timing = EventTiming {
        anchor: Anchor::Event(event),
        start: "2025-03-01T00:00:00".parse().unwrap(),
        steps: vec![days(1)],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    };
    use OccurrenceState::{Due, Missed, Upcoming};
    for (lasts, last) in [(7, "2025-03-17"), (30, "2025-04-09")] {
        let window = Window { lasts: Some(days(lasts)), expires: Expiry::After(Span::default()), ..Window::default() };
        let mut facts = facts(Timing::Event(timing.clone()), window, "Etc/UTC");
        facts.events = vec![(event, "2025-03-10T00:00:00".parse().unwrap())];
        let on = |day: &str| {
            let noon = at(&format!("{day}T12:00:00Z"));
            all(&facts, &Own::new(), "2025-03-01T00:00:00Z", "2025-06-01T00:00:00Z", noon)[0].state
        };
        let after = last.parse::<chrono::NaiveDate>().unwrap().succ_opt().unwrap().to_string();
        assert_eq!([on("2025-03-10"), on("2025-03-11"), on(last), on(&after)], [Upcoming, Due, Due, Missed]);
    }
}

#[test]
fn a_moved_event_moves_times_and_not_identities() {
    let event = RecordId::from_uuid(uuid::Uuid::from_u128(9));
    let timing = EventTiming {
        anchor: Anchor::Event(event),
        start: "2025-01-01T00:00:00".parse().unwrap(),
        steps: vec![days(7), days(14)],
        repeat: Some(days(7)),
        count: Some(5),
        at: DayTime::At(TimeOfDay { hour: 9, minute: 30 }),
        first: 0,
    };
    let mut facts = facts(Timing::Event(timing), Window::default(), "America/New_York");
    let now = at("2025-01-01T00:00:00Z");
    let found = |facts: &Facts| all(facts, &Own::new(), "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", now);
    facts.events = vec![(event, "2025-03-10T00:00:00".parse().unwrap())];
    let before = found(&facts);
    assert_eq!(before.len(), 5);
    assert_eq!(before[0].due, at("2025-03-17T13:30:00Z"));
    assert_eq!(before[4].due, at("2025-04-14T13:30:00Z"));
    facts.events = vec![(event, "2025-03-12T00:00:00".parse().unwrap())];
    let after = found(&facts);
    let stamps = |found: &[OccurrenceView]| found.iter().map(|o| o.stamp).collect::<Vec<_>>();
    assert_eq!(stamps(&before), stamps(&after));
    assert!(before.iter().zip(&after).all(|(a, b)| b.due - a.due == TimeDelta::days(2)));
}

#[test]
fn a_birthday_on_29_february_is_kept_on_the_28th_in_other_years() {
    let timing = EventTiming {
        anchor: Anchor::Birthday,
        start: "2026-01-15T00:00:00".parse().unwrap(),
        steps: vec![Span::default()],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    };
    let mut facts = facts(Timing::Event(timing), Window::default(), "Etc/UTC");
    facts.birth_date = Some("1960-02-29".parse().unwrap());
    let found = all(&facts, &Own::new(), "2025-01-01T00:00:00Z", "2029-01-01T00:00:00Z", at("2025-01-01T00:00:00Z"));
    let dates: Vec<_> = found.iter().map(|o| o.due.date_naive().to_string()).collect();
    assert_eq!(dates, ["2026-02-28", "2027-02-28", "2028-02-29"]);
    facts.birth_date = Some("1960-02".parse().unwrap());
    let found = all(&facts, &Own::new(), "2025-01-01T00:00:00Z", "2029-01-01T00:00:00Z", at("2025-01-01T00:00:00Z"));
    assert!(found.is_empty(), "without a day there is no birthday");
}

#[test]
fn what_follows_a_completion_waits_for_it() {
    let timing = EventTiming {
        anchor: Anchor::LastCompletion,
        start: "2026-03-02T00:00:00".parse().unwrap(),
        steps: vec![days(10)],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    };
    let mut facts = facts(Timing::Event(timing), Window::default(), "Etc/UTC");
    let next = |facts: &Facts, own: &Own| pending(facts, own, at("2026-03-02T00:00:00Z")).unwrap().unwrap();
    let mut own = Own::new();
    let first = next(&facts, &own);
    assert_eq!((first.first.due, first.next), (at("2026-03-02T00:00:00Z"), None));
    record(&mut own, &facts, first.first.stamp, Some(OutcomeStatus::Done), None);
    let id = crate::engage::index::occurrence_id(facts.id, &first.first.stamp);
    facts.completions = vec![(facts.id, id.into(), "2026-03-05T11:00:00".parse().unwrap())];
    let second = next(&facts, &own);
    assert_eq!(second.first.due, at("2026-03-15T00:00:00Z"));
    assert_eq!(second.first.stamp, Stamp::Event { anchor: id.into(), step: 0 });
}

/// Schedules of several kinds and windows.
fn arbitrary() -> impl Strategy<Value = Facts> {
    let rules = prop_oneof![
        Just("FREQ=DAILY"),
        Just("FREQ=DAILY;INTERVAL=3"),
        Just("FREQ=WEEKLY;BYDAY=MO,TH"),
        Just("FREQ=HOURLY;INTERVAL=7"),
        Just("FREQ=MONTHLY;BYMONTHDAY=31"),
        Just("FREQ=DAILY;BYHOUR=2,8,20"),
    ];
    let expires =
        prop_oneof![Just(Expiry::NextOpens), (0i64..80).prop_map(|h| Expiry::After(hours(h))), Just(Expiry::Never)];
    let zones =
        prop_oneof![Just("Europe/Berlin"), Just("America/New_York"), Just("Australia/Lord_Howe"), Just("Etc/UTC")];
    (rules, expires, zones, 0i64..30, 0i64..30, 0i64..10).prop_map(|(rule, expires, zone, opens, lasts, grace)| {
        let window = Window { opens: hours(opens), lasts: Some(hours(lasts)), grace: hours(grace), expires };
        facts(clock(rule, "2026-02-20T02:30:00"), window, zone)
    })
}

const FROM: &str = "2026-02-01T00:00:00Z";
const TO: &str = "2026-05-01T00:00:00Z";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever was recorded, moved or paused: each planned time is there once, in any cut of the time.
    #[test]
    fn no_occurrence_is_lost(
        facts in arbitrary(), marks in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..4), 0..12),
        cut in 0i64..89 * 24, later in 0i64..89 * 24,
    ) {
        let now = at(FROM) + TimeDelta::hours(later);
        let plain = all(&facts, &Own::new(), FROM, TO, now);
        let mut own = Own::new();
        for (index, kind) in marks {
            let Some(view) = plain.get(index.index(plain.len().max(1))) else { continue };
            match kind {
                0 => record(&mut own, &facts, view.stamp, Some(OutcomeStatus::Done), None),
                1 => record(&mut own, &facts, view.stamp, Some(OutcomeStatus::Skipped), None),
                2 => record(&mut own, &facts, view.stamp, None, Some(view.due + TimeDelta::hours(5))),
                _ => record(&mut own, &facts, view.stamp, None, None),
            }
        }
        let whole = all(&facts, &own, FROM, "2026-05-02T00:00:00Z", now);
        let stamps: BTreeSet<Stamp> = whole.iter().map(|view| view.stamp).collect();
        prop_assert_eq!(stamps.len(), whole.len());
        for view in &plain {
            prop_assert!(stamps.contains(&view.stamp));
        }
        let middle = at(FROM) + TimeDelta::hours(cut);
        let mut parts = occurrences(&facts, &own, (at(FROM), middle), SHOWN, now).unwrap().occurrences;
        parts.extend(occurrences(&facts, &own, (middle, at("2026-05-02T00:00:00Z")), SHOWN, now).unwrap().occurrences);
        prop_assert_eq!(&parts, &whole);
        for view in &whole {
            let own = own.get(&view.stamp);
            let one = occurrence(&facts, &view.stamp, own, now).unwrap();
            prop_assert_eq!(one.as_ref(), Some(view));
        }
    }

    #[test]
    fn a_pause_changes_nothing_outside_itself(facts in arbitrary(), begin in 0i64..60 * 24, length in 1i64..40 * 24, later in 0i64..89 * 24) {
        let now = at(FROM) + TimeDelta::hours(later);
        let (from, until) = (at(FROM) + TimeDelta::hours(begin), at(FROM) + TimeDelta::hours(begin + length));
        let before = all(&facts, &Own::new(), FROM, TO, now);
        let mut paused = facts.clone();
        paused.pauses = vec![Paused { id: None, from, until: Some(until) }];
        let after = all(&paused, &Own::new(), FROM, TO, now);
        prop_assert_eq!(before.len(), after.len());
        for (a, b) in before.iter().zip(&after) {
            if from <= a.due && a.due < until {
                prop_assert_eq!(b.state, OccurrenceState::Paused);
            } else {
                prop_assert_eq!(a, b);
            }
        }
    }

    /// What is next is the first of all occurrences that can still be done: found by seeking, it is the one found by looking
    /// at each.
    #[test]
    fn what_is_next_is_the_first_that_can_still_be_done(
        facts in arbitrary(), done in proptest::collection::vec(any::<prop::sample::Index>(), 0..30), later in 0i64..60 * 24,
        paused in proptest::option::of((0i64..60 * 24, 1i64..300)),
    ) {
        let mut facts = facts;
        let now = at(FROM) + TimeDelta::hours(later);
        if let Some((begin, length)) = paused {
            let from = at(FROM) + TimeDelta::hours(begin);
            facts.pauses = vec![Paused { id: None, from, until: Some(from + TimeDelta::hours(length)) }];
        }
        let plain = all(&facts, &Own::new(), FROM, "2026-09-01T00:00:00Z", now);
        let mut own = Own::new();
        for index in done {
            if let Some(view) = plain.get(index.index(plain.len().max(1))) {
                record(&mut own, &facts, view.stamp, Some(OutcomeStatus::Done), None);
            }
        }
        use OccurrenceState::{Due, Open, Overdue, Upcoming};
        let views = all(&facts, &own, FROM, "2026-09-01T00:00:00Z", now);
        let mut open = views.iter().filter(|view| matches!(view.state, Upcoming | Open | Due | Overdue));
        let next = pending(&facts, &own, now).unwrap();
        let first = next.as_ref().map(|next| &next.first).filter(|first| first.planned < at("2026-09-01T00:00:00Z"));
        prop_assert_eq!(first.map(|first| first.stamp), open.next().map(|view| view.stamp));
        // The one after it may lie beyond what was looked at.
        let seen = |planned: &Planned| planned.planned < at("2026-09-01T00:00:00Z");
        let second = next.and_then(|next| next.next).filter(seen);
        prop_assert_eq!(second.map(|next| next.stamp), open.next().map(|view| view.stamp));
    }
}
