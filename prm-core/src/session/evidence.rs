//! The room of evidence.

use super::Session;
use super::calls::kept;
use crate::command::Command;
use crate::error::Result;
use crate::evidence::{EvidenceSource, EvidenceSourceView, Freshness, freshness};
use crate::id::EvidenceSourceId;
use crate::sensitive::Sensitive;
use crate::store::record::{Header, Stored};
use crate::time::{Date, Instant};

/// Sources of evidence. See [`Session::evidence`].
#[derive(Debug, Clone, Copy)]
pub struct EvidenceRoom<'a>(pub(super) &'a Session);

kept! { EvidenceRoom:
    "a source of evidence" EvidenceSource EvidenceSourceId EvidenceSourceView evidence_source:
        add_source AddEvidenceSource, edit_source EditEvidenceSource, void_source VoidEvidenceSource, source,
        source_history, source_known_at;
}

impl EvidenceRoom<'_> {
    /// The sources that were not entered in error, in the order they were added.
    ///
    /// # Errors
    /// `Denied` to those who may not see the directory; `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn sources(&self) -> Result<Vec<EvidenceSourceView>> {
        let sources = self.0.shared_records::<EvidenceSource>()?;
        Ok(sources.into_iter().map(|(id, stored)| EvidenceSourceView::of(id.into(), stored)).collect())
    }

    /// Whether a source is still current on a day, by its age and by the other sources of the store. `max_age_months` is
    /// the site's policy, 24 if none is named.
    ///
    /// # Errors
    /// As [`sources`](Self::sources); `NotFound` for a source that is not there.
    pub fn source_freshness(&self, id: EvidenceSourceId, on: Date, max_age_months: Option<u32>) -> Result<Freshness> {
        let source = self.source(id)?.evidence_source;
        let known: Vec<_> = self.sources()?.into_iter().map(|view| view.evidence_source).collect();
        Ok(freshness(&source, &known, on, max_age_months))
    }
}
