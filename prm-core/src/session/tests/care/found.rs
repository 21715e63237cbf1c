//! What reviews found, each by the smallest input that shows it.

use super::edges::add;
use super::*;
use crate::engage::{
    Anchor, AsNeeded, ClockZone, DayTime, EventTiming, Expiry, Phase, ReminderPreferences, ScheduleStatus, Span,
    TimeOfDay,
};
use crate::id::{OccurrenceId, RecordId, ScheduleId};
use crate::plan::{CareEvent, CarePlan, CarePlanStatus};
use crate::time::{Period, When};

const VERY_RESTRICTED: (&str, &str) = ("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "V");

fn days(days: i64) -> Span {
    Span { days, ..Span::default() }
}

fn secret(plain: Schedule) -> Schedule {
    Schedule { labels: vec![Coding::new(VERY_RESTRICTED.0, VERY_RESTRICTED.1)], ..plain }
}

fn states(clinic: &Clinic, schedule: ScheduleId, from: &str, to: &str) -> Vec<OccurrenceState> {
    let found = clinic.treating().engage().occurrences_of(schedule, at(from), at(to), 99).unwrap();
    found.occurrences.iter().map(|view| view.state).collect()
}

/// An occurrence as needed brings its id, and that of any other occurrence was taken for one.
#[test]
fn the_history_of_an_occurrence_is_that_of_its_schedule() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let hidden = clinic.admin.engage().add_schedule(secret(schedule(&clinic, ana, "FREQ=DAILY"))).unwrap();
    let first = stamp("2026-03-02T08:00:00");
    clinic.admin.engage().record_outcome(hidden, first, 0, done()).unwrap();
    let other = Stamp::AsNeeded(crate::engage::index::occurrence_id(hidden, &first));
    let daily = || rule("FREQ=DAILY", "2026-03-02T08:00:00");
    let of_ana = add(&clinic, ana, daily(), Window::default());
    let of_bo = add(&clinic, bo, daily(), Window::default());
    for (who, own) in [(clinic.treating(), of_ana), (clinic.oneself(bo), of_bo)] {
        assert_eq!(who.engage().occurrence_history(own, other).unwrap_err().kind(), ErrorKind::NotFound);
    }
    let person = Stamp::AsNeeded(OccurrenceId::from_uuid(*bo.as_uuid()));
    let refused = clinic.treating().engage().occurrence_history(of_ana, person).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
}

#[test]
fn a_label_that_is_added_later_holds_for_the_past_as_well() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let plain = schedule(&clinic, ana, "FREQ=DAILY");
    let id = clinic.admin.engage().add_schedule(plain.clone()).unwrap();
    let then = clinic.clock.now();
    clinic.pass(3_600);
    let doctor = clinic.treating();
    let known = |session: &Session| {
        let engage = session.engage();
        let (from, to) = (at("2026-03-02T00:00:00Z"), at("2026-03-05T00:00:00Z"));
        let list = engage.worklist_at(&query(&clinic, "2026-03-05T00:00:00Z"), then, &Progress::default()).unwrap();
        let day = |text: &str| text.parse().unwrap();
        let adherence = engage.adherence(ana, day("2026-03-02"), day("2026-03-03"), None, Some(then)).unwrap();
        let found = engage.occurrences_known_at(ana, from, to, 9, Some(then)).unwrap();
        (list.len(), found.occurrences.len(), adherence.days.iter().any(|day| day.counts.expected > 0))
    };
    assert_eq!(known(&doctor).1, 3);
    clinic.admin.engage().edit_schedule(id, 1, secret(plain)).unwrap();
    assert_eq!(known(&doctor), (0, 0, false));
    assert_eq!(known(&clinic.admin).1, 3);
}

