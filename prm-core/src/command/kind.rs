//! Kinds of records.

crate::value::codes! {
    /// Kind of a record.
    RecordKind {
        /// A patient.
        Patient = 1 "patient",
        /// Someone related to a patient.
        RelatedPerson = 2 "related_person",
        /// A practitioner.
        Practitioner = 3 "practitioner",
        /// An organisation.
        Organisation = 4 "organisation",
        /// A care team.
        CareTeam = 5 "care_team",
        /// A role given to someone.
        RoleGrant = 6 "role_grant",
        /// A template of care plans.
        CareTemplate = 7 "care_template",
        /// A calendar of holidays.
        HolidayCalendar = 8 "holiday_calendar",
        /// A decision aid.
        DecisionAid = 9 "decision_aid",
        /// A source of evidence.
        EvidenceSource = 10 "evidence_source",
        /// An entry of a chart.
        Entry = 16 "entry",
        /// A plan of care.
        CarePlan = 17 "care_plan",
        /// A goal.
        Goal = 18 "goal",
        /// A schedule.
        Schedule = 19 "schedule",
        /// What was recorded of an occurrence of a schedule.
        Occurrence = 20 "occurrence",
        /// A pause of care.
        CarePause = 21 "care_pause",
        /// A decision that a patient and a clinician share.
        Decision = 22 "decision",
    }
}
