# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Codes and closed lists of evidence."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from prm._scalars import Code, known

__all__ = [
    "Certainty", "CertaintyReason", "EffectMeasure", "EvidenceProblem", "FreshnessState", "HorizonUnit", "SourceKind",
    "SourceStatus",
]


class EffectMeasure(Code):
    """What an effect is stated as (names of FHIR ``synthesis-effect-estimate`` where it has one).

    Any other code is kept as it came.
    """

    __slots__ = ()

    RISK_RATIO: ClassVar[EffectMeasure] = known("relative-RR")
    """Risk in one group divided by that in the other (RR)."""
    ODDS_RATIO: ClassVar[EffectMeasure] = known("relative-OR")
    """Odds in one group divided by those in the other (OR)."""
    HAZARD_RATIO: ClassVar[EffectMeasure] = known("relative-HR")
    """Hazard in one group divided by that in the other (HR)."""
    RISK_DIFFERENCE: ClassVar[EffectMeasure] = known("absolute-ARD")
    """Risk in one group less that in the other."""
    MEAN_DIFFERENCE: ClassVar[EffectMeasure] = known("absolute-MeanDiff")
    """Mean of one group less that of the other."""
    MEDIAN_DIFFERENCE: ClassVar[EffectMeasure] = known("absolute-MedianDiff")
    """Median of one group less that of the other."""
    STANDARDIZED_MEAN_DIFFERENCE: ClassVar[EffectMeasure] = known("absolute-SMD")
    """Mean difference in standard deviations."""
    ABSOLUTE_RISK: ClassVar[EffectMeasure] = known("absolute-risk")
    """The risk of one group alone."""


class HorizonUnit(Code):
    """Unit of a time over which something happens.

    Any other code is kept as it came.
    """

    __slots__ = ()

    DAYS: ClassVar[HorizonUnit] = known("d")
    """Days."""
    WEEKS: ClassVar[HorizonUnit] = known("wk")
    """Weeks."""
    MONTHS: ClassVar[HorizonUnit] = known("mo")
    """Months."""
    YEARS: ClassVar[HorizonUnit] = known("a")
    """Years."""
    LIFETIME: ClassVar[HorizonUnit] = known("lifetime")
    """A whole life; the number is 1."""
    ONCE: ClassVar[HorizonUnit] = known("once")
    """Once, at the time of a test or a procedure; the number is 1."""


class Certainty(Code):
    """How sure a body of evidence is, by GRADE (FHIR ``evidence-quality``).

    Any other code is kept as it came.
    """

    __slots__ = ()

    HIGH: ClassVar[Certainty] = known("high")
    """Further research is very unlikely to change the estimate."""
    MODERATE: ClassVar[Certainty] = known("moderate")
    """Further research may change it."""
    LOW: ClassVar[Certainty] = known("low")
    """Further research is likely to change it."""
    VERY_LOW: ClassVar[Certainty] = known("very-low")
    """Any estimate is very uncertain."""


class CertaintyReason(Code):
    """Why certainty was rated down or up, by GRADE.

    Any other code is kept as it came.
    """

    __slots__ = ()

    RISK_OF_BIAS: ClassVar[CertaintyReason] = known("risk-of-bias")
    """Down: studies may be biased."""
    INCONSISTENCY: ClassVar[CertaintyReason] = known("inconsistency")
    """Down: studies disagree."""
    INDIRECTNESS: ClassVar[CertaintyReason] = known("indirectness")
    """Down: other patients, treatments or outcomes than those asked about."""
    IMPRECISION: ClassVar[CertaintyReason] = known("imprecision")
    """Down: few events, a wide interval."""
    PUBLICATION_BIAS: ClassVar[CertaintyReason] = known("publication-bias")
    """Down: studies may be missing."""
    LARGE_EFFECT: ClassVar[CertaintyReason] = known("large-effect")
    """Up: a large effect."""
    DOSE_RESPONSE: ClassVar[CertaintyReason] = known("dose-response")
    """Up: more dose, more effect."""
    OPPOSING_CONFOUNDING: ClassVar[CertaintyReason] = known("opposing-confounding")
    """Up: what may confound works the other way."""


class SourceKind(Code):
    """What kind of work a source is.

    Any other code is kept as it came.
    """

    __slots__ = ()

    SYSTEMATIC_REVIEW: ClassVar[SourceKind] = known("systematic-review")
    """A systematic review."""
    RANDOMIZED_TRIAL: ClassVar[SourceKind] = known("randomized-trial")
    """A randomised trial."""
    OBSERVATIONAL_STUDY: ClassVar[SourceKind] = known("observational-study")
    """A cohort or case-control study."""
    GUIDELINE: ClassVar[SourceKind] = known("guideline")
    """A guideline or a recommendation of a body that issues them."""
    STATISTICS: ClassVar[SourceKind] = known("statistics")
    """Counts that an office or a registry publishes."""
    RISK_MODEL: ClassVar[SourceKind] = known("risk-model")
    """A model that predicts a risk."""
    PRODUCT_INFORMATION: ClassVar[SourceKind] = known("product-information")
    """What a regulator approved to be said of a product."""
    EXPERT_OPINION: ClassVar[SourceKind] = known("expert-opinion")
    """What experts hold, without a study."""
    METHODOLOGY_REVIEW: ClassVar[SourceKind] = known("methodology-review")
    """A review of methods, e.g. Cochrane ``MR…``."""


class SourceStatus(Code):
    """Whether a source may still be leaned on.

    Any other code is kept as it came.
    """

    __slots__ = ()

    ACTIVE: ClassVar[SourceStatus] = known("active")
    """It may."""
    SUPERSEDED: ClassVar[SourceStatus] = known("superseded")
    """A later version or another source took its place."""
    RETRACTED: ClassVar[SourceStatus] = known("retracted")
    """Its publisher took it back."""


class EvidenceProblem(Enum):
    """What is wrong with a source."""

    NO_ADDRESS = "no_address"
    """It has neither a DOI nor an address."""
    NO_DATE = "no_date"
    """It says neither when it was searched for studies nor when it was published."""
    NO_CONFLICT_STATEMENT = "no_conflict_statement"
    """It says nothing on conflicts of interest."""
    VERSION_DIFFERS = "version_differs"
    """Its version is not that of its Cochrane DOI."""
    NOT_CHECKED = "not_checked"
    """Nobody compared its facts with it."""
    NO_EFFECTS = "no_effects"
    """It has no findings."""
    INCOMPLETE_QUESTION = "incomplete_question"
    """A finding does not say in whom, what, against what, to what end."""
    NOT_VERIFIED = "not_verified"
    """A figure has no sentence that it was read in: it is an example that nobody verified."""
    NO_CERTAINTY = "no_certainty"
    """A finding does not say how sure it is."""
    NO_REASON = "no_reason"
    """Certainty was rated down or up without a reason."""


class FreshnessState(Enum):
    """Whether a source may be leaned on."""

    CURRENT = "current"
    """It is current."""
    STALE = "stale"
    """It is old, or there is a later version."""
    SUPERSEDED = "superseded"
    """Something took its place."""
    RETRACTED = "retracted"
    """It was taken back."""
    UNDATED = "undated"
    """Its age is not known."""
