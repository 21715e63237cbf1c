//! How R4 writes what an entry holds, by type: the other direction of the table of the mapping.

use crate::chart::EntryStatus;

/// Element that names the patient.
pub(super) fn subject(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "AllergyIntolerance"
        | "Immunization"
        | "Claim"
        | "ExplanationOfBenefit"
        | "Device"
        | "Consent"
        | "FamilyMemberHistory"
        | "EpisodeOfCare"
        | "DetectedIssue"
        | "NutritionOrder"
        | "VisionPrescription"
        | "ClaimResponse"
        | "ImmunizationRecommendation" => "patient",
        "Coverage" => "beneficiary",
        "Task" => "for",
        "Medication" | "Provenance" | "Appointment" => return None,
        _ => "subject",
    })
}

/// Elements that hold a list of concepts where others hold one.
pub(super) fn is_list(kind: &str, element: &str) -> bool {
    const LISTS: [(&str, &[&str]); 6] = [
        ("type", &["Encounter", "EpisodeOfCare"]),
        ("procedureCode", &["ImagingStudy"]),
        ("serviceType", &["Appointment"]),
        (
            "category",
            &[
                "CarePlan",
                "CareTeam",
                "Consent",
                "Condition",
                "Observation",
                "DiagnosticReport",
                "DocumentReference",
                "MedicationRequest",
                "ServiceRequest",
                "Goal",
                "Communication",
                "Flag",
            ],
        ),
        ("scope", &[]),
        ("activity", &[]),
    ];
    LISTS.iter().any(|(name, kinds)| *name == element && kinds.contains(&kind))
}

/// Whether the type has `category`.
pub(super) fn has_category(kind: &str) -> bool {
    is_list(kind, "category")
        || matches!(kind, "Procedure" | "MedicationStatement" | "MedicationAdministration" | "MedicationDispense")
}

/// Whether the type has `note`.
pub(super) fn has_note(kind: &str) -> bool {
    matches!(
        kind,
        "Condition"
            | "Observation"
            | "Procedure"
            | "Immunization"
            | "MedicationRequest"
            | "MedicationStatement"
            | "MedicationAdministration"
            | "MedicationDispense"
            | "AllergyIntolerance"
            | "ImagingStudy"
            | "CarePlan"
            | "CareTeam"
            | "Goal"
            | "Device"
            | "ServiceRequest"
            | "FamilyMemberHistory"
            | "Specimen"
            | "Task"
            | "Communication"
            | "RiskAssessment"
            | "ClinicalImpression"
    )
}

/// What the type demands beside what an entry holds.
pub(super) fn intent(kind: &str) -> Option<&'static str> {
    match kind {
        "MedicationRequest" | "ServiceRequest" | "Task" | "DeviceRequest" => Some("order"),
        "CarePlan" | "RequestGroup" => Some("plan"),
        _ => None,
    }
}

/// How an element for a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeForm {
    /// `nameDateTime` or `namePeriod`.
    Choice,
    /// `nameDateTime` only.
    Point,
    /// An object with start and end.
    Period,
    /// A `dateTime`.
    DateTime,
    /// An `instant`, which is never a date alone.
    Instant,
    /// A date of the day, as `nameDate`.
    Date,
}

pub(super) fn time_form(kind: &str, element: &str) -> TimeForm {
    match (kind, element) {
        ("Immunization", "occurrence") | ("Condition" | "AllergyIntolerance", "onset" | "abatement") => TimeForm::Point,
        ("Goal", "start") => TimeForm::Date,
        ("DocumentReference", "date") | ("Provenance" | "AuditEvent", "recorded") => TimeForm::Instant,
        (_, "start" | "end" | "timestamp" | "issued") => TimeForm::Instant,
        (_, "period" | "billablePeriod") => TimeForm::Period,
        (_, "effective" | "occurrence" | "performed" | "onset" | "occurred" | "collected") => TimeForm::Choice,
        _ => TimeForm::DateTime,
    }
}

