//! A plan with all that belongs to it, as one bundle.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::map::Note;
use super::super::map::at::{At, Notes};
use super::super::{BundleWriter, Json, Reference, Target};
use super::request::{self, Around};
use super::{goal, plan, refs, task};
use crate::engage::{Occurrence, OccurrenceView, Schedule};
use crate::error::{Error, Result};
use crate::id::{CarePlanId, GoalId, PatientId, ScheduleId};
use crate::plan::{ActivityStatus, CarePlan, CarePlanIntent, CarePlanStatus, Goal};
use crate::time::Date;

/// A goal of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareGoal {
    /// Its id.
    pub id: GoalId,
    /// The reference by which the plan calls it: `Goal/<id>` where nothing else is known.
    pub reference: String,
    /// The goal.
    pub goal: Goal,
    /// How far it is reached, as a code of FHIR `goal-achievement`, if that was assessed. It is written, never read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<String>,
}

/// A schedule of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareSchedule {
    /// Its id.
    pub id: ScheduleId,
    /// The schedule.
    pub schedule: Schedule,
    /// Whether it was made of a timing that another system wrote: nothing is known of its past.
    #[serde(default)]
    pub foreign: bool,
}

/// A plan with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareDocument {
    /// Id of the plan.
    pub id: CarePlanId,
    /// The plan.
    pub plan: CarePlan,
    /// Its goals.
    pub goals: Vec<CareGoal>,
    /// Its schedules.
    pub schedules: Vec<CareSchedule>,
    /// What was recorded of their occurrences.
    pub occurrences: Vec<Occurrence>,
    /// What of the text is not in it: where it stands, and why.
    pub not_taken: Vec<String>,
}

/// What a plan is read for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareReading {
    /// The patient the plan is to be of.
    pub patient: PatientId,
    /// Zone of the patient, e.g. `America/New_York`.
    pub zone: String,
    /// The day that timings begin of which neither they nor the plan say when.
    pub start: Date,
}

/// The bundle of a plan: `CarePlan`, each `Goal`, a `ServiceRequest` for each schedule, a `Task` for each of the
/// occurrences given.
///
/// # Errors
/// None of its own: writing to memory does not fail.
pub fn write_care(document: &CareDocument, occurrences: &[OccurrenceView]) -> Result<String> {
    let CareDocument { id, plan: of, goals, schedules, .. } = document;
    let (subject, own) = (format!("Patient/{}", of.patient), format!("CarePlan/{id}"));
    let mut bundle = BundleWriter::collection(Vec::new())?;
    bundle.add(Some(&url(id)), &plan::plan(*id, of, goals, schedules, &subject).to_text())?;
    for CareGoal { id, goal, achievement, .. } in goals {
        bundle.add(Some(&url(id)), &goal::goal(*id, goal, &subject, achievement.as_deref()).to_text())?;
    }
    for CareSchedule { id, schedule, .. } in schedules {
        let json = request::request(*id, schedule, Some(&own), &subject);
        bundle.add(Some(&url(id)), &json.to_text())?;
    }
    for view in occurrences {
        let schedule = schedules.iter().find(|schedule| schedule.id == view.schedule);
        let json = task::task(view, schedule.map(|schedule| &schedule.schedule), &own, &subject);
        bundle.add(None, &json.to_text())?;
    }
    String::from_utf8(bundle.finish()?).map_err(|_| Error::invalid("plan", "a text that is no UTF-8"))
}

fn url(id: &impl std::fmt::Display) -> String {
    format!("urn:uuid:{id}")
}

/// The resources of a text.
struct Resources<'j> {
    all: Vec<(Option<&'j str>, &'j Json<'j>)>,
}

impl<'j> Resources<'j> {
    fn of(json: &'j Json<'j>) -> Self {
        let all = match json.text_of("resourceType") {
            Some("Bundle") => {
                let entries = json.items("entry").iter();
                entries.filter_map(|entry| Some((entry.text_of("fullUrl"), entry.get("resource")?))).collect()
            }
            _ => vec![(None, json)],
        };
        Resources { all }
    }

