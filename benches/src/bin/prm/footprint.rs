//! What a store takes on a small device: memory of a fresh process that pages through all of it, and the time to open it,
//! after a shutdown and after a kill. Linux only.
//!
//! ```text
//! prm footprint measure FOLDER PATIENTS ROUNDS   makes the store, then runs the others as processes of their own
//! prm footprint page FOLDER                      opens it, reads lists and timelines page by page
//! prm footprint write FOLDER                     adds entries until it is killed, a line after each commit
//! prm footprint open FOLDER                      opens it, reads one page: nanoseconds of both
//! ```

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use prm_benches::{Engine, Population, Result, Timing, entry_to_add, memory};
use prm_core::chart::TimelineQuery;
use prm_core::people::PatientSearch;
use prm_core::{Page, PatientId, Prm, Progress};

use super::{Library, options};

/// Bytes of decrypted pages that are kept.
const CACHE: usize = 16 << 20;
/// Rows of a page on a screen.
const SCREEN: u32 = 50;
/// Patients of one transaction while the store is made.
const BATCH: u64 = 500;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["measure", folder, patients, rounds] => measure(Path::new(folder), patients.parse()?, rounds.parse()?),
        ["page", folder] => page(&mut opened(folder)?),
        ["write", folder] => write(&mut opened(folder)?),
        ["open", folder] => open(folder),
        _ => Err("usage: prm footprint measure FOLDER PATIENTS ROUNDS".into()),
    }
}

fn opened(folder: &str) -> Result<Library> {
    Library::over(Prm::open(folder, options().cache_bytes(CACHE))?)
}

fn make(folder: &Path, population: Population) -> Result<()> {
    let mut library = Library::create(folder)?;
    for first in (0..population.ordinary).step_by(BATCH as usize) {
        let last = (first + BATCH).min(population.ordinary);
        let cases: Vec<_> = (first..last).map(|number| population.case(number)).collect();
        library.ingest(&cases)?;
    }
    library.close()
}

fn program(what: &str, folder: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["footprint", what]).arg(folder);
    Ok(command)
}

fn measure(at: &Path, patients: u64, rounds: u64) -> Result<()> {
    let folder = at.join("footprint");
    let _ = std::fs::remove_dir_all(&folder);
    make(&folder, Population { ordinary: patients, long: 0 })?;
    let data = std::fs::metadata(folder.join("data"))?.len();
    println!(
        "{patients} patients of 60 records, {:.0} MiB of data, a cache of {} MiB, a raw key",
        mib(data),
        CACHE >> 20
    );
    println!("\n| memory of a process that | resident [MiB] | at most [MiB] |\n| --- | --- | --- |");
    if !program("page", &folder)?.status()?.success() {
        return Err("the process that pages failed".into());
    }
    println!("\n| open, a fresh process each | median [ms] | slowest [ms] | with the first page, slowest [ms] |");
    println!("| --- | --- | --- | --- |");
    let after = |what: &str, kill: &dyn Fn(u64) -> Result<()>| -> Result<()> {
        let (mut opens, mut firsts) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            kill(round)?;
            let output = program("open", &folder)?.stderr(Stdio::inherit()).output()?;
            let text = String::from_utf8(output.stdout)?;
            let numbers = text.split_whitespace().map(str::parse).collect::<Result<Vec<u64>, _>>()?;
            let [open, first] = numbers.as_slice() else { return Err("the store could not be opened".into()) };
            opens.push(*open);
            firsts.push(open + first);
        }
        opens.sort_unstable();
        let median = opens.get(opens.len() / 2).copied().unwrap_or_default();
        let most = |of: &[u64]| of.iter().max().copied().map_or(0.0, milliseconds);
        println!("| {what} | {:.1} | {:.1} | {:.1} |", milliseconds(median), most(&opens), most(&firsts));
        Ok(())
    };
    after("after a shutdown", &|_| Ok(()))?;
    after("after a kill between two commits of a busy writer", &|round| {
        killed(&folder, 3 + round * 7, Duration::ZERO)
    })?;
    after("after a kill that 1.2 s of idleness preceded", &|_| killed(&folder, 0, Duration::from_millis(1_200)))?;
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Kills a writer after some commits. With `idle` it has opened the store and written once, then does nothing for so long.
fn killed(folder: &Path, commits: u64, idle: Duration) -> Result<()> {
    let mut writer = program("write", folder)?.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(writer.stdout.take().ok_or("no pipe")?).lines();
    let mut more = writer.stdin.take().ok_or("no pipe")?;
    lines.next().ok_or("the writer ended")??;
    if idle.is_zero() {
        for _ in 0..commits {
            writeln!(more, "go on")?;
            lines.next().ok_or("the writer ended")??;
        }
        // One more is under way.
        writeln!(more, "go on")?;
    }
    sleep(idle);
    writer.kill()?;
    writer.wait()?;
    Ok(())
}

