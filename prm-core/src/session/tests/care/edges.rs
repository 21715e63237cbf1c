//! Values at the ends of what is possible, and what once went wrong with them.

use super::*;
use crate::command::Command;
use crate::engage::{
    Anchor, AsNeeded, DayTime, EventTiming, Expiry, Holiday, HolidayCalendar, ReminderPreferences, Span,
};
use crate::id::{OccurrenceId, ScheduleId};

fn span(days: i64, hours: i64) -> Span {
    Span { days, hours, ..Span::default() }
}

pub(super) fn after(anchor: Anchor, step: Span) -> Timing {
    Timing::Event(EventTiming {
        anchor,
        start: "2026-03-02T00:00:00".parse().unwrap(),
        steps: vec![step],
        repeat: None,
        count: None,
        at: DayTime::AllDay,
        first: 0,
    })
}

pub(super) fn add(clinic: &Clinic, patient: PatientId, timing: Timing, window: Window) -> ScheduleId {
    let mut schedule = Schedule { phases: Vec::new(), ..schedule(clinic, patient, "FREQ=DAILY") };
    schedule.phases = vec![crate::engage::Phase { from: None, timing, window }];
    clinic.treating().engage().add_schedule(schedule).unwrap()
}

/// A title was measured without the blanks around it and stored with them. With more than 65,535 bytes its length did not
/// fit, and nobody could read the list it stood on any more.
#[test]
fn texts_of_any_size_stay_readable_on_lists() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", &"\u{1d4d0}".repeat(200));
    let doctor = clinic.treating();
    let widest = Schedule {
        title: "\u{1d4d0}".repeat(200),
        role: Some("\u{e9}".repeat(100)),
        ..schedule(&clinic, ana, "FREQ=DAILY")
    };
    doctor.engage().add_schedule(widest.clone()).unwrap();
    for title in [format!("x{}", " ".repeat(70_000)), format!("{}x", "\t".repeat(201)), "x".repeat(201)] {
        let refused = doctor.engage().add_schedule(Schedule { title, ..widest.clone() }).unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::Invalid);
    }
    let refused = doctor.engage().add_schedule(Schedule { role: Some("x".repeat(201)), ..widest.clone() });
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Invalid);
    let list = doctor.engage().worklist(&query(&clinic, "2026-03-03T00:00:00Z"), &Page::first(9)).unwrap();
    assert_eq!((list.items[0].title.as_str(), list.items[0].role.clone()), (widest.title.as_str(), widest.role));
    assert_eq!(doctor.engage().due(ana).unwrap(), list.items);
    sound(&clinic);
}

/// Business days follow a calendar of holidays. When that was edited, what was next of schedules stayed as it had been.
#[test]
fn a_holiday_that_is_added_moves_what_is_next() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let calendar = HolidayCalendar { name: "Clinic".into(), source: "the clinic".into(), ..Default::default() };
    let id = clinic.admin.engage().add_holiday_calendar(calendar.clone()).unwrap();
    let step = Span { business_days: 2, ..Span::default() };
    let first = add(&clinic, ana, rule("FREQ=DAILY;COUNT=1", "2026-03-02T08:00:00"), Window::default());
    let call = Schedule { holidays: Some(id), ..schedule(&clinic, ana, "FREQ=DAILY") };
    let timing = after(Anchor::Completion(first), step);
    let call =
        Schedule { phases: vec![crate::engage::Phase { from: None, timing, window: Window::default() }], ..call };
    doctor.engage().add_schedule(call).unwrap();
    doctor.engage().record_outcome(first, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    let due = || {
        let list = doctor.engage().worklist(&query(&clinic, "2026-03-20T00:00:00Z"), &Page::first(9)).unwrap();
        list.items.iter().map(|item| item.due).collect::<Vec<_>>()
    };
    assert_eq!(due(), [at("2026-03-03T23:00:00Z")]);
    let holiday = Holiday { date: "2026-03-03".parse().unwrap(), name: "Founders' day".into() };
    let closed = HolidayCalendar { holidays: vec![holiday], ..calendar };
    clinic.admin.engage().edit_holiday_calendar(id, 1, closed).unwrap();
    assert_eq!(due(), [at("2026-03-04T23:00:00Z")]);
    sound(&clinic);
    clinic.admin.engage().void_holiday_calendar(id, 2, "nobody keeps it").unwrap();
    sound(&clinic);
}

