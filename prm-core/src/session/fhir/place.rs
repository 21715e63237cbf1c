//! Placing resources: which record each is, whose it is, and what is written.
//!
//! ```text
//! ident   6, first 16 bytes of SHA-256(name of source, 0, name of resource)   → kind u16 | record id 16 | digest 16
//! ```
//! Each name of a resource has a row. The digest is that of the text that was placed last, on the row of the key of the
//! resource alone, and zeros elsewhere. A key that is a name of other resources too keeps its record and digest, and leads
//! to none of them.

use std::ops::ControlFlow;

use super::FhirImport;
use super::prepare::{Prepared, told};
use super::report::{Outcome, Tally};
use crate::chart::source;
use crate::chart::{ChartEntry, LinkTarget};
use crate::command::RecordKind;
use crate::error::{Error, ErrorKind, Result};
use crate::govern::policy::Action;
use crate::id::RecordId;
use crate::interchange::fhir::{Mapped, Reference, Subject, Target};
use crate::people::index::flag;
use crate::people::{Organisation, Patient, Practitioner, RelatedPerson};
use crate::prm::Core;
use crate::sensitive::Sensitive;
use crate::session::Inner;
use crate::session::change::{self, Kept, Step};
use crate::session::decide::Deciding;
use crate::store::cipher;
use crate::store::engine::Order;
use crate::store::key::{Ident, Key, Prefix};
use crate::store::record::{CELL, CELLS, Covering, Header, Locator, Owner, Record, Stored};
use crate::store::tables::Table;
use crate::store::tx;

/// Kind of the records of patients.
const PATIENT: u16 = <Patient as Record>::KIND;

/// Stands for the kind of a name that several resources have.
const AMBIGUOUS: u16 = u16::MAX;

/// What a batch became.
pub(super) struct Placed {
    pub(super) tally: Tally,
    /// Resources whose patient may come with a later batch.
    pub(super) waiting: Vec<Prepared>,
}

pub(super) struct Placing<'p, 't, 'a> {
    deciding: &'p mut Deciding<'t, 'a>,
    core: &'p Core,
    what: &'p FhirImport,
    may_wait: bool,
    wrote: bool,
}

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    kind: u16,
    id: RecordId,
    digest: [u8; 16],
}

/// Whose a resource is.
enum Whose {
    Patient(Owner, crate::PatientId),
    Nobody,
    /// It may be a patient's who is not there yet.
    Wait,
}

impl<'p, 't, 'a> Placing<'p, 't, 'a> {
    pub(super) fn new(
        deciding: &'p mut Deciding<'t, 'a>,
        core: &'p Core,
        what: &'p FhirImport,
        may_wait: bool,
    ) -> Self {
        Placing { deciding, core, what, may_wait, wrote: false }
    }

    pub(super) fn wrote(&self) -> bool {
        self.wrote
    }

    /// Names first, so that references within the batch find each other in whatever order they come.
    pub(super) fn all(&mut self, resources: Vec<Prepared>) -> Result<Placed> {
        let mut placed = Placed { tally: Tally::default(), waiting: Vec::new() };
        let mut changed = Vec::with_capacity(resources.len());
        for prepared in resources {
            match self.known(&prepared.identity.key)? {
                Some(known) if known.digest == prepared.digest => {
                    placed.tally.outcome(&prepared.mapping.kind, Outcome::Unchanged, &[]);
                }
                known => {
                    let id = self.name(&prepared, known)?;
                    changed.push((id, prepared));
                }
            }
        }
        // Patients first: what is theirs is placed with them.
        changed.sort_by_key(|(_, prepared)| !matches!(prepared.mapping.mapped, Mapped::Patient(_)));
        for (id, prepared) in changed {
            self.one(id, prepared, &mut placed)?;
        }
        Ok(placed)
    }

    /// Places one resource. One that is refused leaves nothing behind but its names.
    fn one(&mut self, id: RecordId, prepared: Prepared, placed: &mut Placed) -> Result<()> {
        let (begun, wrote, unresolved) = (self.deciding.begin(), self.wrote, placed.tally.unresolved_links);
        let position = prepared.position;
        match self.place(id, prepared, placed) {
            Err(e) if e.kind() == ErrorKind::Invalid => {
                self.deciding.roll_back(begun);
                self.wrote = wrote;
                placed.tally.unresolved_links = unresolved;
                placed.tally.refuse(position, told(&e));
                Ok(())
            }
            done => done,
        }
    }

