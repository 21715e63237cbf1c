//! What is committed of the Python package is what the surface of the core makes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use prm_api::{Api, Carries, Default, Field, Of, Shape, Type, Variant, python};

fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../python/python/prm")
}

/// Files below a folder that say they are made.
fn made(folder: &Path, below: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            made(&path, &format!("{name}/"), found);
        } else if name.ends_with(".py") && fs::read_to_string(&path).unwrap().starts_with("# Made by") {
            found.insert(name);
        }
    }
}

#[test]
fn the_package_is_what_the_surface_makes() {
    let files = python::package(&prm_api::api().unwrap()).unwrap();
    let named: BTreeSet<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let mut committed = BTreeSet::new();
    made(&package(), "", &mut committed);
    assert_eq!(committed, named, "left: committed; right: made");
    for (path, text) in files {
        let committed = fs::read_to_string(package().join(&path)).unwrap();
        assert!(committed == text, "{path} differs: run `cargo run -p prm-api -- python`");
    }
}

#[test]
fn the_table_of_the_tests_is_what_the_surface_makes() {
    let committed = fs::read_to_string(package().join("../../tests/surface.json")).unwrap();
    assert!(committed == python::surface(&prm_api::api().unwrap()), "run `cargo run -p prm-api -- python`");
}

fn field(name: &str, of: Of, default: Option<Default>) -> Field {
    Field { name: name.to_owned(), json: name.to_owned(), docs: "Some.".to_owned(), of, default }
}

fn of(name: &str, shape: Shape) -> Type {
    Type { module: String::new(), name: name.to_owned(), docs: "A thing.".to_owned(), shape }
}

fn variant(name: &str, carries: Carries) -> Variant {
    Variant { name: name.to_owned(), json: name.to_lowercase(), docs: "One.".to_owned(), carries }
}

/// What a surface of these types makes, in one text.
fn with(types: Vec<Type>) -> Result<String, String> {
    let api = Api { types, ..Api::default() };
    python::package(&api).map(|files| files.into_iter().map(|(_, text)| text).collect())
}

#[test]
fn a_record_says_its_defaults_and_keeps_clear_of_keywords() {
    let text = || Of::Plain("text");
    let fields = vec![
        field("from", Of::Plain("u64"), None),
        field("note", Of::Option(Box::new(Of::Sensitive(Box::new(text())))), Some(Default::Empty)),
        field("active", Of::Plain("bool"), Some(Default::Literal("true".to_owned()))),
        field("words", Of::List(Box::new(text())), Some(Default::Empty)),
    ];
    let made = with(vec![of("Thing", Shape::Record(fields))]).unwrap();
    for line in [
        "    from_: int\n",
        "    note: Sensitive[str] | None\n",
        "self, *, from_: int, note: Sensitive[str] | str | None = None, active: bool = True, words: Sequence[str] = ()",
        "from_=from_, note=maybe(as_text, note), active=active, words=many(words)",
    ] {
        assert!(made.contains(line), "{line} is not in:\n{made}");
    }
}

#[test]
fn a_choice_is_a_class_for_each_variant_unless_it_carries_nothing() {
    let plain = with(vec![of("Order", Shape::Choice(vec![variant("Newest", Carries::Nothing)]))]).unwrap();
    assert!(plain.contains("class Order(Enum):") && plain.contains("    NEWEST = \"newest\"\n"));
    let variants = vec![variant("Number", Carries::One(Of::Plain("i64"))), variant("Nothing", Carries::Nothing)];
    let made = with(vec![of("Value", Shape::Choice(variants))]).unwrap();
    assert!(made.contains("class ValueNumber:") && made.contains("class ValueNothing:"));
    assert!(made.contains("Value: TypeAlias = (\n    ValueNumber | ValueNothing\n)"));
}

#[test]
fn two_classes_of_one_name_are_refused() {
    let choice = Shape::Choice(vec![variant("B", Carries::One(Of::Plain("bool")))]);
    let wrong = with(vec![of("A", choice), of("AB", Shape::Record(Vec::new()))]);
    assert!(wrong.unwrap_err().contains("two classes AB"));
}

/// Python runs the files of an import in order: two that import each other find one of them half made.
#[test]
fn no_file_of_classes_imports_itself_by_way_of_others() {
    let files = python::package(&prm_api::api().unwrap()).unwrap();
    let mut left: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("_model/") && !path.ends_with("__init__.py")) {
        let imported = text.lines().filter_map(|line| line.strip_prefix("from prm._model.")?.split(' ').next());
        let name = path.trim_start_matches("_model/").trim_end_matches(".py");
        left.push((name.to_owned(), imported.map(str::to_owned).collect()));
    }
    assert!(left.len() > 20);
    while !left.is_empty() {
        let waiting: BTreeSet<String> = left.iter().map(|(name, _)| name.clone()).collect();
        let before = left.len();
        left.retain(|(_, imported)| !imported.is_disjoint(&waiting));
        assert!(left.len() < before, "a circle among {left:?}");
    }
}
