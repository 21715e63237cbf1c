# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of decide."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "AidProblem", "AidSeverity", "AidStatus", "Availability", "CapacityFinding", "Channel", "ChoiceStrength",
    "DecisionNeed", "DecisionRole", "DecisionState", "ElementKind", "GapBlocks", "ImplementationStatus", "Instrument",
    "Issuer", "OutcomeKind", "ParticipantRole", "RevisitTrigger", "SignatureKind", "ValuesMethod",
]


class Channel(Code):
    """By which way people spoke with each other.

    Any other code is kept as it came.
    """

    __slots__ = ()

    IN_PERSON: ClassVar[Channel] = known("in-person")
    """In one room."""
    VIDEO: ClassVar[Channel] = known("video")
    """By video."""
    PHONE: ClassVar[Channel] = known("phone")
    """By telephone."""
    PORTAL: ClassVar[Channel] = known("portal")
    """By messages of a portal or an app."""
    PAPER: ClassVar[Channel] = known("paper")
    """On paper."""


class CapacityFinding(Code):
    """What was found of the patient's capacity to decide this.

    Any other code is kept as it came.
    """

    __slots__ = ()

    NOT_IN_QUESTION: ClassVar[CapacityFinding] = known("not-in-question")
    """There is no reason to doubt it."""
    HAS_CAPACITY: ClassVar[CapacityFinding] = known("has-capacity")
    """It was assessed and is there."""
    LACKS_CAPACITY: ClassVar[CapacityFinding] = known("lacks-capacity")
    """It was assessed and is not there: a proxy decides."""


class ChoiceStrength(Code):
    """How firm a choice is.

    Any other code is kept as it came.
    """

    __slots__ = ()

    LEANING: ClassVar[ChoiceStrength] = known("leaning")
    """The patient leans that way."""
    FIRM: ClassVar[ChoiceStrength] = known("firm")
    """The patient is sure."""


class DecisionRole(Code):
    """Who decides, as someone wants it or lived it (active, collaborative and passive of the Control Preferences
    Scale).

    Any other code is kept as it came.
    """

    __slots__ = ()

    PATIENT_DECIDES: ClassVar[DecisionRole] = known("patient-decides")
    """The patient decides."""
    PATIENT_AFTER_OPINION: ClassVar[DecisionRole] = known("patient-after-opinion")
    """The patient decides and first hears what the clinician thinks."""
    TOGETHER: ClassVar[DecisionRole] = known("together")
    """Both decide together."""
    CLINICIAN_AFTER_OPINION: ClassVar[DecisionRole] = known("clinician-after-opinion")
    """The clinician decides and first hears what the patient thinks."""
    CLINICIAN_DECIDES: ClassVar[DecisionRole] = known("clinician-decides")
    """The clinician decides."""


class Availability(Code):
    """Whether an option can be had.

    Any other code is kept as it came.
    """

    __slots__ = ()

    AVAILABLE: ClassVar[Availability] = known("available")
    """Here and now."""
    LIMITED: ClassVar[Availability] = known("limited")
    """Elsewhere, or after a wait."""
    UNAVAILABLE: ClassVar[Availability] = known("unavailable")
    """Not for this patient."""


class OutcomeKind(Code):
    """What an outcome means to those who live it.

    Any other code is kept as it came.
    """

    __slots__ = ()

    BENEFIT: ClassVar[OutcomeKind] = known("benefit")
    """Something wanted."""
    HARM: ClassVar[OutcomeKind] = known("harm")
    """Something feared."""
    BURDEN: ClassVar[OutcomeKind] = known("burden")
    """Effort, cost or trouble."""


class DecisionState(Code):
    """How a shared decision stands.

    Any other code is kept as it came.
    """

    __slots__ = ()

    IDENTIFIED: ClassVar[DecisionState] = known("identified")
    """There is something to decide."""
    INVITED: ClassVar[DecisionState] = known("invited")
    """The patient was asked to take part."""
    OPTIONS_PRESENTED: ClassVar[DecisionState] = known("options-presented")
    """The options were shown and explained."""
    VALUES_ELICITED: ClassVar[DecisionState] = known("values-elicited")
    """What matters to the patient was asked and recorded."""
    DELIBERATING: ClassVar[DecisionState] = known("deliberating")
    """The patient weighs."""
    DECIDED: ClassVar[DecisionState] = known("decided")
    """A choice was made together."""
    DEFERRED: ClassVar[DecisionState] = known("deferred")
    """It is put off."""
    DECLINED_PARTICIPATION: ClassVar[DecisionState] = known("declined-participation")
    """The patient would rather not decide and said so. That is a preference, not a fault."""
    IMPLEMENTED: ClassVar[DecisionState] = known("implemented")
    """The choice is being carried out, or was."""
    EVALUATED: ClassVar[DecisionState] = known("evaluated")
    """Outcome and regret were asked."""
    REVISIT_DUE: ClassVar[DecisionState] = known("revisit-due")
    """It is time to look again."""
    REPLACED: ClassVar[DecisionState] = known("replaced")
    """Another record took its place."""


