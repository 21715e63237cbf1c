//! `Task`: an occurrence, and what came of it.
//!
//! | state | `Task.status` |
//! | --- | --- |
//! | upcoming | `requested` |
//! | open, due, overdue | `ready` |
//! | done, partly | `completed` |
//! | skipped, cancelled | `cancelled` |
//! | missed | `failed` |
//! | paused | `on-hold` |
//!
//! `businessStatus` names the state itself. `restriction.period` is the window: from when on it may be done, until when it
//! is in time.

use super::super::Json;
use super::super::export::build::{Build, extension, reference};
use super::super::export::datatypes as write;
use super::super::export::entry::choice;
use super::super::map::at::{At, Notes};
use super::super::map::datatypes as read;
use super::super::map::value::choice as read_value;
use super::carry::{carried_text, close, restore};
use super::{refs, text};
use crate::chart::Component;
use crate::engage::{Occurrence, OccurrenceState, OccurrenceView, Outcome, OutcomeStatus, Schedule};
use crate::time::{Instant, Period, When};
use crate::value::Coding;

const FIELDS: &[&str] = &["moved_to", "outcome"];
/// System of the states of occurrences.
const STATES: &str = "urn:prm:occurrence-state";
/// Extension that says which occurrence of its schedule it is.
const STAMP: &str = "urn:prm:stamp";
/// Extension that says when it is due.
const DUE: &str = "urn:prm:due";
/// Extension of what the schedule does not plan any more, and what was recorded of it shows all the same.
const UNPLANNED: &str = "urn:prm:unplanned";

fn state(state: OccurrenceState) -> (&'static str, &'static str) {
    match state {
        OccurrenceState::Upcoming => ("requested", "upcoming"),
        OccurrenceState::Open => ("ready", "open"),
        OccurrenceState::Due => ("ready", "due"),
        OccurrenceState::Overdue => ("ready", "overdue"),
        OccurrenceState::Missed => ("failed", "missed"),
        OccurrenceState::Done => ("completed", "done"),
        OccurrenceState::Partly => ("completed", "partly"),
        OccurrenceState::Skipped => ("cancelled", "skipped"),
        OccurrenceState::Cancelled => ("cancelled", "cancelled"),
        OccurrenceState::Paused => ("on-hold", "paused"),
    }
}

/// What is recorded of an occurrence, as its view says it.
pub(super) fn recorded(view: &OccurrenceView) -> Occurrence {
    Occurrence {
        schedule: view.schedule,
        stamp: view.stamp,
        moved_to: view.moved_from.map(|_| view.due),
        outcome: view.outcome.clone(),
    }
}

/// The `Task` of an occurrence of a schedule.
pub(super) fn task(view: &OccurrenceView, schedule: Option<&Schedule>, plan: &str, subject: &str) -> Json<'static> {
    let occurrence = recorded(view);
    let json = plain(view, schedule, plan, subject);
    close(json, &occurrence, FIELDS, |json, notes| {
        read_plain(json, &At::ROOT, notes).unwrap_or(Occurrence { moved_to: None, outcome: None, ..occurrence.clone() })
    })
}

