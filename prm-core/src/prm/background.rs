//! The one thread of a store: syncs accesses, writes counts, leaves a checkpoint when nobody writes.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{AuditSync, Core};
use crate::error::{Error, ErrorKind, Result};

/// How long nobody must write before a checkpoint is made. A kill after it opens without a repair.
const IDLE: Duration = Duration::from_millis(500);
/// How often the thread looks.
const TICK: Duration = Duration::from_millis(100);
/// Entries of the log, and bytes of them, that are folded even if nobody writes.
const MANY: (usize, usize) = (20_000, 16 << 20);

#[derive(Default)]
struct Bell {
    stopped: Mutex<bool>,
    ring: Condvar,
}

/// The thread while the store is open, and none while it is suspended.
#[derive(Default)]
pub(super) struct Background(Mutex<Option<Running>>);

struct Running {
    bell: Arc<Bell>,
    thread: JoinHandle<()>,
    opener: u32,
}

impl Background {
    pub(super) fn start(&self, core: &Arc<Core>) -> Result<()> {
        let bell = Arc::new(Bell::default());
        let (watched, weak) = (Arc::clone(&bell), Arc::downgrade(core));
        let thread = std::thread::Builder::new()
            .name("prm-store".to_owned())
            .spawn(move || work(&watched, &weak))
            .map_err(|e| Error::new(ErrorKind::Io, "the thread of the store could not be started").because(e))?;
        *self.running() = Some(Running { bell, thread, opener: std::process::id() });
        Ok(())
    }

    /// Ends the thread and waits for it. In a forked child there is no such thread to wait for.
    pub(super) fn stop(&self) {
        let running = self.running().take();
        let Some(Running { bell, thread, opener }) = running else { return };
        *bell.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
        bell.ring.notify_all();
        if opener == std::process::id() && thread.thread().id() != std::thread::current().id() {
            // It does not panic: what it calls returns errors, and those it leaves to the next tick.
            let _ = thread.join();
        }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

fn work(bell: &Bell, core: &Weak<Core>) {
    let mut about = Weak::new();
    let mut seen = 0;
    let mut changed = Instant::now();
    let mut checkpointed = 0;
    let mut unsynced_since: Option<Instant> = None;
    loop {
        {
            let stopped = bell.stopped.lock().unwrap_or_else(PoisonError::into_inner);
            let (stopped, _) = bell
                .ring
                .wait_timeout_while(stopped, TICK, |stopped| !*stopped)
                .unwrap_or_else(PoisonError::into_inner);
            if *stopped {
                return;
            }
        }
        let Some(core) = core.upgrade() else { return };
        // Lost files are opened again by the next call of someone who wants something of them.
        let Some(live) = core.live_now() else { continue };
        let store = &live.store;
        if !std::ptr::eq(about.as_ptr(), Arc::as_ptr(store)) {
            (about, seen, checkpointed) = (Arc::downgrade(store), 0, 0);
        }
        let commits = store.commits();
        if commits != seen {
            (seen, changed) = (commits, Instant::now());
        }
        // Each of these is tried again at the next tick; a log that cannot be written stops the reads themselves.
        let _ = core.settle(store, false);
        if store.log().wants_sync() {
            let since = *unsynced_since.get_or_insert_with(Instant::now);
            if let AuditSync::Within(within) = core.audit_sync
                && since.elapsed() + TICK >= within
            {
                let _ = store.sync_log();
                unsynced_since = None;
            }
        } else {
            unsynced_since = None;
        }
        let idle = seen != checkpointed && changed.elapsed() >= IDLE;
        let (entries, bytes) = store.log().pending();
        let many = entries > MANY.0 || bytes > MANY.1;
        // What a store opened for reading was asked is folded too: its log is no longer than another's.
        if (many || idle && !core.read_only) && store.checkpoint().is_ok() {
            seen = store.commits();
            checkpointed = seen;
        }
    }
}
