//! The committed manifest is what the sources say, and every item of it has a text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::path::Path;

use prm_api::{Api, Carries, Field, Shape, Variant, manifest};

fn from_sources() -> Api {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../prm-core/src");
    prm_api::read::read(&folder).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn the_manifest_is_what_the_sources_of_the_core_say() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api.manifest");
    let committed = std::fs::read_to_string(committed).unwrap();
    let made = manifest::write(&from_sources());
    let differs = committed.lines().zip(made.lines()).position(|(a, b)| a != b);
    assert!(
        committed == made,
        "bindings/api.manifest differs from the sources of prm-core, first in line {}; see what the change means for \
         Python, Kotlin and Swift, then run `cargo run -p prm-api -- manifest`",
        differs.unwrap_or_else(|| committed.lines().count().min(made.lines().count())) + 1
    );
}

#[test]
fn a_manifest_reads_back_as_it_was_written() {
    let api = from_sources();
    assert_eq!(manifest::parse(&manifest::write(&api)).unwrap(), api);
    let broken = manifest::parse("record A in people\nnonsense here\n").unwrap_err();
    assert_eq!(broken.line, 2);
    assert_eq!(manifest::parse("| text of nothing\n").unwrap_err().line, 1);
}

#[test]
fn every_item_has_a_text() {
    let api = from_sources();
    let mut texts: Vec<(String, &str)> = Vec::new();
    for of in &api.types {
        texts.push((of.name.clone(), &of.docs));
        match &of.shape {
            Shape::Id => {}
            Shape::Record(fields) => texts.extend(of_fields(&of.name, fields)),
            Shape::Choice(variants) => {
                for Variant { name, docs, carries, .. } in variants {
                    let name = format!("{}::{name}", of.name);
                    if let Carries::Fields(fields) = carries {
                        texts.extend(of_fields(&name, fields));
                    }
                    texts.push((name, docs));
                }
            }
            Shape::Code(known) => {
                texts.extend(known.iter().map(|code| (format!("{}::{}", of.name, code.name), code.docs.as_str())));
            }
        }
    }
    for room in &api.rooms {
        texts.push((room.name.clone(), &room.docs));
        texts.extend(room.calls.iter().map(|call| (format!("{}.{}", room.name, call.name), call.docs.as_str())));
    }
    texts.extend(api.errors.iter().map(|error| (error.name.clone(), error.docs.as_str())));
    let without: Vec<_> = texts.iter().filter(|(_, docs)| docs.trim().is_empty()).map(|(name, _)| name).collect();
    assert!(without.is_empty(), "without a text: {without:?}");
    assert!(api.types.len() > 60 && api.errors.len() == 24 && api.rooms.len() == 9);
}

fn of_fields<'a>(within: &str, fields: &'a [Field]) -> Vec<(String, &'a str)> {
    fields.iter().map(|field| (format!("{within}.{}", field.name), field.docs.as_str())).collect()
}
