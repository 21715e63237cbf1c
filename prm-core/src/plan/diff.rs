//! What two versions of a template differ in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::CareTemplate;
use crate::error::{Error, ErrorKind, Result};

/// A part of a template that has rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateSection {
    /// Events.
    Events,
    /// Problems.
    Problems,
    /// Goals.
    Goals,
    /// Activities.
    Activities,
    /// States of the pathway.
    States,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChange {
    /// The later version has it, the earlier one has not.
    Added,
    /// The earlier version has it, the later one has not.
    Removed,
    /// Both have it, with other fields.
    Changed,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowDiff {
    /// The part of the template.
    pub section: TemplateSection,
    /// Key of the row.
    pub key: String,
    /// What became of it.
    pub change: RowChange,
    /// Names of the fields that differ; none for rows added or removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// What two versions of a template differ in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TemplateDiff {
    /// Names of fields of the template itself that differ; `first_state` if plans begin elsewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The rows that differ, by section and key. The order of rows is no difference.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowDiff>,
}

impl TemplateDiff {
    /// What became of a row, if it differs.
    pub fn row(&self, section: TemplateSection, key: &str) -> Option<RowChange> {
        self.rows.iter().find(|row| row.section == section && row.key == key).map(|row| row.change)
    }
}

const SECTIONS: [(TemplateSection, &str); 5] = [
    (TemplateSection::Events, "events"),
    (TemplateSection::Problems, "problems"),
    (TemplateSection::Goals, "goals"),
    (TemplateSection::Activities, "activities"),
    (TemplateSection::States, "states"),
];

/// What `later` differs in from `earlier`.
///
/// # Errors
/// `Invalid` when a template has two rows of one key in a section.
pub fn diff(earlier: &CareTemplate, later: &CareTemplate) -> Result<TemplateDiff> {
    let (a, b) = (fields(earlier)?, fields(later)?);
    let mut found = TemplateDiff::default();
    for name in differing(&a, &b) {
        if !SECTIONS.iter().any(|(_, section)| *section == name) {
            found.fields.push(name);
        }
    }
    let first = |template: &CareTemplate| template.states.first().map(|state| state.key.clone());
    if first(earlier) != first(later) {
        found.fields.push("first_state".to_owned());
    }
    for (section, name) in SECTIONS {
        let (before, after) = (rows(&a, name)?, rows(&b, name)?);
        let keys: BTreeSet<&str> = before.iter().chain(&after).map(|row| row.key).collect();
        for key in keys {
            let of = |rows: &[Row<'_>]| rows.iter().find(|row| row.key == key).map(|row| row.value.clone());
            let (change, fields) = match (of(&before), of(&after)) {
                (Some(a), Some(b)) if a != b => (RowChange::Changed, differing(&a, &b)),
                (Some(_), None) => (RowChange::Removed, Vec::new()),
                (None, Some(_)) => (RowChange::Added, Vec::new()),
                _ => continue,
            };
            found.rows.push(RowDiff { section, key: key.to_owned(), change, fields });
        }
    }
    Ok(found)
}

struct Row<'a> {
    key: &'a str,
    value: &'a Value,
}

fn fields(template: &CareTemplate) -> Result<Value> {
    serde_json::to_value(template)
        .map_err(|e| Error::new(ErrorKind::Invalid, "a template could not be written as JSON").because(e))
}

fn rows<'a>(template: &'a Value, section: &str) -> Result<Vec<Row<'a>>> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for value in template.get(section).and_then(Value::as_array).into_iter().flatten() {
        let key = value.get("key").and_then(Value::as_str).unwrap_or_default();
        if !seen.insert(key) {
            return Err(Error::invalid(section.to_owned(), "give each row of a template a key of its own"));
        }
        rows.push(Row { key, value });
    }
    Ok(rows)
}

/// Names of the fields in which two objects differ, missing ones included.
fn differing(a: &Value, b: &Value) -> Vec<String> {
    let names: BTreeSet<&String> = [a, b].iter().filter_map(|one| one.as_object()).flat_map(|one| one.keys()).collect();
    names.into_iter().filter(|name| a.get(name.as_str()) != b.get(name.as_str())).cloned().collect()
}
