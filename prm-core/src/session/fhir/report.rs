//! What an import did, by type, with everything that was refused or could not be typed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::interchange::fhir::{Note, Position};

/// Most refused records that a report lists one by one.
const MOST_REFUSED: usize = 1_000;
/// Most types that a report tells apart. FHIR R4 has 148.
const MOST_TYPES: usize = 1_000;
/// What further ones are counted under: the type that all resources have.
const FURTHER: &str = "Resource";

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// What came in, by type of resource. Types beyond the first 1,000 are counted together as `Resource`.
    pub types: Vec<TypeReport>,
    /// Records that could not be read, the first 1,000 of them.
    pub refused: Vec<RefusedRecord>,
    /// How many could not be read.
    pub refused_count: u64,
    /// Elements that a record has a place for and that could not be read into it: they are in the kept text alone.
    pub notes: Vec<NoteReport>,
    /// Patients the session may see who are known by reference alone after the import.
    pub referenced_patients: u64,
    /// Links of entries written that lead to nothing in the store.
    pub unresolved_links: u64,
    /// Bundles read.
    pub bundles: u64,
    /// Bytes read.
    pub bytes: u64,
}

/// What came in of one type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeReport {
    /// Type of resource.
    pub kind: String,
    /// New records.
    pub added: u64,
    /// Records that got a new version.
    pub changed: u64,
    /// Records that came before and are the same.
    pub unchanged: u64,
    /// New and changed records with at least one element that is in the kept text alone.
    pub noted: u64,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRecord {
    /// How many records came before it.
    pub index: u64,
    /// Offset of its first byte.
    pub offset: u64,
    /// Line of its first byte, from 1.
    pub line: u64,
    /// Why, without content.
    pub reason: String,
}

/// An element that could not be read into a record, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteReport {
    /// Type of resource.
    pub kind: String,
    /// Path of the element, without positions in lists.
    pub path: String,
    /// Why.
    pub reason: String,
    /// How often.
    pub count: u64,
}

/// What became of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Added,
    Changed,
    Unchanged,
}

/// A report in the making. Parts of it are made in transactions and added when these are committed.
#[derive(Debug, Default)]
pub(super) struct Tally {
    types: BTreeMap<String, TypeReport>,
    notes: BTreeMap<(String, String, String), u64>,
    refused: Vec<RefusedRecord>,
    refused_count: u64,
    pub(super) unresolved_links: u64,
}

impl Tally {
    pub(super) fn outcome(&mut self, kind: &str, outcome: Outcome, notes: &[Note]) {
        let kind = self.told_apart(kind).to_owned();
        let report = self.types.entry(kind.clone()).or_default();
        match outcome {
            Outcome::Added => report.added += 1,
            Outcome::Changed => report.changed += 1,
            Outcome::Unchanged => {
                report.unchanged += 1;
                return;
            }
        }
        report.noted += u64::from(!notes.is_empty());
        for note in notes {
            let key = (kind.clone(), without_positions(&note.path), note.reason.to_string());
            *self.notes.entry(key).or_default() += 1;
        }
    }

    fn told_apart<'k>(&self, kind: &'k str) -> &'k str {
        if self.types.len() < MOST_TYPES || self.types.contains_key(kind) { kind } else { FURTHER }
    }

    pub(super) fn refuse(&mut self, position: Position, reason: String) {
        self.refused_count += 1;
        if self.refused.len() < MOST_REFUSED {
            let Position { index, offset, line } = position;
            self.refused.push(RefusedRecord { index, offset, line, reason });
        }
    }

    pub(super) fn add(&mut self, other: Tally) {
        for (kind, report) in other.types {
            let kind = self.told_apart(&kind).to_owned();
            let total = self.types.entry(kind).or_default();
            total.added += report.added;
            total.changed += report.changed;
            total.unchanged += report.unchanged;
            total.noted += report.noted;
        }
        for ((kind, path, reason), count) in other.notes {
            let kind = self.told_apart(&kind).to_owned();
            *self.notes.entry((kind, path, reason)).or_default() += count;
        }
        let room = MOST_REFUSED.saturating_sub(self.refused.len());
        self.refused.extend(other.refused.into_iter().take(room));
        self.refused_count += other.refused_count;
        self.unresolved_links += other.unresolved_links;
    }

    pub(super) fn report(self) -> ImportReport {
        let types = self.types.into_iter().map(|(kind, report)| TypeReport { kind, ..report }).collect();
        let notes = self.notes.into_iter();
        ImportReport {
            types,
            refused: self.refused,
            refused_count: self.refused_count,
            notes: notes.map(|((kind, path, reason), count)| NoteReport { kind, path, reason, count }).collect(),
            unresolved_links: self.unresolved_links,
            ..ImportReport::default()
        }
    }
}

/// `component[3].value` as `component.value`.
fn without_positions(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut within = false;
    for c in path.chars() {
        match c {
            '[' => within = true,
            ']' => within = false,
            c if !within => out.push(c),
            _ => {}
        }
    }
    out
}
