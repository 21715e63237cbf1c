# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Templates, plans of care and goals."""

from prm._model.plan import (
    CareOwner, CareOwnerPerson, CareOwnerPool, CarePlan, CareTemplate, Goal, PlanStart, UpgradeChoices,
)
from prm._model.plan_codes import (
    Achievement, ActivityCategory, ActivityStatus, CarePlanIntent, CarePlanStatus, Evidence, GoalStatus, Performer,
    Problem, RowChange, RowChoice, Severity, TemplateSection, TemplateStatus, UnknownReason,
)
from prm._model.plan_parts import (
    AsNeededTiming, Basis, BirthdayTiming, CareEvent, CompletionTiming, FollowTiming, PathwayState, PathwayTransition,
    PlanActivity, RuleTiming, StepTiming, TemplatePin, TemplateTiming, TemplateTimingAfterActivity,
    TemplateTimingAfterCompletion, TemplateTimingAsNeeded, TemplateTimingBirthday, TemplateTimingRule,
    TemplateTimingSteps,
)
from prm._model.plan_parts_2 import (
    Bound, GoalTarget, PlanEvent, RoleAssignee, TemplateActivity, TemplateEvent, TemplateGoal, TemplateProblem,
    TemplateSource, TemplateTarget, UpgradeChoice,
)
from prm._model.plan_views import (
    AssessedGoal, CarePlanView, CareTemplateView, Finding, GoalAssessment, GoalView, Instantiated, PlannedGoal,
    PlannedSchedule, RowDiff, TargetAssessment, TemplateDiff, UpgradeProposal, WaitReason, WaitReasonActivity,
    WaitReasonBirthDate, WaitReasonEvent, WaitReasonState, WaitingActivity,
)

__all__ = [
    "Achievement", "ActivityCategory", "ActivityStatus", "AsNeededTiming", "AssessedGoal", "Basis", "BirthdayTiming",
    "Bound", "CareEvent", "CareOwner", "CareOwnerPerson", "CareOwnerPool", "CarePlan", "CarePlanIntent",
    "CarePlanStatus", "CarePlanView", "CareTemplate", "CareTemplateView", "CompletionTiming", "Evidence", "Finding",
    "FollowTiming", "Goal", "GoalAssessment", "GoalStatus", "GoalTarget", "GoalView", "Instantiated", "PathwayState",
    "PathwayTransition", "Performer", "PlanActivity", "PlanEvent", "PlanStart", "PlannedGoal", "PlannedSchedule",
    "Problem", "RoleAssignee", "RowChange", "RowChoice", "RowDiff", "RuleTiming", "Severity", "StepTiming",
    "TargetAssessment", "TemplateActivity", "TemplateDiff", "TemplateEvent", "TemplateGoal", "TemplatePin",
    "TemplateProblem", "TemplateSection", "TemplateSource", "TemplateStatus", "TemplateTarget", "TemplateTiming",
    "TemplateTimingAfterActivity", "TemplateTimingAfterCompletion", "TemplateTimingAsNeeded", "TemplateTimingBirthday",
    "TemplateTimingRule", "TemplateTimingSteps", "UnknownReason", "UpgradeChoice", "UpgradeChoices", "UpgradeProposal",
    "WaitReason", "WaitReasonActivity", "WaitReasonBirthDate", "WaitReasonEvent", "WaitReasonState", "WaitingActivity",
]
