# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of engage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from prm._model.engage import ClockStamp, Outcome, Span, Timing
from prm._model.engage_codes import OccurrenceState, ScheduleStatus
from prm._model.engage_parts import Assignee, DueOwner, Measure, Pool, QuietHours
from prm._model.ids import CarePauseId, CarePlanId, HolidayCalendarId, OccurrenceId, PatientId, RecordId, ScheduleId
from prm._model.values import Coding, Concept
from prm._scalars import Date, DayLike, as_day, as_instant, fill, many, maybe

__all__ = [
    "DueQuery", "Expiry", "ExpiryAfter", "ExpiryNever", "ExpiryNextOpens", "Fill", "OccurrenceView", "Phase",
    "ReminderItem", "ReminderPreferences", "Schedule", "Stamp", "StampAsNeeded", "StampClock", "StampEvent", "Window",
]


@dataclass(frozen=True, slots=True)
class ExpiryNextOpens:
    """Until the next one of the schedule opens; without end if there is none."""


@dataclass(frozen=True, slots=True, init=False)
class ExpiryAfter:
    """So long after it stopped being due in time."""

    value: Span

    def __init__(self, value: Span) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True)
class ExpiryNever:
    """Without end."""


Expiry: TypeAlias = (
    ExpiryNextOpens | ExpiryAfter | ExpiryNever
)
"""Until when an occurrence may still be done."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Window:
    """The window around the time of an occurrence.

    Parameters
    ----------
    opens : Span, optional
        How long before it is due it may be done.
    lasts : Span, optional
        How long it lasts, from when it is due. Of whole days and parts of a day it is their length if nothing
        is said.
    grace : Span, optional
        How long after that it still counts as in time.
    expires : Expiry, optional
        Until when it may be done at all; then it is missed.
    """

    opens: Span
    lasts: Span | None
    grace: Span
    expires: Expiry

    def __init__(
        self, *, opens: Span = Span(), lasts: Span | None = None, grace: Span = Span(),
        expires: Expiry = ExpiryNextOpens(),
    ) -> None:
        fill(
            self, opens=opens, lasts=lasts, grace=grace, expires=expires,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Phase:
    """A stretch of a schedule with one timing. A schedule that was changed "from here on" has several.

    Parameters
    ----------
    from_ : datetime, optional
        From when on it holds; none for the first. It holds until the next begins, by the times of occurrences
        before they are moved.
    timing : Timing
        When it is to happen.
    window : Window, optional
        The window around each time.
    """

    from_: datetime | None
    timing: Timing
    window: Window

    def __init__(
        self, *, from_: datetime | None = None, timing: Timing, window: Window = Window(),
    ) -> None:
        fill(
            self, from_=maybe(as_instant, from_), timing=timing, window=window,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Schedule:
    """What is to happen when, for one patient.

    Parameters
    ----------
    patient : PatientId
        For whom.
    plan : CarePlanId, optional
        The plan it belongs to.
    activity : str, optional
        Key of the activity of the plan.
    status : ScheduleStatus
        Whether it holds.
    title : str
        One line for lists, 1 to 200 characters; nothing that tells who the patient is.
    code : Concept, optional
        What is done.
    phases : sequence of Phase
        Its stretches, in order of time; one at least. The first has no beginning of its own.
    zone : str
        Zone of floating times of a patient whose own is not known, e.g. ``America/New_York``.
    holidays : HolidayCalendarId, optional
        Holidays that business days pass over; weekends alone if none is named.
    pool : Pool, optional
        The team or clinic on whose list it stands; on the patient's alone if none is named.
    assignee : Assignee, optional
        Who is to do it.
    role : str, optional
        The role that does it, e.g. ``nurse``; lists are filtered by it.
    measures : sequence of Measure, optional
        What an outcome is to state.
    prerequisites : sequence of ScheduleId, optional
        Schedules of the patient of which one occurrence must be done before any of this one is due; 20 at
        most.
    reminders : sequence of Span, optional
        How long before an occurrence is due to remind of it; 10 at most.
    labels : sequence of Coding, optional
        Security labels (v3 Confidentiality and ActCode).
    ended : datetime, optional
        From when on nothing is due; set when the status says that it does not hold any more, if nothing is
        said.
    """

    patient: PatientId
    plan: CarePlanId | None
    activity: str | None
    status: ScheduleStatus
    title: str
    code: Concept | None
    phases: tuple[Phase, ...]
    zone: str
    holidays: HolidayCalendarId | None
    pool: Pool | None
    assignee: Assignee | None
    role: str | None
    measures: tuple[Measure, ...]
    prerequisites: tuple[ScheduleId, ...]
    reminders: tuple[Span, ...]
    labels: tuple[Coding, ...]
    ended: datetime | None

    def __init__(
        self, *, patient: PatientId, plan: CarePlanId | None = None, activity: str | None = None,
        status: ScheduleStatus | str, title: str, code: Concept | None = None, phases: Sequence[Phase], zone: str,
        holidays: HolidayCalendarId | None = None, pool: Pool | None = None, assignee: Assignee | None = None,
        role: str | None = None, measures: Sequence[Measure] = (), prerequisites: Sequence[ScheduleId] = (),
        reminders: Sequence[Span] = (), labels: Sequence[Coding] = (), ended: datetime | None = None,
    ) -> None:
        fill(
            self, patient=patient, plan=plan, activity=activity, status=ScheduleStatus(status), title=title, code=code,
            phases=many(phases), zone=zone, holidays=holidays, pool=pool, assignee=assignee, role=role,
            measures=many(measures), prerequisites=many(prerequisites), reminders=many(reminders), labels=many(labels),
            ended=maybe(as_instant, ended),
        )


@dataclass(frozen=True, slots=True, init=False)
class StampClock:
    """By the clock: the civil time that the unmodified rule says."""

    value: ClockStamp

    def __init__(self, value: ClockStamp) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class StampEvent:
    """Counted from an event.

    Parameters
    ----------
    anchor : RecordId
        The event, or the record that it is the completion of; the patient for birthdays.
    step : int
        The step, from 0; the year for birthdays.
    """

    anchor: RecordId
    step: int

    def __init__(
        self, *, anchor: RecordId, step: int,
    ) -> None:
        fill(
            self, anchor=anchor, step=step,
        )


@dataclass(frozen=True, slots=True, init=False)
class StampAsNeeded:
    """As needed: its own id."""

    value: OccurrenceId

    def __init__(self, value: OccurrenceId) -> None:
        fill(self, value=value)


Stamp: TypeAlias = (
    StampClock | StampEvent | StampAsNeeded
)
"""Which occurrence of its schedule it is. It stays the same when the occurrence is moved, when an event it is
counted from turns out to have been on another day, and when the rules of a time zone change.
"""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OccurrenceView:
    """An occurrence as a read returns it.

    Parameters
    ----------
    patient : PatientId
        The patient.
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence of it.
    plan : CarePlanId, optional
        The plan the schedule belongs to.
    activity : str, optional
        Key of the activity of the plan.
    title : str
        Title of the schedule.
    state : OccurrenceState
        How it stands.
    opens : datetime
        From when on it may be done.
    due : datetime
        When it is due.
    until : datetime
        Until when it is in time: the end of how long it lasts, and grace.
    expires : datetime, optional
        From when on it may not be done any more.
    moved_from : datetime, optional
        When it was due before it was moved.
    outcome : Outcome, optional
        What came of it.
    recorded : datetime, optional
        When what came of it was recorded.
    version : int
        Version of what is recorded of it; 0 if nothing is.
    unplanned : bool
        Whether its schedule does not plan it any more and it is there because something was recorded of it.
    pause : CarePauseId, optional
        The pause that it falls in.
    pool : Pool, optional
        The team or clinic on whose list it stands.
    assignee : Assignee, optional
        Who is to do it.
    role : str, optional
        The role that does it.
    """

    patient: PatientId
    schedule: ScheduleId
    stamp: Stamp
    plan: CarePlanId | None
    activity: str | None
    title: str
    state: OccurrenceState
    opens: datetime
    due: datetime
    until: datetime
    expires: datetime | None
    moved_from: datetime | None
    outcome: Outcome | None
    recorded: datetime | None
    version: int
    unplanned: bool
    pause: CarePauseId | None
    pool: Pool | None
    assignee: Assignee | None
    role: str | None

    def __init__(
        self, *, patient: PatientId, schedule: ScheduleId, stamp: Stamp, plan: CarePlanId | None = None,
        activity: str | None = None, title: str, state: OccurrenceState, opens: datetime, due: datetime,
        until: datetime, expires: datetime | None = None, moved_from: datetime | None = None,
        outcome: Outcome | None = None, recorded: datetime | None = None, version: int, unplanned: bool,
        pause: CarePauseId | None = None, pool: Pool | None = None, assignee: Assignee | None = None,
        role: str | None = None,
    ) -> None:
        fill(
            self, patient=patient, schedule=schedule, stamp=stamp, plan=plan, activity=activity, title=title,
            state=state, opens=as_instant(opens), due=as_instant(due), until=as_instant(until),
            expires=maybe(as_instant, expires), moved_from=maybe(as_instant, moved_from), outcome=outcome,
            recorded=maybe(as_instant, recorded), version=version, unplanned=unplanned, pause=pause, pool=pool,
            assignee=assignee, role=role,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DueQuery:
    """Which part of a list of what is due to show.

    Parameters
    ----------
    owner : DueOwner
        Whose list.
    until : datetime
        What is due before this instant; what is late is always there.
    roles : sequence of str, optional
        Of one of these roles; of any or none if empty.
    """

    owner: DueOwner
    until: datetime
    roles: tuple[str, ...]

    def __init__(
        self, *, owner: DueOwner, until: datetime, roles: Sequence[str] = (),
    ) -> None:
        fill(
            self, owner=owner, until=as_instant(until), roles=many(roles),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Fill:
    """A fill of a prescription, or the reversal of one.

    Parameters
    ----------
    drug : str
        What drug it is. Fills with the same text are of the same drug, so name the generic ingredient.
    date : Date
        The day it was filled.
    days : int
        For how many days it lasts, 1 to 3,660.
    reversal : bool, optional
        Whether this takes back a fill of the same drug, day and length (a negative claim).
    """

    drug: str
    date: Date
    days: int
    reversal: bool

    def __init__(
        self, *, drug: str, date: DayLike, days: int, reversal: bool = False,
    ) -> None:
        fill(
            self, drug=drug, date=as_day(date), days=days, reversal=reversal,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ReminderItem:
    """An occurrence to be reminded of.

    Parameters
    ----------
    schedule : ScheduleId
        The schedule.
    stamp : Stamp
        Which occurrence of it.
    due : datetime
        When it is due.
    until : datetime
        Until when it is in time. No reminder comes later.
    leads : sequence of Span
        How long before it is due to remind, each not negative; 10 at most. Days and longer parts are counted
        on the calendar where the patient lives, hours and minutes in elapsed time.
    priority : int, optional
        Of reminders at the same moment those with a higher number come first; they are what stays if not all
        fit.
    """

    schedule: ScheduleId
    stamp: Stamp
    due: datetime
    until: datetime
    leads: tuple[Span, ...]
    priority: int

    def __init__(
        self, *, schedule: ScheduleId, stamp: Stamp, due: datetime, until: datetime, leads: Sequence[Span],
        priority: int = 0,
    ) -> None:
        fill(
            self, schedule=schedule, stamp=stamp, due=as_instant(due), until=as_instant(until), leads=many(leads),
            priority=priority,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ReminderPreferences:
    """How a person wants to be reminded.

    Parameters
    ----------
    allowed : bool
        Whether to remind at all.
    quiet : QuietHours, optional
        Quiet hours; none if any hour will do.
    zone : str
        Where the patient is, as a zone of the IANA database.
    merge_within : int, optional
        Reminders that fall into the same stretch of so many minutes (counted from 1970, so that stretches
        never move) are joined into the first of them; 1,440 at most. None joins nothing.
    """

    allowed: bool
    quiet: QuietHours | None
    zone: str
    merge_within: int | None

    def __init__(
        self, *, allowed: bool, quiet: QuietHours | None = None, zone: str, merge_within: int | None = None,
    ) -> None:
        fill(
            self, allowed=allowed, quiet=quiet, zone=zone, merge_within=merge_within,
        )
