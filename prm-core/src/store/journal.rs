//! What each commit changed: pointers to versions of records, never their content.

use minicbor::{Decode, Encode};

use crate::error::{Error, Result};
use crate::id::{BatchId, RecordId};
use crate::store::engine::{Order, Read};
use crate::store::key::{Key, Pid, Prefix};
use crate::store::tables::Table;
use crate::time::Instant;

/// How a record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Created,
    Updated,
    Voided,
}

/// One version of one record.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Changed {
    #[n(0)]
    pub(crate) kind: u16,
    #[n(1)]
    pub(crate) id: RecordId,
    /// 0 for a record of no patient.
    #[n(2)]
    pub(crate) pid: Pid,
    #[n(3)]
    pub(crate) version: u32,
    /// Bit n: field n of the record, as it is stored, differs from the version before. A title that is not stored because
    /// the code tells it changes with the code. 0 of a first version.
    #[n(4)]
    pub(crate) fields: u64,
    #[n(5)]
    pub(crate) voided: bool,
}

impl Changed {
    pub(crate) const fn deed(&self) -> Deed {
        match (self.version, self.voided) {
            (_, true) => Deed::Voided,
            (1, false) => Deed::Created,
            (_, false) => Deed::Updated,
        }
    }
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Batched {
    #[n(0)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) recorded: Instant,
    #[n(1)]
    pub(crate) batch: BatchId,
    /// Who, encoded by the room that knows actors.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) by: Vec<u8>,
    #[n(3)]
    pub(crate) changes: Vec<Changed>,
}

pub(crate) fn row(sequence: u64) -> Vec<u8> {
    Key::new().u64(sequence).done()
}

pub(crate) fn decode(row: &[u8], bytes: &[u8]) -> Result<(u64, Batched)> {
    let damaged = || Error::corrupted(Table::Journal.name(), row, "a journal entry does not decode");
    let sequence = row.get(1..).and_then(|k| k.first_chunk()).map(|k| u64::from_be_bytes(*k)).ok_or_else(damaged)?;
    Ok((sequence, minicbor::decode(bytes).map_err(|e| damaged().because(e))?))
}

/// Entries after a sequence, oldest first, until `visit` breaks.
pub(crate) fn since(
    read: &dyn Read,
    after: u64,
    visit: &mut dyn FnMut(u64, Batched) -> Result<std::ops::ControlFlow<()>>,
) -> Result<()> {
    let rows = Prefix::of(Key::new().done()).starting_at(row(after.saturating_add(1)));
    read.scan(Table::Journal, rows.span(), Order::Ascending, &mut |key, value| {
        let (sequence, batched) = decode(key, value)?;
        visit(sequence, batched)
    })
}
