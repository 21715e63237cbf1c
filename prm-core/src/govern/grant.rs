//! How roles are kept: records of no patient, found by whom they were given to.

use crate::error::{Error, Result};
use crate::govern::{RoleGrant, Who};
use crate::id::RecordId;
use crate::store::cipher;
use crate::store::key::{self, Ident, Key};
use crate::store::record::{At, IndexRow, Numbers, Owner, Record};
use crate::store::tables::Table;
use crate::store::value::Codec;

impl Record for RoleGrant {
    const KIND: u16 = 6;
    const SCHEMA: u16 = 1;
    const CODEC: Codec = Codec::Plain;

    fn place(&self, _: Owner, id: RecordId) -> (Table, Vec<u8>) {
        (Table::Shared, key::shared(Self::KIND, id))
    }

    fn index(&self, at: At<'_>, _: &mut dyn Numbers) -> Result<Vec<IndexRow>> {
        if !at.header.listed() {
            return Ok(Vec::new());
        }
        let key = of(&self.who)?.id(at.id).done();
        Ok(vec![IndexRow::Row { table: Table::Ident, key, value: Vec::new() }])
    }
}

/// Where the grants of someone are found: `Ident::Grant`, first 16 bytes of the digest of who, record id.
pub(crate) fn of(who: &Who) -> Result<Key> {
    let unable = |_| Error::invalid("who", "who acts cannot be encoded");
    let digest = cipher::sha256(&[&minicbor::to_vec(who).map_err(unable)?]);
    Ok(Key::new().u8(Ident::Grant as u8).bytes(digest.first_chunk::<16>().map_or(&[], |d| d.as_slice())))
}
