//! Deciding commands within the transaction that will hold them: load facts, ask the gate, apply the rule, write.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::change::{self, Kept, Step, Touches};
use super::decisions::Successor;
use super::facts;
use crate::chart::ChartEntry;
use crate::command::{Command, Receipt, RecordKind, Written};
use crate::decide::{Decision, DecisionAid, amend, revert};
use crate::engage::{CarePause, HolidayCalendar, Schedule};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::EvidenceSource;
use crate::govern::access::{By, Entry, Wrote};
use crate::govern::filter::{self, Filter, Verdict};
use crate::govern::policy::{Action, DataClass};
use crate::govern::{Actor, RoleGrant, Who};
use crate::id::{BatchId, PatientId, RecordId};
use crate::people::index::flag;
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};
use crate::plan::{CarePlan, CareTemplate, Goal};
use crate::sensitive::Sensitive;
use crate::store::cipher;
use crate::store::key::{Ident, Key, Pid};
use crate::store::record::{At, Covering, Header, Locator, Owner, Stored};
use crate::store::tables::Table;
use crate::store::tx::{self, Savepoint, Tx};
use crate::time::{Instant, Zones};

/// Who decides, what for, and what the gate said when they began.
#[derive(Debug, Clone)]
pub(crate) struct Acting {
    pub(crate) by: By,
    pub(crate) actor: Actor,
    pub(crate) policy: u64,
    pub(crate) filter: Arc<Filter>,
    pub(crate) denied: Denied,
    pub(crate) zones: Zones,
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
    /// Whose next occurrence is to be found again before the batch ends.
    pub(super) touched: BTreeMap<Pid, BTreeSet<Touches>>,
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
            touched: BTreeMap::new(),
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
        use Command as C;
        match command {
            C::AddPatient { id, patient } => {
                let owner = Owner::Patient(self.tx.new_pid()?);
                self.add_one(owner, id, patient)
            }
            C::EditPatient { id, version, patient } => self.edit_one(id.into(), version, patient),
            C::VoidPatient { id, version, reason } => self.void_one::<Patient>(id.into(), version, reason),
            C::AddRelatedPerson { id, related_person } => self.add_of(related_person.patient, id, related_person),
            C::EditRelatedPerson { id, version, related_person } => self.edit_one(id.into(), version, related_person),
            C::VoidRelatedPerson { id, version, reason } => self.void_one::<RelatedPerson>(id.into(), version, reason),
            C::AddPractitioner { id, practitioner } => self.add_one(Owner::Shared, id, practitioner),
            C::EditPractitioner { id, version, practitioner } => self.edit_one(id.into(), version, practitioner),
            C::VoidPractitioner { id, version, reason } => self.void_one::<Practitioner>(id.into(), version, reason),
            C::AddOrganisation { id, organisation } => self.add_one(Owner::Shared, id, organisation),
            C::EditOrganisation { id, version, organisation } => self.edit_one(id.into(), version, organisation),
            C::VoidOrganisation { id, version, reason } => self.void_one::<Organisation>(id.into(), version, reason),
            C::AddCareTeam { id, care_team } => self.add_one(Owner::Shared, id, care_team),
            C::EditCareTeam { id, version, care_team } => self.edit_one(id.into(), version, care_team),
            C::VoidCareTeam { id, version, reason } => self.void_one::<CareTeam>(id.into(), version, reason),
            C::AddEntry { id, patient, entry } => self.add_of(patient, id, entry),
            C::EditEntry { id, version, entry } => self.edit_one(id.into(), version, entry),
            C::VoidEntry { id, version, reason } => self.void_one::<ChartEntry>(id.into(), version, reason),
            C::GrantRole { id, grant } => self.add_one(Owner::Shared, id, grant),
            C::EditRole { id, version, grant } => self.edit_one(id.into(), version, grant),
            C::RevokeRole { id, version, reason } => self.void_one::<RoleGrant>(id.into(), version, reason),
            C::AddCareTemplate { id, care_template } => self.add_one(Owner::Shared, id, care_template),
            C::EditCareTemplate { id, version, care_template } => self.edit_one(id.into(), version, care_template),
            C::VoidCareTemplate { id, version, reason } => self.void_one::<CareTemplate>(id.into(), version, reason),
            C::AddHolidayCalendar { id, holiday_calendar } => self.add_one(Owner::Shared, id, holiday_calendar),
            C::EditHolidayCalendar { id, version, holiday_calendar } => {
                self.edit_one(id.into(), version, holiday_calendar)
            }
            C::VoidHolidayCalendar { id, version, reason } => {
                self.void_one::<HolidayCalendar>(id.into(), version, reason)
            }
            C::AddCarePlan { id, care_plan } => self.add_of(care_plan.patient, id, care_plan),
            C::EditCarePlan { id, version, care_plan } => self.edit_one(id.into(), version, care_plan),
            C::VoidCarePlan { id, version, reason } => self.void_one::<CarePlan>(id.into(), version, reason),
            C::AddGoal { id, goal } => self.add_of(goal.patient, id, goal),
            C::EditGoal { id, version, goal } => self.edit_one(id.into(), version, goal),
            C::VoidGoal { id, version, reason } => self.void_one::<Goal>(id.into(), version, reason),
            C::AddSchedule { id, schedule } => self.add_of(schedule.patient, id, schedule),
            C::EditSchedule { id, version, schedule } => self.edit_one(id.into(), version, schedule),
            C::VoidSchedule { id, version, reason } => self.void_one::<Schedule>(id.into(), version, reason),
            C::AddCarePause { id, care_pause } => self.add_of(care_pause.patient, id, care_pause),
            C::EditCarePause { id, version, care_pause } => self.edit_one(id.into(), version, care_pause),
            C::VoidCarePause { id, version, reason } => self.void_one::<CarePause>(id.into(), version, reason),
            C::RecordOutcome { id, schedule, stamp, version, outcome } => {
                self.record_outcome(id, schedule, stamp, version, outcome)
            }
            C::UndoOutcome { schedule, stamp, version } => self.undo_outcome(schedule, stamp, version),
            C::MoveOccurrence { schedule, stamp, version, to } => self.move_occurrence(schedule, stamp, version, to),
            C::ChangeSchedule { id, version, from, timing, window, outcomes } => {
                self.change_schedule(id, version, from, timing, window, outcomes)
            }
            C::StartPlan { id, template, patient, start } => {
                self.start_plan(given(id)?.into(), template, patient, start)
            }
            C::AdvancePlan { id, version, state, start } => self.advance_plan(id, version, state.as_deref(), start),
            C::UpgradePlan { id, version, template, choices, start } => {
                self.upgrade_plan(id, version, template, &choices, start)
            }
            C::AddEvidenceSource { id, evidence_source } => self.add_one(Owner::Shared, id, evidence_source),
            C::EditEvidenceSource { id, version, evidence_source } => {
                self.edit_one(id.into(), version, evidence_source)
            }
            C::VoidEvidenceSource { id, version, reason } => {
                self.void_one::<EvidenceSource>(id.into(), version, reason)
            }
            C::AddDecisionAid { id, decision_aid } => self.add_one(Owner::Shared, id, decision_aid),
            C::EditDecisionAid { id, version, decision_aid } => self.edit_one(id.into(), version, decision_aid),
            C::VoidDecisionAid { id, version, reason } => self.void_one::<DecisionAid>(id.into(), version, reason),
            C::OpenDecision { id, patient, opening } => self.open_decision(id, patient, opening),
            C::AddDecision { id, decision } => self.add_of(decision.patient, id, decision),
            C::MoveDecision { id, version, channel, steps } => self.move_decision(id, version, channel, steps),
            C::AmendDecision { id, decision, version, channel, reason } => self.succeed_decision(
                Successor { id, of: decision, version, channel, reason, action: Action::Write },
                amend,
            ),
            C::RevertDecision { id, decision, version, channel, reason } => self.succeed_decision(
                Successor { id, of: decision, version, channel, reason, action: Action::Add },
                revert,
            ),
            C::VoidDecision { id, version, reason } => self.void_one::<Decision>(id.into(), version, reason),
            C::HandOverPlan { id, version, from, to } => self.hand_over_plan(id, version, from, to),
        }
    }

    fn add_one<T: Kept>(&mut self, owner: Owner, id: Option<impl Into<RecordId>>, record: T) -> Result<Written> {
        let step = self.add(owner, given(id)?, record)?;
        self.write(step)
    }

    fn add_of<T: Kept>(&mut self, patient: PatientId, id: Option<impl Into<RecordId>>, record: T) -> Result<Written> {
        let step = self.add_to(patient, given(id)?, record)?;
        self.write(step)
    }

    pub(super) fn edit_one<T: Kept>(&mut self, id: RecordId, version: u32, record: T) -> Result<Written> {
        let step = self.edit(id, version, record)?;
        self.write(step)
    }

    fn void_one<T: Kept>(&mut self, id: RecordId, version: u32, reason: Sensitive) -> Result<Written> {
        let step = self.void::<T>(id, version, reason)?;
        self.write(step)
    }

    pub(super) fn zones(&self) -> &'t Zones {
        &self.acting.zones
    }

    pub(super) fn who(&self) -> &'t Who {
        &self.acting.actor.who
    }

    /// Where a patient's record lies.
    pub(super) fn patient(&mut self, id: PatientId) -> Result<Locator> {
        if let Some((_, locator)) = self.named.as_ref().filter(|(named, _)| *named == id) {
            return Ok(locator.clone());
        }
        let locator = self.locate(RecordKind::Patient, id.into())?;
        self.named = Some((id, locator.clone()));
        Ok(locator)
    }

    /// Adds a record of a patient.
    pub(super) fn add_to<T: Kept>(&mut self, patient: PatientId, id: RecordId, record: T) -> Result<Step<T>> {
        let locator = self.patient(patient)?;
        let step = self.add(locator.owner, id, record)?;
        if locator.covering.flags & flag::VOIDED != 0 {
            return Err(Error::new(ErrorKind::Conflict, "the record of the patient is void and takes nothing new"));
        }
        Ok(step)
    }

    pub(super) fn locate(&self, kind: RecordKind, id: RecordId) -> Result<Locator> {
        let found = self.tx.reader().locate(id)?.filter(|l| Some(u32::from(l.kind)) == kind.number());
        found.ok_or_else(|| Error::new(ErrorKind::NotFound, format!("there is no {kind} with the id {id}")))
    }

    pub(super) fn current<T: Kept>(&self, id: RecordId) -> Result<(Owner, Stored<T>)> {
        let locator = self.locate(T::RECORD, id)?;
        Ok((locator.owner, self.tx.reader().current(&locator)?))
    }

    pub(crate) fn add<T: Kept>(&mut self, owner: Owner, id: RecordId, record: T) -> Result<Step<T>> {
        let exists = self.tx.reader().locate(id)?.is_some();
        let mut after = change::add(record, exists, self.now, &self.acting.zones)?;
        if matches!(self.acting.actor.who, Who::Patient(_) | Who::RelatedPerson(_)) {
            after.header.flags |= Header::OWN;
        }
        // The gate first: who may not write does not learn which records there are.
        self.permit(owner, id, &after, Action::Add)?;
        self.exist(owner, &after.record)?;
        Ok(Step { owner, id, before: None, after })
    }

    pub(crate) fn edit<T: Kept>(&mut self, id: RecordId, version: u32, record: T) -> Result<Step<T>> {
        let (owner, before) = self.current::<T>(id)?;
        self.permit(owner, id, &before, needed(&before.header))?;
        let after = change::edit(&before, version, record, self.now, &self.acting.zones)?;
        self.permit(owner, id, &after, needed(&before.header))?;
        self.exist(owner, &after.record)?;
        Ok(Step { owner, id, before: Some(before), after })
    }

    pub(super) fn void<T: Kept>(&mut self, id: RecordId, version: u32, reason: Sensitive) -> Result<Step<T>> {
        let (owner, before) = self.current::<T>(id)?;
        self.permit(owner, id, &before, needed(&before.header))?;
        let after = change::void(&before, version, reason, self.now)?;
        Ok(Step { owner, id, before: Some(before), after })
    }

    /// Whether what a record names is there, and is of the same patient where it is of one.
    pub(super) fn exist<T: Kept>(&self, owner: Owner, record: &T) -> Result<()> {
        record.names().into_iter().try_for_each(|(kind, id)| {
            let found = self.locate(kind.clone(), id)?;
            let own = matches!(kind, RecordKind::Entry | RecordKind::CarePlan | RecordKind::Schedule);
            if own && found.owner != owner {
                return Err(Error::new(
                    ErrorKind::NotFound,
                    format!("there is no {kind} of this patient with the id {id}"),
                ));
            }
            Ok(())
        })
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

    pub(crate) fn write<T: Kept>(&mut self, step: Step<T>) -> Result<Written> {
        let Step { owner, id, before, after } = step;
        self.tx.write(owner, id, before.as_ref(), &after)?;
        self.latest = self.latest.max(after.header.recorded);
        if T::RECORD == RecordKind::Patient {
            (self.named, self.covered) = (None, None);
        }
        let voided = after.header.voided();
        if let Owner::Patient(pid) = owner
            && before.is_some() | (T::RECORD != RecordKind::Patient)
        {
            match after.record.touches(id) {
                Touches::Nothing => {}
                touches => {
                    self.touched.entry(pid).or_default().insert(touches);
                }
            }
        }
        if T::RECORD == RecordKind::HolidayCalendar && before.is_some() {
            self.touch_followers(id.into())?;
        }
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
    pub(crate) fn end(
        mut self,
        batch: BatchId,
        written: Vec<Written>,
        remembered: Option<Remembered>,
    ) -> Result<Receipt> {
        self.settle_due()?;
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

/// What it takes to change what was recorded.
pub(super) fn needed(before: &Header) -> Action {
    if before.flags & Header::OWN == 0 { Action::Write } else { Action::Add }
}

/// The id of a record of a batch.
pub(super) fn given<I: Into<RecordId>>(id: Option<I>) -> Result<RecordId> {
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
