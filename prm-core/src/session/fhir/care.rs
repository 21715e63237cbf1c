//! Plans of care out and in: those that the engine carries out, not entries of the chart that tell of some.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::chart::ChartEntry;
use crate::command::{Batch, Command, RecordKind};
use crate::engage::evaluate;
use crate::engage::load::Loader;
use crate::engage::{AsNeeded, HolidayCalendar, OccurrenceView, Phase, Schedule, Stamp, Timing};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::Action;
use crate::id::{CarePlanId, CareTemplateId, GoalId, PatientId, RecordId, ScheduleId};
use crate::interchange::fhir::{
    CareDocument, CareGoal, CareReading, CareSchedule, Json, ReadTemplate, read_care, read_template, write_care,
    write_template,
};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{self, Achievement, CarePlan, CareTemplate, Goal, Severity, TemplateStatus, limits};
use crate::session::care::{of_assignee, of_pool, of_someone};
use crate::session::change::Kept;
use crate::session::look::Look;
use crate::session::plan::PlanRoom;
use crate::session::plans::in_order;
use crate::session::worklist;
use crate::store::record::{At, Covering, Locator, Owner, Reader, Record, Stored};
use crate::time::{Date, Instant};

/// What an imported plan became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareImport {
    /// The plan.
    pub plan: CarePlanId,
    /// Its goals.
    pub goals: Vec<GoalId>,
    /// Its schedules.
    pub schedules: Vec<ScheduleId>,
    /// How many outcomes came with them.
    pub outcomes: u32,
    /// What of the text was not taken: where it stands, and why. What was assumed is told here too.
    pub not_taken: Vec<String>,
}

/// What an imported template became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateImport {
    /// The template.
    pub template: CareTemplateId,
    /// What of the text was not taken: where it stands, and why.
    #[serde(default)]
    pub not_taken: Vec<String>,
}

