//! What can happen to a decision.

use serde::{Deserialize, Serialize};

use super::{
    AidUse, Capacity, Choice, Counselling, DecisionOption, DecisionRole, Evaluation, Implementation, KnowledgeAnswer,
    Participant, Preferences, QualityResult, Revisit, RevisitTrigger, SignatureKind,
};
use crate::id::RecordId;
use crate::sensitive::Sensitive;

/// One thing that happens to a decision. Moves that change what is said are refused once the sheet is signed; those that
/// follow up are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DecisionMove {
    /// The patient is asked to take part.
    Invite,
    /// Someone takes part. Who already does in that role is replaced.
    Join(Participant),
    /// Capacity is stated.
    StateCapacity(Capacity),
    /// An option is put in, or replaced by its key. Options that were shown must be shown again.
    PutOption(DecisionOption),
    /// An option is taken out by its key.
    DropOption(String),
    /// Options are shown and explained, in this order: every key once.
    Present(Vec<String>),
    /// A decision aid was used.
    UseAid(AidUse),
    /// Answers to questions of knowledge.
    CheckKnowledge(Vec<KnowledgeAnswer>),
    /// What matters to the patient.
    Elicit(Preferences),
    /// A question or a concern, by who acts.
    Ask(Sensitive),
    /// An answer to a question, by who acts.
    AnswerQuestion {
        /// Number of the question.
        number: u32,
        /// The answer.
        text: Sensitive,
    },
    /// The role the patient wants.
    WantRole(DecisionRole),
    /// The role the patient had.
    ExperienceRole(DecisionRole),
    /// Something that a rule asks for was spoken about.
    Counsel(Counselling),
    /// The patient takes time to weigh.
    Deliberate,
    /// The patient would rather not decide, and says why.
    Decline(Sensitive),
    /// It is put off, for a reason.
    Defer(Sensitive),
    /// A choice is made.
    Choose(Choice),
    /// When to look again.
    PlanRevisit(Revisit),
    /// The consent to what follows, an object of its own.
    LinkConsent(RecordId),
    /// A score of decision quality, or of regret.
    Measure(QualityResult),
    /// Who acts signs the sheet.
    Sign(SignatureKind),
    /// What became of the choice.
    Implement(Implementation),
    /// How it turned out.
    Evaluate(Evaluation),
    /// There is reason to look again.
    Trigger(RevisitTrigger),
    /// An unsigned decision goes back to weighing: the patient may do so at any time. The choice is taken out.
    Reconsider,
}
