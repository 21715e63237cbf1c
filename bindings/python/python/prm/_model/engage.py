# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of engage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.chart_parts import Component
from prm._model.engage_codes import FoldPolicy, Frequency, GapPolicy, OutcomeStatus, PauseReason, Weekday
from prm._model.engage_parts import (
    Anchor, DayTime, DayTimeAllDay, Holiday, NthWeekday, PauseScope, PauseScopePatient, Until,
)
from prm._model.ids import EntryId, PatientId
from prm._model.values import Concept, Who
from prm._scalars import (
    CivilTime, CivilTimeLike, Sensitive, When, WhenLike, as_civil_time, as_instant, as_text, as_when, fill, many, maybe,
)

__all__ = [
    "AsNeeded", "CarePause", "ClockStamp", "ClockZone", "ClockZoneFloating", "ClockZoneUtc", "ClockZoneZone",
    "EventTiming", "HolidayCalendar", "Outcome", "Override", "Recurrence", "Rule", "Span", "Timing", "TimingAsNeeded",
    "TimingClock", "TimingEvent",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CarePause:
    """A pause of care: what falls in it is neither due nor missed. What is due before and after is as if it had
    never been.

    Parameters
    ----------
    patient : PatientId
        The patient.
    scope : PauseScope, optional
        What is paused.
    from_ : datetime
        From when on.
    until : datetime, optional
        Until when, this instant not included; none until it is resumed.
    reason : PauseReason
        Why.
    note : str, does not print, optional
        A remark.
    """

    patient: PatientId
    scope: PauseScope
    from_: datetime
    until: datetime | None
    reason: PauseReason
    note: Sensitive[str] | None

    def __init__(
        self, *, patient: PatientId, scope: PauseScope = PauseScopePatient(), from_: datetime,
        until: datetime | None = None, reason: PauseReason | str, note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, patient=patient, scope=scope, from_=as_instant(from_), until=maybe(as_instant, until),
            reason=PauseReason(reason), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class HolidayCalendar:
    """The days on which a clinic or a country does not work, for as many years as its source states.

    Parameters
    ----------
    name : str, optional
        Name, e.g. ``US federal holidays``.
    source : str, optional
        Where it is from.
    weekend : sequence of Weekday, optional
        Days of the week on which nobody works; Saturday and Sunday if none is named.
    holidays : sequence of Holiday, optional
        The holidays; 10,000 at most.
    """

    name: str
    source: str
    weekend: tuple[Weekday, ...]
    holidays: tuple[Holiday, ...]

    def __init__(
        self, *, name: str = "", source: str = "", weekend: Sequence[Weekday] = (), holidays: Sequence[Holiday] = (),
    ) -> None:
        fill(
            self, name=name, source=source, weekend=many(weekend), holidays=many(holidays),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Outcome:
    """What came of an occurrence.

    Parameters
    ----------
    status : OutcomeStatus
        What became of it.
    when : When, optional
        When it was done; the instant of recording if nothing is said.
    reason : Concept, optional
        Why it was skipped or called off.
    values : sequence of Component, optional
        What was found, each part with its code: systolic and diastolic pressure are two.
    by : Who, optional
        Who did it, if not the one who records it.
    on_behalf_of : PatientId, optional
        For whom they acted, if not for themselves.
    entries : sequence of EntryId, optional
        Entries of the chart that it led to, or that show it.
    note : str, does not print, optional
        A remark.
    """

    status: OutcomeStatus
    when: When | None
    reason: Concept | None
    values: tuple[Component, ...]
    by: Who | None
    on_behalf_of: PatientId | None
    entries: tuple[EntryId, ...]
    note: Sensitive[str] | None

    def __init__(
        self, *, status: OutcomeStatus | str, when: WhenLike | None = None, reason: Concept | None = None,
        values: Sequence[Component] = (), by: Who | None = None, on_behalf_of: PatientId | None = None,
        entries: Sequence[EntryId] = (), note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, status=OutcomeStatus(status), when=maybe(as_when, when), reason=reason, values=many(values), by=by,
            on_behalf_of=on_behalf_of, entries=many(entries), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Span:
    """A length of calendar time, all parts of which are added, the larger first. "One month after 31 January" is
    the last day of February. Negative parts go back. Days and longer parts are counted on the calendar, hours
    and shorter ones on the clock.

    Parameters
    ----------
    years : int, optional
        Years.
    months : int, optional
        Months.
    weeks : int, optional
        Weeks.
    days : int, optional
        Days.
    business_days : int, optional
        Days on which the clinic works: neither weekend nor holiday of the calendar in use. They are counted
        from the day that the longer parts lead to, before hours and minutes.
    hours : int, optional
        Hours.
    minutes : int, optional
        Minutes.
    """

    years: int
    months: int
    weeks: int
    days: int
    business_days: int
    hours: int
    minutes: int

    def __init__(
        self, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0, business_days: int = 0, hours: int = 0,
        minutes: int = 0,
    ) -> None:
        fill(
            self, years=years, months=months, weeks=weeks, days=days, business_days=business_days, hours=hours,
            minutes=minutes,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AsNeeded:
    """Something done as needed.

    Parameters
    ----------
    start : CivilTime
        From when on.
    minimum_interval : Span, optional
        How long after one the next may be at the earliest.
    most : int, optional
        How many there may be in a period.
    period : Span, optional
        The period that ``most`` is about, reaching back from each; a day if nothing is said.
    """

    start: CivilTime
    minimum_interval: Span | None
    most: int | None
    period: Span | None

    def __init__(
        self, *, start: CivilTimeLike, minimum_interval: Span | None = None, most: int | None = None,
        period: Span | None = None,
    ) -> None:
        fill(
            self, start=as_civil_time(start), minimum_interval=minimum_interval, most=most, period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EventTiming:
    """Times counted from an event.

    Parameters
    ----------
    anchor : Anchor
        The event.
    start : CivilTime
        When the schedule begins; nothing is due before.
    steps : sequence of Span
        How long after the event (before it if negative) each step is; one at least, 500 at most.
    repeat : Span, optional
        Further steps, each this long after the one before, the last of ``steps`` being the first.
    count : int, optional
        How many steps there are in all; none without end if they repeat.
    at : DayTime, optional
        When on its day a step is due.
    first : int, optional
        Number of the first step, by which it is known: above 0 where an earlier stretch of the schedule
        counted other steps from the same event, so that none of these is taken for one of those. Set by the
        library when a schedule is changed from an instant on.
    """

    anchor: Anchor
    start: CivilTime
    steps: tuple[Span, ...]
    repeat: Span | None
    count: int | None
    at: DayTime
    first: int

    def __init__(
        self, *, anchor: Anchor, start: CivilTimeLike, steps: Sequence[Span], repeat: Span | None = None,
        count: int | None = None, at: DayTime = DayTimeAllDay(), first: int = 0,
    ) -> None:
        fill(
            self, anchor=anchor, start=as_civil_time(start), steps=many(steps), repeat=repeat, count=count, at=at,
            first=first,
        )


@dataclass(frozen=True, slots=True)
class ClockZoneFloating:
    """Wherever the patient lives."""


@dataclass(frozen=True, slots=True)
class ClockZoneUtc:
    """UTC."""


@dataclass(frozen=True, slots=True, init=False)
class ClockZoneZone:
    """A zone by its name in the IANA database, e.g. ``Europe/Berlin``."""

    value: str

    def __init__(self, value: str) -> None:
        fill(self, value=value)


ClockZone: TypeAlias = (
    ClockZoneFloating | ClockZoneUtc | ClockZoneZone
)
"""Where the clock stands that a recurrence goes by."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ClockStamp:
    """Identity of an instance of a recurrence: the civil time that the unmodified rule says, and which of the
    two if that time exists twice. It stays what it is when the instance is moved or the rules of a zone
    change.

    Parameters
    ----------
    civil : CivilTime
        Civil time.
    second : bool, optional
        Whether it is the second of two equal civil times.
    """

    civil: CivilTime
    second: bool

    def __init__(
        self, *, civil: CivilTimeLike, second: bool = False,
    ) -> None:
        fill(
            self, civil=as_civil_time(civil), second=second,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Override:
    """An instance that was moved or taken out on its own (RFC 5545 ``RECURRENCE-ID``).

    Parameters
    ----------
    stamp : ClockStamp
        What the rule says.
    to : CivilTime, optional
        When it takes place instead; none if it does not.
    """

    stamp: ClockStamp
    to: CivilTime | None

    def __init__(
        self, *, stamp: ClockStamp, to: CivilTimeLike | None = None,
    ) -> None:
        fill(
            self, stamp=stamp, to=maybe(as_civil_time, to),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Rule:
    """A rule that repeats (RFC 5545 §3.3.10 ``RRULE``). Lists that are empty do not narrow it.

    Its text is that of the RFC, with or without ``RRULE:`` in front: ``FREQ=WEEKLY;BYDAY=MO,TH``.

    Parameters
    ----------
    frequency : Frequency
        How often.
    interval : int, optional
        Every how many of them, from 1.
    count : int, optional
        How many instances there are, the first included; 1 to 100,000. Not with ``until``.
    until : Until, optional
        The last possible instance.
    by_second : sequence of int, optional
        Seconds, 0 to 60; 60 is read as 59.
    by_minute : sequence of int, optional
        Minutes, 0 to 59.
    by_hour : sequence of int, optional
        Hours, 0 to 23.
    by_day : sequence of NthWeekday, optional
        Days of the week.
    by_month_day : sequence of int, optional
        Days of the month, 1 to 31, or −31 to −1 from its end.
    by_year_day : sequence of int, optional
        Days of the year, 1 to 366, or −366 to −1 from its end.
    by_week : sequence of int, optional
        Weeks of the year as ISO 8601 counts them from ``week_start``, 1 to 53, or −53 to −1.
    by_month : sequence of int, optional
        Months, 1 to 12.
    by_position : sequence of int, optional
        Which instances of each period, from 1, or from −1 for the last.
    week_start : Weekday, optional
        The day weeks begin with.
    """

    frequency: Frequency
    interval: int
    count: int | None
    until: Until | None
    by_second: tuple[int, ...]
    by_minute: tuple[int, ...]
    by_hour: tuple[int, ...]
    by_day: tuple[NthWeekday, ...]
    by_month_day: tuple[int, ...]
    by_year_day: tuple[int, ...]
    by_week: tuple[int, ...]
    by_month: tuple[int, ...]
    by_position: tuple[int, ...]
    week_start: Weekday

    def __init__(
        self, *, frequency: Frequency, interval: int = 1, count: int | None = None, until: Until | None = None,
        by_second: Sequence[int] = (), by_minute: Sequence[int] = (), by_hour: Sequence[int] = (),
        by_day: Sequence[NthWeekday] = (), by_month_day: Sequence[int] = (), by_year_day: Sequence[int] = (),
        by_week: Sequence[int] = (), by_month: Sequence[int] = (), by_position: Sequence[int] = (),
        week_start: Weekday = Weekday.MONDAY,
    ) -> None:
        fill(
            self, frequency=frequency, interval=interval, count=count, until=until, by_second=many(by_second),
            by_minute=many(by_minute), by_hour=many(by_hour), by_day=many(by_day), by_month_day=many(by_month_day),
            by_year_day=many(by_year_day), by_week=many(by_week), by_month=many(by_month),
            by_position=many(by_position), week_start=week_start,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Recurrence:
    """Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

    The start counts as an instance if the rule says so: a start that its own rule does not produce is not
    one, as ``dateutil`` reads RFC 5545 and libical does. Without a rule the start is the one instance.

    Parameters
    ----------
    start : CivilTime
        Where it begins (``DTSTART``): the time of day, and what intervals are counted from.
    zone : ClockZone, optional
        Where its clock stands.
    all_day : bool, optional
        Whether instances are whole days; then times of day are midnight.
    rule : Rule, optional
        The rule; none for a single time.
    added : sequence of CivilTime, optional
        Times added (``RDATE``); at most 10,000.
    excluded : sequence of CivilTime, optional
        Times excluded (``EXDATE``), added ones too; at most 10,000.
    overrides : sequence of Override, optional
        Instances moved or taken out on their own; at most 10,000.
    gap : GapPolicy, optional
        What becomes of times that clocks skip.
    fold : FoldPolicy, optional
        What becomes of times that exist twice.
    last : CivilTime, optional
        The last civil time of a rule with a count, found once when the recurrence is checked; what is written
        here before is replaced.
    """

    start: CivilTime
    zone: ClockZone
    all_day: bool
    rule: Rule | None
    added: tuple[CivilTime, ...]
    excluded: tuple[CivilTime, ...]
    overrides: tuple[Override, ...]
    gap: GapPolicy
    fold: FoldPolicy
    last: CivilTime | None

    def __init__(
        self, *, start: CivilTimeLike, zone: ClockZone = ClockZoneFloating(), all_day: bool = False,
        rule: Rule | None = None, added: Sequence[CivilTimeLike] = (), excluded: Sequence[CivilTimeLike] = (),
        overrides: Sequence[Override] = (), gap: GapPolicy = GapPolicy.LATER, fold: FoldPolicy = FoldPolicy.FIRST,
        last: CivilTimeLike | None = None,
    ) -> None:
        fill(
            self, start=as_civil_time(start), zone=zone, all_day=all_day, rule=rule, added=many(added, as_civil_time),
            excluded=many(excluded, as_civil_time), overrides=many(overrides), gap=gap, fold=fold,
            last=maybe(as_civil_time, last),
        )


@dataclass(frozen=True, slots=True, init=False)
class TimingClock:
    """By the clock and the calendar."""

    value: Recurrence

    def __init__(self, value: Recurrence) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TimingEvent:
    """Counted from an event."""

    value: EventTiming

    def __init__(self, value: EventTiming) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class TimingAsNeeded:
    """As needed; it is never due."""

    value: AsNeeded

    def __init__(self, value: AsNeeded) -> None:
        fill(self, value=value)


Timing: TypeAlias = (
    TimingClock | TimingEvent | TimingAsNeeded
)
"""When something is to happen."""
