# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Records of decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from prm._model.decide import Preferences
from prm._model.decide_codes import Channel, DecisionRole, DecisionState, Issuer, RevisitTrigger, SignatureKind
from prm._model.decide_parts import AidUse, Capacity, Choice, Counselling, DecisionOption, KnowledgeAnswer, Participant
from prm._model.decide_parts_2 import Evaluation, Implementation, QualityResult, Revisit
from prm._model.decide_parts_3 import Criterion, RequirementElement
from prm._model.ids import PractitionerId, RecordId
from prm._model.values import Coding, Concept
from prm._scalars import Date, DayLike, Decimal, DecimalLike, Sensitive, as_day, as_decimal, as_text, fill, many, maybe

__all__ = [
    "DecisionMove", "DecisionMoveAnswerQuestion", "DecisionMoveAsk", "DecisionMoveCheckKnowledge", "DecisionMoveChoose",
    "DecisionMoveCounsel", "DecisionMoveDecline", "DecisionMoveDefer", "DecisionMoveDeliberate",
    "DecisionMoveDropOption", "DecisionMoveElicit", "DecisionMoveEvaluate", "DecisionMoveExperienceRole",
    "DecisionMoveImplement", "DecisionMoveInvite", "DecisionMoveJoin", "DecisionMoveLinkConsent", "DecisionMoveMeasure",
    "DecisionMovePlanRevisit", "DecisionMovePresent", "DecisionMovePutOption", "DecisionMoveReconsider",
    "DecisionMoveSign", "DecisionMoveStateCapacity", "DecisionMoveTrigger", "DecisionMoveUseAid",
    "DecisionMoveWantRole", "DecisionOpening", "DecisionQuery", "EligibilityFacts", "Requirement",
]


