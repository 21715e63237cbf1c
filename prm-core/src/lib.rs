//! An embeddable engine for Patient Relationship Management.

#![forbid(unsafe_code)]
#![allow(dead_code, reason = "rooms are being connected")]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "tests fail by panicking"
    )
)]

pub mod chart;
mod error;
pub mod govern;
mod id;
pub mod interchange;
pub mod people;
pub mod render;
mod sensitive;
mod store;
mod time;
mod value;

pub use error::{Detail, Error, ErrorKind, Result, Retry};
pub use id::{
    BatchId, CareTeamId, EntryId, Ids, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId, SessionId,
};
pub use sensitive::Sensitive;
pub use store::slot::Key;
pub use time::{Clock, DatePrecision, Instant, LocalTime, ManualClock, PartialDate, Period, When, Zones};
pub use value::{Coding, Comparator, Concept, Decimal, Quantity};
