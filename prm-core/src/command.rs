//! What a caller asks for: commands, the batches they come in, and the receipt.

use serde::{Deserialize, Serialize};

use crate::chart::ChartEntry;
use crate::error::Result;
use crate::govern::RoleGrant;
use crate::id::{
    BatchId, CareTeamId, EntryId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId, RoleGrantId,
};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::sensitive::Sensitive;
use crate::time::Instant;

crate::value::codes! {
    /// Kind of a record.
    RecordKind {
        /// A patient.
        Patient = 1 "patient",
        /// Someone related to a patient.
        RelatedPerson = 2 "related_person",
        /// A practitioner.
        Practitioner = 3 "practitioner",
        /// An organisation.
        Organisation = 4 "organisation",
        /// A care team.
        CareTeam = 5 "care_team",
        /// A role given to someone.
        RoleGrant = 6 "role_grant",
        /// An entry of a chart.
        Entry = 16 "entry",
    }
}

/// One thing a caller asks for. All commands of a batch happen, or none.
///
/// `Add…` takes the id the record is to have, or none for a fresh one. `Edit…` replaces the record; it carries the
/// version it was made on, and another current version is a `Conflict`. `Void…` marks a record as entered in error: it
/// leaves every list, is kept with its history, and cannot be edited any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Adds a patient.
    AddPatient {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<PatientId>,
        /// The record.
        patient: Patient,
    },
    /// Replaces a patient's demographic record.
    EditPatient {
        /// Which.
        id: PatientId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        patient: Patient,
    },
    /// Marks a patient's record as entered in error.
    VoidPatient {
        /// Which.
        id: PatientId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds someone related to a patient.
    AddRelatedPerson {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RelatedPersonId>,
        /// The record.
        related_person: RelatedPerson,
    },
    /// Replaces the record of someone related to a patient. The patient cannot change.
    EditRelatedPerson {
        /// Which.
        id: RelatedPersonId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        related_person: RelatedPerson,
    },
    /// Marks the record of someone related to a patient as entered in error.
    VoidRelatedPerson {
        /// Which.
        id: RelatedPersonId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a practitioner.
    AddPractitioner {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<PractitionerId>,
        /// The record.
        practitioner: Practitioner,
    },
    /// Replaces a practitioner's record.
    EditPractitioner {
        /// Which.
        id: PractitionerId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        practitioner: Practitioner,
    },
    /// Marks a practitioner's record as entered in error.
    VoidPractitioner {
        /// Which.
        id: PractitionerId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds an organisation.
    AddOrganisation {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OrganisationId>,
        /// The record.
        organisation: Organisation,
    },
    /// Replaces an organisation's record.
    EditOrganisation {
        /// Which.
        id: OrganisationId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        organisation: Organisation,
    },
    /// Marks an organisation's record as entered in error.
    VoidOrganisation {
        /// Which.
        id: OrganisationId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds a care team.
    AddCareTeam {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<CareTeamId>,
        /// The record.
        care_team: CareTeam,
    },
    /// Replaces a care team's record.
    EditCareTeam {
        /// Which.
        id: CareTeamId,
        /// The version the edit was made on.
        version: u32,
        /// The record.
        care_team: CareTeam,
    },
    /// Marks a care team's record as entered in error.
    VoidCareTeam {
        /// Which.
        id: CareTeamId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Adds an entry to a patient's chart.
    AddEntry {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<EntryId>,
        /// Whose chart.
        patient: PatientId,
        /// The entry.
        entry: ChartEntry,
    },
    /// Replaces an entry of a chart.
    EditEntry {
        /// Which.
        id: EntryId,
        /// The version the edit was made on.
        version: u32,
        /// The entry.
        entry: ChartEntry,
    },
    /// Marks an entry of a chart as entered in error.
    VoidEntry {
        /// Which.
        id: EntryId,
        /// The version that is voided.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
    /// Gives someone a role.
    GrantRole {
        /// Id to use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<RoleGrantId>,
        /// To whom, which, when.
        grant: RoleGrant,
    },
    /// Replaces a role given to someone, e.g. to end it.
    EditRole {
        /// Which.
        id: RoleGrantId,
        /// The version the edit was made on.
        version: u32,
        /// To whom, which, when.
        grant: RoleGrant,
    },
    /// Takes a role back.
    RevokeRole {
        /// Which.
        id: RoleGrantId,
        /// The version that is revoked.
        version: u32,
        /// Why.
        reason: Sensitive,
    },
}

impl Command {
    /// Gives the record that is added an id if it has none.
    pub(crate) fn give_id(&mut self, fresh: impl FnOnce() -> Result<uuid::Uuid>) -> Result<()> {
        macro_rules! give {
            ($($variant:ident $id:ident),+) => {
                match self {
                    $(Command::$variant { id: id @ None, .. } => *id = Some($id::from_uuid(fresh()?)),)+
                    _ => {}
                }
            };
        }
        give!(
            AddPatient PatientId, AddRelatedPerson RelatedPersonId, AddPractitioner PractitionerId,
            AddOrganisation OrganisationId, AddCareTeam CareTeamId, AddEntry EntryId, GrantRole RoleGrantId
        );
        Ok(())
    }
}

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
