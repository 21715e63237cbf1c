//! Where the mapping stands in a resource, and what it could not type.

use std::fmt;

/// A value that is kept in the source text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Path of the element within the resource, e.g. `telecom[1].period`.
    pub path: String,
    /// Why the record does not hold it.
    pub reason: &'static str,
}

/// A path that is only written out when something is to be noted there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'p> {
    parent: Option<&'p At<'p>>,
    name: &'p str,
    item: Option<usize>,
}

impl<'p> At<'p> {
    pub(crate) const ROOT: At<'static> = At { parent: None, name: "", item: None };

    pub(crate) fn member(&'p self, name: &'p str) -> At<'p> {
        At { parent: Some(self), name, item: None }
    }

    pub(crate) fn item(&'p self, name: &'p str, item: usize) -> At<'p> {
        At { parent: Some(self), name, item: Some(item) }
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            if parent.parent.is_some() {
                write!(f, "{parent}.")?;
            }
            f.write_str(self.name)?;
        }
        match self.item {
            Some(item) => write!(f, "[{item}]"),
            None => Ok(()),
        }
    }
}

/// The notes of one mapping; after [`Notes::MOST`] the rest is one note.
#[derive(Debug, Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    const MOST: usize = 100;

    pub(crate) fn add(&mut self, at: &At<'_>, reason: &'static str) {
        match self.0.len() {
            n if n < Notes::MOST => self.0.push(Note { path: at.to_string(), reason }),
            Notes::MOST => self.0.push(Note { path: String::new(), reason: "there is more that is not noted" }),
            _ => {}
        }
    }

    pub(crate) fn push(&mut self, note: Note) {
        if self.0.len() < Notes::MOST {
            self.0.push(note);
        }
    }

    pub(crate) fn into_inner(self) -> Vec<Note> {
        self.0
    }
}
