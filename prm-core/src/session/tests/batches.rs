//! Random batches against the model: after each the store holds what the model holds, and a rejected one left no trace.

use proptest::prelude::*;

use super::model::{Kept, Model, current, known_at};
use super::*;
use crate::chart::EntryView;
use crate::id::{EntryId, RecordId};
use crate::people::PatientView;
use crate::store::engine::{Order, Read, Span};
use crate::store::tables::Table;

/// Records that batches name: few, so that they meet, and of both kinds, so that some are of the wrong one.
const POOL: u8 = 12;
const BATCH_IDS: u8 = 3;
const GIVEN: [&str; 4] = ["Ana", "Bo", "Chi", "Dov"];

#[derive(Debug, Clone, Copy)]
enum Ask {
    AddPatient { id: u8, named: u8 },
    EditPatient { id: u8, off: i8, named: u8 },
    VoidPatient { id: u8, off: i8, said: bool },
    AddEntry { id: u8, patient: u8, day: u8, possible: bool },
    EditEntry { id: u8, off: i8, day: u8, possible: bool },
    VoidEntry { id: u8, off: i8, said: bool },
}

#[derive(Debug, Clone)]
struct Sent {
    asks: Vec<Ask>,
    id: Option<u8>,
    /// Sends the commands of the last batch with this id again, if there was one.
    again: bool,
    seconds: i64,
}

pub(super) fn long() -> bool {
    std::env::var_os("PRM_LONG").is_some_and(|v| v == "1")
}

fn ask() -> impl Strategy<Value = Ask> {
    let new = || 0..POOL;
    let old = || prop_oneof![12 => POOL..=u8::MAX, 1 => 0..POOL];
    let off = || prop_oneof![9 => Just(0i8), 1 => -1i8..3];
    let mostly = || prop::bool::weighted(0.9);
    prop_oneof![
        3 => (new(), 0..4u8).prop_map(|(id, named)| Ask::AddPatient { id, named }),
        3 => (old(), off(), 0..4u8).prop_map(|(id, off, named)| Ask::EditPatient { id, off, named }),
        1 => (old(), off(), mostly()).prop_map(|(id, off, said)| Ask::VoidPatient { id, off, said }),
        6 => (new(), old(), 1..5u8, mostly())
            .prop_map(|(id, patient, day, possible)| Ask::AddEntry { id, patient, day, possible }),
        4 => (old(), off(), 1..5u8, mostly())
            .prop_map(|(id, off, day, possible)| Ask::EditEntry { id, off, day, possible }),
        1 => (old(), off(), mostly()).prop_map(|(id, off, said)| Ask::VoidEntry { id, off, said }),
    ]
}

fn sent() -> impl Strategy<Value = Sent> {
    let asks = prop::collection::vec(ask(), 1..4);
    let seconds = prop_oneof![5 => 0i64..3, 1 => -3i64..0];
    (asks, prop::option::weighted(0.3, 0..BATCH_IDS), prop::bool::weighted(0.3), seconds)
        .prop_map(|(asks, id, again, seconds)| Sent { asks, id, again, seconds })
}

fn uuid(n: u8) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 | u128::from(n))
}

fn record(n: u8) -> RecordId {
    RecordId::from_uuid(uuid(n))
}

fn patient(named: u8) -> Patient {
    Patient { names: vec![name(GIVEN[usize::from(named)], "Ortiz")], ..Patient::default() }
}

fn entry(day: u8, possible: bool) -> ChartEntry {
    let mut entry = weight(&format!("7{day}.50"), &format!("2026-02-0{day}"));
    if !possible {
        entry.status = EntryStatus::EnteredInError;
    }
    entry
}

/// The record that a number names: one of the pool below [`POOL`], from there on one of those that are there and count,
/// if there are any.
fn named(n: u8, is_patient: bool, model: &Model) -> RecordId {
    let counts = model.records.iter().filter(|(_, kept)| match kept {
        Kept::Patient(versions) => is_patient && current(versions).voided.is_none(),
        Kept::Entry(_, versions) => !is_patient && current(versions).voided.is_none(),
    });
    let there: Vec<RecordId> = counts.map(|(id, _)| *id).collect();
    if n < POOL || there.is_empty() { record(n % POOL) } else { there[usize::from(n) % there.len()] }
}

