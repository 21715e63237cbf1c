//! Stores in folders, from making to salvage.

mod care;
mod suspending;

use super::*;
use crate::chart::{ChartEntry, EntryKind, TimelineQuery};
use crate::page::Page;
use crate::people::{HumanName, Patient, PatientSearch};
use crate::store::cipher::Suite;
use crate::store::slot::Key;
use crate::value::Coding;
use crate::{ErrorKind, FhirImport, Progress, Sensitive};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

fn options() -> OpenOptions {
    OpenOptions::key(Key::raw([9; 32]))
}

fn ana() -> Patient {
    let name =
        HumanName { family: Some("Ortizmarker".into()), given: vec!["Anamarker".into()], ..HumanName::default() };
    Patient { names: vec![name], ..Patient::default() }
}

/// A store with a patient, entries and a search on record; shut down.
fn filled(path: &Path, suite: Suite) -> crate::PatientId {
    let made = start::create_with(path, options(), Founder::system("setupmarker"), suite).unwrap();
    let desk = made.prm.session(Actor::new(made.administrator).app("appmarker 1"), Purpose::Operations).unwrap();
    let id = desk.people().add(ana()).unwrap();
    for n in 0..40 {
        let code = Coding::new("http://systemmarker.org", format!("codemarker-{n}")).display("Displaymarker");
        let mut entry = ChartEntry::new(EntryKind::Observation, code);
        entry.note = Some(Sensitive::from("notemarker ".repeat(n * 30)));
        desk.chart().add(id, entry).unwrap();
    }
    desk.people().search(&PatientSearch::text("searchmarker"), 5).unwrap();
    made.prm.shut_down().unwrap();
    id
}

#[test]
fn a_store_is_there_again_after_it_was_shut_down() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let id = filled(&path, Suite::Aes256Gcm);
    assert_eq!(std::fs::metadata(path.join("log")).unwrap().len(), 0);
    let prm = Prm::open(&path, options()).unwrap();
    assert_eq!(Prm::open(&path, options()).unwrap_err().kind(), ErrorKind::AlreadyOpen);
    let desk = prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    assert_eq!(desk.people().patient(id).unwrap().patient, ana());
    assert_eq!(desk.chart().timeline(id, &TimelineQuery::default(), &Page::first(100)).unwrap().entries.len(), 40);
    assert_eq!(desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    drop((prm, desk));
    assert_eq!(Prm::open(&path, OpenOptions::key(Key::raw([8; 32]))).unwrap_err().kind(), ErrorKind::WrongKey);
    Prm::open(&path, options()).unwrap().shut_down().unwrap();
    assert_eq!(Prm::create(&path, options(), Founder::system("x")).unwrap_err().kind(), ErrorKind::Conflict);
}

/// Words of at least six bytes that stand in the texts of the demonstration patients.
fn words(texts: &[Vec<u8>]) -> HashMap<[u8; 6], Vec<String>> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for text in texts {
        let text = String::from_utf8(text.clone()).unwrap();
        words.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 6).map(str::to_owned));
    }
    assert!(words.len() > 2_000, "{} words", words.len());
    let mut by_start: HashMap<[u8; 6], Vec<String>> = HashMap::new();
    for word in words {
        by_start.entry(*word.as_bytes().first_chunk().unwrap()).or_default().push(word);
    }
    by_start
}

/// The words that stand somewhere in the files of a folder.
fn found(folder: &Path, words: &HashMap<[u8; 6], Vec<String>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for at in 0..bytes.len().saturating_sub(5) {
            let rest = &bytes[at..];
            let candidates = words.get(rest.first_chunk::<6>().unwrap()).into_iter().flatten();
            found.extend(candidates.filter(|word| rest.starts_with(word.as_bytes())).cloned());
        }
    }
    found
}

/// Imports the demonstration patients, searches, looks; copies the folder while it is open and again after it was shut
/// down, so that the log is searched with something in it.
fn imported(folder: &Path, suite: Suite, texts: &[Vec<u8>]) -> (PathBuf, PathBuf) {
    let (path, live) = (folder.join("clinic.prm"), folder.join("live.prm"));
    let made = start::create_with(&path, options(), Founder::system("setup"), suite).unwrap();
    let desk = made.prm.session(Actor::new(made.administrator).app("Eichmann desk"), Purpose::Operations).unwrap();
    for text in texts {
        let what = FhirImport::from_source("synthea");
        desk.fhir().import(&what, text.as_slice(), &Progress::default()).unwrap();
    }
    let hits = desk.people().search(&PatientSearch::text("Eichmann"), 5).unwrap();
    desk.chart().problems(hits[0].patient.id).unwrap();
    std::fs::create_dir(&live).unwrap();
    for file in ["data", "keys", "log"] {
        std::fs::copy(path.join(file), live.join(file)).unwrap();
    }
    assert!(std::fs::metadata(live.join("log")).unwrap().len() > 0);
    made.prm.shut_down().unwrap();
    (path, live)
}

