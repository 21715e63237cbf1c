//! What payers and guidelines ask of a shared decision, as versioned data: who it is for, and what has to be on record before
//! the order.

mod complete;
mod eligible;
mod shipped;
mod words;

#[cfg(test)]
mod tests;

pub use complete::{RequirementGap, RequirementResult, completeness};
pub use eligible::{Eligibility, EligibilityFacts, eligible};
pub use shipped::shipped_requirements;
pub use words::{Criterion, CriterionRule, ElementKind, Issuer, Requirement, RequirementElement};
