//! How to reach people.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::sensitive::Sensitive;
use crate::time::Period;
use crate::value::encoding::several;

crate::value::codes! {
    /// Kind of contact, as in FHIR `ContactPoint.system`.
    ContactSystem {
        /// Telephone.
        Phone = 1 "phone",
        /// Fax.
        Fax = 2 "fax",
        /// E-mail.
        Email = 3 "email",
        /// Pager.
        Pager = 4 "pager",
        /// Web address.
        Url = 5 "url",
        /// Text messages.
        Sms = 6 "sms",
    }
}

crate::value::codes! {
    /// What a contact or address is used for, as in FHIR `ContactPoint.use` and `Address.use`.
    ContactUse {
        /// At home.
        Home = 1 "home",
        /// At work.
        Work = 2 "work",
        /// Not for long.
        Temp = 3 "temp",
        /// No longer valid.
        Old = 4 "old",
        /// A telephone the person carries.
        Mobile = 5 "mobile",
        /// Where bills go.
        Billing = 6 "billing",
    }
}

/// A telephone number, e-mail address or the like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct ContactPoint {
    /// Kind.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<ContactSystem>,
    /// Number or address.
    #[n(1)]
    pub value: Sensitive,
    /// What it is used for.
    #[n(2)]
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<ContactUse>,
    /// Order of preference, 1 first.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// When it was in use.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Address {
    /// What it is used for.
    #[n(0)]
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<ContactUse>,
    /// The whole address as it is to be shown, if the source gave one.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
    /// Street and number, in lines.
    #[cbor(n(2), skip_if = "Vec::is_empty", decode_with = "several")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub line: Vec<Sensitive>,
    /// City.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<Sensitive>,
    /// District.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<Sensitive>,
    /// State or region.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Sensitive>,
    /// Postal code.
    #[n(6)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Sensitive>,
    /// Country.
    #[n(7)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Sensitive>,
    /// When it was in use.
    #[n(8)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
