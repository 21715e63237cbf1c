# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of engage are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.engage_codes import DayPart, Weekday
from prm._model.ids import (
    CarePlanId, CareTeamId, OrganisationId, PractitionerId, RecordId, RelatedPersonId, ScheduleId,
)
from prm._model.values import Concept
from prm._scalars import CivilTime, CivilTimeLike, Date, DayLike, as_civil_time, as_day, as_instant, fill

__all__ = [
    "Anchor", "AnchorBirthday", "AnchorCompletion", "AnchorEvent", "AnchorLastCompletion", "Assignee",
    "AssigneePatient", "AssigneePractitioner", "AssigneeRelatedPerson", "DayTime", "DayTimeAllDay", "DayTimeAt",
    "DayTimePart", "DueOwner", "DueOwnerCareTeam", "DueOwnerOrganisation", "DueOwnerPractitioner",
    "DueOwnerRelatedPerson", "Holiday", "Measure", "NthWeekday", "PauseScope", "PauseScopePatient", "PauseScopePlan",
    "PauseScopeSchedule", "Pool", "PoolCareTeam", "PoolOrganisation", "QuietHours", "Stay", "TimeOfDay", "Until",
    "UntilCivil", "UntilDate", "UntilInstant",
]


@dataclass(frozen=True, slots=True)
class PauseScopePatient:
    """Everything for the patient."""


