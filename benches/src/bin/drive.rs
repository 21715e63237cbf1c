//! Runs engines side by side: every phase of a round for each of them in turn, the turn rotated from round to round.
//!
//! ```text
//! drive [--patients N] [--long N] [--rounds N] [--ingest-rounds N] [--import COPIES] [--bundles FOLDER]
//!       [--leave-out NAMES] [--at FOLDER] NAME=PROGRAM[,ARGUMENT…]…
//! ```
//! The first engine is what the others are compared with.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use prm_benches::{Phase, Report, Result, Running, Took, bytes_in, copy_memory, sync_once};

struct Plan {
    patients: u64,
    long: u64,
    rounds: u64,
    ingest_rounds: u64,
    copies: u64,
    bundles: PathBuf,
    leave_out: Vec<String>,
    at: PathBuf,
    engines: Vec<(String, Vec<String>)>,
}

impl Plan {
    fn population(&self) -> String {
        format!("{} {}", self.patients, self.long)
    }
}

fn plan() -> Result<Plan> {
    let mut plan = Plan {
        patients: 10_000,
        long: 20,
        rounds: 5,
        ingest_rounds: 5,
        copies: 10,
        bundles: PathBuf::from("examples/data/synthea"),
        leave_out: Vec::new(),
        at: std::env::temp_dir().join("prm-benches"),
        engines: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if let Some((name, program)) = argument.split_once('=') {
            plan.engines.push((name.to_owned(), program.split(',').map(str::to_owned).collect()));
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--patients" => plan.patients = value.parse()?,
            "--long" => plan.long = value.parse()?,
            "--rounds" => plan.rounds = value.parse()?,
            "--ingest-rounds" => plan.ingest_rounds = value.parse()?,
            "--import" => plan.copies = value.parse()?,
            "--bundles" => plan.bundles = PathBuf::from(value),
            "--leave-out" => plan.leave_out = value.split(',').map(str::to_owned).collect(),
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
    fn folder(&self, engine: usize, what: &str) -> PathBuf {
        self.plan.at.join(format!("{what}-{engine}"))
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

    fn name(&self, engine: usize) -> String {
        self.running.get(engine).map(|running| running.name.clone()).unwrap_or_default()
    }

    fn note(&mut self, line: &str, engine: usize, value: f64, slowest: Option<f64>) {
        let name = self.name(engine);
        self.report.add(line, &name, value, slowest);
        eprintln!("{line}: {name}: {value:.0}");
    }

    /// The store of the last round stays for the reads.
    fn ingest(&mut self) -> Result<()> {
        let (patients, all) = (self.plan.patients, self.plan.patients + self.plan.long);
        for round in 0..self.plan.ingest_rounds.max(1) {
            for engine in self.turn(round) {
                let folder = self.folder(engine, "store");
                let _ = fs::remove_dir_all(&folder);
                self.ask(engine, &format!("create {}", folder.display()))?;
                let Some(took) = self.took(engine, &format!("ingest 0 {patients}"))? else { continue };
                self.note("ingest, per patient of 60 records", engine, took.total as f64 / patients as f64, None);
                let most = round + 1 == self.plan.ingest_rounds.max(1);
                if most && let Some(settings) = self.ask(engine, "settings")? {
                    let name = self.name(engine);
                    self.report.remark(format!("{name}: {}", settings.trim_start_matches("text ")));
                }
                if most {
                    self.ask(engine, &format!("ingest {patients} {all}"))?;
                }
                self.took(engine, "close")?;
                if most {
                    let bytes = bytes_in(&folder)? as f64 / (patients * 60 + self.plan.long * 10_001) as f64;
                    self.note("stored [bytes per record]", engine, bytes, None);
                }
            }
        }
        Ok(())
    }

    fn open(&mut self, engine: usize) -> Result<Option<Took>> {
        let folder = self.folder(engine, "store");
        self.took(engine, &format!("open {}", folder.display()))
    }

    /// Each program anew, so that what it remembers of the ingest is gone.
    fn restart(&mut self, engine: usize, gently: bool) -> Result<()> {
        let (name, program) = self.plan.engines.get(engine).cloned().ok_or("no such engine")?;
        let fresh = Running::start(&name, &program, &self.plan.population())?;
        let slot = self.running.get_mut(engine).ok_or("no such engine")?;
        let before = std::mem::replace(slot, fresh);
        if gently { before.quit() } else { before.kill() }
    }

    fn phases(&mut self) -> Result<()> {
        // The round before the first only warms.
        for round in 0..=self.plan.rounds {
            let floor = sync_once(&self.plan.at, 100)?;
            if round > 0 {
                self.report.add("floor: 4 KiB + fdatasync", "machine", floor.quantile(0.5) as f64, None);
            }
            let mut answers: Vec<Vec<(usize, u64)>> = vec![Vec::new(); Phase::ALL.len()];
            for engine in self.turn(round) {
                self.restart(engine, true)?;
                if let Some(took) = self.open(engine)?.filter(|_| round > 0) {
                    self.note("clean open", engine, took.total as f64, None);
                }
            }
            // What comes first after the open comes first.
            for phase in
                [Phase::TimelineCold].into_iter().chain(Phase::ALL.into_iter().filter(|p| *p != Phase::TimelineCold))
            {
                for engine in self.turn(round) {
                    let scale = (self.plan.patients as f64 / 10_000.0).clamp(0.02, 1.0);
                    let operations = match phase {
                        Phase::TimelineCold => self.plan.long,
                        Phase::First => phase.operations().min(self.plan.patients / (self.plan.rounds + 1)),
                        _ => ((phase.operations() as f64 * scale) as u64).max(5),
                    };
                    let request = format!("{} {operations} {round}", phase.name());
                    if matches!(phase, Phase::Point | Phase::Journey | Phase::Timeline) {
                        self.took(engine, &request)?;
                    }
                    let Some(took) = self.took(engine, &request)? else { continue };
                    if let Some(answers) = answers.get_mut(phase as usize) {
                        answers.push((engine, took.answer));
                    }
                    if round > 0 && !phase.is_exact() {
                        let share = took.answer as f64 * 100.0 / took.operations as f64;
                        self.note("fuzzy, names found again [%]", engine, share, None);
                    }
                    if round > 0 && took.operations > 0 {
                        self.note(phase.name(), engine, took.median as f64, Some(took.slowest as f64));
                    }
                }
            }
            for engine in self.turn(round) {
                if let Some(memory) = self.ask(engine, "memory")?.filter(|_| round > 0) {
                    let now = memory.split(' ').nth(1).and_then(|b| b.parse::<f64>().ok()).unwrap_or(f64::NAN);
                    self.note("resident after the round [MiB]", engine, now / f64::from(1 << 20), None);
                }
                self.took(engine, "close")?;
            }
            for (phase, answers) in Phase::ALL.iter().zip(answers).filter(|(phase, _)| phase.is_exact()) {
                self.compare(*phase, round, &answers);
            }
        }
        Ok(())
    }

    fn compare(&mut self, phase: Phase, round: u64, answers: &[(usize, u64)]) {
        let Some((_, expected)) = answers.iter().min_by_key(|(engine, _)| *engine) else { return };
        for (engine, answer) in answers {
            if answer != expected {
                let name = self.name(*engine);
                self.report.remark(format!(
                    "ANSWERS DIFFER: {} of {name} gave {answer} in round {round}, not {expected}",
                    phase.name()
                ));
            }
        }
    }

    /// Killed after a second of idleness, then opened.
    fn kills(&mut self) -> Result<()> {
        for round in 0..self.plan.rounds {
            for engine in self.turn(round) {
                self.open(engine)?;
                self.took(engine, &format!("{} 3 {}", Phase::Add.name(), 1_000 + round))?;
                sleep(Duration::from_millis(1_200));
                self.restart(engine, false)?;
                if let Some(took) = self.open(engine)? {
                    self.note("open after idleness and a kill", engine, took.total as f64, None);
                }
                self.took(engine, "close")?;
            }
        }
        Ok(())
    }

    fn imports(&mut self) -> Result<()> {
        let mut files: Vec<PathBuf> = match fs::read_dir(&self.plan.bundles) {
            Ok(entries) => entries.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?,
            Err(e) => {
                self.report.remark(format!("no import: {}: {e}", self.plan.bundles.display()));
                return Ok(());
            }
        };
        let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.retain(|file| {
            let name = name(file);
            name.ends_with(".json") && !self.plan.leave_out.iter().any(|left_out| name.starts_with(left_out))
        });
        files.sort();
        let mut input = 0;
        for file in &files {
            input += fs::metadata(file)?.len() * self.plan.copies;
        }
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        if self.plan.copies == 0 || names.is_empty() || names.iter().any(|name| name.contains(' ')) {
            self.report.remark("no import: no bundles, or a space in their path".to_owned());
            return Ok(());
        }
        for round in 0..self.plan.ingest_rounds {
            let mut answers = Vec::new();
            for engine in self.turn(round) {
                let folder = self.folder(engine, "import");
                let _ = fs::remove_dir_all(&folder);
                self.ask(engine, &format!("create {}", folder.display()))?;
                let took = self.took(engine, &format!("import {} {}", self.plan.copies, names.join(" ")))?;
                self.took(engine, "close")?;
                let Some(took) = took else { continue };
                answers.push((engine, took.answer));
                let rate = input as f64 * 1_000.0 / took.total as f64;
                self.note("FHIR import [MB/s]", engine, rate, None);
                let stored = bytes_in(&folder)? as f64 / input as f64;
                self.note("FHIR import [stored bytes per input byte]", engine, stored, None);
            }
            if let Some((_, expected)) = answers.first().copied() {
                for (engine, answer) in answers {
                    if answer != expected {
                        let name = self.name(engine);
                        self.report
                            .remark(format!("ANSWERS DIFFER: {name} imported {answer} resources, not {expected}"));
                    }
                }
            }
        }
        self.report.remark(format!("FHIR import: {} bundles {} times, {input} bytes", files.len(), self.plan.copies));
        Ok(())
    }
}

fn main() -> Result<()> {
    let plan = plan()?;
    fs::create_dir_all(&plan.at)?;
    let began = Instant::now();
    let population = plan.population();
    let start = |(name, program): &(String, Vec<String>)| Running::start(name, program, &population);
    let running = plan.engines.iter().map(start).collect::<Result<Vec<_>>>()?;
    let names: Vec<String> = plan.engines.iter().map(|(name, _)| name.clone()).collect();
    let mut run = Run { plan, running, report: Report::on(&names) };
    run.ingest()?;
    run.phases()?;
    run.kills()?;
    run.imports()?;
    run.running.drain(..).try_for_each(Running::quit)?;
    let floor = run.report.median("floor: 4 KiB + fdatasync", "machine").unwrap_or(0.0);
    run.report.remark(format!(
        "{} patients of 60 records, {} of 10,001; {} rounds; the median operation of a round in wall time; overwriting 4 KiB + fdatasync took {:.3} ms, memory is \
         copied at {:.1} GB/s; {} s in all",
        run.plan.patients,
        run.plan.long,
        run.plan.rounds,
        floor / 1e6,
        copy_memory(9) as f64 / 1e9,
        began.elapsed().as_secs()
    ));
    println!("{}", run.report);
    fs::remove_dir_all(&run.plan.at)?;
    Ok(())
}
