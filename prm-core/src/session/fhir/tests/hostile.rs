//! Imports that overreach, and imports that go wrong half-way.

use super::*;
use crate::chart::{ChartEntry, EntryKind};
use crate::command::RecordKind;
use crate::id::{EntryId, OrganisationId, PractitionerId, RecordId};
use crate::people::Practitioner;
use crate::session::tests::gate::written_after;
use crate::value::Coding;
use crate::{Actor, Purpose, Result};

const VERY_RESTRICTED: &str =
    r#""meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}]},"#;

fn import_as(session: &Session, text: &str) -> Result<ImportReport> {
    session.fhir().import(&FhirImport::from_source("test"), text.as_bytes(), &Progress::default())
}

fn sequence(clinic: &Clinic) -> u64 {
    clinic.admin.upkeep().stats().unwrap().sequence
}

fn shown(clinic: &Clinic, patient: PatientId) -> Vec<EntryId> {
    let page = clinic.admin.chart().timeline(patient, &TimelineQuery::default(), &Page::first(50)).unwrap();
    page.entries.iter().map(|view| view.id).collect()
}

fn kinds(error: Result<ImportReport>) -> ErrorKind {
    error.unwrap_err().kind()
}

/// The version that came in was asked about, not the one it replaced: a text without the label took the label away.
#[test]
fn an_import_does_not_replace_what_the_importer_may_not_edit() {
    let clinic = clinic();
    let condition = |labels: &str| {
        format!(
            r#"{{"resourceType":"Condition","id":"c",{labels}"subject":{{"reference":"Patient/p"}},"code":{{"text":"x"}}}}"#
        )
    };
    let text = format!("{{\"resourceType\":\"Patient\",\"id\":\"p\"}}\n{}", condition(VERY_RESTRICTED));
    import(&clinic, text.as_bytes());
    let doctor = clinic.prm.session(Actor::practitioner(clinic.doctor), Purpose::Treatment).unwrap();
    assert_eq!(kinds(import_as(&doctor, &condition(""))), ErrorKind::Denied);
    import_as(&clinic.admin, &condition("")).unwrap();
}

#[test]
fn an_import_does_not_move_a_patient_of_another_site_to_the_importers() {
    let clinic = clinic();
    let before = sequence(&clinic);
    let lines = r#"{"resourceType":"Organization","id":"theirs","name":"Theirs"}
{"resourceType":"Patient","id":"q","managingOrganization":{"reference":"Organization/theirs"}}
{"resourceType":"Patient","id":"p","name":[{"text":"Ana Ortiz"}]}"#;
    import(&clinic, lines.as_bytes());
    let theirs = OrganisationId::from(written_after(&clinic.admin, before, &RecordKind::Organisation)[0]);
    let doctor = Practitioner { organisations: vec![theirs], ..Practitioner::default() };
    let doctor: PractitionerId = clinic.admin.people().add_practitioner(doctor).unwrap();
    let doctor = clinic.prm.session(Actor::practitioner(doctor), Purpose::Treatment).unwrap();
    let take = r#"{"resourceType":"Patient","id":"p","managingOrganization":{"reference":"Organization/theirs"}}"#;
    assert_eq!(kinds(import_as(&doctor, take)), ErrorKind::Denied);
}

#[test]
fn who_may_edit_nothing_learns_and_leaves_nothing_by_importing() {
    let clinic = clinic();
    let text = r#"{"resourceType":"Patient","id":"p","name":[{"text":"Ana Ortiz"}]}"#;
    import(&clinic, text.as_bytes());
    let ana = patients(&clinic.admin)[0];
    let rows = |clinic: &Clinic| {
        let stats = clinic.admin.upkeep().stats().unwrap();
        stats.rows.iter().find(|rows| rows.table == "ident").unwrap().rows
    };
    let before = rows(&clinic);
    let nobody = clinic.prm.session(Actor::system("nobody"), Purpose::Operations).unwrap();
    let waits = r#"{"resourceType":"Basic","id":"b","subject":{"reference":"urn:uuid:5"}}"#;
    for session in [&nobody, &clinic.oneself(ana)] {
        assert_eq!(kinds(import_as(session, text)), ErrorKind::Denied);
        assert_eq!(kinds(import_as(session, waits)), ErrorKind::Denied);
    }
    assert_eq!(rows(&clinic), before);
}

