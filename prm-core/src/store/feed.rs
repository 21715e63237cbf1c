//! News of commits for those who wait for it.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The newest sequence committed, and a bell.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    newest: Mutex<Newest>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Newest {
    sequence: u64,
    closed: bool,
}

impl Feed {
    /// Tells that commits up to `after` are there. Nothing of them is kept here: those who listen read the journal.
    pub(crate) fn announce(&self, after: u64) {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.sequence = newest.sequence.max(after);
        drop(newest);
        self.bell.notify_all();
    }

    /// Wakes everyone for the last time.
    pub(crate) fn close(&self) {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.bell.notify_all();
    }

    /// Waits until something after `sequence` was committed, the store was shut down or the time is over. Tells
    /// whether there is something.
    pub(crate) fn wait_beyond(&self, sequence: u64, at_most: Duration) -> bool {
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let (newest, _) = self
            .bell
            .wait_timeout_while(newest, at_most, |n| n.sequence <= sequence && !n.closed)
            .unwrap_or_else(PoisonError::into_inner);
        newest.sequence > sequence
    }
}
