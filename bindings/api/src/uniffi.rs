//! What the uniffi binding is built from: a mirror of every type, the calls of rooms, the error.

use std::fmt::Write as _;

use crate::{Api, Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Room, Shape, Type, Variant};

/// Mirrors of the types, in Rust. A type of the core that differs from its mirror does not compile.
pub fn mirrors(api: &Api) -> String {
    let mut out = String::new();
    for of in &api.types {
        let Type { name, docs, shape, .. } = of;
        let _ = writeln!(out, "pub(crate) type {name} = {};", of.path());
        match shape {
            Shape::Id => {
                let _ = writeln!(out, "id!({name});\n");
            }
            Shape::Record(fields) => {
                let _ = writeln!(out, "#[uniffi::remote(Record)]\n{}pub struct {name} {{", documented(docs));
                for field in fields {
                    let _ = writeln!(out, "{}    {},", documented(&field.docs), declared(api, field, "pub "));
                }
                out.push_str("}\n\n");
            }
            Shape::Choice(variants) => {
                let _ = writeln!(out, "#[uniffi::remote(Enum)]\n{}pub enum {name} {{", documented(docs));
                for Variant { name, docs, carries, .. } in variants {
                    let carried = match carries {
                        Carries::Nothing => String::new(),
                        Carries::One(of) => format!("({})", rust(of)),
                        Carries::Fields(fields) => {
                            let fields =
                                fields.iter().map(|f| format!("{}{}, ", documented(&f.docs), declared(api, f, "")));
                            format!(" {{ {}}}", fields.collect::<String>())
                        }
                    };
                    let _ = writeln!(out, "{}    {name}{carried},", documented(docs));
                }
                out.push_str("}\n\n");
            }
            Shape::Code(known) => {
                let _ = writeln!(out, "#[uniffi::remote(Enum)]\n{}pub enum {name} {{", documented(docs));
                for Known { name, docs, .. } in known {
                    let _ = writeln!(out, "{}    {name},", documented(docs));
                }
                let other = documented("A code this version does not know, as it came.");
                let _ = writeln!(out, "{other}    Other(String),\n}}\n");
            }
        }
    }
    out
}

/// The calls of rooms as methods of `Session`, e.g. `people_add`.
pub fn calls(api: &Api) -> String {
    let mut out = String::from("#[uniffi::export]\nimpl Session {\n");
    for Room { name: room, calls, .. } in api.of_session() {
        for call in calls {
            let (name, answer) = (&call.name, rust(&call.answer));
            let arguments = call.arguments.iter().map(|a| format!(", {}: {}", a.name, rust(&a.of)));
            let mut passed: Vec<_> = call.arguments.iter().map(Argument::in_rust).collect();
            let (default, watcher) = if call.watched {
                passed.push("&watched(progress)".to_owned());
                ("    #[uniffi::method(default(progress = None))]\n", ", progress: Option<Arc<Progress>>")
            } else {
                ("", "")
            };
            let passed = passed.join(", ");
            let _ = writeln!(
                out,
                "{}{default}    pub fn {room}_{name}(&self{}{watcher}) -> Result<{answer}, PrmError> {{\n        Ok(self.0.{room}().{name}({passed})?)\n    }}\n",
                documented(&call.docs),
                arguments.collect::<String>(),
            );
        }
    }
    out.push_str("}\n");
    out
}

