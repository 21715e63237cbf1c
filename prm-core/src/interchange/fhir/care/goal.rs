//! `Goal`.

use super::super::Json;
use super::super::export::build::Build;
use super::super::export::datatypes as write;
use super::super::map::at::{At, Notes};
use super::super::map::datatypes as read;
use super::carry::{close, rest, restore};
use super::refs;
use super::text::{annotation, note, shortened};
use crate::id::{GoalId, PatientId};
use crate::plan::{Bound, Goal, GoalStatus, GoalTarget};
use crate::time::{Date, DatePrecision};
use crate::value::{Coding, Comparator, Concept};

const FIELDS: &[&str] =
    &["key", "description", "status", "targets", "start", "expressed_by", "entries", "basis", "note"];

const KNOWN: &[&str] = &[
    "lifecycleStatus",
    "description",
    "subject",
    "startDate",
    "target",
    "expressedBy",
    "addresses",
    "note",
    "achievementStatus",
];

/// System of the codes that say how far a goal is reached.
const ACHIEVEMENT: &str = "http://terminology.hl7.org/CodeSystem/goal-achievement";

/// The `Goal` of a goal. `achievement` is the code of how far it is reached, if someone assessed it.
pub(super) fn goal(id: GoalId, goal: &Goal, subject: &str, achievement: Option<&str>) -> Json<'static> {
    let patient = goal.patient;
    let json = plain(id, goal, subject, achievement);
    close(json, goal, FIELDS, |json, notes| labelled(read_plain(json, patient, &At::ROOT, notes), goal))
}

/// What is not carried is as it is.
fn labelled(read: Goal, of: &Goal) -> Goal {
    Goal { plan: of.plan, labels: of.labels.clone(), ..read }
}

fn plain(id: GoalId, goal: &Goal, subject: &str, achievement: Option<&str>) -> Json<'static> {
    let achieved = achievement.map(|code| write::concept(&Coding::new(ACHIEVEMENT, code).into()));
    let description = Build::default().text("text", Some(goal.description.expose())).done();
    Build::resource("Goal")
        .text("id", Some(&id.to_string()))
        .put("meta", write::meta(&goal.labels))
        .text("lifecycleStatus", Some(goal.status.code()))
        .put("achievementStatus", achieved)
        .put("description", description)
        .put("subject", super::super::export::build::reference(subject))
        .text("startDate", goal.start.map(|day| day.to_string()).as_deref())
        .list("target", &goal.targets, target)
        .put("expressedBy", goal.expressed_by.as_ref().and_then(refs::of_who))
        .list("addresses", &goal.entries, |id| refs::to_entry(id))
        .put("note", annotation(goal.note.as_ref()))
        .done()
}

fn target(target: &GoalTarget) -> Json<'static> {
    let measure = write::concept(&target.measure.clone().into());
    let with = |bound: &Bound, (including, excluding): (Comparator, Comparator)| {
        let comparator = Some(if bound.excluded { excluding } else { including });
        let quantity = crate::value::Quantity { comparator, ..bound.value.clone() };
        write::quantity(&quantity)
    };
    let build = Build::default().put("measure", measure);
    let build = match (&target.low, &target.high) {
        (Some(low), Some(high)) if !low.excluded && !high.excluded => {
            let range =
                Build::default().put("low", write::quantity(&low.value)).put("high", write::quantity(&high.value));
            build.put("detailRange", range.done())
        }
        (Some(low), None) => build.put("detailQuantity", with(low, (Comparator::AtLeast, Comparator::MoreThan))),
        (None, Some(high)) => build.put("detailQuantity", with(high, (Comparator::AtMost, Comparator::LessThan))),
        _ => build,
    };
    build.text("dueDate", target.due.map(|day| day.to_string()).as_deref()).done()
}

/// The goal that a `Goal` says.
pub(super) fn read_goal(json: &Json<'_>, patient: PatientId, at: &At<'_>, notes: &mut Notes) -> Goal {
    let labels = read::labels(json, notes);
    rest(json, KNOWN, at, notes);
    let goal = restore(
        json,
        FIELDS,
        at,
        notes,
        |json, notes| read_plain(json, patient, at, notes),
        |goal| plain(GoalId::from_uuid(uuid::Uuid::nil()), goal, "", None),
    );
    if json.get("achievementStatus").is_some() {
        notes.add(&at.member("achievementStatus"), "how far a goal is reached is assessed here, not read");
    }
    Goal { labels, ..goal }
}

fn read_plain(json: &Json<'_>, patient: PatientId, at: &At<'_>, notes: &mut Notes) -> Goal {
    let description = json.get("description").and_then(|json| read::concept(json, &at.member("description"), notes));
    let description = description.as_ref().and_then(Concept::label).unwrap_or("Goal");
    let description = shortened(description, 2_000, &at.member("description"), notes);
    let code = json.text_of("lifecycleStatus").map(GoalStatus::from_code);
    let status = code.filter(|status| !matches!(status, GoalStatus::Other(_))).unwrap_or_else(|| {
        notes.add(&at.member("lifecycleStatus"), "a status that is not known; the goal is proposed");
        GoalStatus::Proposed
    });
    Goal {
        status,
        targets: read::list(json, "target", at, notes, read_target),
        start: day(json, "startDate", at, notes),
        expressed_by: refs::who(json, "expressedBy", at, notes),
        entries: refs::entries(json, "addresses", at, notes),
        note: note(json, "note", at, notes),
        ..Goal::of(patient, description)
    }
}

fn day(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Date> {
    let text = read::text(json, name, at, notes)?;
    let date = text.parse::<crate::time::PartialDate>().ok().filter(|date| date.precision() == DatePrecision::Day);
    let day = date.and_then(|date| Date::try_from(date.first_day()).ok());
    if day.is_none() {
        notes.add(&at.member(name), "not a whole day");
    }
    day
}

fn read_target(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<GoalTarget> {
    rest(json, &["measure", "detailRange", "detailQuantity", "dueDate"], at, notes);
    let measure = read::concept_of(json, "measure", at, notes);
    let mut codings = measure.map(|measure| measure.codings).unwrap_or_default().into_iter();
    let Some(measure) = codings.next() else {
        notes.add(at, "a target that names no code of what is measured");
        return None;
    };
    if codings.next().is_some() {
        notes.add(&at.member("measure"), "further codes of what is measured");
    }
    let included = |value| Some(Bound { value, excluded: false });
    let (mut low, mut high) = (None, None);
    if let Some(range) = json.get("detailRange") {
        let mut end = |name| {
            let quantity = range.get(name)?;
            read::quantity(quantity, &at.member("detailRange").member(name), notes)
        };
        (low, high) = (end("low").and_then(included), end("high").and_then(included));
    }
    if let Some(quantity) = json.get("detailQuantity") {
        let here = at.member("detailQuantity");
        let mut value = read::quantity(quantity, &here, notes);
        let comparator = value.as_mut().and_then(|value| value.comparator.take());
        let bound = |excluded| value.clone().map(|value| Bound { value, excluded });
        match comparator {
            Some(Comparator::AtLeast) => low = bound(false),
            Some(Comparator::MoreThan) => low = bound(true),
            Some(Comparator::AtMost) => high = bound(false),
            Some(Comparator::LessThan) => high = bound(true),
            _ => notes.add(&here, "an amount that does not say from which side it is reached"),
        }
    }
    let due = day(json, "dueDate", at, notes);
    if low.is_none() && high.is_none() && due.is_none() && json.get("detailRange").is_some() {
        notes.add(at, "a target without ends");
    }
    Some(GoalTarget { measure, low, high, due, stale_after: None })
}
