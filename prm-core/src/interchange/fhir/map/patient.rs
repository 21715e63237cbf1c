//! Patients.

use super::super::Json;
use super::at::{At, Notes};
use super::datatypes as read;
use crate::people::{Deceased, Gender, Language, Patient, SexForClinicalUse};
use crate::sensitive::Sensitive;
use crate::value::Concept;

/// R4 and later extensions, of HL7 and of US Core, that a patient's record has fields for.
pub(crate) const SEX_FOR_CLINICAL_USE: &str =
    "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse";
pub(crate) const GENDER_IDENTITY: &str = "http://hl7.org/fhir/StructureDefinition/patient-genderIdentity";
pub(crate) const INTERPRETER: &str = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired";
const GENDER_IDENTITIES: [&str; 3] = [
    GENDER_IDENTITY,
    "http://hl7.org/fhir/StructureDefinition/individual-genderIdentity",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity",
];
const INTERPRETER_NEEDED: &str = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed";
const BIRTH_SEXES: [&str; 3] = [
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex",
    "http://hl7.org/fhir/StructureDefinition/patient-birthSex",
];
/// SNOMED CT `373066001 Yes` and `373067005 No`.
const YES: &str = "373066001";
const NO: &str = "373067005";

/// The demographic record. Organisation and practitioners are references yet to be resolved.
pub(super) fn patient(json: &Json<'_>, notes: &mut Notes) -> Patient {
    let at = &At::ROOT;
    let mut patient = Patient {
        active: read::boolean(json, "active", at, notes).unwrap_or(true),
        names: read::list(json, "name", at, notes, read::name),
        identifiers: read::list(json, "identifier", at, notes, read::identifier),
        telecom: read::list(json, "telecom", at, notes, read::contact),
        addresses: read::list(json, "address", at, notes, read::address),
        birth_date: read::date(json, "birthDate", at, notes),
        gender: read::text(json, "gender", at, notes).map(Gender::from_code),
        languages: read::list(json, "communication", at, notes, language),
        deceased: deceased(json, notes),
        ..Patient::default()
    };
    for (i, extension) in json.items("extension").iter().enumerate() {
        extensions(&mut patient, extension, &at.item("extension", i), notes);
    }
    patient
}

fn extensions(patient: &mut Patient, extension: &Json<'_>, at: &At<'_>, notes: &mut Notes) {
    let Some(url) = extension.text_of("url") else { return };
    if url == SEX_FOR_CLINICAL_USE {
        let code = value_concept(extension, at, notes);
        let code = code.as_ref().and_then(|c| c.codings.iter().map(|c| c.code.as_str()).find(|c| !c.is_empty()));
        patient.sex_for_clinical_use = code.map(SexForClinicalUse::from_code);
        if code.is_none() {
            notes.add(at, "sex for clinical use without a code");
        }
    } else if GENDER_IDENTITIES.contains(&url) && patient.gender_identity.is_none() {
        patient.gender_identity = value_concept(extension, at, notes).map(Sensitive::new);
    } else if url == INTERPRETER || url == INTERPRETER_NEEDED {
        match interpreter(extension) {
            Some(needed) => need_interpreter(&mut patient.languages, needed),
            None => notes.add(at, "need of an interpreter neither yes nor no"),
        }
    } else if BIRTH_SEXES.contains(&url) {
        notes.add(at, "sex at birth is not sex for clinical use: it has no field");
    }
}

/// The value of an extension: its own, or that of the part named `value`.
fn value_concept(extension: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Concept> {
    let part = extension.items("extension").iter().find(|part| part.text_of("url") == Some("value"));
    let holder = part.unwrap_or(extension);
    let value = ["valueCodeableConcept", "valueCoding", "valueCode"].iter().find_map(|name| holder.get(name))?;
    read::concept(value, at, notes)
}

fn interpreter(extension: &Json<'_>) -> Option<bool> {
    let code = || extension.at(&["valueCoding", "code"]).and_then(Json::text);
    extension.get("valueBoolean").and_then(Json::bool).or_else(|| match code()? {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    })
}

/// R4 states the need for the patient: it goes with the preferred language, or the first.
pub(crate) fn need_interpreter(languages: &mut Vec<Language>, needed: bool) {
    let preferred = languages.iter().position(|language| language.preferred).unwrap_or(0);
    match languages.get_mut(preferred) {
        Some(language) => language.interpreter = Some(needed),
        None => languages.push(Language { interpreter: Some(needed), ..Language::default() }),
    }
}

fn language(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Language> {
    let Some(language) = read::concept_of(json, "language", at, notes) else {
        notes.add(at, "a language without a code");
        return None;
    };
    let preferred = read::boolean(json, "preferred", at, notes).unwrap_or(false);
    Some(Language { language, preferred, interpreter: None })
}

fn deceased(json: &Json<'_>, notes: &mut Notes) -> Option<Deceased> {
    let at = &At::ROOT;
    if json.get("deceasedDateTime").is_some() {
        return Some(Deceased { at: read::when(json, "deceasedDateTime", at, notes) });
    }
    read::boolean(json, "deceasedBoolean", at, notes).filter(|died| *died).map(|_| Deceased { at: None })
}
