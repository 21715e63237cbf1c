//! Taking a plan from one version of its template to another, row by row.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::build::{self, Builder, targets};
use super::instantiate::usable;
use super::{
    CarePlan, CareTemplate, GoalStatus, PlanActivity, PlanFacts, PlannedGoal, PlannedSchedule, RowChange, TemplateDiff,
    TemplateSection, diff,
};
use crate::engage::change::follow_on;
use crate::engage::{Phase, ScheduleStatus};
use crate::error::{Error, Result};
use crate::time::Instant;

/// What to do about a row that differs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChoice {
    /// Leave the plan as it is.
    #[default]
    Keep,
    /// Do as the later version says.
    Take,
}

/// The choice for one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpgradeChoice {
    /// The part of the template: problems, goals or activities. Events and states always follow the version.
    pub section: TemplateSection,
    /// Key of the row.
    pub key: String,
    /// What to do.
    pub choice: RowChoice,
}

/// The choices of an upgrade.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpgradeChoices {
    /// Choices for single rows.
    pub rows: Vec<UpgradeChoice>,
    /// What to do about all other rows.
    pub others: RowChoice,
    /// The state the plan is in afterwards; needed if the later version does not know its present one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// A plan as an upgrade would leave it. Nothing is erased: what the later version does not have is ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpgradeProposal {
    /// What the versions differ in.
    pub diff: TemplateDiff,
    /// The plan, with the later version.
    pub plan: CarePlan,
    /// Goals that are new or change, as they are afterwards.
    pub goals: Vec<PlannedGoal>,
    /// Schedules that are new or change, as they are afterwards. A changed time holds from `now` on: what was recorded
    /// before stays with the time it was recorded for.
    pub schedules: Vec<PlannedSchedule>,
}

/// What a plan is upgraded from and to.
#[derive(Clone, Copy)]
pub struct Upgrade<'a> {
    /// The plan.
    pub plan: &'a CarePlan,
    /// Its goals.
    pub goals: &'a [PlannedGoal],
    /// All its schedules.
    pub schedules: &'a [PlannedSchedule],
    /// The version it was made from.
    pub earlier: &'a CareTemplate,
    /// The version it is to have.
    pub later: &'a CareTemplate,
    /// What new rows are made from; `start` is from when on they hold. Events of the plan need not be repeated.
    pub facts: &'a PlanFacts,
    /// What to do about each row.
    pub choices: &'a UpgradeChoices,
    /// From when on changed times hold.
    pub now: Instant,
}

/// What `plan` would be with the later version. Rows that do not differ are left as they are, whatever was done to them
/// by hand; so are activities and goals that have ended. Owners stay unless a row names another role.
///
/// # Errors
/// `Invalid` when the plan was not made from the earlier version; when the templates are not versions of one; when the
/// later one does not know the state of the plan and none is chosen; and as [`instantiate`](super::instantiate) for what
/// is new.
pub fn upgrade(upgrade: Upgrade<'_>, derive: &dyn Fn(&str) -> Uuid) -> Result<UpgradeProposal> {
    let Upgrade { plan, earlier, later, choices, .. } = upgrade;
    let pinned = plan.template.as_ref();
    if !pinned.is_some_and(|pin| pin.name == earlier.name && pin.version == earlier.version) {
        return Err(Error::invalid("earlier", "name the version that the plan was made from"));
    }
    if earlier.name != later.name {
        return Err(Error::invalid("later", "upgrade a plan to a version of the template it was made from"));
    }
    let mut facts = upgrade.facts.clone();
    facts.events.retain(|event| !plan.events.iter().any(|kept| kept.key == event.key));
    facts.events.extend(plan.events.iter().cloned());
    facts.events.retain(|event| later.events.iter().any(|known| known.key == event.key));
    usable(later, &facts)?;
    let state = state_after(plan, later, choices)?;
    let builder = Builder { template: later, facts: &facts, derive, state, present: &plan.activities };
    let differences = diff(earlier, later)?;
    let mut after = Proposal { upgrade, builder, plan: plan.clone(), goals: Vec::new(), schedules: Vec::new() };
    after.plan.template = Some(after.builder.pin());
    after.plan.state.clone_from(&after.builder.state);
    let fresh = facts.events.iter().filter(|event| !plan.events.iter().any(|kept| kept.key == event.key));
    after.plan.events.extend(fresh.cloned());
    if differences.fields.iter().any(|field| field == "title" || field == "source") {
        after.plan.title = super::shown_title(&later.title, later.source.evidence);
    }
    for row in &differences.rows {
        if chosen(choices, row.section, &row.key) == RowChoice::Keep {
            continue;
        }
        match row.section {
            TemplateSection::Problems => after.problem(&row.key),
            TemplateSection::Goals => after.goal(&row.key, row.change)?,
            TemplateSection::Activities => after.activity(&row.key, row.change, &row.fields)?,
            TemplateSection::Events | TemplateSection::States => {}
        }
    }
    after.settle()?;
    let Proposal { plan, goals, schedules, .. } = after;
    Ok(UpgradeProposal { diff: differences, plan, goals, schedules })
}

