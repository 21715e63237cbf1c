//! What opening tells apart.

use std::fs;
use std::io::BufRead;
use std::path::Path;

use prm_core::people::Practitioner;
use prm_core::{Actor, ErrorKind, Founder, Key, Page, Prm, Purpose};

use super::{Place, administrator, child, kind, options, patient, skip};

/// What is done to a store that was shut down, and what opening it says then; `None` if it opens.
type Row = (&'static str, fn(&Place), Option<ErrorKind>);

const TABLE: &[Row] = &[
    ("left alone", |_| {}, None),
    ("removed", |p| fs::remove_dir_all(&p.path).unwrap(), Some(ErrorKind::NotAStore)),
    ("emptied", |p| ["data", "keys", "log"].iter().for_each(|f| remove(&p.file(f))), Some(ErrorKind::NotAStore)),
    ("a file in its place", in_its_place, Some(ErrorKind::NotAStore)),
    ("data missing", |p| remove(&p.file("data")), Some(ErrorKind::NotAStore)),
    ("data empty", |p| fs::write(p.file("data"), b"").unwrap(), Some(ErrorKind::NotAStore)),
    ("data a text", |p| fs::write(p.file("data"), "Dear diary").unwrap(), Some(ErrorKind::NotAStore)),
    ("data of a newer format", |p| change(&p.file("data"), 9, |b| *b = 2), Some(ErrorKind::UnsupportedFormat)),
    ("preamble damaged", |p| change(&p.file("data"), 20, |b| *b ^= 1), Some(ErrorKind::Corrupted)),
    ("data cut to the preamble", |p| cut(&p.file("data"), 4096), Some(ErrorKind::Corrupted)),
    ("data of zeros behind the preamble", zeros, Some(ErrorKind::Corrupted)),
    ("keys missing", |p| remove(&p.file("keys")), Some(ErrorKind::KeyRingMissing)),
    ("keys of another store", foreign_keys, Some(ErrorKind::KeyRingMissing)),
    ("keys a text", |p| fs::write(p.file("keys"), "Dear diary").unwrap(), Some(ErrorKind::Corrupted)),
    ("keys cut off", |p| cut(&p.file("keys"), 40), Some(ErrorKind::Corrupted)),
    ("keys of before 300 patients", older_keys, Some(ErrorKind::KeyRingStale)),
    ("log missing", |p| remove(&p.file("log")), None),
    ("log a text", |p| fs::write(p.file("log"), "Dear diary").unwrap(), None),
];

fn remove(path: &Path) {
    fs::remove_file(path).unwrap();
}

fn cut(path: &Path, length: u64) {
    fs::File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn change(path: &Path, at: usize, change: fn(&mut u8)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes[at]);
    fs::write(path, bytes).unwrap();
}

fn in_its_place(place: &Place) {
    fs::remove_dir_all(&place.path).unwrap();
    fs::write(&place.path, "Dear diary").unwrap();
}

fn zeros(place: &Place) {
    let mut bytes = fs::read(place.file("data")).unwrap();
    bytes[4096..].fill(0);
    fs::write(place.file("data"), bytes).unwrap();
}

fn foreign_keys(place: &Place) {
    let (other, _) = Place::with_store();
    fs::copy(other.file("keys"), place.file("keys")).unwrap();
}

fn older_keys(place: &Place) {
    let older = fs::read(place.file("keys")).unwrap();
    let prm = Prm::open(&place.path, options()).unwrap();
    let patients: Vec<_> =
        (0..300).map(|_| prm_core::Command::AddPatient { id: None, patient: patient("Ana") }).collect();
    administrator(&prm).execute(patients).unwrap();
    prm.shut_down().unwrap();
    fs::write(place.file("keys"), older).unwrap();
}

#[test]
fn error_table() {
    let mut wrong = Vec::new();
    for (what, deed, expected) in TABLE {
        let (place, ana) = Place::with_store();
        deed(&place);
        let opened = Prm::open(&place.path, options());
        let found = opened.as_ref().err().map(prm_core::Error::kind);
        println!("{what}: {found:?}");
        if found != *expected {
            wrong.push(format!("{what}: expected {expected:?}, found {opened:?}"));
        }
        if let Ok(prm) = opened {
            assert!(administrator(&prm).people().patient(ana).is_ok(), "{what}");
            prm.shut_down().unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A store that was made and shut down before its first patient was refused as having lost its keys.
#[test]
fn a_store_without_a_patient_opens_again() {
    let place = Place::empty();
    Prm::create(&place.path, options(), Founder::system("setup")).unwrap().prm.shut_down().unwrap();
    let prm = Prm::open(&place.path, options()).unwrap();
    let ana = administrator(&prm).people().add(patient("Ana")).unwrap();
    assert!(administrator(&prm).people().patient(ana).is_ok());
    prm.shut_down().unwrap();
}

#[test]
fn a_wrong_key_opens_nothing_and_the_right_one_does() {
    let (place, _) = Place::with_store();
    let with = |key| Prm::open(&place.path, prm_core::OpenOptions::key(key));
    assert_eq!(kind(with(Key::raw([8; 32]))), ErrorKind::WrongKey);
    assert_eq!(kind(with(Key::passphrase("correct horse"))), ErrorKind::WrongKey);
    with(Key::raw([7; 32])).unwrap().shut_down().unwrap();
}

#[test]
fn a_passphrase_opens_however_it_was_typed() {
    let place = Place::empty();
    let with = |words: &str| prm_core::OpenOptions::key(Key::passphrase(words));
    let made = Prm::create(&place.path, with("Käse und Brot"), Founder::system("setup")).unwrap();
    made.prm.shut_down().unwrap();
    assert_eq!(kind(Prm::open(&place.path, with("Kase und Brot"))), ErrorKind::WrongKey);
    assert_eq!(kind(Prm::open(&place.path, options())), ErrorKind::WrongKey);
    Prm::open(&place.path, with("Ka\u{308}se\u{a0}und Brot")).unwrap().shut_down().unwrap();
}

#[test]
fn creating_never_touches_what_is_there_and_leaves_nothing_half_made() {
    let (place, ana) = Place::with_store();
    assert_eq!(kind(Prm::create(&place.path, options(), Founder::system("other"))), ErrorKind::Conflict);
    let prm = Prm::open(&place.path, options()).unwrap();
    assert!(administrator(&prm).people().patient(ana).is_ok());
    prm.shut_down().unwrap();
    let empty = Place::empty();
    let without_words = prm_core::OpenOptions::key(Key::passphrase(""));
    assert_eq!(kind(Prm::create(&empty.path, without_words, Founder::system("setup"))), ErrorKind::Invalid);
    assert!(!empty.path.exists());
    for founder in [Founder::system(" "), Founder::practitioner(Practitioner::default())] {
        assert_eq!(kind(Prm::create(&empty.path, options(), founder.clone())), ErrorKind::Invalid, "{founder:?}");
        assert!(!empty.path.exists());
    }
}

#[test]
fn a_second_opener_is_refused_in_the_same_process_and_in_another() {
    let (place, _) = Place::with_store();
    let prm = Prm::open(&place.path, options()).unwrap();
    assert_eq!(kind(Prm::open(&place.path, options())), ErrorKind::AlreadyOpen);
    let told = child("try", &place.path).output().unwrap();
    assert_eq!(String::from_utf8(told.stdout).unwrap(), "error already_open\n");
    prm.shut_down().unwrap();
    let mut owner = child("try", &place.path).spawn().unwrap();
    let mut line = String::new();
    std::io::BufReader::new(owner.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "open\n");
    assert_eq!(kind(Prm::open(&place.path, options())), ErrorKind::AlreadyOpen);
    drop(owner.stdin.take());
    assert!(owner.wait().unwrap().success());
    Prm::open(&place.path, options()).unwrap().shut_down().unwrap();
}

#[test]
fn every_call_after_a_shut_down_is_refused() {
    let (place, ana) = Place::with_store();
    let prm = Prm::open(&place.path, options()).unwrap();
    let (session, clone) = (administrator(&prm), prm.clone());
    let mut news = session.subscribe(None).unwrap();
    prm.shut_down().unwrap();
    let page = Page::first(1);
    let outcomes = [
        ("shut_down", clone.shut_down().err()),
        ("session", clone.session(Actor::system("setup"), Purpose::Operations).err()),
        ("patient", session.people().patient(ana).err()),
        ("list", session.people().list(&page).err()),
        ("add", session.people().add(patient("Bo")).err()),
        ("timeline", session.chart().timeline(ana, &prm_core::chart::TimelineQuery::default(), &page).err()),
        ("accesses", session.govern().accesses(ana, &page).err()),
        ("stats", session.upkeep().stats().err()),
        ("check", session.upkeep().check(&prm_core::Progress::default()).err()),
        ("subscribe", session.subscribe(None).err()),
        ("next", news.next(std::time::Duration::from_secs(5)).err()),
    ];
    for (call, error) in outcomes {
        assert_eq!(error.map(|e| e.kind()), Some(ErrorKind::Closed), "{call}");
    }
}

#[test]
fn a_store_opened_for_reading_refuses_commands_and_records_reads() {
    let (place, ana) = Place::with_store();
    let prm = Prm::open(&place.path, options().read_only()).unwrap();
    let session = administrator(&prm);
    assert_eq!(kind(session.people().add(patient("Bo"))), ErrorKind::Unsupported);
    session.people().patient(ana).unwrap();
    let reader = session.id();
    prm.shut_down().unwrap();
    let prm = Prm::open(&place.path, options()).unwrap();
    let accesses = administrator(&prm).govern().accesses(ana, &Page::first(50)).unwrap().accesses;
    assert!(accesses.iter().any(|access| access.session == reader), "{accesses:?}");
    prm.shut_down().unwrap();
}

/// Someone who may read the files of a store and not write them sees nothing of it.
#[cfg(unix)]
#[test]
fn a_store_whose_log_cannot_be_written_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let permit = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for writable in [&[][..], &["data", "keys"][..]] {
        let (place, _) = Place::with_store();
        for file in ["data", "keys", "log"] {
            permit(&place.file(file), if writable.contains(&file) { 0o666 } else { 0o444 });
        }
        permit(&place.path, 0o555);
        permit(place.path.parent().unwrap(), 0o755);
        let mut opener = child("try", &place.path);
        // The administrator of a machine may write whatever the permissions say.
        let told = opener.uid(NOBODY).output().or_else(|_| child("try", &place.path).output()).unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        permit(&place.path, 0o755);
        if told == "open\n" {
            return skip("read-only folder", "the user of this test may write what it may not");
        }
        assert_eq!(told, "error audit_unavailable\n", "with {writable:?} writable");
    }
}

#[cfg(unix)]
#[test]
fn forked_child_drops() {
    let place = Place::empty();
    let told = child("fork", &place.path).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "child read wrong_process",
            "child write wrong_process",
            "child session wrong_process",
            "child shut_down wrong_process",
            "child dropped",
            "waited true 0",
            "parent reads 1",
            "second opener already_open",
            "patients 2",
            "problems 0",
        ]
    );
}
