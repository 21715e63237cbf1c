//! What a reader yields.

use super::super::{Identity, Json};
use crate::error::{Error, Result};

/// Where something stands in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// How many records and refusals came before it.
    pub index: u64,
    /// Offset of its first byte.
    pub offset: u64,
    /// Line of its first byte, from 1.
    pub line: u64,
}

/// One thing read.
#[derive(Debug)]
pub enum Piece {
    /// A resource.
    Record(Record),
    /// An entry of a bundle that holds no resource: the response to a transaction, a request to delete.
    Bare(Position, BundleEntry),
    /// A bundle without its entries; it comes after them.
    Envelope(Envelope),
    /// Something that could not be read. What follows is read all the same.
    Refused(Refusal),
}

/// A resource as it stands in the input.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub position: Position,
    /// Its exact text. Not yet looked into: [`Record::json`] does.
    pub text: Box<str>,
    /// The entry of the bundle it stood in.
    pub entry: Option<BundleEntry>,
}

/// The entry of a bundle around a resource.
#[derive(Clone, PartialEq, Eq)]
pub struct BundleEntry {
    /// Which bundle of the input, from 0.
    pub bundle: u64,
    /// `fullUrl`.
    pub full_url: Option<String>,
    /// `request`.
    pub request: Option<Request>,
    /// The whole entry as JSON, with `{}` in place of the resource. With it, the envelope and the texts of the
    /// resources the bundle can be put together again: [`bundle_of`](crate::interchange::fhir::bundle_of).
    pub text: Box<str>,
}

/// What a transaction or batch asks to be done with an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `POST`, `PUT`, `DELETE` and so on.
    pub method: Option<String>,
    /// Where to.
    pub url: Option<String>,
    /// Condition under which nothing is to be created, as a query.
    pub if_none_exist: Option<String>,
}

/// A bundle without its entries: id, type, identifier, timestamp, total, links, signature and whatever else it has.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Where the bundle stands.
    pub position: Position,
    /// Which bundle of the input, from 0.
    pub bundle: u64,
    /// The bundle as JSON, its own members exactly as they were, with `[]` in place of the entries.
    pub text: Box<str>,
    /// How many entries were met, refused ones included.
    pub entries: u64,
}

/// What could not be read, and why.
#[derive(Debug)]
pub struct Refusal {
    /// Where it stands.
    pub position: Position,
    /// Why; the offset it names is that of the input.
    pub error: Error,
}

impl Record {
    /// The resource.
    ///
    /// # Errors
    /// `Invalid` when the text is not JSON; see [`Json::parse`]. The offset is that within the text.
    pub fn json(&self) -> Result<Json<'_>> {
        Json::parse(self.text.as_bytes())
    }

    /// The identity of the resource, which [`Record::json`] gave.
    ///
    /// # Errors
    /// `Invalid` when it is no resource.
    pub fn identity(&self, resource: &Json<'_>) -> Result<Identity> {
        Identity::of(resource, &self.text, self.entry.as_ref().and_then(|e| e.full_url.as_deref()))
    }
}

impl Envelope {
    /// `type` of the bundle, e.g. `transaction`.
    pub fn kind(&self) -> Option<String> {
        Json::parse(self.text.as_bytes()).ok()?.text_of("type").map(str::to_owned)
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({:?}, {} bytes)", self.position, self.text.len())
    }
}

impl std::fmt::Debug for BundleEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BundleEntry(bundle {}, {} bytes)", self.bundle, self.text.len())
    }
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Envelope({:?}, {} entries)", self.position, self.entries)
    }
}
