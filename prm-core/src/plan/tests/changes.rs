//! Other versions, other states, other owners.

use super::*;

/// A later version: a row added, one removed, one with another time, a goal with another target.
fn later(earlier: &CareTemplate) -> CareTemplate {
    let mut later = CareTemplate { version: "2026.2".into(), ..earlier.clone() };
    let gone = later.activities.len() - 1;
    let mut added = later.activities[0].clone();
    added.key = "added".into();
    later.activities[0].window.grace = Span { days: 5, ..Span::default() };
    later.activities[0].title = "Another title".into();
    later.activities.remove(gone);
    later.activities.push(added);
    later.goals[0].description = "Another goal".into();
    later
}

fn all(choice: RowChoice) -> UpgradeChoices {
    UpgradeChoices { others: choice, ..UpgradeChoices::default() }
}

fn upgraded(
    made: &Instantiated,
    earlier: &CareTemplate,
    later: &CareTemplate,
    choices: &UpgradeChoices,
) -> UpgradeProposal {
    let facts = facts(earlier, "2025-03-10");
    let ask = Upgrade {
        plan: &made.plan,
        goals: &made.goals,
        schedules: &made.schedules,
        earlier,
        later,
        facts: &facts,
        choices,
        now: noon(),
    };
    upgrade(ask, &derive).unwrap()
}

/// Everything of a plan after an upgrade, what ended left out, phases before the last forgotten.
fn settled(before: &Instantiated, after: &UpgradeProposal) -> Instantiated {
    let mut goals = before.goals.clone();
    for planned in &after.goals {
        goals.retain(|one| one.id != planned.id);
        goals.push(planned.clone());
    }
    let mut schedules = before.schedules.clone();
    for planned in &after.schedules {
        schedules.retain(|one| one.id != planned.id);
        schedules.push(planned.clone());
    }
    goals.retain(|one| !one.goal.status.is_end());
    schedules.retain(|one| one.schedule.status == ScheduleStatus::Active);
    for planned in &mut schedules {
        let mut last = planned.schedule.phases.pop().unwrap();
        last.from = None;
        planned.schedule.phases = vec![last];
    }
    let mut plan = after.plan.clone();
    plan.activities.retain(|one| !one.status.is_end());
    sorted(Instantiated { plan, goals, schedules, waiting: Vec::new() })
}

fn sorted(mut made: Instantiated) -> Instantiated {
    made.plan.activities.sort_by(|a, b| a.key.cmp(&b.key));
    made.goals.sort_by_key(|one| one.id);
    made.schedules.sort_by_key(|one| one.id);
    made.waiting.clear();
    made
}

#[test]
fn a_template_does_not_differ_from_itself_whatever_the_order_of_its_rows() {
    for template in shipped().unwrap() {
        assert_eq!(diff(&template, &template).unwrap(), TemplateDiff::default());
        let mut turned = template.clone();
        turned.activities.reverse();
        assert_eq!(diff(&template, &turned).unwrap(), TemplateDiff::default());
    }
}

#[test]
fn a_diff_names_rows_and_fields() {
    let earlier = template("transitional-care");
    let found = diff(&earlier, &later(&earlier)).unwrap();
    assert_eq!(found.fields, ["version"]);
    let row = |section, key: &str, change, fields: &[&str]| RowDiff {
        section,
        key: key.into(),
        change,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
    };
    let expected = [
        row(TemplateSection::Goals, "handed-over", RowChange::Changed, &["description"]),
        row(TemplateSection::Activities, "added", RowChange::Added, &[]),
        row(TemplateSection::Activities, "contact", RowChange::Changed, &["title", "window"]),
        row(TemplateSection::Activities, "end", RowChange::Removed, &[]),
    ];
    assert_eq!(found.rows, expected);
}

#[test]
fn an_upgrade_that_takes_everything_is_the_plan_of_the_later_version() {
    for earlier in shipped().unwrap() {
        let (later, before) = (later(&earlier), made(&earlier, "2025-03-10"));
        let after = upgraded(&before, &earlier, &later, &all(RowChoice::Take));
        assert_eq!(settled(&before, &after), sorted(made(&later, "2025-03-10")), "{}", earlier.name);
    }
}

