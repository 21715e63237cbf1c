//! HL7 FHIR R4.

mod identity;
mod json;
mod reference;
mod stream;

pub use identity::Identity;
pub use json::{Json, Object};
pub use reference::{Found, Reference, Target, references};
pub use stream::{BundleEntry, Envelope, Limits, Piece, Position, Reader, Record, Refusal, Request};
