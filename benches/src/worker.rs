//! One engine as a program that works on request.
//!
//! A request is a line, an answer is a line:
//! ```text
//! population ORDINARY LONG        ok
//! create FOLDER                   ok
//! ingest FROM TO                  took OPERATIONS TOTAL P50 P99 ANSWER     patients; batches of 30,000 records, each one transaction
//! open FOLDER                     took …
//! close                           took …
//! point|first|… OPERATIONS ROUND  took …                                   a phase; nanoseconds
//! import COPIES FILE…             took …                                   bundles; the answer is the resources
//! settings                        text LINE
//! memory                          count BYTES BYTES                        resident now, and at most
//! quit
//! ```
//! `none` answers what the engine does not offer, `error TEXT` what failed.

use std::io::{BufRead, Write};
use std::path::Path;

use crate::bundles;
use crate::engine::{Answer, Engine, Result, Unoffered};
use crate::generate::{Case, Population};
use crate::phase::Phase;
use crate::timing::Timing;

/// Records of one transaction while ingesting: 500 ordinary patients, or 3 with a long history.
const BATCH: usize = 30_000;

/// An engine between requests.
pub struct Worker<E> {
    engine: Option<E>,
    population: Population,
}

impl<E: Engine> Default for Worker<E> {
    fn default() -> Self {
        Worker { engine: None, population: Population { ordinary: 0, long: 0 } }
    }
}

/// Answers requests until `quit` or the end of the input.
pub fn serve<E: Engine>(input: impl BufRead, output: impl Write) -> std::io::Result<()> {
    let mut worker = Worker::<E>::default();
    answer_lines(input, output, |line| worker.answer(line))
}

/// Answers each line until `quit` or the end of the input.
pub(crate) fn answer_lines(
    input: impl BufRead,
    mut output: impl Write,
    mut answer: impl FnMut(&str) -> Result<String>,
) -> std::io::Result<()> {
    for line in input.lines() {
        let line = line?;
        if line == "quit" {
            break;
        }
        let answer = match answer(&line) {
            Ok(answer) => answer,
            Err(error) if error.is::<Unoffered>() => "none".to_owned(),
            Err(error) => format!("error {}", error.to_string().replace('\n', " ")),
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

impl<E: Engine> Worker<E> {
    /// The answer to one request.
    pub fn answer(&mut self, line: &str) -> Result<String> {
        let words: Vec<&str> = line.split(' ').collect();
        let mut timing = Timing::default();
        match words.as_slice() {
            ["population", ordinary, long] => {
                self.population = Population { ordinary: ordinary.parse()?, long: long.parse()? };
                Ok("ok".to_owned())
            }
            ["create", folder] => {
                self.engine = Some(E::create(Path::new(folder))?);
                Ok("ok".to_owned())
            }
            ["open", folder] => {
                self.engine = Some(timing.time(|| E::open(Path::new(folder)))?);
                Ok(took(&timing, 0))
            }
            ["close"] => {
                let engine = self.engine.take().ok_or("no store is open")?;
                timing.time(|| engine.close())?;
                Ok(took(&timing, 0))
            }
            ["ingest", from, to] => self.ingest(from.parse()?, to.parse()?),
            ["import", copies, files @ ..] => {
                let bundles = bundles::read(files, copies.parse()?)?;
                let came_in = timing.time(|| self.engine()?.import(&bundles))?;
                Ok(took(&timing, came_in))
            }
            ["settings"] => Ok(format!("text {}", self.engine()?.settings()?)),
            ["memory"] => {
                let (now, most) = memory()?;
                Ok(format!("count {now} {most}"))
            }
            [word, operations, round] => {
                let phase = Phase::named(word).ok_or("unknown request")?;
                let population = self.population;
                let (timing, answer) = phase.run(self.engine()?, population, operations.parse()?, round.parse()?)?;
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
        let population = self.population;
        let mut timing = Timing::default();
        let mut cases: Vec<Case> = Vec::new();
        let mut records = 0;
        for number in from..to {
            let case = population.case(number);
            records += 1 + case.entries.len();
            cases.push(case);
            if records >= BATCH || number + 1 == to {
                timing.time(|| self.engine()?.ingest(&cases))?;
                cases.clear();
                records = 0;
            }
        }
        Ok(took(&timing, to.saturating_sub(from)))
    }
}

pub(crate) fn took(timing: &Timing, answer: Answer) -> String {
    format!(
        "took {} {} {} {} {answer}",
        timing.operations(),
        timing.total(),
        timing.quantile(0.5),
        timing.quantile(0.99)
    )
}

/// Resident memory of this process in bytes: now and at most. Linux only.
///
/// # Errors
/// [`Unoffered`] elsewhere.
pub fn memory() -> Result<(u64, u64)> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(|_| Unoffered)?;
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()
    };
    Ok((kib("VmRSS:").ok_or(Unoffered)? * 1_024, kib("VmHWM:").ok_or(Unoffered)? * 1_024))
}
