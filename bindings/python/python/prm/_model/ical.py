# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of ical."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.engage import Recurrence, Span
from prm._model.engage_2 import OccurrenceView, Schedule
from prm._model.ical_codes import FeedKind
from prm._model.ical_parts import AddedPeriod, Alarm, Attached, FeedTime, RawComponent, RawProperty, Refused
from prm._model.ids import ScheduleId
from prm._scalars import Sensitive, as_instant, as_text, fill, many, maybe

__all__ = [
    "Feed", "FeedItem", "ScheduledItem",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class FeedItem:
    """An event or something to do.

    Parameters
    ----------
    kind : FeedKind, optional
        What it is.
    uid : str, does not print, optional
        Its name among all calendars (``UID``), which some programs make of an address of a person. One is
        made up for writing if it has none.
    instance : FeedTime, optional
        Which instance of the item of the same ``uid`` it stands for (``RECURRENCE-ID``); none for the item
        itself. Its times are in the overrides of that item as well.
    from_here_on : bool, optional
        Whether it stands for all later instances too (``RANGE=THISANDFUTURE``). Such a one is kept, and the
        item that it changes is left as it is.
    sequence : int, optional
        Its revision.
    stamp : datetime, optional
        When it was last revised (``DTSTAMP``).
    summary : str, does not print, optional
        One line.
    description : str, does not print, optional
        More about it.
    location : str, does not print, optional
        Where.
    status : str, optional
        ``TENTATIVE``, ``CONFIRMED``, ``CANCELLED``, ``NEEDS-ACTION``, ``IN-PROCESS``, ``COMPLETED``, or what
        the source says.
    recurrence : Recurrence, optional
        When it starts and repeats; none if it has no start.
    ends : FeedTime, optional
        When it ends, or is due if it is something to do (``DTEND``, ``DUE``).
    lasts : Span, optional
        How long it lasts, if that is said instead (``DURATION``).
    periods : sequence of AddedPeriod, optional
        Added times that have a length of their own.
    alarms : sequence of Alarm, optional
        Its alarms.
    categories : sequence of str, does not print, optional
        Its categories.
    completed : datetime, optional
        When it was completed.
    percent : int, optional
        How much of it is done, 0 to 100.
    attached : sequence of Attached, optional
        Parameters of properties that fields stand for.
    extra : sequence of RawProperty, optional
        Properties that no field stands for.
    kept : sequence of RawComponent, optional
        Components in it that no field stands for.
    """

    kind: FeedKind
    uid: Sensitive[str] | None
    instance: FeedTime | None
    from_here_on: bool
    sequence: int | None
    stamp: datetime | None
    summary: Sensitive[str] | None
    description: Sensitive[str] | None
    location: Sensitive[str] | None
    status: str | None
    recurrence: Recurrence | None
    ends: FeedTime | None
    lasts: Span | None
    periods: tuple[AddedPeriod, ...]
    alarms: tuple[Alarm, ...]
    categories: tuple[Sensitive[str], ...]
    completed: datetime | None
    percent: int | None
    attached: tuple[Attached, ...]
    extra: tuple[RawProperty, ...]
    kept: tuple[RawComponent, ...]

    def __init__(
        self, *, kind: FeedKind = FeedKind.EVENT, uid: Sensitive[str] | str | None = None,
        instance: FeedTime | None = None, from_here_on: bool = False, sequence: int | None = None,
        stamp: datetime | None = None, summary: Sensitive[str] | str | None = None,
        description: Sensitive[str] | str | None = None, location: Sensitive[str] | str | None = None,
        status: str | None = None, recurrence: Recurrence | None = None, ends: FeedTime | None = None,
        lasts: Span | None = None, periods: Sequence[AddedPeriod] = (), alarms: Sequence[Alarm] = (),
        categories: Sequence[Sensitive[str] | str] = (), completed: datetime | None = None, percent: int | None = None,
        attached: Sequence[Attached] = (), extra: Sequence[RawProperty] = (), kept: Sequence[RawComponent] = (),
    ) -> None:
        fill(
            self, kind=kind, uid=maybe(as_text, uid), instance=instance, from_here_on=from_here_on, sequence=sequence,
            stamp=maybe(as_instant, stamp), summary=maybe(as_text, summary), description=maybe(as_text, description),
            location=maybe(as_text, location), status=status, recurrence=recurrence, ends=ends, lasts=lasts,
            periods=many(periods), alarms=many(alarms), categories=many(categories, as_text),
            completed=maybe(as_instant, completed), percent=percent, attached=many(attached), extra=many(extra),
            kept=many(kept),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Feed:
    """A calendar: what ``read`` makes of a text, and ``write`` a text of.

    Parameters
    ----------
    product : str, optional
        What made it (``PRODID``); none for this library.
    method : str, optional
        What it is sent for, e.g. ``PUBLISH`` or ``REQUEST``.
    items : sequence of FeedItem, optional
        Its events and things to do.
    extra : sequence of RawProperty, optional
        Properties that no field stands for, e.g. its name (``X-WR-CALNAME``).
    kept : sequence of RawComponent, optional
        Components that no field stands for. Zones by their IANA name are not among them: they are written
        anew.
    refused : sequence of Refused, optional
        What is not among the items, and why.
    """

    product: str | None
    method: str | None
    items: tuple[FeedItem, ...]
    extra: tuple[RawProperty, ...]
    kept: tuple[RawComponent, ...]
    refused: tuple[Refused, ...]

    def __init__(
        self, *, product: str | None = None, method: str | None = None, items: Sequence[FeedItem] = (),
        extra: Sequence[RawProperty] = (), kept: Sequence[RawComponent] = (), refused: Sequence[Refused] = (),
    ) -> None:
        fill(
            self, product=product, method=method, items=many(items), extra=many(extra), kept=many(kept),
            refused=many(refused),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ScheduledItem:
    """A schedule with what is known of its occurrences, to be made part of a feed.

    Parameters
    ----------
    id : ScheduleId
        Its id.
    version : int
        Its version, by which calendars tell a revision from the one before.
    schedule : Schedule
        The schedule.
    zone : str, optional
        Zone where the patient lives; that of the schedule if it is not known.
    occurrences : sequence of OccurrenceView, optional
        Its occurrences in the time that the feed is about.
    """

    id: ScheduleId
    version: int
    schedule: Schedule
    zone: str | None
    occurrences: tuple[OccurrenceView, ...]

    def __init__(
        self, *, id: ScheduleId, version: int, schedule: Schedule, zone: str | None = None,
        occurrences: Sequence[OccurrenceView] = (),
    ) -> None:
        fill(
            self, id=id, version=version, schedule=schedule, zone=zone, occurrences=many(occurrences),
        )
