# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of evidence are made of."""

from __future__ import annotations

from dataclasses import dataclass

from prm._model.evidence_codes import HorizonUnit
from prm._model.ids import EvidenceSourceId
from prm._scalars import Date, DateLike, DayLike, PartialDate, as_date, as_day, fill, maybe

__all__ = [
    "Horizon", "Pico", "Quote", "SourceRef",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Horizon:
    """A time over which something happens.

    Parameters
    ----------
    count : int
        How many; 1 to 1,000.
    unit : HorizonUnit
        Of what.
    """

    count: int
    unit: HorizonUnit

    def __init__(
        self, *, count: int, unit: HorizonUnit | str,
    ) -> None:
        fill(
            self, count=count, unit=HorizonUnit(unit),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Quote:
    """Where a figure was read: the sentence itself, so that anybody can compare.

    Parameters
    ----------
    words : str
        The sentence as it stands there; 25 words at most.
    url : str
        Address.
    on : Date
        The day it was read there.
    """

    words: str
    url: str
    on: Date

    def __init__(
        self, *, words: str, url: str, on: DayLike,
    ) -> None:
        fill(
            self, words=words, url=url, on=as_day(on),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class SourceRef:
    """What a statement rests on: a source of the registry, or one as it is cited.

    Parameters
    ----------
    source : EvidenceSourceId, optional
        The source, if it is kept in the store.
    effect : str, optional
        Key of the finding within it.
    citation : str, optional
        The source as one cites it.
    doi : str, optional
        DOI without a prefix.
    url : str, optional
        Address.
    date : PartialDate, optional
        When it was last searched for studies, or else published.
    conflicts_of_interest : str, optional
        Conflicts of interest of the source.
    quote : Quote, optional
        Where the figure was read. Without it the figure is an example that nobody verified.
    """

    source: EvidenceSourceId | None
    effect: str | None
    citation: str
    doi: str | None
    url: str | None
    date: PartialDate | None
    conflicts_of_interest: str | None
    quote: Quote | None

    def __init__(
        self, *, source: EvidenceSourceId | None = None, effect: str | None = None, citation: str = "",
        doi: str | None = None, url: str | None = None, date: DateLike | None = None,
        conflicts_of_interest: str | None = None, quote: Quote | None = None,
    ) -> None:
        fill(
            self, source=source, effect=effect, citation=citation, doi=doi, url=url, date=maybe(as_date, date),
            conflicts_of_interest=conflicts_of_interest, quote=quote,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Pico:
    """A question by its parts: in whom, what, against what, to what end.

    Parameters
    ----------
    population : str, optional
        Population.
    intervention : str, optional
        Intervention.
    comparison : str, optional
        Comparison.
    outcome : str, optional
        Outcome.
    """

    population: str
    intervention: str
    comparison: str
    outcome: str

    def __init__(
        self, *, population: str = "", intervention: str = "", comparison: str = "", outcome: str = "",
    ) -> None:
        fill(
            self, population=population, intervention=intervention, comparison=comparison, outcome=outcome,
        )
