//! The room of people.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::command::Command;
use crate::error::{Error, Result};
use crate::govern::policy::{Action, DataClass};
use crate::id::{CareTeamId, OrganisationId, PatientId, PractitionerId, RecordId, RelatedPersonId};
use crate::page::{Cursor, Page};
use crate::people::{
    CareTeam, CareTeamView, Organisation, OrganisationView, Patient, PatientHit, PatientRow, PatientSearch,
    PatientView, Practitioner, PractitionerView, RelatedPerson, RelatedPersonView, index, search,
};
use crate::sensitive::Sensitive;
use crate::store::engine::Order;
use crate::store::key::{Key, Prefix};
use crate::store::record::{At, Covering, Header, Locator, Owner, Reader, Stored};
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::value;
use crate::time::Instant;

use super::calls::kept;
use super::change::Kept;
use super::look::Look;

/// Patients, the people around them, and those who care for them. See [`Session::people`].
#[derive(Debug, Clone, Copy)]
pub struct PeopleRoom<'a>(pub(super) &'a Session);

kept! { PeopleRoom:
    "a patient" Patient PatientId PatientView patient:
        add AddPatient, edit EditPatient, void VoidPatient, patient, history, known_at;
    "someone related to a patient" RelatedPerson RelatedPersonId RelatedPersonView related_person:
        add_related_person AddRelatedPerson, edit_related_person EditRelatedPerson,
        void_related_person VoidRelatedPerson, related_person, related_person_history, related_person_known_at;
    "a practitioner" Practitioner PractitionerId PractitionerView practitioner:
        add_practitioner AddPractitioner, edit_practitioner EditPractitioner,
        void_practitioner VoidPractitioner, practitioner, practitioner_history, practitioner_known_at;
    "an organisation" Organisation OrganisationId OrganisationView organisation:
        add_organisation AddOrganisation, edit_organisation EditOrganisation,
        void_organisation VoidOrganisation, organisation, organisation_history, organisation_known_at;
    "a care team" CareTeam CareTeamId CareTeamView care_team:
        add_care_team AddCareTeam, edit_care_team EditCareTeam,
        void_care_team VoidCareTeam, care_team, care_team_history, care_team_known_at;
}

/// A page of a list of patients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientPage {
    /// The patients, in the order of folded family and given names.
    pub patients: Vec<PatientRow>,
    /// Where the next page begins, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Cursor>,
}

impl PeopleRoom<'_> {
    /// Patients that `question` finds, best first, each with the reason: at most `limit` (1 to 1,000) of those the
    /// session may see.
    ///
    /// # Errors
    /// `Invalid` if nothing is asked for or for another limit, `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn search(&self, question: &PatientSearch, limit: u32) -> Result<Vec<PatientHit>> {
        let limit = Page::first(limit).rows();
        let limit = limit.map_err(|_| Error::invalid("limit", "a search gives 1 to 1,000 patients"))?;
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let dictionary = || look.live.tokens.at(State::read(reader.read)?.sequence, reader.read);
        let permits = |pid, covering| look.permits(pid, covering, Patient::CLASS, Action::Read);
        let hits = search::search(&reader, &dictionary, question, &permits, limit)?;
        let pids: Vec<_> = hits.iter().map(|(pid, _)| *pid).collect();
        look.listed(Patient::CLASS, &asked(question)?, &pids)?;
        Ok(hits.into_iter().map(|(_, hit)| hit).collect())
    }

    /// The patients the session may see, by name.
    ///
    /// # Errors
    /// `Invalid` for a page that is none, `AuditUnavailable`, `Corrupted`, `Closed`.
    pub fn list(&self, page: &Page) -> Result<PatientPage> {
        const QUESTION: &[u8] = b"patients by name";
        let limit = page.rows()?;
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let permits = |pid, covering| look.permits(pid, covering, Patient::CLASS, Action::Read);
        let (patients, next) = match look.filter.only_patients(Patient::CLASS, Action::Read) {
            Some(few) if few.len() <= Page::MOST as usize && page.after.is_none() && few.len() <= limit => {
                (search::list_of(&reader, &few, &permits)?, None)
            }
            _ => {
                let after = look.position(QUESTION, page)?;
                let list = search::list(&reader, after.as_deref(), limit, &permits)?;
                (list.patients, list.next)
            }
        };
        let pids: Vec<_> = patients.iter().map(|(pid, _)| *pid).collect();
        look.listed(Patient::CLASS, QUESTION, &pids)?;
        let next = next.map(|position| look.cursor(QUESTION, &position)).transpose()?;
        Ok(PatientPage { patients: patients.into_iter().map(|(_, row)| row).collect(), next })
    }

    /// People related to a patient, those entered in error left out, in the order they were added.
    ///
    /// # Errors
    /// As reading the patient.
    pub fn related_persons(&self, patient: PatientId) -> Result<Vec<RelatedPersonView>> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, Patient::CLASS, Action::Read)?;
        let people = index::related_persons(&reader, locator.owner.pid())?;
        let listed = people.into_iter().filter(|(_, stored)| stored.header.listed());
        Ok(listed.map(|(id, stored)| RelatedPersonView::of(id, stored)).collect())
    }

    /// Teams that care for a patient, each with those of its patients whom the session may see.
    ///
    /// # Errors
    /// As reading the patient.
    pub fn care_teams(&self, patient: PatientId) -> Result<Vec<CareTeamView>> {
        let look = self.0.inner().look()?;
        let reader = look.reader();
        let locator = look.locate::<Patient>(&reader, patient.into())?;
        look.admit(locator.owner, locator.covering, Patient::CLASS, Action::Read)?;
        let mut teams = Vec::new();
        for id in index::teams_for(reader.read, patient)? {
            let locator = look.locate::<CareTeam>(&reader, id.into())?;
            teams.push(CareTeamView::of(id, look.shown(&reader, reader.current(&locator)?)?));
        }
        Ok(teams)
    }
}

