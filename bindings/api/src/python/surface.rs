//! The surface as JSON: what a test needs to build and read a value of every type.

use std::fmt::Write as _;

use super::place::is_plain;
use super::rooms::defaults;
use super::words::{constant, name as python, variant};
use crate::{Api, Carries, Field, Of, Shape};

pub(super) fn json(api: &Api) -> String {
    let types: Vec<_> = api.types.iter().map(|of| format!("  {:?}: {}", of.name, shape(of))).collect();
    let calls = api.rooms.iter().flat_map(|room| room.calls.iter().map(move |call| (room, call)));
    let calls: Vec<_> = calls
        .map(|(room, call)| {
            let arguments = call.arguments.iter().zip(defaults(api, call)).map(|(argument, default)| {
                format!("[{:?}, {}, {}]", argument.name, kind(&argument.of), default.is_some())
            });
            let arguments: Vec<_> = arguments.collect();
            let (room, name) = (&room.name, &call.name);
            format!(
                "  \"{room}.{name}\": {{\"method\": {:?}, \"arguments\": [{}], \"answer\": {}}}",
                python(name),
                arguments.join(", "),
                kind(&call.answer)
            )
        })
        .collect();
    let errors: Vec<_> = api.errors.iter().map(|error| format!("  {:?}: {:?}", error.code, error.name)).collect();
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{{\n\"types\": {{\n{}\n}},\n\"calls\": {{\n{}\n}},\n\"errors\": {{\n{}\n}}\n}}",
        types.join(",\n"),
        calls.join(",\n"),
        errors.join(",\n")
    );
    out
}

fn shape(of: &crate::Type) -> String {
    match &of.shape {
        Shape::Id => "{\"is\": \"id\"}".to_owned(),
        Shape::Code(known) => {
            let members: Vec<_> =
                known.iter().map(|known| format!("{:?}: {:?}", constant(&known.name), known.code)).collect();
            format!("{{\"is\": \"code\", \"known\": {{{}}}}}", members.join(", "))
        }
        Shape::Record(own) => format!("{{\"is\": \"record\", \"fields\": {}}}", fields(own)),
        Shape::Choice(variants) if is_plain(of) => {
            let members: Vec<_> = variants.iter().map(|v| format!("{:?}: {:?}", v.json, constant(&v.name))).collect();
            format!("{{\"is\": \"members\", \"members\": {{{}}}}}", members.join(", "))
        }
        Shape::Choice(variants) => {
            let members: Vec<_> = variants
                .iter()
                .map(|v| {
                    let class = variant(&of.name, &v.name);
                    let carries = match &v.carries {
                        Carries::Nothing => String::new(),
                        Carries::One(of) => format!(", \"one\": {}", kind(of)),
                        Carries::Fields(own) => format!(", \"fields\": {}", fields(own)),
                    };
                    format!("{:?}: {{\"class\": {class:?}{carries}}}", v.json)
                })
                .collect();
            format!("{{\"is\": \"choice\", \"variants\": {{{}}}}}", members.join(", "))
        }
    }
}

/// Name in Python, name in JSON, type, whether it has a default.
fn fields(fields: &[Field]) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|f| format!("[{:?}, {:?}, {}, {}]", python(&f.name), f.json, kind(&f.of), f.default.is_some()))
        .collect();
    format!("[{}]", fields.join(", "))
}

fn kind(of: &Of) -> String {
    match of {
        Of::Unit => "[\"unit\"]".to_owned(),
        Of::Plain(name) => format!("[\"plain\", {name:?}]"),
        Of::Scalar(name) => format!("[\"scalar\", {name:?}]"),
        Of::Named(name) => format!("[\"named\", {name:?}]"),
        Of::Sensitive(of) => format!("[\"sensitive\", {}]", kind(of)),
        Of::Option(of) => format!("[\"option\", {}]", kind(of)),
        Of::List(of) => format!("[\"list\", {}]", kind(of)),
    }
}
