//! Templates, the plans made of them, and what becomes of those.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::engage::{Anchor, Assignee, DayTime, EventTiming, Pool, ScheduleStatus, Span, Timing};
use crate::error::Detail;
use crate::id::{CarePlanId, CareTeamId, OrganisationId, PatientId, PractitionerId, RecordId};
use crate::time::Instant;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// FNV-1a, to make an id of a key.
fn derive(key: &str) -> Uuid {
    let hash = key.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    });
    id(hash)
}

fn template(name: &str) -> CareTemplate {
    shipped().unwrap().into_iter().find(|template| template.name == name).unwrap()
}

fn facts(template: &CareTemplate, day: &str) -> PlanFacts {
    let events = template.events.iter().enumerate();
    PlanFacts {
        birth_date: Some("1960-02-29".parse().unwrap()),
        events: events
            .map(|(n, row)| CareEvent {
                id: RecordId::from_uuid(id(100 + n as u128)),
                key: row.key.clone(),
                on: day.parse().unwrap(),
            })
            .collect(),
        pool: Some(team(1)),
        responder: Some(team(1)),
        assignees: vec![RoleAssignee { role: "nurse".into(), assignee: person(7) }],
        ..PlanFacts::of(
            PatientId::from_uuid(id(1)),
            CarePlanId::from_uuid(id(2)),
            format!("{day}T10:30:00").parse().unwrap(),
            "America/New_York",
        )
    }
}

fn team(n: u128) -> Pool {
    Pool::CareTeam(CareTeamId::from_uuid(id(n)))
}

fn person(n: u128) -> Assignee {
    Assignee::Practitioner(PractitionerId::from_uuid(id(n)))
}

fn made(template: &CareTemplate, day: &str) -> Instantiated {
    instantiate(template, &facts(template, day), &derive).unwrap()
}

fn field<T: std::fmt::Debug>(result: crate::error::Result<T>) -> String {
    match result.unwrap_err().particulars() {
        Some(Detail::Field(field)) => field.to_string(),
        other => panic!("{other:?}"),
    }
}

fn schedule<'a>(made: &'a Instantiated, key: &str) -> &'a PlannedSchedule {
    made.schedules.iter().find(|planned| planned.schedule.activity.as_deref() == Some(key)).unwrap()
}

fn steps<'a>(made: &'a Instantiated, key: &str) -> &'a EventTiming {
    match &schedule(made, key).schedule.phases[0].timing {
        Timing::Event(timing) => timing,
        other => panic!("{other:?}"),
    }
}

fn noon() -> Instant {
    "2026-06-01T12:00:00Z".parse().unwrap()
}

mod changes;
mod checking;
mod making;
mod stored;
