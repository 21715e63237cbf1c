//! The vectors of libical, which may not be shipped: they are read from the folder that `PRM_EXTRA_DATA` names.

use std::collections::BTreeMap;

use prm_core::Zones;
use prm_core::engage::{Rule, Until};

use super::*;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("PRM_EXTRA_DATA").map(PathBuf::from)?.join("rrule");
    if folder.is_dir() { Some(folder) } else { None }
}

/// Nothing that is missing here can be installed: `tests/run.sh` says that these were left out.
fn skip(what: &str) {
    println!("SKIPPED {what}: PRM_EXTRA_DATA names no folder with rrule/");
}

/// Lines `NAME:value` of a block, without comments.
fn fields(block: &str) -> BTreeMap<&str, &str> {
    block.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':')).collect()
}

#[test]
fn every_rule_of_libical_that_is_not_contested_comes_to_the_same_times() {
    let Some(folder) = folder() else { return skip("libical's rules") };
    let zones = Zones::bundled();
    let contested: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("libical-contested.json")).unwrap()).unwrap();
    let contested: Vec<_> = contested
        .as_array()
        .unwrap()
        .iter()
        .map(|v| (text(v, "rrule").to_owned(), text(v, "dtstart").to_owned()))
        .collect();
    let told = std::fs::read_to_string(folder.join("libical-icalrecur_test.txt")).unwrap().replace("\r\n", "\n");
    let (mut compared, mut left_out) = (0, 0);
    let mut wrong = Vec::new();
    for block in told.split("RRULE:").skip(1) {
        let block = format!("RRULE:{block}");
        let fields = fields(&block);
        let (rule, start) = (fields["RRULE"], fields["DTSTART"]);
        if contested.contains(&(rule.to_owned(), start.to_owned())) {
            left_out += 1;
            continue;
        }
        let Some(expected) = fields.get("INSTANCES") else {
            wrong.push(format!("no INSTANCES: {fields:?}"));
            continue;
        };
        let head = if start.len() == 8 { ";VALUE=DATE" } else { "" };
        let recurrence =
            match Recurrence::parse(&format!("DTSTART{head}:{start}\nRRULE:{rule}"), None, ClockZone::Floating, &zones)
            {
                Ok(recurrence) => recurrence,
                Err(e) => {
                    wrong.push(format!("{rule} {start}: {e}"));
                    continue;
                }
            };
        let written = |instance: &Instance| {
            let civil = instance.civil.to_string().replace(['-', ':'], "");
            match start.len() {
                8 => civil[..8].to_owned(),
                16 => civil + "Z",
                _ => civil,
            }
        };
        let found: Vec<_> = all(&recurrence, &zones, 5_000).iter().map(written).collect();
        let expected: Vec<_> = expected.trim().split(',').filter(|time| !time.is_empty()).map(str::to_owned).collect();
        if found != expected {
            wrong.push(format!("{rule} {start}\n  found    {found:?}\n  expected {expected:?}"));
        }
        // A question that starts later is answered by the same times from there on.
        if let Some(from) = fields.get("START-AT") {
            let from = read(&format!("DTSTART:{from}"), None).start;
            let later = recurrence.instances(&zones, "UTC", from.naive().and_utc()).unwrap();
            let later: Vec<_> = later.take(5_000).map(|instance| instance.civil).collect();
            let kept: Vec<_> =
                all(&recurrence, &zones, 5_000).iter().map(|instance| instance.civil).filter(|t| *t >= from).collect();
            assert_eq!(later, kept, "{rule}");
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{compared} compared, {left_out} contested");
    assert!(compared > 50 && left_out >= contested.len());
}

/// Components of a calendar file: unfolded lines by the name of their property.
fn components(told: &str) -> Vec<BTreeMap<String, Vec<String>>> {
    let unfolded = format!("\n{told}").replace("\r\n", "\n").replace("\n ", "");
    let mut components = Vec::new();
    for event in unfolded.split("\nBEGIN:VEVENT").skip(1) {
        let mut properties: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in event.lines().take_while(|line| *line != "END:VEVENT") {
            if let Some(at) = line.find([':', ';']) {
                properties.entry(line[..at].to_owned()).or_default().push(line.to_owned());
            }
        }
        components.push(properties);
    }
    components
}

/// `EXRULE`, which RFC 5545 no longer has, said by `EXDATE`.
fn exdates(start: &str, exrule: &str, zones: &Zones) -> Vec<CivilTime> {
    let excluded = read(&format!("{start}\n{}", exrule.replacen("EXRULE", "RRULE", 1)), None);
    all(&excluded, zones, 10_000).iter().map(|instance| instance.civil).collect()
}

#[test]
fn events_of_libical_have_as_many_instances_as_it_counts() {
    let Some(folder) = folder() else { return skip("libical's events") };
    let zones = Zones::bundled();
    let told = std::fs::read_to_string(folder.join("libical-recur.txt")).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for event in components(&told) {
        let Some(expected) = event.get("X-EXPECT-NUMEVENTS") else { continue };
        let expected: usize = expected[0].split_once(':').unwrap().1.trim().parse().unwrap();
        let lines = ["DTSTART", "RRULE", "RDATE", "EXDATE"].iter().filter_map(|name| event.get(*name)).flatten();
        let lines = lines.cloned().collect::<Vec<_>>().join("\n");
        let mut recurrence = match Recurrence::parse(&lines, None, ClockZone::Floating, &zones) {
            Ok(recurrence) => recurrence,
            Err(e) => {
                wrong.push(format!("{lines}: {e}"));
                continue;
            }
        };
        for exrule in event.get("EXRULE").into_iter().flatten() {
            recurrence.excluded.extend(exdates(&event["DTSTART"][0], exrule, &zones));
        }
        let found = all(&recurrence, &zones, 10_000).len();
        if found != expected {
            wrong.push(format!("{lines}\n  found {found}, expected {expected}"));
        }
        compared += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{compared} compared");
    assert!(compared > 50);
}

/// The file holds examples of RFC 5545 that older readers got wrong, under names of zones that no database has.
#[test]
fn events_that_older_readers_got_wrong_are_read_but_for_their_zone() {
    let Some(folder) = folder() else { return skip("libical's errors") };
    let zones = Zones::bundled();
    let told = std::fs::read_to_string(folder.join("libical-recur-errors.ics")).unwrap();
    let mut read_ones = 0;
    for event in components(&told) {
        let lines = format!("{}\n{}", event["DTSTART"][0], event["RRULE"][0]);
        let refused = Recurrence::parse(&lines, None, ClockZone::Floating, &zones).unwrap_err();
        assert!(refused.to_string().contains("time zone"), "{refused}");
        let rule: Rule = event["RRULE"][0].parse().unwrap();
        assert!(!matches!(rule.until, Some(Until::Date(_))));
        let known = lines.replace("US-Eastern", "America/New_York");
        assert_eq!(all(&read(&known, None), &zones, 100).len(), rule.count.unwrap() as usize);
        read_ones += 1;
    }
    assert_eq!(read_ones, 4);
}
