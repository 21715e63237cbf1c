//! The objects, as Rust sees them: what crosses, and what becomes of errors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use prm_core::people::{HumanName, Patient};
use prm_core::{Actor, Command, Event, Purpose};
use prm_uniffi::{
    AuditSync, Created, Founder, Key, LocalTime, ManualClock, OpenOptions, Prm, PrmError, Progress, Retry,
    create_memory_store, create_store, store_files,
};

fn options() -> OpenOptions {
    OpenOptions {
        key: Key::raw(vec![7; 32]).unwrap(),
        cache_bytes: Some(2 << 20),
        audit_sync: Some(AuditSync::Within { time: Duration::from_secs(1) }),
        read_only: false,
        progress: Some(Progress::new()),
        clock: Some(ManualClock::new("2026-03-02T09:00:00Z".parse().unwrap())),
        seed: Some(1),
    }
}

fn founder() -> Founder {
    Founder::System { name: "desk".to_owned() }
}

fn patient(family: &str) -> Patient {
    let names = vec![HumanName { family: Some(family.into()), ..HumanName::default() }];
    Patient { names, ..Patient::default() }
}

#[test]
fn a_store_is_made_used_followed_shut_down_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm").to_str().unwrap().to_owned();
    let Created { prm, administrator } = create_store(path.clone(), options(), founder()).unwrap();
    let desk = prm.session(Actor::new(administrator.clone()), Purpose::Operations).unwrap();
    let news = desk.subscribe(None).unwrap();
    let ana = desk.people_add(patient("Ortiz")).unwrap();
    let batch = Command::EditPatient { id: ana, version: 1, patient: patient("Ortiz Vega") }.into();
    assert_eq!(desk.execute(batch).unwrap().written.len(), 1);
    for version in [1, 2] {
        match news.next(Duration::ZERO).unwrap() {
            Some(Event::Changed(notice)) => assert_eq!((notice.id, notice.version), (ana.into(), version)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(news.next(Duration::ZERO).unwrap(), None);
    let again = Prm::open(path.clone(), options()).err().unwrap();
    assert!(matches!(again, PrmError::AlreadyOpen { .. }), "{again:?}");
    prm.shut_down().unwrap();
    assert!(matches!(desk.people_patient(ana), Err(PrmError::Closed { .. })));
    assert!(matches!(news.next(Duration::ZERO), Err(PrmError::Closed { .. })));
    drop((desk, news, prm));
    let prm = Prm::open(path, options()).unwrap();
    let desk = prm.session(Actor::new(administrator), Purpose::Operations).unwrap();
    assert_eq!(desk.people_patient(ana).unwrap().version, 2);
}

#[test]
fn every_kind_of_error_has_a_variant_of_its_own_that_says_what_the_core_says() {
    let names: BTreeSet<_> = prm_core::ErrorKind::ALL
        .iter()
        .map(|kind| {
            let error = PrmError::from_kind(*kind);
            assert_eq!(error.info().code, kind.code());
            assert_eq!(error.info().advice, kind.advice());
            format!("{error:?}").split([' ', '{']).next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(names.len(), prm_core::ErrorKind::ALL.len());
}

#[test]
fn an_error_carries_what_a_caller_may_act_on() {
    let Created { prm, administrator } = create_memory_store(options(), founder()).unwrap();
    let desk = prm.session(Actor::new(administrator), Purpose::Operations).unwrap();
    let ana = desk.people_add(patient("Ortiz")).unwrap();
    desk.people_edit(ana, 1, patient("Vega")).unwrap();
    let error = desk.people_edit(ana, 1, patient("Ruiz")).unwrap_err();
    let info = error.info();
    assert_eq!((info.expected, info.found, info.retry), (Some(1), Some(2), Retry::AfterReload));
    assert_eq!(error.to_string(), info.detail);
    let error = Key::raw(vec![7; 31]).err().unwrap();
    assert_eq!(error.info().field.as_deref(), Some("key"));
}

#[test]
fn a_skipped_hour_is_said_to_be_skipped() {
    let Created { prm, .. } = create_memory_store(options(), founder()).unwrap();
    let at = "2026-03-29T01:30:00Z".parse().unwrap();
    let local = prm.resolve("Europe/Berlin".to_owned(), "2026-03-29T02:30:00".to_owned()).unwrap();
    assert_eq!(local, LocalTime::Skipped { at });
    for (zone, local) in [("Mars/Base", "2026-03-29T02:30:00"), ("Europe/Berlin", "half past two")] {
        let error = prm.resolve(zone.to_owned(), local.to_owned()).unwrap_err();
        assert!(matches!(error, PrmError::Invalid { .. }));
    }
}

#[test]
fn an_import_that_was_cancelled_says_so_and_one_that_was_not_tells_how_far_it_came() {
    let Created { prm, administrator } = create_memory_store(options(), founder()).unwrap();
    let desk = prm.session(Actor::new(administrator), Purpose::Operations).unwrap();
    let text = r#"{"resourceType":"Patient","id":"1","name":[{"family":"Ortiz"}]}"#;
    let what = prm_core::FhirImport::from_source("test");
    let progress = Progress::new();
    progress.cancel();
    let error = desk.fhir_import_text(what.clone(), text.to_owned(), Some(progress)).unwrap_err();
    assert!(matches!(error, PrmError::Cancelled { .. }));
    let progress = Progress::new();
    let report = desk.fhir_import_text(what, text.to_owned(), Some(Arc::clone(&progress))).unwrap();
    assert_eq!((report.types.len(), progress.done(), progress.total()), (1, 63, 63));
}

#[test]
fn a_store_is_let_go_of_and_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm").to_str().unwrap().to_owned();
    let Created { prm, administrator } = create_store(path.clone(), options(), founder()).unwrap();
    let desk = prm.session(Actor::new(administrator), Purpose::Operations).unwrap();
    let ana = desk.people_add(patient("Ortiz")).unwrap();
    prm.suspend().unwrap();
    assert!(matches!(desk.people_patient(ana), Err(PrmError::Busy { .. })));
    drop(Prm::open(path, options()).unwrap());
    let wrong = prm.resume(Key::raw(vec![8; 32]).unwrap()).unwrap_err();
    assert!(matches!(wrong, PrmError::WrongKey { .. }), "{wrong:?}");
    prm.resume(Key::raw(vec![7; 32]).unwrap()).unwrap();
    assert_eq!(desk.people_patient(ana).unwrap().version, 1);
    assert!(store_files().iter().any(|file| file.name == "keys" && !file.may_be_backed_up));
}
