//! Deciding commands within the transaction that will hold them: load facts, ask the gate, apply the rule, write.

use std::sync::{Arc, Mutex, PoisonError};

use super::change::{self, Change, Kept, Step};
use super::facts;
use crate::command::{Command, Receipt, RecordKind, Written};
use crate::error::{Error, ErrorKind, Result};
use crate::govern::access::{By, Entry, Wrote};
use crate::govern::filter::{self, Filter, Verdict};
use crate::govern::policy::{Action, DataClass};
use crate::govern::{Actor, Who};
use crate::id::{BatchId, PatientId, RecordId};
use crate::people::index::flag;
use crate::sensitive::Sensitive;
use crate::store::cipher;
use crate::store::key::{Ident, Key, Pid};
use crate::store::record::{At, Covering, Header, Locator, Owner, Stored};
use crate::store::tables::Table;
use crate::store::tx::{self, Savepoint, Tx};
use crate::time::Instant;

/// Who decides, what for, and what the gate said when they began.
#[derive(Debug, Clone)]
pub(crate) struct Acting {
    pub(crate) by: By,
    pub(crate) actor: Actor,
    pub(crate) policy: u64,
    pub(crate) filter: Arc<Filter>,
    pub(crate) denied: Denied,
}

/// What a rejected batch was denied, for the record of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Denied(Arc<Mutex<Option<(Pid, DataClass, Action)>>>);

impl Denied {
    pub(crate) fn take(&self) -> Option<(Pid, DataClass, Action)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, what: (Pid, DataClass, Action)) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }
}

/// One batch being decided.
pub(crate) struct Deciding<'t, 'a> {
    pub(crate) tx: &'t mut Tx<'a>,
    acting: &'t Acting,
    /// Policy that the filter was compiled for; none once it was taken back.
    policy: Option<u64>,
    filter: Arc<Filter>,
    pub(crate) now: Instant,
    latest: Instant,
    pids: Vec<Pid>,
    /// The patient named last, and what the gate reads of the patient asked about last: commands about one patient come
    /// together.
    named: Option<(PatientId, Locator)>,
    covered: Option<(Pid, Covering)>,
    /// Pids from here on are those of patients the batch adds.
    first_new: Pid,
}

/// Where a part of a batch began.
pub(crate) struct Begun {
    tx: Savepoint,
    pids: usize,
}

impl<'t, 'a> Deciding<'t, 'a> {
    pub(crate) fn new(tx: &'t mut Tx<'a>, acting: &'t Acting, now: Instant) -> Self {
        let (filter, first_new) = (Arc::clone(&acting.filter), tx.state.next_pid);
        let policy = Some(acting.policy);
        Deciding {
            tx,
            acting,
            policy,
            filter,
            now,
            latest: now,
            pids: Vec::new(),
            named: None,
            covered: None,
            first_new,
        }
    }

    /// A place to [`roll_back`](Self::roll_back) to.
    pub(crate) fn begin(&mut self) -> Begun {
        Begun { tx: self.tx.savepoint(), pids: self.pids.len() }
    }

    /// Takes back everything decided since.
    pub(crate) fn roll_back(&mut self, begun: Begun) {
        self.tx.roll_back(begun.tx);
        self.pids.truncate(begun.pids);
        (self.named, self.covered) = (None, None);
        // The next change of policy gets the number of one that was taken back.
        self.policy = None;
    }

    /// Decides one command and writes what it became.
    pub(crate) fn command(&mut self, command: Command) -> Result<Written> {
        let change = self.decide(command)?;
        self.apply(change)
    }

