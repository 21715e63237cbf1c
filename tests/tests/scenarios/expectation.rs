//! Comparing answers with what a scenario expects.

use prm_core::{Detail, Error};
use serde_json::Value;

use crate::script::{ExpectedError, ExpectedVersions};

/// Whether every member that is expected is there with its value; answers may have more members. Lists must agree in
/// length and order.
pub(crate) fn holds(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            part.iter().all(|(key, expected)| whole.get(key).is_some_and(|found| holds(expected, found)))
        }
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(expected, found)| holds(expected, found))
        }
        _ => part == whole,
    }
}

/// What an error says of itself to a scenario.
pub(crate) fn told(error: &Error) -> ExpectedError {
    let (versions, field) = match error.particulars() {
        Some(Detail::Versions { expected, found }) => {
            (Some(ExpectedVersions { expected: *expected, found: *found }), None)
        }
        Some(Detail::Field(field)) => (None, Some(field.to_string())),
        _ => (None, None),
    };
    ExpectedError { code: error.code().to_owned(), versions, field }
}

/// Whether an error is the one expected.
pub(crate) fn is_error(expected: &ExpectedError, found: &ExpectedError) -> bool {
    expected.code == found.code
        && (expected.versions.is_none() || expected.versions == found.versions)
        && (expected.field.is_none() || expected.field == found.field)
}

#[test]
fn a_part_may_leave_out_members_but_not_items() {
    let whole = serde_json::json!({"a": [{"b": 1, "c": 2}, 3], "d": null});
    let is_part = |part: Value| holds(&part, &whole);
    assert!(is_part(serde_json::json!({"a": [{"b": 1}, 3]})));
    assert!(is_part(serde_json::json!({})));
    assert!(!is_part(serde_json::json!({"a": [{"b": 2}, 3]})));
    assert!(!is_part(serde_json::json!({"a": [{"b": 1}]})));
    assert!(!is_part(serde_json::json!({"e": null})));
    assert!(!is_part(serde_json::json!({"a": [3, {"b": 1}]})));
}

#[test]
fn an_error_is_told_apart_by_code_versions_and_field() {
    let found = ExpectedError {
        code: "conflict".into(),
        versions: Some(ExpectedVersions { expected: 1, found: 2 }),
        field: None,
    };
    let expected = |code: &str, versions, field| ExpectedError { code: code.into(), versions, field };
    assert!(is_error(&expected("conflict", None, None), &found));
    assert!(is_error(&found, &found));
    assert!(!is_error(&expected("invalid", None, None), &found));
    assert!(!is_error(&expected("conflict", Some(ExpectedVersions { expected: 1, found: 3 }), None), &found));
    assert!(!is_error(&expected("conflict", None, Some("x".into())), &found));
}
