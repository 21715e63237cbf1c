//! An embeddable engine for Patient Relationship Management.

#![forbid(unsafe_code)]
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
mod command;
mod error;
mod event;
pub mod govern;
mod id;
pub mod interchange;
mod page;
pub mod people;
mod prm;
mod progress;
pub mod render;
mod sensitive;
mod session;
mod store;
mod time;
mod value;

pub use command::{Batch, Command, Receipt, RecordKind, Written};
pub use error::{Detail, Error, ErrorKind, Result, Retry};
pub use event::{ChangeKind, Event, Notice, Subscription};
pub use govern::{Actor, Purpose, Who};
pub use id::{
    BatchId, CareTeamId, EntryId, Ids, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId,
    RoleGrantId, SessionId,
};
pub use page::{Cursor, Page};
pub use prm::{AuditSync, Created, Founder, OpenOptions, Prm, Salvaged};
pub use progress::Progress;
pub use sensitive::Sensitive;
pub use session::{
    ChartRoom, CheckReport, ExportFormat, ExportReport, FhirImport, FhirRoom, GovernRoom, ImportReport, NoteReport,
    PatientPage, PeopleRoom, RefusedRecord, Session, Stats, TableRows, TimelinePage, TypeReport, UpkeepRoom,
};
pub use store::slot::Key;
pub use time::{Clock, DatePrecision, Instant, LocalTime, ManualClock, PartialDate, Period, When, Zones};
pub use value::{Coding, Comparator, Concept, Decimal, Quantity};
