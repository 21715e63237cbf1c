//! Real calendars, broken ones included: each is read, read in part or refused as the table says, and what is read comes
//! back from its own writing.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod fates;

use std::collections::BTreeMap;
use std::path::Path;

use fates::{FATES, Fate};
use prm_core::interchange::ical::{Feed, read, write};
use prm_core::{Detail, ErrorKind, Zones};

fn files() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/icalendar");
    let mut found = BTreeMap::new();
    for folder in ["alarms", "availabilities", "calendars", "events"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            found.insert(format!("{folder}/{name}"), std::fs::read(path).unwrap());
        }
    }
    found
}

/// The items of a file, none if it is refused as a whole, and the lines that are refused.
fn fate(text: &[u8], zones: &Zones) -> (Option<usize>, Vec<u32>, Option<Feed>) {
    match read(text, zones) {
        Ok(feed) => {
            let lines = feed.refused.iter().map(|refused| refused.line).collect();
            (Some(feed.items.len()), lines, Some(feed))
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Invalid);
            let Some(Detail::Field(field)) = error.particulars() else { panic!("no line: {error}") };
            (None, vec![field.strip_prefix("line ").unwrap().parse().unwrap()], None)
        }
    }
}

#[test]
fn every_file_is_read_or_refused_as_the_table_says() {
    let (zones, files) = (Zones::bundled(), files());
    assert_eq!(files.len(), 156);
    assert_eq!(files.keys().map(String::as_str).collect::<Vec<_>>(), FATES.map(|(name, _)| name));
    let mut wrong = Vec::new();
    for (name, said) in FATES {
        let (items, lines, _) = fate(&files[name], &zones);
        let expected = match said {
            Fate::Read(items) => (Some(items), Vec::new()),
            Fate::InPart(items, lines) => (Some(items), lines.to_vec()),
            Fate::Refused(line) => (None, vec![line]),
        };
        if (items, &lines) != (expected.0, &expected.1) {
            wrong.push(format!("{name}: {items:?} {lines:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let count = |of: fn(&Fate) -> bool| FATES.iter().filter(|(_, fate)| of(fate)).count();
    assert_eq!(count(|fate| matches!(fate, Fate::Read(_))), 106);
    assert_eq!(count(|fate| matches!(fate, Fate::InPart(..))), 35);
    assert_eq!(count(|fate| matches!(fate, Fate::Refused(_))), 15);
}

#[test]
fn what_is_read_comes_back_from_its_own_writing() {
    let zones = Zones::bundled();
    let mut feeds = 0;
    for (name, text) in files() {
        let Some(feed) = fate(&text, &zones).2 else { continue };
        feeds += 1;
        let written = write(&feed, &zones).unwrap();
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{name}: a line is too long");
        let again = read(written.as_bytes(), &zones).unwrap();
        let but_refused = |feed: Feed| Feed { refused: Vec::new(), ..feed };
        assert!(but_refused(again) == but_refused(feed), "{name}: written otherwise than read");
    }
    assert_eq!(feeds, 141);
}
