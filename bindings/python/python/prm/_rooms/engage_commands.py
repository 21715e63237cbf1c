# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Schedules, what is due, and what came of it."""

from __future__ import annotations

from datetime import datetime

from prm import _native
from prm._model.engage import CarePause, HolidayCalendar, Outcome, Timing
from prm._model.engage_2 import Schedule, Stamp, Window
from prm._model.engage_codes import OutcomeChoice
from prm._model.ids import CarePauseId, HolidayCalendarId, OccurrenceId, ScheduleId
from prm._scalars import Sensitive


class EngageCommands:
    """Schedules, what is due, and what came of it."""

    __slots__ = ("_native",)

    def __init__(self, native: _native.Session) -> None:
        self._native = native

    def add_schedule(self, schedule: Schedule) -> ScheduleId:
        """Adds a schedule.

        Parameters
        ----------
        schedule : Schedule
            What is to happen when, for one patient.

        Returns
        -------
        ScheduleId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_add_schedule(schedule)

    def edit_schedule(self, id: ScheduleId, version: int, schedule: Schedule) -> int:
        """Replaces the record of a schedule; ``version`` is the one the edit was made on. Gives the new version.

        Parameters
        ----------
        id : ScheduleId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        schedule : Schedule
            What is to happen when, for one patient.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_edit_schedule(id, version, schedule)

    def void_schedule(self, id: ScheduleId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a schedule as entered in error. Gives the new version.

        Parameters
        ----------
        id : ScheduleId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_void_schedule(id, version, reason)

    def pause(self, care_pause: CarePause) -> CarePauseId:
        """Adds a pause of care.

        Parameters
        ----------
        care_pause : CarePause
            A pause of care: what falls in it is neither due nor missed.

        Returns
        -------
        CarePauseId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_pause(care_pause)

    def edit_pause(self, id: CarePauseId, version: int, care_pause: CarePause) -> int:
        """Replaces the record of a pause of care; ``version`` is the one the edit was made on. Gives the new
        version.

        Parameters
        ----------
        id : CarePauseId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        care_pause : CarePause
            A pause of care: what falls in it is neither due nor missed.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_edit_pause(id, version, care_pause)

    def void_pause(self, id: CarePauseId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a pause of care as entered in error. Gives the new version.

        Parameters
        ----------
        id : CarePauseId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_void_pause(id, version, reason)

    def add_holiday_calendar(self, holiday_calendar: HolidayCalendar) -> HolidayCalendarId:
        """Adds a calendar of holidays.

        Parameters
        ----------
        holiday_calendar : HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Returns
        -------
        HolidayCalendarId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_add_holiday_calendar(holiday_calendar)

    def edit_holiday_calendar(self, id: HolidayCalendarId, version: int, holiday_calendar: HolidayCalendar) -> int:
        """Replaces the record of a calendar of holidays; ``version`` is the one the edit was made on. Gives the
        new version.

        Parameters
        ----------
        id : HolidayCalendarId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        holiday_calendar : HolidayCalendar
            The days on which a clinic or a country does not work, for as many years as its source states.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_edit_holiday_calendar(id, version, holiday_calendar)

    def void_holiday_calendar(self, id: HolidayCalendarId, version: int, reason: Sensitive[str] | str) -> int:
        """Marks the record of a calendar of holidays as entered in error. Gives the new version.

        Parameters
        ----------
        id : HolidayCalendarId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        reason : Sensitive[str] | str
            Why.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_void_holiday_calendar(id, version, reason)

    def resume(self, id: CarePauseId, version: int, at: datetime) -> int:
        """Ends a pause at an instant. Gives the new version of the pause.

        Parameters
        ----------
        id : CarePauseId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        at : datetime
            An instant, with a time zone.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` if the pause would end before it began.
        """
        return self._native.engage_resume(id, version, at)

    def record_outcome(self, schedule: ScheduleId, stamp: Stamp, version: int, outcome: Outcome) -> int:
        """Records what came of an occurrence; ``version`` is that of what is recorded of it, 0 if nothing is.
        Gives the new version.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        stamp : Stamp
            Which occurrence of its schedule it is.
        version : int
            The version that the change is made on; versions are counted from 1.
        outcome : Outcome
            What came of an occurrence.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        NotFound, Invalid, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``NotFound`` for an occurrence the schedule does not have.
        """
        return self._native.engage_record_outcome(schedule, stamp, version, outcome)

    def record_as_needed(self, schedule: ScheduleId, outcome: Outcome) -> OccurrenceId:
        """Records that something was done as needed. Gives its id.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        outcome : Outcome
            What came of an occurrence.

        Returns
        -------
        OccurrenceId
            The id of what was added.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``Invalid`` for a schedule that has times. Whether it was too early or too
            often is not judged: what was done was done. ``as_needed`` tells before.
        """
        return self._native.engage_record_as_needed(schedule, outcome)

    def undo_outcome(self, schedule: ScheduleId, stamp: Stamp, version: int) -> int:
        """Takes back what was recorded to have come of an occurrence. Gives the new version.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        stamp : Stamp
            Which occurrence of its schedule it is.
        version : int
            The version that the change is made on; versions are counted from 1.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        NotFound, Invalid, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``NotFound`` if nothing is recorded of it.
        """
        return self._native.engage_undo_outcome(schedule, stamp, version)

    def move_occurrence(self, schedule: ScheduleId, stamp: Stamp, version: int, to: datetime | None = None) -> int:
        """Moves one occurrence to another time, or back to where the schedule has it. Gives the new version.

        Parameters
        ----------
        schedule : ScheduleId
            Which schedule; all of them if that is left out.
        stamp : Stamp
            Which occurrence of its schedule it is.
        version : int
            The version that the change is made on; versions are counted from 1.
        to : datetime | None, optional
            The instant after the last.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        NotFound, Conflict, Invalid, Denied, Io, Full, Corrupted
            As ``Session.execute``; ``NotFound`` for an occurrence the schedule does not have, ``Conflict``
            for one that is over.
        """
        return self._native.engage_move_occurrence(schedule, stamp, version, to)

    def change_schedule(
        self, id: ScheduleId, version: int, from_: datetime, timing: Timing, window: Window, outcomes: OutcomeChoice,
    ) -> int:
        """Changes a schedule from an instant on; what was due before stays as it is. ``outcomes`` says what
        happens to outcomes recorded of occurrences that the new timing does not plan: ``preview_change``
        lists them. Gives the new version.

        Parameters
        ----------
        id : ScheduleId
            Which.
        version : int
            The version that the change is made on; versions are counted from 1.
        from_ : datetime
            The earliest instant.
        timing : Timing
            When something is to happen.
        window : Window
            The window around the time of an occurrence.
        outcomes : OutcomeChoice
            What happens to outcomes of occurrences that a changed schedule does not plan any more.

        Returns
        -------
        int
            The new version.

        Raises
        ------
        Invalid, NotFound, Conflict, Denied, Io, Full, Corrupted
            As ``Session.execute``.
        """
        return self._native.engage_change_schedule(id, version, from_, timing, window, outcomes)