    fn decide(&mut self, command: Command) -> Result<Change> {
        use Command as C;
        Ok(match command {
            C::AddPatient { id, patient } => {
                let owner = Owner::Patient(self.tx.new_pid()?);
                Change::Patient(self.add(owner, fresh(id)?, patient)?)
            }
            C::EditPatient { id, version, patient } => Change::Patient(self.edit(id.into(), version, patient)?),
            C::VoidPatient { id, version, reason } => Change::Patient(self.void(id.into(), version, reason)?),
            C::AddRelatedPerson { id, related_person } => {
                Change::RelatedPerson(self.add_to(related_person.patient, fresh(id)?, related_person)?)
            }
            C::EditRelatedPerson { id, version, related_person } => {
                Change::RelatedPerson(self.edit(id.into(), version, related_person)?)
            }
            C::VoidRelatedPerson { id, version, reason } => {
                Change::RelatedPerson(self.void(id.into(), version, reason)?)
            }
            C::AddPractitioner { id, practitioner } => {
                Change::Practitioner(self.add(Owner::Shared, fresh(id)?, practitioner)?)
            }
            C::EditPractitioner { id, version, practitioner } => {
                Change::Practitioner(self.edit(id.into(), version, practitioner)?)
            }
            C::VoidPractitioner { id, version, reason } => {
                Change::Practitioner(self.void(id.into(), version, reason)?)
            }
            C::AddOrganisation { id, organisation } => {
                Change::Organisation(self.add(Owner::Shared, fresh(id)?, organisation)?)
            }
            C::EditOrganisation { id, version, organisation } => {
                Change::Organisation(self.edit(id.into(), version, organisation)?)
            }
            C::VoidOrganisation { id, version, reason } => {
                Change::Organisation(self.void(id.into(), version, reason)?)
            }
            C::AddCareTeam { id, care_team } => Change::CareTeam(self.add(Owner::Shared, fresh(id)?, care_team)?),
            C::EditCareTeam { id, version, care_team } => Change::CareTeam(self.edit(id.into(), version, care_team)?),
            C::VoidCareTeam { id, version, reason } => Change::CareTeam(self.void(id.into(), version, reason)?),
            C::AddEntry { id, patient, entry } => Change::Entry(self.add_to(patient, fresh(id)?, entry)?),
            C::EditEntry { id, version, entry } => Change::Entry(self.edit(id.into(), version, entry)?),
            C::VoidEntry { id, version, reason } => Change::Entry(self.void(id.into(), version, reason)?),
            C::GrantRole { id, grant } => Change::RoleGrant(self.add(Owner::Shared, fresh(id)?, grant)?),
            C::EditRole { id, version, grant } => Change::RoleGrant(self.edit(id.into(), version, grant)?),
            C::RevokeRole { id, version, reason } => Change::RoleGrant(self.void(id.into(), version, reason)?),
        })
    }

    /// Where a patient's record lies.
    fn patient(&mut self, id: PatientId) -> Result<Locator> {
        if let Some((_, locator)) = self.named.as_ref().filter(|(named, _)| *named == id) {
            return Ok(locator.clone());
        }
        let locator = self.locate(RecordKind::Patient, id.into())?;
        self.named = Some((id, locator.clone()));
        Ok(locator)
    }

    /// Adds a record of a patient.
    fn add_to<T: Kept>(&mut self, patient: PatientId, id: RecordId, record: T) -> Result<Step<T>> {
        let locator = self.patient(patient)?;
        let step = self.add(locator.owner, id, record)?;
        if locator.covering.flags & flag::VOIDED != 0 {
            return Err(Error::new(ErrorKind::Conflict, "the record of the patient is void and takes nothing new"));
        }
        Ok(step)
    }

    fn locate(&self, kind: RecordKind, id: RecordId) -> Result<Locator> {
        let found = self.tx.reader().locate(id)?.filter(|l| Some(u32::from(l.kind)) == kind.number());
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no {kind} with the id {id}")))
    }

    fn current<T: Kept>(&self, id: RecordId) -> Result<(Owner, Stored<T>)> {
        let locator = self.locate(T::RECORD, id)?;
        Ok((locator.owner, self.tx.reader().current(&locator)?))
    }

    pub(crate) fn add<T: Kept>(&mut self, owner: Owner, id: RecordId, record: T) -> Result<Step<T>> {
        let exists = self.tx.reader().locate(id)?.is_some();
        let mut after = change::add(record, exists, self.now)?;
        if matches!(self.acting.actor.who, Who::Patient(_) | Who::RelatedPerson(_)) {
            after.header.flags |= Header::OWN;
        }
        // The gate first: who may not write does not learn which records there are.
        self.permit(owner, id, &after, Action::Add)?;
        self.exist(&after.record)?;
        Ok(Step { owner, id, before: None, after })
    }

