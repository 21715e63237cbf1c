//! Roles that an administrator gives.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Who;
use crate::time::Period;

crate::value::codes! {
    /// A role. Practitioners, patients and proxies need none: what they may do follows from their relation to a patient.
    Role {
        /// Runs the store: people, roles, import, export.
        Administrator = 1 "administrator",
        /// A program that imports and exports.
        Integration = 2 "integration",
    }
}

/// A role given to someone.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct RoleGrant {
    /// To whom.
    #[n(0)]
    pub who: Who,
    /// Which.
    #[n(1)]
    pub role: Role,
    /// When it holds.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}
