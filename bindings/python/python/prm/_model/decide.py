# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.decide_codes import AidStatus, DecisionRole, DecisionState, ValuesMethod
from prm._model.decide_parts import (
    AidUse, Capacity, Choice, Counselling, DecisionOption, DecisionTransition, KnowledgeAnswer, Participant,
)
from prm._model.decide_parts_2 import (
    AidQuestion, Attribute, FollowUp, IpdasRating, OptionScore, QualityResult, Question, Revisit, ScreeningFacts, Share,
    Signature,
)
from prm._model.evidence_parts import SourceRef
from prm._model.ids import DecisionAidId, DecisionId, PatientId, RecordId
from prm._model.values import Coding, Concept, Who
from prm._scalars import Date, DayLike, Decimal, DecimalLike, Sensitive, as_day, as_decimal, as_text, fill, many, maybe

__all__ = [
    "AttributeScore", "BestWorstSet", "Comparison", "Decision", "DecisionAid", "DecisionSheet", "Elicitation",
    "ElicitationBestWorst", "ElicitationPairs", "ElicitationRatings", "ElicitationSwing", "ElicitationWords",
    "Preferences",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AttributeScore:
    """How much an attribute matters, as a number the patient gave.

    Parameters
    ----------
    attribute : str
        Key of the attribute.
    score : Decimal
        0 to 100. Of swing weights the best swing has 100.
    """

    attribute: str
    score: Decimal

    def __init__(
        self, *, attribute: str, score: DecimalLike,
    ) -> None:
        fill(
            self, attribute=attribute, score=as_decimal(score),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class BestWorstSet:
    """Attributes shown together, of which the patient named the best and the worst.

    Parameters
    ----------
    shown : sequence of str
        Keys of those shown.
    best : str, optional
        Key of the one that matters most.
    worst : str, optional
        Key of the one that matters least.
    """

    shown: tuple[str, ...]
    best: str | None
    worst: str | None

    def __init__(
        self, *, shown: Sequence[str], best: str | None = None, worst: str | None = None,
    ) -> None:
        fill(
            self, shown=many(shown), best=best, worst=worst,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Comparison:
    """How much more one attribute matters than another.

    Parameters
    ----------
    first : str
        Key of the one.
    second : str
        Key of the other.
    times : Share
        How many times more the first matters, 1 to 9; below 1 if the second matters more.
    """

    first: str
    second: str
    times: Share

    def __init__(
        self, *, first: str, second: str, times: Share,
    ) -> None:
        fill(
            self, first=first, second=second, times=times,
        )


@dataclass(frozen=True, slots=True, init=False)
class ElicitationRatings:
    """Each attribute rated on its own."""

    value: tuple[AttributeScore, ...]

    def __init__(self, value: Sequence[AttributeScore]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True, init=False)
class ElicitationSwing:
    """Swing weights: the best swing has 100, others relative to it."""

    value: tuple[AttributeScore, ...]

    def __init__(self, value: Sequence[AttributeScore]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True, init=False)
class ElicitationPairs:
    """Pairs compared (analytic hierarchy process): each pair once."""

    value: tuple[Comparison, ...]

    def __init__(self, value: Sequence[Comparison]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True, init=False)
class ElicitationBestWorst:
    """Best and worst of sets (best–worst scaling, case 1)."""

    value: tuple[BestWorstSet, ...]

    def __init__(self, value: Sequence[BestWorstSet]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True)
class ElicitationWords:
    """In the patient's words alone."""


Elicitation: TypeAlias = (
    ElicitationRatings | ElicitationSwing | ElicitationPairs | ElicitationBestWorst | ElicitationWords
)
"""How the patient was asked, and the answers as given."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Preferences:
    """What matters to the patient: as it was asked, as it was answered.

    Parameters
    ----------
    attributes : sequence of Attribute, optional
        What may matter.
    elicitation : Elicitation
        How it was asked, and the answers.
    scores : sequence of OptionScore, optional
        How well each option does on each attribute. Every option on every attribute, or none at all.
    words : str, does not print, optional
        What matters most, in the patient's words.
    said_by : Who
        Who said it: the patient, or who decides for them.
    """

    attributes: tuple[Attribute, ...]
    elicitation: Elicitation
    scores: tuple[OptionScore, ...]
    words: Sensitive[str] | None
    said_by: Who

    def __init__(
        self, *, attributes: Sequence[Attribute] = (), elicitation: Elicitation, scores: Sequence[OptionScore] = (),
        words: Sensitive[str] | str | None = None, said_by: Who,
    ) -> None:
        fill(
            self, attributes=many(attributes), elicitation=elicitation, scores=many(scores),
            words=maybe(as_text, words), said_by=said_by,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionSheet:
    """What was said and chosen. Once it is signed, its bytes never change.

    Parameters
    ----------
    title : str
        What is decided, e.g. ``Statin or not``; one line.
    topic : Concept, optional
        The same, coded.
    trigger : str, does not print
        What made it a matter of preference.
    index_date : Date
        The day it arose.
    participants : sequence of Participant, optional
        Who takes part.
    capacity : Capacity, optional
        What was found of the patient's capacity to decide this.
    options : sequence of DecisionOption, optional
        The options.
    shown : sequence of str, optional
        Keys of the options in the order in which they were shown; empty until they were.
    aids : sequence of AidUse, optional
        Decision aids that were used.
    knowledge : sequence of KnowledgeAnswer, optional
        What the patient answered to questions of knowledge.
    preferences : Preferences, optional
        What matters to the patient.
    questions : sequence of Question, optional
        Questions and concerns.
    quality : sequence of QualityResult, optional
        Scores of decision quality taken before it was signed.
    role_wanted : DecisionRole, optional
        The role the patient wants.
    role_experienced : DecisionRole, optional
        The role the patient had, as they lived it.
    declined : str, does not print, optional
        Why the patient would rather not take part, in their words; there if they said so.
    deferred : str, does not print, optional
        Why it was put off; there while it is.
    choice : Choice, optional
        What was chosen.
    counselled : sequence of Counselling, optional
        Elements that a rule of a payer asks to be on record, by key, e.g. ``adherence-to-annual-screening``.
    consent : RecordId, optional
        The consent to what follows, an object of its own. The record of a shared decision is not a consent.
    revisit : Revisit, optional
        When it is looked at again.
    steps : sequence of DecisionTransition, optional
        Every step up to the first signature.
    replaces : DecisionId, optional
        The record that this one takes the place of.
    replaces_because : str, does not print, optional
        Why it takes its place.
    """

    title: str
    topic: Concept | None
    trigger: Sensitive[str]
    index_date: Date
    participants: tuple[Participant, ...]
    capacity: Capacity | None
    options: tuple[DecisionOption, ...]
    shown: tuple[str, ...]
    aids: tuple[AidUse, ...]
    knowledge: tuple[KnowledgeAnswer, ...]
    preferences: Preferences | None
    questions: tuple[Question, ...]
    quality: tuple[QualityResult, ...]
    role_wanted: DecisionRole | None
    role_experienced: DecisionRole | None
    declined: Sensitive[str] | None
    deferred: Sensitive[str] | None
    choice: Choice | None
    counselled: tuple[Counselling, ...]
    consent: RecordId | None
    revisit: Revisit | None
    steps: tuple[DecisionTransition, ...]
    replaces: DecisionId | None
    replaces_because: Sensitive[str] | None

    def __init__(
        self, *, title: str, topic: Concept | None = None, trigger: Sensitive[str] | str, index_date: DayLike,
        participants: Sequence[Participant] = (), capacity: Capacity | None = None,
        options: Sequence[DecisionOption] = (), shown: Sequence[str] = (), aids: Sequence[AidUse] = (),
        knowledge: Sequence[KnowledgeAnswer] = (), preferences: Preferences | None = None,
        questions: Sequence[Question] = (), quality: Sequence[QualityResult] = (),
        role_wanted: DecisionRole | str | None = None, role_experienced: DecisionRole | str | None = None,
        declined: Sensitive[str] | str | None = None, deferred: Sensitive[str] | str | None = None,
        choice: Choice | None = None, counselled: Sequence[Counselling] = (), consent: RecordId | None = None,
        revisit: Revisit | None = None, steps: Sequence[DecisionTransition] = (), replaces: DecisionId | None = None,
        replaces_because: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, title=title, topic=topic, trigger=as_text(trigger), index_date=as_day(index_date),
            participants=many(participants), capacity=capacity, options=many(options), shown=many(shown),
            aids=many(aids), knowledge=many(knowledge), preferences=preferences, questions=many(questions),
            quality=many(quality), role_wanted=maybe(DecisionRole, role_wanted),
            role_experienced=maybe(DecisionRole, role_experienced), declined=maybe(as_text, declined),
            deferred=maybe(as_text, deferred), choice=choice, counselled=many(counselled), consent=consent,
            revisit=revisit, steps=many(steps), replaces=replaces, replaces_because=maybe(as_text, replaces_because),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Decision:
    """A decision that a patient and a clinician share.

    Parameters
    ----------
    patient : PatientId
        The patient.
    state : DecisionState
        How it stands.
    sheet : DecisionSheet
        What was said and chosen.
    signatures : sequence of Signature, optional
        Signatures below it.
    follow_up : FollowUp, optional
        What came after.
    labels : sequence of Coding, optional
        Labels that keep it from some.
    """

    patient: PatientId
    state: DecisionState
    sheet: DecisionSheet
    signatures: tuple[Signature, ...]
    follow_up: FollowUp
    labels: tuple[Coding, ...]

    def __init__(
        self, *, patient: PatientId, state: DecisionState | str, sheet: DecisionSheet,
        signatures: Sequence[Signature] = (), follow_up: FollowUp = FollowUp(), labels: Sequence[Coding] = (),
    ) -> None:
        fill(
            self, patient=patient, state=DecisionState(state), sheet=sheet, signatures=many(signatures),
            follow_up=follow_up, labels=many(labels),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionAid:
    """A decision aid: data with a version. A change is a new version.

    Parameters
    ----------
    name : str
        Name, the same in every version: 1 to 64 letters, digits, hyphens, underscores or dots.
    version : str
        Version.
    status : AidStatus
        Whether it may be used.
    title : str
        Title.
    topics : sequence of Concept, optional
        What it is about, coded.
    condition : str
        The health condition or problem, described.
    question : str
        The decision, stated as a question.
    options : sequence of DecisionOption
        The options.
    attributes : sequence of Attribute, optional
        What may matter in choosing.
    method : ValuesMethod
        How it is asked.
    questions : sequence of AidQuestion, optional
        Questions of knowledge.
    uncertainty : str
        How uncertain its figures are, in words.
    baseline_outcome : str, optional
        Key of the outcome whose risk without treatment may be replaced by that of the patient, if a risk
        result is supplied.
    screening : ScreeningFacts, optional
        Of an aid on a test: what it says besides.
    published : Date
        The day it was published.
    expires : Date
        The day it expires.
    update_policy : str
        How it is kept up to date.
    funder : str
        Who paid for it.
    authors : sequence of str, optional
        Who wrote it.
    conflicts_of_interest : str, optional
        Conflicts of interest of those who wrote it.
    citations : sequence of SourceRef
        What it rests on.
    language : str
        Language of its text, as BCP 47 writes it.
    reading_grade : Decimal, optional
        School grade that its text asks for, if that was measured.
    licence : str
        Terms under which it may be used.
    url : str, optional
        Address.
    ipdas : sequence of IpdasRating, optional
        How it does by the IPDASi checklist, as people rated it.
    supersedes : DecisionAidId, optional
        The aid that it takes the place of.
    """

    name: str
    version: str
    status: AidStatus
    title: str
    topics: tuple[Concept, ...]
    condition: str
    question: str
    options: tuple[DecisionOption, ...]
    attributes: tuple[Attribute, ...]
    method: ValuesMethod
    questions: tuple[AidQuestion, ...]
    uncertainty: str
    baseline_outcome: str | None
    screening: ScreeningFacts | None
    published: Date
    expires: Date
    update_policy: str
    funder: str
    authors: tuple[str, ...]
    conflicts_of_interest: str | None
    citations: tuple[SourceRef, ...]
    language: str
    reading_grade: Decimal | None
    licence: str
    url: str | None
    ipdas: tuple[IpdasRating, ...]
    supersedes: DecisionAidId | None

    def __init__(
        self, *, name: str, version: str, status: AidStatus | str, title: str, topics: Sequence[Concept] = (),
        condition: str, question: str, options: Sequence[DecisionOption], attributes: Sequence[Attribute] = (),
        method: ValuesMethod | str, questions: Sequence[AidQuestion] = (), uncertainty: str,
        baseline_outcome: str | None = None, screening: ScreeningFacts | None = None, published: DayLike,
        expires: DayLike, update_policy: str, funder: str, authors: Sequence[str] = (),
        conflicts_of_interest: str | None = None, citations: Sequence[SourceRef], language: str,
        reading_grade: DecimalLike | None = None, licence: str, url: str | None = None,
        ipdas: Sequence[IpdasRating] = (), supersedes: DecisionAidId | None = None,
    ) -> None:
        fill(
            self, name=name, version=version, status=AidStatus(status), title=title, topics=many(topics),
            condition=condition, question=question, options=many(options), attributes=many(attributes),
            method=ValuesMethod(method), questions=many(questions), uncertainty=uncertainty,
            baseline_outcome=baseline_outcome, screening=screening, published=as_day(published),
            expires=as_day(expires), update_policy=update_policy, funder=funder, authors=many(authors),
            conflicts_of_interest=conflicts_of_interest, citations=many(citations), language=language,
            reading_grade=maybe(as_decimal, reading_grade), licence=licence, url=url, ipdas=many(ipdas),
            supersedes=supersedes,
        )
