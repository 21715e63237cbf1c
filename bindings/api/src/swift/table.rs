//! The table by which the tests build native values from JSON, make calls by name, and write answers as JSON.

use std::fmt::Write as _;

use super::names::{camel, label, literal, swift_name};
use super::swift;
use crate::model::RECKONER;
use crate::{Api, Argument, Call, Carries, Default, Field, Known, Of, Room, Shape, Type, Variant};

const HEAD: &str = "import Prm\n";

/// A conformance to `JsonValue` for every type.
pub(super) fn table(api: &Api) -> String {
    let mut out = HEAD.to_owned();
    for Type { name, shape, .. } in &api.types {
        let name = swift_name(name);
        match shape {
            Shape::Id => {
                let _ = writeln!(out, "\nextension {name}: JsonText {{}}");
            }
            Shape::Record(fields) => record(api, &mut out, name, fields),
            Shape::Choice(variants) => choice(api, &mut out, name, variants),
            Shape::Code(known) => code(&mut out, name, known),
        }
    }
    out
}

/// Every call of a room by its name, e.g. `people.search`.
pub(super) fn calls(api: &Api) -> String {
    let mut out = String::from(
        "import Prm\n\n/// Makes a call of a room with arguments by their names.\n\
         func call(_ name: String, _ arguments: Json, in session: Session) throws -> Json {\n    \
         var _members = try Members(arguments, of: name)\n    switch name {\n",
    );
    calls_of(&mut out, api.of_session());
    let _ = writeln!(
        out,
        "\n/// Makes a call that needs no session.\nfunc reckon(_ name: String, _ arguments: Json, by reckoner: {RECKONER}) throws -> Json {{\n    \
         var _members = try Members(arguments, of: name)\n    switch name {{"
    );
    calls_of(&mut out, api.alone());
    out
}

fn calls_of<'a>(out: &mut String, rooms: impl Iterator<Item = &'a Room>) {
    for Room { name: room, session, calls, .. } in rooms {
        for Call { name, arguments, answer, .. } in calls {
            let _ = writeln!(out, "    case \"{room}.{name}\":");
            for Argument { name, of, .. } in arguments {
                let missing = if matches!(of, Of::Option(_)) { ", else: nil" } else { "" };
                let _ = writeln!(
                    out,
                    "        let {}: {} = try _members.take({}{missing})",
                    camel(name),
                    swift(of),
                    literal(name)
                );
            }
            let passed = arguments.iter().enumerate().map(|(at, Argument { name, .. })| match at {
                0 if *session => camel(name),
                _ => format!("{}: {}", label(name), camel(name)),
            });
            let entrance = if *session { format!("session.{}", camel(room)) } else { "reckoner".to_owned() };
            let made = format!("{entrance}.{}({})", camel(name), passed.collect::<Vec<_>>().join(", "));
            let told = if *answer == Of::Unit {
                format!("try {made}\n        return .nothing")
            } else {
                format!("return try {made}.json")
            };
            let _ = writeln!(out, "        try _members.finish()\n        {told}");
        }
    }
    out.push_str("    default:\n        throw Misspelt(\"there is no call \\(name)\")\n    }\n}\n");
}

fn record(api: &Api, out: &mut String, name: &str, fields: &[Field]) {
    let _ = writeln!(out, "\nextension {name}: JsonValue {{\n    init(json: Json) throws {{");
    let _ = writeln!(out, "        var _members = try Members(json, of: {})", literal(name));
    out.push_str(&taken(api, fields, "        "));
    let _ = writeln!(out, "        try _members.finish()\n        self.init({})\n    }}\n", handed(fields));
    let _ = writeln!(
        out,
        "    var json: Json {{\n        .object([\n{}        ])\n    }}\n}}",
        written(fields, "            ")
    );
}

/// `let` statements that take the fields from `_members`, which no field is called.
fn taken(api: &Api, fields: &[Field], indent: &str) -> String {
    let mut out = String::new();
    for Field { name, json, of, default, .. } in fields {
        let missing =
            default.as_ref().map(|default| format!(", else: {}", value(api, default, of))).unwrap_or_default();
        let _ =
            writeln!(out, "{indent}let {}: {} = try _members.take({}{missing})", camel(name), swift(of), literal(json));
    }
    out
}

