use super::super::Json;
use super::*;
use crate::chart::{Component, EntryValue};
use crate::engage::{
    Anchor, Assignee, ClockStamp, ClockZone, EventTiming, Expiry, Measure, Occurrence, OccurrenceState, OccurrenceView,
    Outcome, OutcomeStatus, Phase, Pool, Recurrence, Schedule, Span, Stamp, Timing, Window,
};
use crate::govern::Who;
use crate::id::{CarePlanId, GoalId, PatientId, RecordId};
use crate::plan::*;
use crate::time::{Instant, Period};
use crate::value::{Coding, Concept, Quantity};
use uuid::Uuid;

fn id<T: From<RecordId>>(n: u128) -> T {
    RecordId::from_uuid(Uuid::from_u128(n)).into()
}

fn coded(code: &str) -> Concept {
    Concept { codings: vec![Coding::new("http://loinc.org", code).display("shown")], text: None }
}

fn basis() -> Basis {
    Basis { rationale: "It is asked for.".into(), evidence: Evidence::Derived, citation: Some("a".into()), url: None }
}

fn clock(rule: &str) -> Timing {
    let rule = Some(rule.parse().unwrap());
    Timing::Clock(Recurrence::new("2026-03-02T08:00:00".parse().unwrap(), ClockZone::Floating, rule))
}

fn bound(value: &str, excluded: bool) -> Option<Bound> {
    Some(Bound { value: Quantity::ucum(value.parse().unwrap(), "mm[Hg]").unwrap(), excluded })
}