fn command(ask: Ask, model: &Model) -> Command {
    let version = |id: RecordId, off: i8| {
        let current = match model.records.get(&id) {
            Some(Kept::Patient(versions)) => current(versions).version,
            Some(Kept::Entry(_, versions)) => current(versions).version,
            None => 1,
        };
        current.saturating_add_signed(off.into())
    };
    let reason = |said: bool| if said { "registered twice" } else { " " }.into();
    let (of_patient, of_entry) = (|n| named(n, true, model), |n| named(n, false, model));
    match ask {
        Ask::AddPatient { id, named } => Command::AddPatient { id: Some(record(id).into()), patient: patient(named) },
        Ask::EditPatient { id, off, named } => {
            let id = of_patient(id);
            Command::EditPatient { id: id.into(), version: version(id, off), patient: patient(named) }
        }
        Ask::VoidPatient { id, off, said } => {
            let id = of_patient(id);
            Command::VoidPatient { id: id.into(), version: version(id, off), reason: reason(said) }
        }
        Ask::AddEntry { id, patient, day, possible } => {
            let patient = of_patient(patient).into();
            Command::AddEntry { id: Some(record(id).into()), patient, entry: entry(day, possible) }
        }
        Ask::EditEntry { id, off, day, possible } => {
            let id = of_entry(id);
            Command::EditEntry { id: id.into(), version: version(id, off), entry: entry(day, possible) }
        }
        Ask::VoidEntry { id, off, said } => {
            let id = of_entry(id);
            Command::VoidEntry { id: id.into(), version: version(id, off), reason: reason(said) }
        }
    }
}

/// Every row of the store.
fn dump(clinic: &Clinic) -> Vec<(Table, Vec<u8>, Vec<u8>)> {
    let snapshot = clinic.store().snapshot().unwrap();
    let mut rows = Vec::new();
    for table in Table::ALL {
        let everything = Span { start: &[], end: None };
        snapshot
            .scan(table, everything, Order::Ascending, &mut |key, value| {
                rows.push((table, key.to_vec(), value.to_vec()));
                Ok(std::ops::ControlFlow::Continue(()))
            })
            .unwrap();
    }
    rows
}

fn same_patient(view: &PatientView, version: &super::model::Version<Patient>) {
    assert_eq!(view.patient, version.record);
    assert_eq!(view.voided.as_ref().map(|reason| reason.expose().clone()), version.voided);
    assert_eq!((view.version, view.recorded), (version.version, version.recorded));
}

fn same_entry(view: &EntryView, version: &super::model::Version<ChartEntry>) {
    assert_eq!(view.entry, version.record);
    assert_eq!(view.voided.as_ref().map(|reason| reason.expose().clone()), version.voided);
    assert_eq!((view.version, view.recorded), (version.version, version.recorded));
}

/// The store holds what the model holds, read in every way.
fn agree(clinic: &Clinic, model: &Model, at: Instant) {
    let (people, chart) = (clinic.admin.people(), clinic.admin.chart());
    for n in 0..POOL {
        let id = record(n);
        let of_patients = people.history(id.into()).map_err(|e| e.kind());
        let of_entries = chart.history(id.into()).map_err(|e| e.kind());
        match model.records.get(&id) {
            None => {
                assert_eq!(of_patients.unwrap_err(), ErrorKind::NotFound);
                assert_eq!(of_entries.unwrap_err(), ErrorKind::NotFound);
            }
            Some(Kept::Patient(versions)) => {
                assert_eq!(of_entries.unwrap_err(), ErrorKind::NotFound);
                let found = of_patients.unwrap();
                assert_eq!(found.len(), versions.len());
                found.iter().zip(versions).for_each(|(view, version)| same_patient(view, version));
                same_patient(&people.patient(id.into()).unwrap(), current(versions));
                match (people.known_at(id.into(), at).unwrap(), known_at(versions, at)) {
                    (None, None) => {}
                    (Some(view), Some(version)) => same_patient(&view, version),
                    (view, version) => panic!("known at {at}: {view:?}, and not {version:?}"),
                }
                let timeline = chart.timeline(id.into(), &TimelineQuery::default(), &Page::first(100)).unwrap();
                let shown: Vec<EntryId> = timeline.entries.iter().map(|view| view.id).collect();
                assert_eq!(shown, model.timeline(id.into()));
            }
            Some(Kept::Entry(_, versions)) => {
                assert_eq!(of_patients.unwrap_err(), ErrorKind::NotFound);
                let found = of_entries.unwrap();
                assert_eq!(found.len(), versions.len());
                found.iter().zip(versions).for_each(|(view, version)| same_entry(view, version));
                match (chart.known_at(id.into(), at).unwrap(), known_at(versions, at)) {
                    (None, None) => {}
                    (Some(view), Some(version)) => same_entry(&view, version),
                    (view, version) => panic!("known at {at}: {view:?}, and not {version:?}"),
                }
            }
        }
    }
    let listed = model.listed();
    let found = people.list(&Page::first(100)).unwrap().patients;
    assert!(found.windows(2).all(|pair| pair[0].name <= pair[1].name));
    let mut ids: Vec<PatientId> = found.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, listed.keys().copied().collect::<Vec<_>>());
    let mut hits: Vec<_> =
        people.search(&PatientSearch::text("ana"), 100).unwrap().into_iter().map(|hit| hit.patient.id).collect();
    hits.sort_unstable();
    let named = |patient: &Patient| patient.names[0].given[0].expose() == "Ana";
    assert_eq!(hits, listed.iter().filter(|(_, p)| named(p)).map(|(id, _)| *id).collect::<Vec<_>>());
}

