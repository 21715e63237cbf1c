//! What rows of a plan rest on: why they are there, on whose word, and how far that was checked.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// How far a statement was checked against what it rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// It was checked against its source.
    #[n(0)]
    Verified,
    /// It follows by calculation from what was checked.
    #[n(1)]
    Derived,
    /// It was not checked against a source. It is shown as such wherever the row is shown.
    #[default]
    #[n(2)]
    Unverified,
    /// It is a choice of the one who wrote the template, not a clinical fact.
    #[n(3)]
    SiteRule,
}

/// Why a row of a plan is there, and what that rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Basis {
    /// Why the row is there, in one sentence; 1 to 2,000 characters.
    #[n(0)]
    pub rationale: String,
    /// How far it was checked.
    #[n(1)]
    pub evidence: Evidence,
    /// The source, as one cites it; none for a choice of the site.
    #[n(2)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Where the source is found.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Where a template as a whole is from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateSource {
    /// The source, as one cites it.
    #[n(0)]
    pub citation: String,
    /// Where it is found.
    #[n(1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How far the template was checked against it: as far as its least checked row.
    #[n(2)]
    pub evidence: Evidence,
    /// Terms under which the template may be used, e.g. `MIT OR Apache-2.0`.
    #[n(3)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// What a reader has to know before using it.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Mark that the title of a row carries of which the basis was not checked.
pub(crate) const UNVERIFIED_MARK: &str = " (unverified)";

/// The title that a row is shown by: one of which the basis was not checked says so.
///
/// # Example
/// ```
/// use prm_core::plan::{Evidence, shown_title};
/// assert_eq!(shown_title("Call", Evidence::Unverified), "Call (unverified)");
/// assert_eq!(shown_title("Call", Evidence::Verified), "Call");
/// ```
pub fn shown_title(title: &str, evidence: Evidence) -> String {
    match evidence {
        Evidence::Unverified if !title.ends_with(UNVERIFIED_MARK) => format!("{title}{UNVERIFIED_MARK}"),
        _ => title.to_owned(),
    }
}
