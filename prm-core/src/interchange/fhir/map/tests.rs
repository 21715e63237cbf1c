use super::*;
use crate::chart::{EntryStatus, EntryValue};
use crate::people::{Gender, SexForClinicalUse};

fn mapped(text: &str) -> Mapping {
    map(&Json::parse(text.as_bytes()).unwrap()).unwrap()
}

fn entry(text: &str) -> ChartEntry {
    mapped(text).entry()
}

fn notes(mapping: &Mapping) -> Vec<String> {
    mapping.notes.iter().map(|note| format!("{}: {}", note.path, note.reason)).collect()
}

#[test]
fn a_patient_has_all_the_record_holds() {
    let mapping = mapped(
        r#"{"resourceType":"Patient","meta":{"security":[{"system":"s","code":"R"}]},
        "extension":[
          {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"},
          {"url":"http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired","valueBoolean":true},
          {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity",
           "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"446141000124107"}]}},
          {"url":"http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse",
           "extension":[{"url":"value","valueCodeableConcept":{"coding":[{"code":"female-typical"}]}}]}],
        "active":false,"name":[{"use":"maiden","family":"Roe","given":["Ana",null,"Eva"],"period":{"end":"2010"}}],
        "telecom":[{"system":"phone","value":"555","rank":2},{"system":"email"}],
        "gender":"female","birthDate":"1987-04","deceasedDateTime":"2020-02-30",
        "communication":[{"language":{"coding":[{"code":"en"}]}},{"language":{"coding":[{"code":"es"}]},"preferred":true}],
        "managingOrganization":{"reference":"Organization/1"},
        "generalPractitioner":[{"reference":"Practitioner/1"},{"reference":"Organization/1"}]}"#,
    );
    let noted = notes(&mapping);
    let Mapped::Patient(patient) = &mapping.mapped else { panic!("no patient") };
    assert!(!patient.active);
    assert_eq!(patient.gender, Some(Gender::Female));
    assert_eq!(patient.sex_for_clinical_use, Some(SexForClinicalUse::FemaleTypical));
    assert_eq!(patient.names[0].given.len(), 2);
    assert_eq!(patient.birth_date.unwrap().to_string(), "1987-04");
    assert_eq!(patient.languages.iter().map(|l| l.interpreter).collect::<Vec<_>>(), [None, Some(true)]);
    assert!(patient.gender_identity.is_some());
    assert_eq!(patient.telecom.len(), 1);
    assert_eq!(patient.deceased.unwrap().at, None);
    assert_eq!(patient.labels.len(), 1);
    assert_eq!(mapping.references.len(), 3);
    assert!(mapping.subjects.is_empty());
    let expected = [
        "telecom[1]: a contact without a value",
        "deceasedDateTime: not a date or time as FHIR writes it",
        "extension[0]: sex at birth is not sex for clinical use: it has no field",
    ];
    assert_eq!(noted, expected);
}

#[test]
fn references_of_a_patient_become_ids_when_they_are_known() {
    let mut mapping = mapped(
        r#"{"resourceType":"Patient","managingOrganization":{"reference":"Organization/1"},
        "generalPractitioner":[{"reference":"Practitioner/1"},{"reference":"Practitioner/2"}]}"#,
    );
    let uuid = uuid::Uuid::from_u128(7);
    let known = |reference: &Reference| match reference.to_text().as_str() {
        "Organization/1" => Some(LinkTarget::Organisation(crate::OrganisationId::from_uuid(uuid))),
        "Practitioner/2" => Some(LinkTarget::Practitioner(crate::PractitionerId::from_uuid(uuid))),
        _ => None,
    };
    mapping.resolve(known);
    mapping.resolve(known);
    let Mapped::Patient(patient) = mapping.mapped else { panic!("no patient") };
    assert!(patient.managing_organisation.is_some());
    assert_eq!(patient.general_practitioners.len(), 1);
}

#[test]
fn a_blood_pressure_has_its_parts() {
    let entry = entry(
        r#"{"resourceType":"Observation","status":"amended","category":[{"coding":[{"code":"vital-signs"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure"}]},
        "subject":{"reference":"Patient/1"},"effectiveDateTime":"2012-09-17T10:00:00+02:00",
        "component":[{"code":{"text":"Systolic"},"valueQuantity":{"value":107.0,"unit":"mmHg","code":"mm[Hg]",
        "system":"http://unitsofmeasure.org"}},{"code":{"text":"Diastolic"},"valueRange":{}}]}"#,
    );
    assert_eq!(entry.status, EntryStatus::Final);
    assert_eq!(entry.status_code.as_deref(), Some("amended"));
    assert_eq!(entry.when.unwrap().to_string(), "2012-09-17T10:00:00+02:00");
    assert_eq!(entry.title.expose(), "Blood pressure");
    let Some(EntryValue::Quantity(systolic)) = &entry.components[0].value else { panic!("no quantity") };
    assert_eq!((systolic.to_string().as_str(), systolic.ucum_code()), ("107.0 mmHg", Some("mm[Hg]")));
    assert_eq!(entry.components[1].value, Some(EntryValue::InSource));
    assert!(entry.links.is_empty());
}

