//! What the patient, the plan and other schedules do to a schedule.

use super::edges::{add, after};
use super::*;
use crate::engage::{Anchor, DayTime, EventTiming, ScheduleStatus, Span};
use crate::people::Deceased;
use crate::plan::{CarePlan, CarePlanStatus};

fn list(clinic: &Clinic, until: &str) -> Vec<Stamp> {
    let page = clinic.treating().engage().worklist(&query(clinic, until), &Page::first(1_000)).unwrap();
    page.items.iter().map(|item| item.stamp).collect()
}

fn states(clinic: &Clinic, patient: PatientId, from: &str, to: &str) -> Vec<OccurrenceState> {
    let found = clinic.treating().engage().occurrences(patient, at(from), at(to), 100).unwrap();
    found.occurrences.iter().map(|view| view.state).collect()
}

#[test]
fn schedules_that_wait_for_each_other_wait_and_break_nothing() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let doctor = clinic.treating();
    let one = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let needs = |ids: Vec<_>| Schedule { prerequisites: ids, ..schedule(&clinic, ana, "FREQ=DAILY") };
    let two = doctor.engage().add_schedule(needs(vec![one])).unwrap();
    doctor.engage().edit_schedule(one, 1, needs(vec![two])).unwrap();
    assert!(doctor.engage().due(ana).unwrap().is_empty());
    sound(&clinic);
    // Whoever does it all the same ends the waiting.
    doctor.engage().record_outcome(one, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 1);
    doctor.engage().edit_schedule(one, 2, needs(vec![one])).unwrap();
    sound(&clinic);
    let own = Schedule {
        phases: vec![crate::engage::Phase {
            from: None,
            timing: after(Anchor::Completion(one), Span::default()),
            window: Window::default(),
        }],
        ..needs(Vec::new())
    };
    doctor.engage().edit_schedule(one, 3, own).unwrap();
    assert!(doctor.engage().due(ana).unwrap().len() <= 2);
    sound(&clinic);
    let others = add(&clinic, bo, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let refused = doctor.engage().add_schedule(needs(vec![others])).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    let timing = after(Anchor::Completion(others), Span::default());
    let phases = vec![crate::engage::Phase { from: None, timing, window: Window::default() }];
    let refused = doctor.engage().add_schedule(Schedule { phases, ..needs(Vec::new()) }).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotFound);
    let pause = CarePause {
        patient: ana,
        scope: PauseScope::Schedule(others),
        from: at(BEGIN),
        until: None,
        reason: PauseReason::Travel,
        note: None,
    };
    assert_eq!(doctor.engage().pause(pause).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_patient_who_dies_is_on_no_list_and_is_on_it_again_when_that_was_an_error() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let record = doctor.people().patient(ana).unwrap().patient;
    let before = list(&clinic, "2026-03-04T00:00:00Z");
    let mut lists = vec![(clinic.clock.now(), before.clone())];
    for (version, deceased) in
        [(1, Some(Deceased { at: None })), (2, None), (3, Some(Deceased { at: None })), (4, None)]
    {
        clinic.pass(600);
        doctor.people().edit(ana, version, Patient { deceased, ..record.clone() }).unwrap();
        let now = list(&clinic, "2026-03-04T00:00:00Z");
        assert_eq!(now, if deceased.is_some() { Vec::new() } else { before.clone() });
        sound(&clinic);
        clinic.pass(1);
        lists.push((clinic.clock.now(), now));
    }
    clinic.pass(1);
    for (then, stamps) in lists {
        let asked = query(&clinic, "2026-03-04T00:00:00Z");
        let again = doctor.engage().worklist_at(&asked, then, &Progress::default()).unwrap();
        assert_eq!(again.iter().map(|item| item.stamp).collect::<Vec<_>>(), stamps, "{then}");
    }
}

