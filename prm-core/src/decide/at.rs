//! Who does something to a decision, when, and by which way.

use super::Channel;
use crate::govern::Who;
use crate::time::Instant;

/// Who does something to a decision, when, and by which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionAt {
    /// Who.
    pub by: Who,
    /// When.
    pub at: Instant,
    /// By which way people spoke with each other.
    pub channel: Channel,
}
