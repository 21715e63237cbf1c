//! Importing a folder of FHIR bundles, with progress.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use prm_core::{Actor, FhirImport, ImportReport, Prm, Progress, Purpose, Session};

use crate::Outcome;
use crate::store::{ADMINISTRATOR, clinic};

/// Imports every bundle of `folder` and prints what came in.
pub(crate) fn all(prm: &Prm, folder: &Path) -> Outcome<()> {
    let unreadable = |e| format!("the folder of bundles, {}: {e}", folder.display());
    let mut files: Vec<_> =
        std::fs::read_dir(folder).map_err(unreadable)?.map(|file| file.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    if files.is_empty() {
        return Err(format!("there are no bundles in {}", folder.display()).into());
    }
    println!("\nImporting {} bundles (Synthea: synthetic patients, no real people):", files.len());
    let session = prm.session(Actor::system(ADMINISTRATOR), Purpose::Operations)?;
    let what = FhirImport::from_source("synthea").managed_by(clinic()?);
    let began = Instant::now();
    let reports = files.iter().map(|file| one(&session, &what, file)).collect::<Outcome<Vec<_>>>()?;
    let bytes: u64 = reports.iter().map(|report| report.bytes).sum();
    let seconds = began.elapsed().as_secs_f64();
    println!("  {:.1} MB in {seconds:.2} s.", bytes as f64 / 1e6);
    tell(&files, &reports)
}

fn one(session: &Session, what: &FhirImport, path: &Path) -> Outcome<ImportReport> {
    let file = File::open(path)?;
    let progress = Progress::default();
    progress.expect(file.metadata()?.len());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let watched = progress.clone();
    let report = thread::scope(|scope| {
        let import = scope.spawn(|| session.fhir().import(what, file, &progress));
        let mut next = Instant::now();
        while !import.is_finished() {
            if std::io::stdout().is_terminal() && Instant::now() >= next {
                print!("\r  {:>3} %  {name}", 100 * watched.done() / watched.total().max(1));
                let _ = std::io::stdout().flush();
                next = Instant::now() + Duration::from_millis(100);
            }
            thread::sleep(Duration::from_millis(2));
        }
        import.join()
    });
    let report = report.map_err(|_| "the import stopped")??;
    let count = |of: fn(&prm_core::TypeReport) -> u64| report.types.iter().map(of).sum::<u64>();
    let (added, changed, same) = (count(|t| t.added), count(|t| t.changed), count(|t| t.unchanged));
    if std::io::stdout().is_terminal() {
        print!("\r");
    }
    println!("  100 %  {name}: {added} new, {changed} changed, {same} unchanged");
    Ok(report)
}

/// What came in by type, and what is in the kept text alone.
fn tell(files: &[std::path::PathBuf], reports: &[ImportReport]) -> Outcome<()> {
    let mut types: BTreeMap<&str, [u64; 4]> = BTreeMap::new();
    for found in reports.iter().flat_map(|report| &report.types) {
        let total = types.entry(&found.kind).or_default();
        let counts = [found.added, found.changed, found.unchanged, found.noted];
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    println!("\n  {:<24} {:>6} {:>8} {:>10}   with a part kept as text alone", "type", "new", "changed", "unchanged");
    for (kind, [added, changed, unchanged, noted]) in &types {
        println!("  {kind:<24} {added:>6} {changed:>8} {unchanged:>10}   {noted}");
    }
    let mut notes: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
    for note in reports.iter().flat_map(|report| &report.notes) {
        *notes.entry((&note.kind, &note.path, &note.reason)).or_default() += note.count;
    }
    for ((kind, path, reason), count) in &notes {
        println!("  {kind}.{path}: {reason} ({count} times; kept as text)");
    }
    for (file, report) in files.iter().zip(reports) {
        for refused in &report.refused {
            println!("  refused: {} line {}: {}", file.display(), refused.line, refused.reason);
        }
    }
    let referenced = reports.last().map_or(0, |report| report.referenced_patients);
    println!(
        "  The text of every resource that came in is kept byte for byte. Patients only referenced: {referenced}."
    );
    let resources: u64 = types.iter().filter(|(kind, _)| **kind != "Bundle").flat_map(|(_, c)| &c[..3]).sum();
    let refused: u64 = reports.iter().map(|report| report.refused_count).sum();
    if resources == 0 || refused > 0 {
        return Err(format!("{resources} resources came in and {refused} were refused").into());
    }
    println!("  Nothing was dropped.");
    Ok(())
}
