//! What reads of the chart return.

use serde::{Deserialize, Serialize};

use super::ChartEntry;
use crate::id::EntryId;
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
}
