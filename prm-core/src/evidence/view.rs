//! What reads of sources return.

use super::EvidenceSource;
use crate::id::EvidenceSourceId;
use crate::value::views;

views! {
    /// A source of evidence as it was read.
    EvidenceSourceView { EvidenceSourceId, evidence_source: EvidenceSource },
}