/// A commit for each line of the input, one before them.
fn write(library: &mut Library) -> Result<()> {
    let list = library.doctor.people().list(&Page::first(SCREEN))?;
    let mut output = std::io::stdout().lock();
    let mut input = std::io::stdin().lock().lines();
    let salt = u64::from(std::process::id()) << 32;
    for (turn, patient) in list.patients.iter().cycle().enumerate() {
        library.add(*patient.id.as_bytes(), &entry_to_add(salt, turn as u64))?;
        writeln!(output, "{turn}")?;
        output.flush()?;
        if input.next().transpose()?.is_none() {
            break;
        }
    }
    Ok(())
}

fn open(folder: &str) -> Result<()> {
    let mut timing = Timing::default();
    let library = timing.time(|| opened(folder))?;
    let open = timing.total();
    let list = timing.time(|| library.doctor.people().list(&Page::first(SCREEN)))?;
    if list.patients.is_empty() {
        return Err("nobody is there".into());
    }
    println!("{open} {}", timing.total() - open);
    library.close()
}

fn page(library: &mut Library) -> Result<()> {
    note("opened the store")?;
    let patients = list(library)?;
    note(&format!("listed {} patients, {SCREEN} a page", patients.len()))?;
    let mut entries = 0;
    for patient in &patients {
        entries += timeline(library, *patient)?;
    }
    note(&format!("paged through {entries} entries, {SCREEN} a page"))?;
    let hits = library.doctor.people().search(&PatientSearch::text("ortis"), 20)?;
    note(&format!("searched for a misspelt name, {} found", hits.len()))?;
    let progress = Progress::default();
    for patient in patients.iter().take(1_000) {
        prm_arrow::timeline(&library.doctor, *patient, &TimelineQuery::default(), &progress)?.try_for_each(drain)?;
    }
    prm_arrow::patients(&library.doctor, &progress)?.try_for_each(drain)?;
    note("read 1,000 timelines and all patients as Arrow")
}

fn drain<T, E>(batch: Result<T, E>) -> Result<(), E> {
    batch.map(drop)
}

fn list(library: &Library) -> Result<Vec<PatientId>> {
    let (mut ids, mut page) = (Vec::new(), Page::first(SCREEN));
    loop {
        let list = library.doctor.people().list(&page)?;
        ids.extend(list.patients.iter().map(|row| row.id));
        match list.next {
            Some(cursor) => page = Page::first(SCREEN).after(cursor),
            None => return Ok(ids),
        }
    }
}

fn timeline(library: &Library, patient: PatientId) -> Result<usize> {
    let (query, mut page, mut entries) = (TimelineQuery::default(), Page::first(SCREEN), 0);
    loop {
        let found = library.doctor.chart().timeline(patient, &query, &page)?;
        entries += found.entries.len();
        match found.next {
            Some(cursor) => page = Page::first(SCREEN).after(cursor),
            None => return Ok(entries),
        }
    }
}

fn note(what: &str) -> Result<()> {
    let (now, most) = memory()?;
    println!("| {what} | {:.1} | {:.1} |", mib(now), mib(most));
    Ok(())
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn milliseconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_patient_and_entry_is_paged_through() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let store = folder.path().join("store");
        make(&store, Population { ordinary: 120, long: 0 })?;
        let library = opened(store.to_str().ok_or("a path that is no text")?)?;
        let patients = list(&library)?;
        assert_eq!(patients.len(), 120);
        for patient in patients {
            assert_eq!(timeline(&library, patient)?, 59);
        }
        library.close()
    }
}
