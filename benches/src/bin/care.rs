//! Runs engines side by side on the work of care plans: every phase of a round for each of them in turn, the turn rotated
//! from round to round.
//!
//! ```text
//! care [--patients N] [--rounds N] [--at FOLDER] NAME=PROGRAM[,ARGUMENT…]…
//! ```
//! The first engine is what the others are compared with.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use prm_benches::{
    CarePhase, Caseload, Report, Result, Running, Took, bytes_in, copy_memory, rows_of_answers, sync_once,
};

struct Plan {
    patients: u64,
    rounds: u64,
    at: PathBuf,
    engines: Vec<(String, Vec<String>)>,
}

fn plan() -> Result<Plan> {
    let at = std::env::temp_dir().join("prm-benches");
    let mut plan = Plan { patients: 2_000, rounds: 5, at, engines: Vec::new() };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if let Some((name, program)) = argument.split_once('=') {
            plan.engines.push((name.to_owned(), program.split(',').map(str::to_owned).collect()));
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--patients" => plan.patients = value.parse()?,
            "--rounds" => plan.rounds = value.parse()?,
            "--at" => plan.at = PathBuf::from(value),
            _ => return Err(format!("unknown option {argument}").into()),
        }
    }
    if plan.engines.is_empty() {
        return Err("name at least one engine: NAME=PROGRAM".into());
    }
    Ok(plan)
}

struct Run {
    plan: Plan,
    running: Vec<Running>,
    report: Report,
}

impl Run {
    fn folder(&self, engine: usize) -> PathBuf {
        self.plan.at.join(format!("care-{engine}"))
    }

    /// The engines in the order of a round.
    fn turn(&self, round: u64) -> Vec<usize> {
        let engines = self.running.len();
        (0..engines).map(|at| (at + round as usize) % engines).collect()
    }

    fn ask(&mut self, engine: usize, request: &str) -> Result<Option<String>> {
        self.running.get_mut(engine).ok_or("no such engine")?.ask(request)
    }

    fn took(&mut self, engine: usize, request: &str) -> Result<Option<Took>> {
        self.running.get_mut(engine).ok_or("no such engine")?.took(request)
    }

    fn note(&mut self, line: &str, engine: usize, value: f64, slowest: Option<f64>) {
        let name = self.running.get(engine).map(|running| running.name.clone()).unwrap_or_default();
        self.report.add(line, &name, value, slowest);
        eprintln!("{line}: {name}: {value:.0}");
    }

    fn ingest(&mut self) -> Result<()> {
        let patients = self.plan.patients;
        for engine in self.turn(0) {
            let folder = self.folder(engine);
            let _ = fs::remove_dir_all(&folder);
            self.ask(engine, &format!("create {}", folder.display()))?;
            let Some(took) = self.took(engine, &format!("ingest 0 {patients}"))? else { continue };
            self.note("ingest, per patient of 4 schedules", engine, took.total as f64 / patients as f64, None);
            if let Some(settings) = self.ask(engine, "settings")? {
                let name = self.running.get(engine).map(|running| running.name.clone()).unwrap_or_default();
                self.report.remark(format!("{name}: {}", settings.trim_start_matches("text ")));
            }
            self.took(engine, "close")?;
            let bytes = bytes_in(&folder)? as f64 / patients as f64;
            self.note("stored [bytes per patient]", engine, bytes, None);
        }
        Ok(())
    }

    /// Each program anew, so that what it remembers of the round before is gone.
    fn restart(&mut self, engine: usize) -> Result<()> {
        let (name, program) = self.plan.engines.get(engine).cloned().ok_or("no such engine")?;
        let fresh = Running::start(&name, &program, &self.plan.patients.to_string())?;
        let slot = self.running.get_mut(engine).ok_or("no such engine")?;
        std::mem::replace(slot, fresh).quit()
    }

