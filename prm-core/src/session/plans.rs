//! Deciding what commands about whole plans become: a plan with its goals and schedules, all or nothing.

use std::collections::BTreeSet;

use super::change::Kept;
use super::decide::{Deciding, needed};
use crate::command::Written;
use crate::engage::Schedule;
use crate::engage::index::derived;
use crate::engage::load::Loader;
use crate::error::{Error, ErrorKind, Result};
use crate::govern::Who;
use crate::govern::policy::Action;
use crate::id::{CarePlanId, CareTemplateId, GoalId, PatientId, RecordId, ScheduleId};
use crate::plan::start::Subject;
use crate::plan::{
    self, CareOwner, CarePlan, CareTemplate, Goal, PlanFacts, PlanStart, PlannedGoal, PlannedSchedule, Upgrade,
    UpgradeChoices, UpgradeProposal,
};
use crate::store::record::{Header, Owner, Reader, Stored};
use crate::time::Instant;

/// A plan with everything that belongs to it.
pub(super) struct Whole {
    pub(super) plan: CarePlan,
    pub(super) goals: Vec<PlannedGoal>,
    pub(super) schedules: Vec<PlannedSchedule>,
}

/// A plan with its goals and schedules.
pub(super) fn whole(loader: &Loader<'_>, id: CarePlanId, plan: CarePlan) -> Result<Whole> {
    let goals = loader.items::<Goal, GoalId>()?.into_iter().filter(|(_, goal)| goal.record.plan == Some(id));
    let mut goals: Vec<_> = goals.map(|(id, stored)| PlannedGoal { id, goal: stored.record }).collect();
    goals.sort_by_key(|goal| goal.id);
    let schedules = loader.schedules()?.into_iter().filter(|(_, schedule)| schedule.record.plan == Some(id));
    let schedules = schedules.map(|(id, stored)| PlannedSchedule { id, schedule: stored.record }).collect();
    Ok(Whole { plan, goals, schedules })
}

/// Ids of what belongs to a plan follow from the plan's and a key.
pub(super) fn derive(plan: CarePlanId) -> impl Fn(&str) -> uuid::Uuid {
    move |key| *derived(plan.into(), b"plan", key.as_bytes()).as_uuid()
}

/// What a plan of a patient is made from.
pub(super) fn facts(
    loader: &Loader<'_>,
    plan: CarePlanId,
    template: CareTemplateId,
    start: PlanStart,
    author: Option<Who>,
) -> PlanFacts {
    let birth_date = loader.person.patient.birth_date;
    let of = Subject { patient: loader.person.id, birth_date, plan, template, author };
    start.facts(of, &derive(plan))
}

/// A template as it is now.
pub(super) fn template(reader: &Reader<'_>, id: CareTemplateId) -> Result<CareTemplate> {
    let missing = || Error::new(ErrorKind::NotFound, format!("there is no care_template with the id {id}"));
    let locator = reader.locate(id.into())?.ok_or_else(missing)?;
    let stored: Stored<CareTemplate> = reader.current(&locator)?;
    if stored.header.voided() {
        return Err(Error::new(ErrorKind::Conflict, "the template is void"));
    }
    Ok(stored.record)
}

/// The version of a template that a plan was made from.
pub(super) fn pinned(reader: &Reader<'_>, plan: &CarePlan) -> Result<(CareTemplateId, CareTemplate)> {
    let none = || Error::invalid("id", "the plan was not made from a template of this store");
    let pin = plan.template.as_ref().ok_or_else(none)?;
    let id = pin.template.ok_or_else(none)?;
    let locator = reader.locate(id.into())?.ok_or_else(none)?;
    let versions = reader.versions::<CareTemplate>(id.into(), &locator)?;
    let of_pin =
        |version: &Stored<CareTemplate>| version.record.version == pin.version && version.record.name == pin.name;
    let found = versions.into_iter().rev().find(of_pin).ok_or_else(none)?;
    Ok((id, found.record))
}

/// Schedules after those that they wait for or count from. Those that name each other in a circle are left as they are:
/// deciding them says what is wrong.
pub(super) fn in_order<T>(mut schedules: Vec<T>, of: impl Fn(&T) -> (ScheduleId, &Schedule)) -> Vec<T> {
    let mut ordered = Vec::with_capacity(schedules.len());
    while !schedules.is_empty() {
        let waiting: BTreeSet<ScheduleId> = schedules.iter().map(|one| of(one).0).collect();
        let (mut ready, rest): (Vec<_>, Vec<_>) = schedules.into_iter().partition(|one| {
            let (id, schedule) = of(one);
            !schedule.needed().any(|needed| needed != id && waiting.contains(&needed))
        });
        schedules = rest;
        if ready.is_empty() {
            ready = std::mem::take(&mut schedules);
        }
        ordered.extend(ready);
    }
    ordered
}

/// A version of a template that a plan could have, and what to do about each row.
pub(super) struct Change<'a> {
    pub(super) template: CareTemplateId,
    pub(super) later: &'a CareTemplate,
    pub(super) choices: &'a UpgradeChoices,
    pub(super) start: PlanStart,
}