/// A plan that has something in every field.
fn full() -> CareDocument {
    let patient: PatientId = id(1);
    let plan: CarePlanId = id(2);
    let goals = [
        (bound("90.0", false), bound("130.50", false)),
        (None, bound("140", true)),
        (bound("60", true), bound("140", true)),
    ];
    let goals = goals.into_iter().enumerate().map(|(n, (low, high))| {
        let n = n as u128;
        let target = GoalTarget {
            measure: Coding::new("http://loinc.org", "8480-6"),
            low,
            high,
            due: "2026-09-01".parse().ok(),
            stale_after: Some(Span { months: 3, ..Span::default() }).filter(|_| n == 1),
        };
        let goal = Goal {
            plan: Some(plan),
            key: Some(format!("goal {n}")),
            status: GoalStatus::Active,
            targets: vec![target],
            start: "2026-03-02".parse().ok(),
            expressed_by: Some(if n == 0 { Who::System("import".into()) } else { Who::Patient(patient) }),
            entries: vec![id(70 + n)],
            basis: Some(basis()),
            note: Some("agreed\non the phone".into()),
            labels: vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")],
            ..Goal::of(patient, "Blood pressure below 140 (unverified)")
        };
        let goal_id: GoalId = id(10 + n);
        CareGoal { id: goal_id, reference: format!("Goal/{goal_id}"), goal, achievement: None }
    });
    let window = Window {
        opens: Span { hours: 2, ..Span::default() },
        lasts: Some(Span { hours: 1, minutes: 30, ..Span::default() }),
        grace: Span { days: 1, ..Span::default() },
        expires: Expiry::Never,
    };
    let simple = Schedule {
        plan: Some(plan),
        activity: Some("bp".into()),
        code: Some(coded("85354-9")),
        pool: Some(Pool::CareTeam(id(40))),
        assignee: Some(Assignee::Patient),
        role: Some("nurse".into()),
        measures: vec![Measure { code: coded("8480-6"), unit: Some("mm[Hg]".into()), required: true }],
        reminders: vec![Span { hours: 1, ..Span::default() }],
        ..Schedule::of(patient, "Blood pressure at home", "America/New_York", clock("FREQ=WEEKLY;BYDAY=MO,TH"))
    };
    let event = EventTiming {
        anchor: Anchor::Event(id(50)),
        start: "2026-03-02T00:00:00".parse().unwrap(),
        steps: vec![Span { business_days: 2, ..Span::default() }],
        repeat: None,
        count: None,
        at: crate::engage::DayTime::AllDay,
        first: 0,
    };
    let two = Schedule {
        phases: vec![
            Phase { from: None, timing: Timing::Event(event), window },
            Phase { from: "2026-05-01T00:00:00Z".parse().ok(), timing: clock("FREQ=MONTHLY;BYDAY=-1FR"), window },
        ],
        prerequisites: vec![id(20)],
        labels: vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY")],
        activity: Some("call".into()),
        plan: Some(plan),
        holidays: Some(id(60)),
        ..Schedule::of(patient, "A call", "Europe/Berlin", clock("FREQ=DAILY"))
    };
    let alone = Schedule { plan: Some(plan), ..Schedule::of(patient, "Alone", "UTC", clock("FREQ=DAILY;COUNT=3")) };
    let schedules = [simple, two, alone].into_iter().enumerate();
    let schedules = schedules.map(|(n, schedule)| CareSchedule { id: id(20 + n as u128), schedule, foreign: false });
    let activities = vec![
        PlanActivity {
            status: ActivityStatus::InProgress,
            code: Some(coded("85354-9")),
            category: Some(ActivityCategory::Measurement),
            owner: Some(Assignee::Patient),
            pool: Some(Pool::Organisation(id(41))),
            role: Some("nurse".into()),
            schedule: Some(id(20)),
            goals: vec!["goal 0".into(), "goal 2".into(), "none".into()],
            responder: Some(Pool::CareTeam(id(40))),
            basis: Some(basis()),
            note: Some("with the small cuff".into()),
            ..PlanActivity::of("bp", "Blood pressure at home")
        },
        PlanActivity { schedule: Some(id(21)), ..PlanActivity::of("call", "A call") },
        PlanActivity {
            category: Some(ActivityCategory::Visit),
            owner: Some(Assignee::RelatedPerson(id(42))),
            ..PlanActivity::of("activity-3", "Visit")
        },
    ];
    let of = CarePlan {
        template: Some(TemplatePin { template: Some(id(61)), name: "hypertension".into(), version: "2026.1".into() }),
        status: CarePlanStatus::OnHold,
        intent: CarePlanIntent::Order,
        period: Some(Period { start: "2026-03-02".parse().ok(), end: "2026-06-01T10:00:00+02:00".parse().ok() }),
        addresses: vec![coded("I10"), Concept { codings: Vec::new(), text: Some("falls".into()) }],
        entries: vec![id(71)],
        events: vec![CareEvent { id: id(50), key: "discharge".into(), on: "2026-03-01".parse().unwrap() }],
        activities,
        care_team: Some(id(40)),
        author: Some(Who::Practitioner(id(43))),
        state: Some("titrating".into()),
        note: Some("n".into()),
        labels: vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R")],
        ..CarePlan::of(patient, "Hypertension")
    };
    let stamp = |second| Stamp::Clock(ClockStamp { civil: "2026-03-05T08:00:00".parse().unwrap(), second });
    let mut outcome = Outcome {
        when: "2026-03-05T08:10:00-05:00".parse().ok(),
        values: vec![
            Component {
                code: coded("8480-6"),
                value: Some(EntryValue::Quantity(Quantity::ucum("128.0".parse().unwrap(), "mm[Hg]").unwrap())),
            },
            Component { code: coded("x"), value: None },
        ],
        by: Some(Who::Practitioner(id(43))),
        on_behalf_of: Some(patient),
        entries: vec![id(72)],
        note: Some("sat still".into()),
        ..Outcome::new(OutcomeStatus::Partly)
    };
    let mut occurrences =
        vec![Occurrence { schedule: id(20), stamp: stamp(false), moved_to: None, outcome: Some(outcome.clone()) }];
    outcome = Outcome { reason: Some(coded("away")), ..Outcome::new(OutcomeStatus::Skipped) };
    let moved_to = "2026-03-06T12:00:00Z".parse().ok();
    occurrences.push(Occurrence { schedule: id(20), stamp: stamp(true), moved_to, outcome: Some(outcome) });
    occurrences.push(Occurrence {
        schedule: id(21),
        stamp: Stamp::Event { anchor: id(50), step: 0 },
        moved_to,
        outcome: None,
    });
    CareDocument {
        id: plan,
        plan: of,
        goals: goals.collect(),
        schedules: schedules.collect(),
        occurrences,
        not_taken: Vec::new(),
    }
}

