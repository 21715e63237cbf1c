//! What the rules make of commands: versions of records to write. Rules are pure; facts are handed to them.

use crate::chart::ChartEntry;
use crate::command::RecordKind;
use crate::error::{Error, ErrorKind, Result};
use crate::govern::RoleGrant;
use crate::govern::policy::DataClass;
use crate::id::RecordId;
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::sensitive::Sensitive;
use crate::store::record::{Header, Owner, Record, Stored};
use crate::store::tx;
use crate::time::Instant;

/// Bytes of the reason why a record is void.
const LONGEST_REASON: usize = 20_000;

/// A record that commands add, edit and void.
pub(crate) trait Kept: Record {
    const RECORD: RecordKind;
    const CLASS: DataClass;
    /// Whether the gate reads it: a new version makes filters compile again.
    const POLICY: bool;

    /// The record as it is to be stored in place of `before`, if its values fit each other at an instant.
    fn checked(self, before: Option<&Self>, now: Instant) -> Result<Self>;

    /// Other records this one names, which must exist.
    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        Vec::new()
    }

    /// What of it someone is shown who sees only some of the records it names.
    fn shown(self, _sees: &dyn Fn(RecordId) -> Result<bool>) -> Result<Self> {
        Ok(self)
    }

    /// What voiding does to the content.
    fn voided(self) -> Self {
        self
    }
}

/// A version to write in place of the one before it.
#[derive(Debug, Clone)]
pub(crate) struct Step<T> {
    pub(crate) owner: Owner,
    pub(crate) id: RecordId,
    pub(crate) before: Option<Stored<T>>,
    pub(crate) after: Stored<T>,
}

/// What one command became.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    Patient(Step<Patient>),
    RelatedPerson(Step<RelatedPerson>),
    Practitioner(Step<Practitioner>),
    Organisation(Step<Organisation>),
    CareTeam(Step<CareTeam>),
    RoleGrant(Step<RoleGrant>),
    Entry(Step<ChartEntry>),
}

/// The first version of a record.
pub(crate) fn add<T: Kept>(record: T, exists: bool, now: Instant) -> Result<Stored<T>> {
    if exists {
        return Err(Error::new(ErrorKind::Conflict, "there is a record with this id already"));
    }
    Ok(Stored { header: Header::first(now), record: record.checked(None, now)? })
}

/// The next version of a record.
pub(crate) fn edit<T: Kept>(before: &Stored<T>, version: u32, record: T, now: Instant) -> Result<Stored<T>> {
    current(before, version)?;
    let record = record.checked(Some(&before.record), now)?;
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
