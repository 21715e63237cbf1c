//! Texts that records repeat, stored as numbers.
//!
//! Where a record holds one of these texts its number is written instead, an unsigned integer; any other text is
//! written as it is. The lists are part of format 1: a number keeps its text, and a list does not grow, since a library
//! that does not know a number could not read the record.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use minicbor::data::Type;
use minicbor::decode::Error as Undecodable;
use minicbor::encode::{Error as Unencodable, Write};
use minicbor::{Decoder, Encoder};

/// Texts by number.
pub(crate) struct List {
    texts: &'static [&'static str],
    numbers: LazyLock<HashMap<&'static str, u32>>,
}

/// URIs of code systems, those met most first.
pub(crate) static SYSTEMS: List =
    List { texts: SYSTEMS_BY_NUMBER, numbers: LazyLock::new(|| numbered(SYSTEMS_BY_NUMBER)) };

#[rustfmt::skip]
const SYSTEMS_BY_NUMBER: &[&str] = &[
    "http://loinc.org",
    "http://snomed.info/sct",
    "http://unitsofmeasure.org",
    "http://terminology.hl7.org/CodeSystem/observation-category",
    "http://www.nlm.nih.gov/research/umls/rxnorm",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://hl7.org/fhir/sid/cvx",
    "http://terminology.hl7.org/CodeSystem/claim-type",
    "http://terminology.hl7.org/CodeSystem/condition-category",
    "http://terminology.hl7.org/CodeSystem/condition-clinical",
    "http://terminology.hl7.org/CodeSystem/condition-ver-status",
    "http://terminology.hl7.org/CodeSystem/v3-ActCode",
    "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
    "http://terminology.hl7.org/CodeSystem/v2-0203",
    "http://terminology.hl7.org/CodeSystem/v2-0074",
    "http://terminology.hl7.org/CodeSystem/medicationrequest-category",
    "http://terminology.hl7.org/CodeSystem/diagnostic-service-sections",
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-category",
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "http://hl7.org/fhir/us/core/CodeSystem/careplan-category",
    "http://hl7.org/fhir/us/core/CodeSystem/condition-category",
    "http://terminology.hl7.org/CodeSystem/v3-ParticipationType",
    "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
    "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
    "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "http://terminology.hl7.org/CodeSystem/v3-ActSite",
    "http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration",
    "http://terminology.hl7.org/CodeSystem/v3-substanceAdminSubstitution",
    "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
    "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/encounter-type",
    "http://terminology.hl7.org/CodeSystem/service-type",
    "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason",
    "http://terminology.hl7.org/CodeSystem/discharge-disposition",
    "http://terminology.hl7.org/CodeSystem/admit-source",
    "http://terminology.hl7.org/CodeSystem/diagnosis-role",
    "http://terminology.hl7.org/CodeSystem/organization-type",
    "http://terminology.hl7.org/CodeSystem/practitioner-role",
    "http://terminology.hl7.org/CodeSystem/goal-achievement",
    "http://terminology.hl7.org/CodeSystem/goal-category",
    "http://terminology.hl7.org/CodeSystem/goal-priority",
    "http://terminology.hl7.org/CodeSystem/consentscope",
    "http://terminology.hl7.org/CodeSystem/consentcategorycodes",
    "http://terminology.hl7.org/CodeSystem/immunization-origin",
    "http://terminology.hl7.org/CodeSystem/medication-statement-category",
    "http://terminology.hl7.org/CodeSystem/medication-admin-category",
    "http://terminology.hl7.org/CodeSystem/medicationdispense-category",
    "http://terminology.hl7.org/CodeSystem/referencerange-meaning",
    "http://terminology.hl7.org/CodeSystem/observation-statistics",
    "http://terminology.hl7.org/CodeSystem/coverage-class",
    "http://terminology.hl7.org/CodeSystem/subscriber-relationship",
    "http://terminology.hl7.org/CodeSystem/processpriority",
    "http://terminology.hl7.org/CodeSystem/adjudication",
    "http://terminology.hl7.org/CodeSystem/ex-diagnosistype",
    "http://terminology.hl7.org/CodeSystem/ex-serviceplace",
    "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
    "http://terminology.hl7.org/CodeSystem/audit-event-type",
    "http://terminology.hl7.org/CodeSystem/risk-probability",
    "http://dicom.nema.org/resources/ontology/DCM",
    "http://nucc.org/provider-taxonomy",
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-gm",
    "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
    "http://fhir.de/CodeSystem/bfarm/ops",
    "http://fhir.de/CodeSystem/bfarm/atc",
    "http://fhir.de/CodeSystem/ifa/pzn",
    "http://www.whocc.no/atc",
    "http://hl7.org/fhir/sid/icd-9-cm",
    "http://hl7.org/fhir/sid/icf-nl",
    "http://hl7.org/fhir/sid/ndc",
    "http://hl7.org/fhir/sid/mvx",
    "http://hl7.org/fhir/sid/us-npi",
    "http://hl7.org/fhir/sid/us-ssn",
    "http://id.who.int/icd/release/11/mms",
    "http://fdasis.nlm.nih.gov",
    "http://www.ama-assn.org/go/cpt",
    "http://www.cms.gov/Medicare/Coding/ICD10",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "http://www.nubc.org/patient-discharge",
    "https://www.nubc.org/CodeSystem/PatDischargeStatus",
    "http://www.radlex.org",
    "http://varnomen.hgvs.org",
    "http://www.genenames.org",
    "urn:ietf:bcp:47",
    "urn:ietf:bcp:13",
    "urn:ietf:rfc:3986",
    "urn:iso:std:iso:3166",
    "urn:iso:std:iso:4217",
    "urn:iso:std:iso:11073:10101",
    "urn:oid:2.16.840.1.113883.6.238",
    "urn:oid:2.16.840.1.113883.6.96",
    "urn:oid:2.16.840.1.113883.6.1",
    "urn:oid:2.16.840.1.113883.6.90",
    "urn:oid:1.2.36.1.2001.1005.17",
    "https://bluebutton.cms.gov/resources/codesystem/adjudication",
];

