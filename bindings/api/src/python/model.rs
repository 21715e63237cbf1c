//! Classes of the types: frozen dataclasses, enumerations, codes, ids.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::docs::{docstring, item, parts as sections, section};
use super::place::{divided, is_plain, lines_of_variant, named, ordered, parts, places};
use super::words::{constant, name as python, read, variant};
use crate::{Api, Carries, Default, Field, Known, Of, Shape, Type, Variant};

const WIDTH: usize = 120;

/// What is made from the scalars of `prm._scalars` when a record is built.
const TAKEN: [(&str, &str, &str); 6] = [
    ("Decimal", "DecimalLike", "as_decimal"),
    ("PartialDate", "DateLike", "as_date"),
    ("When", "WhenLike", "as_when"),
    ("Instant", "datetime", "as_instant"),
    ("Date", "DayLike", "as_day"),
    ("CivilTime", "CivilTimeLike", "as_civil_time"),
];

/// A file of classes in the making.
struct File<'a> {
    codes: &'a BTreeSet<String>,
    body: String,
    /// Names of `prm._scalars` and `prm._codes` it uses.
    scalars: BTreeSet<String>,
    /// Types it uses, by the file they stand in.
    types: BTreeMap<String, BTreeSet<String>>,
    exports: Vec<String>,
    standard: BTreeSet<&'static str>,
    /// Choices and the classes of their variants that stand as defaults.
    said: BTreeSet<(String, String)>,
}

/// All classes and the modules that show them.
pub(super) fn files(api: &Api) -> Result<Vec<(String, String)>, String> {
    let places = places(api);
    let codes: BTreeSet<String> =
        api.types.iter().filter(|of| matches!(of.shape, Shape::Code(_))).map(|of| of.name.clone()).collect();
    let mut files: BTreeMap<String, File<'_>> = BTreeMap::new();
    for of in ordered(api) {
        let place = places.get(&of.name).cloned().unwrap_or_default();
        if let (COMMAND, Shape::Choice(variants)) = (of.name.as_str(), &of.shape) {
            commands(api, variants, &places, &codes, &mut files)?;
        }
        let mut file = files.remove(&place).unwrap_or_else(|| File::new(&codes));
        file.class(api, of)?;
        if of.name == COMMAND {
            file.commands(of);
        } else {
            file.imports(parts(of), &places, &place);
        }
        files.insert(place, file);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = files.values().flat_map(|file| &file.exports).find(|name| !seen.insert(name.as_str())) {
        return Err(format!("there would be two classes {twice}"));
    }
    let mut out: Vec<_> = files.iter().map(|(place, file)| (format!("_model/{place}.py"), file.text(place))).collect();
    out.push(("_model/__init__.py".to_owned(), everything(&files)));
    let modules: BTreeSet<&str> = api.types.iter().map(|of| of.module.as_str()).filter(|m| !m.is_empty()).collect();
    for module in modules {
        out.push((format!("{module}.py"), shown(api, module, &files)));
    }
    Ok(out)
}

/// The choice whose variants stand in files of their own.
const COMMAND: &str = "Command";

/// Commands that add a record, and those that change one.
fn commands<'a>(
    api: &Api,
    variants: &[Variant],
    places: &BTreeMap<String, String>,
    codes: &'a BTreeSet<String>,
    files: &mut BTreeMap<String, File<'a>>,
) -> Result<(), String> {
    let of_commands = places_of_commands(variants);
    for one in variants {
        let place = of_commands.get(&one.name).cloned().unwrap_or_default();
        let mut file = files.remove(&place).unwrap_or_else(|| File::new(codes));
        file.variant(api, COMMAND, one)?;
        let mut used = BTreeSet::new();
        match &one.carries {
            Carries::Nothing => {}
            Carries::One(of) => named(of, &mut used),
            Carries::Fields(fields) => fields.iter().for_each(|field| named(&field.of, &mut used)),
        }
        file.imports(used, places, &place);
        files.insert(place, file);
    }
    Ok(())
}

/// The file of the class of each command. Whoever adds a record may leave its id to the store.
fn places_of_commands(variants: &[Variant]) -> BTreeMap<String, String> {
    let sized = variants.iter().map(|one| {
        let place = match &one.carries {
            Carries::Fields(fields) if fields.iter().any(|field| field.name == "id" && field.default.is_some()) => {
                "commands_add"
            }
            _ => "commands_change",
        };
        (one.name.clone(), place.to_owned(), lines_of_variant(one))
    });
    divided(sized)
}

