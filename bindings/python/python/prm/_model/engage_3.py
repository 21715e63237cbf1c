# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of engage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.engage import HolidayCalendar
from prm._model.engage_2 import ReminderItem, ReminderPreferences
from prm._model.engage_parts import Stay
from prm._scalars import Date, DayLike, as_day, as_instant, fill, many, maybe

__all__ = [
    "ReminderRequest", "SupplyWindow",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ReminderRequest:
    """What to plan.

    Parameters
    ----------
    now : datetime
        The instant it is planned at. What was to come at it or before is taken to have come.
    limit : int
        How many reminders the device holds at once, 1 to 500; iOS keeps 64.
    horizon : datetime, optional
        Nothing after this instant is planned; none for as far as the occurrences go.
    occurrences : sequence of ReminderItem
        What is to be reminded of, in any order; 20,000 at most. To join reminders alike each time, hand in
        those due a day ago and later, not only those ahead.
    preferences : ReminderPreferences
        How the person wants to be reminded.
    holidays : HolidayCalendar, optional
        Holidays that business days in leads pass over.
    """

    now: datetime
    limit: int
    horizon: datetime | None
    occurrences: tuple[ReminderItem, ...]
    preferences: ReminderPreferences
    holidays: HolidayCalendar | None

    def __init__(
        self, *, now: datetime, limit: int, horizon: datetime | None = None, occurrences: Sequence[ReminderItem],
        preferences: ReminderPreferences, holidays: HolidayCalendar | None = None,
    ) -> None:
        fill(
            self, now=as_instant(now), limit=limit, horizon=maybe(as_instant, horizon), occurrences=many(occurrences),
            preferences=preferences, holidays=holidays,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class SupplyWindow:
    """Which days are looked at, and how.

    Parameters
    ----------
    from_ : Date
        The first day of the period. The window begins with the first fill in it.
    to : Date
        The last day of the period.
    ended : Date, optional
        The last day the patient was enrolled, or the day of death, if that is before the end of the period.
    carry_in : bool, optional
        Whether supply from before the period counts; then a window whose first day it covers begins with the
        period.
    stays : sequence of Stay, optional
        Days on which a facility supplied the patient. They are left out of the window, and supply that would
        have been used on them lasts that much longer.
    complete : bool, optional
        Whether every way in which the patient gets the drug is among the fills. Samples and what is paid in
        cash leave no claim; unless this is said, the result warns that data may be incomplete.
    """

    from_: Date
    to: Date
    ended: Date | None
    carry_in: bool
    stays: tuple[Stay, ...]
    complete: bool

    def __init__(
        self, *, from_: DayLike, to: DayLike, ended: DayLike | None = None, carry_in: bool = False,
        stays: Sequence[Stay] = (), complete: bool = False,
    ) -> None:
        fill(
            self, from_=as_day(from_), to=as_day(to), ended=maybe(as_day, ended), carry_in=carry_in, stays=many(stays),
            complete=complete,
        )
