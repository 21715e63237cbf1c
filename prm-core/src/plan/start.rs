//! What a caller says when a plan is started, taken further or upgraded.

use serde::{Deserialize, Serialize};

use super::{CareEvent, PlanFacts, RoleAssignee};
use crate::engage::Pool;
use crate::govern::Who;
use crate::id::{CarePlanId, CareTeamId, CareTemplateId, EntryId, HolidayCalendarId, PatientId};
use crate::time::{CivilTime, PartialDate, When};
use crate::value::Coding;

/// That something happened to the patient which times of a plan are counted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEvent {
    /// Key of the event in the template, e.g. `discharge`.
    pub key: String,
    /// When it was; to the day at least.
    pub on: When,
}

/// What a plan is started with besides its template and its patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanStart {
    /// When it starts, on the clock where the patient lives.
    pub start: CivilTime,
    /// Zone of a patient whose own is not known, e.g. `America/New_York`.
    pub zone: String,
    /// What happened when; no two of one key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<PlanEvent>,
    /// Entries of the chart that the plan addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<EntryId>,
    /// The team or clinic that sees to it; the care team if none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// Who sees to what each role does; roles that are not named stay with the team or clinic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<RoleAssignee>,
    /// Holidays that business days pass over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<HolidayCalendarId>,
    /// The team that carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_team: Option<CareTeamId>,
    /// Who sees at once to an answer that shows danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responder: Option<Pool>,
    /// Security labels of the plan, its goals and its schedules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
}

/// Of whom a plan is, by which template, and by whom it is made.
pub(crate) struct Subject {
    pub(crate) patient: PatientId,
    pub(crate) birth_date: Option<PartialDate>,
    pub(crate) plan: CarePlanId,
    pub(crate) template: CareTemplateId,
    pub(crate) author: Option<Who>,
}

impl PlanStart {
    /// A start of which nothing else is said.
    pub fn at(start: CivilTime, zone: impl Into<String>) -> Self {
        PlanStart {
            start,
            zone: zone.into(),
            events: Vec::new(),
            entries: Vec::new(),
            pool: None,
            assignees: Vec::new(),
            holidays: None,
            care_team: None,
            responder: None,
            labels: Vec::new(),
        }
    }

    /// With something that happened.
    #[must_use]
    pub fn event(mut self, key: impl Into<String>, on: When) -> Self {
        self.events.push(PlanEvent { key: key.into(), on });
        self
    }

    /// The facts that the rules of plans ask for. Events get ids that follow from the plan and their keys.
    pub(crate) fn facts(self, of: Subject, derive: &dyn Fn(&str) -> uuid::Uuid) -> PlanFacts {
        let event = |PlanEvent { key, on }| {
            let id = crate::id::RecordId::from_uuid(derive(&format!("event/{key}")));
            CareEvent { id, key, on }
        };
        PlanFacts {
            patient: of.patient,
            birth_date: of.birth_date,
            plan: of.plan,
            template: Some(of.template),
            start: self.start,
            zone: self.zone,
            events: self.events.into_iter().map(event).collect(),
            entries: self.entries,
            pool: self.pool,
            assignees: self.assignees,
            holidays: self.holidays,
            care_team: self.care_team,
            responder: self.responder,
            author: of.author,
            labels: self.labels,
        }
    }
}
