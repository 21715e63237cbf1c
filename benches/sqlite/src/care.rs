//! The work of care plans: what is next of each schedule in a table, in two ways to list it by clinic:
//!
//! - `joined`: an index of items that covers the list, each row joined with its patient for the name and what the gate reads;
//! - `covering`: a table of its own, clustered by clinic and time, that repeats name, title and what the gate reads.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use prm_benches::{
    Answer, CareEngine, Caseload, Id, Patient, Pending, ROUTINES, Result, Routine, Task, VERY_RESTRICTED,
    answer_of_rows, pending,
};
use rusqlite::{Connection, Row, params};

use crate::{connection, journal};

/// Rows of a page at most.
const PAGE: usize = 1_000;
/// Schedules of one step of the nightly advance, as in the library.
const STEP: usize = 1_000;

const TABLES: &str = "
    CREATE TABLE patient (pid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL,
        family TEXT NOT NULL, given TEXT NOT NULL, second TEXT NOT NULL, birth INTEGER NOT NULL, female INTEGER NOT NULL,
        number TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL,
        postal_code TEXT NOT NULL, language TEXT NOT NULL, scope INTEGER NOT NULL, labels INTEGER NOT NULL,
        recorded INTEGER NOT NULL);
    CREATE INDEX patient_number ON patient (number);
    CREATE TABLE item (sid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, pid INTEGER NOT NULL, version INTEGER NOT NULL,
        routine INTEGER NOT NULL, rule TEXT NOT NULL, zone TEXT NOT NULL, start INTEGER NOT NULL, status INTEGER NOT NULL,
        pool INTEGER, assignee INTEGER, title TEXT NOT NULL, role TEXT, done INTEGER, stamp INTEGER NOT NULL,
        due INTEGER NOT NULL, expires INTEGER NOT NULL, next INTEGER NOT NULL, recorded INTEGER NOT NULL);
    CREATE INDEX item_patient ON item (pid, due);
    CREATE INDEX item_expires ON item (expires);
    CREATE TABLE outcome (item INTEGER NOT NULL, stamp INTEGER NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
        status INTEGER NOT NULL, at INTEGER NOT NULL, recorded INTEGER NOT NULL, PRIMARY KEY (item, stamp)) WITHOUT ROWID;
    CREATE UNIQUE INDEX outcome_id ON outcome (id);";

const JOINED: &str = "
    CREATE INDEX item_pool ON item (pool, due, pid, id, stamp, expires, next, title, role, assignee, routine, start, done)
        WHERE pool IS NOT NULL;";

const COVERING: &str = "
    CREATE TABLE listed (pool INTEGER NOT NULL, due INTEGER NOT NULL, pid INTEGER NOT NULL, sid INTEGER NOT NULL,
        id BLOB NOT NULL, stamp INTEGER NOT NULL, expires INTEGER NOT NULL, next INTEGER NOT NULL, title TEXT NOT NULL,
        role TEXT, assignee INTEGER, routine INTEGER NOT NULL, start INTEGER NOT NULL, done INTEGER, patient BLOB NOT NULL,
        name TEXT NOT NULL, scope INTEGER NOT NULL, labels INTEGER NOT NULL,
        PRIMARY KEY (pool, due, pid, sid)) WITHOUT ROWID;";

const LIST_JOINED: &str = "
    SELECT i.due, i.pid, i.id, i.stamp, i.expires, i.next, i.title, i.role, i.assignee, i.routine, i.start, i.done,
        p.id, p.given || ' ' || p.second || ' ' || p.family, p.scope, p.labels
    FROM item i JOIN patient p ON p.pid = i.pid WHERE i.pool = ? AND i.due < ? ORDER BY i.due, i.pid, i.id";

const LIST_COVERING: &str = "
    SELECT due, pid, id, stamp, expires, next, title, role, assignee, routine, start, done, patient, name, scope, labels
    FROM listed WHERE pool = ? AND due < ? ORDER BY due, pid, sid";

const OF_PATIENT: &str = "
    SELECT i.due, i.pid, i.id, i.stamp, i.expires, i.next, i.title, i.role, i.assignee, i.routine, i.start, i.done,
        p.id, p.given || ' ' || p.second || ' ' || p.family, p.scope, p.labels
    FROM patient p JOIN item i ON i.pid = p.pid WHERE p.id = ?1 AND i.due <= ?2 ORDER BY i.due";

/// How a clinic's list is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CareList {
    /// An index of items, joined with patients.
    Joined,
    /// A table of its own.
    Covering,
}

/// Which way the lists are kept, as a type.
pub trait Listing {
    /// The way.
    const LIST: CareList;
}