    fn kind(&self, kind: &str) -> impl Iterator<Item = (usize, &'j Json<'j>)> {
        let of_kind =
            self.all.iter().map(|(_, json)| *json).filter(move |json| json.text_of("resourceType") == Some(kind));
        of_kind.enumerate()
    }

    /// The resource of a type that a reference within `holder` leads to.
    fn find(&self, reference: &Json<'_>, kind: &str, holder: &'j Json<'j>) -> Option<&'j Json<'j>> {
        let reference = Reference::read(reference)?;
        let found = match reference.target() {
            Target::Contained(name) => holder.items("contained").iter().find(|inner| inner.text_of("id") == Some(name)),
            Target::Urn(urn) => self.by_url(urn),
            Target::Relative { kind, id } => self.by_id(kind, id),
            Target::Absolute { url, resource } => {
                self.by_url(url).or_else(|| resource.as_ref().and_then(|(kind, id)| self.by_id(kind, id)))
            }
            _ => None,
        };
        found.filter(|json| json.text_of("resourceType") == Some(kind))
    }

    fn by_url(&self, url: &str) -> Option<&'j Json<'j>> {
        let found = self.all.iter().find(|(full, _)| full.is_some_and(|full| full.eq_ignore_ascii_case(url)));
        found.map(|(_, json)| *json)
    }

    fn by_id(&self, kind: &str, id: &str) -> Option<&'j Json<'j>> {
        let mut all = self.all.iter().map(|(_, json)| *json);
        all.find(|json| json.text_of("resourceType") == Some(kind) && json.text_of("id") == Some(id))
    }
}

/// The plan of a text: a bundle with one `CarePlan`, or a `CarePlan` alone. `fresh` gives ids where the text has none
/// of ours.
///
/// Goals and requests are taken as far as the plan leads to them, outcomes from tasks that were written here. Of an activity
/// that is over no schedule is made if another system wrote it: what came of it is not known.
///
/// # Errors
/// `Invalid` for a text that is no JSON, that has no plan or several, or one of another patient, or a plan of which the status
/// or intent is not known or which an unknown extension modifies; whatever `fresh` gives.
pub fn read_care(text: &str, of: &CareReading, fresh: &mut dyn FnMut() -> Result<Uuid>) -> Result<CareDocument> {
    let json = Json::parse(text.as_bytes())?;
    let resources = Resources::of(&json);
    let plans: Vec<_> = resources.kind("CarePlan").map(|(_, json)| json).collect();
    let [source] = plans.as_slice() else {
        return Err(Error::invalid("text", "give one care plan, alone or in a bundle"));
    };
    let source = *source;
    if source.get("modifierExtension").is_some() || source.get("implicitRules").is_some() {
        return Err(Error::invalid("CarePlan", "an extension that is not known here modifies the plan"));
    }
    let subject = source.at(&["subject", "reference"]).and_then(Json::text).unwrap_or_default().to_owned();
    let named: Option<PatientId> = source.get("subject").and_then(|json| refs::id_of(json, "Patient"));
    if named.is_some_and(|named| named != of.patient) {
        return Err(Error::invalid("CarePlan.subject", "the plan is of another patient"));
    }
    let mut notes = Notes::default();
    let root = At::ROOT.member("CarePlan");
    let mut read = plan::read_plan(source, of.patient, &root, &mut notes);
    if matches!(read.status, CarePlanStatus::Other(_)) || source.get("status").is_none() {
        return Err(Error::invalid("CarePlan.status", "a status that R4 does not have"));
    }
    if matches!(read.intent, CarePlanIntent::Other(_)) {
        return Err(Error::invalid("CarePlan.intent", "an intent that R4 does not have"));
    }
    let begins = read.period.and_then(|period| period.start).map(|when| when.date());
    let begins = begins.filter(|date| date.precision() == crate::time::DatePrecision::Day);
    let start = begins.and_then(|date| Date::try_from(date.first_day()).ok()).unwrap_or(of.start);
    let around = Around { patient: of.patient, subject: &subject, zone: &of.zone, start: Some(start) };
    let id = own_or(source, fresh)?;
    let mut reader = Taking { resources, source, around, plan: id, used: Vec::new(), notes, fresh };
    let goals = reader.goals()?;
    let mut schedules = Vec::new();
    for (n, element) in source.items("activity").iter().enumerate() {
        reader.activity(n, element, &goals, &mut read, &mut schedules)?;
    }
    reader.further(&mut schedules)?;
    let occurrences = reader.tasks(&schedules);
    let not_taken = reader.told();
    Ok(CareDocument { id, plan: read, goals, schedules, occurrences, not_taken })
}

