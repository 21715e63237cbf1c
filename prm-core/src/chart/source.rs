//! The text a record was imported from, byte for byte.
//!
//! ```text
//! source    pid, class, record 16, inverted version 4     medium u8, text; sealed, compressed
//! shared    0x4000, record 16, inverted version 4         the same, of a record of no patient
//! ```
//! A text belongs to the version of the record that it made, and to later ones until another text comes: an edit made
//! here writes none.
//!
//! To skip what has not changed, an import keeps the [`digest`] of the text in the row that leads from the identity of a
//! resource to its record. It reads that row in any case, so an unchanged resource costs no further read.

use std::ops::ControlFlow;

use crate::error::{Error, Result};
use crate::id::RecordId;
use crate::store::cipher;
use crate::store::engine::Order;
use crate::store::key::{self, Class, Key, Prefix};
use crate::store::record::{Owner, Reader};
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::store::value::{self, Codec, Packed};

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

/// Kind of the rows of texts of no patient, apart from the kinds of records and from their history.
const SHARED: u16 = 0x4000;

fn rows_of(owner: Owner, id: RecordId) -> (Table, Key) {
    match owner {
        Owner::Patient(pid) => (Table::PData, key::class(pid, Class::Source).id(id)),
        Owner::Shared => (Table::Shared, Key::new().u16(SHARED).id(id)),
    }
}

/// Row of the text that made a version of a record.
pub(crate) fn source_row(owner: Owner, id: RecordId, version: u32) -> (Table, Vec<u8>) {
    let (table, rows) = rows_of(owner, id);
    (table, rows.u32(u32::MAX - version).done())
}

/// What tells one text from another: the first sixteen bytes of its SHA-256.
pub(crate) fn digest(text: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(cipher::sha256(&[text])).for_each(|(to, from)| *to = from);
    short
}

impl Source {
    /// The text as it will be kept, compressed.
    ///
    /// # Errors
    /// `Invalid` for a medium without a number, `Full` for a text that is longer than the format holds.
    pub(crate) fn pack(&self) -> Result<Packed<'static>> {
        let number = self.medium.number().and_then(|n| u8::try_from(n).ok());
        let number = number.ok_or_else(|| Error::invalid("medium", "the kind of text is not known"))?;
        Packed::of(Codec::Lz4, [&[number], self.text.as_slice()].concat())
    }
}

/// Keeps the text that made a version of a record.
///
/// # Errors
/// Whatever the keys and the reads of the transaction fail with.
pub(crate) fn keep(tx: &mut Tx<'_>, owner: Owner, id: RecordId, version: u32, source: &Packed<'_>) -> Result<()> {
    let (table, row) = source_row(owner, id, version);
    tx.put_packed(owner, table, &row, SCHEMA, source)
}

/// The text behind a version of a record, with the version it made; none if the record was made here.
pub(crate) fn source(reader: &Reader<'_>, owner: Owner, id: RecordId, version: u32) -> Result<Option<(u32, Source)>> {
    let (table, rows) = rows_of(owner, id);
    let rows = Prefix::of(rows.done()).starting_at(source_row(owner, id, version).1);
    let mut found = None;
    reader.read.scan(table, rows.span(), Order::Ascending, &mut |row, bytes| {
        if value::is_further(bytes) {
            return Ok(ControlFlow::Continue(()));
        }
        let (_, opened) = reader.open(owner, table, row, bytes)?;
        let damaged = || Error::corrupted(table.name(), row, "an imported text is empty");
        let (medium, text) = opened.split_first().ok_or_else(damaged)?;
        let version = row.last_chunk().map(|v| u32::MAX - u32::from_be_bytes(*v)).ok_or_else(damaged)?;
        found = Some((version, Source { medium: SourceMedium::from_number((*medium).into()), text: text.to_vec() }));
        Ok(ControlFlow::Break(()))
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests;
