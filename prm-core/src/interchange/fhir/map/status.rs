//! Whether an entry counts, from the status codes of all types of resources.

use super::super::Json;
use super::at::{At, Notes};
use super::datatypes as read;
use crate::chart::EntryStatus;

/// Status codes of R4 with what they come to. A code that stands for different things in different types has one row
/// for all: what matters is whether the entry counts.
const CODES: &[(EntryStatus, &[&str])] = &[
    (
        EntryStatus::Active,
        &[
            "active",
            "in-progress",
            "on-hold",
            "arrived",
            "triaged",
            "onleave",
            "checked-in",
            "recurrence",
            "relapse",
            "accepted",
            "received",
            "ready",
            "current",
        ],
    ),
    (
        EntryStatus::Completed,
        &[
            "completed",
            "finished",
            "fulfilled",
            "resolved",
            "remission",
            "inactive",
            "stopped",
            "ended",
            "retired",
            "superseded",
            "unavailable",
        ],
    ),
    (
        EntryStatus::NotDone,
        &[
            "not-done",
            "cancelled",
            "refuted",
            "revoked",
            "noshow",
            "declined",
            "rejected",
            "failed",
            "not-taken",
            "aborted",
            "abandoned",
            "suspended",
        ],
    ),
    (
        EntryStatus::Planned,
        &["draft", "planned", "proposed", "pending", "booked", "requested", "intended", "waitlist", "preparation"],
    ),
    (EntryStatus::Preliminary, &["preliminary", "unconfirmed", "provisional", "differential", "registered", "partial"]),
    (EntryStatus::Final, &["final", "amended", "corrected", "appended", "available"]),
    (EntryStatus::EnteredInError, &["entered-in-error"]),
];

pub(crate) fn summary(code: &str) -> EntryStatus {
    let row = CODES.iter().find(|(_, codes)| codes.contains(&code));
    row.map_or(EntryStatus::Unknown, |(status, _)| status.clone())
}

/// The summary and the code it rests on. Of a condition or an allergy, a verification that says it does not hold
/// goes before the clinical status, and one that is not confirmed makes an active one preliminary.
pub(super) fn status(json: &Json<'_>, notes: &mut Notes) -> (EntryStatus, Option<String>) {
    let at = &At::ROOT;
    let code = |name: &str, notes: &mut Notes| {
        let concept = read::concept_of(json, name, at, notes)?;
        concept.codings.into_iter().map(|c| c.code).find(|c| !c.is_empty())
    };
    let clinical = code("clinicalStatus", notes);
    let verification = code("verificationStatus", notes);
    if clinical.is_some() || verification.is_some() {
        let verified = verification.as_deref().map(summary);
        let verified = verified.filter(|s| *s != EntryStatus::Unknown);
        return match (verified, clinical) {
            (Some(status @ (EntryStatus::EnteredInError | EntryStatus::NotDone)), _) => (status, verification),
            (Some(EntryStatus::Preliminary), Some(clinical)) if summary(&clinical) == EntryStatus::Active => {
                (EntryStatus::Preliminary, verification)
            }
            (_, Some(clinical)) => (summary(&clinical), Some(clinical)),
            (Some(status), None) => (status, verification),
            (None, None) => (EntryStatus::Unknown, verification),
        };
    }
    let code = ["status", "lifecycleStatus"].iter().find_map(|name| read::owned(json, name, at, notes));
    (code.as_deref().map_or(EntryStatus::Unknown, summary), code)
}
