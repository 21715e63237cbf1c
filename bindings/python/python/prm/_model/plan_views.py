# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of plan answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.engage_2 import Schedule
from prm._model.ids import CarePlanId, CareTemplateId, EntryId, GoalId, ScheduleId
from prm._model.plan import CarePlan, CareTemplate, Goal
from prm._model.plan_codes import Achievement, Problem, RowChange, Severity, TemplateSection, UnknownReason
from prm._model.values import Coding, Quantity
from prm._scalars import Sensitive, When, WhenLike, as_instant, as_text, as_when, fill, many, maybe

__all__ = [
    "AssessedGoal", "CarePlanView", "CareTemplateView", "Finding", "GoalAssessment", "GoalView", "Instantiated",
    "PlannedGoal", "PlannedSchedule", "RowDiff", "TargetAssessment", "TemplateDiff", "UpgradeProposal", "WaitReason",
    "WaitReasonActivity", "WaitReasonBirthDate", "WaitReasonEvent", "WaitReasonState", "WaitingActivity",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TargetAssessment:
    """Whether a target is reached, and by which value.

    Parameters
    ----------
    measure : Coding
        What is measured.
    achievement : Achievement
        Whether it is reached.
    reason : UnknownReason, optional
        Why that is not known.
    value : Quantity, optional
        The value that was looked at.
    when : When, optional
        When it was measured.
    entry : EntryId, optional
        The entry of the chart that says so.
    """

    measure: Coding
    achievement: Achievement
    reason: UnknownReason | None
    value: Quantity | None
    when: When | None
    entry: EntryId | None

    def __init__(
        self, *, measure: Coding, achievement: Achievement, reason: UnknownReason | None = None,
        value: Quantity | None = None, when: WhenLike | None = None, entry: EntryId | None = None,
    ) -> None:
        fill(
            self, measure=measure, achievement=achievement, reason=reason, value=value, when=maybe(as_when, when),
            entry=entry,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class GoalAssessment:
    """Whether a goal is reached.

    Parameters
    ----------
    achievement : Achievement
        Whether all targets are reached: not met if one is not, else unknown if one is, else in progress if
        one is.
    reason : UnknownReason, optional
        Why that is not known.
    targets : sequence of TargetAssessment
        Each target.
    """

    achievement: Achievement
    reason: UnknownReason | None
    targets: tuple[TargetAssessment, ...]

    def __init__(
        self, *, achievement: Achievement, reason: UnknownReason | None = None, targets: Sequence[TargetAssessment],
    ) -> None:
        fill(
            self, achievement=achievement, reason=reason, targets=many(targets),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class GoalView:
    """A goal as it was read.

    Parameters
    ----------
    id : GoalId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    goal : Goal
        The record.
    """

    id: GoalId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    goal: Goal

    def __init__(
        self, *, id: GoalId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None, goal: Goal,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided), goal=goal,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AssessedGoal:
    """A goal with what the chart says of it.

    Parameters
    ----------
    goal : GoalView
        The goal.
    assessment : GoalAssessment
        How it stands by what was measured. What was not measured is unknown, never met.
    """

    goal: GoalView
    assessment: GoalAssessment

    def __init__(
        self, *, goal: GoalView, assessment: GoalAssessment,
    ) -> None:
        fill(
            self, goal=goal, assessment=assessment,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CarePlanView:
    """A plan of care as it was read.

    Parameters
    ----------
    id : CarePlanId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    care_plan : CarePlan
        The record.
    """

    id: CarePlanId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    care_plan: CarePlan

    def __init__(
        self, *, id: CarePlanId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        care_plan: CarePlan,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            care_plan=care_plan,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareTemplateView:
    """A template of care plans as it was read.

    Parameters
    ----------
    id : CareTemplateId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    care_template : CareTemplate
        The record.
    """

    id: CareTemplateId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    care_template: CareTemplate

    def __init__(
        self, *, id: CareTemplateId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        care_template: CareTemplate,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            care_template=care_template,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Finding:
    """Something that is wrong with a template, or has to be known of it.

    Parameters
    ----------
    row : str
        The row, e.g. ``activities.call``; a field of the template otherwise, e.g. ``version``.
    problem : Problem
        What it is about.
    severity : Severity
        How much it matters.
    text : str
        What to do, in one sentence.
    """

    row: str
    problem: Problem
    severity: Severity
    text: str

    def __init__(
        self, *, row: str, problem: Problem, severity: Severity, text: str,
    ) -> None:
        fill(
            self, row=row, problem=problem, severity=severity, text=text,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlannedGoal:
    """A goal with the id that it has or is to have.

    Parameters
    ----------
    id : GoalId
        Its id.
    goal : Goal
        The goal.
    """

    id: GoalId
    goal: Goal

    def __init__(
        self, *, id: GoalId, goal: Goal,
    ) -> None:
        fill(
            self, id=id, goal=goal,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlannedSchedule:
    """A schedule with the id that it has or is to have.

    Parameters
    ----------
    id : ScheduleId
        Its id.
    schedule : Schedule
        The schedule.
    """

    id: ScheduleId
    schedule: Schedule

    def __init__(
        self, *, id: ScheduleId, schedule: Schedule,
    ) -> None:
        fill(
            self, id=id, schedule=schedule,
        )


@dataclass(frozen=True, slots=True)
class WaitReasonState:
    """A state of the pathway in which it holds."""


@dataclass(frozen=True, slots=True, init=False)
class WaitReasonEvent:
    """An event, by its key."""

    value: str

    def __init__(self, value: str) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class WaitReasonActivity:
    """An activity that it needs or follows, by its key."""

    value: str

    def __init__(self, value: str) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True)
class WaitReasonBirthDate:
    """The day the patient was born."""


WaitReason: TypeAlias = (
    WaitReasonState | WaitReasonEvent | WaitReasonActivity | WaitReasonBirthDate
)
"""What an activity waits for."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class WaitingActivity:
    """An activity that has no schedule yet.

    Parameters
    ----------
    activity : str
        Key of the activity.
    reason : WaitReason
        What it waits for first.
    """

    activity: str
    reason: WaitReason

    def __init__(
        self, *, activity: str, reason: WaitReason,
    ) -> None:
        fill(
            self, activity=activity, reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Instantiated:
    """What a template comes to for one patient.

    Parameters
    ----------
    plan : CarePlan
        The plan.
    goals : sequence of PlannedGoal
        Its goals.
    schedules : sequence of PlannedSchedule
        The schedules of its activities.
    waiting : sequence of WaitingActivity, optional
        Activities that have none yet, and why.
    """

    plan: CarePlan
    goals: tuple[PlannedGoal, ...]
    schedules: tuple[PlannedSchedule, ...]
    waiting: tuple[WaitingActivity, ...]

    def __init__(
        self, *, plan: CarePlan, goals: Sequence[PlannedGoal], schedules: Sequence[PlannedSchedule],
        waiting: Sequence[WaitingActivity] = (),
    ) -> None:
        fill(
            self, plan=plan, goals=many(goals), schedules=many(schedules), waiting=many(waiting),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RowDiff:
    """A row that differs.

    Parameters
    ----------
    section : TemplateSection
        The part of the template.
    key : str
        Key of the row.
    change : RowChange
        What became of it.
    fields : sequence of str, optional
        Names of the fields that differ; none for rows added or removed.
    """

    section: TemplateSection
    key: str
    change: RowChange
    fields: tuple[str, ...]

    def __init__(
        self, *, section: TemplateSection, key: str, change: RowChange, fields: Sequence[str] = (),
    ) -> None:
        fill(
            self, section=section, key=key, change=change, fields=many(fields),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateDiff:
    """What two versions of a template differ in.

    Parameters
    ----------
    fields : sequence of str, optional
        Names of fields of the template itself that differ; ``first_state`` if plans begin elsewhere.
    rows : sequence of RowDiff, optional
        The rows that differ, by section and key. The order of rows is no difference.
    """

    fields: tuple[str, ...]
    rows: tuple[RowDiff, ...]

    def __init__(
        self, *, fields: Sequence[str] = (), rows: Sequence[RowDiff] = (),
    ) -> None:
        fill(
            self, fields=many(fields), rows=many(rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class UpgradeProposal:
    """A plan as an upgrade would leave it. Nothing is erased: what the later version does not have is ended.

    Parameters
    ----------
    diff : TemplateDiff
        What the versions differ in.
    plan : CarePlan
        The plan, with the later version.
    goals : sequence of PlannedGoal
        Goals that are new or change, as they are afterwards.
    schedules : sequence of PlannedSchedule
        Schedules that are new or change, as they are afterwards. A changed time holds from ``now`` on: what
        was recorded before stays with the time it was recorded for.
    """

    diff: TemplateDiff
    plan: CarePlan
    goals: tuple[PlannedGoal, ...]
    schedules: tuple[PlannedSchedule, ...]

    def __init__(
        self, *, diff: TemplateDiff, plan: CarePlan, goals: Sequence[PlannedGoal], schedules: Sequence[PlannedSchedule],
    ) -> None:
        fill(
            self, diff=diff, plan=plan, goals=many(goals), schedules=many(schedules),
        )
