//! Names and documentation as Swift has them.

use heck::ToLowerCamelCase as _;

use super::RENAMED;

/// Words that a name has to be quoted for.
const KEYWORDS: [&str; 54] = [
    "Any",
    "Self",
    "as",
    "associatedtype",
    "break",
    "case",
    "catch",
    "class",
    "continue",
    "default",
    "defer",
    "deinit",
    "do",
    "else",
    "enum",
    "extension",
    "fallthrough",
    "false",
    "fileprivate",
    "for",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "init",
    "inout",
    "internal",
    "is",
    "let",
    "nil",
    "open",
    "operator",
    "precedencegroup",
    "private",
    "protocol",
    "public",
    "repeat",
    "rethrows",
    "return",
    "self",
    "static",
    "struct",
    "subscript",
    "super",
    "switch",
    "throw",
    "throws",
    "true",
    "try",
    "typealias",
    "var",
    "where",
    "while",
];

/// What a type is called.
pub(super) fn swift_name(name: &str) -> &str {
    RENAMED.iter().find(|(from, _)| *from == name).map_or(name, |(_, to)| to)
}

/// A field, an argument, a call or a case: in lowerCamelCase, as uniffi writes it.
pub(super) fn camel(name: &str) -> String {
    let name = name.to_lower_camel_case();
    if KEYWORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

/// The same as the beginning of a longer name, which needs no quotes.
pub(super) fn label(name: &str) -> String {
    name.to_lower_camel_case()
}

/// The first paragraph and the rest as a comment of documentation; what a call fails with as `Throws`.
pub(super) fn documented(docs: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut throws = false;
    for line in docs.lines() {
        let text = match line {
            "# Errors" => {
                throws = true;
                continue;
            }
            text if throws && !text.is_empty() => {
                throws = false;
                format!("- Throws: {text}")
            }
            text => text.trim_start_matches("# ").to_owned(),
        };
        out.push_str(format!("{indent}/// {text}").trim_end());
        out.push('\n');
    }
    out
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
