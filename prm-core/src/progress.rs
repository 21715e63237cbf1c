//! How far long work has come, and the wish to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, ErrorKind, Result};

/// Shared between the one who works and those who watch. Clones show the same work.
///
/// # Example
/// ```
/// use prm_core::Progress;
/// let progress = Progress::default();
/// let watched = progress.clone();
/// // hand `progress` to a long call, look at `watched` from another thread
/// assert_eq!((watched.done(), watched.total()), (0, 0));
/// watched.cancel();
/// ```
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// Units done so far: bytes of an import or export, records of a check, hundredths of a repair.
    pub fn done(&self) -> u64 {
        self.0.done.load(Ordering::Relaxed)
    }

    /// Units in all; 0 while that is not known.
    pub fn total(&self) -> u64 {
        self.0.total.load(Ordering::Relaxed)
    }

    /// Asks the work to stop. It ends with `Cancelled` and keeps what it has committed.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Says how much there is to do, before the work begins.
    pub fn expect(&self, total: u64) {
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Says how far the work has come.
    pub fn advance(&self, done: u64) {
        self.0.done.store(done, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Whether the work may go on: asked by whoever works, between two of its steps.
    ///
    /// # Errors
    /// `Cancelled` once someone asked to stop.
    pub fn go_on(&self) -> Result<()> {
        if self.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, "the caller asked to stop"));
        }
        Ok(())
    }
}
