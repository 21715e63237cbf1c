//! Stores on disk through the public API: what opening tells apart, and what a kill leaves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod crash;
mod full;
mod open;
mod suspend;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use prm_core::people::{HumanName, Patient};
use prm_core::{Actor, Error, ErrorKind, Founder, Key, OpenOptions, PatientId, Prm, Purpose, Session};

/// A store in a folder that is gone when the test is over.
struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Place {
    /// A folder in which there is no store yet.
    fn empty() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clinic.prm");
        Place { _folder: folder, path }
    }

    /// A store with one patient, shut down.
    fn with_store() -> (Place, PatientId) {
        let place = Place::empty();
        let prm = Prm::create(&place.path, options(), Founder::system("setup")).unwrap().prm;
        let ana = administrator(&prm).people().add(patient("Ana")).unwrap();
        prm.shut_down().unwrap();
        (place, ana)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

fn options() -> OpenOptions {
    OpenOptions::key(Key::raw([7; 32]))
}

fn administrator(prm: &Prm) -> Session {
    prm.session(Actor::system("setup"), Purpose::Operations).unwrap()
}

fn patient(given: &str) -> Patient {
    let name = HumanName { given: vec![given.into()], family: Some("Ortiz".into()), ..HumanName::default() };
    Patient { names: vec![name], ..Patient::default() }
}

fn kind<T>(result: Result<T, Error>) -> ErrorKind {
    match result {
        Ok(_) => panic!("it succeeded"),
        Err(error) => error.kind(),
    }
}

/// The program that tests start and kill.
fn child(deed: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prm-child"));
    command.arg(deed).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// Kills a child and gives what it had printed: whole lines, also those nobody has read yet.
fn kill(mut child: Child, mut printed: String) -> String {
    child.kill().unwrap();
    let mut rest = Vec::new();
    std::io::Read::read_to_end(&mut child.stdout.take().unwrap(), &mut rest).unwrap();
    child.wait().unwrap();
    printed.push_str(&String::from_utf8(rest).unwrap());
    printed.truncate(printed.rfind('\n').map_or(0, |end| end + 1));
    printed
}

fn long() -> bool {
    std::env::var_os("PRM_LONG").is_some_and(|v| v == "1")
}

/// Says that a test could not be made here; under `PRM_REQUIRE_ALL=1` that fails.
fn skip(what: &str, why: &str) {
    println!("SKIPPED {what}: {why}");
    assert!(std::env::var_os("PRM_REQUIRE_ALL").is_none_or(|v| v != "1"), "{what} was skipped: {why}");
}