#[test]
fn an_upgrade_that_keeps_everything_changes_the_version_alone() {
    let earlier = template("transitional-care");
    let (later, before) = (later(&earlier), made(&earlier, "2025-03-10"));
    let after = upgraded(&before, &earlier, &later, &all(RowChoice::Keep));
    assert_eq!((after.goals.len(), after.schedules.len()), (0, 0));
    let pin = Some(TemplatePin { template: None, name: earlier.name.clone(), version: "2026.2".into() });
    assert_eq!(after.plan, CarePlan { template: pin, ..before.plan });
}

#[test]
fn a_changed_time_holds_from_now_on_and_a_row_can_be_kept() {
    let earlier = template("transitional-care");
    let (later, before) = (later(&earlier), made(&earlier, "2025-03-10"));
    let keep = UpgradeChoice { section: TemplateSection::Activities, key: "end".into(), choice: RowChoice::Keep };
    let choices = UpgradeChoices { rows: vec![keep], ..all(RowChoice::Take) };
    let after = upgraded(&before, &earlier, &later, &choices);
    let contact = schedule(&before, "contact");
    let changed = after.schedules.iter().find(|planned| planned.id == contact.id).unwrap();
    assert_eq!(changed.schedule.phases[0], contact.schedule.phases[0]);
    assert_eq!(changed.schedule.phases[1].from, Some(noon()));
    assert_eq!(changed.schedule.phases[1].window.grace.days, 5);
    let end = after.plan.activities.iter().find(|one| one.key == "end").unwrap();
    assert_eq!(end.status, ActivityStatus::Scheduled);
    // What has ended stays as it was; what was handed over stays with its owner.
    let mut other = before.clone();
    other.plan.activities[0].status = ActivityStatus::Completed;
    other.plan.activities[3].owner = Some(person(9));
    let after = upgraded(&other, &earlier, &later, &all(RowChoice::Take));
    assert_eq!(after.plan.activities[0], other.plan.activities[0]);
    assert_eq!(after.plan.activities[3].owner, Some(person(9)));
}

#[test]
fn an_upgrade_is_of_the_version_a_plan_has_and_of_a_state_there_is() {
    let earlier = template("transitional-care");
    let before = made(&earlier, "2025-03-10");
    let facts = facts(&earlier, "2025-03-10");
    let choices = all(RowChoice::Take);
    let mut later = later(&earlier);
    let ask = |earlier: &CareTemplate, later: &CareTemplate, choices: &UpgradeChoices| {
        let (plan, goals, schedules) = (&before.plan, &before.goals[..], &before.schedules[..]);
        upgrade(Upgrade { plan, goals, schedules, earlier, later, facts: &facts, choices, now: noon() }, &derive)
    };
    assert_eq!(field(ask(&later, &earlier, &choices)), "earlier");
    assert_eq!(field(ask(&earlier, &template("prenatal"), &choices)), "later");
    later.states[0].key = "open".into();
    later.activities[1].states = vec!["open".into()];
    later.activities[2].states = vec!["open".into()];
    assert_eq!(field(ask(&earlier, &later, &choices)), "choices.state");
    let placed = UpgradeChoices { state: Some("open".into()), ..choices };
    assert_eq!(ask(&earlier, &later, &placed).unwrap().plan.state.as_deref(), Some("open"));
}

