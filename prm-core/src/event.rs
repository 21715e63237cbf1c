//! News of what was committed, for those who follow along.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::command::RecordKind;
use crate::error::Result;
use crate::id::RecordId;
use crate::session::Session;
use crate::store::state::State;

/// How a record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Its first version.
    Created,
    /// A further version.
    Updated,
    /// Entered in error.
    Voided,
}

/// That a record changed: no content, only what to read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Sequence of the commit.
    pub sequence: u64,
    /// Kind of the record.
    pub kind: RecordKind,
    /// Which.
    pub id: RecordId,
    /// Its version.
    pub version: u32,
    /// How it changed.
    pub change: ChangeKind,
}

/// What a subscription tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A record changed.
    Changed(Notice),
    /// More happened than a subscriber is told one by one: everything after `from` is to be read again.
    Lagged {
        /// Sequence of the last commit that was told.
        from: u64,
    },
}

/// Commits behind which a subscriber lags.
const MOST_BEHIND: u64 = 4096;

/// Follows commits from a sequence on. Dropping it ends it. It holds nothing of the store while nobody waits.
#[derive(Debug)]
pub struct Subscription {
    session: Session,
    after: u64,
    ready: VecDeque<Event>,
}

impl Subscription {
    pub(crate) fn new(session: Session, after: u64) -> Self {
        Subscription { session, after, ready: VecDeque::new() }
    }

    /// Sequence of the last commit that was looked at; a later subscription may go on from here.
    pub fn sequence(&self) -> u64 {
        self.after
    }

    /// The next event, or none within `at_most`.
    ///
    /// # Errors
    /// `Closed` once the store is shut down, `Busy` while it is suspended: resumed, it is told what was committed
    /// meanwhile. `Denied` never: what the session may not see is left out.
    pub fn next(&mut self, at_most: Duration) -> Result<Option<Event>> {
        let began = std::time::Instant::now();
        let mut committed = None;
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            let newest = self.session.newest_sequence()?;
            if newest.saturating_sub(self.after) > MOST_BEHIND {
                let from = std::mem::replace(&mut self.after, newest);
                return Ok(Some(Event::Lagged { from }));
            }
            // What was committed before the call is looked at whatever the time; what comes meanwhile, within it.
            let committed = *committed.get_or_insert(newest);
            let left = at_most.saturating_sub(began.elapsed());
            if newest > self.after && (self.after < committed || !left.is_zero()) {
                let (events, after) = self.session.notices(self.after)?;
                self.ready.extend(events);
                self.after = after;
            } else if newest > self.after || !self.session.wait_beyond(self.after, left)? {
                return Ok(None);
            }
        }
    }
}

impl Session {
    /// Follows commits after the sequence `after`; none for those from now on.
    ///
    /// # Errors
    /// `Closed` after a shut-down, `Busy` while the store is suspended.
    pub fn subscribe(&self, after: Option<u64>) -> Result<Subscription> {
        let after = match after {
            Some(after) => after,
            None => self.newest_sequence()?,
        };
        Ok(Subscription::new(self.clone(), after))
    }

    fn newest_sequence(&self) -> Result<u64> {
        // Not from the writer, who may be in the middle of a long commit.
        let snapshot = self.core().live()?.store.snapshot()?;
        Ok(State::read(&*snapshot)?.sequence)
    }

    fn wait_beyond(&self, sequence: u64, at_most: Duration) -> Result<bool> {
        let live = self.core().live()?;
        let news = live.store.feed().wait_beyond(sequence, at_most);
        live.store.usable()?;
        Ok(news)
    }

    /// Events after a sequence that the gate permits, and the sequence they go up to.
    pub(crate) fn notices(&self, after: u64) -> Result<(Vec<Event>, u64)> {
        const COMMITS: u64 = 256;
        /// A commit that began is told to its end.
        const EVENTS: usize = 4096;
        let look = self.inner().look()?;
        let reader = look.reader();
        let (mut events, mut upto, mut shown) = (Vec::new(), after, Vec::new());
        crate::store::journal::since(reader.read, after, &mut |sequence, batched| {
            for changed in &batched.changes {
                let kind = RecordKind::from_number(u32::from(changed.kind));
                if look.may_notice(&reader, &kind, changed)? {
                    let change = match changed.deed() {
                        crate::store::journal::Deed::Created => ChangeKind::Created,
                        crate::store::journal::Deed::Updated => ChangeKind::Updated,
                        crate::store::journal::Deed::Voided => ChangeKind::Voided,
                    };
                    shown.extend((changed.pid != 0).then_some(changed.pid));
                    events.push(Event::Changed(Notice {
                        sequence,
                        kind,
                        id: changed.id,
                        version: changed.version,
                        change,
                    }));
                }
            }
            upto = sequence;
            let enough = sequence >= after + COMMITS || events.len() >= EVENTS;
            Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        if !shown.is_empty() {
            shown.sort_unstable();
            shown.dedup();
            look.listed(crate::govern::DataClass::Chart, b"notices", &shown)?;
        }
        Ok((events, upto))
    }
}
