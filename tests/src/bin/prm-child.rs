//! A program that tests start, and kill: `prm-child DEED FOLDER [PATIENT]`. It prints a line for everything it was told by
//! the library, as soon as it was.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what goes wrong here fails the test that started it"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use prm_core::engage::{ClockStamp, Outcome, OutcomeStatus, Stamp};
use prm_core::people::{HumanName, Patient};
use prm_core::{
    Actor, CivilTime, Clock, Error, Founder, Instant, Key, ManualClock, OpenOptions, PatientId, Prm, Progress, Purpose,
    ScheduleId, Session,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let deed: fn(&Path, Option<&str>) -> Result<(), Error> = match arguments.first() {
        Some(&"create") => create,
        Some(&"write") => write,
        Some(&"read") => read,
        Some(&"idle") => idle,
        Some(&"busy") => busy,
        Some(&"complete") => complete,
        Some(&"try") => attempt,
        #[cfg(unix)]
        Some(&"fork") => fork::forked_child_drops,
        other => panic!("there is no deed {other:?}"),
    };
    let folder = Path::new(arguments.get(1).expect("a folder"));
    if let Err(error) = deed(folder, arguments.get(2).copied()) {
        say(&format!("error {}", error.code()));
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

fn options() -> OpenOptions {
    OpenOptions::key(Key::raw([7; 32]))
}

fn administrator(prm: &Prm) -> Result<Session, Error> {
    prm.session(Actor::system("setup"), Purpose::Operations)
}

fn patient(n: u32) -> Patient {
    let name = HumanName { family: Some(format!("Ortiz {n}").into()), ..HumanName::default() };
    Patient { names: vec![name], ..Patient::default() }
}

/// Makes a store, and waits.
fn create(folder: &Path, _: Option<&str>) -> Result<(), Error> {
    let made = Prm::create(folder, options(), Founder::system("setup"))?;
    say("made");
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).unwrap();
    made.prm.shut_down()
}

/// Adds patients until it is killed, and prints the sequence and id of each that was committed.
fn write(folder: &Path, _: Option<&str>) -> Result<(), Error> {
    let session = administrator(&Prm::open(folder, options())?)?;
    for n in 0.. {
        let receipt = session.execute(prm_core::Command::AddPatient { id: None, patient: patient(n) })?;
        say(&format!("{} {}", receipt.sequence, receipt.written.first().expect("one command").id));
    }
    Ok(())
}

/// Reads a patient in a session of its own each time until it is killed, and prints the session once it has the answer.
fn read(folder: &Path, id: Option<&str>) -> Result<(), Error> {
    let id: PatientId = id.expect("a patient").parse()?;
    let prm = Prm::open(folder, options())?;
    loop {
        let session = administrator(&prm)?;
        session.people().patient(id)?;
        say(&session.id().to_string());
    }
}

/// Writes, is idle for a second, says so and waits to be killed.
fn idle(folder: &Path, _: Option<&str>) -> Result<(), Error> {
    let session = administrator(&Prm::open(folder, options())?)?;
    for n in 0..300 {
        session.people().add(patient(n))?;
    }
    std::thread::sleep(Duration::from_secs(1));
    say("idle");
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}

/// Writes, says so and waits to be killed at once.
fn busy(folder: &Path, _: Option<&str>) -> Result<(), Error> {
    let session = administrator(&Prm::open(folder, options())?)?;
    for n in 0..300 {
        session.people().add(patient(n))?;
    }
    say("busy");
    std::thread::sleep(Duration::from_secs(60));
    Ok(())
}

/// Lets days pass until it is killed, by `SCHEDULE@DAY`: completes the occurrence of the day, prints the day once it was
/// told, and makes the nightly advance.
fn complete(folder: &Path, from: Option<&str>) -> Result<(), Error> {
    let (schedule, day) = from.and_then(|from| from.split_once('@')).expect("a schedule and a day");
    let schedule: ScheduleId = schedule.parse()?;
    let mut day: CivilTime = day.parse()?;
    let clock = ManualClock::new(day.naive().and_utc());
    let session = administrator(&Prm::open(folder, options().clock(Clock::Manual(clock.clone())))?)?;
    loop {
        clock.set(day.naive().and_utc() + Duration::from_secs(3_600));
        let stamp = Stamp::Clock(ClockStamp { civil: day, second: false });
        session.engage().record_outcome(schedule, stamp, 0, Outcome::new(OutcomeStatus::Done))?;
        say(&day.to_string());
        let next: Instant = day.naive().and_utc() + Duration::from_secs(86_400);
        clock.set(next);
        session.upkeep().advance(&Progress::default())?;
        day = CivilTime::try_from(next.naive_utc())?;
    }
}

/// Opens and prints what came of it; keeps the store open until its input ends.
fn attempt(folder: &Path, _: Option<&str>) -> Result<(), Error> {
    let prm = Prm::open(folder, options())?;
    say("open");
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).unwrap();
    prm.shut_down()
}

#[cfg(unix)]
mod fork {
    use super::*;

    /// Forks with an open store. The child uses the handle, which is refused, and drops it; afterwards the parent still
    /// works and still owns the store.
    pub(super) fn forked_child_drops(folder: &Path, _: Option<&str>) -> Result<(), Error> {
        let created = Prm::create(folder, options(), Founder::system("setup"))?;
        let prm = created.prm;
        let session = administrator(&prm)?;
        let ana = session.people().add(patient(1))?;
        // SAFETY: the child touches what it inherited, as this test wants to see, allocates by an allocator that is made
        // to survive a fork, and leaves by `_exit` or by the alarm.
        let child = unsafe { libc::fork() };
        if child == 0 {
            // SAFETY: sets a timer of this process.
            unsafe { libc::alarm(20) };
            let read = session.people().patient(ana).map(|view| view.version);
            say(&format!("child read {}", read.map_or_else(|e| e.code().to_owned(), |v| v.to_string())));
            let written = session.people().add(patient(2)).map(|_| ());
            say(&format!("child write {}", written.map_or_else(|e| e.code().to_owned(), |()| "done".to_owned())));
            let began = prm.session(Actor::system("setup"), Purpose::Operations).map(|_| ());
            say(&format!("child session {}", began.map_or_else(|e| e.code().to_owned(), |()| "done".to_owned())));
            let ended = prm.shut_down();
            say(&format!("child shut_down {}", ended.map_or_else(|e| e.code().to_owned(), |()| "done".to_owned())));
            drop(session);
            drop(prm);
            say("child dropped");
            // SAFETY: ends this process without running what belongs to the parent.
            unsafe { libc::_exit(0) };
        }
        let mut status = 0;
        // SAFETY: waits for the child made above; `status` is a place to write to.
        let waited = unsafe { libc::waitpid(child, &raw mut status, 0) };
        say(&format!("waited {} {status}", waited == child));
        session.people().add(patient(3))?;
        say(&format!("parent reads {}", session.people().patient(ana)?.version));
        let second = Prm::open(folder, options()).map(|_| ());
        say(&format!("second opener {}", second.map_or_else(|e| e.code().to_owned(), |()| "open".to_owned())));
        prm.shut_down()?;
        let again = administrator(&Prm::open(folder, options())?)?;
        say(&format!("patients {}", again.people().list(&prm_core::Page::first(10))?.patients.len()));
        say(&format!("problems {}", again.upkeep().check(&prm_core::Progress::default())?.problems.len()));
        Ok(())
    }
}
