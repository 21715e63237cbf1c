//! That the scenarios use the whole contract, and that the schema names the same one.

use std::collections::BTreeSet;
use std::fs;

use prm_api::Shape;
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

/// Calls that each binding makes by hand, since they read or write a stream.
const BY_HAND: [&str; 3] = ["fhir.import", "fhir.export", "fhir.resource"];

#[test]
fn every_call_of_a_room_is_made() {
    let rooms = prm_api::api().unwrap().rooms;
    let offered = rooms.iter().flat_map(|room| room.calls.iter().map(|call| format!("{}.{}", room.name, call.name)));
    let offered: BTreeSet<String> = offered.chain(BY_HAND.map(str::to_owned)).collect();
    assert!(offered.contains("people.add") && offered.len() > BY_HAND.len());
    assert_eq!(texts(&schema(), "/$defs/read/properties/call/enum"), offered, "calls that the schema does not name");
    let known = calls::NAMES.iter().chain(calls::RECKONED);
    assert_eq!(known.map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(), offered);
    let mut made = BTreeSet::new();
    for (_, scenario) in crate::all() {
        for step in scenario.steps {
            if let Step::Read(read) = step {
                made.insert(read.call);
            }
        }
    }
    assert_eq!(made, offered, "calls that no scenario makes");
}

#[test]
fn every_command_is_sent() {
    let api = prm_api::api().unwrap();
    let command = api.types.iter().find(|found| found.name == "Command").unwrap();
    let Shape::Choice(variants) = &command.shape else { panic!("a command is a choice") };
    let offered: BTreeSet<String> = variants.iter().map(|variant| variant.json.clone()).collect();
    assert!(offered.contains("add_patient"));
    assert_eq!(members(&schema(), "/$defs/command/properties"), offered, "commands that the schema does not name");
    let mut sent = BTreeSet::new();
    for (_, scenario) in crate::all() {
        for step in scenario.steps {
            if let Step::Execute(execute) = step {
                sent.extend(execute.commands.iter().flat_map(|c| c.as_object().unwrap().keys().cloned()));
            }
        }
    }
    assert_eq!(sent, offered, "commands that no scenario sends");
}
