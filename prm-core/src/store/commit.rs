//! The open store: one writer that commits batches of several callers together, snapshots for everyone else.

use std::any::Any;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use crate::error::{Error, ErrorKind, Result};
use crate::store::condition::{self, Condition, Seen, Standing};
use crate::store::engine::{Commit, Engine, Read, Snapshot};
use crate::store::feed::Feed;
use crate::store::log::{Frame, TailLog};
use crate::store::record::{Numbers, Reader};
use crate::store::ring::KeyRing;
use crate::store::state::State;
use crate::store::tx::{KnownNumbers, NumberCache, Tx};
use crate::store::writeset::Edits;

/// Puts entries of the tail log into tables, within the transaction that commits. Supplied by the room that knows what
/// the entries mean.
pub(crate) type Fold = fn(&mut Tx<'_>, &[Frame]) -> Result<()>;

/// Hears of every commit: the sequence before and after it, and its rows. It must not call the store.
pub(crate) type Applied = Box<dyn Fn(u64, u64, &Edits) + Send + Sync>;

/// The tail log is emptied after a fold once it is this long: emptying costs a change of the file's length.
const LOG_KEPT: u64 = 256 << 10;

type Decide = Box<dyn FnOnce(&mut Tx<'_>) -> Result<Box<dyn Any + Send>> + Send>;

/// Whose decision came to what, before the commit.
type Answers = Vec<(Arc<Answer>, Result<Box<dyn Any + Send>>)>;

struct Job {
    decide: Decide,
    answer: Arc<Answer>,
}

#[derive(Default)]
struct Answer {
    done: AtomicBool,
    outcome: Mutex<Option<Result<Box<dyn Any + Send>>>>,
}

impl Answer {
    fn give(&self, outcome: Result<Box<dyn Any + Send>>) {
        *lock(&self.outcome) = Some(outcome);
        self.done.store(true, Ordering::Release);
    }
}

/// The snapshot readers share until the next commit.
#[derive(Default)]
struct Shared {
    generation: u64,
    snapshot: Option<Arc<Seen>>,
}

/// An open store.
pub(crate) struct Store {
    engine: Box<dyn Engine>,
    ring: KeyRing,
    log: TailLog,
    fold: Fold,
    applied: Applied,
    queue: Mutex<Vec<Job>>,
    writer: Mutex<State>,
    shared: RwLock<Shared>,
    numbers: NumberCache,
    feed: Feed,
    condition: Arc<Condition>,
    failed: AtomicBool,
    policy_sequence: AtomicU64,
    commits: AtomicU64,
    opener: u32,
}

/// A poisoned lock only tells that a caller panicked; the state behind it is replaced whole or not at all.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Store {
    pub(crate) fn new(
        engine: Box<dyn Engine>,
        ring: KeyRing,
        log: TailLog,
        state: State,
        fold: Fold,
        applied: Applied,
    ) -> Self {
        let policy_sequence = AtomicU64::new(state.policy_sequence);
        Store {
            engine,
            ring,
            log,
            fold,
            applied,
            queue: Mutex::default(),
            writer: Mutex::new(state),
            shared: RwLock::default(),
            numbers: NumberCache::default(),
            feed: Feed::default(),
            condition: Arc::default(),
            failed: AtomicBool::new(false),
            policy_sequence,
            commits: AtomicU64::new(0),
            opener: std::process::id(),
        }
    }

    pub(crate) fn ring(&self) -> &KeyRing {
        &self.ring
    }

    pub(crate) fn log(&self) -> &TailLog {
        &self.log
    }

    pub(crate) fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    pub(crate) fn feed(&self) -> &Feed {
        &self.feed
    }

    /// Grows with every commit that changed a record policy reads.
    pub(crate) fn policy_sequence(&self) -> u64 {
        self.policy_sequence.load(Ordering::Acquire)
    }

    /// Calls that wait for the writer.
    #[cfg(test)]
    pub(crate) fn waiting(&self) -> usize {
        lock(&self.queue).len()
    }

    /// Number of commits of this handle.
    pub(crate) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Fails once the store was shut down, or in a process that did not open it.
    pub(crate) fn usable(&self) -> Result<()> {
        if std::process::id() != self.opener {
            return Err(Error::new(ErrorKind::WrongProcess, "the store was opened by another process"));
        }
        self.condition.usable()
    }

    pub(crate) fn standing(&self) -> Standing {
        self.condition.standing()
    }

    /// Sequence of the newest commit.
    pub(crate) fn sequence(&self) -> u64 {
        lock(&self.writer).sequence
    }

    /// Appends an entry to the tail log, and syncs it if `strict`.
    pub(crate) fn record(&self, kind: u8, payload: &[u8], strict: bool) -> Result<()> {
        let appended = self.log.append(kind, payload).map_err(|e| self.condition.judge(e));
        appended.and_then(|_| if strict { self.sync_log() } else { Ok(()) })
    }

    pub(crate) fn sync_log(&self) -> Result<()> {
        self.log.sync().map_err(|e| self.condition.judge(e))
    }

    /// What the store holds now, for the length of one call.
    pub(crate) fn snapshot(&self) -> Result<Arc<Seen>> {
        self.usable()?;
        self.newest()
    }

    fn newest(&self) -> Result<Arc<Seen>> {
        let generation = {
            let shared = self.shared.read().unwrap_or_else(PoisonError::into_inner);
            if let Some(snapshot) = &shared.snapshot {
                return Ok(Arc::clone(snapshot));
            }
            shared.generation
        };
        let whole = self.engine.snapshot().map_err(|e| self.condition.judge(e))?;
        let snapshot = Arc::new(Seen::new(whole, &self.condition));
        let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        if shared.generation == generation {
            shared.snapshot = Some(Arc::clone(&snapshot));
        }
        Ok(snapshot)
    }

    /// A reader over a snapshot.
    pub(crate) fn reader<'a>(&'a self, snapshot: &'a dyn Snapshot) -> Reader<'a> {
        Reader::new(snapshot as &dyn Read, &self.ring)
    }

    /// Numbers given so far, as a snapshot knows them.
    pub(crate) fn known_numbers<'a>(&'a self, read: &'a dyn Read) -> impl Numbers + 'a {
        KnownNumbers { read, cache: Some(&self.numbers) }
    }

    /// Decides and commits. Decisions of callers that wait at the same time share one transaction; each is all or
    /// nothing on its own.
    ///
    /// # Errors
    /// What `decide` fails with, then nothing of it is kept; or what the commit fails with.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        decide: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.usable()?;
        let answer = Arc::new(Answer::default());
        let decide: Decide = Box::new(move |tx| decide(tx).map(|t| Box::new(t) as Box<dyn Any + Send>));
        lock(&self.queue).push(Job { decide, answer: Arc::clone(&answer) });
        {
            let mut state = lock(&self.writer);
            if !answer.done.load(Ordering::Acquire) {
                let jobs = std::mem::take(&mut *lock(&self.queue));
                self.commit(&mut state, jobs, Commit::Durable);
            }
        }
        let outcome = lock(&answer.outcome).take();
        let lost = || Error::new(ErrorKind::Io, "the writer stopped before it answered");
        outcome.ok_or_else(lost)??.downcast().map(|t| *t).map_err(|_| lost())
    }

    /// Walks the whole data file and lists what is damaged.
    pub(crate) fn check(&self) -> Result<Vec<String>> {
        self.usable()?;
        self.engine.check().map_err(|e| self.condition.judge(e))
    }

    /// Commits what the tail log holds, in a way that the next open needs no repair.
    pub(crate) fn checkpoint(&self) -> Result<()> {
        self.usable()?;
        self.leave_checkpoint()
    }

    fn leave_checkpoint(&self) -> Result<()> {
        let answer = Arc::new(Answer::default());
        let decide: Decide = Box::new(|_| Ok(Box::new(())));
        let mut state = lock(&self.writer);
        let mut jobs = std::mem::take(&mut *lock(&self.queue));
        jobs.push(Job { decide, answer: Arc::clone(&answer) });
        self.commit(&mut state, jobs, Commit::Checkpoint);
        drop(state);
        lock(&answer.outcome).take().unwrap_or(Ok(Box::new(()))).map(|_| ())
    }

    fn commit(&self, state: &mut State, jobs: Vec<Job>, how: Commit) {
        let mut answers = Vec::with_capacity(jobs.len());
        match self.decide_and_commit(state, jobs, how, &mut answers) {
            Ok(()) => {
                for (answer, outcome) in answers {
                    answer.give(outcome);
                }
            }
            Err(error) => {
                let (kind, mut first) = (error.kind(), Some(error));
                for (answer, outcome) in answers {
                    answer.give(match outcome {
                        Ok(_) => Err(first.take().unwrap_or_else(|| Error::new(kind, "the shared commit failed"))),
                        Err(rejected) => Err(rejected),
                    });
                }
            }
        }
    }

    fn decide_and_commit(&self, state: &mut State, jobs: Vec<Job>, how: Commit, answers: &mut Answers) -> Result<()> {
        let prepared = self.failed_before().and_then(|()| self.newest());
        let base = match prepared {
            Ok(base) => base,
            Err(error) => {
                answers.extend(jobs.into_iter().map(|job| (job.answer, Ok(Box::new(()) as Box<dyn Any + Send>))));
                return Err(error);
            }
        };
        // What was decided is committed, whatever happens to the store meanwhile: it is read from beneath.
        let whole = Arc::clone(&base.whole);
        let mut tx = Tx::new(&*whole as &dyn Read, &self.ring, &self.numbers, state.clone()).within(&self.condition);
        for job in jobs {
            let savepoint = tx.savepoint();
            let outcome = (job.decide)(&mut tx).map_err(|e| self.condition.judge(e));
            if outcome.is_err() {
                tx.roll_back(savepoint);
            } else {
                tx.accept();
            }
            answers.push((job.answer, outcome));
        }
        if tx.is_empty() && how == Commit::Durable {
            return Ok(());
        }
        let frames = self.log.frames_since(None);
        (self.fold)(&mut tx, &frames)?;
        let folded = frames.last().map(|frame| frame.position);
        if let Some(position) = folded {
            tx.state.log = Some(position.to_bytes().into());
        }
        let (new_state, set) = tx.finish()?;
        let rows = set.into_rows();
        drop((whole, base));
        let applied = self.apply(&rows, how);
        if let Err(error) = applied {
            // After a failed commit nobody knows whether it is there; only opening again tells.
            if matches!(error.kind(), ErrorKind::Io | ErrorKind::Full) {
                self.failed.store(true, Ordering::Release);
                self.condition.end(Standing::Lost);
            }
            return Err(error);
        }
        self.commits.fetch_add(1, Ordering::AcqRel);
        let news = new_state.sequence > state.sequence;
        (self.applied)(state.sequence, new_state.sequence, &rows);
        *state = new_state;
        {
            let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
            shared.generation += 1;
            shared.snapshot = None;
        }
        // Only now, so that whoever sees this sequence gets a snapshot that has what it stands for.
        self.policy_sequence.store(state.policy_sequence, Ordering::Release);
        if let Some(position) = folded {
            self.log.fold(position);
        }
        if how == Commit::Checkpoint || self.log.len() > LOG_KEPT {
            // What is not emptied now is skipped by its position at the next open.
            let _ = self.log.reset();
        }
        if news {
            self.feed.announce(state.sequence);
        }
        Ok(())
    }

    fn failed_before(&self) -> Result<()> {
        if self.failed.load(Ordering::Acquire) { Err(condition::unreachable()) } else { Ok(()) }
    }

    fn apply(&self, rows: &Edits, how: Commit) -> Result<()> {
        let mut transaction = self.engine.begin()?;
        transaction.apply(&mut rows.iter())?;
        transaction.commit(how)
    }

    /// Ends the store for everyone but the commit in progress: calls fail from here on, those at work at their next row,
    /// and those who wait for news are woken.
    pub(crate) fn end(&self, standing: Standing) {
        self.condition.end(standing);
        self.engine.interrupt();
        self.feed.close();
    }

    /// Folds and empties the log, syncs, and releases the files: for the last to use them, once the store has ended.
    pub(crate) fn shut_down(&self) -> Result<()> {
        let checkpoint = self.leave_checkpoint();
        let synced = self.log.sync();
        let closed = self.release();
        checkpoint.and(synced).and(closed)
    }

    /// Releases the files as they are, whoever still uses them. The keys stay.
    pub(crate) fn release(&self) -> Result<()> {
        let _writer = lock(&self.writer);
        {
            let mut shared = self.shared.write().unwrap_or_else(PoisonError::into_inner);
            shared.generation += 1;
            shared.snapshot = None;
        }
        let closed = self.engine.close();
        self.log.release();
        self.ring.release();
        closed
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if std::process::id() != self.opener {
            self.engine.forget();
            return;
        }
        // Nobody is left to hear of a failure; what was committed is durable either way.
        let _ = match self.standing() {
            Standing::Open => self.shut_down(),
            Standing::Lost => self.release(),
            Standing::Suspended | Standing::Closed => Ok(()),
        };
    }
}
