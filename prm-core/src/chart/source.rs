//! The text an entry was imported from, byte for byte.
//!
//! ```text
//! source    pid, class, entry 16, inverted version 4      medium u8, text; sealed, compressed
//! ```
//! A text belongs to the version of the entry that it made, and to later ones until another text comes: an edit made
//! here writes none.
//!
//! To skip what has not changed, an import keeps the [`digest`] of the text in the row that leads from the identity of a
//! resource to its entry. It reads that row in any case, so an unchanged resource costs no further read.

use std::ops::ControlFlow;

use crate::error::{Error, Result};
use crate::id::EntryId;
use crate::store::cipher;
use crate::store::engine::Order;
use crate::store::key::{self, Class, Key, Pid, Prefix};
use crate::store::record::{Owner, Reader};
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::store::value::{self, Codec};

/// Version of the layout of a source row.
const SCHEMA: u16 = 1;

crate::value::codes! {
    /// What an imported text is.
    SourceMedium {
        /// FHIR R4, JSON.
        FhirJson = 1 "application/fhir+json",
    }
}

/// An imported text.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) medium: SourceMedium,
    pub(crate) text: Vec<u8>,
}

fn rows_of(pid: Pid, id: EntryId) -> Key {
    key::class(pid, Class::Source).id(id.into())
}

/// Row of the text that made a version of an entry.
pub(crate) fn source_row(pid: Pid, id: EntryId, version: u32) -> Vec<u8> {
    rows_of(pid, id).u32(u32::MAX - version).done()
}

/// What tells one text from another: the first sixteen bytes of its SHA-256.
pub(crate) fn digest(text: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(cipher::sha256(&[text])).for_each(|(to, from)| *to = from);
    short
}

/// Keeps the text that made a version of an entry.
///
/// # Errors
/// `Invalid` for a medium without a number, `Full` for a text that is longer than the format holds.
pub(crate) fn keep(tx: &mut Tx<'_>, pid: Pid, id: EntryId, version: u32, source: &Source) -> Result<()> {
    let number = source.medium.number().and_then(|n| u8::try_from(n).ok());
    let number = number.ok_or_else(|| Error::invalid("medium", "the kind of text is not known"))?;
    let mut bytes = Vec::with_capacity(source.text.len() + 1);
    bytes.push(number);
    bytes.extend_from_slice(&source.text);
    tx.put_sealed(Owner::Patient(pid), Table::PData, &source_row(pid, id, version), SCHEMA, Codec::Lz4, &bytes)
}

/// The text behind a version of an entry; none if it was made here.
pub(crate) fn source(reader: &Reader<'_>, pid: Pid, id: EntryId, version: u32) -> Result<Option<Source>> {
    let rows = Prefix::of(rows_of(pid, id).done()).starting_at(source_row(pid, id, version));
    let mut found = None;
    reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, bytes| {
        if value::is_further(bytes) {
            return Ok(ControlFlow::Continue(()));
        }
        let (_, opened) = reader.open(Owner::Patient(pid), Table::PData, row, bytes)?;
        let empty = || Error::corrupted(Table::PData.name(), row, "an imported text is empty");
        let (medium, text) = opened.split_first().ok_or_else(empty)?;
        found = Some(Source { medium: SourceMedium::from_number((*medium).into()), text: text.to_vec() });
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests;
