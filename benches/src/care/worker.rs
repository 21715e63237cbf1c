//! One engine as a program that works on request: the protocol of [`serve`](crate::serve), for the work of care plans.
//!
//! ```text
//! population PATIENTS             ok
//! create FOLDER                   ok
//! ingest FROM TO                  took OPERATIONS TOTAL P50 P99 ANSWER     patients; 500 of them each one transaction
//! open FOLDER                     took …
//! close                           took …
//! worklist|due|… OPERATIONS ROUND took …                                   a phase; nanoseconds
//! settings                        text LINE
//! memory                          count BYTES BYTES                        resident now, and at most
//! quit
//! ```

use std::io::{BufRead, Write};
use std::path::Path;

use super::engine::CareEngine;
use super::phase::CarePhase;
use super::routine::{Caseload, ROUTINES, Task, now};
use crate::engine::Result;
use crate::generate::Patient;
use crate::timing::Timing;
use crate::worker::{answer_lines, memory, took};

/// Patients of one transaction while ingesting.
const BATCH: u64 = 500;

struct CareWorker<E> {
    engine: Option<E>,
    caseload: Caseload,
}

/// Answers requests until `quit` or the end of the input.
pub fn serve_care<E: CareEngine>(input: impl BufRead, output: impl Write) -> std::io::Result<()> {
    let mut worker = CareWorker::<E> { engine: None, caseload: Caseload { patients: 0 } };
    answer_lines(input, output, |line| worker.answer(line))
}

impl<E: CareEngine> CareWorker<E> {
    fn answer(&mut self, line: &str) -> Result<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let mut timing = Timing::default();
        match words.as_slice() {
            ["population", patients] => {
                self.caseload = Caseload { patients: patients.parse()? };
                Ok("ok".to_owned())
            }
            ["create", folder] => {
                self.engine = Some(E::create(Path::new(folder), self.caseload)?);
                Ok("ok".to_owned())
            }
            ["open", folder] => {
                let caseload = self.caseload;
                self.engine = Some(timing.time(|| E::open(Path::new(folder), caseload))?);
                Ok(took(&timing, 0))
            }
            ["close"] => {
                let engine = self.engine.take().ok_or("no store is open")?;
                timing.time(|| engine.close())?;
                Ok(took(&timing, 0))
            }
            ["ingest", from, to] => self.ingest(from.parse()?, to.parse()?),
            ["settings"] => Ok(format!("text {}", self.engine()?.settings()?)),
            ["memory"] => {
                let (now, most) = memory()?;
                Ok(format!("count {now} {most}"))
            }
            [word, operations, round] => {
                let phase = CarePhase::named(word).ok_or("unknown request")?;
                let caseload = self.caseload;
                let (timing, answer) = phase.run(self.engine()?, caseload, operations.parse()?, round.parse()?)?;
                Ok(took(&timing, answer))
            }
            _ => Err("unknown request".into()),
        }
    }

    fn engine(&mut self) -> Result<&mut E> {
        self.engine.as_mut().ok_or_else(|| "no store is open".into())
    }

    /// Patients are made outside the time that counts.
    fn ingest(&mut self, from: u64, to: u64) -> Result<String> {
        let caseload = self.caseload;
        let mut timing = Timing::default();
        self.engine()?.set_now(now(0));
        let mut first = from;
        while first < to {
            let numbers = first..(first + BATCH).min(to);
            let patients: Vec<(Patient, bool)> =
                numbers.clone().map(|number| (caseload.patient(number), caseload.withheld(number))).collect();
            let tasks: Vec<Task> =
                numbers.flat_map(|number| ROUTINES.map(|routine| caseload.task(number, routine))).collect();
            timing.time(|| self.engine()?.ingest(&patients, &tasks))?;
            first += BATCH;
        }
        Ok(took(&timing, to.saturating_sub(from)))
    }
}