#[test]
fn a_state_of_the_pathway_begins_and_rests_what_holds_in_it() {
    let template = template("type-2-diabetes");
    let made = made(&template, "2025-03-10");
    let mut facts = facts(&template, "2025-03-10");
    let status = |plan: &CarePlan, key: &str| plan.activities.iter().find(|one| one.key == key).unwrap().status.clone();
    let go = |plan: &CarePlan, schedules: &[PlannedSchedule], state: &str, facts: &PlanFacts| {
        advance(plan, schedules, &template, Some(state), facts, &derive).unwrap()
    };
    let mut schedules = made.schedules.clone();
    let keep = |schedules: &mut Vec<PlannedSchedule>, changed: &[PlannedSchedule]| {
        for planned in changed {
            schedules.retain(|one| one.id != planned.id);
            schedules.push(planned.clone());
        }
    };
    facts.start = "2025-06-10T09:00:00".parse().unwrap();
    let good = go(&made.plan, &schedules, "at-goal", &facts);
    keep(&mut schedules, &good.schedules);
    assert_eq!(status(&good.plan, "hba1c-quarterly"), ActivityStatus::OnHold);
    assert_eq!(status(&good.plan, "hba1c-half-yearly"), ActivityStatus::Scheduled);
    assert_eq!(good.schedules.len(), 2);
    // And back: quarterly again, with a schedule of its own from then on.
    facts.start = "2025-12-10T09:00:00".parse().unwrap();
    let bad = go(&good.plan, &schedules, "adjusting", &facts);
    keep(&mut schedules, &bad.schedules);
    assert_eq!(status(&bad.plan, "hba1c-quarterly"), ActivityStatus::Scheduled);
    let again = bad.plan.activities.iter().find(|one| one.key == "hba1c-quarterly").unwrap().schedule;
    assert!(schedules.iter().filter(|one| one.schedule.activity.as_deref() == Some("hba1c-quarterly")).count() == 2);
    let begun = bad.schedules.iter().find(|one| Some(one.id) == again).unwrap();
    match &begun.schedule.phases[0].timing {
        Timing::Event(timing) => assert_eq!(timing.start.to_string(), "2025-12-10T00:00:00"),
        other => panic!("{other:?}"),
    }
    let closed = go(&bad.plan, &schedules, "closed", &facts);
    assert_eq!(status(&closed.plan, "hba1c-quarterly"), ActivityStatus::Cancelled);
    assert_eq!(status(&closed.plan, "hba1c-half-yearly"), ActivityStatus::Cancelled);
    let nowhere = advance(&closed.plan, &schedules, &template, Some("at-goal"), &facts, &derive);
    assert_eq!(field(nowhere), "state");
}

#[test]
fn a_hand_over_that_would_lose_something_is_refused() {
    let template = template("hypertension");
    let made = made(&template, "2026-03-02");
    let (old, new) = (CareOwner::Pool(team(1)), CareOwner::Pool(team(2)));
    let hand = |made: &Instantiated, from, to| hand_over(&made.plan, &made.schedules, from, to);
    assert_eq!(field(hand(&made, old, old)), "to");
    assert_eq!(field(hand(&made, old, CareOwner::Person(Assignee::Patient))), "to");
    // Nobody of the clinic would watch over what the patient measures.
    assert_eq!(field(hand(&made, old, CareOwner::Person(person(9)))), "to");
    let mut missing = made.clone();
    missing.schedules.pop();
    assert_eq!(field(hand(&missing, old, new)), "schedules");
    let mut unowned = made.clone();
    unowned.plan.activities[3].pool = None;
    assert_eq!(field(hand(&unowned, old, new)), "activities.visit-monthly");
    let responder = super::made(&super::template("depression-follow-up"), "2026-03-02");
    assert_eq!(field(hand(&responder, old, CareOwner::Person(person(9)))), "to");
    let moved = hand(&responder, old, new).unwrap();
    assert!(moved.plan.activities.iter().all(|one| one.responder == Some(team(2)) && one.pool == Some(team(2))));
    assert_eq!(moved.moved, 4);
}

#[test]
fn the_team_of_a_plan_follows_a_hand_over_between_teams() {
    let template = template("transitional-care");
    let mut facts = facts(&template, "2026-03-02");
    (facts.pool, facts.care_team) = (None, Some(CareTeamId::from_uuid(id(1))));
    let made = instantiate(&template, &facts, &derive).unwrap();
    let moved = hand_over(&made.plan, &made.schedules, CareOwner::Pool(team(1)), CareOwner::Pool(team(2))).unwrap();
    assert_eq!(moved.plan.care_team, Some(CareTeamId::from_uuid(id(2))));
}

