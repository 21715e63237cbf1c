//! The envelope of every record: sealed under the data key of its patient, or the shared key of the store.
//!
//! ```text
//! stored        format u8 | codec u8 | dictionary u16 | schema u16 | nonce 12 | [count u16] | ciphertext | tag 16
//! nonce         10 bytes of the operating system, drawn at the first seal of a transaction and on wrap | counter u16
//! associated    table number u8 | row key | first 6 bytes
//! ```
//! Integers are big-endian. `codec` 0 holds the bytes as they are, 1 their length (u32) and an LZ4 block made with the
//! shipped dictionary of that number, 2 their length (u32), the length of their folded form (u32, see `layout`) and such
//! a block of that.
//!
//! A value of more than 3,900 bytes after compression continues in rows of its key and a chunk number (u16, from 1). Its
//! first row has bit 7 of `codec` set, `count` = the number of further rows, and `count` at the end of its associated
//! data. A further row has `codec` 0x40 and the nonce of the first row at the end of its associated data: a row of
//! another version of the value does not open.

use std::borrow::Cow;
use std::fmt;
use std::io::Write as _;
use std::sync::OnceLock;

use crate::error::{Error, ErrorKind, Result};
use crate::store::bytes::Reader;
use crate::store::cipher::{self, Aead, NONCE, Secret, Suite, TAG};
use crate::store::dictionary;
use crate::store::layout;
use crate::store::tables::Table;

/// Bytes of a row's content after compression; more continue in further rows.
pub(crate) const CHUNK: usize = 3900;
/// Longest value, before compression.
pub(crate) const MAX_VALUE: usize = 64 << 20;

const FORMAT: u8 = 1;
const PREFIX: usize = 6;
const PLAIN: u8 = 0;
const LZ4: u8 = 1;
const FOLDED: u8 = 2;
const FURTHER: u8 = 0x40;
const CONTINUED: u8 = 0x80;

/// How the bytes of a value are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    /// As they are.
    Plain,
    /// Compressed with the newest dictionary, and printed JSON folded, if that makes them shorter.
    Lz4,
}

/// A key that seals values. Its cipher is prepared at the first use and kept.
pub(crate) struct DataKey {
    suite: Suite,
    secret: Secret,
    aead: OnceLock<Aead>,
}

impl DataKey {
    pub(crate) fn new(suite: Suite, secret: Secret) -> Self {
        DataKey { suite, secret, aead: OnceLock::new() }
    }

    fn aead(&self) -> &Aead {
        self.aead.get_or_init(|| Aead::new(self.suite, &self.secret))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// The nonces of one write transaction.
#[derive(Debug, Default)]
pub(crate) struct NonceRun {
    drawn: Option<[u8; 10]>,
    counter: u16,
}

impl NonceRun {
    pub(crate) fn new() -> Self {
        NonceRun::default()
    }

    fn next(&mut self) -> Result<[u8; NONCE]> {
        let drawn = match self.drawn {
            Some(drawn) => drawn,
            None => {
                let mut drawn = [0; 10];
                cipher::random(&mut drawn)?;
                self.drawn = Some(drawn);
                self.counter = 0;
                drawn
            }
        };
        let mut nonce = [0; NONCE];
        for (to, from) in nonce.iter_mut().zip(drawn.iter().chain(&self.counter.to_be_bytes())) {
            *to = *from;
        }
        match self.counter.checked_add(1) {
            Some(next) => self.counter = next,
            None => self.drawn = None,
        }
        Ok(nonce)
    }
}

/// Seals a value into one row.
///
/// # Errors
/// `Full` if the value is longer than [`MAX_VALUE`].
#[cfg(test)]
pub(crate) fn seal(
    key: &DataKey,
    nonces: &mut NonceRun,
    table: Table,
    row: &[u8],
    schema: u16,
    codec: Codec,
    plaintext: &[u8],
) -> Result<Vec<u8>> {
    let text = Text::of(codec, plaintext)?;
    seal_row(
        key,
        nonces.next()?,
        table,
        row,
        Head { codec: text.codec, dictionary: text.dictionary, schema },
        &[],
        &text,
    )
}

/// Opens a value of one row.
///
/// # Errors
/// `Corrupted` with table and key if the row is not what this key sealed there; `UnsupportedFormat` if a newer library
/// wrote it.
#[cfg(test)]
pub(crate) fn open(key: &DataKey, table: Table, row: &[u8], stored: &[u8]) -> Result<(u16, Vec<u8>)> {
    open_rows(key, table, row, stored, |_| Ok(None))
}

/// Seals a value into as many rows as it needs: the first has the key `row`, the others follow it in key order.
///
/// # Errors
/// `Full` if the value is longer than [`MAX_VALUE`].
pub(crate) fn seal_rows(
    key: &DataKey,
    nonces: &mut NonceRun,
    table: Table,
    row: &[u8],
    schema: u16,
    codec: Codec,
    plaintext: &[u8],
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    seal_packed(key, nonces, table, row, schema, &Packed(Text::of(codec, plaintext)?))
}

/// A value as it will be held, made where no key is at hand.
#[derive(Debug)]
pub(crate) struct Packed<'a>(Text<'a>);

impl Packed<'static> {
    /// # Errors
    /// `Full` if the value is longer than [`MAX_VALUE`].
    pub(crate) fn of(codec: Codec, plaintext: Vec<u8>) -> Result<Self> {
        let Text { codec, dictionary, lengths, bytes } = Text::of(codec, &plaintext)?;
        let bytes = match bytes {
            Cow::Owned(bytes) => bytes,
            Cow::Borrowed(_) => plaintext,
        };
        Ok(Packed(Text { codec, dictionary, lengths, bytes: bytes.into() }))
    }
}

