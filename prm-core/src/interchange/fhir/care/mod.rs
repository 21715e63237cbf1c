//! Care that is carried out, as FHIR R4 says it: `CarePlan`, `Goal`, `ServiceRequest`, `Task`, `Timing`, `PlanDefinition`.
//!
//! Whatever the engine holds comes back from what is written here. What R4 has no element for goes into extensions:
//! `urn:prm:kept` beside the element it belongs to, `urn:prm:timing` beside a `Timing` that does not say it all. What
//! cannot be read exactly is refused or told, never approximated.

mod carry;
mod document;
mod goal;
mod plan;
mod refs;
mod request;
mod task;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod timing;

pub use document::{CareDocument, CareGoal, CareReading, CareSchedule, read_care, write_care};
pub use template::{ReadTemplate, read_template, write_template};
pub use timing::{ReadTiming, read_timing, write_timing};
