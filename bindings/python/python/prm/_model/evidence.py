# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prm._model.evidence_codes import Certainty, CertaintyReason, EffectMeasure, SourceKind, SourceStatus
from prm._model.evidence_parts import Horizon, Pico, Quote
from prm._model.ids import EvidenceSourceId
from prm._model.values import Concept
from prm._scalars import (
    Date, DateLike, DayLike, Decimal, DecimalLike, PartialDate, Sensitive, as_date, as_day, as_decimal, as_text, fill,
    many, maybe,
)

__all__ = [
    "AbsoluteRisk", "Effect", "EvidenceSource", "Interval",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Interval:
    """A confidence interval.

    Parameters
    ----------
    low : Decimal
        Lower end.
    high : Decimal
        Upper end.
    level : Decimal, optional
        Level in percent; none for 95.
    """

    low: Decimal
    high: Decimal
    level: Decimal | None

    def __init__(
        self, *, low: DecimalLike, high: DecimalLike, level: DecimalLike | None = None,
    ) -> None:
        fill(
            self, low=as_decimal(low), high=as_decimal(high), level=maybe(as_decimal, level),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AbsoluteRisk:
    """How many of how many people something happens to, over a time.

    Parameters
    ----------
    numerator : Decimal
        How many, 0 to the denominator. An estimate may have decimals.
    denominator : int
        Of how many; 1 to 1,000,000.
    horizon : Horizon
        Over which time.
    interval : Interval, optional
        Interval around the numerator, of the same denominator.
    population : str
        Of whom this is said: the reference class, e.g. ``people like you``.
    """

    numerator: Decimal
    denominator: int
    horizon: Horizon
    interval: Interval | None
    population: str

    def __init__(
        self, *, numerator: DecimalLike, denominator: int, horizon: Horizon, interval: Interval | None = None,
        population: str,
    ) -> None:
        fill(
            self, numerator=as_decimal(numerator), denominator=denominator, horizon=horizon, interval=interval,
            population=population,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Effect:
    """One finding of a source. Numbers are facts; no text of the source is kept.

    Parameters
    ----------
    key : str
        Key within the source: 1 to 64 letters, digits, hyphens, underscores or dots.
    pico : Pico
        The question it answers.
    measure : EffectMeasure
        What it is stated as.
    estimate : Decimal
        The estimate. Of a risk difference it is a share: ``-0.03`` for three fewer of 100.
    interval : Interval, optional
        Its interval.
    baseline : AbsoluteRisk, optional
        Risk of those who were not treated.
    certainty : Certainty, optional
        How sure it is.
    reasons : sequence of CertaintyReason, optional
        Why it is not surer, or surer.
    quote : Quote, optional
        Where the figure was read. Without it the figure is an example that nobody verified.
    """

    key: str
    pico: Pico
    measure: EffectMeasure
    estimate: Decimal
    interval: Interval | None
    baseline: AbsoluteRisk | None
    certainty: Certainty | None
    reasons: tuple[CertaintyReason, ...]
    quote: Quote | None

    def __init__(
        self, *, key: str, pico: Pico, measure: EffectMeasure | str, estimate: DecimalLike,
        interval: Interval | None = None, baseline: AbsoluteRisk | None = None,
        certainty: Certainty | str | None = None, reasons: Sequence[CertaintyReason | str] = (),
        quote: Quote | None = None,
    ) -> None:
        fill(
            self, key=key, pico=pico, measure=EffectMeasure(measure), estimate=as_decimal(estimate), interval=interval,
            baseline=baseline, certainty=maybe(Certainty, certainty), reasons=many(reasons, CertaintyReason),
            quote=quote,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EvidenceSource:
    """A source of evidence: data about a work, and its findings as facts.

    Parameters
    ----------
    title : str
        Title, one line.
    kind : SourceKind
        What kind of work it is.
    status : SourceStatus
        Whether it may still be leaned on.
    citation : str
        As one cites it.
    doi : str, optional
        DOI without a prefix, e.g. ``10.1002/14651858.CD004816.pub5``.
    url : str, optional
        Address.
    version : str, optional
        Version, e.g. ``pub5``.
    published : PartialDate, optional
        When it was published.
    searched : PartialDate, optional
        When it was last searched for studies.
    topics : sequence of Concept, optional
        What it is about.
    effects : sequence of Effect, optional
        What it found.
    conflicts_of_interest : str, optional
        Conflicts of interest that its authors declare; none if nobody looked.
    funder : str, optional
        Who paid for it.
    licence : str, optional
        Terms under which its text may be used. No text of it is kept either way.
    retrieved : Date, optional
        The day its facts were taken from it.
    checked_by : str, does not print, optional
        Who compared them with it.
    checked : Date, optional
        The day they were compared.
    superseded_by : EvidenceSourceId, optional
        What took its place.
    note : str, optional
        A remark.
    """

    title: str
    kind: SourceKind
    status: SourceStatus
    citation: str
    doi: str | None
    url: str | None
    version: str | None
    published: PartialDate | None
    searched: PartialDate | None
    topics: tuple[Concept, ...]
    effects: tuple[Effect, ...]
    conflicts_of_interest: str | None
    funder: str | None
    licence: str | None
    retrieved: Date | None
    checked_by: Sensitive[str] | None
    checked: Date | None
    superseded_by: EvidenceSourceId | None
    note: str | None

    def __init__(
        self, *, title: str, kind: SourceKind | str, status: SourceStatus | str, citation: str, doi: str | None = None,
        url: str | None = None, version: str | None = None, published: DateLike | None = None,
        searched: DateLike | None = None, topics: Sequence[Concept] = (), effects: Sequence[Effect] = (),
        conflicts_of_interest: str | None = None, funder: str | None = None, licence: str | None = None,
        retrieved: DayLike | None = None, checked_by: Sensitive[str] | str | None = None,
        checked: DayLike | None = None, superseded_by: EvidenceSourceId | None = None, note: str | None = None,
    ) -> None:
        fill(
            self, title=title, kind=SourceKind(kind), status=SourceStatus(status), citation=citation, doi=doi, url=url,
            version=version, published=maybe(as_date, published), searched=maybe(as_date, searched),
            topics=many(topics), effects=many(effects), conflicts_of_interest=conflicts_of_interest, funder=funder,
            licence=licence, retrieved=maybe(as_day, retrieved), checked_by=maybe(as_text, checked_by),
            checked=maybe(as_day, checked), superseded_by=superseded_by, note=note,
        )
