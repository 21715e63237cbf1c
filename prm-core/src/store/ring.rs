//! The key ring: the file `keys` beside `data`.
//!
//! ```text
//! header     magic 8 | format u16 | suite u8 | 0 | ring_id 16 | store_id 16 | generation u64 | store_seq_hint u64
//!            | slot count u16 | slots | SHA-256 of all before 32 | HMAC of all before 32
//! block      nonce 12 | ciphertext 8448 | tag 16, block 0 directly behind the header
//! associated ring_id | generation u64 | block number u64
//! block 0    count u16 | count x (page key generation u32, page key 32) | shared key 32 | audit key 32 | zeros
//! block i    256 x state u8 | 256 x key 32, of the patients (i-1)*256 .. i*256
//! state      0 spare: key made, perhaps in use | 1 live | 2 destroyed: key zeros
//! ```
//! Integers are big-endian. Block key = HMAC(ring key, label), header HMAC under HMAC(ring key, label). The plain digest
//! tells damage from a wrong key before any key is tried.
//!
//! Blocks are appended one at a time, each synced before a key of it is handed out, so only the last can be torn:
//! bytes at the end of the file that do not make an authentic block are not there. A block before the last that does
//! not open is damage, which only its 256 patients feel. So is a last one that does not open if the store has handed
//! out a key of it; the store says so once it is open.

mod block;

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use zeroize::Zeroizing;

use self::block::{BLOCK, FixedKeys, PER_BLOCK, PatientBlock, fresh_nonce, fresh_patients, open_block, seal_block};
use crate::error::{Error, ErrorKind, Result};
use crate::store::bytes::Reader;
use crate::store::cipher::{self, Aead, Secret, Suite};
use crate::store::medium::{self, Held, Medium};
use crate::store::slot::{self, Binding, Cost, Key, Slot};
use crate::store::value::DataKey;

const MAGIC: &[u8; 8] = b"prm keys";
const FORMAT: u16 = 1;
const MAX_SLOTS: u16 = 64;
/// Blocks of patients: 16 million of them, and a file of half a gigabyte.
const MAX_BLOCKS: u64 = 65_536;
const MAX_FILE: u64 = (MAX_BLOCKS + 1) * BLOCK as u64 + (1 << 20);

const SPARE: u8 = 0;
const LIVE: u8 = 1;
const DESTROYED: u8 = 2;

const BLOCK_KEY: &[u8] = b"prm ring block 1";
const HEADER_KEY: &[u8] = b"prm ring header 1";

/// The open key ring. Reading is for any number of threads, appending for one at a time.
pub(crate) struct KeyRing {
    header: RingHeader,
    block_key: Arc<Aead>,
    fixed: FixedKeys,
    patients: RwLock<Vec<PatientBlock>>,
    end: Mutex<End>,
}

/// Where the ring grows.
struct End {
    file: Box<dyn Medium>,
    /// A whole block that does not open follows those that count.
    unopened: bool,
}

/// The clear part of a key ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RingHeader {
    pub(crate) suite: Suite,
    pub(crate) ring_id: [u8; 16],
    pub(crate) store_id: [u8; 16],
    pub(crate) generation: u64,
    pub(crate) store_seq_hint: u64,
    slots: Vec<Slot>,
    /// Bytes up to and with the digest, which the HMAC covers.
    signed: usize,
    mac: [u8; 32],
}

impl KeyRing {
    /// Makes the key ring of a new store, with the first page key (generation 1), and leaves it durable.
    ///
    /// # Errors
    /// `Io` if there is a file at `path` already; `Invalid` if the passphrase is empty.
    pub(crate) fn create(path: &Path, store_id: [u8; 16], suite: Suite, key: &Key) -> Result<Self> {
        KeyRing::create_at_cost(path, store_id, suite, key, Cost::DEFAULT)
    }

