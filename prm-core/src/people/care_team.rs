//! Teams that care for patients.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PatientId, PractitionerId, RelatedPersonId};
use crate::time::Period;
use crate::value::Concept;

/// Someone on a care team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// A practitioner.
    #[n(0)]
    Practitioner(#[n(0)] PractitionerId),
    /// An organisation.
    #[n(1)]
    Organisation(#[n(0)] OrganisationId),
    /// Someone related to the patient.
    #[n(2)]
    RelatedPerson(#[n(0)] RelatedPersonId),
    /// A patient.
    #[n(3)]
    Patient(#[n(0)] PatientId),
}

/// A member with role and time.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct CareTeamMember {
    /// Who.
    #[n(0)]
    pub member: Member,
    /// In which role.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Concept>,
    /// When they belong to the team.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// A team that cares for one patient, or for all patients it is assigned to. Membership is what entitles a
/// practitioner to treat.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct CareTeam {
    /// Whether the record is out of use.
    #[cbor(n(0), default)]
    pub inactive: bool,
    /// Name.
    #[n(1)]
    pub name: String,
    /// Patients the team cares for.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub patients: Vec<PatientId>,
    /// Members.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<CareTeamMember>,
    /// The organisation it belongs to.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// When the team exists.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
