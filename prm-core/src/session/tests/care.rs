//! Schedules and what is due, end to end.

mod cascade;
mod edges;
mod found;
mod gate;
mod index;
mod model;
mod size;
mod zones;

use super::*;
use crate::engage::{
    CarePause, ClockStamp, DueOwner, DueQuery, OccurrenceState, Outcome, OutcomeChoice, OutcomeStatus, PauseReason,
    PauseScope, Pool, Recurrence, Schedule, Stamp, Timing, Window,
};
use crate::progress::Progress;
use crate::value::Concept;

pub(crate) fn rule(text: &str, start: &str) -> Timing {
    let start = Some(start.parse().unwrap());
    let zones = crate::Zones::bundled();
    Timing::Clock(
        Recurrence::parse(&format!("RRULE:{text}"), start, crate::engage::ClockZone::Floating, &zones).unwrap(),
    )
}

fn schedule(clinic: &Clinic, patient: PatientId, text: &str) -> Schedule {
    Schedule {
        pool: Some(Pool::Organisation(clinic.site)),
        role: Some("nurse".into()),
        ..Schedule::of(patient, "Blood pressure at home", "Europe/Berlin", rule(text, "2026-03-02T08:00:00"))
    }
}

fn stamp(civil: &str) -> Stamp {
    Stamp::Clock(ClockStamp { civil: civil.parse().unwrap(), second: false })
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn query(clinic: &Clinic, until: &str) -> DueQuery {
    DueQuery { owner: DueOwner::Organisation(clinic.site), until: at(until), roles: Vec::new() }
}

fn done() -> Outcome {
    Outcome::new(OutcomeStatus::Done)
}

/// Whether the index is what the records say.
pub(crate) fn sound(clinic: &Clinic) {
    let report = clinic.admin.upkeep().check(&Progress::default()).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
}

#[test]
fn what_is_due_is_on_the_list_until_it_is_done() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let daily = doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY")).unwrap();
    // It is 10:00 in Berlin.
    let due = doctor.engage().due(ana).unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].stamp, due[0].state), (stamp("2026-03-02T08:00:00"), OccurrenceState::Overdue));
    let list = doctor.engage().worklist(&query(&clinic, "2026-03-04T12:00:00Z"), &Page::first(10)).unwrap();
    let stamps: Vec<_> = list.items.iter().map(|item| item.stamp).collect();
    assert_eq!(stamps, ["2026-03-02T08:00:00", "2026-03-03T08:00:00", "2026-03-04T08:00:00"].map(stamp));
    assert_eq!(list.items[0].name.expose(), "Ana Ortiz");
    assert_eq!(doctor.engage().record_outcome(daily, stamp("2026-03-02T08:00:00"), 0, done()).unwrap(), 1);
    assert!(doctor.engage().due(ana).unwrap().is_empty());
    let list = doctor.engage().worklist(&query(&clinic, "2026-03-03T12:00:00Z"), &Page::first(10)).unwrap();
    assert_eq!(list.items.len(), 1);
    sound(&clinic);
    // The next day nobody does it, and on the day after it is missed.
    clinic.pass(2 * 86_400);
    let due = doctor.engage().due(ana).unwrap();
    assert_eq!((due.len(), due[0].stamp), (1, stamp("2026-03-04T08:00:00")));
    let missed = doctor.engage().missed(&query(&clinic, "2026-03-05T00:00:00Z"), at(BEGIN), &Page::first(10)).unwrap();
    assert_eq!(missed.occurrences.iter().map(|o| o.stamp).collect::<Vec<_>>(), [stamp("2026-03-03T08:00:00")]);
    sound(&clinic);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 1);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 0);
    assert_eq!(doctor.engage().due(ana).unwrap(), due);
    sound(&clinic);
}

#[test]
fn an_outcome_can_be_taken_back_and_everything_is_as_before() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let daily = doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY;COUNT=3")).unwrap();
    let before =
        doctor.engage().occurrences(ana, at(BEGIN) - chrono::TimeDelta::days(1), at("2026-04-01T00:00:00Z"), 100);
    let first = stamp("2026-03-02T08:00:00");
    doctor.engage().record_outcome(daily, first, 0, done()).unwrap();
    let conflict = doctor.engage().record_outcome(daily, first, 0, done()).unwrap_err();
    assert_eq!(conflict.kind(), ErrorKind::Conflict);
    doctor.engage().undo_outcome(daily, first, 1).unwrap();
    let mut after = doctor
        .engage()
        .occurrences(ana, at(BEGIN) - chrono::TimeDelta::days(1), at("2026-04-01T00:00:00Z"), 100)
        .unwrap();
    assert_eq!(after.occurrences[0].version, 2);
    after.occurrences[0].version = 0;
    assert_eq!(before.unwrap(), after);
    assert_eq!(after.occurrences.len(), 3);
    assert_eq!(doctor.engage().occurrence_history(daily, first).unwrap().len(), 2);
    assert_eq!(doctor.engage().undo_outcome(daily, first, 2).unwrap_err().kind(), ErrorKind::NotFound);
    let unplanned = doctor.engage().record_outcome(daily, stamp("2026-03-02T09:00:00"), 0, done()).unwrap_err();
    assert_eq!(unplanned.kind(), ErrorKind::NotFound);
    let silent =
        doctor.engage().record_outcome(daily, stamp("2026-03-03T08:00:00"), 0, Outcome::new(OutcomeStatus::Skipped));
    assert_eq!(silent.unwrap_err().kind(), ErrorKind::Invalid);
    sound(&clinic);
}

