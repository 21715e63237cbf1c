//! Whether what a requirement asks for is on record.

use chrono::{Days, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{ElementKind, EligibilityFacts, Requirement, RequirementElement, eligible};
use crate::decide::{Decision, DecisionState, ParticipantRole};
use crate::time::{Date, Instant};

/// Key of the gap that there is no record of a shared decision from before the order.
const SDM_MISSING: &str = "sdm_missing";
/// Key of the gap that the patient is not one whom the requirement is for.
const NOT_ELIGIBLE: &str = "not_eligible";

/// Something that is not on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementGap {
    /// Key of the element; `sdm_missing` if there is no record from before the order, `not_eligible` if facts rule the
    /// patient out.
    pub key: String,
    /// What, in words.
    pub title: String,
}

/// Whether everything is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementResult {
    /// Whether there is no gap.
    pub complete: bool,
    /// What is missing, in the order of the elements.
    pub gaps: Vec<RequirementGap>,
}

/// Whether `decision` holds what `requirement` asks for, for an order of the day `ordered`. `decision` is none if there is no
/// record. What happened on the day of the order counts as before it; what came later does not count, even if it is on
/// record.
///
/// The day of a moment is taken where the day ends last (UTC−12), so that a talk on the evening of the order is not late
/// because of a zone. Facts are those of the patient on the day of the order; none if they were not gathered. Without a record
/// from before the order the gap is `sdm_missing`, and elements that such a record would hold are gaps as well.
pub fn completeness(
    requirement: &Requirement,
    decision: Option<&Decision>,
    ordered: Date,
    facts: Option<&EligibilityFacts>,
) -> RequirementResult {
    let found = facts.map(|facts| eligible(requirement, facts).eligible);
    let mut gaps = Vec::new();
    if found == Some(Some(false)) {
        let title = "The patient is not one whom the requirement is for.".to_owned();
        gaps.push(RequirementGap { key: NOT_ELIGIBLE.to_owned(), title });
    }
    for element in &requirement.elements {
        let determined = element.kind == ElementKind::Eligibility && found.flatten().is_some();
        if !determined && !decision.is_some_and(|decision| holds(element, decision, ordered)) {
            let key = if element.kind == ElementKind::BeforeOrder { SDM_MISSING } else { element.key.as_str() };
            gaps.push(RequirementGap { key: key.to_owned(), title: element.title.clone() });
        }
    }
    RequirementResult { complete: gaps.is_empty(), gaps }
}

fn holds(element: &RequirementElement, decision: &Decision, ordered: Date) -> bool {
    let sheet = &decision.sheet;
    let counselled = || sheet.counselled.iter().any(|row| row.key == element.key && row.on <= ordered);
    match &element.kind {
        ElementKind::BeforeOrder => {
            sheet.steps.iter().any(|step| step.to == DecisionState::OptionsPresented && by_the_day(step.at, ordered))
        }
        ElementKind::Eligibility | ElementKind::Counselling => counselled(),
        ElementKind::DecisionAid => sheet.aids.iter().any(|aid| by_the_day(aid.used, ordered)),
        ElementKind::IndependentClinician => sheet
            .participants
            .iter()
            .any(|person| person.role == ParticipantRole::Clinician && person.independent == Some(true)),
        // What this version does not know, it cannot find.
        ElementKind::Other(_) => false,
    }
}

/// Whether a moment is before the end of a day where days end last.
fn by_the_day(at: Instant, day: Date) -> bool {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
    day.naive().checked_add_days(Days::new(1)).is_none_or(|next| at < next.and_time(noon).and_utc())
}