/// A plan rests from when it was put on hold. Each further edit of it let the rest begin anew, and what fell between
/// counted as missed.
#[test]
fn a_plan_rests_from_when_it_was_put_on_hold() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let plan = CarePlan { status: CarePlanStatus::Active, ..CarePlan::of(ana, "Blood pressure") };
    let id = doctor.plan().add_plan(plan.clone()).unwrap();
    let of_plan = Schedule { plan: Some(id), ..schedule(&clinic, ana, "FREQ=DAILY") };
    doctor.engage().add_schedule(of_plan.clone()).unwrap();
    clinic.pass(86_400);
    let rests = CarePlan { status: CarePlanStatus::OnHold, ..plan.clone() };
    doctor.plan().edit_plan(id, 1, rests.clone()).unwrap();
    assert_eq!(list(&clinic, "2026-03-10T00:00:00Z").len(), 1, "what was due before it rests stays");
    clinic.pass(3 * 86_400);
    doctor.plan().edit_plan(id, 2, CarePlan { title: "Pressure".into(), ..rests }).unwrap();
    use OccurrenceState::{Missed, Paused};
    let found = states(&clinic, ana, "2026-03-02T00:00:00Z", "2026-03-07T00:00:00Z");
    assert_eq!(found, [Missed, Missed, Paused, Paused, Paused]);
    sound(&clinic);
    doctor.plan().edit_plan(id, 3, plan.clone()).unwrap();
    assert!(!list(&clinic, "2026-03-10T00:00:00Z").is_empty());
    let found = states(&clinic, ana, "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z");
    assert_eq!(
        found[..5],
        [Missed, Missed, Paused, Paused, Paused],
        "what fell into the rest is not missed afterwards"
    );
    assert_ne!(found[5], Paused);
    sound(&clinic);
    doctor.plan().edit_plan(id, 4, CarePlan { status: CarePlanStatus::Completed, ..plan }).unwrap();
    assert!(list(&clinic, "2026-03-10T00:00:00Z").is_empty());
    sound(&clinic);
    // Nothing is added to the lists by what is added to a plan that is over, or being written.
    doctor.engage().add_schedule(of_plan).unwrap();
    let draft = doctor.plan().add_plan(CarePlan::of(ana, "Draft")).unwrap();
    doctor.engage().add_schedule(Schedule { plan: Some(draft), ..schedule(&clinic, ana, "FREQ=DAILY") }).unwrap();
    assert!(list(&clinic, "2026-03-10T00:00:00Z").is_empty());
    assert!(doctor.engage().due(ana).unwrap().is_empty());
    sound(&clinic);
    doctor.plan().void_plan(draft, 1, "not hers").unwrap();
    sound(&clinic);
}

/// What expired while it waited for something else was counted as missed once that was done.
#[test]
fn what_was_over_before_it_could_be_done_was_not_missed() {
    use OccurrenceState::{Cancelled, Missed, Upcoming};
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let first = add(&clinic, ana, rule("FREQ=DAILY;COUNT=1", "2026-03-02T08:00:00"), Window::default());
    let waits = Schedule { prerequisites: vec![first], ..schedule(&clinic, ana, "FREQ=DAILY;COUNT=5") };
    let waits = doctor.engage().add_schedule(waits).unwrap();
    let states = || {
        let (from, to) = (at("2026-03-02T00:00:00Z"), at("2026-03-09T00:00:00Z"));
        let found = doctor.engage().occurrences_of(waits, from, to, 9).unwrap();
        found.occurrences.iter().map(|view| view.state).collect::<Vec<_>>()
    };
    clinic.pass(2 * 86_400);
    assert_eq!(states(), [Cancelled, Cancelled, Upcoming, Upcoming, Upcoming]);
    doctor.engage().record_outcome(first, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    clinic.pass(86_400);
    assert_eq!(states()[..3], [Cancelled, Cancelled, Missed]);
    sound(&clinic);
}

/// The last day of a plan ended at midnight of Greenwich, wherever the patient lives.
#[test]
fn the_last_day_of_a_plan_ends_where_the_patient_lives() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let last = crate::time::When::On("2026-03-04".parse().unwrap());
    let period = Some(crate::time::Period { start: None, end: Some(last) });
    let plan = CarePlan { status: CarePlanStatus::Active, period, ..CarePlan::of(ana, "Blood pressure") };
    let plan = doctor.plan().add_plan(plan).unwrap();
    let honolulu = Schedule {
        zone: "Pacific/Honolulu".into(),
        plan: Some(plan),
        phases: vec![crate::engage::Phase {
            from: None,
            timing: rule("FREQ=DAILY", "2026-03-02T20:00:00"),
            window: Window::default(),
        }],
        ..schedule(&clinic, ana, "FREQ=DAILY")
    };
    doctor.engage().add_schedule(honolulu).unwrap();
    let found = states(&clinic, ana, "2026-03-03T00:00:00Z", "2026-03-08T00:00:00Z");
    let off = found.iter().filter(|state| **state == OccurrenceState::Cancelled).count();
    assert_eq!((found.len(), off), (5, 2), "20:00 of the 2nd, the 3rd and the 4th are within the plan: {found:?}");
}

