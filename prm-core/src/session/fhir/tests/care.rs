//! Plans that the engine carries out, out of one store and into another.

use super::*;
use crate::command::Command;
use crate::engage::{
    Assignee, ClockStamp, ClockZone, OccurrenceState, Outcome, OutcomeStatus, Pool, Recurrence, Schedule, Stamp, Timing,
};
use crate::govern::{Actor, Purpose};
use crate::id::{CarePlanId, GoalId, ScheduleId};
use crate::plan::{CarePlan, CarePlanStatus, Goal, GoalStatus, PlanActivity, shipped};
use crate::value::Concept;
use uuid::Uuid;

const PLAN: u128 = 0x5001;

fn clock(start: &str, rule: &str) -> Timing {
    Timing::Clock(Recurrence::new(start.parse().unwrap(), ClockZone::Floating, Some(rule.parse().unwrap())))
}

/// A plan with a goal and two schedules, one of which waits for the other; one outcome, one move.
fn planned(clinic: &Clinic, patient: PatientId) -> CarePlanId {
    let plan = CarePlanId::from_uuid(Uuid::from_u128(PLAN));
    let schedules: [ScheduleId; 2] = [0x6002, 0x6001].map(|n| ScheduleId::from_uuid(Uuid::from_u128(n)));
    let activity = PlanActivity {
        schedule: Some(schedules[0]),
        owner: Some(Assignee::Practitioner(clinic.doctor)),
        pool: Some(Pool::Organisation(clinic.site)),
        goals: vec!["bp".into()],
        ..PlanActivity::of("home", "Blood pressure at home")
    };
    let care_plan = CarePlan {
        status: CarePlanStatus::Active,
        activities: vec![activity],
        addresses: vec![Concept { codings: Vec::new(), text: Some("Hypertension".into()) }],
        ..CarePlan::of(patient, "Hypertension")
    };
    let goal =
        Goal { plan: Some(plan), key: Some("bp".into()), status: GoalStatus::Active, ..Goal::of(patient, "Below 140") };
    let home = Schedule {
        plan: Some(plan),
        activity: Some("home".into()),
        pool: Some(Pool::Organisation(clinic.site)),
        ..Schedule::of(patient, "Blood pressure at home", "UTC", clock("2026-02-23T08:00:00", "FREQ=DAILY;COUNT=30"))
    };
    let after = Schedule {
        plan: Some(plan),
        prerequisites: vec![schedules[0]],
        ..Schedule::of(patient, "Review", "UTC", clock("2026-02-24T08:00:00", "FREQ=MONTHLY;BYDAY=-1FR"))
    };
    let stamp =
        |day: &str| Stamp::Clock(ClockStamp { civil: format!("{day}T08:00:00").parse().unwrap(), second: false });
    let outcome = Outcome { note: Some("calm".into()), ..Outcome::new(OutcomeStatus::Done) };
    let to = "2026-03-04T15:00:00Z".parse().ok();
    clinic
        .admin
        .execute([
            Command::AddCarePlan { id: Some(plan), care_plan },
            Command::AddGoal { id: Some(GoalId::from_uuid(Uuid::from_u128(0x7001))), goal },
            Command::AddSchedule { id: Some(schedules[0]), schedule: home },
            Command::AddSchedule { id: Some(schedules[1]), schedule: after },
            Command::RecordOutcome {
                id: None,
                schedule: schedules[0],
                stamp: Some(stamp("2026-02-25")),
                version: 0,
                outcome,
            },
            Command::MoveOccurrence { schedule: schedules[0], stamp: stamp("2026-03-03"), version: 0, to },
        ])
        .unwrap();
    plan
}

/// The text with the ids of one clinic put in place of those of another.
fn told_to(text: &str, from: (&Clinic, PatientId), to: (&Clinic, PatientId)) -> String {
    text.replace(&from.1.to_string(), &to.1.to_string())
        .replace(&from.0.site.to_string(), &to.0.site.to_string())
        .replace(&from.0.doctor.to_string(), &to.0.doctor.to_string())
}