/// Codes of units of UCUM, those met most first.
pub(crate) static UNITS: List = List { texts: UNITS_BY_NUMBER, numbers: LazyLock::new(|| numbered(UNITS_BY_NUMBER)) };

#[rustfmt::skip]
const UNITS_BY_NUMBER: &[&str] = &[
    "mg/dL", "mm[Hg]", "cm", "kg", "kg/m2", "/min", "%", "Cel", "mmol/L", "g/dL", "U/L", "{score}",
    "mL/min/{1.73_m2}", "10*3/uL", "10*6/uL", "fL", "pg", "ug/L", "umol/L", "ng/mL", "mL/min", "g/L", "10*9/L", "10*12/L",
    "1", "mg", "g", "ug", "mL", "L", "m", "mm", "m2", "s", "min", "h", "d", "wk", "mo", "a", "[degF]", "[lb_av]",
    "[in_i]", "{count}", "{index}", "{INR}", "{ratio}", "{nominal}", "{beats}/min", "{breaths}/min", "{steps}/d",
    "mEq/L", "ng/dL", "ug/dL", "pg/mL", "nmol/L", "pmol/L", "mmol/mol", "mmol/mmol", "mg/mmol", "mg/L", "mg/g", "ug/mg",
    "ng/L", "ug/mL", "[IU]/L", "m[IU]/L", "u[IU]/mL", "[IU]/mL", "k[IU]/L", "kU/L", "mm/h", "10*3/mm3", "/uL",
    "kPa", "cm[H2O]", "L/min", "mL/h", "mg/kg", "ug/kg/min", "mL/kg", "kcal", "kcal/d", "kJ", "J", "/h", "/d", "[pH]",
    "meq/L", "mosm/kg", "Hz", "dB", "deg", "[diop]", "{#}", "{tbl}", "{puff}", "[drp]", "[tsp_us]", "[oz_av]",
];

/// Codes of categories and statuses, and roles of links, those met most first.
pub(crate) static WORDS: List = List { texts: WORDS_BY_NUMBER, numbers: LazyLock::new(|| numbered(WORDS_BY_NUMBER)) };

