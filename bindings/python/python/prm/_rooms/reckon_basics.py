# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used from any
thread."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.engage import ClockStamp, ClockZone, HolidayCalendar, Recurrence, Rule, Span
from prm._model.engage_views import Expansion, Instance
from prm._scalars import CivilTime


class ReckonBasics:
    """Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used
    from any thread.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Reckoner) -> None:
        self._native = native

    def zones_version(self) -> str:
        """Version of the time zone database in use, e.g. ``2026f``.

        Returns
        -------
        str

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_zones_version()

    def civil(self, zone: str, at: datetime) -> CivilTime:
        """What a clock on the wall in a zone shows at an instant; parts of a second are cut off.

        Parameters
        ----------
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        CivilTime

        Raises
        ------
        Invalid
            ``Invalid`` for a zone that is not in the database, and for years outside 1 to 9999.
        """
        return self._native.reckon_civil(zone, at)

    def instant(self, zone: str, civil: CivilTime) -> datetime:
        """The instant at which a clock on the wall in a zone shows a time. A time that clocks skip is as much
        later as they skip, of one that exists twice it is the first (RFC 5545 §3.3.5).

        Parameters
        ----------
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        civil : CivilTime
            What the clock on the wall shows.

        Returns
        -------
        datetime

        Raises
        ------
        Invalid
            ``Invalid`` for a zone that is not in the database.
        """
        return self._native.reckon_instant(zone, civil)

    def parse_recurrence(self, text: str, start: CivilTime | None = None, zone: ClockZone | None = None) -> Recurrence:
        """Reads the lines ``DTSTART``, ``RRULE``, ``RDATE`` and ``EXDATE`` of RFC 5545, in any order. Without
        ``DTSTART`` the recurrence begins at ``start`` on the clock of ``zone``, which floats if none is
        named. What is read is checked.

        Parameters
        ----------
        text : str
            What is read.
        start : CivilTime | None, optional
            Where it begins, if the text does not say.
        zone : ClockZone | None, optional
            Name of a zone, e.g. ``Europe/Berlin``.

        Returns
        -------
        Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

        Raises
        ------
        Invalid
            ``Invalid`` naming what is wrong.
        """
        return self._native.reckon_parse_recurrence(text, start, zone)

    def recurrence_text(self, recurrence: Recurrence) -> str:
        """The lines of a recurrence, as ``parse_recurrence`` reads them. Instances moved on their own, and what
        becomes of times that clocks skip or repeat, cannot be said by these lines and are left out.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

        Returns
        -------
        str

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_recurrence_text(recurrence)

    def parse_rule(self, text: str) -> Rule:
        """Reads a rule of RFC 5545, with or without ``RRULE:`` in front.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        Rule
            A rule that repeats (RFC 5545 §3.3.10 ``RRULE``).

        Raises
        ------
        Invalid
            ``Invalid`` naming what is wrong.
        """
        return self._native.reckon_parse_rule(text)

    def rule_text(self, rule: Rule) -> str:
        """A rule as RFC 5545 writes it, e.g. ``FREQ=WEEKLY;BYDAY=MO,TH``.

        Parameters
        ----------
        rule : Rule
            A rule that repeats (RFC 5545 §3.3.10 ``RRULE``).

        Returns
        -------
        str

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_rule_text(rule)

    def check_recurrence(self, recurrence: Recurrence) -> Recurrence:
        """Checks a recurrence and finds the last instance of a rule with a count, which makes every later
        question about it cheaper. The answer is the recurrence to keep.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

        Returns
        -------
        Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

        Raises
        ------
        Invalid
            ``Invalid`` naming what is wrong; also for a count that takes more than 100,000 steps to reach.
        """
        return self._native.reckon_check_recurrence(recurrence)

    def between(self, recurrence: Recurrence, zone: str, from_: datetime, to: datetime, limit: int = 100) -> Expansion:
        """The instances of a recurrence from an instant to before another, in order of time, 100,000 at most. It
        says when there are more than were asked for. ``zone`` is where the patient lives; it matters to a
        recurrence that floats.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        from_ : datetime
            The earliest instant.
        to : datetime
            The instant after the last.
        limit : int, optional
            How many at most.

        Returns
        -------
        Expansion
            Instances between two instants.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none, a zone that is not in the database, or a limit of more.
        """
        return self._native.reckon_between(recurrence, zone, from_, to, limit)

    def after(self, recurrence: Recurrence, zone: str, at: datetime, inclusive: bool = False) -> Instance | None:
        """The first instance of a recurrence after an instant, or at it if that is included.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        at : datetime
            An instant, with a time zone.
        inclusive : bool, optional
            Whether what is at the instant itself counts.

        Returns
        -------
        Instance | None
            One instance of a recurrence.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none or a zone that is not in the database.
        """
        return self._native.reckon_after(recurrence, zone, at, inclusive)

    def before(self, recurrence: Recurrence, zone: str, at: datetime, inclusive: bool = False) -> Instance | None:
        """The last instance of a recurrence before an instant, or at it if that is included.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        at : datetime
            An instant, with a time zone.
        inclusive : bool, optional
            Whether what is at the instant itself counts.

        Returns
        -------
        Instance | None
            One instance of a recurrence.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none or a zone that is not in the database.
        """
        return self._native.reckon_before(recurrence, zone, at, inclusive)

    def instance(self, recurrence: Recurrence, zone: str, stamp: ClockStamp) -> Instance | None:
        """The instance of a recurrence with a stamp. None if the rule does not say that stamp, or if it was
        taken out.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        stamp : ClockStamp
            Identity of an instance of a recurrence: the civil time that the unmodified rule says, and which
            of the two if that time exists twice.

        Returns
        -------
        Instance | None
            One instance of a recurrence.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none or a zone that is not in the database.
        """
        return self._native.reckon_instance(recurrence, zone, stamp)

    def readback(self, recurrence: Recurrence) -> str:
        """A recurrence in plain English, e.g. ``every Monday and Thursday at 08:00``.

        Parameters
        ----------
        recurrence : Recurrence
            Civil times that repeat: a start, a rule, times added and excluded, and instances moved.

        Returns
        -------
        str

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_readback(recurrence)

    def add_span(self, at: CivilTime, span: Span = Span(), holidays: HolidayCalendar | None = None) -> CivilTime:
        """A civil time and a length of calendar time. Years and months are added first and stop at the end of a
        month that is too short, then weeks and days, then days on which the clinic works, then hours and
        minutes.

        Parameters
        ----------
        at : CivilTime
            An instant, with a time zone.
        span : Span, optional
            A length of calendar time, all parts of which are added, the larger first.
        holidays : HolidayCalendar | None, optional

        Returns
        -------
        CivilTime

        Raises
        ------
        Invalid
            ``Invalid`` for what lies outside the years 1 to 9999, and for a calendar by which nobody ever
            works.
        """
        return self._native.reckon_add_span(at, span, holidays)
