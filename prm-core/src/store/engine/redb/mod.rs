//! The engine on disk: redb over sealed pages.
//!
//! redb's traps and what is done about each: its cache is bounded; a damaged page reaches it as zeros, and every call
//! of a table is caught and compared with the count of damaged reads, in a transaction that lives outside of what is
//! caught; after the first damage every commit records what the next open needs, so that it need not walk the file.

pub(super) mod fault;
pub(super) mod read;
mod write;

use std::fs::File;
use std::io::Read as _;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use redb::backends::FileBackend;
use redb::{Builder, ConcurrencyMode, Database, ReadableDatabase};

use super::{Commit, Engine, EngineStats, Snapshot, Transaction};
use crate::error::{Error, ErrorKind, Result};
use crate::store::cipher::{Suite, random};
use crate::store::medium;
use crate::store::page::{Backend, Disk, MAX_SEALS, Pages};
use crate::store::preamble::{PREAMBLE, Preamble, parse_preamble};
use crate::store::tables::Table;
use fault::{Failure, Watch};
use read::{RedbSnapshot, definition};
use write::RedbTransaction;

/// Room left below the limit of seals, so that a transaction that began can end.
const SEALS_KEPT: u64 = 1 << 24;

/// Told how much of a repair is done, in percent; answers whether to go on.
pub(crate) type Progress = Arc<dyn Fn(u8) -> bool + Send + Sync>;

/// How the engine is opened.
#[derive(Clone)]
pub(crate) struct EngineOptions {
    /// Bytes of pages kept in memory, in clear.
    pub(crate) cache_bytes: usize,
    /// Called while the file is walked after a crash.
    pub(crate) progress: Option<Progress>,
}

impl Default for EngineOptions {
    fn default() -> Self {
        EngineOptions { cache_bytes: 32 << 20, progress: None }
    }
}

/// An open data file.
pub(crate) struct RedbEngine {
    pages: Arc<Pages>,
    watch: Arc<Watch>,
    /// Never dropped by itself: in a forked child, dropping it would clear its recovery flag and release the parent's
    /// lock.
    database: RwLock<Option<ManuallyDrop<Database>>>,
    turn: Mutex<()>,
    opener: u32,
    forgotten: AtomicBool,
}

impl RedbEngine {
    /// Makes a new data file with every table in it. The path must not exist.
    pub(crate) fn create(
        path: &Path,
        suite: Suite,
        store_id: [u8; 16],
        page_key_gen: u32,
        page_key: &[u8; 32],
        options: &EngineOptions,
    ) -> Result<Self> {
        let file = medium::private_file().create_new(true).open(path)?;
        let made = file_disk(file)
            .and_then(|disk| RedbEngine::create_on(disk, suite, store_id, page_key_gen, page_key, options))
            .and_then(|engine| medium::sync_folder(path).map(|()| engine).map_err(Error::from));
        if made.is_err() {
            // What is left is no store, and this call made it.
            let _ = std::fs::remove_file(path);
        }
        made
    }

