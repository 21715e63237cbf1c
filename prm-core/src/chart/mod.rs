//! What the record of care knows: one entry per clinical resource, and the timeline they make.

mod conflict;
mod entry;
pub(crate) mod index;
mod kind;
mod stream;
mod text;
pub(crate) mod timeline;
mod view;

#[cfg(test)]
mod tests;

pub use entry::{ChartEntry, Component, EntryStatus, EntryValue, Link, LinkTarget, Origin};
pub use kind::EntryKind;
pub use timeline::{TimelineOrder, TimelineQuery};
pub use view::EntryView;
