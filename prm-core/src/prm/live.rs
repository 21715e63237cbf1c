//! A store from opening to shut-down: suspended and resumed, and opened again after its files were lost.

use std::convert::Infallible;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use super::start::{self, Opened, Place, Unlock};
use super::{Core, Handle};
use crate::error::{Error, ErrorKind, Result};
use crate::page::CursorKey;
use crate::people::search::dictionary::TokenCache;
use crate::store::commit::Store;
use crate::store::condition::{self, Standing};
use crate::store::slot::Key;

/// How long a call that waits for the host is waited for when the store is suspended or shut down.
const PATIENCE: Duration = Duration::from_secs(2);

/// What there is while the files are open. Every call holds it for its length.
pub(crate) struct Live {
    pub(crate) store: Arc<Store>,
    pub(crate) cursors: CursorKey,
    pub(crate) tokens: Arc<TokenCache>,
    /// Dropped with the rest, which tells whoever waits for the last call to end.
    _in_use: Sender<Infallible>,
}

/// How a store stands for the handle and its sessions.
pub(super) struct Lifetime {
    state: RwLock<State>,
    /// Held while the state changes, which takes a while.
    turn: Mutex<()>,
    /// None for a store in memory.
    place: Option<Place>,
    opener: u32,
}

enum State {
    Open {
        live: Arc<Live>,
        gone: Mutex<Receiver<Infallible>>,
    },
    Suspended {
        /// Of the newest commit: a store that knows less is not this one as it was.
        sequence: u64,
    },
    Closed,
}

impl State {
    fn open(opened: Opened) -> (Self, Arc<Live>) {
        let Opened { store, cursors, tokens } = opened;
        let (in_use, gone) = channel();
        let live = Arc::new(Live { store, cursors, tokens, _in_use: in_use });
        (State::Open { live: Arc::clone(&live), gone: Mutex::new(gone) }, live)
    }
}

impl Lifetime {
    pub(super) fn begin(opened: Opened, place: Option<Place>) -> Self {
        let state = RwLock::new(State::open(opened).0);
        Lifetime { state, turn: Mutex::default(), place, opener: std::process::id() }
    }

    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn state_mut(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Before any lock is taken: in a forked child nobody may be left to let it go.
    fn own_process(&self) -> Result<()> {
        if std::process::id() != self.opener {
            return Err(Error::new(ErrorKind::WrongProcess, "the store was opened by another process"));
        }
        Ok(())
    }
}

impl Core {
    /// The open store, for the length of one call. Lost files are opened again first.
    ///
    /// # Errors
    /// `Busy` while the store is suspended or its files cannot be opened again, `Closed` after a shut-down,
    /// `WrongProcess` in a forked child.
    pub(crate) fn live(&self) -> Result<Arc<Live>> {
        self.lifetime.own_process()?;
        match &*self.lifetime.state() {
            State::Open { live, .. } if live.store.standing() == Standing::Open => return Ok(Arc::clone(live)),
            State::Open { .. } => {}
            State::Suspended { .. } => return Err(condition::suspended()),
            State::Closed => return Err(condition::closed()),
        }
        self.open_again()
    }

    /// The open store, if it is open and its files are there.
    pub(crate) fn live_now(&self) -> Option<Arc<Live>> {
        self.lifetime.own_process().ok()?;
        match &*self.lifetime.state() {
            State::Open { live, .. } if live.store.standing() == Standing::Open => Some(Arc::clone(live)),
            _ => None,
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        matches!(*self.lifetime.state(), State::Closed)
    }

    /// Opens lost files again with the keys that are in memory.
    fn open_again(&self) -> Result<Arc<Live>> {
        let _turn = self.lifetime.turn();
        let lost = match &*self.lifetime.state() {
            State::Open { live, .. } => Arc::clone(live),
            State::Suspended { .. } => return Err(condition::suspended()),
            State::Closed => return Err(condition::closed()),
        };
        if lost.store.standing() == Standing::Open {
            return Ok(lost);
        }
        let Some(place) = &self.lifetime.place else { return Err(condition::unreachable()) };
        // What was open is as good as gone; a failure to close it tells nothing new.
        let _ = lost.store.release();
        let opened = start::again(self, place, Unlock::Ring(lost.store.ring()), lost.store.sequence());
        let opened = opened.map_err(|e| match e.kind() {
            ErrorKind::Io | ErrorKind::AuditUnavailable => condition::unreachable().because(e),
            _ => e,
        })?;
        Ok(self.publish(opened))
    }

    fn publish(&self, opened: Opened) -> Arc<Live> {
        let (state, live) = State::open(opened);
        *self.lifetime.state_mut() = state;
        live
    }
}

impl Handle {
    pub(super) fn suspend(&self) -> Result<()> {
        self.core.lifetime.own_process()?;
        if self.core.lifetime.place.is_none() {
            return Err(Error::new(ErrorKind::Unsupported, "a store in memory would be gone; it cannot be suspended"));
        }
        let _turn = self.core.lifetime.turn();
        match &*self.core.lifetime.state() {
            State::Open { .. } => {}
            State::Suspended { .. } => return Ok(()),
            State::Closed => return Err(condition::closed()),
        }
        self.end(Standing::Suspended)
    }

    pub(super) fn shut_down(&self) -> Result<()> {
        self.core.lifetime.own_process()?;
        let _turn = self.core.lifetime.turn();
        if self.core.is_closed() {
            return Err(condition::closed());
        }
        self.end(Standing::Closed)
    }

    /// Ends an open store for everyone and releases its files.
    fn end(&self, standing: Standing) -> Result<()> {
        let core = &self.core;
        let next = if standing == Standing::Closed { State::Closed } else { State::Suspended { sequence: 0 } };
        // From here on no call begins.
        let before = std::mem::replace(&mut *core.lifetime.state_mut(), next);
        let State::Open { live, gone } = before else { return Ok(()) };
        self.background.stop();
        let store = Arc::clone(&live.store);
        let lost = store.standing() == Standing::Lost;
        store.end(standing);
        drop(live);
        // Nothing is ever sent: the answer is that the last call has ended, or that it has not.
        let _ = gone.into_inner().unwrap_or_else(PoisonError::into_inner).recv_timeout(PATIENCE);
        core.sessions().iter().for_each(|session| session.forget_policy());
        let ended = if lost {
            // The counts are kept: they are written when the store is there again.
            let _ = store.release();
            Ok(())
        } else {
            let settled = core.settle(&store, true);
            store.shut_down().and(settled)
        };
        if let State::Suspended { sequence } = &mut *core.lifetime.state_mut() {
            *sequence = store.sequence();
        }
        ended
    }

    pub(super) fn resume(&self, key: &Key) -> Result<()> {
        let core = &self.core;
        core.lifetime.own_process()?;
        let _turn = core.lifetime.turn();
        let sequence = match &*core.lifetime.state() {
            State::Suspended { sequence } => *sequence,
            State::Open { .. } => return Err(Error::new(ErrorKind::AlreadyOpen, "the store is not suspended")),
            State::Closed => return Err(condition::closed()),
        };
        let place = core.lifetime.place.as_ref().ok_or_else(condition::suspended)?;
        let opened = start::again(core, place, Unlock::Key(key), sequence)?;
        self.background.start(core)?;
        core.publish(opened);
        Ok(())
    }
}