    /// What can be told of a data file without a key.
    pub(crate) fn peek(path: &Path) -> Result<Preamble> {
        let mut bytes = Vec::with_capacity(PREAMBLE);
        let file = medium::open(File::options().read(true), path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                Error::new(ErrorKind::NotAStore, "there is no store in this folder").because(e)
            }
            _ => Error::from(e),
        })?;
        file.take(PREAMBLE as u64).read_to_end(&mut bytes)?;
        parse_preamble(&bytes)
    }

    /// Opens a data file. Never creates, never truncates.
    ///
    /// # Errors
    /// `AlreadyOpen`, `LockUnsupported`, `Busy` if the file is not the one `preamble` was read from, `Corrupted`.
    pub(crate) fn open(path: &Path, preamble: &Preamble, page_key: &[u8; 32], options: &EngineOptions) -> Result<Self> {
        RedbEngine::open_on(file_disk(data_file(path)?)?, preamble, page_key, options)
    }

    pub(crate) fn create_on(
        disk: Arc<Disk>,
        suite: Suite,
        store_id: [u8; 16],
        page_key_gen: u32,
        page_key: &[u8; 32],
        options: &EngineOptions,
    ) -> Result<Self> {
        let mut file_id = [0; 16];
        random(&mut file_id)?;
        let preamble = Preamble { suite, store_id, file_id, page_key_gen };
        disk.write(0, &preamble.to_bytes())?;
        disk.sync_data()?;
        let engine = RedbEngine::start(Arc::new(Pages::create(disk, &preamble, page_key)), options)?;
        let transaction = engine.begin_write()?;
        for table in Table::ALL {
            engine.watch.call(Some(table), || transaction.open_table(definition(table)).map(drop))?;
        }
        let turn = engine.turn.lock().unwrap_or_else(PoisonError::into_inner);
        Box::new(RedbTransaction::new(&engine, transaction, turn)).commit(Commit::Checkpoint)?;
        Ok(engine)
    }

    pub(super) fn open_on(
        disk: Arc<Disk>,
        preamble: &Preamble,
        page_key: &[u8; 32],
        options: &EngineOptions,
    ) -> Result<Self> {
        let mut bytes = [0; PREAMBLE];
        disk.read(0, &mut bytes)?;
        if parse_preamble(&bytes)? != *preamble {
            return Err(Error::new(ErrorKind::Busy, "the data file was replaced while it was being opened"));
        }
        RedbEngine::start(Arc::new(Pages::open(disk, preamble, page_key)), options)
    }

    fn start(pages: Arc<Pages>, options: &EngineOptions) -> Result<Self> {
        let mut builder = Builder::new();
        builder.set_cache_size(options.cache_bytes);
        builder.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter);
        builder.set_check_integrity_on_open(false);
        let (recovering, progress) = (Arc::clone(&pages), options.progress.clone());
        builder.set_repair_callback(move |session| {
            recovering.recovering(true);
            if let Some(progress) = &progress
                && !progress((session.progress() * 100.0) as u8)
            {
                session.abort();
            }
        });
        let watch = Watch::default();
        let opened = watch.note(|| builder.create_with_backend(Backend(Arc::clone(&pages))));
        let database = match opened {
            Ok(database) => database,
            Err(_) if pages.lock_unsupported() => {
                return Err(Error::new(ErrorKind::LockUnsupported, "the file system of the store has no locks"));
            }
            Err(error) => return Err(error),
        };
        pages.recovering(false);
        Ok(RedbEngine {
            pages,
            watch: Arc::new(watch),
            database: RwLock::new(Some(ManuallyDrop::new(database))),
            turn: Mutex::new(()),
            opener: std::process::id(),
            forgotten: AtomicBool::new(false),
        })
    }

    fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Whether this process must keep its hands off the file.
    fn is_foreign(&self) -> bool {
        self.forgotten.load(Ordering::Acquire) || std::process::id() != self.opener
    }

    fn on_database<T, E: Failure>(&self, call: impl FnOnce(&Database) -> std::result::Result<T, E>) -> Result<T> {
        if self.is_foreign() {
            return Err(Error::new(ErrorKind::WrongProcess, "the store was opened by another process"));
        }
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let database = database.as_ref().ok_or_else(closed)?;
        self.watch.call(None, || call(database))
    }

    fn begin_write(&self) -> Result<redb::WriteTransaction> {
        self.on_database(Database::begin_write)
    }
}

fn closed() -> Error {
    Error::new(ErrorKind::Closed, "the store was shut down")
}

/// The file as it is: not made, not cut.
pub(super) fn data_file(path: &Path) -> Result<File> {
    medium::open(File::options().read(true).write(true), path).map_err(|e| match e.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            Error::new(ErrorKind::AuditUnavailable, "the store cannot be written, so nothing read could be recorded")
                .because(e)
        }
        _ => Error::from(e),
    })
}

pub(super) fn file_disk(file: File) -> Result<Arc<Disk>> {
    #[cfg(test)]
    let path = super::tests::lockable::path_of(&file);
    let backend = FileBackend::new(file).map_err(Failure::into_error)?;
    #[cfg(test)]
    let backend = super::tests::lockable::Lockable { backend, path };
    Ok(Arc::new(backend))
}

impl Engine for RedbEngine {
    fn snapshot(&self) -> Result<Arc<dyn Snapshot>> {
        let transaction = self.on_database(Database::begin_read)?;
        Ok(Arc::new(RedbSnapshot::new(Arc::clone(&self.watch), transaction)))
    }

    fn begin(&self) -> Result<Box<dyn Transaction + '_>> {
        if self.pages.seals() > MAX_SEALS - SEALS_KEPT {
            return Err(Error::new(
                ErrorKind::Full,
                "the file has as many pages sealed as one key may seal; rewrite it",
            ));
        }
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = self.begin_write()?;
        Ok(Box::new(RedbTransaction::new(self, transaction, turn)))
    }

    fn stats(&self) -> EngineStats {
        EngineStats {
            file_bytes: self.pages.file_bytes(),
            seals: self.pages.seals(),
            damaged_reads: self.pages.damaged_reads(),
        }
    }

    fn check(&self) -> Result<Vec<String>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.database.read().unwrap_or_else(PoisonError::into_inner).is_none() {
            return Err(closed());
        }
        let found = super::salvage::check(&self.pages)?;
        if !found.is_empty() {
            self.watch.found_damage();
        }
        Ok(found)
    }

    fn close(&self) -> Result<()> {
        if self.is_foreign() {
            return Ok(());
        }
        let taken = self.database.write().unwrap_or_else(PoisonError::into_inner).take();
        let Some(database) = taken else { return Ok(()) };
        let closed = self.watch.note(|| ManuallyDrop::into_inner(database).close());
        if !closed.as_ref().is_err_and(|e| e.kind() == ErrorKind::Busy) {
            self.pages.release();
        }
        closed
    }

    fn interrupt(&self) {
        self.pages.interrupt();
    }

    fn forget(&self) {
        self.forgotten.store(true, Ordering::Release);
        self.pages.cut_off();
    }
}

impl Drop for RedbEngine {
    fn drop(&mut self) {
        if self.is_foreign() {
            self.pages.cut_off();
        } else {
            // Whoever wants to know how closing went calls `close`.
            let _ = self.close();
        }
    }
}
