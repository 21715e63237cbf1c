//! Making records with as few words as needed, and copies with some fields replaced, since records do not change.

use std::fmt::Write as _;

use super::names::{camel, label, swift_name};
use super::swift;
use super::table::value as default_value;
use crate::{Api, Field, Of, Shape, Type};

/// `with(…)` of every record, and `init` of those that have defaults which uniffi cannot write.
pub(super) fn edits(api: &Api) -> String {
    let mut out = String::from("import PrmGenerated\nimport PrmValues\n");
    for Type { name, shape, .. } in &api.types {
        let Shape::Record(fields) = shape else { continue };
        let name = swift_name(name);
        made(api, &mut out, name, fields);
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

/// What a field is if nothing is said, if that is none of the defaults that uniffi writes.
fn unwritten(api: &Api, field: &Field) -> Option<String> {
    let default = field.default.as_ref().filter(|_| !api.uniffi_says(field));
    default.map(|default| default_value(api, default, &field.of))
}

fn made(api: &Api, out: &mut String, name: &str, fields: &[Field]) {
    if fields.iter().all(|field| unwritten(api, field).is_none()) {
        return;
    }
    let declared = fields.iter().map(|field| {
        let (name, of) = (camel(&field.name), swift(&field.of));
        match (&field.default, &field.of) {
            _ if unwritten(api, field).is_some() => format!("        {name}: {of}? = nil"),
            (None, _) => format!("        {name}: {of}"),
            (Some(default), _) => format!("        {name}: {of} = {}", default_value(api, default, &field.of)),
        }
    });
    let handed = fields.iter().map(|field| {
        let missing = unwritten(api, field).map(|value| format!(" ?? {value}")).unwrap_or_default();
        format!("            {}: {}{missing}", label(&field.name), camel(&field.name))
    });
    let _ = writeln!(
        out,
        "\nextension {name} {{\n    /// One with what is named; the rest is what it is if nothing is said.\n    public init(\n{}\n    ) {{\n        \
         self.init(\n{}\n        )\n    }}\n}}",
        declared.collect::<Vec<_>>().join(",\n"),
        handed.collect::<Vec<_>>().join(",\n"),
    );
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
