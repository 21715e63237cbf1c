//! Which element of a resource says what it is, when it was and how it is called: one row a type, and one for all
//! others. Elements are those of R4 4.0.1; a name without type suffix stands for every choice of `name[x]`.

/// Where an entry's fields come from; of each list the first element that is there and can be typed.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) kind: &'static str,
    /// What it is.
    pub(crate) code: &'static [&'static str],
    /// When it happened or began; a period gives the end as well.
    pub(crate) when: &'static [&'static str],
    /// When it ended, if that has an element of its own.
    pub(crate) until: &'static str,
    /// When the use or plan it states holds, as a path.
    pub(crate) period: &'static [&'static str],
    /// Texts that are a better title than the code.
    pub(crate) title: &'static [&'static str],
}

const OTHER: Rule = Rule {
    kind: "",
    code: &["code", "codeCodeableConcept", "itemCodeableConcept", "type", "category", "serviceType", "scope"],
    when: &[
        "effective",
        "occurrence",
        "performed",
        "period",
        "started",
        "start",
        "date",
        "dateTime",
        "authoredOn",
        "authored",
        "dateWritten",
        "recordedDate",
        "recorded",
        "created",
        "createdDateTime",
        "issued",
        "identified",
        "sent",
        "received",
        "serviced",
        "timestamp",
        "statusDate",
    ],
    until: "end",
    period: &[],
    title: &["title", "name"],
};

const fn rule(kind: &'static str, code: &'static [&'static str], when: &'static [&'static str]) -> Rule {
    Rule { kind, code, when, until: "", period: &[], title: &[] }
}

const fn until(rule: Rule, until: &'static str) -> Rule {
    Rule { until, ..rule }
}

const fn period(rule: Rule, period: &'static [&'static str]) -> Rule {
    Rule { period, ..rule }
}

const fn title(rule: Rule, title: &'static [&'static str]) -> Rule {
    Rule { title, ..rule }
}

const RULES: &[Rule] = &[
    rule("Encounter", &["type", "serviceType"], &["period"]),
    until(rule("Condition", &["code"], &["onset", "recordedDate"]), "abatement"),
    rule("Observation", &["code"], &["effective", "issued"]),
    rule("Procedure", &["code"], &["performed"]),
    rule("Immunization", &["vaccineCode"], &["occurrence", "recorded"]),
    period(rule("MedicationRequest", &["medication"], &["authoredOn"]), &["dispenseRequest", "validityPeriod"]),
    rule("MedicationStatement", &["medication"], &["effective", "dateAsserted"]),
    rule("MedicationAdministration", &["medication"], &["effective"]),
    rule("MedicationDispense", &["medication"], &["whenHandedOver", "whenPrepared"]),
    rule("AllergyIntolerance", &["code"], &["onset", "recordedDate"]),
    rule("DiagnosticReport", &["code"], &["effective", "issued"]),
    period(rule("DocumentReference", &["type", "category"], &["date"]), &["context", "period"]),
    rule("ImagingStudy", &["procedureCode", "modality"], &["started"]),
    title(rule("CarePlan", &["category"], &["period", "created"]), &["title"]),
    title(rule("CareTeam", &["category"], &["period"]), &["name"]),
    rule("Goal", &["description"], &["start", "statusDate"]),
    rule("Claim", &["type"], &["billablePeriod", "created"]),
    rule("ExplanationOfBenefit", &["type"], &["billablePeriod", "created"]),
    rule("Medication", &["code"], &[]),
    rule("Device", &["type"], &["manufactureDate"]),
    period(rule("ServiceRequest", &["code"], &["authoredOn", "occurrence"]), &["occurrencePeriod"]),
    until(rule("Appointment", &["serviceType", "appointmentType"], &["start"]), "end"),
    rule("QuestionnaireResponse", &["questionnaire"], &["authored"]),
    period(rule("Consent", &["category", "scope"], &["dateTime"]), &["provision", "period"]),
    rule("FamilyMemberHistory", &["relationship"], &["date"]),
    rule("Coverage", &["type"], &["period"]),
    rule("Specimen", &["type"], &["collection.collected", "receivedTime"]),
    period(rule("Task", &["code"], &["authoredOn", "executionPeriod", "lastModified"]), &["restriction", "period"]),
    rule("Provenance", &["activity"], &["occurred", "recorded"]),
    title(rule("Composition", &["type"], &["date"]), &["title"]),
    rule("RiskAssessment", &["code"], &["occurrence"]),
    rule("ClinicalImpression", &["code"], &["effective", "date"]),
    rule("AuditEvent", &["type"], &["period", "recorded"]),
    rule("Bundle", &[], &["timestamp"]),
];

pub(crate) fn rule_of(kind: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.kind == kind).unwrap_or(&OTHER)
}