    fn create_at_cost(path: &Path, store_id: [u8; 16], suite: Suite, key: &Key, cost: Cost) -> Result<Self> {
        let (ring, bytes) = KeyRing::fresh(store_id, suite, key, cost)?;
        let file = medium::private_file().create_new(true).open(path)?;
        let written = medium::write_all_at(&file, &bytes, 0).and_then(|()| file.sync_all());
        if let Err(error) = written.and_then(|()| medium::sync_folder(path)) {
            // A beginning of a ring would stand in the way of another attempt. It has opened nothing yet.
            let _ = fs::remove_file(path);
            return Err(error.into());
        }
        Ok(KeyRing { end: Mutex::new(End { file: Box::new(Held::from(file)), unopened: false }), ..ring })
    }

    /// Makes a key ring that lives in memory.
    pub(crate) fn in_memory(store_id: [u8; 16], suite: Suite, key: &Key) -> Result<Self> {
        KeyRing::fresh(store_id, suite, key, Cost::DEFAULT).map(|(ring, _)| ring)
    }

    /// A ring in memory, and the bytes of its file so far.
    fn fresh(store_id: [u8; 16], suite: Suite, key: &Key, cost: Cost) -> Result<(Self, Vec<u8>)> {
        let mut binding = Binding { suite, ring_id: [0; 16], store_id, generation: 1 };
        cipher::random(&mut binding.ring_id)?;
        let ring_key = cipher::fresh_secret()?;
        let slot = Slot::new(&binding, key, cost, &ring_key)?;
        let (header, mut bytes) = RingHeader::assemble(&binding, 0, vec![slot], &ring_key);
        let fixed = FixedKeys {
            pages: vec![(1, cipher::fresh_secret()?)],
            shared: cipher::fresh_secret()?,
            audit: cipher::fresh_secret()?,
        };
        let block_key = header.block_key(&ring_key);
        bytes.extend_from_slice(&seal_block(&block_key, &header, 0, fresh_nonce()?, fixed.encode())?);
        let end = Mutex::new(End { file: Box::new(medium::Memory::default()), unopened: false });
        Ok((KeyRing { header, block_key, fixed, patients: RwLock::default(), end }, bytes))
    }

    /// Opens the key ring of the store `store_id`.
    ///
    /// # Errors
    /// `KeyRingMissing` if there is none, or one of another store in its place; `WrongKey` if `key` opens no slot;
    /// `Corrupted` if the header, a slot or block 0 is damaged; `UnsupportedFormat` if a newer library wrote it.
    pub(crate) fn open(path: &Path, store_id: [u8; 16], key: &Key) -> Result<Self> {
        let (bytes, file) = read(path)?;
        KeyRing::from_bytes(&bytes, store_id, key, Box::new(Held::from(file)))
    }

    /// Opens the key ring at `path` again with what this one knows, without a key of the host.
    ///
    /// # Errors
    /// As [`open`](Self::open), and `KeyRingStale` if it was written anew meanwhile.
    pub(crate) fn again(&self, path: &Path) -> Result<Self> {
        let (bytes, file) = read(path)?;
        if parse_ring_header(&bytes)? != self.header {
            return Err(Error::new(ErrorKind::KeyRingStale, "the key ring was replaced while the store was open"));
        }
        KeyRing::with_blocks(&bytes, self.header.clone(), Arc::clone(&self.block_key), Box::new(Held::from(file)))
    }