/// [`CareList::Joined`].
#[derive(Debug)]
pub struct Joined;
/// [`CareList::Covering`].
#[derive(Debug)]
pub struct Covering;

impl Listing for Joined {
    const LIST: CareList = CareList::Joined;
}

impl Listing for Covering {
    const LIST: CareList = CareList::Covering;
}

/// The engine.
pub struct Care<L> {
    database: Connection,
    accesses: Connection,
    caseload: Caseload,
    now: i64,
    listing: std::marker::PhantomData<L>,
}

/// A row of a list, decoded into owned values.
struct Shown {
    due: i64,
    pid: i64,
    id: Id,
    stamp: i64,
    expires: i64,
    next: i64,
    _title: String,
    _role: Option<String>,
    _assignee: Option<i64>,
    routine: usize,
    start: i64,
    done: Option<i64>,
    patient: Id,
    _name: String,
    scope: u32,
    labels: u32,
}

fn shown(row: &Row<'_>) -> rusqlite::Result<Shown> {
    Ok(Shown {
        due: row.get(0)?,
        pid: row.get(1)?,
        id: row.get(2)?,
        stamp: row.get(3)?,
        expires: row.get(4)?,
        next: row.get(5)?,
        _title: row.get(6)?,
        _role: row.get(7)?,
        _assignee: row.get(8)?,
        routine: row.get::<_, u32>(9)? as usize,
        start: row.get(10)?,
        done: row.get(11)?,
        patient: row.get(12)?,
        _name: row.get(13)?,
        scope: row.get(14)?,
        labels: row.get(15)?,
    })
}

/// A schedule with what is next of it.
struct Item {
    sid: i64,
    pid: i64,
    version: i64,
    pool: Option<i64>,
    due: i64,
    task: Task,
    done: Option<i64>,
}

const ITEM: &str = "SELECT sid, pid, version, pool, due, id, routine, start, done, title, role, status FROM item";

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let routine = ROUTINES.get(row.get::<_, u32>(6)? as usize).copied().unwrap_or(Routine::Tablet);
    let (_title, _role): (String, Option<String>) = (row.get(9)?, row.get(10)?);
    let task = Task { id: row.get(5)?, patient: [0; 16], number: 0, routine, start: row.get(7)? };
    Ok(Item {
        sid: row.get(0)?,
        pid: row.get(1)?,
        version: row.get(2)?,
        pool: row.get(3)?,
        due: row.get(4)?,
        task,
        done: row.get(8)?,
    })
}

impl<L: Listing> Care<L> {
    fn over(folder: &Path, caseload: Caseload) -> Result<Self> {
        let database = connection::open(&folder.join("care.db"))?;
        let accesses = connection::open_access_log(&folder.join("access.db"))?;
        Ok(Care { database, accesses, caseload, now: 0, listing: std::marker::PhantomData })
    }

    fn permits(&self, scope: u32, labels: u32) -> bool {
        u64::from(scope) < self.caseload.clinics() && labels & VERY_RESTRICTED == 0
    }

