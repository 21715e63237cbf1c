//! Adherence of made-up occurrences, and properties.

use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::{AdherenceCounts, AdherenceView};
use crate::engage::{ClockStamp, OccurrenceState, OccurrenceView, Outcome, OutcomeStatus, Ratio, Stamp};
use crate::id::{OccurrenceId, PatientId, ScheduleId};
use crate::time::{CivilTime, Instant, Zones};

use OccurrenceState::{Cancelled, Done, Due, Missed, Open, Overdue, Partly, Paused, Skipped, Upcoming};

const ALL: [OccurrenceState; 10] = [Upcoming, Open, Due, Overdue, Missed, Done, Partly, Skipped, Cancelled, Paused];

fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

/// An occurrence due at an instant, in time from an hour before to an hour after.
fn due(at: Instant, state: OccurrenceState) -> OccurrenceView {
    let civil = CivilTime::try_from(at.naive_utc()).unwrap();
    OccurrenceView {
        patient: PatientId::from_uuid(Uuid::from_u128(1)),
        schedule: ScheduleId::from_uuid(Uuid::from_u128(2)),
        stamp: Stamp::Clock(ClockStamp { civil, second: false }),
        plan: None,
        activity: None,
        title: "Blood pressure".to_owned(),
        state,
        opens: at - TimeDelta::hours(1),
        due: at,
        until: at + TimeDelta::hours(1),
        expires: None,
        moved_from: None,
        outcome: None,
        recorded: None,
        version: 0,
        unplanned: false,
        pause: None,
        pool: None,
        assignee: None,
        role: None,
    }
}

/// One a day at 06:00 UTC, each in the state given.
fn daily(states: &[OccurrenceState]) -> Vec<OccurrenceView> {
    let first = instant("2026-03-01T06:00:00Z");
    states.iter().zip(0..).map(|(state, n)| due(first + TimeDelta::days(n), *state)).collect()
}

fn done(at: &str, when: Option<&str>, recorded: Option<&str>) -> OccurrenceView {
    let outcome = Outcome { when: when.map(|when| when.parse().unwrap()), ..Outcome::new(OutcomeStatus::Done) };
    OccurrenceView { outcome: Some(outcome), recorded: recorded.map(instant), ..due(instant(at), Done) }
}

fn judged(occurrences: &[OccurrenceView]) -> AdherenceView {
    AdherenceView::of(occurrences, "Europe/Berlin", &Zones::bundled(), instant("2026-04-01T00:00:00Z")).unwrap()
}

#[test]
fn every_state_is_counted_once_and_what_is_settled_or_late_was_expected() {
    let view = judged(&daily(&ALL));
    let expected = AdherenceCounts {
        expected: 5,
        done: 1,
        partly: 1,
        skipped: 1,
        missed: 1,
        overdue: 1,
        open: 2,
        upcoming: 1,
        paused: 1,
        cancelled: 1,
        unplanned: 0,
    };
    assert_eq!(view.counts, expected);
    assert_eq!(view.completion, Ratio { numerator: 1, denominator: 5 });
}

#[test]
fn nothing_expected_has_no_ratio() {
    let view = judged(&daily(&[Paused, Cancelled, Upcoming]));
    assert_eq!((view.completion.denominator, view.completion.rounded(2).unwrap()), (0, None));
    assert_eq!(judged(&[]).days, []);
}

#[test]
fn a_pause_or_what_was_called_off_neither_breaks_a_streak_nor_counts_in_it() {
    let streaks = |states: &[OccurrenceState]| {
        let view = judged(&daily(states));
        (view.current_streak, view.longest_streak)
    };
    assert_eq!(streaks(&[Done, Done, Paused, Paused, Cancelled, Done, Open]), (3, 3));
    assert_eq!(streaks(&[Done, Done, Done, Missed, Done, Done]), (2, 3));
    for breaks in [Partly, Skipped, Missed, Overdue] {
        assert_eq!(streaks(&[Done, Done, breaks]), (0, 2), "{breaks:?}");
    }
    assert_eq!(streaks(&[Done, Due, Upcoming]), (1, 1));
}

#[test]
fn in_time_is_from_when_it_opens_until_grace_ends_both_included() {
    let rows = [
        ("2026-03-02T04:59:59Z", false),
        ("2026-03-02T05:00:00Z", true),
        ("2026-03-02T07:00:00Z", true),
        ("2026-03-02T07:00:01Z", false),
        // In Berlin this day begins at 23:00 UTC of the day before.
        ("2026-03-02", true),
        ("2026-03-01", false),
        ("2026-03-03", false),
    ];
    for (when, in_time) in rows {
        let view = judged(&[done("2026-03-02T06:00:00Z", Some(when), Some("2026-03-09T00:00:00Z"))]);
        assert_eq!(view.timeliness, Ratio { numerator: u64::from(in_time), denominator: 1 }, "{when}");
        assert_eq!(view.counts.done, 1);
    }
}

#[test]
fn without_a_time_of_its_own_an_outcome_was_when_it_was_recorded() {
    let at = "2026-03-02T06:00:00Z";
    let recorded =
        judged(&[done(at, None, Some("2026-03-02T06:30:00Z")), done(at, None, Some("2026-03-03T06:30:00Z"))]);
    assert_eq!(recorded.timeliness, Ratio { numerator: 1, denominator: 2 });
    let unknown = judged(&[done(at, Some("2026-03"), Some("2026-03-02T06:30:00Z")), done(at, None, None)]);
    assert_eq!((unknown.timeliness.denominator, unknown.counts.done), (0, 2));
}

