//! Plans of care for one patient.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{ActivityCategory, ActivityStatus, Basis, CarePlanStatus};
use crate::engage::{Assignee, Pool};
use crate::govern::Who;
use crate::id::{CareTeamId, CareTemplateId, EntryId, PatientId, RecordId, ScheduleId};
use crate::sensitive::Sensitive;
use crate::time::{Instant, Period, When};
use crate::value::{Coding, Concept};

crate::value::codes! {
    /// How binding a plan is (FHIR `CarePlan.intent`).
    CarePlanIntent {
        /// It is proposed by someone who cannot decide it.
        Proposal = 1 "proposal",
        /// It is what is meant to be done.
        Plan = 2 "plan",
        /// It is ordered.
        Order = 3 "order",
        /// It is one of several ways to choose from.
        Option = 4 "option",
    }
}

/// The version of a template that a plan was made from, and stays with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct TemplatePin {
    /// The template, if it is kept in the store.
    #[n(0)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<CareTemplateId>,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its version.
    #[n(2)]
    pub version: String,
}

/// Something that happened to the patient and that times of the plan are counted from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct CareEvent {
    /// Its id: schedules are anchored to it.
    #[n(0)]
    pub id: RecordId,
    /// Its key in the template, e.g. `discharge`.
    #[n(1)]
    pub key: String,
    /// When it was. Times can be counted from a whole day at least.
    #[n(2)]
    pub on: When,
}

/// An activity of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct PlanActivity {
    /// Key within the plan; that of the template if it is from there.
    #[n(0)]
    pub key: String,
    /// One line for lists. It says so if its basis was not verified.
    #[n(1)]
    pub title: String,
    /// How it stands.
    #[n(2)]
    pub status: ActivityStatus,
    /// What is done.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Concept>,
    /// What kind of thing it is.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<ActivityCategory>,
    /// The person who is to do it.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Assignee>,
    /// The team or clinic that sees to it.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// The role that sees to it.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// When it is due; none for what waits for an event or a state of the pathway.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleId>,
    /// Keys of the goals it serves.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// Who sees at once to an answer that shows danger.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responder: Option<Pool>,
    /// Why it is there; none for what someone added by hand.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// A remark.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}

/// A plan of care for one patient (FHIR `CarePlan`).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct CarePlan {
    /// The patient.
    #[n(0)]
    pub patient: PatientId,
    /// The template it was made from, and its version.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplatePin>,
    /// Title.
    #[n(2)]
    pub title: String,
    /// How it stands.
    #[n(3)]
    pub status: CarePlanStatus,
    /// How binding it is.
    #[n(4)]
    pub intent: CarePlanIntent,
    /// When it holds.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What it addresses.
    #[cbor(n(6), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Concept>,
    /// Entries of the chart that it addresses.
    #[cbor(n(7), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryId>,
    /// Events that times are counted from.
    #[cbor(n(8), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<CareEvent>,
    /// Activities.
    #[cbor(n(9), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<PlanActivity>,
    /// The team that carries it out.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_team: Option<CareTeamId>,
    /// Who wrote it.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Who>,
    /// Key of the state of the pathway that it is in.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// A remark.
    #[n(13)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
    /// Security labels (v3 Confidentiality and ActCode).
    #[cbor(n(14), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
    /// When its status kept it from being carried out: on hold, or a draft before it was active. Kept by the library
    /// from the changes of the status; what an edit says of it is not taken.
    #[cbor(n(15), skip_if = "Vec::is_empty")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<Period>,
}

impl CarePlan {
    /// A draft of which nothing else is said.
    pub fn of(patient: PatientId, title: impl Into<String>) -> Self {
        CarePlan {
            patient,
            template: None,
            title: title.into(),
            status: CarePlanStatus::Draft,
            intent: CarePlanIntent::Plan,
            period: None,
            addresses: Vec::new(),
            entries: Vec::new(),
            events: Vec::new(),
            activities: Vec::new(),
            care_team: None,
            author: None,
            state: None,
            note: None,
            labels: Vec::new(),
            rests: Vec::new(),
        }
    }

    /// When it rested, as of the version after `before` that is recorded at `now`.
    pub(crate) fn rests_after(&self, before: Option<&CarePlan>, now: Instant) -> Vec<Period> {
        let mut rests = before.map_or_else(Vec::new, |before| before.rests.clone());
        let resting = |plan: &CarePlan| matches!(plan.status, CarePlanStatus::Draft | CarePlanStatus::OnHold);
        let last_is_open = rests.last().is_some_and(|rest| rest.end.is_none());
        match (last_is_open, resting(self)) {
            (false, true) => {
                let draft = self.status == CarePlanStatus::Draft;
                rests.push(Period { start: (!draft).then(|| When::from(now)), end: None });
            }
            (true, false) => rests.last_mut().into_iter().for_each(|rest| rest.end = Some(When::from(now))),
            _ => {}
        }
        rests
    }
}

impl PlanActivity {
    /// An activity that has not begun and of which nothing else is said.
    pub fn of(key: impl Into<String>, title: impl Into<String>) -> Self {
        PlanActivity {
            key: key.into(),
            title: title.into(),
            status: ActivityStatus::NotStarted,
            code: None,
            category: None,
            owner: None,
            pool: None,
            role: None,
            schedule: None,
            goals: Vec::new(),
            responder: None,
            basis: None,
            note: None,
        }
    }
}