@dataclass(frozen=True, slots=True)
class DecisionMoveInvite:
    """The patient is asked to take part."""


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveJoin:
    """Someone takes part. Who already does in that role is replaced."""

    value: Participant

    def __init__(self, value: Participant) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveStateCapacity:
    """Capacity is stated."""

    value: Capacity

    def __init__(self, value: Capacity) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMovePutOption:
    """An option is put in, or replaced by its key. Options that were shown must be shown again."""

    value: DecisionOption

    def __init__(self, value: DecisionOption) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveDropOption:
    """An option is taken out by its key."""

    value: str

    def __init__(self, value: str) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMovePresent:
    """Options are shown and explained, in this order: every key once."""

    value: tuple[str, ...]

    def __init__(self, value: Sequence[str]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveUseAid:
    """A decision aid was used."""

    value: AidUse

    def __init__(self, value: AidUse) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveCheckKnowledge:
    """Answers to questions of knowledge."""

    value: tuple[KnowledgeAnswer, ...]

    def __init__(self, value: Sequence[KnowledgeAnswer]) -> None:
        fill(self, value=many(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveElicit:
    """What matters to the patient."""

    value: Preferences

    def __init__(self, value: Preferences) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveAsk:
    """A question or a concern, by who acts."""

    value: Sensitive[str]

    def __init__(self, value: Sensitive[str] | str) -> None:
        fill(self, value=as_text(value))


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionMoveAnswerQuestion:
    """An answer to a question, by who acts.

    Parameters
    ----------
    number : int
        Number of the question.
    text : str, does not print
        The answer.
    """

    number: int
    text: Sensitive[str]

    def __init__(
        self, *, number: int, text: Sensitive[str] | str,
    ) -> None:
        fill(
            self, number=number, text=as_text(text),
        )


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveWantRole:
    """The role the patient wants."""

    value: DecisionRole

    def __init__(self, value: DecisionRole | str) -> None:
        fill(self, value=DecisionRole(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveExperienceRole:
    """The role the patient had."""

    value: DecisionRole

    def __init__(self, value: DecisionRole | str) -> None:
        fill(self, value=DecisionRole(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveCounsel:
    """Something that a rule asks for was spoken about."""

    value: Counselling

    def __init__(self, value: Counselling) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True)
class DecisionMoveDeliberate:
    """The patient takes time to weigh."""


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveDecline:
    """The patient would rather not decide, and says why."""

    value: Sensitive[str]

    def __init__(self, value: Sensitive[str] | str) -> None:
        fill(self, value=as_text(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveDefer:
    """It is put off, for a reason."""

    value: Sensitive[str]

    def __init__(self, value: Sensitive[str] | str) -> None:
        fill(self, value=as_text(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveChoose:
    """A choice is made."""

    value: Choice

    def __init__(self, value: Choice) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMovePlanRevisit:
    """When to look again."""

    value: Revisit

    def __init__(self, value: Revisit) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveLinkConsent:
    """The consent to what follows, an object of its own."""

    value: RecordId

    def __init__(self, value: RecordId) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveMeasure:
    """A score of decision quality, or of regret."""

    value: QualityResult

    def __init__(self, value: QualityResult) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveSign:
    """Who acts signs the sheet."""

    value: SignatureKind

    def __init__(self, value: SignatureKind | str) -> None:
        fill(self, value=SignatureKind(value))


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveImplement:
    """What became of the choice."""

    value: Implementation

    def __init__(self, value: Implementation) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveEvaluate:
    """How it turned out."""

    value: Evaluation

    def __init__(self, value: Evaluation) -> None:
        fill(self, value=value)


@dataclass(frozen=True, slots=True, init=False)
class DecisionMoveTrigger:
    """There is reason to look again."""

    value: RevisitTrigger

    def __init__(self, value: RevisitTrigger | str) -> None:
        fill(self, value=RevisitTrigger(value))


@dataclass(frozen=True, slots=True)
class DecisionMoveReconsider:
    """An unsigned decision goes back to weighing: the patient may do so at any time. The choice is taken out."""


DecisionMove: TypeAlias = (
    DecisionMoveInvite | DecisionMoveJoin | DecisionMoveStateCapacity | DecisionMovePutOption | DecisionMoveDropOption |
    DecisionMovePresent | DecisionMoveUseAid | DecisionMoveCheckKnowledge | DecisionMoveElicit | DecisionMoveAsk |
    DecisionMoveAnswerQuestion | DecisionMoveWantRole | DecisionMoveExperienceRole | DecisionMoveCounsel |
    DecisionMoveDeliberate | DecisionMoveDecline | DecisionMoveDefer | DecisionMoveChoose | DecisionMovePlanRevisit |
    DecisionMoveLinkConsent | DecisionMoveMeasure | DecisionMoveSign | DecisionMoveImplement | DecisionMoveEvaluate |
    DecisionMoveTrigger | DecisionMoveReconsider
)
"""One thing that happens to a decision. Moves that change what is said are refused once the sheet is signed;
those that follow up are not.
"""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionOpening:
    """What a decision is opened with.

    Parameters
    ----------
    title : str
        What is decided; one line.
    topic : Concept, optional
        The same, coded.
    trigger : str, does not print
        What made it a matter of preference.
    index_date : Date, optional
        The day it arose; the day of the call if none is named.
    options : sequence of DecisionOption, optional
        Options that are known already.
    participants : sequence of Participant, optional
        Who takes part beside the patient.
    channel : Channel
        By which way it was opened.
    labels : sequence of Coding, optional
        Labels that keep it from some.
    """

    title: str
    topic: Concept | None
    trigger: Sensitive[str]
    index_date: Date | None
    options: tuple[DecisionOption, ...]
    participants: tuple[Participant, ...]
    channel: Channel
    labels: tuple[Coding, ...]

    def __init__(
        self, *, title: str, topic: Concept | None = None, trigger: Sensitive[str] | str,
        index_date: DayLike | None = None, options: Sequence[DecisionOption] = (),
        participants: Sequence[Participant] = (), channel: Channel | str, labels: Sequence[Coding] = (),
    ) -> None:
        fill(
            self, title=title, topic=topic, trigger=as_text(trigger), index_date=maybe(as_day, index_date),
            options=many(options), participants=many(participants), channel=Channel(channel), labels=many(labels),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionQuery:
    """Which decisions to list, by the day on which they are looked at again; those without one last.

    Parameters
    ----------
    state : DecisionState, optional
        Those in this state; none for those in any.
    clinician : PractitionerId, optional
        Those in which this clinician takes part; none for everybody's.
    revisit_until : Date, optional
        Those that are looked at again on this day or before it.
    """

    state: DecisionState | None
    clinician: PractitionerId | None
    revisit_until: Date | None

    def __init__(
        self, *, state: DecisionState | str | None = None, clinician: PractitionerId | None = None,
        revisit_until: DayLike | None = None,
    ) -> None:
        fill(
            self, state=maybe(DecisionState, state), clinician=clinician, revisit_until=maybe(as_day, revisit_until),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class EligibilityFacts:
    """What is known of a patient on the day of the order; none where nobody knows. Nothing is guessed.

    Parameters
    ----------
    age : int, optional
        Age in whole years.
    pack_years : Decimal, optional
        Packs a day times years.
    smokes : bool, optional
        Whether they smoke.
    years_since_quit : Decimal, optional
        Years since they quit.
    asymptomatic : bool, optional
        Whether there is no sign or symptom of what is looked for.
    chads2 : int, optional
        CHADS2.
    cha2ds2_vasc : int, optional
        CHA2DS2-VASc.
    short_term_warfarin : bool, optional
        Whether warfarin can be taken for a short time.
    no_long_term_anticoagulant : bool, optional
        Whether no anticoagulant can be taken by mouth for long.
    primary_prevention : bool, optional
        Whether a device is to prevent a first arrest or arrhythmia.
    first_device : bool, optional
        Whether it is the first device.
    """

    age: int | None
    pack_years: Decimal | None
    smokes: bool | None
    years_since_quit: Decimal | None
    asymptomatic: bool | None
    chads2: int | None
    cha2ds2_vasc: int | None
    short_term_warfarin: bool | None
    no_long_term_anticoagulant: bool | None
    primary_prevention: bool | None
    first_device: bool | None

    def __init__(
        self, *, age: int | None = None, pack_years: DecimalLike | None = None, smokes: bool | None = None,
        years_since_quit: DecimalLike | None = None, asymptomatic: bool | None = None, chads2: int | None = None,
        cha2ds2_vasc: int | None = None, short_term_warfarin: bool | None = None,
        no_long_term_anticoagulant: bool | None = None, primary_prevention: bool | None = None,
        first_device: bool | None = None,
    ) -> None:
        fill(
            self, age=age, pack_years=maybe(as_decimal, pack_years), smokes=smokes,
            years_since_quit=maybe(as_decimal, years_since_quit), asymptomatic=asymptomatic, chads2=chads2,
            cha2ds2_vasc=cha2ds2_vasc, short_term_warfarin=short_term_warfarin,
            no_long_term_anticoagulant=no_long_term_anticoagulant, primary_prevention=primary_prevention,
            first_device=first_device,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Requirement:
    """A requirement. A change of the rule is a new version.

    Parameters
    ----------
    id : str
        Id, e.g. ``cms-ncd-210.14``.
    version : Date
        Version: the day of the rule it follows.
    title : str
        Title.
    issuer : Issuer
        What kind of body asks.
    topic : str
        What it is about, e.g. ``lung-cancer-screening``; a payer and a guideline may differ on one topic.
    citation : str
        As one cites it.
    url : str
        Address.
    criteria : sequence of Criterion
        Who it is for: all of them.
    elements : sequence of RequirementElement
        What has to be on record: all of them.
    note : str, optional
        What it asks for besides, which no record of a decision can show.
    """

    id: str
    version: Date
    title: str
    issuer: Issuer
    topic: str
    citation: str
    url: str
    criteria: tuple[Criterion, ...]
    elements: tuple[RequirementElement, ...]
    note: str | None

    def __init__(
        self, *, id: str, version: DayLike, title: str, issuer: Issuer | str, topic: str, citation: str, url: str,
        criteria: Sequence[Criterion], elements: Sequence[RequirementElement], note: str | None = None,
    ) -> None:
        fill(
            self, id=id, version=as_day(version), title=title, issuer=Issuer(issuer), topic=topic, citation=citation,
            url=url, criteria=many(criteria), elements=many(elements), note=note,
        )