#[rustfmt::skip]
const WORDS_BY_NUMBER: &[&str] = &[
    "encounter",
    "laboratory",
    "final",
    "vital-signs",
    "completed",
    "active",
    "finished",
    "performer",
    "result",
    "requester",
    "provider",
    "item.encounter",
    "subject",
    "participant.individual",
    "serviceProvider",
    "insurance.coverage",
    "diagnosis.diagnosisReference",
    "supportingInfo.valueReference",
    "reasonReference",
    "careTeam.provider",
    "institutional",
    "survey",
    "resolved",
    "LAB",
    "pharmacy",
    "professional",
    "oral",
    "vision",
    "social-history",
    "imaging",
    "procedure",
    "exam",
    "therapy",
    "activity",
    "encounter-diagnosis",
    "problem-list-item",
    "health-concern",
    "clinical-note",
    "assess-plan",
    "medication",
    "food",
    "environment",
    "biologic",
    "community",
    "outpatient",
    "inpatient",
    "discharge",
    "confirmed",
    "unconfirmed",
    "provisional",
    "differential",
    "refuted",
    "recurrence",
    "relapse",
    "remission",
    "inactive",
    "preliminary",
    "registered",
    "amended",
    "corrected",
    "cancelled",
    "entered-in-error",
    "unknown",
    "not-done",
    "in-progress",
    "on-hold",
    "stopped",
    "draft",
    "planned",
    "proposed",
    "accepted",
    "arrived",
    "triaged",
    "onleave",
    "booked",
    "pending",
    "fulfilled",
    "noshow",
    "current",
    "superseded",
    "available",
    "revoked",
    "declined",
    "intended",
    "not-taken",
    "author",
    "asserter",
    "recorder",
    "actor",
    "basedOn",
    "partOf",
    "derivedFrom",
    "hasMember",
    "specimen",
    "device",
    "location",
    "location.location",
    "performer.actor",
    "recipient",
    "receiver",
    "resultsInterpreter",
    "imagingStudy",
    "medicationReference",
    "reportedReference",
    "addresses",
    "goal",
    "careTeam",
    "contributor",
    "participant.actor",
    "participant.member",
    "participant.onBehalfOf",
    "managingOrganization",
    "diagnosis.condition",
    "hospitalization.origin",
    "hospitalization.destination",
    "episodeOfCare",
    "appointment",
    "condition",
    "evidence.detail",
    "report",
    "authenticator",
    "custodian",
    "context.encounter",
    "context.sourcePatientInfo",
    "context.related",
    "relatesTo.target",
    "content.attachment",
    "manufacturer",
    "reaction.detail",
    "authorizingPrescription",
    "dispenseRequest.performer",
    "priorPrescription",
    "prescription",
    "claim",
    "referral",
    "insurer",
    "facility",
    "enterer",
    "payee.party",
    "procedure.procedureReference",
    "beneficiary",
    "subscriber",
    "policyHolder",
    "payor",
    "focus",
    "for",
    "owner",
    "target",
    "agent.who",
    "agent.onBehalfOf",
    "entity.what",
    "source",
    "context",
    "interpreter",
    "endpoint",
    "series.performer.actor",
    "activity.reference",
    "activity.outcomeReference",
    "supportingInfo",
    "expressedBy",
    "outcomeReference",
];

fn numbered(texts: &'static [&'static str]) -> HashMap<&'static str, u32> {
    texts.iter().copied().zip(0..).collect()
}

impl List {
    /// The text of a number.
    fn text(&self, number: u32) -> Option<&'static str> {
        self.texts.get(usize::try_from(number).ok()?).copied()
    }

    fn number(&self, text: &str) -> Option<u32> {
        self.numbers.get(text).copied()
    }

    pub(crate) fn encode<W: Write>(&self, text: &str, e: &mut Encoder<W>) -> Result<(), Unencodable<W::Error>> {
        match self.number(text) {
            Some(number) => e.u32(number)?.ok(),
            None => e.str(text)?.ok(),
        }
    }

    pub(crate) fn decode(&self, d: &mut Decoder<'_>) -> Result<Cow<'static, str>, Undecodable> {
        if d.datatype()? == Type::String {
            return d.str().map(|text| Cow::Owned(text.to_owned()));
        }
        let text = self.text(d.u32()?).ok_or_else(|| Undecodable::message("a text of no known number"))?;
        Ok(Cow::Borrowed(text))
    }
}

/// How fields that hold a word are encoded.
pub(crate) mod word {
    use super::*;

    pub(crate) fn encode<C, W: Write>(text: &str, e: &mut Encoder<W>, _: &mut C) -> Result<(), Unencodable<W::Error>> {
        WORDS.encode(text, e)
    }

    pub(crate) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<String, Undecodable> {
        WORDS.decode(d).map(Cow::into_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cipher::sha256;
    use std::collections::BTreeSet;

    /// Every record ever written needs the lists it was written with.
    #[test]
    fn the_lists_never_change() {
        let digest = |list: &List| -> String {
            sha256(&[list.texts.join("\n").as_bytes()]).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
        };
        assert_eq!(
            [digest(&SYSTEMS), digest(&UNITS), digest(&WORDS)],
            ["622c40a3cde20d19", "eaba57369d923871", "2cbda510ebabb42d"]
        );
        for list in [&SYSTEMS, &UNITS, &WORDS] {
            assert_eq!(list.texts.iter().collect::<BTreeSet<_>>().len(), list.texts.len());
        }
    }

    #[test]
    fn a_known_text_is_a_number_and_any_other_is_itself() {
        let mut bytes = Vec::new();
        SYSTEMS.encode("http://snomed.info/sct", &mut Encoder::new(&mut bytes)).unwrap();
        SYSTEMS.encode("http://snomed.info", &mut Encoder::new(&mut bytes)).unwrap();
        assert_eq!(bytes, [&[1, 0x72][..], b"http://snomed.info"].concat());
        let mut decoder = Decoder::new(&bytes);
        assert_eq!(SYSTEMS.decode(&mut decoder).unwrap(), "http://snomed.info/sct");
        assert_eq!(SYSTEMS.decode(&mut decoder).unwrap(), "http://snomed.info");
        assert!(SYSTEMS.decode(&mut Decoder::new(&[0x19, 0xff, 0xff])).is_err());
    }
}
