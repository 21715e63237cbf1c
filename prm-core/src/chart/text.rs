//! Finding words in an entry.

use super::{ChartEntry, EntryValue};
use crate::people::fold::fold;
use crate::value::Concept;

/// Words to look for, without accents and capitals.
#[derive(Debug)]
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        Words(fold(text).split_whitespace().map(str::to_owned).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every word is somewhere in what a person reads of the entry.
    pub(crate) fn are_in(&self, entry: &ChartEntry) -> bool {
        let text = fold(&shown(entry).join("\n"));
        self.0.iter().all(|word| text.contains(word))
    }
}

fn shown(entry: &ChartEntry) -> Vec<&str> {
    let values = std::iter::once(entry.value.as_ref()).chain(entry.components.iter().map(|part| part.value.as_ref()));
    let codes = std::iter::once(&entry.code).chain(entry.components.iter().map(|part| &part.code));
    let mut texts = vec![entry.title.expose().as_str()];
    texts.extend(codes.flat_map(labels));
    for value in values.flatten() {
        match value {
            EntryValue::Concept(concept) => texts.extend(labels(concept.expose())),
            EntryValue::Text(text) => texts.push(text.expose()),
            _ => {}
        }
    }
    texts.extend(entry.note.as_ref().map(|note| note.expose().as_str()));
    texts
}

fn labels(concept: &Concept) -> impl Iterator<Item = &str> {
    let displays = concept.codings.iter().filter_map(|coding| coding.display.as_deref());
    concept.text.as_ref().map(|text| text.expose().as_str()).into_iter().chain(displays)
}