impl PlanRoom<'_> {
    /// A plan as a bundle of FHIR R4: `CarePlan`, its goals, a `ServiceRequest` for each schedule, a `Task` for each
    /// occurrence of which something is recorded and for each that may be done now. Goals and schedules that the session
    /// may not see are left out.
    ///
    /// Records are called by their ids here: `Practitioner/<id>`. [`import_fhir`](Self::import_fhir) gives the
    /// plan back.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn export_fhir(&self, plan: CarePlanId) -> Result<String> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<CarePlan>(&reader, plan.into())?;
        let pid = locator.owner.pid();
        let covering = look.covering(&reader, pid)?.over(locator.covering);
        look.admit(locator.owner, covering, CarePlan::CLASS, Action::Export)?;
        let stored: Stored<CarePlan> = reader.current(&locator)?;
        if stored.header.voided() {
            return Err(Error::new(ErrorKind::NotFound, "the plan was entered in error"));
        }
        let loader = Loader::of(&reader, &look.session.core.zones, pid, None)?;
        let seen = Seeing { look: &look, reader: &reader, locator: &locator, loader: &loader };
        let assessed = self.achievements(stored.record.patient)?;
        let mut goals = Vec::new();
        for (id, stored) in loader.items::<Goal, GoalId>()? {
            if stored.record.plan == Some(plan) && seen.may(id.into(), &stored) {
                goals.push(CareGoal {
                    id,
                    reference: format!("Goal/{id}"),
                    goal: stored.record,
                    achievement: assessed.get(&id).map(|code| (*code).to_owned()),
                });
            }
        }
        let mut schedules = Vec::new();
        for (id, stored) in loader.schedules()? {
            if stored.record.plan == Some(plan) && seen.may(id.into(), &stored) {
                schedules.push(CareSchedule { id, schedule: stored.record, foreign: false });
            }
        }
        let occurrences = seen.occurrences(&schedules)?;
        let plan = CareDocument {
            id: plan,
            plan: stored.record,
            goals,
            schedules,
            occurrences: Vec::new(),
            not_taken: Vec::new(),
        };
        write_care(&plan, &occurrences)
    }

    /// Takes the plan of a text as one that the engine carries out: a bundle with one `CarePlan`, its goals, requests and
    /// tasks, or a `CarePlan` alone. It becomes one batch: all of it comes in, or nothing.
    ///
    /// Ids of ours stay; another record that has one of them already is a `Conflict`. Goals, activities and timings of other
    /// systems are taken as far as they can be read exactly; what cannot is told. Nothing is held against the past of a
    /// rule that another system wrote: it counts from today on.
    ///
    /// # Errors
    /// `Invalid` for a text that is no plan, or one of another patient; else as
    /// [`Session::execute`](crate::Session::execute).
    pub fn import_fhir(&self, patient: PatientId, text: &str) -> Result<CareImport> {
        let (document, outcomes) = self.read_care_plan(patient, text)?;
        let CareDocument { id, plan, goals, schedules, not_taken, .. } = document;
        let mut commands = vec![Command::AddCarePlan { id: Some(id), care_plan: plan }];
        let goal_ids: Vec<GoalId> = goals.iter().map(|goal| goal.id).collect();
        commands.extend(goals.into_iter().map(|CareGoal { id, goal, .. }| Command::AddGoal { id: Some(id), goal }));
        let schedules = in_order(schedules, |own| (own.id, &own.schedule));
        let schedule_ids = schedules.iter().map(|schedule| schedule.id).collect();
        commands.extend(
            schedules
                .into_iter()
                .map(|CareSchedule { id, schedule, .. }| Command::AddSchedule { id: Some(id), schedule }),
        );
        let count = outcomes.iter().filter(|command| matches!(command, Command::RecordOutcome { .. })).count();
        commands.extend(outcomes);
        self.0.execute(Batch { id: None, commands })?;
        let outcomes = u32::try_from(count).unwrap_or(u32::MAX);
        Ok(CareImport { plan: id, goals: goal_ids, schedules: schedule_ids, outcomes, not_taken })
    }

    /// How far the goals of a patient are reached, as FHIR says it: of those that are known to be, if the session may read
    /// the chart.
    fn achievements(&self, patient: PatientId) -> Result<BTreeMap<GoalId, &'static str>> {
        let assessed = match self.goals(patient) {
            Err(error) if error.kind() == ErrorKind::Denied => return Ok(BTreeMap::new()),
            assessed => assessed?,
        };
        let codes = assessed.into_iter().filter_map(|assessed| {
            let code = match assessed.assessment.achievement {
                Achievement::Met => "achieved",
                Achievement::InProgress => "in-progress",
                Achievement::NotMet => "not-achieved",
                Achievement::Unknown => return None,
            };
            Some((assessed.goal.id, code))
        });
        Ok(codes.collect())
    }

    /// A template of care plans as a `PlanDefinition` of FHIR R4. [`import_template_fhir`](Self::import_template_fhir) gives it back.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn export_template_fhir(&self, id: CareTemplateId) -> Result<String> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<CareTemplate>(&reader, id.into())?;
        let stored: Stored<CareTemplate> = reader.current(&locator)?;
        Ok(write_template(&id.to_string(), &stored.record).to_text())
    }

    /// Takes a `PlanDefinition` as a template of care plans. Actions are taken as far as it is said exactly when they are
    /// due; what is not taken is told. It becomes a new template, whatever id the text has.
    ///
    /// # Errors
    /// `Invalid` for a text that is no `PlanDefinition`, or of which no action can be taken; else as
    /// [`Session::execute`](crate::Session::execute).
    pub fn import_template_fhir(&self, text: &str) -> Result<TemplateImport> {
        let ReadTemplate { mut template, not_taken } = read_template(&Json::parse(text.as_bytes())?)?;
        let mut not_taken: Vec<String> =
            not_taken.into_iter().map(|note| format!("{}: {}", note.path, note.reason)).collect();
        if template.status == TemplateStatus::Active
            && plan::check(&template).iter().any(|finding| finding.severity == Severity::Error)
        {
            template.status = TemplateStatus::Draft;
            not_taken.push("status: it is a draft until what a check finds wrong with it is put right".to_owned());
        }
        if template.supersedes.is_some() {
            let look = self.0.inner().look()?;
            let reader = look.reader();
            look.admit(Owner::Shared, Covering::default(), CareTemplate::CLASS, Action::Read)?;
            let known = |kind: RecordKind, id: RecordId| there(&reader, Owner::Shared, &kind, id);
            Pruning { known: &known, not_taken: &mut not_taken }
                .one("supersedes", &mut template.supersedes, |id| Some((RecordKind::CareTemplate, (*id).into())))?;
        }
        let template = self.0.one(Command::AddCareTemplate { id: None, care_template: template })?;
        Ok(TemplateImport { template, not_taken })
    }

    fn read_care_plan(&self, patient: PatientId, text: &str) -> Result<(CareDocument, Vec<Command>)> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, CarePlan::CLASS, Action::Add)?;
        let loader = Loader::of(&reader, &look.session.core.zones, locator.owner.pid(), None)?;
        let zones = &look.session.core.zones;
        let zone = loader.person.patient.time_zone.clone().unwrap_or_else(|| "UTC".to_owned());
        let start = Date::try_from(zones.local(&zone, look.now)?.date_naive())?;
        let today = zones.resolve(&zone, start.start().naive())?.instant();
        let reading = CareReading { patient, zone, start };
        let ids = &look.session.core.ids;
        let mut document = read_care(text, &reading, &mut || ids.next(look.now))?;
        let known = |kind: RecordKind, id: RecordId| there(&reader, locator.owner, &kind, id);
        let not_taken = &mut document.not_taken;
        document.goals.retain(|goal| match limits::check_goal(&goal.goal) {
            Ok(()) => true,
            Err(error) => {
                not_taken.push(format!("a goal that the record does not hold: {error}"));
                false
            }
        });
        Pruning { known: &known, not_taken: &mut document.not_taken }.plan(&mut document.plan)?;
        let own: BTreeSet<ScheduleId> = document.schedules.iter().map(|schedule| schedule.id).collect();
        for CareGoal { goal, .. } in &mut document.goals {
            Pruning { known: &known, not_taken: &mut document.not_taken }.goal(goal)?;
        }
        for CareSchedule { schedule, foreign, .. } in &mut document.schedules {
            Pruning { known: &known, not_taken: &mut document.not_taken }.schedule(schedule, &own)?;
            if *foreign {
                from_on(schedule, today);
            }
        }
        let mut commands = Vec::new();
        for mut occurrence in std::mem::take(&mut document.occurrences) {
            let (schedule, stamp, mut version) = (occurrence.schedule, occurrence.stamp, 0);
            if let Some(outcome) = &mut occurrence.outcome {
                Pruning { known: &known, not_taken: &mut document.not_taken }.outcome(outcome)?;
            }
            if occurrence.moved_to.is_some() && !matches!(stamp, Stamp::AsNeeded(_)) {
                commands.push(Command::MoveOccurrence { schedule, stamp, version, to: occurrence.moved_to });
                version = 1;
            }
            if let Some(outcome) = occurrence.outcome {
                commands.push(Command::RecordOutcome { id: None, schedule, stamp: Some(stamp), version, outcome });
            }
        }
        Ok((document, commands))
    }
}

