//! The tail log: the file `log` beside `data`. What must be on record before an answer is given goes here, one write
//! each, until a commit folds it into tables.
//!
//! ```text
//! file       empty, or header | frames
//! header     magic 8 | format u16 | suite u8 | 0 | epoch u64 | file_id 16 | HMAC of all before 32
//! frame      length u32 of what follows | nonce 12 | ciphertext | tag 16;   plaintext = kind u8 | payload
//! associated file_id | sequence u64, from 1 | chain 32
//! chain      of the first frame HMAC(key, label | header), of any other SHA-256(chain of the one before | that frame)
//! ```
//! Integers are big-endian. Frames are sealed under HMAC(key, "log1" | file_id), each with a fresh nonce of the operating
//! system. A file begins with its first frame, in the same write. After a reset the next file has another id and a higher
//! epoch, so a position never means two frames.
//!
//! A file is at most 256 MiB long. Replay stops at the first frame that is cut off, does not open or does not continue the chain; nothing after it
//! counts. Appending cuts such a tail off first.

mod frame;

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use self::frame::{ParsedLog, begin_file, chain_start, open_frame, seal_frame};
use crate::error::{Error, ErrorKind, Result};
use crate::store::cipher::{self, Aead, NONCE, Secret, Suite};
use crate::store::medium::{self, Held, Medium};

pub(crate) use self::frame::parse_log;

const HEADER: usize = 68;
/// Longest payload of one frame.
pub(crate) const MAX_PAYLOAD: usize = 1 << 20;
/// Longest file. What lies behind cannot be ours.
const MAX_FILE: u64 = 256 << 20;

const FRAME_KEY: &[u8] = b"log1";

/// Which frame. Positions of one store's logs rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogPosition {
    epoch: u64,
    sequence: u64,
    file_id: [u8; 16],
}

impl LogPosition {
    /// For the row of `meta` that a folding commit writes.
    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let mut out = [0; 32];
        let bytes = self.epoch.to_be_bytes().into_iter().chain(self.sequence.to_be_bytes()).chain(self.file_id);
        out.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        out
    }

    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        let (epoch, rest) = bytes.split_first_chunk().unwrap_or((&[0; 8], &[]));
        let (sequence, rest) = rest.split_first_chunk().unwrap_or((&[0; 8], &[]));
        let file_id = *rest.first_chunk().unwrap_or(&[0; 16]);
        LogPosition { epoch: u64::from_be_bytes(*epoch), sequence: u64::from_be_bytes(*sequence), file_id }
    }

    fn order(&self) -> (u64, u64) {
        (self.epoch, self.sequence)
    }

    fn is_after(&self, other: Option<&LogPosition>) -> bool {
        other.is_none_or(|other| self.order() > other.order())
    }
}

/// One entry as it was appended.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) position: LogPosition,
    pub(crate) kind: u8,
    pub(crate) payload: Arc<[u8]>,
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({:?}, kind {}, {} bytes)", self.position.order(), self.kind, self.payload.len())
    }
}

/// What opening found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Replay {
    /// There was no file.
    pub(crate) missing: bool,
    /// Bytes of the file; none after a clean shut-down.
    pub(crate) found_bytes: u64,
    /// Bytes at the end that hold no authentic frame.
    pub(crate) lost_bytes: u64,
    /// The tables hold frames that the file has lost: the power failed after a commit.
    pub(crate) behind: bool,
}

/// The open tail log. Safe for any number of threads.
pub(crate) struct TailLog {
    key: Secret,
    suite: Suite,
    medium: Arc<dyn Medium>,
    state: Mutex<State>,
}

struct State {
    /// `None` until the first frame of a file is written.
    file: Option<LogFile>,
    /// Of the file, or of the one that the next append begins.
    epoch: u64,
    /// Bytes of the file that count.
    end: u64,
    /// There may be bytes behind `end`: they are cut off before anything is written.
    cut: bool,
    /// A sync failed: what was written before may never arrive.
    failed: bool,
    sequence: u64,
    chain: [u8; 32],
    synced: Option<LogPosition>,
    /// Appended and not yet folded.
    frames: VecDeque<Frame>,
    pending_bytes: usize,
    scratch: Vec<u8>,
}

