//! What every kind of error says of itself.

use std::fmt::Write as _;

use super::names::{documented, label};
use crate::{Api, ErrorKind};

/// Kinds as an enumeration of their codes, and what is known of an error whatever its kind.
pub(super) fn errors(api: &Api) -> String {
    let mut out = String::from(
        "import PrmGenerated\n\n/// Kinds of errors, by their stable codes: for logs, and to go through all of them.\n\
         public enum PrmErrorKind: String, CaseIterable, Sendable {\n",
    );
    for ErrorKind { name, code, docs, .. } in &api.errors {
        let _ = writeln!(out, "{}    case {} = \"{code}\"", documented(docs, "    "), label(name));
    }
    out.push_str("}\n\nextension PrmError {\n    /// What went wrong.\n    public var kind: PrmErrorKind {\n        switch self {\n");
    for ErrorKind { name, .. } in &api.errors {
        let _ = writeln!(out, "        case .{name}: .{}", label(name));
    }
    out.push_str("        }\n    }\n\n    /// What is known of it, whatever its kind.\n    public var info: ErrorInfo {\n        switch self {\n");
    let cases =
        api.errors.iter().map(|kind| format!(".{}(let info)", kind.name)).collect::<Vec<_>>().join(",\n            ");
    let _ = writeln!(out, "        case {cases}:\n            info\n        }}\n    }}\n");
    out.push_str("    /// The error of a kind with what is known of it.\n    public init(_ kind: PrmErrorKind, _ info: ErrorInfo) {\n        self =\n            switch kind {\n");
    for ErrorKind { name, .. } in &api.errors {
        let _ = writeln!(out, "            case .{}: .{name}(info: info)", label(name));
    }
    out.push_str("            }\n    }\n}\n");
    out
}
