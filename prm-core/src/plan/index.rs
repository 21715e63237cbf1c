//! Which rows the records of the room have.
//!
//! ```text
//! item      pid, class, kind of record 2, id 16    a plan, a goal, sealed
//! shared    kind of record 2, id 16                a template, sealed
//! ```

use super::{CarePlan, CareTemplate, Goal};
use crate::engage::index::{items, labelled};
use crate::error::Result;
use crate::id::RecordId;
use crate::store::key;
use crate::store::record::{At, Covering, IndexRow, Numbers, Owner, Record};
use crate::store::tables::Table;
use crate::store::value::Codec;

impl Record for CarePlan {
    const KIND: u16 = 17;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::PData, items(owner.pid(), Self::KIND).id(id).done())
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }

    fn covering(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Covering> {
        Ok(labelled(&self.labels, at))
    }
}

impl Record for Goal {
    const KIND: u16 = 18;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, owner: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::PData, items(owner.pid(), Self::KIND).id(id).done())
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }

    fn covering(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Covering> {
        Ok(labelled(&self.labels, at))
    }
}

impl Record for CareTemplate {
    const KIND: u16 = 7;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Self::KIND, id))
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }
}
