//! Every file of `tests/scenarios/`, run against the library. `SCHEMA.md` beside the files says what they mean; the
//! bindings for other languages run the same files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod calls;
mod coverage;
mod expectation;
mod names;
mod run;
mod script;

use std::fs;
use std::path::{Path, PathBuf};

use script::Scenario;

/// Files that must be there, or the folder was not found.
const FEWEST: usize = 38;

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Every scenario with the name of its file, in the order of names.
pub(crate) fn all() -> Vec<(String, Scenario)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json") && !path.ends_with("scenario.schema.json"))
        .collect();
    paths.sort();
    assert!(paths.len() >= FEWEST, "found only {} scenarios in {}", paths.len(), folder().display());
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let scenario = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, scenario)
        })
        .collect()
}

#[test]
fn every_scenario_passes() {
    let mut failed = Vec::new();
    let scenarios = all();
    let found = scenarios.len();
    for (name, scenario) in scenarios {
        match run::run(&scenario) {
            Ok(steps) => println!("{name}: {} ({steps} steps)", scenario.title),
            Err(wrong) => failed.push(format!("{name}, {wrong}")),
        }
    }
    println!("{found} scenarios ran");
    assert!(failed.is_empty(), "{} of {found} scenarios failed:\n{}", failed.len(), failed.join("\n"));
}
