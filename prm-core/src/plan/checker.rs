//! What is wrong with a template.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::build::repeating;
use super::{Basis, CareTemplate, Evidence, RuleTiming, TemplateActivity, TemplateTiming};
use crate::engage::{DayTime, Rule};
use crate::time::{CivilTime, Zones};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something to know before using the template.
    Note,
    /// Something that is probably not meant.
    Warning,
    /// No plan can be made.
    Error,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The template does nothing.
    Empty,
    /// A key, name, title or version is empty.
    Unnamed,
    /// Two rows of a kind have one key.
    DuplicateKey,
    /// A row names a key that is not there.
    UnknownKey,
    /// Activities wait for each other.
    Cycle,
    /// A state cannot be reached from the first.
    UnreachableState,
    /// From a state no end can be reached.
    DeadState,
    /// A state that ends the pathway leads on.
    EndLeadsOn,
    /// An activity can never be due.
    NeverHappens,
    /// A row does not say why it is there.
    NoRationale,
    /// A row does not say what it rests on.
    NoSource,
    /// The template claims to be better checked than one of its rows is.
    Overstated,
    /// A row was not verified.
    Unverified,
    /// Nothing refers to a row.
    Unused,
}

/// Something that is wrong with a template, or has to be known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The row, e.g. `activities.call`; a field of the template otherwise, e.g. `version`.
    pub row: String,
    /// What it is about.
    pub problem: Problem,
    /// How much it matters.
    pub severity: Severity,
    /// What to do, in one sentence.
    pub text: String,
}

/// Everything that is wrong with `template`, by section and row. Rows that were not verified are notes, so that they
/// can be shown.
pub fn check(template: &CareTemplate) -> Vec<Finding> {
    let mut checker = Checker { template, findings: Vec::new() };
    checker.names();
    checker.keys();
    checker.bases();
    checker.references();
    checker.cycles();
    checker.pathway();
    checker.timings();
    checker.findings
}

