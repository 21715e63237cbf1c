//! Years of outcomes, thousands of schedules: what is read is counted, since time is not the same everywhere.

use std::cell::Cell;

use super::edges::{add, after};
use super::*;
use crate::command::Command;
use crate::engage::load::Loader;
use crate::engage::{Anchor, Expiry, Span};
use crate::id::ScheduleId;
use crate::session::{due, worklist};
use crate::store::engine::{Order, Read, Visit};
use crate::store::record::Reader;
use crate::store::tables::Table;

/// Counts the rows that are read through it.
struct Counting<'a> {
    inner: &'a dyn Read,
    rows: Cell<usize>,
}

impl Read for Counting<'_> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.rows.set(self.rows.get() + 1);
        self.inner.get(table, key)
    }

    fn scan(
        &self,
        table: Table,
        span: crate::store::engine::Span<'_>,
        order: Order,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        self.inner.scan(table, span, order, &mut |key, value| {
            self.rows.set(self.rows.get() + 1);
            visit(key, value)
        })
    }

    fn count(&self, table: Table) -> Result<u64> {
        self.inner.count(table)
    }
}

/// Rows read to find what is next of a schedule, and what is due for its patient.
fn read(clinic: &Clinic, schedule: ScheduleId) -> (usize, usize) {
    let store = clinic.store();
    let snapshot = store.snapshot().unwrap();
    let counting = Counting { inner: &*snapshot, rows: Cell::new(0) };
    let reader = Reader::new(&counting, store.ring());
    let (zones, now) = (crate::Zones::bundled(), clinic.clock.now());
    let loader = Loader::of(&reader, &zones, 1, None).unwrap();
    let stored = loader.schedule(schedule).unwrap();
    due::next_of(&loader, schedule, stored, now).unwrap();
    let next = counting.rows.replace(0);
    worklist::of_patient(1, &reader, now, &|_| true, || Loader::of(&reader, &zones, 1, None)).unwrap();
    (next, counting.rows.get())
}

const YEARS: i64 = 10;

/// A daily schedule of ten years of which all was done but the last day.
fn of_years(clinic: &Clinic, patient: PatientId, expires: Expiry) -> ScheduleId {
    let timing = rule("FREQ=DAILY", "2026-03-02T08:00:00");
    let id = add(clinic, patient, timing, Window { expires, ..Window::default() });
    clinic.pass(YEARS * 365 * 86_400);
    let first = "2026-03-02T08:00:00".parse::<crate::CivilTime>().unwrap().naive();
    let outcomes = (0..YEARS * 365).map(|day| Command::RecordOutcome {
        id: None,
        schedule: id,
        stamp: Some(Stamp::Clock(ClockStamp {
            civil: (first + chrono::TimeDelta::days(day)).try_into().unwrap(),
            second: false,
        })),
        version: 0,
        outcome: done(),
    });
    clinic.admin.execute(outcomes.collect::<Vec<_>>()).unwrap();
    id
}

#[test]
fn the_age_of_a_schedule_costs_nothing() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let daily = of_years(&clinic, ana, Expiry::NextOpens);
    let waiting = Schedule { prerequisites: vec![daily], ..schedule(&clinic, ana, "FREQ=DAILY") };
    let waiting = clinic.treating().engage().add_schedule(waiting).unwrap();
    for (what, id) in [("daily", daily), ("waiting", waiting)] {
        let (next, due) = read(&clinic, id);
        println!("{what}: {next} rows for what is next, {due} for what is due");
        assert!(next < 20 && due < 20, "{what}: {next} {due}");
    }
    assert_eq!(clinic.treating().engage().due(ana).unwrap().len(), 2);
    sound(&clinic);
}

/// These grow with age: the figures say how.
#[test]
fn what_never_expires_or_counts_from_completions_reads_each_of_them_once() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let never = of_years(&clinic, ana, Expiry::Never);
    let step = Span { days: 400_000 / 1_000, ..Span::default() };
    let counts = add(&clinic, ana, after(Anchor::Completion(never), step), Window::default());
    for (what, id) in [("never expires", never), ("counts", counts)] {
        let (next, due) = read(&clinic, id);
        println!("{what}: {next} rows for what is next, {due} for what is due");
        assert!(next < 2 * (YEARS as usize * 365) + 20, "{what}: {next} {due}");
    }
}

#[test]
fn a_patient_may_have_ten_thousand_schedules() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let commands = (0..10_000).map(|n| {
        let text = ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=DAILY;COUNT=1"][n % 4];
        Command::AddSchedule { id: None, schedule: schedule(&clinic, ana, text) }
    });
    let made = clinic.admin.execute(commands.collect::<Vec<_>>()).unwrap();
    let doctor = clinic.treating();
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 10_000);
    let asked = query(&clinic, "2026-03-04T00:00:00Z");
    let first = doctor.engage().worklist(&asked, &Page::first(1_000)).unwrap();
    assert!(first.items.len() == 1_000 && first.next.is_some());
    let id: ScheduleId = made.written[0].id.into();
    let (next, due) = read(&clinic, id);
    println!("10,000 schedules: {next} rows for what is next of one, {due} for what is due");
    assert!(next < 20 && due < 10_100);
    doctor.engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    assert_eq!(doctor.engage().due(ana).unwrap().len(), 9_999);
    clinic.pass(3 * 86_400);
    assert_eq!(clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved, 2_500);
    sound(&clinic);
}
