//! Which rows the records of the room have.
//!
//! ```text
//! item        pid, class, kind of record 2, id 16            a schedule, a pause, sealed
//! occurrence  pid, class, schedule 16, stamp, id 16          what was recorded of an occurrence, sealed
//! moved       pid, class, schedule 16, stamp, id 16          nothing: it was moved
//! needs       pid, class, needed schedule 16, schedule 16    nothing: the second waits for the first, or counts from it
//! shared      kind of record 2, id 16                        a calendar of holidays, sealed
//! ident       kind of row, calendar 16, pid, schedule 16     nothing: the schedule passes over the holidays of the calendar
//! ```
//! A stamp is 0, civil seconds 8, fold 1 by the clock; 1, anchor 16, step 4 counted from an event; 2 as needed.

use super::{Anchor, CarePause, HolidayCalendar, Occurrence, Schedule, Stamp, Timing};
use crate::error::Result;
use crate::govern::label;
use crate::id::{HolidayCalendarId, OccurrenceId, RecordId, ScheduleId};
use crate::store::cipher;
use crate::store::key::{self, Class, Ident, Key, Pid};
use crate::store::record::{At, Covering, IndexRow, Numbers, Owner, Record};
use crate::store::tables::Table;
use crate::store::value::Codec;

/// Bytes by which a stamp stands in keys: those of the clock in order of time.
pub(crate) fn stamp_bytes(stamp: &Stamp) -> Vec<u8> {
    match stamp {
        Stamp::Clock(clock) => {
            let mut bytes = vec![0];
            bytes.extend_from_slice(&ordered(clock.civil.seconds()).to_be_bytes());
            bytes.push(u8::from(clock.second));
            bytes
        }
        Stamp::Event { anchor, step } => {
            let mut bytes = vec![1];
            bytes.extend_from_slice(anchor.as_bytes());
            bytes.extend_from_slice(&step.to_be_bytes());
            bytes
        }
        Stamp::AsNeeded(_) => vec![2],
    }
}

/// Seconds so that byte order is order of time.
pub(crate) const fn ordered(seconds: i64) -> u64 {
    seconds.cast_unsigned() ^ (1 << 63)
}

/// Id of what is recorded of an occurrence: a digest of schedule and stamp, so that two who record the same occurrence
/// meet. An occurrence as needed brings its own.
pub(crate) fn occurrence_id(schedule: ScheduleId, stamp: &Stamp) -> OccurrenceId {
    if let Stamp::AsNeeded(id) = stamp {
        return *id;
    }
    derived(schedule.into(), b"occurrence", &stamp_bytes(stamp)).into()
}

/// An id (UUID version 8) that follows from another record and a name.
pub(crate) fn derived(from: RecordId, what: &[u8], name: &[u8]) -> RecordId {
    let digest = cipher::sha256(&[b"prm derived 1", from.as_bytes(), &[0], what, &[0], name]);
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    RecordId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Items of a kind of one patient.
pub(crate) fn items(pid: Pid, kind: u16) -> Key {
    key::class(pid, Class::Item).u16(kind)
}

/// What was recorded of the occurrences of a schedule.
pub(crate) fn occurrences(pid: Pid, schedule: ScheduleId) -> Key {
    key::class(pid, Class::Occurrence).id(schedule.into())
}

/// Those of them that were moved.
pub(crate) fn moved(pid: Pid, schedule: ScheduleId) -> Key {
    key::class(pid, Class::Moved).id(schedule.into())
}

/// Schedules that pass over the holidays of a calendar.
pub(crate) fn following(calendar: HolidayCalendarId) -> Key {
    Key::new().u8(Ident::Holidays as u8).id(calendar.into())
}

/// Patient and schedule of one of those rows.
pub(crate) fn follower(row: &[u8]) -> Option<(Pid, ScheduleId)> {
    let (pid, id) = row.get(18..)?.split_first_chunk()?;
    Some((Pid::from_be_bytes(*pid), ScheduleId::from_uuid(uuid::Uuid::from_bytes(*id.first_chunk()?))))
}

/// Schedules that wait for another, or count from it.
pub(crate) fn needing(pid: Pid, needed: ScheduleId) -> Key {
    key::class(pid, Class::Needs).id(needed.into())
}

impl Schedule {
    /// Schedules that it waits for or counts from.
    pub(crate) fn needed(&self) -> impl Iterator<Item = ScheduleId> + '_ {
        let anchors = self.phases.iter().filter_map(|phase| match &phase.timing {
            Timing::Event(event) => match event.anchor {
                Anchor::Completion(schedule) => Some(schedule),
                _ => None,
            },
            _ => None,
        });
        self.prerequisites.iter().copied().chain(anchors)
    }
}

