//! What the record of care knows: one entry per clinical resource, and the timeline they make.

pub(crate) mod check;
mod conflict;
mod encoding;
mod entry;
pub(crate) mod index;
mod kind;
pub(crate) mod lists;
pub(crate) mod source;
mod stream;
mod text;
pub(crate) mod timeline;
pub(crate) mod values;
mod view;
mod vitals;

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;

pub use entry::{ChartEntry, Component, EntryStatus, EntryValue, Link, LinkTarget, Origin};
pub use kind::EntryKind;
pub use source::SourceMedium;
pub use timeline::{TimelineOrder, TimelineQuery};
pub use view::{DoseView, EntryView, LatestValue, ListItem, ListState, Point, Series, Trend, VaccineView};
