//! Typed ids and kinds of errors.

use super::docs::kdoc;
use super::head;
use super::names::{camel, literal, shouted};
use crate::{Api, Shape, Type};

/// Ids of what is no record.
const NOT_OF_RECORDS: [&str; 3] = ["RecordId", "BatchId", "SessionId"];

/// Every id as a type of its own over a UUID.
pub(super) fn ids(api: &Api) -> String {
    let mut text = head("typed ids") + "import java.util.UUID\n";
    let ids: Vec<&Type> = api.types.iter().filter(|kind| kind.shape == Shape::Id).collect();
    let of_records: Vec<&str> =
        ids.iter().map(|id| id.name.as_str()).filter(|name| !NOT_OF_RECORDS.contains(name)).collect();
    for id in ids {
        let name = &id.name;
        let more = if name == "RecordId" {
            of_records
                .iter()
                .map(|of| {
                    let what = camel(of.strip_suffix("Id").unwrap_or(of));
                    format!("\n    /** The id as that of a {what}, for a record that is known to be one. */\n    public fun to{of}(): {of} = {of}(uuid)\n")
                })
                .collect()
        } else if of_records.contains(&name.as_str()) {
            "\n    /** The id as that of a record of any kind. */\n    public fun toRecordId(): RecordId = RecordId(uuid)\n"
                .to_owned()
        } else {
            String::new()
        };
        text.push('\n');
        text.push_str(&kdoc(&id.docs, ""));
        text.push_str(&format!(
            "@JvmInline
public value class {name}(
    /** The id as a UUID. */
    public val uuid: UUID,
) : Comparable<{name}> {{
    /** Order by the sixteen bytes: of the ids that a store makes, the order in which it made them. */
    override fun compareTo(other: {name}): Int = toString().compareTo(other.toString())
{more}
    /** The UUID in lower case. */
    override fun toString(): String = uuid.toString()

    /** How ids are read. */
    public companion object {{
        /**
         * The id that is written so.
         *
         * @throws IllegalArgumentException if [text] is no UUID. The message does not repeat it.
         */
        public fun parse(text: String): {name} = {name}(uuidOf(text))
    }}
}}
"
        ));
    }
    text
}

/// Kinds of errors, and what every error has.
pub(super) fn errors(api: &Api) -> String {
    let mut text = head("kinds of errors");
    text.push_str("/** What went wrong, as a closed list: one for each class of [PrmException]. */\npublic enum class ErrorKind(\n");
    text.push_str("    /** A stable code for logs, e.g. `wrong_key`. */\n    public val code: String,\n");
    text.push_str("    /** Whether the same call may succeed if it is made again. */\n    public val retry: Retry,\n");
    text.push_str("    /** One sentence on what to do. */\n    public val advice: String,\n) {\n");
    for error in &api.errors {
        text.push_str(&kdoc(&error.docs, "    "));
        text.push_str(&format!(
            "    {}({}, Retry.{}, {}),\n",
            shouted(&error.name),
            literal(&error.code),
            error.retry.to_ascii_uppercase(),
            literal(&error.advice)
        ));
    }
    text.push_str(
        "}\n\n/** Kind of the error. */\npublic val PrmException.kind: ErrorKind\n    get() = when (this) {\n",
    );
    for error in &api.errors {
        text.push_str(&format!("        is PrmException.{} -> ErrorKind.{}\n", error.name, shouted(&error.name)));
    }
    text.push_str("    }\n");
    text.push_str(
        "\n/** What is known of the error. */\npublic val PrmException.info: ErrorInfo\n    get() = when (this) {\n",
    );
    for error in &api.errors {
        text.push_str(&format!("        is PrmException.{} -> info\n", error.name));
    }
    text.push_str("    }\n");
    for (name, kind, docs) in [
        ("code", "String", "A stable code for logs, e.g. `wrong_key`."),
        ("retry", "Retry", "Whether the same call may succeed if it is made again."),
        ("advice", "String", "One sentence on what to do."),
    ] {
        text.push_str(&format!("\n/** {docs} */\npublic val PrmException.{name}: {kind}\n    get() = kind.{name}\n"));
    }
    text
}
