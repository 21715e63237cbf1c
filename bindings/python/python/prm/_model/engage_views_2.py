# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of engage answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.engage import HolidayCalendar, Outcome, Span
from prm._model.engage_2 import OccurrenceView, Schedule, Stamp
from prm._model.engage_codes import SupplyWarning
from prm._model.engage_views import DrugSupply, ForecastDay, Ratio
from prm._model.ids import HolidayCalendarId, OccurrenceId, ScheduleId
from prm._scalars import (
    Date, DayLike, Decimal, DecimalLike, Sensitive, as_day, as_decimal, as_instant, as_text, fill, many, maybe,
)

__all__ = [
    "ForecastView", "HolidayCalendarView", "Method", "Occurrence", "OccurrenceList", "OccurrenceRecordView",
    "PlannedReminder", "ReminderPlan", "ReminderSubject", "ScheduleView", "SupplyResult",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ForecastView:
    """The days ahead: how many occurrences are due, and how many would be after a change.

    Parameters
    ----------
    days : sequence of ForecastDay, optional
        Days and roles with something to do, in any order. Rows of the same day and role are added up.
    """

    days: tuple[ForecastDay, ...]

    def __init__(
        self, *, days: Sequence[ForecastDay] = (),
    ) -> None:
        fill(
            self, days=many(days),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class HolidayCalendarView:
    """A calendar of holidays as it was read.

    Parameters
    ----------
    id : HolidayCalendarId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    holiday_calendar : HolidayCalendar
        The record.
    """

    id: HolidayCalendarId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    holiday_calendar: HolidayCalendar

    def __init__(
        self, *, id: HolidayCalendarId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        holiday_calendar: HolidayCalendar,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            holiday_calendar=holiday_calendar,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Method:
    """What a figure is, and where its method is from.

    Parameters
    ----------
    id : str
        Its name, e.g. ``pdc``.
    version : str
        Version of the rules, e.g. ``2026.1``: another one may give another value.
    basis : str
        What it states, in one sentence.
    citation : str
        Where the method is described.
    licence : str
        Terms of use to show beside it.
    engine_version : str
        Version of the library that computed it.
    """

    id: str
    version: str
    basis: str
    citation: str
    licence: str
    engine_version: str

    def __init__(
        self, *, id: str, version: str, basis: str, citation: str, licence: str, engine_version: str,
    ) -> None:
        fill(
            self, id=id, version=version, basis=basis, citation=citation, licence=licence,
            engine_version=engine_version,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Occurrence:
    """What is recorded of one occurrence. Its id follows from schedule and stamp.

    Parameters
    ----------
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence of it.
    moved_to : datetime, optional
        When it is to take place instead, if it was moved.
    outcome : Outcome, optional
        What came of it; none after an undo.
    """

    schedule: ScheduleId
    stamp: Stamp
    moved_to: datetime | None
    outcome: Outcome | None

    def __init__(
        self, *, schedule: ScheduleId, stamp: Stamp, moved_to: datetime | None = None, outcome: Outcome | None = None,
    ) -> None:
        fill(
            self, schedule=schedule, stamp=stamp, moved_to=maybe(as_instant, moved_to), outcome=outcome,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OccurrenceList:
    """Occurrences of a time that was asked for.

    Parameters
    ----------
    occurrences : sequence of OccurrenceView
        The occurrences, in order of when they are due.
    cut_off : bool
        Whether there are more than were asked for.
    """

    occurrences: tuple[OccurrenceView, ...]
    cut_off: bool

    def __init__(
        self, *, occurrences: Sequence[OccurrenceView], cut_off: bool,
    ) -> None:
        fill(
            self, occurrences=many(occurrences), cut_off=cut_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OccurrenceRecordView:
    """What was recorded of an occurrence as it was read.

    Parameters
    ----------
    id : OccurrenceId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    occurrence : Occurrence
        The record.
    """

    id: OccurrenceId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    occurrence: Occurrence

    def __init__(
        self, *, id: OccurrenceId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        occurrence: Occurrence,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            occurrence=occurrence,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ReminderSubject:
    """What a reminder is about. It holds no text: the device asks for the title when it shows it.

    Parameters
    ----------
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence of it.
    lead : Span
        Which of its leads; of several that come to the same moment the shortest.
    deferred_from : datetime, optional
        When it would have come, if quiet hours moved it.
    """

    schedule: ScheduleId
    stamp: Stamp
    lead: Span
    deferred_from: datetime | None

    def __init__(
        self, *, schedule: ScheduleId, stamp: Stamp, lead: Span, deferred_from: datetime | None = None,
    ) -> None:
        fill(
            self, schedule=schedule, stamp=stamp, lead=lead, deferred_from=maybe(as_instant, deferred_from),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PlannedReminder:
    """A reminder to be set.

    Parameters
    ----------
    at : datetime
        When it comes.
    about : sequence of ReminderSubject
        What it is about: one occurrence, or several if they were joined.
    """

    at: datetime
    about: tuple[ReminderSubject, ...]

    def __init__(
        self, *, at: datetime, about: Sequence[ReminderSubject],
    ) -> None:
        fill(
            self, at=as_instant(at), about=many(about),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ReminderPlan:
    """The reminders a device is to hold.

    Parameters
    ----------
    reminders : sequence of PlannedReminder
        The reminders, in order of time.
    more : bool
        Whether there are more than fit, up to the horizon.
    next_replan : datetime, optional
        When to plan again at the latest so that none is missed, if nothing changes before: when the last one
        comes that is earlier than the first that did not fit, or the horizon; never before ``now``. None if
        all were planned.
    """

    reminders: tuple[PlannedReminder, ...]
    more: bool
    next_replan: datetime | None

    def __init__(
        self, *, reminders: Sequence[PlannedReminder], more: bool, next_replan: datetime | None = None,
    ) -> None:
        fill(
            self, reminders=many(reminders), more=more, next_replan=maybe(as_instant, next_replan),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ScheduleView:
    """A schedule as it was read.

    Parameters
    ----------
    id : ScheduleId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    schedule : Schedule
        The record.
    """

    id: ScheduleId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    schedule: Schedule

    def __init__(
        self, *, id: ScheduleId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        schedule: Schedule,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            schedule=schedule,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class SupplyResult:
    """A figure of supply, with what it was made of.

    Parameters
    ----------
    method : Method
        The method.
    ratio : Ratio
        Days counted of days looked at, exact. Of a possession ratio it may exceed 1; of no days it has no
        value.
    display_value : Decimal, optional
        The ratio capped at 1, with four decimals, halves away from zero; none if there is no figure.
    adherent : bool, optional
        Whether it is 80 percent or more, judged before rounding; none if there is no figure.
    from_ : Date, optional
        The first day of the window; none if there is none.
    to : Date
        The last day of the window.
    drugs : sequence of DrugSupply
        Each drug, in order of name.
    warnings : sequence of SupplyWarning
        What to know before relying on it, in order, each once.
    computed_at : datetime
        When it was computed.
    """

    method: Method
    ratio: Ratio
    display_value: Decimal | None
    adherent: bool | None
    from_: Date | None
    to: Date
    drugs: tuple[DrugSupply, ...]
    warnings: tuple[SupplyWarning, ...]
    computed_at: datetime

    def __init__(
        self, *, method: Method, ratio: Ratio, display_value: DecimalLike | None = None, adherent: bool | None = None,
        from_: DayLike | None = None, to: DayLike, drugs: Sequence[DrugSupply], warnings: Sequence[SupplyWarning],
        computed_at: datetime,
    ) -> None:
        fill(
            self, method=method, ratio=ratio, display_value=maybe(as_decimal, display_value), adherent=adherent,
            from_=maybe(as_day, from_), to=as_day(to), drugs=many(drugs), warnings=many(warnings),
            computed_at=as_instant(computed_at),
        )
