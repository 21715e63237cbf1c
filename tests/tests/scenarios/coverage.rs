//! That the scenarios use the whole contract, and that the schema names the same one.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::calls;
use crate::script::Step;

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(crate::folder().join("scenario.schema.json")).unwrap()).unwrap()
}

fn texts(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let list = schema.pointer(pointer).and_then(Value::as_array);
    let list = list.unwrap_or_else(|| panic!("the schema has no list at {pointer}"));
    list.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn members(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let members = schema.pointer(pointer).and_then(Value::as_object);
    members.unwrap_or_else(|| panic!("the schema has no members at {pointer}")).keys().cloned().collect()
}

#[test]
fn every_call_of_the_schema_is_used_and_known() {
    let named = texts(&schema(), "/$defs/read/properties/call/enum");
    let known: BTreeSet<String> = calls::NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(named, known);
    let mut used = BTreeSet::new();
    for (_, scenario) in crate::all() {
        for step in scenario.steps {
            if let Step::Read(read) = step {
                used.insert(read.call);
            }
        }
    }
    assert_eq!(used, known, "calls that no scenario makes, or that the schema does not name");
}

#[test]
fn every_command_of_the_schema_is_used() {
    let named = members(&schema(), "/$defs/command/properties");
    let mut used = BTreeSet::new();
    for (_, scenario) in crate::all() {
        for step in scenario.steps {
            if let Step::Execute(execute) = step {
                used.extend(execute.commands.iter().flat_map(|c| c.as_object().unwrap().keys().cloned()));
            }
        }
    }
    assert_eq!(used, named, "commands that no scenario sends, or that the schema does not name");
}
