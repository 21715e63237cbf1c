//! The room of plans.

use super::Session;
use super::calls::kept;
use super::engage::OneCare;
use super::plans::{self, Change};
use crate::chart::EntryValue;
use crate::command::Command;
use crate::engage::load::Loader;
use crate::error::{Error, ErrorKind, Result};
use crate::id::{CarePlanId, CareTemplateId, GoalId, PatientId};
use crate::plan::{
    self, AssessedGoal, CareOwner, CarePlan, CarePlanView, CareTemplate, CareTemplateView, Goal, GoalView,
    Instantiated, MeasuredValue, PlanStart, UpgradeChoices, UpgradeProposal,
};
use crate::sensitive::Sensitive;
use crate::store::record::{Header, Stored};
use crate::time::Instant;

/// Templates, plans of care and goals. See [`Session::plan`].
#[derive(Debug, Clone, Copy)]
pub struct PlanRoom<'a>(pub(super) &'a Session);

kept! { PlanRoom:
    "a template of care plans" CareTemplate CareTemplateId CareTemplateView care_template:
        add_template AddCareTemplate, edit_template EditCareTemplate, void_template VoidCareTemplate, template,
        template_history, template_known_at;
    "a plan of care" CarePlan CarePlanId CarePlanView care_plan:
        add_plan AddCarePlan, edit_plan EditCarePlan, void_plan VoidCarePlan, plan, plan_history, plan_known_at;
    "a goal" Goal GoalId GoalView goal:
        add_goal AddGoal, edit_goal EditGoal, void_goal VoidGoal, goal, goal_history, goal_known_at;
}

