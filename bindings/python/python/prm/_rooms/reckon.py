# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used from any
thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from prm import _native
from prm._model.engage import HolidayCalendar
from prm._model.engage_2 import Fill, OccurrenceView, Schedule
from prm._model.engage_3 import ReminderRequest, SupplyWindow
from prm._model.engage_views import AdherenceView
from prm._model.engage_views_2 import ReminderPlan, SupplyResult
from prm._model.ical import Feed, FeedItem, ScheduledItem
from prm._model.ids import PatientId
from prm._model.plan import CareTemplate
from prm._model.plan_views import Finding, TemplateDiff
from prm._rooms.reckon_basics import ReckonBasics
from prm._scalars import Date, Sensitive


class ReckonCalls(ReckonBasics):
    """Calculations that need no store: data in, data out. It holds the rules of time zones alone and may be used
    from any thread.
    """

    __slots__ = ()

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

    def read_calendar(self, text: str) -> Feed:
        """Reads an iCalendar feed (RFC 5545). What cannot be read of a feed that otherwise can is listed with
        its line.

        Parameters
        ----------
        text : str
            What is read.

        Returns
        -------
        Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Raises
        ------
        Invalid
            ``Invalid`` with the line for what is no feed.
        """
        return self._native.reckon_read_calendar(text)

    def write_calendar(self, feed: Feed = Feed()) -> Sensitive[str]:
        """Writes an iCalendar feed.

        Parameters
        ----------
        feed : Feed, optional
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Returns
        -------
        Sensitive[str]

        Raises
        ------
        Invalid
            ``Invalid`` for what iCalendar has no words for.
        """
        return self._native.reckon_write_calendar(feed)

    def calendar_of(self, schedules: Sequence[ScheduledItem], now: datetime) -> Feed:
        """A feed of schedules with their occurrences, to be published. It says their titles, when they are, and
        how they stand, and nothing else of the patient.

        Parameters
        ----------
        schedules : Sequence[ScheduledItem]
        now : datetime

        Returns
        -------
        Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.

        Raises
        ------
        Invalid
            ``Invalid`` for a rule that is none, or a zone that is not in the database.
        """
        return self._native.reckon_calendar_of(schedules, now)

    def schedule_of(self, item: FeedItem, patient: PatientId, zone: str) -> Schedule:
        """A schedule for a patient made of an item of a feed. ``zone`` is that of floating times of a patient
        whose own is not known. Look at the title before keeping it: what an outsider wrote may tell who the
        patient is.

        Parameters
        ----------
        item : FeedItem
            An event or something to do.
        patient : PatientId
            Whose.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.

        Returns
        -------
        Schedule
            What is to happen when, for one patient.

        Raises
        ------
        Invalid
            ``Invalid`` for an item without a time or a summary, or one that repeats by a rule that is none.
        """
        return self._native.reckon_schedule_of(item, patient, zone)

    def holidays_of(self, feed: Feed, from_: Date, until: Date) -> HolidayCalendar:
        """A calendar of holidays made of the events of whole days in a feed, from a day until another, both
        included.

        Parameters
        ----------
        feed : Feed
            A calendar: what ``read`` makes of a text, and ``write`` a text of.
        from_ : Date
            The first day.
        until : Date
            The last day.

        Returns
        -------
        HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Raises
        ------
        Invalid
            ``Invalid`` for days in the wrong order, and for a feed that has no holidays in those days.
        """
        return self._native.reckon_holidays_of(feed, from_, until)
