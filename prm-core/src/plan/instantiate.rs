//! Making a plan for one patient from a template.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::build::Builder;
use super::{CareEvent, CarePlan, CareTemplate, Goal, Severity, TemplateStatus, check};
use crate::engage::{Assignee, Pool, Schedule};
use crate::error::{Error, Result};
use crate::govern::Who;
use crate::id::{CarePlanId, CareTeamId, CareTemplateId, EntryId, GoalId, HolidayCalendarId, PatientId, ScheduleId};
use crate::time::{CivilTime, DatePrecision, PartialDate};
use crate::value::Coding;

/// The person who sees to what a role does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleAssignee {
    /// The role, as the template names it.
    pub role: String,
    /// Who.
    pub assignee: Assignee,
}

/// What a plan is made from besides its template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFacts {
    /// The patient.
    pub patient: PatientId,
    /// When the patient was born, if that is known. Birthdays need the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// Id that the plan is to have.
    pub plan: CarePlanId,
    /// Id of the template, if it is kept in the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<CareTemplateId>,
    /// When the plan starts, on the clock where the patient lives.
    pub start: CivilTime,
    /// Zone of a patient whose own is not known, e.g. `America/New_York`.
    pub zone: String,
    /// What happened when; no two of one key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<CareEvent>,
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
    /// Who writes the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Who>,
    /// Security labels of the plan, its goals and its schedules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Coding>,
}

impl PlanFacts {
    /// Facts of which nothing else is said.
    pub fn of(patient: PatientId, plan: CarePlanId, start: CivilTime, zone: impl Into<String>) -> Self {
        PlanFacts {
            patient,
            birth_date: None,
            plan,
            template: None,
            start,
            zone: zone.into(),
            events: Vec::new(),
            entries: Vec::new(),
            pool: None,
            assignees: Vec::new(),
            holidays: None,
            care_team: None,
            responder: None,
            author: None,
            labels: Vec::new(),
        }
    }
}

/// A goal with the id that it has or is to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedGoal {
    /// Its id.
    pub id: GoalId,
    /// The goal.
    pub goal: Goal,
}

/// A schedule with the id that it has or is to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedSchedule {
    /// Its id.
    pub id: ScheduleId,
    /// The schedule.
    pub schedule: Schedule,
}

/// What an activity waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// A state of the pathway in which it holds.
    State,
    /// An event, by its key.
    Event(String),
    /// An activity that it needs or follows, by its key.
    Activity(String),
    /// The day the patient was born.
    BirthDate,
}

/// An activity that has no schedule yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingActivity {
    /// Key of the activity.
    pub activity: String,
    /// What it waits for first.
    pub reason: WaitReason,
}

/// What a template comes to for one patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instantiated {
    /// The plan.
    pub plan: CarePlan,
    /// Its goals.
    pub goals: Vec<PlannedGoal>,
    /// The schedules of its activities.
    pub schedules: Vec<PlannedSchedule>,
    /// Activities that have none yet, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<WaitingActivity>,
}

/// Makes the plan of `template` for one patient. The same arguments give the same plan; ids of goals and schedules are
/// what `derive` makes of `goal:` or `schedule:` and the key of the row.
///
/// An activity waits, without a schedule, while an event or a day of birth that it is counted from is not known, while
/// the pathway is in none of its states, and while an activity waits that it needs or follows.
///
/// # Errors
/// `Invalid` when the template is retired or has an error that [`check`] finds; when a required event is missing, an
/// event is unknown or named twice or its day is not known; when nobody is named to see to an answer that shows danger.
pub fn instantiate(template: &CareTemplate, facts: &PlanFacts, derive: &dyn Fn(&str) -> Uuid) -> Result<Instantiated> {
    if template.status == TemplateStatus::Retired {
        return Err(Error::invalid("template", "choose a template that is not retired"));
    }
    usable(template, facts)?;
    let state = template.states.first().map(|state| state.key.clone());
    Builder { template, facts, derive, state, present: &[] }.whole()
}

/// Whether a plan can be made of these at all.
pub(super) fn usable(template: &CareTemplate, facts: &PlanFacts) -> Result<()> {
    if let Some(finding) = check(template).into_iter().find(|finding| finding.severity == Severity::Error) {
        return Err(Error::invalid(format!("template.{}", finding.row), "correct the errors that a check finds first"));
    }
    if facts.zone.trim().is_empty() {
        return Err(Error::invalid("zone", "name the time zone of the plan, such as America/New_York"));
    }
    for (n, event) in facts.events.iter().enumerate() {
        let field = format!("events.{}", event.key);
        if !template.events.iter().any(|known| known.key == event.key) {
            return Err(Error::invalid(field, "leave out events that the template does not know"));
        }
        if facts.events.iter().take(n).any(|before| before.key == event.key) {
            return Err(Error::invalid(field, "name an event once"));
        }
        if event.on.date().precision() != DatePrecision::Day {
            return Err(Error::invalid(field, "state the day of an event"));
        }
    }
    let missing = |key: &str| !facts.events.iter().any(|event| event.key == key);
    if let Some(event) = template.events.iter().find(|event| event.required && missing(&event.key)) {
        return Err(Error::invalid(
            format!("events.{}", event.key),
            "state when this event was: the template requires it",
        ));
    }
    if facts.responder.is_none() && template.activities.iter().any(|activity| activity.needs_responder) {
        return Err(Error::invalid("responder", "name a team that sees at once to an answer that shows danger"));
    }
    Ok(())
}
