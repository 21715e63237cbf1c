//! What every engine must answer, from the schedules as they were made: a list, searched from end to end.

use std::collections::BTreeMap;
use std::path::Path;

use super::engine::CareEngine;
use super::routine::{Caseload, Pending, Task, pending};
use crate::engine::{Answer, Result};
use crate::generate::{Id, Patient};

/// Rows of a page at most.
const PAGE: usize = 1_000;

/// The engine that is a list.
#[derive(Debug)]
pub struct CareModel {
    caseload: Caseload,
    now: i64,
    tasks: BTreeMap<Id, (Task, Option<i64>)>,
    advanced: Option<i64>,
}

impl CareModel {
    fn next(&self, of: impl Fn(&Task) -> bool) -> impl Iterator<Item = Pending> {
        self.tasks.values().filter(move |(task, _)| of(task)).map(|(task, done)| pending(task, *done, self.now))
    }
}

/// Bits of an answer that count the rows.
const ROWS: u32 = 24;

/// How many rows answers together had.
pub fn rows_of_answers(answer: Answer) -> u64 {
    answer % (1 << ROWS)
}

/// How many rows there are and the sum of when they are due.
pub fn answer_of_rows(dues: impl Iterator<Item = i64>) -> Answer {
    dues.fold(0, |sum: Answer, due| sum.wrapping_add((due as u64) << ROWS).wrapping_add(1))
}

impl CareEngine for CareModel {
    fn create(_: &Path, caseload: Caseload) -> Result<Self> {
        Ok(CareModel { caseload, now: 0, tasks: BTreeMap::new(), advanced: None })
    }

    fn open(_: &Path, _: Caseload) -> Result<Self> {
        Err("a list is not kept".into())
    }

    fn close(self) -> Result<()> {
        Ok(())
    }

    fn settings(&self) -> Result<String> {
        Ok("a list in memory".to_owned())
    }

    fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    fn ingest(&mut self, _: &[(Patient, bool)], tasks: &[Task]) -> Result<()> {
        self.tasks.extend(tasks.iter().map(|task| (task.id, (*task, None))));
        self.advanced = Some(self.now);
        Ok(())
    }

    fn worklist(&mut self, clinic: u32, until: i64) -> Result<Answer> {
        let caseload = self.caseload;
        let seen = move |task: &Task| {
            task.routine.role().is_some() && caseload.clinic(task.number) == clinic && !caseload.withheld(task.number)
        };
        let mut dues: Vec<i64> = self.next(seen).map(|pending| pending.due).filter(|due| *due < until).collect();
        dues.sort_unstable();
        Ok(answer_of_rows(dues.into_iter().take(PAGE)))
    }

    fn due(&mut self, patient: &Task) -> Result<Answer> {
        let number = patient.number;
        let (now, own) = (self.now, self.next(move |task| task.number == number));
        Ok(answer_of_rows(own.map(|pending| pending.due).filter(|due| *due <= now)))
    }

    fn complete(&mut self, task: &Task, pending: &Pending) -> Result<()> {
        let (_, done) = self.tasks.get_mut(&task.id).ok_or("no such schedule")?;
        *done = Some(pending.civil);
        Ok(())
    }

    fn complete_together(&mut self, of_writers: &[Vec<(Task, Pending)>]) -> Result<()> {
        of_writers.iter().flatten().try_for_each(|(task, pending)| self.complete(task, pending))
    }

    fn month(&mut self, task: &Task, from: i64, to: i64) -> Result<Answer> {
        let mut at = from;
        let mut dues = Vec::new();
        loop {
            let Pending { due, .. } = pending(task, None, at);
            // The one that is still open at `from` was due before it.
            if due >= to {
                return Ok(answer_of_rows(dues.into_iter()));
            }
            if due >= from {
                dues.push(due);
            }
            at += task.routine.days() * 86_400;
        }
    }

    fn expand(&mut self, task: &Task, from: i64, to: i64) -> Result<Answer> {
        self.month(task, from, to)
    }

    fn advance(&mut self) -> Result<Answer> {
        let before = self.advanced.replace(self.now).ok_or("nothing was ingested")?;
        let expired = |(task, done): &&(Task, Option<i64>)| pending(task, *done, before).expires <= self.now;
        Ok(self.tasks.values().filter(expired).count() as u64)
    }
}
