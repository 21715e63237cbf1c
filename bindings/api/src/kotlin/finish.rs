//! What uniffi writes, finished: what its settings cannot say.

use super::names::{camel, unsaid};
use crate::{Api, Shape};

/// Something that uniffi used to write is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(String);

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the Kotlin that uniffi writes has no {}", self.0)
    }
}

impl std::error::Error for Missing {}

/// The Kotlin that uniffi wrote, in which
///
/// - a variant without fields is a `data object`, so that it prints its name;
/// - what a variant carries is called `value`, not `v1`;
/// - that and every other name of a type has a text;
/// - fields have the defaults that uniffi has no words for;
/// - the message of an exception is its sentence.
///
/// # Errors
/// [`Missing`] if the text is not what a known version of uniffi writes.
pub fn finish(api: &Api, text: &str) -> Result<String, Missing> {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.starts_with("        val v1: ") {
            lines.push("        /** What it carries. */".to_owned());
        }
        if let Some((name, _)) = line.strip_prefix("public typealias ").and_then(|alias| alias.split_once(" = ")) {
            lines.push(format!("/** What stands for `{name}` of the library. */"));
        }
        lines.push(with_value(line));
    }
    let mut objects = 0;
    for line in &mut lines {
        if line.starts_with("    object ") && line.ends_with("()") {
            line.insert_str(4, "data ");
            objects += 1;
        }
    }
    if objects == 0 {
        return Err(Missing("variant without fields".to_owned()));
    }
    for record in &api.types {
        let Shape::Record(fields) = &record.shape else { continue };
        for field in fields.iter().filter(|field| !api.uniffi_says(field)) {
            let default = unsaid(api, field).unwrap_or_default();
            give_default(&mut lines, &record.name, &field.name, &default)?;
        }
    }
    if !api.errors.is_empty() {
        give_sentences(&mut lines)?;
    }
    Ok(lines.join("\n") + "\n")
}

/// The line with `value` in place of the word `v1`.
fn with_value(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("v1") {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        let is_word = !before.ends_with(inside) && !after.starts_with(inside);
        text.push_str(before);
        text.push_str(if is_word { "value" } else { "v1" });
        rest = after;
    }
    text + rest
}

fn give_default(lines: &mut [String], record: &str, field: &str, default: &str) -> Result<(), Missing> {
    let missing = || Missing(format!("field {field} of {record} without a default"));
    let begin = format!("data class {record} (");
    let declared = format!("    val `{}`: ", camel(field));
    let class = lines.iter_mut().skip_while(|line| **line != begin);
    let mut members = class.take_while(|line| !line.starts_with(')'));
    let line = members.find(|line| line.starts_with(&declared)).ok_or_else(missing)?;
    if line.contains(" = ") {
        return Err(missing());
    }
    line.truncate(line.trim_end().len());
    line.push_str(&format!(" = {default}"));
    Ok(())
}

fn give_sentences(lines: &mut [String]) -> Result<(), Missing> {
    let mut found = 0;
    for line in lines.iter_mut().filter(|line| line.contains("get() = \"info=${ `info` }\"")) {
        *line = "            get() = `info`.`detail`".to_owned();
        found += 1;
    }
    if found == 0 { Err(Missing("message of an exception".to_owned())) } else { Ok(()) }
}
