# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Sources of evidence."""

from prm._model.evidence import AbsoluteRisk, Effect, EvidenceSource, Interval
from prm._model.evidence_codes import (
    Certainty, CertaintyReason, EffectMeasure, EvidenceProblem, FreshnessState, HorizonUnit, SourceKind, SourceStatus,
)
from prm._model.evidence_parts import Horizon, Pico, Quote, SourceRef
from prm._model.evidence_views import (
    EvidenceFinding, EvidenceImport, EvidenceSourceView, Freshness, NaturalFrequency, RefusedSource, RiskComparison,
)

__all__ = [
    "AbsoluteRisk", "Certainty", "CertaintyReason", "Effect", "EffectMeasure", "EvidenceFinding", "EvidenceImport",
    "EvidenceProblem", "EvidenceSource", "EvidenceSourceView", "Freshness", "FreshnessState", "Horizon", "HorizonUnit",
    "Interval", "NaturalFrequency", "Pico", "Quote", "RefusedSource", "RiskComparison", "SourceKind", "SourceRef",
    "SourceStatus",
]
