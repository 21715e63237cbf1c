//! Accesses: who looked at which patient's data, what for, and when. Entries of the tail log until a commit folds them
//! into the audit chain and into rows that answer "who looked at me".
//!
//! The unit is the access: session, patient, data class, action, minute. Its first read is on record before the answer
//! is given; further reads of the same minute are counted, and the count follows when the minute is over.

use std::collections::HashSet;
use std::ops::ControlFlow;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::policy::{Action, DataClass};
use super::{Actor, Purpose, Who};
use crate::error::{ErrorKind, Result};
use crate::id::{BatchId, PatientId, SessionId};
use crate::page::Cursor;
use crate::store::cipher;
use crate::store::engine::Order;
use crate::store::key::{self, Class, Pid, Prefix};
use crate::store::log::Frame;
use crate::store::record::{Owner, Reader};
use crate::store::tables::Table;
use crate::store::tx::Tx;
use crate::store::value::{self, Codec};
use crate::time::Instant;

/// Most patients that one entry of a list names.
pub(crate) const MOST_LISTED: usize = 4096;

const SCHEMA: u16 = 1;

/// An entry of the audit chain. The number of its kind stands before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// A session began.
    Session(SessionBegan),
    /// A patient's data were read or exported, or that was denied.
    Access(Access),
    /// How often, once the minute was over.
    Counted(Counted),
    /// A list was shown.
    Listed(Listed),
    /// A batch was written.
    Wrote(Wrote),
    /// Entries were lost: the power failed, or someone took them.
    Gap(Gap),
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct SessionBegan {
    #[n(0)]
    pub(crate) session: SessionId,
    #[n(1)]
    pub(crate) actor: Actor,
    #[n(2)]
    pub(crate) purpose: Purpose,
    #[n(3)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) at: Instant,
}

/// Who, in which session and what for.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct By {
    #[n(0)]
    pub(crate) session: SessionId,
    #[n(1)]
    pub(crate) who: Who,
    #[n(2)]
    pub(crate) on_behalf_of: Option<PatientId>,
    #[n(3)]
    pub(crate) purpose: Purpose,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Access {
    #[n(0)]
    pub(crate) by: By,
    /// 0 for data of no patient.
    #[n(1)]
    pub(crate) pid: Pid,
    #[n(2)]
    pub(crate) class: DataClass,
    #[n(3)]
    pub(crate) action: Action,
    #[n(4)]
    pub(crate) permitted: bool,
    #[n(5)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Counted {
    #[n(0)]
    pub(crate) access: Access,
    #[n(1)]
    pub(crate) count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Listed {
    #[n(0)]
    pub(crate) by: By,
    #[n(1)]
    pub(crate) class: DataClass,
    /// Keyed digest of what was asked.
    #[n(2)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) question: [u8; 16],
    #[n(3)]
    pub(crate) pids: Vec<Pid>,
    #[n(4)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Wrote {
    #[n(0)]
    pub(crate) by: By,
    #[n(1)]
    pub(crate) batch: BatchId,
    #[n(2)]
    pub(crate) sequence: u64,
    #[n(3)]
    pub(crate) pids: Vec<Pid>,
    #[n(4)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Gap {
    #[n(0)]
    pub(crate) lost_bytes: u64,
    /// The file was gone.
    #[n(1)]
    pub(crate) missing: bool,
    /// The file held less than the tables.
    #[n(2)]
    pub(crate) behind: bool,
    #[n(3)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub(crate) at: Instant,
}

impl Entry {
    fn kind(&self) -> u8 {
        match self {
            Entry::Session(_) => 1,
            Entry::Access(_) => 2,
            Entry::Counted(_) => 3,
            Entry::Listed(_) => 4,
            Entry::Wrote(_) => 5,
            Entry::Gap(_) => 6,
        }
    }

    /// Kind and payload.
    pub(crate) fn encode(&self) -> Result<(u8, Vec<u8>)> {
        let payload = match self {
            Entry::Session(e) => minicbor::to_vec(e),
            Entry::Access(e) => minicbor::to_vec(e),
            Entry::Counted(e) => minicbor::to_vec(e),
            Entry::Listed(e) => minicbor::to_vec(e),
            Entry::Wrote(e) => minicbor::to_vec(e),
            Entry::Gap(e) => minicbor::to_vec(e),
        };
        let unable = |_| crate::Error::invalid("actor", "an entry of the audit cannot be encoded");
        Ok((self.kind(), payload.map_err(unable)?))
    }

    /// `None` for an entry of a newer library.
    pub(crate) fn decode(kind: u8, payload: &[u8]) -> Option<Self> {
        Some(match kind {
            1 => Entry::Session(minicbor::decode(payload).ok()?),
            2 => Entry::Access(minicbor::decode(payload).ok()?),
            3 => Entry::Counted(minicbor::decode(payload).ok()?),
            4 => Entry::Listed(minicbor::decode(payload).ok()?),
            5 => Entry::Wrote(minicbor::decode(payload).ok()?),
            6 => Entry::Gap(minicbor::decode(payload).ok()?),
            _ => return None,
        })
    }

    /// As a link of the audit chain.
    pub(crate) fn link(&self) -> Result<Vec<u8>> {
        let (kind, payload) = self.encode()?;
        Ok([&[kind][..], &payload].concat())
    }
}

/// A row of `pdata`, class access, sealed under the patient's key.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct AccessRow {
    #[n(0)]
    by: By,
    #[n(1)]
    class: DataClass,
    #[n(2)]
    action: Action,
    #[n(3)]
    permitted: bool,
    #[n(4)]
    count: u32,
    /// Shown in a list, that day, rather than looked at.
    #[n(5)]
    listed: bool,
    #[n(6)]
    #[cbor(with = "crate::time::cbor_instant")]
    at: Instant,
}

