//! How decisions were made, by clinician and topic, in groups too large to tell of one patient.

mod facts;
mod groups;

#[cfg(test)]
mod tests;

pub use facts::{DecisionFacts, facts};
pub use groups::{QualityReport, QualityRow, quality_report};
