//! Bundles in and out of a store in memory.

mod care;
mod hostile;

use super::*;
use crate::chart::{EntryStatus, TimelineQuery};
use crate::interchange::fhir::{Json, Piece, Reader};
use crate::page::Page;
use crate::people::PatientSearch;
use crate::session::tests::{Clinic, clinic};
use crate::{ErrorKind, Session};
use std::collections::BTreeMap;

fn bundles() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/synthea");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    assert_eq!(paths.len(), 9);
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn import(clinic: &Clinic, text: &[u8]) -> ImportReport {
    let what = FhirImport::from_source("test").managed_by(clinic.site);
    clinic.admin.fhir().import(&what, text, &Progress::default()).unwrap()
}

fn count(report: &ImportReport, kind: &str) -> (u64, u64, u64) {
    let found = report.types.iter().find(|t| t.kind == kind);
    found.map_or((0, 0, 0), |t| (t.added, t.changed, t.unchanged))
}

fn patients(session: &Session) -> Vec<PatientId> {
    session.people().list(&Page::first(100)).unwrap().patients.into_iter().map(|row| row.id).collect()
}

/// Resources of a text, by their JSON text.
fn resources(text: &[u8]) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for piece in Reader::new(text) {
        if let Piece::Record(record) = piece.unwrap() {
            *found.entry(record.json().unwrap().to_text()).or_default() += 1;
        }
    }
    found
}

