//! The manifest: the surface as text, one line for each thing, that a reviewer reads as a diff.
//!
//! `error NAME CODE RETRY`, then its advice after `!`. `id`, `record`, `choice` and `code` with name and module; fields begin
//! with `.`, variants and codes with `-`. `room NAME`, its calls with `>`, arguments with `<`. Lines of documentation begin with
//! `|` and belong to the line before them.

use std::fmt::{self, Write as _};

use crate::{Api, Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Passed, Room, Shape, Type, Variant};

/// What could not be read of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Line, from 1.
    pub line: usize,
    /// Why.
    pub what: &'static str,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the manifest: {}", self.line, self.what)
    }
}

impl std::error::Error for Unreadable {}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Of::Unit => f.write_str("()"),
            Of::Plain(name) | Of::Scalar(name) => f.write_str(name),
            Of::Named(name) => f.write_str(name),
            Of::Sensitive(of) => write!(f, "Sensitive<{of}>"),
            Of::Option(of) => write!(f, "{of}?"),
            Of::List(of) => write!(f, "[{of}]"),
        }
    }
}

/// Built-in types.
pub(crate) const PLAIN: [&str; 8] = ["bool", "u8", "u16", "u32", "u64", "i64", "text", "word"];
/// Types with a meaning and a JSON text of their own.
pub(crate) const SCALARS: [&str; 7] = ["Decimal", "PartialDate", "When", "Instant", "Cursor", "Date", "CivilTime"];

impl Of {
    /// The type that `text` writes.
    pub(crate) fn parse(text: &str) -> Of {
        if text == "()" {
            return Of::Unit;
        }
        if let Some(of) = text.strip_suffix('?') {
            return Of::Option(Box::new(Of::parse(of)));
        }
        if let Some(of) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            return Of::List(Box::new(Of::parse(of)));
        }
        if let Some(of) = text.strip_prefix("Sensitive<").and_then(|t| t.strip_suffix('>')) {
            return Of::Sensitive(Box::new(Of::parse(of)));
        }
        let known = |list: &[&'static str]| list.iter().find(|name| **name == text).copied();
        match (known(&PLAIN), known(&SCALARS)) {
            (Some(name), _) => Of::Plain(name),
            (_, Some(name)) => Of::Scalar(name),
            _ => Of::Named(text.to_owned()),
        }
    }
}

const HEAD: &str = "\
# What other languages see of prm-core. Made from its sources by `cargo run -p prm-api -- manifest`; a test compares.
# | documentation of the line before; . field; - variant or code; > call of a room; < its argument.
";

/// The manifest of a surface.
pub fn write(api: &Api) -> String {
    let mut out = HEAD.to_owned();
    for error in &api.errors {
        let ErrorKind { name, code, docs, retry, advice } = error;
        line(&mut out, format_args!("\nerror {name} {code} {retry}"), docs);
        line(&mut out, format_args!("! {advice}"), "");
    }
    for of in &api.types {
        let module = if of.module.is_empty() { "root" } else { &of.module };
        let (word, name) = (word(&of.shape), &of.name);
        line(&mut out, format_args!("\n{word} {name} in {module}"), &of.docs);
        match &of.shape {
            Shape::Id => {}
            Shape::Record(fields) => write_fields(&mut out, fields),
            Shape::Choice(variants) => variants.iter().for_each(|variant| write_variant(&mut out, variant)),
            Shape::Code(known) => {
                for Known { name, code, docs } in known {
                    line(&mut out, format_args!("- {name} {code}"), docs);
                }
            }
        }
    }
    for Room { name, session, docs, calls } in &api.rooms {
        let alone = if *session { "" } else { " without-session" };
        line(&mut out, format_args!("\nroom {name}{alone}"), docs);
        for Call { name, docs, arguments, answer, watched } in calls {
            let watched = if *watched { " watched" } else { "" };
            line(&mut out, format_args!("> {name} {answer}{watched}"), docs);
            for Argument { name, of, passed } in arguments {
                let passed = match passed {
                    Passed::Value => "value",
                    Passed::Reference => "reference",
                    Passed::OptionalReference => "optional-reference",
                };
                line(&mut out, format_args!("< {name} {of} {passed}"), "");
            }
        }
    }
    out
}

fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Id => "id",
        Shape::Record(_) => "record",
        Shape::Choice(_) => "choice",
        Shape::Code(_) => "code",
    }
}

fn line(out: &mut String, what: fmt::Arguments<'_>, docs: &str) {
    let _ = writeln!(out, "{what}");
    for text in docs.lines() {
        out.push_str(if text.is_empty() { "|" } else { "| " });
        out.push_str(text);
        out.push('\n');
    }
}

fn write_fields(out: &mut String, fields: &[Field]) {
    for Field { name, json, docs, of, default } in fields {
        let default = match default {
            None => "required".to_owned(),
            Some(Default::Empty) => "empty".to_owned(),
            Some(Default::Literal(literal)) => format!("literal:{literal}"),
            Some(Default::Variant(variant)) => format!("variant:{variant}"),
        };
        line(out, format_args!(". {name} {json} {of} {default}"), docs);
    }
}

fn write_variant(out: &mut String, Variant { name, json, docs, carries }: &Variant) {
    match carries {
        Carries::Nothing => line(out, format_args!("- {name} {json}"), docs),
        Carries::One(of) => line(out, format_args!("- {name} {json} {of}"), docs),
        Carries::Fields(fields) => {
            line(out, format_args!("- {name} {json} fields"), docs);
            write_fields(out, fields);
        }
    }
}