fn asked(question: &PatientSearch) -> Result<Vec<u8>> {
    serde_json::to_vec(question).map_err(|e| Error::invalid("question", "the question cannot be encoded").because(e))
}

impl Session {
    /// The current version of a record, permitted and put on record.
    pub(super) fn current<T: Kept, V>(&self, id: RecordId, view: impl FnOnce(Stored<T>) -> V) -> Result<V> {
        let look = self.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<T>(&reader, id)?;
        Ok(view(look.shown(&reader, reader.current(&locator)?)?))
    }

    /// The records of a kind that no patient owns and that were not entered in error, in the order of their ids.
    pub(super) fn shared_records<T: Kept>(&self) -> Result<Vec<(RecordId, Stored<T>)>> {
        let look = self.inner().look()?;
        let reader = look.reader();
        look.admit(Owner::Shared, Covering::default(), T::CLASS, Action::Read)?;
        let rows = Prefix::of(Key::new().u16(T::KIND).done());
        let mut records = Vec::new();
        reader.read.scan(Table::Shared, rows.span(), Order::Ascending, &mut |row, bytes| {
            if !value::is_further(bytes) {
                let id = row.last_chunk().map(|id| RecordId::from_uuid(uuid::Uuid::from_bytes(*id)));
                let cut_off = || Error::corrupted(Table::Shared.name(), row, "the key of a record is cut off");
                let stored: Stored<T> = reader.stored(Owner::Shared, Table::Shared, row, bytes)?;
                if stored.header.listed() {
                    records.push((id.ok_or_else(cut_off)?, stored));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(records)
    }

    pub(super) fn history<T: Kept, V>(&self, id: RecordId, view: impl Fn(Stored<T>) -> V) -> Result<Vec<V>> {
        let look: Look<'_> = self.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<T>(&reader, id)?;
        let mut shown = Vec::new();
        for stored in reader.versions::<T>(id, &locator)? {
            let covering = look.covering_then(&reader, id, &locator, &stored)?;
            if look.reaches(locator.owner, covering, T::CLASS) {
                shown.push(view(look.shown(&reader, stored)?));
            }
        }
        Ok(shown)
    }

    pub(super) fn known_at<T: Kept, V>(
        &self,
        id: RecordId,
        at: Instant,
        view: impl FnOnce(Stored<T>) -> V,
    ) -> Result<Option<V>> {
        let look = self.inner().look()?;
        let reader = look.reader();
        let locator = look.admit_record::<T>(&reader, id)?;
        let Some(stored) = reader.known_at::<T>(id, &locator, at)? else { return Ok(None) };
        let covering = look.covering_then(&reader, id, &locator, &stored)?;
        if !look.reaches(locator.owner, covering, T::CLASS) {
            look.admit(locator.owner, covering, T::CLASS, Action::Read)?;
        }
        Ok(Some(view(look.shown(&reader, stored)?)))
    }
}

impl Look<'_> {
    /// What the gate is asked about a version of a record, current or not: its labels then, and those of now.
    fn covering_then<T: Kept>(
        &self,
        reader: &Reader<'_>,
        id: RecordId,
        locator: &Locator,
        stored: &Stored<T>,
    ) -> Result<Covering> {
        let at = At { owner: locator.owner, id, header: &stored.header };
        let own = stored.record.covering(at, &mut self.numbers(reader))?;
        let patient = match locator.owner {
            Owner::Patient(pid) => self.covering(reader, pid)?,
            Owner::Shared => Covering::default(),
        };
        Ok(patient.over(locator.covering).over(own))
    }

    /// Whether a version may be read. Nothing is put on record.
    fn reaches(&self, owner: Owner, covering: Covering, class: DataClass) -> bool {
        match owner {
            Owner::Patient(pid) => self.permits(pid, covering, class, Action::Read),
            Owner::Shared => self.filter.shared(covering.labels, class, Action::Read),
        }
    }

    /// The record without what it names of patients whom the session may not see. Whoever keeps such records sees them
    /// whole: an edit is made on the whole.
    pub(super) fn shown<T: Kept>(&self, reader: &Reader<'_>, stored: Stored<T>) -> Result<Stored<T>> {
        let keeps = self.filter.shared(0, T::CLASS, Action::Write);
        let sees = |id: RecordId| {
            let Some(locator) = reader.locate(id)? else { return Ok(keeps) };
            let Owner::Patient(pid) = locator.owner else { return Ok(true) };
            let covering = self.covering(reader, pid)?.over(locator.covering);
            Ok(keeps || self.permits(pid, covering, Patient::CLASS, Action::Read))
        };
        Ok(Stored { header: stored.header, record: stored.record.shown(&sees)? })
    }
}
