//! `ServiceRequest`: a schedule.

use super::super::Json;
use super::super::export::build::{Build, extension, reference};
use super::super::export::datatypes as write;
use super::super::map::at::{At, Notes};
use super::super::map::datatypes as read;
use super::carry::{close, rest, restore};
use super::{refs, text, timing};
use crate::engage::{Expiry, Phase, Schedule, ScheduleStatus, Span, Timing, Window};
use crate::id::{PatientId, ScheduleId};
use crate::sensitive::Sensitive;
use crate::time::Date;
use crate::value::Concept;

const FIELDS: &[&str] = &[
    "activity",
    "status",
    "title",
    "code",
    "phases",
    "zone",
    "holidays",
    "pool",
    "assignee",
    "role",
    "measures",
    "prerequisites",
    "reminders",
    "ended",
];

const KNOWN: &[&str] = &[
    "status",
    "intent",
    "code",
    "subject",
    "occurrenceTiming",
    "occurrenceDateTime",
    "occurrencePeriod",
    "asNeededBoolean",
    "performer",
    "performerType",
    "basedOn",
];

/// What a schedule is read with, beside its resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) patient: PatientId,
    pub(super) subject: &'a str,
    /// Zone of a patient whose own is not known.
    pub(super) zone: &'a str,
    /// The day a timing begins that does not say it.
    pub(super) start: Option<Date>,
}

/// The `ServiceRequest` of a schedule.
pub(super) fn request(id: ScheduleId, schedule: &Schedule, plan: Option<&str>, subject: &str) -> Json<'static> {
    // A zone that no schedule has: the own one is always carried.
    let around = Around { patient: schedule.patient, subject, zone: "", start: None };
    let wanted = without_last(schedule);
    let mut json = close(plain(schedule, subject), &wanted, FIELDS, |json, notes| {
        let read = read_plain(json, around, &At::ROOT, notes);
        Schedule { plan: schedule.plan, labels: schedule.labels.clone(), ..read }
    });
    if let Some(object) = json.object_mut() {
        object.insert_second("id", Json::from(id.to_string()));
        if let Some(plan) = plan {
            object.set("basedOn", Json::List(vec![reference(plan)]));
        }
    }
    json
}

/// The schedule without what is found again when it is checked.
pub(super) fn without_last(schedule: &Schedule) -> Schedule {
    let mut schedule = schedule.clone();
    for phase in &mut schedule.phases {
        if let Timing::Clock(recurrence) = &mut phase.timing {
            recurrence.last = None;
        }
    }
    schedule
}

fn plain(schedule: &Schedule, subject: &str) -> Json<'static> {
    let titled = Concept { codings: Vec::new(), text: Some(Sensitive::from(schedule.title.as_str())) };
    let performers = schedule.assignee.map(|assignee| refs::of_assignee(assignee, subject));
    let performers = performers.into_iter().chain(schedule.pool.map(refs::of_pool)).collect();
    let role = schedule.role.as_deref().map(|role| Build::default().text("text", Some(role)).done());
    let needed = schedule.phases.iter().any(|phase| matches!(phase.timing, Timing::AsNeeded(_)));
    Build::resource("ServiceRequest")
        .put("meta", write::meta(&schedule.labels))
        .text("status", Some(schedule.status.code()))
        .text("intent", Some("plan"))
        .put("code", write::concept(schedule.code.as_ref().unwrap_or(&titled)))
        .put("subject", reference(subject))
        .put("occurrenceTiming", projected(schedule))
        .put("asNeededBoolean", needed.then_some(Json::Bool(true)))
        .put("performerType", role)
        .put("performer", Json::List(performers))
        .done()
}

/// The timing of a schedule that has one; several stretches are carried beside the resource.
pub(super) fn projected(schedule: &Schedule) -> Option<Json<'static>> {
    match schedule.phases.as_slice() {
        [Phase { timing, window, .. }] => Some(timing::write_timing(timing, window.lasts)),
        _ => None,
    }
}