/// As [`seal_rows`], of a value that is packed already.
///
/// # Errors
/// As [`seal_rows`].
pub(crate) fn seal_packed(
    key: &DataKey,
    nonces: &mut NonceRun,
    table: Table,
    row: &[u8],
    schema: u16,
    Packed(text): &Packed<'_>,
) -> Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let head = Head { codec: text.codec, dictionary: text.dictionary, schema };
    if text.len() <= CHUNK {
        return Ok(vec![(row.to_vec(), seal_row(key, nonces.next()?, table, row, head, &[], text)?)]);
    }
    let whole = text.concat();
    let (first, rest) = whole.split_at_checked(CHUNK).unwrap_or((&whole, &[]));
    let count = u16::try_from(rest.len().div_ceil(CHUNK)).map_err(|_| too_long())?;
    let nonce = nonces.next()?;
    let continued = Head { codec: head.codec | CONTINUED, ..head };
    let mut rows = Vec::with_capacity(usize::from(count) + 1);
    rows.push((row.to_vec(), seal_row(key, nonce, table, row, continued, &count.to_be_bytes(), &Text::raw(first))?));
    let further = Head { codec: FURTHER, dictionary: 0, schema };
    for (number, part) in (1..=count).zip(rest.chunks(CHUNK)) {
        let row = further_key(row, number);
        let stored = seal_row(key, nonces.next()?, table, &row, further, &nonce, &Text::raw(part))?;
        rows.push((row, stored));
    }
    Ok(rows)
}

/// Opens a value of one or several rows. `fetch` is asked for the further rows by key.
///
/// # Errors
/// `Corrupted` with table and key if a row is missing or is not what this key sealed there; `UnsupportedFormat` if a
/// newer library wrote it; whatever `fetch` fails with.
pub(crate) fn open_rows(
    key: &DataKey,
    table: Table,
    row: &[u8],
    first: &[u8],
    fetch: impl FnMut(&[u8]) -> Result<Option<Vec<u8>>>,
) -> Result<(u16, Vec<u8>)> {
    let mut plaintext = Vec::new();
    let schema = open_rows_into(key, table, row, first, fetch, &mut plaintext)?;
    Ok((schema, plaintext))
}

