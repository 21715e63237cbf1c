# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.engage_parts import Assignee, Pool
from prm._model.ids import CarePlanId, CareTeamId, CareTemplateId, EntryId, HolidayCalendarId, PatientId
from prm._model.plan_codes import CarePlanIntent, CarePlanStatus, GoalStatus, RowChoice, TemplateStatus
from prm._model.plan_parts import Basis, CareEvent, PathwayState, PlanActivity, TemplatePin
from prm._model.plan_parts_2 import (
    GoalTarget, PlanEvent, RoleAssignee, TemplateActivity, TemplateEvent, TemplateGoal, TemplateProblem, TemplateSource,
    UpgradeChoice,
)
from prm._model.values import Coding, Concept, Period, Who
from prm._scalars import (
    CivilTime, CivilTimeLike, Date, DayLike, Sensitive, as_civil_time, as_day, as_text, fill, many, maybe,
)

__all__ = [
    "CareOwner", "CareOwnerPerson", "CareOwnerPool", "CarePlan", "CareTemplate", "Goal", "PlanStart", "UpgradeChoices",
]


@dataclass(frozen=True, slots=True, init=False)
class CareOwnerPool:
    """A team or clinic."""

    value: Pool

    def __init__(self, value: Pool) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class CareOwnerPerson:
    """A person."""

    value: Assignee

    def __init__(self, value: Assignee) -> None:
        fill(self, value=value)


