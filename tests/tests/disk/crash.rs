//! A process that owns a store is killed: what it was told stays.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::Child;
use std::time::{Duration, Instant};

use prm_core::engage::{ClockZone, OccurrenceState, OccurrenceView, Recurrence, Schedule, Timing};
use prm_core::{CivilTime, Clock, ManualClock, Page, PatientId, Prm, Progress, SessionId, Zones};

use super::{Place, administrator, child, kill, long, options, patient};

/// Kills of each test.
fn kills() -> u32 {
    if long() { 1_000 } else { 200 }
}

/// Kills of one store; then a new one, or the checks would take ever longer.
const KILLS_OF_ONE_STORE: u32 = 10;

/// Numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Reads at least `lines` lines of what a child prints, then lets it go on for a moment that differs each time.
fn let_run(child: &mut Child, lines: u64, dice: &mut Dice) -> String {
    let out = child.stdout.as_mut().unwrap();
    let (mut printed, mut seen) = (Vec::new(), 0);
    while seen < lines {
        let mut byte = [0];
        assert_eq!(out.read(&mut byte).unwrap(), 1, "the child ended: {}", String::from_utf8_lossy(&printed));
        printed.push(byte[0]);
        seen += u64::from(byte[0] == b'\n');
    }
    std::thread::sleep(Duration::from_micros(dice.below(6_000)));
    String::from_utf8(printed).unwrap()
}

#[test]
#[cfg(unix)]
fn kill_while_a_store_is_made() {
    let mut dice = Dice(11);
    let (mut made, mut none) = (0, 0);
    for n in 0..kills() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clinic.prm");
        let mut maker = child("create", &path).spawn().unwrap();
        let printed = if n % 4 == 0 {
            let_run(&mut maker, 1, &mut dice)
        } else {
            std::thread::sleep(Duration::from_micros(dice.below(30_000)));
            String::new()
        };
        let printed = kill(maker, printed);
        match path.exists() {
            true => {
                // The folder has its name: it is a store, whole.
                let prm = Prm::open(&path, options()).unwrap();
                assert_eq!(
                    administrator(&prm).upkeep().check(&prm_core::Progress::default()).unwrap().problems,
                    Vec::<String>::new()
                );
                made += 1;
            }
            false => {
                assert!(!printed.contains("made"), "a store that was made is gone");
                Prm::create(&path, options(), prm_core::Founder::system("setup")).unwrap();
                none += 1;
            }
        }
    }
    println!("{made} stores whole, {none} times none");
    assert!(made >= kills() / 4);
}

#[test]
fn kill_while_writing() {
    let mut dice = Dice(3);
    let (mut receipts, mut opened) = (0, Duration::ZERO);
    for store in 0..kills() / KILLS_OF_ONE_STORE {
        let (place, _) = Place::with_store();
        let mut told: BTreeSet<PatientId> = BTreeSet::new();
        for n in 0..KILLS_OF_ONE_STORE {
            let mut writer = child("write", &place.path).spawn().unwrap();
            let printed = let_run(&mut writer, dice.below(12), &mut dice);
            let printed = kill(writer, printed);
            let before = told.len();
            told.extend(printed.lines().map(|line| line.split_once(' ').unwrap().1.parse::<PatientId>().unwrap()));
            assert_eq!(told.len() - before, printed.lines().count(), "{printed}");
            let began = Instant::now();
            let prm = Prm::open(&place.path, options()).unwrap();
            opened += began.elapsed();
            let session = administrator(&prm);
            for id in &told {
                let read = session.people().patient(*id);
                assert!(read.is_ok(), "kill {n} of store {store} lost {id}: {read:?}");
            }
            let report = session.upkeep().check(&prm_core::Progress::default()).unwrap();
            assert_eq!(report.problems, Vec::<String>::new(), "after kill {n} of store {store}");
            prm.shut_down().unwrap();
        }
        receipts += told.len();
    }
    println!("{} kills, {receipts} receipts, all kept; {opened:?} for all openings", kills());
    assert!(receipts > kills() as usize);
}

