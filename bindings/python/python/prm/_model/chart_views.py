# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of chart answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.chart import ChartEntry
from prm._model.chart_codes import EntryStatus, ListState
from prm._model.chart_parts import EntryValue
from prm._model.codes import Comparator
from prm._model.ids import EntryId
from prm._model.values import Concept
from prm._scalars import (
    Decimal, DecimalLike, Sensitive, When, WhenLike, as_decimal, as_instant, as_text, as_when, fill, many, maybe,
)

__all__ = [
    "DoseView", "EntryView", "LatestValue", "ListItem", "Point", "Series", "Trend", "VaccineView",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EntryView:
    """An entry as it was read: which version, and since when the store has known it.

    Parameters
    ----------
    id : EntryId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the entry was marked as entered in error; none if it counts.
    entry : ChartEntry
        The entry.
    conflicts : sequence of EntryId, optional
        Entries of other sources that say something else of the same. Two entries disagree if they have the
        same kind, a code in common and the same date as written, come from different sources (entries made
        here are one source), and differ in value, components or status. Both stay; neither is preferred.
    """

    id: EntryId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    entry: ChartEntry
    conflicts: tuple[EntryId, ...]

    def __init__(
        self, *, id: EntryId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        entry: ChartEntry, conflicts: Sequence[EntryId] = (),
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided), entry=entry,
            conflicts=many(conflicts),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DoseView:
    """A dose that was given.

    Parameters
    ----------
    entry : EntryView
        The entry that tells of it.
    also : sequence of EntryId, optional
        Other entries that tell of a dose of the same vaccine on the same date: they are taken for the same
        dose.
    """

    entry: EntryView
    also: tuple[EntryId, ...]

    def __init__(
        self, *, entry: EntryView, also: Sequence[EntryId] = (),
    ) -> None:
        fill(
            self, entry=entry, also=many(also),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class LatestValue:
    """The newest value of a code.

    A value counts if its observation is not made in error, planned or not done, has a time, and does not
    stand after the current instant. The value of a code is that of the observation with this code, or of its
    component with it. Asked for all codes, a value stands under the first code of its concept alone, so that
    a value with a LOINC and a local code comes up once.

    Parameters
    ----------
    code : Concept
        What was measured.
    value : EntryValue
        What was found.
    when : When
        When.
    status : EntryStatus
        How certain it is.
    entry : EntryId
        The entry that holds it.
    is_component : bool
        Whether it is a part of that entry, e.g. systolic pressure.
    """

    code: Concept
    value: EntryValue
    when: When
    status: EntryStatus
    entry: EntryId
    is_component: bool

    def __init__(
        self, *, code: Concept, value: EntryValue, when: WhenLike, status: EntryStatus | str, entry: EntryId,
        is_component: bool,
    ) -> None:
        fill(
            self, code=code, value=value, when=as_when(when), status=EntryStatus(status), entry=entry,
            is_component=is_component,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ListItem:
    """One line of the problem, medication or allergy list: all entries that tell of the same.

    The problem list is made from conditions, the medication list from prescriptions and medications as
    reported, the allergy list from allergies and intolerances; what was given or dispensed is an event of the
    timeline. Entries that stand after the current instant, or are made in error, planned or not done
    (refuted, cancelled), are on no list.

    Entries tell of the same if their first code is the same, or, of entries without a code, their title. An
    entry holds now if its status is active, preliminary, final or unknown and neither its end nor the end of
    its period has passed; completed means over. A line holds if any of its entries does: a problem that one
    source still calls active is not hidden by another that calls it resolved. Lines that hold come first,
    each part with the newest first.

    Parameters
    ----------
    state : ListState
        Whether it holds now: if any of its entries does.
    since : When, optional
        The earliest start any of its entries tells.
    latest : EntryView
        The newest of its entries, of those that hold now if there are any.
    entries : sequence of EntryId
        All of its entries, newest first.
    """

    state: ListState
    since: When | None
    latest: EntryView
    entries: tuple[EntryId, ...]

    def __init__(
        self, *, state: ListState, since: WhenLike | None = None, latest: EntryView, entries: Sequence[EntryId],
    ) -> None:
        fill(
            self, state=state, since=maybe(as_when, since), latest=latest, entries=many(entries),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Point:
    """One value of a series.

    Parameters
    ----------
    when : When
        When it was measured.
    value : Decimal
        The number, with the digits it came with.
    comparator : Comparator, optional
        How the true value relates to the number, if it is not equal to it.
    status : EntryStatus
        How certain it is.
    entry : EntryId
        The entry that holds it.
    """

    when: When
    value: Decimal
    comparator: Comparator | None
    status: EntryStatus
    entry: EntryId

    def __init__(
        self, *, when: WhenLike, value: DecimalLike, comparator: Comparator | str | None = None,
        status: EntryStatus | str, entry: EntryId,
    ) -> None:
        fill(
            self, when=as_when(when), value=as_decimal(value), comparator=maybe(Comparator, comparator),
            status=EntryStatus(status), entry=entry,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Series:
    """Values of one code in one unit.

    Parameters
    ----------
    unit : str, optional
        The UCUM code of the unit, else the unit as it was written; none for plain numbers.
    points : sequence of Point
        The values, oldest first.
    """

    unit: str | None
    points: tuple[Point, ...]

    def __init__(
        self, *, unit: str | None = None, points: Sequence[Point],
    ) -> None:
        fill(
            self, unit=unit, points=many(points),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Trend:
    """How the values of a code changed. Which values count is said at ``LatestValue``.

    Values of one unit make a series; units are told apart by their UCUM code, else as they are written, and
    nothing is converted. The same number in the same unit at the same time from two entries is one point;
    other numbers are points of their own.

    Parameters
    ----------
    series : sequence of Series
        One series per unit; values of different units are never put together. The series with the newest
        value first.
    without_number : int
        Values that are no numbers, left out.
    is_cut : bool
        Whether older values of the period were left out because there are more than were asked for.
    """

    series: tuple[Series, ...]
    without_number: int
    is_cut: bool

    def __init__(
        self, *, series: Sequence[Series], without_number: int, is_cut: bool,
    ) -> None:
        fill(
            self, series=many(series), without_number=without_number, is_cut=is_cut,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class VaccineView:
    """A vaccine and the doses of it that were given.

    Doses that are planned, not done, made in error or stand after the current instant are left out. Entries
    are of the same vaccine if their first code is the same, or, without a code, their title.

    Parameters
    ----------
    vaccine : Concept
        The vaccine, as the newest dose names it.
    doses : sequence of DoseView
        The doses, newest first.
    """

    vaccine: Concept
    doses: tuple[DoseView, ...]

    def __init__(
        self, *, vaccine: Concept, doses: Sequence[DoseView],
    ) -> None:
        fill(
            self, vaccine=vaccine, doses=many(doses),
        )
