//! HL7 FHIR R4, in and out, without a store: reading, mapping, writing.
//!
//! [`Reader`] takes bundles, single resources and NDJSON apart into records, each with its position and its exact text.
//! [`Json`] reads such a text as tokens, [`Identity`] says which record of its source it is and what other records may
//! call it, [`map()`] makes a typed record of it, and [`resource`] and [`apply_edit`] go the other way. The exact text of
//! a record that was not edited is its export.
//!
//! Nothing is dropped: what could not be read is refused with position and reason, what could not be typed is noted
//! and stays in the text, and the parts of a bundle around its resources come as [`BundleEntry`] and [`Envelope`], from
//! which [`bundle_of`] puts it together again.

mod care;
mod export;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod hostile;
mod identity;
mod json;
mod map;
mod reference;
mod stream;

pub use care::{
    CareDocument, CareGoal, CareReading, CareSchedule, ReadTemplate, ReadTiming, read_care, read_template, read_timing,
    write_care, write_template, write_timing,
};
pub use export::{
    BundleWriter, Names, NdjsonWriter, OwnIds, Typed, apply_edit, bundle_of, care_teams, practitioner_roles, resource,
};
pub use identity::Identity;
pub use json::{Json, Object};
pub use map::{Mapped, Mapping, Note, PractitionerRole, Subject, UnplacedPerson, UnplacedTeam, map, resolve_links};
pub use reference::{Found, Reference, Target, references};
pub use stream::{BundleEntry, Envelope, Limits, Piece, Position, Reader, Record, Refusal, Request};