struct LogFile {
    id: [u8; 16],
    frame_key: Aead,
}

impl TailLog {
    /// Opens the log, makes an empty one if there is none, and replays what is not folded. `folded` is the position that
    /// the last folding commit wrote.
    ///
    /// # Errors
    /// `AuditUnavailable` if the file cannot be read and written; `UnsupportedFormat` if a newer library wrote it.
    pub(crate) fn open(path: &Path, suite: Suite, key: &Secret, folded: Option<LogPosition>) -> Result<(Self, Replay)> {
        let missing = !path.exists();
        let file = medium::open(medium::private_file().create(true).truncate(false), path).map_err(unavailable)?;
        if missing {
            medium::sync_folder(path).map_err(unavailable)?;
        }
        let mut bytes = Vec::new();
        (&file).take(MAX_FILE).read_to_end(&mut bytes).map_err(unavailable)?;
        let unread = file.metadata().map_err(unavailable)?.len().saturating_sub(bytes.len() as u64);
        let (log, replay) = TailLog::replay(&bytes, Arc::new(Held::from(file)), suite, key, folded)?;
        log.lock().cut |= unread > 0;
        let (found_bytes, lost_bytes) = (replay.found_bytes + unread, replay.lost_bytes + unread);
        Ok((log, Replay { missing, found_bytes, lost_bytes, ..replay }))
    }

    /// An empty log in memory.
    pub(crate) fn in_memory(suite: Suite, key: &Secret) -> Result<Self> {
        TailLog::replay(&[], Arc::new(medium::Memory::default()), suite, key, None).map(|(log, _)| log)
    }

    pub(crate) fn replay(
        bytes: &[u8],
        medium: Arc<dyn Medium>,
        suite: Suite,
        key: &Secret,
        folded: Option<LogPosition>,
    ) -> Result<(Self, Replay)> {
        let found_bytes = bytes.len() as u64;
        let mut replay = Replay { found_bytes, ..Replay::default() };
        let mut state = State::empty(next_epoch(folded.map_or(0, |f| f.epoch))?);
        state.cut = !bytes.is_empty();
        let header = parse_log(bytes)?.filter(|log| log.header_is_authentic(suite, key));
        if let Some(log) = header {
            let newer_file = folded.is_some_and(|f| f.epoch > log.epoch);
            let read = State::read(&log, suite, key);
            replay.behind = folded.is_some_and(|f| f.file_id == log.file_id && f.sequence > read.sequence);
            replay.lost_bytes = if newer_file { 0 } else { found_bytes - read.end };
            if !newer_file && !replay.behind {
                state = read;
                state.cut = replay.lost_bytes > 0;
                if let Some(folded) = folded.filter(|f| f.file_id == log.file_id) {
                    state.fold(folded);
                }
            } else {
                state.epoch = state.epoch.max(next_epoch(log.epoch)?);
            }
        } else {
            replay.lost_bytes = found_bytes;
        }
        let log = TailLog { key: key.clone(), suite, medium, state: Mutex::new(state) };
        Ok((log, replay))
    }

    /// Appends an entry by exactly one write, without a sync.
    ///
    /// # Errors
    /// `AuditUnavailable` if it could not be written whole; then nothing of it counts, and a later append may succeed.
    pub(crate) fn append(&self, kind: u8, payload: &[u8]) -> Result<LogPosition> {
        if payload.len() > MAX_PAYLOAD {
            return Err(Error::invalid("payload", "an entry of the log is longer than the format holds"));
        }
        let mut state = self.lock();
        state.ready(&*self.medium)?;
        let mut bytes = std::mem::take(&mut state.scratch);
        bytes.clear();
        let written = self.write_frame(&mut state, &mut bytes, kind, payload);
        state.scratch = bytes;
        written
    }

