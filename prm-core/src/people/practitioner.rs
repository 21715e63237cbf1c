//! Those who give care.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{ContactPoint, Gender, HumanName, Identifier};
use crate::id::OrganisationId;
use crate::value::Concept;

/// A practitioner, as in FHIR `Practitioner` with the organisations they work for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Practitioner {
    /// Whether the record is out of use.
    #[cbor(n(0), default)]
    pub inactive: bool,
    /// Names.
    #[cbor(n(1), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<HumanName>,
    /// Identifiers, e.g. a national provider number.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Telephones and the like.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telecom: Vec<ContactPoint>,
    /// Administrative gender.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Qualifications and specialties.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub qualifications: Vec<Concept>,
    /// Organisations they work for: their sites.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organisations: Vec<OrganisationId>,
}