/// What a plan would be with another version of its template.
pub(super) fn upgraded(
    reader: &Reader<'_>,
    loader: &Loader<'_>,
    id: CarePlanId,
    plan: CarePlan,
    change: Change<'_>,
    now: Instant,
) -> Result<UpgradeProposal> {
    let Change { template, later, choices, start } = change;
    let (_, earlier) = pinned(reader, &plan)?;
    let facts = facts(loader, id, template, start, plan.author.clone());
    let Whole { plan, goals, schedules } = whole(loader, id, plan)?;
    let (plan, goals, schedules, earlier, facts) = (&plan, &goals, &schedules, &earlier, &facts);
    plan::upgrade(Upgrade { plan, goals, schedules, earlier, later, facts, choices, now }, &derive(id))
}

impl Deciding<'_, '_> {
    pub(super) fn start_plan(
        &mut self,
        id: CarePlanId,
        template: CareTemplateId,
        patient: PatientId,
        start: PlanStart,
    ) -> Result<Written> {
        let owner = self.patient(patient)?.owner;
        // The gate first: who may not start plans learns nothing of the patient by what a template is short of.
        let nothing = Stored { header: Header::first(self.now), record: CarePlan::of(patient, "") };
        self.permit(owner, id.into(), &nothing, Action::Add)?;
        let author = Some(self.who().clone());
        let made = {
            let reader = self.tx.reader();
            let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
            let facts = facts(&loader, id, template, start, author);
            plan::instantiate(&self::template(&reader, template)?, &facts, &derive(id))?
        };
        let step = self.add_to(patient, id.into(), made.plan)?;
        let written = self.write(step)?;
        for PlannedGoal { id, goal } in made.goals {
            let step = self.add_to(patient, id.into(), goal)?;
            self.write(step)?;
        }
        self.put_schedules(patient, made.schedules)?;
        Ok(written)
    }

    /// Writes schedules that are new or changed, those first that others wait for.
    fn put_schedules(&mut self, patient: PatientId, schedules: Vec<PlannedSchedule>) -> Result<()> {
        let ordered = in_order(schedules, |planned| (planned.id, &planned.schedule));
        ordered.into_iter().try_for_each(|planned| self.put_kept(patient, planned.id.into(), planned.schedule))
    }

    /// Adds a record, or edits it if it differs.
    fn put_kept<T: Kept + PartialEq>(&mut self, patient: PatientId, id: RecordId, record: T) -> Result<()> {
        let step = match self.tx.reader().locate(id)? {
            None => self.add_to(patient, id, record)?,
            Some(_) => {
                let (_, before) = self.current::<T>(id)?;
                if before.record == record {
                    return Ok(());
                }
                self.edit(id, before.header.version, record)?
            }
        };
        self.write(step).map(|_| ())
    }

    fn of_plan(&mut self, id: CarePlanId) -> Result<(Owner, CarePlan)> {
        let (owner, stored) = self.current::<CarePlan>(id.into())?;
        self.permit(owner, id.into(), &stored, needed(&stored.header))?;
        Ok((owner, stored.record))
    }

    pub(super) fn advance_plan(
        &mut self,
        id: CarePlanId,
        version: u32,
        state: Option<&str>,
        start: PlanStart,
    ) -> Result<Written> {
        let (owner, plan) = self.of_plan(id)?;
        let patient = plan.patient;
        let after = {
            let reader = self.tx.reader();
            let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
            let (template, pinned) = pinned(&reader, &plan)?;
            let facts = facts(&loader, id, template, start, plan.author.clone());
            let state = state.or(plan.state.as_deref()).map(str::to_owned);
            let whole = whole(&loader, id, plan)?;
            plan::advance(&whole.plan, &whole.schedules, &pinned, state.as_deref(), &facts, &derive(id))?
        };
        let written = self.edit_one(id.into(), version, after.plan)?;
        self.put_schedules(patient, after.schedules)?;
        Ok(written)
    }

    pub(super) fn upgrade_plan(
        &mut self,
        id: CarePlanId,
        version: u32,
        template: CareTemplateId,
        choices: &UpgradeChoices,
        start: PlanStart,
    ) -> Result<Written> {
        let (owner, plan) = self.of_plan(id)?;
        let patient = plan.patient;
        let now = self.now;
        let proposal = {
            let reader = self.tx.reader();
            let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
            let later = self::template(&reader, template)?;
            upgraded(&reader, &loader, id, plan, Change { template, later: &later, choices, start }, now)?
        };
        let written = self.edit_one(id.into(), version, proposal.plan)?;
        for PlannedGoal { id, goal } in proposal.goals {
            self.put_kept(patient, id.into(), goal)?;
        }
        self.put_schedules(patient, proposal.schedules)?;
        Ok(written)
    }

    pub(super) fn hand_over_plan(
        &mut self,
        id: CarePlanId,
        version: u32,
        from: CareOwner,
        to: CareOwner,
    ) -> Result<Written> {
        let (owner, plan) = self.of_plan(id)?;
        let patient = plan.patient;
        let after = {
            let reader = self.tx.reader();
            let loader = Loader::of(&reader, self.zones(), owner.pid(), None)?;
            let Whole { plan, schedules, .. } = whole(&loader, id, plan)?;
            plan::hand_over(&plan, &schedules, from, to)?
        };
        let written = self.edit_one(id.into(), version, after.plan)?;
        self.put_schedules(patient, after.schedules)?;
        Ok(written)
    }
}
