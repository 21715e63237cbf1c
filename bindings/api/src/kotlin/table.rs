//! For the tests: JSON of scenarios as native values and back, and calls by name.

use super::head;
use super::names::{is_flat, kind, literal, quoted, shouted, unsaid, unsaid_argument};
use crate::model::RECKONER;
use crate::{Api, Carries, Field, Known, Of, Room, Shape, Type, Variant};

const IMPORTS: &str = "import java.time.Instant\nimport kotlinx.serialization.json.JsonElement\nimport kotlinx.serialization.json.JsonPrimitive\n";

/// A reader and a writer for every type.
pub(super) fn types(api: &Api) -> String {
    let mut text = head("native values from the JSON of scenarios, and back") + IMPORTS;
    for of in &api.types {
        let name = &of.name;
        let (read, write) = match &of.shape {
            Shape::Id => (format!("{name}.parse(text(json))"), "JsonPrimitive(value.toString())".to_owned()),
            Shape::Record(fields) => (read_record(api, name, name, fields), write_record(fields)),
            Shape::Choice(variants) => (read_choice(api, of, variants), write_choice(of, variants)),
            Shape::Code(known) => (read_code(name, known), write_code(name, known)),
        };
        text.push_str(&format!("\ninternal fun read{name}(json: JsonElement): {name} =\n    {read}\n"));
        text.push_str(&format!("\ninternal fun write(value: {name}): JsonElement =\n    {write}\n"));
    }
    text
}

/// An expression that reads a value from the JSON `from`.
fn read(of: &Of, from: &str) -> String {
    match of {
        Of::Unit => "Unit".to_owned(),
        Of::Plain("bool") => format!("boolean({from})"),
        Of::Plain("i64") => format!("whole({from})"),
        Of::Plain("text" | "word") => format!("text({from})"),
        Of::Plain(_) => format!("whole({from}).to{}()", kind(of)),
        Of::Scalar("Decimal") => format!("Decimal(digits({from}))"),
        Of::Scalar("Cursor") => format!("Cursor(text({from}))"),
        Of::Scalar("Date") => format!("java.time.LocalDate.parse(text({from}))"),
        Of::Scalar("CivilTime") => format!("java.time.LocalDateTime.parse(text({from}))"),
        Of::Scalar(name) => format!("{name}.parse(text({from}))"),
        Of::Named(name) => format!("read{name}({from})"),
        Of::Sensitive(inner) => format!("Sensitive({})", read(inner, from)),
        Of::Option(inner) => read(inner, from),
        Of::List(inner) => match &**inner {
            Of::Option(own) => {
                format!("items({from}).map {{ item -> if (item == NOTHING) null else {} }}", read(own, "item"))
            }
            _ => format!("items({from}).map {{ item -> {} }}", read(inner, "item")),
        },
    }
}

/// An expression that writes `value`.
fn write(of: &Of, value: &str) -> String {
    match of {
        Of::Unit => "NOTHING".to_owned(),
        Of::Plain("bool" | "i64" | "text" | "word") => format!("JsonPrimitive({value})"),
        Of::Plain(_) => format!("JsonPrimitive({value}.toLong())"),
        Of::Scalar("Cursor") => format!("JsonPrimitive({value}.text)"),
        Of::Scalar("CivilTime") => format!("JsonPrimitive(civilText({value}))"),
        Of::Scalar(_) => format!("JsonPrimitive({value}.toString())"),
        Of::Named(_) => format!("write({value})"),
        Of::Sensitive(inner) => write(inner, &format!("{value}.expose()")),
        Of::Option(inner) => format!("{value}?.let {{ given -> {} }}", write(inner, "given")),
        Of::List(inner) => {
            let nothing = if matches!(**inner, Of::Option(_)) { " ?: NOTHING" } else { "" };
            format!("list({value}) {{ item -> {}{nothing} }}", write(inner, "item"))
        }
    }
}

/// An expression that reads a field from `members`.
fn read_field(api: &Api, field: &Field) -> String {
    let member = literal(&field.json);
    let given = format!("members[{member}]?.let {{ given -> {} }}", read(&field.of, "given"));
    match (&field.of, unsaid(api, field)) {
        (Of::Option(_), _) => given,
        (_, Some(default)) => format!("{given} ?: {default}"),
        (of, None) => read(of, &format!("members.need({member})")),
    }
}

fn read_record(api: &Api, what: &str, class: &str, fields: &[Field]) -> String {
    read_fields(api, what, class, fields, "json", "    ")
}

fn read_fields(api: &Api, what: &str, class: &str, fields: &[Field], from: &str, indent: &str) -> String {
    let names: Vec<String> = fields.iter().map(|field| literal(&field.json)).collect();
    let mut text = format!("members({from}, {}, {}).let {{ members ->\n", literal(what), names.join(", "));
    text.push_str(&format!("{indent}    {class}(\n"));
    for field in fields {
        text.push_str(&format!("{indent}        {} = {},\n", quoted(&field.name), read_field(api, field)));
    }
    text + &format!("{indent}    )\n{indent}}}")
}

fn write_record(fields: &[Field]) -> String {
    write_fields(fields, "    ")
}

fn write_fields(fields: &[Field], indent: &str) -> String {
    let mut text = "record(\n".to_owned();
    for field in fields {
        let value = write(&field.of, &format!("value.{}", quoted(&field.name)));
        text.push_str(&format!("{indent}    {} to {value},\n", literal(&field.json)));
    }
    text + &format!("{indent})")
}

