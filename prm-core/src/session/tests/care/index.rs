//! The due index: found again to the byte, damage found out, the nightly advance past what cannot be.

use std::ops::ControlFlow;

use super::edges::add;
use super::*;
use crate::session::due;
use crate::store::engine::{Order, Read as _, Span};
use crate::store::key::Class;
use crate::store::tables::Table;

/// Every row of what is next.
pub(super) fn index(clinic: &Clinic) -> Vec<(Table, Vec<u8>, Vec<u8>)> {
    let snapshot = clinic.store().snapshot().unwrap();
    let mut found = Vec::new();
    for table in [Table::PData, Table::Due] {
        let everything = Span { start: &[], end: None };
        snapshot
            .scan(table, everything, Order::Ascending, &mut |key, value| {
                if table == Table::Due || key.get(9) == Some(&(Class::Due as u8)) {
                    found.push((table, key.to_vec(), value.to_vec()));
                }
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
    }
    found
}

pub(super) fn delete(clinic: &Clinic, doomed: Vec<(Table, Vec<u8>)>) {
    clinic
        .store()
        .write(move |tx| {
            doomed.into_iter().for_each(|(table, key)| tx.delete(table, key));
            Ok(())
        })
        .unwrap();
}

fn furnished(clinic: &Clinic) -> Vec<PatientId> {
    let texts = ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=HOURLY;INTERVAL=6", "FREQ=DAILY;COUNT=1"];
    let made = texts.iter().enumerate().map(|(n, text)| {
        let patient = clinic.patient("Ana", &format!("Ortiz{n}"));
        let id = clinic.treating().engage().add_schedule(schedule(clinic, patient, text)).unwrap();
        if n == 3 {
            clinic.treating().engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
        }
        patient
    });
    made.collect()
}

#[test]
fn an_index_that_was_lost_is_found_again_to_the_byte() {
    let clinic = clinic();
    furnished(&clinic);
    let before = index(&clinic);
    assert!(before.len() >= 10);
    delete(&clinic, before.iter().map(|(table, key, _)| (*table, key.clone())).collect());
    assert!(index(&clinic).is_empty());
    let (zones, now) = (crate::Zones::bundled(), clinic.clock.now());
    let rebuild = || {
        let zones = zones.clone();
        clinic
            .store()
            .write(move |tx| (1..5).try_for_each(|pid| due::rebuild(tx, &zones, pid, now).map(drop)))
            .unwrap();
    };
    rebuild();
    assert_eq!(index(&clinic), before);
    rebuild();
    assert_eq!(index(&clinic), before);
    sound(&clinic);
}

#[test]
fn a_check_finds_each_row_that_is_missing_wrong_or_too_much() {
    let clinic = clinic();
    furnished(&clinic);
    sound(&clinic);
    let rows = index(&clinic);
    for (table, key, value) in rows {
        let put = |value: Vec<u8>, key: Vec<u8>| {
            clinic
                .store()
                .write(move |tx| {
                    tx.put(table, key, value);
                    Ok(())
                })
                .unwrap();
        };
        let problems = || clinic.admin.upkeep().check(&Progress::default()).unwrap().problems;
        delete(&clinic, vec![(table, key.clone())]);
        assert!(!problems().is_empty(), "a row of {} is missing", table.name());
        let mut wrong = value.clone();
        match wrong.last_mut() {
            Some(last) => *last ^= 1,
            None => wrong.push(1),
        }
        put(wrong, key.clone());
        assert!(!problems().is_empty(), "a row of {} is wrong", table.name());
        put(value.clone(), key.clone());
        sound(&clinic);
        let mut other = key.clone();
        *other.last_mut().unwrap() ^= 1;
        put(value.clone(), other.clone());
        assert!(!problems().is_empty(), "a row of {} is too much", table.name());
        delete(&clinic, vec![(table, other)]);
        sound(&clinic);
    }
}

/// Whoever had lost the row that says what is next still stood in the queue of the nightly advance, which took the same
/// schedule again and again and did not end.
#[test]
fn the_nightly_advance_ends_whatever_rows_are_lost() {
    let clinic = clinic();
    let patients = furnished(&clinic);
    let items = index(&clinic).into_iter().filter(|(table, ..)| *table == Table::PData);
    delete(&clinic, items.map(|(table, key, _)| (table, key)).collect());
    clinic.pass(3 * 86_400);
    let moved = clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved;
    assert!(moved >= 2, "{moved}");
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 0);
    assert_eq!(clinic.treating().engage().due(patients[0]).unwrap().len(), 1);
}

/// One row that could not be read kept everybody else's from being moved on.
#[test]
fn the_nightly_advance_tells_what_it_cannot_move_and_moves_the_rest() {
    let clinic = clinic();
    let patients = furnished(&clinic);
    let (table, key, mut value) = index(&clinic).into_iter().find(|(table, ..)| *table == Table::PData).unwrap();
    value.truncate(60);
    clinic
        .store()
        .write(move |tx| {
            tx.put(table, key, value);
            Ok(())
        })
        .unwrap();
    clinic.pass(3 * 86_400);
    let report = clinic.admin.upkeep().advance(&Progress::default()).unwrap();
    assert_eq!((report.moved, report.problems.len()), (1, 1), "{report:?}");
    assert_eq!(clinic.treating().engage().due(patients[2]).unwrap().len(), 1);
    let problems = clinic.admin.upkeep().check(&Progress::default()).unwrap().problems;
    assert!(!problems.is_empty());
}

#[test]
fn many_that_expired_are_moved_in_steps_and_a_cancelled_advance_goes_on() {
    let clinic = clinic();
    let mut commands = Vec::new();
    let patient = clinic.patient("Ana", "Ortiz");
    for _ in 0..1_050 {
        commands.push(crate::Command::AddSchedule { id: None, schedule: schedule(&clinic, patient, "FREQ=DAILY") });
    }
    clinic.admin.execute(commands).unwrap();
    clinic.pass(3 * 86_400);
    let (zones, now) = (crate::Zones::bundled(), clinic.clock.now());
    let moved = clinic.store().write(move |tx| due::advance(tx, &zones, now, None)).unwrap().moved;
    assert_eq!(moved, 1_000);
    sound(&clinic);
    let cancelled = Progress::default();
    cancelled.cancel();
    assert_eq!(clinic.admin.upkeep().advance(&cancelled).unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 50);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 0);
    sound(&clinic);
}

