# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.
"""Shared decisions and decision aids."""

from prm._model.decide import (
    AttributeScore, BestWorstSet, Comparison, Decision, DecisionAid, DecisionSheet, Elicitation, ElicitationBestWorst,
    ElicitationPairs, ElicitationRatings, ElicitationSwing, ElicitationWords, Preferences,
)
from prm._model.decide_2 import (
    DecisionMove, DecisionMoveAnswerQuestion, DecisionMoveAsk, DecisionMoveCheckKnowledge, DecisionMoveChoose,
    DecisionMoveCounsel, DecisionMoveDecline, DecisionMoveDefer, DecisionMoveDeliberate, DecisionMoveDropOption,
    DecisionMoveElicit, DecisionMoveEvaluate, DecisionMoveExperienceRole, DecisionMoveImplement, DecisionMoveInvite,
    DecisionMoveJoin, DecisionMoveLinkConsent, DecisionMoveMeasure, DecisionMovePlanRevisit, DecisionMovePresent,
    DecisionMovePutOption, DecisionMoveReconsider, DecisionMoveSign, DecisionMoveStateCapacity, DecisionMoveTrigger,
    DecisionMoveUseAid, DecisionMoveWantRole, DecisionOpening, DecisionQuery, EligibilityFacts, Requirement,
)
from prm._model.decide_codes import (
    AidProblem, AidSeverity, AidStatus, Availability, CapacityFinding, Channel, ChoiceStrength, DecisionNeed,
    DecisionRole, DecisionState, ElementKind, GapBlocks, ImplementationStatus, Instrument, Issuer, OutcomeKind,
    ParticipantRole, RevisitTrigger, SignatureKind, ValuesMethod,
)
from prm._model.decide_parts import (
    AidUse, Capacity, Choice, Counselling, DecisionOption, DecisionTransition, Frames, KnowledgeAnswer, OptionOutcome,
    Participant, ProxyAuthority, RelativeEffect,
)
from prm._model.decide_parts_2 import (
    AidQuestion, AidQuestionChoice, Answer, Attribute, Evaluation, FollowUp, Implementation, IpdasRating, OptionScore,
    QualityResult, Question, Revisit, ScreeningFacts, Share, Signature,
)
from prm._model.decide_parts_3 import (
    Criterion, CriterionRule, CriterionRuleAge, CriterionRuleAsymptomatic, CriterionRuleFirstDevice,
    CriterionRuleNoLongTermAnticoagulant, CriterionRulePackYears, CriterionRulePrimaryPrevention,
    CriterionRuleShortTermWarfarin, CriterionRuleSmokesOrQuitWithin, CriterionRuleStrokeScore, RequirementElement,
)
from prm._model.decide_views import (
    AidFinding, AttributeWeight, Concordance, Consistency, DecisionAidView, DecisionGap, DecisionView, Eligibility,
    IpdasResult, OptionValue, PairWeights, RequirementGap, RequirementResult, ValuesMirror,
)

__all__ = [
    "AidFinding", "AidProblem", "AidQuestion", "AidQuestionChoice", "AidSeverity", "AidStatus", "AidUse", "Answer",
    "Attribute", "AttributeScore", "AttributeWeight", "Availability", "BestWorstSet", "Capacity", "CapacityFinding",
    "Channel", "Choice", "ChoiceStrength", "Comparison", "Concordance", "Consistency", "Counselling", "Criterion",
    "CriterionRule", "CriterionRuleAge", "CriterionRuleAsymptomatic", "CriterionRuleFirstDevice",
    "CriterionRuleNoLongTermAnticoagulant", "CriterionRulePackYears", "CriterionRulePrimaryPrevention",
    "CriterionRuleShortTermWarfarin", "CriterionRuleSmokesOrQuitWithin", "CriterionRuleStrokeScore", "Decision",
    "DecisionAid", "DecisionAidView", "DecisionGap", "DecisionMove", "DecisionMoveAnswerQuestion", "DecisionMoveAsk",
    "DecisionMoveCheckKnowledge", "DecisionMoveChoose", "DecisionMoveCounsel", "DecisionMoveDecline",
    "DecisionMoveDefer", "DecisionMoveDeliberate", "DecisionMoveDropOption", "DecisionMoveElicit",
    "DecisionMoveEvaluate", "DecisionMoveExperienceRole", "DecisionMoveImplement", "DecisionMoveInvite",
    "DecisionMoveJoin", "DecisionMoveLinkConsent", "DecisionMoveMeasure", "DecisionMovePlanRevisit",
    "DecisionMovePresent", "DecisionMovePutOption", "DecisionMoveReconsider", "DecisionMoveSign",
    "DecisionMoveStateCapacity", "DecisionMoveTrigger", "DecisionMoveUseAid", "DecisionMoveWantRole", "DecisionNeed",
    "DecisionOpening", "DecisionOption", "DecisionQuery", "DecisionRole", "DecisionSheet", "DecisionState",
    "DecisionTransition", "DecisionView", "ElementKind", "Elicitation", "ElicitationBestWorst", "ElicitationPairs",
    "ElicitationRatings", "ElicitationSwing", "ElicitationWords", "Eligibility", "EligibilityFacts", "Evaluation",
    "FollowUp", "Frames", "GapBlocks", "Implementation", "ImplementationStatus", "Instrument", "IpdasRating",
    "IpdasResult", "Issuer", "KnowledgeAnswer", "OptionOutcome", "OptionScore", "OptionValue", "OutcomeKind",
    "PairWeights", "Participant", "ParticipantRole", "Preferences", "ProxyAuthority", "QualityResult", "Question",
    "RelativeEffect", "Requirement", "RequirementElement", "RequirementGap", "RequirementResult", "Revisit",
    "RevisitTrigger", "ScreeningFacts", "Share", "Signature", "SignatureKind", "ValuesMethod", "ValuesMirror",
]