#[test]
fn no_word_of_the_patients_is_on_the_disk_while_it_would_be_without_ciphers() {
    let bundles = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/synthea");
    let mut paths: Vec<_> = std::fs::read_dir(bundles).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert_eq!(texts.len(), 9);
    let words = words(&texts);
    let sealed = |_| {
        let folder = tempfile::tempdir().unwrap();
        let (closed, live) = imported(folder.path(), Suite::Aes256Gcm, &texts);
        &found(&closed, &words) | &found(&live, &words)
    };
    // Six random bytes are a word once in some thousand stores. The same word twice is none of chance.
    let first = sealed(0);
    assert!(first.is_empty() || (&first & &sealed(1)).is_empty(), "readable: {first:?}");
    let folder = tempfile::tempdir().unwrap();
    let (closed, live) = imported(folder.path(), Suite::Plain, &texts);
    let twin = &found(&closed, &words) | &found(&live, &words);
    for word in ["Eichmann", "Runolfsson"] {
        assert!(twin.contains(word), "{word} is not found in a store without ciphers");
    }
    // Texts are compressed before they are sealed; what stands in records and indexes does not hide.
    assert!(twin.len() > 500, "{} words are found in a store without ciphers", twin.len());
}

#[test]
fn a_kill_leaves_what_was_committed_and_what_was_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let id = filled(&path, Suite::Aes256Gcm);
    let prm = Prm::open(&path, options()).unwrap();
    let desk = prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    desk.people().patient(id).unwrap();
    let copy = folder.path().join("copy.prm");
    std::fs::create_dir(&copy).unwrap();
    for file in ["data", "keys", "log"] {
        std::fs::copy(path.join(file), copy.join(file)).unwrap();
    }
    let copied = Prm::open(&copy, options()).unwrap();
    let desk = copied.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    let accesses = desk.govern().accesses(id, &Page::first(100)).unwrap().accesses;
    assert!(accesses.iter().any(|a| !a.listed && a.permitted && a.class == crate::govern::DataClass::Demographics));
    assert_eq!(desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_damaged_store_is_salvaged_into_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, to) = (folder.path().join("clinic.prm"), folder.path().join("new.prm"));
    let id = filled(&path, Suite::Aes256Gcm);
    let salvaged = Prm::salvage(&path, &to, options()).unwrap();
    assert_eq!(salvaged.lost, Vec::<String>::new());
    let prm = Prm::open(&to, options()).unwrap();
    let desk = prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    assert_eq!(desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    assert_eq!(desk.people().patient(id).unwrap().patient, ana());
}

#[test]
fn nothing_is_shown_while_accesses_cannot_be_put_on_record() {
    let mut store_id = [0; 16];
    crate::store::cipher::random(&mut store_id).unwrap();
    let ring = crate::store::ring::KeyRing::in_memory(store_id, Suite::Aes256Gcm, &Key::raw([9; 32])).unwrap();
    let disk = crate::store::medium::faulty::Faulty::default();
    let medium = std::sync::Arc::new(disk.clone());
    let log = crate::store::log::TailLog::replay(&[], medium, Suite::Aes256Gcm, ring.audit_key(), None).unwrap().0;
    let engine = Box::new(crate::store::engine::memory::MemoryEngine::new());
    let opened = |state| start::Opened::new(engine, ring, log, state);
    let made = start::found(opened, None, store_id, options(), Founder::system("setup")).unwrap();
    let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations).unwrap();
    let id = desk.people().add(ana()).unwrap();
    let entry = ChartEntry::new(EntryKind::Observation, Coding::new("s", "c"));
    let entry = desk.chart().add(id, entry).unwrap();
    let nobody = made.prm.session(Actor::system("nobody"), Purpose::Operations).unwrap();
    disk.room(Some(0));
    let page = Page::first(5);
    let kind = |e: crate::Error| e.kind();
    let mut out = Vec::new();
    let answers = [
        desk.people().patient(id).map(drop).map_err(kind),
        desk.people().history(id).map(drop).map_err(kind),
        desk.people().search(&PatientSearch::text("ana"), 5).map(drop).map_err(kind),
        desk.people().search(&PatientSearch::text("nobody of this name"), 5).map(drop).map_err(kind),
        desk.people().list(&page).map(drop).map_err(kind),
        desk.people().related_persons(id).map(drop).map_err(kind),
        desk.people().care_teams(id).map(drop).map_err(kind),
        desk.chart().entry(entry).map(drop).map_err(kind),
        desk.chart().timeline(id, &TimelineQuery::default(), &page).map(drop).map_err(kind),
        desk.chart().problems(id).map(drop).map_err(kind),
        desk.fhir().resource(id).map(drop).map_err(kind),
        desk.fhir()
            .export(id, crate::ExportFormat::Bundle, &mut out, &crate::Progress::default())
            .map(drop)
            .map_err(kind),
        desk.govern().accesses(id, &page).map(drop).map_err(kind),
        desk.govern().audit(&page).map(drop).map_err(kind),
        desk.upkeep().stats().map(drop).map_err(kind),
        desk.subscribe(Some(0)).unwrap().next(std::time::Duration::ZERO).map(drop).map_err(kind),
        nobody.people().patient(id).map(drop).map_err(kind),
        nobody.people().void(id, 1, "denied").map(drop).map_err(kind),
        made.prm.session(Actor::system("nobody"), Purpose::Operations).map(drop).map_err(kind),
    ];
    for (n, answer) in answers.into_iter().enumerate() {
        assert_eq!(answer, Err(ErrorKind::AuditUnavailable), "question {n}");
    }
    assert!(out.is_empty());
    disk.room(None);
    assert_eq!(desk.people().patient(id).unwrap().patient, ana());
}