/// The variant where a value of it is made or named.
pub(super) fn variant_name(of: &Type, variant: &Variant) -> String {
    if is_flat(of) {
        format!("{}.{}", of.name, shouted(&variant.name))
    } else {
        format!("{}.{}", of.name, variant.name)
    }
}

fn read_choice(api: &Api, of: &Type, variants: &[Variant]) -> String {
    let mut text = "variant(json).let { (name, content) ->\n        when (name) {\n".to_owned();
    for variant in variants {
        let class = variant_name(of, variant);
        let made = match &variant.carries {
            Carries::Nothing => class,
            Carries::One(one) => format!("{class}({})", read(one, "content")),
            Carries::Fields(fields) => {
                read_fields(api, &format!("{}.{}", of.name, variant.json), &class, fields, "content", "            ")
            }
        };
        text.push_str(&format!("            {} -> {made}\n", literal(&variant.json)));
    }
    text + &format!("            else -> misspelt({}, name)\n        }}\n    }}", literal(&of.name))
}

fn write_choice(of: &Type, variants: &[Variant]) -> String {
    let mut text = "when (value) {\n".to_owned();
    for variant in variants {
        let json = literal(&variant.json);
        let is = if is_flat(of) { "" } else { "is " };
        let written = match &variant.carries {
            Carries::Nothing => format!("JsonPrimitive({json})"),
            Carries::One(one) => format!("variant({json}, {})", write(one, "value.value")),
            Carries::Fields(fields) => format!("variant({json}, {})", write_fields(fields, "        ")),
        };
        text.push_str(&format!("        {is}{} -> {written}\n", variant_name(of, variant)));
    }
    text + "    }"
}

fn read_code(name: &str, known: &[Known]) -> String {
    let mut text = "when (val code = text(json)) {\n".to_owned();
    for code in known {
        text.push_str(&format!("        {} -> {name}.{}\n", literal(&code.code), code.name));
    }
    text + &format!("        else -> {name}.Other(code)\n    }}")
}

fn write_code(name: &str, known: &[Known]) -> String {
    let mut text = "JsonPrimitive(\n        when (value) {\n".to_owned();
    for code in known {
        text.push_str(&format!("            is {name}.{} -> {}\n", code.name, literal(&code.code)));
    }
    text + &format!("            is {name}.Other -> value.value\n        }},\n    )")
}

/// Every call of every room by its name, in both sets of rooms.
pub(super) fn calls(api: &Api) -> String {
    let mut text = head("calls by name, through rooms") + IMPORTS;
    let names: Vec<String> = api
        .rooms
        .iter()
        .flat_map(|room| room.calls.iter().map(|call| literal(&format!("{}.{}", room.name, call.name))))
        .collect();
    text.push_str(&format!(
        "\n/** Every call of the rooms that are made. */\ninternal val CALLS: Set<String> = setOf(\n    {},\n)\n",
        names.join(",\n    ")
    ));
    for (function, entrance) in [("fun call", "session"), ("suspend fun callSuspending", "session.suspending")] {
        text.push_str(&format!(
            "\n/** Makes a call; none if the rooms have no such call. */\ninternal {function}(session: Session, name: String, args: JsonElement): JsonElement? =\n    when (name) {{\n"
        ));
        for room in api.of_session() {
            text.push_str(&calls_of(api, room, &format!("{entrance}.{}", quoted(&room.name))));
        }
        text.push_str("        else -> null\n    }\n");
    }
    text.push_str(&format!(
        "\n/** Makes a call that needs no session; none if there is no such call. */\ninternal fun reckon(reckoner: {RECKONER}, name: String, args: JsonElement): JsonElement? =\n    when (name) {{\n"
    ));
    for room in api.alone() {
        text.push_str(&calls_of(api, room, "reckoner"));
    }
    text + "        else -> null\n    }\n"
}

fn calls_of(api: &Api, room: &Room, entrance: &str) -> String {
    let mut text = String::new();
    for call in &room.calls {
        let name = literal(&format!("{}.{}", room.name, call.name));
        let arguments: Vec<String> = call
            .arguments
            .iter()
            .map(|argument| {
                let member = literal(&argument.name);
                let given = format!("members[{member}]?.let {{ given -> {} }}", read(&argument.of, "given"));
                let value = match (&argument.of, unsaid_argument(api, argument)) {
                    (Of::Option(_), _) => given,
                    (_, Some(unsaid)) => format!("{given} ?: {unsaid}"),
                    (of, None) => read(of, &format!("members.need({member})")),
                };
                format!("{} = {value}", quoted(&argument.name))
            })
            .collect();
        let made = format!("{entrance}.{}({})", quoted(&call.name), arguments.join(", "));
        let members: Vec<String> = call.arguments.iter().map(|argument| literal(&argument.name)).collect();
        let members = [vec![name.clone()], members].concat().join(", ");
        text.push_str(&format!(
            "        {name} -> members(args, {members}).let {{ members ->\n            val answer = {made}\n            {}\n        }}\n",
            match &call.answer {
                Of::Option(_) => format!("{} ?: NOTHING", write(&call.answer, "answer")),
                of => write(of, "answer"),
            }
        ));
    }
    text
}
