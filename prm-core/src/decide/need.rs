//! What a decision is short of.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CapacityFinding, Decision, DecisionOption, DecisionSheet, OutcomeKind, Participant, ParticipantRole};
use crate::evidence::is_unsupported;
use crate::govern::Who;
use crate::time::When;

/// What a decision is short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionNeed {
    /// A clinician who takes part.
    Clinician,
    /// A statement on the patient's capacity to decide this.
    Capacity,
    /// A proxy with authority, since the patient lacks capacity.
    Proxy,
    /// Two options that were shown.
    TwoOptions,
    /// The option that leaves things as they are, shown.
    StatusQuo,
    /// A benefit of an option that was shown, both ways round.
    Benefit,
    /// A harm of an option that was shown, both ways round.
    Harm,
    /// A choice, a reason to put it off, or the patient's wish not to take part.
    Choice,
    /// The day on which it is looked at again, and what else would be a reason to.
    Revisit,
    /// What matters to the patient.
    Values,
    /// A source or a stated reason for an outcome.
    Support,
    /// One denominator and one time for an outcome in every option.
    SameScale,
    /// An answer to a question.
    OpenQuestion,
}

/// What cannot be done while something is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapBlocks {
    /// Choosing.
    Choice,
    /// Signing.
    Signing,
    /// Nothing: the record is poorer without it.
    Nothing,
}

/// Something that a decision is short of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionGap {
    /// What.
    pub need: DecisionNeed,
    /// Key of the option it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// Key of the outcome it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Number of the question it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// What cannot be done without it.
    pub blocks: GapBlocks,
}

impl DecisionNeed {
    /// What to do about it, in one sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            DecisionNeed::Clinician => "a clinician takes part in a shared decision; let one join",
            DecisionNeed::Capacity => "state whether the patient has the capacity to decide this",
            DecisionNeed::Proxy => "the patient lacks capacity: let a proxy with authority join",
            DecisionNeed::TwoOptions => "show two options at least",
            DecisionNeed::StatusQuo => "show the option that leaves things as they are",
            DecisionNeed::Benefit => "say a benefit of each option that is shown, both ways round",
            DecisionNeed::Harm => "say a harm of each option that is shown, both ways round",
            DecisionNeed::Choice => "record a choice, or why there is none",
            DecisionNeed::Revisit => "plan the day to look again, and what else would be a reason to",
            DecisionNeed::Values => "ask what matters to the patient",
            DecisionNeed::Support => "name the source of the outcome, or the reason to say it",
            DecisionNeed::SameScale => "give an outcome the same denominator and time in every option",
            DecisionNeed::OpenQuestion => "answer the question",
        }
    }
}

impl DecisionGap {
    fn of(need: DecisionNeed, blocks: GapBlocks) -> Self {
        DecisionGap { need, option: None, outcome: None, question: None, blocks }
    }

    /// Where it is missing, as errors name it.
    pub(crate) fn path(&self) -> String {
        let field = match self.need {
            DecisionNeed::Clinician | DecisionNeed::Proxy => "participants",
            DecisionNeed::Capacity => "capacity",
            DecisionNeed::TwoOptions | DecisionNeed::StatusQuo => "shown",
            DecisionNeed::Benefit | DecisionNeed::Harm | DecisionNeed::Support | DecisionNeed::SameScale => "options",
            DecisionNeed::Choice => "choice",
            DecisionNeed::Revisit => "revisit",
            DecisionNeed::Values => "preferences",
            DecisionNeed::OpenQuestion => "questions",
        };
        match &self.option {
            Some(key) => format!("{field}.{key}"),
            None => field.to_owned(),
        }
    }
}

/// What a decision is short of, what blocks choosing first, then what blocks signing, then what merely makes the record
/// poorer.
pub fn missing(decision: &Decision) -> Vec<DecisionGap> {
    let mut gaps = gaps(decision);
    gaps.sort_by(|a, b| (a.blocks, a.need, &a.option, &a.outcome).cmp(&(b.blocks, b.need, &b.option, &b.outcome)));
    gaps
}