/// As [`open_rows`], into a buffer that may have been used before.
///
/// # Errors
/// As [`open_rows`].
pub(crate) fn open_rows_into(
    key: &DataKey,
    table: Table,
    row: &[u8],
    first: &[u8],
    mut fetch: impl FnMut(&[u8]) -> Result<Option<Vec<u8>>>,
    text: &mut Vec<u8>,
) -> Result<u16> {
    text.clear();
    let damaged = || Error::corrupted(table.name(), row, "a value fails authentication");
    let parsed = Stored::parse(table, row, first)?;
    if parsed.head.codec & FURTHER != 0 {
        return Err(Error::corrupted(table.name(), row, "a further row where a value begins"));
    }
    if parsed.count == [0, 0] {
        return Err(Error::corrupted(table.name(), row, "a longer value of no further row"));
    }
    parsed.open(key, table, row, parsed.count, text).ok_or_else(damaged)?;
    let further = further_rows(first);
    for number in 1..=further {
        let row = further_key(row, number);
        let lost = || Error::corrupted(table.name(), &row, "a row of a longer value is missing or damaged");
        let stored = fetch(&row)?.ok_or_else(lost)?;
        let part = Stored::parse(table, &row, &stored)?;
        if part.head.codec != FURTHER || part.head.schema != parsed.head.schema {
            return Err(lost());
        }
        part.open(key, table, &row, &parsed.nonce, text).ok_or_else(lost)?;
    }
    let does_not_expand = || Error::corrupted(table.name(), row, "a compressed value does not expand");
    match parsed.head.codec & !CONTINUED {
        PLAIN if parsed.head.dictionary == 0 => {}
        PLAIN => return Err(does_not_expand()),
        codec @ (LZ4 | FOLDED) => {
            let dictionary = dictionary::numbered(parsed.head.dictionary).ok_or_else(|| newer(table))?;
            let expand = if codec == LZ4 { expand } else { expand_folded };
            *text = expand(text, dictionary).ok_or_else(does_not_expand)?;
        }
        _ => return Err(newer(table)),
    }
    Ok(parsed.head.schema)
}

/// How many further rows belong to the value whose first row this is. Nothing is authenticated.
pub(crate) fn further_rows(first: &[u8]) -> u16 {
    match first {
        [FORMAT, codec, ..] if codec & CONTINUED != 0 => {
            first.get(PREFIX + NONCE..).and_then(|rest| rest.first_chunk()).map_or(0, |c| u16::from_be_bytes(*c))
        }
        _ => 0,
    }
}

/// Whether a row of a scan continues the value before it. Nothing is authenticated.
pub(crate) fn is_further(stored: &[u8]) -> bool {
    matches!(stored, [FORMAT, FURTHER, ..])
}

/// Key of a further row: the key of the value, then the number of the chunk.
pub(crate) fn further_key(row: &[u8], number: u16) -> Vec<u8> {
    [row, &number.to_be_bytes()].concat()
}

#[derive(Debug, Clone, Copy)]
struct Head {
    codec: u8,
    dictionary: u16,
    schema: u16,
}

impl Head {
    fn bytes(self) -> [u8; PREFIX] {
        let ([d0, d1], [s0, s1]) = (self.dictionary.to_be_bytes(), self.schema.to_be_bytes());
        [FORMAT, self.codec, d0, d1, s0, s1]
    }
}

/// What is sealed: the lengths before compression, if it is compressed, and the bytes. It depends on the content alone, so
/// that it may be made ready before the row is known.
struct Text<'a> {
    codec: u8,
    dictionary: u16,
    lengths: Vec<u8>,
    bytes: Cow<'a, [u8]>,
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text(…)")
    }
}

impl<'a> Text<'a> {
    fn raw(bytes: &'a [u8]) -> Self {
        Text { codec: PLAIN, dictionary: 0, lengths: Vec::new(), bytes: bytes.into() }
    }

    /// A value as its codec holds it.
    ///
    /// # Errors
    /// `Full` if the value is longer than [`MAX_VALUE`].
    fn of(codec: Codec, plaintext: &'a [u8]) -> Result<Self> {
        if plaintext.len() > MAX_VALUE {
            return Err(too_long());
        }
        let raw = Text::raw(plaintext);
        let compressed = match codec {
            Codec::Plain => return Ok(raw),
            Codec::Lz4 => match layout::fold(plaintext) {
                Some(folded) => Text::compressed(FOLDED, &[plaintext, &folded], &folded)?,
                None => Text::compressed(LZ4, &[plaintext], plaintext)?,
            },
        };
        Ok(if compressed.len() < raw.len() { compressed } else { raw })
    }

    fn compressed(codec: u8, lengths_of: &[&[u8]], text: &[u8]) -> Result<Self> {
        let mut lengths = Vec::with_capacity(8);
        for text in lengths_of {
            lengths.extend_from_slice(&u32::try_from(text.len()).map_err(|_| too_long())?.to_be_bytes());
        }
        Ok(Text { codec, dictionary: dictionary::NEWEST, lengths, bytes: dictionary::compress(text).into() })
    }

    /// Bytes to seal.
    fn len(&self) -> usize {
        self.lengths.len() + self.bytes.len()
    }

