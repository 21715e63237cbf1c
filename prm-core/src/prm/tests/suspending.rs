//! Stores that are suspended and resumed, and stores whose device is locked.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::*;
use crate::chart::{ChartEntry, EntryKind, TimelineQuery};
use crate::govern::AuditEvent;
use crate::page::Page;
use crate::people::{HumanName, Patient, PatientSearch};
use crate::store::medium::faulty::LockedDevice;
use crate::value::Coding;
use crate::{Batch, BatchId, Command, Error, ErrorKind, Event, ExportFormat, FhirImport, PatientId, Progress, Session};

const KEY: [u8; 32] = [9; 32];

fn options() -> OpenOptions {
    OpenOptions::key(Key::raw(KEY))
}

fn patient(family: &str) -> Patient {
    let name = HumanName { family: Some(family.into()), given: vec!["Ana".into()], ..HumanName::default() };
    Patient { names: vec![name], ..Patient::default() }
}

fn desk(prm: &Prm) -> Session {
    prm.session(Actor::system("setup"), Purpose::Operations).unwrap()
}

fn kind<T>(outcome: Result<T>) -> Option<ErrorKind> {
    outcome.err().map(|e| e.kind())
}

struct Place {
    folder: tempfile::TempDir,
    path: PathBuf,
    prm: Prm,
    desk: Session,
    ana: PatientId,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let prm = Prm::create(&path, options(), Founder::system("setup")).unwrap().prm;
    let desk = desk(&prm);
    let ana = desk.people().add(patient("Ortiz")).unwrap();
    Place { folder, path, prm, desk, ana }
}

impl Place {
    fn resume(&self) {
        self.prm.resume(&Key::raw(KEY)).unwrap();
    }

    /// Files under the folder that this process has open.
    #[cfg(target_os = "linux")]
    fn open_files(&self) -> Vec<PathBuf> {
        let descriptors = std::fs::read_dir("/proc/self/fd").unwrap();
        let files = descriptors.filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok());
        files.filter(|file| file.starts_with(self.folder.path())).collect()
    }

    #[cfg(not(target_os = "linux"))]
    fn open_files(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    fn gaps(&self) -> usize {
        let entries = self.desk.govern().audit(&Page::first(1000)).unwrap().entries;
        entries.iter().filter(|entry| matches!(entry.event, AuditEvent::Gap { .. })).count()
    }
}

