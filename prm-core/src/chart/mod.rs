//! What the record of care knows: one entry per clinical resource, and the timeline they make.

mod entry;
mod kind;
mod view;

pub use entry::{ChartEntry, Component, EntryStatus, EntryValue, Link, LinkTarget, Origin};
pub use kind::EntryKind;
pub use view::EntryView;