/// What of a plan a session may take out.
struct Seeing<'a> {
    look: &'a Look<'a>,
    reader: &'a Reader<'a>,
    locator: &'a Locator,
    loader: &'a Loader<'a>,
}

impl Seeing<'_> {
    fn may<T: Kept>(&self, id: RecordId, stored: &Stored<T>) -> bool {
        let at = At { owner: self.locator.owner, id, header: &stored.header };
        let own = stored.record.covering(at, &mut self.look.numbers(self.reader));
        let over = |own| self.loader.person.covering.over(own);
        own.is_ok_and(|own| self.look.permits(self.loader.pid, over(own), T::CLASS, Action::Export))
    }

    /// What is recorded of occurrences of schedules, and what may be done now.
    fn occurrences(&self, schedules: &[CareSchedule]) -> Result<Vec<OccurrenceView>> {
        let now = self.look.now;
        let mut due: BTreeMap<ScheduleId, Vec<Stamp>> = BTreeMap::new();
        let load = || Loader::of(self.reader, &self.look.session.core.zones, self.loader.pid, None);
        for item in worklist::of_patient(self.loader.pid, self.reader, now, &|_| true, load)? {
            due.entry(item.schedule).or_default().push(item.stamp);
        }
        let mut views = Vec::new();
        for CareSchedule { id, schedule, .. } in schedules {
            let recorded = self.loader.recorded(*id, Instant::MIN_UTC, Instant::MAX_UTC)?;
            let facts = self.loader.facts(*id, schedule.clone())?;
            let stamps: BTreeSet<Stamp> =
                recorded.keys().copied().chain(due.remove(id).into_iter().flatten()).collect();
            for stamp in stamps {
                views.extend(evaluate::occurrence(&facts, &stamp, recorded.get(&stamp), now)?);
            }
        }
        Ok(views)
    }
}

/// Whether there is such a record, of the patient where it is of one.
fn there(reader: &Reader<'_>, patient: Owner, kind: &RecordKind, id: RecordId) -> Result<bool> {
    let number = match kind {
        RecordKind::Patient => Patient::KIND,
        RecordKind::RelatedPerson => RelatedPerson::KIND,
        RecordKind::Practitioner => Practitioner::KIND,
        RecordKind::Organisation => Organisation::KIND,
        RecordKind::CareTeam => CareTeam::KIND,
        RecordKind::CareTemplate => CareTemplate::KIND,
        RecordKind::HolidayCalendar => HolidayCalendar::KIND,
        RecordKind::Entry => ChartEntry::KIND,
        RecordKind::Schedule => Schedule::KIND,
        _ => return Ok(false),
    };
    let own = |locator: &Locator| locator.owner == Owner::Shared || locator.owner == patient;
    Ok(reader.locate(id)?.is_some_and(|locator| locator.kind == number && own(&locator)))
}