/// Lists said that nothing is due, and everything else went on to the end that had been planned.
#[test]
fn what_ends_before_its_planned_end_is_over() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let period = Some(Period { start: None, end: Some(When::On("2026-12-31".parse().unwrap())) });
    let plan = CarePlan { status: CarePlanStatus::Active, period, ..CarePlan::of(ana, "Blood pressure") };
    let id = doctor.plan().add_plan(plan.clone()).unwrap();
    let reminders = vec![Span::default()];
    let of_plan = Schedule { plan: Some(id), reminders, ..schedule(&clinic, ana, "FREQ=DAILY") };
    let of_plan = doctor.engage().add_schedule(of_plan).unwrap();
    clinic.pass(3_600);
    doctor.plan().edit_plan(id, 1, CarePlan { status: CarePlanStatus::Revoked, ..plan }).unwrap();
    clinic.pass(3 * 86_400);
    let found = states(&clinic, of_plan, "2026-03-03T00:00:00Z", "2026-03-09T00:00:00Z");
    assert!(!found.is_empty() && found.iter().all(|state| *state == OccurrenceState::Cancelled), "{found:?}");
    let preferences =
        ReminderPreferences { allowed: true, quiet: None, zone: "Europe/Berlin".into(), merge_within: None };
    assert!(doctor.engage().reminders(ana, &preferences, 5).unwrap().reminders.is_empty());
    let single = doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY")).unwrap();
    let ended = Schedule {
        status: ScheduleStatus::Revoked,
        ended: Some(at("2027-01-01T00:00:00Z")),
        ..schedule(&clinic, ana, "FREQ=DAILY")
    };
    doctor.engage().edit_schedule(single, 1, ended).unwrap();
    let found = states(&clinic, single, "2026-03-06T12:00:00Z", "2026-03-09T00:00:00Z");
    assert!(!found.is_empty() && found.iter().all(|state| *state == OccurrenceState::Cancelled), "{found:?}");
    sound(&clinic);
}

/// After 100,000 paused times nothing was said to be next, and it was on no list any more.
#[test]
fn a_pause_of_many_times_ends() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let pause = CarePause {
        patient: ana,
        scope: PauseScope::Patient,
        from: at(BEGIN),
        until: Some(at(BEGIN) + chrono::TimeDelta::days(70)),
        reason: PauseReason::Travel,
        note: None,
    };
    doctor.engage().pause(pause).unwrap();
    add(&clinic, ana, rule("FREQ=MINUTELY", "2026-03-02T08:00:00"), Window::default());
    clinic.pass(71 * 86_400);
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 1);
    clinic.admin.upkeep().advance(&Progress::default()).unwrap();
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 1);
    sound(&clinic);
}

/// A schedule of which everything is open at once took the list of the whole clinic down, and with it every change of the
/// patient.
#[test]
fn what_comes_to_more_than_anybody_does_is_refused() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let refused = |text: &str, expires| {
        let window = Window { expires, ..Window::default() };
        let phases = vec![Phase { from: None, timing: rule(text, "2026-03-02T08:00:00"), window }];
        let result = doctor.engage().add_schedule(Schedule { phases, ..schedule(&clinic, ana, "FREQ=DAILY") });
        result.is_err_and(|e| e.kind() == ErrorKind::Invalid)
    };
    assert!(refused("FREQ=MINUTELY", Expiry::After(days(10))));
    assert!(refused("FREQ=SECONDLY", Expiry::NextOpens));
    assert!(refused(
        "FREQ=MONTHLY;BYHOUR=8;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59",
        Expiry::NextOpens
    ));
    assert!(!refused("FREQ=MINUTELY", Expiry::After(days(6))));
    assert!(!refused("FREQ=SECONDLY;COUNT=10", Expiry::NextOpens));
    assert!(!refused("FREQ=DAILY", Expiry::After(days(9_000))));
}

/// A discharge, with a plan that counts from it.
fn discharge(clinic: &Clinic, ana: PatientId) -> (RecordId, impl Fn(Vec<Span>) -> Timing, Schedule) {
    let event = RecordId::from_uuid(uuid::Uuid::from_u128(0xe0e0));
    let mut plan = CarePlan { status: CarePlanStatus::Active, ..CarePlan::of(ana, "After discharge") };
    // A Friday.
    plan.events = vec![CareEvent { id: event, key: "discharge".into(), on: When::On("2026-02-27".parse().unwrap()) }];
    let plan = clinic.treating().plan().add_plan(plan).unwrap();
    let timing = move |steps| {
        Timing::Event(EventTiming {
            anchor: Anchor::Event(event),
            start: "2026-02-20T00:00:00".parse().unwrap(),
            steps,
            repeat: None,
            count: None,
            at: DayTime::At(TimeOfDay { hour: 9, minute: 0 }),
            first: 0,
        })
    };
    let of_plan = Schedule { plan: Some(plan), ..schedule(clinic, ana, "FREQ=DAILY") };
    (event, timing, of_plan)
}

