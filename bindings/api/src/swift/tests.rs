use super::*;
use crate::{Argument, Call, Carries, Default, ErrorKind, Field, Known, Passed, Room, Variant};

fn field(name: &str, of: Of, default: Option<Default>) -> Field {
    Field { name: name.to_owned(), json: name.to_owned(), docs: format!("The {name}."), of, default }
}

fn of(name: &str, shape: Shape) -> Type {
    Type { module: String::new(), name: name.to_owned(), docs: format!("A {name}."), shape }
}

fn variant(name: &str, json: &str, carries: Carries) -> Variant {
    Variant { name: name.to_owned(), json: json.to_owned(), docs: String::new(), carries }
}

fn small() -> Api {
    let text = Of::Plain("text");
    let name = Of::Sensitive(Box::new(text.clone()));
    let named = |name: &str| Of::Named(name.to_owned());
    let person = vec![
        field("id", named("PersonId"), None),
        field("names", Of::List(Box::new(name.clone())), Some(Default::Empty)),
        field("weight", Of::Option(Box::new(Of::Scalar("Decimal"))), Some(Default::Empty)),
        field("default", named("Gender"), Some(Default::Variant("Male".to_owned()))),
    ];
    let code = Known { name: "Male".to_owned(), code: "male".to_owned(), docs: "Male.".to_owned() };
    let add = Call {
        name: "known_at".to_owned(),
        docs: "Adds.\n\n# Errors\n`Invalid` if it is wrong.".to_owned(),
        arguments: vec![
            Argument { name: "person".to_owned(), of: named("Person"), passed: Passed::Value },
            Argument { name: "at".to_owned(), of: Of::Option(Box::new(Of::Scalar("Instant"))), passed: Passed::Value },
        ],
        answer: Of::Plain("u32"),
        watched: false,
    };
    Api {
        types: vec![
            of("Gender", Shape::Code(vec![code])),
            of(
                "Link",
                Shape::Choice(vec![
                    variant("BirthDate", "birth_date", Carries::Nothing),
                    variant("Text", "text", Carries::One(name)),
                    variant("Lagged", "lagged", Carries::Fields(vec![field("from", Of::Plain("u64"), None)])),
                ]),
            ),
            of("Person", Shape::Record(person)),
            of("PersonId", Shape::Id),
        ],
        rooms: vec![Room { name: "people".to_owned(), session: true, docs: "People.".to_owned(), calls: vec![add] }],
        errors: vec![ErrorKind {
            name: "NotFound".to_owned(),
            code: "not_found".to_owned(),
            docs: "Not there.".to_owned(),
            retry: "never".to_owned(),
            advice: "Look.".to_owned(),
        }],
    }
}

fn file(place: &str) -> String {
    let files = files(&small());
    files.into_iter().find(|(path, _)| path.ends_with(place)).map(|(_, text)| text).unwrap_or_default()
}

#[track_caller]
fn has(place: &str, line: &str) {
    let text = file(place);
    assert!(text.contains(line), "{place} has no {line}:\n{text}");
}

#[test]
fn an_id_is_a_struct_of_its_own() {
    has("Ids.swift", "/// A PersonId.\npublic struct PersonId: RecordIdentifier {");
}

#[test]
fn a_room_calls_the_flat_call_with_and_without_await() {
    has("Rooms.swift", "public var people: PeopleRoom { PeopleRoom(session: self) }");
    has("Rooms.swift", "    /// - Throws: `Invalid` if it is wrong.\n");
    has("Rooms.swift", "public func knownAt(_ person: Person, at: Instant? = nil) throws -> UInt32 {");
    has("Rooms.swift", "public func knownAt(_ person: Person, at: Instant? = nil) async throws -> UInt32 {");
    has("Rooms.swift", "try session.peopleKnownAt(person: person, at: at)");
}

#[test]
fn an_edit_keeps_what_is_not_named() {
    has("Edits.swift", "        weight: ExactDecimal?? = nil");
    has("Edits.swift", "            weight: weight == nil ? self.weight : weight!");
    has("Edits.swift", "            default: `default` ?? self.default");
}

#[test]
fn what_uniffi_has_no_default_for_may_be_left_out() {
    has("Edits.swift", "        weight: ExactDecimal? = nil,\n        `default`: Gender? = nil\n    ) {");
    has("Edits.swift", "            default: `default` ?? .male\n");
}

#[test]
fn a_kind_has_its_code_and_its_case() {
    has("ErrorKinds.swift", "    /// Not there.\n    case notFound = \"not_found\"");
    has("ErrorKinds.swift", "case .NotFound: .notFound");
}

#[test]
fn the_table_reads_and_writes_each_shape() {
    has("Table.swift", "extension PersonId: JsonText {}");
    has("Table.swift", "let `default`: Gender = try _members.take(\"default\", else: .male)");
    has("Table.swift", "let id: PersonId = try _members.take(\"id\")\n");
    has("Table.swift", "case \"male\": self = .male");
    has("Table.swift", "case (\"birth_date\", nil):\n            self = .birthDate");
    has("Table.swift", "self = .text(try Sensitive(json: content))");
    has("Table.swift", "case .lagged(let from):");
    has("Table.swift", "extension EntryLink: JsonValue");
    has("Calls.swift", "case \"people.known_at\":\n        let person: Person = try _members.take(\"person\")\n");
    has("Calls.swift", "return try session.people.knownAt(person, at: at).json");
}

#[test]
fn every_text_of_a_sample_is_a_mark() {
    has("Samples.swift", "names: [Redacted(marks.mark(\"Person.names\"))]");
    has("Samples.swift", ".other(marks.mark(\"Gender.other\"))");
    has("Samples.swift", ".lagged(from: 7)");
    has("Samples.swift", "    EntryLink.self,\n");
}

#[test]
fn what_is_renamed_here_is_renamed_by_uniffi() {
    let settings = include_str!("../../../uniffi/uniffi.toml");
    let table = settings.split("[bindings.swift.rename]").nth(1).unwrap_or_default();
    for (from, to) in RENAMED {
        let line = format!("\n{from} = \"{to}\"\n");
        assert!(table.contains(&line), "uniffi.toml does not rename {from}");
    }
}
