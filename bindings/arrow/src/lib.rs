//! Tables of [`prm_core`] as Arrow: the list of patients, a timeline, the values of a code, who looked, what is due.
//!
//! A [`Table`] is a [`RecordBatchReader`](arrow_array::RecordBatchReader), so
//! [`FFI_ArrowArrayStream::new`](arrow_array::ffi_stream::FFI_ArrowArrayStream::new) makes of it a stream that polars,
//! pandas, pyarrow and others take as it is.
//!
//! ```
//! use arrow_array::RecordBatchReader;
//! use prm_core::people::{HumanName, Patient};
//! use prm_core::{Actor, Founder, Key, OpenOptions, Prm, Progress, Purpose};
//!
//! let made = Prm::open_memory(OpenOptions::key(Key::raw([7; 32])), Founder::system("front desk"))?;
//! let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations)?;
//! let name = HumanName { text: Some("Ana Ortiz".into()), ..HumanName::default() };
//! desk.people().add(Patient { names: vec![name], ..Patient::default() })?;
//!
//! let table = prm_arrow::patients(&desk, &Progress::default())?;
//! assert_eq!(table.schema().field(1).name(), "name");
//! for batch in table {
//!     assert_eq!(batch?.num_rows(), 1);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Reading a table is reading
//!
//! Every page goes through the session: the gate decides what is in it, and it is on record before a batch is given.
//! Whoever may not read a table is told when it is opened. What the first page found is read then, too.
//!
//! # Which rows
//!
//! Question, session and order are fixed when a table is opened; pages of 1,000 rows follow each other by position (keyset),
//! each read from a snapshot of its own and gone when its batches are taken. A row that is there all the while and keeps its
//! place comes exactly once, whatever others commit meanwhile. A row that is added, or moves because the name or time it
//! is ordered by changes, is in the table if its place is still ahead when that page is read. What may be seen is decided
//! page by page: a role that is taken away ends the table. A trend is one snapshot.
//!
//! # Errors
//!
//! Once a table is open, an error is an [`ArrowError`](arrow_schema::ArrowError) that shows its code and a sentence without
//! content (`cancelled: the caller asked to stop`), and stays: a table never skips what it could not read. [`cause`] gives
//! the error of the library.
//!
//! [`Progress`](prm_core::Progress) counts rows. A table that was asked to stop gives `Cancelled`, even if batches are
//! ready.
//!
//! # Columns
//!
//! Names, types and emptiness are a contract with a number, `prm.contract` in the metadata of the schema. What each column
//! holds is in the metadata of its field, as `description`.
//!
//! - Ids are text as all calls take and give them: they compare, join and print without conversion.
//! - Instants are in UTC, to the microsecond.
//! - A time that may be partial is text as it was written, the instant if it is one, the first day of its span, and how much
//!   of it is known.
//! - A decimal is text with the digits it came with; the number beside it is the nearest of 64 bits.
//! - Of several codes the first is shown.
#![doc = include_str!("../columns.md")]
mod accesses;
mod columns;
mod patients;
mod table;
mod timeline;
mod trend;
mod worklist;

pub use accesses::{accesses, accesses_schema};
pub use patients::{patients, patients_schema};
pub use table::{Table, cause};
pub use timeline::{timeline, timeline_schema};
pub use trend::{trend, trend_schema};
pub use worklist::{worklist, worklist_schema};