#[test]
fn an_id_of_another_record_is_no_occurrence() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let needed =
        AsNeeded { start: "2026-03-02T00:00:00".parse().unwrap(), minimum_interval: None, most: None, period: None };
    let own = add(&clinic, ana, Timing::AsNeeded(needed.clone()), Window::default());
    let others = add(&clinic, bo, Timing::AsNeeded(needed), Window::default());
    let daily = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let engage = clinic.treating();
    let engage = engage.engage();
    let of_other = engage.record_as_needed(others, done()).unwrap();
    engage.record_outcome(daily, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    let derived = crate::engage::index::occurrence_id(daily, &stamp("2026-03-02T08:00:00"));
    let other_kinds = [*ana.as_uuid(), *daily.as_uuid(), *clinic.site.as_uuid()].map(OccurrenceId::from_uuid);
    for id in other_kinds.into_iter().chain([of_other, derived]) {
        for version in [0, 1] {
            let refused = engage.record_outcome(own, Stamp::AsNeeded(id), version, done()).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Conflict, "{refused}");
            let refused = engage.undo_outcome(own, Stamp::AsNeeded(id), version).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::Conflict, "{refused}");
        }
    }
    sound(&clinic);
}

/// Looking back for what may still be done ended at the first that may not: behind a change to a shorter window, what
/// was late and could still be done was on no list.
#[test]
fn what_was_late_before_a_change_stays_on_the_list() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let patient = Window { expires: Expiry::After(span(30, 0)), ..Window::default() };
    let id = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), patient);
    let strict = Window { expires: Expiry::After(span(0, 1)), ..Window::default() };
    let evening = rule("FREQ=DAILY", "2026-03-02T20:00:00");
    doctor.engage().change_schedule(id, 1, at("2026-03-04T00:00:00Z"), evening, strict, OutcomeChoice::Keep).unwrap();
    clinic.pass(5 * 86_400);
    let late: Vec<_> = doctor.engage().due(ana).unwrap().iter().map(|item| item.stamp).collect();
    assert_eq!(late, ["2026-03-02T08:00:00", "2026-03-03T08:00:00"].map(stamp));
    clinic.admin.upkeep().advance(&Progress::default()).unwrap();
    doctor.engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    let late: Vec<_> = doctor.engage().due(ana).unwrap().iter().map(|item| item.stamp).collect();
    assert_eq!(late, [stamp("2026-03-03T08:00:00")]);
    sound(&clinic);
}

/// For what is due now a whole year ahead was expanded: of a schedule of every five minutes that is too much for an answer.
#[test]
fn what_is_due_every_few_minutes_is_found() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    add(&clinic, ana, rule("FREQ=MINUTELY;INTERVAL=5", "2026-03-02T08:00:00"), Window::default());
    clinic.pass(3_600);
    let due = doctor.engage().due(ana).unwrap();
    assert_eq!(due.iter().map(|item| item.stamp).collect::<Vec<_>>(), [stamp("2026-03-02T11:00:00")]);
}

/// What opens long before it is due is found however long that is.
#[test]
fn what_opens_long_before_it_is_due_is_due_for_the_patient() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let years = Window { opens: Span { years: 2, ..Span::default() }, ..Window::default() };
    add(&clinic, ana, rule("FREQ=YEARLY", "2026-03-01T08:00:00"), years);
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 2);
    let open = doctor.engage().occurrences(ana, at("2025-03-01T00:00:00Z"), at("2031-03-01T00:00:00Z"), 9).unwrap();
    let open = open.occurrences.iter().filter(|view| view.state == OccurrenceState::Open).count();
    assert_eq!(open, 2);
}

