# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of evidence answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.evidence import EvidenceSource
from prm._model.evidence_codes import EvidenceProblem, FreshnessState
from prm._model.ids import EvidenceSourceId
from prm._scalars import Decimal, DecimalLike, Sensitive, as_decimal, as_instant, as_text, fill, many, maybe

__all__ = [
    "EvidenceFinding", "EvidenceImport", "EvidenceSourceView", "Freshness", "NaturalFrequency", "RefusedSource",
    "RiskComparison",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EvidenceFinding:
    """Something wrong with a source.

    Parameters
    ----------
    path : str
        Where, e.g. ``effects.stroke``.
    problem : EvidenceProblem
        What.
    blocks_release : bool
        Whether a release of data that holds it must not go out.
    """

    path: str
    problem: EvidenceProblem
    blocks_release: bool

    def __init__(
        self, *, path: str, problem: EvidenceProblem, blocks_release: bool,
    ) -> None:
        fill(
            self, path=path, problem=problem, blocks_release=blocks_release,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RefusedSource:
    """A source that did not come in.

    Parameters
    ----------
    position : int
        Its place: of JSON the number in the array, of CSV the number of its first row below the header; from
        1.
    reason : str
        Why, in one sentence.
    """

    position: int
    reason: str

    def __init__(
        self, *, position: int, reason: str,
    ) -> None:
        fill(
            self, position=position, reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EvidenceImport:
    """Sources that came in, and those that did not.

    Parameters
    ----------
    sources : sequence of EvidenceSource
        Those that did, in their order.
    refused : sequence of RefusedSource
        Those that did not.
    """

    sources: tuple[EvidenceSource, ...]
    refused: tuple[RefusedSource, ...]

    def __init__(
        self, *, sources: Sequence[EvidenceSource], refused: Sequence[RefusedSource],
    ) -> None:
        fill(
            self, sources=many(sources), refused=many(refused),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EvidenceSourceView:
    """A source of evidence as it was read.

    Parameters
    ----------
    id : EvidenceSourceId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    evidence_source : EvidenceSource
        The record.
    """

    id: EvidenceSourceId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    evidence_source: EvidenceSource

    def __init__(
        self, *, id: EvidenceSourceId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        evidence_source: EvidenceSource,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            evidence_source=evidence_source,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Freshness:
    """How old a source is, and what is newer.

    Parameters
    ----------
    state : FreshnessState
        Whether it may be leaned on.
    months : int, optional
        Whole months since it was searched for studies, or else published; none if neither is known.
    old : bool
        Whether it is older than the policy permits.
    newer : str, optional
        DOI of a later version among the sources at hand.
    """

    state: FreshnessState
    months: int | None
    old: bool
    newer: str | None

    def __init__(
        self, *, state: FreshnessState, months: int | None = None, old: bool, newer: str | None = None,
    ) -> None:
        fill(
            self, state=state, months=months, old=old, newer=newer,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class NaturalFrequency:
    """A risk both ways round, in whole people.

    Parameters
    ----------
    happens : int
        To how many it happens.
    spared : int
        To how many it does not.
    denominator : int
        Of how many.
    rounded : bool
        Whether the figures are rounded.
    """

    happens: int
    spared: int
    denominator: int
    rounded: bool

    def __init__(
        self, *, happens: int, spared: int, denominator: int, rounded: bool,
    ) -> None:
        fill(
            self, happens=happens, spared=spared, denominator=denominator, rounded=rounded,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RiskComparison:
    """Two risks beside each other.

    Parameters
    ----------
    denominator : int
        The denominator of both.
    untreated : Decimal
        How many of those it happens to without treatment.
    treated : Decimal
        How many of those it happens to with treatment.
    difference : Decimal
        The difference in percentage points, never below 0: absolute risk reduction (ARR) or increase (ARI).
    reduces : bool, optional
        Whether treatment makes it rarer; none if it makes no difference.
    risk_ratio : Decimal, optional
        Risk with treatment divided by that without; none if there is no risk without.
    relative_difference : Decimal, optional
        The difference as percent of the risk without treatment; none if there is none. Never shown alone.
    needed_to_treat : int, optional
        How many must be treated for one of them to be spared (NNT), rounded up; none unless treatment makes
        it rarer.
    needed_to_harm : int, optional
        How many must be treated for one of them to be harmed (NNH), rounded down, so that harm is never told
        smaller than it is; none unless treatment makes it more frequent.
    number_needed : Decimal, optional
        Either of them before it is rounded, to one decimal; none if there is no difference.
    icons : int
        How many icons an array needs: 1,000 if either risk is below 1 % and above 0, 100 otherwise.
    """

    denominator: int
    untreated: Decimal
    treated: Decimal
    difference: Decimal
    reduces: bool | None
    risk_ratio: Decimal | None
    relative_difference: Decimal | None
    needed_to_treat: int | None
    needed_to_harm: int | None
    number_needed: Decimal | None
    icons: int

    def __init__(
        self, *, denominator: int, untreated: DecimalLike, treated: DecimalLike, difference: DecimalLike,
        reduces: bool | None = None, risk_ratio: DecimalLike | None = None,
        relative_difference: DecimalLike | None = None, needed_to_treat: int | None = None,
        needed_to_harm: int | None = None, number_needed: DecimalLike | None = None, icons: int,
    ) -> None:
        fill(
            self, denominator=denominator, untreated=as_decimal(untreated), treated=as_decimal(treated),
            difference=as_decimal(difference), reduces=reduces, risk_ratio=maybe(as_decimal, risk_ratio),
            relative_difference=maybe(as_decimal, relative_difference), needed_to_treat=needed_to_treat,
            needed_to_harm=needed_to_harm, number_needed=maybe(as_decimal, number_needed), icons=icons,
        )