impl<'a> File<'a> {
    fn new(codes: &'a BTreeSet<String>) -> Self {
        File {
            codes,
            body: String::new(),
            scalars: BTreeSet::new(),
            types: BTreeMap::new(),
            exports: Vec::new(),
            standard: BTreeSet::new(),
            said: BTreeSet::new(),
        }
    }

    fn class(&mut self, api: &Api, of: &Type) -> Result<(), String> {
        let Type { name, docs, shape, .. } = of;
        match shape {
            Shape::Id => self.id(name, docs),
            Shape::Code(known) => self.code(name, docs, known),
            Shape::Record(fields) => self.record(api, name, docs, fields)?,
            Shape::Choice(variants) if is_plain(of) => self.members(name, docs, variants),
            Shape::Choice(variants) => self.choice(api, name, docs, variants)?,
        }
        self.exports.push(name.clone());
        Ok(())
    }

    fn id(&mut self, name: &str, docs: &str) {
        self.scalars.insert("Id".to_owned());
        let docs = docstring(&sections(docs).0, &[], 4);
        let _ = write!(self.body, "\n\nclass {name}(Id):\n{docs}\n    __slots__ = ()\n");
    }

    fn code(&mut self, name: &str, docs: &str, known: &[Known]) {
        self.scalars.extend(["Code", "known"].map(str::to_owned));
        self.standard.insert("from typing import ClassVar");
        let docs = docstring(&format!("{}\n\nAny other code is kept as it came.", sections(docs).0), &[], 4);
        let _ = write!(self.body, "\n\nclass {name}(Code):\n{docs}\n    __slots__ = ()\n\n");
        for Known { name: member, code, docs } in known {
            let docs = docstring(&sections(docs).0, &[], 4);
            let _ = write!(self.body, "    {}: ClassVar[{name}] = known({code:?})\n{docs}", constant(member));
        }
    }

    fn members(&mut self, name: &str, docs: &str, variants: &[Variant]) {
        self.standard.insert("from enum import Enum");
        let _ = write!(self.body, "\n\nclass {name}(Enum):\n{}\n", docstring(&sections(docs).0, &[], 4));
        for Variant { name: member, json, docs, .. } in variants {
            let docs = docstring(&sections(docs).0, &[], 4);
            let _ = write!(self.body, "    {} = {json:?}\n{docs}", constant(member));
        }
    }

    fn choice(&mut self, api: &Api, name: &str, docs: &str, variants: &[Variant]) -> Result<(), String> {
        if name != COMMAND {
            variants.iter().try_for_each(|one| self.variant(api, name, one))?;
        }
        self.standard.insert("from typing import TypeAlias");
        let members: Vec<_> = variants.iter().map(|v| variant(name, &v.name)).collect();
        let _ = write!(self.body, "\n\n{name}: TypeAlias = (\n{}\n)\n", packed(&members, " |", 4));
        self.body.push_str(&docstring(&sections(docs).0, &[], 0));
        Ok(())
    }

    fn variant(&mut self, api: &Api, choice: &str, one: &Variant) -> Result<(), String> {
        let class = variant(choice, &one.name);
        match &one.carries {
            Carries::Nothing => {
                self.standard.insert("from dataclasses import dataclass");
                let docs = docstring(&sections(&one.docs).0, &[], 4);
                let _ = write!(self.body, "\n\n@dataclass(frozen=True, slots=True)\nclass {class}:\n{docs}");
            }
            Carries::One(of) => self.one(&class, &one.docs, of),
            Carries::Fields(fields) => self.record(api, &class, &one.docs, fields)?,
        }
        self.exports.push(class);
        Ok(())
    }

    /// Imports types that stand in other files.
    fn imports(&mut self, used: BTreeSet<String>, places: &BTreeMap<String, String>, place: &str) {
        let said = std::mem::take(&mut self.said);
        for (of, class) in used.into_iter().map(|part| (part.clone(), part)).chain(said) {
            if let Some(other) = places.get(&of).filter(|other| *other != place) {
                self.types.entry(other.clone()).or_default().insert(class);
            }
        }
    }

