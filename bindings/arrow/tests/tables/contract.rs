//! The columns are a contract: `columns.md` beside the sources, which the documentation shows.

use std::fmt::Write as _;
use std::path::Path;

use arrow_schema::{DataType, Schema, TimeUnit};
use prm_arrow::{accesses_schema, patients_schema, timeline_schema, trend_schema, worklist_schema};

fn described(schema: &Schema) -> String {
    let about = schema.metadata();
    let mut text = format!("\n## {}, contract {}\n\n", about["prm.table"], about["prm.contract"]);
    text.push_str("| column | type | empty | holds |\n| --- | --- | --- | --- |\n");
    for field in schema.fields() {
        let kind = match field.data_type() {
            DataType::Timestamp(TimeUnit::Microsecond, Some(zone)) => format!("Timestamp(µs, {zone})"),
            other => other.to_string(),
        };
        let empty = if field.is_nullable() { "perhaps" } else { "never" };
        let about = field.metadata()["description"].replace('|', "\\|");
        writeln!(text, "| `{}` | {kind} | {empty} | {about} |", field.name()).unwrap();
    }
    text
}

#[test]
fn the_columns_are_those_of_the_contract() {
    let schemas = [patients_schema(), timeline_schema(), trend_schema(), accesses_schema(), worklist_schema()];
    let written: String = schemas.iter().map(|schema| described(schema)).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("columns.md");
    if std::env::var_os("PRM_ACCEPT").is_some() {
        std::fs::write(&path, &written).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(
        written, agreed,
        "\nraise the number of the contract if a column was renamed, retyped or taken away; PRM_ACCEPT=1 writes the file"
    );
}

#[test]
fn every_name_is_one_word_in_every_language_and_says_what_it_holds() {
    for schema in [patients_schema(), timeline_schema(), trend_schema(), accesses_schema(), worklist_schema()] {
        assert!(schema.fields().len() >= 8);
        for field in schema.fields() {
            assert!(field.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", field.name());
            assert!(field.metadata()["description"].len() > 5, "{} says nothing", field.name());
        }
    }
}
