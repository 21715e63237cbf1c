//! What the rules make of commands: versions of records to write. Rules are pure; facts are handed to them.

use crate::command::RecordKind;
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::DataClass;
use crate::id::{CarePlanId, RecordId, ScheduleId};
use crate::sensitive::Sensitive;
use crate::store::record::{Header, Owner, Record, Stored};
use crate::store::tx;
use crate::time::{Instant, Zones};

/// Bytes of the reason why a record is void.
const LONGEST_REASON: usize = 20_000;

/// A record that commands add, edit and void.
pub(crate) trait Kept: Record {
    const RECORD: RecordKind;
    const CLASS: DataClass;
    /// Whether the gate reads it: a new version makes filters compile again.
    const POLICY: bool;

    /// The record as it is to be stored in place of `before`, if its values fit each other at an instant.
    fn checked(self, before: Option<&Self>, now: Instant, zones: &Zones) -> Result<Self>;

    /// Other records this one names, which must exist.
    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        Vec::new()
    }

    /// What of it someone is shown who sees only some of the records it names.
    fn shown(self, _sees: &dyn Fn(RecordId) -> Result<bool>) -> Result<Self> {
        Ok(self)
    }

    /// What of the schedules of its patient it may change, beside what it says itself.
    fn touches(&self, _id: RecordId) -> Touches {
        Touches::Nothing
    }

    /// What voiding does to the content.
    fn voided(self) -> Self {
        self
    }
}

/// Whose next occurrence a change of a record may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Touches {
    /// Nobody's.
    Nothing,
    /// That of every schedule of the patient.
    Patient,
    /// That of every schedule of a plan.
    Plan(CarePlanId),
    /// That of a schedule, and of those that wait for it or count from it.
    Schedule(ScheduleId),
}

/// A version to write in place of the one before it.
#[derive(Debug, Clone)]
pub(crate) struct Step<T> {
    pub(crate) owner: Owner,
    pub(crate) id: RecordId,
    pub(crate) before: Option<Stored<T>>,
    pub(crate) after: Stored<T>,
}

/// The first version of a record.
pub(crate) fn add<T: Kept>(record: T, exists: bool, now: Instant, zones: &Zones) -> Result<Stored<T>> {
    if exists {
        return Err(Error::new(ErrorKind::Conflict, "there is a record with this id already"));
    }
    Ok(Stored { header: Header::first(now), record: record.checked(None, now, zones)? })
}

/// The next version of a record.
pub(crate) fn edit<T: Kept>(
    before: &Stored<T>,
    version: u32,
    record: T,
    now: Instant,
    zones: &Zones,
) -> Result<Stored<T>> {
    current(before, version)?;
    let record = record.checked(Some(&before.record), now, zones)?;
    let flags = before.header.flags & !Header::REFERENCED;
    Ok(Stored { header: tx::next_header(&before.header, now, flags, None), record })
}

/// The last version of a record: entered in error.
pub(crate) fn void<T: Kept>(before: &Stored<T>, version: u32, reason: Sensitive, now: Instant) -> Result<Stored<T>> {
    current(before, version)?;
    if reason.expose().trim().is_empty() {
        return Err(Error::invalid("reason", "say why the record is void"));
    }
    if reason.expose().len() > LONGEST_REASON {
        return Err(Error::invalid("reason", "a reason has at most 20,000 bytes"));
    }
    let flags = before.header.flags | Header::VOIDED;
    let header = tx::next_header(&before.header, now, flags, Some(reason));
    Ok(Stored { header, record: before.record.clone().voided() })
}

fn current<T>(before: &Stored<T>, version: u32) -> Result<()> {
    if before.header.version != version {
        return Err(tx::conflict(version, before.header.version));
    }
    if before.header.voided() {
        return Err(Error::new(ErrorKind::Conflict, "the record is void and cannot change any more"));
    }
    Ok(())
}