struct Checker<'a> {
    template: &'a CareTemplate,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn find(&mut self, row: impl Into<String>, problem: Problem, severity: Severity, text: &str) {
        self.findings.push(Finding { row: row.into(), problem, severity, text: text.to_owned() });
    }

    fn error(&mut self, row: impl Into<String>, problem: Problem, text: &str) {
        self.find(row, problem, Severity::Error, text);
    }

    fn names(&mut self) {
        let template = self.template;
        for (field, text) in [("name", &template.name), ("title", &template.title), ("version", &template.version)] {
            if text.trim().is_empty() {
                self.error(field, Problem::Unnamed, "Give the template a name, a title and a version.");
            }
        }
        if template.source.citation.trim().is_empty() {
            self.error("source.citation", Problem::NoSource, "Say where the template is from.");
        }
        if template.activities.is_empty() {
            self.error("activities", Problem::Empty, "Give the template one activity at least.");
        }
    }

    fn keys(&mut self) {
        let template = self.template;
        /// Key and title of a row.
        type Row<'t> = (&'t str, Option<&'t str>);
        let sections: [(&str, Vec<Row<'_>>); 5] = [
            ("events", template.events.iter().map(|row| (row.key.as_str(), Some(row.title.as_str()))).collect()),
            ("problems", template.problems.iter().map(|row| (row.key.as_str(), row.code.label())).collect()),
            ("goals", template.goals.iter().map(|row| (row.key.as_str(), Some(row.description.as_str()))).collect()),
            (
                "activities",
                template.activities.iter().map(|row| (row.key.as_str(), Some(row.title.as_str()))).collect(),
            ),
            ("states", template.states.iter().map(|row| (row.key.as_str(), Some(row.title.as_str()))).collect()),
        ];
        for (section, rows) in sections {
            let mut seen = BTreeSet::new();
            for (key, title) in rows {
                if key.trim().is_empty() || title.is_none_or(|title| title.trim().is_empty()) {
                    self.error(format!("{section}.{key}"), Problem::Unnamed, "Give the row a key and a title.");
                }
                if !seen.insert(key) {
                    self.error(format!("{section}.{key}"), Problem::DuplicateKey, "Give each row a key of its own.");
                }
            }
        }
    }

    fn bases(&mut self) {
        let template = self.template;
        let problems = template.problems.iter().map(|row| (format!("problems.{}", row.key), &row.basis));
        let goals = template.goals.iter().map(|row| (format!("goals.{}", row.key), &row.basis));
        let activities = template.activities.iter().map(|row| (format!("activities.{}", row.key), &row.basis));
        let transitions = template.states.iter().flat_map(|state| {
            state.transitions.iter().map(|row| (format!("states.{}.{}", state.key, row.to), &row.basis))
        });
        for (row, basis) in problems.chain(goals).chain(activities).chain(transitions) {
            self.basis(row, basis);
        }
    }

    fn basis(&mut self, row: String, basis: &Basis) {
        if basis.rationale.trim().is_empty() {
            self.error(row.as_str(), Problem::NoRationale, "Say why the row is there.");
        }
        let cited = basis.citation.as_ref().is_some_and(|citation| !citation.trim().is_empty());
        if !cited && basis.evidence != Evidence::SiteRule {
            self.error(
                row.as_str(),
                Problem::NoSource,
                "Cite the source of the row, or mark it as a rule of the site.",
            );
        }
        if basis.evidence == Evidence::Unverified {
            if self.template.source.evidence != Evidence::Unverified {
                let text = "Mark the template as unverified while one of its rows is.";
                self.error(row.as_str(), Problem::Overstated, text);
            }
            self.find(
                row,
                Problem::Unverified,
                Severity::Note,
                "Confirm the row from its source before relying on it.",
            );
        }
    }

    fn references(&mut self) {
        let template = self.template;
        let events: BTreeSet<&str> = template.events.iter().map(|row| row.key.as_str()).collect();
        let goals: BTreeSet<&str> = template.goals.iter().map(|row| row.key.as_str()).collect();
        let states: BTreeSet<&str> = template.states.iter().map(|row| row.key.as_str()).collect();
        let activities: BTreeSet<&str> = template.activities.iter().map(|row| row.key.as_str()).collect();
        let mut counted: BTreeSet<&str> = BTreeSet::new();
        for row in &template.activities {
            let (event, follows) = named(&row.timing);
            counted.extend(event);
            let lists: [(&BTreeSet<&str>, Vec<&str>, &str); 5] = [
                (&events, event.into_iter().collect(), "Count from an event of the template."),
                (&activities, follows.into_iter().collect(), "Follow an activity of the template."),
                (&activities, texts(&row.prerequisites), "Name prerequisites by keys of activities of the template."),
                (&goals, texts(&row.goals), "Name goals by keys of the template."),
                (&states, texts(&row.states), "Name states by keys of the template."),
            ];
            for (known, keys, text) in lists {
                if keys.iter().any(|key| !known.contains(key)) {
                    self.error(format!("activities.{}", row.key), Problem::UnknownKey, text);
                }
            }
        }
        for row in &template.events {
            if !counted.contains(row.key.as_str()) {
                let text = "Count something from the event, or leave it out.";
                self.find(format!("events.{}", row.key), Problem::Unused, Severity::Warning, text);
            }
        }
        for row in &template.goals {
            if !template.activities.iter().any(|activity| activity.goals.contains(&row.key)) {
                let text = "Name an activity that serves the goal.";
                self.find(format!("goals.{}", row.key), Problem::Unused, Severity::Warning, text);
            }
        }
    }

    fn cycles(&mut self) {
        let rows = &self.template.activities;
        // What waits for nothing is taken away until nothing of the kind is left: what stays waits for itself.
        let mut waiting: Vec<&TemplateActivity> = rows.iter().collect();
        loop {
            let keys: BTreeSet<&str> = waiting.iter().map(|row| row.key.as_str()).collect();
            let before = waiting.len();
            waiting.retain(|row| {
                row.prerequisites.iter().any(|key| keys.contains(key.as_str()))
                    || named(&row.timing).1.is_some_and(|key| keys.contains(key))
            });
            if waiting.len() == before {
                break;
            }
        }
        for key in waiting.iter().map(|row| row.key.clone()).collect::<Vec<_>>() {
            let text = "Break the circle of activities that wait for each other.";
            self.error(format!("activities.{key}"), Problem::Cycle, text);
        }
    }

    fn pathway(&mut self) {
        let states = &self.template.states;
        let ways = || {
            states.iter().flat_map(|state| state.transitions.iter().map(|way| (state.key.as_str(), way.to.as_str())))
        };
        let first: BTreeSet<&str> = states.first().map(|state| state.key.as_str()).into_iter().collect();
        let ends: BTreeSet<&str> = states.iter().filter(|state| state.ends).map(|state| state.key.as_str()).collect();
        let reached = closure(first, ways);
        let ending = closure(ends, || ways().map(|(from, to)| (to, from)));
        for state in states {
            let row = format!("states.{}", state.key);
            if !reached.contains(state.key.as_str()) {
                self.error(row.as_str(), Problem::UnreachableState, "Lead to the state from one that can be reached.");
            }
            if !ending.contains(state.key.as_str()) {
                self.error(row.as_str(), Problem::DeadState, "Lead from the state to one that ends the pathway.");
            }
            if state.ends && !state.transitions.is_empty() {
                self.find(row.as_str(), Problem::EndLeadsOn, Severity::Warning, "Leave an end without ways out of it.");
            }
            for way in &state.transitions {
                if !states.iter().any(|known| known.key == way.to) {
                    self.error(format!("{row}.{}", way.to), Problem::UnknownKey, "Lead to a state of the template.");
                }
            }
        }
        for row in &self.template.activities {
            if !row.states.is_empty() && !row.states.iter().any(|key| reached.contains(key.as_str())) {
                let text = "Let the activity hold in a state that can be reached.";
                self.error(format!("activities.{}", row.key), Problem::NeverHappens, text);
            }
        }
    }

    fn timings(&mut self) {
        for row in &self.template.activities {
            if let Some(text) = never(&row.timing) {
                self.error(format!("activities.{}", row.key), Problem::NeverHappens, text);
            }
        }
    }
}

