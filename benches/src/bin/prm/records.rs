//! Generated patients and entries as records of the library.

use chrono::DateTime;
use prm_benches::{Entry, Id, Kind, Patient as Generated, Result};
use prm_core::chart::{ChartEntry, EntryKind, EntryStatus, EntryValue, Link, LinkTarget};
use prm_core::people::{Address, ContactPoint, ContactSystem, Gender, HumanName, Identifier, Language, Patient};
use prm_core::{Coding, EntryId, OrganisationId, PatientId, Quantity, When};
use uuid::Uuid;

pub(crate) fn patient_id(id: Id) -> PatientId {
    PatientId::from_uuid(Uuid::from_bytes(id))
}

pub(crate) fn entry_id(id: Id) -> EntryId {
    EntryId::from_uuid(Uuid::from_bytes(id))
}

pub(crate) fn clinic(number: u32) -> Result<OrganisationId> {
    Ok(format!("01890000-0000-7000-8000-{number:012}").parse()?)
}

fn contact(system: ContactSystem, value: &str) -> ContactPoint {
    ContactPoint { system: Some(system), value: value.into(), ..ContactPoint::default() }
}

/// Puts another telephone number in the place of the first.
pub(crate) fn phones(record: &mut Patient, phone: &str) {
    if let Some(first) = record.telecom.first_mut() {
        *first = contact(ContactSystem::Phone, phone);
    }
}

pub(crate) fn patient(of: &Generated) -> Result<Patient> {
    let (year, month, day) = of.birth;
    let [given, second] = &of.given;
    Ok(Patient {
        names: vec![HumanName {
            family: Some(of.family.as_str().into()),
            given: vec![given.as_str().into(), second.as_str().into()],
            ..HumanName::default()
        }],
        identifiers: vec![Identifier {
            system: Some("urn:example:bench:number".to_owned()),
            value: of.record_number.as_str().into(),
            ..Identifier::default()
        }],
        telecom: vec![contact(ContactSystem::Phone, &of.phone), contact(ContactSystem::Email, &of.email)],
        addresses: vec![Address {
            line: vec![of.street.as_str().into()],
            city: Some(of.city.as_str().into()),
            postal_code: Some(of.postal_code.as_str().into()),
            ..Address::default()
        }],
        birth_date: Some(format!("{year:04}-{month:02}-{day:02}").parse()?),
        gender: Some(if of.female { Gender::Female } else { Gender::Male }),
        languages: vec![Language {
            language: Coding::new("urn:ietf:bcp:47", of.language).into(),
            ..Language::default()
        }],
        managing_organisation: Some(clinic(of.clinic)?),
        ..Patient::default()
    })
}

const fn kind(of: Kind) -> EntryKind {
    match of {
        Kind::Encounter => EntryKind::Encounter,
        Kind::Observation => EntryKind::Observation,
        Kind::Condition => EntryKind::Condition,
        Kind::Medication => EntryKind::MedicationRequest,
        Kind::Allergy => EntryKind::AllergyIntolerance,
        Kind::Immunization => EntryKind::Immunization,
        Kind::Procedure => EntryKind::Procedure,
        Kind::Document => EntryKind::DocumentReference,
    }
}

pub(crate) fn entry(of: &Entry) -> Result<ChartEntry> {
    let code = Coding::new("urn:example:bench", of.code.as_str()).display(of.display.as_str());
    let value = match &of.value {
        Some((digits, unit)) => Some(EntryValue::Quantity(Quantity::ucum(digits.parse()?, unit)?)),
        None => None,
    };
    let status = match of.status {
        "final" => EntryStatus::Final,
        "active" => EntryStatus::Active,
        _ => EntryStatus::Completed,
    };
    let link = |id| Link { role: "encounter".to_owned(), target: LinkTarget::Entry(entry_id(id)) };
    Ok(ChartEntry {
        when: Some(When::At(DateTime::from_timestamp(of.at, 0).ok_or("no such time")?.fixed_offset())),
        status,
        value,
        links: of.encounter.map(link).into_iter().collect(),
        ..ChartEntry::new(kind(of.kind), code)
    })
}

/// When an entry was, in seconds since 1970.
pub(crate) fn seconds(of: &ChartEntry) -> i64 {
    match of.when {
        Some(When::At(at)) => at.timestamp(),
        _ => 0,
    }
}