    fn place(&mut self, id: RecordId, mut prepared: Prepared, placed: &mut Placed) -> Result<()> {
        if self.known(&prepared.identity.key)?.is_some_and(|known| known.digest == prepared.digest) {
            placed.tally.outcome(&prepared.mapping.kind, Outcome::Unchanged, &[]);
            return Ok(());
        }
        let whose = match prepared.mapping.mapped {
            Mapped::Patient(_) | Mapped::Practitioner(_) | Mapped::Organisation(_) => Whose::Nobody,
            _ => self.whose(&prepared.mapping.subjects)?,
        };
        if matches!(whose, Whose::Wait) {
            placed.waiting.push(prepared);
            return Ok(());
        }
        let resolved = {
            let mut failed = None;
            prepared.mapping.resolve(|reference| {
                self.target(reference).unwrap_or_else(|e| {
                    failed = Some(e);
                    None
                })
            });
            failed.map_or(Ok(()), Err)
        };
        resolved?;
        let outcome = self.write(id, &prepared, whose, &mut placed.tally)?;
        placed.tally.outcome(&prepared.mapping.kind, outcome, &prepared.mapping.notes);
        Ok(())
    }

    fn write(&mut self, id: RecordId, prepared: &Prepared, whose: Whose, tally: &mut Tally) -> Result<Outcome> {
        let Prepared { mapping, .. } = prepared;
        let placed = match whose {
            Whose::Patient(owner, _) => self.leave_other_chart(owner, id, prepared)?,
            _ => id,
        };
        let (moved, id) = (placed != id, placed);
        let (outcome, owner, version) = match (mapping.mapped.clone(), &whose) {
            (Mapped::Patient(mut patient), _) => {
                patient.managing_organisation = patient.managing_organisation.or(self.what.managing_organisation);
                self.put(None, id, patient, |patient, before: &Patient| Patient {
                    managing_organisation: patient.managing_organisation.or(before.managing_organisation),
                    preferences: patient.preferences.clone().or_else(|| before.preferences.clone()),
                    ..patient
                })?
            }
            (Mapped::RelatedPerson(person), Whose::Patient(owner, patient)) => {
                let keep = |person, before: &RelatedPerson| RelatedPerson {
                    patient: before.patient,
                    authority: before.authority.clone(),
                    scope: before.scope.clone(),
                    evidence: before.evidence.clone(),
                    ..person
                };
                self.put(Some(*owner), id, person.of(*patient), keep)?
            }
            (Mapped::Practitioner(practitioner), _) => {
                self.put(Some(Owner::Shared), id, practitioner, |practitioner, before: &Practitioner| Practitioner {
                    organisations: before.organisations.clone(),
                    ..practitioner
                })?
            }
            (Mapped::Organisation(organisation), _) => {
                self.put(Some(Owner::Shared), id, organisation, |organisation, _: &Organisation| organisation)?
            }
            (_, whose) => {
                let mut entry = mapping.entry();
                entry.origin = Some(prepared.identity.origin(&self.what.source));
                let dangling = |link: &&crate::chart::Link| matches!(link.target, LinkTarget::Unresolved(_));
                tally.unresolved_links += entry.links.iter().filter(dangling).count() as u64;
                let owner = match whose {
                    Whose::Patient(owner, _) => *owner,
                    _ => Owner::Shared,
                };
                self.put(Some(owner), id, entry, |entry, _: &ChartEntry| entry)?
            }
        };
        source::keep(self.deciding.tx, owner, id, version, &prepared.source)?;
        let shared = self.known(&prepared.identity.key)?.is_some_and(|known| known.kind == AMBIGUOUS);
        let kind = if shared { AMBIGUOUS } else { self.kind(id)? };
        let known = Known { kind, id, digest: prepared.digest };
        self.put_name(&prepared.identity.key, known);
        Ok(if moved { Outcome::Changed } else { outcome })
    }

    /// The id under which a resource lies in the chart of `owner`. If it came before as another patient's, or as nobody's,
    /// that record is void from now on, and its names lead to a record of the owner's own.
    fn leave_other_chart(&mut self, owner: Owner, id: RecordId, prepared: &Prepared) -> Result<RecordId> {
        let located = self.deciding.tx.reader().locate(id)?;
        let Some(locator) = located.filter(|locator| locator.owner != owner) else { return Ok(id) };
        match locator.kind {
            ChartEntry::KIND => self.void::<ChartEntry>(id, &locator)?,
            RelatedPerson::KIND => self.void::<RelatedPerson>(id, &locator)?,
            _ => return Ok(id),
        }
        let own = self.fresh()?;
        for name in std::iter::once(&prepared.identity.key).chain(&prepared.identity.names) {
            if let Some(known) = self.known(name)?.filter(|known| known.id == id) {
                self.put_name(name, Known { id: own, ..known });
            }
        }
        Ok(own)
    }

    fn void<T: Kept>(&mut self, id: RecordId, locator: &Locator) -> Result<()> {
        let before: Stored<T> = self.before(locator)?;
        self.deciding.permit(locator.owner, id, &before, Action::Write)?;
        if !before.header.voided() {
            let reason = Sensitive::from("its source tells of another patient");
            let after = change::void(&before, before.header.version, reason, self.deciding.now)?;
            self.deciding.write(Step { owner: locator.owner, id, before: Some(before), after })?;
            self.wrote = true;
        }
        Ok(())
    }

