//! A timeline is read page by page while others write to it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::batches::long;
use super::*;
use crate::chart::{EntryView, TimelineOrder};
use crate::id::EntryId;

const STAYING: u32 = 60;

/// Of the days that entries of both kinds stand on, so that pages end between them.
fn day(n: u32) -> String {
    format!("2026-01-{:02}", n % 28 + 1)
}

/// Adds, moves, edits and voids entries until told to stop; those that stay are edited without being moved.
fn write(session: &Session, patient: PatientId, staying: &[EntryId], stop: &AtomicBool, written: &AtomicU32) {
    let chart = session.chart();
    let mut passing: Vec<(EntryId, u32)> = Vec::new();
    let mut n = 0u32;
    while !stop.load(Ordering::Acquire) {
        n = n.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let pick = n >> 16;
        match pick % 4 {
            0 if passing.len() > 8 => {
                let (id, version) = passing.swap_remove(pick as usize % passing.len());
                chart.void(id, version, "passing").unwrap();
            }
            1 if !passing.is_empty() => {
                let at = pick as usize % passing.len();
                let (id, version) = &mut passing[at];
                *version = chart.edit(*id, *version, weight("72", &day(pick / 7))).unwrap();
            }
            2 => {
                let id = staying[pick as usize % staying.len()];
                let view = chart.entry(id).unwrap();
                let kg = format!("{}", 60 + pick % 30);
                let edited = ChartEntry { value: weight(&kg, "2026-01-01").value, ..view.entry };
                chart.edit(id, view.version, edited).unwrap();
            }
            _ => passing.push((chart.add(patient, weight("71", &day(pick / 5))).unwrap(), 1)),
        }
        written.fetch_add(1, Ordering::AcqRel);
    }
}

fn read_all(session: &Session, patient: PatientId, query: &TimelineQuery, limit: u32) -> Vec<EntryView> {
    let mut shown = Vec::new();
    let mut page = Page::first(limit);
    loop {
        let found = session.chart().timeline(patient, query, &page).unwrap();
        shown.extend(found.entries);
        assert!(shown.len() < 1_000, "the same entries come up again and again");
        match found.next {
            Some(next) => page = Page::first(limit).after(next),
            None => return shown,
        }
    }
}

#[test]
fn entries_that_stay_come_up_exactly_once_while_others_write() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let staying: Vec<EntryId> =
        (0..STAYING).map(|n| clinic.admin.chart().add(ana, weight("70", &day(n))).unwrap()).collect();
    let (stop, written) = (AtomicBool::new(false), AtomicU32::new(0));
    let rounds = if long() { 400 } else { 40 };
    let reader = clinic.treating();
    std::thread::scope(|scope| {
        scope.spawn(|| write(&clinic.admin, ana, &staying, &stop, &written));
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut during = 0;
            for round in 0..rounds {
                let order = if round % 2 == 0 { TimelineOrder::Newest } else { TimelineOrder::Oldest };
                let codes = if round % 4 < 2 { vec![] } else { vec![Coding::new("http://loinc.org", "29463-7")] };
                let query = TimelineQuery { order, codes, ..TimelineQuery::default() };
                let before = written.load(Ordering::Acquire);
                let shown = read_all(&reader, ana, &query, 1 + round % 9);
                during += written.load(Ordering::Acquire) - before;
                let dates: Vec<String> = shown.iter().map(|view| view.entry.when.unwrap().to_string()).collect();
                let in_order = match order {
                    TimelineOrder::Newest => dates.windows(2).all(|pair| pair[0] >= pair[1]),
                    TimelineOrder::Oldest => dates.windows(2).all(|pair| pair[0] <= pair[1]),
                };
                assert!(in_order, "{dates:?}");
                for id in &staying {
                    let times = shown.iter().filter(|view| view.id == *id).count();
                    assert_eq!(times, 1, "{id} came up {times} times in round {round}");
                }
                let versions: BTreeSet<_> = shown.iter().map(|view| (view.id, view.version)).collect();
                assert_eq!(versions.len(), shown.len(), "a version of an entry came up twice");
            }
            during
        }));
        stop.store(true, Ordering::Release);
        let during = ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        assert!(during > rounds, "only {during} writes happened while pages were read");
    });
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}