#[test]
fn a_plan_goes_from_one_store_to_another_with_all_that_belongs_to_it() {
    let (one, other) = (clinic(), clinic());
    let (ana, bo) = (one.patient("Ana", "Ortiz"), other.patient("Ana", "Ortiz"));
    let plan = planned(&one, ana);
    let text = one.admin.plan().export_fhir(plan).unwrap();
    let came = other.admin.plan().import_fhir(bo, &told_to(&text, (&one, ana), (&other, bo))).unwrap();
    assert_eq!(came.not_taken, Vec::<String>::new());
    assert_eq!((came.plan, came.goals.len(), came.schedules.len(), came.outcomes), (plan, 1, 2, 1));
    let before = one.admin.plan().plan(plan).unwrap().care_plan;
    let after = other.admin.plan().plan(plan).unwrap().care_plan;
    let moved = |plan: CarePlan| serde_json::to_string(&plan).unwrap();
    assert_eq!(told_to(&moved(before), (&one, ana), (&other, bo)), moved(after));
    let from = "2026-02-20T00:00:00Z".parse().unwrap();
    let to = "2026-06-01T00:00:00Z".parse().unwrap();
    let all = |clinic: &Clinic, patient| {
        let list = clinic.admin.engage().occurrences(patient, from, to, 1000).unwrap();
        list.occurrences
            .into_iter()
            .map(|o| (o.schedule, o.stamp, o.state, o.due, o.outcome.map(|o| o.note)))
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&one, ana), all(&other, bo));
    assert!(all(&one, ana).iter().any(|row| row.2 == OccurrenceState::Done));
    let again = other.admin.plan().import_fhir(bo, &told_to(&text, (&one, ana), (&other, bo)));
    assert_eq!(again.unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(other.admin.upkeep().check(&Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn records_that_are_not_in_the_store_are_told_and_left_out() {
    let (one, other) = (clinic(), clinic());
    let (ana, bo) = (one.patient("Ana", "Ortiz"), other.patient("Bo", "Li"));
    let text = one.admin.plan().export_fhir(planned(&one, ana)).unwrap();
    let gone = Uuid::from_u128(9).to_string();
    let text = text.replace(&ana.to_string(), &bo.to_string());
    let text = text.replace(&one.doctor.to_string(), &gone).replace(&one.site.to_string(), &other.site.to_string());
    let came = other.admin.plan().import_fhir(bo, &text).unwrap();
    assert_eq!(came.not_taken, ["activity.owner: a record that is not in this store"]);
    assert_eq!(other.admin.plan().plan(came.plan).unwrap().care_plan.activities[0].owner, None);
}

#[test]
fn a_plan_is_taken_out_and_in_by_those_who_may() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let plan = planned(&clinic, ana);
    let stranger = crate::people::Practitioner::default();
    let stranger = clinic.admin.people().add_practitioner(stranger).unwrap();
    let stranger = clinic.prm.session(Actor::practitioner(stranger), Purpose::Treatment).unwrap();
    let denied = |kind: ErrorKind| assert_eq!(kind, ErrorKind::Denied);
    denied(stranger.plan().export_fhir(plan).unwrap_err().kind());
    let text = clinic.treating().plan().export_fhir(plan).unwrap();
    denied(stranger.plan().import_fhir(bo, &text).unwrap_err().kind());
    let refused = clinic.treating().plan().import_fhir(bo, &text).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Invalid, "a plan of Ana is not taken for Bo");
}

#[test]
fn a_daily_rule_of_another_system_is_not_missed_before_it_came() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let text = r#"{"resourceType":"CarePlan","status":"active","intent":"plan","title":"Old","subject":{"reference":"Patient/x"},
        "period":{"start":"2016-01-01"},"activity":[{"detail":{"status":"in-progress","code":{"text":"Weigh"},
        "scheduledTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}}}]}"#;
    let came = clinic.admin.plan().import_fhir(ana, text).unwrap();
    assert_eq!(came.not_taken.len(), 1, "{:?}", came.not_taken);
    let (from, to) = ("2026-01-01T00:00:00Z".parse().unwrap(), "2026-03-05T00:00:00Z".parse().unwrap());
    let list = clinic.admin.engage().occurrences(ana, from, to, 100).unwrap();
    let states: Vec<_> = list.occurrences.iter().map(|o| o.state).collect();
    assert_eq!(states.len(), 3, "from 2 March on");
    assert_eq!(states[0], OccurrenceState::Due);
}

#[test]
fn a_template_goes_out_and_comes_in() {
    let clinic = clinic();
    for template in shipped().unwrap() {
        let id = clinic.admin.plan().add_template(template.clone()).unwrap();
        let text = clinic.admin.plan().export_template_fhir(id).unwrap();
        let came = clinic.admin.plan().import_template_fhir(&text).unwrap();
        assert_eq!(came.not_taken, Vec::<String>::new());
        assert_eq!(clinic.admin.plan().template(came.template).unwrap().care_template, template);
    }
    let text = r#"{"resourceType":"PlanDefinition","name":"x","title":"X","version":"1","status":"active","action":[
        {"title":"Weigh","timingTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}}]}"#;
    let came = clinic.admin.plan().import_template_fhir(text).unwrap();
    assert_eq!(came.not_taken.len(), 1, "without a reason for its row it is a draft");
}
