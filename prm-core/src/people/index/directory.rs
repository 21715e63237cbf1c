//! The index rows of related persons, practitioners, organisations and care teams.
//!
//! ```text
//! ident   2, normal form, 0, system, 0, id           → record
//!         7, role u8, record id of member, team id   → nothing
//! role    0 member | 1 patient of the team
//! ```
//! Related persons lie among the items of their patient: kind, record id.

use std::ops::ControlFlow;

use super::identifiers;
use crate::error::Result;
use crate::id::{CareTeamId, PatientId, RecordId, RelatedPersonId};
use crate::people::{CareTeam, Member, Organisation, Practitioner, RelatedPerson};
use crate::store::engine::{Order, Read};
use crate::store::key::{self, Class, Ident, Key, Pid, Prefix};
use crate::store::record::{At, IndexRow, Numbers, Owner, Reader, Record, Stored};
use crate::store::tables::Table;
use crate::store::value::{self, Codec};

impl Record for RelatedPerson {
    const KIND: u16 = 2;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::PData, related_rows(owner.pid()).id(id).done())
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(identifiers(&self.identifiers, RelatedPerson::KIND, at, None))
    }
}

impl Record for Practitioner {
    const KIND: u16 = 3;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Practitioner::KIND, id))
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(identifiers(&self.identifiers, Practitioner::KIND, at, None))
    }
}

impl Record for Organisation {
    const KIND: u16 = 4;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Organisation::KIND, id))
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(identifiers(&self.identifiers, Organisation::KIND, at, None))
    }
}

impl Record for CareTeam {
    const KIND: u16 = 5;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(CareTeam::KIND, id))
    }

    /// A voided team entitles nobody: it has no rows. One out of use or outside its period keeps them, since that
    /// depends on when it is asked.
    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        if at.header.voided() {
            return Ok(Vec::new());
        }
        let members = self.members.iter().map(|m| (TeamRole::Member, m.member.record()));
        let patients = self.patients.iter().map(|p| (TeamRole::Patient, (*p).into()));
        let keys = members.chain(patients).map(|(role, record)| team_rows(role, record).id(at.id).done());
        Ok(keys.map(|key| IndexRow::Row { table: Table::Ident, key, value: Vec::new() }).collect())
    }
}

impl Member {
    /// The record of the member.
    pub(crate) fn record(&self) -> RecordId {
        match *self {
            Member::Practitioner(id) => id.into(),
            Member::Organisation(id) => id.into(),
            Member::RelatedPerson(id) => id.into(),
            Member::Patient(id) => id.into(),
        }
    }
}

/// What someone is to a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TeamRole {
    Member = 0,
    Patient = 1,
}

fn team_rows(role: TeamRole, record: RecordId) -> Key {
    Key::new().u8(Ident::Team as u8).u8(role as u8).id(record)
}

/// Teams that someone is a member of, whatever the period of membership, in the order of ids.
pub(crate) fn teams_of(read: &dyn Read, member: RecordId) -> Result<Vec<CareTeamId>> {
    teams(read, TeamRole::Member, member)
}

/// Teams that care for a patient.
pub(crate) fn teams_for(read: &dyn Read, patient: PatientId) -> Result<Vec<CareTeamId>> {
    teams(read, TeamRole::Patient, patient.into())
}

fn teams(read: &dyn Read, role: TeamRole, record: RecordId) -> Result<Vec<CareTeamId>> {
    let mut teams = Vec::new();
    let rows = Prefix::of(team_rows(role, record).done());
    read.scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, _| {
        teams.push(CareTeamId::from_uuid(last_id(Table::Ident, row)?));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(teams)
}

fn related_rows(pid: Pid) -> Key {
    key::class(pid, Class::Item).u16(RelatedPerson::KIND)
}

/// The related persons of a patient, voided ones among them, in the order of ids.
pub(crate) fn related_persons(reader: &Reader<'_>, pid: Pid) -> Result<Vec<(RelatedPersonId, Stored<RelatedPerson>)>> {
    let mut people = Vec::new();
    let rows = Prefix::of(related_rows(pid).done());
    reader.read.scan(Table::PData, rows.span(), Order::Ascending, &mut |row, stored| {
        if !value::is_further(stored) {
            let id = RelatedPersonId::from_uuid(last_id(Table::PData, row)?);
            people.push((id, reader.stored(Owner::Patient(pid), Table::PData, row, stored)?));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(people)
}

/// The record id that a key ends with.
pub(super) fn last_id(table: Table, row: &[u8]) -> Result<uuid::Uuid> {
    let id = row.last_chunk().map(|id| uuid::Uuid::from_bytes(*id));
    id.ok_or_else(|| crate::Error::corrupted(table.name(), row, "a key ends before its record id"))
}