/// Sends batches to a store and to the model, and compares them after each.
fn run(batches: &[Sent]) {
    let clinic = clinic();
    let mut model = Model::default();
    let mut last: std::collections::HashMap<u8, Batch> = std::collections::HashMap::new();
    let store = clinic.store();
    for sent in batches {
        clinic.pass(sent.seconds);
        let commands: Vec<Command> = sent.asks.iter().map(|ask| command(*ask, &model)).collect();
        let id = sent.id.map(|n| BatchId::from_uuid(uuid(100 + n)));
        let batch = match sent.id.and_then(|n| last.get(&n)) {
            Some(before) if sent.again => before.clone(),
            _ => Batch { id, commands },
        };
        let (commits, before) = (store.commits(), dump(&clinic));
        let expected = model.execute(&batch, clinic.clock.now());
        let found = clinic.admin.execute(batch.clone());
        match (&expected, found) {
            (Ok(versions), Ok(receipt)) => {
                assert_eq!(&receipt.written.iter().map(|w| w.version).collect::<Vec<_>>(), versions);
                last.extend(sent.id.map(|n| (n, batch)));
            }
            (Err(kind), Err(error)) => {
                assert_eq!(error.kind(), *kind);
                // The checkpoint of an idle store may come between; it writes accesses, nothing of a batch.
                if store.commits() == commits {
                    assert!(dump(&clinic) == before, "a rejected batch left rows behind");
                }
            }
            (expected, found) => panic!("expected {expected:?}, found {found:?}"),
        }
        agree(&clinic, &model, clinic.clock.now() - chrono::TimeDelta::seconds(2));
    }
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    clinic.prm.shut_down().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if long() { 2_000 } else { 60 }, ..ProptestConfig::default() })]

    #[test]
    fn the_store_holds_what_plain_maps_hold_and_a_rejected_batch_leaves_no_row(
        batches in prop::collection::vec(sent(), 1..40)
    ) {
        run(&batches);
    }
}

/// The strategy above is worth something only if it meets each outcome.
#[test]
fn random_batches_meet_every_outcome() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let batches = prop::collection::vec(sent(), 3_000).new_tree(&mut runner).unwrap().current();
    let mut model = Model::default();
    let mut met = std::collections::BTreeMap::new();
    for (n, sent) in batches.into_iter().enumerate() {
        if n % 25 == 0 {
            model = Model::default();
        }
        let commands = sent.asks.iter().map(|ask| command(*ask, &model)).collect();
        let batch = Batch { id: sent.id.map(|n| BatchId::from_uuid(uuid(100 + n))), commands };
        let now = BEGIN.parse().unwrap();
        let outcome = model.execute(&batch, now).map(|_| ()).map_err(|kind| kind.code());
        *met.entry(outcome).or_insert(0) += 1;
    }
    for outcome in [Ok(()), Err("conflict"), Err("not_found"), Err("invalid")] {
        assert!(met.get(&outcome).is_some_and(|n| *n > 60), "{met:?}");
    }
}
