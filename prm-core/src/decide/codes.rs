//! How a decision stands, who takes part in what role, and how the choice was made.

crate::value::codes! {
    /// How a shared decision stands.
    DecisionState {
        /// There is something to decide.
        Identified = 1 "identified",
        /// The patient was asked to take part.
        Invited = 2 "invited",
        /// The options were shown and explained.
        OptionsPresented = 3 "options-presented",
        /// What matters to the patient was asked and recorded.
        ValuesElicited = 4 "values-elicited",
        /// The patient weighs.
        Deliberating = 5 "deliberating",
        /// A choice was made together.
        Decided = 6 "decided",
        /// It is put off.
        Deferred = 7 "deferred",
        /// The patient would rather not decide and said so. That is a preference, not a fault.
        DeclinedParticipation = 8 "declined-participation",
        /// The choice is being carried out, or was.
        Implemented = 9 "implemented",
        /// Outcome and regret were asked.
        Evaluated = 10 "evaluated",
        /// It is time to look again.
        RevisitDue = 11 "revisit-due",
        /// Another record took its place.
        Replaced = 12 "replaced",
    }
}

crate::value::codes! {
    /// By which way people spoke with each other.
    Channel {
        /// In one room.
        InPerson = 1 "in-person",
        /// By video.
        Video = 2 "video",
        /// By telephone.
        Phone = 3 "phone",
        /// By messages of a portal or an app.
        Portal = 4 "portal",
        /// On paper.
        Paper = 5 "paper",
    }
}

crate::value::codes! {
    /// What someone is there for.
    ParticipantRole {
        /// The patient.
        Patient = 1 "patient",
        /// Someone who may decide for the patient.
        Proxy = 2 "proxy",
        /// Someone whom the patient wants to be there.
        Supporter = 3 "supporter",
        /// Someone who translates.
        Interpreter = 4 "interpreter",
        /// Someone who gives care.
        Clinician = 5 "clinician",
    }
}

crate::value::codes! {
    /// What was found of the patient's capacity to decide this.
    CapacityFinding {
        /// There is no reason to doubt it.
        NotInQuestion = 1 "not-in-question",
        /// It was assessed and is there.
        HasCapacity = 2 "has-capacity",
        /// It was assessed and is not there: a proxy decides.
        LacksCapacity = 3 "lacks-capacity",
    }
}

crate::value::codes! {
    /// Who decides, as someone wants it or lived it (active, collaborative and passive of the Control Preferences Scale).
    DecisionRole {
        /// The patient decides.
        PatientDecides = 1 "patient-decides",
        /// The patient decides and first hears what the clinician thinks.
        PatientAfterOpinion = 2 "patient-after-opinion",
        /// Both decide together.
        Together = 3 "together",
        /// The clinician decides and first hears what the patient thinks.
        ClinicianAfterOpinion = 4 "clinician-after-opinion",
        /// The clinician decides.
        ClinicianDecides = 5 "clinician-decides",
    }
}

crate::value::codes! {
    /// What an outcome means to those who live it.
    OutcomeKind {
        /// Something wanted.
        Benefit = 1 "benefit",
        /// Something feared.
        Harm = 2 "harm",
        /// Effort, cost or trouble.
        Burden = 3 "burden",
    }
}

crate::value::codes! {
    /// Whether an option can be had.
    Availability {
        /// Here and now.
        Available = 1 "available",
        /// Elsewhere, or after a wait.
        Limited = 2 "limited",
        /// Not for this patient.
        Unavailable = 3 "unavailable",
    }
}

crate::value::codes! {
    /// How firm a choice is.
    ChoiceStrength {
        /// The patient leans that way.
        Leaning = 1 "leaning",
        /// The patient is sure.
        Firm = 2 "firm",
    }
}

crate::value::codes! {
    /// What makes a decision worth looking at again.
    RevisitTrigger {
        /// There is new evidence.
        NewEvidence = 1 "new-evidence",
        /// There is a new diagnosis.
        NewDiagnosis = 2 "new-diagnosis",
        /// The patient asks.
        PatientRequest = 3 "patient-request",
        /// The day has come.
        Date = 4 "date",
        /// What was expected did not happen.
        OutcomeNotAsExpected = 5 "outcome-not-as-expected",
        /// There is a side effect.
        SideEffect = 6 "side-effect",
    }
}

crate::value::codes! {
    /// What a signature says.
    SignatureKind {
        /// The clinician attests that it was so.
        ClinicianAttestation = 1 "clinician-attestation",
        /// The patient, or who decides for them, acknowledges it.
        PatientAcknowledgement = 2 "patient-acknowledgement",
    }
}

crate::value::codes! {
    /// What became of a choice.
    ImplementationStatus {
        /// It was begun.
        Started = 1 "started",
        /// It was carried out.
        Done = 2 "done",
        /// Something else was done.
        ChangedCourse = 3 "changed-course",
        /// It was not carried out.
        NotDone = 4 "not-done",
    }
}
