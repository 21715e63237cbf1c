//! The library at the work of care plans, as a host uses it.

use std::collections::HashMap;
use std::path::Path;
use std::thread;

use chrono::{DateTime, Utc};
use prm_benches::{Answer, CareEngine, Caseload, Id, Pending, Result, Routine, Task, VERY_RESTRICTED, answer_of_rows};
use prm_core::engage::{
    Assignee, ClockStamp, ClockZone, DueOwner, DueQuery, Expiry, Outcome, OutcomeStatus, Pool, Recurrence, Schedule,
    Span, Stamp, Timing,
};
use prm_core::people::{Organisation, Practitioner};
use prm_core::{
    Actor, CivilTime, Clock, Coding, Command, Founder, Instant, ManualClock, Page, Prm, Progress, Purpose, ScheduleId,
    Session, Zones,
};
use uuid::Uuid;

use crate::records::{clinic, patient, patient_id};
use crate::{doctor_id, options};

const ZONE: &str = "America/New_York";

pub(crate) struct CareLibrary {
    prm: Prm,
    clock: ManualClock,
    caseload: Caseload,
    zones: Zones,
    /// Runs the store: adds patients, advances.
    office: Session,
    /// Works at every clinic.
    doctor: Session,
    /// Rules that were read into memory.
    rules: HashMap<Id, Recurrence>,
}

fn at(seconds: i64) -> Result<Instant> {
    DateTime::<Utc>::from_timestamp(seconds, 0).ok_or_else(|| "no such time".into())
}

fn civil(seconds: i64) -> Result<CivilTime> {
    Ok(CivilTime::try_from(at(seconds)?.naive_utc())?)
}

fn schedule_id(task: &Task) -> ScheduleId {
    ScheduleId::from_uuid(Uuid::from_bytes(task.id))
}

fn stamp(pending: &Pending) -> Result<Stamp> {
    Ok(Stamp::Clock(ClockStamp { civil: civil(pending.civil)?, second: false }))
}

impl CareLibrary {
    fn over(prm: Prm, clock: ManualClock, caseload: Caseload) -> Result<Self> {
        let office = prm.session(Actor::system("bench"), Purpose::Operations)?;
        let doctor = prm.session(Actor::practitioner(doctor_id()?).app("bench 1"), Purpose::Treatment)?;
        let zones = prm.zones().clone();
        Ok(CareLibrary { prm, clock, caseload, zones, office, doctor, rules: HashMap::new() })
    }

    fn rule(&self, task: &Task) -> Result<Recurrence> {
        let start = Some(civil(task.start)?);
        Ok(Recurrence::parse(task.routine.rule(), start, ClockZone::Floating, &self.zones)?)
    }

    fn schedule(&self, task: &Task) -> Result<Schedule> {
        let own = task.routine == Routine::Tablet;
        let pool = Pool::Organisation(clinic(self.caseload.clinic(task.number))?);
        let timing = Timing::Clock(self.rule(task)?);
        let mut schedule = Schedule {
            pool: (!own).then_some(pool),
            assignee: own.then_some(Assignee::Patient),
            role: task.routine.role().map(str::to_owned),
            ..Schedule::of(patient_id(task.patient), task.routine.title(), ZONE, timing)
        };
        if let (Some(days), Some(phase)) = (task.routine.late(), schedule.phases.first_mut()) {
            phase.window.expires = Expiry::After(Span { days, ..Span::default() });
        }
        Ok(schedule)
    }
}

fn complete(session: &Session, task: &Task, pending: &Pending) -> Result<()> {
    let outcome = Outcome::new(OutcomeStatus::Done);
    session.engage().record_outcome(schedule_id(task), stamp(pending)?, 0, outcome)?;
    Ok(())
}

fn start() -> Result<ManualClock> {
    Ok(ManualClock::new(at(prm_benches::now(0))?))
}

impl CareEngine for CareLibrary {
    fn create(folder: &Path, caseload: Caseload) -> Result<Self> {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let clock = start()?;
        let made = Prm::create(folder, options().clock(Clock::Manual(clock.clone())), Founder::system("bench"))?;
        let library = CareLibrary::over(made.prm, clock, caseload)?;
        let numbers = 0..u32::try_from(caseload.clinics())?;
        let organisations = numbers.map(clinic).collect::<Result<Vec<_>>>()?;
        let mut commands: Vec<Command> = Vec::new();
        for (number, id) in organisations.iter().enumerate() {
            let organisation = Organisation { name: format!("Clinic {number}"), ..Organisation::default() };
            commands.push(Command::AddOrganisation { id: Some(*id), organisation });
        }
        let practitioner = Practitioner { organisations, ..Practitioner::default() };
        commands.push(Command::AddPractitioner { id: Some(doctor_id()?), practitioner });
        library.office.execute(commands)?;
        Ok(library)
    }

