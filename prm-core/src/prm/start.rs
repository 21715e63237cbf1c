//! Making, opening and salvaging stores: the order in which files are made and locks are taken.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::background::Background;
use super::live::Lifetime;
use super::{Core, Created, Founder, Handle, OpenOptions, Prm};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::access::{self, By, Entry, Gap, Wrote};
use crate::govern::{Purpose, Role, RoleGrant, Who};
use crate::id::{BatchId, IdSource, PractitionerId, RecordId, SessionId};
use crate::page::CursorKey;
use crate::people::search::dictionary::TokenCache;
use crate::progress::Progress;
use crate::session::change;
use crate::session::due::follow_zones;
use crate::store::cipher::{self, Suite};
use crate::store::commit::Store;
use crate::store::engine::Engine;
use crate::store::engine::memory::MemoryEngine;
use crate::store::engine::redb::{EngineOptions, RedbEngine};
use crate::store::log::{LogPosition, Replay, TailLog};
use crate::store::record::{Owner, Record};
use crate::store::ring::KeyRing;
use crate::store::slot::Key;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::store::writeset::Edits;
use crate::store::{medium, migrate};
use crate::time::{Instant, Zones};

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

/// Where a store lies and what its files are opened with, apart from the key.
pub(super) struct Place {
    path: PathBuf,
    engine: EngineOptions,
}

impl Place {
    fn of(path: &Path, options: &OpenOptions) -> Result<Self> {
        // Whatever folder the process is in when it opens the store again.
        Ok(Place { path: std::path::absolute(path)?, engine: engine_options(options) })
    }
}

/// What the key ring is opened with.
#[derive(Clone, Copy)]
pub(super) enum Unlock<'a> {
    Key(&'a Key),
    /// What was open before, and is in memory.
    Ring(&'a KeyRing),
}

impl Unlock<'_> {
    fn ring(self, path: &Path, store_id: [u8; 16]) -> Result<KeyRing> {
        match self {
            Unlock::Key(key) => KeyRing::open(path, store_id, key),
            Unlock::Ring(ring) => ring.again(path),
        }
    }
}

/// A store whose files are open.
pub(super) struct Opened {
    pub(super) store: Arc<Store>,
    pub(super) cursors: CursorKey,
    pub(super) tokens: Arc<TokenCache>,
}

impl Opened {
    pub(super) fn new(engine: Box<dyn Engine>, ring: KeyRing, log: TailLog, state: State) -> Self {
        let cursors = CursorKey::new(ring.suite(), ring.audit_key());
        let tokens = Arc::new(TokenCache::default());
        let learning = Arc::clone(&tokens);
        let applied = move |before, after, rows: &Edits| learning.committed(before, after, rows.of(Table::Token));
        let store = Arc::new(Store::new(engine, ring, log, state, access::fold, Box::new(applied)));
        Opened { store, cursors, tokens }
    }
}

pub(super) fn engine_options(options: &OpenOptions) -> EngineOptions {
    let progress = options.progress.clone();
    progress.expect(100);
    EngineOptions {
        cache_bytes: options.cache_bytes,
        progress: Some(Arc::new(move |percent: u8| {
            progress.advance(u64::from(percent));
            !progress.is_cancelled()
        })),
    }
}

pub(super) fn create(path: &Path, options: OpenOptions, founder: Founder) -> Result<Created> {
    create_with(path, options, founder, Suite::Aes256Gcm)
}