/// Occurrences are completed and expire day by day; killed at any moment, what was told is recorded, and what is due is
/// what it would be if it were all calculated anew.
#[test]
fn kill_while_completing_and_advancing() {
    const FIRST: &str = "2026-03-02T08:00:00";
    let mut dice = Dice(7);
    let mut completed = 0;
    for store in 0..kills() / KILLS_OF_ONE_STORE {
        let (place, ana) = Place::with_store();
        let hours = |hours: u64| Duration::from_secs(hours * 3_600);
        let at = |now| options().clock(Clock::Manual(ManualClock::new(now)));
        let mut day: CivilTime = FIRST.parse().unwrap();
        let prm = Prm::open(&place.path, at(day.naive().and_utc())).unwrap();
        let session = administrator(&prm);
        let rule = |time: &str| {
            let text = format!("DTSTART:20260302T{time}\nRRULE:FREQ=DAILY");
            Timing::Clock(Recurrence::parse(&text, None, ClockZone::Floating, &Zones::bundled()).unwrap())
        };
        let add = |time| session.engage().add_schedule(Schedule::of(ana, "Pressure", "UTC", rule(time))).unwrap();
        // The second is never completed: the advance moves it on.
        let (done, missed) = (add("080000"), add("060000"));
        prm.shut_down().unwrap();
        for n in 0..KILLS_OF_ONE_STORE {
            let mut writer = child("complete", &place.path).arg(format!("{done}@{day}")).spawn().unwrap();
            let printed = let_run(&mut writer, dice.below(12), &mut dice);
            let printed = kill(writer, printed);
            assert!(!printed.contains("error"), "kill {n} of store {store}: {printed}");
            let told: Vec<CivilTime> = printed.lines().map(|line| line.parse().unwrap()).collect();
            // As late as the clock of the child can have been.
            let now = told.last().map_or(day.naive().and_utc(), |last| last.naive().and_utc() + hours(25));
            let prm = Prm::open(&place.path, at(now)).unwrap();
            let session = administrator(&prm);
            let (from, to) = (day.naive().and_utc(), now + hours(48));
            let found = session.engage().occurrences_of(done, from, to, 100_000).unwrap().occurrences;
            let is_done = |view: &&OccurrenceView| view.state == OccurrenceState::Done;
            let recorded = found.iter().take_while(is_done).count();
            assert!(recorded >= told.len(), "kill {n} of store {store} lost one of {told:?}: {found:?}");
            assert!(recorded <= told.len() + 1, "more was recorded than was asked for");
            assert_eq!(found.iter().filter(is_done).count(), recorded);
            let report = session.upkeep().check(&Progress::default()).unwrap();
            assert_eq!(report.problems, Vec::<String>::new(), "after kill {n} of store {store}");
            let due = session.engage().due(ana).unwrap();
            assert!(due.iter().any(|item| item.schedule == missed), "{due:?}");
            completed += recorded;
            let next = found.iter().find(|view| !is_done(view)).unwrap().due;
            day = CivilTime::try_from(next.naive_utc()).unwrap();
            prm.shut_down().unwrap();
        }
    }
    println!("{} kills, {completed} completions, all kept", kills());
    assert!(completed > kills() as usize);
}

#[test]
fn kill_after_read() {
    let mut dice = Dice(5);
    let mut reads = 0;
    for store in 0..kills() / KILLS_OF_ONE_STORE {
        let (place, ana) = Place::with_store();
        let mut told: BTreeSet<SessionId> = BTreeSet::new();
        for n in 0..KILLS_OF_ONE_STORE {
            let mut reader = child("read", &place.path).arg(ana.to_string()).spawn().unwrap();
            let printed = let_run(&mut reader, 1 + dice.below(12), &mut dice);
            let printed = kill(reader, printed);
            told.extend(printed.lines().map(|line| line.parse::<SessionId>().unwrap()));
            let prm = Prm::open(&place.path, options()).unwrap();
            let session = administrator(&prm);
            let mut found = BTreeSet::new();
            let mut page = Page::first(Page::MOST);
            loop {
                let accesses = session.govern().accesses(ana, &page).unwrap();
                found.extend(accesses.accesses.iter().map(|access| access.session));
                match accesses.next {
                    Some(next) => page = Page::first(Page::MOST).after(next),
                    None => break,
                }
            }
            let lost: Vec<_> = told.difference(&found).collect();
            assert!(lost.is_empty(), "kill {n} of store {store} lost the accesses of sessions {lost:?}");
            assert_eq!(session.upkeep().check(&prm_core::Progress::default()).unwrap().problems, Vec::<String>::new());
            prm.shut_down().unwrap();
        }
        reads += told.len();
    }
    println!("{} kills, {reads} reads, all on record", kills());
    assert!(reads > kills() as usize);
}

/// Opens a store after a kill: how long it took, and how far a repair told to be.
fn opened_after(deed: &str, line: &str) -> (Duration, u64) {
    let (place, _) = Place::with_store();
    let mut writer = child(deed, &place.path).spawn().unwrap();
    let mut dice = Dice(7);
    let printed = let_run(&mut writer, 1, &mut dice);
    assert_eq!(printed, line);
    kill(writer, printed);
    let progress = Progress::default();
    let began = Instant::now();
    let prm = Prm::open(&place.path, options().progress(progress.clone())).unwrap();
    let took = began.elapsed();
    assert_eq!(administrator(&prm).upkeep().stats().unwrap().patients, 301);
    prm.shut_down().unwrap();
    (took, progress.done())
}

#[test]
fn a_kill_after_a_second_of_idleness_needs_no_repair() {
    let (idle, repaired) = opened_after("idle", "idle\n");
    assert_eq!(repaired, 0, "an idle store was repaired");
    let (busy, repaired) = opened_after("busy", "busy\n");
    assert!(repaired > 0, "a kill at work was to need a repair, or the line above proves nothing");
    println!("opened after a kill: idle for a second {idle:?}, at work {busy:?}");
}

#[test]
fn a_handle_that_is_dropped_keeps_what_it_was_told() {
    let (place, _) = Place::with_store();
    let bo = {
        let prm = Prm::open(&place.path, options()).unwrap();
        administrator(&prm).people().add(patient("Bo")).unwrap()
    };
    let prm = Prm::open(&place.path, options()).unwrap();
    assert!(administrator(&prm).people().patient(bo).is_ok());
    prm.shut_down().unwrap();
}