CareOwner: TypeAlias = (
    CareOwnerPool | CareOwnerPerson
)
"""Who sees to something: a team or clinic, or a person."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CarePlan:
    """A plan of care for one patient (FHIR ``CarePlan``).

    Parameters
    ----------
    patient : PatientId
        The patient.
    template : TemplatePin, optional
        The template it was made from, and its version.
    title : str
        Title.
    status : CarePlanStatus
        How it stands.
    intent : CarePlanIntent
        How binding it is.
    period : Period, optional
        When it holds.
    addresses : sequence of Concept, optional
        What it addresses.
    entries : sequence of EntryId, optional
        Entries of the chart that it addresses.
    events : sequence of CareEvent, optional
        Events that times are counted from.
    activities : sequence of PlanActivity, optional
        Activities.
    care_team : CareTeamId, optional
        The team that carries it out.
    author : Who, optional
        Who wrote it.
    state : str, optional
        Key of the state of the pathway that it is in.
    note : str, does not print, optional
        A remark.
    labels : sequence of Coding, optional
        Security labels (v3 Confidentiality and ActCode).
    rests : sequence of Period, optional
        When its status kept it from being carried out: on hold, or a draft before it was active. Kept by the
        library from the changes of the status; what an edit says of it is not taken.
    """

    patient: PatientId
    template: TemplatePin | None
    title: str
    status: CarePlanStatus
    intent: CarePlanIntent
    period: Period | None
    addresses: tuple[Concept, ...]
    entries: tuple[EntryId, ...]
    events: tuple[CareEvent, ...]
    activities: tuple[PlanActivity, ...]
    care_team: CareTeamId | None
    author: Who | None
    state: str | None
    note: Sensitive[str] | None
    labels: tuple[Coding, ...]
    rests: tuple[Period, ...]

    def __init__(
        self, *, patient: PatientId, template: TemplatePin | None = None, title: str, status: CarePlanStatus | str,
        intent: CarePlanIntent | str, period: Period | None = None, addresses: Sequence[Concept] = (),
        entries: Sequence[EntryId] = (), events: Sequence[CareEvent] = (), activities: Sequence[PlanActivity] = (),
        care_team: CareTeamId | None = None, author: Who | None = None, state: str | None = None,
        note: Sensitive[str] | str | None = None, labels: Sequence[Coding] = (), rests: Sequence[Period] = (),
    ) -> None:
        fill(
            self, patient=patient, template=template, title=title, status=CarePlanStatus(status),
            intent=CarePlanIntent(intent), period=period, addresses=many(addresses), entries=many(entries),
            events=many(events), activities=many(activities), care_team=care_team, author=author, state=state,
            note=maybe(as_text, note), labels=many(labels), rests=many(rests),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareTemplate:
    """A template of care plans. A new version is a new template that supersedes the one before; plans stay with
    theirs until someone upgrades them.

    Parameters
    ----------
    name : str, optional
        Name for programs, the same in all versions, e.g. ``hypertension``.
    title : str, optional
        Title.
    version : str, optional
        Version, e.g. ``2026.1``.
    status : TemplateStatus
        Whether it may be used.
    source : TemplateSource, optional
        Where it is from.
    conditions : sequence of Concept, optional
        Conditions it is for.
    events : sequence of TemplateEvent, optional
        Events that times are counted from.
    problems : sequence of TemplateProblem, optional
        Problems it addresses.
    goals : sequence of TemplateGoal, optional
        Goals.
    activities : sequence of TemplateActivity, optional
        Activities.
    states : sequence of PathwayState, optional
        States of the pathway, the one it begins in first; none if it has no pathway.
    supersedes : CareTemplateId, optional
        The template that it takes the place of.
    """

    name: str
    title: str
    version: str
    status: TemplateStatus
    source: TemplateSource
    conditions: tuple[Concept, ...]
    events: tuple[TemplateEvent, ...]
    problems: tuple[TemplateProblem, ...]
    goals: tuple[TemplateGoal, ...]
    activities: tuple[TemplateActivity, ...]
    states: tuple[PathwayState, ...]
    supersedes: CareTemplateId | None

    def __init__(
        self, *, name: str = "", title: str = "", version: str = "", status: TemplateStatus | str,
        source: TemplateSource = TemplateSource(), conditions: Sequence[Concept] = (),
        events: Sequence[TemplateEvent] = (), problems: Sequence[TemplateProblem] = (),
        goals: Sequence[TemplateGoal] = (), activities: Sequence[TemplateActivity] = (),
        states: Sequence[PathwayState] = (), supersedes: CareTemplateId | None = None,
    ) -> None:
        fill(
            self, name=name, title=title, version=version, status=TemplateStatus(status), source=source,
            conditions=many(conditions), events=many(events), problems=many(problems), goals=many(goals),
            activities=many(activities), states=many(states), supersedes=supersedes,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Goal:
    """A goal of one patient (FHIR ``Goal``). Whether it is reached is not kept in it: it is assessed from what
    was measured.

    Parameters
    ----------
    patient : PatientId
        The patient.
    plan : CarePlanId, optional
        The plan it belongs to.
    key : str, optional
        Key within the plan.
    description : str, does not print
        The goal in words. It says so if its basis was not verified.
    status : GoalStatus
        How it stands (FHIR ``Goal.lifecycleStatus``).
    targets : sequence of GoalTarget, optional
        What it aims at; all of them are to be reached.
    start : Date, optional
        The day it begins.
    expressed_by : Who, optional
        Whose goal it is.
    entries : sequence of EntryId, optional
        Entries of the chart that it addresses.
    basis : Basis, optional
        Why it is there; none for what someone added by hand.
    note : str, does not print, optional
        A remark.
    labels : sequence of Coding, optional
        Security labels (v3 Confidentiality and ActCode).
    """

    patient: PatientId
    plan: CarePlanId | None
    key: str | None
    description: Sensitive[str]
    status: GoalStatus
    targets: tuple[GoalTarget, ...]
    start: Date | None
    expressed_by: Who | None
    entries: tuple[EntryId, ...]
    basis: Basis | None
    note: Sensitive[str] | None
    labels: tuple[Coding, ...]

    def __init__(
        self, *, patient: PatientId, plan: CarePlanId | None = None, key: str | None = None,
        description: Sensitive[str] | str, status: GoalStatus | str, targets: Sequence[GoalTarget] = (),
        start: DayLike | None = None, expressed_by: Who | None = None, entries: Sequence[EntryId] = (),
        basis: Basis | None = None, note: Sensitive[str] | str | None = None, labels: Sequence[Coding] = (),
    ) -> None:
        fill(
            self, patient=patient, plan=plan, key=key, description=as_text(description), status=GoalStatus(status),
            targets=many(targets), start=maybe(as_day, start), expressed_by=expressed_by, entries=many(entries),
            basis=basis, note=maybe(as_text, note), labels=many(labels),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlanStart:
    """What a plan is started with besides its template and its patient.

    Parameters
    ----------
    start : CivilTime
        When it starts, on the clock where the patient lives.
    zone : str
        Zone of a patient whose own is not known, e.g. ``America/New_York``.
    events : sequence of PlanEvent, optional
        What happened when; no two of one key.
    entries : sequence of EntryId, optional
        Entries of the chart that the plan addresses.
    pool : Pool, optional
        The team or clinic that sees to it; the care team if none is named.
    assignees : sequence of RoleAssignee, optional
        Who sees to what each role does; roles that are not named stay with the team or clinic.
    holidays : HolidayCalendarId, optional
        Holidays that business days pass over.
    care_team : CareTeamId, optional
        The team that carries it out.
    responder : Pool, optional
        Who sees at once to an answer that shows danger.
    labels : sequence of Coding, optional
        Security labels of the plan, its goals and its schedules.
    """

    start: CivilTime
    zone: str
    events: tuple[PlanEvent, ...]
    entries: tuple[EntryId, ...]
    pool: Pool | None
    assignees: tuple[RoleAssignee, ...]
    holidays: HolidayCalendarId | None
    care_team: CareTeamId | None
    responder: Pool | None
    labels: tuple[Coding, ...]

    def __init__(
        self, *, start: CivilTimeLike, zone: str, events: Sequence[PlanEvent] = (), entries: Sequence[EntryId] = (),
        pool: Pool | None = None, assignees: Sequence[RoleAssignee] = (), holidays: HolidayCalendarId | None = None,
        care_team: CareTeamId | None = None, responder: Pool | None = None, labels: Sequence[Coding] = (),
    ) -> None:
        fill(
            self, start=as_civil_time(start), zone=zone, events=many(events), entries=many(entries), pool=pool,
            assignees=many(assignees), holidays=holidays, care_team=care_team, responder=responder, labels=many(labels),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class UpgradeChoices:
    """The choices of an upgrade.

    Parameters
    ----------
    rows : sequence of UpgradeChoice, optional
        Choices for single rows.
    others : RowChoice, optional
        What to do about all other rows.
    state : str, optional
        The state the plan is in afterwards; needed if the later version does not know its present one.
    """

    rows: tuple[UpgradeChoice, ...]
    others: RowChoice
    state: str | None

    def __init__(
        self, *, rows: Sequence[UpgradeChoice] = (), others: RowChoice = RowChoice.KEEP, state: str | None = None,
    ) -> None:
        fill(
            self, rows=many(rows), others=others, state=state,
        )
