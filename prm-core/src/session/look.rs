//! One read: a snapshot, the gate, and what was looked at.

use std::sync::Arc;

use super::change::Kept;
use super::{Inner, Reached};
use crate::command::RecordKind;
use crate::error::{Error, ErrorKind, Result};
use crate::govern::filter::{self, Filter, Verdict};
use crate::govern::policy::{Action, DataClass};
use crate::id::RecordId;
use crate::page::{Cursor, Page};
use crate::prm::Live;
use crate::store::condition::Seen;
use crate::store::journal::Changed;
use crate::store::key::Pid;
use crate::store::record::{Covering, Locator, Numbers, Owner, Reader, Record};
use crate::store::tx;
use crate::time::Instant;

/// A state of the store seen by one session for the length of one call.
pub(crate) struct Look<'a> {
    pub(crate) session: &'a Inner,
    pub(crate) live: Arc<Live>,
    pub(crate) now: Instant,
    pub(crate) filter: Arc<Filter>,
    snapshot: Arc<Seen>,
}

impl<'a> Look<'a> {
    pub(crate) fn new(session: &'a Inner) -> Result<Self> {
        let now = session.core.now();
        Look::over(session, session.core.live()?, now)
    }

    pub(crate) fn over(session: &'a Inner, live: Arc<Live>, now: Instant) -> Result<Self> {
        let snapshot = live.store.snapshot()?;
        let (_, filter) = session.filter(&live, now)?;
        Ok(Look { session, live, now, filter, snapshot })
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        self.live.store.reader(&*self.snapshot)
    }

    pub(crate) fn numbers<'r>(&'r self, reader: &Reader<'r>) -> impl Numbers + 'r {
        self.live.store.known_numbers(reader.read)
    }

    /// Where a record lies that the session may read, the access on record.
    pub(crate) fn admit_record<T: Kept>(&self, reader: &Reader<'_>, id: RecordId) -> Result<Locator> {
        let locator = self.locate::<T>(reader, id)?;
        let covering = match locator.owner {
            Owner::Patient(pid) if T::RECORD != RecordKind::Patient => {
                self.covering(reader, pid)?.over(super::care::covering_of(reader, &T::RECORD, &locator)?)
            }
            _ => locator.covering,
        };
        self.admit(locator.owner, covering, T::CLASS, Action::Read)?;
        Ok(locator)
    }

    /// Where a record of a kind lies.
    pub(crate) fn locate<T: Record>(&self, reader: &Reader<'_>, id: RecordId) -> Result<Locator> {
        let found = reader.locate(id)?.filter(|locator| locator.kind == T::KIND);
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no such record with the id {id}")))
    }

    /// Whether a row of a patient may be touched. Nothing is put on record.
    pub(crate) fn permits(&self, pid: Pid, covering: Covering, class: DataClass, action: Action) -> bool {
        match self.filter.test(pid, covering, class, action) {
            Verdict::Permit => true,
            Verdict::Deny => false,
            Verdict::Ask => filter::decide(&self.filter, pid, covering, class, action),
        }
    }

    /// Asks the gate for a record and puts the access on record, permitted or not.
    pub(crate) fn admit(&self, owner: Owner, covering: Covering, class: DataClass, action: Action) -> Result<()> {
        let permitted = match owner {
            Owner::Patient(pid) => self.permits(pid, covering, class, action),
            Owner::Shared => self.filter.shared(covering.labels, class, action),
        };
        self.session.access(&self.live, Reached { pid: owner.pid(), class, action, permitted }, self.now)?;
        if permitted {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Denied, "policy does not permit this actor to see this for this purpose"))
    }

    /// What the gate reads of a patient, whatever record of theirs is asked for.
    pub(crate) fn covering(&self, reader: &Reader<'_>, pid: Pid) -> Result<Covering> {
        Ok(Covering::from_cell(&tx::cell(reader.read, tx::COVERING, pid)?).unwrap_or_default())
    }

    /// Whether the session may know that a record changed.
    pub(crate) fn may_notice(&self, reader: &Reader<'_>, kind: &RecordKind, changed: &Changed) -> Result<bool> {
        let class = match kind {
            RecordKind::Patient | RecordKind::RelatedPerson => DataClass::Demographics,
            RecordKind::Entry => DataClass::Chart,
            RecordKind::Practitioner | RecordKind::Organisation | RecordKind::CareTeam => DataClass::Directory,
            RecordKind::CareTemplate
            | RecordKind::HolidayCalendar
            | RecordKind::DecisionAid
            | RecordKind::EvidenceSource => DataClass::Directory,
            RecordKind::CarePlan
            | RecordKind::Goal
            | RecordKind::Schedule
            | RecordKind::Occurrence
            | RecordKind::CarePause
            | RecordKind::Decision => DataClass::Care,
            RecordKind::RoleGrant => DataClass::Policy,
            RecordKind::Other(_) => return Ok(false),
        };
        let own = match reader.locate(changed.id)? {
            Some(locator) => super::care::covering_of(reader, kind, &locator)?,
            None => Covering::default(),
        };
        if changed.pid == 0 {
            return Ok(self.filter.shared(own.labels, class, Action::Read));
        }
        let covering = self.covering(reader, changed.pid)?.over(own);
        Ok(self.permits(changed.pid, covering, class, Action::Read))
    }

    /// Puts a list that is about to be shown on record.
    pub(crate) fn listed(&self, class: DataClass, question: &[u8], pids: &[Pid]) -> Result<()> {
        self.session.listed(&self.live, class, question, pids, self.now)
    }

    /// Where a page begins, by the cursor that the page before gave.
    pub(crate) fn position(&self, question: &[u8], page: &Page) -> Result<Option<Vec<u8>>> {
        let bound = self.session.bound(question);
        page.after.as_ref().map(|cursor| self.live.cursors.open(&bound, cursor)).transpose()
    }

    /// A cursor at a position.
    pub(crate) fn cursor(&self, question: &[u8], position: &[u8]) -> Result<Cursor> {
        self.live.cursors.seal(&self.session.bound(question), position)
    }
}
