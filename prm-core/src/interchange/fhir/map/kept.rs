//! Fields of our records that R4 has no element for, carried through an export in one extension.
//!
//! `urn:prm:kept` holds one part for each such field: its name, and its value as JSON in a `valueString`. What decides
//! over access is never read from there: labels, links, authority and scope of proxies.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::Json;
use super::super::json::Object;
use super::at::{At, Notes};

/// Longest value of one field, in bytes of JSON.
pub(crate) const LONGEST: usize = 1024 * 1024;

pub(crate) const URL: &str = "urn:prm:kept";

/// Fields of an entry that may be carried.
pub(crate) const OF_ENTRY: &[&str] =
    &["when", "until", "status", "status_code", "code", "categories", "title", "value", "components", "note", "period"];
/// Fields of a patient that may be carried.
pub(crate) const OF_PATIENT: &[&str] = &[
    "names",
    "identifiers",
    "telecom",
    "addresses",
    "sex_for_clinical_use",
    "gender_identity",
    "languages",
    "preferences",
    "deceased",
];
/// Fields of people and organisations that may be carried.
pub(crate) const OF_PEOPLE: &[&str] =
    &["name", "names", "identifiers", "telecom", "addresses", "relationship", "qualifications", "type", "period"];

/// The record with the fields that its resource carries. Those that cannot be read are noted.
pub(crate) fn read<T: Serialize + DeserializeOwned>(
    record: T,
    fields: &[&str],
    json: &Json<'_>,
    notes: &mut Notes,
) -> T {
    let extensions = json.items("extension").iter();
    let Some((i, kept)) = extensions.enumerate().find(|(_, e)| e.text_of("url") == Some(URL)) else {
        return record;
    };
    let at = At::ROOT.item("extension", i);
    let Ok(serde_json::Value::Object(mut tree)) = serde_json::to_value(&record) else { return record };
    for part in kept.items("extension") {
        let name = part.text_of("url").filter(|name| fields.contains(name));
        let text = part.text_of("valueString").filter(|text| text.len() <= LONGEST);
        let value = text.and_then(|text| serde_json::from_str(text).ok());
        match (name, value) {
            (Some(name), Some(serde_json::Value::Null)) => drop(tree.remove(name)),
            (Some(name), Some(value)) => drop(tree.insert(name.to_owned(), value)),
            _ => notes.add(&at, "a field that is not carried"),
        }
    }
    serde_json::from_value(serde_json::Value::Object(tree)).unwrap_or_else(|_| {
        notes.add(&at, "fields that do not fit the record");
        record
    })
}

/// Puts into the resource what `want` has of these fields and `have`, which was read back from it, has not.
pub(crate) fn write<T: Serialize>(json: &mut Json<'_>, have: &T, want: &T, fields: &[&str]) {
    let tree = |record: &T| match serde_json::to_value(record) {
        Ok(serde_json::Value::Object(tree)) => tree,
        _ => serde_json::Map::new(),
    };
    let (have, want) = (tree(have), tree(want));
    let differing = fields.iter().filter(|name| have.get(**name) != want.get(**name));
    let parts: Vec<Json<'static>> = differing
        .map(|name| {
            let value = want.get(*name).map_or_else(|| "null".to_owned(), serde_json::Value::to_string);
            Object::from_iter([("url", Json::from(*name)), ("valueString", Json::from(value))]).into()
        })
        .collect();
    if parts.is_empty() {
        return;
    }
    let kept = Object::from_iter([("url", Json::from(URL)), ("extension", Json::List(parts))]);
    add_extension(json, kept.into());
}

/// The resource without what an earlier export carried.
pub(crate) fn strip(json: &mut Json<'_>) {
    let Some(object) = json.object_mut() else { return };
    let Some(Json::List(extensions)) = object.get_mut("extension") else { return };
    let before = extensions.len();
    extensions.retain(|e| e.text_of("url") != Some(URL));
    if extensions.is_empty() && before > 0 {
        object.remove("extension");
    }
}

pub(crate) fn add_extension<'a>(json: &mut Json<'a>, extension: Json<'a>) {
    let Some(object) = json.object_mut() else { return };
    match object.get_mut("extension") {
        Some(Json::List(extensions)) => extensions.push(extension),
        // Not a list as R4 has it: what is there stays.
        Some(one) => *one = Json::List(vec![std::mem::replace(one, Json::Null), extension]),
        None => object.set("extension", Json::List(vec![extension])),
    }
}