#[test]
fn one_occurrence_is_moved_and_the_others_stay() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let weekly = doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=WEEKLY;BYDAY=MO,TH")).unwrap();
    let thursday = stamp("2026-03-05T08:00:00");
    doctor.engage().move_occurrence(weekly, thursday, 0, Some(at("2026-03-06T13:00:00Z"))).unwrap();
    let week = doctor.engage().occurrences(ana, at("2026-03-03T00:00:00Z"), at("2026-03-10T00:00:00Z"), 10).unwrap();
    let times: Vec<_> = week.occurrences.iter().map(|o| (o.stamp, o.due)).collect();
    assert_eq!(
        times,
        [(thursday, at("2026-03-06T13:00:00Z")), (stamp("2026-03-09T08:00:00"), at("2026-03-09T07:00:00Z"))]
    );
    assert_eq!(week.occurrences[0].moved_from, Some(at("2026-03-05T07:00:00Z")));
    let list = doctor.engage().worklist(&query(&clinic, "2026-03-08T00:00:00Z"), &Page::first(10)).unwrap();
    assert_eq!(list.items.iter().map(|i| i.moved).collect::<Vec<_>>(), [false, true]);
    sound(&clinic);
    doctor.engage().move_occurrence(weekly, thursday, 1, None).unwrap();
    let week = doctor.engage().occurrences(ana, at("2026-03-03T00:00:00Z"), at("2026-03-06T00:00:00Z"), 10).unwrap();
    assert_eq!(week.occurrences[0].due, at("2026-03-05T07:00:00Z"));
    sound(&clinic);
}

#[test]
fn a_pause_pauses_what_falls_in_it_and_nothing_else() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY")).unwrap();
    let pause = CarePause {
        patient: ana,
        scope: PauseScope::Patient,
        from: at("2026-03-04T00:00:00Z"),
        until: None,
        reason: PauseReason::Admitted,
        note: None,
    };
    let id = doctor.engage().pause(pause).unwrap();
    sound(&clinic);
    clinic.pass(3 * 86_400);
    assert!(doctor.engage().due(ana).unwrap().is_empty(), "it is paused");
    doctor.engage().resume(id, 1, at("2026-03-06T00:00:00Z")).unwrap();
    let states = doctor.engage().occurrences(ana, at("2026-03-02T00:00:00Z"), at("2026-03-08T00:00:00Z"), 10).unwrap();
    let states: Vec<_> = states.occurrences.iter().map(|o| o.state).collect();
    use OccurrenceState::{Missed, Paused, Upcoming};
    assert_eq!(states, [Missed, Missed, Paused, Paused, Upcoming, Upcoming]);
    sound(&clinic);
}

#[test]
fn a_schedule_is_changed_from_here_on_and_outcomes_are_kept_by_choice() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let daily = doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY")).unwrap();
    doctor.engage().record_outcome(daily, stamp("2026-03-05T08:00:00"), 0, done()).unwrap();
    let evening = rule("FREQ=DAILY", "2026-03-02T20:00:00");
    let (from, until) = (at("2026-03-04T00:00:00Z"), at("2026-03-07T00:00:00Z"));
    let preview = doctor.engage().preview_change(daily, from, evening.clone(), Window::default(), until).unwrap();
    assert_eq!(preview.left_over.iter().map(|o| o.stamp).collect::<Vec<_>>(), [stamp("2026-03-05T08:00:00")]);
    assert_eq!((preview.before.len(), preview.after.len()), (3, 4));
    doctor.engage().change_schedule(daily, 1, from, evening, Window::default(), OutcomeChoice::Keep).unwrap();
    let days = doctor.engage().occurrences(ana, at("2026-03-02T00:00:00Z"), at("2026-03-06T00:00:00Z"), 10).unwrap();
    let days: Vec<_> = days.occurrences.iter().map(|o| (o.stamp, o.unplanned)).collect();
    let expected = [
        ("2026-03-02T08:00:00", false),
        ("2026-03-03T08:00:00", false),
        ("2026-03-04T20:00:00", false),
        ("2026-03-05T08:00:00", true),
        ("2026-03-05T20:00:00", false),
    ];
    assert_eq!(days, expected.map(|(civil, unplanned)| (stamp(civil), unplanned)));
    sound(&clinic);
}

