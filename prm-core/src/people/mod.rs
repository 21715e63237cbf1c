//! Who the patients are, and the people and organisations around them.

mod care_team;
pub(crate) mod check;
mod check_digit;
mod contact;
pub(crate) mod fold;
mod identifier;
pub(crate) mod index;
mod name;
mod organisation;
mod patient;
mod phonetic;
mod practitioner;
mod related;
pub(crate) mod search;
#[cfg(test)]
pub(crate) mod testing;
mod view;

pub use care_team::{CareTeam, CareTeamMember, Member};
pub use check_digit::CheckDigit;
pub use contact::{Address, ContactPoint, ContactSystem, ContactUse};
pub use identifier::{Identifier, IdentifierUse};
pub use name::{HumanName, NameUse};
pub use organisation::Organisation;
pub use patient::{CommunicationPreferences, Deceased, Gender, Language, Patient, SexForClinicalUse};
pub use practitioner::Practitioner;
pub use related::{Authority, ProxyScope, RelatedPerson};
pub use search::{NameMatching, PatientSearch};
pub use view::{
    CareTeamView, MatchReason, OrganisationView, PatientHit, PatientRow, PatientView, PractitionerView,
    RelatedPersonView, display_name,
};
