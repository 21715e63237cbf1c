//! The JSON of commands and views: what is refused, what is skipped, what is kept.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::fmt::Debug;

use prm_core::chart::{ChartEntry, Component, EntryView, TimelineQuery};
use prm_core::govern::RoleGrant;
use prm_core::people::{
    Address, CareTeam, CareTeamMember, CommunicationPreferences, ContactPoint, Deceased, HumanName, Identifier,
    Language, Organisation, Patient, PatientSearch, PatientView, Practitioner, RelatedPerson,
};
use prm_core::{Actor, Batch, Coding, Command, Concept, Decimal, Page, Period, Quantity, Receipt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const ID: &str = "018f0000-0000-7000-8000-000000000001";

fn refuses_what_it_does_not_know<T: DeserializeOwned + Debug>(known: Value) {
    let name = std::any::type_name::<T>();
    serde_json::from_value::<T>(known.clone()).unwrap_or_else(|e| panic!("{name} refuses {known}: {e}"));
    let mut misspelt = known;
    misspelt.as_object_mut().unwrap().insert("birthdate".to_owned(), json!("1987-04-03"));
    let refused = serde_json::from_value::<T>(misspelt.clone());
    let told = refused.expect_err(&format!("{name} takes {misspelt}")).to_string();
    assert!(told.contains("unknown field `birthdate`"), "{name}: {told}");
}

#[test]
fn a_misspelt_member_of_an_input_is_refused_wherever_it_stands() {
    refuses_what_it_does_not_know::<Patient>(json!({}));
    refuses_what_it_does_not_know::<HumanName>(json!({}));
    refuses_what_it_does_not_know::<Identifier>(json!({ "value": "1" }));
    refuses_what_it_does_not_know::<ContactPoint>(json!({ "value": "1" }));
    refuses_what_it_does_not_know::<Address>(json!({}));
    refuses_what_it_does_not_know::<Language>(json!({ "language": {} }));
    refuses_what_it_does_not_know::<CommunicationPreferences>(json!({}));
    refuses_what_it_does_not_know::<Deceased>(json!({}));
    refuses_what_it_does_not_know::<RelatedPerson>(json!({ "patient": ID }));
    refuses_what_it_does_not_know::<Practitioner>(json!({}));
    refuses_what_it_does_not_know::<Organisation>(json!({ "name": "Clinic" }));
    refuses_what_it_does_not_know::<CareTeam>(json!({ "name": "Team" }));
    refuses_what_it_does_not_know::<CareTeamMember>(json!({ "member": { "patient": ID } }));
    refuses_what_it_does_not_know::<ChartEntry>(json!({ "kind": "Observation", "status": "final" }));
    refuses_what_it_does_not_know::<Component>(json!({ "code": {} }));
    refuses_what_it_does_not_know::<RoleGrant>(json!({ "who": { "patient": ID }, "role": "administrator" }));
    refuses_what_it_does_not_know::<Actor>(json!({ "who": { "patient": ID } }));
    refuses_what_it_does_not_know::<PatientSearch>(json!({}));
    refuses_what_it_does_not_know::<TimelineQuery>(json!({}));
    refuses_what_it_does_not_know::<Page>(json!({ "limit": 1 }));
    refuses_what_it_does_not_know::<Period>(json!({}));
    refuses_what_it_does_not_know::<Coding>(json!({ "code": "1" }));
    refuses_what_it_does_not_know::<Concept>(json!({}));
    refuses_what_it_does_not_know::<Quantity>(json!({ "value": "1.50" }));
    refuses_what_it_does_not_know::<Batch>(json!({ "commands": [] }));
    let within = json!({ "add_patient": { "patient": {}, "birthdate": "1987" } });
    assert!(serde_json::from_value::<Command>(within).is_err());
    assert!(serde_json::from_value::<Command>(json!({ "add_patent": { "patient": {} } })).is_err());
}

/// Whoever reads answers of a later version must not fail over a member that is new.
#[test]
fn a_view_skips_members_of_a_later_version() {
    fn skips<T: DeserializeOwned + Serialize>(view: Value) {
        let mut newer = view.clone();
        newer.as_object_mut().unwrap().insert("of_a_later_version".to_owned(), json!(1));
        let read: T = serde_json::from_value(newer).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), view, "{}", std::any::type_name::<T>());
    }
    let header = json!({ "id": ID, "version": 1, "recorded": "2026-03-02T09:00:00Z" });
    let with = |name: &str, record: Value| {
        let mut view = header.clone();
        view.as_object_mut().unwrap().insert(name.to_owned(), record);
        view
    };
    skips::<PatientView>(with("patient", json!({ "active": true })));
    skips::<EntryView>(with("entry", json!({ "kind": "Goal", "status": "active", "code": {}, "title": "Walk" })));
    skips::<Receipt>(json!({ "batch": ID, "sequence": 1, "recorded": "2026-03-02T09:00:00Z", "written": [] }));
}

#[test]
fn a_decimal_keeps_its_digits_or_is_refused() {
    for text in ["1.50", "-0.0", "1e3", "12345678901234567890.10"] {
        let decimal: Decimal = serde_json::from_value(json!(text)).unwrap();
        assert_eq!(serde_json::to_value(&decimal).unwrap(), json!(text));
    }
    assert_eq!(serde_json::from_str::<Decimal>("7").unwrap().as_str(), "7");
    assert_eq!(serde_json::from_str::<Decimal>("18446744073709551615").unwrap().as_str(), "18446744073709551615");
    for number in ["1.50", "1e3", "18446744073709551616"] {
        let refused = serde_json::from_str::<Decimal>(number);
        assert!(refused.is_err(), "{number} became {refused:?}");
    }
}

#[test]
fn every_command_comes_back_from_its_json() {
    for text in [
        r#"{"add_patient":{"patient":{"active":true,"birth_date":"1987-04"}}}"#,
        r#"{"void_entry":{"id":"018f0000-0000-7000-8000-000000000001","version":3,"reason":"why"}}"#,
        r#"{"grant_role":{"grant":{"who":{"system":"importer"},"role":"integration"}}}"#,
    ] {
        let command: Command = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&command).unwrap(), text);
    }
}
