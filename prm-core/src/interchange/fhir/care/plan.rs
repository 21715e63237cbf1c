//! `CarePlan`.

use super::super::Json;
use super::super::export::build::{Build, reference};
use super::super::export::datatypes as write;
use super::super::map::at::{At, Notes};
use super::super::map::datatypes as read;
use super::carry::{close, rest, restore};
use super::request::{self, LINK};
use super::{CareGoal, CareSchedule, refs, text};
use crate::id::{CarePlanId, PatientId};
use crate::plan::{
    ActivityCategory, ActivityStatus, CarePlan, CarePlanIntent, CarePlanStatus, PlanActivity, TemplatePin,
};
use crate::value::Concept;

const FIELDS: &[&str] = &[
    "template",
    "title",
    "intent",
    "period",
    "addresses",
    "entries",
    "events",
    "care_team",
    "author",
    "state",
    "note",
];

const KNOWN: &[&str] = &[
    "contained",
    "instantiatesCanonical",
    "status",
    "intent",
    "title",
    "subject",
    "period",
    "author",
    "careTeam",
    "addresses",
    "goal",
    "activity",
    "note",
];

const OF_ACTIVITY: &[&str] =
    &["key", "title", "status", "code", "category", "owner", "pool", "role", "goals", "responder", "basis", "note"];

const OF_DETAIL: &[&str] = &[
    "kind",
    "code",
    "status",
    "description",
    "goal",
    "scheduledTiming",
    "scheduledPeriod",
    "scheduledString",
    "performer",
    "doNotPerform",
];

/// Canonical of a template of ours; its name follows.
pub(super) const TEMPLATE: &str = "urn:prm:template:";

/// Kinds of activities that R4 names as well.
const KINDS: [(ActivityCategory, &str); 2] =
    [(ActivityCategory::Visit, "Appointment"), (ActivityCategory::Medication, "MedicationRequest")];

/// The `CarePlan` of a plan with its goals and schedules.
pub(super) fn plan(
    id: CarePlanId,
    plan: &CarePlan,
    goals: &[CareGoal],
    schedules: &[CareSchedule],
    subject: &str,
) -> Json<'static> {
    let mut build = bare(plan, subject);
    build = build.list("goal", goals, |goal| refs::to("Goal", goal.id));
    let mut json = close(build.done(), plan, FIELDS, |json, notes| CarePlan {
        labels: plan.labels.clone(),
        activities: plan.activities.clone(),
        ..read_bare(json, plan.patient, &At::ROOT, notes)
    });
    let elements: Vec<Json<'static>> = plan
        .activities
        .iter()
        .enumerate()
        .map(|(n, activity)| {
            let json = bare_activity(activity, goals, schedules, subject);
            close(json, activity, OF_ACTIVITY, |json, notes| {
                read_bare_activity(json, n, goals, subject, &At::ROOT, notes)
            })
        })
        .collect();
    if let Some(object) = json.object_mut() {
        object.insert_second("id", Json::from(id.to_string()));
        if !elements.is_empty() {
            object.set("activity", Json::List(elements));
        }
    }
    json
}

fn bare(plan: &CarePlan, subject: &str) -> Build {
    let pin = plan.template.as_ref().map(|pin| format!("{TEMPLATE}{}|{}", pin.name, pin.version));
    let problems = plan.addresses.iter().enumerate().map(|(n, concept)| {
        let (subject, code) = (reference(subject), write::concept(concept));
        let condition = Build::resource("Condition").text("id", Some(&format!("problem-{}", n + 1)));
        condition.put("code", code).put("subject", subject).done()
    });
    let names = (1..=plan.addresses.len()).map(|n| reference(&format!("#problem-{n}")));
    let addresses = names.chain(plan.entries.iter().map(refs::to_entry)).collect();
    Build::resource("CarePlan")
        .put("meta", write::meta(&plan.labels))
        .put("contained", Json::List(problems.collect()))
        .put("instantiatesCanonical", pin.map(|pin| Json::List(vec![Json::from(pin)])))
        .text("status", Some(plan.status.code()))
        .text("intent", Some(plan.intent.code()))
        .text("title", Some(&plan.title))
        .put("subject", reference(subject))
        .put("period", plan.period.as_ref().map(write::period))
        .put("author", plan.author.as_ref().and_then(refs::of_who))
        .put("careTeam", plan.care_team.map(|team| Json::List(vec![refs::to("CareTeam", team)])))
        .put("addresses", Json::List(addresses))
        .put("note", text::annotation(plan.note.as_ref()))
}