#[test]
fn times_beyond_the_calendar_are_refused() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let window = Window { lasts: Some(span(1, 1)), ..Window::default() };
    let id = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), window);
    let ends = [Instant::MAX_UTC, Instant::MIN_UTC, at("9999-12-31T23:59:59Z"), at("0001-01-01T00:00:00Z")];
    for to in ends {
        let moved = doctor.engage().move_occurrence(id, stamp("2026-03-02T08:00:00"), 0, Some(to));
        assert_eq!(moved.unwrap_err().kind(), ErrorKind::Invalid, "{to}");
    }
    for from in ends {
        let timing = rule("FREQ=DAILY", "2026-03-02T20:00:00");
        let _ = doctor.engage().preview_change(id, from, timing.clone(), window, at("2026-04-01T00:00:00Z"));
        let version = doctor.engage().schedule(id).unwrap().version;
        let _ = doctor.engage().change_schedule(id, version, from, timing, window, OutcomeChoice::TakeBack);
        let reason = PauseReason::Travel;
        let scope = PauseScope::Schedule(id);
        let _ = doctor.engage().pause(CarePause { patient: ana, scope, from, until: None, reason, note: None });
        let _ = doctor.engage().occurrences(ana, from, at("2026-03-04T00:00:00Z"), 10);
        let _ = doctor.engage().occurrences(ana, at("2026-03-04T00:00:00Z"), from, 10);
        let asked = DueQuery { until: from, ..query(&clinic, BEGIN) };
        let _ = doctor.engage().worklist(&asked, &Page::first(9));
        let _ = doctor.engage().missed(&asked, from, &Page::first(9));
        let _ = doctor.engage().missed(&asked, at(BEGIN), &Page::first(9));
        let _ = doctor.engage().worklist_at(&asked, from, &Progress::default());
        let _ = doctor.engage().occurrences_known_at(ana, at(BEGIN), at("2026-03-04T00:00:00Z"), 9, Some(from));
        doctor.engage().due(ana).unwrap();
        sound(&clinic);
    }
    for start in ["0001-01-01T00:00:00", "9999-12-31T23:59:59"] {
        for text in ["FREQ=DAILY", "FREQ=YEARLY", "FREQ=SECONDLY"] {
            for expires in [Expiry::NextOpens, Expiry::After(span(1, 1)), Expiry::Never] {
                let window = Window { opens: span(1, 1), lasts: Some(span(1, 1)), grace: span(1, 1), expires };
                let mut schedule = Schedule {
                    pool: Some(Pool::Organisation(clinic.site)),
                    ..Schedule::of(ana, "Edge", "Europe/Berlin", rule("FREQ=DAILY", "2026-03-02T08:00:00"))
                };
                schedule.phases = vec![crate::engage::Phase { from: None, timing: rule(text, start), window }];
                let _ = doctor.engage().add_schedule(schedule);
                let _ = doctor.engage().due(ana);
            }
        }
    }
}

#[test]
fn a_clock_at_either_end_of_time_breaks_no_list() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let id = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    for end in [Instant::MAX_UTC, Instant::MIN_UTC] {
        clinic.clock.set(end);
        let _ = doctor.engage().due(ana);
        let _ = doctor.engage().worklist(&query(&clinic, BEGIN), &Page::first(9));
        let _ = doctor.engage().missed(&query(&clinic, BEGIN), at(BEGIN), &Page::first(9));
        let _ = doctor.engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done());
        let anything =
            ReminderPreferences { allowed: true, quiet: None, zone: "Europe/Berlin".into(), merge_within: None };
        let _ = doctor.engage().reminders(ana, &anything, 9);
        let _ = clinic.admin.upkeep().advance(&Progress::default());
        let _ = doctor.engage().due(ana);
    }
    clinic.clock.set(at(BEGIN));
    doctor.engage().due(ana).unwrap();
    sound(&clinic);
}

