//! Header and frames of the tail log as bytes.

use std::sync::Arc;

use super::{HEADER, LogPosition, MAX_PAYLOAD};
use crate::error::{Error, ErrorKind, Result};
use crate::store::bytes::Reader;
use crate::store::cipher::{self, Aead, NONCE, Secret, Suite, TAG};

const MAGIC: &[u8; 8] = b"prm log\0";
const FORMAT: u16 = 1;
const LEAST_FRAME: usize = NONCE + 1 + TAG;

const HEADER_MAC: &[u8] = b"prm log header 1";
const CHAIN_START: &[u8] = b"prm log chain 1";

/// A log cut into header and frames. Nothing is authenticated yet.
#[derive(Debug)]
pub(crate) struct ParsedLog<'a> {
    pub(super) header: &'a [u8],
    suite: u8,
    pub(super) epoch: u64,
    pub(super) file_id: [u8; 16],
    pub(super) frames: Vec<&'a [u8]>,
}

/// Cuts a log into header and frames; `None` if it does not begin like one. Stops at the first frame that cannot be one.
///
/// # Errors
/// `UnsupportedFormat` if a newer library wrote it.
pub(crate) fn parse_log(bytes: &[u8]) -> Result<Option<ParsedLog<'_>>> {
    let mut reader = Reader::new(bytes);
    if reader.array() != Some(*MAGIC) {
        return Ok(None);
    }
    if reader.u16().is_some_and(|format| format > FORMAT) {
        return Err(Error::new(ErrorKind::UnsupportedFormat, "the access log was written by a newer library"));
    }
    Ok(parse_fields(bytes, reader))
}

fn parse_fields<'a>(bytes: &'a [u8], mut reader: Reader<'a>) -> Option<ParsedLog<'a>> {
    let suite = reader.u8()?;
    reader.u8()?;
    let (epoch, file_id) = (reader.u64()?, reader.array()?);
    reader.array::<32>()?;
    let mut frames = Vec::new();
    let mut rest = reader.rest();
    while let Some((len, body)) = rest.split_first_chunk().and_then(|(len, body)| {
        let len = usize::try_from(u32::from_be_bytes(*len)).ok()?;
        ((LEAST_FRAME..=LEAST_FRAME + MAX_PAYLOAD).contains(&len) && len <= body.len()).then_some((len, body))
    }) {
        frames.extend(rest.get(..4 + len));
        rest = body.get(len..).unwrap_or_default();
    }
    Some(ParsedLog { header: bytes.get(..HEADER)?, suite, epoch, file_id, frames })
}

impl ParsedLog<'_> {
    pub(super) fn header_is_authentic(&self, suite: Suite, key: &Secret) -> bool {
        let Some((text, mac)) = self.header.split_last_chunk() else {
            return false;
        };
        self.suite == suite.number() && cipher::same(mac, &cipher::hmac_sha256(key, &[HEADER_MAC, text]))
    }
}

/// Writes a header and answers the chain that its first frame continues.
pub(super) fn begin_file(out: &mut Vec<u8>, suite: Suite, key: &Secret, epoch: u64, file_id: [u8; 16]) -> [u8; 32] {
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT.to_be_bytes());
    out.extend_from_slice(&[suite.number(), 0]);
    out.extend_from_slice(&epoch.to_be_bytes());
    out.extend_from_slice(&file_id);
    let mac = cipher::hmac_sha256(key, &[HEADER_MAC, out]);
    out.extend_from_slice(&mac);
    chain_start(key, out)
}

pub(super) fn chain_start(key: &Secret, header: &[u8]) -> [u8; 32] {
    cipher::hmac_sha256(key, &[CHAIN_START, header])
}

fn associated(position: &LogPosition, chain: &[u8; 32]) -> [u8; 56] {
    let mut out = [0; 56];
    let bytes = position.file_id.into_iter().chain(position.sequence.to_be_bytes()).chain(*chain);
    out.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    out
}

pub(super) fn seal_frame(
    out: &mut Vec<u8>,
    key: &Aead,
    nonce: [u8; NONCE],
    position: &LogPosition,
    chain: &[u8; 32],
    kind: u8,
    payload: &[u8],
) -> Result<()> {
    let len = u32::try_from(LEAST_FRAME + payload.len())
        .map_err(|_| Error::invalid("payload", "an entry of the log is longer than the format holds"))?;
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(&nonce);
    let start = out.len();
    out.push(kind);
    out.extend_from_slice(payload);
    let tag = key.seal(&nonce, &associated(position, chain), out.get_mut(start..).unwrap_or_default())?;
    out.extend_from_slice(&tag);
    Ok(())
}

pub(super) fn open_frame(
    key: &Aead,
    position: &LogPosition,
    chain: &[u8; 32],
    frame: &[u8],
) -> Option<(u8, Arc<[u8]>)> {
    let mut reader = Reader::new(frame);
    reader.u32()?;
    let nonce = reader.array()?;
    let (text, tag) = reader.rest().split_last_chunk()?;
    let mut text = text.to_vec();
    key.open(&nonce, &associated(position, chain), &mut text, tag).ok()?;
    let (kind, payload) = text.split_first()?;
    Some((*kind, payload.into()))
}
