//! Making, opening and salvaging stores: the order in which files are made and locks are taken.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::background::Background;
use super::{AuditSync, Core, Created, Founder, Handle, OpenOptions, Prm};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::access::{self, By, Entry, Gap, Wrote};
use crate::govern::{Purpose, Role, RoleGrant, Who};
use crate::id::{BatchId, IdSource, PractitionerId, RecordId, SessionId};
use crate::page::CursorKey;
use crate::people::search::dictionary::TokenCache;
use crate::session::change;
use crate::store::cipher::{self, Suite};
use crate::store::commit::Store;
use crate::store::engine::Engine;
use crate::store::engine::memory::MemoryEngine;
use crate::store::engine::redb::{EngineOptions, RedbEngine};
use crate::store::log::{LogPosition, Replay, TailLog};
use crate::store::record::{Owner, Record};
use crate::store::ring::KeyRing;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::store::writeset::Edits;
use crate::store::{medium, migrate};
use crate::time::Instant;

/// The files of a store's folder.
pub(super) struct Folder {
    pub(super) data: PathBuf,
    pub(super) keys: PathBuf,
    pub(super) log: PathBuf,
}

impl Folder {
    pub(super) fn at(path: &Path) -> Self {
        Folder { data: path.join("data"), keys: path.join("keys"), log: path.join("log") }
    }
}

pub(super) fn engine_options(options: &OpenOptions) -> EngineOptions {
    let progress = options.progress.clone();
    progress.expect(100);
    EngineOptions {
        cache_bytes: options.cache_bytes,
        progress: Some(Arc::new(move |percent: u8| progress.advance(u64::from(percent)))),
    }
}

pub(super) fn create(path: &Path, options: OpenOptions, founder: Founder) -> Result<Created> {
    create_with(path, options, founder, Suite::Aes256Gcm)
}

pub(crate) fn create_with(path: &Path, options: OpenOptions, founder: Founder, suite: Suite) -> Result<Created> {
    let place = if cfg!(unix) { beside(path)? } else { path.to_owned() };
    if path.symlink_metadata().is_ok() {
        return Err(taken());
    }
    make_folder(&place)?;
    let made = fill(&place, options, founder, suite).and_then(|made| {
        if place != path {
            std::fs::rename(&place, path)?;
            medium::sync_folder(path)?;
        }
        Ok(made)
    });
    if made.is_err() {
        // The folder is ours: it was not there a moment ago.
        let _ = std::fs::remove_dir_all(&place);
    }
    made
}

/// Where a store is made before it gets its name, so that a kill in between leaves nothing of that name. An open folder
/// can be renamed on Unix alone.
fn beside(path: &Path) -> Result<PathBuf> {
    let mut random = [0; 8];
    cipher::random(&mut random)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(path.with_file_name(format!(".{name}.new-{:016x}", u64::from_be_bytes(random))))
}

fn taken() -> Error {
    Error::new(ErrorKind::Conflict, "there is something at the path of the new store")
}

/// Makes the folder of a new store.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    std::fs::create_dir(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => taken().because(e),
        _ => Error::from(e),
    })
}

fn fill(path: &Path, options: OpenOptions, founder: Founder, suite: Suite) -> Result<Created> {
    let files = Folder::at(path);
    let mut store_id = [0; 16];
    cipher::random(&mut store_id)?;
    let ring = KeyRing::create(&files.keys, store_id, suite, &options.key)?;
    let generation = ring.newest_page_key();
    let page_key = ring.page_key(generation)?;
    let engine = RedbEngine::create(&files.data, suite, store_id, generation, &page_key, &engine_options(&options))?;
    let (log, _) = TailLog::open(&files.log, suite, ring.audit_key(), None)?;
    medium::sync_folder(&files.data)?;
    medium::sync_folder(path)?;
    found(Box::new(engine), ring, log, store_id, options, founder)
}

pub(super) fn open_memory(options: OpenOptions, founder: Founder) -> Result<Created> {
    let mut store_id = [0; 16];
    cipher::random(&mut store_id)?;
    let suite = Suite::Aes256Gcm;
    let ring = KeyRing::in_memory(store_id, suite, &options.key)?;
    let log = TailLog::in_memory(suite, ring.audit_key())?;
    found(Box::new(MemoryEngine::new()), ring, log, store_id, options, founder)
}