#[test]
fn what_was_folded_before_a_kill_is_not_folded_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let id = filled(&path, Suite::Aes256Gcm);
    let prm = Prm::open(&path, options()).unwrap();
    let desk = prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    desk.people().patient(id).unwrap();
    desk.people().add(ana()).unwrap();
    let copy = folder.path().join("copy.prm");
    std::fs::create_dir(&copy).unwrap();
    for file in ["data", "keys", "log"] {
        std::fs::copy(path.join(file), copy.join(file)).unwrap();
    }
    assert!(std::fs::metadata(copy.join("log")).unwrap().len() > 0);
    let copied = Prm::open(&copy, options()).unwrap();
    let again = copied.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
    again.people().add(ana()).unwrap();
    let mut entries = Vec::new();
    let mut page = Page::first(100);
    loop {
        let found = again.govern().audit(&page).unwrap();
        entries.extend(found.entries);
        match found.next {
            Some(next) => page = Page::first(100).after(next),
            None => break,
        }
    }
    let looked = |e: &&crate::govern::AuditView| {
        e.session == Some(desk.id()) && matches!(e.event, crate::govern::AuditEvent::Access { .. })
    };
    assert_eq!(entries.iter().filter(looked).count(), 1);
    assert!(entries.iter().any(|e| matches!(e.event, crate::govern::AuditEvent::Gap { .. })));
    assert_eq!(again.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn whoever_is_at_work_when_a_store_is_shut_down_finishes_or_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let id = filled(&path, Suite::Aes256Gcm);
    for round in 0..4 {
        let prm = Prm::open(&path, options()).unwrap();
        let session = || prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
        let sessions: Vec<_> = (0..4).map(|_| session()).collect();
        let begun = std::sync::Barrier::new(5);
        let added = std::thread::scope(|scope| {
            let at_work: Vec<_> = sessions
                .iter()
                .enumerate()
                .map(|(n, desk)| {
                    let begun = &begun;
                    scope.spawn(move || {
                        begun.wait();
                        let mut added = Vec::new();
                        loop {
                            let outcome = match n {
                                0 | 1 => desk.people().add(ana()).map(|id| added.push(id)),
                                2 => desk.chart().problems(id).map(drop),
                                _ => desk.people().search(&PatientSearch::text("ana"), 5).map(drop),
                            };
                            if let Err(e) = outcome {
                                assert_eq!(e.kind(), ErrorKind::Closed, "{e:?}");
                                return added;
                            }
                        }
                    })
                })
                .collect();
            begun.wait();
            std::thread::sleep(std::time::Duration::from_millis(50 + 40 * round));
            prm.shut_down().unwrap();
            at_work.into_iter().flat_map(|work| work.join().unwrap()).collect::<Vec<_>>()
        });
        drop((prm, sessions));
        let prm = Prm::open(&path, options()).unwrap();
        let desk = prm.session(Actor::system("setupmarker"), Purpose::Operations).unwrap();
        assert!(!added.is_empty());
        for id in added {
            desk.people().patient(id).unwrap();
        }
        assert_eq!(desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
        prm.shut_down().unwrap();
    }
}