/// Takes names of records out that are not in this store.
struct Pruning<'a> {
    known: &'a dyn Fn(RecordKind, RecordId) -> Result<bool>,
    not_taken: &'a mut Vec<String>,
}

impl Pruning<'_> {
    fn knows(&mut self, what: &str, kind: RecordKind, id: impl Into<RecordId>) -> Result<bool> {
        let known = (self.known)(kind, id.into())?;
        if !known {
            self.not_taken.push(format!("{what}: a record that is not in this store"));
        }
        Ok(known)
    }

    fn one<T>(
        &mut self,
        what: &str,
        field: &mut Option<T>,
        of: impl FnOnce(&T) -> Option<(RecordKind, RecordId)>,
    ) -> Result<()> {
        if let Some((kind, id)) = field.as_ref().and_then(of)
            && !self.knows(what, kind, id)?
        {
            *field = None;
        }
        Ok(())
    }

    fn entries(&mut self, what: &str, entries: &mut Vec<crate::id::EntryId>) -> Result<()> {
        let mut kept = Vec::with_capacity(entries.len());
        for id in entries.drain(..) {
            if self.knows(what, RecordKind::Entry, id)? {
                kept.push(id);
            }
        }
        *entries = kept;
        Ok(())
    }

    fn plan(&mut self, plan: &mut CarePlan) -> Result<()> {
        if let Some(pin) = &mut plan.template {
            self.one("plan.template", &mut pin.template, |id| Some((RecordKind::CareTemplate, (*id).into())))?;
        }
        self.entries("plan.entries", &mut plan.entries)?;
        self.one("plan.care_team", &mut plan.care_team, |id| Some((RecordKind::CareTeam, (*id).into())))?;
        self.one("plan.author", &mut plan.author, of_someone)?;
        for activity in &mut plan.activities {
            self.one("activity.owner", &mut activity.owner, |assignee| of_assignee(*assignee))?;
            self.one("activity.pool", &mut activity.pool, |pool| Some(of_pool(*pool)))?;
            self.one("activity.responder", &mut activity.responder, |pool| Some(of_pool(*pool)))?;
        }
        Ok(())
    }

    fn goal(&mut self, goal: &mut Goal) -> Result<()> {
        self.entries("goal.entries", &mut goal.entries)?;
        self.one("goal.expressed_by", &mut goal.expressed_by, of_someone)
    }

    fn outcome(&mut self, outcome: &mut crate::engage::Outcome) -> Result<()> {
        self.entries("outcome.entries", &mut outcome.entries)?;
        self.one("outcome.by", &mut outcome.by, of_someone)?;
        self.one("outcome.on_behalf_of", &mut outcome.on_behalf_of, |id| Some((RecordKind::Patient, (*id).into())))
    }

    fn schedule(&mut self, schedule: &mut Schedule, own: &BTreeSet<ScheduleId>) -> Result<()> {
        let holidays = RecordKind::HolidayCalendar;
        self.one("schedule.holidays", &mut schedule.holidays, |id| Some((holidays, (*id).into())))?;
        self.one("schedule.pool", &mut schedule.pool, |pool| Some(of_pool(*pool)))?;
        self.one("schedule.assignee", &mut schedule.assignee, |assignee| of_assignee(*assignee))?;
        let mut kept = Vec::new();
        for id in schedule.prerequisites.drain(..) {
            if own.contains(&id) || self.knows("schedule.prerequisites", RecordKind::Schedule, id)? {
                kept.push(id);
            }
        }
        schedule.prerequisites = kept;
        Ok(())
    }
}

/// Lets a rule that another system wrote hold from an instant on: what came of its past is not known, so it was not missed.
fn from_on(schedule: &mut Schedule, today: Instant) {
    let [phase] = schedule.phases.as_slice() else { return };
    let Timing::Clock(recurrence) = &phase.timing else { return };
    if recurrence.rule.is_none() || recurrence.start.naive().and_utc() >= today {
        return;
    }
    let needed = AsNeeded { start: recurrence.start, minimum_interval: None, most: None, period: None };
    let before = Phase { from: None, timing: Timing::AsNeeded(needed), window: phase.window };
    let after = Phase { from: Some(today), ..phase.clone() };
    schedule.phases = vec![before, after];
}