    fn insert_patient(&self, patient: &Patient, withheld: bool) -> Result<i64> {
        let (year, month, day) = patient.birth;
        let birth = i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day);
        let [given, second] = &patient.given;
        let labels = if withheld { VERY_RESTRICTED } else { 0 };
        self.database
            .prepare_cached(
                "INSERT INTO patient (id, version, family, given, second, birth, female, number, phone, email, street, city,
                    postal_code, language, scope, labels, recorded)
                 VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1767225600)",
            )?
            .execute(params![
                patient.id,
                patient.family,
                given,
                second,
                birth,
                patient.female,
                patient.record_number,
                patient.phone,
                patient.email,
                patient.street,
                patient.city,
                patient.postal_code,
                patient.language,
                patient.clinic,
                labels,
            ])?;
        Ok(self.database.last_insert_rowid())
    }

    fn insert_task(&self, task: &Task) -> Result<()> {
        let next = pending(task, None, self.now);
        let own = task.routine == Routine::Tablet;
        let pool = (!own).then(|| self.caseload.clinic(task.number));
        let mut by_id = self.database.prepare_cached("SELECT pid FROM patient WHERE id = ?")?;
        let pid: i64 = by_id.query_row([task.patient], |row| row.get(0))?;
        self.database
            .prepare_cached(
                "INSERT INTO item (id, pid, version, routine, rule, zone, start, status, pool, assignee, title, role, stamp,
                    due, expires, next, recorded)
                 VALUES (?, ?, 1, ?, ?, 'America/New_York', ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 1767225600)",
            )?
            .execute(params![
                task.id,
                pid,
                task.routine as i64,
                task.routine.rule(),
                task.start,
                pool,
                own.then_some(1),
                task.routine.title(),
                task.routine.role(),
                next.civil,
                next.due,
                next.expires,
                next.next,
            ])?;
        self.list(self.database.last_insert_rowid())
    }

    /// Puts an item on the list of its clinic.
    fn list(&self, sid: i64) -> Result<()> {
        if L::LIST == CareList::Covering {
            self.database
                .prepare_cached(
                    "INSERT INTO listed SELECT i.pool, i.due, i.pid, i.sid, i.id, i.stamp, i.expires, i.next, i.title, i.role,
                        i.assignee, i.routine, i.start, i.done, p.id, p.given || ' ' || p.second || ' ' || p.family, p.scope,
                        p.labels
                     FROM item i JOIN patient p ON p.pid = i.pid WHERE i.sid = ? AND i.pool IS NOT NULL",
                )?
                .execute([sid])?;
        }
        Ok(())
    }

    /// Puts what is next of an item in place of what was.
    fn move_on(&self, item: &Item, done: Option<i64>, version: i64) -> Result<()> {
        let next = pending(&item.task, done, self.now);
        if L::LIST == CareList::Covering && item.pool.is_some() {
            self.database
                .prepare_cached("DELETE FROM listed WHERE pool = ? AND due = ? AND pid = ? AND sid = ?")?
                .execute(params![item.pool, item.due, item.pid, item.sid])?;
        }
        self.database
            .prepare_cached(
                "UPDATE item SET done = ?, stamp = ?, due = ?, expires = ?, next = ?, version = ? WHERE sid = ?",
            )?
            .execute(params![done, next.civil, next.due, next.expires, next.next, version, item.sid])?;
        self.list(item.sid)
    }

    /// Reads the item, writes what came of it, moves it on, keeps what was, says who did it.
    fn complete_within(&self, task: &Task, pending: &Pending) -> Result<()> {
        let item = self.database.prepare_cached(&format!("{ITEM} WHERE id = ?"))?.query_row([task.id], item)?;
        let (scope, labels) = self
            .database
            .prepare_cached("SELECT scope, labels FROM patient WHERE pid = ?")?
            .query_row([item.pid], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if !self.permits(scope, labels) {
            return Err("not permitted".into());
        }
        let mut id = task.id;
        id[..8].copy_from_slice(&pending.civil.to_be_bytes());
        self.database.prepare_cached("INSERT INTO outcome VALUES (?, ?, ?, 1, 1, ?, ?)")?.execute(params![
            item.sid,
            pending.civil,
            id,
            self.now,
            self.now
        ])?;
        self.database.prepare_cached("INSERT INTO history VALUES (?, ?, ?, ?)")?.execute(params![
            item.pid,
            task.id,
            item.version,
            format!("{:?}", item.task)
        ])?;
        self.move_on(&item, Some(pending.civil), item.version + 1)?;
        journal::write(&self.database, [(id, 1)].into_iter())
    }

    /// One durable transaction.
    fn commit<T>(&self, deed: impl FnOnce() -> Result<T>) -> Result<T> {
        let transaction = self.database.unchecked_transaction()?;
        let done = deed()?;
        transaction.commit()?;
        Ok(done)
    }

    fn record_access(&self, patients: &[u8]) -> Result<()> {
        self.accesses
            .prepare_cached("INSERT INTO access (patient, entry) VALUES (?, ?)")?
            .execute(params![patients, [0x5a_u8; 80]])?;
        Ok(())
    }

    /// What a row says now: itself, or what is next of its schedule if it expired; none if that is not before `until`.
    fn current(&self, mut row: Shown, until: i64) -> Option<Shown> {
        if row.expires <= self.now {
            let routine = ROUTINES.get(row.routine).copied()?;
            let task = Task { id: row.id, patient: row.patient, number: 0, routine, start: row.start };
            let next = pending(&task, row.done, self.now);
            (row.stamp, row.due, row.expires, row.next) = (next.civil, next.due, next.expires, next.next);
        }
        (row.due < until).then_some(row)
    }
}

/// One who waits for the commit of a completion.
type Waiting = (Task, Pending, Sender<Result<()>>);

