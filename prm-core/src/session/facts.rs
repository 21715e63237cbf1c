//! What the gate must know of an actor, loaded from the store.

use std::ops::ControlFlow;

use crate::error::Result;
use crate::govern::filter::Facts;
use crate::govern::{Actor, RoleGrant, Who, grant};
use crate::id::RecordId;
use crate::people::index::{self, flag};
use crate::people::{CareTeam, Member, Patient, Practitioner, RelatedPerson};
use crate::store::engine::Order;
use crate::store::key::{Pid, Prefix};
use crate::store::record::{Numbers, Reader, Record, Stored};
use crate::store::tables::Table;

pub(crate) fn of(actor: &Actor, reader: &Reader<'_>, numbers: &mut dyn Numbers) -> Result<Facts> {
    let mut facts = Facts { grants: grants(&actor.who, reader)?, ..Facts::default() };
    let in_use = match &actor.who {
        Who::Practitioner(id) => {
            let practitioner = current::<Practitioner>(reader, (*id).into())?.map(|(_, p)| p);
            facts.practitioner = practitioner.filter(|p| !p.inactive);
            for site in facts.practitioner.iter().flat_map(|p| &p.organisations) {
                facts.sites.push(index::scope(Some(*site), numbers)?);
            }
            facts.sites.retain(|scope| *scope != 0);
            facts.teams = teams(Member::Practitioner(*id), reader)?;
            facts.practitioner.is_some()
        }
        Who::Patient(id) => {
            facts.oneself = patient((*id).into(), reader)?;
            facts.oneself.is_some()
        }
        Who::RelatedPerson(id) => {
            if let Some((pid, person)) = current::<RelatedPerson>(reader, (*id).into())?
                && patient(person.patient.into(), reader)? == Some(pid)
            {
                facts.related = Some((person, pid));
            }
            facts.related.as_ref().is_some_and(|(person, _)| person.active)
        }
        Who::System(_) => true,
    };
    if !in_use {
        facts.grants.clear();
    }
    Ok(facts)
}

/// The pid of a patient whose record was not made in error.
fn patient(id: RecordId, reader: &Reader<'_>) -> Result<Option<Pid>> {
    let locator = reader.locate(id)?.filter(|locator| locator.kind == Patient::KIND);
    let locator = locator.filter(|locator| locator.covering.flags & flag::VOIDED == 0);
    Ok(locator.map(|locator| locator.owner.pid()))
}

/// The current version of a record that is not void, with its pid.
fn current<T: Record>(reader: &Reader<'_>, id: RecordId) -> Result<Option<(Pid, T)>> {
    let Some(locator) = reader.locate(id)?.filter(|l| l.kind == T::KIND) else { return Ok(None) };
    let stored: Stored<T> = reader.current(&locator)?;
    Ok((!stored.header.voided()).then_some((locator.owner.pid(), stored.record)))
}

fn grants(who: &Who, reader: &Reader<'_>) -> Result<Vec<RoleGrant>> {
    let mut ids = Vec::new();
    let rows = Prefix::of(grant::of(who)?.done());
    reader.read.scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, _| {
        ids.extend(row.last_chunk().map(|id: &[u8; 16]| RecordId::from_uuid(uuid::Uuid::from_bytes(*id))));
        Ok(ControlFlow::Continue(()))
    })?;
    let mut grants = Vec::new();
    for id in ids {
        grants.extend(current::<RoleGrant>(reader, id)?.map(|(_, grant)| grant));
    }
    Ok(grants)
}

/// The teams someone belongs to, each with the pids of its patients and the periods of membership.
#[allow(clippy::type_complexity, reason = "the shape of the facts")]
fn teams(member: Member, reader: &Reader<'_>) -> Result<Vec<(CareTeam, Vec<Pid>, Vec<Option<crate::Period>>)>> {
    let mut teams = Vec::new();
    for id in index::teams_of(reader.read, member.record())? {
        let Some((_, team)) = current::<CareTeam>(reader, id.into())? else { continue };
        let mut pids = Vec::new();
        for patient in &team.patients {
            pids.extend(reader.locate((*patient).into())?.map(|locator| locator.owner.pid()));
        }
        let periods = team.members.iter().filter(|m| m.member == member).map(|m| m.period).collect();
        teams.push((team, pids, periods));
    }
    Ok(teams)
}