    fn open(folder: &Path, caseload: Caseload) -> Result<Self> {
        let clock = start()?;
        let prm = Prm::open(folder, options().clock(Clock::Manual(clock.clone())))?;
        CareLibrary::over(prm, clock, caseload)
    }

    fn close(self) -> Result<()> {
        self.prm.shut_down()?;
        Ok(())
    }

    fn settings(&self) -> Result<String> {
        Ok(super::SETTINGS.to_owned())
    }

    fn set_now(&mut self, now: i64) {
        if let Ok(now) = at(now) {
            self.clock.set(now);
        }
    }

    fn ingest(&mut self, patients: &[(prm_benches::Patient, bool)], tasks: &[Task]) -> Result<()> {
        let mut commands = Vec::with_capacity(patients.len() + tasks.len());
        for (own, withheld) in patients {
            let mut record = patient(own)?;
            if *withheld {
                record.labels = vec![Coding::new("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "V")];
            }
            commands.push(Command::AddPatient { id: Some(patient_id(own.id)), patient: record });
        }
        for task in tasks {
            commands.push(Command::AddSchedule { id: Some(schedule_id(task)), schedule: self.schedule(task)? });
        }
        self.office.execute(commands)?;
        Ok(())
    }

    fn worklist(&mut self, of: u32, until: i64) -> Result<Answer> {
        let query = DueQuery { owner: DueOwner::Organisation(clinic(of)?), until: at(until)?, roles: Vec::new() };
        let page = self.doctor.engage().worklist(&query, &Page::first(Page::MOST))?;
        Ok(answer_of_rows(page.items.iter().map(|item| item.due.timestamp())))
    }

    fn due(&mut self, patient: &Task) -> Result<Answer> {
        let items = self.doctor.engage().due(patient_id(patient.patient))?;
        Ok(answer_of_rows(items.iter().map(|item| item.due.timestamp())))
    }

    fn complete(&mut self, task: &Task, pending: &Pending) -> Result<()> {
        complete(&self.doctor, task, pending)
    }

    fn complete_together(&mut self, of_writers: &[Vec<(Task, Pending)>]) -> Result<()> {
        thread::scope(|scope| {
            let start = |own: &'_ Vec<(Task, Pending)>| {
                let (session, own) = (self.doctor.clone(), own.clone());
                scope.spawn(move || own.iter().try_for_each(|(task, pending)| complete(&session, task, pending)))
            };
            let threads: Vec<_> = of_writers.iter().map(start).collect();
            threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a writer panicked")?)
        })
    }

    fn month(&mut self, task: &Task, from: i64, to: i64) -> Result<Answer> {
        let list = self.doctor.engage().occurrences_of(schedule_id(task), at(from)?, at(to)?, 100)?;
        Ok(answer_of_rows(list.occurrences.iter().map(|view| view.due.timestamp())))
    }

    fn expand(&mut self, task: &Task, from: i64, to: i64) -> Result<Answer> {
        if !self.rules.contains_key(&task.id) {
            self.rules.insert(task.id, self.rule(task)?);
        }
        let rule = self.rules.get(&task.id).ok_or("no such rule")?;
        let found = rule.between(&self.zones, ZONE, at(from)?, at(to)?, 100)?;
        Ok(answer_of_rows(found.instances.iter().map(|instance| instance.at.timestamp())))
    }

    fn advance(&mut self) -> Result<Answer> {
        let report = self.office.upkeep().advance(&Progress::default())?;
        match report.problems.first() {
            Some(problem) => Err(problem.clone().into()),
            None => Ok(report.moved),
        }
    }
}

/// The bit by which the other engines withhold is that of the label the patients carry here.
const _: () = assert!(VERY_RESTRICTED == 2);

#[cfg(test)]
mod tests {
    use super::*;
    use prm_benches::{CarePhase, rehearse_care};

    #[test]
    fn few_patients_are_seen_to_as_their_schedules_say() -> Result<()> {
        let folder = tempfile::tempdir()?;
        assert_eq!(rehearse_care::<CareLibrary>(&folder.path().join("store"))?, 2 * CarePhase::ALL.len());
        Ok(())
    }
}
