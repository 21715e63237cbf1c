//! The due index: what is next of each schedule, where those look who see to it.
//!
//! ```text
//! pdata    pid, class, schedule 16                   → pool u32 | person u32 | card
//! due      owner u32, due u64, pid, schedule 16      → card: for the pool, and for the person it is assigned to
//!          0 u32, expires u64, pid, schedule 16      → nothing: the card is out of date from then on
//! card     version u8 = 1 | scope u32 | labels u32 | flags u8 | as of i64 | opens i64 | due i64 | until i64 | expires i64
//!          | next opens i64 | next due i64 | planned i64 | patient 16 | assignee u8, 16 | length u8, stamp | length u8, role | length u16, title
//!          | length u8, name
//! ```
//! Times are seconds since 1970, those of the keys so that byte order is order of time; the greatest stands for none. A
//! schedule of which nothing is next has a card without a time at the end of the list. The card says what was next as of
//! an instant and holds from then until that expires; whoever reads it at another time asks the schedule.

use std::borrow::Cow;

use super::evaluate::{Facts, Pending, Planned};
use super::index::ordered;
use super::load::Person;
use super::{Assignee, ClockStamp, DueOwner, Pool, Schedule, Stamp};
use crate::error::{Error, Result};
use crate::id::{PatientId, PractitionerId, RecordId, RelatedPersonId, ScheduleId};
use crate::people::display_name;
use crate::store::bytes::Reader;
use crate::store::key::{self, Class, Key, Pid};
use crate::store::record::{Covering, Numbers, Space};
use crate::store::tables::Table;
use crate::time::{CivilTime, Instant};

const VERSION: u8 = 1;
/// No time.
const NEVER: i64 = i64::MAX;
/// Bytes of a name.
const NAME: usize = 200;
/// Owner of rows that say when a card is out of date.
const QUEUE: u32 = 0;

/// Bits of [`Covering::flags`] of a card.
pub(crate) mod flag {
    /// It waits for a prerequisite.
    pub(crate) const WAITS: u8 = 1;
    /// It was moved.
    pub(crate) const MOVED: u8 = 1 << 1;
}

/// What is next of a schedule, with what lists show of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card<'a> {
    pub(crate) covering: Covering,
    pub(crate) as_of: i64,
    /// Nothing is next if none.
    pub(crate) times: Option<Times>,
    pub(crate) patient: PatientId,
    pub(crate) assignee: Option<Assignee>,
    pub(crate) role: Cow<'a, str>,
    pub(crate) title: Cow<'a, str>,
    pub(crate) name: Cow<'a, str>,
}

/// When something is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) stamp: Stamp,
    pub(crate) opens: i64,
    pub(crate) due: i64,
    pub(crate) until: i64,
    pub(crate) expires: i64,
    /// Of the one after it.
    pub(crate) next_opens: i64,
    pub(crate) next_due: i64,
    pub(crate) planned: i64,
}

fn seconds(at: Instant) -> i64 {
    at.timestamp()
}

pub(crate) fn instant(seconds: i64) -> Option<Instant> {
    Instant::from_timestamp(seconds, 0)
}

impl Times {
    fn of(pending: &Pending) -> Self {
        let Planned { stamp, planned, due, opens, until, expires } = &pending.first;
        Times {
            stamp: *stamp,
            opens: seconds(*opens),
            due: seconds(*due),
            until: seconds(*until),
            expires: expires.map_or(NEVER, seconds),
            next_opens: pending.next.as_ref().map_or(NEVER, |next| seconds(next.opens)),
            next_due: pending.next.as_ref().map_or(NEVER, |next| seconds(next.due)),
            planned: seconds(*planned),
        }
    }
}

/// The name of a patient that a card shows: as of when the record was written, so that it follows from the record alone.
fn shown_name(person: &Person) -> String {
    let name = display_name(&person.patient.names, person.recorded.date_naive());
    let name = name.map(|name| name.expose().clone()).unwrap_or_default();
    let end = (0..=NAME.min(name.len())).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    name.get(..end).unwrap_or_default().to_owned()
}

