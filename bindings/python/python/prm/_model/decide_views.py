# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What reads of decide answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.decide import Decision, DecisionAid
from prm._model.decide_codes import AidProblem, AidSeverity, DecisionNeed, GapBlocks
from prm._model.ids import DecisionAidId, DecisionId
from prm._scalars import Decimal, DecimalLike, Sensitive, as_decimal, as_instant, as_text, fill, many, maybe

__all__ = [
    "AidFinding", "AttributeWeight", "Concordance", "Consistency", "DecisionAidView", "DecisionGap", "DecisionView",
    "Eligibility", "IpdasResult", "OptionValue", "PairWeights", "RequirementGap", "RequirementResult", "ValuesMirror",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionView:
    """A shared decision as it was read.

    Parameters
    ----------
    id : DecisionId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    decision : Decision
        The record.
    """

    id: DecisionId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    decision: Decision

    def __init__(
        self, *, id: DecisionId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        decision: Decision,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            decision=decision,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AidFinding:
    """Something that is wrong with an aid, or has to be known of it.

    Parameters
    ----------
    path : str
        The row, e.g. ``options.statin.outcomes.stroke``; a field of the aid otherwise, e.g. ``funder``.
    problem : AidProblem
        What it is about.
    severity : AidSeverity
        How much it matters.
    text : str
        What to do, in one sentence.
    """

    path: str
    problem: AidProblem
    severity: AidSeverity
    text: str

    def __init__(
        self, *, path: str, problem: AidProblem, severity: AidSeverity, text: str,
    ) -> None:
        fill(
            self, path=path, problem=problem, severity=severity, text=text,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AttributeWeight:
    """How much an attribute weighs by what the patient said.

    Parameters
    ----------
    attribute : str
        Key of the attribute.
    weight : Decimal, optional
        Of weights: 0 to 1, to six decimals. Of best–worst scaling: −1 to 1. None if the attribute was never
        shown.
    """

    attribute: str
    weight: Decimal | None

    def __init__(
        self, *, attribute: str, weight: DecimalLike | None = None,
    ) -> None:
        fill(
            self, attribute=attribute, weight=maybe(as_decimal, weight),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Concordance:
    """Whether a choice matches what matters to the patient.

    Parameters
    ----------
    share : Decimal
        Share of the weight that lies on attributes where the chosen option is best, or among the best; 0 to
        1.
    lowest : bool
        Whether the chosen option has the lowest value of all, and another a higher one: a reason to ask
        gently, not a fault.
    """

    share: Decimal
    lowest: bool

    def __init__(
        self, *, share: DecimalLike, lowest: bool,
    ) -> None:
        fill(
            self, share=as_decimal(share), lowest=lowest,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Consistency:
    """Whether comparisons of pairs fit each other.

    Parameters
    ----------
    eigenvalue : Decimal
        Largest eigenvalue of the matrix, to six decimals.
    index : Decimal
        Consistency index, (λ − n) ÷ (n − 1).
    ratio : Decimal, optional
        Consistency ratio: the index divided by that of random answers. None for two attributes, which cannot
        disagree.
    acceptable : bool
        Whether the ratio is 0.10 at most.
    """

    eigenvalue: Decimal
    index: Decimal
    ratio: Decimal | None
    acceptable: bool

    def __init__(
        self, *, eigenvalue: DecimalLike, index: DecimalLike, ratio: DecimalLike | None = None, acceptable: bool,
    ) -> None:
        fill(
            self, eigenvalue=as_decimal(eigenvalue), index=as_decimal(index), ratio=maybe(as_decimal, ratio),
            acceptable=acceptable,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionAidView:
    """A decision aid as it was read.

    Parameters
    ----------
    id : DecisionAidId
        Id.
    version : int
        Version, from 1.
    recorded : datetime
        When this version was recorded.
    voided : str, does not print, optional
        Why the record was marked as entered in error; none if it counts.
    decision_aid : DecisionAid
        The record.
    """

    id: DecisionAidId
    version: int
    recorded: datetime
    voided: Sensitive[str] | None
    decision_aid: DecisionAid

    def __init__(
        self, *, id: DecisionAidId, version: int, recorded: datetime, voided: Sensitive[str] | str | None = None,
        decision_aid: DecisionAid,
    ) -> None:
        fill(
            self, id=id, version=version, recorded=as_instant(recorded), voided=maybe(as_text, voided),
            decision_aid=decision_aid,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionGap:
    """Something that a decision is short of.

    Parameters
    ----------
    need : DecisionNeed
        What.
    option : str, optional
        Key of the option it is about.
    outcome : str, optional
        Key of the outcome it is about.
    question : int, optional
        Number of the question it is about.
    blocks : GapBlocks
        What cannot be done without it.
    """

    need: DecisionNeed
    option: str | None
    outcome: str | None
    question: int | None
    blocks: GapBlocks

    def __init__(
        self, *, need: DecisionNeed, option: str | None = None, outcome: str | None = None, question: int | None = None,
        blocks: GapBlocks,
    ) -> None:
        fill(
            self, need=need, option=option, outcome=outcome, question=question, blocks=blocks,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Eligibility:
    """Whether a requirement is for a patient, and why not.

    Parameters
    ----------
    eligible : bool, optional
        Whether every criterion holds; none if that cannot be said yet.
    reasons : sequence of str
        Keys of criteria that do not hold.
    missing : sequence of str
        Keys of criteria that cannot be decided by the facts.
    """

    eligible: bool | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...]

    def __init__(
        self, *, eligible: bool | None = None, reasons: Sequence[str], missing: Sequence[str],
    ) -> None:
        fill(
            self, eligible=eligible, reasons=many(reasons), missing=many(missing),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class IpdasResult:
    """How an aid does by the checklist.

    Parameters
    ----------
    qualifying_met : int
        Qualifying items that are met.
    qualifying_of : int
        Qualifying items.
    certifying_met : int
        Certifying items that are met.
    certifying_of : int
        Certifying items that hold for this aid: 10 for one on a test, 6 otherwise.
    missing : sequence of str
        Numbers of items that are not met, or that nobody rated.
    met : bool
        Whether all are met.
    status : str
        The same in words, e.g. ``qualifying 6/6, certifying 5/6``.
    """

    qualifying_met: int
    qualifying_of: int
    certifying_met: int
    certifying_of: int
    missing: tuple[str, ...]
    met: bool
    status: str

    def __init__(
        self, *, qualifying_met: int, qualifying_of: int, certifying_met: int, certifying_of: int,
        missing: Sequence[str], met: bool, status: str,
    ) -> None:
        fill(
            self, qualifying_met=qualifying_met, qualifying_of=qualifying_of, certifying_met=certifying_met,
            certifying_of=certifying_of, missing=many(missing), met=met, status=status,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OptionValue:
    """How an option does on what matters to the patient.

    Parameters
    ----------
    option : str
        Key of the option.
    value : Decimal
        The sum of weights times scores, 0 to 1, to six decimals.
    """

    option: str
    value: Decimal

    def __init__(
        self, *, option: str, value: DecimalLike,
    ) -> None:
        fill(
            self, option=option, value=as_decimal(value),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class PairWeights:
    """Weights from comparisons of pairs, and whether the comparisons fit each other.

    Parameters
    ----------
    weights : sequence of AttributeWeight
        The weights, in the order of the attributes; they add up to one.
    consistency : Consistency
        Whether the comparisons fit each other.
    """

    weights: tuple[AttributeWeight, ...]
    consistency: Consistency

    def __init__(
        self, *, weights: Sequence[AttributeWeight], consistency: Consistency,
    ) -> None:
        fill(
            self, weights=many(weights), consistency=consistency,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RequirementGap:
    """Something that is not on record.

    Parameters
    ----------
    key : str
        Key of the element; ``sdm_missing`` if there is no record from before the order, ``not_eligible`` if
        facts rule the patient out.
    title : str
        What, in words.
    """

    key: str
    title: str

    def __init__(
        self, *, key: str, title: str,
    ) -> None:
        fill(
            self, key=key, title=title,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RequirementResult:
    """Whether everything is on record.

    Parameters
    ----------
    complete : bool
        Whether there is no gap.
    gaps : sequence of RequirementGap
        What is missing, in the order of the elements.
    """

    complete: bool
    gaps: tuple[RequirementGap, ...]

    def __init__(
        self, *, complete: bool, gaps: Sequence[RequirementGap],
    ) -> None:
        fill(
            self, complete=complete, gaps=many(gaps),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ValuesMirror:
    """A mirror of what the patient said. It says how options do on it, and recommends nothing.

    Parameters
    ----------
    weights : sequence of AttributeWeight
        Weights, in the order of the attributes; empty if the patient was asked for words alone.
    options : sequence of OptionValue
        Values, in the order in which options were shown; empty if they were not scored, or weights do not add
        up.
    consistency : Consistency, optional
        Whether comparisons of pairs fit each other.
    concordance : Concordance, optional
        Whether the choice matches; none before there is one, and where options have no values.
    """

    weights: tuple[AttributeWeight, ...]
    options: tuple[OptionValue, ...]
    consistency: Consistency | None
    concordance: Concordance | None

    def __init__(
        self, *, weights: Sequence[AttributeWeight], options: Sequence[OptionValue],
        consistency: Consistency | None = None, concordance: Concordance | None = None,
    ) -> None:
        fill(
            self, weights=many(weights), options=many(options), consistency=consistency, concordance=concordance,
        )