pub(crate) fn create_with(path: &Path, options: OpenOptions, founder: Founder, suite: Suite) -> Result<Created> {
    // A kill before it gets its name leaves nothing of that name. An open folder can be renamed on Unix alone.
    let place = if cfg!(unix) { medium::beside(path)? } else { path.to_owned() };
    if path.symlink_metadata().is_ok() {
        return Err(taken());
    }
    make_folder(&place)?;
    let made = fill(&place, path, options, founder, suite).and_then(|made| {
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

/// Makes a store in the folder `path` that will be known as `name`.
fn fill(path: &Path, name: &Path, options: OpenOptions, founder: Founder, suite: Suite) -> Result<Created> {
    let known_as = Place::of(name, &options)?;
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
    let opened = |state| Opened::new(Box::new(engine), ring, log, state);
    found(opened, Some(known_as), store_id, options, founder)
}

pub(super) fn open_memory(options: OpenOptions, founder: Founder) -> Result<Created> {
    let mut store_id = [0; 16];
    cipher::random(&mut store_id)?;
    let suite = Suite::Aes256Gcm;
    let ring = KeyRing::in_memory(store_id, suite, &options.key)?;
    let log = TailLog::in_memory(suite, ring.audit_key())?;
    let opened = |state| Opened::new(Box::new(MemoryEngine::new()), ring, log, state);
    found(opened, None, store_id, options, founder)
}

/// Writes the first commit: the state of the store, its first administrator.
pub(super) fn found(
    open: impl FnOnce(State) -> Opened,
    place: Option<Place>,
    store_id: [u8; 16],
    options: OpenOptions,
    founder: Founder,
) -> Result<Created> {
    let state = State { migrations: migrate::NEWEST, ..State::first(options.zones.version())? };
    let core = core(open(state), place, store_id, &options);
    let store = Arc::clone(&core.live()?.store);
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
    let zones = options.zones.clone();
    store.write(move |tx| {
        if let Founder::Practitioner(record) = founder {
            first(tx, practitioner.into(), record, now, &zones)?;
        }
        first(tx, grant, role, now, &zones)?;
        let unable = |_| Error::invalid("founder", "the founder cannot be encoded");
        let (sequence, _) = tx.end_batch(now, batch, minicbor::to_vec(&by).map_err(unable)?)?;
        tx.audit(&Entry::Wrote(Wrote { by, batch, sequence, pids: Vec::new(), at: now }).link()?)?;
        Ok(())
    })?;
    store.checkpoint()?;
    Ok(Created { prm: handle(core)?, administrator })
}

fn first<T: change::Kept + Record>(
    tx: &mut Tx<'_>,
    id: RecordId,
    record: T,
    now: Instant,
    zones: &Zones,
) -> Result<()> {
    let stored = change::add(record, false, now, zones)?;
    tx.write(Owner::Shared, id, None, &stored)
}

fn core(opened: Opened, place: Option<Place>, store_id: [u8; 16], options: &OpenOptions) -> Arc<Core> {
    Arc::new(Core {
        store_id,
        ids: IdSource::new(options.ids),
        zones: options.zones.clone(),
        read_only: options.read_only,
        clock: options.clock.clone(),
        audit_sync: options.audit_sync,
        sessions: Mutex::default(),
        lifetime: Lifetime::begin(opened, place),
    })
}

fn handle(core: Arc<Core>) -> Result<Prm> {
    let background = Background::default();
    background.start(&core)?;
    Ok(Prm(Arc::new(Handle { core, background })))
}

pub(super) fn open(path: &Path, options: OpenOptions) -> Result<Prm> {
    let place = Place::of(path, &options)?;
    let (opened, replay, store_id) = open_files(&place, Unlock::Key(&options.key), options.read_only)?;
    let store = Arc::clone(&opened.store);
    let core = core(opened, Some(place), store_id, &options);
    note_gap(&core, &store, replay)?;
    if !options.read_only {
        follow_zones(&store, &options.zones, core.now(), &options.progress)?;
    }
    handle(core)
}

/// Opens the files of a store again that `core` had open before, when its newest commit was `sequence`.
pub(super) fn again(core: &Core, place: &Place, unlock: Unlock<'_>, sequence: u64) -> Result<Opened> {
    let store_id = RedbEngine::peek(&Folder::at(&place.path).data)?.store_id;
    if store_id != core.store_id {
        return Err(Error::new(ErrorKind::NotAStore, "the folder now holds another store"));
    }
    let (opened, replay, _) = open_files(place, unlock, core.read_only)?;
    if opened.store.sequence() < sequence {
        return Err(Error::new(ErrorKind::RolledBack, "the folder now holds an older copy of the store"));
    }
    note_gap(core, &opened.store, replay)?;
    if !core.read_only {
        // Whoever had it meanwhile may have had another table of time zones.
        follow_zones(&opened.store, &core.zones, core.now(), &Progress::default())?;
    }
    Ok(opened)
}

fn open_files(place: &Place, unlock: Unlock<'_>, read_only: bool) -> Result<(Opened, Replay, [u8; 16])> {
    let files = Folder::at(&place.path);
    let preamble = RedbEngine::peek(&files.data)?;
    let mut ring = unlock.ring(&files.keys, preamble.store_id)?;
    let page_key = ring.page_key(preamble.page_key_gen)?;
    let engine = RedbEngine::open(&files.data, &preamble, &page_key, &place.engine)?;
    let state = {
        let snapshot = engine.snapshot()?;
        migrate::readable(&*snapshot)?;
        State::read(&*snapshot)?
    };
    if KeyRing::peek(&files.keys)?.generation != ring.generation() || ring.len() < state.next_pid {
        // Someone may have written the ring between our reading it and our lock.
        ring = unlock.ring(&files.keys, preamble.store_id)?;
    }
    ring.expect(state.next_pid, state.min_ring_generation)?;
    let state = if read_only { state } else { migrate::run(&engine, state)? };
    let folded = state.log.as_deref().map(LogPosition::from_bytes);
    let (log, replay) = TailLog::open(&files.log, ring.suite(), ring.audit_key(), folded)?;
    Ok((Opened::new(Box::new(engine), ring, log, state), replay, preamble.store_id))
}

/// After anything but a clean shut-down, entries of the last moments may be missing: that is on record itself.
fn note_gap(core: &Core, store: &Store, replay: Replay) -> Result<()> {
    let Replay { missing, found_bytes, lost_bytes, behind } = replay;
    if !missing && found_bytes == 0 && !behind {
        return Ok(());
    }
    core.record(store, &Entry::Gap(Gap { lost_bytes, missing, behind, at: core.now() }))
}