    fn write_frame(&self, state: &mut State, bytes: &mut Vec<u8>, kind: u8, payload: &[u8]) -> Result<LogPosition> {
        let mut begun = None;
        if state.file.is_none() {
            let mut id = [0; 16];
            cipher::random(&mut id)?;
            state.chain = begin_file(bytes, self.suite, &self.key, state.epoch, id);
            begun = Some(LogFile::new(self.suite, &self.key, id));
        }
        let Some(file) = begun.as_ref().or(state.file.as_ref()) else {
            return Err(Error::new(ErrorKind::AuditUnavailable, "the access log has no file"));
        };
        let position = LogPosition { epoch: state.epoch, sequence: state.sequence + 1, file_id: file.id };
        let mut nonce = [0; NONCE];
        cipher::random(&mut nonce)?;
        let start = bytes.len();
        seal_frame(bytes, &file.frame_key, nonce, &position, &state.chain, kind, payload)?;
        if state.end + bytes.len() as u64 > MAX_FILE {
            return Err(Error::new(ErrorKind::AuditUnavailable, "the access log is full until a commit folds it"));
        }
        let wrote = self.medium.write_at(bytes, state.end);
        if !matches!(wrote, Ok(n) if n == bytes.len()) {
            state.cut = self.medium.set_len(state.end).is_err();
            return Err(unavailable(wrote.err().unwrap_or_else(|| io::ErrorKind::WriteZero.into())));
        }
        state.chain = cipher::sha256(&[&state.chain, bytes.get(start..).unwrap_or_default()]);
        state.end += bytes.len() as u64;
        state.sequence += 1;
        if begun.is_some() {
            state.file = begun;
        }
        state.pending_bytes += payload.len();
        state.frames.push_back(Frame { position, kind, payload: payload.into() });
        Ok(position)
    }

    /// Makes everything appended so far durable. Appends go on meanwhile.
    ///
    /// # Errors
    /// `AuditUnavailable`; then appending is refused until the log is opened again, since what was written before may
    /// never arrive.
    pub(crate) fn sync(&self) -> Result<()> {
        let last = {
            let state = self.lock();
            if state.failed {
                return Err(Error::new(ErrorKind::AuditUnavailable, "the access log could not be synced"));
            }
            state.last()
        };
        let synced = self.medium.sync();
        let mut state = self.lock();
        if let Err(e) = synced {
            state.failed = true;
            return Err(unavailable(e));
        }
        if let Some(last) = last.filter(|last| last.is_after(state.synced.as_ref())) {
            state.synced = Some(last);
        }
        Ok(())
    }

    /// Closes the file. Nothing can be appended any more.
    pub(crate) fn release(&self) {
        self.medium.release();
    }

    /// Whether something was appended since the last sync that no commit has folded.
    pub(crate) fn wants_sync(&self) -> bool {
        let state = self.lock();
        state.frames.back().is_some_and(|frame| frame.position.is_after(state.synced.as_ref()))
    }

    /// Entries after a position that are not folded, oldest first; all of them without one.
    pub(crate) fn frames_since(&self, position: Option<LogPosition>) -> Vec<Frame> {
        let state = self.lock();
        let start = state.frames.partition_point(|frame| !frame.position.is_after(position.as_ref()));
        state.frames.range(start..).cloned().collect()
    }

    /// Number of entries not folded, and the bytes of their payloads.
    pub(crate) fn pending(&self) -> (usize, usize) {
        let state = self.lock();
        (state.frames.len(), state.pending_bytes)
    }

    /// Forgets entries up to a position, once the commit that put them into tables together with the position is
    /// durable.
    pub(crate) fn fold(&self, position: LogPosition) {
        self.lock().fold(position);
    }

