//! Organisations.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Address, ContactPoint, Identifier};
use crate::id::OrganisationId;
use crate::value::Concept;

/// An organisation: a clinic, a department, a payer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// Whether the record is out of use.
    #[cbor(n(0), default)]
    pub inactive: bool,
    /// Name.
    #[n(1)]
    pub name: String,
    /// Identifiers.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Kinds.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Concept>,
    /// Telephones and the like.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telecom: Vec<ContactPoint>,
    /// Postal addresses.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// The organisation it is part of.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_of: Option<OrganisationId>,
}
