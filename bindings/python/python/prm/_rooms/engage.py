# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Schedules, what is due, and what came of it."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.engage_2 import DueQuery, OccurrenceView, ReminderPreferences, Stamp
from prm._model.engage_views import AdherenceView, AsNeededView, DueItem
from prm._model.engage_views_2 import ForecastView, OccurrenceList, OccurrenceRecordView, ReminderPlan
from prm._model.ids import PatientId, ScheduleId
from prm._model.values import Page
from prm._model.values_of_rooms import TemplateChange
from prm._model.values_views import DuePage, FeedImport, MissedPage
from prm._rooms.engage_basics import EngageBasics
from prm._scalars import Date
from prm._watch import Watcher, watched


class EngageCalls(EngageBasics):
    """Schedules, what is due, and what came of it."""

    __slots__ = ()

    def occurrence(self, schedule: ScheduleId, stamp: Stamp) -> OccurrenceView:
        """One occurrence as it stands now.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        stamp : Stamp
            Which occurrence of its schedule it is.

        Returns
        -------
        OccurrenceView
            An occurrence as a read returns it.

        Raises
        ------
        NotFound
            As reading the schedule; ``NotFound`` for an occurrence it does not have.
        """
        return self._native.engage_occurrence(schedule, stamp)

    def occurrence_history(self, schedule: ScheduleId, stamp: Stamp) -> tuple[OccurrenceRecordView, ...]:
        """Every version of what was recorded of an occurrence, oldest first.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        stamp : Stamp
            Which occurrence of its schedule it is.

        Returns
        -------
        tuple[OccurrenceRecordView, ...]
            What was recorded of an occurrence as it was read.

        Raises
        ------
        NotFound
            As reading the schedule; ``NotFound`` if nothing was ever recorded of it.
        """
        return self._native.engage_occurrence_history(schedule, stamp)

    def occurrences(self, patient: PatientId, from_: datetime, to: datetime, limit: int = 100) -> OccurrenceList:
        """What is due for a patient at or after ``from`` and before ``to``, whatever came of it: ``limit``
        occurrences at most (1 to 100,000).

        Parameters
        ----------
        patient : PatientId
            Whose.
        from_ : datetime
            The earliest instant.
        to : datetime
            The instant after the last.
        limit : int, optional
            How many at most.

        Returns
        -------
        OccurrenceList
            Occurrences of a time that was asked for.

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``schedules``; ``Invalid`` for another limit or a time that ends before it begins.
        """
        return self._native.engage_occurrences(patient, from_, to, limit)

    def occurrences_known_at(
        self, patient: PatientId, from_: datetime, to: datetime, limit: int = 100, at: datetime | None = None,
    ) -> OccurrenceList:
        """As ``occurrences``, as they stood at an instant: with the schedules and outcomes the store knew then.
        What was expected then is this.

        Parameters
        ----------
        patient : PatientId
            Whose.
        from_ : datetime
            The earliest instant.
        to : datetime
            The instant after the last.
        limit : int, optional
            How many at most.
        at : datetime | None, optional
            An instant, with a time zone.

        Returns
        -------
        OccurrenceList
            Occurrences of a time that was asked for.

        Raises
        ------
        NotFound, Invalid, Denied, Corrupted, Closed, AuditUnavailable
            As ``occurrences``; ``NotFound`` if the store did not know the patient then.
        """
        return self._native.engage_occurrences_known_at(patient, from_, to, limit, at)

    def occurrences_of(self, schedule: ScheduleId, from_: datetime, to: datetime, limit: int = 100) -> OccurrenceList:
        """The occurrences of one schedule that are due at or after ``from`` and before ``to``: ``limit`` at most
        (1 to 100,000).

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        from_ : datetime
            The earliest instant.
        to : datetime
            The instant after the last.
        limit : int, optional
            How many at most.

        Returns
        -------
        OccurrenceList
            Occurrences of a time that was asked for.

        Raises
        ------
        Invalid
            As reading the schedule; ``Invalid`` for another limit or a time that ends before it begins.
        """
        return self._native.engage_occurrences_of(schedule, from_, to, limit)

    def due(self, patient: PatientId) -> tuple[DueItem, ...]:
        """What may be done for a patient now: open, due and overdue, in order of when it is due.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[DueItem, ...]
            Something that is due: an occurrence that may be done now or later, of which nothing is recorded
            yet.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``schedules``.
        """
        return self._native.engage_due(patient)

    def worklist(self, query: DueQuery, page: Page = Page()) -> DuePage:
        """What is due on the list of a team, a clinic or a person, before an instant: what is late first.
        Nothing that was done, called off, missed or paused is on it.

        Parameters
        ----------
        query : DueQuery
            Which part of a list of what is due to show.
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        DuePage
            A page of a list of what is due.

        Raises
        ------
        Invalid, Corrupted, Closed, AuditUnavailable
            ``Invalid`` for a page that is none, ``AuditUnavailable``, ``Corrupted``, ``Closed``. What the
            session may not see is left out.
        """
        return self._native.engage_worklist(query, page)

    def worklist_at(self, query: DueQuery, at: datetime, *, progress: Watcher = None) -> tuple[DueItem, ...]:
        """The list of ``worklist`` as it was at an instant, whole: computed again from what the store knew then.
        Takes as long as reading every schedule of the store.

        Parameters
        ----------
        query : DueQuery
            Which part of a list of what is due to show.
        at : datetime
            An instant, with a time zone.
        progress : bool or Progress or callable, optional
            Who watches.

        Returns
        -------
        tuple[DueItem, ...]
            Something that is due: an occurrence that may be done now or later, of which nothing is recorded
            yet.

        Raises
        ------
        Invalid, Cancelled, Corrupted, Closed, AuditUnavailable
            As ``worklist``; ``Cancelled``; ``Invalid`` for an instant in the future.
        """
        with watched(progress, "") as (work, tell):
            return self._native.engage_worklist_at(query, at, work, tell)

    def missed(self, query: DueQuery, from_: datetime, page: Page = Page()) -> MissedPage:
        """What was missed on the list of a team, a clinic or a person: due at or after ``from`` and before
        ``to``, not done, and not to be done any more. Schedules that were ended since do not count. A page
        goes through 200 schedules at most.

        Parameters
        ----------
        query : DueQuery
            Which part of a list of what is due to show.
        from_ : datetime
            The earliest instant.
        page : Page, optional
            What to return of a longer answer: at most ``Page.MOST`` rows.

        Returns
        -------
        MissedPage
            A page of a list of what was missed.

        Raises
        ------
        Invalid, Corrupted, Closed, AuditUnavailable
            As ``worklist``.
        """
        return self._native.engage_missed(query, from_, page)

    def as_needed(self, schedule: ScheduleId) -> AsNeededView:
        """What may be said before something is done as needed.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.

        Returns
        -------
        AsNeededView
            What may be said of something done as needed.

        Raises
        ------
        Invalid
            As reading the schedule; ``Invalid`` for a schedule that has times.
        """
        return self._native.engage_as_needed(schedule)

    def adherence(
        self, patient: PatientId, from_: Date, to: Date, schedule: ScheduleId | None = None, at: datetime | None = None,
    ) -> AdherenceView:
        """How well a patient's care goes in the days from ``from`` to ``to``, by all schedules or by one; as it
        stands, or as it stood at an instant: with what was expected and known then. Days are those where the
        patient lives.

        Parameters
        ----------
        patient : PatientId
            Whose.
        from_ : Date
            The first day.
        to : Date
            The last day.
        schedule : ScheduleId | None, optional
            Which schedule; all of them if that is left out.
        at : datetime | None, optional
            An instant, with a time zone.

        Returns
        -------
        AdherenceView
            How well care goes.

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``occurrences``; ``Invalid`` for days that end before they begin.
        """
        return self._native.engage_adherence(patient, from_, to, schedule, at)

    def reminders(self, patient: PatientId, preferences: ReminderPreferences, limit: int = 100) -> ReminderPlan:
        """The next reminders of what is due for a patient: ``limit`` at most (1 to 500), as many as the device
        holds. To be asked again when the plan says, or when anything changed.

        Parameters
        ----------
        patient : PatientId
            Whose.
        preferences : ReminderPreferences
            How a person wants to be reminded.
        limit : int, optional
            How many at most.

        Returns
        -------
        ReminderPlan
            The reminders a device is to hold.

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``due``; ``Invalid`` for another limit or an unknown zone.
        """
        return self._native.engage_reminders(patient, preferences, limit)

    def feed(self, patient: PatientId, from_: datetime, to: datetime) -> str:
        """A feed for calendars (iCalendar, RFC 5545) of what is due for a patient at or after ``from`` and
        before ``to``. What repeats by one rule is one item with its whole rule, as calendars expect it, if
        any of it falls into that time. It says titles and times, and nothing else of the patient.

        Parameters
        ----------
        patient : PatientId
            Whose.
        from_ : datetime
            The earliest instant.
        to : datetime
            The instant after the last.

        Returns
        -------
        str

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``occurrences``.
        """
        return self._native.engage_feed(patient, from_, to)

    def import_feed(self, patient: PatientId, feed: str, zone: str) -> FeedImport:
        """Makes schedules for a patient from the items of a feed (iCalendar, RFC 5545). ``zone`` is that of
        floating times of a patient whose own is not known. All items that can be are taken, in one batch.

        Parameters
        ----------
        patient : PatientId
            Whose.
        feed : str
            The text of a calendar.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.

        Returns
        -------
        FeedImport
            What was taken from a feed.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` for what is no calendar.
        """
        return self._native.engage_import_feed(patient, feed, zone)

    def forecast(
        self, query: DueQuery, from_: Date, to: Date, zone: str, change: TemplateChange | None = None,
        *, progress: Watcher = None,
    ) -> ForecastView:
        """How much there is to do on the list of a team, a clinic or a person in the days from ``from`` to
        ``to``, by day and role; and how much there would be after a change of plans, which is not made. Days
        are those of ``zone``. ``progress`` counts schedules.

        Parameters
        ----------
        query : DueQuery
            Which part of a list of what is due to show.
        from_ : Date
            The first day.
        to : Date
            The last day.
        zone : str
            Name of a zone, e.g. ``Europe/Berlin``.
        change : TemplateChange | None, optional
            A change whose effect is shown as well.
        progress : bool or Progress or callable, optional
            Who watches.

        Returns
        -------
        ForecastView
            The days ahead: how many occurrences are due, and how many would be after a change.

        Raises
        ------
        Invalid, Cancelled, Corrupted, Closed, AuditUnavailable
            As ``worklist``; ``Cancelled``; ``Invalid`` for days that end before they begin or an unknown
            zone.
        """
        with watched(progress, "") as (work, tell):
            return self._native.engage_forecast(query, from_, to, zone, change, work, tell)
