//! People related to a patient, and those among them who may act for the patient.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Address, ContactPoint, Gender, HumanName, Identifier};
use crate::id::PatientId;
use crate::sensitive::Sensitive;
use crate::time::{PartialDate, Period};
use crate::value::Concept;

crate::value::codes! {
    /// On what ground a proxy acts for a patient.
    Authority {
        /// Parent of a minor.
        Parent = 1 "parent",
        /// Appointed guardian.
        Guardian = 2 "guardian",
        /// Health-care power of attorney.
        PowerOfAttorney = 3 "hcpoa",
        /// Appointed conservator.
        Conservator = 4 "conservator",
        /// With the patient's word alone.
        Informal = 5 "informal",
    }
}

crate::value::codes! {
    /// What a proxy may see and do.
    ProxyScope {
        /// Who the patient is: names, contacts, preferences.
        Demographics = 1 "demographics",
        /// The chart and the journey.
        Results = 2 "results",
        /// Messages.
        Messages = 3 "messages",
        /// Appointments.
        Appointments = 4 "appointments",
        /// Shared decisions.
        Decisions = 5 "decisions",
    }
}

/// Someone related to a patient. With an authority and at least one scope they are a proxy within the period.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct RelatedPerson {
    /// The patient.
    #[n(0)]
    pub patient: PatientId,
    /// Whether the record is in use.
    #[n(1)]
    #[serde(default = "yes")]
    pub active: bool,
    /// How they are related.
    #[cbor(n(2), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relationship: Vec<Concept>,
    /// Names.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<HumanName>,
    /// Identifiers.
    #[cbor(n(4), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Telephones and the like.
    #[cbor(n(5), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub telecom: Vec<ContactPoint>,
    /// Postal addresses.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Date of birth.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// Administrative gender.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Ground on which they act for the patient; none means they do not.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// What they may see and do.
    #[cbor(n(10), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<ProxyScope>,
    /// When the relation and the authority hold.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What the authority rests on, and who saw it.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Sensitive>,
}

fn yes() -> bool {
    true
}

impl RelatedPerson {
    /// Someone related to `patient` of whom nothing else is said yet.
    pub fn of(patient: PatientId) -> Self {
        RelatedPerson {
            patient,
            active: true,
            relationship: Vec::new(),
            names: Vec::new(),
            identifiers: Vec::new(),
            telecom: Vec::new(),
            addresses: Vec::new(),
            birth_date: None,
            gender: None,
            authority: None,
            scope: Vec::new(),
            period: None,
            evidence: None,
        }
    }
}