@dataclass(frozen=True, slots=True, init=False)
class PauseScopePlan:
    """One plan."""

    value: CarePlanId

    def __init__(self, value: CarePlanId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class PauseScopeSchedule:
    """One schedule."""

    value: ScheduleId

    def __init__(self, value: ScheduleId) -> None:
        fill(self, value=value)


PauseScope: TypeAlias = (
    PauseScopePatient | PauseScopePlan | PauseScopeSchedule
)
"""What a pause is of. A pause of the patient pauses every plan, one of a plan every schedule of it."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Holiday:
    """A day on which a clinic does not work.

    Parameters
    ----------
    date : Date
        The day it is kept on.
    name : str
        Its name.
    """

    date: Date
    name: str

    def __init__(
        self, *, date: DayLike, name: str,
    ) -> None:
        fill(
            self, date=as_day(date), name=name,
        )


@dataclass(frozen=True, slots=True)
class AssigneePatient:
    """The patient of the schedule."""


@dataclass(frozen=True, slots=True, init=False)
class AssigneePractitioner:
    """A practitioner."""

    value: PractitionerId

    def __init__(self, value: PractitionerId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class AssigneeRelatedPerson:
    """Someone related to the patient."""

    value: RelatedPersonId

    def __init__(self, value: RelatedPersonId) -> None:
        fill(self, value=value)


Assignee: TypeAlias = (
    AssigneePatient | AssigneePractitioner | AssigneeRelatedPerson
)
"""The person who is to do something."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Measure:
    """What an outcome is to state.

    Parameters
    ----------
    code : Concept
        What is measured.
    unit : str, optional
        The unit, as a code of UCUM; none for what is not an amount.
    required : bool, optional
        Whether an outcome that does not state it is partly done.
    """

    code: Concept
    unit: str | None
    required: bool

    def __init__(
        self, *, code: Concept, unit: str | None = None, required: bool = False,
    ) -> None:
        fill(
            self, code=code, unit=unit, required=required,
        )


@dataclass(frozen=True, slots=True, init=False)
class AnchorEvent:
    """An event of the plan, by its id: enrolment, discharge, last menstrual period. Its time is kept in the
    plan, so that moving it moves every time counted from it.
    """

    value: RecordId

    def __init__(self, value: RecordId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True)
class AnchorBirthday:
    """The patient's birthday of each year, from the one on or after the day the schedule begins. 29 February is
    28 February in other years.
    """


@dataclass(frozen=True, slots=True)
class AnchorLastCompletion:
    """The last completion of this schedule; the day it begins for the first."""


@dataclass(frozen=True, slots=True, init=False)
class AnchorCompletion:
    """Every completion of another schedule of the patient."""

    value: ScheduleId

    def __init__(self, value: ScheduleId) -> None:
        fill(self, value=value)


Anchor: TypeAlias = (
    AnchorEvent | AnchorBirthday | AnchorLastCompletion | AnchorCompletion
)
"""What times of event-anchored timing are counted from."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TimeOfDay:
    """A time of day on the clock on the wall.

    Parameters
    ----------
    hour : int
        Hour, 0 to 23.
    minute : int, optional
        Minute, 0 to 59.
    """

    hour: int
    minute: int

    def __init__(
        self, *, hour: int, minute: int = 0,
    ) -> None:
        fill(
            self, hour=hour, minute=minute,
        )


@dataclass(frozen=True, slots=True)
class DayTimeAllDay:
    """At any time of the day."""


@dataclass(frozen=True, slots=True, init=False)
class DayTimeAt:
    """At a time."""

    value: TimeOfDay

    def __init__(self, value: TimeOfDay) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DayTimePart:
    """In a part of the day."""

    value: DayPart

    def __init__(self, value: DayPart) -> None:
        fill(self, value=value)


DayTime: TypeAlias = (
    DayTimeAllDay | DayTimeAt | DayTimePart
)
"""When on a day something is due."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class NthWeekday:
    """A day of the week, perhaps a certain one of the month or year: ``MO``, ``1MO``, ``-1FR`` (RFC 5545
    ``BYDAY``).

    Parameters
    ----------
    weekday : Weekday
        Which day.
    nth : int, optional
        Which of them, from 1, or from −1 for the last; none for every one. −53 to 53.
    """

    weekday: Weekday
    nth: int | None

    def __init__(
        self, *, weekday: Weekday, nth: int | None = None,
    ) -> None:
        fill(
            self, weekday=weekday, nth=nth,
        )


@dataclass(frozen=True, slots=True, init=False)
class UntilDate:
    """A day, to its end."""

    value: Date

    def __init__(self, value: DayLike) -> None:
        fill(self, value=as_day(value))


@dataclass(frozen=True, slots=True, init=False)
class UntilCivil:
    """A civil time where the rule's clock stands."""

    value: CivilTime

    def __init__(self, value: CivilTimeLike) -> None:
        fill(self, value=as_civil_time(value))


@dataclass(frozen=True, slots=True, init=False)
class UntilInstant:
    """An instant."""

    value: datetime

    def __init__(self, value: datetime) -> None:
        fill(self, value=as_instant(value))


Until: TypeAlias = (
    UntilDate | UntilCivil | UntilInstant
)
"""The last time a rule may come to (RFC 5545 ``UNTIL``); it belongs to the rule."""


@dataclass(frozen=True, slots=True, init=False)
class PoolCareTeam:
    """A care team."""

    value: CareTeamId

    def __init__(self, value: CareTeamId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class PoolOrganisation:
    """An organisation: a clinic, a department."""

    value: OrganisationId

    def __init__(self, value: OrganisationId) -> None:
        fill(self, value=value)


Pool: TypeAlias = (
    PoolCareTeam | PoolOrganisation
)
"""The team or clinic that sees to something."""


@dataclass(frozen=True, slots=True, init=False)
class DueOwnerCareTeam:
    """That of a care team."""

    value: CareTeamId

    def __init__(self, value: CareTeamId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DueOwnerOrganisation:
    """That of an organisation."""

    value: OrganisationId

    def __init__(self, value: OrganisationId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DueOwnerPractitioner:
    """That of a practitioner: what is assigned to them."""

    value: PractitionerId

    def __init__(self, value: PractitionerId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DueOwnerRelatedPerson:
    """That of someone related to a patient: what is assigned to them."""

    value: RelatedPersonId

    def __init__(self, value: RelatedPersonId) -> None:
        fill(self, value=value)


DueOwner: TypeAlias = (
    DueOwnerCareTeam | DueOwnerOrganisation | DueOwnerPractitioner | DueOwnerRelatedPerson
)
"""Whose list of what is due it is."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class QuietHours:
    """Hours in which nobody is to be disturbed, on the clock where the patient lives.

    Parameters
    ----------
    from_ : TimeOfDay
        When they begin; this minute is quiet.
    to : TimeOfDay
        When they end; this minute is not quiet. Before ``from`` if they last through midnight.
    """

    from_: TimeOfDay
    to: TimeOfDay

    def __init__(
        self, *, from_: TimeOfDay, to: TimeOfDay,
    ) -> None:
        fill(
            self, from_=from_, to=to,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Stay:
    """A stay in a hospital or nursing facility, which supplies the patient itself.

    Parameters
    ----------
    from_ : Date
        Its first day.
    to : Date
        Its last day.
    """

    from_: Date
    to: Date

    def __init__(
        self, *, from_: DayLike, to: DayLike,
    ) -> None:
        fill(
            self, from_=as_day(from_), to=as_day(to),
        )