#[test]
fn days_are_those_where_the_patient_lives() {
    let late = due(instant("2026-03-02T23:30:00Z"), Done);
    let days = |zone| {
        let view = AdherenceView::of(std::slice::from_ref(&late), zone, &Zones::bundled(), late.due).unwrap();
        view.days.iter().map(|day| day.date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        (days("Europe/Berlin"), days("America/New_York")),
        (vec!["2026-03-03".into()], vec!["2026-03-02".into()])
    );
    assert!(AdherenceView::of(std::slice::from_ref(&late), "Mars/Base", &Zones::bundled(), late.due).is_err());
}

#[test]
fn what_is_done_beside_the_plan_is_counted_apart() {
    let mut as_needed = due(instant("2026-03-02T06:00:00Z"), Done);
    as_needed.stamp = Stamp::AsNeeded(OccurrenceId::from_uuid(Uuid::from_u128(9)));
    let unplanned = OccurrenceView { unplanned: true, ..due(instant("2026-03-03T06:00:00Z"), Done) };
    let view = judged(&[as_needed, unplanned]);
    assert_eq!((view.counts.unplanned, view.counts.expected, view.longest_streak), (2, 0, 0));
    assert_eq!(view.timeliness, Ratio::default());
}

// Facts from CareKit (BSD-3-Clause) at 59e1d70, tests of TaskProgress: linear progress with whole numbers, where the goal
// is what the day expects; an aggregate whose parts are whole tasks. Progress without a goal, in fractions, or summed
// over values of outcomes has no counterpart here.
#[test]
fn whole_progress_of_a_day_is_that_of_carekit() {
    for (value, goal, complete) in [(2, 2, true), (0, 2, false), (1, 2, false), (3, 3, true), (0, 3, false)] {
        let states: Vec<_> = (0..goal).map(|n| if n < value { Done } else { Missed }).collect();
        let at = instant("2026-03-01T06:00:00Z");
        let day: Vec<_> = states.iter().zip(0..).map(|(state, n)| due(at + TimeDelta::hours(n), *state)).collect();
        let completion = judged(&day).days[0].counts.completion();
        assert_eq!(completion, Ratio { numerator: value, denominator: goal });
        assert_eq!(completion.at_least(100), Some(complete));
    }
    // outcome_exists: an outcome without values completes a task, no outcome does not.
    assert_eq!(judged(&[done("2026-03-02T06:00:00Z", None, None)]).counts.done, 1);
    assert_eq!(judged(&daily(&[Missed])).counts.done, 0);
}

fn any_occurrences() -> impl Strategy<Value = Vec<OccurrenceView>> {
    let one = (0..90i64, 0..24i64, prop::sample::select(ALL.to_vec()), any::<bool>());
    prop::collection::vec(one, 0..60).prop_map(|rows| {
        let first = instant("2026-02-01T00:00:00Z");
        rows.into_iter()
            .map(|(day, hour, state, unplanned)| OccurrenceView {
                unplanned: unplanned && day % 7 == 0,
                ..due(first + TimeDelta::days(day) + TimeDelta::hours(hour), state)
            })
            .collect()
    })
}

fn sum(counts: &AdherenceCounts) -> u32 {
    let AdherenceCounts { expected, open, upcoming, paused, cancelled, unplanned, .. } = counts;
    expected + open + upcoming + paused + cancelled + unplanned
}

proptest! {
    #[test]
    fn every_occurrence_is_counted_once_overall_and_once_on_its_day(occurrences in any_occurrences()) {
        let view = judged(&occurrences);
        let all = u32::try_from(occurrences.len()).unwrap();
        prop_assert_eq!(sum(&view.counts), all);
        prop_assert_eq!(view.days.iter().map(|day| sum(&day.counts)).sum::<u32>(), all);
        prop_assert_eq!(view.days.iter().map(|day| day.counts.done).sum::<u32>(), view.counts.done);
        prop_assert!(view.days.windows(2).all(|pair| pair[0].date < pair[1].date));
        let AdherenceCounts { expected, done, partly, skipped, missed, overdue, .. } = view.counts;
        prop_assert_eq!(expected, done + partly + skipped + missed + overdue);
        prop_assert!(view.current_streak <= view.longest_streak && view.longest_streak <= view.counts.done);
    }

    #[test]
    fn paused_and_cancelled_occurrences_change_no_figure_and_order_does_not_matter(
        occurrences in any_occurrences(), extra in any_occurrences(),
    ) {
        let plain = judged(&occurrences);
        let mut more = occurrences;
        more.extend(extra.into_iter().map(|view| OccurrenceView {
            state: if view.state == Done { Paused } else { Cancelled },
            ..view
        }));
        more.reverse();
        let with = judged(&more);
        prop_assert_eq!((with.completion, with.timeliness), (plain.completion, plain.timeliness));
        prop_assert_eq!(
            (with.current_streak, with.longest_streak),
            (plain.current_streak, plain.longest_streak)
        );
    }
}