#[test]
fn a_suspended_store_is_anothers_until_it_is_resumed_and_its_sessions_go_on() {
    let place = place();
    let Place { path, prm, desk, ana, .. } = &place;
    for n in 0..3 {
        desk.chart().add(*ana, ChartEntry::new(EntryKind::Observation, Coding::new("s", format!("{n}")))).unwrap();
    }
    let query = TimelineQuery::default();
    let first = desk.chart().timeline(*ana, &query, &Page::first(2)).unwrap();
    let mut news = desk.subscribe(None).unwrap();
    for _ in 0..5 {
        desk.people().patient(*ana).unwrap();
    }
    #[cfg(target_os = "linux")]
    assert!(place.open_files().len() >= 3);
    prm.suspend().unwrap();
    prm.suspend().unwrap();
    assert_eq!(place.open_files(), Vec::<PathBuf>::new());
    assert_eq!(kind(desk.people().patient(*ana)), Some(ErrorKind::Busy));
    assert_eq!(kind(desk.people().add(patient("Li"))), Some(ErrorKind::Busy));
    assert_eq!(kind(news.next(Duration::from_secs(20))), Some(ErrorKind::Busy));
    assert_eq!(kind(desk.subscribe(None)), Some(ErrorKind::Busy));
    let refused = prm.session(Actor::system("setup"), Purpose::Operations).unwrap_err();
    assert!(refused.to_string().contains("resume"), "{refused}");

    let other = Prm::open(path, options()).unwrap();
    assert_eq!(kind(prm.resume(&Key::raw(KEY))), Some(ErrorKind::AlreadyOpen));
    let bo = super::suspending::desk(&other).people().add(patient("Li")).unwrap();
    other.shut_down().unwrap();
    assert_eq!(kind(prm.resume(&Key::raw([8; 32]))), Some(ErrorKind::WrongKey));
    assert_eq!(kind(desk.people().patient(*ana)), Some(ErrorKind::Busy));
    let session = desk.id();
    place.resume();
    assert_eq!(kind(prm.resume(&Key::raw(KEY))), Some(ErrorKind::AlreadyOpen));
    assert_eq!(desk.people().patient(bo).unwrap().version, 1);
    assert_eq!(desk.people().search(&PatientSearch::text("Li"), 5).unwrap()[0].patient.id, bo);
    let second = desk.chart().timeline(*ana, &query, &Page::first(2).after(first.next.unwrap())).unwrap();
    assert_eq!(second.entries.len(), 1);
    let event = news.next(Duration::ZERO).unwrap();
    assert!(matches!(&event, Some(Event::Changed(notice)) if notice.id == bo.into()), "{event:?}");
    let accesses = desk.govern().accesses(*ana, &Page::first(100)).unwrap().accesses;
    let counted = accesses.iter().filter(|a| a.session == session && !a.listed).map(|a| a.count).max();
    assert_eq!(counted, Some(5), "{accesses:?}");
    assert_eq!(place.gaps(), 0);
    assert_eq!(desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    prm.shut_down().unwrap();
}

#[test]
fn a_suspended_store_can_be_shut_down_or_dropped() {
    let place = place();
    place.prm.suspend().unwrap();
    place.prm.shut_down().unwrap();
    assert_eq!(kind(place.prm.shut_down()), Some(ErrorKind::Closed));
    assert_eq!(kind(place.prm.suspend()), Some(ErrorKind::Closed));
    assert_eq!(kind(place.prm.resume(&Key::raw(KEY))), Some(ErrorKind::Closed));
    assert_eq!(kind(place.desk.people().patient(place.ana)), Some(ErrorKind::Closed));
    let again = Prm::open(&place.path, options()).unwrap();
    let session = desk(&again);
    again.suspend().unwrap();
    drop((again, session));
    Prm::open(&place.path, options()).unwrap().shut_down().unwrap();
}

#[test]
fn a_store_in_memory_is_not_suspended() {
    let made = Prm::open_memory(options(), Founder::system("setup")).unwrap();
    assert_eq!(kind(made.prm.suspend()), Some(ErrorKind::Unsupported));
    assert_eq!(kind(made.prm.resume(&Key::raw(KEY))), Some(ErrorKind::AlreadyOpen));
    desk(&made.prm).people().add(patient("Ortiz")).unwrap();
}

#[test]
fn another_store_in_the_folder_or_an_older_copy_is_not_resumed() {
    let place = place();
    place.prm.suspend().unwrap();
    let older = place.folder.path().join("older.prm");
    copy(&place.path, &older);
    place.resume();
    place.desk.people().add(patient("Li")).unwrap();
    place.prm.suspend().unwrap();
    let aside = place.folder.path().join("aside.prm");
    std::fs::rename(&place.path, &aside).unwrap();
    std::fs::rename(&older, &place.path).unwrap();
    assert_eq!(kind(place.prm.resume(&Key::raw(KEY))), Some(ErrorKind::RolledBack));
    std::fs::remove_dir_all(&place.path).unwrap();
    assert_eq!(kind(place.prm.resume(&Key::raw(KEY))), Some(ErrorKind::NotAStore));
    Prm::create(&place.path, options(), Founder::system("x")).unwrap().prm.shut_down().unwrap();
    assert_eq!(kind(place.prm.resume(&Key::raw(KEY))), Some(ErrorKind::NotAStore));
    std::fs::remove_dir_all(&place.path).unwrap();
    std::fs::rename(&aside, &place.path).unwrap();
    place.resume();
    assert_eq!(place.desk.people().patient(place.ana).unwrap().version, 1);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for file in Prm::files() {
        std::fs::copy(from.join(&file.name), to.join(&file.name)).unwrap();
    }
}

#[test]
fn whoever_is_at_work_when_a_store_is_suspended_finishes_or_is_told_and_what_was_told_is_there() {
    let place = place();
    let (prm, ana) = (&place.prm, place.ana);
    let sessions: Vec<_> = (0..6).map(|_| desk(prm)).collect();
    for round in 0..4 {
        let begun = std::sync::Barrier::new(sessions.len() + 1);
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
                                0 | 1 => desk.people().add(patient("Li")).map(|id| added.push(id)),
                                2 => desk.chart().problems(ana).map(drop),
                                3 => desk
                                    .upkeep()
                                    .check(&crate::Progress::default())
                                    .map(|report| assert!(report.problems.is_empty(), "{report:?}")),
                                4 => desk
                                    .fhir()
                                    .export(ana, ExportFormat::Ndjson, io::sink(), &crate::Progress::default())
                                    .map(drop),
                                _ => desk.people().search(&PatientSearch::text("ortis"), 5).map(drop),
                            };
                            if let Err(e) = outcome {
                                assert_eq!(e.kind(), ErrorKind::Busy, "{n}: {e:?}");
                                return added;
                            }
                        }
                    })
                })
                .collect();
            begun.wait();
            std::thread::sleep(Duration::from_millis(40 + 30 * round));
            prm.suspend().unwrap();
            assert_eq!(place.open_files(), Vec::<PathBuf>::new());
            at_work.into_iter().flat_map(|work| work.join().unwrap()).collect::<Vec<_>>()
        });
        place.resume();
        for id in added {
            place.desk.people().patient(id).unwrap();
        }
    }
    assert_eq!(place.gaps(), 0);
    assert_eq!(place.desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// A pipe that holds a line until it is asked for the next.
struct Pipe {
    filled: Sender<()>,
    emptied: Receiver<()>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.filled.send(());
        let _ = self.emptied.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_export_into_a_pipe_that_nobody_empties_does_not_keep_the_files_open() {
    let place = place();
    for n in 0..50 {
        let entry = ChartEntry::new(EntryKind::Observation, Coding::new("s", format!("{n}")));
        place.desk.chart().add(place.ana, entry).unwrap();
    }
    let (filled, waits) = channel();
    let (empty, emptied) = channel();
    std::thread::scope(|scope| {
        let export = scope.spawn(|| {
            place.desk.fhir().export(
                place.ana,
                ExportFormat::Ndjson,
                Pipe { filled, emptied },
                &crate::Progress::default(),
            )
        });
        waits.recv().unwrap();
        place.prm.suspend().unwrap();
        assert_eq!(place.open_files(), Vec::<PathBuf>::new());
        let other = Prm::open(&place.path, options()).unwrap();
        other.shut_down().unwrap();
        drop(empty);
        assert_eq!(kind(export.join().unwrap()), Some(ErrorKind::Busy));
    });
    place.resume();
    assert_eq!(place.desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// Text that comes line by line, as it is sent.
struct Lines {
    asked: Sender<()>,
    sent: Receiver<String>,
    rest: Vec<u8>,
}

impl Read for Lines {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            let _ = self.asked.send(());
            self.rest = self.sent.recv().unwrap_or_default().into_bytes();
        }
        let len = out.len().min(self.rest.len());
        out[..len].copy_from_slice(&self.rest[..len]);
        self.rest.drain(..len);
        Ok(len)
    }
}

#[test]
fn an_import_that_waits_for_its_source_keeps_nothing_and_is_told_when_it_goes_on() {
    let place = place();
    let ((lines, sent), (asked, asks)) = (channel(), channel());
    let line = |n: u32| format!("{{\"resourceType\":\"Patient\",\"id\":\"{n}\",\"name\":[{{\"family\":\"Li\"}}]}}\n");
    let what = FhirImport::from_source("registry");
    std::thread::scope(|scope| {
        let source = Lines { asked, sent, rest: Vec::new() };
        let import = scope.spawn(|| place.desk.fhir().import(&what, source, &Progress::default()));
        asks.recv().unwrap();
        lines.send(line(1)).unwrap();
        asks.recv().unwrap();
        place.prm.suspend().unwrap();
        assert_eq!(place.open_files(), Vec::<PathBuf>::new());
        lines.send(line(2)).unwrap();
        drop(lines);
        assert_eq!(kind(import.join().unwrap()), Some(ErrorKind::Busy));
    });
    place.resume();
    let text = (1..=2).map(line).collect::<String>();
    let report = place.desk.fhir().import(&what, text.as_bytes(), &Progress::default()).unwrap();
    assert_eq!(report.refused.len(), 0);
    assert_eq!(place.desk.people().search(&PatientSearch::text("Li"), 5).unwrap().len(), 2);
}

/// Tries a call until its device is found locked, which a call that needs no file does not notice.
fn until_lost(place: &Place) -> Error {
    loop {
        let outcome = place.prm.session(Actor::system("setup"), Purpose::Operations);
        if let Err(e) = outcome {
            return e;
        }
    }
}

#[test]
fn a_locked_device_makes_the_store_busy_and_the_next_call_after_it_goes_on() {
    let place = place();
    place.desk.people().patient(place.ana).unwrap();
    let mut news = place.desk.subscribe(None).unwrap();
    let locked = LockedDevice::holding(place.folder.path());
    let first = until_lost(&place);
    assert!(matches!(first.kind(), ErrorKind::Io | ErrorKind::AuditUnavailable), "{first:?}");
    for _ in 0..3 {
        assert_eq!(kind(place.desk.people().patient(place.ana)), Some(ErrorKind::Busy));
        assert_eq!(kind(place.desk.people().add(patient("Li"))), Some(ErrorKind::Busy));
        assert_eq!(kind(news.next(Duration::ZERO)), Some(ErrorKind::Busy));
    }
    assert_eq!(place.open_files(), Vec::<PathBuf>::new());
    drop(locked);
    assert_eq!(place.desk.people().patient(place.ana).unwrap().version, 1);
    let bo = place.desk.people().add(patient("Li")).unwrap();
    let event = news.next(Duration::ZERO).unwrap();
    assert!(matches!(&event, Some(Event::Changed(notice)) if notice.id == bo.into()), "{event:?}");
    let accesses = place.desk.govern().accesses(place.ana, &Page::first(100)).unwrap().accesses;
    assert!(accesses.iter().any(|a| a.session == place.desk.id() && !a.listed && a.permitted));
    // Whatever the last moments before the failure held, the audit says that there was one.
    assert_eq!(place.gaps(), 1);
    assert_eq!(place.desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    place.prm.shut_down().unwrap();
}

#[test]
fn a_commit_on_a_locked_device_is_told_and_may_be_sent_again() {
    for round in 0..4 {
        let place = place();
        let kept = place.desk.people().add(patient("Kept")).unwrap();
        let locked = LockedDevice::holding(place.folder.path());
        let id = BatchId::from_uuid(uuid::Uuid::from_u128(0x7000_8000_0000_0000_0000 + round));
        let batch = Batch { id: Some(id), commands: vec![Command::AddPatient { id: None, patient: patient("Again") }] };
        let failed = kind(place.desk.execute(batch.clone())).unwrap();
        assert!(matches!(failed, ErrorKind::Io | ErrorKind::Busy), "{failed:?}");
        assert_eq!(kind(place.desk.execute(batch.clone())), Some(ErrorKind::Busy));
        drop(locked);
        let receipt = place.desk.execute(batch.clone()).unwrap();
        assert_eq!(place.desk.execute(batch).unwrap(), receipt);
        assert_eq!(place.desk.people().search(&PatientSearch::text("Again"), 5).unwrap().len(), 1);
        assert_eq!(place.desk.people().patient(kept).unwrap().version, 1);
        assert_eq!(place.desk.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn a_store_that_lost_its_files_may_be_taken_by_another_suspended_and_shut_down() {
    let place = place();
    let lost = |place: &Place| {
        let _locked = LockedDevice::holding(place.folder.path());
        until_lost(place);
        assert_eq!(kind(place.desk.people().patient(place.ana)), Some(ErrorKind::Busy));
    };
    lost(&place);
    let other = Prm::open(&place.path, options()).unwrap();
    assert_eq!(kind(place.desk.people().patient(place.ana)), Some(ErrorKind::AlreadyOpen));
    let bo = desk(&other).people().add(patient("Li")).unwrap();
    other.shut_down().unwrap();
    assert_eq!(place.desk.people().patient(bo).unwrap().version, 1);
    lost(&place);
    place.prm.suspend().unwrap();
    assert_eq!(kind(place.desk.people().patient(place.ana)), Some(ErrorKind::Busy));
    place.resume();
    assert_eq!(place.desk.people().patient(place.ana).unwrap().version, 1);
    lost(&place);
    place.prm.shut_down().unwrap();
    assert_eq!(place.open_files(), Vec::<PathBuf>::new());
    let again = Prm::open(&place.path, options()).unwrap();
    assert_eq!(desk(&again).upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn the_key_ring_alone_stays_out_of_a_backup_and_the_list_of_files_is_whole() {
    let place = place();
    let files = Prm::files();
    let mut names: Vec<_> = files.iter().map(|file| file.name.clone()).collect();
    let folder = std::fs::read_dir(&place.path).unwrap();
    let mut found: Vec<_> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    found.sort();
    assert_eq!(names, found);
    let kept_out: Vec<_> = files.iter().filter(|file| !file.may_be_backed_up).map(|file| &*file.name).collect();
    assert_eq!(kept_out, ["keys"]);
}