impl<L: Listing> CareEngine for Care<L> {
    fn create(folder: &Path, caseload: Caseload) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let care = Care::over(folder, caseload)?;
        care.database.execute_batch(TABLES)?;
        care.database.execute_batch(if L::LIST == CareList::Joined { JOINED } else { COVERING })?;
        care.database.execute_batch(journal::TABLES)?;
        Ok(care)
    }

    fn open(folder: &Path, caseload: Caseload) -> Result<Self> {
        let care = Care::over(folder, caseload)?;
        care.database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        Ok(care)
    }

    fn close(self) -> Result<()> {
        connection::close(self.accesses)?;
        connection::close(self.database)
    }

    fn settings(&self) -> Result<String> {
        let how = match L::LIST {
            CareList::Joined => "lists by an index joined with patients",
            CareList::Covering => "lists in a covering table of their own",
        };
        Ok(format!(
            "{}, {how}; writers at once through one queue, all that wait in one commit",
            connection::settings(&self.database)?
        ))
    }

    fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    fn ingest(&mut self, patients: &[(Patient, bool)], tasks: &[Task]) -> Result<()> {
        self.commit(|| {
            patients.iter().try_for_each(|(patient, withheld)| self.insert_patient(patient, *withheld).map(drop))?;
            tasks.iter().try_for_each(|task| self.insert_task(task))?;
            let ids = patients.iter().map(|(patient, _)| patient.id).chain(tasks.iter().map(|task| task.id));
            journal::write(&self.database, ids.map(|id| (id, 1)))
        })
    }

    fn worklist(&mut self, clinic: u32, until: i64) -> Result<Answer> {
        let list = if L::LIST == CareList::Joined { LIST_JOINED } else { LIST_COVERING };
        let mut prepared = self.database.prepare_cached(list)?;
        let mut rows = prepared.query(params![clinic, until])?;
        let mut found: Vec<Shown> = Vec::new();
        let mut is_sorted = true;
        while found.len() < PAGE
            && let Some(row) = rows.next()?
        {
            if !self.permits(row.get(14)?, row.get(15)?) {
                continue;
            }
            if let Some(row) = self.current(shown(row)?, until) {
                is_sorted = is_sorted && found.last().is_none_or(|last| last.due <= row.due);
                found.push(row);
            }
        }
        if !is_sorted {
            found.sort_by_key(|row| (row.due, row.pid));
        }
        let mut pids: Vec<i64> = found.iter().map(|row| row.pid).collect();
        pids.sort_unstable();
        pids.dedup();
        let packed: Vec<u8> = pids.iter().flat_map(|pid| pid.to_be_bytes()).collect();
        self.record_access(&packed)?;
        Ok(answer_of_rows(found.iter().map(|row| row.due)))
    }

    fn due(&mut self, patient: &Task) -> Result<Answer> {
        let mut prepared = self.database.prepare_cached(OF_PATIENT)?;
        let mut rows = prepared.query(params![patient.patient, self.now])?;
        let mut found: Vec<Shown> = Vec::new();
        while let Some(row) = rows.next()? {
            let row = shown(row)?;
            if self.permits(row.scope, row.labels) {
                found.extend(self.current(row, self.now + 1));
            }
        }
        self.record_access(&patient.patient)?;
        Ok(answer_of_rows(found.iter().map(|row| row.due)))
    }

    fn complete(&mut self, task: &Task, pending: &Pending) -> Result<()> {
        self.commit(|| self.complete_within(task, pending))
    }

    fn complete_together(&mut self, of_writers: &[Vec<(Task, Pending)>]) -> Result<()> {
        let (queue, waiting): (Sender<Waiting>, Receiver<Waiting>) = channel();
        thread::scope(|scope| {
            let writers: Vec<_> = of_writers
                .iter()
                .map(|own| {
                    let (queue, own) = (queue.clone(), own.clone());
                    scope.spawn(move || {
                        own.into_iter().try_for_each(|(task, pending)| {
                            let (tell, told) = channel();
                            queue.send((task, pending, tell)).map_err(|_| "the writer ended")?;
                            told.recv().map_err(|_| "the writer ended")?
                        })
                    })
                })
                .collect();
            drop(queue);
            while let Ok(first) = waiting.recv() {
                let group: Vec<Waiting> = std::iter::once(first).chain(waiting.try_iter()).collect();
                self.commit(|| group.iter().try_for_each(|(task, pending, _)| self.complete_within(task, pending)))?;
                for (.., tell) in group {
                    let _ = tell.send(Ok(()));
                }
            }
            writers.into_iter().try_for_each(|writer| writer.join().map_err(|_| "a writer panicked")?)
        })
    }

    fn advance(&mut self) -> Result<Answer> {
        let mut moved = 0;
        loop {
            let step = self.commit(|| {
                let mut expired =
                    self.database.prepare_cached(&format!("{ITEM} WHERE expires <= ? ORDER BY expires LIMIT ?"))?;
                let items = expired
                    .query_map(params![self.now, STEP as i64], item)?
                    .collect::<rusqlite::Result<Vec<Item>>>()?;
                items.iter().try_for_each(|item| self.move_on(item, item.done, item.version))?;
                Ok(items.len() as u64)
            })?;
            moved += step;
            if step == 0 {
                return Ok(moved);
            }
        }
    }
}
