# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of plan are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.engage import Span
from prm._model.engage_parts import Assignee, DayTime, DayTimeAllDay, Pool
from prm._model.ids import CareTemplateId, RecordId, ScheduleId
from prm._model.plan_codes import ActivityCategory, ActivityStatus, Evidence
from prm._model.values import Concept
from prm._scalars import Sensitive, When, WhenLike, as_text, as_when, fill, many, maybe

__all__ = [
    "AsNeededTiming", "Basis", "BirthdayTiming", "CareEvent", "CompletionTiming", "FollowTiming", "PathwayState",
    "PathwayTransition", "PlanActivity", "RuleTiming", "StepTiming", "TemplatePin", "TemplateTiming",
    "TemplateTimingAfterActivity", "TemplateTimingAfterCompletion", "TemplateTimingAsNeeded", "TemplateTimingBirthday",
    "TemplateTimingRule", "TemplateTimingSteps",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CareEvent:
    """Something that happened to the patient and that times of the plan are counted from.

    Parameters
    ----------
    id : RecordId
        Its id: schedules are anchored to it.
    key : str
        Its key in the template, e.g. ``discharge``.
    on : When
        When it was. Times can be counted from a whole day at least.
    """

    id: RecordId
    key: str
    on: When

    def __init__(
        self, *, id: RecordId, key: str, on: WhenLike,
    ) -> None:
        fill(
            self, id=id, key=key, on=as_when(on),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Basis:
    """Why a row of a plan is there, and what that rests on.

    Parameters
    ----------
    rationale : str, optional
        Why the row is there, in one sentence; 1 to 2,000 characters.
    evidence : Evidence, optional
        How far it was checked.
    citation : str, optional
        The source, as one cites it; none for a choice of the site.
    url : str, optional
        Where the source is found.
    """

    rationale: str
    evidence: Evidence
    citation: str | None
    url: str | None

    def __init__(
        self, *, rationale: str = "", evidence: Evidence = Evidence.UNVERIFIED, citation: str | None = None,
        url: str | None = None,
    ) -> None:
        fill(
            self, rationale=rationale, evidence=evidence, citation=citation, url=url,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlanActivity:
    """An activity of a plan.

    Parameters
    ----------
    key : str
        Key within the plan; that of the template if it is from there.
    title : str
        One line for lists. It says so if its basis was not verified.
    status : ActivityStatus
        How it stands.
    code : Concept, optional
        What is done.
    category : ActivityCategory, optional
        What kind of thing it is.
    owner : Assignee, optional
        The person who is to do it.
    pool : Pool, optional
        The team or clinic that sees to it.
    role : str, optional
        The role that sees to it.
    schedule : ScheduleId, optional
        When it is due; none for what waits for an event or a state of the pathway.
    goals : sequence of str, optional
        Keys of the goals it serves.
    responder : Pool, optional
        Who sees at once to an answer that shows danger.
    basis : Basis, optional
        Why it is there; none for what someone added by hand.
    note : str, does not print, optional
        A remark.
    """

    key: str
    title: str
    status: ActivityStatus
    code: Concept | None
    category: ActivityCategory | None
    owner: Assignee | None
    pool: Pool | None
    role: str | None
    schedule: ScheduleId | None
    goals: tuple[str, ...]
    responder: Pool | None
    basis: Basis | None
    note: Sensitive[str] | None

    def __init__(
        self, *, key: str, title: str, status: ActivityStatus | str, code: Concept | None = None,
        category: ActivityCategory | str | None = None, owner: Assignee | None = None, pool: Pool | None = None,
        role: str | None = None, schedule: ScheduleId | None = None, goals: Sequence[str] = (),
        responder: Pool | None = None, basis: Basis | None = None, note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, key=key, title=title, status=ActivityStatus(status), code=code,
            category=maybe(ActivityCategory, category), owner=owner, pool=pool, role=role, schedule=schedule,
            goals=many(goals), responder=responder, basis=basis, note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplatePin:
    """The version of a template that a plan was made from, and stays with.

    Parameters
    ----------
    template : CareTemplateId, optional
        The template, if it is kept in the store.
    name : str, optional
        Its name.
    version : str, optional
        Its version.
    """

    template: CareTemplateId | None
    name: str
    version: str

    def __init__(
        self, *, template: CareTemplateId | None = None, name: str = "", version: str = "",
    ) -> None:
        fill(
            self, template=template, name=name, version=version,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PathwayTransition:
    """A way from one state to another.

    Parameters
    ----------
    to : str, optional
        Key of the state it leads to.
    title : str, optional
        When a person takes it, in words.
    basis : Basis, optional
        Why it is there.
    """

    to: str
    title: str
    basis: Basis

    def __init__(
        self, *, to: str = "", title: str = "", basis: Basis = Basis(),
    ) -> None:
        fill(
            self, to=to, title=title, basis=basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PathwayState:
    """A state of a pathway. The first of a template is the one that a plan begins in.

    Parameters
    ----------
    key : str, optional
        Key within the template.
    title : str, optional
        Title.
    ends : bool, optional
        Whether the pathway ends here.
    transitions : sequence of PathwayTransition, optional
        Where it leads.
    """

    key: str
    title: str
    ends: bool
    transitions: tuple[PathwayTransition, ...]

    def __init__(
        self, *, key: str = "", title: str = "", ends: bool = False, transitions: Sequence[PathwayTransition] = (),
    ) -> None:
        fill(
            self, key=key, title=title, ends=ends, transitions=many(transitions),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AsNeededTiming:
    """As needed.

    Parameters
    ----------
    minimum_interval : Span, optional
        How long after one the next may be at the earliest.
    most : int, optional
        How many there may be in a period.
    period : Span, optional
        The period that ``most`` is about; a day if nothing is said.
    """

    minimum_interval: Span | None
    most: int | None
    period: Span | None

    def __init__(
        self, *, minimum_interval: Span | None = None, most: int | None = None, period: Span | None = None,
    ) -> None:
        fill(
            self, minimum_interval=minimum_interval, most=most, period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class BirthdayTiming:
    """Once a year, by the patient's birthday.

    Parameters
    ----------
    offset : Span, optional
        How long after the birthday (before it if negative).
    at : DayTime, optional
        When on its day it is due.
    """

    offset: Span
    at: DayTime

    def __init__(
        self, *, offset: Span = Span(), at: DayTime = DayTimeAllDay(),
    ) -> None:
        fill(
            self, offset=offset, at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CompletionTiming:
    """So long after it was last done.

    Parameters
    ----------
    every : Span, optional
        How long after the last completion; of the first one, after the start of the plan.
    at : DayTime, optional
        When on its day it is due.
    """

    every: Span
    at: DayTime

    def __init__(
        self, *, every: Span = Span(), at: DayTime = DayTimeAllDay(),
    ) -> None:
        fill(
            self, every=every, at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class FollowTiming:
    """So long after each time another activity was done.

    Parameters
    ----------
    activity : str, optional
        Key of the other activity.
    after : Span, optional
        How long after it.
    at : DayTime, optional
        When on its day it is due.
    """

    activity: str
    after: Span
    at: DayTime

    def __init__(
        self, *, activity: str = "", after: Span = Span(), at: DayTime = DayTimeAllDay(),
    ) -> None:
        fill(
            self, activity=activity, after=after, at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RuleTiming:
    """Times by a rule of RFC 5545.

    Parameters
    ----------
    rrule : str, optional
        The rule, e.g. ``FREQ=WEEKLY;BYDAY=MO,TH``.
    event : str, optional
        Key of the event that the rule begins at; none for the start of the plan.
    offset : Span, optional
        How long after that the rule begins (before it if negative); without business days.
    at : DayTime, optional
        When on its day it is due.
    """

    rrule: str
    event: str | None
    offset: Span
    at: DayTime

    def __init__(
        self, *, rrule: str = "", event: str | None = None, offset: Span = Span(), at: DayTime = DayTimeAllDay(),
    ) -> None:
        fill(
            self, rrule=rrule, event=event, offset=offset, at=at,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class StepTiming:
    """Steps counted from an event.

    Parameters
    ----------
    event : str, optional
        Key of the event.
    steps : sequence of Span, optional
        How long after the event (before it if negative) each step is; one at least, 500 at most.
    repeat : Span, optional
        Further steps, each this long after the one before.
    count : int, optional
        How many steps there are in all.
    at : DayTime, optional
        When on its day a step is due.
    past : bool, optional
        Whether steps before the start of the plan are due too: a call after discharge is, although the plan
        was made the day after; the visits of the first weeks are not, if a pregnancy is first seen in the
        twentieth.
    """

    event: str
    steps: tuple[Span, ...]
    repeat: Span | None
    count: int | None
    at: DayTime
    past: bool

    def __init__(
        self, *, event: str = "", steps: Sequence[Span] = (), repeat: Span | None = None, count: int | None = None,
        at: DayTime = DayTimeAllDay(), past: bool = False,
    ) -> None:
        fill(
            self, event=event, steps=many(steps), repeat=repeat, count=count, at=at, past=past,
        )


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingRule:
    """By a rule of the clock and the calendar."""

    value: RuleTiming

    def __init__(self, value: RuleTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingSteps:
    """In steps counted from an event."""

    value: StepTiming

    def __init__(self, value: StepTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingBirthday:
    """Once a year, by the birthday."""

    value: BirthdayTiming

    def __init__(self, value: BirthdayTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingAfterCompletion:
    """So long after it was last done."""

    value: CompletionTiming

    def __init__(self, value: CompletionTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingAfterActivity:
    """So long after each time another activity was done."""

    value: FollowTiming

    def __init__(self, value: FollowTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TemplateTimingAsNeeded:
    """As needed."""

    value: AsNeededTiming

    def __init__(self, value: AsNeededTiming) -> None:
        fill(self, value=value)


TemplateTiming: TypeAlias = (
    TemplateTimingRule | TemplateTimingSteps | TemplateTimingBirthday | TemplateTimingAfterCompletion |
    TemplateTimingAfterActivity | TemplateTimingAsNeeded
)
"""When an activity of a template is due."""