fn chosen(choices: &UpgradeChoices, section: TemplateSection, key: &str) -> RowChoice {
    let row = choices.rows.iter().find(|row| row.section == section && row.key == key);
    row.map_or(choices.others, |row| row.choice)
}

fn state_after(plan: &CarePlan, later: &CareTemplate, choices: &UpgradeChoices) -> Result<Option<String>> {
    let Some(first) = later.states.first() else { return Ok(None) };
    let wanted = choices.state.as_ref().or(plan.state.as_ref()).unwrap_or(&first.key);
    if later.states.iter().any(|state| state.key == *wanted) {
        return Ok(Some(wanted.clone()));
    }
    Err(Error::invalid("choices.state", "choose a state of the later version: it does not know the present one"))
}

struct Proposal<'a> {
    upgrade: Upgrade<'a>,
    builder: Builder<'a>,
    plan: CarePlan,
    goals: Vec<PlannedGoal>,
    schedules: Vec<PlannedSchedule>,
}

impl Proposal<'_> {
    fn problem(&mut self, key: &str) {
        let of =
            |template: &CareTemplate| template.problems.iter().find(|row| row.key == key).map(|row| row.code.clone());
        let (old, new) = (of(self.upgrade.earlier), of(self.upgrade.later));
        let place = self.plan.addresses.iter().position(|code| Some(code) == old.as_ref());
        match (place, new) {
            (Some(at), Some(new)) => {
                if let Some(code) = self.plan.addresses.get_mut(at) {
                    *code = new;
                }
            }
            (Some(at), None) => drop(self.plan.addresses.remove(at)),
            (None, Some(new)) => self.plan.addresses.push(new),
            (None, None) => {}
        }
    }

    fn goal(&mut self, key: &str, change: RowChange) -> Result<()> {
        let present = self.upgrade.goals.iter().find(|planned| planned.goal.key.as_deref() == Some(key)).cloned();
        if present.as_ref().is_some_and(|planned| planned.goal.status.is_end()) {
            return Ok(());
        }
        let row = self.upgrade.later.goals.iter().find(|row| row.key == key);
        let after = match (present, row, change) {
            (Some(mut planned), None, _) => {
                planned.goal.status = GoalStatus::Cancelled;
                planned
            }
            (Some(mut planned), Some(row), _) => {
                let new = self.builder.goal(row)?.goal;
                // Its days are counted from the day it began, not from that of the upgrade.
                let targets = match planned.goal.start {
                    Some(start) => targets(row, start.start())?,
                    None => new.targets,
                };
                (planned.goal.description, planned.goal.targets, planned.goal.basis) =
                    (new.description, targets, new.basis);
                planned
            }
            (None, Some(row), RowChange::Added) => self.builder.goal(row)?,
            // It was taken out of the plan by hand.
            (None, _, _) => return Ok(()),
        };
        self.goals.push(after);
        Ok(())
    }

    fn activity(&mut self, key: &str, change: RowChange, fields: &[String]) -> Result<()> {
        let later = self.upgrade.later;
        let row = later.activities.iter().find(|row| row.key == key);
        let place = self.plan.activities.iter().position(|one| one.key == key);
        let present = place.and_then(|at| self.plan.activities.get(at)).cloned();
        match (present, row) {
            (Some(one), _) if one.status.is_end() => {}
            (Some(one), None) => self.end(one),
            (Some(one), Some(row)) => {
                let new = self.builder.activity(row);
                let role = fields.iter().any(|field| field == "role" || field == "performer");
                let owner = if role { new.owner } else { one.owner };
                let after = PlanActivity {
                    status: one.status,
                    owner,
                    pool: one.pool.or(new.pool),
                    schedule: one.schedule,
                    responder: one.responder.filter(|_| row.needs_responder).or(new.responder),
                    note: one.note,
                    ..new
                };
                self.change(&after, fields)?;
                self.put(after);
            }
            (None, Some(row)) if change == RowChange::Added => {
                let new = self.builder.activity(row);
                self.plan.activities.push(new);
            }
            // It was taken out of the plan by hand.
            (None, _) => {}
        }
        Ok(())
    }

    fn put(&mut self, activity: PlanActivity) {
        if let Some(place) = self.plan.activities.iter_mut().find(|one| one.key == activity.key) {
            *place = activity;
        }
    }

    fn end(&mut self, one: PlanActivity) {
        let status = build::ended(&one.status);
        if let Some(mut planned) = self.planned(&one) {
            planned.schedule.status = ScheduleStatus::Revoked;
            self.schedules.push(planned);
        }
        self.put(PlanActivity { status, ..one });
    }

    /// The schedule of an activity, if it still holds.
    fn planned(&self, one: &PlanActivity) -> Option<PlannedSchedule> {
        let held = |planned: &&PlannedSchedule| planned.schedule.status == ScheduleStatus::Active;
        self.upgrade.schedules.iter().find(|planned| Some(planned.id) == one.schedule).filter(held).cloned()
    }

    /// Brings the schedule of a changed activity after it.
    fn change(&mut self, one: &PlanActivity, fields: &[String]) -> Result<()> {
        let row = self.upgrade.later.activities.iter().find(|row| row.key == one.key);
        let (Some(mut planned), Some(row)) = (self.planned(one), row) else { return Ok(()) };
        let new = self.builder.schedule(row)?.schedule;
        let timed = fields.iter().any(|field| field == "timing" || field == "window");
        let phases = &mut planned.schedule.phases;
        if let Some(phase) = new.phases.first().filter(|_| timed) {
            follow_on(phases, Phase { from: Some(self.upgrade.now), ..phase.clone() });
        }
        planned.schedule = crate::engage::Schedule {
            phases: planned.schedule.phases,
            zone: planned.schedule.zone,
            holidays: planned.schedule.holidays,
            pool: one.pool,
            assignee: one.owner,
            labels: planned.schedule.labels,
            ..new
        };
        self.schedules.push(planned);
        Ok(())
    }

    /// Brings what was taken in line with the state of the pathway.
    fn settle(&mut self) -> Result<()> {
        let Upgrade { choices, schedules, earlier, .. } = self.upgrade;
        let differences = diff(earlier, self.upgrade.later)?;
        let left = |key: &str| {
            differences.row(TemplateSection::Activities, key).is_some()
                && chosen(choices, TemplateSection::Activities, key) == RowChoice::Keep
        };
        let changed = |id| self.schedules.iter().find(|planned| planned.id == id);
        let now: Vec<PlannedSchedule> =
            schedules.iter().map(|planned| changed(planned.id).unwrap_or(planned).clone()).collect();
        for planned in self.builder.settle(&mut self.plan, &now, &left)? {
            self.schedules.retain(|before| before.id != planned.id);
            self.schedules.push(planned);
        }
        Ok(())
    }
}