    /// Closes the file. No block can be appended any more.
    pub(crate) fn release(&self) {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).file.release();
    }

    pub(crate) fn from_bytes(bytes: &[u8], store_id: [u8; 16], key: &Key, file: Box<dyn Medium>) -> Result<Self> {
        let header = parse_ring_header(bytes)?;
        if header.store_id != store_id {
            return Err(Error::new(
                ErrorKind::KeyRingMissing,
                "the key ring is that of another store; the one of this store is missing",
            ));
        }
        let ring_key = header.unlock(key)?;
        let signed = bytes.get(..header.signed).ok_or_else(cut_off)?;
        let mac = cipher::hmac_sha256(&header_key(&ring_key), &[signed]);
        if !cipher::same(&mac, &header.mac) {
            return Err(damaged("the header of the key ring fails authentication"));
        }
        let block_key = header.block_key(&ring_key);
        KeyRing::with_blocks(bytes, header, block_key, file)
    }

    /// The ring behind a header that is authentic.
    fn with_blocks(bytes: &[u8], header: RingHeader, block_key: Arc<Aead>, file: Box<dyn Medium>) -> Result<Self> {
        let mut blocks = bytes.get(header.len()..).ok_or_else(cut_off)?.chunks_exact(BLOCK);
        let torn_after = blocks.remainder();
        let fixed = blocks
            .next()
            .and_then(|block| open_block(&block_key, &header, 0, block))
            .and_then(|text| FixedKeys::decode(&text))
            .ok_or_else(|| damaged("block 0 of the key ring is damaged"))?;
        let mut patients: Vec<PatientBlock> =
            (1..).zip(blocks).map(|(number, block)| open_block(&block_key, &header, number, block)).collect();
        let unopened = torn_after.is_empty() && patients.last().is_some_and(Option::is_none);
        if unopened {
            patients.pop();
        }
        let end = Mutex::new(End { file, unopened });
        Ok(KeyRing { header, block_key, fixed, patients: RwLock::new(patients), end })
    }

    /// The clear part of the key ring at `path`, read again.
    pub(crate) fn peek(path: &Path) -> Result<RingHeader> {
        parse_ring_header(&read(path)?.0)
    }

    /// The page key of a generation.
    ///
    /// # Errors
    /// `KeyRingStale` if this ring does not have it.
    pub(crate) fn page_key(&self, generation: u32) -> Result<Secret> {
        let found = self.fixed.pages.iter().find(|(g, _)| *g == generation);
        found.map(|(_, key)| key.clone()).ok_or_else(|| {
            Error::new(ErrorKind::KeyRingStale, format!("the key ring has no page key of generation {generation}"))
        })
    }

    /// The generation of the newest page key: new files are made under it.
    pub(crate) fn newest_page_key(&self) -> u32 {
        self.fixed.pages.iter().map(|(g, _)| *g).max().unwrap_or(0)
    }

    /// The key of records of no patient.
    pub(crate) fn shared_key(&self) -> DataKey {
        DataKey::new(self.header.suite, self.fixed.shared.clone())
    }

    /// The key that chains audit entries; keys of the tail log come from it too.
    pub(crate) fn audit_key(&self) -> &Secret {
        &self.fixed.audit
    }

    /// The key of a patient's records.
    ///
    /// # Errors
    /// `Erased` if it was destroyed, `KeyRingStale` if this ring never had it, `Corrupted` if its block is damaged.
    pub(crate) fn patient_key(&self, pid: u64) -> Result<DataKey> {
        let (block, slot) = place(pid);
        let patients = self.patients.read().unwrap_or_else(PoisonError::into_inner);
        let Some(block) = patients.get(block) else {
            return Err(Error::new(ErrorKind::KeyRingStale, format!("the key ring has no key for patient slot {pid}")));
        };
        let Some((states, keys)) = block.as_ref().and_then(|text| text.split_at_checked(PER_BLOCK)) else {
            return Err(damaged("a block of the key ring is damaged"));
        };
        match (states.get(slot), keys.get(32 * slot..).and_then(|keys| keys.first_chunk())) {
            (Some(&(SPARE | LIVE)), Some(key)) => Ok(DataKey::new(self.header.suite, Zeroizing::new(*key))),
            (Some(&DESTROYED), _) => Err(Error::new(ErrorKind::Erased, "the key of this patient was destroyed")),
            _ => Err(Error::new(ErrorKind::UnsupportedFormat, "a newer library set the state of a patient's key")),
        }
    }

    /// Compares the ring with the store that it was opened for: `next_pid` is the pid that the store hands out next,
    /// `least` the generation it knows of. A last block that does not open is damage if a key of it was handed out.
    ///
    /// # Errors
    /// `KeyRingStale` if this ring is older than the store.
    pub(crate) fn expect(&self, next_pid: u64, least: u64) -> Result<()> {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        // Pids begin at 1: a store that never had a patient needs no slot.
        let needed = if next_pid > 1 { next_pid } else { 0 };
        if self.len() < needed && std::mem::take(&mut end.unopened) {
            self.patients.write().unwrap_or_else(PoisonError::into_inner).push(None);
        }
        if self.len() < needed || self.header.generation < least {
            return Err(Error::new(ErrorKind::KeyRingStale, "the key ring is older than the store"));
        }
        Ok(())
    }

    /// Appends blocks until every pid below `end` has a key. Each is durable before this returns.
    ///
    /// It overwrites what follows the last block that counts, so [`KeyRing::expect`] comes first.
    ///
    /// # Errors
    /// `Full` if the disk is, or if the format holds no more patients; `Io` if a block cannot be written. Then no key of
    /// that block was handed out, and a later call tries again.
    pub(crate) fn ensure(&self, end: u64) -> Result<()> {
        if self.len() >= end {
            return Ok(());
        }
        let mut tail = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        while self.len() < end {
            let number = self.blocks() + 1;
            if number > MAX_BLOCKS {
                return Err(Error::new(ErrorKind::Full, "a store holds no more patients"));
            }
            let text = fresh_patients()?;
            let sealed = seal_block(&self.block_key, &self.header, number, fresh_nonce()?, text.clone())?;
            let offset = self.header.len() as u64 + number * BLOCK as u64;
            tail.unopened = false;
            medium::write_all_at(&*tail.file, &sealed, offset)?;
            tail.file.sync()?;
            self.patients.write().unwrap_or_else(PoisonError::into_inner).push(Some(text));
        }
        Ok(())
    }

    /// Number of patients that have a slot, destroyed and damaged ones counted.
    pub(crate) fn len(&self) -> u64 {
        self.blocks() * PER_BLOCK as u64
    }

    fn blocks(&self) -> u64 {
        self.patients.read().unwrap_or_else(PoisonError::into_inner).len() as u64
    }

    /// Ranges of pids (first, and the one after the last) whose keys are damaged.
    pub(crate) fn damaged(&self) -> Vec<(u64, u64)> {
        let patients = self.patients.read().unwrap_or_else(PoisonError::into_inner);
        let firsts = (0u64..).step_by(PER_BLOCK);
        firsts.zip(patients.iter()).filter(|(_, b)| b.is_none()).map(|(f, _)| (f, f + PER_BLOCK as u64)).collect()
    }

    pub(crate) fn suite(&self) -> Suite {
        self.header.suite
    }

    pub(crate) fn generation(&self) -> u64 {
        self.header.generation
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing(generation {}, {} patients)", self.generation(), self.len())
    }
}

