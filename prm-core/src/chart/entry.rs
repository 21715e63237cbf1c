//! The chart entry.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::EntryKind;
use crate::id::{EntryId, OrganisationId, PatientId, PractitionerId, RecordId};
use crate::sensitive::Sensitive;
use crate::time::{Period, When};
use crate::value::{Coding, Concept, Quantity, known};

crate::value::codes! {
    /// Whether an entry counts, summarised over the status codes of all resource types. The code of the source is
    /// kept beside it in [`ChartEntry::status_code`].
    EntryStatus {
        /// Holds now: active, in progress, on hold.
        Active = 1 "active",
        /// Over: completed, finished, resolved, stopped, inactive.
        Completed = 2 "completed",
        /// Was not or will not be done: not-done, cancelled, refuted.
        NotDone = 3 "not-done",
        /// Planned: draft, planned, proposed, booked.
        Planned = 4 "planned",
        /// Provisional: preliminary, unconfirmed.
        Preliminary = 5 "preliminary",
        /// Final: final, amended, corrected.
        Final = 6 "final",
        /// Recorded by mistake: does not count, is kept.
        EnteredInError = 7 "entered-in-error",
        /// Not stated.
        Unknown = 8 "unknown",
    }
}

/// A value of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryValue {
    /// An amount.
    #[n(0)]
    Quantity(#[n(0)] Quantity),
    /// A concept.
    #[n(1)]
    Concept(#[n(0)] Sensitive<Concept>),
    /// Text.
    #[n(2)]
    Text(#[n(0)] Sensitive),
    /// Yes or no.
    #[n(3)]
    Boolean(#[n(0)] bool),
    /// A whole number.
    #[n(4)]
    Integer(#[n(0)] i64),
    /// A time.
    #[n(5)]
    When(#[n(0)] When),
    /// A kind of value that is kept in the source alone.
    #[n(6)]
    InSource,
}

/// A part of an observation with its own code, e.g. systolic pressure.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// What was measured.
    #[n(0)]
    pub code: Concept,
    /// What was found.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<EntryValue>,
}

/// What a link points to.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkTarget {
    /// An entry of this store.
    #[n(0)]
    Entry(#[n(0)] EntryId),
    /// A patient of this store.
    #[n(1)]
    Patient(#[n(0)] PatientId),
    /// A practitioner of this store.
    #[n(2)]
    Practitioner(#[n(0)] PractitionerId),
    /// An organisation of this store.
    #[n(3)]
    Organisation(#[n(0)] OrganisationId),
    /// Another record of this store.
    #[n(4)]
    Record(#[n(0)] RecordId),
    /// A reference that leads to nothing in this store (yet), as it was written.
    #[n(5)]
    Unresolved(#[n(0)] Sensitive),
}

/// A link from an entry to something else.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Path of the element that holds the reference, e.g. `encounter` or `performer`.
    #[n(0)]
    #[cbor(with = "known::word")]
    pub role: String,
    /// Where it leads.
    #[n(1)]
    pub target: LinkTarget,
}

/// Where an entry came from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Name the caller gave the source when importing.
    #[n(0)]
    pub source: String,
    /// Identity within the source: `Type/id`, a full URL, `system|value`, or `sha256:…` of the content. It may hold an
    /// identifier of a person, so it does not print.
    #[n(1)]
    #[cbor(with = "super::encoding::identity")]
    pub identity: Sensitive,
}

/// One entry of a patient's chart: a clinical resource as far as lists and rules need it. What was imported is kept
/// losslessly beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartEntry {
    /// Kind.
    pub kind: EntryKind,
    /// When it happened or began; none sorts after all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// When it ended, if it did: abatement, end of a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// Whether it counts.
    pub status: EntryStatus,
    /// Status as the source wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_code: Option<String>,
    /// What it is: diagnosis, test, vaccine, drug.
    #[serde(default)]
    pub code: Concept,
    /// Categories, e.g. `vital-signs`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Coding>,
    /// One line for lists.
    #[serde(default)]
    pub title: Sensitive,
    /// Value, for a measurement or finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<EntryValue>,
    /// Parts with codes of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// Links to other records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Security labels (v3 Confidentiality and ActCode).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
    /// Where it was imported from; none for entries made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
    /// When the use or plan it states holds, if that differs from when it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl ChartEntry {
    /// An entry of a kind with a code, of which nothing else is said yet.
    pub fn new(kind: EntryKind, code: impl Into<Concept>) -> Self {
        let code = code.into();
        let title = Sensitive::new(code.label().unwrap_or_default().to_owned());
        ChartEntry {
            kind,
            when: None,
            until: None,
            status: EntryStatus::Unknown,
            status_code: None,
            code,
            categories: Vec::new(),
            title,
            value: None,
            components: Vec::new(),
            links: Vec::new(),
            labels: Vec::new(),
            origin: None,
            note: None,
            period: None,
        }
    }
}
