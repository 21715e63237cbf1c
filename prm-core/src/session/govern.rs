//! The room of roles and accesses.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Session;
use crate::command::Command;
use crate::error::{Error, Result};
use crate::govern::RoleGrant;
use crate::govern::access::{self, AccessPage};
use crate::govern::policy::{Action, DataClass};
use crate::govern::{AuditPage, AuditView};
use crate::id::{PatientId, RoleGrantId};
use crate::page::Page;
use crate::people::{Patient, index};
use crate::store::audit;
use crate::store::engine::Order;
use crate::store::key::{Key, Prefix};
use crate::store::record::{Covering, Owner};
use crate::store::tables::Table;

/// Roles and accesses. See [`Session::govern`].
#[derive(Debug, Clone, Copy)]
pub struct GovernRoom<'a>(pub(super) &'a Session);

impl GovernRoom<'_> {
    /// Gives someone a role.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn grant(&self, grant: RoleGrant) -> Result<RoleGrantId> {
        self.0.one(Command::GrantRole { id: None, grant })
    }

    /// Takes a role back.
    ///
    /// # Errors
    /// As [`Session::execute`].
    pub fn revoke(&self, id: RoleGrantId, version: u32, reason: impl Into<crate::Sensitive>) -> Result<u32> {
        self.0.next_version(Command::RevokeRole { id, version, reason: reason.into() })
    }

    /// Who looked at a patient's data, newest first: the patient asks for their own, an administrator for anyone's.
    ///
    /// Reads of one minute by one session are one access with a count; the count stands once the minute is over.
    /// Asking is itself an access.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Invalid` for a page that is none, `Corrupted`.
    pub fn accesses(&self, patient: PatientId, page: &Page) -> Result<AccessPage> {
        let limit = page.rows()?;
        let live = self.0.core().live()?;
        let log = live.store.log();
        // Before the snapshot: what a commit carries into tables from here on is in both, under the same key.
        let mut unfolded = log.frames_since(None);
        let look = self.0.inner().look_over(Arc::clone(&live))?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, DataClass::Accesses, Action::Read)?;
        let pid = locator.owner.pid();
        let question = [b"accesses".as_slice(), patient.as_bytes()].concat();
        let after = look.position(&question, page)?;
        unfolded.extend(log.frames_since(unfolded.last().map(|frame| frame.position)));
        let mut found = access::of_patient(&reader, &unfolded, pid, after.as_deref(), limit + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().map(|(key, _)| key.clone()).filter(|_| more);
        let next = last.map(|key| look.cursor(&question, &key)).transpose()?;
        Ok(AccessPage { accesses: found.into_iter().map(|(_, view)| view).collect(), next })
    }

    /// The audit, newest first: every session, access, list and commit that the tables hold. Accesses of the last
    /// moments, which no commit has carried into the tables, are not on it yet. For administrators.
    ///
    /// [`UpkeepRoom::check`](crate::UpkeepRoom::check) verifies the chain that the entries make.
    ///
    /// # Errors
    /// `Denied`, `Invalid` for a page that is none, `Corrupted`.
    pub fn audit(&self, page: &Page) -> Result<AuditPage> {
        const QUESTION: &[u8] = b"audit";
        let limit = page.rows()?;
        let look = self.0.inner().look()?;
        look.admit(Owner::Shared, Covering::default(), DataClass::Policy, Action::Read)?;
        let reader = look.reader();
        let mut rows = Prefix::of(Key::new().done());
        if let Some(before) = look.position(QUESTION, page)? {
            rows = rows.ending_before(before);
        }
        let (mut entries, mut next) = (Vec::new(), None);
        let mut last = None;
        reader.read.scan(Table::Audit, rows.span(), Order::Descending, &mut |row, stored| {
            if entries.len() >= limit {
                next = last.take();
                return Ok(ControlFlow::Break(()));
            }
            let sequence = row.last_chunk().map_or(0, |sequence| u64::from_be_bytes(*sequence));
            let name = |pid| Ok(index::by_pid(reader.read, pid)?.map(|(id, _)| id));
            entries.push(AuditView::of(sequence, audit::entry(row, stored)?, name)?);
            last = Some(row.to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
        let next = next.map(|row: Vec<u8>| look.cursor(QUESTION, &row)).transpose()?;
        Ok(AuditPage { entries, next })
    }
}

impl Session {
    /// Executes one command that adds a record and gives its id.
    pub(super) fn one<I: From<crate::id::RecordId>>(&self, command: Command) -> Result<I> {
        let receipt = self.execute(command)?;
        let written = receipt.written.first().map(|w| w.id);
        written.map(Into::into).ok_or_else(|| Error::new(crate::ErrorKind::Invalid, "nothing was written"))
    }

    /// Executes one command that changes a record and gives its new version.
    pub(super) fn next_version(&self, command: Command) -> Result<u32> {
        let receipt = self.execute(command)?;
        let written = receipt.written.first().map(|w| w.version);
        written.ok_or_else(|| Error::new(crate::ErrorKind::Invalid, "nothing was written"))
    }
}