#[test]
fn a_list_of_the_past_is_computed_again_to_the_byte() {
    let clinic = clinic();
    let doctor = clinic.treating();
    let mut lists = Vec::new();
    let mut patients = Vec::new();
    for (n, text) in ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=HOURLY;INTERVAL=6", "FREQ=MONTHLY"].iter().enumerate()
    {
        let patient = clinic.patient("Ana", &format!("Ortiz{n}"));
        patients.push((patient, doctor.engage().add_schedule(schedule(&clinic, patient, text)).unwrap()));
    }
    for day in 0..6 {
        let now = clinic.clock.now();
        let query = DueQuery { until: now + chrono::TimeDelta::days(2), ..query(&clinic, BEGIN) };
        let mut live = Vec::new();
        let mut page = Page::first(3);
        loop {
            let next = doctor.engage().worklist(&query, &page).unwrap();
            live.extend(next.items);
            match next.next {
                Some(cursor) => page = Page::first(3).after(cursor),
                None => break,
            }
        }
        lists.push((now, query, serde_json::to_string(&live).unwrap()));
        let (patient, schedule) = patients[day % patients.len()];
        if let Some(item) = doctor.engage().due(patient).unwrap().first() {
            clinic.pass(60);
            doctor.engage().record_outcome(schedule, item.stamp, 0, done()).unwrap();
        }
        if day == 2 {
            clinic.admin.upkeep().advance(&Progress::default()).unwrap();
        }
        clinic.pass(86_400);
    }
    for (at, query, live) in lists {
        let again = doctor.engage().worklist_at(&query, at, &Progress::default()).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), live, "{at}");
    }
    sound(&clinic);
}

#[test]
fn what_is_due_follows_the_patient_who_moves_and_ends_with_their_death() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    doctor.engage().add_schedule(schedule(&clinic, ana, "FREQ=DAILY")).unwrap();
    let record = doctor.people().patient(ana).unwrap().patient;
    let moved = Patient { time_zone: Some("America/New_York".into()), ..record.clone() };
    doctor.people().edit(ana, 1, moved.clone()).unwrap();
    assert_eq!(doctor.engage().due(ana).unwrap(), []);
    clinic.pass(6 * 3600);
    assert_eq!(doctor.engage().due(ana).unwrap()[0].due, at("2026-03-02T13:00:00Z"));
    sound(&clinic);
    let dead = Patient { deceased: Some(crate::people::Deceased { at: None }), ..moved };
    doctor.people().edit(ana, 2, dead).unwrap();
    assert_eq!(doctor.engage().due(ana).unwrap(), []);
    let list = doctor.engage().worklist(&query(&clinic, "2026-03-09T00:00:00Z"), &Page::first(10)).unwrap();
    assert!(list.items.is_empty());
    sound(&clinic);
    let bad = Patient { time_zone: Some("Mars/Olympus".into()), ..record };
    assert_eq!(doctor.people().edit(ana, 3, bad).unwrap_err().kind(), ErrorKind::Invalid);
}

#[test]
fn what_is_done_as_needed_has_its_own_identity() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let needed = crate::engage::AsNeeded {
        start: "2026-03-02T00:00:00".parse().unwrap(),
        minimum_interval: Some(crate::engage::Span { hours: 4, ..Default::default() }),
        most: Some(2),
        period: None,
    };
    let id =
        doctor.engage().add_schedule(Schedule::of(ana, "Inhaler", "Europe/Berlin", Timing::AsNeeded(needed))).unwrap();
    assert_eq!(doctor.engage().as_needed(id).unwrap().not_before, None);
    let first = doctor.engage().record_as_needed(id, done()).unwrap();
    let second = doctor.engage().record_as_needed(id, done()).unwrap();
    assert_ne!(first, second);
    let said = doctor.engage().as_needed(id).unwrap();
    assert_eq!((said.in_period, said.not_before), (2, Some(at(BEGIN) + chrono::TimeDelta::days(1))));
    assert!(doctor.engage().due(ana).unwrap().is_empty());
    let day = doctor.engage().occurrences(ana, at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z"), 10).unwrap();
    assert_eq!(day.occurrences.len(), 2);
    let reason = Some(Concept { text: Some("typed twice".into()), ..Concept::default() });
    let undone = Outcome { reason, ..Outcome::new(OutcomeStatus::Cancelled) };
    doctor.engage().record_outcome(id, Stamp::AsNeeded(second), 1, undone).unwrap();
    assert_eq!(doctor.engage().as_needed(id).unwrap().in_period, 1);
    sound(&clinic);
}