/// An access to a patient's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessView {
    /// When it began; for a list, when that actor first listed the patient that day.
    pub at: Instant,
    /// Who.
    pub who: Who,
    /// For whom, if not for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PatientId>,
    /// What for.
    pub purpose: Purpose,
    /// Which data.
    pub class: DataClass,
    /// Read or exported.
    pub action: Action,
    /// Whether it was permitted.
    pub permitted: bool,
    /// Number of reads within the minute it began in.
    pub count: u32,
    /// Shown in a list of patients, rather than opened.
    pub listed: bool,
    /// The session.
    pub session: SessionId,
}

/// A page of accesses, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPage {
    /// The accesses.
    pub accesses: Vec<AccessView>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

impl From<AccessRow> for AccessView {
    fn from(row: AccessRow) -> Self {
        AccessView {
            at: row.at,
            who: row.by.who,
            on_behalf_of: row.by.on_behalf_of,
            purpose: row.by.purpose,
            class: row.class,
            action: row.action,
            permitted: row.permitted,
            count: row.count,
            listed: row.listed,
            session: row.by.session,
        }
    }
}

impl Access {
    fn row(&self, count: u32) -> AccessRow {
        let Access { by, class, action, permitted, at, .. } = self.clone();
        AccessRow { by, class, action, permitted, count, listed: false, at }
    }

    fn key(&self) -> Vec<u8> {
        let what = [self.class as u8, self.action as u8, u8::from(self.permitted)];
        Place::new(self.at, &[self.by.session.as_bytes(), &what]).key(self.pid)
    }
}

impl Listed {
    fn row(&self) -> AccessRow {
        let Listed { by, class, at, .. } = self.clone();
        AccessRow { by, class, action: Action::Read, permitted: true, count: 1, listed: true, at }
    }

    /// One row per actor, patient and day.
    fn place(&self) -> Result<Place> {
        let unable = |_| crate::Error::invalid("actor", "an entry of the audit cannot be encoded");
        let who = minicbor::to_vec(&self.by.who).map_err(unable)?;
        let day = self.at.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        Ok(Place::new(day, &[b"listed", &who]))
    }
}