/// Everything that can be reached from `known` by the ways that `ways` names.
fn closure<'a, I: Iterator<Item = (&'a str, &'a str)>>(
    mut known: BTreeSet<&'a str>,
    ways: impl Fn() -> I,
) -> BTreeSet<&'a str> {
    loop {
        let before = known.len();
        for (from, to) in ways() {
            if known.contains(from) {
                known.insert(to);
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

fn texts(keys: &[String]) -> Vec<&str> {
    keys.iter().map(String::as_str).collect()
}

/// The event and the activity that a timing counts from.
fn named(timing: &TemplateTiming) -> (Option<&str>, Option<&str>) {
    match timing {
        TemplateTiming::Rule(rule) => (rule.event.as_deref(), None),
        TemplateTiming::Steps(steps) => (Some(&steps.event), None),
        TemplateTiming::AfterActivity(follow) => (None, Some(&follow.activity)),
        TemplateTiming::Birthday(_) | TemplateTiming::AfterCompletion(_) | TemplateTiming::AsNeeded(_) => (None, None),
    }
}

/// What to do about a timing that never comes to a time.
fn never(timing: &TemplateTiming) -> Option<&'static str> {
    match timing {
        TemplateTiming::Rule(rule) if happens(rule) == Some(false) => Some("Write a rule that comes to a day."),
        TemplateTiming::Rule(rule) if happens(rule).is_none() => {
            Some("Write the rule as RFC 5545 does, such as FREQ=WEEKLY;BYDAY=MO, without times of day for whole days.")
        }
        TemplateTiming::Rule(rule) if rule.offset.business_days != 0 => {
            Some("Begin the rule so many days after its event, not business days.")
        }
        TemplateTiming::Steps(steps) if steps.steps.is_empty() || steps.count == Some(0) => {
            Some("Name one step at least.")
        }
        TemplateTiming::Steps(steps) if steps.repeat.is_some_and(|repeat| !repeat.is_forward()) => {
            Some("Let the steps repeat after a span that goes forward.")
        }
        TemplateTiming::AfterCompletion(timing) if !timing.every.is_forward() => {
            Some("Let it come again after a span that goes forward.")
        }
        TemplateTiming::AsNeeded(timing) if timing.most == Some(0) => Some("Allow it once at least."),
        _ => None,
    }
}

/// Whether a rule comes to a time at all; none if it is no rule.
fn happens(timing: &RuleTiming) -> Option<bool> {
    let rule: Rule = timing.rrule.parse().ok()?;
    // A leap year, at the beginning of the Gregorian cycle of 400 years.
    let start: CivilTime = "2000-01-01T00:00:00".parse().ok()?;
    let zones = Zones::bundled();
    let recurrence = repeating(rule, start, timing.at == DayTime::AllDay).checked(&zones).ok()?;
    let first = recurrence.after(&zones, "UTC", start.naive().and_utc(), true).ok()?;
    Some(first.is_some())
}