    fn phases(&mut self) -> Result<()> {
        // The round before the first only warms.
        for round in 0..=self.plan.rounds {
            let floor = sync_once(&self.plan.at, 100)?;
            if round > 0 {
                self.report.add("floor: 4 KiB + fdatasync", "machine", floor.quantile(0.5) as f64, None);
            }
            for engine in self.turn(round) {
                self.restart(engine)?;
                let folder = self.folder(engine);
                self.took(engine, &format!("open {}", folder.display()))?;
            }
            for phase in CarePhase::ALL {
                let mut answers = Vec::new();
                for engine in self.turn(round) {
                    if let Some(answer) = self.phase(phase, engine, round)? {
                        answers.push((engine, answer));
                    }
                }
                self.compare(phase, round, &answers);
            }
            for engine in self.turn(round) {
                if let Some(memory) = self.ask(engine, "memory")?.filter(|_| round > 0) {
                    let now = memory.split(' ').nth(1).and_then(|b| b.parse::<f64>().ok()).unwrap_or(f64::NAN);
                    self.note("resident after the round [MiB]", engine, now / f64::from(1 << 20), None);
                }
                self.took(engine, "close")?;
            }
        }
        Ok(())
    }

    fn phase(&mut self, phase: CarePhase, engine: usize, round: u64) -> Result<Option<u64>> {
        let operations = phase.operations(self.plan.patients);
        let request = format!("{} {operations} {round}", phase.name());
        if phase.is_warm() {
            self.took(engine, &request)?;
        }
        let Some(took) = self.took(engine, &request)? else { return Ok(None) };
        if round > 0 {
            let (name, total) = (phase.name(), took.total as f64);
            match phase {
                CarePhase::Writers => self.note("complete-64, each", engine, total / took.answer as f64, None),
                CarePhase::Advance => {
                    self.note("advance, all that expired in a day", engine, total, None);
                    self.note("advance, a schedule", engine, total / took.answer.max(1) as f64, None);
                }
                CarePhase::Due | CarePhase::Month | CarePhase::Expand => {
                    self.note(name, engine, took.median as f64, Some(took.slowest as f64));
                    self.note(&format!("{name}, all {}", took.operations), engine, total, None);
                }
                CarePhase::Complete => self.note(name, engine, took.median as f64, Some(took.slowest as f64)),
                _ => {
                    let rows = rows_of_answers(took.answer) as f64 / took.operations as f64;
                    self.note(name, engine, took.median as f64, Some(took.slowest as f64));
                    self.note(&format!("{name}, a row"), engine, took.median as f64 / rows, None);
                    self.note(&format!("{name}, rows [number]"), engine, rows, None);
                }
            }
        }
        Ok(Some(took.answer))
    }

    fn compare(&mut self, phase: CarePhase, round: u64, answers: &[(usize, u64)]) {
        let Some((_, expected)) = answers.iter().min_by_key(|(engine, _)| *engine) else { return };
        for (engine, answer) in answers {
            if answer != expected {
                let name = self.running.get(*engine).map(|running| running.name.as_str()).unwrap_or_default();
                self.report.remark(format!(
                    "ANSWERS DIFFER: {} of {name} gave {answer} in round {round}, not {expected}",
                    phase.name()
                ));
            }
        }
    }
}

fn main() -> Result<()> {
    let plan = plan()?;
    fs::create_dir_all(&plan.at)?;
    let began = Instant::now();
    let population = plan.patients.to_string();
    let start = |(name, program): &(String, Vec<String>)| Running::start(name, program, &population);
    let running = plan.engines.iter().map(start).collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = plan.engines.iter().map(|(name, _)| name.clone()).collect();
    let mut run = Run { plan, running, report: Report::on(&names) };
    run.ingest()?;
    run.phases()?;
    run.running.drain(..).try_for_each(Running::quit)?;
    let floor = run.report.median("floor: 4 KiB + fdatasync", "machine").unwrap_or(0.0);
    run.report.remark(format!(
        "{} patients of 4 schedules at {} clinics; {} rounds, each a day; the median operation of a round in wall time; \
         overwriting 4 KiB + fdatasync took {:.3} ms, memory is copied at {:.1} GB/s; {} s in all",
        run.plan.patients,
        Caseload { patients: run.plan.patients }.clinics(),
        run.plan.rounds,
        floor / 1e6,
        copy_memory(9) as f64 / 1e9,
        began.elapsed().as_secs()
    ));
    println!("{}", run.report);
    fs::remove_dir_all(&run.plan.at)?;
    Ok(())
}
