//! Resources of chart entries.

use super::super::map::{ALLERGY_CATEGORY, CRITICALITY, LINK, OF_ENTRY, Rule, keep, mapped, rule_of, summary};
use super::super::reference::is_type;
use super::super::{Json, Mapped, Mapping};
use super::build::{Build, extension, number, reference};
use super::datatypes as write;
use super::forms::{self, TimeForm};
use super::names::Names;
use crate::chart::{ChartEntry, Component, EntryStatus, EntryValue};
use crate::time::{DatePrecision, Period, When};
use crate::value::{Coding, Concept};

const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const ALLERGY_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const ALLERGY_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
const DATA_ABSENT: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// The resource of an entry: its own type, or `Basic` if the kind has not the form of one. What its type has no
/// element for is carried in an extension.
pub(super) fn entry(entry: &ChartEntry, subject: Option<&str>, names: &dyn Names) -> Json<'static> {
    let kind = Some(entry.kind.code()).filter(|kind| is_type(kind)).unwrap_or("Basic");
    let rule = rule_of(kind);
    let mut build = Build::resource(kind).put("meta", write::meta(&entry.labels));
    build = status(build, kind, entry);
    build = code_and_categories(build, rule, kind, entry);
    if let (Some(element), Some(text)) = (forms::subject(kind), subject) {
        build = build.put(element, reference(text));
    }
    if kind == "Appointment" {
        let who = Build::default().put("actor", subject.map(reference)).text("status", Some("accepted")).done();
        build = build.add("participant", who);
    }
    build = times(build, rule, kind, entry);
    build = value(build, kind, entry.value.as_ref());
    build = components(build, kind, &entry.components);
    build = remarks(build, rule, kind, entry);
    for link in &entry.links {
        let Some(text) = names.reference(&link.target) else { continue };
        build = match (element_of(kind, &link.role), forms::link(kind, &link.role)) {
            (Some(element), Some(true)) => build.add(element, reference(&text)),
            (Some(element), Some(false)) if build.object().get(element).is_none() => {
                build.put(element, reference(&text))
            }
            _ => build.add("extension", extension(&format!("{LINK}{}", link.role), "valueReference", reference(&text))),
        };
    }
    let mut json = build.done();
    close(&mut json, entry);
    json
}

/// Carries in the resource whatever reading it back would not give.
pub(super) fn close(json: &mut Json<'_>, entry: &ChartEntry) {
    if let Some(Mapping { mapped: Mapped::Entry(have) | Mapped::CareTeam(have, _), .. }) = mapped(json) {
        keep(json, &have, entry, OF_ENTRY);
    }
}

/// Element names with a life of their own, for roles that are elements.
fn element_of(kind: &str, role: &str) -> Option<&'static str> {
    const ELEMENTS: [&str; 20] = [
        "encounter",
        "context",
        "informationSource",
        "serviceProvider",
        "recorder",
        "asserter",
        "requester",
        "device",
        "specimen",
        "focus",
        "owner",
        "performer",
        "basedOn",
        "hasMember",
        "derivedFrom",
        "partOf",
        "result",
        "reasonReference",
        "addresses",
        "author",
    ];
    let plans = ["careTeam", "goal"].into_iter().filter(|_| kind == "CarePlan");
    ELEMENTS.into_iter().chain(plans).find(|element| *element == role)
}

fn status(build: Build, kind: &str, entry: &ChartEntry) -> Build {
    if matches!(kind, "Condition" | "AllergyIntolerance") {
        let (clinical_codes, verification_codes) =
            if kind == "Condition" { (CLINICAL, VERIFICATION) } else { (ALLERGY_CLINICAL, ALLERGY_VERIFICATION) };
        let (clinical, verification) = match entry.status {
            EntryStatus::Active => (Some("active"), None),
            EntryStatus::Completed => (Some("resolved"), None),
            EntryStatus::Preliminary => (Some("active"), Some("unconfirmed")),
            EntryStatus::NotDone => (None, Some("refuted")),
            EntryStatus::EnteredInError => (None, Some("entered-in-error")),
            _ => (None, None),
        };
        // The code of the source is the one the summary rests on.
        let own = entry.status_code.as_deref().filter(|code| summary(code) == entry.status);
        let (clinical, verification) = match (clinical, verification) {
            (clinical, Some(code)) => (clinical, Some(own.unwrap_or(code))),
            (Some(code), None) => (Some(own.unwrap_or(code)), None),
            none => none,
        };
        let concept = |system: &str, code: Option<&str>| code.map(|c| write::concept(&Coding::new(system, c).into()));
        return build
            .put("clinicalStatus", concept(clinical_codes, clinical))
            .put("verificationStatus", concept(verification_codes, verification));
    }
    let own = entry.status_code.as_deref().filter(|code| summary(code) == entry.status);
    let code = own.unwrap_or_else(|| forms::status(kind, &entry.status));
    match kind {
        "Medication" | "Basic" | "Provenance" if own.is_none() => build,
        "Goal" => build.text("lifecycleStatus", Some(code)),
        _ => build.text("status", Some(code)).text("intent", forms::intent(kind)),
    }
}

