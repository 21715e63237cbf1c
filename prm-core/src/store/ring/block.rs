//! What the blocks of a key ring hold, and how they are sealed.

use zeroize::Zeroizing;

use super::RingHeader;
use crate::error::Result;
use crate::store::bytes::Reader;
use crate::store::cipher::{self, Aead, NONCE, Secret, TAG};

/// Patients of one block.
pub(super) const PER_BLOCK: usize = 256;
pub(super) const BLOCK_TEXT: usize = PER_BLOCK * 33;
pub(super) const BLOCK: usize = NONCE + BLOCK_TEXT + TAG;

/// Content of block 0.
pub(super) struct FixedKeys {
    pub(super) pages: Vec<(u32, Secret)>,
    pub(super) shared: Secret,
    pub(super) audit: Secret,
}

/// States, then keys, of 256 patients; `None` if the block is damaged.
pub(super) type PatientBlock = Option<Zeroizing<Box<[u8]>>>;

impl FixedKeys {
    pub(super) fn encode(&self) -> Zeroizing<Box<[u8]>> {
        let mut text = blank_block();
        let count = u16::try_from(self.pages.len()).unwrap_or(u16::MAX).to_be_bytes();
        let pages =
            self.pages.iter().flat_map(|(number, key)| number.to_be_bytes().into_iter().chain(key.iter().copied()));
        let (shared, audit) = (self.shared.iter().copied(), self.audit.iter().copied());
        let bytes = count.into_iter().chain(pages).chain(shared).chain(audit);
        text.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        text
    }

    pub(super) fn decode(text: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(text);
        let count = reader.u16()?;
        let pages =
            (0..count).map(|_| Some((reader.u32()?, Zeroizing::new(reader.array()?)))).collect::<Option<Vec<_>>>()?;
        let (shared, audit) = (Zeroizing::new(reader.array()?), Zeroizing::new(reader.array()?));
        Some(FixedKeys { pages, shared, audit })
    }
}

pub(super) fn blank_block() -> Zeroizing<Box<[u8]>> {
    Zeroizing::new(vec![0; BLOCK_TEXT].into_boxed_slice())
}

/// A block of spare keys.
pub(super) fn fresh_patients() -> Result<Zeroizing<Box<[u8]>>> {
    let mut text = blank_block();
    if let Some((_, keys)) = text.split_at_mut_checked(PER_BLOCK) {
        cipher::random(keys)?;
    }
    Ok(text)
}

pub(super) fn fresh_nonce() -> Result<[u8; NONCE]> {
    let mut nonce = [0; NONCE];
    cipher::random(&mut nonce)?;
    Ok(nonce)
}

pub(super) fn seal_block(
    key: &Aead,
    header: &RingHeader,
    number: u64,
    nonce: [u8; NONCE],
    mut text: Zeroizing<Box<[u8]>>,
) -> Result<Vec<u8>> {
    let tag = key.seal(&nonce, &header.associated(number), &mut text)?;
    Ok([&nonce[..], &text, &tag].concat())
}

pub(super) fn open_block(key: &Aead, header: &RingHeader, number: u64, block: &[u8]) -> PatientBlock {
    let (nonce, rest) = block.split_first_chunk()?;
    let (text, tag) = rest.split_last_chunk()?;
    let mut text = Zeroizing::new(Box::from(text));
    key.open(nonce, &header.associated(number), &mut text, tag).ok()?;
    Some(text)
}