    /// Imports the variants of the choice of commands.
    fn commands(&mut self, of: &Type) {
        if let Shape::Choice(variants) = &of.shape {
            for (one, place) in places_of_commands(variants) {
                self.types.entry(place).or_default().insert(variant(COMMAND, &one));
            }
        }
    }

    fn one(&mut self, class: &str, docs: &str, of: &Of) {
        self.standard.insert("from dataclasses import dataclass");
        let (takes, made) = (self.takes(of), self.made(of, "value"));
        let docs = docstring(&sections(docs).0, &[], 4);
        self.mentioned(of);
        let _ = write!(
            self.body,
            "\n\n@dataclass(frozen=True, slots=True, init=False)\nclass {class}:\n{docs}\n    value: {}\n\n    \
             def __init__(self, value: {takes}) -> None:\n        fill(self, value={made})\n",
            read(of)
        );
        self.scalars.insert("fill".to_owned());
    }

    fn record(&mut self, api: &Api, class: &str, docs: &str, fields: &[Field]) -> Result<(), String> {
        self.standard.insert("from dataclasses import dataclass");
        self.scalars.insert("fill".to_owned());
        let (mut described, mut declared) = (String::new(), String::new());
        let (mut taken, mut made) = (vec!["self".to_owned(), "*".to_owned()], vec!["self".to_owned()]);
        for Field { docs, of, default, name, .. } in fields {
            let name = python(name);
            self.mentioned(of);
            let optional = if default.is_some() { ", optional" } else { "" };
            described.push_str(&item(&format!("{name} : {}{optional}", plain(of)), &sections(docs).0, 4));
            let _ = writeln!(declared, "    {name}: {}", read(of));
            if let (Some(Default::Variant(member)), Of::Named(choice)) = (default, of)
                && api.named(choice).is_some_and(is_choice)
            {
                self.said.insert((choice.clone(), variant(choice, member)));
            }
            let default = match default {
                Some(default) => format!(" = {}", value(api, class, of, default)?),
                None => String::new(),
            };
            taken.push(format!("{name}: {}{default}", self.takes(of)));
            made.push(format!("{name}={}", self.made(of, &name)));
        }
        let docs = docstring(&sections(docs).0, &[section("Parameters", &described, 4)], 4);
        let _ = write!(
            self.body,
            "\n\n@dataclass(frozen=True, slots=True, kw_only=True, init=False)\nclass {class}:\n{docs}\n{declared}\n    \
             def __init__(\n{},\n    ) -> None:\n        fill(\n{},\n        )\n",
            packed(&taken, ",", 8),
            packed(&made, ",", 12),
        );
        Ok(())
    }

    /// Remembers the names that a type of a field uses.
    fn mentioned(&mut self, of: &Of) {
        match of {
            Of::Scalar("Instant") => {
                self.standard.insert("from datetime import datetime");
            }
            Of::Scalar(name) => {
                self.scalars.insert((*name).to_owned());
            }
            Of::Sensitive(inner) => {
                self.scalars.insert("Sensitive".to_owned());
                self.mentioned(inner);
            }
            Of::Option(inner) | Of::List(inner) => self.mentioned(inner),
            Of::Unit | Of::Plain(_) | Of::Named(_) => {}
        }
    }

    /// The type of a value as it is taken.
    fn takes(&mut self, of: &Of) -> String {
        match of {
            Of::Scalar(name) => match TAKEN.iter().find(|(scalar, ..)| scalar == name) {
                Some((_, "datetime", _)) => "datetime".to_owned(),
                Some((_, like, _)) => {
                    self.scalars.insert((*like).to_owned());
                    (*like).to_owned()
                }
                None => (*name).to_owned(),
            },
            Of::Sensitive(inner) => format!("Sensitive[{0}] | {0}", read(inner)),
            Of::Option(inner) => format!("{} | None", self.takes(inner)),
            Of::List(inner) => {
                self.standard.insert("from collections.abc import Sequence");
                format!("Sequence[{}]", self.takes(inner))
            }
            Of::Named(name) if self.is_code(name) => format!("{name} | str"),
            other => read(other),
        }
    }

