//! Copies of a record with some fields replaced, since records do not change.

use std::fmt::Write as _;

use super::names::{camel, label, swift_name};
use super::swift;
use crate::{Api, Field, Of, Shape, Type};

/// `with(…)` of every record.
pub(super) fn edits(api: &Api) -> String {
    let mut out = String::from("import PrmGenerated\nimport PrmValues\n");
    for Type { name, shape, .. } in &api.types {
        let Shape::Record(fields) = shape else { continue };
        let name = swift_name(name);
        let _ = writeln!(
            out,
            "\nextension {name} {{\n    /// The same with some fields replaced. What is not named stays; `.some(nil)` takes an \
             optional value away.\n    public func with("
        );
        let declared: Vec<_> = fields.iter().map(declared).collect();
        let kept: Vec<_> = fields.iter().map(kept).collect();
        let _ = writeln!(
            out,
            "{}\n    ) -> {name} {{\n        {name}(\n{}\n        )\n    }}\n}}",
            declared.join(",\n"),
            kept.join(",\n")
        );
    }
    out
}

fn declared(Field { name, of, .. }: &Field) -> String {
    format!("        {}: {}? = nil", camel(name), swift(of))
}

fn kept(Field { name, of, .. }: &Field) -> String {
    let (label, name) = (label(name), camel(name));
    match of {
        Of::Option(_) => format!("            {label}: {name} == nil ? self.{label} : {name}!"),
        _ => format!("            {label}: {name} ?? self.{label}"),
    }
}
