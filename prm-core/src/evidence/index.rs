//! Which rows the records of the room have.
//!
//! ```text
//! shared    kind of record 2, id 16                a source of evidence, sealed
//! ```

use super::EvidenceSource;
use crate::error::Result;
use crate::id::RecordId;
use crate::store::key;
use crate::store::record::{At, IndexRow, Numbers, Owner, Record};
use crate::store::tables::Table;
use crate::store::value::Codec;

impl Record for EvidenceSource {
    const KIND: u16 = 10;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Self::KIND, id))
    }

    fn index(&self, _: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        Ok(Vec::new())
    }
}
