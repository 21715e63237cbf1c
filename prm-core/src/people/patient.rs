//! The patient.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{Address, ContactPoint, ContactSystem, HumanName, Identifier};
use crate::id::{OrganisationId, PractitionerId};
use crate::sensitive::Sensitive;
use crate::time::{PartialDate, When};
use crate::value::encoding::several;
use crate::value::{Coding, Concept};

crate::value::codes! {
    /// Administrative gender, as in FHIR `Patient.gender`. It is neither sex for clinical use nor gender identity.
    Gender {
        /// Male.
        Male = 1 "male",
        /// Female.
        Female = 2 "female",
        /// Neither.
        Another = 3 "other",
        /// Not known.
        Unknown = 4 "unknown",
    }
}

crate::value::codes! {
    /// Which sex-dependent reference values apply, as in the FHIR extension `patient-sexParameterForClinicalUse`.
    SexForClinicalUse {
        /// Reference values for females.
        FemaleTypical = 1 "female-typical",
        /// Reference values for males.
        MaleTypical = 2 "male-typical",
        /// As stated for the measurement.
        Specified = 3 "specified",
        /// Not known.
        Unknown = 4 "unknown",
    }
}

/// A language the patient communicates in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Language {
    /// BCP 47 tag in codes, e.g. `de` or `pt-BR`.
    #[n(0)]
    pub language: Concept,
    /// Whether the patient prefers it.
    #[cbor(n(1), default)]
    pub preferred: bool,
    /// Whether an interpreter is needed by someone who does not speak it; unknown if absent.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<bool>,
}

/// How the patient wishes to be contacted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct CommunicationPreferences {
    /// Channels in order of preference.
    #[cbor(n(0), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ContactSystem>,
    /// Channels never to be used.
    #[cbor(n(1), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<ContactSystem>,
    /// What staff must know before they call or write.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

/// Whether the patient has died.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Deceased {
    /// When, if known.
    #[n(0)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<When>,
}

/// A patient: the demographic record.
///
/// # Example
/// ```
/// use prm_core::people::{HumanName, Patient};
/// let patient = Patient {
///     names: vec![HumanName { family: Some("Ortiz".into()), given: vec!["Ana".into()], ..HumanName::default() }],
///     birth_date: Some("1987-04".parse()?),
///     ..Patient::default()
/// };
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Patient {
    /// Whether the record is in use.
    #[n(0)]
    pub active: bool,
    /// Names, present and past.
    #[cbor(n(1), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<HumanName>,
    /// Identifiers per system.
    #[cbor(n(2), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Telephones and addresses of the electronic kind.
    #[cbor(n(3), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telecom: Vec<ContactPoint>,
    /// Postal addresses.
    #[cbor(n(4), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// Date of birth, as far as it is known.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// Administrative gender.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Which sex-dependent reference values apply.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex_for_clinical_use: Option<SexForClinicalUse>,
    /// Gender identity, as the patient states it.
    #[n(8)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gender_identity: Option<Sensitive<Concept>>,
    /// Languages and need of an interpreter.
    #[cbor(n(9), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// How the patient wishes to be contacted.
    #[n(10)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferences: Option<CommunicationPreferences>,
    /// Death, if it happened.
    #[n(11)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deceased: Option<Deceased>,
    /// The organisation that keeps the record; the owner scope of everything about the patient.
    #[n(12)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managing_organisation: Option<OrganisationId>,
    /// General practitioners.
    #[cbor(n(13), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub general_practitioners: Vec<PractitionerId>,
    /// Security labels of the whole record (v3 Confidentiality and ActCode).
    #[cbor(n(14), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
    /// The time zone the patient lives in, by its name in the IANA database, e.g. `America/New_York`: what is planned
    /// for eight o'clock is planned for eight o'clock there.
    #[n(15)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl Default for Patient {
    fn default() -> Self {
        Patient {
            active: true,
            names: Vec::new(),
            identifiers: Vec::new(),
            telecom: Vec::new(),
            addresses: Vec::new(),
            birth_date: None,
            gender: None,
            sex_for_clinical_use: None,
            gender_identity: None,
            languages: Vec::new(),
            preferences: None,
            deceased: None,
            managing_organisation: None,
            general_practitioners: Vec::new(),
            labels: Vec::new(),
            time_zone: None,
        }
    }
}