    /// Writes a record as its first or next version. `keep` carries over what only this store knows.
    fn put<T: Kept>(
        &mut self,
        owner: Option<Owner>,
        id: RecordId,
        record: T,
        keep: impl FnOnce(T, &T) -> T,
    ) -> Result<(Outcome, Owner, u32)> {
        let now = self.deciding.now;
        let located = self.deciding.tx.reader().locate(id)?;
        let (owner, before, after, action) = match located {
            None => {
                let owner = match owner {
                    Some(owner) => owner,
                    None => Owner::Patient(self.deciding.tx.new_pid()?),
                };
                (owner, None, Stored { header: Header::first(now), record }, Action::Add)
            }
            Some(locator) => {
                let before: Stored<T> = self.before(&locator)?;
                self.deciding.permit(locator.owner, id, &before, Action::Write)?;
                let flags = before.header.flags & !Header::REFERENCED;
                let header = tx::next_header(&before.header, now, flags, before.header.reason.clone());
                let mut record = keep(record, &before.record);
                if before.header.voided() {
                    record = record.voided();
                }
                (locator.owner, Some(before), Stored { header, record }, Action::Write)
            }
        };
        self.deciding.permit(owner, id, &after, action)?;
        let referenced = before.as_ref().is_some_and(|before| before.header.referenced());
        let outcome = if before.is_none() || referenced { Outcome::Added } else { Outcome::Changed };
        let version = after.header.version;
        self.deciding.write(Step { owner, id, before, after })?;
        self.wrote = true;
        Ok((outcome, owner, version))
    }

    fn before<T: Kept>(&self, locator: &Locator) -> Result<Stored<T>> {
        if locator.kind != T::KIND {
            return Err(Error::invalid("resource", "the identity belongs to a record of another kind"));
        }
        self.deciding.tx.reader().current(locator)
    }

    fn kind(&self, id: RecordId) -> Result<u16> {
        Ok(self.deciding.tx.reader().locate(id)?.map_or(0, |locator| locator.kind))
    }

    /// Whose a resource is, by the first subject that leads to a patient.
    fn whose(&mut self, subjects: &[Subject]) -> Result<Whose> {
        let mut perhaps = false;
        for subject in subjects {
            let reference = subject.reference();
            let found = self.follow(reference)?;
            let owner = match found {
                Some(known) => self.deciding.tx.reader().locate(known.id)?.map(|locator| locator.owner),
                None => None,
            };
            match (subject, found, owner) {
                (Subject::SameAs(_), Some(_), Some(Owner::Patient(pid))) => {
                    if let Some(patient) = self.patient_of(pid)? {
                        return Ok(Whose::Patient(Owner::Patient(pid), patient));
                    }
                }
                (_, Some(known), Some(owner @ Owner::Patient(_))) if known.kind == PATIENT => {
                    return Ok(Whose::Patient(owner, known.id.into()));
                }
                (Subject::Patient(_), None, _) if !reference.names().is_empty() => {
                    let (owner, id) = self.refer(reference)?;
                    return Ok(Whose::Patient(owner, id.into()));
                }
                // A name given to a resource of this batch that is not written yet, or of none yet.
                (Subject::Perhaps(_) | Subject::SameAs(_), _, None) => perhaps |= !reference.names().is_empty(),
                _ => {}
            }
        }
        Ok(if perhaps && self.may_wait { Whose::Wait } else { Whose::Nobody })
    }

    /// A patient known by reference alone.
    fn refer(&mut self, reference: &Reference) -> Result<(Owner, RecordId)> {
        let id = self.fresh()?;
        let pid = self.deciding.tx.new_pid()?;
        let mut header = Header::first(self.deciding.now);
        header.flags |= Header::REFERENCED;
        let record = Patient { managing_organisation: self.what.managing_organisation, ..Patient::default() };
        let after = Stored { header, record };
        let owner = Owner::Patient(pid);
        self.deciding.permit(owner, id, &after, Action::Add)?;
        self.deciding.write(Step { owner, id, before: None, after })?;
        self.wrote = true;
        for name in reference.names() {
            self.put_name(&name, Known { kind: PATIENT, id, digest: [0; 16] });
        }
        Ok((owner, id))
    }

    fn patient_of(&self, pid: u64) -> Result<Option<crate::PatientId>> {
        Ok(crate::people::index::by_pid(self.deciding.tx.read(), pid)?.map(|(id, _)| id))
    }

