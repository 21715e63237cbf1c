//! Times, certainties, roles and states as a person reads them.

use super::words::{DecisionWord as W, DecisionWords};
use crate::decide::{
    Availability, CapacityFinding, Channel, ChoiceStrength, DecisionRole, DecisionState, ImplementationStatus,
    ParticipantRole, RevisitTrigger, SignatureKind,
};
use crate::evidence::{AbsoluteRisk, Certainty, CertaintyReason, EffectMeasure, Horizon, HorizonUnit};
use crate::time::PartialDate;

/// Says every code of an enumeration with a word, and a code that is not known as it came.
macro_rules! said {
    ($($(#[doc = $doc:literal])* $name:ident $codes:ident { $($code:ident $word:ident,)+ })+) => {
        impl DecisionWords {
            $($(#[doc = $doc])*
            pub(crate) fn $name<'a>(&'a self, code: &'a $codes) -> &'a str {
                match code {
                    $($codes::$code => self.say(W::$word),)+
                    $codes::Other(other) => other,
                }
            })+
        }
    };
}

said! {
    availability Availability { Available Available, Limited Limited, Unavailable Unavailable, }
    reason CertaintyReason {
        RiskOfBias RiskOfBias, Inconsistency Inconsistency, Indirectness Indirectness, Imprecision Imprecision,
        PublicationBias PublicationBias, LargeEffect LargeEffect, DoseResponse DoseResponse,
        OpposingConfounding OpposingConfounding,
    }
    measure EffectMeasure {
        RiskRatio RiskRatio, OddsRatio OddsRatio, HazardRatio HazardRatio, RiskDifference RiskDifference,
        MeanDifference MeanDifference, MedianDifference MedianDifference,
        StandardizedMeanDifference StandardizedMeanDifference, AbsoluteRisk AbsoluteRisk,
    }
    /// As the patient says it.
    own_role DecisionRole {
        PatientDecides RoleSelf, PatientAfterOpinion RoleSelfAfter, Together RoleTogether,
        ClinicianAfterOpinion RoleClinicianAfter, ClinicianDecides RoleClinician,
    }
    /// As a record says it.
    role DecisionRole {
        PatientDecides HowSelf, PatientAfterOpinion HowSelfAfter, Together HowTogether,
        ClinicianAfterOpinion HowClinicianAfter, ClinicianDecides HowClinician,
    }
    state DecisionState {
        Identified Identified, Invited Invited, OptionsPresented OptionsPresented, ValuesElicited ValuesElicited,
        Deliberating Deliberating, Decided Decided, Deferred Deferred, DeclinedParticipation DeclinedParticipation,
        Implemented Implemented, Evaluated Evaluated, RevisitDue RevisitDue, Replaced Replaced,
    }
    strength ChoiceStrength { Leaning LeansThatWay, Firm Firm, }
    trigger RevisitTrigger {
        NewEvidence NewEvidence, NewDiagnosis NewDiagnosis, PatientRequest PatientRequest, Date DayCame,
        OutcomeNotAsExpected NotAsExpected, SideEffect SideEffect,
    }
    signature SignatureKind { ClinicianAttestation Attestation, PatientAcknowledgement Acknowledgement, }
    participant ParticipantRole {
        Patient Patient, Proxy Proxy, Supporter Supporter, Interpreter Interpreter, Clinician Clinician,
    }
    capacity CapacityFinding {
        NotInQuestion NotInQuestion, HasCapacity HasCapacity, LacksCapacity LacksCapacity,
    }
    channel Channel { InPerson InPerson, Video Video, Phone Phone, Portal Portal, Paper Paper, }
    implementation ImplementationStatus {
        Started Started, Done Done, ChangedCourse ChangedCourse, NotDone NotDone,
    }
}

const MONTHS: [W; 12] = [
    W::Month1,
    W::Month2,
    W::Month3,
    W::Month4,
    W::Month5,
    W::Month6,
    W::Month7,
    W::Month8,
    W::Month9,
    W::Month10,
    W::Month11,
    W::Month12,
];

impl DecisionWords {
    pub(crate) fn date(&self, date: impl Into<PartialDate>) -> String {
        let date = date.into();
        let year = date.year();
        let month = date.month().and_then(|month| MONTHS.get(usize::from(month).wrapping_sub(1)));
        match (month.map(|month| self.say(*month)), date.day()) {
            (Some(month), Some(day)) => self.fill(W::Date, &[("day", &day), ("month", &month), ("year", &year)]),
            (Some(month), None) => self.fill(W::YearMonth, &[("month", &month), ("year", &year)]),
            _ => year.to_string(),
        }
    }

    pub(crate) fn horizon(&self, horizon: &Horizon) -> String {
        let n = horizon.count;
        let (one, many) = match &horizon.unit {
            HorizonUnit::Days => (W::OverDay, W::OverDays),
            HorizonUnit::Weeks => (W::OverWeek, W::OverWeeks),
            HorizonUnit::Months => (W::OverMonth, W::OverMonths),
            HorizonUnit::Years => (W::OverYear, W::OverYears),
            HorizonUnit::Lifetime => return self.say(W::OverLifetime).to_owned(),
            HorizonUnit::Once => return self.say(W::Once).to_owned(),
            HorizonUnit::Other(unit) => return self.fill(W::OverOther, &[("n", &n), ("unit", unit)]),
        };
        if n == 1 { self.say(one).to_owned() } else { self.fill(many, &[("n", &n)]) }
    }

    /// Of whom a risk is said and over which time. A class that nobody named is left out.
    pub(crate) fn about(&self, risk: &AbsoluteRisk) -> String {
        let (population, time) = (risk.population.trim(), self.horizon(&risk.horizon));
        if population.is_empty() {
            return format!("{time}.");
        }
        self.fill(W::AboutWhom, &[("population", &population), ("time", &time)])
    }

    /// How sure it is in words with a number, and the marks of four that are filled.
    pub(crate) fn certainty(&self, certainty: Option<&Certainty>) -> (String, usize) {
        let (word, marks) = match certainty {
            Some(Certainty::High) => (W::CertaintyHigh, 4),
            Some(Certainty::Moderate) => (W::CertaintyModerate, 3),
            Some(Certainty::Low) => (W::CertaintyLow, 2),
            Some(Certainty::VeryLow) => (W::CertaintyVeryLow, 1),
            Some(Certainty::Other(code)) => return (code.clone(), 0),
            None => (W::CertaintyUnknown, 0),
        };
        (self.fill(word, &[("n", &marks)]), marks)
    }

    pub(crate) fn reasons(&self, reasons: &[CertaintyReason]) -> Option<String> {
        let reasons: Vec<&str> = reasons.iter().map(|reason| self.reason(reason)).collect();
        (!reasons.is_empty()).then(|| self.fill(W::Because, &[("reasons", &reasons.join(self.say(W::Comma)))]))
    }
}
