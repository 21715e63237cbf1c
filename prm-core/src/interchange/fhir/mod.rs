//! HL7 FHIR R4.

mod export;
mod identity;
mod json;
mod map;
mod reference;
mod stream;

pub use export::{
    BundleWriter, Names, NdjsonWriter, OwnIds, Typed, apply_edit, bundle_of, care_teams, practitioner_roles, resource,
};
pub use identity::Identity;
pub use json::{Json, Object};
pub use map::{Mapped, Mapping, Note, PractitionerRole, Subject, UnplacedPerson, UnplacedTeam, map, resolve_links};
pub use reference::{Found, Reference, Target, references};
pub use stream::{BundleEntry, Envelope, Limits, Piece, Position, Reader, Record, Refusal, Request};
