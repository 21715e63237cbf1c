//! Shared decisions: options and what they do, what matters to the patient, the choice, and when to look again.
//!
//! A [`Decision`] goes from state to state by [`DecisionMove`]s, each with who, when and by which way. Everything here is
//! words and pure rules.

mod ahp;
mod aid;
mod aid_use;
mod at;
mod best_worst;
mod choice;
mod codes;
mod decision;
pub(crate) mod index;
mod instrument;
pub(crate) mod limits;
mod machine;
mod mirror;
mod need;
mod option;
mod people;
mod preference;
mod quality;
mod requirement;
mod scoring;
mod signing;
mod step;
mod succession;
#[cfg(test)]
mod tests;
mod view;
mod weights;

pub use ahp::{PairWeights, pair_weights};
pub(crate) use aid::check_aid_record;
pub use aid::{
    AidAnswer, AidAnswers, AidFinding, AidProblem, AidQuestion, AidQuestionChoice, AidSeverity, AidStatus, AnsweredBy,
    CheckedAnswers, DecisionAid, IpdasItem, IpdasKind, IpdasRating, IpdasResult, ScreeningFacts, ValuesMethod,
    check_aid, check_answers, derive_ipdas, ipdas, ipdas_items, moves, release_lint, shipped_aids,
};
pub use aid_use::{AidUse, KnowledgeAnswer};
pub use at::DecisionAt;
pub use best_worst::best_worst_scores;
pub use choice::{Choice, Evaluation, Implementation, Revisit, Signature};
pub use codes::{
    Availability, CapacityFinding, Channel, ChoiceStrength, DecisionRole, DecisionState, ImplementationStatus,
    OutcomeKind, ParticipantRole, RevisitTrigger, SignatureKind,
};
pub use decision::{Counselling, Decision, DecisionOpening, DecisionSheet, DecisionTransition, FollowUp};
pub use instrument::{Instrument, QualityResult};
pub use machine::{apply, open};
pub use mirror::mirror;
pub use need::{DecisionGap, DecisionNeed, GapBlocks, missing};
pub use option::{DecisionOption, Frames, OptionOutcome, RelativeEffect};
pub use people::{Answer, Capacity, Participant, ProxyAuthority, Question};
pub use preference::{
    Attribute, AttributeScore, AttributeWeight, BestWorstSet, Comparison, Concordance, Consistency, Elicitation,
    OptionScore, OptionValue, Preferences, Share, ValuesMirror,
};
pub use quality::{DecisionFacts, QualityReport, QualityRow, facts, quality_report};
pub use requirement::{
    Criterion, CriterionRule, ElementKind, Eligibility, EligibilityFacts, Issuer, Requirement, RequirementElement,
    RequirementGap, RequirementResult, completeness, eligible, shipped_requirements,
};
pub use scoring::{CollaborateReport, collaborate_top, score};
pub use signing::{sheet_digest, signatures_hold};
pub use step::DecisionMove;
pub use succession::{amend, replaced, revert};
pub use view::{DecisionAidView, DecisionQuery, DecisionView};
pub use weights::swing_weights;
