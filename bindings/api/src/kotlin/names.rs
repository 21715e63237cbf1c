//! How names and types are written in Kotlin, by the rules that uniffi follows.

use heck::{ToLowerCamelCase as _, ToShoutySnakeCase as _, ToUpperCamelCase as _};

use crate::{Api, Argument, Carries, Default, Field, Of, Passed, Shape, Type};

/// Words of Kotlin that cannot stand as names by themselves.
const KEYWORDS: [&str; 29] = [
    "as",
    "break",
    "class",
    "continue",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "if",
    "in",
    "interface",
    "is",
    "null",
    "object",
    "package",
    "return",
    "super",
    "this",
    "throw",
    "true",
    "try",
    "typealias",
    "typeof",
    "val",
    "var",
    "when",
    "while",
    "constructor",
];

/// `birth_date` as `birthDate`.
pub(super) fn camel(name: &str) -> String {
    name.to_lower_camel_case()
}

/// `people` as `People`.
pub(super) fn upper_camel(name: &str) -> String {
    name.to_upper_camel_case()
}

/// A name where a field or an argument stands.
pub(super) fn quoted(name: &str) -> String {
    let name = camel(name);
    if KEYWORDS.contains(&name.as_str()) { format!("`{name}`") } else { name }
}

/// `NotAStore` as `NOT_A_STORE`.
pub(super) fn shouted(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

/// A type.
pub(super) fn kind(of: &Of) -> String {
    match of {
        Of::Unit => "Unit".to_owned(),
        Of::Plain(plain) => match *plain {
            "bool" => "Boolean",
            "u8" => "UByte",
            "u16" => "UShort",
            "u32" => "UInt",
            "u64" => "ULong",
            "i64" => "Long",
            _ => "String",
        }
        .to_owned(),
        Of::Scalar(name) => (*name).to_owned(),
        Of::Named(name) => name.clone(),
        Of::Sensitive(inner) => format!("Sensitive<{}>", kind(inner)),
        Of::Option(inner) => format!("{}?", kind(inner)),
        Of::List(inner) => format!("List<{}>", kind(inner)),
    }
}

/// What an argument is if nothing is said: no value, or a question with nothing in it. A record that is to be written is
/// always said.
pub(super) fn unsaid_argument(api: &Api, argument: &Argument) -> Option<String> {
    match &argument.of {
        Of::Option(_) => Some("null".to_owned()),
        of if argument.passed == Passed::Reference && is_all_default(api, of) => Some(format!("{}()", kind(of))),
        _ => None,
    }
}

fn is_all_default(api: &Api, of: &Of) -> bool {
    match of {
        Of::Named(name) => match named(api, name).map(|t| &t.shape) {
            Some(Shape::Record(fields)) => fields.iter().all(|field| field.default.is_some()),
            _ => false,
        },
        _ => false,
    }
}

/// The value of a field of which nothing is said.
pub(super) fn unsaid(api: &Api, field: &Field) -> Option<String> {
    let default = field.default.as_ref()?;
    Some(match (default, &field.of) {
        (Default::Literal(text), of) => match kind(of).as_str() {
            "Boolean" => text.clone(),
            "Long" => format!("{text}L"),
            "ULong" => format!("{text}uL"),
            _ => format!("{text}u"),
        },
        (Default::Variant(variant), Of::Named(name)) => match named(api, name) {
            Some(kind) if is_flat(kind) => format!("{name}.{}", shouted(variant)),
            _ => format!("{name}.{variant}"),
        },
        (_, of) => empty(api, of),
    })
}

fn empty(api: &Api, of: &Of) -> String {
    match of {
        Of::Option(_) => "null".to_owned(),
        Of::List(_) => "emptyList()".to_owned(),
        Of::Plain("bool") => "false".to_owned(),
        Of::Plain("text" | "word") => "\"\"".to_owned(),
        Of::Plain("i64") => "0L".to_owned(),
        Of::Plain("u64") => "0uL".to_owned(),
        Of::Plain(_) => "0u".to_owned(),
        Of::Sensitive(inner) => format!("Sensitive({})", empty(api, inner)),
        Of::Named(name) => {
            let said = api.said(name).map(|field| format!("{} = {}", quoted(&field.name), empty(api, &field.of)));
            format!("{name}({})", said.collect::<Vec<_>>().join(", "))
        }
        other => format!("{}()", kind(other)),
    }
}

/// The type of this name.
pub(super) fn named<'a>(api: &'a Api, name: &str) -> Option<&'a Type> {
    api.types.iter().find(|kind| kind.name == name)
}

/// Whether a choice has no variant that carries anything: it is an `enum class` then, else a sealed class.
pub(super) fn is_flat(kind: &Type) -> bool {
    match &kind.shape {
        Shape::Choice(variants) => variants.iter().all(|variant| variant.carries == Carries::Nothing),
        _ => false,
    }
}

#[test]
fn names_are_written_as_uniffi_writes_them() {
    assert_eq!(shouted("NotAStore"), "NOT_A_STORE");
    assert_eq!(shouted("EnteredInError"), "ENTERED_IN_ERROR");
    assert_eq!(camel("postal_code"), "postalCode");
    assert_eq!(quoted("when"), "`when`");
}

#[test]
fn an_empty_record_says_what_it_must() {
    let field = |name: &str, default| Field {
        name: name.to_owned(),
        json: name.to_owned(),
        docs: String::new(),
        of: Of::Plain("text"),
        default,
    };
    let shape = Shape::Record(vec![field("code", None), field("display", Some(Default::Empty))]);
    let coding = Type { module: String::new(), name: "Coding".to_owned(), docs: String::new(), shape };
    let api = Api { types: vec![coding], ..Api::default() };
    let measure = Field { of: Of::Named("Coding".to_owned()), ..field("measure", Some(Default::Empty)) };
    assert!(!api.uniffi_says(&measure));
    assert_eq!(unsaid(&api, &measure).as_deref(), Some("Coding(code = \"\")"));
    let in_swift = crate::swift::default_value(&api, &Default::Empty, &measure.of);
    assert_eq!(in_swift, "Coding(code: \"\")");
}