fn view(document: &CareDocument, occurrence: &Occurrence) -> OccurrenceView {
    let at: Instant = "2026-03-05T13:00:00Z".parse().unwrap();
    let schedule = document.schedules.iter().find(|s| s.id == occurrence.schedule).unwrap();
    OccurrenceView {
        patient: document.plan.patient,
        schedule: occurrence.schedule,
        stamp: occurrence.stamp,
        plan: Some(document.id),
        activity: None,
        title: schedule.schedule.title.clone(),
        state: match occurrence.outcome.as_ref().map(|outcome| &outcome.status) {
            Some(OutcomeStatus::Partly) => OccurrenceState::Partly,
            Some(_) => OccurrenceState::Skipped,
            None => OccurrenceState::Cancelled,
        },
        opens: at,
        due: occurrence.moved_to.unwrap_or(at),
        until: at,
        expires: None,
        moved_from: occurrence.moved_to.map(|_| at),
        outcome: occurrence.outcome.clone(),
        recorded: Some(at),
        version: 1,
        unplanned: false,
        pause: None,
        pool: None,
        assignee: schedule.schedule.assignee,
        role: schedule.schedule.role.clone(),
    }
}

fn written(document: &CareDocument) -> String {
    let views: Vec<_> = document.occurrences.iter().map(|occurrence| view(document, occurrence)).collect();
    write_care(document, &views).unwrap()
}

fn reading() -> CareReading {
    CareReading { patient: id(1), zone: "America/Chicago".into(), start: "2026-03-09".parse().unwrap() }
}

fn read(text: &str) -> crate::Result<CareDocument> {
    let mut next = 1000;
    read_care(text, &reading(), &mut || {
        next += 1;
        Ok(Uuid::from_u128(next))
    })
}

#[test]
fn everything_that_a_plan_holds_comes_back() {
    let document = full();
    let back = read(&written(&document)).unwrap();
    assert_eq!(back.not_taken, Vec::<String>::new());
    assert_eq!(back.plan, document.plan);
    assert_eq!(back.goals, document.goals);
    for (back, own) in back.schedules.iter().zip(&document.schedules) {
        assert_eq!(back, own);
    }
    assert_eq!(back, document);
}

#[test]
fn a_plan_of_which_nothing_is_said_comes_back() {
    let plan = CarePlan::of(id(1), "t");
    let document =
        CareDocument { id: id(2), plan, goals: vec![], schedules: vec![], occurrences: vec![], not_taken: vec![] };
    assert_eq!(read(&written(&document)).unwrap(), document);
}

/// Labels decide who sees what: an extension that says there are none is not believed.
#[test]
fn labels_are_read_from_where_everyone_reads_them() {
    let text = written(&full());
    let forged = text.replace(
        r#"{"url":"key","#,
        r#"{"url":"labels","valueString":"[]"},{"url":"patient","valueString":"\"x\""},{"url":"key","#,
    );
    assert_ne!(forged, text);
    let back = read(&forged).unwrap();
    assert_eq!(back.goals, full().goals);
    assert!(back.not_taken.iter().any(|note| note.contains("a field that is not carried")));
}

#[test]
fn a_schedule_with_a_label_is_told_in_its_own_resource_alone() {
    let text = written(&full());
    let json = Json::parse(text.as_bytes()).unwrap();
    let plan = json.items("entry")[0].get("resource").unwrap();
    let timed: Vec<_> = plan.items("activity").iter().map(|a| a.at(&["detail", "scheduledTiming"]).is_some()).collect();
    assert_eq!(timed, [true, false, false]);
}

