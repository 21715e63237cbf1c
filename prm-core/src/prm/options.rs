//! How a store is opened.

use std::time::Duration;

use crate::id::Ids;
use crate::progress::Progress;
use crate::store::slot::Key;
use crate::time::{Clock, Zones};

/// When accesses that no commit has carried to the disk are synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditSync {
    /// At the latest after this time. A kill of the process loses nothing; a power failure loses at most this.
    Within(Duration),
    /// Before the answer is returned.
    Strict,
}

impl Default for AuditSync {
    fn default() -> Self {
        AuditSync::Within(Duration::from_secs(1))
    }
}

/// How a store is opened or made: a key, and choices that have sensible defaults.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    pub(crate) key: Key,
    pub(crate) cache_bytes: usize,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) zones: Zones,
    pub(crate) audit_sync: AuditSync,
    pub(crate) read_only: bool,
    pub(crate) progress: Progress,
}

impl OpenOptions {
    /// Opens with `key`; everything else by default.
    pub fn key(key: Key) -> Self {
        OpenOptions {
            key,
            cache_bytes: 32 << 20,
            clock: Clock::System,
            ids: Ids::Os,
            zones: Zones::bundled(),
            audit_sync: AuditSync::default(),
            read_only: false,
            progress: Progress::default(),
        }
    }

    /// Bytes of decrypted pages to keep in memory. 32 MiB by default; at least 1 MiB is taken.
    #[must_use]
    pub fn cache_bytes(mut self, bytes: usize) -> Self {
        self.cache_bytes = bytes.max(1 << 20);
        self
    }

    /// Where the current instant comes from.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Where new ids come from.
    #[must_use]
    pub fn ids(mut self, ids: Ids) -> Self {
        self.ids = ids;
        self
    }

    /// Time zones to use in place of those shipped.
    #[must_use]
    pub fn zones(mut self, zones: Zones) -> Self {
        self.zones = zones;
        self
    }

    /// When accesses are synced.
    #[must_use]
    pub fn audit_sync(mut self, audit_sync: AuditSync) -> Self {
        self.audit_sync = audit_sync;
        self
    }

    /// Refuses every command. Accesses are still recorded: a store whose log cannot be written cannot be read either.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Where a repair after a kill tells how far it is, in hundredths, and is stopped: opening is `Cancelled` then, and
    /// may be tried again.
    #[must_use]
    pub fn progress(mut self, progress: Progress) -> Self {
        self.progress = progress;
        self
    }
}
