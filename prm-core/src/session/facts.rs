//! What the gate must know of an actor, loaded from the store.

use std::ops::ControlFlow;

use crate::error::Result;
use crate::govern::filter::Facts;
use crate::govern::{Actor, RoleGrant, Who, grant};
use crate::id::{OrganisationId, RecordId};
use crate::people::{Member, Practitioner, RelatedPerson};
use crate::store::engine::Order;
use crate::store::key::{Pid, Prefix};
use crate::store::record::{Numbers, Reader, Record, Space, Stored};
use crate::store::tables::Table;

pub(crate) fn of(actor: &Actor, reader: &Reader<'_>, numbers: &mut dyn Numbers) -> Result<Facts> {
    let mut facts = Facts { grants: grants(&actor.who, reader)?, ..Facts::default() };
    match &actor.who {
        Who::Practitioner(id) => {
            let practitioner = current::<Practitioner>(reader, (*id).into())?.map(|(_, p)| p);
            facts.practitioner = practitioner.filter(|p| !p.inactive);
            let sites = facts.practitioner.iter().flat_map(|p| p.organisations.iter().copied());
            facts.sites = scopes(sites, numbers)?;
            teams(Member::Practitioner(*id), reader, &mut facts)?;
        }
        Who::Patient(id) => {
            facts.oneself = reader.locate((*id).into())?.map(|locator| locator.owner.pid());
        }
        Who::RelatedPerson(id) => {
            facts.related = current::<RelatedPerson>(reader, (*id).into())?.map(|(pid, person)| (person, pid));
        }
        Who::System(_) => {}
    }
    Ok(facts)
}

/// The current version of a record that is not void, with its pid.
fn current<T: Record>(reader: &Reader<'_>, id: RecordId) -> Result<Option<(Pid, T)>> {
    let Some(locator) = reader.locate(id)?.filter(|l| l.kind == T::KIND) else { return Ok(None) };
    let stored: Stored<T> = reader.current(&locator)?;
    Ok((!stored.header.voided()).then_some((locator.owner.pid(), stored.record)))
}
