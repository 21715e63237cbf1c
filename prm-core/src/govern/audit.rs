//! The audit as an administrator reads it.

use serde::{Deserialize, Serialize};

use super::access::{Access, By, Counted, Entry, Gap, Listed, SessionBegan, Wrote};
use super::policy::{Action, DataClass};
use super::{Actor, Purpose, Who};
use crate::error::Result;
use crate::id::{BatchId, PatientId, SessionId};
use crate::page::Cursor;
use crate::store::key::Pid;
use crate::time::Instant;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditEvent {
    /// A session began.
    Session {
        /// Who acts, with which app on which device.
        actor: Actor,
    },
    /// Data were read or exported, or that was denied.
    Access {
        /// Which data.
        class: DataClass,
        /// What was done with them.
        action: Action,
        /// Whether it was permitted.
        permitted: bool,
        /// How often within the minute; 1 in the entry of the first.
        count: u32,
    },
    /// A list was shown.
    Listed {
        /// Which data.
        class: DataClass,
    },
    /// A batch was committed.
    Wrote {
        /// Its id.
        batch: BatchId,
        /// Its sequence.
        sequence: u64,
    },
    /// The store was not shut down before it was opened; entries of its last moments may be missing.
    Gap {
        /// Bytes of the log that could not be read.
        lost_bytes: u64,
        /// The log was gone.
        missing: bool,
        /// The log held less than the tables.
        behind: bool,
    },
    /// An entry of a newer library.
    Unknown,
}

/// An entry of the audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// Place in the chain, from 1.
    pub sequence: u64,
    /// When; none for an entry of a newer library.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Instant>,
    /// The session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// For whom, if not for themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<PatientId>,
    /// What for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Whose data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patients: Vec<PatientId>,
    /// What happened.
    pub event: AuditEvent,
}

/// A page of the audit, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditView>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

impl AuditView {
    /// The view of a link of the chain. `name` tells the patient of a pid.
    pub(crate) fn of(sequence: u64, link: &[u8], name: impl FnMut(Pid) -> Result<Option<PatientId>>) -> Result<Self> {
        let entry = link.split_first().and_then(|(kind, payload)| Entry::decode(*kind, payload));
        let (at, by, pids, event) = match entry {
            Some(Entry::Session(SessionBegan { session, actor, purpose, at })) => {
                let by = By { session, who: actor.who.clone(), on_behalf_of: actor.on_behalf_of, purpose };
                (Some(at), Some(by), Vec::new(), AuditEvent::Session { actor })
            }
            Some(Entry::Access(access)) => accessed(access, 1),
            Some(Entry::Counted(Counted { access, count })) => accessed(access, count),
            Some(Entry::Listed(Listed { by, class, pids, at, .. })) => {
                (Some(at), Some(by), pids, AuditEvent::Listed { class })
            }
            Some(Entry::Wrote(Wrote { by, batch, sequence, pids, at })) => {
                (Some(at), Some(by), pids, AuditEvent::Wrote { batch, sequence })
            }
            Some(Entry::Gap(Gap { lost_bytes, missing, behind, at })) => {
                (Some(at), None, Vec::new(), AuditEvent::Gap { lost_bytes, missing, behind })
            }
            None => (None, None, Vec::new(), AuditEvent::Unknown),
        };
        let patients = pids.into_iter().filter(|pid| *pid != 0).map(name).filter_map(Result::transpose);
        let patients = patients.collect::<Result<_>>()?;
        let (session, who, on_behalf_of, purpose) = match by {
            Some(By { session, who, on_behalf_of, purpose }) => (Some(session), Some(who), on_behalf_of, Some(purpose)),
            None => (None, None, None, None),
        };
        Ok(AuditView { sequence, at, session, who, on_behalf_of, purpose, patients, event })
    }
}

fn accessed(access: Access, count: u32) -> (Option<Instant>, Option<By>, Vec<Pid>, AuditEvent) {
    let Access { by, pid, class, action, permitted, at } = access;
    (Some(at), Some(by), vec![pid], AuditEvent::Access { class, action, permitted, count })
}