/// The index knows whole seconds: a question until half past a second left out what is due at that second.
#[test]
fn a_question_until_a_part_of_a_second_is_answered_from_index_and_records_alike() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    add(&clinic, ana, rule("FREQ=DAILY;COUNT=1", "2026-03-03T08:00:00"), Window::default());
    let asked = query(&clinic, "2026-03-03T07:00:00.5Z");
    let live = doctor.engage().worklist(&asked, &Page::first(9)).unwrap().items;
    assert_eq!(live.len(), 1);
    clinic.pass(1);
    let again = doctor.engage().worklist_at(&asked, at(BEGIN), &Progress::default()).unwrap();
    assert_eq!(again, live);
    // What changes from within a second on changes from that second on, and its outcome is no longer planned.
    let id = again[0].schedule;
    clinic.pass(2 * 86_400);
    doctor.engage().record_outcome(id, again[0].stamp, 0, done()).unwrap();
    let timing = rule("FREQ=DAILY", "2026-03-03T20:00:00");
    let from = at("2026-03-03T07:00:00.5Z");
    let preview = doctor.engage().preview_change(id, from, timing, Window::default(), at("2026-03-05T00:00:00Z"));
    assert_eq!(preview.unwrap().left_over.len(), 1);
}

/// Every completion that any stretch counted from was counted from by all of them.
#[test]
fn each_stretch_counts_from_its_own_anchor() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let one = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let two = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let counts = add(&clinic, ana, after(Anchor::Completion(one), span(1, 0)), Window::default());
    clinic.pass(8 * 86_400);
    let outcome = Outcome { when: Some("2026-03-02".parse().unwrap()), ..done() };
    doctor.engage().record_outcome(one, stamp("2026-03-02T08:00:00"), 0, outcome).unwrap();
    let outcome = Outcome { when: Some("2026-03-05".parse().unwrap()), ..done() };
    doctor.engage().record_outcome(two, stamp("2026-03-05T08:00:00"), 0, outcome).unwrap();
    let timing = after(Anchor::Completion(two), span(1, 0));
    let from = at("2026-03-08T00:00:00Z");
    doctor.engage().change_schedule(counts, 1, from, timing, Window::default(), OutcomeChoice::Keep).unwrap();
    let all = doctor.engage().occurrences_of(counts, at(BEGIN), at("2026-03-20T00:00:00Z"), 9).unwrap();
    let due: Vec<_> = all.occurrences.iter().map(|view| view.due).collect();
    assert_eq!(due, [at("2026-03-02T23:00:00Z")]);
    sound(&clinic);
}

#[test]
fn a_batch_may_make_a_patient_with_a_schedule_and_complete_it() {
    let clinic = clinic();
    let patient = PatientId::from_uuid(uuid::Uuid::from_u128(77));
    let id = ScheduleId::from_uuid(uuid::Uuid::from_u128(78));
    let record =
        Patient { names: vec![name("Cy", "Roe")], managing_organisation: Some(clinic.site), ..Patient::default() };
    let first = Some(stamp("2026-03-02T08:00:00"));
    let commands = vec![
        Command::AddPatient { id: Some(patient), patient: record },
        Command::AddSchedule { id: Some(id), schedule: schedule(&clinic, patient, "FREQ=DAILY") },
        Command::RecordOutcome { id: None, schedule: id, stamp: first, version: 0, outcome: done() },
        Command::MoveOccurrence {
            schedule: id,
            stamp: stamp("2026-03-03T08:00:00"),
            version: 0,
            to: Some(at("2026-03-02T08:30:00Z")),
        },
    ];
    clinic.admin.execute(commands).unwrap();
    let due = clinic.treating().engage().due(patient).unwrap();
    assert_eq!(due.iter().map(|item| item.stamp).collect::<Vec<_>>(), [stamp("2026-03-03T08:00:00")]);
    sound(&clinic);
}
