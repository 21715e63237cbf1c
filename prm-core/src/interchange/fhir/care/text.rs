//! Remarks and titles.

use super::super::Json;
use super::super::export::build::Build;
use super::super::map::at::{At, Notes};
use super::super::map::datatypes as read;
use crate::sensitive::Sensitive;

/// Characters of a title.
const TITLE: usize = 180;

/// A remark as the one annotation of a list.
pub(super) fn annotation(note: Option<&Sensitive>) -> Option<Json<'static>> {
    let text = note.map(|note| Build::default().text("text", Some(note.expose())).done());
    text.map(|text| Json::List(vec![text]))
}

/// The texts of annotations, one a line.
pub(super) fn note(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Sensitive> {
    let texts = read::list(json, name, at, notes, |item, at, notes| {
        let text = read::text(item, "text", at, notes).map(str::to_owned);
        if text.is_none() {
            notes.add(at, "not an annotation");
        }
        for name in ["authorReference", "authorString", "time"] {
            if item.get(name).is_some() {
                notes.add(&at.member(name), "an element that the record has no place for");
            }
        }
        text
    });
    let text = texts.join("\n");
    (!text.is_empty()).then(|| text.into())
}

/// One line for lists; a longer text is shortened, and told.
pub(super) fn title(text: &str, at: &At<'_>, notes: &mut Notes) -> String {
    shortened(text, TITLE, at, notes)
}

/// One line of at most so many characters; a longer text is shortened, and told.
pub(super) fn shortened(text: &str, most: usize, at: &At<'_>, notes: &mut Notes) -> String {
    let line = line(text);
    if line.chars().count() <= most {
        return line;
    }
    notes.add(at, "longer than the record holds: the rest");
    line.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A text on one line.
fn line(text: &str) -> String {
    if text.contains(char::is_control) {
        text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// A key of the letters that keys have; none if nothing of it is left.
pub(super) fn key(text: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let key: String = text.chars().map(plain).take(64).collect();
    let key = key.trim_matches('-');
    (!key.is_empty()).then(|| key.to_owned())
}
