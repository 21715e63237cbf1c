# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of plan are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prm._model.engage import Span
from prm._model.engage_2 import Window
from prm._model.engage_parts import Assignee, Measure
from prm._model.plan_codes import ActivityCategory, Evidence, Performer, RowChoice, TemplateSection
from prm._model.plan_parts import Basis, TemplateTiming
from prm._model.values import Coding, Concept, Quantity
from prm._scalars import Date, DayLike, When, WhenLike, as_day, as_when, fill, many, maybe

__all__ = [
    "Bound", "GoalTarget", "PlanEvent", "RoleAssignee", "TemplateActivity", "TemplateEvent", "TemplateGoal",
    "TemplateProblem", "TemplateSource", "TemplateTarget", "UpgradeChoice",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateActivity:
    """An activity of a template.

    Parameters
    ----------
    key : str, optional
        Key within the template.
    title : str, optional
        One line for lists, 1 to 180 characters.
    code : Concept, optional
        What is done.
    category : ActivityCategory, optional
        What kind of thing it is.
    role : str, optional
        The role that sees to it, e.g. ``nurse``.
    performer : Performer, optional
        Who carries it out.
    timing : TemplateTiming
        When it is due.
    window : Window, optional
        The window around each time.
    measures : sequence of Measure, optional
        What an outcome is to state.
    prerequisites : sequence of str, optional
        Keys of activities of which one must be done before this one is due.
    reminders : sequence of Span, optional
        How long before it is due to remind of it; 10 at most.
    goals : sequence of str, optional
        Keys of the goals it serves.
    states : sequence of str, optional
        Keys of the states of the pathway in which it holds; all if none is named.
    needs_responder : bool, optional
        Whether someone must be named who sees at once to an answer that shows danger, such as thoughts of
        self-harm in a questionnaire. Without one no plan can be made.
    basis : Basis, optional
        Why it is there.
    """

    key: str
    title: str
    code: Concept | None
    category: ActivityCategory | None
    role: str | None
    performer: Performer
    timing: TemplateTiming
    window: Window
    measures: tuple[Measure, ...]
    prerequisites: tuple[str, ...]
    reminders: tuple[Span, ...]
    goals: tuple[str, ...]
    states: tuple[str, ...]
    needs_responder: bool
    basis: Basis

    def __init__(
        self, *, key: str = "", title: str = "", code: Concept | None = None,
        category: ActivityCategory | str | None = None, role: str | None = None, performer: Performer = Performer.TEAM,
        timing: TemplateTiming, window: Window = Window(), measures: Sequence[Measure] = (),
        prerequisites: Sequence[str] = (), reminders: Sequence[Span] = (), goals: Sequence[str] = (),
        states: Sequence[str] = (), needs_responder: bool = False, basis: Basis = Basis(),
    ) -> None:
        fill(
            self, key=key, title=title, code=code, category=maybe(ActivityCategory, category), role=role,
            performer=performer, timing=timing, window=window, measures=many(measures),
            prerequisites=many(prerequisites), reminders=many(reminders), goals=many(goals), states=many(states),
            needs_responder=needs_responder, basis=basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateEvent:
    """Something that happens to the patient and that times are counted from.

    Parameters
    ----------
    key : str, optional
        Key within the template, e.g. ``discharge``.
    title : str, optional
        Title.
    required : bool, optional
        Whether no plan can be made without it. Without one that is not required, what is counted from it
        waits.
    """

    key: str
    title: str
    required: bool

    def __init__(
        self, *, key: str = "", title: str = "", required: bool = False,
    ) -> None:
        fill(
            self, key=key, title=title, required=required,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Bound:
    """One end of what a target allows.

    Parameters
    ----------
    value : Quantity
        The amount, without a comparator.
    excluded : bool, optional
        Whether the amount itself does not reach the target: "below 140" rather than "140 at most".
    """

    value: Quantity
    excluded: bool

    def __init__(
        self, *, value: Quantity, excluded: bool = False,
    ) -> None:
        fill(
            self, value=value, excluded=excluded,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateTarget:
    """What a goal of a template aims at.

    Parameters
    ----------
    measure : Coding, optional
        What is measured.
    low : Bound, optional
        The least it may be.
    high : Bound, optional
        The most it may be.
    due : Span, optional
        How long after the start of the plan it is to be reached.
    stale_after : Span, optional
        How long a value says how things stand; without end if nothing is said.
    """

    measure: Coding
    low: Bound | None
    high: Bound | None
    due: Span | None
    stale_after: Span | None

    def __init__(
        self, *, measure: Coding = Coding(code=""), low: Bound | None = None, high: Bound | None = None,
        due: Span | None = None, stale_after: Span | None = None,
    ) -> None:
        fill(
            self, measure=measure, low=low, high=high, due=due, stale_after=stale_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateGoal:
    """A goal of a template.

    Parameters
    ----------
    key : str, optional
        Key within the template.
    description : str, optional
        The goal in words.
    targets : sequence of TemplateTarget, optional
        What it aims at; all of them are to be reached.
    basis : Basis, optional
        Why it is there.
    """

    key: str
    description: str
    targets: tuple[TemplateTarget, ...]
    basis: Basis

    def __init__(
        self, *, key: str = "", description: str = "", targets: Sequence[TemplateTarget] = (), basis: Basis = Basis(),
    ) -> None:
        fill(
            self, key=key, description=description, targets=many(targets), basis=basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateProblem:
    """A problem that plans of the template address.

    Parameters
    ----------
    key : str, optional
        Key within the template.
    code : Concept, optional
        The problem.
    basis : Basis, optional
        Why it is there.
    """

    key: str
    code: Concept
    basis: Basis

    def __init__(
        self, *, key: str = "", code: Concept = Concept(), basis: Basis = Basis(),
    ) -> None:
        fill(
            self, key=key, code=code, basis=basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TemplateSource:
    """Where a template as a whole is from.

    Parameters
    ----------
    citation : str, optional
        The source, as one cites it.
    url : str, optional
        Where it is found.
    evidence : Evidence, optional
        How far the template was checked against it: as far as its least checked row.
    licence : str, optional
        Terms under which the template may be used, e.g. ``MIT OR Apache-2.0``.
    note : str, optional
        What a reader has to know before using it.
    """

    citation: str
    url: str | None
    evidence: Evidence
    licence: str | None
    note: str | None

    def __init__(
        self, *, citation: str = "", url: str | None = None, evidence: Evidence = Evidence.UNVERIFIED,
        licence: str | None = None, note: str | None = None,
    ) -> None:
        fill(
            self, citation=citation, url=url, evidence=evidence, licence=licence, note=note,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class GoalTarget:
    """What a goal aims at.

    Parameters
    ----------
    measure : Coding, optional
        What is measured.
    low : Bound, optional
        The least it may be.
    high : Bound, optional
        The most it may be.
    due : Date, optional
        The day by which it is to be reached; none for what is to hold all the time.
    stale_after : Span, optional
        How long a value says how things stand; without end if nothing is said.
    """

    measure: Coding
    low: Bound | None
    high: Bound | None
    due: Date | None
    stale_after: Span | None

    def __init__(
        self, *, measure: Coding = Coding(code=""), low: Bound | None = None, high: Bound | None = None,
        due: DayLike | None = None, stale_after: Span | None = None,
    ) -> None:
        fill(
            self, measure=measure, low=low, high=high, due=maybe(as_day, due), stale_after=stale_after,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlanEvent:
    """That something happened to the patient which times of a plan are counted from.

    Parameters
    ----------
    key : str
        Key of the event in the template, e.g. ``discharge``.
    on : When
        When it was; to the day at least.
    """

    key: str
    on: When

    def __init__(
        self, *, key: str, on: WhenLike,
    ) -> None:
        fill(
            self, key=key, on=as_when(on),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RoleAssignee:
    """The person who sees to what a role does.

    Parameters
    ----------
    role : str
        The role, as the template names it.
    assignee : Assignee
        Who.
    """

    role: str
    assignee: Assignee

    def __init__(
        self, *, role: str, assignee: Assignee,
    ) -> None:
        fill(
            self, role=role, assignee=assignee,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class UpgradeChoice:
    """The choice for one row.

    Parameters
    ----------
    section : TemplateSection
        The part of the template: problems, goals or activities. Events and states always follow the version.
    key : str
        Key of the row.
    choice : RowChoice
        What to do.
    """

    section: TemplateSection
    key: str
    choice: RowChoice

    def __init__(
        self, *, section: TemplateSection, key: str, choice: RowChoice,
    ) -> None:
        fill(
            self, section=section, key=key, choice=choice,
        )
