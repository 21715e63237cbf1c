//! Values and components of entries.

use super::super::Json;
use super::at::{At, Notes};
use super::datatypes as read;
use crate::chart::{Component, EntryValue};
use crate::sensitive::Sensitive;
use crate::value::{Coding, Concept};

/// System of the codes of `AllergyIntolerance.criticality`.
pub(crate) const CRITICALITY: &str = "http://hl7.org/fhir/allergy-intolerance-criticality";

/// Kinds of `value[x]` that only the source text holds.
const UNTYPED: [&str; 7] =
    ["valueRange", "valueRatio", "valueSampledData", "valueTime", "valuePeriod", "valueAttachment", "valueTiming"];

/// `value[x]` of an observation or a component.
pub(crate) fn choice(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<EntryValue> {
    if let Some(value) = json.get("valueQuantity") {
        return read::quantity(value, &at.member("valueQuantity"), notes)
            .map(EntryValue::Quantity)
            .or(Some(EntryValue::InSource));
    }
    if json.get("valueCodeableConcept").is_some() {
        return read::concept_of(json, "valueCodeableConcept", at, notes).map(concept).or(Some(EntryValue::InSource));
    }
    if json.get("valueString").is_some() {
        return read::sensitive(json, "valueString", at, notes).map(EntryValue::Text).or(Some(EntryValue::InSource));
    }
    if json.get("valueBoolean").is_some() {
        return read::boolean(json, "valueBoolean", at, notes).map(EntryValue::Boolean).or(Some(EntryValue::InSource));
    }
    if json.get("valueDateTime").is_some() {
        return read::when(json, "valueDateTime", at, notes).map(EntryValue::When).or(Some(EntryValue::InSource));
    }
    if let Some(value) = json.get("valueInteger") {
        let whole = value.number().and_then(|n| n.parse().ok());
        if whole.is_none() {
            notes.add(&at.member("valueInteger"), "not a whole number of 64 bits");
        }
        return Some(whole.map_or(EntryValue::InSource, EntryValue::Integer));
    }
    let untyped = UNTYPED.iter().find(|name| json.get(name).is_some())?;
    notes.add(&at.member(untyped), "a kind of value that records do not hold");
    Some(EntryValue::InSource)
}

fn concept(concept: Concept) -> EntryValue {
    EntryValue::Concept(Sensitive::new(concept))
}

/// The value of an entry, by its type: what was found, concluded, dosed, or charged.
pub(super) fn of(kind: &str, json: &Json<'_>, notes: &mut Notes) -> Option<EntryValue> {
    let at = &At::ROOT;
    match kind {
        "DiagnosticReport" => read::sensitive(json, "conclusion", at, notes).map(EntryValue::Text),
        "Procedure" => read::concept_of(json, "outcome", at, notes).map(concept),
        "MedicationRequest" => dosage(json, "dosageInstruction", notes),
        "MedicationStatement" | "MedicationAdministration" => dosage(json, "dosage", notes),
        "MedicationDispense" => {
            let quantity = json.get("quantity")?;
            read::quantity(quantity, &at.member("quantity"), notes).map(EntryValue::Quantity)
        }
        "Immunization" => {
            let quantity = json.get("doseQuantity")?;
            read::quantity(quantity, &at.member("doseQuantity"), notes).map(EntryValue::Quantity)
        }
        "AllergyIntolerance" => {
            let code = read::text(json, "criticality", at, notes)?;
            Some(concept(Coding::new(CRITICALITY, code).into()))
        }
        "Claim" => {
            let total = json.get("total").filter(|total| total.object().is_some())?;
            read::money(total, &at.member("total"), notes).map(EntryValue::Quantity)
        }
        _ => choice(json, at, notes),
    }
}

/// The texts of the dosage. Structured dosage stays in the source.
fn dosage(json: &Json<'_>, name: &str, notes: &mut Notes) -> Option<EntryValue> {
    let texts = read::list(json, name, &At::ROOT, notes, |item, at, notes| {
        let text = read::text(item, "text", at, notes).map(str::to_owned);
        if text.is_none() {
            notes.add(at, "a dosage without text");
        }
        text
    });
    let text = texts.join("; ");
    (!text.is_empty()).then(|| EntryValue::Text(text.into()))
}

/// The parts of an entry that have codes of their own.
pub(super) fn components(kind: &str, json: &Json<'_>, notes: &mut Notes) -> Vec<Component> {
    let at = &At::ROOT;
    match kind {
        "Observation" => read::list(json, "component", at, notes, |item, at, notes| {
            let code = read::concept_of(item, "code", at, notes);
            if code.is_none() {
                notes.add(at, "a component without a code");
            }
            Some(Component { code: code?, value: choice(item, at, notes) })
        }),
        "AllergyIntolerance" => {
            let reactions = read::list(json, "reaction", at, notes, |item, at, notes| {
                let severity = read::sensitive(item, "severity", at, notes).map(EntryValue::Text);
                let found = read::list(item, "manifestation", at, notes, read::concept);
                Some(found.into_iter().map(move |code| Component { code, value: severity.clone() }))
            });
            reactions.into_iter().flatten().collect()
        }
        "FamilyMemberHistory" => read::list(json, "condition", at, notes, |item, at, notes| {
            let code = read::concept_of(item, "code", at, notes)?;
            let outcome = read::concept_of(item, "outcome", at, notes).map(concept);
            Some(Component { code, value: outcome })
        }),
        "ExplanationOfBenefit" | "ClaimResponse" => read::list(json, "total", at, notes, |item, at, notes| {
            let code = read::concept_of(item, "category", at, notes)?;
            let amount = item.get("amount")?;
            let value = read::money(amount, &at.member("amount"), notes).map(EntryValue::Quantity);
            Some(Component { code, value })
        }),
        _ => Vec::new(),
    }
}
