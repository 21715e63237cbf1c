# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Schedules, what is due, and what came of it."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.engage import Timing
from prm._model.engage_2 import DueQuery, Window
from prm._model.engage_views import CarePauseView, ChangePreview
from prm._model.engage_views_2 import HolidayCalendarView, ScheduleView
from prm._model.ids import CarePauseId, HolidayCalendarId, PatientId, ScheduleId
from prm._model.values_of_rooms import TemplateChange
from prm._rooms.engage_commands import EngageCommands
from prm._scalars import Date
from prm._watch import Watcher, watched


class EngageBasics(EngageCommands):
    """Schedules, what is due, and what came of it."""

    __slots__ = ()

    def adherence_svg(self, patient: PatientId, from_: Date, to: Date, schedule: ScheduleId | None = None) -> str:
        """The adherence calendar of a patient, drawn: an SVG picture with its text. See ``adherence``.

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

        Returns
        -------
        str

        Raises
        ------
        Invalid, NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``adherence``.
        """
        return self._native.engage_adherence_svg(patient, from_, to, schedule)

    def forecast_svg(
        self, query: DueQuery, from_: Date, to: Date, zone: str, change: TemplateChange | None = None,
        *, progress: Watcher = None,
    ) -> str:
        """The days ahead, drawn: an SVG picture with its text. See ``forecast``.

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
        str

        Raises
        ------
        Invalid, Cancelled, Corrupted, Closed, AuditUnavailable
            As ``forecast``.
        """
        with watched(progress, "") as (work, tell):
            return self._native.engage_forecast_svg(query, from_, to, zone, change, work, tell)

    def schedule(self, id: ScheduleId) -> ScheduleView:
        """Reads the record of a schedule.

        Parameters
        ----------
        id : ScheduleId
            Which.

        Returns
        -------
        ScheduleView
            A schedule as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.engage_schedule(id)

    def schedule_history(self, id: ScheduleId) -> tuple[ScheduleView, ...]:
        """Every version of the record of a schedule that the session may see, oldest first: security labels of
        then and of now are asked about.

        Parameters
        ----------
        id : ScheduleId
            Which.

        Returns
        -------
        tuple[ScheduleView, ...]
            A schedule as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_schedule_history(id)

    def schedule_known_at(self, id: ScheduleId, at: datetime) -> ScheduleView | None:
        """The record of a schedule as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : ScheduleId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        ScheduleView | None
            A schedule as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_schedule_known_at(id, at)

    def care_pause(self, id: CarePauseId) -> CarePauseView:
        """Reads the record of a pause of care.

        Parameters
        ----------
        id : CarePauseId
            Which.

        Returns
        -------
        CarePauseView
            A pause of care as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.engage_care_pause(id)

    def pause_history(self, id: CarePauseId) -> tuple[CarePauseView, ...]:
        """Every version of the record of a pause of care that the session may see, oldest first: security labels
        of then and of now are asked about.

        Parameters
        ----------
        id : CarePauseId
            Which.

        Returns
        -------
        tuple[CarePauseView, ...]
            A pause of care as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_pause_history(id)

    def pause_known_at(self, id: CarePauseId, at: datetime) -> CarePauseView | None:
        """The record of a pause of care as the store knew it at an instant; none if it did not know it yet.

        Parameters
        ----------
        id : CarePauseId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        CarePauseView | None
            A pause of care as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_pause_known_at(id, at)

    def holiday_calendar(self, id: HolidayCalendarId) -> HolidayCalendarView:
        """Reads the record of a calendar of holidays.

        Parameters
        ----------
        id : HolidayCalendarId
            Which.

        Returns
        -------
        HolidayCalendarView
            A calendar of holidays as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.engage_holiday_calendar(id)

    def holiday_calendar_history(self, id: HolidayCalendarId) -> tuple[HolidayCalendarView, ...]:
        """Every version of the record of a calendar of holidays that the session may see, oldest first: security
        labels of then and of now are asked about.

        Parameters
        ----------
        id : HolidayCalendarId
            Which.

        Returns
        -------
        tuple[HolidayCalendarView, ...]
            A calendar of holidays as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_holiday_calendar_history(id)

    def holiday_calendar_known_at(self, id: HolidayCalendarId, at: datetime) -> HolidayCalendarView | None:
        """The record of a calendar of holidays as the store knew it at an instant; none if it did not know it
        yet.

        Parameters
        ----------
        id : HolidayCalendarId
            Which.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        HolidayCalendarView | None
            A calendar of holidays as it was read.

        Raises
        ------
        PrmError
            As reading the current one.
        """
        return self._native.engage_holiday_calendar_known_at(id, at)

    def schedules(self, patient: PatientId) -> tuple[ScheduleView, ...]:
        """The schedules of a patient that were not entered in error, in the order of their ids: those added one
        by one in the order they were added.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[ScheduleView, ...]
            A schedule as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
        """
        return self._native.engage_schedules(patient)

    def pauses(self, patient: PatientId) -> tuple[CarePauseView, ...]:
        """The pauses of a patient's care that were not entered in error, over or not.

        Parameters
        ----------
        patient : PatientId
            Whose.

        Returns
        -------
        tuple[CarePauseView, ...]
            A pause of care as it was read.

        Raises
        ------
        NotFound, Denied, Corrupted, Closed, AuditUnavailable
            As ``schedules``.
        """
        return self._native.engage_pauses(patient)

    def preview_change(
        self, id: ScheduleId, from_: datetime, timing: Timing, window: Window, until: datetime,
    ) -> ChangePreview:
        """What changing a schedule from an instant on would do, until another instant.

        Parameters
        ----------
        id : ScheduleId
            Which.
        from_ : datetime
            The earliest instant.
        timing : Timing
            When something is to happen.
        window : Window
            The window around the time of an occurrence.
        until : datetime

        Returns
        -------
        ChangePreview
            What a change of a schedule would do, before it is made.

        Raises
        ------
        Invalid
            As reading the schedule; ``Invalid`` for a timing that is impossible.
        """
        return self._native.engage_preview_change(id, from_, timing, window, until)
