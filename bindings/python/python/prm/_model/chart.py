# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prm._model.chart_codes import EntryKind, EntryStatus, TimelineOrder
from prm._model.chart_parts import Component, EntryValue, Link, Origin
from prm._model.values import Coding, Concept, Period
from prm._scalars import Sensitive, When, WhenLike, as_text, as_when, fill, many, maybe

__all__ = [
    "ChartEntry", "TimelineQuery",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ChartEntry:
    """One entry of a patient's chart: a clinical resource as far as lists and rules need it. What was imported
    is kept losslessly beside it.

    Parameters
    ----------
    kind : EntryKind
        Kind.
    when : When, optional
        When it happened or began; none sorts after all others.
    until : When, optional
        When it ended, if it did: abatement, end of a period.
    status : EntryStatus
        Whether it counts.
    status_code : str, optional
        Status as the source wrote it.
    code : Concept, optional
        What it is: diagnosis, test, vaccine, drug.
    categories : sequence of Coding, optional
        Categories, e.g. ``vital-signs``.
    title : str, does not print, optional
        One line for lists.
    value : EntryValue, optional
        Value, for a measurement or finding.
    components : sequence of Component, optional
        Parts with codes of their own.
    links : sequence of Link, optional
        Links to other records.
    labels : sequence of Coding, optional
        Security labels (v3 Confidentiality and ActCode).
    origin : Origin, optional
        Where it was imported from; none for entries made here.
    note : str, does not print, optional
        A remark.
    period : Period, optional
        When the use or plan it states holds, if that differs from when it was recorded.
    """

    kind: EntryKind
    when: When | None
    until: When | None
    status: EntryStatus
    status_code: str | None
    code: Concept
    categories: tuple[Coding, ...]
    title: Sensitive[str]
    value: EntryValue | None
    components: tuple[Component, ...]
    links: tuple[Link, ...]
    labels: tuple[Coding, ...]
    origin: Origin | None
    note: Sensitive[str] | None
    period: Period | None

    def __init__(
        self, *, kind: EntryKind | str, when: WhenLike | None = None, until: WhenLike | None = None,
        status: EntryStatus | str, status_code: str | None = None, code: Concept = Concept(),
        categories: Sequence[Coding] = (), title: Sensitive[str] | str = "", value: EntryValue | None = None,
        components: Sequence[Component] = (), links: Sequence[Link] = (), labels: Sequence[Coding] = (),
        origin: Origin | None = None, note: Sensitive[str] | str | None = None, period: Period | None = None,
    ) -> None:
        fill(
            self, kind=EntryKind(kind), when=maybe(as_when, when), until=maybe(as_when, until),
            status=EntryStatus(status), status_code=status_code, code=code, categories=many(categories),
            title=as_text(title), value=value, components=many(components), links=many(links), labels=many(labels),
            origin=origin, note=maybe(as_text, note), period=period,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class TimelineQuery:
    """Which entries of a timeline to show. Every part that is given narrows it.

    An entry stands at the start of the time it happened in: ``2019`` at the beginning of that year, before
    ``2019-01``; a stay at its admission. Civil dates count as if they were in UTC. Entries of the same moment
    are ordered by kind, then id. Entries without a time come last in either order, entries made in error
    nowhere.

    Parameters
    ----------
    kinds : sequence of EntryKind, optional
        Of one of these kinds; of any if empty.
    codes : sequence of Coding, optional
        With one of these codes, be it the code of a component; with any or none if empty.
    period : Period, optional
        Standing within this period, both ends included. Entries without a time are in no period.
    text : str, does not print, optional
        Holding every word of this text in title, code, value or remark; letters with and without accents,
        capital or small, are the same.
    order : TimelineOrder, optional
        Order.
    future : bool, optional
        Those that stand after the current instant, which the timeline leaves out otherwise.
    """

    kinds: tuple[EntryKind, ...]
    codes: tuple[Coding, ...]
    period: Period | None
    text: Sensitive[str] | None
    order: TimelineOrder
    future: bool

    def __init__(
        self, *, kinds: Sequence[EntryKind | str] = (), codes: Sequence[Coding] = (), period: Period | None = None,
        text: Sensitive[str] | str | None = None, order: TimelineOrder = TimelineOrder.NEWEST, future: bool = False,
    ) -> None:
        fill(
            self, kinds=many(kinds, EntryKind), codes=many(codes), period=period, text=maybe(as_text, text),
            order=order, future=future,
        )
