//! What the library links, and with which features.

use std::collections::BTreeSet;
use std::process::Command;

use crate::source;

/// Features that change what a shared crate does for the host, who would get them by depending on the library.
const CHANGES_THE_HOST: [(&str, &str); 4] = [
    ("serde_json", "arbitrary_precision"),
    ("serde_json", "preserve_order"),
    ("serde_json", "float_roundtrip"),
    ("serde_json", "unbounded_depth"),
];

/// Crates that build or look for code in C.
const BUILDS_C: [&str; 8] = ["cc", "cmake", "pkg-config", "bindgen", "vcpkg", "openssl-sys", "libsqlite3-sys", "ring"];

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).current_dir(source::root()).args(arguments).arg("--locked").output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Names of the crates that the library links or builds with, on this machine, all its features on.
fn linked() -> BTreeSet<String> {
    let tree = cargo(&["tree", "-p", "prm-core", "-e", "normal,build", "--all-features", "--prefix", "none"]);
    let names: BTreeSet<String> = tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    assert!(names.len() > 40 && names.contains("redb"), "read only {} crates", names.len());
    names
}

#[test]
fn no_feature_changes_a_crate_under_the_host() {
    let tree = cargo(&["tree", "--workspace", "-e", "features,no-dev", "--all-features", "--prefix", "none"]);
    assert!(tree.contains("serde_json feature \"std\""), "the tree names features in another way now");
    for (name, feature) in CHANGES_THE_HOST {
        assert!(!tree.contains(&format!("{name} feature \"{feature}\"")), "{name} is built with {feature}");
    }
}

#[test]
fn the_library_builds_no_c() {
    let linked = linked();
    let found: Vec<_> = BUILDS_C.iter().filter(|name| linked.contains(**name)).collect();
    assert!(found.is_empty(), "{found:?} came in: cargo tree -p prm-core -i NAME");
}

#[test]
fn the_library_links_no_native_library() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--all-features"])).unwrap();
    let linked = linked();
    let packages = metadata["packages"].as_array().unwrap();
    let ours = packages.iter().filter(|package| linked.contains(package["name"].as_str().unwrap()));
    let native: Vec<_> = ours.filter(|package| !package["links"].is_null()).map(|package| &package["name"]).collect();
    assert!(native.is_empty(), "{native:?} link native libraries");
}

#[test]
fn every_package_states_the_same_oldest_compiler() {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps"])).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() >= 4);
    for package in packages {
        assert_eq!(package["rust_version"], "1.90", "{}", package["name"]);
        assert_eq!(package["license"], "MIT OR Apache-2.0", "{}", package["name"]);
    }
}