/// The calls that need no session as methods of what holds them. Kotlin and Swift use them as they are, so what may be left
/// out is said here.
pub fn reckoned(api: &Api) -> String {
    let mut out = String::new();
    for room in api.alone() {
        let _ = writeln!(out, "#[uniffi::export]\nimpl {} {{", room.object());
        for Call { name, docs, arguments, answer, .. } in &room.calls {
            let unsaid = |argument: &Argument| match &argument.of {
                Of::Option(_) => Some(format!("{} = None", argument.name)),
                Of::Plain("bool") => Some(format!("{} = false", argument.name)),
                _ => None,
            };
            let unsaid: Vec<_> = arguments.iter().filter_map(unsaid).collect();
            let default = match unsaid.as_slice() {
                [] => String::new(),
                some => format!("    #[uniffi::method(default({}))]\n", some.join(", ")),
            };
            let taken = arguments.iter().map(|a| format!(", {}: {}", a.name, rust(&a.of))).collect::<String>();
            let passed = arguments.iter().map(Argument::in_rust).collect::<Vec<_>>().join(", ");
            let _ = writeln!(
                out,
                "{}{default}    pub fn {name}(&self{taken}) -> Result<{}, PrmError> {{\n        Ok(self.0.{name}({passed})?)\n    }}\n",
                documented(docs),
                rust(answer),
            );
        }
        out.push_str("}\n");
    }
    out
}

/// The error: a variant for every kind.
pub fn errors(api: &Api) -> String {
    let mut out = String::from(
        "/// What went wrong: one variant for every kind of error.\n\
         #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]\n#[uniffi::export(Display)]\npub enum PrmError {\n",
    );
    for ErrorKind { name, docs, .. } in &api.errors {
        let _ = writeln!(
            out,
            "{}    #[error(\"{{}}\", info.sentence())]\n    {name} {{\n        /// What is known of it.\n        info: Box<ErrorInfo>,\n    }},",
            documented(docs)
        );
    }
    out.push_str("}\n\nimpl PrmError {\n    fn of(kind: ErrorKind, info: ErrorInfo) -> Self {\n        let info = Box::new(info);\n        match kind {\n");
    for ErrorKind { name, .. } in &api.errors {
        let _ = writeln!(out, "            ErrorKind::{name} => PrmError::{name} {{ info }},");
    }
    out.push_str(
        "            // A kind that this binding does not know yet.\n            _ => PrmError::Unsupported { info },\n        }\n    }\n\n    /// What is known of it.\n    pub fn info(&self) -> &ErrorInfo {\n        match self {\n",
    );
    for ErrorKind { name, .. } in &api.errors {
        let _ = writeln!(out, "            PrmError::{name} {{ info }} => info,");
    }
    out.push_str("        }\n    }\n}\n");
    out
}

fn documented(docs: &str) -> String {
    docs.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "#[doc = {:?}]", format!(" {line}"));
        out
    })
}

fn declared(api: &Api, field: &Field, visibility: &str) -> String {
    let Field { name, of, default, .. } = field;
    let default = match (default, of) {
        (None, _) => String::new(),
        (Some(Default::Literal(literal)), _) => format!("#[uniffi(default = {literal})] "),
        (Some(Default::Empty), Of::Option(_)) => "#[uniffi(default = None)] ".to_owned(),
        (Some(Default::Empty), Of::List(_)) => "#[uniffi(default = [])] ".to_owned(),
        (Some(Default::Empty), Of::Plain("bool")) => "#[uniffi(default = false)] ".to_owned(),
        (Some(Default::Empty), Of::Plain("text")) => "#[uniffi(default = \"\")] ".to_owned(),
        (Some(Default::Empty), Of::Plain(_)) => "#[uniffi(default = 0)] ".to_owned(),
        (Some(Default::Empty), Of::Named(_)) if api.uniffi_says(field) => "#[uniffi(default)] ".to_owned(),
        (Some(_), _) => String::new(),
    };
    format!("{default}{visibility}{name}: {}", rust(of))
}

/// The type in Rust.
fn rust(of: &Of) -> String {
    match of {
        Of::Unit => "()".to_owned(),
        Of::Plain("text") => "String".to_owned(),
        Of::Plain("word") => "Word".to_owned(),
        Of::Plain(name) | Of::Scalar(name) => (*name).to_owned(),
        Of::Named(name) => name.clone(),
        Of::Sensitive(of) if **of == Of::Plain("text") => "SensitiveText".to_owned(),
        Of::Sensitive(of) => format!("Sensitive{}", rust(of)),
        Of::Option(of) => format!("Option<{}>", rust(of)),
        Of::List(of) => format!("Vec<{}>", rust(of)),
    }
}
