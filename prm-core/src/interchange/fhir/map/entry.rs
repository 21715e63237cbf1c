//! Chart entries.

use super::super::reference::{references, role};
use super::super::{Json, Reference, Target};
use super::at::{At, Notes};
use super::datatypes as read;
use super::rules::{Rule, rule_of};
use super::subject::Subject;
use super::{status, times, value};
use crate::chart::{ChartEntry, EntryKind, Link, LinkTarget};
use crate::sensitive::Sensitive;
use crate::time::{Period, When};
use crate::value::{Coding, Concept};

/// Extension that holds a link whose role is no element of the resource; the role follows.
pub(crate) const LINK: &str = "urn:prm:link:";
/// Longest title in bytes.
pub(crate) const LONGEST_TITLE: usize = 240;
/// System of the codes of `AllergyIntolerance.category`.
pub(crate) const ALLERGY_CATEGORY: &str = "http://hl7.org/fhir/allergy-intolerance-category";

pub(super) fn entry(kind: &str, json: &Json<'_>, subjects: &[Subject], notes: &mut Notes) -> ChartEntry {
    let rule = rule_of(kind);
    let code = code(rule, json, notes).unwrap_or_default();
    let (status, status_code) = status::status(json, notes);
    let (when, until) = span(rule, json, notes);
    ChartEntry {
        when,
        until,
        status,
        status_code,
        categories: categories(kind, json, notes),
        title: title(rule, kind, json, &code),
        value: value::of(kind, json, notes),
        components: value::components(kind, json, notes),
        links: links(json, subjects, notes),
        note: note(json, notes),
        period: period(rule, kind, json, notes),
        ..ChartEntry::new(EntryKind::from_code(kind), code)
    }
}

fn code(rule: &Rule, json: &Json<'_>, notes: &mut Notes) -> Option<Concept> {
    let at = &At::ROOT;
    rule.code.iter().find_map(|name| match *name {
        "medication" => medication(json, notes),
        "questionnaire" => {
            let url = read::text(json, name, at, notes)?;
            Some(Coding { system: None, code: url.to_owned(), display: None }.into())
        }
        name => read::concept_of(json, name, at, notes),
    })
}

/// `medication[x]`: the concept, or that of the contained medication, or what the reference shows.
fn medication(json: &Json<'_>, notes: &mut Notes) -> Option<Concept> {
    let at = &At::ROOT;
    if json.get("medicationCodeableConcept").is_some() {
        return read::concept_of(json, "medicationCodeableConcept", at, notes);
    }
    let element = json.get("medicationReference")?;
    let contained = match Reference::read(element).as_ref().map(Reference::target) {
        Some(Target::Contained(id)) => json.items("contained").iter().find(|c| c.text_of("id") == Some(id)),
        _ => None,
    };
    let code = contained.and_then(|medication| read::concept_of(medication, "code", at, notes));
    code.or_else(|| {
        let text = read::sensitive(element, "display", at, notes);
        text.map(|text| Concept { codings: Vec::new(), text: Some(text) })
    })
}

fn span(rule: &Rule, json: &Json<'_>, notes: &mut Notes) -> (Option<When>, Option<When>) {
    let found = rule.when.iter().find_map(|path| times::span(json, path, notes));
    let (start, end) = found.unwrap_or((None, None));
    let own = (!rule.until.is_empty()).then(|| times::span(json, rule.until, notes)).flatten();
    (start, end.or(own.and_then(|(start, end)| start.or(end))))
}

fn period(rule: &Rule, kind: &str, json: &Json<'_>, notes: &mut Notes) -> Option<Period> {
    if kind == "Goal" {
        let due = json.items("target").iter().find_map(|target| times::due(target, "dueDate", notes))?;
        return Some(Period { start: None, end: Some(due.into()) });
    }
    let (name, holders) = rule.period.split_last()?;
    read::period(json.at(holders)?, name, &At::ROOT, notes)
}

fn categories(kind: &str, json: &Json<'_>, notes: &mut Notes) -> Vec<Coding> {
    let at = &At::ROOT;
    let element = if kind == "Encounter" { "class" } else { "category" };
    let mut categories = read::codings(json, element, at, notes);
    if kind == "AllergyIntolerance" {
        for category in &mut categories {
            category.system.get_or_insert_with(|| ALLERGY_CATEGORY.to_owned());
        }
    }
    categories
}

/// One line for lists: the title of the resource, what it is, how it is described, or its type.
fn title(rule: &Rule, kind: &str, json: &Json<'_>, code: &Concept) -> Sensitive {
    let named = rule.title.iter().find_map(|name| json.text_of(name));
    let described = || {
        let text = json.text_of("description").or_else(|| json.at(&["class", "display"]).and_then(Json::text));
        text.filter(|text| !text.is_empty())
    };
    let title = named.or_else(|| code.label()).filter(|t| !t.is_empty()).or_else(described).unwrap_or(kind);
    Sensitive::new(shortened(title))
}

/// At most [`LONGEST_TITLE`] bytes on one line.
fn shortened(text: &str) -> String {
    if text.len() <= LONGEST_TITLE && !text.contains('\n') {
        return text.to_owned();
    }
    let mut line = String::new();
    for word in text.split_whitespace() {
        let space = if line.is_empty() { None } else { Some(' ') };
        for c in space.into_iter().chain(word.chars()) {
            if line.len() + c.len_utf8() > LONGEST_TITLE - '…'.len_utf8() {
                line.push('…');
                return line;
            }
            line.push(c);
        }
    }
    line
}

/// Everything the resource refers to, but the patient it belongs to and what it contains.
fn links(json: &Json<'_>, subjects: &[Subject], notes: &mut Notes) -> Vec<Link> {
    let own = match subjects.first() {
        Some(subject @ (Subject::Patient(_) | Subject::Perhaps(_))) => Some(subject.reference()),
        _ => None,
    };
    let mut links = Vec::new();
    for found in references(json) {
        if Some(&found.reference) == own || matches!(found.reference.target(), Target::Contained(_)) {
            continue;
        }
        if links.len() == read::MOST_ITEMS {
            notes.add(&At::ROOT, "more than 1,000 links: the rest");
            break;
        }
        let target = LinkTarget::Unresolved(found.reference.to_text().into());
        links.push(Link { role: link_role(json, &found.path), target });
    }
    links
}

fn link_role(json: &Json<'_>, path: &str) -> String {
    let extension = path.strip_prefix("extension[").and_then(|rest| rest.strip_suffix("].valueReference"));
    let extension = extension.and_then(|at| json.items("extension").get(at.parse::<usize>().ok()?));
    let named = extension.and_then(|e| e.text_of("url")).and_then(|url| url.strip_prefix(LINK));
    named.map_or_else(|| role(path), str::to_owned)
}

/// The texts of the annotations, one a line; of an appointment its comment.
fn note(json: &Json<'_>, notes: &mut Notes) -> Option<Sensitive> {
    let at = &At::ROOT;
    let texts = read::list(json, "note", at, notes, |item, at, notes| match item {
        Json::Object(_) => read::text(item, "text", at, notes).map(str::to_owned),
        _ => {
            notes.add(at, "not an annotation");
            None
        }
    });
    let text = texts.join("\n");
    if text.len() > read::LONGEST_TEXT {
        notes.add(&at.member("note"), "longer than 4,096 bytes together");
        return None;
    }
    if text.is_empty() { read::sensitive(json, "comment", at, notes) } else { Some(text.into()) }
}
