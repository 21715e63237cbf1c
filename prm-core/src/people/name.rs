//! Names of people.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::sensitive::Sensitive;
use crate::time::Period;
use crate::value::encoding::several;

crate::value::codes! {
    /// What a name is used for, as in FHIR `HumanName.use`.
    NameUse {
        /// Known by, in everyday life.
        Usual = 1 "usual",
        /// The formal name as registered.
        Official = 2 "official",
        /// Not in use for long.
        Temp = 3 "temp",
        /// What friends call them.
        Nickname = 4 "nickname",
        /// Not to be traced to the person.
        Anonymous = 5 "anonymous",
        /// No longer in use, or never correct.
        Old = 6 "old",
        /// Used before marriage.
        Maiden = 7 "maiden",
    }
}

/// A name with its use and the time it was used. A patient's names are a history: an older one keeps its period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct HumanName {
    /// What it is used for.
    #[n(0)]
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<NameUse>,
    /// The whole name as it is to be shown, if the source gave one.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
    /// Family name.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<Sensitive>,
    /// Given names, in order.
    #[cbor(n(3), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<Sensitive>,
    /// Parts before the name.
    #[cbor(n(4), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prefix: Vec<Sensitive>,
    /// Parts after the name.
    #[cbor(n(5), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suffix: Vec<Sensitive>,
    /// When it was used.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
