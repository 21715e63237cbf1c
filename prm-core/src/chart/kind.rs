//! Kinds of chart entries.

crate::value::codes! {
    /// Kind of a chart entry: the name of the FHIR resource type it corresponds to.
    EntryKind {
        /// A visit or stay.
        Encounter = 1 "Encounter",
        /// A problem or diagnosis.
        Condition = 2 "Condition",
        /// A measurement or finding.
        Observation = 3 "Observation",
        /// A procedure.
        Procedure = 4 "Procedure",
        /// A vaccination.
        Immunization = 5 "Immunization",
        /// A prescription.
        MedicationRequest = 6 "MedicationRequest",
        /// A medication as reported.
        MedicationStatement = 7 "MedicationStatement",
        /// A medication as given.
        MedicationAdministration = 8 "MedicationAdministration",
        /// A medication as dispensed.
        MedicationDispense = 9 "MedicationDispense",
        /// An allergy or intolerance.
        AllergyIntolerance = 10 "AllergyIntolerance",
        /// A report of several results.
        DiagnosticReport = 11 "DiagnosticReport",
        /// A document.
        DocumentReference = 12 "DocumentReference",
        /// Images.
        ImagingStudy = 13 "ImagingStudy",
        /// A care plan.
        CarePlan = 14 "CarePlan",
        /// A care team.
        CareTeam = 15 "CareTeam",
        /// A goal.
        Goal = 16 "Goal",
        /// A claim.
        Claim = 17 "Claim",
        /// What a payer decided about a claim.
        ExplanationOfBenefit = 18 "ExplanationOfBenefit",
        /// A medication, described.
        Medication = 19 "Medication",
        /// A device.
        Device = 20 "Device",
        /// An order or referral.
        ServiceRequest = 21 "ServiceRequest",
        /// An appointment.
        Appointment = 22 "Appointment",
        /// A questionnaire that was answered.
        QuestionnaireResponse = 23 "QuestionnaireResponse",
        /// Someone related to the patient.
        RelatedPerson = 24 "RelatedPerson",
        /// A consent.
        Consent = 25 "Consent",
        /// A family member's history.
        FamilyMemberHistory = 26 "FamilyMemberHistory",
        /// Insurance.
        Coverage = 27 "Coverage",
        /// A specimen.
        Specimen = 28 "Specimen",
        /// A task.
        Task = 29 "Task",
        /// Where a record came from.
        Provenance = 30 "Provenance",
        /// The record of a patient as its source gave it.
        Patient = 31 "Patient",
    }
}