/// Elements that hold a reference directly, and whether they hold a list of them. A link of another role is written
/// as an extension that names the role.
pub(super) fn link(kind: &str, role: &str) -> Option<bool> {
    let encountered = matches!(
        kind,
        "Observation"
            | "Condition"
            | "Procedure"
            | "Immunization"
            | "MedicationRequest"
            | "DiagnosticReport"
            | "AllergyIntolerance"
            | "CarePlan"
            | "CareTeam"
            | "ServiceRequest"
            | "Task"
            | "ImagingStudy"
            | "QuestionnaireResponse"
            | "Communication"
            | "Composition"
    );
    match (kind, role) {
        (_, "encounter") if encountered => Some(false),
        ("MedicationStatement" | "MedicationAdministration" | "MedicationDispense", "context") => Some(false),
        ("MedicationStatement", "informationSource") | ("Encounter", "serviceProvider") => Some(false),
        ("Condition" | "AllergyIntolerance" | "Procedure", "recorder" | "asserter") => Some(false),
        ("MedicationRequest" | "ServiceRequest" | "Task", "requester") => Some(false),
        ("Observation", "device" | "specimen") | ("Task", "focus" | "owner") => Some(false),
        ("Observation" | "DiagnosticReport" | "ServiceRequest", "performer") => Some(true),
        ("Observation" | "DiagnosticReport" | "Procedure" | "MedicationRequest" | "ServiceRequest", "basedOn") => {
            Some(true)
        }
        ("Observation", "hasMember" | "derivedFrom" | "partOf") => Some(true),
        ("DiagnosticReport", "result" | "specimen") => Some(true),
        ("Procedure" | "MedicationRequest" | "MedicationStatement" | "Encounter", "reasonReference") => Some(true),
        ("CarePlan", "careTeam" | "addresses" | "goal") | ("Goal", "addresses") => Some(true),
        ("DocumentReference", "author") => Some(true),
        _ => None,
    }
}

/// A status code of the type for what an entry's status comes to.
pub(super) fn status(kind: &str, status: &EntryStatus) -> &'static str {
    use EntryStatus as S;
    if *status == S::EnteredInError {
        return "entered-in-error";
    }
    match (kind, status) {
        ("Observation" | "DiagnosticReport", S::Final | S::Completed) => "final",
        ("Observation" | "DiagnosticReport", S::Preliminary | S::Active) => "preliminary",
        ("Observation" | "DiagnosticReport", S::NotDone) => "cancelled",
        ("Observation" | "DiagnosticReport", S::Planned) => "registered",
        ("Immunization", S::NotDone) => "not-done",
        ("Immunization", _) => "completed",
        ("Procedure" | "MedicationAdministration", S::NotDone) => "not-done",
        ("Encounter", S::Completed | S::Final) => "finished",
        ("Encounter", S::Planned) => "planned",
        ("Encounter" | "Procedure" | "MedicationAdministration" | "MedicationDispense" | "Task", S::Active) => {
            "in-progress"
        }
        ("Procedure" | "MedicationDispense", S::Planned) => "preparation",
        ("MedicationStatement", S::NotDone) => "not-taken",
        ("MedicationStatement", S::Planned) => "intended",
        ("CarePlan" | "ServiceRequest", S::NotDone) => "revoked",
        ("CareTeam", S::Completed | S::NotDone | S::Final) => "inactive",
        ("CareTeam", S::Planned | S::Preliminary) | ("Goal", S::Planned | S::Preliminary | S::Unknown) => "proposed",
        ("CareTeam", _) => "active",
        ("Appointment", S::Planned) => "booked",
        ("Appointment", S::Completed | S::Final) => "fulfilled",
        ("Appointment", S::Active) => "arrived",
        ("Appointment", S::Preliminary | S::Unknown) => "proposed",
        ("DocumentReference", S::NotDone) => "superseded",
        ("DocumentReference", _) => "current",
        ("QuestionnaireResponse", S::Active | S::Planned | S::Preliminary | S::Unknown) => "in-progress",
        ("QuestionnaireResponse", S::NotDone) => "stopped",
        ("ImagingStudy", S::Planned | S::Preliminary | S::Active) => "registered",
        ("ImagingStudy", S::Final | S::Completed) => "available",
        ("FamilyMemberHistory" | "Consent", S::Preliminary | S::Planned) => "partial",
        (_, S::Active) => "active",
        (_, S::Completed | S::Final) => "completed",
        (_, S::NotDone) => "cancelled",
        (_, S::Planned | S::Preliminary) => "draft",
        _ => "unknown",
    }
}