fn bare_activity(
    activity: &PlanActivity,
    goals: &[CareGoal],
    schedules: &[CareSchedule],
    subject: &str,
) -> Json<'static> {
    let kind = KINDS.iter().find(|(category, _)| activity.category.as_ref() == Some(category)).map(|(_, kind)| *kind);
    let own = activity.schedule.and_then(|id| schedules.iter().find(|schedule| schedule.id == id));
    // What is withheld from some is said in its own resource alone, under its own label.
    let timing = own.filter(|own| own.schedule.labels.is_empty()).and_then(|own| request::projected(&own.schedule));
    let served = activity.goals.iter().filter_map(|key| goals.iter().find(|goal| goal.goal.key.as_ref() == Some(key)));
    let owner = activity.owner.map(|owner| refs::of_assignee(owner, subject));
    let performers = owner.into_iter().chain(activity.pool.map(refs::of_pool)).collect();
    let detail = Build::default()
        .text("kind", kind)
        .put("code", activity.code.as_ref().map(write::concept))
        .put("goal", Json::List(served.map(|goal| refs::to("Goal", goal.id)).collect()))
        .text("status", Some(activity.status.code()))
        .put("scheduledTiming", timing)
        .put("performer", Json::List(performers))
        .text("description", Some(&activity.title));
    let build = Build::default().put("progress", text::annotation(activity.note.as_ref()));
    let build = match activity.schedule {
        Some(id) => build.add("extension", request::link(id)),
        None => build,
    };
    build.put("detail", detail.done()).done()
}

/// The plan that a `CarePlan` says, without its activities.
pub(super) fn read_plan(json: &Json<'_>, patient: PatientId, at: &At<'_>, notes: &mut Notes) -> CarePlan {
    let described = json.get("title").is_none();
    let known: Vec<&str> = KNOWN.iter().copied().chain(described.then_some("description")).collect();
    rest(json, &known, at, notes);
    let labels = read::labels(json, notes);
    let subject = json.at(&["subject", "reference"]).and_then(Json::text).unwrap_or_default().to_owned();
    let plan = restore(
        json,
        FIELDS,
        at,
        notes,
        |json, notes| read_bare(json, patient, at, notes),
        |plan| bare(plan, &subject).done(),
    );
    CarePlan { labels, ..plan }
}

fn read_bare(json: &Json<'_>, patient: PatientId, at: &At<'_>, notes: &mut Notes) -> CarePlan {
    let titles = ["title", "description"].iter().find_map(|name| json.text_of(name));
    let category = || read::concept_of(json, "category", at, &mut Notes::default());
    let titled = titles.map(str::to_owned).or_else(|| category()?.label().map(str::to_owned));
    let title = text::title(&titled.unwrap_or_else(|| "Care plan".to_owned()), &at.member("title"), notes);
    let status = json.text_of("status").map_or(CarePlanStatus::Unknown, CarePlanStatus::from_code);
    let intent = json.text_of("intent").map_or(CarePlanIntent::Plan, CarePlanIntent::from_code);
    let (mut addresses, mut template) = (Vec::new(), None);
    for (n, item) in json.items("addresses").iter().enumerate() {
        let Some(name) = item.text_of("reference").and_then(|text| text.strip_prefix('#')) else { continue };
        let here = at.item("addresses", n);
        let contained = json.items("contained").iter().find(|inner| inner.text_of("id") == Some(name));
        match contained.and_then(|inner| read::concept_of(inner, "code", &here, notes)) {
            Some(code) => addresses.push(code),
            None => notes.add(&here, "a contained problem without a code"),
        }
    }
    for (n, item) in json.items("instantiatesCanonical").iter().enumerate() {
        let own = item.text().and_then(|text| text.strip_prefix(TEMPLATE)).and_then(|text| text.rsplit_once('|'));
        match own.filter(|_| template.is_none()) {
            Some((name, version)) => {
                template = Some(TemplatePin { template: None, name: name.to_owned(), version: version.to_owned() });
            }
            None => notes.add(&at.item("instantiatesCanonical", n), "a definition that is no template of this engine"),
        }
    }
    let mut care_team = None;
    for (n, item) in json.items("careTeam").iter().enumerate() {
        match refs::id_of(item, "CareTeam").filter(|_| care_team.is_none()) {
            Some(id) => care_team = Some(id),
            None => notes.add(&at.item("careTeam", n), refs::UNKNOWN),
        }
    }
    CarePlan {
        template,
        status,
        intent,
        period: read::period(json, "period", at, notes),
        addresses,
        entries: refs::entries(json, "addresses", at, notes),
        care_team,
        author: refs::who(json, "author", at, notes),
        note: text::note(json, "note", at, notes),
        ..CarePlan::of(patient, title)
    }
}

