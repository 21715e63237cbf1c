//! What is in the columns.

use prm_arrow::{accesses, patients, timeline, trend};
use prm_core::chart::{ChartEntry, EntryKind, TimelineQuery};
use prm_core::people::Patient;
use prm_core::{Actor, Coding, FhirImport, Page, Progress, Purpose};
use serde_json::json;

use crate::cells::{Row, column, rows};
use crate::clinic::{Clinic, weight};

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
}

#[test]
fn a_patient_is_a_row_with_what_is_known() {
    let clinic = Clinic::open();
    let born = |patient: Patient, date: &str| Patient { birth_date: Some(date.parse().unwrap()), ..patient };
    let mut ana = born(clinic.named("Ana Ortiz 🌷"), "1987-04");
    ana.gender = Some(prm_core::people::Gender::Female);
    ana.deceased = Some(prm_core::people::Deceased { at: None });
    let ana = clinic.office.people().add(ana).unwrap();
    let nobody = Patient { active: false, managing_organisation: Some(clinic.site), ..Patient::default() };
    let nobody = clinic.office.people().add(nobody).unwrap();

    let found = rows(patients(&clinic.doctor, &Progress::default()).unwrap());

    let (ana, nobody) = (ana.to_string(), nobody.to_string());
    let named = row(&[
        ("patient", &ana),
        ("name", "Ana Ortiz 🌷"),
        ("birth_date", "1987-04"),
        ("birth_date_day", "1987-04-01"),
        ("birth_date_precision", "month"),
        ("gender", "female"),
        ("active", "true"),
        ("deceased", "true"),
    ]);
    let unnamed = row(&[("patient", &nobody), ("name", ""), ("active", "false"), ("deceased", "false")]);
    assert_eq!(found.len(), 2);
    assert!(found.contains(&named), "{found:?}");
    assert!(found.contains(&unnamed), "{found:?}");
    let listed = clinic.doctor.people().list(&Page::first(10)).unwrap().patients;
    assert_eq!(column(&found, "patient"), listed.iter().map(|row| row.id.to_string()).collect::<Vec<_>>());
}

#[test]
fn an_entry_is_a_row_with_its_first_code_and_its_value_as_given_and_as_a_number() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let entry: ChartEntry = serde_json::from_value(json!({
        "kind": "Observation", "status": "final", "status_code": "amended",
        "when": "2019-03-07T23:28:17.5-05:00", "until": "2019-03",
        "code": {"codings": [{"system": "http://loinc.org", "code": "2339-0", "display": "Glucose"},
            {"system": "urn:local", "code": "G"}], "text": "Sugar"},
        "categories": [{"system": "urn:c", "code": "laboratory"}],
        "title": "Glucose in blood",
        "value": {"quantity": {"value": "6.30", "comparator": "<", "unit": "mmol per litre",
            "system": "http://unitsofmeasure.org", "code": "mmol/L"}},
        "components": [{"code": {"text": "part"}}],
        "note": "fasting",
    }))
    .unwrap();
    let id = clinic.office.chart().add(patient, entry).unwrap();

    let found = rows(timeline(&clinic.doctor, patient, &TimelineQuery::default(), &Progress::default()).unwrap());

    let (id, patient) = (id.to_string(), patient.to_string());
    let expected = row(&[
        ("patient", &patient),
        ("entry", &id),
        ("version", "1"),
        ("recorded", "2026-03-02 09:00:00.123456"),
        ("kind", "Observation"),
        ("status", "final"),
        ("status_code", "amended"),
        ("when", "2019-03-07T23:28:17.500-05:00"),
        ("when_at", "2019-03-08 04:28:17.500"),
        ("when_day", "2019-03-07"),
        ("when_precision", "instant"),
        ("until", "2019-03"),
        ("until_day", "2019-03-01"),
        ("until_precision", "month"),
        ("title", "Glucose in blood"),
        ("system", "http://loinc.org"),
        ("code", "2339-0"),
        ("display", "Glucose"),
        ("text", "Sugar"),
        ("category", "laboratory"),
        ("value_kind", "quantity"),
        ("value", "6.30"),
        ("value_number", "6.3"),
        ("value_comparator", "<"),
        ("value_unit", "mmol per litre"),
        ("value_ucum", "mmol/L"),
        ("components", "1"),
        ("conflicts", "0"),
        ("note", "fasting"),
    ]);
    assert_eq!(found, [expected]);
}

#[test]
fn an_entry_that_was_imported_names_its_source() {
    let clinic = Clinic::open();
    let bundle = json!({"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p"}},
        {"resource": {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "Mood"},
            "subject": {"reference": "Patient/p"}}},
    ]});
    let what = FhirImport::from_source("lab").managed_by(clinic.site);
    clinic.office.fhir().import(&what, bundle.to_string().as_bytes(), &Progress::default()).unwrap();
    let patient = clinic.doctor.people().list(&Page::first(1)).unwrap().patients[0].id;
    let query = TimelineQuery { kinds: vec![EntryKind::Observation], ..TimelineQuery::default() };

    let found = rows(timeline(&clinic.doctor, patient, &query, &Progress::default()).unwrap());

    assert_eq!(column(&found, "source"), ["lab"]);
    assert_eq!(column(&found, "source_identity"), ["Observation/o"]);
    assert_eq!(column(&found, "text"), ["Mood"]);
}

