//! What reads of plans return.

use serde::{Deserialize, Serialize};

use super::{CarePlan, CareTemplate, Goal, GoalAssessment};
use crate::id::{CarePlanId, CareTemplateId, GoalId};
use crate::value::views;

views! {
    /// A template of care plans as it was read.
    CareTemplateView { CareTemplateId, care_template: CareTemplate },
    /// A plan of care as it was read.
    CarePlanView { CarePlanId, care_plan: CarePlan },
    /// A goal as it was read.
    GoalView { GoalId, goal: Goal },
}

/// A goal with what the chart says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessedGoal {
    /// The goal.
    pub goal: GoalView,
    /// How it stands by what was measured. What was not measured is unknown, never met.
    pub assessment: GoalAssessment,
}