impl<'a> Card<'a> {
    pub(crate) fn of(person: &Person, facts: &Facts, pending: Option<&Pending>, as_of: Instant) -> Card<'static> {
        let schedule = &facts.schedule;
        let own = crate::govern::label::bits(&schedule.labels);
        let times = pending.map(Times::of);
        let waits = if facts.ready.is_some() { 0 } else { flag::WAITS };
        let moved = if times.is_some_and(|times| times.due != times.planned) { flag::MOVED } else { 0 };
        Card {
            covering: Covering {
                labels: person.covering.labels | own,
                scope: person.covering.scope,
                flags: waits | moved,
            },
            as_of: seconds(as_of),
            times,
            patient: facts.patient,
            assignee: schedule.assignee,
            role: schedule.role.clone().unwrap_or_default().into(),
            title: schedule.title.clone().into(),
            name: shown_name(person).into(),
        }
    }

    /// The card of a schedule of which what is next cannot be found any more: it says what it said, of the patient and
    /// under the labels of now.
    pub(crate) fn kept(self, person: &Person, schedule: &Schedule) -> Card<'static> {
        let own = crate::govern::label::bits(&schedule.labels);
        let Covering { scope, labels, .. } = person.covering;
        Card {
            covering: Covering { scope, labels: labels | own, flags: self.covering.flags },
            role: self.role.into_owned().into(),
            title: self.title.into_owned().into(),
            name: shown_name(person).into(),
            ..self
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(160);
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.covering.scope.to_be_bytes());
        bytes.extend_from_slice(&self.covering.labels.to_be_bytes());
        bytes.push(self.covering.flags);
        let times = self.times.as_ref();
        let part = |part: fn(&Times) -> i64| times.map_or(NEVER, part);
        for at in [
            self.as_of,
            part(|t| t.opens),
            part(|t| t.due),
            part(|t| t.until),
            part(|t| t.expires),
            part(|t| t.next_opens),
            part(|t| t.next_due),
            part(|t| t.planned),
        ] {
            bytes.extend_from_slice(&at.to_be_bytes());
        }
        bytes.extend_from_slice(self.patient.as_bytes());
        let (tag, id) = match self.assignee {
            None => (0, [0; 16]),
            Some(Assignee::Patient) => (1, [0; 16]),
            Some(Assignee::Practitioner(id)) => (2, *id.as_bytes()),
            Some(Assignee::RelatedPerson(id)) => (3, *id.as_bytes()),
        };
        bytes.push(tag);
        bytes.extend_from_slice(&id);
        let stamp = times.map(|times| super::index::stamp_bytes(&times.stamp)).unwrap_or_default();
        for text in [stamp.as_slice(), self.role.as_bytes()] {
            bytes.push(u8::try_from(text.len()).unwrap_or(0));
            bytes.extend_from_slice(text);
        }
        bytes.extend_from_slice(&u16::try_from(self.title.len()).unwrap_or(0).to_be_bytes());
        bytes.extend_from_slice(self.title.as_bytes());
        bytes.push(u8::try_from(self.name.len()).unwrap_or(0));
        bytes.extend_from_slice(self.name.as_bytes());
        bytes
    }

    pub(crate) fn parse(table: Table, row: &[u8], bytes: &'a [u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes);
        let mut card = || {
            if reader.u8()? != VERSION {
                return None;
            }
            let covering = Covering { scope: reader.u32()?, labels: reader.u32()?, flags: reader.u8()? };
            let mut time = || reader.u64().map(u64::cast_signed);
            let as_of = time()?;
            let [opens, due, until, expires] = [time()?, time()?, time()?, time()?];
            let [next_opens, next_due, planned] = [time()?, time()?, time()?];
            let patient = PatientId::from_uuid(uuid::Uuid::from_bytes(reader.array()?));
            let (tag, id) = (reader.u8()?, uuid::Uuid::from_bytes(reader.array()?));
            let assignee = match tag {
                0 => None,
                1 => Some(Assignee::Patient),
                2 => Some(Assignee::Practitioner(PractitionerId::from_uuid(id))),
                3 => Some(Assignee::RelatedPerson(RelatedPersonId::from_uuid(id))),
                _ => return None,
            };
            let length = usize::from(reader.u8()?);
            let stamp = reader.take(length)?;
            let times = match stamp {
                [] => None,
                stamp => Some(Times {
                    stamp: parse_stamp(stamp)?,
                    opens,
                    due,
                    until,
                    expires,
                    next_opens,
                    next_due,
                    planned,
                }),
            };
            let length = usize::from(reader.u8()?);
            let role = Cow::Borrowed(std::str::from_utf8(reader.take(length)?).ok()?);
            let length = usize::from(reader.u16()?);
            let title = Cow::Borrowed(std::str::from_utf8(reader.take(length)?).ok()?);
            let length = usize::from(reader.u8()?);
            let name = Cow::Borrowed(std::str::from_utf8(reader.take(length)?).ok()?);
            Some(Card { covering, as_of, times, patient, assignee, role, title, name })
        };
        card().ok_or_else(|| Error::corrupted(table.name(), row, "a card of what is due is cut off"))
    }

    /// What the gate is asked, without reading the rest.
    pub(crate) fn covering(table: Table, row: &[u8], bytes: &[u8]) -> Result<Covering> {
        let mut reader = Reader::new(bytes);
        let mut covering = || {
            reader.u8()?;
            Some(Covering { scope: reader.u32()?, labels: reader.u32()?, flags: reader.u8()? })
        };
        covering().ok_or_else(|| Error::corrupted(table.name(), row, "a card of what is due is cut off"))
    }

    /// Whether the card says what is next at an instant: what it says has not expired. A clock that was set back does not
    /// bring back what was missed already.
    pub(crate) fn holds_at(&self, now: i64) -> bool {
        self.times.is_none_or(|times| now < times.expires)
    }
}

