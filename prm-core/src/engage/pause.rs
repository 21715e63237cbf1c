//! Pauses of care.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{CarePlanId, PatientId, ScheduleId};
use crate::sensitive::Sensitive;
use crate::time::Instant;

/// What a pause is of. A pause of the patient pauses every plan, one of a plan every schedule of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseScope {
    /// Everything for the patient.
    #[default]
    #[n(0)]
    Patient,
    /// One plan.
    #[n(1)]
    Plan(#[n(0)] CarePlanId),
    /// One schedule.
    #[n(2)]
    Schedule(#[n(0)] ScheduleId),
}

crate::value::codes! {
    /// Why care is paused.
    PauseReason {
        /// The patient asked for it.
        PatientRequest = 1 "patient-request",
        /// The patient is in hospital.
        Admitted = 2 "admitted",
        /// The patient is in hospice care.
        Hospice = 3 "hospice",
        /// The patient moved away.
        MovedAway = 4 "moved-away",
        /// The patient travels.
        Travel = 5 "travel",
        /// A clinician decided so.
        Clinical = 6 "clinical",
        /// The patient has died.
        Deceased = 7 "deceased",
    }
}

/// A pause of care: what falls in it is neither due nor missed. What is due before and after is as if it had never been.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct CarePause {
    /// The patient.
    #[n(0)]
    pub patient: PatientId,
    /// What is paused.
    #[cbor(n(1), default)]
    #[serde(default)]
    pub scope: PauseScope,
    /// From when on.
    #[n(2)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub from: Instant,
    /// Until when, this instant not included; none until it is resumed.
    #[n(3)]
    #[cbor(with = "crate::time::cbor_instant_option")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Why.
    #[n(4)]
    pub reason: PauseReason,
    /// A remark.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sensitive>,
}
