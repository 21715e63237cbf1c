//! What a store should hold after batches, kept in plain maps by rules written down a second time.

use std::collections::BTreeMap;

use crate::ErrorKind;
use crate::chart::{ChartEntry, EntryStatus};
use crate::command::{Batch, Command};
use crate::id::{BatchId, EntryId, PatientId, RecordId};
use crate::people::Patient;
use crate::time::Instant;

/// A version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version<T> {
    pub(super) version: u32,
    pub(super) recorded: Instant,
    pub(super) voided: Option<String>,
    pub(super) record: T,
}

/// Every version of a record, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    Patient(Vec<Version<Patient>>),
    Entry(PatientId, Vec<Version<ChartEntry>>),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) records: BTreeMap<RecordId, Kept>,
    batches: BTreeMap<BatchId, (Vec<Command>, Vec<u32>)>,
}

impl Model {
    /// The versions that the receipt must name, or the kind of error. A rejected batch changes nothing.
    pub(super) fn execute(&mut self, batch: &Batch, now: Instant) -> Result<Vec<u32>, ErrorKind> {
        if let Some((commands, versions)) = batch.id.and_then(|id| self.batches.get(&id)) {
            return if *commands == batch.commands { Ok(versions.clone()) } else { Err(ErrorKind::Conflict) };
        }
        let mut after = self.clone();
        let versions =
            batch.commands.iter().map(|command| after.command(command, now)).collect::<Result<Vec<_>, _>>()?;
        if let Some(id) = batch.id {
            after.batches.insert(id, (batch.commands.clone(), versions.clone()));
        }
        *self = after;
        Ok(versions)
    }

    fn command(&mut self, command: &Command, now: Instant) -> Result<u32, ErrorKind> {
        match command.clone() {
            Command::AddPatient { id: Some(id), patient } => {
                self.vacant(id.into())?;
                self.records.insert(id.into(), Kept::Patient(first(patient, now)));
                Ok(1)
            }
            Command::AddEntry { id: Some(id), patient, entry } => {
                let is_void = self.patient(patient)?.last().is_some_and(|version| version.voided.is_some());
                self.vacant(id.into())?;
                let entry = possible(entry)?;
                if is_void {
                    return Err(ErrorKind::Conflict);
                }
                self.records.insert(id.into(), Kept::Entry(patient, first(entry, now)));
                Ok(1)
            }
            Command::EditPatient { id, version, patient } => {
                next(self.patient(id)?, version, now, |_| Ok((patient, None)))
            }
            Command::EditEntry { id, version, entry } => {
                next(self.entry(id)?, version, now, |_| Ok((possible(entry)?, None)))
            }
            Command::VoidPatient { id, version, reason } => {
                let reason = reason.into_exposed();
                next(self.patient(id)?, version, now, |before| Ok((before, Some(stated(reason)?))))
            }
            Command::VoidEntry { id, version, reason } => {
                let reason = reason.into_exposed();
                next(self.entry(id)?, version, now, |before| {
                    Ok((ChartEntry { status: EntryStatus::EnteredInError, ..before }, Some(stated(reason)?)))
                })
            }
            other => panic!("the model knows no {other:?}"),
        }
    }

    fn vacant(&self, id: RecordId) -> Result<(), ErrorKind> {
        if self.records.contains_key(&id) { Err(ErrorKind::Conflict) } else { Ok(()) }
    }

    fn patient(&mut self, id: PatientId) -> Result<&mut Vec<Version<Patient>>, ErrorKind> {
        match self.records.get_mut(&id.into()) {
            Some(Kept::Patient(versions)) => Ok(versions),
            _ => Err(ErrorKind::NotFound),
        }
    }

    fn entry(&mut self, id: EntryId) -> Result<&mut Vec<Version<ChartEntry>>, ErrorKind> {
        match self.records.get_mut(&id.into()) {
            Some(Kept::Entry(_, versions)) => Ok(versions),
            _ => Err(ErrorKind::NotFound),
        }
    }

    /// Entries that a patient's timeline shows, newest first; of the same day by id.
    pub(super) fn timeline(&self, patient: PatientId) -> Vec<EntryId> {
        let mut shown: Vec<_> = self
            .records
            .iter()
            .filter_map(|(id, kept)| match kept {
                Kept::Entry(of, versions) if *of == patient => Some((*id, current(versions))),
                _ => None,
            })
            .filter(|(_, current)| current.voided.is_none())
            .map(|(id, current)| (std::cmp::Reverse(current.record.when.map(|when| when.date())), EntryId::from(id)))
            .collect();
        shown.sort_unstable();
        shown.into_iter().map(|(_, id)| id).collect()
    }

    /// Patients that lists show.
    pub(super) fn listed(&self) -> BTreeMap<PatientId, &Patient> {
        let patients = self.records.iter().filter_map(|(id, kept)| match kept {
            Kept::Patient(versions) => Some((PatientId::from(*id), current(versions))),
            Kept::Entry(..) => None,
        });
        patients.filter(|(_, v)| v.voided.is_none()).map(|(id, v)| (id, &v.record)).collect()
    }
}

pub(super) fn current<T>(versions: &[Version<T>]) -> &Version<T> {
    versions.last().unwrap()
}

/// The version that was known at an instant.
pub(super) fn known_at<T>(versions: &[Version<T>], at: Instant) -> Option<&Version<T>> {
    versions.iter().rev().find(|version| version.recorded <= at)
}

fn first<T>(record: T, recorded: Instant) -> Vec<Version<T>> {
    vec![Version { version: 1, recorded, voided: None, record }]
}

fn next<T: Clone>(
    versions: &mut Vec<Version<T>>,
    version: u32,
    now: Instant,
    change: impl FnOnce(T) -> Result<(T, Option<String>), ErrorKind>,
) -> Result<u32, ErrorKind> {
    let before = current(versions).clone();
    if before.version != version || before.voided.is_some() {
        return Err(ErrorKind::Conflict);
    }
    let (record, voided) = change(before.record)?;
    versions.push(Version { version: version + 1, recorded: now.max(before.recorded), voided, record });
    Ok(version + 1)
}

fn possible(entry: ChartEntry) -> Result<ChartEntry, ErrorKind> {
    if entry.status == EntryStatus::EnteredInError { Err(ErrorKind::Invalid) } else { Ok(entry) }
}

fn stated(reason: String) -> Result<String, ErrorKind> {
    if reason.trim().is_empty() { Err(ErrorKind::Invalid) } else { Ok(reason) }
}
