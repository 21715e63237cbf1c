//! Making plans.

use super::*;
use crate::engage::add_span;

#[test]
fn every_shipped_template_is_sound_and_every_row_says_what_it_rests_on() {
    let templates = shipped().unwrap();
    assert_eq!(templates.len(), 6);
    for template in &templates {
        limits::check_template(template).unwrap();
        for finding in check(template) {
            assert_eq!(finding.problem, Problem::Unverified, "{}: {finding:?}", template.name);
        }
        assert_eq!(template.status, TemplateStatus::Active);
        for row in &template.activities {
            assert!(!row.basis.rationale.is_empty());
            assert!(row.role.is_some() && row.category.is_some(), "{}.{}", template.name, row.key);
        }
        let text = serde_json::to_string(template).unwrap();
        assert_eq!(&serde_json::from_str::<CareTemplate>(&text).unwrap(), template);
        made(template, "2025-03-10");
    }
}

#[test]
fn a_shipped_template_brings_no_content_of_others() {
    for template in shipped().unwrap() {
        let text = serde_json::to_string(&template).unwrap();
        for word in ["snomed", "99495", "99496", "/sct"] {
            assert!(!text.to_lowercase().contains(word), "{}: {word}", template.name);
        }
    }
}

#[test]
fn what_was_not_verified_says_so_where_it_is_shown() {
    let mut marked = 0;
    for template in shipped().unwrap() {
        let made = made(&template, "2025-03-10");
        for row in &template.activities {
            let activity = made.plan.activities.iter().find(|one| one.key == row.key).unwrap();
            let says = row.basis.evidence == Evidence::Unverified;
            marked += u32::from(says);
            assert_eq!(activity.title.ends_with("(unverified)"), says);
            let planned = made.schedules.iter().filter(|one| one.schedule.activity.as_ref() == Some(&row.key));
            planned.for_each(|planned| assert_eq!(planned.schedule.title, activity.title));
        }
        assert_eq!(made.plan.title.ends_with("(unverified)"), template.source.evidence == Evidence::Unverified);
    }
    assert_eq!(marked, 6);
}

/// Vectors of discharge: contact within two business days, visits within 7 and 14 days, the end 29 days after.
#[test]
fn transitional_care_is_counted_from_discharge() {
    let vectors = [
        ("2025-03-10", "2025-03-17", "2025-03-24", "2025-04-08"),
        ("2025-07-03", "2025-07-10", "2025-07-17", "2025-08-01"),
        ("2025-05-23", "2025-05-30", "2025-06-06", "2025-06-21"),
        ("2025-12-31", "2026-01-07", "2026-01-14", "2026-01-29"),
    ];
    let template = template("transitional-care");
    for (discharge, seven, fourteen, end) in vectors {
        let made = made(&template, discharge);
        assert_eq!(steps(&made, "contact").steps, [Span { business_days: 2, ..Span::default() }]);
        for (key, day) in [("visit-7", seven), ("visit-14", fourteen), ("end", end)] {
            let timing = steps(&made, key);
            assert_eq!(timing.anchor, Anchor::Event(RecordId::from_uuid(id(100))));
            let at = add_span(format!("{discharge}T00:00:00").parse().unwrap(), &timing.steps[0], None).unwrap();
            assert_eq!(at.date().to_string(), day, "{key}");
        }
    }
}

#[test]
fn what_is_counted_from_discharge_is_due_although_the_plan_is_made_later() {
    let template = template("transitional-care");
    let mut facts = facts(&template, "2025-03-10");
    facts.start = "2025-03-14T15:00:00".parse().unwrap();
    let late = instantiate(&template, &facts, &derive).unwrap();
    assert_eq!(steps(&late, "contact").start.to_string(), "2025-03-10T00:00:00");
}