/// Writes the first commit: the state of the store, its first administrator.
pub(super) fn found(
    engine: Box<dyn Engine>,
    ring: KeyRing,
    log: TailLog,
    store_id: [u8; 16],
    options: OpenOptions,
    founder: Founder,
) -> Result<Created> {
    let state = State { migrations: migrate::NEWEST, ..State::first(options.zones.version())? };
    let core = core(engine, ring, log, state, store_id, &options);
    let now = core.now();
    if let Founder::Practitioner(person) = &founder
        && crate::people::display_name(&person.names, now.date_naive()).is_none()
    {
        return Err(Error::invalid("founder.names", "the first administrator needs a name"));
    }
    let ids = &core.ids;
    let session = SessionId::from_uuid(ids.next(now)?);
    let batch = BatchId::from_uuid(ids.next(now)?);
    let practitioner = PractitionerId::from_uuid(ids.next(now)?);
    let grant: RecordId = RecordId::from_uuid(ids.next(now)?);
    let administrator = match &founder {
        Founder::Practitioner(_) => Who::Practitioner(practitioner),
        Founder::System(name) => Who::System(name.clone()),
    };
    let role = RoleGrant { who: administrator.clone(), role: Role::Administrator, period: None };
    let by = By { session, who: administrator.clone(), on_behalf_of: None, purpose: Purpose::Operations };
    core.store.write(move |tx| {
        if let Founder::Practitioner(record) = founder {
            first(tx, practitioner.into(), record, now)?;
        }
        first(tx, grant, role, now)?;
        let unable = |_| Error::invalid("founder", "the founder cannot be encoded");
        let (sequence, _) = tx.end_batch(now, batch, minicbor::to_vec(&by).map_err(unable)?)?;
        tx.audit(&Entry::Wrote(Wrote { by, batch, sequence, pids: Vec::new(), at: now }).link()?)?;
        Ok(())
    })?;
    core.store.checkpoint()?;
    Ok(Created { prm: handle(core, &options)?, administrator })
}

fn first<T: change::Kept + Record>(tx: &mut Tx<'_>, id: RecordId, record: T, now: Instant) -> Result<()> {
    let stored = change::add(record, false, now)?;
    tx.write(Owner::Shared, id, None, &stored)
}

fn core(
    engine: Box<dyn Engine>,
    ring: KeyRing,
    log: TailLog,
    state: State,
    store_id: [u8; 16],
    options: &OpenOptions,
) -> Arc<Core> {
    let cursors = CursorKey::new(ring.suite(), ring.audit_key());
    let tokens = Arc::new(TokenCache::default());
    let learning = Arc::clone(&tokens);
    let applied = move |before, after, rows: &Edits| learning.committed(before, after, rows.of(Table::Token));
    let store = Arc::new(Store::new(engine, ring, log, state, access::fold, Box::new(applied)));
    Arc::new(Core {
        store,
        store_id,
        ids: IdSource::new(options.ids),
        zones: options.zones.clone(),
        tokens,
        cursors,
        read_only: options.read_only,
        clock: options.clock.clone(),
        strict: options.audit_sync == AuditSync::Strict,
        sessions: Mutex::default(),
    })
}

fn handle(core: Arc<Core>, options: &OpenOptions) -> Result<Prm> {
    let sync_within = match options.audit_sync {
        AuditSync::Within(time) => Some(time),
        AuditSync::Strict => None::<Duration>,
    };
    let background = Background::start(&core, sync_within)?;
    Ok(Prm(Arc::new(Handle { core, background })))
}

pub(super) fn open(path: &Path, options: OpenOptions) -> Result<Prm> {
    let files = Folder::at(path);
    let preamble = RedbEngine::peek(&files.data)?;
    let mut ring = KeyRing::open(&files.keys, preamble.store_id, &options.key)?;
    let page_key = ring.page_key(preamble.page_key_gen)?;
    let engine = RedbEngine::open(&files.data, &preamble, &page_key, &engine_options(&options))?;
    let state = {
        let snapshot = engine.snapshot()?;
        migrate::readable(&*snapshot)?;
        State::read(&*snapshot)?
    };
    if KeyRing::peek(&files.keys)?.generation != ring.generation() || ring.len() < state.next_pid {
        // Someone may have written the ring between our reading it and our lock.
        ring = KeyRing::open(&files.keys, preamble.store_id, &options.key)?;
    }
    ring.expect(state.next_pid, state.min_ring_generation)?;
    let state = if options.read_only { state } else { migrate::run(&engine, state)? };
    let folded = state.log.as_deref().map(LogPosition::from_bytes);
    let (log, replay) = TailLog::open(&files.log, ring.suite(), ring.audit_key(), folded)?;
    let core = core(Box::new(engine), ring, log, state, preamble.store_id, &options);
    note_gap(&core, replay)?;
    handle(core, &options)
}

/// After anything but a clean shut-down, entries of the last moments may be missing: that is on record itself.
fn note_gap(core: &Core, replay: Replay) -> Result<()> {
    let Replay { missing, found_bytes, lost_bytes, behind } = replay;
    if !missing && found_bytes == 0 && !behind {
        return Ok(());
    }
    core.record(&Entry::Gap(Gap { lost_bytes, missing, behind, at: core.now() }))
}