fn owner() -> impl Strategy<Value = CareOwner> {
    prop_oneof![
        (1u128..4).prop_map(|n| CareOwner::Pool(team(n))),
        (1u128..4).prop_map(|n| CareOwner::Pool(Pool::Organisation(OrganisationId::from_uuid(id(n))))),
        (6u128..9).prop_map(|n| CareOwner::Person(person(n))),
        Just(CareOwner::Person(Assignee::Patient)),
    ]
}

proptest! {
    #[test]
    fn a_hand_over_loses_no_owner(
        which in 0usize..6,
        owners in prop::collection::vec((prop::option::of(1u128..4), prop::option::of(6u128..9)), 12),
        ended in prop::collection::vec(any::<bool>(), 12),
        (from, to) in (owner(), owner()),
    ) {
        let template = shipped().unwrap().remove(which);
        let mut made = made(&template, "2026-03-02");
        for (n, one) in made.plan.activities.iter_mut().enumerate() {
            (one.pool, one.owner) = (owners[n].0.map(team), owners[n].1.map(person));
            if ended[n] {
                one.status = ActivityStatus::Completed;
            }
            for planned in made.schedules.iter_mut().filter(|planned| Some(planned.id) == one.schedule) {
                (planned.schedule.pool, planned.schedule.assignee) = (one.pool, one.owner);
            }
        }
        let before = made.clone();
        if let Ok(done) = hand_over(&made.plan, &made.schedules, from, to) {
            for (one, was) in done.plan.activities.iter().zip(&before.plan.activities) {
                if was.status.is_end() {
                    prop_assert_eq!(one, was);
                } else {
                    prop_assert!(one.pool.is_some() || one.owner.is_some());
                    prop_assert!(from != CareOwner::Person(one.owner.unwrap_or(Assignee::Patient)) || one.owner.is_none());
                }
            }
            for planned in &before.schedules {
                let now = done.schedules.iter().find(|one| one.id == planned.id).unwrap_or(planned);
                prop_assert!(now.schedule.pool.is_some() || now.schedule.assignee.is_some());
            }
            prop_assert_eq!(done.plan.activities.len(), before.plan.activities.len());
        }
    }

    #[test]
    fn an_upgrade_to_the_same_rows_changes_nothing(which in 0usize..6, take: bool) {
        let earlier = shipped().unwrap().remove(which);
        let later = CareTemplate { version: "2026.2".into(), ..earlier.clone() };
        let before = made(&earlier, "2025-03-10");
        let choice = if take { RowChoice::Take } else { RowChoice::Keep };
        let after = upgraded(&before, &earlier, &later, &all(choice));
        prop_assert_eq!((after.goals.len(), after.schedules.len()), (0, 0));
        prop_assert_eq!(after.plan.activities, before.plan.activities);
    }
}

/// What waited for an activity that rested went on waiting for the schedule that was ended, for ever.
#[test]
fn what_waits_for_an_activity_that_begins_again_waits_for_its_new_schedule() {
    let mut template = template("type-2-diabetes");
    let waits =
        template.activities.iter_mut().find(|row| row.states.is_empty() && row.key != "hba1c-quarterly").unwrap();
    waits.prerequisites = vec!["hba1c-quarterly".into()];
    let waits = waits.key.clone();
    let made = made(&template, "2025-03-10");
    let mut facts = facts(&template, "2025-03-10");
    let (mut plan, mut schedules) = (made.plan, made.schedules);
    for (day, state) in [("2025-06-10T09:00:00", "at-goal"), ("2025-12-10T09:00:00", "adjusting")] {
        facts.start = day.parse().unwrap();
        let next = advance(&plan, &schedules, &template, Some(state), &facts, &derive).unwrap();
        for planned in next.schedules {
            schedules.retain(|one| one.id != planned.id);
            schedules.push(planned);
        }
        plan = next.plan;
    }
    let of = |key: &str| {
        let id = plan.activities.iter().find(|one| one.key == key).and_then(|one| one.schedule).unwrap();
        schedules.iter().find(|planned| planned.id == id).unwrap()
    };
    assert_eq!(of("hba1c-quarterly").schedule.status, crate::engage::ScheduleStatus::Active);
    assert_eq!(of(&waits).schedule.prerequisites, [of("hba1c-quarterly").id]);
}