    pub(crate) fn edit<T: Kept>(&mut self, id: RecordId, version: u32, record: T) -> Result<Step<T>> {
        let (owner, before) = self.current::<T>(id)?;
        self.permit(owner, id, &before, needed(&before.header))?;
        let after = change::edit(&before, version, record, self.now)?;
        self.permit(owner, id, &after, needed(&before.header))?;
        self.exist(&after.record)?;
        Ok(Step { owner, id, before: Some(before), after })
    }

    fn void<T: Kept>(&mut self, id: RecordId, version: u32, reason: Sensitive) -> Result<Step<T>> {
        let (owner, before) = self.current::<T>(id)?;
        self.permit(owner, id, &before, needed(&before.header))?;
        let after = change::void(&before, version, reason, self.now)?;
        Ok(Step { owner, id, before: Some(before), after })
    }

    fn exist<T: Kept>(&self, record: &T) -> Result<()> {
        record.names().into_iter().try_for_each(|(kind, id)| self.locate(kind, id).map(|_| ()))
    }

    /// Asks the gate about a version of a record.
    pub(crate) fn permit<T: Kept>(
        &mut self,
        owner: Owner,
        id: RecordId,
        stored: &Stored<T>,
        action: Action,
    ) -> Result<()> {
        let numbers = self.tx.state.next_number;
        let own = stored.record.covering(At { owner, id, header: &stored.header }, self.tx)?;
        if self.tx.state.next_number != numbers {
            // A site got its number just now: no filter knows it yet.
            self.tx.state.policy_sequence += 1;
        }
        let filter = self.filter()?;
        let permitted = match owner {
            Owner::Shared => filter.shared(own.labels, T::CLASS, action),
            Owner::Patient(pid) => {
                let covering = if T::RECORD == RecordKind::Patient { own } else { self.covering(pid)?.over(own) };
                match filter.test(pid, covering, T::CLASS, action) {
                    Verdict::Permit => true,
                    Verdict::Deny => false,
                    Verdict::Ask => filter::decide(&filter, pid, covering, T::CLASS, action),
                }
            }
        };
        if permitted {
            return Ok(());
        }
        // The pid of a patient who is not added is the next one's.
        let pid = if owner.pid() < self.first_new { owner.pid() } else { 0 };
        self.acting.denied.put((pid, T::CLASS, action));
        Err(Error::new(ErrorKind::Denied, "policy does not permit this actor to do this for this purpose"))
    }

    /// What the gate reads of a patient.
    fn covering(&mut self, pid: Pid) -> Result<Covering> {
        if let Some((_, covering)) = self.covered.filter(|(covered, _)| *covered == pid) {
            return Ok(covering);
        }
        let covering = Covering::from_cell(&tx::cell(self.tx.read(), tx::COVERING, pid)?).unwrap_or_default();
        self.covered = Some((pid, covering));
        Ok(covering)
    }

    /// The filter for policy as this batch has left it.
    fn filter(&mut self) -> Result<Arc<Filter>> {
        if self.policy != Some(self.tx.state.policy_sequence) {
            let facts = facts::of(&self.acting.actor, &self.tx.reader(), &mut tx::KnownNumbers::of(self.tx))?;
            self.filter = Arc::new(filter::compile(&self.acting.by.purpose, &facts, self.now));
            self.policy = Some(self.tx.state.policy_sequence);
        }
        Ok(Arc::clone(&self.filter))
    }

    fn apply(&mut self, change: Change) -> Result<Written> {
        match change {
            Change::Patient(step) => self.write(step),
            Change::RelatedPerson(step) => self.write(step),
            Change::Practitioner(step) => self.write(step),
            Change::Organisation(step) => self.write(step),
            Change::CareTeam(step) => self.write(step),
            Change::RoleGrant(step) => self.write(step),
            Change::Entry(step) => self.write(step),
        }
    }

