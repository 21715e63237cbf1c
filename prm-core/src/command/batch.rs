//! Batches of commands, and what became of them.

use serde::{Deserialize, Serialize};

use super::{Command, RecordKind};
use crate::id::{BatchId, RecordId};
use crate::time::Instant;

/// Commands that happen together or not at all, later ones seeing what earlier ones did.
///
/// With an id of the caller's, the batch may be sent again after an answer was lost: the same id with the same commands
/// gives the first receipt, with others it is a `Conflict`. A rejected batch is not remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The caller's id; none for a fresh one that nobody can repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<BatchId>,
    /// The commands, in order. Of 100,000 at most.
    pub commands: Vec<Command>,
}

/// Most commands of one batch.
pub(crate) const MAX_COMMANDS: usize = 100_000;

impl Batch {
    /// A batch that may be sent again under `id`.
    #[must_use]
    pub fn repeatable(mut self, id: BatchId) -> Self {
        self.id = Some(id);
        self
    }
}

impl From<Command> for Batch {
    fn from(command: Command) -> Self {
        Batch { id: None, commands: vec![command] }
    }
}

impl From<Vec<Command>> for Batch {
    fn from(commands: Vec<Command>) -> Self {
        Batch { id: None, commands }
    }
}

impl<const N: usize> From<[Command; N]> for Batch {
    fn from(commands: [Command; N]) -> Self {
        Batch { id: None, commands: commands.into() }
    }
}

/// What became of one command.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Written {
    /// Kind of the record.
    #[n(0)]
    pub kind: RecordKind,
    /// Its id.
    #[n(1)]
    pub id: RecordId,
    /// Its version now.
    #[n(2)]
    pub version: u32,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Receipt {
    /// Id of the batch: the caller's, or the one it got.
    #[n(0)]
    pub batch: BatchId,
    /// Sequence of its commit; the change feed tells of it under this number.
    #[n(1)]
    pub sequence: u64,
    /// When it was recorded.
    #[n(2)]
    #[cbor(with = "crate::time::cbor_instant")]
    pub recorded: Instant,
    /// One for each command, in order.
    #[n(3)]
    pub written: Vec<Written>,
}