#[test]
fn what_is_void_or_ended_is_on_no_list() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let one = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let two = doctor
        .engage()
        .add_schedule(Schedule { prerequisites: vec![one], ..schedule(&clinic, ana, "FREQ=DAILY") })
        .unwrap();
    let ended = Schedule { status: ScheduleStatus::Completed, ..doctor.engage().schedule(two).unwrap().schedule };
    doctor.engage().edit_schedule(two, 1, ended.clone()).unwrap();
    assert_eq!(list(&clinic, "2026-03-03T00:00:00Z").len(), 1);
    sound(&clinic);
    doctor.engage().edit_schedule(two, 2, Schedule { status: ScheduleStatus::Active, ..ended }).unwrap();
    assert_eq!(list(&clinic, "2026-03-03T00:00:00Z").len(), 2);
    doctor.engage().void_schedule(one, 1, "another patient's").unwrap();
    for refused in [
        doctor.engage().record_outcome(one, stamp("2026-03-02T08:00:00"), 0, done()),
        doctor.engage().move_occurrence(one, stamp("2026-03-02T08:00:00"), 0, None),
        doctor.engage().undo_outcome(one, stamp("2026-03-02T08:00:00"), 0),
    ] {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Conflict);
    }
    sound(&clinic);
    doctor.engage().void_schedule(two, 3, "as well").unwrap();
    assert!(list(&clinic, "2026-03-03T00:00:00Z").is_empty());
    sound(&clinic);
    let three = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    clinic.admin.people().void(ana, 1, "registered twice").unwrap();
    assert!(list(&clinic, "2026-03-03T00:00:00Z").is_empty());
    assert!(doctor.engage().record_outcome(three, stamp("2026-03-02T08:00:00"), 0, done()).is_err());
    sound(&clinic);
}

#[test]
fn a_pause_of_the_patient_the_plan_or_the_schedule_covers_what_it_says_and_resuming_restores() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let plan = CarePlan { status: CarePlanStatus::Active, ..CarePlan::of(ana, "Blood pressure") };
    let plan = doctor.plan().add_plan(plan).unwrap();
    let of_plan = Schedule { plan: Some(plan), ..schedule(&clinic, ana, "FREQ=DAILY") };
    let one = doctor.engage().add_schedule(of_plan).unwrap();
    let two = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T09:00:00"), Window::default());
    let all = || {
        let found = doctor.engage().occurrences(ana, at("2026-03-01T00:00:00Z"), at("2026-03-20T00:00:00Z"), 100);
        found.unwrap().occurrences
    };
    let reasons = [PauseReason::Deceased, PauseReason::Hospice, PauseReason::MovedAway];
    let scopes = [PauseScope::Patient, PauseScope::Plan(plan), PauseScope::Schedule(two)];
    for (reason, scope) in reasons.into_iter().zip(scopes) {
        let before = all();
        let (from, until) = (at("2026-03-03T00:00:00Z"), at("2026-03-08T00:00:00Z"));
        let pause = CarePause { patient: ana, scope, from, until: None, reason, note: None };
        let id = doctor.engage().pause(pause).unwrap();
        sound(&clinic);
        doctor.engage().resume(id, 1, until).unwrap();
        sound(&clinic);
        for (a, b) in before.iter().zip(all()) {
            let covered = match scope {
                PauseScope::Patient => true,
                PauseScope::Plan(_) => a.schedule == one,
                PauseScope::Schedule(id) => a.schedule == id,
            };
            if covered && from <= a.due && a.due < until {
                assert_eq!((b.state, b.pause), (OccurrenceState::Paused, Some(id)));
            } else {
                assert_eq!(*a, b);
            }
        }
        doctor.engage().void_pause(id, 2, "entered in error").unwrap();
        assert_eq!(all(), before);
        sound(&clinic);
    }
}

#[test]
fn five_hundred_steps_and_five_hundred_stretches_are_walked() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let id = add(&clinic, ana, rule("FREQ=DAILY;COUNT=1", "2026-03-02T08:00:00"), Window::default());
    let steps = |n: i64| {
        Timing::Event(EventTiming {
            anchor: Anchor::Completion(id),
            start: "2026-03-02T00:00:00".parse().unwrap(),
            steps: (0..n).map(|days| Span { days, ..Span::default() }).collect(),
            repeat: None,
            count: None,
            first: 0,
            at: DayTime::AllDay,
        })
    };
    add(&clinic, ana, steps(500), Window::default());
    doctor.engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    assert_eq!(list(&clinic, "2028-01-01T00:00:00Z").len(), 500);
    let mut many = schedule(&clinic, ana, "FREQ=DAILY");
    let stretch = many.phases[0].clone();
    many.phases.extend((1..500).map(|day| crate::engage::Phase {
        from: Some(at("2026-03-02T00:00:00Z") + chrono::TimeDelta::days(day)),
        ..stretch.clone()
    }));
    doctor.engage().add_schedule(many).unwrap();
    let until = at("2027-03-02T00:00:00Z");
    let all = doctor.engage().occurrences(ana, at("2026-03-01T00:00:00Z"), until, 5_000).unwrap().occurrences;
    use OccurrenceState::{Due, Open, Overdue, Upcoming};
    let open = all.iter().filter(|view| matches!(view.state, Due | Open | Overdue | Upcoming)).count();
    assert!(open > 700);
    assert_eq!(list(&clinic, "2027-03-02T00:00:00Z").len(), open);
    sound(&clinic);
}