    /// Makes a value of what was taken.
    fn made(&mut self, of: &Of, value: &str) -> String {
        match (self.maker(of), of) {
            (_, Of::Option(inner)) => match self.maker(inner) {
                Some(maker) => {
                    self.scalars.insert("maybe".to_owned());
                    format!("maybe({maker}, {value})")
                }
                None if matches!(**inner, Of::List(_)) => self.made(inner, value),
                None => value.to_owned(),
            },
            (_, Of::List(inner)) => {
                self.scalars.insert("many".to_owned());
                match self.maker(inner) {
                    Some(maker) => format!("many({value}, {maker})"),
                    None => format!("many({value})"),
                }
            }
            (Some(maker), _) => format!("{maker}({value})"),
            (None, _) => value.to_owned(),
        }
    }

    fn maker(&mut self, of: &Of) -> Option<String> {
        let maker = match of {
            Of::Scalar(name) => {
                (*TAKEN.iter().find(|(scalar, ..)| scalar == name).map(|(_, _, maker)| maker)?).to_owned()
            }
            Of::Sensitive(inner) if **inner == Of::Plain("text") => "as_text".to_owned(),
            Of::Sensitive(_) => "as_sensitive".to_owned(),
            Of::Named(name) if self.is_code(name) => return Some(name.clone()),
            _ => return None,
        };
        self.scalars.insert(maker.clone());
        Some(maker)
    }

    fn is_code(&self, name: &str) -> bool {
        self.codes.contains(name)
    }

    fn text(&self, place: &str) -> String {
        let mut out = format!("{MADE}\"\"\"{}\"\"\"\n\nfrom __future__ import annotations\n\n", about(place));
        let mut imports: Vec<String> = self.standard.iter().map(|import| (*import).to_owned()).collect();
        imports.sort();
        imports.iter().for_each(|import| out.push_str(&format!("{import}\n")));
        if !imports.is_empty() {
            out.push('\n');
        }
        for (other, names) in &self.types {
            out.push_str(&import(&format!("prm._model.{other}"), names));
        }
        if !self.scalars.is_empty() {
            out.push_str(&import("prm._scalars", &self.scalars));
        }
        let mut exports = self.exports.clone();
        exports.sort();
        let _ = write!(out, "\n__all__ = [\n{},\n]\n{}", packed(&quoted(&exports), ",", 4), self.body);
        out
    }
}

/// What a generated file begins with.
pub(super) const MADE: &str =
    "# Made by `cargo run -p prm-api -- python` from the surface of the core; a test compares.\n";

fn about(place: &str) -> String {
    let place = place.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit());
    match place {
        "ids" => "Ids, a class each.".to_owned(),
        "codes" => "Codes and closed lists.".to_owned(),
        "values" => "Values that the other rooms share.".to_owned(),
        "commands" => "What is asked for: commands and batches.".to_owned(),
        "commands_add" => "Commands that add a record.".to_owned(),
        "commands_change" => "Commands that change a record.".to_owned(),
        "values_of_rooms" => "Values made of what belongs to rooms.".to_owned(),
        "values_views" => "What sessions, imports and upkeep answer.".to_owned(),
        _ => match place.split_once('_') {
            Some((room, "views")) => format!("What reads of {room} answer."),
            Some((room, "codes")) => format!("Codes and closed lists of {room}."),
            Some((room, "parts")) => format!("What records of {room} are made of."),
            _ => format!("Records of {place}."),
        },
    }
}

pub(super) fn import<'a>(module: &str, names: impl IntoIterator<Item = &'a String>) -> String {
    let names: Vec<String> = names.into_iter().cloned().collect();
    let line = format!("from {module} import {}\n", names.join(", "));
    if line.len() <= WIDTH { line } else { format!("from {module} import (\n{},\n)\n", packed(&names, ",", 4)) }
}

pub(super) fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("\"{name}\"")).collect()
}