    fn concat(&self) -> Vec<u8> {
        [&self.lengths, &*self.bytes].concat()
    }
}

/// A row cut into its fields.
struct Stored<'a> {
    head: Head,
    nonce: [u8; NONCE],
    count: &'a [u8],
    ciphertext: &'a [u8],
    tag: [u8; TAG],
}

impl<'a> Stored<'a> {
    fn parse(table: Table, row: &[u8], stored: &'a [u8]) -> Result<Self> {
        match stored.first() {
            Some(&FORMAT) => {}
            Some(&format) if format > FORMAT => return Err(newer(table)),
            _ => return Err(Error::corrupted(table.name(), row, "a value of no known format")),
        }
        Stored::cut(stored).ok_or_else(|| Error::corrupted(table.name(), row, "a value is cut off"))
    }

    fn cut(stored: &'a [u8]) -> Option<Self> {
        let mut reader = Reader::new(stored);
        reader.u8()?;
        let head = Head { codec: reader.u8()?, dictionary: reader.u16()?, schema: reader.u16()? };
        let nonce = reader.array()?;
        let count = reader.take(if head.codec & CONTINUED == 0 { 0 } else { 2 })?;
        let (ciphertext, tag) = reader.rest().split_last_chunk()?;
        Some(Stored { head, nonce, count, ciphertext, tag: *tag })
    }

    /// Opens the row behind what `text` holds already.
    fn open(&self, key: &DataKey, table: Table, row: &[u8], bound: &[u8], text: &mut Vec<u8>) -> Option<()> {
        let start = text.len();
        text.extend_from_slice(self.ciphertext);
        let (body, head) = (text.get_mut(start..)?, self.head.bytes());
        with_associated(table, row, &head, bound, |aad| key.aead().open(&self.nonce, aad, body, &self.tag)).ok()
    }
}

fn seal_row(
    key: &DataKey,
    nonce: [u8; NONCE],
    table: Table,
    row: &[u8],
    head: Head,
    bound: &[u8],
    text: &Text<'_>,
) -> Result<Vec<u8>> {
    let head_bytes = head.bytes();
    let mut stored = Vec::with_capacity(PREFIX + NONCE + 2 + text.len() + TAG);
    stored.extend_from_slice(&head_bytes);
    stored.extend_from_slice(&nonce);
    if head.codec & CONTINUED != 0 {
        stored.extend_from_slice(bound);
    }
    let start = stored.len();
    stored.extend_from_slice(&text.lengths);
    stored.extend_from_slice(&text.bytes);
    let body = stored.get_mut(start..).unwrap_or_default();
    let tag = with_associated(table, row, &head_bytes, bound, |aad| key.aead().seal(&nonce, aad, body))?;
    stored.extend_from_slice(&tag);
    Ok(stored)
}

/// The associated data of a row, put together without an allocation for keys of a usual length.
fn with_associated<T>(table: Table, row: &[u8], head: &[u8], bound: &[u8], run: impl FnOnce(&[u8]) -> T) -> T {
    let number = [table as u8];
    let parts = [&number[..], row, head, bound];
    let mut room = [0u8; 128];
    let mut free = &mut room[..];
    let fits = parts.iter().all(|part| free.write_all(part).is_ok());
    let free = free.len();
    match room.get(..room.len() - free) {
        Some(short) if fits => run(short),
        _ => run(&parts.concat()),
    }
}

fn expand(text: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(text);
    let len = claimed(&mut reader)?;
    let block = reader.rest();
    // An LZ4 block expands at most 255 times: a longer claim would only make us allocate.
    (len <= block.len().saturating_mul(255)).then(|| dictionary::expand(block, len, dictionary))?
}

fn expand_folded(text: &[u8], dictionary: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(text);
    let len = claimed(&mut reader)?;
    layout::unfold(&expand(reader.rest(), dictionary)?, len)
}

fn claimed(reader: &mut Reader<'_>) -> Option<usize> {
    usize::try_from(reader.u32()?).ok().filter(|len| *len <= MAX_VALUE)
}

fn newer(table: Table) -> Error {
    Error::new(ErrorKind::UnsupportedFormat, format!("a row of table {} was written by a newer library", table.name()))
}

fn too_long() -> Error {
    Error::new(ErrorKind::Full, "a value is longer than the format holds")
}

#[cfg(test)]
mod tests;
