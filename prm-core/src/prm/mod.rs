//! The handle: open a store, act as someone, shut down.

mod background;
mod files;
mod live;
mod options;
mod salvage;
mod start;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::govern::access::Entry;
use crate::govern::{Actor, Purpose, Who};
use crate::id::{IdSource, PractitionerId};
use crate::people::Practitioner;
use crate::session::{Inner, Session};
use crate::store::commit::Store;
use crate::store::slot::Key;
use crate::time::{Clock, Instant, Zones};

pub use files::StoreFile;
pub use options::{AuditSync, OpenOptions};

use background::Background;
use live::Lifetime;
pub(crate) use live::Live;

/// A store that is open. Clones and sessions share it; the last of them dropped shuts it down.
///
/// One process owns a store at a time. An app that goes to the background lets go of it by [`suspend`](Prm::suspend) and
/// has it back by [`resume`](Prm::resume). `Prm` says nothing of patients by itself: [`session`](Prm::session) is where
/// someone acts.
///
/// # Example
/// ```
/// use prm_core::people::{HumanName, Patient};
/// use prm_core::{Actor, Founder, Key, OpenOptions, Prm, Purpose};
///
/// let made = Prm::open_memory(OpenOptions::key(Key::raw([7; 32])), Founder::system("front desk"))?;
/// let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations)?;
/// let name = HumanName { family: Some("Ortiz".into()), given: vec!["Ana".into()], ..HumanName::default() };
/// let ana = desk.people().add(Patient { names: vec![name], ..Patient::default() })?;
/// assert_eq!(desk.people().patient(ana)?.version, 1);
/// made.prm.shut_down()?;
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Prm(pub(crate) Arc<Handle>);

/// What sessions and the background thread need of the handle, whether the store is open or suspended.
pub(crate) struct Core {
    pub(crate) store_id: [u8; 16],
    pub(crate) ids: IdSource,
    pub(crate) zones: Zones,
    pub(crate) read_only: bool,
    clock: Clock,
    audit_sync: AuditSync,
    sessions: Mutex<Vec<Weak<Inner>>>,
    lifetime: Lifetime,
}

pub(crate) struct Handle {
    pub(crate) core: Arc<Core>,
    background: Background,
}

/// Who administers a new store first, and admits others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Founder {
    /// A person; their record is made with the store.
    Practitioner(Practitioner),
    /// A program, by its name: a script, or the app on a patient's own phone.
    System(String),
}

impl Founder {
    /// A person.
    pub fn practitioner(practitioner: Practitioner) -> Self {
        Founder::Practitioner(practitioner)
    }

    /// A program.
    pub fn system(name: impl Into<String>) -> Self {
        Founder::System(name.into())
    }
}

/// A store that was just made.
#[derive(Debug, Clone)]
pub struct Created {
    /// The open store.
    pub prm: Prm,
    /// The first administrator.
    pub administrator: Who,
}

impl Created {
    /// The first administrator's id, if it is a person.
    pub fn practitioner(&self) -> Option<PractitionerId> {
        match self.administrator {
            Who::Practitioner(id) => Some(id),
            _ => None,
        }
    }
}

impl fmt::Debug for Prm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prm")
    }
}

impl Prm {
    /// Makes a store in a new folder at `path` and opens it.
    ///
    /// # Errors
    /// `Conflict` if there is something at `path`; `Invalid` for an empty passphrase or a founder without a name; `Io`
    /// and `Full` from the system.
    pub fn create(path: impl AsRef<Path>, options: OpenOptions, founder: Founder) -> Result<Created> {
        start::create(path.as_ref(), options, founder)
    }

    /// Opens the store in the folder `path`. Never makes one.
    ///
    /// After a process was killed this may have to repair the data file first, which
    /// [`OpenOptions::progress`] shows.
    ///
    /// # Errors
    /// `NotAStore`, `UnsupportedFormat`, `WrongKey`, `KeyRingMissing`, `KeyRingStale`, `AlreadyOpen`,
    /// `LockUnsupported`, `Corrupted`, `AuditUnavailable`, `Io`, `Cancelled`: each says what to do.
    pub fn open(path: impl AsRef<Path>, options: OpenOptions) -> Result<Prm> {
        start::open(path.as_ref(), options)
    }

