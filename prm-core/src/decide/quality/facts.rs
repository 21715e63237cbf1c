//! What a report needs to know of one decision.

use serde::{Deserialize, Serialize};

use crate::decide::{
    Concordance, Decision, DecisionState, ImplementationStatus, Instrument, ParticipantRole, QualityResult,
};
use crate::govern::Who;
use crate::id::DecisionId;
use crate::value::Decimal;

/// What a report needs to know of one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFacts {
    /// The decision.
    pub decision: DecisionId,
    /// Clinicians who took part, each once.
    pub clinicians: Vec<Who>,
    /// What it was about: system and code of the topic, or else the title.
    pub topic: String,
    /// How it stands.
    pub state: DecisionState,
    /// Whether a requirement that holds for it is met; none if none holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// Share of the weight on attributes where the choice is best, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concordance: Option<Decimal>,
    /// Whether the choice was begun or carried out; none without a choice, and while nobody recorded what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implemented: Option<bool>,
    /// The latest score of regret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regret: Option<Decimal>,
    /// Whether the latest SURE shows decisional conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict: Option<bool>,
    /// Whether the latest CollaboRATE is at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collaborate_top: Option<bool>,
    /// Whole days from the first step to the choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_choice: Option<u32>,
}

/// What a report needs to know of `decision`. `concordance` is that of the mirror of its sheet; `complete` says whether the
/// requirement that holds for it is met, and is none if none does.
pub fn facts(
    decision: &Decision,
    id: DecisionId,
    concordance: Option<&Concordance>,
    complete: Option<bool>,
) -> DecisionFacts {
    let sheet = &decision.sheet;
    let mut clinicians: Vec<Who> = sheet
        .participants
        .iter()
        .filter(|person| person.role == ParticipantRole::Clinician)
        .filter_map(|person| person.who.clone())
        .collect();
    clinicians.sort();
    clinicians.dedup();
    let coding = sheet.topic.as_ref().and_then(|topic| topic.codings.iter().find(|coding| !coding.code.is_empty()));
    let topic = coding.map_or_else(
        || sheet.title.trim().to_owned(),
        |coding| format!("{}|{}", coding.system.as_deref().unwrap_or_default(), coding.code),
    );
    let chosen = sheet.choice.as_ref();
    let implemented = decision
        .follow_up
        .implementations
        .last()
        .map(|row| matches!(row.status, ImplementationStatus::Started | ImplementationStatus::Done));
    let latest = |fits: fn(&Instrument) -> bool| -> Option<&QualityResult> {
        let all = sheet.quality.iter().chain(&decision.follow_up.quality);
        // Of two on one day the later record counts.
        all.filter(|result| fits(&result.instrument) && result.score.is_some()).max_by_key(|result| result.on)
    };
    let first = sheet.steps.first();
    let decided = sheet.steps.iter().rev().find(|step| step.to == DecisionState::Decided);
    let days = first.zip(decided).and_then(|(first, last)| u32::try_from((last.at - first.at).num_days()).ok());
    DecisionFacts {
        decision: id,
        clinicians,
        topic,
        state: decision.state.clone(),
        complete,
        concordance: concordance.map(|found| found.share.clone()),
        implemented: implemented.filter(|_| chosen.is_some()),
        regret: latest(|i| *i == Instrument::DecisionRegret).and_then(|result| result.score.clone()),
        conflict: latest(|i| *i == Instrument::Sure)
            .map(|result| result.band.as_deref() == Some("decisional-conflict")),
        collaborate_top: latest(|i| matches!(i, Instrument::CollaboRate | Instrument::CollaboRateFive))
            .map(|result| result.band.as_deref() == Some("top")),
        days_to_choice: days.filter(|_| chosen.is_some()),
    }
}