    pub(crate) fn write<T: Kept>(&mut self, step: Step<T>) -> Result<Written> {
        let Step { owner, id, before, after } = step;
        self.tx.write(owner, id, before.as_ref(), &after)?;
        self.latest = self.latest.max(after.header.recorded);
        if T::RECORD == RecordKind::Patient {
            (self.named, self.covered) = (None, None);
        }
        let voided = after.header.voided();
        // A patient whose record was made in error acts no more.
        if T::POLICY || T::RECORD == RecordKind::Patient && voided {
            self.tx.state.policy_sequence += 1;
        }
        if let Owner::Patient(pid) = owner
            && self.pids.last() != Some(&pid)
        {
            self.pids.push(pid);
        }
        Ok(Written { kind: T::RECORD, id, version: after.header.version })
    }

    /// Ends the batch: journal and audit.
    pub(crate) fn end(self, batch: BatchId, written: Vec<Written>, remembered: Option<Remembered>) -> Result<Receipt> {
        let unable = |_| Error::invalid("actor", "who acts cannot be encoded");
        let by = minicbor::to_vec(&self.acting.by).map_err(unable)?;
        // A version is never recorded before the one it follows, whatever the clock says: the batch is as late as its
        // latest version.
        let recorded = self.latest;
        let (sequence, _) = self.tx.end_batch(recorded, batch, by)?;
        let mut pids = self.pids;
        pids.sort_unstable();
        pids.dedup();
        let wrote = Wrote { by: self.acting.by.clone(), batch, sequence, pids, at: recorded };
        self.tx.audit(&Entry::Wrote(wrote).link()?)?;
        let receipt = Receipt { batch, sequence, recorded, written };
        if let Some(remembered) = remembered {
            remembered.keep(self.tx, &receipt)?;
        }
        Ok(receipt)
    }
}

fn needed(before: &Header) -> Action {
    if before.flags & Header::OWN == 0 { Action::Write } else { Action::Add }
}

fn fresh<I: Into<RecordId>>(id: Option<I>) -> Result<RecordId> {
    id.map(Into::into).ok_or_else(|| Error::invalid("id", "a record of a batch has no id"))
}

/// What is remembered of a batch that its caller may send again.
pub(crate) struct Remembered {
    row: Vec<u8>,
    digest: [u8; 32],
}

impl Remembered {
    /// The batch's content as its caller sent it, before ids were given.
    pub(crate) fn new(batch: BatchId, by: &Who, commands: &[Command]) -> Result<Self> {
        let unable = |e| Error::invalid("commands", "a command cannot be encoded").because(e);
        let content = serde_json::to_vec(&(by, commands)).map_err(unable)?;
        let row = Key::new().u8(Ident::Batch as u8).bytes(batch.as_bytes()).done();
        Ok(Remembered { row, digest: cipher::sha256(&[&content]) })
    }

    /// The receipt of the batch if it was committed before.
    pub(crate) fn receipt(&self, tx: &Tx<'_>) -> Result<Option<Receipt>> {
        let Some(stored) = tx.read().get(Table::Ident, &self.row)? else { return Ok(None) };
        let damaged =
            || Error::corrupted(Table::Ident.name(), &self.row, "what is remembered of a batch does not decode");
        let (digest, receipt) = stored.split_first_chunk::<32>().ok_or_else(damaged)?;
        if *digest != self.digest {
            return Err(Error::new(
                ErrorKind::Conflict,
                "a batch with this id and other commands was committed before",
            ));
        }
        minicbor::decode(receipt).map(Some).map_err(|e| damaged().because(e))
    }

    pub(crate) fn keep(self, tx: &mut Tx<'_>, receipt: &Receipt) -> Result<()> {
        let unable = |_| Error::invalid("commands", "a receipt cannot be encoded");
        let bytes = minicbor::to_vec(receipt).map_err(unable)?;
        tx.put(Table::Ident, self.row, [&self.digest[..], &bytes].concat());
        Ok(())
    }
}
