# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of engage answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.engage import CarePause, ClockStamp
from prm._model.engage_2 import OccurrenceView, Stamp
from prm._model.engage_codes import OccurrenceState
from prm._model.engage_parts import Assignee
from prm._model.ids import CarePauseId, PatientId, ScheduleId
from prm._scalars import (
    CivilTime, CivilTimeLike, Date, DayLike, Sensitive, as_civil_time, as_day, as_instant, as_text, fill, many, maybe,
)

__all__ = [
    "AdherenceCounts", "AdherenceDay", "AdherenceView", "AdvanceReport", "AsNeededView", "CarePauseView",
    "ChangePreview", "DrugSupply", "DueItem", "Expansion", "ForecastDay", "Instance", "Ratio",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DueItem:
    """Something that is due: an occurrence that may be done now or later, of which nothing is recorded yet.

    Parameters
    ----------
    patient : PatientId
        The patient.
    name : str, does not print
        The patient's name, to show.
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence of it.
    title : str
        Title of the schedule.
    state : OccurrenceState
        How it stands: upcoming, open, due or overdue.
    opens : datetime
        From when on it may be done.
    due : datetime
        When it is due.
    until : datetime
        Until when it is in time.
    expires : datetime, optional
        From when on it is missed.
    moved : bool
        Whether it was moved.
    assignee : Assignee, optional
        Who is to do it.
    role : str, optional
        The role that does it.
    """

    patient: PatientId
    name: Sensitive[str]
    schedule: ScheduleId
    stamp: Stamp
    title: str
    state: OccurrenceState
    opens: datetime
    due: datetime
    until: datetime
    expires: datetime | None
    moved: bool
    assignee: Assignee | None
    role: str | None

    def __init__(
        self, *, patient: PatientId, name: Sensitive[str] | str, schedule: ScheduleId, stamp: Stamp, title: str,
        state: OccurrenceState, opens: datetime, due: datetime, until: datetime, expires: datetime | None = None,
        moved: bool, assignee: Assignee | None = None, role: str | None = None,
    ) -> None:
        fill(
            self, patient=patient, name=as_text(name), schedule=schedule, stamp=stamp, title=title, state=state,
            opens=as_instant(opens), due=as_instant(due), until=as_instant(until), expires=maybe(as_instant, expires),
            moved=moved, assignee=assignee, role=role,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AdherenceCounts:
    """How many occurrences stand how.

    Parameters
    ----------
    expected : int, optional
        Expected by now: done, partly done, skipped, missed and overdue together.
    done : int, optional
        Done, in time or late.
    partly : int, optional
        Done in part.
    skipped : int, optional
        Left out on purpose.
    missed : int, optional
        Not done, and not possible any more.
    overdue : int, optional
        Late, and still possible.
    open : int, optional
        May be done and is in time, whether due or not yet.
    upcoming : int, optional
        May not be done yet.
    paused : int, optional
        In a pause.
    cancelled : int, optional
        Called off.
    unplanned : int, optional
        Done beside what was planned: as needed, or not planned any more.
    """

    expected: int
    done: int
    partly: int
    skipped: int
    missed: int
    overdue: int
    open: int
    upcoming: int
    paused: int
    cancelled: int
    unplanned: int

    def __init__(
        self, *, expected: int = 0, done: int = 0, partly: int = 0, skipped: int = 0, missed: int = 0, overdue: int = 0,
        open: int = 0, upcoming: int = 0, paused: int = 0, cancelled: int = 0, unplanned: int = 0,
    ) -> None:
        fill(
            self, expected=expected, done=done, partly=partly, skipped=skipped, missed=missed, overdue=overdue,
            open=open, upcoming=upcoming, paused=paused, cancelled=cancelled, unplanned=unplanned,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AdherenceDay:
    """One day of an adherence calendar.

    Parameters
    ----------
    date : Date
        The day, where the patient lives.
    counts : AdherenceCounts
        The occurrences that are due on it.
    """

    date: Date
    counts: AdherenceCounts

    def __init__(
        self, *, date: DayLike, counts: AdherenceCounts,
    ) -> None:
        fill(
            self, date=as_day(date), counts=counts,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Ratio:
    """So many of so many. It is kept exact; what is shown of it is rounded by ``rounded``.

    Parameters
    ----------
    numerator : int
        How many. It may exceed the denominator where the figure says so.
    denominator : int
        Of how many; 0 if there were none, and then the ratio has no value.
    """

    numerator: int
    denominator: int

    def __init__(
        self, *, numerator: int, denominator: int,
    ) -> None:
        fill(
            self, numerator=numerator, denominator=denominator,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AdherenceView:
    """How well care goes.

    Parameters
    ----------
    as_of : datetime
        The instant it is judged at.
    counts : AdherenceCounts
        All occurrences.
    completion : Ratio
        Those done, of those expected.
    timeliness : Ratio
        Those done from when they opened until they stopped being in time, of those done at a known time.
    current_streak : int
        How many expected ones in a row were done up to now. What is done in part, skipped, missed or overdue
        ends a streak; what is paused, called off or not settled yet neither ends it nor counts.
    longest_streak : int
        The longest such row.
    days : sequence of AdherenceDay
        Days on which something is due, in order.
    """

    as_of: datetime
    counts: AdherenceCounts
    completion: Ratio
    timeliness: Ratio
    current_streak: int
    longest_streak: int
    days: tuple[AdherenceDay, ...]

    def __init__(
        self, *, as_of: datetime, counts: AdherenceCounts, completion: Ratio, timeliness: Ratio, current_streak: int,
        longest_streak: int, days: Sequence[AdherenceDay],
    ) -> None:
        fill(
            self, as_of=as_instant(as_of), counts=counts, completion=completion, timeliness=timeliness,
            current_streak=current_streak, longest_streak=longest_streak, days=many(days),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AdvanceReport:
    """What the nightly advance did.

    Parameters
    ----------
    moved : int
        Schedules that were moved on to what is next.
    problems : sequence of str
        Schedules of which what is next could not be found, each with the reason.
    """

    moved: int
    problems: tuple[str, ...]

    def __init__(
        self, *, moved: int, problems: Sequence[str],
    ) -> None:
        fill(
            self, moved=moved, problems=many(problems),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AsNeededView:
    """What may be said of something done as needed.

    Parameters
    ----------
    not_before : datetime, optional
        From when on the next may be; none if there is nothing to wait for.
    in_period : int
        How many there were in the period that reaches back from now.
    most : int, optional
        How many there may be in it.
    last : datetime, optional
        When the last was.
    """

    not_before: datetime | None
    in_period: int
    most: int | None
    last: datetime | None

    def __init__(
        self, *, not_before: datetime | None = None, in_period: int, most: int | None = None,
        last: datetime | None = None,
    ) -> None:
        fill(
            self, not_before=maybe(as_instant, not_before), in_period=in_period, most=most,
            last=maybe(as_instant, last),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class CarePauseView:
    """A pause of care as it was read.

    Parameters
    ----------
    id : CarePauseId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    care_pause : CarePause
        The record.
    """

    id: CarePauseId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    care_pause: CarePause

    def __init__(
        self, *, id: CarePauseId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        care_pause: CarePause,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            care_pause=care_pause,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ChangePreview:
    """What a change of a schedule would do, before it is made.

    Parameters
    ----------
    left_over : sequence of OccurrenceView
        Occurrences from then on of which an outcome is recorded, and which the new timing does not plan: what
        the choice between keeping and taking back is about.
    kept : sequence of OccurrenceView
        Occurrences from then on of which an outcome is recorded, and which the new timing plans as well.
    before : sequence of OccurrenceView
        What was planned for the time looked at.
    after : sequence of OccurrenceView
        What would be planned for it.
    cut_off : bool
        Whether there is more in that time than is shown.
    """

    left_over: tuple[OccurrenceView, ...]
    kept: tuple[OccurrenceView, ...]
    before: tuple[OccurrenceView, ...]
    after: tuple[OccurrenceView, ...]
    cut_off: bool

    def __init__(
        self, *, left_over: Sequence[OccurrenceView], kept: Sequence[OccurrenceView], before: Sequence[OccurrenceView],
        after: Sequence[OccurrenceView], cut_off: bool,
    ) -> None:
        fill(
            self, left_over=many(left_over), kept=many(kept), before=many(before), after=many(after), cut_off=cut_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DrugSupply:
    """Which of several drugs covered how many days.

    Parameters
    ----------
    drug : str
        The drug.
    fills : int
        Fills counted.
    supplied : int
        Days supplied by them.
    covered : int
        Days of the window it covered.
    """

    drug: str
    fills: int
    supplied: int
    covered: int

    def __init__(
        self, *, drug: str, fills: int, supplied: int, covered: int,
    ) -> None:
        fill(
            self, drug=drug, fills=fills, supplied=supplied, covered=covered,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Instance:
    """One instance of a recurrence.

    Parameters
    ----------
    stamp : ClockStamp
        Which it is.
    civil : CivilTime
        When it takes place on the clock on the wall: after a move, and after a gap was passed.
    at : datetime
        When it takes place.
    """

    stamp: ClockStamp
    civil: CivilTime
    at: datetime

    def __init__(
        self, *, stamp: ClockStamp, civil: CivilTimeLike, at: datetime,
    ) -> None:
        fill(
            self, stamp=stamp, civil=as_civil_time(civil), at=as_instant(at),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Expansion:
    """Instances between two instants.

    Parameters
    ----------
    instances : sequence of Instance
        The instances, in order of time.
    cut_off : bool
        Whether there are more than were asked for.
    """

    instances: tuple[Instance, ...]
    cut_off: bool

    def __init__(
        self, *, instances: Sequence[Instance], cut_off: bool,
    ) -> None:
        fill(
            self, instances=many(instances), cut_off=cut_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ForecastDay:
    """What one role has to do on one day.

    Parameters
    ----------
    date : Date
        The day.
    role : str, optional
        The role, e.g. ``nurse``; none for what names no role.
    planned : int
        How many occurrences are due as things are planned now.
    changed : int, optional
        How many would be due after the change that is looked at; none if there is no such change.
    """

    date: Date
    role: str | None
    planned: int
    changed: int | None

    def __init__(
        self, *, date: DayLike, role: str | None = None, planned: int, changed: int | None = None,
    ) -> None:
        fill(
            self, date=as_day(date), role=role, planned=planned, changed=changed,
        )
