# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""What records of decide are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from prm._model.decide_codes import (
    Availability, CapacityFinding, Channel, ChoiceStrength, DecisionRole, DecisionState, OutcomeKind, ParticipantRole,
)
from prm._model.evidence import AbsoluteRisk, Interval
from prm._model.evidence_codes import Certainty, CertaintyReason, EffectMeasure
from prm._model.evidence_parts import SourceRef
from prm._model.ids import DecisionAidId, RecordId
from prm._model.values import Concept, Period, Who
from prm._scalars import (
    Date, DayLike, Decimal, DecimalLike, Sensitive, as_day, as_decimal, as_instant, as_text, fill, many, maybe,
)

__all__ = [
    "AidUse", "Capacity", "Choice", "Counselling", "DecisionOption", "DecisionTransition", "Frames", "KnowledgeAnswer",
    "OptionOutcome", "Participant", "ProxyAuthority", "RelativeEffect",
]


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class AidUse:
    """A decision aid that was used, as it was then.

    Parameters
    ----------
    aid : DecisionAidId, optional
        The aid, if it is kept in the store.
    name : str
        Its name.
    title : str
        Its title.
    version : str
        Its version.
    ipdas : str, optional
        How it does by the IPDASi checklist, e.g. ``qualifying 6/6, certifying 6/6``.
    licence : str, optional
        Terms under which it may be used.
    expires : Date, optional
        The day it expires.
    used : datetime
        When it was used.
    seen : sequence of str, optional
        Keys of the options that the patient saw in it, in the order shown.
    """

    aid: DecisionAidId | None
    name: str
    title: str
    version: str
    ipdas: str | None
    licence: str | None
    expires: Date | None
    used: datetime
    seen: tuple[str, ...]

    def __init__(
        self, *, aid: DecisionAidId | None = None, name: str, title: str, version: str, ipdas: str | None = None,
        licence: str | None = None, expires: DayLike | None = None, used: datetime, seen: Sequence[str] = (),
    ) -> None:
        fill(
            self, aid=aid, name=name, title=title, version=version, ipdas=ipdas, licence=licence,
            expires=maybe(as_day, expires), used=as_instant(used), seen=many(seen),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Capacity:
    """What was found of the patient's capacity to decide this.

    Parameters
    ----------
    finding : CapacityFinding
        What was found.
    by : Who
        By whom.
    on : Date
        When.
    note : str, does not print, optional
        How, and who was there.
    """

    finding: CapacityFinding
    by: Who
    on: Date
    note: Sensitive[str] | None

    def __init__(
        self, *, finding: CapacityFinding | str, by: Who, on: DayLike, note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, finding=CapacityFinding(finding), by=by, on=as_day(on), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Choice:
    """A choice.

    Parameters
    ----------
    option : str
        Key of the option.
    strength : ChoiceStrength
        How firm it is.
    conditions : sequence of str, does not print, optional
        Under which conditions, e.g. ``unless the pain comes back``.
    made_by : Who
        Who made it: the patient, a proxy of the decision, or the clinician whom the patient asked to.
    how : DecisionRole
        How it was made between patient and clinician.
    reason : str, does not print, optional
        Why, in the patient's words.
    """

    option: str
    strength: ChoiceStrength
    conditions: tuple[Sensitive[str], ...]
    made_by: Who
    how: DecisionRole
    reason: Sensitive[str] | None

    def __init__(
        self, *, option: str, strength: ChoiceStrength | str, conditions: Sequence[Sensitive[str] | str] = (),
        made_by: Who, how: DecisionRole | str, reason: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, option=option, strength=ChoiceStrength(strength), conditions=many(conditions, as_text),
            made_by=made_by, how=DecisionRole(how), reason=maybe(as_text, reason),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Counselling:
    """Something that was spoken about.

    Parameters
    ----------
    key : str
        Key of the element.
    by : Who
        Who spoke with the patient.
    on : Date
        The day.
    note : str, does not print, optional
        A remark.
    """

    key: str
    by: Who
    on: Date
    note: Sensitive[str] | None

    def __init__(
        self, *, key: str, by: Who, on: DayLike, note: Sensitive[str] | str | None = None,
    ) -> None:
        fill(
            self, key=key, by=by, on=as_day(on), note=maybe(as_text, note),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Frames:
    """One thing said both ways round: of those it happens to, and of those it does not.

    Parameters
    ----------
    happens : str, optional
        Of those it happens to, e.g. ``have a heart attack or stroke``.
    spared : str, optional
        Of those it does not happen to, e.g. ``have neither``.
    """

    happens: str
    spared: str

    def __init__(
        self, *, happens: str = "", spared: str = "",
    ) -> None:
        fill(
            self, happens=happens, spared=spared,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class RelativeEffect:
    """A relative effect. It is never shown without the absolute risks.

    Parameters
    ----------
    measure : EffectMeasure
        What it is stated as.
    estimate : Decimal
        The estimate.
    interval : Interval, optional
        Its interval.
    """

    measure: EffectMeasure
    estimate: Decimal
    interval: Interval | None

    def __init__(
        self, *, measure: EffectMeasure | str, estimate: DecimalLike, interval: Interval | None = None,
    ) -> None:
        fill(
            self, measure=EffectMeasure(measure), estimate=as_decimal(estimate), interval=interval,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class OptionOutcome:
    """What an option does: one outcome, how often, and how sure that is.

    Parameters
    ----------
    key : str
        Key of the outcome. The same outcome has the same key in every option.
    title : str
        What it is, e.g. ``heart attack or stroke``.
    kind : OutcomeKind
        What it means to those who live it.
    important : bool, optional
        Whether it matters to patients themselves, and not only as a measurement.
    frames : Frames
        Both ways round.
    risk : AbsoluteRisk, optional
        To how many it happens with this option; none if that is not known or it is no matter of chance.
    relative : RelativeEffect, optional
        The effect relative to the option that leaves things as they are.
    baseline_source : str, optional
        Where the risk without treatment is from: a score, a registry, a trial.
    certainty : Certainty, optional
        How sure it is.
    reasons : sequence of CertaintyReason, optional
        Why it is not surer, or surer.
    source : SourceRef, optional
        What it rests on.
    rationale : str, optional
        Why it is said, where no source says it.
    """

    key: str
    title: str
    kind: OutcomeKind
    important: bool
    frames: Frames
    risk: AbsoluteRisk | None
    relative: RelativeEffect | None
    baseline_source: str | None
    certainty: Certainty | None
    reasons: tuple[CertaintyReason, ...]
    source: SourceRef | None
    rationale: str | None

    def __init__(
        self, *, key: str, title: str, kind: OutcomeKind | str, important: bool = False, frames: Frames,
        risk: AbsoluteRisk | None = None, relative: RelativeEffect | None = None, baseline_source: str | None = None,
        certainty: Certainty | str | None = None, reasons: Sequence[CertaintyReason | str] = (),
        source: SourceRef | None = None, rationale: str | None = None,
    ) -> None:
        fill(
            self, key=key, title=title, kind=OutcomeKind(kind), important=important, frames=frames, risk=risk,
            relative=relative, baseline_source=baseline_source, certainty=maybe(Certainty, certainty),
            reasons=many(reasons, CertaintyReason), source=source, rationale=rationale,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionOption:
    """One option of a decision.

    Parameters
    ----------
    key : str
        Key within the decision: 1 to 64 letters, digits, hyphens, underscores or dots.
    title : str
        Title, one line.
    description : str
        What it is and what it is like.
    status_quo : bool, optional
        Whether it leaves things as they are: no active treatment, watchful waiting, nothing now.
    code : Concept, optional
        Code of what would be done.
    availability : Availability, optional
        Whether it can be had.
    cost : str, optional
        What it costs the patient, in words.
    experience : str, optional
        What it is like to live with it (IPDASi 1.2.1).
    outcomes : sequence of OptionOutcome, optional
        What it does.
    """

    key: str
    title: str
    description: str
    status_quo: bool
    code: Concept | None
    availability: Availability | None
    cost: str | None
    experience: str | None
    outcomes: tuple[OptionOutcome, ...]

    def __init__(
        self, *, key: str, title: str, description: str, status_quo: bool = False, code: Concept | None = None,
        availability: Availability | str | None = None, cost: str | None = None, experience: str | None = None,
        outcomes: Sequence[OptionOutcome] = (),
    ) -> None:
        fill(
            self, key=key, title=title, description=description, status_quo=status_quo, code=code,
            availability=maybe(Availability, availability), cost=cost, experience=experience, outcomes=many(outcomes),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class DecisionTransition:
    """One step from a state to another, or a move that stays in it.

    Parameters
    ----------
    step : str
        Name of the move, e.g. ``present``.
    to : DecisionState
        The state after it.
    actor : Who
        Who.
    at : datetime
        When.
    channel : Channel
        By which way people spoke with each other.
    """

    step: str
    to: DecisionState
    actor: Who
    at: datetime
    channel: Channel

    def __init__(
        self, *, step: str, to: DecisionState | str, actor: Who, at: datetime, channel: Channel | str,
    ) -> None:
        fill(
            self, step=step, to=DecisionState(to), actor=actor, at=as_instant(at), channel=Channel(channel),
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class KnowledgeAnswer:
    """What the patient answered to a question of knowledge.

    Parameters
    ----------
    question : str
        Key of the question.
    answer : str, optional
        Key of the answer; none if the patient was not sure.
    correct : bool
        Whether it is right.
    """

    question: str
    answer: str | None
    correct: bool

    def __init__(
        self, *, question: str, answer: str | None = None, correct: bool,
    ) -> None:
        fill(
            self, question=question, answer=answer, correct=correct,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class ProxyAuthority:
    """On what ground someone decides for a patient.

    Parameters
    ----------
    ground : str, does not print
        The ground, e.g. ``durable power of attorney for health care``, with where it is kept.
    scope : str, does not print, optional
        What it covers; none for every decision on health.
    period : Period, optional
        When it holds.
    document : RecordId, optional
        The document, if the chart has it.
    """

    ground: Sensitive[str]
    scope: Sensitive[str] | None
    period: Period | None
    document: RecordId | None

    def __init__(
        self, *, ground: Sensitive[str] | str, scope: Sensitive[str] | str | None = None, period: Period | None = None,
        document: RecordId | None = None,
    ) -> None:
        fill(
            self, ground=as_text(ground), scope=maybe(as_text, scope), period=period, document=document,
        )


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Participant:
    """Someone who takes part.

    Parameters
    ----------
    role : ParticipantRole
        What for.
    who : Who, optional
        Who, if the store knows them.
    name : str, does not print, optional
        Who, by name, if the store does not.
    language : str, optional
        Of an interpreter: language, as BCP 47 writes it.
    authority : ProxyAuthority, optional
        Of a proxy: on what ground.
    independent : bool, optional
        Of a clinician: whether they are independent of those who would carry the choice out.
    """

    role: ParticipantRole
    who: Who | None
    name: Sensitive[str] | None
    language: str | None
    authority: ProxyAuthority | None
    independent: bool | None

    def __init__(
        self, *, role: ParticipantRole | str, who: Who | None = None, name: Sensitive[str] | str | None = None,
        language: str | None = None, authority: ProxyAuthority | None = None, independent: bool | None = None,
    ) -> None:
        fill(
            self, role=ParticipantRole(role), who=who, name=maybe(as_text, name), language=language,
            authority=authority, independent=independent,
        )