/// Where an access stands among those of a patient. Newest first: inverted seconds, then a digest that tells accesses of
/// one second apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    seconds: u64,
    digest: [u8; 8],
}

impl Place {
    fn new(at: Instant, parts: &[&[u8]]) -> Self {
        let mut digest = [0; 8];
        digest.iter_mut().zip(cipher::sha256(parts)).for_each(|(to, from)| *to = from);
        Place { seconds: u64::MAX - u64::try_from(at.timestamp()).unwrap_or(0), digest }
    }

    fn key(self, pid: Pid) -> Vec<u8> {
        key::class(pid, Class::Access).u64(self.seconds).bytes(&self.digest).done()
    }
}

/// Puts entries of the tail log into the audit chain, and accesses into rows of their patients.
pub(crate) fn fold(tx: &mut Tx<'_>, frames: &[Frame]) -> Result<()> {
    let mut shown = HashSet::new();
    for frame in frames {
        tx.audit(&[&[frame.kind][..], &frame.payload].concat())?;
        match Entry::decode(frame.kind, &frame.payload) {
            Some(Entry::Access(access)) if access.pid != 0 => put(tx, access.pid, &access.key(), &access.row(1))?,
            Some(Entry::Counted(Counted { access, count })) if access.pid != 0 => {
                put(tx, access.pid, &access.key(), &access.row(count))?;
            }
            Some(Entry::Listed(listed)) => {
                let place = listed.place()?;
                for pid in listed.pids.iter().filter(|pid| shown.insert((**pid, place))) {
                    let key = place.key(*pid);
                    match tx.read().get(Table::PData, &key) {
                        Ok(None) => put(tx, *pid, &key, &listed.row())?,
                        Ok(Some(_)) => {}
                        // Where the row would be is damaged: the chain has the entry, and nobody's commit fails for it.
                        Err(e) if e.kind() == ErrorKind::Corrupted => {}
                        Err(e) => return Err(e),
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// A row that cannot be sealed since the patient's key is gone stays in the chain alone.
fn put(tx: &mut Tx<'_>, pid: Pid, key: &[u8], row: &AccessRow) -> Result<()> {
    let unable = |_| crate::Error::invalid("actor", "an entry of the audit cannot be encoded");
    let bytes = minicbor::to_vec(row).map_err(unable)?;
    match tx.put_short(Owner::Patient(pid), Table::PData, key, SCHEMA, Codec::Plain, &bytes) {
        Err(e) if matches!(e.kind(), ErrorKind::Erased | ErrorKind::Corrupted | ErrorKind::KeyRingStale) => Ok(()),
        put => put,
    }
}

/// Accesses of a patient, newest first, from `after` on: rows, merged with what the log holds and no commit has folded.
/// Each comes with its key, which the next page starts after.
pub(crate) fn of_patient(
    reader: &Reader<'_>,
    unfolded: &[Frame],
    pid: Pid,
    after: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<(Vec<u8>, AccessView)>> {
    let mut found = std::collections::BTreeMap::new();
    let mut rows = Prefix::of(key::class(pid, Class::Access).done());
    if let Some(after) = after {
        rows = rows.starting_at([after, &[0]].concat());
    }
    reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, stored| {
        if value::is_further(stored) {
            return Ok(ControlFlow::Continue(()));
        }
        let (_, bytes) = reader.open(Owner::Patient(pid), Table::PData, row, stored)?;
        let damaged = |e| crate::Error::corrupted(Table::PData.name(), row, "an access does not decode").because(e);
        let access: AccessRow = minicbor::decode(&bytes).map_err(damaged)?;
        found.insert(row.to_vec(), AccessView::from(access));
        Ok(if found.len() >= limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    for frame in unfolded {
        let row = match Entry::decode(frame.kind, &frame.payload) {
            Some(Entry::Access(access)) if access.pid == pid => {
                let key = access.key();
                // A row may have the count of it already.
                if found.contains_key(&key) { None } else { Some((key, access.row(1))) }
            }
            Some(Entry::Counted(counted)) if counted.access.pid == pid => {
                Some((counted.access.key(), counted.access.row(counted.count)))
            }
            Some(Entry::Listed(listed)) if listed.pids.contains(&pid) => {
                let key = listed.place()?.key(pid);
                if found.contains_key(&key) { None } else { Some((key, listed.row())) }
            }
            _ => None,
        };
        if let Some((key, row)) = row.filter(|(key, _)| after.is_none_or(|after| key.as_slice() > after)) {
            found.insert(key, row.into());
        }
    }
    Ok(found.into_iter().take(limit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cipher::Suite;
    use crate::store::engine::memory::MemoryEngine;
    use crate::store::engine::{Engine, Read, Span, Visit};
    use crate::store::log::LogPosition;
    use crate::store::ring::KeyRing;
    use crate::store::slot::Key;
    use crate::store::state::State;
    use crate::store::tx::NumberCache;

    /// Tables in which no row of a patient can be read.
    struct Damaged;

    impl Read for Damaged {
        fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>> {
            match table {
                Table::PData => Err(crate::Error::corrupted(table.name(), key, "damaged")),
                _ => Ok(None),
            }
        }

        fn scan(&self, _: Table, _: Span<'_>, _: Order, _: &mut Visit<'_>) -> Result<()> {
            Ok(())
        }

        fn count(&self, _: Table) -> Result<u64> {
            Ok(0)
        }
    }

    fn frames(entries: &[Entry]) -> Vec<Frame> {
        let encoded = entries.iter().map(|entry| entry.encode().unwrap());
        let position = LogPosition::from_bytes(&[0; 32]);
        encoded.map(|(kind, payload)| Frame { position, kind, payload: payload.into() }).collect()
    }

    fn access() -> Access {
        let session = SessionId::from_uuid(uuid::Uuid::from_u128(1));
        let by = By { session, who: Who::System("x".into()), on_behalf_of: None, purpose: Purpose::Operations };
        let (class, action) = (DataClass::Demographics, Action::Read);
        Access { by, pid: 1, class, action, permitted: true, at: Instant::UNIX_EPOCH }
    }

    #[test]
    fn a_count_that_was_folded_is_not_undone_by_an_entry_that_was_read_before() {
        let ring = KeyRing::in_memory([1; 16], Suite::Aes256Gcm, &Key::raw([2; 32])).unwrap();
        ring.ensure(2).unwrap();
        let (engine, numbers) = (MemoryEngine::new(), NumberCache::default());
        let snapshot = engine.snapshot().unwrap();
        let mut tx = Tx::new(&*snapshot, &ring, &numbers, State::first("").unwrap());
        let entries = [Entry::Access(access()), Entry::Counted(Counted { access: access(), count: 3 })];
        fold(&mut tx, &frames(&entries)).unwrap();
        for seen in [&entries[..0], &entries[..1], &entries[..]] {
            let told = of_patient(&tx.reader(), &frames(seen), 1, None, 10).unwrap();
            assert_eq!(told.iter().map(|(_, view)| view.count).collect::<Vec<_>>(), [3]);
        }
    }

    /// Every commit folds what was looked at: one damaged page among the accesses let every commit of everyone fail.
    #[test]
    fn accesses_whose_rows_are_damaged_are_in_the_chain_and_in_nobodys_way() {
        let ring = KeyRing::in_memory([1; 16], Suite::Aes256Gcm, &Key::raw([2; 32])).unwrap();
        ring.ensure(2).unwrap();
        let numbers = NumberCache::default();
        let mut tx = Tx::new(&Damaged, &ring, &numbers, State::first("").unwrap());
        let Access { by, class, at, .. } = access();
        let entries = [
            Entry::Access(access()),
            Entry::Counted(Counted { access: access(), count: 2 }),
            Entry::Listed(Listed { by, class, question: [0; 16], pids: vec![1], at }),
        ];
        fold(&mut tx, &frames(&entries)).unwrap();
        assert_eq!(tx.state.audit_sequence, 3);
    }
}