impl RingHeader {
    fn assemble(binding: &Binding, store_seq_hint: u64, slots: Vec<Slot>, ring_key: &Secret) -> (Self, Vec<u8>) {
        let mut bytes = Vec::with_capacity(512);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        bytes.extend_from_slice(&[binding.suite.number(), 0]);
        bytes.extend_from_slice(&binding.ring_id);
        bytes.extend_from_slice(&binding.store_id);
        bytes.extend_from_slice(&binding.generation.to_be_bytes());
        bytes.extend_from_slice(&store_seq_hint.to_be_bytes());
        bytes.extend_from_slice(&u16::try_from(slots.len()).unwrap_or(u16::MAX).to_be_bytes());
        for slot in &slots {
            slot.encode(&mut bytes);
        }
        let digest = cipher::sha256(&[&bytes]);
        bytes.extend_from_slice(&digest);
        let signed = bytes.len();
        let mac = cipher::hmac_sha256(&header_key(ring_key), &[&bytes]);
        bytes.extend_from_slice(&mac);
        let Binding { suite, ring_id, store_id, generation } = *binding;
        (RingHeader { suite, ring_id, store_id, generation, store_seq_hint, slots, signed, mac }, bytes)
    }

    fn binding(&self) -> Binding {
        Binding { suite: self.suite, ring_id: self.ring_id, store_id: self.store_id, generation: self.generation }
    }

