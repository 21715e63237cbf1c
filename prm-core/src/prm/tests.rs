//! Stores in folders, from making to salvage.

use super::*;
use crate::chart::{ChartEntry, EntryKind, TimelineQuery};
use crate::page::Page;
use crate::people::{HumanName, Patient, PatientSearch};
use crate::store::cipher::Suite;
use crate::store::slot::Key;
use crate::value::Coding;
use crate::{ErrorKind, Sensitive};
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
    assert_eq!(desk.upkeep().check().unwrap().problems, Vec::<String>::new());
    drop((prm, desk));
    assert_eq!(Prm::open(&path, OpenOptions::key(Key::raw([8; 32]))).unwrap_err().kind(), ErrorKind::WrongKey);
    Prm::open(&path, options()).unwrap().shut_down().unwrap();
    assert_eq!(Prm::create(&path, options(), Founder::system("x")).unwrap_err().kind(), ErrorKind::Conflict);
}

/// Every run of bytes of the folder's files that is one of `needles`, whatever its case.
fn found(path: &Path, needles: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for file in std::fs::read_dir(path).unwrap() {
        let file = file.unwrap().path();
        let bytes = std::fs::read(&file).unwrap().to_ascii_lowercase();
        for needle in needles {
            if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
                found.push((file.clone(), (*needle).to_owned()));
            }
        }
    }
    found
}

#[test]
fn nothing_readable_is_on_the_disk_while_it_would_be_without_ciphers() {
    let needles =
        ["ortizmarker", "anamarker", "codemarker-7", "displaymarker", "notemarker", "systemmarker", "setupmarker"];
    let folder = tempfile::tempdir().unwrap();
    let (sealed, plain) = (folder.path().join("sealed.prm"), folder.path().join("plain.prm"));
    filled(&sealed, Suite::Aes256Gcm);
    filled(&plain, Suite::Plain);
    assert_eq!(found(&sealed, &needles), []);
    let twin: std::collections::BTreeSet<_> = found(&plain, &needles).into_iter().map(|(_, needle)| needle).collect();
    // Free text is compressed before it is sealed, so it is not searched for.
    for needle in ["ortizmarker", "anamarker", "setupmarker"] {
        assert!(twin.contains(needle), "{needle} is not found in a store without ciphers: {twin:?}");
    }
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
    assert_eq!(desk.upkeep().check().unwrap().problems, Vec::<String>::new());
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
    assert_eq!(desk.upkeep().check().unwrap().problems, Vec::<String>::new());
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
    let made = start::found(engine, ring, log, store_id, options(), Founder::system("setup")).unwrap();
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
        desk.fhir().export(id, crate::ExportFormat::Bundle, &mut out).map(drop).map_err(kind),
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
    assert_eq!(again.upkeep().check().unwrap().problems, Vec::<String>::new());
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
        assert_eq!(desk.upkeep().check().unwrap().problems, Vec::<String>::new());
        prm.shut_down().unwrap();
    }
}