#[test]
fn steps_take_place_in_whatever_order_they_are_listed() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let (event, timing, of_plan) = discharge(&clinic, ana);
    let two = Span { business_days: 2, ..Span::default() };
    let window = Window { expires: Expiry::Never, ..Window::default() };
    for steps in [vec![two, days(3)], vec![days(3), two], vec![days(7), days(2)], vec![two, days(3), days(4), days(14)]]
    {
        let many = steps.len();
        let phases = vec![Phase { from: None, timing: timing(steps.clone()), window }];
        let id = doctor.engage().add_schedule(Schedule { phases, ..of_plan.clone() }).unwrap();
        let (from, to) = (at("2026-02-20T00:00:00Z"), at("2026-04-09T00:00:00Z"));
        let found = doctor.engage().occurrences_of(id, from, to, 99).unwrap().occurrences;
        assert_eq!(found.len(), many, "{steps:?}: {found:?}");
        assert!(found.is_sorted_by_key(|view| view.due));
        for step in 0..u32::try_from(many).unwrap() {
            let stamp = Stamp::Event { anchor: event, step };
            let one = doctor.engage().occurrence(id, stamp).unwrap();
            assert!(found.iter().any(|view| (view.stamp, view.due) == (stamp, one.due)), "{steps:?} {step}");
        }
    }
    sound(&clinic);
}

/// What was planned anew had the identity of what was done before, and counted as done.
#[test]
fn after_a_change_each_identity_takes_place_once() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let (event, timing, of_plan) = discharge(&clinic, ana);
    let window = Window { expires: Expiry::Never, ..Window::default() };
    let phases = vec![Phase { from: None, timing: timing(vec![days(4), days(14)]), window }];
    let id = doctor.engage().add_schedule(Schedule { phases, ..of_plan }).unwrap();
    clinic.pass(2 * 86_400);
    doctor.engage().record_outcome(id, Stamp::Event { anchor: event, step: 0 }, 0, done()).unwrap();
    let later = timing(vec![days(7), days(20)]);
    doctor.engage().change_schedule(id, 1, at("2026-03-04T00:00:00Z"), later, window, OutcomeChoice::Keep).unwrap();
    let (from, to) = (at("2026-02-20T00:00:00Z"), at("2026-04-09T00:00:00Z"));
    let found = doctor.engage().occurrences_of(id, from, to, 99).unwrap().occurrences;
    let told: Vec<_> = found.iter().map(|view| (view.stamp, view.state)).collect();
    let step = |step| Stamp::Event { anchor: event, step };
    use OccurrenceState::{Done, Upcoming};
    assert_eq!(told, [(step(0), Done), (step(2), Upcoming), (step(3), Upcoming)]);
    // By the clock the same time of the same day is the same occurrence, in whatever zone it is said.
    let id = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let start = Some("2026-03-02T08:00:00".parse().unwrap());
    let utc = Recurrence::parse("RRULE:FREQ=DAILY", start, ClockZone::Utc, &crate::Zones::bundled()).unwrap();
    let from = at("2026-03-06T07:30:00Z");
    let utc = Timing::Clock(utc);
    doctor.engage().change_schedule(id, 1, from, utc, Window::default(), OutcomeChoice::Keep).unwrap();
    let found = doctor.engage().occurrences_of(id, at("2026-03-05T00:00:00Z"), at("2026-03-08T00:00:00Z"), 99).unwrap();
    let told: Vec<_> = found.occurrences.iter().map(|view| view.stamp).collect();
    assert_eq!(told, ["2026-03-05T08:00:00", "2026-03-06T08:00:00", "2026-03-07T08:00:00"].map(stamp));
    sound(&clinic);
}

