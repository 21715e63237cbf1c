//! Plans of care: templates, goals, activities.
//!
//! A [`CareTemplate`] is data with a version and a source. A [`CarePlan`] is made from it for one patient, stays with
//! that version, and is upgraded by choice. Everything here is words and pure rules.

mod advance;
mod assess;
mod basis;
mod build;
mod care_plan;
mod checker;
mod diff;
mod goal;
mod hand_over;
pub(crate) mod index;
mod instantiate;
pub(crate) mod limits;
mod pathway;
mod shipped;
pub(crate) mod start;
mod status;
mod template;
#[cfg(test)]
mod tests;
mod timing;
mod upgrade;
mod view;

pub use advance::{Advanced, advance};
pub use assess::{Achievement, GoalAssessment, MeasuredValue, TargetAssessment, UnknownReason, assess};
pub use basis::{Basis, Evidence, TemplateSource, shown_title};
pub use care_plan::{CareEvent, CarePlan, CarePlanIntent, PlanActivity, TemplatePin};
pub use checker::{Finding, Problem, Severity, check};
pub use diff::{RowChange, RowDiff, TemplateDiff, TemplateSection, diff};
pub use goal::{Bound, Goal, GoalTarget};
pub use hand_over::{CareOwner, HandOver, hand_over};
pub use instantiate::{
    Instantiated, PlanFacts, PlannedGoal, PlannedSchedule, RoleAssignee, WaitReason, WaitingActivity, instantiate,
};
pub use pathway::{PathwayState, PathwayTransition};
pub use shipped::shipped;
pub use start::{PlanEvent, PlanStart};
pub use status::{ActivityStatus, CarePlanStatus, GoalStatus};
pub use template::{
    ActivityCategory, CareTemplate, Performer, TemplateActivity, TemplateEvent, TemplateGoal, TemplateProblem,
    TemplateStatus, TemplateTarget,
};
pub use timing::{
    AsNeededTiming, BirthdayTiming, CompletionTiming, FollowTiming, RuleTiming, StepTiming, TemplateTiming,
};
pub use upgrade::{RowChoice, Upgrade, UpgradeChoice, UpgradeChoices, UpgradeProposal, upgrade};
pub use view::{AssessedGoal, CarePlanView, CareTemplateView, GoalView};