class ParticipantRole(Code):
    """What someone is there for.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PATIENT: ClassVar[ParticipantRole] = known("patient")
    """The patient."""
    PROXY: ClassVar[ParticipantRole] = known("proxy")
    """Someone who may decide for the patient."""
    SUPPORTER: ClassVar[ParticipantRole] = known("supporter")
    """Someone whom the patient wants to be there."""
    INTERPRETER: ClassVar[ParticipantRole] = known("interpreter")
    """Someone who translates."""
    CLINICIAN: ClassVar[ParticipantRole] = known("clinician")
    """Someone who gives care."""


class Instrument(Code):
    """A measure of decision quality.

    Any other code is kept as it came.
    """

    __slots__ = ()

    SURE: ClassVar[Instrument] = known("sure")
    """SURE: four questions of yes and no; 3 or less shows decisional conflict."""
    COLLABO_RATE: ClassVar[Instrument] = known("collaborate")
    """CollaboRATE: three questions of 0 to 9."""
    COLLABO_RATE_FIVE: ClassVar[Instrument] = known("collaborate-5")
    """CollaboRATE with five points: three questions of 0 to 4."""
    SDM_Q9: ClassVar[Instrument] = known("sdm-q-9")
    """SDM-Q-9: nine questions of 0 to 5."""
    DECISIONAL_CONFLICT: ClassVar[Instrument] = known("dcs")
    """Decisional Conflict Scale: sixteen questions of 0 to 4."""
    DECISION_REGRET: ClassVar[Instrument] = known("drs")
    """Decision Regret Scale: five questions of 1 to 5."""


class RevisitTrigger(Code):
    """What makes a decision worth looking at again.

    Any other code is kept as it came.
    """

    __slots__ = ()

    NEW_EVIDENCE: ClassVar[RevisitTrigger] = known("new-evidence")
    """There is new evidence."""
    NEW_DIAGNOSIS: ClassVar[RevisitTrigger] = known("new-diagnosis")
    """There is a new diagnosis."""
    PATIENT_REQUEST: ClassVar[RevisitTrigger] = known("patient-request")
    """The patient asks."""
    DATE: ClassVar[RevisitTrigger] = known("date")
    """The day has come."""
    OUTCOME_NOT_AS_EXPECTED: ClassVar[RevisitTrigger] = known("outcome-not-as-expected")
    """What was expected did not happen."""
    SIDE_EFFECT: ClassVar[RevisitTrigger] = known("side-effect")
    """There is a side effect."""


class ImplementationStatus(Code):
    """What became of a choice.

    Any other code is kept as it came.
    """

    __slots__ = ()

    STARTED: ClassVar[ImplementationStatus] = known("started")
    """It was begun."""
    DONE: ClassVar[ImplementationStatus] = known("done")
    """It was carried out."""
    CHANGED_COURSE: ClassVar[ImplementationStatus] = known("changed-course")
    """Something else was done."""
    NOT_DONE: ClassVar[ImplementationStatus] = known("not-done")
    """It was not carried out."""


class SignatureKind(Code):
    """What a signature says.

    Any other code is kept as it came.
    """

    __slots__ = ()

    CLINICIAN_ATTESTATION: ClassVar[SignatureKind] = known("clinician-attestation")
    """The clinician attests that it was so."""
    PATIENT_ACKNOWLEDGEMENT: ClassVar[SignatureKind] = known("patient-acknowledgement")
    """The patient, or who decides for them, acknowledges it."""


class AidStatus(Code):
    """Whether an aid may be used (FHIR ``publication-status``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    DRAFT: ClassVar[AidStatus] = known("draft")
    """It is being written."""
    ACTIVE: ClassVar[AidStatus] = known("active")
    """It may be used."""
    RETIRED: ClassVar[AidStatus] = known("retired")
    """It may not be used any more."""


class ValuesMethod(Code):
    """How the page of an aid asks what matters.

    Any other code is kept as it came.
    """

    __slots__ = ()

    RATINGS: ClassVar[ValuesMethod] = known("ratings")
    """Each attribute is rated on its own, 0 to 100."""
    SWING: ClassVar[ValuesMethod] = known("swing")
    """The best swing has 100, others relative to it."""
    WORDS: ClassVar[ValuesMethod] = known("words")
    """In words alone."""


class AidProblem(Enum):
    """What a finding is about."""

    UNNAMED = "unnamed"
    """A text that has to be there is empty."""
    TOO_FEW_OPTIONS = "too_few_options"
    """There are fewer than two options."""
    NO_STATUS_QUO = "no_status_quo"
    """No option leaves things as they are."""
    SEVERAL_STATUS_QUO = "several_status_quo"
    """More than one option leaves things as they are."""
    DUPLICATE_KEY = "duplicate_key"
    """Two rows of a kind have one key."""
    UNKNOWN_KEY = "unknown_key"
    """A row names a key that is not there."""
    UNEQUAL_DETAIL = "unequal_detail"
    """Options are told in unequal detail."""
    ONE_SIDED = "one_sided"
    """An option has no benefit, or neither harm nor burden."""
    NO_EXPERIENCE = "no_experience"
    """What it is like to live with an option is not told."""
    ONE_FRAME = "one_frame"
    """An outcome is said one way round only."""
    UNEQUAL_RISKS = "unequal_risks"
    """One outcome is stated out of different numbers, over different times, or of different people."""
    SEVERAL_DENOMINATORS = "several_denominators"
    """Outcomes are stated out of different numbers."""
    RELATIVE_ALONE = "relative_alone"
    """A relative effect stands without absolute risks."""
    NO_CERTAINTY = "no_certainty"
    """How sure the evidence is, is not stated."""
    NO_RIGHT_ANSWER = "no_right_answer"
    """A question of knowledge has fewer than two answers, or none that is right."""
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    """The aid expires before it is published."""
    NO_UPDATE_POLICY = "no_update_policy"
    """How the aid is kept up to date is not said."""
    NO_FUNDER = "no_funder"
    """Who paid for the aid is not said."""
    NO_CITATIONS = "no_citations"
    """The aid cites nothing."""
    NO_UNCERTAINTY = "no_uncertainty"
    """How uncertain figures are is not said."""
    NO_SOURCE = "no_source"
    """An outcome has neither a source nor a rationale."""
    UNVERIFIED = "unverified"
    """A figure has no quoted sentence: nobody verified it."""
    BAD_QUOTE = "bad_quote"
    """A quote has no words, no address, or more than 25 words."""
    LICENSED_QUOTE = "licensed_quote"
    """A text is quoted that may not be."""
    SCREENING_FACTS = "screening_facts"
    """An aid on a test leaves one of its four facts out."""
    NO_ATTRIBUTES = "no_attributes"
    """The aid asks for scores and names nothing to score."""
    HARD_TO_READ = "hard_to_read"
    """The text asks for more schooling than it should."""
    BAD_RATING = "bad_rating"
    """A rating of the checklist is of no item, outside its scale, or there twice."""
    OVERSTATED = "overstated"
    """A rating of the checklist says more than the data hold."""


class AidSeverity(Enum):
    """How much a finding matters."""

    NOTE = "note"
    """Something to know before using the aid."""
    WARNING = "warning"
    """Something that is probably not meant."""
    ERROR = "error"
    """The aid may not be used."""


class DecisionNeed(Enum):
    """What a decision is short of."""

    CLINICIAN = "clinician"
    """A clinician who takes part."""
    CAPACITY = "capacity"
    """A statement on the patient's capacity to decide this."""
    PROXY = "proxy"
    """A proxy with authority, since the patient lacks capacity."""
    TWO_OPTIONS = "two_options"
    """Two options that were shown."""
    STATUS_QUO = "status_quo"
    """The option that leaves things as they are, shown."""
    BENEFIT = "benefit"
    """A benefit of an option that was shown, both ways round."""
    HARM = "harm"
    """A harm of an option that was shown, both ways round."""
    CHOICE = "choice"
    """A choice, a reason to put it off, or the patient's wish not to take part."""
    REVISIT = "revisit"
    """The day on which it is looked at again, and what else would be a reason to."""
    VALUES = "values"
    """What matters to the patient."""
    SUPPORT = "support"
    """A source or a stated reason for an outcome."""
    SAME_SCALE = "same_scale"
    """One denominator and one time for an outcome in every option."""
    OPEN_QUESTION = "open_question"
    """An answer to a question."""


class GapBlocks(Enum):
    """What cannot be done while something is missing."""

    CHOICE = "choice"
    """Choosing."""
    SIGNING = "signing"
    """Signing."""
    NOTHING = "nothing"
    """Nothing: the record is poorer without it."""


class ElementKind(Code):
    """What shows that an element is met.

    Any other code is kept as it came.
    """

    __slots__ = ()

    BEFORE_ORDER: ClassVar[ElementKind] = known("before-order")
    """Options were presented, on a day that is not after the order."""
    ELIGIBILITY: ClassVar[ElementKind] = known("eligibility")
    """Whether the patient is eligible was determined: by a row of counselling with its key, or by facts that
    decide it.
    """
    DECISION_AID: ClassVar[ElementKind] = known("decision-aid")
    """A decision aid was used."""
    COUNSELLING: ClassVar[ElementKind] = known("counselling")
    """A row of counselling has its key."""
    INDEPENDENT_CLINICIAN: ClassVar[ElementKind] = known("independent-clinician")
    """A clinician takes part who is independent of those who would carry the choice out."""


class Issuer(Code):
    """What kind of body asks.

    Any other code is kept as it came.
    """

    __slots__ = ()

    PAYER: ClassVar[Issuer] = known("payer")
    """It pays, and does not pay without."""
    GUIDELINE: ClassVar[Issuer] = known("guideline")
    """It recommends."""