#[test]
fn each_kind_of_value_is_told_apart() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let values = [
        (json!({"quantity": {"value": "-0.10"}}), ["quantity", "-0.10", "-0.1"]),
        (json!({"concept": {"codings": [{"code": "POS", "display": "Positive"}]}}), ["concept", "Positive", ""]),
        (json!({"text": "blue"}), ["text", "blue", ""]),
        (json!({"boolean": true}), ["boolean", "true", ""]),
        (json!({"integer": -7}), ["integer", "-7", "-7"]),
        (json!({"when": "2020-02"}), ["when", "2020-02", ""]),
    ];
    for (year, (value, _)) in values.iter().enumerate() {
        let mut entry = ChartEntry::new(EntryKind::Observation, Coding::default());
        entry.title = "finding".into();
        entry.value = Some(serde_json::from_value(value.clone()).unwrap());
        entry.when = Some(format!("{:04}", 9999 - 8000 - year).parse().unwrap());
        clinic.office.chart().add(patient, entry).unwrap();
    }

    let found = rows(timeline(&clinic.doctor, patient, &TimelineQuery::default(), &Progress::default()).unwrap());

    let kinds = ["value_kind", "value", "value_number"].map(|name| column(&found, name));
    for (at, (_, expected)) in values.iter().enumerate() {
        assert_eq!([&kinds[0][at], &kinds[1][at], &kinds[2][at]], *expected);
    }
    assert_eq!(column(&found, "when")[0], "1999");
    assert_eq!(column(&found, "when_day")[0], "1999-01-01");
    assert_eq!(column(&found, "when_precision")[0], "year");
    assert_eq!(column(&found, "when_at")[0], "");
    assert_eq!(column(&found, "code"), vec![""; 6], "an empty code is no code");
}

#[test]
fn a_trend_is_the_points_of_its_series() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    clinic.weights(patient, 3);
    let mut pounds = ChartEntry::new(EntryKind::Observation, weight());
    pounds.when = Some("2026-02".parse().unwrap());
    pounds.value = Some(serde_json::from_str(r#"{"quantity": {"value": "150", "unit": "lb"}}"#).unwrap());
    let pounds = clinic.office.chart().add(patient, pounds).unwrap();

    let found = rows(trend(&clinic.doctor, patient, &weight(), None, 100, &Progress::default()).unwrap());
    let newest = rows(trend(&clinic.doctor, patient, &weight(), None, 2, &Progress::default()).unwrap());

    let series = clinic.doctor.chart().trend(patient, &weight(), None, 100).unwrap().series;
    let points: Vec<_> = series.iter().flat_map(|series| &series.points).collect();
    assert_eq!(column(&found, "entry"), points.iter().map(|point| point.entry.to_string()).collect::<Vec<_>>());
    assert_eq!(column(&found, "value"), ["0.50", "1.50", "2.50", "150"]);
    assert_eq!(column(&newest, "value"), ["1.50", "2.50"]);
    let (id, patient) = (pounds.to_string(), patient.to_string());
    let expected = row(&[
        ("patient", &patient),
        ("entry", &id),
        ("unit", "lb"),
        ("when", "2026-02"),
        ("when_day", "2026-02-01"),
        ("when_precision", "month"),
        ("value", "150"),
        ("value_number", "150"),
        ("status", "unknown"),
    ]);
    assert_eq!(found[3], expected);
}

#[test]
fn accesses_tell_who_looked_and_reading_a_table_is_one_of_them() {
    let clinic = Clinic::open();
    let patient = clinic.patient();
    let stranger = clinic.stranger();
    assert!(timeline(&stranger, patient, &TimelineQuery::default(), &Progress::default()).is_err());
    drop(timeline(&clinic.doctor, patient, &TimelineQuery::default(), &Progress::default()).unwrap());
    clinic.clock.set("2026-03-02T09:05:00Z".parse().unwrap());
    let oneself = clinic.prm.session(Actor::patient(patient), Purpose::PatientRequest).unwrap();

    let found = rows(accesses(&oneself, patient, &Progress::default()).unwrap());

    let chart: Vec<_> = found.iter().filter(|row| row["data_class"] == "chart").collect();
    let of = |session: &prm_core::Session| {
        let id = session.id().to_string();
        (**chart.iter().find(|row| row["session"] == id).unwrap()).clone()
    };
    let prm_core::Who::Practitioner(doctor) = clinic.doctor.actor().who else { panic!() };
    let (id, doctor, session) = (patient.to_string(), doctor.to_string(), clinic.doctor.id().to_string());
    let expected = row(&[
        ("patient", &id),
        ("at", "2026-03-02 09:00:00.123456"),
        ("who_kind", "practitioner"),
        ("who", &doctor),
        ("purpose", "TREAT"),
        ("data_class", "chart"),
        ("action", "read"),
        ("permitted", "true"),
        ("reads", "1"),
        ("listed", "false"),
        ("session", &session),
    ]);
    assert_eq!(of(&clinic.doctor), expected);
    assert_eq!(of(&stranger)["permitted"], "false");
}
