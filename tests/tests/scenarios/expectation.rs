//! Comparing answers with what a scenario expects.

use prm_core::{Detail, Error};
use serde_json::Value;

use crate::script::{ExpectedError, ExpectedVersions};

/// Whether every member that is expected is there with its value; answers may have more members. Lists must agree in
/// length and order. A member that is `null` or an empty list is the same as none.
pub(crate) fn holds(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => part.iter().all(|(key, expected)| {
            let found = whole.get(key).unwrap_or(&Value::Null);
            is_nothing(expected) && is_nothing(found) || holds(expected, found)
        }),
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(expected, found)| holds(expected, found))
        }
        _ => part == whole,
    }
}

/// Whether both say the same: all that is expected is there, and nothing else.
pub(crate) fn is_same(expected: &Value, found: &Value) -> bool {
    holds(expected, found) && holds(found, expected)
}

fn is_nothing(member: &Value) -> bool {
    match member {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
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
    assert!(!is_part(serde_json::json!({"e": false})));
    assert!(!is_part(serde_json::json!({"a": [3, {"b": 1}]})));
}

#[test]
fn a_member_without_value_is_the_same_as_none() {
    let whole = serde_json::json!({"a": {"b": 0, "c": "", "d": {}, "e": null, "f": []}, "g": [null, []]});
    let same = |other: Value| is_same(&other, &whole);
    assert!(same(whole.clone()));
    assert!(same(serde_json::json!({"a": {"b": 0, "c": "", "d": {}, "e": []}, "g": [null, []], "h": null})));
    let others = [
        serde_json::json!({"a": {"c": "", "d": {}}, "g": [null, []]}),
        serde_json::json!({"a": {"b": 0, "d": {}}, "g": [null, []]}),
        serde_json::json!({"a": {"b": 0, "c": ""}, "g": [null, []]}),
        serde_json::json!({"a": {"b": 0, "c": "", "d": {}}}),
        serde_json::json!({"a": {"b": 0, "c": "", "d": {}}, "g": [[], null]}),
        serde_json::json!({"a": {"b": 0, "c": "", "d": {}}, "g": [null, []], "h": 1}),
        serde_json::json!({"a": {"b": "0", "c": "", "d": {}}, "g": [null, []]}),
    ];
    assert!(others.into_iter().all(|other| !same(other)));
    assert!(!is_same(&Value::Null, &serde_json::json!([])));
    assert!(!holds(&serde_json::json!({"a": null}), &whole));
    assert!(holds(&serde_json::json!({"h": null}), &whole));
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
