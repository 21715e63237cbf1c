//! Schedules in stores on disk: power losses at every sync point, and stores that older libraries made.

use std::path::Path;

use super::*;
use crate::engage::{ClockZone, DueItem, Outcome, OutcomeStatus, Recurrence, Schedule, Stamp, Timing};
use crate::id::{PatientId, ScheduleId};
use crate::session::tests::{Clinic, furnish};
use crate::store::engine::redb::{EngineOptions, RedbEngine};
use crate::store::engine::tests::Chance;
use crate::store::engine::tests::disk::{SimDisk, Step, keep_all, lose_power};
use crate::store::log::TailLog;
use crate::store::ring::KeyRing;
use crate::time::{Clock, ManualClock};

const BEGIN: &str = "2026-03-02T09:00:00Z";

fn daily(patient: PatientId) -> Schedule {
    let start = Some("2026-03-02T08:00:00".parse().unwrap());
    let rule = Recurrence::parse("RRULE:FREQ=DAILY", start, ClockZone::Floating, &crate::Zones::bundled()).unwrap();
    Schedule::of(patient, "Blood pressure at home", "Europe/Berlin", Timing::Clock(rule))
}

fn first() -> Stamp {
    let civil = "2026-03-02T08:00:00".parse().unwrap();
    Stamp::Clock(crate::engage::ClockStamp { civil, second: false })
}

fn done() -> Outcome {
    Outcome::new(OutcomeStatus::Done)
}

fn clocked(clock: &ManualClock) -> OpenOptions {
    options().clock(Clock::Manual(clock.clone()))
}

/// A store whose data file is on a disk that remembers every write; keys and log are files.
fn on_disk(path: &Path, disk: &SimDisk, clock: &ManualClock) -> Clinic {
    let files = start::Folder::at(path);
    start::make_folder(path).unwrap();
    let (store_id, suite) = ([0x51; 16], Suite::Aes256Gcm);
    let ring = KeyRing::create(&files.keys, store_id, suite, &Key::raw([9; 32])).unwrap();
    let generation = ring.newest_page_key();
    let page_key = ring.page_key(generation).unwrap();
    let engine =
        RedbEngine::create_on(disk.shared(), suite, store_id, generation, &page_key, &EngineOptions::default());
    let (log, _) = TailLog::open(&files.log, suite, ring.audit_key(), None).unwrap();
    let opened = |state| start::Opened::new(Box::new(engine.unwrap()), ring, log, state);
    let made = start::found(opened, None, store_id, clocked(clock), Founder::system("setup")).unwrap();
    furnish(made.prm, made.administrator, clock.clone())
}

fn problems(desk: &Session) -> Vec<String> {
    desk.upkeep().check(&Progress::default()).unwrap().problems
}