#[test]
fn a_remark_that_is_added_later_moves_nothing() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let timing = Timing::Event(EventTiming {
        anchor: Anchor::LastCompletion,
        start: "2026-03-02T00:00:00".parse().unwrap(),
        steps: vec![days(4)],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    });
    let id = add(&clinic, ana, timing, Window::default());
    let planned = || {
        let found = doctor.engage().occurrences_of(id, at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"), 9);
        found.unwrap().occurrences.iter().map(|view| view.due).collect::<Vec<_>>()
    };
    let first = doctor.engage().due(ana).unwrap()[0].stamp;
    doctor.engage().record_outcome(id, first, 0, done()).unwrap();
    let before = planned();
    clinic.pass(3 * 86_400);
    let note = Some(crate::Sensitive::new("left arm".to_owned()));
    doctor.engage().record_outcome(id, first, 1, Outcome { note, ..done() }).unwrap();
    assert_eq!(planned(), before);
}

/// What an outcome recorded late says of a prerequisite does not change what was missed, and the past is told the same
/// however it was corrected since.
#[test]
fn what_waited_waited_until_the_first_was_done() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let window = Window { expires: Expiry::Never, ..Window::default() };
    let first = add(&clinic, ana, rule("FREQ=DAILY;COUNT=2", "2026-03-02T08:00:00"), window);
    let waits = Schedule { prerequisites: vec![first], ..schedule(&clinic, ana, "FREQ=DAILY;COUNT=5") };
    let waits = doctor.engage().add_schedule(waits).unwrap();
    doctor.engage().record_outcome(first, stamp("2026-03-03T08:00:00"), 0, done()).unwrap();
    clinic.pass(3 * 86_400);
    let before = states(&clinic, waits, "2026-03-01T00:00:00Z", "2026-03-09T00:00:00Z");
    assert!(before.contains(&OccurrenceState::Missed));
    doctor.engage().record_outcome(first, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    assert_eq!(states(&clinic, waits, "2026-03-01T00:00:00Z", "2026-03-09T00:00:00Z"), before);

    let needed =
        AsNeeded { start: "2026-03-02T00:00:00".parse().unwrap(), minimum_interval: None, most: None, period: None };
    let needed = add(&clinic, ana, Timing::AsNeeded(needed), Window::default());
    let waits = Schedule { prerequisites: vec![needed], ..schedule(&clinic, ana, "FREQ=DAILY;COUNT=9") };
    doctor.engage().add_schedule(waits).unwrap();
    let early = doctor.engage().record_as_needed(needed, done()).unwrap();
    clinic.pass(3 * 86_400);
    doctor.engage().record_as_needed(needed, done()).unwrap();
    clinic.pass(60);
    let (from, to, then) = (at("2026-03-01T00:00:00Z"), at("2026-03-19T00:00:00Z"), clinic.clock.now());
    let live = doctor.engage().occurrences(ana, from, to, 99).unwrap();
    clinic.pass(60);
    let when = Some(When::from(at(BEGIN)));
    doctor.engage().record_outcome(needed, Stamp::AsNeeded(early), 1, Outcome { when, ..done() }).unwrap();
    assert_eq!(doctor.engage().occurrences_known_at(ana, from, to, 99, Some(then)).unwrap(), live);
}

#[test]
fn nobody_is_reminded_of_what_cannot_be_done_yet() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let first = add(&clinic, ana, rule("FREQ=DAILY;COUNT=1", "2026-03-02T08:00:00"), Window::default());
    let waits = Schedule {
        prerequisites: vec![first],
        reminders: vec![Span::default()],
        ..schedule(&clinic, ana, "FREQ=DAILY;COUNT=5")
    };
    doctor.engage().add_schedule(waits).unwrap();
    let preferences =
        ReminderPreferences { allowed: true, quiet: None, zone: "Europe/Berlin".into(), merge_within: None };
    let reminders = || doctor.engage().reminders(ana, &preferences, 9).unwrap().reminders.len();
    assert_eq!(reminders(), 0);
    doctor.engage().record_outcome(first, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    assert!(reminders() > 0);
}