/// As [`missing`], in no order.
pub(super) fn gaps(decision: &Decision) -> Vec<DecisionGap> {
    let sheet = &decision.sheet;
    let mut gaps = Vec::new();
    let mut short_of = |need, blocks| gaps.push(DecisionGap::of(need, blocks));
    if !sheet.participants.iter().any(|one| one.role == ParticipantRole::Clinician) {
        short_of(DecisionNeed::Clinician, GapBlocks::Choice);
    }
    if sheet.capacity.is_none() {
        short_of(DecisionNeed::Capacity, GapBlocks::Choice);
    }
    let has_proxy = sheet.participants.iter().any(|one| one.role == ParticipantRole::Proxy && one.authority.is_some());
    if lacks_capacity(sheet) && !has_proxy {
        short_of(DecisionNeed::Proxy, GapBlocks::Choice);
    }
    let shown: Vec<&DecisionOption> =
        sheet.shown.iter().filter_map(|key| sheet.options.iter().find(|option| option.key == *key)).collect();
    if shown.len() < 2 {
        short_of(DecisionNeed::TwoOptions, GapBlocks::Choice);
    }
    if !shown.iter().any(|option| option.status_quo) {
        short_of(DecisionNeed::StatusQuo, GapBlocks::Choice);
    }
    if sheet.choice.is_none() && sheet.declined.is_none() && sheet.deferred.is_none() {
        short_of(DecisionNeed::Choice, GapBlocks::Signing);
    }
    if sheet.revisit.as_ref().is_none_or(|revisit| revisit.triggers.is_empty()) {
        short_of(DecisionNeed::Revisit, GapBlocks::Signing);
    }
    if sheet.preferences.is_none() {
        short_of(DecisionNeed::Values, GapBlocks::Nothing);
    }
    for option in &shown {
        for (kind, need) in [(OutcomeKind::Benefit, DecisionNeed::Benefit), (OutcomeKind::Harm, DecisionNeed::Harm)] {
            if !option.outcomes.iter().any(|outcome| outcome.kind == kind && outcome.in_both_frames()) {
                let gap = DecisionGap::of(need, GapBlocks::Choice);
                gaps.push(DecisionGap { option: Some(option.key.clone()), ..gap });
            }
        }
    }
    for option in &sheet.options {
        for outcome in &option.outcomes {
            let of = |need| DecisionGap {
                option: Some(option.key.clone()),
                outcome: Some(outcome.key.clone()),
                ..DecisionGap::of(need, GapBlocks::Nothing)
            };
            if is_unsupported(outcome.source.as_ref(), outcome.rationale.as_deref()) {
                gaps.push(of(DecisionNeed::Support));
            }
            let scale = |risk: &crate::evidence::AbsoluteRisk| (risk.denominator, risk.horizon.clone());
            let first = sheet.options.iter().flat_map(|other| &other.outcomes).find(|other| other.key == outcome.key);
            let first = first.and_then(|first| first.risk.as_ref()).map(scale);
            if outcome.risk.as_ref().map(scale).zip(first).is_some_and(|(own, first)| own != first) {
                gaps.push(of(DecisionNeed::SameScale));
            }
        }
    }
    let open = sheet.questions.iter().filter(|question| question.answer.is_none());
    gaps.extend(open.map(|question| DecisionGap {
        question: Some(question.number),
        ..DecisionGap::of(DecisionNeed::OpenQuestion, GapBlocks::Nothing)
    }));
    gaps
}

/// What keeps a choice from being made. Who would rather not take part need not have been shown anything: the clinician
/// whom they asked decides.
pub(super) fn blocking_choice(decision: &Decision) -> Option<DecisionGap> {
    let declined = decision.sheet.declined.is_some();
    let people = |need| matches!(need, DecisionNeed::Clinician | DecisionNeed::Capacity | DecisionNeed::Proxy);
    let blocks = |gap: &DecisionGap| gap.blocks == GapBlocks::Choice && (!declined || people(gap.need));
    gaps(decision).into_iter().find(blocks)
}

/// What keeps the sheet from being signed.
pub(super) fn blocking_signature(decision: &Decision) -> Option<DecisionGap> {
    gaps(decision).into_iter().find(|gap| gap.blocks == GapBlocks::Signing)
}

/// Whether an option may be chosen: it was shown, or the patient would rather not take part.
pub(super) fn may_be_chosen(sheet: &DecisionSheet, key: &str) -> bool {
    sheet.shown.iter().any(|shown| shown == key)
        || sheet.declined.is_some() && sheet.options.iter().any(|option| option.key == key)
}

pub(super) fn lacks_capacity(sheet: &DecisionSheet) -> bool {
    sheet.capacity.as_ref().is_some_and(|capacity| capacity.finding == CapacityFinding::LacksCapacity)
}

/// Whether someone takes part as a clinician.
pub(super) fn is_clinician(sheet: &DecisionSheet, who: &Who) -> bool {
    sheet.participants.iter().any(|one| one.role == ParticipantRole::Clinician && one.who.as_ref() == Some(who))
}

/// Whether someone takes part as a proxy whose authority holds on a day.
pub(super) fn is_proxy(sheet: &DecisionSheet, who: &Who, day: NaiveDate) -> bool {
    sheet
        .participants
        .iter()
        .any(|one| one.role == ParticipantRole::Proxy && one.who.as_ref() == Some(who) && has_authority(one, day))
}

fn has_authority(proxy: &Participant, day: NaiveDate) -> bool {
    let Some(authority) = &proxy.authority else { return false };
    let Some(period) = &authority.period else { return true };
    let began = |start: &When| match start {
        When::At(at) => at.to_utc().date_naive() <= day,
        When::On(date) => date.first_day() <= day,
    };
    let lasts = |end: &When| match end {
        When::At(at) => at.to_utc().date_naive() >= day,
        When::On(date) => date.last_day() >= day,
    };
    period.start.as_ref().is_none_or(began) && period.end.as_ref().is_none_or(lasts)
}
