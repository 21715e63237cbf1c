//! Which patient's chart a resource belongs to.

use super::super::{Json, Reference, Target};
use super::at::{At, Notes};

/// Elements that lead to a patient and to nothing else.
const PATIENT: [&str; 4] = ["patient", "beneficiary", "individual", "candidate"];
/// Elements that lead to a patient or to something else, in the order in which they are asked.
const PERHAPS: [&str; 6] = ["subject", "for", "actor", "participant.actor", "entity.what", "target"];
/// What the resource is about, by type: it belongs where that belongs.
const SAME_AS: [(&str, &str); 5] = [
    ("Provenance", "target"),
    ("AppointmentResponse", "appointment"),
    ("PaymentNotice", "request"),
    ("PaymentReconciliation", "request"),
    ("DeviceMetric", "source"),
];
/// Types that are never of one patient, whoever they mention.
const SHARED: [&str; 10] = [
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "Location",
    "Medication",
    "Person",
    "Group",
    "Schedule",
    "Bundle",
];

/// A reference that may tell which patient's chart a resource belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// It leads to a patient, known to the store or not yet.
    Patient(Reference),
    /// It leads to a patient if it leads to one: its text does not say.
    Perhaps(Reference),
    /// The resource belongs where the record it leads to belongs.
    SameAs(Reference),
}

impl Subject {
    /// The reference.
    pub fn reference(&self) -> &Reference {
        match self {
            Subject::Patient(reference) | Subject::Perhaps(reference) | Subject::SameAs(reference) => reference,
        }
    }
}

/// The subjects of a resource, best first. A resource of several patients belongs to the first and links the others.
pub(super) fn subjects(kind: &str, json: &Json<'_>, notes: &mut Notes) -> Vec<Subject> {
    if SHARED.contains(&kind) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let sure = PATIENT.iter().map(|name| (*name, true));
    let unsure = PERHAPS.iter().map(|name| (*name, false));
    for (path, only_patients) in sure.chain(unsure) {
        for element in elements(json, path) {
            let Some(reference) = Reference::read(element) else { continue };
            match (reference.target(), reference.kind()) {
                (Target::Contained(_), _) => notes.add(&At::ROOT.member(path), "a subject within the record itself"),
                (_, Some("Patient")) => found.push(Subject::Patient(reference)),
                (_, Some(_)) if path == "subject" => {
                    notes.add(&At::ROOT.member(path), "a subject that is no patient");
                }
                (_, Some(_)) => {}
                (Target::Other(_), None) => notes.add(&At::ROOT.member(path), "a reference that names nothing"),
                (Target::Logical { .. }, None) if !only_patients => {}
                (_, None) if only_patients => found.push(Subject::Patient(reference)),
                (_, None) => found.push(Subject::Perhaps(reference)),
            }
        }
    }
    if let Some((_, path)) = SAME_AS.iter().find(|(of, _)| *of == kind) {
        let targets = elements(json, path).filter_map(Reference::read);
        found.extend(targets.filter(|r| !matches!(r.target(), Target::Contained(_))).map(Subject::SameAs));
    }
    found.truncate(super::datatypes::MOST_ITEMS);
    found
}

fn elements<'j, 'a>(json: &'j Json<'a>, path: &'j str) -> impl Iterator<Item = &'j Json<'a>> {
    let (outer, inner) = path.split_once('.').unwrap_or((path, ""));
    json.items(outer).iter().filter_map(move |item| if inner.is_empty() { Some(item) } else { item.get(inner) })
}
