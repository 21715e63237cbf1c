//! The session: someone acts, for one purpose. Every read and write goes through here, and through the gate.

mod calls;
mod care;
pub(crate) mod change;
mod chart;
mod check;
mod decide;
mod decision;
mod decisions;
pub(crate) mod due;
mod engage;
mod evidence;
mod facts;
mod fhir;
mod govern;
mod kept;
mod look;
mod outlook;
mod people;
mod plan;
mod planning;
mod plans;
pub(crate) mod reindex;
mod upkeep;
mod worklist;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::command::{Batch, MAX_COMMANDS, Receipt};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::access::{Access, By, Counted, Entry, Listed, MOST_LISTED, SessionBegan};
use crate::govern::filter::{self, Filter};
use crate::govern::policy::{Action, DataClass};
use crate::govern::{Actor, Purpose};
use crate::id::{BatchId, SessionId};
use crate::prm::{Core, Handle, Live};
use crate::store::cipher;
use crate::store::commit::Store;
use crate::store::key::Pid;
use crate::time::Instant;

pub use chart::{ChartRoom, TimelinePage};
pub use decision::{DecideRoom, DecisionPage};
pub use engage::{DuePage, EngageRoom, MissedPage};
pub use evidence::EvidenceRoom;
pub use fhir::{
    CareImport, ExportFormat, ExportReport, FhirImport, FhirRoom, ImportReport, NoteReport, RefusedRecord,
    TemplateImport, TypeReport,
};
pub use govern::GovernRoom;
pub use outlook::{FeedImport, TemplateChange};
pub use people::{PatientPage, PeopleRoom};
pub use plan::PlanRoom;
pub use upkeep::{CheckReport, Stats, TableRows, UpkeepRoom};

use decide::{Acting, Deciding, Denied, Remembered};
use look::Look;

/// Someone acting for one purpose. Clones are the same session.
///
/// Calls are grouped by room: [`people`](Session::people), [`chart`](Session::chart), [`govern`](Session::govern),
/// [`upkeep`](Session::upkeep). Every read is on record before its answer is given.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

pub(crate) struct Inner {
    /// The store stays open while a session of it lives.
    _handle: Arc<Handle>,
    core: Arc<Core>,
    actor: Actor,
    by: By,
    filter: Mutex<Option<(u64, Arc<Filter>)>>,
    accesses: Mutex<HashMap<Reached, Open>>,
}

/// What an access reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Reached {
    pid: Pid,
    class: DataClass,
    action: Action,
    permitted: bool,
}

/// An access whose minute may not be over.
#[derive(Debug, Clone, Copy)]
struct Open {
    began: Instant,
    count: u32,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} for {})", self.0.by.session, self.0.by.purpose)
    }
}

impl Session {
    pub(crate) fn begin(handle: Arc<Handle>, actor: Actor, purpose: Purpose) -> Result<Self> {
        let core = Arc::clone(&handle.core);
        let live = core.live()?;
        let now = core.now();
        actor.check(&purpose)?;
        let session = SessionId::from_uuid(core.ids.next(now)?);
        let began = SessionBegan { session, actor: actor.clone(), purpose: purpose.clone(), at: now };
        core.record(&live.store, &Entry::Session(began))?;
        let by = By { session, who: actor.who.clone(), on_behalf_of: actor.on_behalf_of, purpose };
        let inner = Inner { _handle: handle, core, actor, by, filter: Mutex::default(), accesses: Mutex::default() };
        let inner = Arc::new(inner);
        inner.core.enrol(&inner);
        Ok(Session(inner))
    }

    /// Id of the session, as it stands in the audit.
    pub fn id(&self) -> SessionId {
        self.0.by.session
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// What for.
    pub fn purpose(&self) -> &Purpose {
        &self.0.by.purpose
    }

    /// Patients, the people around them, and those who care for them.
    pub fn people(&self) -> PeopleRoom<'_> {
        PeopleRoom(self)
    }

