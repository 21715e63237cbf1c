//! Stores that released formats left behind stay readable: each folder of `tests/data/stores` was written once by
//! `make-fixture` of its time and is opened as a copy.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use prm_core::chart::{EntryValue, TimelineQuery};
use prm_core::people::PatientSearch;
use prm_core::{Actor, BatchId, ErrorKind, Key, OpenOptions, Page, PatientId, Prm, Purpose, Session};

const STORES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/stores");

fn copied(name: &str, into: &Path) -> PathBuf {
    let folder = into.join("fixture.prm");
    fs::create_dir(&folder).unwrap();
    for file in fs::read_dir(Path::new(STORES).join(name)).unwrap() {
        let file = file.unwrap().path();
        fs::copy(&file, folder.join(file.file_name().unwrap())).unwrap();
    }
    folder
}

fn open(folder: &Path) -> prm_core::Result<Prm> {
    Prm::open(folder, OpenOptions::key(Key::raw([42; 32])))
}

fn desk(prm: &Prm) -> Session {
    prm.session(Actor::system("fixture"), Purpose::Operations).unwrap()
}

fn found(desk: &Session, text: &str) -> PatientId {
    desk.people().search(&PatientSearch::text(text), 5).unwrap().first().expect(text).patient.id
}

/// What `make-fixture` put into the store.
fn has_everything(desk: &Session) {
    assert_eq!(desk.upkeep().check(&prm_core::Progress::default()).unwrap().problems, Vec::<String>::new());
    let ana = found(desk, "lopez");
    assert_eq!(found(desk, "A-17"), ana);
    let history = desk.people().history(ana).unwrap();
    assert_eq!(history.len(), 2);
    let before = desk.people().known_at(ana, "2026-03-02T12:00:00Z".parse().unwrap()).unwrap().unwrap();
    assert_eq!(before.patient.names[0].family.as_ref().unwrap().expose(), "Ortiz");
    let chart = desk.chart().timeline(ana, &TimelineQuery::default(), &Page::first(10)).unwrap();
    let pressure = &chart.entries[0].entry;
    let diastolic = pressure.components[1].value.clone();
    assert!(matches!(diastolic, Some(EntryValue::Quantity(q)) if q.value.as_str() == "82.50"));
    assert_eq!(desk.people().related_persons(ana).unwrap().len(), 1);
    assert_eq!(desk.people().care_teams(ana).unwrap().len(), 1);
    let accesses = desk.govern().accesses(ana, &Page::first(50)).unwrap().accesses;
    assert!(accesses.iter().any(|access| access.purpose == Purpose::Treatment));
    let bo = found(desk, "bo li");
    assert_eq!(desk.chart().problems(bo).unwrap().len(), 1);
    let text = desk.fhir().resource(bo).unwrap();
    assert!(text.contains("\n        \"birthDate\": \"1990-10-05\"") && text.contains("1.50"), "{text}");
}

#[test]
fn a_store_of_format_1_opens_reads_and_is_written_on() {
    let place = tempfile::tempdir().unwrap();
    let folder = copied("format-1", place.path());
    let prm = open(&folder).unwrap();
    let session = desk(&prm);
    has_everything(&session);
    let again = prm_core::Batch::from(prm_core::Command::VoidPatient {
        id: found(&session, "lopez"),
        version: 2,
        reason: "another batch under a remembered id".into(),
    });
    let again = again.repeatable("01930000-0000-7000-8000-00000000000b".parse::<BatchId>().unwrap());
    assert_eq!(session.execute(again).unwrap_err().kind(), ErrorKind::Conflict);
    session.people().void(found(&session, "lopez"), 2, "written on").unwrap();
    prm.shut_down().unwrap();
    let prm = open(&folder).unwrap();
    assert_eq!(desk(&prm).upkeep().check(&prm_core::Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_damaged_store_of_format_1_is_salvaged() {
    let place = tempfile::tempdir().unwrap();
    let folder = copied("format-1", place.path());
    let data = folder.join("data");
    let mut bytes = fs::read(&data).unwrap();
    // One page in the middle of the file.
    let at = 20_480 + 4_128 * ((bytes.len() - 20_480) / 4_128 / 2) + 100;
    bytes[at] ^= 1;
    fs::write(&data, bytes).unwrap();
    let to = place.path().join("salvaged.prm");
    let salvaged = Prm::salvage(&folder, &to, OpenOptions::key(Key::raw([42; 32]))).unwrap();
    assert!(salvaged.rows > 40 && !salvaged.lost.is_empty(), "{salvaged:?}");
    let prm = open(&to).unwrap();
    // That page held what leads from ids to records: it is made anew.
    has_everything(&desk(&prm));
}
