# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used from any
thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prm import _native
from prm._model.engage import ClockStamp, ClockZone, HolidayCalendar, Recurrence, Rule, Span
from prm._model.engage_2 import Fill, OccurrenceView
from prm._model.engage_3 import ReminderRequest, SupplyWindow
from prm._model.engage_views import AdherenceView, Expansion, Instance
from prm._model.engage_views_2 import ReminderPlan, SupplyResult
from prm._model.plan import CareTemplate
from prm._model.plan_views import Finding, TemplateDiff
from prm._scalars import CivilTime, Date


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

    def is_business_day(self, date: Date, holidays: HolidayCalendar | None = None) -> bool:
        """Whether the clinic works on a day: it is neither weekend nor holiday. Without a calendar the weekend
        is Saturday and Sunday.

        Parameters
        ----------
        date : Date
        holidays : HolidayCalendar | None, optional

        Returns
        -------
        bool

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_is_business_day(date, holidays)

    def parse_holidays(self, text: str) -> HolidayCalendar:
        """Reads a calendar of holidays from JSON: ``name``, ``source``, ``weekend`` and ``holidays``, each with
        ``date`` and ``name``.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Raises
        ------
        Invalid
            ``Invalid`` for what has not this shape.
        """
        return self._native.reckon_parse_holidays(text)

    def us_federal_holidays(self) -> HolidayCalendar:
        """The holidays of the federal government of the United States, 2020 to 2035, on the days they are kept
        (5 U.S.C. 6103 and Executive Order 11582).

        Returns
        -------
        HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_us_federal_holidays()

    def plan_reminders(self, request: ReminderRequest) -> ReminderPlan:
        """The next reminders that a device is to hold, out of quiet hours, as many as it can. The same request
        later gives the same reminders, as far as they lie ahead.

        Parameters
        ----------
        request : ReminderRequest
            What to plan.

        Returns
        -------
        ReminderPlan
            The reminders a device is to hold.

        Raises
        ------
        Invalid
            ``Invalid`` for a limit, a lead, quiet hours or a zone that cannot be, and for too many of
            anything.
        """
        return self._native.reckon_plan_reminders(request)

    def adherence(self, occurrences: Sequence[OccurrenceView], zone: str, now: datetime) -> AdherenceView:
        """How well care goes by occurrences as they stood at an instant, in any order, day by day in a zone.

        Parameters
        ----------
        occurrences : Sequence[OccurrenceView]
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        now : datetime

        Returns
        -------
        AdherenceView
            How well care goes.

        Raises
        ------
        Invalid
            ``Invalid`` for a zone that is not in the database.
        """
        return self._native.reckon_adherence(occurrences, zone, now)

    def days_covered(self, fills: Sequence[Fill], window: SupplyWindow, now: datetime) -> SupplyResult:
        """The proportion of days covered by fills of a drug or a class (PDC). 80 % is the usual threshold.

        Parameters
        ----------
        fills : Sequence[Fill]
        window : SupplyWindow
            Which days are looked at, and how.
        now : datetime

        Returns
        -------
        SupplyResult
            A figure of supply, with what it was made of.

        Raises
        ------
        Invalid
            ``Invalid`` for a fill of no or a negative number of days, and for a window that ends before it
            begins.
        """
        return self._native.reckon_days_covered(fills, window, now)

    def possession_ratio(self, fills: Sequence[Fill], window: SupplyWindow, now: datetime) -> SupplyResult:
        """The medication possession ratio by fills of a drug or a class (MPR). It may exceed 1.

        Parameters
        ----------
        fills : Sequence[Fill]
        window : SupplyWindow
            Which days are looked at, and how.
        now : datetime

        Returns
        -------
        SupplyResult
            A figure of supply, with what it was made of.

        Raises
        ------
        Invalid
            ``Invalid`` for a fill of no or a negative number of days, and for a window that ends before it
            begins.
        """
        return self._native.reckon_possession_ratio(fills, window, now)

    def shipped_templates(self) -> tuple[CareTemplate, ...]:
        """The templates of care plans that come with the library, each row with its source and evidence.

        Returns
        -------
        tuple[CareTemplate, ...]
            A template of care plans.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_shipped_templates()

    def check_template(self, template: CareTemplate) -> tuple[Finding, ...]:
        """What is wrong with a template: states that nothing leads to or out of, keys that nothing has, rows
        without a source or a reason, and the like.

        Parameters
        ----------
        template : CareTemplate
            A template of care plans.

        Returns
        -------
        tuple[Finding, ...]
            Something that is wrong with a template, or has to be known of it.

        Raises
        ------
        PrmError
            None of its own.
        """
        return self._native.reckon_check_template(template)

    def diff_templates(self, earlier: CareTemplate, later: CareTemplate) -> TemplateDiff:
        """What a later version of a template has added, removed and changed, row by row.

        Parameters
        ----------
        earlier : CareTemplate
            A template of care plans.
        later : CareTemplate
            A template of care plans.

        Returns
        -------
        TemplateDiff
            What two versions of a template differ in.

        Raises
        ------
        Invalid
            ``Invalid`` for a template with two rows of one key.
        """
        return self._native.reckon_diff_templates(earlier, later)
