//! Rooms of a session: `session.people.add(patient)` over the flat calls, each also as `async`.

use std::fmt::Write as _;

use heck::{ToLowerCamelCase as _, ToUpperCamelCase as _};

use super::names::{camel, documented, label};
use super::swift;
use crate::{Api, Argument, Call, Of, Room};

/// The rooms, and the properties of a session that lead to them.
pub(super) fn rooms(api: &Api) -> String {
    let mut out = String::from("import PrmGenerated\nimport PrmValues\n\nextension Session {\n");
    for Room { name, docs, .. } in api.of_session() {
        let (property, of) = (camel(name), room_name(name));
        let _ =
            writeln!(out, "{}    public var {property}: {of} {{ {of}(session: self) }}\n", documented(docs, "    "));
    }
    out.truncate(out.trim_end().len());
    out.push_str("\n}\n");
    for room in api.of_session() {
        let _ = writeln!(
            out,
            "\n{}public struct {}: Sendable {{\n    let session: Session",
            documented(&room.docs, ""),
            room_name(&room.name)
        );
        for call in &room.calls {
            write_call(&mut out, &room.name, call);
        }
        out.push_str("}\n");
    }
    out
}

fn room_name(room: &str) -> String {
    format!("{}Room", room.to_upper_camel_case())
}

fn write_call(out: &mut String, room: &str, call: &Call) {
    let name = camel(&call.name);
    let flat = format!("{room}_{}", call.name).to_lower_camel_case();
    let mut declared: Vec<_> = call.arguments.iter().enumerate().map(declared).collect();
    let mut passed: Vec<_> = call.arguments.iter().map(|a| format!("{}: {}", label(&a.name), camel(&a.name))).collect();
    let (captured, cancelling) = if call.watched {
        declared.push("progress: WorkProgress? = nil".to_owned());
        passed.push("progress: progress".to_owned());
        ("let (session, progress) = (session, progress ?? WorkProgress())", "(cancelling: progress)")
    } else {
        ("let session = session", "")
    };
    let declared = declared.join(", ");
    let made = format!("session.{flat}({})", passed.join(", "));
    let answer = match &call.answer {
        Of::Unit => String::new(),
        of => format!(" -> {}", swift(of)),
    };
    let docs = documented(&call.docs, "    ");
    let _ = writeln!(
        out,
        "\n{docs}    public func {name}({declared}) throws{answer} {{\n        try {made}\n    }}\n\n\
         {docs}    public func {name}({declared}) async throws{answer} {{\n        {captured}\n        \
         return try await offload{cancelling} {{ try {made} }}\n    }}"
    );
}

/// The first argument has no label; a value that may be missing is missing if nothing is said.
fn declared((at, Argument { name, of, .. }): (usize, &Argument)) -> String {
    let missing = if matches!(of, Of::Option(_)) { " = nil" } else { "" };
    let quiet = if at == 0 { "_ " } else { "" };
    format!("{quiet}{}: {}{missing}", camel(name), swift(of))
}