    /// The chart and the journey.
    pub fn chart(&self) -> ChartRoom<'_> {
        ChartRoom(self)
    }

    /// Templates, plans of care and goals.
    pub fn plan(&self) -> PlanRoom<'_> {
        PlanRoom(self)
    }

    /// Schedules, what is due, and what came of it.
    pub fn engage(&self) -> EngageRoom<'_> {
        EngageRoom(self)
    }

    /// Decisions that patients and clinicians share, and decision aids.
    pub fn decide(&self) -> DecideRoom<'_> {
        DecideRoom(self)
    }

    /// Sources of evidence.
    pub fn evidence(&self) -> EvidenceRoom<'_> {
        EvidenceRoom(self)
    }

    /// Roles and accesses.
    pub fn govern(&self) -> GovernRoom<'_> {
        GovernRoom(self)
    }

    /// State and health of the store.
    pub fn upkeep(&self) -> UpkeepRoom<'_> {
        UpkeepRoom(self)
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    fn inner_arc(&self) -> &Arc<Inner> {
        &self.0
    }

    pub(crate) fn core(&self) -> &Core {
        &self.0.core
    }

    /// Executes one command, several or a [`Batch`]: all of them or none, in one durable transaction.
    ///
    /// # Errors
    /// `Invalid` for impossible input, with the field; `NotFound` for a record that is named and not there; `Conflict`
    /// for an edit made on another version, or a batch id used with other commands; `Denied` by policy; `Io`, `Full` or
    /// `Corrupted` if it could not be stored. After any of them nothing of the batch is there, but for `Io` and `Full`
    /// from the commit itself: the next call opens the files again and tells, and a batch with an id may be sent again.
    pub fn execute(&self, batch: impl Into<Batch>) -> Result<Receipt> {
        self.0.execute(batch.into())
    }
}

impl Inner {
    fn execute(self: &Arc<Self>, batch: Batch) -> Result<Receipt> {
        let core = &self.core;
        core.live()?;
        let Batch { id, mut commands } = batch;
        if commands.is_empty() || commands.len() > MAX_COMMANDS {
            return Err(Error::invalid("commands", "a batch has 1 to 100,000 commands"));
        }
        let now = core.now();
        let remembered = id.map(|id| Remembered::new(id, &self.by.who, &commands)).transpose()?;
        let batch = match id {
            Some(id) => id,
            None => BatchId::from_uuid(core.ids.next(now)?),
        };
        for command in &mut commands {
            command.give_id(|| core.ids.next(now))?;
        }
        let (receipt, ()) = self.write(now, move |deciding| {
            if let Some(before) = remembered.as_ref().map(|r| r.receipt(deciding.tx)).transpose()?.flatten() {
                return Ok((Decided::Before(before), ()));
            }
            let written = commands
                .into_iter()
                .enumerate()
                .map(|(n, command)| deciding.command(command).map_err(|e| e.within(format_args!("commands[{n}]"))));
            Ok((Decided::Now { batch, written: written.collect::<Result<_>>()?, remembered }, ()))
        })?;
        receipt.ok_or_else(|| Error::new(ErrorKind::Io, "the writer gave no receipt"))
    }

