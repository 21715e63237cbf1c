//! Rooms, and exceptions.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::docs::{docstring, item, kinds, parts as sections, section, summary};
use super::model::{MADE, import, packed, quoted};
use super::place::{named, places};
use super::words::{name as python, read};
use crate::manifest::SCALARS;
use crate::{Api, Argument, Call, ErrorKind, Of, Passed, Room, Shape};

/// Calls beyond which a room has a file of its own for what changes records, and its other calls have two.
const MANY: usize = 20;

/// Exceptions that a reader of Python expects to catch by another name as well.
const ALSO: [(&str, &str); 4] =
    [("NotFound", "KeyError"), ("Invalid", "ValueError"), ("Io", "OSError"), ("Full", "OSError")];

/// What arguments of a name are, whatever the call.
const ARGUMENTS: [(&str, &str); 19] = [
    ("id", "Which."),
    ("version", "The version that the change is made on; versions are counted from 1."),
    ("reason", "Why."),
    ("at", "An instant, with a time zone."),
    ("limit", "How many at most."),
    ("from", "The earliest instant."),
    ("to", "The instant after the last."),
    ("civil", "What the clock on the wall shows."),
    ("start", "Where it begins, if the text does not say."),
    ("text", "What is read."),
    ("inclusive", "Whether what is at the instant itself counts."),
    ("patient", "Whose."),
    ("zone", "Name of a zone, e.g. ``Europe/Berlin``."),
    ("trends", "Codes whose course is drawn."),
    ("period", "Both ends belong to it; without one, all of the time."),
    ("codes", "Codes to look for; every code if there are none."),
    ("schedule", "Which schedule; all of them if that is left out."),
    ("change", "A change whose effect is shown as well."),
    ("feed", "The text of a calendar."),
];

/// Files for each room: one to three.
pub(super) fn files(api: &Api) -> Vec<(String, String)> {
    let mut out = vec![("_rooms/__init__.py".to_owned(), format!("{MADE}\"\"\"Calls of the rooms.\"\"\"\n"))];
    for room in &api.rooms {
        let (class, mut base) = (class_of(&room.name), None);
        let (commands, mut reads): (Vec<_>, Vec<_>) = room.calls.iter().partition(|call| changes(api, call));
        if room.calls.len() <= MANY {
            reads = room.calls.iter().collect();
        } else {
            let mut parts = vec![("commands", commands)];
            if reads.len() > MANY {
                // What comes first in the source.
                parts.push(("basics", reads.drain(..reads.len() / 2).collect()));
            }
            for (part, calls) in parts.iter().filter(|(_, calls)| !calls.is_empty()) {
                let whole = format!("{class}{}", class_of(part));
                out.push((format!("_rooms/{}_{part}.py", room.name), file(api, room, &whole, base.as_deref(), calls)));
                base = Some(whole);
            }
        }
        let whole = format!("{class}Calls");
        out.push((format!("_rooms/{}.py", room.name), file(api, room, &whole, base.as_deref(), &reads)));
    }
    out
}

