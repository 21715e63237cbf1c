//! Code outside the library cannot reach the store around the gate: it does not compile. Each case is compiled against the
//! library that this test is linked with, and must fail for the reason given, not for another.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;
use std::{env, fs};

/// Compiles, or the cases below would prove nothing.
const WITHIN: &str = "pub fn kind(e: &prm_core::Error) -> prm_core::ErrorKind { e.kind() }";

/// What is tried, and the error of the compiler: E0603 = private, E0433 and E0432 = there is no such thing.
const AROUND: [(&str, &str); 6] = [
    ("use prm_core::store::tx::Tables;", "E0603"),
    ("pub use prm_core::store;", "E0603"),
    ("pub fn f() { let _ = prm_core::store::tables::Table::ALL; }", "E0603"),
    ("pub fn f(ring: prm_core::store::ring::KeyRing) { drop(ring) }", "E0603"),
    ("use prm_core::govern::filter::Filter;", "E0603"),
    ("pub fn f() { let _ = prm_core::time::zones::Zones::default(); }", "E0603"),
];

/// Builds of the library beside this test, newest first; there may be several, with other features or compilers.
fn libraries() -> Vec<PathBuf> {
    let folder = env::current_exe().unwrap().parent().unwrap().to_path_buf();
    let mut found: Vec<(SystemTime, PathBuf)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("libprm_core-") && name.ends_with(".rlib")
        })
        .map(|path| (fs::metadata(&path).unwrap().modified().unwrap(), path))
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, path)| path).collect()
}

fn compile(library: &Path, folder: &Path, code: &str) -> Output {
    let source = folder.join("outside.rs");
    fs::write(&source, code).unwrap();
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .arg(folder)
        .arg("--extern")
        .arg(format!("prm_core={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", library.parent().unwrap().display()))
        .arg(&source)
        .output()
        .unwrap()
}

#[test]
fn code_outside_cannot_reach_the_store_around_the_gate() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("one_door");
    fs::create_dir_all(&folder).unwrap();
    let libraries = libraries();
    let library = libraries
        .iter()
        .find(|library| compile(library, &folder, WITHIN).status.success())
        .unwrap_or_else(|| panic!("none of {libraries:?} can be used from outside at all"));
    for (code, reason) in AROUND {
        let output = compile(library, &folder, code);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "this compiled: {code}");
        assert!(told.contains(&format!("error[{reason}]")), "{code} failed for another reason:\n{told}");
    }
}