fn handed(fields: &[Field]) -> String {
    fields.iter().map(|f| format!("{}: {}", label(&f.name), camel(&f.name))).collect::<Vec<_>>().join(", ")
}

fn written(fields: &[Field], indent: &str) -> String {
    fields.iter().map(|f| format!("{indent}{}: {}.json,\n", literal(&f.json), camel(&f.name))).collect()
}

/// What a field is if nothing is said.
pub(crate) fn value(api: &Api, default: &Default, of: &Of) -> String {
    match (default, of) {
        (Default::Literal(literal), _) => literal.clone(),
        (Default::Variant(variant), _) => format!(".{}", camel(variant)),
        (Default::Empty, Of::Option(_)) => "nil".to_owned(),
        (Default::Empty, Of::List(_)) => "[]".to_owned(),
        (Default::Empty, Of::Plain("bool")) => "false".to_owned(),
        (Default::Empty, Of::Plain("text" | "word") | Of::Sensitive(_)) => "\"\"".to_owned(),
        (Default::Empty, Of::Plain(_) | Of::Unit) => "0".to_owned(),
        (Default::Empty, Of::Named(name)) => {
            let empty = |field: &Field| format!("{}: {}", label(&field.name), value(api, default, &field.of));
            format!("{}({})", swift(of), api.said(name).map(empty).collect::<Vec<_>>().join(", "))
        }
        (Default::Empty, Of::Scalar(_)) => format!("{}()", swift(of)),
    }
}

fn choice(api: &Api, out: &mut String, name: &str, variants: &[Variant]) {
    let (mut read, mut write) = (String::new(), String::new());
    for Variant { name: variant, json, carries, .. } in variants {
        let (case, json) = (camel(variant), literal(json));
        match carries {
            Carries::Nothing => {
                let _ = writeln!(read, "        case ({json}, nil):\n            self = .{case}");
                let _ = writeln!(write, "        case .{case}: .text({json})");
            }
            Carries::One(of) => {
                let _ = writeln!(
                    read,
                    "        case ({json}, let content?):\n            self = .{case}(try {}(json: content))",
                    swift(of)
                );
                let _ = writeln!(write, "        case .{case}(let content): .object([{json}: content.json])");
            }
            Carries::Fields(fields) => {
                let _ = writeln!(
                    read,
                    "        case ({json}, let content?):\n            var _members = try Members(content, of: {json})\n{}            \
                     try _members.finish()\n            self = .{case}({})",
                    taken(api, fields, "            "),
                    handed(fields)
                );
                let bound = fields.iter().map(|f| format!("let {}", camel(&f.name))).collect::<Vec<_>>().join(", ");
                let _ = writeln!(
                    write,
                    "        case .{case}({bound}):\n            .object([\n                {json}: .object([\n{}                ])\n            ])",
                    written(fields, "                    ")
                );
            }
        }
    }
    let _ = writeln!(
        out,
        "\nextension {name}: JsonValue {{\n    init(json: Json) throws {{\n        switch try json.variant() {{\n{read}        \
         case (let other, _):\n            throw Misspelt(\"{name} has no \\(other)\")\n        }}\n    }}\n\n    \
         var json: Json {{\n        switch self {{\n{write}        }}\n    }}\n}}"
    );
}

fn code(out: &mut String, name: &str, known: &[Known]) {
    let (mut read, mut write) = (String::new(), String::new());
    for Known { name, code, .. } in known {
        let (case, code) = (camel(name), literal(code));
        let _ = writeln!(read, "        case {code}: self = .{case}");
        let _ = writeln!(write, "        case .{case}: .text({code})");
    }
    let _ = writeln!(
        out,
        "\nextension {name}: JsonValue {{\n    init(json: Json) throws {{\n        switch try String(json: json) {{\n{read}        \
         case let other: self = .other(other)\n        }}\n    }}\n\n    \
         var json: Json {{\n        switch self {{\n{write}        case .other(let code): .text(code)\n        }}\n    }}\n}}"
    );
}