fn code_and_categories(build: Build, rule: &Rule, kind: &str, entry: &ChartEntry) -> Build {
    let code = write::concept(&entry.code);
    let element = rule.code.first().copied().unwrap_or("code");
    let mut categories = entry.categories.as_slice();
    let build = match element {
        "medication" => build.put("medicationCodeableConcept", code),
        "questionnaire" => build.text(element, entry.code.codings.first().map(|c| c.code.as_str())),
        // Code and categories are one element: the first concept is the code.
        "category" => {
            categories = categories.strip_prefix(entry.code.codings.as_slice()).unwrap_or(categories);
            build.put(element, Json::List(Some(code).into_iter().filter(not_empty).collect()))
        }
        _ if forms::is_list(kind, element) => {
            build.put(element, Json::List(Some(code).into_iter().filter(not_empty).collect()))
        }
        _ => build.put(element, code),
    };
    let concept = |coding: &Coding| match (coding.code.as_str(), &coding.system, &coding.display) {
        ("", None, Some(text)) => write::concept(&Concept { codings: Vec::new(), text: Some(text.as_str().into()) }),
        _ => write::concept(&coding.clone().into()),
    };
    match kind {
        "Encounter" => {
            let unknown = extension(DATA_ABSENT, "valueCode", "unknown".into());
            let unknown = Build::default().put("extension", Json::List(vec![unknown])).done();
            build.put("class", categories.first().map_or(unknown, write::coding))
        }
        "AllergyIntolerance" => {
            let codes = categories.iter().filter(|c| c.system.as_deref() == Some(ALLERGY_CATEGORY));
            build.put("category", Json::List(codes.map(|c| Json::from(c.code.as_str())).collect()))
        }
        _ if forms::is_list(kind, "category") => {
            categories.iter().fold(build, |build, category| build.add("category", concept(category)))
        }
        _ if forms::has_category(kind) => {
            let all = Concept { codings: categories.to_vec(), text: None };
            build.put("category", write::concept(&all))
        }
        _ => build,
    }
}

fn not_empty(json: &Json<'_>) -> bool {
    json.object().is_some_and(|object| !object.is_empty())
}

fn times(mut build: Build, rule: &Rule, kind: &str, entry: &ChartEntry) -> Build {
    let own_end = (!rule.until.is_empty()).then_some(rule.until);
    let end = if own_end.is_some() { None } else { entry.until };
    match rule.when.first().copied() {
        Some("collection.collected") => {
            let inner = time(Build::default(), TimeForm::Choice, "collected", entry.when, end).done();
            build = build.put("collection", inner);
        }
        Some(element) => build = time(build, forms::time_form(kind, element), element, entry.when, end),
        None => {}
    }
    if let Some(element) = own_end {
        build = time(build, forms::time_form(kind, element), element, entry.until, None);
    }
    if kind == "Immunization" && entry.when.is_none() {
        build = build.text("occurrenceString", Some("unknown"));
    }
    let Some(period) = &entry.period else { return build };
    match (kind, rule.period) {
        ("Goal", _) => match period {
            Period { start: None, end: Some(When::On(day)) } if day.precision() == DatePrecision::Day => {
                build.add("target", Build::default().put("dueDate", Json::from(day.to_string())).done())
            }
            _ => build,
        },
        (_, [element]) => build.put(element, write::period(period)),
        (_, [outer, element]) => build.put(outer, Build::default().put(element, write::period(period)).done()),
        _ => build,
    }
}

fn time(build: Build, form: TimeForm, element: &'static str, start: Option<When>, end: Option<When>) -> Build {
    let day = |when: &When| matches!(when, When::On(date) if date.precision() == DatePrecision::Day);
    let point = start.as_ref().map(write::when);
    match form {
        TimeForm::Choice if end.is_some() => build.put(named(element, true), write::period(&Period { start, end })),
        TimeForm::Choice | TimeForm::Point => build.put(named(element, false), point),
        TimeForm::Period => build.put(element, write::period(&Period { start, end })),
        TimeForm::DateTime => build.put(element, point),
        TimeForm::Instant => build.put(element, point.filter(|_| matches!(start, Some(When::At(_))))),
        TimeForm::Date => build.put("startDate", point.filter(|_| start.as_ref().is_some_and(day))),
    }
}