#[test]
fn a_number_that_no_record_holds_stays_in_the_source() {
    let digits = "9".repeat(80);
    let mapping = mapped(&format!(
        r#"{{"resourceType":"Observation","status":"final","code":{{"text":"x"}},"valueQuantity":{{"value":{digits}}}}}"#
    ));
    assert_eq!(notes(&mapping), ["valueQuantity: a quantity without a value of at most 64 digits"]);
    assert_eq!(mapping.entry().value, Some(EntryValue::InSource));
}

#[test]
fn a_condition_counts_as_its_verification_and_clinical_status_say() {
    let status = |clinical: &str, verification: &str| {
        let concept = |code: &str| format!(r#"{{"coding":[{{"code":"{code}"}}]}}"#);
        let text = format!(
            r#"{{"resourceType":"Condition","clinicalStatus":{},"verificationStatus":{}}}"#,
            concept(clinical),
            concept(verification)
        );
        entry(&text).status
    };
    assert_eq!(status("active", "confirmed"), EntryStatus::Active);
    assert_eq!(status("resolved", "confirmed"), EntryStatus::Completed);
    assert_eq!(status("active", "provisional"), EntryStatus::Preliminary);
    assert_eq!(status("resolved", "provisional"), EntryStatus::Completed);
    assert_eq!(status("active", "refuted"), EntryStatus::NotDone);
    assert_eq!(status("active", "entered-in-error"), EntryStatus::EnteredInError);
}

#[test]
fn the_end_of_a_condition_is_its_abatement() {
    let entry = entry(
        r#"{"resourceType":"Condition","onsetPeriod":{"start":"1998","end":"1999"},"abatementDateTime":"2001-02-03"}"#,
    );
    assert_eq!(entry.when.unwrap().to_string(), "1998");
    assert_eq!(entry.until.unwrap().to_string(), "1999");
    let entry = entry_of_recorded();
    assert_eq!((entry.when.unwrap().to_string(), entry.until.unwrap().to_string()), ("2000".into(), "2001".into()));
}

fn entry_of_recorded() -> ChartEntry {
    let mapping = mapped(
        r#"{"resourceType":"Condition","onsetString":"long ago","recordedDate":"2000","abatementDateTime":"2001"}"#,
    );
    assert_eq!(notes(&mapping), ["onsetString: a time that is no date or period"]);
    mapping.entry()
}

#[test]
fn a_medication_is_what_the_contained_resource_says() {
    let entry = entry(
        r##"{"resourceType":"MedicationRequest","status":"active","authoredOn":"2015-01-15",
        "contained":[{"resourceType":"Medication","id":"m","code":{"text":"Aspirin"}}],
        "medicationReference":{"reference":"#m"},"dosageInstruction":[{"text":"one a day"},{"text":"with food"}],
        "dispenseRequest":{"validityPeriod":{"end":"2016"}},"requester":{"reference":"Practitioner/1"}}"##,
    );
    assert_eq!(entry.title.expose(), "Aspirin");
    assert_eq!(entry.value, Some(EntryValue::Text("one a day; with food".into())));
    assert_eq!(entry.period.unwrap().end.unwrap().to_string(), "2016");
    let link = &entry.links[0];
    assert_eq!((link.role.as_str(), entry.links.len()), ("requester", 1));
    assert_eq!(link.target, LinkTarget::Unresolved("Practitioner/1".into()));
}