    /// The ring key, from the first slot that `key` opens. A slot that is damaged or asks for too much stands in the way
    /// of no other.
    fn unlock(&self, key: &Key) -> Result<Secret> {
        let binding = self.binding();
        let mut allowed = slot::MOST_WORK;
        let mut refused = None;
        for slot in &self.slots {
            match slot.open(&binding, key, &mut allowed) {
                Ok(Some(ring_key)) => return Ok(ring_key),
                Ok(None) => {}
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        Err(refused.unwrap_or_else(|| Error::new(ErrorKind::WrongKey, "the key opens no slot of the key ring")))
    }

    fn block_key(&self, ring_key: &Secret) -> Arc<Aead> {
        Arc::new(Aead::new(self.suite, &Zeroizing::new(cipher::hmac_sha256(ring_key, &[BLOCK_KEY]))))
    }

    fn associated(&self, number: u64) -> [u8; 32] {
        let mut out = [0; 32];
        let parts = self.ring_id.iter().copied().chain(self.generation.to_be_bytes()).chain(number.to_be_bytes());
        out.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        out
    }

    /// Bytes of the header in the file.
    fn len(&self) -> usize {
        self.signed + self.mac.len()
    }
}

/// Reads the clear part of a key ring. Its HMAC is checked once a slot is open.
pub(crate) fn parse_ring_header(bytes: &[u8]) -> Result<RingHeader> {
    let mut reader = Reader::new(bytes);
    if reader.array() != Some(*MAGIC) {
        return Err(damaged("the file in place of the key ring does not begin like one"));
    }
    if reader.u16().ok_or_else(cut_off)? != FORMAT {
        return Err(Error::new(ErrorKind::UnsupportedFormat, "the key ring was written by a newer library"));
    }
    let (suite, header) = parse_fields(bytes, reader).ok_or_else(cut_off)?;
    let (text, digest) = bytes.get(..header.signed).and_then(<[u8]>::split_last_chunk).ok_or_else(cut_off)?;
    if cipher::sha256(&[text]) != *digest {
        return Err(damaged("the header of the key ring is damaged"));
    }
    let suite = Suite::from_number(suite)
        .ok_or_else(|| Error::new(ErrorKind::UnsupportedFormat, "the key ring uses a cipher of a newer library"))?;
    Ok(RingHeader { suite, ..header })
}

fn parse_fields(bytes: &[u8], mut reader: Reader<'_>) -> Option<(u8, RingHeader)> {
    let suite = reader.u8()?;
    reader.u8()?;
    let (ring_id, store_id) = (reader.array()?, reader.array()?);
    let (generation, store_seq_hint) = (reader.u64()?, reader.u64()?);
    let count = reader.u16().filter(|count| *count <= MAX_SLOTS)?;
    let slots = (0..count).map(|_| Slot::decode(&mut reader)).collect::<Option<Vec<_>>>()?;
    reader.array::<32>()?;
    let signed = bytes.len() - reader.rest().len();
    let mac = reader.array()?;
    let known = Suite::Aes256Gcm;
    Some((suite, RingHeader { suite: known, ring_id, store_id, generation, store_seq_hint, slots, signed, mac }))
}

fn place(pid: u64) -> (usize, usize) {
    let block = usize::try_from(pid / PER_BLOCK as u64).unwrap_or(usize::MAX);
    (block, (pid % PER_BLOCK as u64) as usize)
}

fn header_key(ring_key: &Secret) -> Secret {
    Zeroizing::new(cipher::hmac_sha256(ring_key, &[HEADER_KEY]))
}

fn read(path: &Path) -> Result<(Vec<u8>, fs::File)> {
    let opened = match medium::open(&medium::private_file(), path) {
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied => medium::open(fs::File::options().read(true), path),
        opened => opened,
    };
    let file = opened.map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => {
            Error::new(ErrorKind::KeyRingMissing, "there is no key ring beside the data").because(e)
        }
        _ => Error::from(e),
    })?;
    if file.metadata()?.len() > MAX_FILE {
        return Err(damaged("the file in place of the key ring is longer than one can be"));
    }
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(&file, MAX_FILE), &mut bytes)?;
    Ok((bytes, file))
}

fn damaged(what: &'static str) -> Error {
    Error::new(ErrorKind::Corrupted, what)
}

fn cut_off() -> Error {
    damaged("the header of the key ring is cut off or malformed")
}

#[cfg(test)]
mod tests;