    /// Empties the file if every entry is folded; answers whether it is empty now. The next append begins a file with
    /// another id and a higher epoch. Nothing is synced: an old file that comes back after a power loss holds nothing
    /// that is not folded.
    ///
    /// # Errors
    /// `AuditUnavailable` if the file cannot be cut.
    pub(crate) fn reset(&self) -> Result<bool> {
        let mut state = self.lock();
        if !state.frames.is_empty() {
            return Ok(false);
        }
        if state.end > 0 || state.cut {
            let epoch = if state.file.is_some() { next_epoch(state.epoch)? } else { state.epoch };
            self.medium.set_len(0).map_err(unavailable)?;
            let (synced, failed) = (state.synced, state.failed);
            *state = State { synced, failed, scratch: std::mem::take(&mut state.scratch), ..State::empty(epoch) };
        }
        Ok(true)
    }

    /// Bytes of the file that hold entries, folded or not.
    pub(crate) fn len(&self) -> u64 {
        self.lock().end
    }

    /// The last appended entry of the current file and the chain after it.
    #[cfg(test)]
    fn head(&self) -> Option<(LogPosition, [u8; 32])> {
        let state = self.lock();
        state.last().map(|last| (last, state.chain))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TailLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TailLog({} pending)", self.pending().0)
    }
}

impl State {
    fn empty(epoch: u64) -> Self {
        State {
            file: None,
            epoch,
            end: 0,
            cut: false,
            failed: false,
            sequence: 0,
            chain: [0; 32],
            synced: None,
            frames: VecDeque::new(),
            pending_bytes: 0,
            scratch: Vec::new(),
        }
    }

    /// Every frame of the longest authentic beginning.
    fn read(log: &ParsedLog<'_>, suite: Suite, key: &Secret) -> Self {
        let file = LogFile::new(suite, key, log.file_id);
        let mut state = State::empty(log.epoch);
        state.chain = chain_start(key, log.header);
        state.end = log.header.len() as u64;
        for &bytes in &log.frames {
            let position = LogPosition { epoch: log.epoch, sequence: state.sequence + 1, file_id: log.file_id };
            let Some((kind, payload)) = open_frame(&file.frame_key, &position, &state.chain, bytes) else {
                break;
            };
            state.chain = cipher::sha256(&[&state.chain, bytes]);
            state.end += bytes.len() as u64;
            state.sequence = position.sequence;
            state.pending_bytes += payload.len();
            state.frames.push_back(Frame { position, kind, payload });
        }
        if state.sequence == 0 {
            // A header alone was never written; the file is begun anew.
            state.end = 0;
            state.epoch = log.epoch.saturating_add(1);
        } else {
            state.file = Some(file);
        }
        state
    }

    fn ready(&mut self, medium: &dyn Medium) -> Result<()> {
        if self.failed {
            return Err(Error::new(ErrorKind::AuditUnavailable, "the access log could not be synced"));
        }
        if self.cut {
            medium.set_len(self.end).map_err(unavailable)?;
            self.cut = false;
        }
        Ok(())
    }

    fn last(&self) -> Option<LogPosition> {
        let file = self.file.as_ref()?;
        Some(LogPosition { epoch: self.epoch, sequence: self.sequence, file_id: file.id })
    }

    fn fold(&mut self, position: LogPosition) {
        while self.frames.front().is_some_and(|frame| !frame.position.is_after(Some(&position))) {
            let gone = self.frames.pop_front().map_or(0, |frame| frame.payload.len());
            self.pending_bytes -= gone;
        }
    }
}

impl LogFile {
    fn new(suite: Suite, key: &Secret, id: [u8; 16]) -> Self {
        let frame_key = Zeroizing::new(cipher::hmac_sha256(key, &[FRAME_KEY, &id]));
        LogFile { id, frame_key: Aead::new(suite, &frame_key) }
    }
}

fn next_epoch(epoch: u64) -> Result<u64> {
    epoch.checked_add(1).ok_or_else(|| Error::new(ErrorKind::Full, "the access log has no further epoch"))
}

fn unavailable(e: io::Error) -> Error {
    Error::new(ErrorKind::AuditUnavailable, "the access log cannot be read or written").because(e)
}

#[cfg(test)]
mod tests;
