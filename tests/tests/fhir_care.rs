//! The published examples of care plans, goals and definitions: which are read as care that the engine carries out, and
//! what of them is not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use prm_core::RecordId;
use prm_core::interchange::fhir::{CareReading, Json, read_care, read_template, read_timing};

fn examples() -> BTreeMap<String, String> {
    let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/fhir-r4-examples.tar.xz");
    let packed = std::io::BufReader::new(std::fs::File::open(packed).unwrap());
    let mut archive = tar::Archive::new(lzma_rust2::XzReader::new(packed, false));
    let mut found = BTreeMap::new();
    for file in archive.entries().unwrap() {
        let mut file = file.unwrap();
        let name = file.path().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".json") {
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            found.insert(name.to_owned(), text);
        }
    }
    found
}

#[test]
fn care_plans_are_read_and_what_is_not_taken_is_told() {
    let examples = examples();
    let reading = CareReading {
        patient: "00000000-0000-7000-8000-000000000001".parse().unwrap(),
        zone: "America/New_York".into(),
        start: "2026-03-02".parse().unwrap(),
    };
    let mut rows = Vec::new();
    for (name, text) in examples.iter().filter(|(name, _)| name.starts_with("careplan-")) {
        // The goals that a plan leads to are in files of their own.
        let goals = examples.iter().filter(|(name, _)| name.starts_with("goal-"));
        let entries = goals.map(|(_, goal)| format!(",{{\"resource\":{goal}}}")).collect::<String>();
        let bundle = format!("{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{text}}}{entries}]}}");
        let mut next = 0u128;
        let read = read_care(&bundle, &reading, &mut || {
            next += 1;
            let id: RecordId = format!("00000000-0000-7000-8000-{next:012x}").parse().unwrap();
            Ok(*id.as_uuid())
        });
        match read {
            Ok(read) => rows.push((name.as_str(), read.plan.activities.len(), read.not_taken.len())),
            Err(error) => panic!("{name}: {error}"),
        }
    }
    // Name, activities taken, what was not taken: each says something that leads to nothing here.
    let expected: [(&str, usize, usize); 7] = [
        ("careplan-example", 1, 28),
        ("careplan-example-GPVisit", 2, 9),
        ("careplan-example-f001-heart", 0, 8),
        ("careplan-example-f201-renal", 2, 11),
        ("careplan-example-f202-malignancy", 1, 8),
        ("careplan-example-f203-sepsis", 1, 6),
        ("careplan-example-integrated", 12, 42),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_definition_that_says_no_times_is_refused() {
    let mut refused = 0;
    for (name, text) in &examples() {
        let json = Json::parse(text.as_bytes()).unwrap();
        if json.text_of("resourceType") != Some("PlanDefinition") {
            continue;
        }
        // The published ones are rules of decision: none says when an action is due, so no plan can be made of them.
        let why = read_template(&json).map(|_| name).unwrap_err().to_string();
        assert!(why.contains("of no action it is said exactly when it is due"), "{name}: {why}");
        refused += 1;
    }
    assert_eq!(refused, 12);
}

fn timings<'j>(json: &'j Json<'j>, found: &mut Vec<&'j Json<'j>>) {
    for item in json.list() {
        timings(item, found);
    }
    for (name, value) in json.object().into_iter().flat_map(|object| object.iter()) {
        let named = ["timing", "scheduledTiming", "occurrenceTiming", "timingTiming"].contains(&name);
        if named && value.object().is_some() { found.push(value) } else { timings(value, found) }
    }
}

/// Every timing of the published examples, wherever it stands.
#[test]
fn timings_are_read_exactly_or_refused() {
    let (mut read, mut refused) = (0, BTreeMap::new());
    for text in examples().values() {
        let json = Json::parse(text.as_bytes()).unwrap();
        let mut found = Vec::new();
        timings(&json, &mut found);
        for timing in found {
            match read_timing(timing, "2026-03-02".parse().ok()) {
                Ok(_) => read += 1,
                Err(error) => *refused.entry(error.to_string()).or_insert(0) += 1,
            }
        }
    }
    assert_eq!((read, refused.values().sum::<i32>()), (12, 40), "{refused:#?}");
}
