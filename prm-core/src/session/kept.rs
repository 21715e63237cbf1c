//! What each kind of record adds to the rules that all records follow.

use super::change::{Kept, Touches};
use crate::chart::{ChartEntry, EntryStatus, check};
use crate::command::RecordKind;
use crate::error::{Error, Result};
use crate::govern::policy::DataClass;
use crate::govern::{RoleGrant, Who};
use crate::id::RecordId;
use crate::people::{self, CareTeam, Member, Organisation, Patient, Practitioner, RelatedPerson};
use crate::time::{Instant, Zones};

impl Kept for Patient {
    const RECORD: RecordKind = RecordKind::Patient;
    const CLASS: DataClass = DataClass::Demographics;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, now: Instant, zones: &Zones) -> Result<Self> {
        people::check::check_patient(&self, now)?;
        if let Some(zone) = &self.time_zone {
            zones.offset_at(zone, now).map_err(|e| e.within(format_args!("time_zone")))?;
        }
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        let organisation = self.managing_organisation.map(|id| (RecordKind::Organisation, id.into()));
        let practitioners = self.general_practitioners.iter().map(|id| (RecordKind::Practitioner, (*id).into()));
        organisation.into_iter().chain(practitioners).collect()
    }

    fn touches(&self, _: RecordId) -> Touches {
        Touches::Patient
    }
}

impl Kept for RelatedPerson {
    const RECORD: RecordKind = RecordKind::RelatedPerson;
    const CLASS: DataClass = DataClass::Demographics;
    const POLICY: bool = true;

    fn checked(self, before: Option<&Self>, now: Instant, _: &Zones) -> Result<Self> {
        people::check::check_related_person(&self, now)?;
        if before.is_none_or(|before| before.patient == self.patient) {
            return Ok(self);
        }
        Err(Error::invalid("patient", "a related person stays with their patient; add another record"))
    }
}

impl Kept for Practitioner {
    const RECORD: RecordKind = RecordKind::Practitioner;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = true;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        people::check::check_practitioner(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        self.organisations.iter().map(|id| (RecordKind::Organisation, (*id).into())).collect()
    }
}

impl Kept for Organisation {
    const RECORD: RecordKind = RecordKind::Organisation;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = false;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        people::check::check_organisation(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        self.part_of.iter().map(|id| (RecordKind::Organisation, (*id).into())).collect()
    }
}

impl Kept for CareTeam {
    const RECORD: RecordKind = RecordKind::CareTeam;
    const CLASS: DataClass = DataClass::Directory;
    const POLICY: bool = true;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        people::check::check_care_team(&self)?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        let patients = self.patients.iter().map(|id| (RecordKind::Patient, (*id).into()));
        let members = self.members.iter().map(|member| match member.member {
            Member::Practitioner(_) => (RecordKind::Practitioner, member.member.record()),
            Member::Organisation(_) => (RecordKind::Organisation, member.member.record()),
            Member::RelatedPerson(_) => (RecordKind::RelatedPerson, member.member.record()),
            Member::Patient(_) => (RecordKind::Patient, member.member.record()),
        });
        let organisation = self.organisation.map(|id| (RecordKind::Organisation, id.into()));
        patients.chain(members).chain(organisation).collect()
    }

    fn shown(mut self, sees: &dyn Fn(RecordId) -> Result<bool>) -> Result<Self> {
        let (mut patients, mut members) = (Vec::new(), Vec::new());
        for patient in self.patients {
            patients.extend(sees(patient.into())?.then_some(patient));
        }
        for member in self.members {
            members.extend(sees(member.member.record())?.then_some(member));
        }
        (self.patients, self.members) = (patients, members);
        Ok(self)
    }
}

impl Kept for RoleGrant {
    const RECORD: RecordKind = RecordKind::RoleGrant;
    const CLASS: DataClass = DataClass::Policy;
    const POLICY: bool = true;

    fn checked(self, _: Option<&Self>, _: Instant, _: &Zones) -> Result<Self> {
        self.who.check().map_err(|e| e.within(format_args!("grant")))?;
        Ok(self)
    }

    fn names(&self) -> Vec<(RecordKind, RecordId)> {
        match &self.who {
            Who::Practitioner(id) => vec![(RecordKind::Practitioner, (*id).into())],
            Who::Patient(id) => vec![(RecordKind::Patient, (*id).into())],
            Who::RelatedPerson(id) => vec![(RecordKind::RelatedPerson, (*id).into())],
            Who::System(_) => Vec::new(),
        }
    }
}

impl Kept for ChartEntry {
    const RECORD: RecordKind = RecordKind::Entry;
    const CLASS: DataClass = DataClass::Chart;
    const POLICY: bool = false;

    fn checked(self, before: Option<&Self>, now: Instant, _: &Zones) -> Result<Self> {
        check::checked(self, before, now)
    }

    fn voided(mut self) -> Self {
        self.status = EntryStatus::EnteredInError;
        self
    }
}