/// The choice of an element for a time.
fn named(element: &str, period: bool) -> &'static str {
    match (element, period) {
        ("effective", false) => "effectiveDateTime",
        ("effective", true) => "effectivePeriod",
        ("occurrence", false) => "occurrenceDateTime",
        ("occurrence", true) => "occurrencePeriod",
        ("performed", false) => "performedDateTime",
        ("performed", true) => "performedPeriod",
        ("collected", false) => "collectedDateTime",
        ("collected", true) => "collectedPeriod",
        ("abatement", _) => "abatementDateTime",
        ("onset", _) => "onsetDateTime",
        (_, false) => "occurredDateTime",
        (_, true) => "occurredPeriod",
    }
}

pub(crate) fn choice(build: Build, value: &EntryValue) -> Build {
    match value {
        EntryValue::Quantity(quantity) => build.put("valueQuantity", write::quantity(quantity)),
        EntryValue::Concept(concept) => build.put("valueCodeableConcept", write::concept(concept.expose())),
        EntryValue::Text(text) => build.text("valueString", Some(text.expose())),
        EntryValue::Boolean(b) => build.put("valueBoolean", Json::Bool(*b)),
        EntryValue::Integer(n) => build.put("valueInteger", number(n.to_string())),
        EntryValue::When(when) => build.put("valueDateTime", write::when(when)),
        EntryValue::InSource => build,
    }
}

fn value(build: Build, kind: &str, value: Option<&EntryValue>) -> Build {
    let Some(value) = value else { return build };
    let dosage = |text: &str| Build::default().text("text", Some(text)).done();
    match (kind, value) {
        ("Observation", value) => choice(build, value),
        ("DiagnosticReport", EntryValue::Text(text)) => build.text("conclusion", Some(text.expose())),
        ("Procedure", EntryValue::Concept(concept)) => build.put("outcome", write::concept(concept.expose())),
        ("MedicationRequest", EntryValue::Text(text)) => build.add("dosageInstruction", dosage(text.expose())),
        ("MedicationStatement", EntryValue::Text(text)) => build.add("dosage", dosage(text.expose())),
        ("MedicationAdministration", EntryValue::Text(text)) => build.put("dosage", dosage(text.expose())),
        ("MedicationDispense", EntryValue::Quantity(q)) => build.put("quantity", write::quantity(q)),
        ("Immunization", EntryValue::Quantity(q)) => build.put("doseQuantity", write::quantity(q)),
        ("Claim", EntryValue::Quantity(q)) => build.put("total", write::money(q)),
        ("AllergyIntolerance", EntryValue::Concept(concept)) => {
            let code = concept.expose().codings.iter().find(|c| c.system.as_deref() == Some(CRITICALITY));
            build.text("criticality", code.map(|c| c.code.as_str()))
        }
        _ => build,
    }
}

fn components(build: Build, kind: &str, components: &[Component]) -> Build {
    match kind {
        "Observation" => build.list("component", components, |component| {
            let part = Build::default().put("code", write::concept(&component.code));
            component.value.iter().fold(part, choice).done()
        }),
        "AllergyIntolerance" => build.list("reaction", components, |component| {
            let severity = component.value.as_ref().and_then(|value| match value {
                EntryValue::Text(text) => Some(text.expose().as_str()),
                _ => None,
            });
            let found = Json::List(vec![write::concept(&component.code)]);
            Build::default().put("manifestation", found).text("severity", severity).done()
        }),
        "FamilyMemberHistory" => build.list("condition", components, |component| {
            let outcome = component.value.as_ref().and_then(|value| match value {
                EntryValue::Concept(concept) => Some(write::concept(concept.expose())),
                _ => None,
            });
            Build::default().put("code", write::concept(&component.code)).put("outcome", outcome).done()
        }),
        "ExplanationOfBenefit" => build.list("total", components, |component| {
            let amount = component.value.as_ref().and_then(|value| match value {
                EntryValue::Quantity(quantity) => write::money(quantity),
                _ => None,
            });
            Build::default().put("category", write::concept(&component.code)).put("amount", amount).done()
        }),
        _ => build,
    }
}

fn remarks(mut build: Build, rule: &Rule, kind: &str, entry: &ChartEntry) -> Build {
    let title = entry.title.expose().as_str();
    if let Some(element) = rule.title.first().filter(|_| !rule.kind.is_empty())
        && entry.code.label() != Some(title)
    {
        build = build.text(element, Some(title));
    }
    let note = entry.note.as_ref().map(|note| note.expose().as_str());
    match (kind, note) {
        ("Appointment", note) => build.text("comment", note),
        (_, Some(text)) if forms::has_note(kind) => build.add("note", Build::default().text("text", Some(text)).done()),
        _ => build,
    }
}
