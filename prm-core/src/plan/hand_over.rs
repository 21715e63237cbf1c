//! Handing a plan from one team or person to another.

use serde::{Deserialize, Serialize};

use super::{CarePlan, PlannedSchedule};
use crate::engage::{Assignee, Pool, ScheduleStatus};
use crate::error::{Error, Result};

/// Who sees to something: a team or clinic, or a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareOwner {
    /// A team or clinic.
    Pool(Pool),
    /// A person.
    Person(Assignee),
}

/// What a hand-over comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The plan afterwards.
    pub plan: CarePlan,
    /// The schedules that change, as they are afterwards.
    pub schedules: Vec<PlannedSchedule>,
    /// How many activities and schedules have another owner than before.
    pub moved: u32,
}

/// Hands everything of a plan that is not over from one team or person to another. `schedules` are all those of the
/// plan. What has ended stays with those who did it. A person who is named for something of a team that hands it to
/// another person keeps it.
///
/// # Errors
/// `Invalid` when both are the same; when a team's work would become the patient's, or no team would watch over what the
/// patient does; when a schedule of the plan is missing; when something of the plan would be without an owner afterwards, whoever had it before; when those who see
/// at once to an answer that shows danger would be replaced by one person.
pub fn hand_over(plan: &CarePlan, schedules: &[PlannedSchedule], from: CareOwner, to: CareOwner) -> Result<HandOver> {
    if from == to {
        return Err(Error::invalid("to", "name someone else to hand over to"));
    }
    if matches!(from, CareOwner::Pool(_)) && to == CareOwner::Person(Assignee::Patient) {
        return Err(Error::invalid("to", "hand the work of a team to a team or to someone of one"));
    }
    let mut done = HandOver { plan: plan.clone(), schedules: Vec::new(), moved: 0 };
    let open = |planned: &&PlannedSchedule| planned.schedule.status == ScheduleStatus::Active;
    for activity in done.plan.activities.iter_mut().filter(|activity| !activity.status.is_end()) {
        if activity.schedule.is_some_and(|id| !schedules.iter().any(|planned| planned.id == id)) {
            return Err(Error::invalid("schedules", "hand over all schedules of the plan together"));
        }
        let mut moved = replace(&mut activity.pool, &mut activity.owner, from, to)?;
        if let (Some(responder), CareOwner::Pool(pool)) = (activity.responder, from)
            && responder == pool
        {
            let CareOwner::Pool(next) = to else {
                return Err(Error::invalid("to", "name a team that sees at once to an answer that shows danger"));
            };
            activity.responder = Some(next);
            moved = true;
        }
        done.moved = done.moved.saturating_add(u32::from(moved));
        owned(activity.pool, activity.owner, &format!("activities.{}", activity.key))?;
    }
    for planned in schedules.iter().filter(open) {
        let mut schedule = planned.schedule.clone();
        let moved = replace(&mut schedule.pool, &mut schedule.assignee, from, to)?;
        owned(schedule.pool, schedule.assignee, &format!("schedules.{}", planned.id))?;
        if moved {
            done.moved = done.moved.saturating_add(1);
            done.schedules.push(PlannedSchedule { id: planned.id, schedule });
        }
    }
    if let (CareOwner::Pool(Pool::CareTeam(old)), CareOwner::Pool(Pool::CareTeam(new))) = (from, to)
        && done.plan.care_team == Some(old)
    {
        done.plan.care_team = Some(new);
    }
    Ok(done)
}

fn owned(pool: Option<Pool>, person: Option<Assignee>, row: &str) -> Result<()> {
    match (pool, person) {
        (None, None) => Err(Error::invalid(row.to_owned(), "name an owner first: nobody would see to this")),
        _ => Ok(()),
    }
}

/// Puts `to` where `from` is; says whether anything changed.
fn replace(pool: &mut Option<Pool>, person: &mut Option<Assignee>, from: CareOwner, to: CareOwner) -> Result<bool> {
    let theirs = match from {
        CareOwner::Pool(from) => *pool == Some(from),
        CareOwner::Person(from) => *person == Some(from),
    };
    if !theirs {
        return Ok(false);
    }
    match (from, to) {
        (CareOwner::Pool(_), CareOwner::Pool(to)) => *pool = Some(to),
        (CareOwner::Pool(_), CareOwner::Person(to)) => {
            if *person == Some(Assignee::Patient) {
                return Err(Error::invalid("to", "hand what the patient does to a team, which then watches over it"));
            }
            *pool = None;
            *person = person.or(Some(to));
        }
        (CareOwner::Person(_), CareOwner::Person(to)) => *person = Some(to),
        (CareOwner::Person(_), CareOwner::Pool(to)) => {
            *person = None;
            *pool = Some(to);
        }
    }
    Ok(true)
}