/// A completion and the nightly advance, with the power lost at every point of either: each has happened or has not, the
/// index is what the records say, and the advance goes on where it was.
#[test]
fn a_completion_and_the_nightly_advance_happen_or_do_not_whenever_the_power_fails() {
    let folder = tempfile::tempdir().unwrap();
    let (path, clock, disk) =
        (folder.path().join("clinic.prm"), ManualClock::new(BEGIN.parse().unwrap()), SimDisk::new());
    let clinic = on_disk(&path, &disk, &clock);
    let patients: Vec<_> = (0..3).map(|n| clinic.patient("Ana", &format!("Ortiz{n}"))).collect();
    let engage = clinic.admin.engage();
    let schedules: Vec<ScheduleId> =
        patients.iter().map(|patient| engage.add_schedule(daily(*patient)).unwrap()).collect();
    clinic.store().checkpoint().unwrap();
    let mut durable = disk.image();
    disk.record();
    engage.record_outcome(schedules[0], first(), 0, done()).unwrap();
    let completed = disk.steps();
    clinic.pass(3 * 86_400);
    let moved = clinic.admin.upkeep().advance(&Progress::default()).unwrap().moved;
    assert_eq!(moved, 3);
    let advanced = disk.steps();
    let expected: Vec<Vec<DueItem>> = patients.iter().map(|patient| engage.due(*patient).unwrap()).collect();
    let history: Vec<Step> = disk.history().into_iter().take(advanced).collect();
    let mut chance = Chance(17);
    let (mut pending, mut crashes, mut outcomes) = (Vec::new(), 0, BTreeSet::new());
    for point in 0..=history.len() {
        let at_sync = history.get(point).is_none_or(|step| matches!(step, Step::Sync));
        let after_sync = point.checked_sub(1).is_some_and(|before| matches!(history[before], Step::Sync));
        if at_sync || after_sync || chance.one_in(8) {
            for _ in 0..2 {
                let image = lose_power(&durable, &pending, &mut chance);
                let copy = folder.path().join(format!("crash-{crashes}.prm"));
                std::fs::create_dir(&copy).unwrap();
                std::fs::write(copy.join("data"), image).unwrap();
                for file in ["keys", "log"] {
                    std::fs::copy(path.join(file), copy.join(file)).unwrap();
                }
                let prm = Prm::open(&copy, clocked(&clock)).unwrap();
                let desk = prm.session(Actor::system("setup"), Purpose::Operations).unwrap();
                assert_eq!(problems(&desk), Vec::<String>::new(), "step {point}");
                let version = desk.engage().occurrence(schedules[0], first()).unwrap().version;
                assert!(version == 1 || version == 0 && point < completed, "step {point} of {completed}: {version}");
                let moved = desk.upkeep().advance(&Progress::default()).unwrap().moved;
                assert!(moved == 0 && version == 1 || moved == 3 && point < advanced, "step {point}: {moved}");
                assert_eq!(desk.upkeep().advance(&Progress::default()).unwrap().moved, 0);
                assert_eq!(problems(&desk), Vec::<String>::new(), "step {point}");
                for (patient, expected) in patients.iter().zip(&expected) {
                    assert_eq!(desk.engage().due(*patient).unwrap(), *expected, "step {point}");
                }
                outcomes.insert((version, moved));
                crashes += 1;
                prm.shut_down().unwrap();
                std::fs::remove_dir_all(&copy).unwrap();
            }
        }
        match history.get(point) {
            Some(Step::Op(op)) => pending.push(op.clone()),
            Some(Step::Sync) => keep_all(&mut durable, &std::mem::take(&mut pending)),
            None => {}
        }
    }
    println!("{crashes} crashes over {} steps", history.len());
    assert_eq!(outcomes, BTreeSet::from([(0, 3), (1, 3), (1, 0)]), "each state was met");
}

/// A store of the first format knows no schedules: it takes them.
#[test]
fn a_store_of_format_1_takes_schedules() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fixture.prm");
    std::fs::create_dir(&path).unwrap();
    let stored = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/stores/format-1");
    for file in ["data", "keys", "log"] {
        std::fs::copy(Path::new(stored).join(file), path.join(file)).unwrap();
    }
    let clock = ManualClock::new("2026-12-01T09:00:00Z".parse().unwrap());
    let open = || {
        let options = OpenOptions::key(Key::raw([42; 32])).clock(Clock::Manual(clock.clone()));
        let prm = Prm::open(&path, options).unwrap();
        let desk = prm.session(Actor::system("fixture"), Purpose::Operations).unwrap();
        (prm, desk)
    };
    let (prm, desk) = open();
    let patient = desk.people().search(&PatientSearch::text("lopez"), 5).unwrap()[0].patient.id;
    let id = desk.engage().add_schedule(daily(patient)).unwrap();
    let due = desk.engage().due(patient).unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(problems(&desk), Vec::<String>::new());
    desk.engage().record_outcome(id, due[0].stamp, 0, done()).unwrap();
    prm.shut_down().unwrap();
    let (prm, desk) = open();
    assert!(desk.engage().due(patient).unwrap().is_empty());
    assert_eq!(problems(&desk), Vec::<String>::new());
    prm.shut_down().unwrap();
    let to = folder.path().join("salvaged.prm");
    let options = OpenOptions::key(Key::raw([42; 32])).clock(Clock::Manual(clock.clone()));
    let salvaged = Prm::salvage(&path, &to, options.clone()).unwrap();
    assert_eq!(salvaged.lost, Vec::<String>::new());
    let prm = Prm::open(&to, options).unwrap();
    let desk = prm.session(Actor::system("fixture"), Purpose::Operations).unwrap();
    assert_eq!(problems(&desk), Vec::<String>::new());
    clock.set(clock.now() + chrono::TimeDelta::days(1));
    assert_eq!(desk.engage().due(patient).unwrap().len(), 1);
}
