# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Commands that change a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prm._model.engage import CarePause, Timing
from prm._model.engage_2 import Schedule, Stamp, Window
from prm._model.engage_codes import OutcomeChoice
from prm._model.evidence import EvidenceSource
from prm._model.ids import CarePauseId, CarePlanId, CareTemplateId, EvidenceSourceId, GoalId, ScheduleId
from prm._model.plan import CareOwner, CarePlan, Goal, PlanStart, UpgradeChoices
from prm._scalars import Sensitive, as_instant, as_text, fill, maybe

__all__ = [
    "AdvancePlan", "ChangeSchedule", "EditCarePause", "EditCarePlan", "EditEvidenceSource", "EditGoal", "EditSchedule",
    "HandOverPlan", "MoveOccurrence", "UndoOutcome", "UpgradePlan", "VoidCarePause", "VoidCarePlan",
    "VoidEvidenceSource", "VoidGoal", "VoidSchedule",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditCarePlan:
    """Replaces a plan of care.

    Parameters
    ----------
    id : CarePlanId
        Which.
    version : int
        The version the edit was made on.
    care_plan : CarePlan
        The record.
    """

    id: CarePlanId
    version: int
    care_plan: CarePlan

    def __init__(
        self, *, id: CarePlanId, version: int, care_plan: CarePlan,
    ) -> None:
        fill(
            self, id=id, version=version, care_plan=care_plan,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidCarePlan:
    """Marks a plan of care as entered in error.

    Parameters
    ----------
    id : CarePlanId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: CarePlanId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: CarePlanId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditGoal:
    """Replaces a goal.

    Parameters
    ----------
    id : GoalId
        Which.
    version : int
        The version the edit was made on.
    goal : Goal
        The record.
    """

    id: GoalId
    version: int
    goal: Goal

    def __init__(
        self, *, id: GoalId, version: int, goal: Goal,
    ) -> None:
        fill(
            self, id=id, version=version, goal=goal,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidGoal:
    """Marks a goal as entered in error.

    Parameters
    ----------
    id : GoalId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: GoalId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: GoalId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditSchedule:
    """Replaces a schedule.

    Parameters
    ----------
    id : ScheduleId
        Which.
    version : int
        The version the edit was made on.
    schedule : Schedule
        The record.
    """

    id: ScheduleId
    version: int
    schedule: Schedule

    def __init__(
        self, *, id: ScheduleId, version: int, schedule: Schedule,
    ) -> None:
        fill(
            self, id=id, version=version, schedule=schedule,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidSchedule:
    """Marks a schedule as entered in error.

    Parameters
    ----------
    id : ScheduleId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: ScheduleId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: ScheduleId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditCarePause:
    """Replaces a pause of care.

    Parameters
    ----------
    id : CarePauseId
        Which.
    version : int
        The version the edit was made on.
    care_pause : CarePause
        The record.
    """

    id: CarePauseId
    version: int
    care_pause: CarePause

    def __init__(
        self, *, id: CarePauseId, version: int, care_pause: CarePause,
    ) -> None:
        fill(
            self, id=id, version=version, care_pause=care_pause,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidCarePause:
    """Marks a pause of care as entered in error.

    Parameters
    ----------
    id : CarePauseId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: CarePauseId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: CarePauseId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AdvancePlan:
    """Takes a plan to another state of its pathway, or tells it of an event it waited for.

    Parameters
    ----------
    id : CarePlanId
        Which.
    version : int
        The version this was made on.
    state : str, optional
        Key of the state; the one the plan is in for events alone.
    start : PlanStart
        When, and what happened.
    """

    id: CarePlanId
    version: int
    state: str | None
    start: PlanStart

    def __init__(
        self, *, id: CarePlanId, version: int, state: str | None = None, start: PlanStart,
    ) -> None:
        fill(
            self, id=id, version=version, state=state, start=start,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class UpgradePlan:
    """Upgrades a plan to another version of the template it was made from, row by row as chosen.

    Parameters
    ----------
    id : CarePlanId
        Which.
    version : int
        The version this was made on.
    template : CareTemplateId
        The template, whose current version the plan is to have.
    choices : UpgradeChoices
        What to do about each row that differs.
    start : PlanStart
        When new rows start, and what they are made from.
    """

    id: CarePlanId
    version: int
    template: CareTemplateId
    choices: UpgradeChoices
    start: PlanStart

    def __init__(
        self, *, id: CarePlanId, version: int, template: CareTemplateId, choices: UpgradeChoices, start: PlanStart,
    ) -> None:
        fill(
            self, id=id, version=version, template=template, choices=choices, start=start,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class HandOverPlan:
    """Hands what someone owns of a plan, its activities and its schedules, over to someone else.

    Parameters
    ----------
    id : CarePlanId
        Which.
    version : int
        The version this was made on.
    from_ : CareOwner
        Who owns it.
    to : CareOwner
        Who is to own it.
    """

    id: CarePlanId
    version: int
    from_: CareOwner
    to: CareOwner

    def __init__(
        self, *, id: CarePlanId, version: int, from_: CareOwner, to: CareOwner,
    ) -> None:
        fill(
            self, id=id, version=version, from_=from_, to=to,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class UndoOutcome:
    """Takes back what was recorded to have come of an occurrence: it stands as if nothing had been.

    Parameters
    ----------
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence.
    version : int
        The version that is taken back.
    """

    schedule: ScheduleId
    stamp: Stamp
    version: int

    def __init__(
        self, *, schedule: ScheduleId, stamp: Stamp, version: int,
    ) -> None:
        fill(
            self, schedule=schedule, stamp=stamp, version=version,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class MoveOccurrence:
    """Moves one occurrence to another time, or back to where the schedule has it.

    Parameters
    ----------
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence.
    version : int, optional
        The version of what is recorded of it that this was made on; 0 if nothing is.
    to : datetime, optional
        When it is to take place; none for where the schedule has it.
    """

    schedule: ScheduleId
    stamp: Stamp
    version: int
    to: datetime | None

    def __init__(
        self, *, schedule: ScheduleId, stamp: Stamp, version: int = 0, to: datetime | None = None,
    ) -> None:
        fill(
            self, schedule=schedule, stamp=stamp, version=version, to=maybe(as_instant, to),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ChangeSchedule:
    """Changes a schedule from an instant on; what was due before stays as it is.

    Parameters
    ----------
    id : ScheduleId
        Which.
    version : int
        The version the change was made on.
    from_ : datetime
        From when on.
    timing : Timing
        When it is to happen from then on.
    window : Window, optional
        The window around each time.
    outcomes : OutcomeChoice
        What happens to outcomes recorded of occurrences from then on that the new timing does not plan.
    """

    id: ScheduleId
    version: int
    from_: datetime
    timing: Timing
    window: Window
    outcomes: OutcomeChoice

    def __init__(
        self, *, id: ScheduleId, version: int, from_: datetime, timing: Timing, window: Window = Window(),
        outcomes: OutcomeChoice,
    ) -> None:
        fill(
            self, id=id, version=version, from_=as_instant(from_), timing=timing, window=window, outcomes=outcomes,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EditEvidenceSource:
    """Replaces a source of evidence.

    Parameters
    ----------
    id : EvidenceSourceId
        Which.
    version : int
        The version the edit was made on.
    evidence_source : EvidenceSource
        The record.
    """

    id: EvidenceSourceId
    version: int
    evidence_source: EvidenceSource

    def __init__(
        self, *, id: EvidenceSourceId, version: int, evidence_source: EvidenceSource,
    ) -> None:
        fill(
            self, id=id, version=version, evidence_source=evidence_source,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VoidEvidenceSource:
    """Marks a source of evidence as entered in error.

    Parameters
    ----------
    id : EvidenceSourceId
        Which.
    version : int
        The version that is voided.
    reason : str, does not print
        Why.
    """

    id: EvidenceSourceId
    version: int
    reason: Sensitive[str]

    def __init__(
        self, *, id: EvidenceSourceId, version: int, reason: Sensitive[str] | str,
    ) -> None:
        fill(
            self, id=id, version=version, reason=as_text(reason),
        )