#[test]
fn a_resource_belongs_to_its_first_patient_and_links_the_others() {
    let subjects = |text: &str| mapped(text).subjects;
    let patient = |text: &str| Subject::Patient(Reference::parse(text));
    let claim = mapped(
        r#"{"resourceType":"Claim","patient":{"reference":"urn:uuid:a"},
        "payee":{"party":{"reference":"Patient/2"}}}"#,
    );
    assert_eq!(claim.subjects, [patient("urn:uuid:a")]);
    assert_eq!(claim.entry().links[0].role, "payee.party");
    let appointment = r#"{"resourceType":"Appointment","participant":[{"actor":{"reference":"Practitioner/1"}},
        {"actor":{"reference":"Patient/1"}},{"actor":{"reference":"Patient/2"}}]}"#;
    assert_eq!(subjects(appointment), [patient("Patient/1"), patient("Patient/2")]);
    assert_eq!(mapped(appointment).entry().links.len(), 2);
    let observation = r#"{"resourceType":"Observation","subject":{"reference":"urn:uuid:a"}}"#;
    assert_eq!(subjects(observation), [Subject::Perhaps(Reference::parse("urn:uuid:a"))]);
    let provenance = r#"{"resourceType":"Provenance","target":[{"reference":"Condition/1"}]}"#;
    assert_eq!(subjects(provenance), [Subject::SameAs(Reference::parse("Condition/1"))]);
    assert!(subjects(r#"{"resourceType":"Location","subject":{"reference":"Patient/1"}}"#).is_empty());
    let group = mapped(r#"{"resourceType":"Observation","subject":{"reference":"Group/1"}}"#);
    assert_eq!((group.subjects.len(), notes(&group)), (0, vec!["subject: a subject that is no patient".to_owned()]));
}

#[test]
fn a_type_without_a_row_is_mapped_by_the_general_one() {
    let mapping = mapped(
        r#"{"resourceType":"VisionPrescription","status":"active","patient":{"reference":"Patient/1"},
        "dateWritten":"2014-06-15","created":"2014-06-16","prescriber":{"reference":"Practitioner/1"}}"#,
    );
    let entry = mapping.entry();
    assert_eq!(entry.kind, EntryKind::Other("VisionPrescription".into()));
    assert_eq!(entry.when.unwrap().to_string(), "2014-06-15");
    assert_eq!(entry.title.expose(), "VisionPrescription");
    assert_eq!(mapping.subjects.len(), 1);
    let title = |text: &str| self::entry(text).title.into_exposed();
    assert_eq!(title(r#"{"resourceType":"Questionnaire","title":"Lipid survey"}"#), "Lipid survey");
    let long = title(&format!(r#"{{"resourceType":"Basic","code":{{"text":"{}"}}}}"#, "wörter ".repeat(100)));
    assert!(long.len() <= 240 && long.ends_with('…'));
}

#[test]
fn a_bundle_that_is_a_record_says_that_its_resources_stay_within() {
    let mapping =
        mapped(r#"{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Patient"}}]}"#);
    assert_eq!(notes(&mapping), ["entry: resources of a bundle that is itself a record"]);
    assert!(mapped(r#"{"resourceType":"Bundle","type":"searchset"}"#).notes.is_empty());
}

#[test]
fn a_label_without_a_code_is_still_a_label() {
    let entry = entry(r#"{"resourceType":"Basic","meta":{"security":[{}, {"system":"s","code":"R"}]}}"#);
    assert_eq!(entry.labels.len(), 2);
    assert_ne!(crate::govern::label::bits(&entry.labels[..1]), 0);
}

#[test]
fn authority_is_never_taken_over_from_a_file() {
    let mapping = mapped(
        r#"{"resourceType":"RelatedPerson","patient":{"reference":"Patient/1"},"active":true,
        "name":[{"text":"Eva"}],"extension":[{"url":"urn:prm:proxy-authority","valueCode":"guardian"},
        {"url":"urn:prm:proxy-scope","valueCode":"results"},
        {"url":"urn:prm:kept","extension":[{"url":"authority","valueString":"\"guardian\""},
        {"url":"scope","valueString":"[\"results\"]"}]}]}"#,
    );
    let Mapped::RelatedPerson(person) = mapping.mapped else { panic!("no person") };
    let person = person.of(crate::PatientId::from_uuid(uuid::Uuid::nil()));
    assert_eq!((person.authority, person.scope.len()), (None, 0));
}

#[test]
fn labels_and_links_are_never_read_from_what_an_export_carried() {
    let entry = entry(
        r#"{"resourceType":"Basic","meta":{"security":[{"system":"s","code":"R"}]},"extension":[{"url":"urn:prm:kept",
        "extension":[{"url":"labels","valueString":"[]"},{"url":"links","valueString":"[]"},
        {"url":"note","valueString":"\"n\""}]}]}"#,
    );
    assert_eq!(entry.labels.len(), 1);
    assert_eq!(entry.note, Some("n".into()));
}

#[test]
fn elements_of_the_wrong_type_are_noted_and_never_an_error() {
    for element in
        ["code", "status", "subject", "category", "effectiveDateTime", "note", "component", "meta", "extension"]
    {
        for value in ["1", "\"x\"", "true", "null", "[]", "{}", "[[]]", "[null]", "[{}]", "{\"a\":[1]}"] {
            for kind in ["Observation", "Patient", "RelatedPerson", "CareTeam", "Organization", "PractitionerRole"] {
                mapped(&format!(r#"{{"resourceType":"{kind}","{element}":{value},"name":{value}}}"#));
            }
        }
    }
}
