//! Names as Python writes them.

use crate::Of;

/// Words that cannot be names of fields, arguments or methods.
const KEYWORDS: [&str; 8] = ["from", "import", "class", "in", "is", "not", "pass", "global"];

/// A name of a field, an argument or a method.
pub(super) fn name(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// `NotDone` as `NOT_DONE`.
pub(super) fn constant(name: &str) -> String {
    let mut out = String::new();
    let mut before_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && before_lower {
            out.push('_');
        }
        before_lower = c.is_lowercase() || c.is_ascii_digit();
        out.extend(c.to_uppercase());
    }
    out
}

/// Class of a variant that carries something: commands say what they do, others are named with their choice.
pub(super) fn variant(choice: &str, variant: &str) -> String {
    if choice == "Command" { variant.to_owned() } else { format!("{choice}{variant}") }
}

/// The type of a value as it is read.
pub(super) fn read(of: &Of) -> String {
    match of {
        Of::Unit => "None".to_owned(),
        Of::Plain("bool") => "bool".to_owned(),
        Of::Plain("text" | "word") => "str".to_owned(),
        Of::Plain(_) => "int".to_owned(),
        Of::Scalar("Instant") => "datetime".to_owned(),
        Of::Scalar(name) => (*name).to_owned(),
        Of::Named(name) => name.clone(),
        Of::Sensitive(of) => format!("Sensitive[{}]", read(of)),
        Of::Option(of) => format!("{} | None", read(of)),
        Of::List(of) => format!("tuple[{}, ...]", read(of)),
    }
}