impl Record for Schedule {
    const KIND: u16 = 19;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::PData, items(owner.pid(), Self::KIND).id(id).done())
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        let Owner::Patient(pid) = at.owner else { return Ok(Vec::new()) };
        if !at.header.listed() {
            return Ok(Vec::new());
        }
        let mut needed: Vec<_> = self.needed().collect();
        needed.sort_unstable();
        needed.dedup();
        let row = |needed| needing(pid, needed).id(at.id).done();
        let needed = needed.into_iter().map(|needed| (Table::PData, row(needed)));
        let holidays = self.holidays.map(|id| (Table::Ident, following(id).u64(pid).id(at.id).done()));
        Ok(needed.chain(holidays).map(|(table, key)| IndexRow::Row { table, key, value: Vec::new() }).collect())
    }

    fn covering(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Covering> {
        Ok(labelled(&self.labels, at))
    }
}

/// What the gate is shown of a record with labels.
pub(crate) fn labelled(labels: &[crate::value::Coding], at: At<'_>) -> Covering {
    let flags = u8::try_from(at.header.flags).unwrap_or(u8::MAX);
    Covering { labels: label::bits(labels), flags, ..Covering::default() }
}

impl Record for Occurrence {
    const KIND: u16 = 20;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        let row = occurrences(owner.pid(), self.schedule).bytes(&stamp_bytes(&self.stamp)).id(id);
        (Table::PData, row.done())
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        let Owner::Patient(pid) = at.owner else { return Ok(Vec::new()) };
        if self.moved_to.is_none() || !at.header.listed() {
            return Ok(Vec::new());
        }
        let key = moved(pid, self.schedule).bytes(&stamp_bytes(&self.stamp)).id(at.id).done();
        Ok(vec![IndexRow::Row { table: Table::PData, key, value: Vec::new() }])
    }
}

impl Record for CarePause {
    const KIND: u16 = 21;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::PData, items(owner.pid(), Self::KIND).id(id).done())
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }
}

impl Record for HolidayCalendar {
    const KIND: u16 = 8;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Self::KIND, id))
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engage::ClockStamp;
    use crate::time::CivilTime;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stamps_by_the_clock_lie_in_order_of_time(a in -62_135_596_800i64..=253_402_300_799, b in -62_135_596_800i64..=253_402_300_799, x in any::<bool>(), y in any::<bool>()) {
            let stamp = |seconds, second| Stamp::Clock(ClockStamp { civil: CivilTime::from_seconds(seconds).unwrap(), second });
            prop_assert_eq!(stamp_bytes(&stamp(a, x)).cmp(&stamp_bytes(&stamp(b, y))), (a, x).cmp(&(b, y)));
        }
    }

    #[test]
    fn an_occurrence_is_known_by_schedule_and_stamp() {
        let schedule = |n: u128| ScheduleId::from_uuid(uuid::Uuid::from_u128(n));
        let stamp = |step| Stamp::Event { anchor: schedule(9).into(), step };
        let id = occurrence_id(schedule(1), &stamp(1));
        assert_eq!(id, occurrence_id(schedule(1), &stamp(1)));
        assert_ne!(id, occurrence_id(schedule(2), &stamp(1)));
        assert_ne!(id, occurrence_id(schedule(1), &stamp(2)));
        assert_eq!(id.as_uuid().get_version_num(), 8);
        assert_eq!(occurrence_id(schedule(1), &Stamp::AsNeeded(id)), id);
    }
}