/// LMP 2025-01-01: 12 weeks on 26 March, 28 weeks on 16 July, 36 weeks on 10 September, 40 weeks on 8 October.
#[test]
fn prenatal_visits_are_fourteen_at_most_and_end_on_the_expected_day() {
    let made = made(&template("prenatal"), "2025-01-01");
    let mut days = Vec::new();
    for key in ["visit-4-weekly", "visit-2-weekly", "visit-weekly"] {
        for step in &steps(&made, key).steps {
            let at = add_span("2025-01-01T00:00:00".parse().unwrap(), step, None).unwrap();
            days.push(at.date().to_string());
        }
    }
    assert_eq!(days.len(), 14);
    assert!(days.is_sorted());
    for day in ["2025-03-26", "2025-06-18", "2025-07-16", "2025-09-10", "2025-10-08"] {
        assert!(days.iter().any(|one| one == day), "{day}");
    }
    assert_eq!(days.last().unwrap(), "2025-10-08");
}

#[test]
fn visits_before_a_late_first_one_are_not_due() {
    let template = template("prenatal");
    let mut facts = facts(&template, "2025-01-01");
    facts.start = "2025-05-21T09:00:00".parse().unwrap();
    let made = instantiate(&template, &facts, &derive).unwrap();
    assert_eq!(steps(&made, "visit-4-weekly").start.to_string(), "2025-05-21T00:00:00");
    assert_eq!(steps(&made, "glucose").start.to_string(), "2025-01-01T00:00:00");
}

#[test]
fn nothing_by_the_clock_is_due_before_the_plan_starts() {
    let made = made(&template("hypertension"), "2026-03-02");
    let starts = |key: &str| match &schedule(&made, key).schedule.phases[0].timing {
        Timing::Clock(recurrence) => recurrence.start.to_string(),
        other => panic!("{other:?}"),
    };
    // The plan is made at 10:30: the morning is over, or half of it; the evening is not.
    assert_eq!(starts("home-pressure-morning"), "2026-03-03T06:00:00");
    assert_eq!(starts("home-pressure-evening"), "2026-03-02T18:00:00");
    assert_eq!(starts("home-pressure"), "2026-03-09T08:00:00");
    let lasts = schedule(&made, "home-pressure-evening").schedule.phases[0].window.lasts;
    assert_eq!(lasts, Some(Span { hours: 4, ..Span::default() }));
}

#[test]
fn a_plan_is_not_made_without_what_its_template_requires() {
    let template = template("transitional-care");
    let good = facts(&template, "2025-03-10");
    let make = |facts: &PlanFacts| instantiate(&template, facts, &derive);
    assert_eq!(field(make(&PlanFacts { events: vec![], ..good.clone() })), "events.discharge");
    let mut vague = good.clone();
    vague.events[0].on = "2025-03".parse().unwrap();
    assert_eq!(field(make(&vague)), "events.discharge");
    let mut twice = good.clone();
    twice.events.push(twice.events[0].clone());
    assert_eq!(field(make(&twice)), "events.discharge");
    let mut strange = good.clone();
    strange.events[0].key = "admission".into();
    assert_eq!(field(make(&strange)), "events.admission");
    assert_eq!(field(make(&PlanFacts { zone: " ".into(), ..good.clone() })), "zone");
    let retired = CareTemplate { status: TemplateStatus::Retired, ..template.clone() };
    assert_eq!(field(instantiate(&retired, &good, &derive)), "template");
}

/// An answer to item 9 of PHQ-9 above 0 needs someone at once.
#[test]
fn a_questionnaire_that_can_show_danger_needs_someone_who_sees_it() {
    let template = template("depression-follow-up");
    let good = facts(&template, "2025-03-10");
    let alone = PlanFacts { responder: None, ..good.clone() };
    assert_eq!(field(instantiate(&template, &alone, &derive)), "responder");
    let made = instantiate(&template, &good, &derive).unwrap();
    assert!(made.plan.activities.iter().all(|activity| activity.responder == Some(team(1))));
}

