//! What is wrong with templates, and what each status may become.

use super::*;

type Spoil = fn(&mut CareTemplate);

#[test]
fn each_fault_of_a_template_is_found_at_its_row() {
    let cases: &[(Spoil, &str, Problem)] = &[
        (|t| t.version = " ".into(), "version", Problem::Unnamed),
        (|t| t.activities[0].title.clear(), "activities.contact", Problem::Unnamed),
        (|t| t.activities.clear(), "activities", Problem::Empty),
        (|t| t.activities[1].key = "contact".into(), "activities.contact", Problem::DuplicateKey),
        (|t| t.events[0].key = "admission".into(), "activities.contact", Problem::UnknownKey),
        (|t| t.activities[0].goals.push("none".into()), "activities.contact", Problem::UnknownKey),
        (|t| t.activities[0].states.push("none".into()), "activities.contact", Problem::UnknownKey),
        (|t| t.activities[0].prerequisites.push("none".into()), "activities.contact", Problem::UnknownKey),
        (|t| t.states[0].transitions[0].to = "none".into(), "states.new.none", Problem::UnknownKey),
        (|t| t.activities[0].prerequisites.push("contact".into()), "activities.contact", Problem::Cycle),
        (
            |t| {
                t.activities[0].prerequisites.push("visit-7".into());
                t.activities[1].prerequisites.push("contact".into());
            },
            "activities.visit-7",
            Problem::Cycle,
        ),
        (|t| t.states[0].transitions.remove(0).to.clear(), "states.moderate", Problem::UnreachableState),
        (|t| t.states[2].transitions.clear(), "states.high", Problem::DeadState),
        (|t| t.states[3].ends = false, "states.closed", Problem::DeadState),
        (|t| t.states[2].ends = true, "states.high", Problem::EndLeadsOn),
        (|t| t.activities[0].basis.rationale.clear(), "activities.contact", Problem::NoRationale),
        (|t| t.activities[0].basis.citation = None, "activities.contact", Problem::NoSource),
        (|t| t.states[0].transitions[0].basis.rationale.clear(), "states.new.moderate", Problem::NoRationale),
        (|t| t.source.citation.clear(), "source.citation", Problem::NoSource),
        (|t| t.activities[0].basis.evidence = Evidence::Unverified, "activities.contact", Problem::Overstated),
        (|t| t.activities[0].basis.evidence = Evidence::Unverified, "activities.contact", Problem::Unverified),
        (|t| rule(t, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "activities.contact", Problem::NeverHappens),
        (|t| rule(t, "every day"), "activities.contact", Problem::NeverHappens),
        (|t| rule(t, "FREQ=HOURLY"), "activities.contact", Problem::NeverHappens),
        (
            |t| timing(t, TemplateTiming::Steps(StepTiming { event: "discharge".into(), ..StepTiming::default() })),
            "activities.contact",
            Problem::NeverHappens,
        ),
        (
            |t| timing(t, TemplateTiming::AfterCompletion(CompletionTiming::default())),
            "activities.contact",
            Problem::NeverHappens,
        ),
        (
            |t| t.events.push(TemplateEvent { key: "b".into(), title: "B".into(), required: false }),
            "events.b",
            Problem::Unused,
        ),
        (|t| t.goals.push(TemplateGoal { key: "b".into(), ..t.goals[0].clone() }), "goals.b", Problem::Unused),
    ];
    let sound = template("transitional-care");
    assert_eq!(check(&sound), []);
    for (n, (spoil, row, problem)) in cases.iter().enumerate() {
        let mut template = sound.clone();
        spoil(&mut template);
        let found = check(&template);
        let there = found.iter().any(|finding| finding.row == *row && finding.problem == *problem);
        assert!(there, "case {n}, {row}: {found:?}");
        let made = instantiate(&template, &facts(&sound, "2025-03-10"), &derive);
        assert_eq!(made.is_err(), found.iter().any(|finding| finding.severity == Severity::Error), "case {n}");
    }
}

fn rule(template: &mut CareTemplate, text: &str) {
    timing(template, TemplateTiming::Rule(RuleTiming { rrule: text.into(), ..RuleTiming::default() }));
}

fn timing(template: &mut CareTemplate, timing: TemplateTiming) {
    template.activities[0].timing = timing;
}

#[test]
fn a_rule_of_29_february_happens() {
    let mut template = template("transitional-care");
    rule(&mut template, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");
    assert_eq!(check(&template), []);
}

#[test]
fn a_faulty_template_may_be_kept_as_a_draft_and_not_be_used() {
    let mut template = template("transitional-care");
    template.states[2].transitions.clear();
    assert_eq!(field(limits::check_template(&template)), "states.high");
    template.status = TemplateStatus::Draft;
    limits::check_template(&template).unwrap();
}

#[test]
fn impossible_templates_are_named_by_their_field() {
    let cases: &[(Spoil, &str)] = &[
        (|t| t.name = "a".repeat(65), "name"),
        (|t| t.title = "a\nb".into(), "title"),
        (|t| t.activities[0].key = "a b".into(), "activities"),
        (|t| t.activities[0].title = "a".repeat(181), "activities.contact.title"),
        (|t| t.activities[0].reminders = vec![Span::default(); 11], "activities.contact.reminders"),
        (|t| t.activities[0].prerequisites = vec!["visit-7".into(); 21], "activities.contact.prerequisites"),
        (|t| t.activities[0].window.grace.days = -1, "activities.contact.window"),
        (|t| t.activities[0].window.grace.days = 1_000_001, "activities.contact.window"),
        (|t| t.activities = vec![t.activities[0].clone(); 201], "activities"),
    ];
    for (spoil, expected) in cases {
        let mut template = template("transitional-care");
        spoil(&mut template);
        assert_eq!(field(limits::check_template(&template)), *expected);
    }
}

#[test]
fn impossible_plans_and_goals_are_named_by_their_field() {
    let made = made(&template("hypertension"), "2026-03-02");
    let plan = |spoil: fn(&mut CarePlan)| {
        let mut plan = made.plan.clone();
        spoil(&mut plan);
        field(limits::check_plan(&plan))
    };
    assert_eq!(plan(|p| p.title.clear()), "title");
    assert_eq!(plan(|p| p.activities[1].key = p.activities[0].key.clone()), "activities.home-pressure-morning");
    assert_eq!(plan(|p| p.activities[1].schedule = p.activities[0].schedule), "activities.home-pressure-evening");
    assert_eq!(plan(|p| p.state = Some("a b".into())), "state");
    let goal = |spoil: fn(&mut Goal)| {
        let mut goal = made.goals[0].goal.clone();
        spoil(&mut goal);
        field(limits::check_goal(&goal))
    };
    assert_eq!(goal(|g| g.description = " ".into()), "description");
    assert_eq!(goal(|g| g.targets[0].measure.code.clear()), "targets[0].measure");
    assert_eq!(goal(|g| g.targets[0].low = g.targets[0].high.clone()), "targets[0]");
    assert_eq!(goal(|g| g.targets[0].due = Some("2026-03-01".parse().unwrap())), "targets[0].due");
}

macro_rules! machine_tests {
    ($($name:ident: $status:ident from $first:ident;)+) => {$(
        #[test]
        fn $name() {
            let all = $status::ALL;
            let strange = $status::from_code("strange");
            for from in all {
                assert!($status::allowed(from, from));
                assert!($status::allowed(from, &$status::EnteredInError));
                assert!(!$status::allowed(from, &strange) && !$status::allowed(&strange, from));
                let leads = all.iter().any(|to| to != from && *to != $status::EnteredInError && $status::allowed(from, to));
                assert_eq!(from.is_end(), !leads, "{from}");
                assert!(from == &$status::EnteredInError || !$status::allowed(&$status::EnteredInError, from));
            }
            // Everything but what only a source leaves unsaid is reached from the first.
            let mut reached = vec![$status::$first];
            for _ in all {
                let next: Vec<_> = all.iter().filter(|to| reached.iter().any(|from| $status::allowed(from, to))).cloned().collect();
                reached = next;
            }
            assert!(all.iter().all(|status| status.code() == "unknown" || reached.contains(status)));
        }
    )+};
}

machine_tests! {
    a_plan_becomes_only_what_it_may: CarePlanStatus from Draft;
    an_activity_becomes_only_what_it_may: ActivityStatus from NotStarted;
    a_goal_becomes_only_what_it_may: GoalStatus from Proposed;
}