impl PlanRoom<'_> {
    /// The templates that were not entered in error, in the order they were added.
    ///
    /// # Errors
    /// `Denied` to those who may not see the directory; `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn templates(&self) -> Result<Vec<CareTemplateView>> {
        let templates = self.0.shared_records::<CareTemplate>()?;
        Ok(templates.into_iter().map(|(id, stored)| CareTemplateView::of(id.into(), stored)).collect())
    }

    /// The plans of a patient that were not entered in error, in the order they were added.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `AuditUnavailable`, `Closed`.
    pub fn plans(&self, patient: PatientId) -> Result<Vec<CarePlanView>> {
        self.0.engage().of_patient(patient, |care| {
            let mut plans = care.loader.items::<CarePlan, CarePlanId>()?;
            plans.sort_by_key(|(id, _)| *id);
            let shown = plans.into_iter().filter(|(id, stored)| care.permits((*id).into(), stored));
            Ok(shown.map(|(id, stored)| CarePlanView::of(id, stored)).collect())
        })
    }

    /// The goals of a patient that were not entered in error, in the order of their ids, each with how it stands by the
    /// newest values of the chart that the session may see. What was not measured is unknown, never met.
    ///
    /// # Errors
    /// As [`plans`](Self::plans).
    pub fn goals(&self, patient: PatientId) -> Result<Vec<AssessedGoal>> {
        self.0.engage().of_patient(patient, |care| {
            let mut goals = care.loader.items::<Goal, GoalId>()?;
            goals.sort_by_key(|(id, _)| *id);
            goals.retain(|(id, stored)| care.permits((*id).into(), stored));
            let mut codes: Vec<_> =
                goals.iter().flat_map(|(_, goal)| &goal.record.targets).map(|target| target.measure.clone()).collect();
            codes.sort_by(|a, b| (&a.system, &a.code).cmp(&(&b.system, &b.code)));
            codes.dedup_by(|a, b| a.is(b));
            let facts = self.measured(patient, &codes)?;
            let assessed = goals.into_iter().map(|(id, stored)| {
                let assessment = plan::assess(&stored.record, &facts, care.look.now);
                AssessedGoal { goal: GoalView::of(id, stored), assessment }
            });
            Ok(assessed.collect())
        })
    }

    /// The newest values of codes in the chart of a patient.
    fn measured(&self, patient: PatientId, codes: &[crate::Coding]) -> Result<Vec<MeasuredValue>> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        let latest = self.0.chart().latest(patient, codes)?;
        let values = latest.into_iter().filter_map(|latest| {
            let EntryValue::Quantity(value) = latest.value else { return None };
            Some(MeasuredValue { code: latest.code, value, when: latest.when, entry: Some(latest.entry) })
        });
        Ok(values.collect())
    }

    /// Makes a plan for a patient from a template: the plan, its goals and its schedules, all or nothing. Gives the plan.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` naming an event that the template needs and that is missing.
    pub fn start(&self, template: CareTemplateId, patient: PatientId, start: PlanStart) -> Result<CarePlanId> {
        self.0.one(Command::StartPlan { id: None, template, patient, start })
    }

    /// What [`start`](Self::start) would make. Ids are those of a plan with the id `plan`.
    ///
    /// # Errors
    /// As reading the patient and the template; `Invalid` as [`start`](Self::start).
    pub fn preview_start(
        &self,
        template: CareTemplateId,
        patient: PatientId,
        plan: CarePlanId,
        start: PlanStart,
    ) -> Result<Instantiated> {
        let of = self.template(template)?.care_template;
        self.0.engage().of_patient(patient, |care| {
            let author = Some(care.look.session.actor.who.clone());
            let facts = plans::facts(&care.loader, plan, template, start, author);
            plan::instantiate(&of, &facts, &plans::derive(plan))
        })
    }

    /// Takes a plan to another state of its pathway, or tells it of events it waited for. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` if no way leads to the state.
    pub fn advance(&self, id: CarePlanId, version: u32, state: Option<String>, start: PlanStart) -> Result<u32> {
        self.0.next_version(Command::AdvancePlan { id, version, state, start })
    }

    /// Upgrades a plan to the current version of a template, row by row as chosen. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` if the plan was not made from a version of the template.
    pub fn upgrade(
        &self,
        id: CarePlanId,
        version: u32,
        template: CareTemplateId,
        choices: UpgradeChoices,
        start: PlanStart,
    ) -> Result<u32> {
        self.0.next_version(Command::UpgradePlan { id, version, template, choices, start })
    }

    /// What [`upgrade`](Self::upgrade) would do: the rows that differ, and what the plan would be.
    ///
    /// # Errors
    /// As reading the plan and the template; `Invalid` as [`upgrade`](Self::upgrade).
    pub fn preview_upgrade(
        &self,
        id: CarePlanId,
        template: CareTemplateId,
        choices: UpgradeChoices,
        start: PlanStart,
    ) -> Result<UpgradeProposal> {
        let later = self.template(template)?.care_template;
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<CarePlan>(&reader, id.into())?;
        let stored: Stored<CarePlan> = reader.current(&locator)?;
        let loader = Loader::of(&reader, &look.session.core.zones, locator.owner.pid(), None)?;
        let care = OneCare { look: &look, reader: &reader, locator: &locator, loader };
        for (schedule, stored) in care.loader.schedules()? {
            if stored.record.plan == Some(id) && !care.permits(schedule.into(), &stored) {
                return Err(Error::new(ErrorKind::Denied, "policy does not permit this actor to see all of the plan"));
            }
        }
        let loader = care.loader;
        let change = Change { template, later: &later, choices: &choices, start };
        plans::upgraded(&reader, &loader, id, stored.record, change, look.now)
    }

    /// Hands what someone owns of a plan, its activities and its schedules over to someone else. Nothing is left without an
    /// owner. Gives the new version.
    ///
    /// # Errors
    /// As [`Session::execute`]; `Invalid` if something would be left without an owner.
    pub fn hand_over(&self, id: CarePlanId, version: u32, from: CareOwner, to: CareOwner) -> Result<u32> {
        self.0.next_version(Command::HandOverPlan { id, version, from, to })
    }
}