/// No panic, nothing that cannot be read, and what was missed is not brought back.
#[test]
fn a_clock_that_goes_back_breaks_nothing() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    let daily = add(&clinic, ana, rule("FREQ=DAILY", "2026-03-02T08:00:00"), Window::default());
    let begin = clinic.clock.now();
    let day = chrono::TimeDelta::days(1);
    let look = |n: i32| {
        let now = clinic.clock.now();
        let query = DueQuery { until: now + day * 3, ..query(&clinic, BEGIN) };
        let due = doctor.engage().due(ana).unwrap();
        assert!(due.len() <= 1, "step {n}");
        let list = doctor.engage().worklist(&query, &Page::first(50)).unwrap().items;
        assert!(list.len() <= 5 && due.iter().all(|item| list.contains(item)), "step {n}: {due:?} {list:?}");
        let asked = doctor.engage().occurrences(ana, begin - day * 9, begin + day * 9, 50).unwrap();
        assert_eq!(asked.occurrences.len(), 10);
        sound(&clinic);
    };
    look(0);
    clinic.clock.set(begin - day * 5);
    look(1);
    clinic.clock.set(begin + day * 2);
    look(2);
    clinic.admin.upkeep().advance(&Progress::default()).unwrap();
    look(3);
    clinic.clock.set(begin - day);
    look(4);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 0);
    look(5);
    let refused = doctor.engage().record_outcome(
        daily,
        stamp("2026-03-04T08:00:00"),
        0,
        Outcome { when: Some(crate::time::When::from(begin + day * 2)), ..done() },
    );
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::Invalid, "it is in the future again");
    doctor.engage().record_outcome(daily, stamp("2026-03-04T08:00:00"), 0, done()).unwrap();
    look(6);
    clinic.clock.set(begin + day * 4);
    doctor.engage().undo_outcome(daily, stamp("2026-03-04T08:00:00"), 1).unwrap();
    clinic.clock.set(begin);
    doctor.engage().record_outcome(daily, stamp("2026-03-04T08:00:00"), 2, done()).unwrap();
    look(7);
    clinic.clock.set(begin + day * 5);
    clinic.admin.upkeep().advance(&Progress::default()).unwrap();
    look(8);
}
