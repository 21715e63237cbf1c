#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use super::*;
use crate::{Argument, Call, Carries, Default, ErrorKind, Field, Known, Of, Passed, Room, Shape, Type, Variant};

fn field(name: &str, of: Of, default: Option<Default>) -> Field {
    Field { name: name.into(), json: name.into(), docs: "What it is.".into(), of, default }
}

fn named(name: &str) -> Of {
    Of::Named(name.into())
}

fn kind(name: &str, shape: Shape) -> Type {
    Type { module: String::new(), name: name.into(), docs: "A type.".into(), shape }
}

fn variant(name: &str, json: &str, carries: Carries) -> Variant {
    Variant { name: name.into(), json: json.into(), docs: "One.".into(), carries }
}

fn api() -> Api {
    let text = || Of::Plain("text");
    let patient = vec![
        field("active", Of::Plain("bool"), Some(Default::Literal("true".into()))),
        field("birth_date", Of::Option(Box::new(Of::Scalar("PartialDate"))), Some(Default::Empty)),
        field("names", Of::List(Box::new(Of::Sensitive(Box::new(text())))), Some(Default::Empty)),
    ];
    let page = vec![field("limit", Of::Plain("u32"), Some(Default::Literal("50".into())))];
    let value = vec![
        variant("Concept", "concept", Carries::One(Of::Sensitive(Box::new(text())))),
        variant("InSource", "in_source", Carries::Nothing),
        variant("Fuzzy", "fuzzy", Carries::Fields(vec![field("distance", Of::Plain("u8"), None)])),
    ];
    let call = |name: &str, arguments: Vec<Argument>, answer| Call {
        name: name.into(),
        docs: "Does it.\n\n# Errors\n`Denied`.".into(),
        arguments,
        answer,
        watched: false,
    };
    let argument = |name: &str, kind: &str, passed| Argument { name: name.into(), of: named(kind), passed };
    let people = Room {
        name: "people".into(),
        session: true,
        docs: "People.".into(),
        calls: vec![
            call("add", vec![argument("patient", "Patient", Passed::Value)], named("PatientId")),
            call("list", vec![argument("page", "Page", Passed::Reference)], Of::List(Box::new(named("Patient")))),
        ],
    };
    Api {
        types: vec![
            kind("PatientId", Shape::Id),
            kind("RecordId", Shape::Id),
            kind("Patient", Shape::Record(patient)),
            kind("Page", Shape::Record(page)),
            kind("Gender", Shape::Code(vec![Known { name: "Male".into(), code: "male".into(), docs: "Male.".into() }])),
            kind("EntryValue", Shape::Choice(value)),
            kind("Mode", Shape::Choice(vec![variant("NotDone", "not_done", Carries::Nothing)])),
        ],
        rooms: vec![people],
        errors: vec![ErrorKind {
            name: "NotFound".into(),
            code: "not_found".into(),
            docs: "Not there.".into(),
            retry: "never".into(),
            advice: "Check the id.".into(),
        }],
    }
}

fn text_of(path: &str) -> String {
    let sources = sources(&api());
    sources.into_iter().find(|source| source.path.ends_with(path)).unwrap().text
}

fn says(path: &str, expected: &[&str]) {
    let text = text_of(path);
    for part in expected {
        assert!(text.contains(part), "{path} does not say\n{part}\nbut\n{text}");
    }
}

#[test]
fn an_id_is_a_type_of_its_own() {
    says(
        "/Ids.kt",
        &["public value class PatientId(", "public fun toRecordId(): RecordId", "public fun toPatientId(): PatientId"],
    );
}

#[test]
fn every_kind_of_error_has_code_retry_and_advice() {
    says(
        "/ErrorKind.kt",
        &[
            "NOT_FOUND(\"not_found\", Retry.NEVER, \"Check the id.\"),",
            "is PrmException.NotFound -> ErrorKind.NOT_FOUND",
        ],
    );
}

#[test]
fn rooms_lead_to_flat_calls_in_two_manners() {
    says(
        "/Rooms.kt",
        &[
            "public val Session.people: PeopleRoom",
            "    public fun add(patient: Patient): PatientId =\n        session.peopleAdd(patient)",
            "public fun list(page: Page = Page()): List<Patient>",
            "@throws PrmException `Denied`.",
        ],
    );
    says(
        "/SuspendingRooms.kt",
        &["public suspend fun add(", "offThread { session.peopleAdd(patient) }", "public val Session.suspending"],
    );
}

#[test]
fn values_are_read_with_defaults_and_written() {
    says(
        "/Table.kt",
        &[
            "members(json, \"Patient\", \"active\", \"birth_date\", \"names\")",
            "active = members[\"active\"]?.let { given -> boolean(given) } ?: true,",
            "birthDate = members[\"birth_date\"]?.let { given -> PartialDate.parse(text(given)) },",
            "\"names\" to list(value.names) { item -> JsonPrimitive(item.expose()) },",
            "\"concept\" -> EntryValue.Concept(Sensitive(text(content)))",
            "is EntryValue.InSource -> JsonPrimitive(\"in_source\")",
            "distance = whole(members.need(\"distance\")).toUByte(),",
            "\"not_done\" -> Mode.NOT_DONE",
            "        Mode.NOT_DONE -> JsonPrimitive(\"not_done\")",
            "else -> Gender.Other(code)",
        ],
    );
}

#[test]
fn calls_go_through_the_rooms() {
    says(
        "/Calls.kt",
        &[
            "session.people.list(page = members[\"page\"]?.let { given -> readPage(given) } ?: Page())",
            "session.suspending.people.add(",
            "\"people.add\",",
        ],
    );
}

#[test]
fn every_text_of_a_sample_is_a_mark_that_tells_where_it_is() {
    says(
        "/Samples.kt",
        &[
            "listOf(listOf(marks.mark(\"Patient.names\")).map { Sensitive(it) })",
            "listOf(Gender.Male, Gender.Other(marks.mark(\"code\")))",
            "\"Patient\" to samplePatient(marks),",
        ],
    );
}

const WRITTEN: &str = "data class Page (
    /**
     * How many.
     */
    val `order`: Mode
    ,
){
}
sealed class EntryValue {
    data class Quantity(
        val v1: dev.prm.Quantity) : EntryValue()
    object InSource : EntryValue()
}
        get() = \"info=${ `info` }\"
";

#[test]
fn what_uniffi_has_no_words_for_is_added() {
    let mut api = api();
    let order = field("order", named("Mode"), Some(Default::Variant("NotDone".into())));
    api.types.iter_mut().find(|t| t.name == "Page").unwrap().shape = Shape::Record(vec![order]);
    let finished = finish(&api, WRITTEN).unwrap();
    for part in [
        "    val `order`: Mode = Mode.NOT_DONE\n",
        "        /** What it carries. */\n        val value: dev.prm.Quantity)",
        "    data object InSource : EntryValue()",
        "get() = `info`.`detail`",
    ] {
        assert!(finished.contains(part), "no {part} in\n{finished}");
    }
    assert!(finish(&api, &WRITTEN.replace("`order`", "`sorted`")).is_err());
    assert!(finish(&api, &WRITTEN.replace("object", "class")).is_err());
    assert!(finish(&api, &WRITTEN.replace("info", "what")).is_err());
}