/// The activity that an element says; none for something that is told elsewhere or not to be done.
pub(super) fn read_activity(
    json: &Json<'_>,
    n: usize,
    goals: &[CareGoal],
    subject: &str,
    at: &At<'_>,
    notes: &mut Notes,
) -> Option<PlanActivity> {
    rest(json, &["progress", "detail", "reference"], at, notes);
    let Some(detail) = json.get("detail").filter(|detail| detail.object().is_some()) else {
        notes.add(at, "an activity that only another resource tells of");
        return None;
    };
    let here = at.member("detail");
    rest(detail, OF_DETAIL, &here, notes);
    if detail.get("doNotPerform").is_some_and(|not| not.bool() != Some(false)) {
        notes.add(&here, "something that is not to be done");
        return None;
    }
    Some(restore(
        json,
        OF_ACTIVITY,
        at,
        notes,
        |json, notes| read_bare_activity(json, n, goals, subject, at, notes),
        |activity| bare_activity(activity, goals, &[], subject),
    ))
}

fn read_bare_activity(
    json: &Json<'_>,
    n: usize,
    goals: &[CareGoal],
    subject: &str,
    at: &At<'_>,
    notes: &mut Notes,
) -> PlanActivity {
    let here = at.member("detail");
    let none = Json::Null;
    let detail = json.get("detail").unwrap_or(&none);
    let code = read::concept_of(detail, "code", &here, notes);
    let titled = detail.text_of("description").or_else(|| code.as_ref().and_then(Concept::label)).unwrap_or("Activity");
    let title = text::title(titled, &here.member("description"), notes);
    let status = detail.text_of("status").map_or(ActivityStatus::Unknown, ActivityStatus::from_code);
    let kind = detail.text_of("kind");
    let category = KINDS.iter().find(|(_, name)| kind == Some(*name)).map(|(category, _)| category.clone());
    if kind.is_some() && category.is_none() {
        notes.add(&here.member("kind"), "a kind that activities do not tell apart");
    }
    let (owner, pool) = refs::performers(detail, subject, &here, notes);
    let mut served = Vec::new();
    for (n, item) in detail.items("goal").iter().enumerate() {
        let goal = goals.iter().find(|goal| Some(goal.reference.as_str()) == item.text_of("reference"));
        match goal.and_then(|goal| goal.goal.key.clone()) {
            Some(key) => served.push(key),
            None => notes.add(&here.item("goal", n), refs::UNKNOWN),
        }
    }
    let link = json.items("extension").iter().find(|e| e.text_of("url") == Some(LINK));
    PlanActivity {
        status,
        code,
        category,
        owner,
        pool,
        schedule: link.and_then(|e| e.get("valueReference")).and_then(|json| refs::id_of(json, "ServiceRequest")),
        goals: served,
        note: text::note(json, "progress", at, notes),
        ..PlanActivity::of(format!("activity-{}", n + 1), title)
    }
}
