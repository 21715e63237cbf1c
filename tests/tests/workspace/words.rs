//! What the text of the project may not say, and how long a file may be.

use crate::source;

const TEXT: [&str; 9] = [".rs", ".md", ".toml", ".sh", ".yml", ".py", ".kt", ".swift", "run"];

/// Marks of work that is not done, and paths of the machine it was done on. Taken apart, or this file would say them.
const UNSAID: [&str; 7] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("unimple", "mented!"),
    concat!("to", "do!("),
    concat!("#[ig", "nore"),
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
];

/// Names of files that say nothing about what is in them.
const EMPTY_NAMES: [&str; 7] = ["util.rs", "utils.rs", "helper.rs", "helpers.rs", "common.rs", "manager.rs", "misc.rs"];

const LONGEST: usize = 600;

#[test]
fn nothing_says_it_is_not_done() {
    let files = source::files(".", &TEXT);
    assert!(files.len() > 60, "read only {} files", files.len());
    let mut wrong = Vec::new();
    for file in &files {
        for (number, line) in file.text.lines().enumerate() {
            // The name of a component of iCalendar.
            let line = line.replace(concat!("VTO", "DO"), "");
            if let Some(word) = UNSAID.iter().find(|word| line.contains(**word)) {
                wrong.push(format!("{}:{}: {word}", file.path, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_or_named_after_nothing() {
    let files = source::files(".", &[".rs", ".py", ".kt", ".swift"]);
    assert!(files.len() > 50, "read only {} files", files.len());
    for file in &files {
        let lines = file.text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines: which noun can be split off?", file.path);
        let name = file.path.rsplit('/').next().unwrap();
        assert!(!EMPTY_NAMES.contains(&name), "{} is named after nothing it holds", file.path);
    }
}
