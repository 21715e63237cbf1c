//! redb's page 0, kept in two sealed copies so that a torn write of one leaves the other.
//!
//! ```text
//! copy at 4096 and at 12288: counter u64 | seals u64 | ciphertext 4096 | tag 16 | nonce 12 | zero 4
//! associated file_id | 0u64 | counter | seals
//! ```

use super::{FIRST_PAGE, PAGE};
use crate::store::cipher::{Aead, NONCE, TAG};
use crate::store::preamble::PREAMBLE;

/// Bytes of one copy, without the room behind it.
pub(super) const COPY: usize = 16 + PAGE + TAG + NONCE + 4;

/// Byte of redb's header that holds its flags, and the flag that says it was not closed.
const FLAGS: usize = 9;
const RECOVERY: u8 = 2;
const TWO_PHASE: u8 = 4;

/// One of the two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    First,
    Second,
}

impl Side {
    pub(super) const fn offset(self) -> u64 {
        match self {
            Side::First => PREAMBLE as u64,
            Side::Second => PREAMBLE as u64 + (FIRST_PAGE - PREAMBLE as u64) / 2,
        }
    }

    pub(super) const fn other(self) -> Side {
        match self {
            Side::First => Side::Second,
            Side::Second => Side::First,
        }
    }
}

/// Page 0 and what is known of its copies.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) page: Box<[u8; PAGE]>,
    /// Of the newest copy; grows with every write.
    pub(super) counter: u64,
    /// The copy last read or written; none in a new file.
    pub(super) newest: Option<Side>,
    /// The copy known to have reached the disk.
    pub(super) synced: Option<Side>,
}

impl Header {
    pub(super) fn empty() -> Self {
        Header { page: Box::new([0; PAGE]), counter: 0, newest: None, synced: None }
    }

    /// The newer of the copies that open, with the number of seals it tells. `None` if neither does.
    pub(super) fn open(copies: [(Side, &mut [u8]); 2], aead: &Aead, file_id: &[u8; 16]) -> Option<(Self, u64)> {
        copies
            .into_iter()
            .filter_map(|(copy, bytes)| open_copy(bytes, aead, file_id).map(|(c, seals, page)| (c, seals, page, copy)))
            .max_by_key(|(counter, ..)| *counter)
            .map(|(counter, seals, page, copy)| {
                (Header { page: Box::new(*page), counter, newest: Some(copy), synced: None }, seals)
            })
    }

    /// The copy to write next: the one not known to be synced. `None` if nothing is known, so that a sync must come
    /// first: after a kill the newer copy may be in the page cache only.
    pub(super) fn next_copy(&self) -> Option<Side> {
        match (self.synced, self.newest) {
            (Some(synced), _) => Some(synced.other()),
            (None, None) => Some(Side::First),
            (None, Some(_)) => None,
        }
    }
}

pub(super) fn associated(file_id: &[u8; 16], counter: u64, seals: u64) -> [u8; 40] {
    let mut bytes = [0; 40];
    let (id, rest) = bytes.split_at_mut(16);
    id.copy_from_slice(file_id);
    let (counter_bytes, seals_bytes) = rest.split_at_mut(8).1.split_at_mut(8);
    counter_bytes.copy_from_slice(&counter.to_be_bytes());
    seals_bytes.copy_from_slice(&seals.to_be_bytes());
    bytes
}

/// Seals `page` into the bytes of a copy.
pub(super) fn seal_copy(
    page: &[u8; PAGE],
    (counter, seals): (u64, u64),
    aead: &Aead,
    file_id: &[u8; 16],
    nonce: [u8; NONCE],
) -> crate::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(COPY);
    bytes.extend_from_slice(&counter.to_be_bytes());
    bytes.extend_from_slice(&seals.to_be_bytes());
    let mut text = *page;
    let tag = aead.seal(&nonce, &associated(file_id, counter, seals), &mut text)?;
    bytes.extend_from_slice(&text);
    bytes.extend_from_slice(&tag);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&[0; 4]);
    Ok(bytes)
}

fn open_copy<'a>(bytes: &'a mut [u8], aead: &Aead, file_id: &[u8; 16]) -> Option<(u64, u64, &'a [u8; PAGE])> {
    let (counter, rest) = bytes.split_first_chunk_mut()?;
    let (seals, rest) = rest.split_first_chunk_mut()?;
    let (page, rest) = rest.split_first_chunk_mut::<PAGE>()?;
    let (tag, rest) = rest.split_first_chunk::<TAG>()?;
    let nonce = rest.first_chunk::<NONCE>()?;
    let (counter, seals) = (u64::from_be_bytes(*counter), u64::from_be_bytes(*seals));
    aead.open(nonce, &associated(file_id, counter, seals), page, tag).ok()?;
    Some((counter, seals, page))
}

/// Makes redb's header look closed, so that a reader takes the commit it names as it is.
pub(super) fn clear_recovery(header: &mut [u8]) {
    if let Some(flags) = header.get_mut(FLAGS) {
        *flags &= !RECOVERY;
    }
}

/// Makes redb's header vouch for the newest commit, so that a check of it cannot fall back to the one before.
pub(super) fn require_newest(header: &mut [u8]) {
    if let Some(flags) = header.get_mut(FLAGS) {
        *flags |= TWO_PHASE;
    }
}
