//! Resources of people and organisations.

use super::super::Json;
use super::super::map::{GENDER_IDENTITY, INTERPRETER, OF_PATIENT, OF_PEOPLE, SEX_FOR_CLINICAL_USE, keep, mapped};
use super::super::{Mapped, Mapping};
use super::build::{Build, extension, reference};
use super::datatypes as write;
use super::names::Names;
use crate::chart::LinkTarget;
use crate::people::{CareTeam, Gender, Member, Organisation, Patient, Practitioner, RelatedPerson};
use crate::value::Coding;

const SEX_CODES: &str = "http://terminology.hl7.org/CodeSystem/sex-parameter-for-clinical-use";

fn gender(gender: Option<&Gender>) -> Option<&str> {
    gender.map(Gender::code)
}

/// `Patient`. Need of an interpreter, sex for clinical use and gender identity are the extensions of HL7.
pub(super) fn patient(patient: &Patient, names: &dyn Names) -> Json<'static> {
    let sex = patient.sex_for_clinical_use.as_ref().map(|sex| {
        let concept = write::concept(&Coding::new(SEX_CODES, sex.code()).into());
        let value = extension("value", "valueCodeableConcept", concept);
        Build::default().text("url", Some(SEX_FOR_CLINICAL_USE)).put("extension", Json::List(vec![value])).done()
    });
    let identity = patient.gender_identity.as_ref();
    let identity = identity.map(|i| extension(GENDER_IDENTITY, "valueCodeableConcept", write::concept(i.expose())));
    let interpreter = patient.languages.iter().find_map(|language| language.interpreter);
    let interpreter = interpreter.map(|needed| extension(INTERPRETER, "valueBoolean", needed.into()));
    let extensions: Vec<_> = [sex, identity, interpreter].into_iter().flatten().collect();
    let refer = |target: LinkTarget| names.reference(&target).map(|text| reference(&text));
    let practitioners = patient.general_practitioners.iter().map(|id| refer(LinkTarget::Practitioner(*id)));
    let deceased = patient.deceased.map(|d| d.at);
    let mut json = Build::resource("Patient")
        .put("meta", write::meta(&patient.labels))
        .put("extension", Json::List(extensions))
        .list("identifier", &patient.identifiers, write::identifier)
        .put("active", Json::Bool(patient.active))
        .list("name", &patient.names, write::name)
        .list("telecom", &patient.telecom, write::contact)
        .text("gender", gender(patient.gender.as_ref()))
        .put("birthDate", patient.birth_date.map(|date| Json::from(date.to_string())))
        .put("deceasedBoolean", (deceased == Some(None)).then_some(Json::Bool(true)))
        .put("deceasedDateTime", deceased.flatten().as_ref().map(write::when))
        .list("address", &patient.addresses, write::address)
        .list("communication", &patient.languages, |language| {
            let preferred = language.preferred.then_some(Json::Bool(true));
            Build::default().put("language", write::concept(&language.language)).put("preferred", preferred).done()
        })
        .put("generalPractitioner", Json::List(practitioners.flatten().collect()))
        .put("managingOrganization", patient.managing_organisation.and_then(|id| refer(LinkTarget::Organisation(id))))
        .done();
    if let Some(Mapping { mapped: Mapped::Patient(have), .. }) = mapped(&json) {
        keep(&mut json, &have, patient, OF_PATIENT);
    }
    json
}

/// Extensions for what R4 does not know of a proxy. They are for whoever reads the export; no import reads them.
const AUTHORITY: &str = "urn:prm:proxy-authority";
const SCOPE: &str = "urn:prm:proxy-scope";
const EVIDENCE: &str = "urn:prm:proxy-evidence";

pub(super) fn related_person(person: &RelatedPerson, names: &dyn Names) -> Json<'static> {
    let authority = person.authority.iter().map(|a| extension(AUTHORITY, "valueCode", a.code().into()));
    let scope = person.scope.iter().map(|s| extension(SCOPE, "valueCode", s.code().into()));
    let evidence = person.evidence.iter().map(|e| extension(EVIDENCE, "valueString", e.expose().as_str().into()));
    let patient = names.reference(&LinkTarget::Patient(person.patient));
    let mut json = Build::resource("RelatedPerson")
        .put("extension", Json::List(authority.chain(scope).chain(evidence).collect()))
        .list("identifier", &person.identifiers, write::identifier)
        .put("active", Json::Bool(person.active))
        .put("patient", patient.map(|text| reference(&text)))
        .list("relationship", &person.relationship, write::concept)
        .list("name", &person.names, write::name)
        .list("telecom", &person.telecom, write::contact)
        .text("gender", gender(person.gender.as_ref()))
        .put("birthDate", person.birth_date.map(|date| Json::from(date.to_string())))
        .list("address", &person.addresses, write::address)
        .put("period", person.period.as_ref().map(write::period))
        .done();
    if let Some(Mapping { mapped: Mapped::RelatedPerson(have), .. }) = mapped(&json) {
        keep(&mut json, &have.of(person.patient), person, OF_PEOPLE);
    }
    json
}

