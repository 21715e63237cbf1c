//! Small things that are handed to calls.

use std::sync::Arc;

use crate::PrmError;
use crate::mirror::Instant;

/// What opens a store. It does not print and is wiped when the last reference to it is gone.
#[derive(uniffi::Object)]
pub struct Key(pub(crate) prm_core::Key);

#[uniffi::export]
impl Key {
    /// A key of 32 bytes, e.g. from the key store of the device.
    ///
    /// # Errors
    /// `Invalid` for another number of bytes.
    #[uniffi::constructor]
    pub fn raw(bytes: Vec<u8>) -> Result<Arc<Self>, PrmError> {
        let bytes: Result<[u8; 32], _> = bytes.try_into();
        let bytes = bytes.map_err(|_| PrmError::invalid("key", "a raw key has 32 bytes"))?;
        Ok(Arc::new(Key(prm_core::Key::raw(bytes))))
    }

    /// A passphrase, from which a key is made by Argon2id: opening takes a moment.
    #[uniffi::constructor]
    pub fn passphrase(text: String) -> Arc<Self> {
        Arc::new(Key(prm_core::Key::passphrase(text)))
    }
}

/// How far long work has come, and the wish to stop it. Hand it to a call and look at it from elsewhere.
#[derive(uniffi::Object)]
pub struct Progress(pub(crate) prm_core::Progress);

#[uniffi::export]
impl Progress {
    /// For work that has not begun.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Progress(prm_core::Progress::default()))
    }

    /// Units done so far: bytes of an import or export, records of a check, hundredths of a repair.
    pub fn done(&self) -> u64 {
        self.0.done()
    }

    /// Units in all; 0 while that is not known.
    pub fn total(&self) -> u64 {
        self.0.total()
    }

    /// Asks the work to stop. It ends with `Cancelled` and keeps what it has committed.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// The progress to work with: the one handed in, or one that nobody watches.
pub(crate) fn watched(progress: Option<Arc<Progress>>) -> prm_core::Progress {
    progress.map(|progress| progress.0.clone()).unwrap_or_default()
}

/// A clock that stands still until it is set: for tests, and to ask what a day looked like.
#[derive(uniffi::Object)]
pub struct ManualClock(pub(crate) prm_core::ManualClock);

#[uniffi::export]
impl ManualClock {
    /// A clock that shows `now`.
    #[uniffi::constructor]
    pub fn new(now: Instant) -> Arc<Self> {
        Arc::new(ManualClock(prm_core::ManualClock::new(now)))
    }

    /// What it shows.
    pub fn now(&self) -> Instant {
        self.0.now()
    }

    /// Sets it, forwards or back.
    pub fn set(&self, now: Instant) {
        self.0.set(now);
    }
}
