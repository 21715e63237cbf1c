//! Several callers commit at once.

use std::collections::BTreeSet;
use std::sync::Barrier;

use super::*;

const THREADS: u32 = 8;
const BATCHES: u32 = 25;

#[test]
fn batches_of_eight_threads_are_all_kept_and_a_rejected_one_takes_none_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let clock = ManualClock::new(BEGIN.parse().unwrap());
    let made = Prm::create(folder.path().join("clinic.prm"), options(&clock), Founder::system("setup")).unwrap();
    let clinic = furnish(made.prm, made.administrator, clock);
    let ana = clinic.patient("Ana", "Ortiz");
    let (commits, sequence) = (clinic.store().commits(), clinic.admin.upkeep().stats().unwrap().sequence);
    let barrier = Barrier::new(THREADS as usize);
    let write = &|thread: u32| {
        let session = clinic.treating();
        barrier.wait();
        let mut receipts = Vec::new();
        for n in 0..BATCHES {
            let add =
                Command::AddEntry { id: None, patient: ana, entry: weight(&format!("{thread}.{n}"), "2026-02-01") };
            let rejected = n % 5 == 4;
            let batch = if rejected {
                let other = Patient { names: vec![name("Ana", "Other")], ..Patient::default() };
                vec![add, Command::EditPatient { id: ana, version: 7, patient: other }]
            } else {
                vec![add]
            };
            match session.execute(batch) {
                Ok(receipt) => receipts.push(receipt),
                Err(error) => assert!(rejected && error.kind() == ErrorKind::Conflict, "{error:?}"),
            }
        }
        receipts
    };
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || write(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let kept = (THREADS * (BATCHES - BATCHES / 5)) as usize;
    let sequences: BTreeSet<u64> = receipts.iter().map(|receipt| receipt.sequence).collect();
    assert_eq!((receipts.len(), sequences.len()), (kept, kept));
    assert_eq!(sequences.last().copied().unwrap() - sequence, kept as u64);
    let shown = clinic.admin.chart().timeline(ana, &TimelineQuery::default(), &Page::first(1000)).unwrap().entries;
    let told: BTreeSet<_> = receipts.iter().map(|receipt| receipt.written[0].id).collect();
    assert_eq!(shown.iter().map(|view| view.id.into()).collect::<BTreeSet<crate::RecordId>>(), told);
    assert_eq!(clinic.admin.people().patient(ana).unwrap().version, 1);
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    println!("{kept} batches took {} commits", clinic.store().commits() - commits);
    clinic.prm.shut_down().unwrap();
}
