//! The chain of audit entries: each carries the authentication of the one before it.

use std::ops::ControlFlow;

use crate::error::{Error, Result};
use crate::store::cipher::{self, Secret};
use crate::store::engine::{Order, Read};
use crate::store::key::{Key, Prefix};
use crate::store::tables::Table;

/// Bytes of authentication before the entry.
const MAC: usize = 32;

pub(crate) fn row(sequence: u64) -> Vec<u8> {
    Key::new().u64(sequence).done()
}

/// Authentication of an entry and of all before it.
pub(crate) fn link(key: &Secret, before: &[u8; MAC], sequence: u64, entry: &[u8]) -> [u8; MAC] {
    cipher::hmac_sha256(key, &[before, &sequence.to_be_bytes(), entry])
}

pub(crate) fn stored(mac: &[u8; MAC], entry: &[u8]) -> Vec<u8> {
    [mac.as_slice(), entry].concat()
}

/// The entry of a stored row; its authentication is verified by [`verify`].
pub(crate) fn entry<'a>(row: &[u8], stored: &'a [u8]) -> Result<&'a [u8]> {
    stored.get(MAC..).ok_or_else(|| Error::corrupted(Table::Audit.name(), row, "an audit entry is cut off"))
}

/// Walks the whole chain. Gives the sequence of the first entry that does not follow from those before it; `head` and
/// `sequence` are what the store says the chain ends with.
pub(crate) fn verify(read: &dyn Read, key: &Secret, sequence: u64, head: &[u8; MAC]) -> Result<Option<u64>> {
    let mut expected = 1;
    let mut mac = [0; MAC];
    let mut broken = None;
    let rows = Prefix::of(Key::new().done());
    read.scan(Table::Audit, rows.span(), Order::Ascending, &mut |row_key, value| {
        let next = value.get(MAC..).map(|entry| link(key, &mac, expected, entry));
        match (next, value.first_chunk()) {
            (Some(next), Some(found)) if row_key == row(expected) && next == *found => {
                mac = next;
                expected += 1;
                Ok(ControlFlow::Continue(()))
            }
            _ => {
                broken = Some(expected);
                Ok(ControlFlow::Break(()))
            }
        }
    })?;
    if broken.is_none() && (expected != sequence + 1 || mac != *head) {
        broken = Some(expected);
    }
    Ok(broken)
}
