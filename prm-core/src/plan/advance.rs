//! Taking a plan along its pathway.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::build::Builder;
use super::instantiate::usable;
use super::{CarePlan, CareTemplate, PlanFacts, PlannedSchedule};
use crate::error::{Error, Result};

/// A plan in another state of its pathway, or after an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advanced {
    /// The plan afterwards.
    pub plan: CarePlan,
    /// Schedules that begin or end, as they are afterwards.
    pub schedules: Vec<PlannedSchedule>,
}

/// Takes a plan to another state of its pathway, or, with the state it is in, to the events that `facts` now knows.
/// Activities that do not hold in the state rest, and end if the pathway does; those that waited for the state or for an
/// event begin, and those that rested begin again, with another schedule. `schedules` are all those of the plan;
/// `facts.start` is when the state is entered.
///
/// # Errors
/// `Invalid` when the plan was not made from this version of the template; when no way leads from its state to that one;
/// and as [`instantiate`](super::instantiate) for what begins.
pub fn advance(
    plan: &CarePlan,
    schedules: &[PlannedSchedule],
    template: &CareTemplate,
    state: Option<&str>,
    facts: &PlanFacts,
    derive: &dyn Fn(&str) -> Uuid,
) -> Result<Advanced> {
    if !plan.template.as_ref().is_some_and(|pin| pin.name == template.name && pin.version == template.version) {
        return Err(Error::invalid("template", "name the version that the plan was made from"));
    }
    if plan.state.as_deref() != state {
        let from = template.states.iter().find(|one| Some(&one.key) == plan.state.as_ref());
        let leads = from.is_some_and(|from| from.transitions.iter().any(|way| Some(way.to.as_str()) == state));
        if !leads {
            return Err(Error::invalid("state", "take a way that leads from the state the plan is in"));
        }
    }
    let mut facts = facts.clone();
    facts.events.retain(|event| !plan.events.iter().any(|kept| kept.key == event.key));
    facts.events.extend(plan.events.iter().cloned());
    usable(template, &facts)?;
    let mut after = Advanced { plan: plan.clone(), schedules: Vec::new() };
    after.plan.state = state.map(str::to_owned);
    let fresh = facts.events.iter().filter(|event| !plan.events.iter().any(|kept| kept.key == event.key));
    after.plan.events.extend(fresh.cloned());
    let builder =
        Builder { template, facts: &facts, derive, state: after.plan.state.clone(), present: &plan.activities };
    after.schedules = builder.settle(&mut after.plan, schedules, &|_| false)?;
    Ok(after)
}
