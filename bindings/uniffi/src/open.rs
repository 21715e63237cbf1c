//! Opening stores.

use std::sync::Arc;
use std::time::Duration;

use crate::handle::watched;
use crate::mirror::{Actor, Instant, Practitioner, Purpose, Salvaged, StoreFile, Who};
use crate::session::Session;
use crate::{Key, ManualClock, PrmError, Progress};

/// When accesses that no commit has carried to the disk are synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum AuditSync {
    /// At the latest after this time. A kill of the process loses nothing; a power failure loses at most this.
    Within {
        /// The time.
        time: Duration,
    },
    /// Before the answer is returned.
    Strict,
}

/// How a store is opened or made: a key, and choices that have sensible defaults.
#[derive(Clone, uniffi::Record)]
pub struct OpenOptions {
    /// What opens the store.
    pub key: Arc<Key>,
    /// Bytes of decrypted pages to keep in memory. 32 MiB if nothing is said; at least 1 MiB is taken.
    #[uniffi(default = None)]
    pub cache_bytes: Option<u64>,
    /// When accesses are synced; within a second if nothing is said.
    #[uniffi(default = None)]
    pub audit_sync: Option<AuditSync>,
    /// Refuses every command. Accesses are still recorded.
    #[uniffi(default = false)]
    pub read_only: bool,
    /// Where a repair after a kill tells how far it is, in hundredths.
    #[uniffi(default = None)]
    pub progress: Option<Arc<Progress>>,
    /// A clock that stands still until it is set; that of the system if nothing is said.
    #[uniffi(default = None)]
    pub clock: Option<Arc<ManualClock>>,
    /// A seed for ids that can be repeated, for tests alone; random ids if nothing is said.
    #[uniffi(default = None)]
    pub seed: Option<u64>,
}

impl From<OpenOptions> for prm_core::OpenOptions {
    fn from(from: OpenOptions) -> Self {
        let mut options = prm_core::OpenOptions::key(from.key.0.clone()).progress(watched(from.progress));
        if let Some(bytes) = from.cache_bytes {
            options = options.cache_bytes(usize::try_from(bytes).unwrap_or(usize::MAX));
        }
        if let Some(sync) = from.audit_sync {
            options = options.audit_sync(match sync {
                AuditSync::Within { time } => prm_core::AuditSync::Within(time),
                AuditSync::Strict => prm_core::AuditSync::Strict,
            });
        }
        if let Some(clock) = from.clock {
            options = options.clock(prm_core::Clock::Manual(clock.0.clone()));
        }
        if let Some(seed) = from.seed {
            options = options.ids(prm_core::Ids::Seeded(seed));
        }
        if from.read_only { options.read_only() } else { options }
    }
}

/// Who administers a new store first, and admits others.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Founder {
    /// A person; their record is made with the store.
    Practitioner {
        /// The record.
        practitioner: Practitioner,
    },
    /// A program, by its name: a script, or the app on a patient's own phone.
    System {
        /// The name.
        name: String,
    },
}

impl From<Founder> for prm_core::Founder {
    fn from(from: Founder) -> Self {
        match from {
            Founder::Practitioner { practitioner } => prm_core::Founder::practitioner(practitioner),
            Founder::System { name } => prm_core::Founder::system(name),
        }
    }
}

/// A store that was just made.
#[derive(Clone, uniffi::Record)]
pub struct Created {
    /// The open store.
    pub prm: Arc<Prm>,
    /// The first administrator.
    pub administrator: Who,
}

impl From<prm_core::Created> for Created {
    fn from(from: prm_core::Created) -> Self {
        Created { prm: Arc::new(Prm(from.prm)), administrator: from.administrator }
    }
}

/// A store that is open. The store stays open while this or a session of it is referred to, or until it is shut down.
///
/// One process owns a store at a time. `Prm` says nothing of patients by itself: a session is where someone acts.
#[derive(uniffi::Object)]
pub struct Prm(prm_core::Prm);

/// Makes a store in a new folder at `path` and opens it.
///
/// # Errors
/// `Conflict` if there is something at `path`; `Invalid` for an empty passphrase or a founder without a name; `Io` and
/// `Full` from the system.
#[uniffi::export]
pub fn create_store(path: String, options: OpenOptions, founder: Founder) -> Result<Created, PrmError> {
    Ok(prm_core::Prm::create(path, options.into(), founder.into())?.into())
}

/// Makes a store that lives in memory and is gone when it is shut down: for trials and tests.
///
/// # Errors
/// As `create_store`.
#[uniffi::export]
pub fn create_memory_store(options: OpenOptions, founder: Founder) -> Result<Created, PrmError> {
    Ok(prm_core::Prm::open_memory(options.into(), founder.into())?.into())
}