/// Items on as few lines as they fit on, set in by `indent` columns. There is nothing after the last.
pub(super) fn packed(items: &[String], apart: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for (n, item) in items.iter().enumerate() {
        let after = if n + 1 < items.len() { apart } else { "" };
        if !line.is_empty() && indent + line.chars().count() + 1 + item.chars().count() + apart.len() > WIDTH {
            lines.push(format!("{margin}{line}"));
            line = String::new();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(item);
        line.push_str(after);
    }
    lines.push(format!("{margin}{line}"));
    lines.join("\n")
}

/// The type of a field as its documentation names it.
fn plain(of: &Of) -> String {
    match of {
        Of::Option(of) => plain(of),
        Of::List(of) => format!("sequence of {}", plain(of)),
        Of::Sensitive(of) => format!("{}, does not print", plain(of)),
        other => read(other),
    }
}

/// A default as Python writes it.
pub(super) fn value(api: &Api, class: &str, of: &Of, default: &Default) -> Result<String, String> {
    let named = |name: &str| api.types.iter().find(|of| of.name == name);
    Ok(match (default, of) {
        (Default::Empty, Of::Option(_)) => "None".to_owned(),
        (Default::Empty, Of::List(_)) => "()".to_owned(),
        (Default::Empty, Of::Plain("bool")) => "False".to_owned(),
        (Default::Empty, Of::Plain("text" | "word")) => "\"\"".to_owned(),
        (Default::Empty, Of::Plain(_)) => "0".to_owned(),
        (Default::Empty, Of::Sensitive(inner)) => value(api, class, inner, default)?,
        (Default::Empty, Of::Named(name)) => match named(name).map(|of| &of.shape) {
            Some(Shape::Record(fields)) => {
                let mut stated = Vec::new();
                for field in fields.iter().filter(|field| field.default.is_none()) {
                    stated.push(format!("{}={}", python(&field.name), value(api, name, &field.of, default)?));
                }
                format!("{name}({})", stated.join(", "))
            }
            _ => return Err(format!("{class}: no way to write the default of {name}")),
        },
        (Default::Literal(literal), _) if literal == "true" => "True".to_owned(),
        (Default::Literal(literal), _) => literal.clone(),
        (Default::Variant(member), Of::Named(name)) if named(name).is_some_and(is_choice) => {
            format!("{}()", variant(name, member))
        }
        (Default::Variant(member), Of::Named(name)) => format!("{name}.{}", constant(member)),
        _ => return Err(format!("{class}: no way to write the default {default:?} of {of:?}")),
    })
}

/// Whether a type is a union of classes, not an enumeration.
fn is_choice(of: &Type) -> bool {
    matches!(of.shape, Shape::Choice(_)) && !is_plain(of)
}

/// The module that native code finds every class in.
fn everything(files: &BTreeMap<String, File<'_>>) -> String {
    let mut out = format!("{MADE}\"\"\"Every class that crosses.\"\"\"\n\n");
    let mut names = Vec::new();
    for (place, file) in files {
        let mut exports = file.exports.clone();
        exports.sort();
        out.push_str(&import(&format!("prm._model.{place}"), &exports));
        names.extend(exports);
    }
    names.sort();
    let _ = write!(out, "\n__all__ = [\n{},\n]\n", packed(&quoted(&names), ",", 4));
    out
}

/// The module that shows what belongs to a room.
fn shown(api: &Api, module: &str, files: &BTreeMap<String, File<'_>>) -> String {
    let docs = api.rooms.iter().find(|room| room.name == module).map(|room| sections(&room.docs).0);
    let docs = docs.unwrap_or_else(|| format!("Types of {module}."));
    let mut out = format!("{MADE}\"\"\"{docs}\"\"\"\n\n");
    let own: BTreeSet<&str> = api.types.iter().filter(|of| of.module == module).map(|of| of.name.as_str()).collect();
    let mut names = Vec::new();
    for (place, file) in files {
        let is_own = |name: &&String| own.iter().any(|own| name.as_str() == *own || belongs(api, own, name));
        let mut exports: Vec<String> = file.exports.iter().filter(is_own).cloned().collect();
        exports.sort();
        if !exports.is_empty() {
            out.push_str(&import(&format!("prm._model.{place}"), &exports));
            names.extend(exports);
        }
    }
    names.sort();
    let _ = write!(out, "\n__all__ = [\n{},\n]\n", packed(&quoted(&names), ",", 4));
    out
}

/// Whether a class is that of a variant of a choice.
fn belongs(api: &Api, choice: &str, class: &str) -> bool {
    api.types.iter().filter(|of| of.name == choice).any(|of| match &of.shape {
        Shape::Choice(variants) => variants.iter().any(|v| variant(choice, &v.name) == class),
        _ => false,
    })
}