    /// Runs `decide` within a transaction, ends the batch and commits it. There is no receipt if nothing was decided.
    fn write<T: Send + 'static>(
        self: &Arc<Self>,
        now: Instant,
        decide: impl FnOnce(&mut Deciding<'_, '_>) -> Result<(Decided, T)> + Send + 'static,
    ) -> Result<(Option<Receipt>, T)> {
        self.core.writable()?;
        let live = self.core.live()?;
        let (policy, filter) = self.filter(&live, now)?;
        let denied = Denied::default();
        let acting = Acting {
            by: self.by.clone(),
            actor: self.actor.clone(),
            policy,
            filter,
            denied: denied.clone(),
            zones: self.core.zones.clone(),
        };
        let decided = live.store.write(move |tx| {
            let mut deciding = Deciding::new(tx, &acting, now);
            let (decided, rest) = decide(&mut deciding)?;
            let receipt = match decided {
                Decided::Before(receipt) => Some(receipt),
                Decided::Now { batch, written, remembered } => Some(deciding.end(batch, written, remembered)?),
                Decided::Nothing => None,
            };
            Ok((receipt, rest))
        });
        if let Some((pid, class, action)) = denied.take() {
            self.access(&live, Reached { pid, class, action, permitted: false }, now)?;
        }
        decided
    }

    /// What the gate permits now.
    fn filter(&self, live: &Live, now: Instant) -> Result<(u64, Arc<Filter>)> {
        let policy = live.store.policy_sequence();
        {
            let cached = lock(&self.filter);
            if let Some((sequence, filter)) = &*cached
                && *sequence == policy
                && filter.expires.is_none_or(|at| now < at)
                && now >= filter.compiled
            {
                return Ok((policy, Arc::clone(filter)));
            }
        }
        let snapshot = live.store.snapshot()?;
        let reader = live.store.reader(&*snapshot);
        let facts = facts::of(&self.actor, &reader, &mut live.store.known_numbers(reader.read))?;
        let filter = Arc::new(filter::compile(&self.by.purpose, &facts, now));
        *lock(&self.filter) = Some((policy, Arc::clone(&filter)));
        Ok((policy, filter))
    }

    pub(crate) fn look(&self) -> Result<Look<'_>> {
        Look::new(self)
    }

    /// As [`look`](Self::look), over what the caller has used already.
    fn look_over(&self, live: Arc<Live>) -> Result<Look<'_>> {
        Look::over(self, live, self.core.now())
    }

    /// Puts an access on record: an entry of the log at its first read of a minute, a count afterwards.
    fn access(&self, live: &Live, reached: Reached, now: Instant) -> Result<()> {
        let mut accesses = lock(&self.accesses);
        if let Some(open) = accesses.get_mut(&reached)
            && minute(open.began) == minute(now)
        {
            open.count = open.count.saturating_add(1);
            return Ok(());
        }
        self.core.record(&live.store, &Entry::Access(self.entry(reached, now)))?;
        if let Some(over) = accesses.insert(reached, Open { began: now, count: 1 }) {
            self.counted(&live.store, reached, over)?;
        }
        Ok(())
    }

    /// Puts a list that was shown on record. `question` is what was asked, kept as a keyed digest.
    fn listed(&self, live: &Live, class: DataClass, question: &[u8], pids: &[Pid], now: Instant) -> Result<()> {
        let key = live.store.ring().audit_key();
        let digest = cipher::hmac_sha256(key, &[b"prm question 1", question]);
        let mut question = [0; 16];
        question.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        // A list that showed nobody is on record too.
        let nobody = pids.is_empty().then_some(pids);
        nobody.into_iter().chain(pids.chunks(MOST_LISTED)).try_for_each(|pids| {
            let listed = Listed { by: self.by.clone(), class, question, pids: pids.to_vec(), at: now };
            self.core.record(&live.store, &Entry::Listed(listed))
        })
    }

    fn entry(&self, reached: Reached, at: Instant) -> Access {
        let Reached { pid, class, action, permitted } = reached;
        Access { by: self.by.clone(), pid, class, action, permitted, at }
    }

    fn counted(&self, store: &Store, reached: Reached, over: Open) -> Result<()> {
        if over.count < 2 {
            return Ok(());
        }
        self.core.record(store, &Entry::Counted(Counted { access: self.entry(reached, over.began), count: over.count }))
    }

    /// Writes the counts of accesses whose minute is over; of all of them if `all`.
    pub(crate) fn settle(&self, store: &Store, now: Instant, all: bool) -> Result<()> {
        let over: Vec<_> = {
            let mut accesses = lock(&self.accesses);
            accesses.extract_if(|_, open| all || minute(open.began) != minute(now)).collect()
        };
        let mut outcome = Ok(());
        for (reached, open) in over {
            if outcome.is_ok() {
                outcome = self.counted(store, reached, open);
            }
            if outcome.is_err() {
                // Until the log can be written.
                lock(&self.accesses).entry(reached).or_insert(open);
            }
        }
        outcome
    }

    /// Forgets what the gate permits; it is read again when it is asked.
    pub(crate) fn forget_policy(&self) {
        *lock(&self.filter) = None;
    }

    /// What cursors of a question are bound to.
    fn bound(&self, question: &[u8]) -> Vec<u8> {
        let who = minicbor::to_vec(&self.by.who).unwrap_or_default();
        cipher::sha256(&[&self.core.store_id, &who, &[0], question]).to_vec()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // A count that cannot be written is lost; that the access took place is on record already.
        let _ = self.core.live_now().map(|live| self.settle(&live.store, self.core.now(), true));
    }
}

/// What a transaction decided.
enum Decided {
    /// The batch was committed before.
    Before(Receipt),
    /// It is committed now.
    Now { batch: BatchId, written: Vec<crate::command::Written>, remembered: Option<Remembered> },
    /// There is nothing to commit.
    Nothing,
}

impl Decided {
    /// A batch that nobody can repeat and whose records are reported otherwise.
    fn now(batch: BatchId) -> Self {
        Decided::Now { batch, written: Vec::new(), remembered: None }
    }
}

fn minute(at: Instant) -> i64 {
    at.timestamp().div_euclid(60)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
