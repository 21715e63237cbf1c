//! What reads of the chart return.

use serde::{Deserialize, Serialize};

use super::ChartEntry;
use crate::id::EntryId;
use crate::store::record::Stored;
use crate::time::Instant;

/// An entry as it was read: which version, and since when the store has known it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// Id.
    pub id: EntryId,
    /// Version, from 1.
    pub version: u32,
    /// When this version was recorded.
    pub recorded: Instant,
    /// The entry.
    pub entry: ChartEntry,
    /// Entries of other sources that say something else of the same. Two entries disagree if they have the same kind, a
    /// code in common and the same date as written, come from different sources (entries made here are one source), and
    /// differ in value, components or status. Both stay; neither is preferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<EntryId>,
}

impl EntryView {
    pub(crate) fn new(id: EntryId, stored: Stored<ChartEntry>) -> Self {
        let Stored { header, record } = stored;
        EntryView { id, version: header.version, recorded: header.recorded, entry: record, conflicts: Vec::new() }
    }
}