#[test]
fn what_waits_has_no_schedule_and_says_for_what() {
    let template = template("type-2-diabetes");
    let mut facts = facts(&template, "2025-03-10");
    facts.birth_date = Some("1960".parse().unwrap());
    let made = instantiate(&template, &facts, &derive).unwrap();
    let waits = |key: &str| made.waiting.iter().find(|one| one.activity == key).map(|one| one.reason.clone());
    assert_eq!(waits("foot"), Some(WaitReason::BirthDate));
    assert_eq!(waits("hba1c-half-yearly"), Some(WaitReason::State));
    assert_eq!(waits("eye"), None);
    let foot = made.plan.activities.iter().find(|one| one.key == "foot").unwrap();
    assert_eq!((foot.schedule, &foot.status), (None, &ActivityStatus::NotStarted));
    assert_eq!(made.schedules.len() + made.waiting.len(), template.activities.len());
}

#[test]
fn an_activity_waits_with_what_it_needs_and_follows() {
    let mut template = template("transitional-care");
    template.events[0].required = false;
    template.activities[3].prerequisites = vec!["contact".into()];
    template.activities[3].timing = TemplateTiming::AfterActivity(FollowTiming {
        activity: "visit-14".into(),
        after: Span { days: 1, ..Span::default() },
        at: DayTime::AllDay,
    });
    let made = made(&template, "2025-03-10");
    let end = &schedule(&made, "end").schedule;
    assert_eq!(end.prerequisites, [schedule(&made, "contact").id]);
    assert_eq!(steps(&made, "end").anchor, Anchor::Completion(schedule(&made, "visit-14").id));
    let before = PlanFacts { events: vec![], ..facts(&template, "2025-03-10") };
    let waiting = instantiate(&template, &before, &derive).unwrap();
    assert_eq!((waiting.schedules.len(), waiting.waiting.len()), (0, 4));
    // The event comes: everything begins, as if it had been there.
    let after = advance(&waiting.plan, &[], &template, Some("new"), &facts(&template, "2025-03-10"), &derive).unwrap();
    assert_eq!(after.plan, made.plan);
    assert_eq!(after.schedules, made.schedules);
}

#[test]
fn owners_come_from_performer_role_and_team() {
    let made = made(&template("hypertension"), "2026-03-02");
    let of = |key: &str| {
        let one = made.plan.activities.iter().find(|one| one.key == key).unwrap();
        let schedule = &schedule(&made, key).schedule;
        assert_eq!((one.owner, one.pool), (schedule.assignee, schedule.pool));
        (one.owner, one.pool)
    };
    assert_eq!(of("home-pressure"), (Some(Assignee::Patient), Some(team(1))));
    assert_eq!(of("visit-monthly"), (None, Some(team(1))));
    let tcm = template("transitional-care");
    let nurse = super::made(&tcm, "2026-03-02").plan.activities[0].owner;
    assert_eq!(nurse, Some(person(7)));
}

proptest! {
    #[test]
    fn a_plan_is_the_same_each_time_it_is_made(which in 0usize..6, day in 1u32..28, month in 1u32..13, minute in 0u32..1440) {
        let template = shipped().unwrap().remove(which);
        let mut facts = facts(&template, &format!("2026-{month:02}-{day:02}"));
        facts.start = format!("2026-{month:02}-{day:02}T{:02}:{:02}:00", minute / 60, minute % 60).parse().unwrap();
        let made = instantiate(&template, &facts, &derive).unwrap();
        prop_assert_eq!(&instantiate(&template, &facts, &derive).unwrap(), &made);
        limits::check_plan(&made.plan).unwrap();
        for planned in &made.goals {
            limits::check_goal(&planned.goal).unwrap();
        }
        for planned in &made.schedules {
            if let Timing::Clock(recurrence) = &planned.schedule.phases[0].timing {
                prop_assert!(recurrence.start >= facts.start);
                recurrence.clone().checked(&crate::time::Zones::bundled()).unwrap();
            }
        }
    }
}