/// The id of a resource if it is one of ours, or a fresh one.
fn own_or<T: std::str::FromStr + From<crate::id::RecordId>>(
    json: &Json<'_>,
    fresh: &mut dyn FnMut() -> Result<Uuid>,
) -> Result<T> {
    match json.text_of("id").and_then(|id| id.parse().ok()) {
        Some(id) => Ok(id),
        None => Ok(crate::id::RecordId::from_uuid(fresh()?).into()),
    }
}

struct Taking<'j, 'f> {
    resources: Resources<'j>,
    source: &'j Json<'j>,
    around: Around<'f>,
    plan: CarePlanId,
    /// Resources that the plan took.
    used: Vec<*const Json<'j>>,
    notes: Notes,
    fresh: &'f mut dyn FnMut() -> Result<Uuid>,
}

impl<'j> Taking<'j, '_> {
    /// Whether a resource is of the patient of the plan.
    fn of_patient(&mut self, json: &Json<'_>, at: &At<'_>) -> bool {
        let same = json.at(&["subject", "reference"]).and_then(Json::text).unwrap_or_default() == self.around.subject;
        if !same {
            self.notes.add(at, "it is of another patient than the plan");
        }
        same
    }

    fn goals(&mut self) -> Result<Vec<CareGoal>> {
        let mut goals: Vec<CareGoal> = Vec::new();
        let root = At::ROOT.member("CarePlan");
        for (n, element) in self.source.items("goal").iter().enumerate() {
            let at = root.item("goal", n);
            let Some(found) = self.resources.find(element, "Goal", self.source) else {
                self.notes.add(&at, "a goal that is not in the text");
                continue;
            };
            if self.use_of(found) || !self.of_patient(found, &at) {
                continue;
            }
            let mut goal = goal::read_goal(found, self.around.patient, &at, &mut self.notes);
            goal.plan = Some(self.plan);
            let own: Option<GoalId> = found.text_of("id").and_then(|id| id.parse().ok());
            if own.is_none() && goal.key.is_none() {
                goal.key = Some(format!("goal-{}", n + 1));
            }
            let reference = element.text_of("reference").unwrap_or_default().to_owned();
            goals.push(CareGoal { id: own_or(found, self.fresh)?, reference, goal, achievement: None });
        }
        Ok(goals)
    }

    /// Marks a resource as taken; whether it was.
    fn use_of(&mut self, json: &'j Json<'j>) -> bool {
        let place: *const Json<'j> = json;
        let before = self.used.contains(&place);
        self.used.push(place);
        before
    }

    fn activity(
        &mut self,
        n: usize,
        element: &'j Json<'j>,
        goals: &[CareGoal],
        plan: &mut CarePlan,
        schedules: &mut Vec<CareSchedule>,
    ) -> Result<()> {
        let root = At::ROOT.member("CarePlan");
        let at = root.item("activity", n);
        let subject = self.around.subject;
        let Some(mut activity) = plan::read_activity(element, n, goals, subject, &at, &mut self.notes) else {
            return Ok(());
        };
        if let Some(id) = activity.schedule.take() {
            let link = refs::to("ServiceRequest", id);
            match self.resources.find(&link, "ServiceRequest", self.source) {
                Some(found) => activity.schedule = self.request(found, schedules, false)?,
                None => self.notes.add(&at, "the request of its schedule is not in the text"),
            }
        } else if let Some(detail) = element.get("detail") {
            let here = at.member("detail");
            let over = plan.status.is_end() || activity.status.is_end();
            let timed = ["scheduledTiming", "scheduledPeriod"].iter().any(|name| detail.get(name).is_some());
            if timed && (over || matches!(activity.status, ActivityStatus::Other(_))) {
                self.notes.add(&here, "when something was planned that is over");
            } else if timed {
                let phases = request::phases(detail, "scheduled", self.around, &here, &mut self.notes);
                if !phases.is_empty() {
                    let id = ScheduleId::from_uuid((self.fresh)()?);
                    activity.schedule = Some(id);
                    let schedule = self.of_activity(&activity, phases);
                    schedules.push(CareSchedule { id, schedule, foreign: true });
                }
            } else if detail.get("scheduledString").is_some() {
                self.notes.add(&here.member("scheduledString"), "when it is due, in words alone");
            }
        }
        plan.activities.push(activity);
        Ok(())
    }

    fn of_activity(&self, activity: &crate::plan::PlanActivity, phases: Vec<crate::engage::Phase>) -> Schedule {
        Schedule {
            patient: self.around.patient,
            plan: Some(self.plan),
            activity: Some(activity.key.clone()),
            status: crate::engage::ScheduleStatus::Active,
            title: activity.title.clone(),
            code: activity.code.clone(),
            phases,
            zone: self.around.zone.to_owned(),
            holidays: None,
            pool: activity.pool,
            assignee: activity.owner,
            role: activity.role.clone(),
            measures: Vec::new(),
            prerequisites: Vec::new(),
            reminders: Vec::new(),
            labels: Vec::new(),
            ended: None,
        }
    }

    /// The schedule of a request, if it can be read and was not taken before.
    fn request(
        &mut self,
        found: &'j Json<'j>,
        schedules: &mut Vec<CareSchedule>,
        foreign: bool,
    ) -> Result<Option<ScheduleId>> {
        let n =
            self.resources.kind("ServiceRequest").find(|(_, json)| std::ptr::eq(*json, found)).map_or(0, |(n, _)| n);
        let at = At::ROOT.item("ServiceRequest", n);
        if self.use_of(found) || !self.of_patient(found, &at) {
            return Ok(None);
        }
        let Some(mut schedule) = request::read_request(found, self.around, &at, &mut self.notes) else {
            return Ok(None);
        };
        schedule.plan = Some(self.plan);
        let id = own_or(found, self.fresh)?;
        schedules.push(CareSchedule { id, schedule, foreign });
        Ok(Some(id))
    }

    /// Requests that rest on the plan, and that no activity leads to.
    fn further(&mut self, schedules: &mut Vec<CareSchedule>) -> Result<()> {
        let all: Vec<_> = self.resources.kind("ServiceRequest").map(|(_, json)| json).collect();
        for json in all.into_iter().filter(|json| !self.used.contains(&std::ptr::from_ref(*json))).collect::<Vec<_>>() {
            let based = json.items("basedOn").iter();
            let of_plan = based.filter_map(|on| self.resources.find(on, "CarePlan", self.source)).next().is_some();
            if of_plan {
                let own = json.text_of("id").is_some_and(|id| id.parse::<ScheduleId>().is_ok());
                self.request(json, schedules, !own)?;
            }
        }
        Ok(())
    }

    fn tasks(&mut self, schedules: &[CareSchedule]) -> Vec<Occurrence> {
        let mut found = Vec::new();
        let all: Vec<_> = self.resources.kind("Task").collect();
        for (n, json) in all {
            let at = At::ROOT.item("Task", n);
            self.use_of(json);
            let Some(occurrence) = task::read_task(json, &at, &mut self.notes) else { continue };
            if !schedules.iter().any(|schedule| schedule.id == occurrence.schedule) {
                self.notes.add(&at, "a task of a schedule that is not taken");
            } else if occurrence.outcome.is_some() || occurrence.moved_to.is_some() {
                found.push(occurrence);
            }
        }
        found
    }

    /// What was not taken, resources that nothing led to at the end.
    fn told(self) -> Vec<String> {
        let mut notes = self.notes;
        for (n, (_, json)) in self.resources.all.iter().enumerate() {
            if !std::ptr::eq(*json, self.source) && !self.used.contains(&std::ptr::from_ref(*json)) {
                notes.add(&At::ROOT.item("entry", n), "a resource that the plan does not take");
            }
        }
        notes.into_inner().into_iter().map(|Note { path, reason }| format!("{path}: {reason}")).collect()
    }
}