/// A record that was refused left the patient it named behind.
#[test]
fn a_refused_record_leaves_nothing_behind() {
    let clinic = clinic();
    let bundle = |resource: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:uuid:1","resource":{resource}}},
            {{"fullUrl":"urn:uuid:2","resource":{{"resourceType":"Patient","name":[{{"text":"Bo Li"}}]}}}}]}}"#
        )
    };
    import(&clinic, bundle(r#"{"resourceType":"Patient","name":[{"text":"Ana Ortiz"}]}"#).as_bytes());
    let before = sequence(&clinic);
    let other = r#"{"resourceType":"Condition","subject":{"reference":"Patient/none"},"code":{"text":"x"}}"#;
    let report = import(&clinic, bundle(other).as_bytes());
    assert_eq!((report.refused_count, report.referenced_patients), (1, 0));
    assert_eq!(count(&report, "Patient"), (0, 0, 1));
    assert_eq!(written_after(&clinic.admin, before, &RecordKind::Patient), []);
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// An observation that its source had filed under the wrong patient stayed in the wrong chart when the source mended it.
#[test]
fn a_resource_whose_patient_was_mended_leaves_the_wrong_chart() {
    let clinic = clinic();
    let observation = |of: &str| {
        format!(
            r#"{{"resourceType":"Observation","id":"o","status":"final","code":{{"text":"x"}},"subject":{{"reference":"{of}"}}}}"#
        )
    };
    let lines = format!(
        "{}\n{}\n{}",
        r#"{"resourceType":"Patient","id":"a","name":[{"text":"Ana Ortiz"}]}"#,
        r#"{"resourceType":"Patient","id":"b","name":[{"text":"Bo Li"}]}"#,
        observation("Patient/a")
    );
    import(&clinic, lines.as_bytes());
    let found = |text| clinic.admin.people().search(&PatientSearch::text(text), 1).unwrap()[0].patient.id;
    let (ana, bo) = (found("ana"), found("bo"));
    let wrong = shown(&clinic, ana)[0];
    let report = import(&clinic, observation("Patient/b").as_bytes());
    assert_eq!(count(&report, "Observation"), (0, 1, 0));
    assert_eq!((shown(&clinic, ana).len(), shown(&clinic, bo).len()), (0, 1));
    assert!(clinic.admin.chart().entry(wrong).unwrap().voided.is_some());
    let out = clinic.admin.fhir().resource(shown(&clinic, bo)[0]).unwrap();
    assert_eq!(out, observation("Patient/b"));
    assert_eq!(count(&import(&clinic, observation("Patient/b").as_bytes()), "Observation"), (0, 0, 1));
    assert_eq!(count(&import(&clinic, observation("Patient/a").as_bytes()), "Observation"), (0, 1, 0));
    assert_eq!((shown(&clinic, ana).len(), shown(&clinic, bo).len()), (1, 0));
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// Clinical records that no patient could be found for went out to anyone who may read the directory.
#[test]
fn records_of_no_patient_are_shown_by_what_they_are() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let before = sequence(&clinic);
    import(&clinic, br#"{"resourceType":"Observation","id":"o","status":"final","code":{"text":"HIV"}}"#);
    import(&clinic, br#"{"resourceType":"Group","id":"g","member":[{"entity":{"display":"Bo Li"}}]}"#);
    import(&clinic, br#"{"resourceType":"Medication","id":"m","code":{"text":"Aspirin"}}"#);
    let strange =
        r#"{"resourceType":"Medication","id":"n","code":{"text":"x"},"meta":{"security":[{"code":"strange"}]}}"#;
    import(&clinic, strange.as_bytes());
    let ids: Vec<RecordId> = written_after(&clinic.admin, before, &RecordKind::Entry);
    let [observation, group, medication] = ids[..] else { panic!("{ids:?}") };
    let own = clinic.oneself(ana);
    for hidden in [observation, group] {
        assert_eq!(own.fhir().resource(hidden).unwrap_err().kind(), ErrorKind::Denied);
        assert!(clinic.admin.fhir().resource(hidden).is_ok());
    }
    assert!(own.fhir().resource(medication).is_ok());
    let links = ids
        .iter()
        .map(|id| crate::chart::Link { role: "related".into(), target: crate::chart::LinkTarget::Entry((*id).into()) });
    let links = links.collect();
    let entry = ChartEntry { links, ..ChartEntry::new(EntryKind::Procedure, Coding::new("urn:x", "y")) };
    clinic.admin.chart().add(ana, entry).unwrap();
    let mut out = Vec::new();
    own.fhir().export(ana, ExportFormat::Ndjson, &mut out, &crate::Progress::default()).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("Aspirin") && !out.contains("HIV") && !out.contains("Bo Li"), "{out}");
}

#[test]
fn labels_of_records_of_no_patient_are_asked_about() {
    let clinic = clinic();
    let before = sequence(&clinic);
    let strange =
        r#"{"resourceType":"Medication","id":"n","code":{"text":"x"},"meta":{"security":[{"code":"strange"}]}}"#;
    import(&clinic, strange.as_bytes());
    assert_eq!(written_after(&clinic.admin, before, &RecordKind::Entry), []);
    let snapshot = clinic.store().snapshot().unwrap();
    let mut ids = Vec::new();
    crate::store::journal::since(&*snapshot, before, &mut |_, batched| {
        ids.extend(batched.changes.iter().map(|changed| changed.id));
        Ok(std::ops::ControlFlow::Continue(()))
    })
    .unwrap();
    assert_eq!(clinic.admin.chart().entry(ids[0].into()).unwrap_err().kind(), ErrorKind::Denied);
    assert_eq!(clinic.admin.fhir().resource(ids[0]).unwrap_err().kind(), ErrorKind::Denied);
}

#[test]
fn texts_of_any_size_and_times_at_the_edges_are_taken_or_refused() {
    let clinic = clinic();
    let long = "x".repeat(10 << 20);
    let identifiers: Vec<_> = (0..100_000).map(|n| format!(r#"{{"system":"s","value":"{n}"}}"#)).collect();
    let lines = format!(
        "{{\"resourceType\":\"Patient\",\"id\":\"a\",\"name\":[{{\"text\":\"{long}\",\"family\":\"{long}\"}}],\
         \"identifier\":[{{\"value\":\"{long}\"}}]}}\n\
         {{\"resourceType\":\"Patient\",\"id\":\"b\",\"name\":[{{\"text\":\"Many\"}}],\"identifier\":[{}]}}",
        identifiers.join(",")
    );
    let report = import(&clinic, lines.as_bytes());
    assert_eq!(count(&report, "Patient").0 + report.refused_count, 2);
    let many = clinic.admin.people().search(&PatientSearch::text("many"), 5).unwrap()[0].patient.id;
    let edges = ["0001-01-01", "0001", "9999-12-31", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00"];
    for source in ["one", "two"] {
        for (n, when) in edges.iter().enumerate() {
            let text = format!(
                r#"{{"resourceType":"Observation","id":"o{n}","status":"final","code":{{"coding":[{{"system":"s","code":"c"}}]}},
                "subject":{{"reference":"Patient/b"}},"effectiveDateTime":"{when}","valueString":"{source}"}}"#
            );
            let lines = format!(
                "{{\"resourceType\":\"Patient\",\"id\":\"b\",\"name\":[{{\"text\":\"{source}\"}}]}}\n{}",
                text.replace('\n', " ")
            );
            let what = FhirImport::from_source(source);
            clinic.admin.fhir().import(&what, lines.as_bytes(), &Progress::default()).unwrap();
        }
    }
    let found = clinic.admin.people().search(&PatientSearch::text("one"), 5).unwrap();
    for patient in [many, found[0].patient.id] {
        for future in [true, false] {
            let query = TimelineQuery { future, ..TimelineQuery::default() };
            clinic.admin.chart().timeline(patient, &query, &Page::first(50)).unwrap();
        }
        clinic.admin.chart().latest(patient, &[]).unwrap();
        clinic.admin.chart().trend(patient, &Coding::new("s", "c"), None, 10).unwrap();
    }
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// Reads that ask to stop when half of the text was handed out.
struct Halting<'a>(&'a [u8], usize, Progress);

impl std::io::Read for Halting<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if self.0.len() < self.1 {
            self.2.cancel();
        }
        let most = to.len().min(self.0.len()).min(64 << 10);
        let (now, rest) = self.0.split_at(most);
        to[..most].copy_from_slice(now);
        self.0 = rest;
        Ok(most)
    }
}

#[test]
fn an_import_that_was_stopped_goes_on_when_it_is_made_again_and_two_at_once_agree() {
    let clinic = clinic();
    let note = "x".repeat(8 << 10);
    let lines: Vec<_> = (0..3_000)
        .map(|n| {
            format!(
                r#"{{"resourceType":"Condition","id":"c{n}","subject":{{"reference":"Patient/p{}"}},"code":{{"text":"x"}},"note":[{{"text":"{note}"}}]}}"#,
                n % 7
            )
        })
        .collect();
    let text = lines.join("\n");
    let what = FhirImport::from_source("test").managed_by(clinic.site);
    let progress = Progress::default();
    let halting = Halting(text.as_bytes(), text.len() / 8, progress.clone());
    let stopped = clinic.admin.fhir().import(&what, halting, &progress).unwrap_err();
    assert_eq!(stopped.kind(), ErrorKind::Cancelled);
    let mut added = Vec::new();
    std::thread::scope(|scope| {
        let again = || {
            let report = clinic.admin.fhir().import(&what, text.as_bytes(), &Progress::default()).unwrap();
            assert_eq!(report.refused_count, 0);
            count(&report, "Condition")
        };
        let both = [scope.spawn(again), scope.spawn(again)];
        added.extend(both.map(|one| one.join().unwrap()));
    });
    for (_, changed, _) in &added {
        assert_eq!(*changed, 0);
    }
    assert!(added[0].0 + added[1].0 < 3_000, "{added:?}: nothing was kept of the first attempt");
    assert_eq!(added.iter().map(|(new, _, same)| new + same).sum::<u64>(), 6_000);
    assert_eq!(clinic.admin.upkeep().stats().unwrap().patients, 7);
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

/// A resource known by its business identifier alone became a second record once another resource had the same identifier.
#[test]
fn a_resource_known_by_an_identifier_that_others_have_stays_one_record() {
    let clinic = clinic();
    let alone = |name: &str| {
        format!(
            r#"{{"resourceType":"Patient","identifier":[{{"system":"s","value":"1"}}],"name":[{{"text":"{name}"}}]}}"#
        )
    };
    let named =
        r#"{"resourceType":"Patient","id":"b","identifier":[{"system":"s","value":"1"}],"name":[{"text":"Bo"}]}"#;
    import(&clinic, alone("Ana").as_bytes());
    import(&clinic, named.as_bytes());
    assert_eq!(count(&import(&clinic, alone("Ana").as_bytes()), "Patient"), (0, 0, 1));
    assert_eq!(count(&import(&clinic, alone("Ann").as_bytes()), "Patient"), (0, 1, 0));
    import(&clinic, named.replace("Bo", "Bob").as_bytes());
    assert_eq!(count(&import(&clinic, alone("Ann").as_bytes()), "Patient"), (0, 0, 1));
    assert_eq!(clinic.admin.upkeep().stats().unwrap().patients, 2);
    let of = r#"{"resourceType":"Task","id":"t","status":"draft","focus":{"reference":"Patient?identifier=s|1"}}"#;
    assert_eq!(import(&clinic, of.as_bytes()).unresolved_links, 1, "nobody knows which patient is meant");
}

#[test]
fn a_report_stays_small_whatever_types_come() {
    let clinic = clinic();
    let letters =
        |n: usize| -> String { [n / 676, n / 26 % 26, n % 26].map(|n| char::from(b'a' + n as u8)).iter().collect() };
    let lines: Vec<_> = (0..3_000).map(|n| format!(r#"{{"resourceType":"X{}","id":"x"}}"#, letters(n))).collect();
    let report = import(&clinic, lines.join("\n").as_bytes());
    assert!(report.types.len() <= 1_001, "{}", report.types.len());
    assert_eq!(report.types.iter().map(|t| t.added).sum::<u64>(), 3_000);
    let nowhere = FhirImport::from_source("test").managed_by(OrganisationId::from_uuid(uuid::Uuid::from_u128(1)));
    for (what, kind) in [(FhirImport::from_source("test\0Patient"), ErrorKind::Invalid), (nowhere, ErrorKind::NotFound)]
    {
        assert_eq!(kinds(clinic.admin.fhir().import(&what, &b"{}"[..], &Progress::default())), kind);
    }
}
