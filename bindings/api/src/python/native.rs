//! The Rust of the Python binding: a conversion for every type, a method for every call.

use std::fmt::Write as _;

use super::place::is_plain;
use super::words::{constant, name as python, read, variant};
use crate::{Api, Argument, Call, Carries, Field, Of, Room, Shape, Type};

/// A call takes as many as that of the core does.
const ARGUMENTS: &str = "#[allow(clippy::too_many_arguments, reason = \"as many as the call of the core has\")]";

/// A line for every type. A type of the core that differs does not compile.
pub fn records(api: &Api) -> String {
    let mut out = String::new();
    for of in &api.types {
        let (name, path) = (&of.name, of.path());
        match &of.shape {
            Shape::Id => {
                let _ = writeln!(out, "id!({path}, {name:?});");
            }
            Shape::Code(_) => {
                let _ = writeln!(out, "code!({path}, {name:?});");
            }
            Shape::Record(fields) => {
                let _ = writeln!(out, "record!({path}, {name:?} {{ {} }});", fielded(fields));
            }
            Shape::Choice(variants) if is_plain(of) => {
                let members = variants.iter().map(|v| format!("{} {:?}, ", v.name, constant(&v.name)));
                let _ = writeln!(out, "members!({path}, {name:?} {{ {}}});", members.collect::<String>());
            }
            Shape::Choice(variants) => {
                let _ = writeln!(out, "choice!({path}, {name:?} {{");
                for one in variants {
                    let class = variant(name, &one.name);
                    let _ = match &one.carries {
                        Carries::Nothing => writeln!(out, "    {} {class:?} {{}},", one.name),
                        Carries::One(_) => writeln!(out, "    {}(value) {class:?} {{ value \"value\" }},", one.name),
                        Carries::Fields(fields) => {
                            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
                            let named = names.join(", ");
                            writeln!(out, "    {} {{ {named} }} {class:?} {{ {} }},", one.name, fielded(fields))
                        }
                    };
                }
                out.push_str("});\n");
            }
        }
    }
    out
}

fn fielded(fields: &[Field]) -> String {
    fields.iter().map(|field| format!("{} {:?}", field.name, python(&field.name))).collect::<Vec<_>>().join(", ")
}

/// The calls of rooms as methods of what holds them, e.g. `people_add` of `Session`.
pub fn calls(api: &Api) -> String {
    let mut out = String::new();
    for session in [true, false] {
        let rooms: Vec<_> = api.rooms.iter().filter(|room| room.session == session).collect();
        let Some(first) = rooms.first() else { continue };
        let _ = writeln!(out, "{ARGUMENTS}\n#[pymethods]\nimpl {} {{", first.object());
        rooms.iter().for_each(|room| room.calls.iter().for_each(|call| out.push_str(&method(api, room, call))));
        out.push_str("}\n");
    }
    out
}

fn method(
    api: &Api,
    Room { name: room, session, .. }: &Room,
    Call { name, arguments, answer, watched, .. }: &Call,
) -> String {
    let mut out = String::new();
    let mut signature: Vec<_> = arguments.iter().map(|a| format!("{}: \"object\"", python(&a.name))).collect();
    if *watched {
        signature.extend(["progress: \"Progress\"", "watcher: \"object | None\""].map(str::to_owned));
    }
    let signature = signature.join(", ");
    let _ = writeln!(out, "    #[pyo3(signature = ({signature}) -> {:?})]", stub(answer));
    let mut taken: String = arguments.iter().map(|a| format!(", {}: &Bound<'py, PyAny>", python(&a.name))).collect();
    if *watched {
        taken.push_str(", progress: &Bound<'py, Progress>, watcher: Option<&Bound<'py, PyAny>>");
    }
    let _ = writeln!(out, "    fn {room}_{name}<'py>(&self, py: Python<'py>{taken}) -> PyResult<Bound<'py, PyAny>> {{");
    for Argument { name, of, .. } in arguments {
        let given = python(name);
        let _ = writeln!(out, "        let {name} = argument::<{}>({given}, {given:?})?;", rust(api, of));
    }
    let mut passed: Vec<_> = arguments.iter().map(Argument::in_rust).collect();
    if *watched {
        passed.push("progress".to_owned());
        out.push_str("        let (session, progress) = (self.core()?, &progress.get().0);\n");
    }
    let passed = passed.join(", ");
    let call =
        if *session { format!("session.{room}().{name}({passed})") } else { format!("reckoner.{name}({passed})") };
    let entered = match (watched, session) {
        (true, _) => format!("Watch::new(progress, watcher).enter(py, || {call})"),
        (false, true) => format!("self.enter(py, |session| {call})"),
        (false, false) => format!("self.enter(py, |reckoner| {call})"),
    };
    let _ = writeln!(out, "        answer(py, {entered})\n    }}\n");
    out
}

fn rust(api: &Api, of: &Of) -> String {
    match of {
        Of::Unit => "()".to_owned(),
        Of::Plain("text") => "String".to_owned(),
        Of::Plain("word") => "std::borrow::Cow<'static, str>".to_owned(),
        Of::Plain(name) => (*name).to_owned(),
        Of::Scalar(name) => format!("prm_core::{name}"),
        Of::Named(name) => api.types.iter().find(|of| of.name == *name).map(Type::path).unwrap_or_else(|| name.clone()),
        Of::Sensitive(of) => format!("prm_core::Sensitive<{}>", rust(api, of)),
        Of::Option(of) => format!("Option<{}>", rust(api, of)),
        Of::List(of) => format!("Vec<{}>", rust(api, of)),
    }
}

/// The type of an answer in the stub.
fn stub(of: &Of) -> String {
    match of {
        Of::Option(of) => format!("{} | None", stub(of)),
        Of::List(of) => format!("tuple[{}, ...]", stub(of)),
        Of::Named(name) => format!("prm._model.{name}"),
        Of::Sensitive(of) => format!("prm._scalars.Sensitive[{}]", stub(of)),
        Of::Scalar("Instant") => "datetime.datetime".to_owned(),
        Of::Scalar(name) => format!("prm._scalars.{name}"),
        other => read(other),
    }
}
