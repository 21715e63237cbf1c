# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of ical are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.engage import ClockZone, ClockZoneFloating, Span
from prm._scalars import CivilTime, CivilTimeLike, Sensitive, as_civil_time, as_instant, as_text, fill, many, maybe

__all__ = [
    "AddedPeriod", "Alarm", "AlarmTrigger", "AlarmTriggerAt", "AlarmTriggerBeforeEnd", "AlarmTriggerBeforeStart",
    "Attached", "FeedTime", "RawComponent", "RawParameter", "RawProperty", "Refused",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AddedPeriod:
    """How long one added time lasts that has a length of its own (``RDATE;VALUE=PERIOD``).

    Parameters
    ----------
    starts : CivilTime
        Its start, one of the times added to the recurrence.
    ends : CivilTime
        Its end, on the same clock.
    """

    starts: CivilTime
    ends: CivilTime

    def __init__(
        self, *, starts: CivilTimeLike, ends: CivilTimeLike,
    ) -> None:
        fill(
            self, starts=as_civil_time(starts), ends=as_civil_time(ends),
        )


@dataclass(frozen=True, slots=True, init=False)
class AlarmTriggerBeforeStart:
    """So long before the start; after it if negative."""

    value: Span

    def __init__(self, value: Span) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class AlarmTriggerBeforeEnd:
    """So long before the end, or before it is due; after that if negative."""

    value: Span

    def __init__(self, value: Span) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class AlarmTriggerAt:
    """At an instant."""

    value: datetime

    def __init__(self, value: datetime) -> None:
        fill(self, value=as_instant(value))


AlarmTrigger: TypeAlias = (
    AlarmTriggerBeforeStart | AlarmTriggerBeforeEnd | AlarmTriggerAt
)
"""When an alarm goes off."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RawParameter:
    """A parameter of a property, e.g. ``LANGUAGE=de``.

    Parameters
    ----------
    name : str
        Its name, in capitals.
    values : sequence of str, does not print
        Its values, without quotes and with the escapes of RFC 6868 undone.
    """

    name: str
    values: tuple[Sensitive[str], ...]

    def __init__(
        self, *, name: str, values: Sequence[Sensitive[str] | str],
    ) -> None:
        fill(
            self, name=name, values=many(values, as_text),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Attached:
    """Parameters of a property that a field stands for, where the field has no place for them, e.g. the language
    of a summary.

    Parameters
    ----------
    property : str
        Name of the property, in capitals.
    parameters : sequence of RawParameter
        The parameters.
    """

    property: str
    parameters: tuple[RawParameter, ...]

    def __init__(
        self, *, property: str, parameters: Sequence[RawParameter],
    ) -> None:
        fill(
            self, property=property, parameters=many(parameters),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RawProperty:
    """A property that is kept as it came, since no field stands for it.

    Parameters
    ----------
    name : str
        Its name, in capitals, e.g. ``ATTENDEE``.
    parameters : sequence of RawParameter, optional
        Its parameters, in the order of the source.
    value : str, does not print
        Its value, escapes included.
    """

    name: str
    parameters: tuple[RawParameter, ...]
    value: Sensitive[str]

    def __init__(
        self, *, name: str, parameters: Sequence[RawParameter] = (), value: Sensitive[str] | str,
    ) -> None:
        fill(
            self, name=name, parameters=many(parameters), value=as_text(value),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Alarm:
    """An alarm (``VALARM``). One whose times a field cannot say, in seconds for example, is kept as it came.

    Parameters
    ----------
    trigger : AlarmTrigger
        When.
    action : str
        What it does: ``DISPLAY``, ``AUDIO``, ``EMAIL``, or what the source says.
    description : str, does not print, optional
        Text that it shows.
    attached : sequence of Attached, optional
        Parameters of its trigger, action and description.
    extra : sequence of RawProperty, optional
        Its other properties.
    """

    trigger: AlarmTrigger
    action: str
    description: Sensitive[str] | None
    attached: tuple[Attached, ...]
    extra: tuple[RawProperty, ...]

    def __init__(
        self, *, trigger: AlarmTrigger, action: str, description: Sensitive[str] | str | None = None,
        attached: Sequence[Attached] = (), extra: Sequence[RawProperty] = (),
    ) -> None:
        fill(
            self, trigger=trigger, action=action, description=maybe(as_text, description), attached=many(attached),
            extra=many(extra),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class FeedTime:
    """A time in a feed.

    Parameters
    ----------
    civil : CivilTime
        Civil time; midnight for a whole day.
    zone : ClockZone, optional
        Where its clock stands. A whole day is floating.
    all_day : bool, optional
        Whether it is a whole day.
    """

    civil: CivilTime
    zone: ClockZone
    all_day: bool

    def __init__(
        self, *, civil: CivilTimeLike, zone: ClockZone = ClockZoneFloating(), all_day: bool = False,
    ) -> None:
        fill(
            self, civil=as_civil_time(civil), zone=zone, all_day=all_day,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RawComponent:
    """A component that is kept as it came: a journal, free and busy times, a zone of another name.

    Parameters
    ----------
    name : str
        Its name, in capitals, e.g. ``VJOURNAL``.
    text : str, does not print
        Its content lines from ``BEGIN`` to ``END``, unfolded, one a line.
    """

    name: str
    text: Sensitive[str]

    def __init__(
        self, *, name: str, text: Sensitive[str] | str,
    ) -> None:
        fill(
            self, name=name, text=as_text(text),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Refused:
    """What could not be read, or not be used.

    Parameters
    ----------
    line : int
        Line of the text, from 1.
    reason : str
        Why, in one sentence that holds nothing of the text.
    """

    line: int
    reason: str

    def __init__(
        self, *, line: int, reason: str,
    ) -> None:
        fill(
            self, line=line, reason=reason,
        )