#[test]
fn what_came_in_goes_out_token_for_token_and_a_second_import_changes_nothing() {
    let clinic = clinic();
    let mut came = BTreeMap::new();
    for text in bundles() {
        let report = import(&clinic, &text);
        assert_eq!((report.refused_count, report.referenced_patients, report.bundles), (0, 0, 1));
        assert_eq!(count(&report, "Patient"), (1, 0, 0));
        assert_eq!(count(&report, "Bundle"), (1, 0, 0));
        for (text, n) in resources(&text) {
            *came.entry(text).or_insert(0) += n;
        }
    }
    assert_eq!(came.values().sum::<u32>(), 1239);
    let sequence = clinic.admin.upkeep().stats().unwrap().sequence;
    for text in bundles() {
        let report = import(&clinic, &text);
        assert!(report.types.iter().all(|t| t.added == 0 && t.changed == 0), "{:?}", report.types);
    }
    assert_eq!(clinic.admin.upkeep().stats().unwrap().sequence, sequence);
    let mut went: BTreeMap<String, u32> = BTreeMap::new();
    for patient in patients(&clinic.admin) {
        let mut out = Vec::new();
        let report =
            clinic.admin.fhir().export(patient, ExportFormat::Bundle, &mut out, &crate::Progress::default()).unwrap();
        assert_eq!((report.edited, report.resources - report.as_imported), (0, 1), "all but the clinic came in");
        for (text, n) in resources(&out) {
            *went.entry(text).or_default() += n;
        }
    }
    for (text, n) in &came {
        let kind = Json::parse(text.as_bytes()).unwrap().text_of("resourceType").unwrap().to_owned();
        let out = went.get(text).copied().unwrap_or(0);
        // A practitioner or organisation of several patients goes out with each.
        assert!(out >= *n, "{kind} is missing: {n} came in, {out} went out");
    }
    assert_eq!(clinic.admin.upkeep().check(&Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_changed_resource_is_a_new_version_and_an_edit_made_here_goes_out_within_the_text() {
    let clinic = clinic();
    let text = r#"{"resourceType":"Patient","id":"p","x":1.50,"name":[{"family":"Ortiz","given":["Ana"]}]}"#;
    import(&clinic, text.as_bytes());
    let ana = patients(&clinic.admin)[0];
    let other = text.replace("Ortiz", "Lopez");
    assert_eq!(count(&import(&clinic, other.as_bytes()), "Patient"), (0, 1, 0));
    assert_eq!(clinic.admin.people().patient(ana).unwrap().version, 2);
    let mut patient = clinic.admin.people().patient(ana).unwrap().patient;
    patient.birth_date = Some("1987-04".parse().unwrap());
    clinic.admin.people().edit(ana, 2, patient).unwrap();
    let out = clinic.admin.fhir().resource(ana).unwrap();
    assert!(out.contains(r#""x":1.50"#) && out.contains(r#""birthDate":"1987-04""#) && out.contains("Lopez"), "{out}");
    assert_eq!(count(&import(&clinic, other.as_bytes()), "Patient"), (0, 0, 1));
    assert_eq!(clinic.admin.people().patient(ana).unwrap().version, 3);
}

#[test]
fn a_patient_who_comes_late_fills_the_record_that_references_made() {
    let clinic = clinic();
    let lines = concat!(
        r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/late"},"code":{"text":"Asthma"}}"#,
        "\n",
        r#"{"resourceType":"Condition","id":"d","subject":{"reference":"urn:uuid:0b"},"code":{"text":"Gout"}}"#,
        "\n{\"resourceType\":\"Patient\",\"id\":}\n",
        r#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/late"}}"#,
    );
    let report = import(&clinic, lines.as_bytes());
    assert_eq!((report.referenced_patients, report.refused_count), (1, 1));
    assert_eq!(report.refused[0].line, 3);
    assert!(patients(&clinic.admin).is_empty());
    let late = r#"{"resourceType":"Patient","id":"late","name":[{"text":"Late Comer"}]}"#;
    let report = import(&clinic, late.as_bytes());
    assert_eq!((count(&report, "Patient"), report.referenced_patients), ((1, 0, 0), 0));
    let found = clinic.admin.people().search(&PatientSearch::text("comer"), 5).unwrap();
    let chart = clinic.admin.chart();
    let shown = chart.timeline(found[0].patient.id, &TimelineQuery::default(), &Page::first(9)).unwrap();
    assert_eq!(shown.entries.len(), 2);
    assert!(shown.entries.iter().any(|view| view.entry.status == EntryStatus::Final));
}

#[test]
fn references_forward_within_a_bundle_lead_to_their_patient() {
    let clinic = clinic();
    let bundle = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Condition","subject":{"reference":"urn:uuid:2"},
            "encounter":{"reference":"urn:uuid:3"},"code":{"text":"Asthma"}}},
        {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Encounter","status":"finished","subject":{"reference":"urn:uuid:2"}}},
        {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Patient","name":[{"text":"Ana Ortiz"}]}}]}"#;
    let report = import(&clinic, bundle.as_bytes());
    assert_eq!((report.unresolved_links, report.referenced_patients), (0, 0));
    let ana = patients(&clinic.admin)[0];
    assert_eq!(clinic.admin.chart().problems(ana).unwrap().len(), 1);
}

#[test]
fn resources_that_share_a_business_identifier_are_records_of_their_own() {
    let clinic = clinic();
    let lines = r#"{"resourceType":"Patient","id":"p","name":[{"text":"Ana Ortiz"}]}
{"resourceType":"Claim","id":"a","identifier":[{"system":"http://x","value":"1"}],"patient":{"reference":"Patient/p"}}
{"resourceType":"Claim","id":"b","identifier":[{"system":"http://x","value":"1"}],"patient":{"reference":"Patient/p"}}
{"resourceType":"Task","id":"t","for":{"reference":"Patient/p"},"focus":{"reference":"Claim?identifier=http://x|1"}}"#;
    let report = import(&clinic, lines.as_bytes());
    assert_eq!(count(&report, "Claim"), (2, 0, 0));
    assert_eq!(report.unresolved_links, 1, "nobody knows which claim the task is about");
}

#[test]
fn who_may_not_write_may_not_import_and_a_cancelled_import_says_so() {
    let clinic = clinic();
    let nobody = clinic.prm.session(crate::Actor::system("nobody"), crate::Purpose::Operations).unwrap();
    let what = FhirImport::from_source("test");
    let text = br#"{"resourceType":"Patient","id":"p"}"#;
    let denied = nobody.fhir().import(&what, &text[..], &Progress::default()).unwrap_err();
    assert_eq!(denied.kind(), ErrorKind::Denied);
    let progress = Progress::default();
    progress.cancel();
    let cancelled = clinic.admin.fhir().import(&what, &text[..], &progress).unwrap_err();
    assert_eq!(cancelled.kind(), ErrorKind::Cancelled);
    assert!(patients(&clinic.admin).is_empty());
    let nameless = clinic.admin.fhir().import(&FhirImport::default(), &text[..], &Progress::default());
    assert_eq!(nameless.unwrap_err().kind(), ErrorKind::Invalid);
}

#[test]
fn an_export_tells_how_far_it_is_and_leaves_no_file_if_it_is_stopped() {
    let clinic = clinic();
    import(&clinic, &bundles()[0]);
    let patient = patients(&clinic.admin)[0];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patient.json");
    let progress = Progress::default();
    clinic.admin.fhir().export_file(patient, ExportFormat::Bundle, &path, &progress).unwrap();
    let whole = std::fs::read(&path).unwrap();
    assert_eq!(progress.done(), whole.len() as u64);
    progress.cancel();
    let stopped = clinic.admin.fhir().export_file(patient, ExportFormat::Ndjson, &path, &progress).unwrap_err();
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    assert_eq!(std::fs::read(&path).unwrap(), whole, "the file of before stays");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    let sizes = std::thread::scope(|scope| {
        let export = |format| {
            let (fhir, path) = (clinic.admin.clone(), path.clone());
            scope.spawn(move || {
                let progress = Progress::default();
                fhir.fhir().export_file(patient, format, path, &progress).unwrap();
                progress.done()
            })
        };
        [ExportFormat::Bundle, ExportFormat::Ndjson].map(export).map(|export| export.join().unwrap())
    });
    let size = std::fs::metadata(&path).unwrap();
    assert!(sizes.contains(&size.len()), "one of the two, whole");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&size.permissions()) & 0o777, 0o600);
    let nameless = clinic.admin.fhir().export_file(patient, ExportFormat::Bundle, "..", &Progress::default());
    assert_eq!(nameless.unwrap_err().kind(), ErrorKind::Invalid);
    let nowhere = folder.path().join("none").join("patient.json");
    let error = clinic.admin.fhir().export_file(patient, ExportFormat::Bundle, nowhere, &Progress::default());
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Io);
}