fn class_of(room: &str) -> String {
    let mut letters = room.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Whether a call is the shorthand of a command: it answers with the id or the version of what it wrote.
fn changes(api: &Api, call: &Call) -> bool {
    match &call.answer {
        Of::Plain("u32") => true,
        Of::Named(name) => api.types.iter().any(|of| of.name == *name && of.shape == Shape::Id),
        _ => false,
    }
}

fn file(api: &Api, room: &Room, class: &str, base: Option<&str>, calls: &[&Call]) -> String {
    let mut used = BTreeSet::new();
    let mut body = String::new();
    let mut takes_lists = false;
    for call in calls {
        body.push_str(&method(api, room, call));
        named(&call.answer, &mut used);
        call.arguments.iter().for_each(|argument| named(&argument.of, &mut used));
        takes_lists |= call.arguments.iter().any(|argument| matches!(argument.of, Of::List(_)));
    }
    let places = places(api);
    let mut out = format!("{MADE}\"\"\"{}\"\"\"\n\nfrom __future__ import annotations\n\n", sections(&room.docs).0);
    if takes_lists {
        out.push_str("from collections.abc import Sequence\n");
    }
    if used.contains("Instant") {
        out.push_str("from datetime import datetime\n");
    }
    if takes_lists || used.contains("Instant") {
        out.push('\n');
    }
    out.push_str("from prm import _native\n");
    let mut modules: std::collections::BTreeMap<&String, BTreeSet<String>> = std::collections::BTreeMap::new();
    for name in &used {
        if let Some(place) = places.get(name) {
            modules.entry(place).or_default().insert(name.clone());
        }
    }
    for (place, names) in modules {
        out.push_str(&import(&format!("prm._model.{place}"), &names));
    }
    if let Some(base) = base {
        let part = base.strip_prefix(&class_of(&room.name)).unwrap_or_default().to_lowercase();
        out.push_str(&import(&format!("prm._rooms.{}_{part}", room.name), &BTreeSet::from([base.to_owned()])));
    }
    let is_ours = |name: &&String| *name == "Sensitive" || SCALARS.contains(&name.as_str()) && *name != "Instant";
    let scalars: BTreeSet<String> = used.iter().filter(is_ours).cloned().collect();
    if !scalars.is_empty() {
        out.push_str(&import("prm._scalars", &scalars));
    }
    if calls.iter().any(|call| call.watched) {
        out.push_str("from prm._watch import Watcher, watched\n");
    }
    let docs = docstring(&sections(&room.docs).0, &[], 4);
    let _ = match base {
        Some(base) => write!(out, "\n\nclass {class}({base}):\n{docs}\n    __slots__ = ()\n{body}"),
        None => write!(
            out,
            "\n\nclass {class}:\n{docs}\n    __slots__ = (\"_native\",)\n\n    \
             def __init__(self, native: _native.{}) -> None:\n        self._native = native\n{body}",
            room.object()
        ),
    };
    out
}

/// Defaults of the last arguments, as far as there are any.
pub(super) fn defaults(api: &Api, call: &Call) -> Vec<Option<String>> {
    let mut out = vec![None; call.arguments.len()];
    for (argument, place) in call.arguments.iter().zip(&mut out).rev() {
        match default(api, argument) {
            Some(default) => *place = Some(default),
            None => break,
        }
    }
    out
}

fn default(api: &Api, Argument { name, of, passed }: &Argument) -> Option<String> {
    match of {
        Of::Option(_) => Some("None".to_owned()),
        Of::List(_) => Some("()".to_owned()),
        Of::Plain("bool") => Some("False".to_owned()),
        Of::Plain("u32") if name == "limit" => Some("100".to_owned()),
        Of::Named(record) if *passed == Passed::Reference => {
            let all_default = |of: &&crate::Type| match &of.shape {
                Shape::Record(fields) => fields.iter().all(|field| field.default.is_some()),
                _ => false,
            };
            // A search in which nothing is asked for is refused.
            let found = api.types.iter().find(|of| of.name == *record && record != "PatientSearch");
            found.filter(all_default).map(|_| format!("{record}()"))
        }
        _ => None,
    }
}

fn method(api: &Api, room: &Room, call: &Call) -> String {
    let Call { name, docs, arguments, answer, watched } = call;
    let (text, errors) = sections(docs);
    let mut taken = vec!["self".to_owned()];
    let mut described = String::new();
    for (argument, default) in arguments.iter().zip(defaults(api, call)) {
        let name = python(&argument.name);
        let takes = takes(api, &argument.of);
        let (default, optional) = match default {
            Some(default) => (format!(" = {default}"), ", optional"),
            None => (String::new(), ""),
        };
        taken.push(format!("{name}: {takes}{default}"));
        described.push_str(&item(&format!("{name} : {takes}{optional}"), &about(api, argument), 8));
    }
    if *watched {
        taken.push("*, progress: Watcher = None".to_owned());
        described.push_str(&item("progress : bool or Progress or callable, optional", "Who watches.", 8));
    }
    let mut said = Vec::new();
    if !described.is_empty() {
        said.push(section("Parameters", &described, 8));
    }
    if *answer != Of::Unit {
        said.push(section("Returns", &item(&read(answer), &answered(api, call), 8), 8));
    }
    if !errors.is_empty() {
        let kinds = kinds(api, &room.name, &errors, 0);
        let classes = if kinds.is_empty() { "PrmError".to_owned() } else { kinds.join(", ") };
        // Names alone stand in the head already.
        let left = kinds.iter().fold(errors.clone(), |left, kind| left.replace(&format!("``{kind}``"), ""));
        let text = if left.chars().any(char::is_alphanumeric) { errors.as_str() } else { "" };
        said.push(section("Raises", &item(&classes, text, 8), 8));
    }
    let mut passed: Vec<_> = arguments.iter().map(|argument| python(&argument.name)).collect();
    let native = format!("self._native.{}_{name}", room.name);
    let (name, docs) = (python(name), docstring(&text, &said, 8));
    let line = format!("    def {name}({}) -> {}:", taken.join(", "), read(answer));
    let head = if line.len() <= 120 {
        line
    } else {
        format!("    def {name}(\n{},\n    ) -> {}:", packed(&taken, ",", 8), read(answer))
    };
    if *watched {
        passed.extend(["work", "tell"].map(str::to_owned));
        let passed = passed.join(", ");
        format!(
            "\n{head}\n{docs}        with watched(progress, \"\") as (work, tell):\n            return {native}({passed})\n"
        )
    } else {
        format!("\n{head}\n{docs}        return {native}({})\n", passed.join(", "))
    }
}

/// The type of an argument as it is taken.
fn takes(api: &Api, of: &Of) -> String {
    match of {
        Of::Sensitive(inner) => format!("Sensitive[{0}] | {0}", read(inner)),
        Of::Option(inner) => format!("{} | None", takes(api, inner)),
        Of::List(inner) => format!("Sequence[{}]", takes(api, inner)),
        Of::Named(name) if api.types.iter().any(|of| of.name == *name && matches!(of.shape, Shape::Code(_))) => {
            format!("{name} | str")
        }
        other => read(other),
    }
}

/// What an argument is.
fn about(api: &Api, Argument { name, of, .. }: &Argument) -> String {
    let whole = |of: &Of| match of {
        Of::Named(name) => api.types.iter().find(|of| of.name == *name && of.shape != Shape::Id),
        _ => None,
    };
    match (name.as_str(), of) {
        ("from", Of::Scalar("Date")) => return "The first day.".to_owned(),
        ("to" | "until", Of::Scalar("Date")) => return "The last day.".to_owned(),
        _ => {}
    }
    match (ARGUMENTS.iter().find(|(known, _)| known == name), whole(of)) {
        (_, Some(of)) if of.name != "Period" => summary(&of.docs),
        (Some((_, text)), _) => (*text).to_owned(),
        _ => String::new(),
    }
}

fn answered(api: &Api, Call { answer, .. }: &Call) -> String {
    let mut of = answer;
    while let Of::Option(inner) | Of::List(inner) = of {
        of = inner;
    }
    match of {
        Of::Plain("u32") => "The new version.".to_owned(),
        Of::Named(name) => {
            let found = api.types.iter().find(|of| of.name == *name);
            match found {
                Some(of) if of.shape == Shape::Id => "The id of what was added.".to_owned(),
                Some(of) => summary(&of.docs),
                None => String::new(),
            }
        }
        _ => String::new(),
    }
}

/// The exceptions, a class for every kind.
pub(super) fn errors(api: &Api) -> String {
    let mut names: Vec<_> = api.errors.iter().map(|kind| kind.name.clone()).collect();
    names.sort();
    let mut out = format!(
        "{MADE}\"\"\"What went wrong: an exception for every kind of error.\"\"\"\n\nfrom __future__ import annotations\n\n\
         from prm._failure import PrmError, Retry\n\n__all__ = [\n{},\n]\n",
        packed(&quoted(&names), ",", 4)
    );
    for ErrorKind { name, code, docs, retry, advice } in &api.errors {
        let also = ALSO.iter().find(|(kind, _)| kind == name).map(|(_, also)| format!(", {also}")).unwrap_or_default();
        let _ = write!(
            out,
            "\n\nclass {name}(PrmError{also}):\n{}\n    code = {code:?}\n    retry = Retry.{}\n    advice = {advice:?}\n",
            docstring(&sections(docs).0, &[], 4),
            retry.to_uppercase(),
        );
    }
    out
}
