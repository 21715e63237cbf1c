//! Which rows the records of the room have.
//!
//! ```text
//! item      pid, class, kind of record 2, id 16                          a decision, sealed
//! shared    kind of record 2, id 16                                      a decision aid, sealed
//! ident     kind of row, clinician 16, state 2, day 4, pid, id           labels 4: a decision in a list
//! ```
//! Each decision is in the list of everybody (a clinician of zeros) and of each of its clinicians, once in that of its
//! state and once in that of every state (0). The day is the one on which it is looked at again; what has none is last.

use super::{Decision, DecisionAid, DecisionState, ParticipantRole};
use crate::engage::index::{items, labelled};
use crate::error::Result;
use crate::govern::{Who, label};
use crate::id::{DecisionId, PractitionerId, RecordId};
use crate::store::key::{self, Ident, Key, Pid};
use crate::store::record::{At, Covering, IndexRow, Numbers, Owner, Record};
use crate::store::tables::Table;
use crate::store::value::Codec;
use crate::time::Date;

/// The day of a decision that nobody planned to look at again.
const NEVER: u32 = u32::MAX;
/// Bytes of a row of a list: partition, kind of row, clinician, state, day, patient, decision.
const ROW: usize = 2 + 16 + 2 + 4 + 8 + 16;

/// A day so that byte order is order of time.
pub(crate) fn day(on: Option<Date>) -> u32 {
    use chrono::Datelike;
    on.and_then(|on| u32::try_from(on.naive().num_days_from_ce()).ok()).unwrap_or(NEVER)
}

/// A list of decisions: everybody's or a clinician's, in a state or in any.
pub(crate) fn list(clinician: Option<PractitionerId>, state: Option<&DecisionState>) -> Key {
    let who = clinician.map_or([0; 16], |id| *id.as_bytes());
    let state = state.map_or(0, |state| state.number().and_then(|n| u16::try_from(n).ok()).unwrap_or(u16::MAX));
    Key::new().u8(Ident::Decisions as u8).bytes(&who).u16(state)
}

/// Patient and decision of a row of a list.
pub(crate) fn listed(row: &[u8]) -> Option<(Pid, DecisionId)> {
    if row.len() != ROW {
        return None;
    }
    let (pid, id) = row.get(ROW - 24..)?.split_first_chunk()?;
    Some((Pid::from_be_bytes(*pid), DecisionId::from_uuid(uuid::Uuid::from_bytes(*id.first_chunk()?))))
}

impl Decision {
    /// The clinicians who take part and are known to the store, each once.
    pub(crate) fn clinicians(&self) -> Vec<PractitionerId> {
        let of_role = self.sheet.participants.iter().filter(|one| one.role == ParticipantRole::Clinician);
        let mut ids: Vec<_> = of_role
            .filter_map(|one| match one.who {
                Some(Who::Practitioner(id)) => Some(id),
                _ => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl Record for Decision {
    const KIND: u16 = 22;
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
        let on = day(self.sheet.revisit.as_ref().map(|revisit| revisit.on));
        let value = label::bits(&self.labels).to_be_bytes().to_vec();
        let lists = std::iter::once(None).chain(self.clinicians().into_iter().map(Some));
        let rows = lists.flat_map(|who| [list(who, None), list(who, Some(&self.state))]);
        let rows = rows.map(|list| list.u32(on).u64(pid).id(at.id).done());
        Ok(rows.map(|key| IndexRow::Row { table: Table::Ident, key, value: value.clone() }).collect())
    }

    fn covering(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Covering> {
        Ok(labelled(&self.labels, at))
    }
}

impl Record for DecisionAid {
    const KIND: u16 = 9;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Self::KIND, id))
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }
}