/// `Practitioner`. The organisations they work for are `PractitionerRole` resources: [`roles`].
pub(super) fn practitioner(practitioner: &Practitioner) -> Json<'static> {
    let mut json = Build::resource("Practitioner")
        .list("identifier", &practitioner.identifiers, write::identifier)
        .put("active", Json::Bool(!practitioner.inactive))
        .list("name", &practitioner.names, write::name)
        .list("telecom", &practitioner.telecom, write::contact)
        .text("gender", gender(practitioner.gender.as_ref()))
        .list("qualification", &practitioner.qualifications, |code| {
            Build::default().put("code", write::concept(code)).done()
        })
        .done();
    if let Some(Mapping { mapped: Mapped::Practitioner(have), .. }) = mapped(&json) {
        keep(&mut json, &have, practitioner, OF_PEOPLE);
    }
    json
}

/// One `PractitionerRole` for each organisation a practitioner works for.
pub(super) fn roles(of: &str, practitioner: &Practitioner, names: &dyn Names) -> Vec<Json<'static>> {
    let places = practitioner.organisations.iter();
    let places = places.filter_map(|id| names.reference(&LinkTarget::Organisation(*id)));
    let role = |place: String| {
        Build::resource("PractitionerRole")
            .put("active", Json::Bool(!practitioner.inactive))
            .put("practitioner", reference(of))
            .put("organization", reference(&place))
            .done()
    };
    places.map(role).collect()
}

pub(super) fn organisation(organisation: &Organisation, names: &dyn Names) -> Json<'static> {
    let part_of = organisation.part_of.and_then(|id| names.reference(&LinkTarget::Organisation(id)));
    let mut json = Build::resource("Organization")
        .list("identifier", &organisation.identifiers, write::identifier)
        .put("active", Json::Bool(!organisation.inactive))
        .list("type", &organisation.kinds, write::concept)
        .text("name", Some(&organisation.name))
        .list("telecom", &organisation.telecom, write::contact)
        .list("address", &organisation.addresses, write::address)
        .put("partOf", part_of.map(|text| reference(&text)))
        .done();
    if let Some(Mapping { mapped: Mapped::Organisation(have), .. }) = mapped(&json) {
        keep(&mut json, &have, organisation, OF_PEOPLE);
    }
    json
}

/// One `CareTeam` for each patient of the team, or one without subject for a team of none.
pub(super) fn care_team(team: &CareTeam, names: &dyn Names) -> Vec<Json<'static>> {
    let organisation = team.organisation.and_then(|id| names.reference(&LinkTarget::Organisation(id)));
    let of = |subject: Option<String>| {
        Build::resource("CareTeam")
            .text("status", Some(if team.inactive { "inactive" } else { "active" }))
            .text("name", Some(&team.name))
            .put("subject", subject.map(|text| reference(&text)))
            .put("period", team.period.as_ref().map(write::period))
            .list("participant", &team.members, |member| {
                // A text such as `urn:uuid:…` does not say that a person is meant.
                let kind = matches!(member.member, Member::RelatedPerson(_)).then_some("RelatedPerson");
                let who = names.reference(&match member.member {
                    Member::Practitioner(id) => LinkTarget::Practitioner(id),
                    Member::Organisation(id) => LinkTarget::Organisation(id),
                    Member::Patient(id) => LinkTarget::Patient(id),
                    Member::RelatedPerson(id) => LinkTarget::Record(id.into()),
                });
                Build::default()
                    .put("role", member.role.as_ref().map(|role| Json::List(vec![write::concept(role)])))
                    .put(
                        "member",
                        who.map(|text| Build::default().text("reference", Some(&text)).text("type", kind).done()),
                    )
                    .put("period", member.period.as_ref().map(write::period))
                    .done()
            })
            .put("managingOrganization", organisation.as_ref().map(|text| Json::List(vec![reference(text)])))
            .done()
    };
    let subjects = team.patients.iter().map(|id| names.reference(&LinkTarget::Patient(*id)));
    let subjects: Vec<_> = if team.patients.is_empty() { vec![None] } else { subjects.collect() };
    subjects.into_iter().map(of).collect()
}