/// The schedule of a `ServiceRequest`; none if nothing says exactly when it is due.
pub(super) fn read_request(json: &Json<'_>, around: Around<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Schedule> {
    let mut known = KNOWN.to_vec();
    known.retain(|name| *name != "basedOn" || json.items("basedOn").len() <= 1);
    rest(json, &known, at, notes);
    if json.get("modifierExtension").is_some() || json.get("doNotPerform").is_some_and(|not| not.bool() != Some(false))
    {
        notes.add(at, "something that is not to be done, or that an unknown extension modifies");
        return None;
    }
    let labels = read::labels(json, notes);
    let mut own = Notes::default();
    let schedule = restore(
        json,
        FIELDS,
        at,
        &mut own,
        |json, notes| read_plain(json, around, at, notes),
        |schedule| plain(schedule, around.subject),
    );
    // What was carried took the place of a timing that could not be read.
    let whole = !schedule.phases.is_empty();
    for note in own.into_inner() {
        if !(whole && note.reason == UNTIMED) {
            notes.push(note);
        }
    }
    if !whole || matches!(schedule.status, ScheduleStatus::Other(_)) {
        notes.add(at, "a request of which nothing says whether and when it is due");
        return None;
    }
    Some(Schedule { labels, ..schedule })
}

/// Why a request has no times.
const UNTIMED: &str = "nothing says when it is due";

fn read_plain(json: &Json<'_>, around: Around<'_>, at: &At<'_>, notes: &mut Notes) -> Schedule {
    let code = read::concept_of(json, "code", at, notes);
    let label = code.as_ref().and_then(Concept::label).unwrap_or("Request").to_owned();
    let title = text::title(&label, &at.member("code"), notes);
    let code = code.filter(|code| !code.codings.is_empty());
    let (assignee, pool) = refs::performers(json, around.subject, at, notes);
    let role = read::concept_of(json, "performerType", at, notes);
    Schedule {
        patient: around.patient,
        plan: None,
        activity: None,
        status: json.text_of("status").map_or(ScheduleStatus::Other(String::new()), ScheduleStatus::from_code),
        title,
        code,
        phases: phases(json, "occurrence", around, at, notes),
        zone: around.zone.to_owned(),
        holidays: None,
        pool,
        assignee,
        role: role.as_ref().and_then(Concept::label).map(str::to_owned),
        measures: Vec::new(),
        prerequisites: Vec::new(),
        reminders: Vec::new(),
        labels: Vec::new(),
        ended: None,
    }
}

/// The one stretch that `occurrence[x]` or `scheduled[x]` says.
pub(super) fn phases(json: &Json<'_>, name: &str, around: Around<'_>, at: &At<'_>, notes: &mut Notes) -> Vec<Phase> {
    let member = |kind: &str| format!("{name}{kind}");
    let (whole, point, period) = (member("Timing"), member("DateTime"), member("Period"));
    let found = if let Some(element) = json.get(&whole) {
        timing::read_at(element, around.start, &at.member(&whole), notes)
    } else if let Some(element) = json.get(&point) {
        let events = Build::default().add("event", element.clone().into_owned()).done();
        timing::read_at(&events, None, &at.member(&point), notes)
    } else if json.get(&period).is_some() {
        let found = read::period(json, &period, at, notes).and_then(|period| timing::stretch(&period));
        found.ok_or(super::super::map::Note {
            path: at.member(&period).to_string(),
            reason: "a period that does not begin and end with a day or an instant",
        })
    } else {
        notes.add(at, UNTIMED);
        return Vec::new();
    };
    match found {
        Ok((timing, lasts)) => {
            let window = Window { opens: Span::default(), lasts, grace: Span::default(), expires: Expiry::default() };
            vec![Phase { from: None, timing, window }]
        }
        Err(note) => {
            notes.push(note);
            Vec::new()
        }
    }
}

/// A link to the `ServiceRequest` of an activity's schedule.
pub(super) fn link(id: ScheduleId) -> Json<'static> {
    extension(LINK, "valueReference", refs::to("ServiceRequest", id))
}

/// Extension that links an activity to the request of its schedule.
pub(super) const LINK: &str = "urn:prm:schedule";
