# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of decide are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.decide_codes import Channel, ImplementationStatus, Instrument, RevisitTrigger, SignatureKind
from prm._model.decide_parts import DecisionTransition
from prm._model.ids import DecisionId, RecordId
from prm._model.values import Who
from prm._scalars import (
    Date, DayLike, Decimal, DecimalLike, Sensitive, as_day, as_decimal, as_instant, as_text, fill, many, maybe,
)

__all__ = [
    "AidQuestion", "AidQuestionChoice", "Answer", "Attribute", "Evaluation", "FollowUp", "Implementation",
    "IpdasRating", "OptionScore", "QualityResult", "Question", "Revisit", "ScreeningFacts", "Share", "Signature",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Attribute:
    """Something that may matter in choosing.

    Parameters
    ----------
    key : str
        Key.
    title : str
        Title, e.g. ``not having a stroke``.
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
class Share:
    """A share of whole numbers, so that a third is a third.

    Parameters
    ----------
    of : int
        Above the line.
    by : int
        Below the line; 1 for a whole number.
    """

    of: int
    by: int

    def __init__(
        self, *, of: int, by: int,
    ) -> None:
        fill(
            self, of=of, by=by,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OptionScore:
    """How well an option does on an attribute, as the patient sees it.

    Parameters
    ----------
    option : str
        Key of the option.
    attribute : str
        Key of the attribute.
    score : Decimal
        0 (worst) to 1 (best).
    """

    option: str
    attribute: str
    score: Decimal

    def __init__(
        self, *, option: str, attribute: str, score: DecimalLike,
    ) -> None:
        fill(
            self, option=option, attribute=attribute, score=as_decimal(score),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class QualityResult:
    """A score of decision quality.

    Parameters
    ----------
    instrument : Instrument
        The measure.
    on : Date
        The day it was answered.
    answers : sequence of int
        The answers in order; none for one that was left out.
    score : Decimal, optional
        The score; none if too much was left out.
    band : str, optional
        What the score means by the measure's own rule, e.g. ``decisional-conflict``; none where it has no
        cut-off.
    version : str
        Version of the rule it was scored by.
    """

    instrument: Instrument
    on: Date
    answers: tuple[int | None, ...]
    score: Decimal | None
    band: str | None
    version: str

    def __init__(
        self, *, instrument: Instrument | str, on: DayLike, answers: Sequence[int | None],
        score: DecimalLike | None = None, band: str | None = None, version: str,
    ) -> None:
        fill(
            self, instrument=Instrument(instrument), on=as_day(on), answers=many(answers),
            score=maybe(as_decimal, score), band=band, version=version,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Answer:
    """An answer to a question.

    Parameters
    ----------
    by : Who
        Who answered.
    text : str, does not print
        What.
    at : datetime
        When.
    """

    by: Who
    text: Sensitive[str]
    at: datetime

    def __init__(
        self, *, by: Who, text: Sensitive[str] | str, at: datetime,
    ) -> None:
        fill(
            self, by=by, text=as_text(text), at=as_instant(at),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Question:
    """A question or a concern.

    Parameters
    ----------
    number : int
        Number within the decision, from 1.
    asked_by : Who
        Who asked.
    text : str, does not print
        What.
    asked : datetime
        When.
    answer : Answer, optional
        The answer; none while it is open.
    """

    number: int
    asked_by: Who
    text: Sensitive[str]
    asked: datetime
    answer: Answer | None

    def __init__(
        self, *, number: int, asked_by: Who, text: Sensitive[str] | str, asked: datetime, answer: Answer | None = None,
    ) -> None:
        fill(
            self, number=number, asked_by=asked_by, text=as_text(text), asked=as_instant(asked), answer=answer,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Revisit:
    """When the decision is looked at again, and what would make it so earlier.

    Parameters
    ----------
    on : Date
        The day.
    triggers : sequence of RevisitTrigger, optional
        What else; at least that the patient asks.
    """

    on: Date
    triggers: tuple[RevisitTrigger, ...]

    def __init__(
        self, *, on: DayLike, triggers: Sequence[RevisitTrigger | str] = (),
    ) -> None:
        fill(
            self, on=as_day(on), triggers=many(triggers, RevisitTrigger),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Evaluation:
    """How it turned out, and whether the choice is regretted.

    Parameters
    ----------
    on : Date
        The day it was asked.
    outcome : str, does not print, optional
        What came of it, in words.
    same_again : bool, optional
        Whether the patient would choose the same again.
    """

    on: Date
    outcome: Sensitive[str] | None
    same_again: bool | None

    def __init__(
        self, *, on: DayLike, outcome: Sensitive[str] | str | None = None, same_again: bool | None = None,
    ) -> None:
        fill(
            self, on=as_day(on), outcome=maybe(as_text, outcome), same_again=same_again,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Implementation:
    """What became of the choice.

    Parameters
    ----------
    status : ImplementationStatus
        What.
    on : Date
        The day.
    records : sequence of RecordId, optional
        Records of what was done: an order, a plan, an entry of the chart.
    note : str, does not print, optional
        A remark.
    """

    status: ImplementationStatus
    on: Date
    records: tuple[RecordId, ...]
    note: Sensitive[str] | None

    def __init__(
        self, *, status: ImplementationStatus | str, on: DayLike, records: Sequence[RecordId] = (),
        note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, status=ImplementationStatus(status), on=as_day(on), records=many(records), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class FollowUp:
    """What came after the sheet was signed, or closed without a signature.

    Parameters
    ----------
    implementations : sequence of Implementation, optional
        What became of the choice; the latest last.
    evaluations : sequence of Evaluation, optional
        How it turned out; the latest last.
    quality : sequence of QualityResult, optional
        Scores of decision quality and regret taken since.
    triggers : sequence of RevisitTrigger, optional
        What made it worth looking at again.
    steps : sequence of DecisionTransition, optional
        Every step since.
    replaced_by : DecisionId, optional
        The record that took its place.
    """

    implementations: tuple[Implementation, ...]
    evaluations: tuple[Evaluation, ...]
    quality: tuple[QualityResult, ...]
    triggers: tuple[RevisitTrigger, ...]
    steps: tuple[DecisionTransition, ...]
    replaced_by: DecisionId | None

    def __init__(
        self, *, implementations: Sequence[Implementation] = (), evaluations: Sequence[Evaluation] = (),
        quality: Sequence[QualityResult] = (), triggers: Sequence[RevisitTrigger | str] = (),
        steps: Sequence[DecisionTransition] = (), replaced_by: DecisionId | None = None,
    ) -> None:
        fill(
            self, implementations=many(implementations), evaluations=many(evaluations), quality=many(quality),
            triggers=many(triggers, RevisitTrigger), steps=many(steps), replaced_by=replaced_by,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Signature:
    """A signature below the sheet of a decision.

    Parameters
    ----------
    kind : SignatureKind
        What it says.
    by : Who
        Who signed.
    at : datetime
        When.
    channel : Channel
        By which way.
    digest : str
        SHA-256 of the sheet as it is stored, hexadecimal.
    """

    kind: SignatureKind
    by: Who
    at: datetime
    channel: Channel
    digest: str

    def __init__(
        self, *, kind: SignatureKind | str, by: Who, at: datetime, channel: Channel | str, digest: str,
    ) -> None:
        fill(
            self, kind=SignatureKind(kind), by=by, at=as_instant(at), channel=Channel(channel), digest=digest,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AidQuestionChoice:
    """One answer to choose from.

    Parameters
    ----------
    key : str
        Key.
    text : str
        Text.
    """

    key: str
    text: str

    def __init__(
        self, *, key: str, text: str,
    ) -> None:
        fill(
            self, key=key, text=text,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AidQuestion:
    """A question of knowledge.

    Parameters
    ----------
    key : str
        Key.
    text : str
        Text.
    choices : sequence of AidQuestionChoice
        Answers to choose from; the page adds that one is not sure.
    correct : str
        Key of the right one.
    explanation : str, optional
        Why it is right.
    """

    key: str
    text: str
    choices: tuple[AidQuestionChoice, ...]
    correct: str
    explanation: str | None

    def __init__(
        self, *, key: str, text: str, choices: Sequence[AidQuestionChoice], correct: str,
        explanation: str | None = None,
    ) -> None:
        fill(
            self, key=key, text=text, choices=many(choices), correct=correct, explanation=explanation,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class IpdasRating:
    """How an aid does on an item of the IPDASi checklist, version 4.0.

    Parameters
    ----------
    item : str
        Number of the item, e.g. ``2.1.1``.
    rating : int
        Of a qualifying item 1 for yes and 0 for no; of any other 1 to 4.
    reason : str, optional
        On what ground.
    """

    item: str
    rating: int
    reason: str | None

    def __init__(
        self, *, item: str, rating: int, reason: str | None = None,
    ) -> None:
        fill(
            self, item=item, rating=rating, reason=reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ScreeningFacts:
    """What an aid on a test says besides (IPDASi 2.4.1 to 2.4.4).

    Parameters
    ----------
    measures : str, optional
        What the test measures.
    if_found : str, optional
        What happens next if the condition is found.
    if_not_found : str, optional
        What happens next if it is not.
    overdiagnosis : str, optional
        What it means to find a condition that would never have caused harm.
    """

    measures: str
    if_found: str
    if_not_found: str
    overdiagnosis: str

    def __init__(
        self, *, measures: str = "", if_found: str = "", if_not_found: str = "", overdiagnosis: str = "",
    ) -> None:
        fill(
            self, measures=measures, if_found=if_found, if_not_found=if_not_found, overdiagnosis=overdiagnosis,
        )
