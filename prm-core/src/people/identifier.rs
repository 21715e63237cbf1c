//! Identifiers that systems outside give to people.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::sensitive::Sensitive;
use crate::time::Period;
use crate::value::Concept;

crate::value::codes! {
    /// What an identifier is used for, as in FHIR `Identifier.use`.
    IdentifierUse {
        /// Recommended for everyday use.
        Usual = 1 "usual",
        /// Most trusted.
        Official = 2 "official",
        /// Will be replaced.
        Temp = 3 "temp",
        /// Points to another resource of its system.
        Secondary = 4 "secondary",
        /// No longer valid.
        Old = 5 "old",
    }
}

/// An identifier within a system, e.g. a medical record number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Identifier {
    /// What it is used for.
    #[n(0)]
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<IdentifierUse>,
    /// Kind of identifier, e.g. `MR` of HL7 table 0203.
    #[n(1)]
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Concept>,
    /// URI of the system that gives it.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The identifier.
    #[n(3)]
    pub value: Sensitive,
    /// When it was in use.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
