//! For the tests: values of every type in which every text is a mark.

use super::head;
use super::names::{kind, literal, quoted, upper_camel};
use super::table::variant_name;
use crate::{Api, Carries, Field, Of, Shape};

/// A function per type that gives values of it, every variant among them; and the list of all.
pub(super) fn samples(api: &Api) -> String {
    let mut text = head("values with a mark in every text") + "import java.time.Instant\nimport java.util.UUID\n";
    for of in &api.types {
        let name = &of.name;
        let made = match &of.shape {
            Shape::Id => format!("listOf({name}(UUID(7L, 7L)))"),
            Shape::Record(fields) => mixed(name, name, fields),
            Shape::Choice(variants) => {
                let of_each: Vec<String> = variants
                    .iter()
                    .map(|variant| {
                        let class = variant_name(of, variant);
                        match &variant.carries {
                            Carries::Nothing => format!("listOf({class})"),
                            Carries::One(one) => {
                                let at = format!("{name}.{}", variant.json);
                                format!("{}.map {{ {class}(it) }}", several(one, &at))
                            }
                            Carries::Fields(fields) => mixed(name, &class, fields),
                        }
                    })
                    .collect();
                format!("listOf<List<{name}>>(\n        {},\n    ).flatten()", of_each.join(",\n        "))
            }
            Shape::Code(known) => {
                let first = known.first().map(|code| format!("{name}.{}, ", code.name)).unwrap_or_default();
                format!("listOf({first}{name}.Other(marks.mark(\"code\")))")
            }
        };
        text.push_str(&format!(
            "\n@Suppress(\"UNUSED_PARAMETER\")\ninternal fun sample{name}(marks: Marks): List<{name}> =\n    {made}\n"
        ));
    }
    text.push_str("\n/** Values of every type by its name. */\ninternal fun samples(marks: Marks): Map<String, List<Any>> = mapOf(\n");
    for of in &api.types {
        text.push_str(&format!("    {} to sample{}(marks),\n", literal(&of.name), of.name));
    }
    text + ")\n"
}

/// As many values as the field with the most samples has, so that each of them comes up.
fn mixed(what: &str, class: &str, fields: &[Field]) -> String {
    let given: Vec<String> = fields
        .iter()
        .map(|field| {
            let at = format!("{what}.{}", field.json);
            format!("val of{} = {}", upper_camel(&field.name), several(&field.of, &at))
        })
        .collect();
    let most: Vec<String> = fields.iter().map(|field| format!("of{}.size", upper_camel(&field.name))).collect();
    let taken: Vec<String> = fields
        .iter()
        .map(|field| {
            let list = format!("of{}", upper_camel(&field.name));
            format!("{} = {list}[it % {list}.size]", quoted(&field.name))
        })
        .collect();
    format!(
        "run {{\n            {}\n            List(maxOf(1, {})) {{ {class}({}) }}\n        }}",
        given.join("\n            "),
        if most.is_empty() { "1".to_owned() } else { most.join(", ") },
        taken.join(", ")
    )
}

/// An expression for a list of values.
fn several(of: &Of, at: &str) -> String {
    let place = literal(at);
    match of {
        Of::Unit => "listOf(Unit)".to_owned(),
        Of::Plain("bool") => "listOf(true)".to_owned(),
        Of::Plain("text" | "word") => format!("listOf(marks.mark({place}))"),
        Of::Plain("i64") => "listOf(1L)".to_owned(),
        Of::Plain(_) => format!("listOf(1L.to{}())", kind(of)),
        Of::Scalar("Decimal") => "listOf(Decimal(\"1.50\"))".to_owned(),
        Of::Scalar("PartialDate") => "listOf(PartialDate.parse(\"2019-03\"))".to_owned(),
        Of::Scalar("When") => "listOf(When.parse(\"2019\"), When.parse(\"2019-03-07T13:28:17-05:00\"))".to_owned(),
        Of::Scalar("Cursor") => format!("listOf(Cursor(marks.mark({place})))"),
        Of::Scalar("Date") => "listOf(java.time.LocalDate.EPOCH)".to_owned(),
        Of::Scalar("CivilTime") => "listOf(java.time.LocalDate.EPOCH.atStartOfDay())".to_owned(),
        Of::Scalar(_) => "listOf(Instant.EPOCH)".to_owned(),
        Of::Named(name) => format!("sample{name}(marks)"),
        Of::Sensitive(inner) => format!("{}.map {{ Sensitive(it) }}", several(inner, at)),
        Of::Option(inner) => several(inner, at),
        Of::List(inner) => format!("listOf({})", several(inner, at)),
    }
}