/// Copies what can still be read of a damaged store at `from` into a new store at `to`, and says what is missing.
/// `from` is not changed.
///
/// # Errors
/// As opening for `from`, but for damage; as `create_store` for `to`.
#[uniffi::export]
pub fn salvage_store(from: String, to: String, options: OpenOptions) -> Result<Salvaged, PrmError> {
    Ok(prm_core::Prm::salvage(from, to, options.into())?)
}

/// The files of a store's folder, and which of them may go into the backup that a device makes of its apps.
#[uniffi::export]
pub fn store_files() -> Vec<StoreFile> {
    prm_core::Prm::files()
}

#[uniffi::export]
impl Prm {
    /// Opens the store in the folder `path`. Never makes one.
    ///
    /// After a process was killed this may have to repair the data file first, which the progress of the options shows.
    ///
    /// # Errors
    /// `NotAStore`, `UnsupportedFormat`, `WrongKey`, `KeyRingMissing`, `KeyRingStale`, `AlreadyOpen`, `LockUnsupported`,
    /// `Corrupted`, `AuditUnavailable`, `Io`, and `Cancelled` through the progress: each says what to do.
    #[uniffi::constructor]
    pub fn open(path: String, options: OpenOptions) -> Result<Arc<Self>, PrmError> {
        Ok(Arc::new(Prm(prm_core::Prm::open(path, options.into())?)))
    }

    /// Begins a session: `actor`, whom the host has authenticated, acts for `purpose` until the session is dropped.
    ///
    /// # Errors
    /// `Closed` after a shut-down, `AuditUnavailable` if the access log cannot be written, `Invalid` for a program
    /// without a name or a text of the actor or purpose of more than 200 bytes.
    pub fn session(&self, actor: Actor, purpose: Purpose) -> Result<Arc<Session>, PrmError> {
        Ok(Arc::new(Session(self.0.session(actor, purpose)?)))
    }

    /// Ends every access, makes everything durable and releases the files. Calls on any session give `Closed`
    /// afterwards. Copy the folder of a store only after this, and copy it whole.
    ///
    /// # Errors
    /// `Closed` if that happened before; `Io` or `Full` if the last sync failed: what was committed is safe.
    pub fn shut_down(&self) -> Result<(), PrmError> {
        Ok(self.0.shut_down()?)
    }

    /// Lets go of the store until `resume`: nothing of it is open, locked or readable afterwards, and another process may
    /// open it. For an app that goes to the background: iOS ends one that is suspended with a lock.
    ///
    /// The commit in progress is waited for; what else is at work ends with `Busy`, and calls give `Busy` meanwhile.
    /// Sessions and subscriptions stay.
    ///
    /// # Errors
    /// `Unsupported` for a store in memory; `Closed` after a shut-down; `Io` or `Full` if the last sync failed: what was
    /// committed is safe, and the store is suspended all the same.
    pub fn suspend(&self) -> Result<(), PrmError> {
        Ok(self.0.suspend()?)
    }

    /// Opens a suspended store again, with the key handed in again. Sessions and subscriptions go on.
    ///
    /// # Errors
    /// As opening, with `AlreadyOpen` while another process has the store or if it is not suspended; `NotAStore` if the
    /// folder now holds another store, `RolledBack` if it holds an older copy of this one. After any error the store is
    /// still suspended, and this can be tried again.
    pub fn resume(&self, key: Arc<Key>) -> Result<(), PrmError> {
        Ok(self.0.resume(&key.0)?)
    }

    /// Version of the time zone database in use, e.g. `2026a`.
    pub fn zones_version(&self) -> String {
        self.0.zones().version().to_owned()
    }

    /// What a local time, written `2026-03-29T02:30:00`, stands for in a zone of the IANA database.
    ///
    /// # Errors
    /// `Invalid` for an unknown zone or a text that is no local time.
    pub fn resolve(&self, zone: String, local: String) -> Result<LocalTime, PrmError> {
        let local =
            local.parse().map_err(|_| PrmError::invalid("local", "a local time is written 2026-03-29T02:30:00"))?;
        Ok(match self.0.zones().resolve(&zone, local)? {
            prm_core::LocalTime::Once(at) => LocalTime::Once { at },
            prm_core::LocalTime::Skipped(at) => LocalTime::Skipped { at },
            prm_core::LocalTime::Twice { first, second } => LocalTime::Twice { first, second },
        })
    }
}

/// What a local time in a zone stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LocalTime {
    /// It exists once.
    Once {
        /// The instant.
        at: Instant,
    },
    /// It was skipped when clocks went forward.
    Skipped {
        /// The instant the clock would have shown without the change (RFC 5545 §3.3.5): 02:30 skipped by one hour becomes
        /// 03:30.
        at: Instant,
    },
    /// It exists twice since clocks went back.
    Twice {
        /// The first occurrence, which rules use (RFC 5545 §3.3.5).
        first: Instant,
        /// The second occurrence.
        second: Instant,
    },
}
