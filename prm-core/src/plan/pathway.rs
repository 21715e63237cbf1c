//! Pathways: the states a plan goes through.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Basis;

/// A way from one state to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct PathwayTransition {
    /// Key of the state it leads to.
    #[n(0)]
    pub to: String,
    /// When a person takes it, in words.
    #[n(1)]
    pub title: String,
    /// Why it is there.
    #[n(2)]
    pub basis: Basis,
}

/// A state of a pathway. The first of a template is the one that a plan begins in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct PathwayState {
    /// Key within the template.
    #[n(0)]
    pub key: String,
    /// Title.
    #[n(1)]
    pub title: String,
    /// Whether the pathway ends here.
    #[cbor(n(2), default)]
    pub ends: bool,
    /// Where it leads.
    #[cbor(n(3), skip_if = "Vec::is_empty")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<PathwayTransition>,
}
