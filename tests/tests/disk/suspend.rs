//! Letting go of a store while the app is in the background.

use std::io::{BufRead, BufReader};

use prm_core::{ErrorKind, Key, Prm};

use super::{Place, administrator, child, kind, options, patient};

#[test]
fn another_process_opens_a_suspended_store_and_the_handle_has_it_back_afterwards() {
    let (place, ana) = Place::with_store();
    let prm = Prm::open(&place.path, options()).unwrap();
    let session = administrator(&prm);
    session.people().add(patient("Bo")).unwrap();
    let (mut refused, said) = attempt(&place);
    assert_eq!(said, "error already_open");
    refused.wait().unwrap();

    prm.suspend().unwrap();
    let (mut other, said) = attempt(&place);
    assert_eq!(said, "open");
    assert_eq!(kind(prm.resume(&Key::raw([7; 32]))), ErrorKind::AlreadyOpen);
    drop(other.stdin.take());
    assert!(other.wait().unwrap().success());
    prm.resume(&Key::raw([7; 32])).unwrap();
    assert_eq!(session.people().patient(ana).unwrap().version, 1);
    let (mut refused, said) = attempt(&place);
    assert_eq!(said, "error already_open");
    refused.wait().unwrap();
    assert_eq!(session.upkeep().check(&prm_core::Progress::default()).unwrap().problems, Vec::<String>::new());
    prm.shut_down().unwrap();
}

/// A process that tries to open the store, and what it says.
fn attempt(place: &Place) -> (std::process::Child, String) {
    let mut child = child("try", &place.path).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
    (child, said.trim_end().to_owned())
}

/// A process that was suspended may be ended at any time: nothing is to be repaired then, and nothing is missing.
#[test]
fn a_copy_of_a_suspended_store_is_whole() {
    let (place, ana) = Place::with_store();
    let prm = Prm::open(&place.path, options()).unwrap();
    let session = administrator(&prm);
    let bo = session.people().add(patient("Bo")).unwrap();
    session.people().patient(ana).unwrap();
    prm.suspend().unwrap();
    assert_eq!(std::fs::metadata(place.file("log")).unwrap().len(), 0);
    let copy = place.path.with_extension("copy");
    std::fs::create_dir(&copy).unwrap();
    for file in Prm::files() {
        std::fs::copy(place.file(&file.name), copy.join(&file.name)).unwrap();
    }
    let copied = Prm::open(&copy, options()).unwrap();
    assert_eq!(administrator(&copied).people().patient(bo).unwrap().version, 1);
    copied.shut_down().unwrap();
}

/// A device that comes back from a backup has no key ring until the host puts it there.
#[test]
fn a_store_that_comes_back_without_its_key_ring_waits_for_it() {
    let (place, ana) = Place::with_store();
    let prm = Prm::open(&place.path, options()).unwrap();
    prm.suspend().unwrap();
    let kept_out = Prm::files().into_iter().find(|file| !file.may_be_backed_up).unwrap();
    let (ring, elsewhere) = (place.file(&kept_out.name), place.path.with_extension("ring"));
    std::fs::rename(&ring, &elsewhere).unwrap();
    assert_eq!(kind(prm.resume(&Key::raw([7; 32]))), ErrorKind::KeyRingMissing);
    std::fs::rename(&elsewhere, &ring).unwrap();
    prm.resume(&Key::raw([7; 32])).unwrap();
    assert_eq!(administrator(&prm).people().patient(ana).unwrap().version, 1);
}
