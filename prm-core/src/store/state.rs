//! What the store itself must remember from one commit to the next, in one row of `meta`.

use minicbor::{Decode, Encode};

use crate::error::{Error, Result};
use crate::store::cipher;
use crate::store::engine::Read;
use crate::store::key;
use crate::store::tables::Table;

/// Format of the rows, kept in the store and checked at opening.
pub(crate) const FORMAT: u32 = 1;

/// Counters and heads. Written with every commit.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub(crate) struct State {
    /// Format of the rows.
    #[n(0)]
    pub(crate) format: u32,
    /// The pid the next patient gets; key ring slots below it are in use.
    #[n(1)]
    pub(crate) next_pid: u64,
    /// Sequence of the newest commit in `journal`.
    #[n(2)]
    pub(crate) sequence: u64,
    /// Sequence of the newest entry in `audit`.
    #[n(3)]
    pub(crate) audit_sequence: u64,
    /// Chained authentication of the newest entry in `audit`.
    #[n(4)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) audit_head: [u8; 32],
    /// Next number of each [`Space`](super::record::Space).
    #[n(5)]
    pub(crate) next_number: [u32; 4],
    /// Position in the tail log up to which it is in the tables.
    #[n(6)]
    pub(crate) log: Option<minicbor::bytes::ByteArray<32>>,
    /// Grows with every record that policy reads.
    #[n(7)]
    pub(crate) policy_sequence: u64,
    /// A ring older than this is stale.
    #[n(8)]
    pub(crate) min_ring_generation: u64,
    /// Version of the time zone database that due rows were made with.
    #[n(9)]
    pub(crate) zones: String,
    /// This copy of the store; a restored or forked copy gets its own.
    #[n(10)]
    #[cbor(with = "minicbor::bytes")]
    pub(crate) instance_id: [u8; 16],
    /// Number of migrations applied.
    #[n(11)]
    pub(crate) migrations: u32,
}

const ROW: &str = "state";

impl State {
    /// Of a store in which nothing has happened yet, with no migration applied.
    pub(crate) fn first(zones: &str) -> Result<Self> {
        let mut instance_id = [0; 16];
        cipher::random(&mut instance_id)?;
        Ok(State {
            format: FORMAT,
            next_pid: 1,
            sequence: 0,
            audit_sequence: 0,
            audit_head: [0; 32],
            next_number: [1; 4],
            log: None,
            policy_sequence: 1,
            min_ring_generation: 0,
            zones: zones.to_owned(),
            instance_id,
            migrations: 0,
        })
    }

    pub(crate) fn read(from: &dyn Read) -> Result<Self> {
        let row = key::meta(ROW);
        let missing = || Error::corrupted(Table::Meta.name(), &row, "the state of the store is missing");
        let bytes = from.get(Table::Meta, &row)?.ok_or_else(missing)?;
        minicbor::decode(&bytes).map_err(|e| {
            Error::corrupted(Table::Meta.name(), &row, "the state of the store does not decode").because(e)
        })
    }

    /// The format alone, which every library can read.
    pub(crate) fn format_of(from: &dyn Read) -> Result<u32> {
        #[derive(Decode)]
        #[cbor(map)]
        struct Format {
            #[n(0)]
            format: u32,
        }
        let row = key::meta(ROW);
        let damaged = || Error::corrupted(Table::Meta.name(), &row, "the state of the store is missing or damaged");
        let bytes = from.get(Table::Meta, &row)?.ok_or_else(damaged)?;
        minicbor::decode::<Format>(&bytes).map(|f| f.format).map_err(|e| damaged().because(e))
    }

    pub(crate) fn row(&self) -> Result<(Vec<u8>, Vec<u8>)> {
        let bytes = minicbor::to_vec(self)
            .map_err(|_| Error::new(crate::ErrorKind::Invalid, "the state of the store does not encode"))?;
        Ok((key::meta(ROW), bytes))
    }
}
