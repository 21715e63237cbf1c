//! Fields that R4 has no element for, carried beside the element that holds the rest, and members that nothing reads.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::Json;
use super::super::json::Object;
use super::super::map::at::{At, Notes};
use super::super::map::keep;
use super::super::map::kept::{LONGEST, URL};

/// Extensions of ours begin with it.
pub(super) const OURS: &str = "urn:prm:";

fn tree<T: Serialize>(record: &T) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(tree)) => tree,
        _ => Map::new(),
    }
}

/// The element with what reading it back would not give of these fields.
pub(super) fn close<T: Serialize>(
    mut json: Json<'static>,
    want: &T,
    fields: &[&str],
    read: impl FnOnce(&Json<'_>, &mut Notes) -> T,
) -> Json<'static> {
    let have = read(&json, &mut Notes::default());
    keep(&mut json, &have, want, fields);
    json
}

/// The record of an element, with the fields carried beside it. A field of which the element itself was changed since is
/// taken from the element.
pub(super) fn restore<T: Serialize + DeserializeOwned>(
    json: &Json<'_>,
    fields: &[&str],
    at: &At<'_>,
    notes: &mut Notes,
    read: impl Fn(&Json<'_>, &mut Notes) -> T,
    write: impl Fn(&T) -> Json<'static>,
) -> T {
    let plain = read(json, notes);
    let Some(kept) = json.items("extension").iter().find(|e| e.text_of("url") == Some(URL)) else { return plain };
    let before = tree(&plain);
    let mut full = before.clone();
    for part in kept.items("extension") {
        let name = part.text_of("url").filter(|name| fields.contains(name));
        let text = part.text_of("valueString").filter(|text| text.len() <= LONGEST);
        let value = text.and_then(|text| serde_json::from_str(text).ok());
        match (name, value) {
            (Some(name), Some(Value::Null)) => drop(full.remove(name)),
            (Some(name), Some(value)) => drop(full.insert(name.to_owned(), value)),
            _ => notes.add(&at.member("extension"), "a field that is not carried"),
        }
    }
    let record = |tree: &Map<String, Value>| serde_json::from_value::<T>(Value::Object(tree.clone())).ok();
    let Some(carried) = record(&full) else {
        notes.add(&at.member("extension"), "fields that do not fit the record");
        return plain;
    };
    // What the element said when it was written; where it says something else now, it was changed.
    let written = tree(&read(&write(&carried), &mut Notes::default()));
    let changed: Vec<&str> = fields
        .iter()
        .copied()
        .filter(|name| before.get(*name) != written.get(*name) && before.get(*name) != full.get(*name))
        .collect();
    if changed.is_empty() {
        return carried;
    }
    notes.add(&at.member("extension"), "fields carried beside elements that were changed since");
    for name in changed {
        match before.get(name) {
            Some(value) => drop(full.insert(name.to_owned(), value.clone())),
            None => drop(full.remove(name)),
        }
    }
    record(&full).unwrap_or(plain)
}

/// Notes the members of an element that nothing here reads, and the extensions of others.
pub(super) fn rest(json: &Json<'_>, known: &[&str], at: &At<'_>, notes: &mut Notes) {
    for (name, value) in json.object().into_iter().flat_map(Object::iter) {
        match name {
            "id" | "resourceType" => {}
            "extension" => {
                let items = json.items("extension").iter().enumerate();
                for (n, _) in items.filter(|(_, e)| !e.text_of("url").is_some_and(|url| url.starts_with(OURS))) {
                    notes.add(&at.item("extension", n), "an extension of another system");
                }
            }
            "text" if value.text_of("status") == Some("generated") => {}
            "meta" => {
                let read = ["security", "versionId", "lastUpdated", "source", "profile"];
                for (name, _) in value.object().into_iter().flat_map(Object::iter) {
                    if !read.contains(&name) {
                        notes.add(&at.member("meta").member(name), "an element that the record has no place for");
                    }
                }
            }
            name if known.contains(&name) => {}
            name => notes.add(&at.member(name), "an element that the record has no place for"),
        }
    }
}

/// The text of the extension with this URL.
pub(super) fn carried_text<'j>(json: &'j Json<'_>, url: &str) -> Option<&'j str> {
    let found = json.items("extension").iter().find(|e| e.text_of("url") == Some(url))?;
    found.text_of("valueString").filter(|text| text.len() <= LONGEST)
}

/// Whether two values say the same: members may stand in any order.
pub(super) fn same(a: &Json<'_>, b: &Json<'_>) -> bool {
    match (a, b) {
        (Json::Object(x), Json::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(name, value)| y.get(name).is_some_and(|other| same(value, other)))
        }
        (Json::List(x), Json::List(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y)),
        _ => a == b,
    }
}

/// The value without its extension of this URL.
pub(super) fn without<'a>(json: &Json<'a>, url: &str) -> Json<'a> {
    let mut json = json.clone();
    if let Some(object) = json.object_mut()
        && let Some(Json::List(extensions)) = object.get_mut("extension")
    {
        extensions.retain(|e| e.text_of("url") != Some(url));
        if extensions.is_empty() {
            object.remove("extension");
        }
    }
    json
}