fn plain(view: &OccurrenceView, schedule: Option<&Schedule>, plan: &str, subject: &str) -> Json<'static> {
    let (status, business) = state(view.state);
    let outcome = view.outcome.as_ref();
    let time = |at: Instant| When::from(at);
    let window = Period { start: Some(time(view.opens)), end: Some(time(view.until)) };
    let owner = view.assignee.map(|assignee| refs::of_assignee(assignee, subject)).or(view.pool.map(refs::of_pool));
    let role = view.role.as_deref().map(|role| Build::default().text("text", Some(role)).done());
    let stamp = serde_json::to_string(&view.stamp).unwrap_or_default();
    let performed = outcome.and_then(|outcome| outcome.when).map(|when| Period { start: Some(when), end: Some(when) });
    let mut build = Build::resource("Task")
        .add("extension", extension(STAMP, "valueString", Json::from(stamp)))
        .add("extension", extension(DUE, "valueInstant", write::when(&time(view.due))))
        .put("meta", write::meta(schedule.map_or(&[], |schedule| schedule.labels.as_slice())))
        .put("basedOn", Json::List(vec![reference(plan)]))
        .text("status", Some(status))
        .put("statusReason", outcome.and_then(|outcome| outcome.reason.as_ref()).map(write::concept))
        .put("businessStatus", write::concept(&Coding::new(STATES, business).into()))
        .text("intent", Some("plan"))
        .put("code", schedule.and_then(|schedule| schedule.code.as_ref()).map(write::concept))
        .text("description", Some(&view.title))
        .put("focus", refs::to("ServiceRequest", view.schedule))
        .put("for", reference(subject))
        .put("executionPeriod", performed.as_ref().map(write::period))
        .text("lastModified", view.recorded.map(|at| time(at).to_string()).as_deref())
        .put("performerType", role.map(|role| Json::List(vec![role])))
        .put("owner", owner)
        .put("note", text::annotation(outcome.and_then(|outcome| outcome.note.as_ref())))
        .put("restriction", Build::default().put("period", write::period(&window)).done());
    if view.unplanned {
        build = build.add("extension", extension(UNPLANNED, "valueBoolean", Json::Bool(true)));
    }
    for part in outcome.into_iter().flat_map(|outcome| &outcome.values) {
        let output = Build::default().put("type", write::concept(&part.code));
        build = match &part.value {
            Some(value) => build.add("output", choice(output, value).done()),
            None => build,
        };
    }
    for entry in outcome.into_iter().flat_map(|outcome| &outcome.entries) {
        let kind = Build::default().text("text", Some("entry")).done();
        let output = Build::default().put("type", kind).put("valueReference", refs::to_entry(entry));
        build = build.add("output", output.done());
    }
    build.done()
}

/// What a `Task` of ours records of an occurrence; none for a task of another system.
pub(super) fn read_task(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Occurrence> {
    let Some(first) = read_plain(json, at, &mut Notes::default()) else {
        notes.add(at, "a task that is no occurrence of a schedule of the plan");
        return None;
    };
    let read = |json: &Json<'_>, notes: &mut Notes| read_plain(json, at, notes).unwrap_or_else(|| first.clone());
    if json.items("extension").iter().any(|e| e.text_of("url") == Some(UNPLANNED)) {
        notes.add(at, "what was recorded of something that its schedule does not plan any more");
        return None;
    }
    // Only what is recorded is carried; the rest of a task is computed from the schedule.
    let write = |_: &Occurrence| json.clone().into_owned();
    Some(restore(json, FIELDS, at, notes, read, write))
}

fn read_plain(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Occurrence> {
    let stamp = serde_json::from_str(carried_text(json, STAMP)?).ok()?;
    let schedule = json.get("focus").and_then(|focus| refs::id_of(focus, "ServiceRequest"))?;
    let business = read::concept_of(json, "businessStatus", at, notes);
    let code = business.and_then(|concept| concept.codings.into_iter().find(|c| c.system.as_deref() == Some(STATES)));
    let status = code.map(|code| OutcomeStatus::from_code(&code.code));
    let outcome = status.filter(|status| !matches!(status, OutcomeStatus::Other(_))).map(|status| {
        let mut outcome = Outcome {
            when: read::period(json, "executionPeriod", at, notes).and_then(|period| period.start),
            reason: read::concept_of(json, "statusReason", at, notes),
            note: text::note(json, "note", at, notes),
            ..Outcome::new(status)
        };
        for (n, output) in json.items("output").iter().enumerate() {
            let here = at.item("output", n);
            let entry = output.get("valueReference").and_then(|entry| refs::id_of(entry, ""));
            match (entry, read::concept_of(output, "type", &here, notes)) {
                (Some(entry), _) => outcome.entries.push(entry),
                (None, Some(code)) => {
                    outcome.values.push(Component { code, value: read_value(output, &here, notes) });
                }
                (None, None) => notes.add(&here, "an output of no type"),
            }
        }
        outcome
    });
    Some(Occurrence { schedule, stamp, moved_to: None, outcome })
}