    /// Makes a store that lives in memory and is gone when it is shut down: for trials and tests.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn open_memory(options: OpenOptions, founder: Founder) -> Result<Created> {
        start::open_memory(options, founder)
    }

    /// Copies what can still be read of a damaged store at `from` into a new store at `to`, and says what is missing.
    /// `from` is not changed. Index rows are made anew, so a list or a search misses a record only if the record is lost.
    ///
    /// # Errors
    /// As [`open`](Self::open) for `from`, but for damage; as [`create`](Self::create) for `to`.
    pub fn salvage(from: impl AsRef<Path>, to: impl AsRef<Path>, options: OpenOptions) -> Result<Salvaged> {
        salvage::salvage(from.as_ref(), to.as_ref(), options)
    }

    /// The time zones the store was opened with.
    pub fn zones(&self) -> &Zones {
        &self.0.core.zones
    }

    /// Begins a session: `actor`, whom the host has authenticated, acts for `purpose` until the session is dropped.
    ///
    /// # Errors
    /// `Closed` after a shut-down, `AuditUnavailable` if the access log cannot be written, `Invalid` for a program without
    /// a name or a text of the actor or purpose of more than 200 bytes.
    pub fn session(&self, actor: Actor, purpose: Purpose) -> Result<Session> {
        Session::begin(Arc::clone(&self.0), actor, purpose)
    }

    /// Ends every access, makes everything durable and releases the files. Calls on any clone or session give `Closed`
    /// afterwards. Copy the folder of a store only after this, and copy it whole.
    ///
    /// What is at work ends as it does at a [`suspend`](Self::suspend). A store that is suspended is shut down too.
    ///
    /// # Errors
    /// `Closed` if that happened before; `Io` or `Full` if the last sync failed: what was committed is safe.
    pub fn shut_down(&self) -> Result<()> {
        self.0.shut_down()
    }

    /// Lets go of the store until [`resume`](Self::resume): nothing of it is open, locked or readable afterwards, and
    /// another process may open it. For an app that goes to the background: iOS ends one that is suspended with a lock.
    ///
    /// The commit in progress is waited for. Everything else is ended: a read at its next row, a batch that is still
    /// being decided and an import at their next record, with `Busy`; nothing of such a batch is there, and importing
    /// again goes on from the last commit. Whoever waits for news is woken with `Busy`. Only a call that waits for the
    /// host itself, such as an export into a pipe that nobody empties, cannot be ended from here: it is waited for for
    /// two seconds, then its files are closed under it and it ends with `Busy` when it goes on. Counts of accesses are
    /// written and everything is made durable, as at a shut-down.
    ///
    /// Keys are overwritten in memory when the last call that used them has ended. Decrypted pages are given back to the
    /// system, which is not the same: a process that is to leave no trace in memory must end.
    ///
    /// Sessions, subscriptions and clones of the handle stay and give `Busy` meanwhile. Suspending what is suspended does
    /// nothing.
    ///
    /// # Errors
    /// `Unsupported` for a store in memory, which would be gone; `Closed` after a shut-down; `Io` or `Full` if the last
    /// sync failed: what was committed is safe, and the store is suspended all the same.
    pub fn suspend(&self) -> Result<()> {
        self.0.suspend()
    }

    /// Opens a suspended store again: the same folder with the same options and the key handed in again. Sessions go on
    /// with their id, actor and purpose, cursors stay good, subscriptions go on from their sequence and tell what others
    /// committed meanwhile.
    ///
    /// After any error the store is still suspended, and this can be tried again.
    ///
    /// # Errors
    /// As [`open`](Self::open), with `WrongKey` for another key and `AlreadyOpen` while another process has the store;
    /// `NotAStore` if the folder now holds another store, `RolledBack` if it holds an older copy of this one: open either
    /// anew. `AlreadyOpen` if the store is not suspended: the key is not looked at then. `Closed` after a shut-down.
    ///
    /// # Example
    /// ```
    /// use prm_core::{Actor, ErrorKind, Founder, Key, OpenOptions, Prm, Purpose};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let path = folder.path().join("clinic.prm");
    /// let made = Prm::create(&path, OpenOptions::key(Key::raw([7; 32])), Founder::system("ward app"))?;
    /// let desk = made.prm.session(Actor::new(made.administrator), Purpose::Operations)?;
    /// made.prm.suspend()?;
    /// assert_eq!(desk.upkeep().stats().unwrap_err().kind(), ErrorKind::Busy);
    /// made.prm.resume(&Key::raw([7; 32]))?;
    /// assert_eq!(desk.upkeep().stats()?.patients, 0);
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn resume(&self, key: &Key) -> Result<()> {
        self.0.resume(key)
    }

    /// The files of a store's folder, and which of them may go into the backup that a device makes of its apps.
    pub fn files() -> Vec<StoreFile> {
        files::all()
    }
}

/// What was copied out of a damaged store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Salvaged {
    /// Rows copied.
    pub rows: u64,
    /// Rows and stretches of rows that could not be read, each as a sentence with a table, without content.
    pub lost: Vec<String>,
}

impl Core {
    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// # Errors
    /// `Unsupported` for a store that was opened for reading only.
    pub(crate) fn writable(&self) -> Result<()> {
        if self.read_only {
            return Err(Error::new(ErrorKind::Unsupported, "the store was opened for reading only"));
        }
        Ok(())
    }

    /// Puts an entry on record before an answer is given.
    pub(crate) fn record(&self, store: &Store, entry: &Entry) -> Result<()> {
        let (kind, payload) = entry.encode()?;
        store.record(kind, &payload, self.audit_sync == AuditSync::Strict)
    }

    /// Remembers a session, to write its counts when their minute is over.
    pub(crate) fn enrol(&self, session: &Arc<Inner>) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|s| s.strong_count() > 0);
        sessions.push(Arc::downgrade(session));
    }

    fn sessions(&self) -> Vec<Arc<Inner>> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|s| s.strong_count() > 0);
        sessions.iter().filter_map(Weak::upgrade).collect()
    }

    /// Writes the counts of accesses whose minute is over; of all of them if `all`.
    fn settle(&self, store: &Store, all: bool) -> Result<()> {
        let now = self.now();
        self.sessions().iter().try_for_each(|session| session.settle(store, now, all))
    }
}
