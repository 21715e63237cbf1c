//! The files of the project as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing we wrote.
const NOT_OURS: [&str; 6] = ["target", ".git", ".venv", "data", "corpus", "node_modules"];

/// Names of files that are compiled for tests only.
const TESTS: [&str; 4] = ["tests.rs", "testing.rs", "measure.rs", "example.rs"];

pub(crate) struct Source {
    /// Relative to the root of the project, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().unwrap().to_path_buf()
}

/// Every text file below `folder` whose name ends with one of `endings`, in the order of their paths.
pub(crate) fn files(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let relative = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { path: relative, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

impl Source {
    /// The code that ships: without comments, and without the tests at the end of the file.
    pub(crate) fn code(&self) -> String {
        let shipped = self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        shipped
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .fold(String::new(), |code, line| code + line + "\n")
    }

    pub(crate) fn is_test(&self) -> bool {
        TESTS.iter().any(|ending| self.path.ends_with(ending)) || self.path.contains("/tests/")
    }
}

#[test]
fn code_is_what_stands_before_comments_and_tests() {
    let text = "use a; // b\n/// c\nfn d() {}\n\n#[cfg(test)]\nmod tests {\n    use e;\n}\n".to_owned();
    let source = Source { path: "x.rs".to_owned(), text };
    assert_eq!(source.code(), "use a; \n\nfn d() {}\n");
}
