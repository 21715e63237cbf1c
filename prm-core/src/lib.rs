//! An embeddable engine for Patient Relationship Management: one encrypted, audited store inside the app that knows who
//! the patients are and what their health journey has been.
//!
//! # The way through
//!
//! [`Prm`] opens a store. [`Prm::session`] is where someone acts, for one purpose. A [`Session`] has a room for each part
//! of the field: [`people`](Session::people), [`chart`](Session::chart), [`plan`](Session::plan), [`engage`](Session::engage),
//! [`decide`](Session::decide), [`evidence`](Session::evidence), [`fhir`](Session::fhir),
//! [`govern`](Session::govern), [`upkeep`](Session::upkeep). Writes are [`Command`]s, alone or in a [`Batch`] that happens
//! whole or not at all ([`Session::execute`]); each room has a shorthand for each command. [`Session::subscribe`] follows
//! what others commit. A [`Reckoner`] calculates without a store.
//!
//! ```
//! use prm_core::people::{HumanName, Patient, PatientSearch};
//! use prm_core::{Actor, Command, Founder, Key, OpenOptions, Prm, Purpose};
//!
//! let made = Prm::open_memory(OpenOptions::key(Key::raw([7; 32])), Founder::system("front desk"))?;
//! let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations)?;
//! let name = HumanName { given: vec!["Ana".into()], family: Some("Ortiz".into()), ..HumanName::default() };
//! let patient = Patient { names: vec![name], ..Patient::default() };
//! let receipt = desk.execute([Command::AddPatient { id: None, patient }])?;
//! let hit = &desk.people().search(&PatientSearch::text("ortis"), 5)?[0];
//! assert_eq!(receipt.written[0].id, hit.patient.id.into());
//! # Ok::<(), prm_core::Error>(())
//! ```
//!
//! # What holds everywhere
//!
//! - **No call without an actor and a purpose.** What policy does not permit is [`Denied`](ErrorKind::Denied). There is one
//!   gate, on the only path to the store; lists, searches, cursors and news pass the same gate. The store cannot be named
//!   from outside:
//!
//!   ```compile_fail,E0603
//!   use prm_core::store::commit::Store;
//!   ```
//! - **Every read is on record before its answer is given**, and survives a kill of the process.
//! - **Nothing is lost.** Every version of every record is kept. A record that cannot be decoded is
//!   [`Corrupted`](ErrorKind::Corrupted) with table and key, never absent.
//! - **Time is handed in.** Everything that depends on the clock is a function of stored facts and of the instant of the
//!   call; [`Clock::Manual`] replays any day.
//! - **Content does not print.** `Debug` of names, contacts and free text is redacted ([`Sensitive`]); errors and log lines
//!   carry ids and counts.
//!
//! # What it is not
//!
//! Not an EHR, a FHIR server, a message carrier or a medical device. It does not authenticate: the host app does, and says
//! who acts.
//!
//! # Features
//!
//! - `fast-aes`: AES-256-GCM by `graviola` (no C) where the processor supports it; the same bytes.
//!
//! # Limits
//!
//! One process owns a store at a time. Shut down before copying its folder, and copy it whole. Containment of damage needs
//! `panic = "unwind"` in the host's build.

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
pub mod decide;
pub mod engage;
mod error;
mod event;
pub mod evidence;
pub mod govern;
mod id;
pub mod interchange;
mod page;
pub mod people;
pub mod plan;
mod prm;
mod progress;
mod reckon;
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
    BatchId, CarePauseId, CarePlanId, CareTeamId, CareTemplateId, DecisionAidId, DecisionId, EntryId, EvidenceSourceId,
    GoalId, HolidayCalendarId, Ids, OccurrenceId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId,
    RoleGrantId, ScheduleId, SessionId,
};
pub use page::{Cursor, Page};
pub use prm::{AuditSync, Created, Founder, OpenOptions, Prm, Salvaged, StoreFile};
pub use progress::Progress;
pub use reckon::Reckoner;
pub use sensitive::Sensitive;
pub use session::{
    CareImport, ChartRoom, CheckReport, DecideRoom, DecisionPage, DuePage, EngageRoom, EvidenceRoom, ExportFormat,
    ExportReport, FeedImport, FhirImport, FhirRoom, GovernRoom, ImportReport, MissedPage, NoteReport, PatientPage,
    PeopleRoom, PlanRoom, RefusedRecord, Session, Stats, TableRows, TemplateChange, TemplateImport, TimelinePage,
    TypeReport, UpkeepRoom,
};
pub use store::slot::Key;
pub use time::{
    CivilTime, Clock, Date, DatePrecision, Instant, LocalTime, ManualClock, PartialDate, Period, When, Zones,
};
pub use value::{Coding, Comparator, Concept, Decimal, Quantity};

/// The example of the README is run like those of these pages.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