#[test]
fn what_another_system_changed_takes_the_place_of_what_is_carried() {
    let text = written(&full());
    let changed = text.replace(r#""lifecycleStatus":"active""#, r#""lifecycleStatus":"on-hold""#);
    assert_eq!(read(&changed).unwrap().goals[0].goal.status, GoalStatus::OnHold);
    let changed = text.replace(r#""title":"Hypertension""#, r#""title":"High pressure""#);
    assert_eq!(read(&changed).unwrap().plan.title, "High pressure");
}

#[test]
fn a_plan_of_another_patient_is_refused() {
    let mut other = full();
    other.plan.patient = id(9);
    assert!(read(&written(&other)).unwrap_err().to_string().contains("another patient"));
}

/// What a plan of another system looks like: references that lead nowhere, times in `detail`.
#[test]
fn a_plan_of_another_system_is_taken_as_far_as_it_is_exact_and_the_rest_is_told() {
    let text = r##"{"resourceType":"CarePlan","id":"x","contained":[{"resourceType":"Condition","id":"p","code":{"text":"Obesity"}},
        {"resourceType":"Goal","id":"g","lifecycleStatus":"planned","description":{"text":"Lose weight"},"subject":{"reference":"Patient/e"},
        "target":[{"measure":{"coding":[{"code":"1"}]},"detailQuantity":{"value":80,"comparator":"<="}},{"detailString":"x"}]}],
        "status":"active","intent":"plan","category":[{"text":"c"}],"description":"Manage","subject":{"reference":"Patient/e"},
        "addresses":[{"reference":"#p"}],"goal":[{"reference":"#g"},{"reference":"Goal/none"}],"activity":[
        {"detail":{"status":"in-progress","code":{"text":"Weigh"},"goal":[{"reference":"#g"}],"performer":[{"reference":"Patient/e"}],
         "scheduledTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}}},
        {"detail":{"status":"completed","scheduledTiming":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}}},
        {"detail":{"status":"scheduled","scheduledTiming":{"repeat":{"frequency":3,"period":1,"periodUnit":"d"}}}},
        {"detail":{"status":"scheduled","doNotPerform":true}},{"reference":{"reference":"Task/1"}},
        {"detail":{"status":"scheduled","scheduledPeriod":{"start":"2026-04-01T10:00:00Z","end":"2026-04-01T10:30:00Z"}}}]}"##;
    let found = read(text).unwrap();
    assert_eq!((found.plan.title.as_str(), found.plan.addresses.len(), found.plan.activities.len()), ("Manage", 1, 4));
    assert_eq!((found.goals.len(), found.schedules.len()), (1, 2));
    assert_eq!(found.plan.activities[0].goals, ["goal-1"]);
    assert_eq!(found.plan.activities[0].owner, Some(Assignee::Patient));
    let weigh = &found.schedules[0];
    assert_eq!(found.plan.activities[0].schedule, Some(weigh.id));
    let start =
        Recurrence::of_days("2026-03-09".parse().unwrap(), ClockZone::Floating, Some("FREQ=DAILY".parse().unwrap()));
    assert_eq!(weigh.schedule.phases[0].timing, Timing::Clock(start));
    assert!(weigh.foreign);
    let told = found.not_taken.join("\n");
    for path in [
        "CarePlan.category: ",
        "CarePlan.goal[0].target[1].detailString: ",
        "CarePlan.goal[0].target[1]: ",
        "CarePlan.goal[1]: ",
        "CarePlan.activity[0].detail.scheduledTiming: when it begins is not said",
        "CarePlan.activity[1].detail: ",
        "CarePlan.activity[2].detail.scheduledTiming.repeat.frequency: ",
        "CarePlan.activity[3].detail: ",
        "CarePlan.activity[4]: ",
    ] {
        assert!(told.contains(path), "{path} in\n{told}");
    }
    assert_eq!(found.not_taken.len(), 9, "{told}");
}

/// Seeded mutation: whatever the text, no panic; what is read can be written and read again.
#[test]
fn broken_texts_are_refused_or_read_and_never_panic() {
    let seed = written(&full());
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |most: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % most as u64).unwrap()
    };
    let tokens = ["null", "[]", "{}", "\"\"", "0", "-1", "1e9", "\"urn:prm:kept\"", "\"2026-02-31\"", "true"];
    let marks: Vec<usize> = seed.char_indices().filter(|(_, c)| *c == ':').map(|(n, _)| n + 1).collect();
    let mut read_well = 0;
    for _ in 0..400 {
        let mut text = seed.clone();
        let at = marks[next(marks.len())];
        let token = tokens[next(tokens.len())];
        let rest = &seed[at..];
        let end = rest.find([',', '}', ']']).unwrap_or(0);
        text.replace_range(at..at + end, token);
        if let Ok(found) = read(&text) {
            read_well += 1;
            assert_eq!(
                read(&written(&CareDocument { occurrences: vec![], ..found.clone() })).map(|f| f.plan.title).ok(),
                Some(found.plan.title)
            );
        }
    }
    assert!(read_well > 100, "{read_well}");
}
