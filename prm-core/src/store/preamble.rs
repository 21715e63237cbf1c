//! The first 4,096 bytes of the file `data`: in clear, written once, never again.
//!
//! ```text
//! magic "prm data" 8 | format u16 | suite u8 | 0 | stride u32 | store_id 16 | file_id 16 | page_key_gen u32
//! | SHA-256 of all before 32 | zeros to 4096
//! ```
//! Integers are big-endian. The format stands before everything that may change with it.

use crate::error::{Error, ErrorKind, Result};
use crate::store::bytes::Reader;
use crate::store::cipher::{Suite, sha256};

/// Length of the preamble in the file.
pub(crate) const PREAMBLE: usize = 4096;
/// Bytes a sealed page takes in the file.
pub(crate) const STRIDE: usize = 4128;

const MAGIC: &[u8; 8] = b"prm data";
const FORMAT: u16 = 1;
const DIGESTED: usize = 52;

/// What must be known of a data file before a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preamble {
    pub(crate) suite: Suite,
    /// The store this file belongs to; its key ring names the same.
    pub(crate) store_id: [u8; 16],
    /// This file alone: a rewritten or restored store has another.
    pub(crate) file_id: [u8; 16],
    /// Which page key of the ring seals the file.
    pub(crate) page_key_gen: u32,
}

impl Preamble {
    pub(crate) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(PREAMBLE);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        bytes.extend_from_slice(&[self.suite.number(), 0]);
        bytes.extend_from_slice(&(STRIDE as u32).to_be_bytes());
        bytes.extend_from_slice(&self.store_id);
        bytes.extend_from_slice(&self.file_id);
        bytes.extend_from_slice(&self.page_key_gen.to_be_bytes());
        let digest = sha256(&[&bytes]);
        bytes.extend_from_slice(&digest);
        bytes.resize(PREAMBLE, 0);
        bytes
    }
}

/// Reads a preamble from the first bytes of a file.
///
/// # Errors
/// `NotAStore` if the bytes are something else, `UnsupportedFormat` if a newer library wrote them, `Corrupted` if they
/// are ours and damaged.
pub(crate) fn parse_preamble(bytes: &[u8]) -> Result<Preamble> {
    let mut reader = Reader::new(bytes);
    if reader.array() != Some(*MAGIC) {
        return Err(Error::new(ErrorKind::NotAStore, "the file `data` is not a store"));
    }
    let format = reader.u16().ok_or_else(damaged)?;
    if format > FORMAT {
        return Err(Error::new(ErrorKind::UnsupportedFormat, format!("the file `data` has format {format}")));
    }
    let mut parse = || {
        let suite = reader.u8()?;
        let _ = reader.u8()?;
        let stride = reader.u32()?;
        let (store_id, file_id, page_key_gen) = (reader.array()?, reader.array()?, reader.u32()?);
        let digest: [u8; 32] = reader.array()?;
        let intact = digest == sha256(&[bytes.get(..DIGESTED)?]) && stride as usize == STRIDE;
        intact.then_some((suite, store_id, file_id, page_key_gen))
    };
    let (suite, store_id, file_id, page_key_gen) = parse().ok_or_else(damaged)?;
    let suite = Suite::from_number(suite).ok_or_else(|| {
        Error::new(ErrorKind::UnsupportedFormat, "the file `data` is sealed by a cipher unknown here")
    })?;
    Ok(Preamble { suite, store_id, file_id, page_key_gen })
}

fn damaged() -> Error {
    Error::new(ErrorKind::Corrupted, "the preamble of the file `data` is damaged")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preamble() -> Preamble {
        Preamble { suite: Suite::Aes256Gcm, store_id: [0x51; 16], file_id: [0xf1; 16], page_key_gen: 7 }
    }

    #[test]
    fn the_bytes_are_those_of_format_1() {
        let bytes = preamble().to_bytes();
        let mut expected = b"prm data".to_vec();
        expected.extend_from_slice(&[0, 1, 1, 0, 0, 0, 0x10, 0x20]);
        expected.extend_from_slice(&[0x51; 16]);
        expected.extend_from_slice(&[0xf1; 16]);
        expected.extend_from_slice(&[0, 0, 0, 7]);
        assert_eq!(bytes[..DIGESTED], expected);
        assert_eq!(bytes[DIGESTED..DIGESTED + 32], sha256(&[&expected]));
        assert_eq!(bytes.len(), PREAMBLE);
        assert!(bytes[DIGESTED + 32..].iter().all(|b| *b == 0));
        assert_eq!(parse_preamble(&bytes).unwrap(), preamble());
    }

    #[test]
    fn something_else_a_newer_format_and_damage_are_told_apart() {
        let kind = |bytes: &[u8]| parse_preamble(bytes).unwrap_err().kind();
        let bytes = preamble().to_bytes();
        assert_eq!(kind(b""), ErrorKind::NotAStore);
        assert_eq!(kind(&[0; PREAMBLE]), ErrorKind::NotAStore);
        assert_eq!(kind(b"SQLite format 3\0 and more"), ErrorKind::NotAStore);
        let mut newer = bytes.clone();
        newer[9] = 2;
        assert_eq!(kind(&newer), ErrorKind::UnsupportedFormat);
        assert_eq!(kind(&bytes[..9]), ErrorKind::Corrupted);
        assert_eq!(kind(&bytes[..60]), ErrorKind::Corrupted);
        for bit in (10 * 8)..((DIGESTED + 32) * 8) {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(kind(&damaged), ErrorKind::Corrupted, "bit {bit}");
        }
    }
}
