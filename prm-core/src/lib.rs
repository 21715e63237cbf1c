//! An embeddable engine for Patient Relationship Management.

#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "tests fail by panicking"
    )
)]

mod error;
mod id;
mod sensitive;
mod store;

pub use error::{Detail, Error, ErrorKind, Result, Retry};
pub use id::{
    BatchId, CareTeamId, EntryId, Ids, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId, SessionId,
};
pub use sensitive::Sensitive;
pub use store::slot::Key;