/// The surface of a manifest.
///
/// # Errors
/// `Unreadable` for a line that is none.
pub fn parse(text: &str) -> Result<Api, Unreadable> {
    let mut api = Api::default();
    for (n, text) in text.lines().enumerate() {
        let unreadable = |what| Unreadable { line: n + 1, what };
        let (mark, rest) = text.split_once(' ').unwrap_or((text, ""));
        let words: Vec<_> = rest.split(' ').collect();
        match (mark, words.as_slice()) {
            ("" | "#", _) => {}
            ("|", _) => add_docs(last_docs(&mut api).ok_or(unreadable("documentation of nothing"))?, rest),
            ("error", [name, code, retry]) => api.errors.push(ErrorKind {
                name: (*name).to_owned(),
                code: (*code).to_owned(),
                docs: String::new(),
                retry: (*retry).to_owned(),
                advice: String::new(),
            }),
            ("!", _) => match api.errors.last_mut() {
                Some(error) => error.advice = rest.to_owned(),
                None => return Err(unreadable("advice without an error")),
            },
            ("id" | "record" | "choice" | "code", [name, "in", module]) => api.types.push(Type {
                module: if *module == "root" { String::new() } else { (*module).to_owned() },
                name: (*name).to_owned(),
                docs: String::new(),
                shape: match mark {
                    "id" => Shape::Id,
                    "record" => Shape::Record(Vec::new()),
                    "choice" => Shape::Choice(Vec::new()),
                    _ => Shape::Code(Vec::new()),
                },
            }),
            (".", [name, json, of, default]) => {
                let default = match default.split_once(':') {
                    None if *default == "required" => None,
                    None => Some(Default::Empty),
                    Some(("literal", literal)) => Some(Default::Literal(literal.to_owned())),
                    Some((_, variant)) => Some(Default::Variant(variant.to_owned())),
                };
                let (name, json) = ((*name).to_owned(), (*json).to_owned());
                let field = Field { name, json, docs: String::new(), of: Of::parse(of), default };
                last_fields(&mut api).ok_or(unreadable("a field of nothing"))?.push(field);
            }
            ("-", [name, rest @ ..]) => add_variant(&mut api, name, rest).ok_or(unreadable("a variant of nothing"))?,
            ("room", [name, alone @ ..]) if matches!(alone, [] | ["without-session"]) => {
                let (name, session) = ((*name).to_owned(), alone.is_empty());
                api.rooms.push(Room { name, session, docs: String::new(), calls: Vec::new() });
            }
            (">", [name, answer, watched @ ..]) if matches!(watched, [] | ["watched"]) => {
                let room = api.rooms.last_mut().ok_or(unreadable("a call of no room"))?;
                let (name, answer) = ((*name).to_owned(), Of::parse(answer));
                let watched = !watched.is_empty();
                room.calls.push(Call { name, docs: String::new(), arguments: Vec::new(), answer, watched });
            }
            ("<", [name, of, passed]) => {
                let call = api.rooms.last_mut().and_then(|room| room.calls.last_mut());
                let passed = match *passed {
                    "value" => Passed::Value,
                    "reference" => Passed::Reference,
                    _ => Passed::OptionalReference,
                };
                let argument = Argument { name: (*name).to_owned(), of: Of::parse(of), passed };
                call.ok_or(unreadable("an argument of no call"))?.arguments.push(argument);
            }
            _ => return Err(unreadable("not a line of a manifest")),
        }
    }
    Ok(api)
}

fn add_docs(docs: &mut String, line: &str) {
    if !docs.is_empty() {
        docs.push('\n');
    }
    docs.push_str(line);
}

/// Where the documentation of the last line goes.
fn last_docs(api: &mut Api) -> Option<&mut String> {
    if let Some(room) = api.rooms.last_mut() {
        return Some(room.calls.last_mut().map_or(&mut room.docs, |call| &mut call.docs));
    }
    let Some(of) = api.types.last_mut() else { return api.errors.last_mut().map(|error| &mut error.docs) };
    let Type { docs, shape, .. } = of;
    Some(match shape {
        Shape::Id => docs,
        Shape::Record(fields) => fields.last_mut().map_or(docs, |field| &mut field.docs),
        Shape::Code(known) => known.last_mut().map_or(docs, |known| &mut known.docs),
        Shape::Choice(variants) => match variants.last_mut() {
            Some(Variant { docs, carries: Carries::Fields(fields), .. }) => {
                fields.last_mut().map_or(docs, |field| &mut field.docs)
            }
            Some(Variant { docs, .. }) => docs,
            None => docs,
        },
    })
}

fn last_fields(api: &mut Api) -> Option<&mut Vec<Field>> {
    match &mut api.types.last_mut()?.shape {
        Shape::Record(fields) => Some(fields),
        Shape::Choice(variants) => match &mut variants.last_mut()?.carries {
            Carries::Fields(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    }
}

fn add_variant(api: &mut Api, name: &str, rest: &[&str]) -> Option<()> {
    match &mut api.types.last_mut()?.shape {
        Shape::Choice(variants) => {
            let (json, carries) = match rest {
                [json] => (json, Carries::Nothing),
                [json, "fields"] => (json, Carries::Fields(Vec::new())),
                [json, of] => (json, Carries::One(Of::parse(of))),
                _ => return None,
            };
            variants.push(Variant { name: name.to_owned(), json: (*json).to_owned(), docs: String::new(), carries });
        }
        Shape::Code(known) => {
            let code = rest.first()?;
            known.push(Known { name: name.to_owned(), code: (*code).to_owned(), docs: String::new() });
        }
        _ => return None,
    }
    Some(())
}
