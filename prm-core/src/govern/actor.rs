//! Who acts, and what for.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::id::{PatientId, PractitionerId, RelatedPersonId};

/// Bytes of a text that every entry of the audit repeats.
const LONGEST: usize = 200;

crate::value::codes! {
    /// What data are used for: codes of v3 PurposeOfUse. A purpose this version does not know permits nothing.
    Purpose {
        /// Care of the patient.
        Treatment = 1 "TREAT",
        /// Running the organisation: registration, import, administration.
        Operations = 2 "HOPERAT",
        /// At the patient's own request.
        PatientRequest = 3 "PATRQT",
    }
}

/// Who acts. The host app has authenticated them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// A practitioner, or someone who works for those who give care.
    #[n(0)]
    Practitioner(#[n(0)] PractitionerId),
    /// A patient.
    #[n(1)]
    Patient(#[n(0)] PatientId),
    /// Someone related to a patient.
    #[n(2)]
    RelatedPerson(#[n(0)] RelatedPersonId),
    /// A program that acts for nobody in particular, by a name that an administrator gave a role.
    #[n(3)]
    System(#[n(0)] String),
}

/// Who acts, for whom, with which app on which device. A session has one for its whole life.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Who.
    #[n(0)]
    pub who: Who,
    /// For whom, if not for themselves; recorded, and no ground for access by itself.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PatientId>,
    /// App and version.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// Device.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

impl Who {
    /// # Errors
    /// `Invalid` for a program without a name, or with one of more than 200 bytes.
    pub(crate) fn check(&self) -> Result<()> {
        match self {
            Who::System(name) if name.trim().is_empty() => Err(Error::invalid("who", "a program has a name")),
            Who::System(name) => short("who", name),
            _ => Ok(()),
        }
    }
}

fn short(field: &'static str, text: &str) -> Result<()> {
    if text.len() > LONGEST { Err(Error::invalid(field, "the text is longer than 200 bytes")) } else { Ok(()) }
}

impl Actor {
    /// # Errors
    /// `Invalid` for a text that is longer than 200 bytes, or a program without a name.
    pub(crate) fn check(&self, purpose: &Purpose) -> Result<()> {
        self.who.check()?;
        short("app", self.app.as_deref().unwrap_or_default())?;
        short("device", self.device.as_deref().unwrap_or_default())?;
        short("purpose", purpose.code())
    }

    /// Someone, with no app or device named yet.
    pub fn new(who: Who) -> Self {
        Actor { who, on_behalf_of: None, app: None, device: None }
    }

    /// A practitioner.
    pub fn practitioner(id: PractitionerId) -> Self {
        Actor::new(Who::Practitioner(id))
    }

    /// A patient.
    pub fn patient(id: PatientId) -> Self {
        Actor::new(Who::Patient(id))
    }

    /// Someone related to a patient.
    pub fn related_person(id: RelatedPersonId) -> Self {
        Actor::new(Who::RelatedPerson(id))
    }

    /// A program.
    pub fn system(name: impl Into<String>) -> Self {
        Actor::new(Who::System(name.into()))
    }

    /// With this app.
    #[must_use]
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// On this device.
    #[must_use]
    pub fn device(mut self, device: impl Into<String>) -> Self {
        self.device = Some(device.into());
        self
    }

    /// For this patient.
    #[must_use]
    pub fn on_behalf_of(mut self, patient: PatientId) -> Self {
        self.on_behalf_of = Some(patient);
        self
    }
}