    /// What a link to `reference` leads to.
    fn target(&self, reference: &Reference) -> Result<Option<LinkTarget>> {
        let Some(known) = self.follow(reference)? else { return Ok(None) };
        Ok(Some(match RecordKind::from_number(u32::from(known.kind)) {
            RecordKind::Patient => LinkTarget::Patient(known.id.into()),
            RecordKind::Practitioner => LinkTarget::Practitioner(known.id.into()),
            RecordKind::Organisation => LinkTarget::Organisation(known.id.into()),
            RecordKind::Entry => LinkTarget::Entry(known.id.into()),
            _ => LinkTarget::Record(known.id),
        }))
    }

    fn follow(&self, reference: &Reference) -> Result<Option<Known>> {
        if matches!(reference.target(), Target::Contained(_)) {
            return Ok(None);
        }
        for name in reference.names() {
            if let Some(known) = self.known(&name)?.filter(|known| known.kind != AMBIGUOUS) {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    fn fresh(&self) -> Result<RecordId> {
        Ok(RecordId::from_uuid(self.core.ids.next(self.deciding.now)?))
    }

    /// The id of a resource under its names, all of which lead to it from now on.
    fn name(&mut self, prepared: &Prepared, known: Option<Known>) -> Result<RecordId> {
        let kind = match prepared.mapping.mapped {
            Mapped::Patient(_) => PATIENT,
            Mapped::Practitioner(_) => Practitioner::KIND,
            Mapped::Organisation(_) => Organisation::KIND,
            Mapped::RelatedPerson(_) => RelatedPerson::KIND,
            _ => ChartEntry::KIND,
        };
        let mut found = known.filter(|known| known.kind != AMBIGUOUS || known.digest != [0; 16]);
        for name in &prepared.identity.names {
            if found.is_none() {
                found = self.known(name)?.filter(|known| known.kind == kind);
                if let Some(known) = found
                    && !self.is_referenced(known.id)?
                {
                    found = None;
                }
            }
        }
        let id = match found {
            Some(known) => known.id,
            None => self.fresh()?,
        };
        for name in std::iter::once(&prepared.identity.key).chain(&prepared.identity.names) {
            match self.known(name)? {
                None => self.put_name(name, Known { kind, id, digest: [0; 16] }),
                // An identifier that several resources have tells none of them.
                Some(known) if known.id != id && *name != prepared.identity.key => {
                    self.put_name(name, Known { kind: AMBIGUOUS, ..known });
                }
                Some(_) => {}
            }
        }
        Ok(id)
    }

    /// Whether a record is there by reference alone.
    fn is_referenced(&self, id: RecordId) -> Result<bool> {
        let located = self.deciding.tx.reader().locate(id)?;
        Ok(located.is_some_and(|locator| locator.covering.flags & flag::REFERENCED != 0))
    }

    fn row(&self, name: &str) -> Vec<u8> {
        let digest = cipher::sha256(&[self.what.source.as_bytes(), &[0], name.as_bytes()]);
        Key::new().u8(Ident::Reference as u8).bytes(digest.first_chunk::<16>().map_or(&[], |d| d.as_slice())).done()
    }

    fn known(&self, name: &str) -> Result<Option<Known>> {
        let row = self.row(name);
        let Some(bytes) = self.deciding.tx.read().get(Table::Ident, &row)? else { return Ok(None) };
        let mut reader = crate::store::bytes::Reader::new(&bytes);
        let mut known = || {
            let (kind, id, digest) = (reader.u16()?, reader.array()?, reader.array()?);
            Some(Known { kind, id: RecordId::from_uuid(uuid::Uuid::from_bytes(id)), digest })
        };
        known().map(Some).ok_or_else(|| Error::corrupted(Table::Ident.name(), &row, "a reference is cut off"))
    }

    fn put_name(&mut self, name: &str, known: Known) {
        let row = self.row(name);
        let value = [&known.kind.to_be_bytes()[..], known.id.as_bytes(), &known.digest].concat();
        self.deciding.tx.put(Table::Ident, row, value);
    }
}

/// How many patients, of those the session may see, are known by reference alone.
pub(super) fn referenced_patients(session: &Inner) -> Result<u64> {
    let look = session.look()?;
    let reader = look.reader();
    let mut count = 0;
    let cells = Prefix::of(Key::new().u16(tx::COVERING).done());
    reader.read.scan(Table::Facet, cells.span(), Order::Ascending, &mut |row, packed| {
        let first = row.last_chunk().map_or(0, |n| u64::from(u32::from_be_bytes(*n)) * CELLS);
        let referenced = (first..).zip(packed.chunks_exact(CELL).filter_map(Covering::from_cell));
        let referenced = referenced.filter(|(_, covering)| covering.flags & flag::REFERENCED != 0);
        let seen = |(pid, covering): &(u64, Covering)| look.permits(*pid, *covering, Patient::CLASS, Action::Read);
        count += referenced.filter(seen).count() as u64;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(count)
}