/// The opposite of [`stamp_bytes`](super::index::stamp_bytes).
pub(crate) fn parse_stamp(bytes: &[u8]) -> Option<Stamp> {
    let mut reader = Reader::new(bytes);
    match reader.u8()? {
        0 => {
            let civil = CivilTime::from_seconds((reader.u64()? ^ (1 << 63)).cast_signed())?;
            Some(Stamp::Clock(ClockStamp { civil, second: reader.u8()? != 0 }))
        }
        1 => {
            let anchor = RecordId::from_uuid(uuid::Uuid::from_bytes(reader.array()?));
            Some(Stamp::Event { anchor, step: reader.u32()? })
        }
        _ => None,
    }
}

/// The number of a list's owner, 0 if nothing was ever on it.
pub(crate) fn owner(owner: DueOwner, numbers: &mut dyn Numbers) -> Result<u32> {
    let (kind, id): (&str, RecordId) = match owner {
        DueOwner::CareTeam(id) => ("team", id.into()),
        DueOwner::Organisation(id) => ("organisation", id.into()),
        DueOwner::Practitioner(id) => ("practitioner", id.into()),
        DueOwner::RelatedPerson(id) => ("related", id.into()),
    };
    Ok(numbers.number(Space::List, &[kind, &id.to_string()])?.unwrap_or(0))
}

/// Row of what is next of a schedule among the rows of its patient.
pub(crate) fn item(pid: Pid, schedule: ScheduleId) -> Vec<u8> {
    key::class(pid, Class::Due).id(schedule.into()).done()
}

/// Rows of what is next for one patient.
pub(crate) fn items_of(pid: Pid) -> Vec<u8> {
    key::class(pid, Class::Due).done()
}

/// Rows of a list, in order of time.
pub(crate) fn list(owner: u32) -> Key {
    Key::new().u32(owner)
}

/// Rows of a list from an instant on.
pub(crate) fn list_from(owner: u32, due: i64) -> Key {
    list(owner).u64(ordered(due))
}

/// Rows that say when cards are out of date.
pub(crate) fn queue() -> Key {
    Key::new().u32(QUEUE)
}

/// Those that are out of date before an instant.
pub(crate) fn queue_before(at: Instant) -> Key {
    queue().u64(ordered(seconds(at)).saturating_add(1))
}

fn place(owner: u32, at: i64, pid: Pid, schedule: ScheduleId) -> Vec<u8> {
    list(owner).u64(ordered(at)).u64(pid).id(schedule.into()).done()
}

/// Patient and schedule of a row of a list or of the queue.
pub(crate) fn whose(row: &[u8]) -> Result<(Pid, ScheduleId)> {
    let parsed = || {
        let mut reader = Reader::new(row.get(13..)?);
        Some((reader.u64()?, ScheduleId::from_uuid(uuid::Uuid::from_bytes(reader.array()?))))
    };
    parsed().ok_or_else(|| Error::corrupted(Table::Due.name(), row, "the key of a row is cut off"))
}

/// What is next of a schedule, with the lists it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing<'a> {
    pub(crate) pool: u32,
    pub(crate) person: u32,
    pub(crate) card: Card<'a>,
}

impl<'a> Standing<'a> {
    pub(crate) fn of(card: Card<'a>, pool: Option<Pool>, numbers: &mut dyn Numbers) -> Result<Self> {
        let pool = pool.map_or(Ok(0), |pool| owner(pool.into(), numbers))?;
        let person = match card.assignee {
            Some(Assignee::Practitioner(id)) => owner(DueOwner::Practitioner(id), numbers)?,
            Some(Assignee::RelatedPerson(id)) => owner(DueOwner::RelatedPerson(id), numbers)?,
            Some(Assignee::Patient) | None => 0,
        };
        Ok(Standing { pool, person, card })
    }

    pub(crate) fn parse(row: &[u8], bytes: &'a [u8]) -> Result<Self> {
        let cut_off = || Error::corrupted(Table::PData.name(), row, "a row of what is due is cut off");
        let mut reader = Reader::new(bytes);
        let (pool, person) = reader.u32().zip(reader.u32()).ok_or_else(cut_off)?;
        Ok(Standing { pool, person, card: Card::parse(Table::PData, row, reader.rest())? })
    }

    /// Every row of it.
    pub(crate) fn rows(&self, pid: Pid, schedule: ScheduleId) -> Vec<(Table, Vec<u8>, Vec<u8>)> {
        let card = self.card.bytes();
        let mut own = Vec::with_capacity(8 + card.len());
        own.extend_from_slice(&self.pool.to_be_bytes());
        own.extend_from_slice(&self.person.to_be_bytes());
        own.extend_from_slice(&card);
        let mut rows = vec![(Table::PData, item(pid, schedule), own)];
        let due = self.card.times.map_or(NEVER, |times| times.due);
        for owner in [self.pool, self.person] {
            if owner != 0 {
                rows.push((Table::Due, place(owner, due, pid, schedule), card.clone()));
            }
        }
        if let Some(times) = self.card.times.filter(|times| times.expires != NEVER) {
            rows.push((Table::Due, place(QUEUE, times.expires, pid, schedule), Vec::new()));
        }
        rows
    }
}
