//! Content of records does not print: every text of every record, question and view is given a mark, and no mark may
//! turn up in `Debug`, nor in an error.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use prm_core::chart::{EntryView, LatestValue, ListItem, TimelineQuery, Trend, VaccineView};
use prm_core::govern::AccessPage;
use prm_core::people::{
    CareTeamView, OrganisationView, PatientHit, PatientSearch, PatientView, PractitionerView, RelatedPersonView,
};
use prm_core::{
    Actor, Batch, Command, Cursor, Error, ErrorKind, Founder, Key, OpenOptions, Page, PatientPage, Prm, Purpose,
    TimelinePage,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Members whose text prints, by their own name and the one before: they say what, not who, or name an institution or a
/// program.
const PRINTS: &[(&str, &str)] = &[
    ("codings.system", "code systems are public"),
    ("codings.code", "a code says what, not who"),
    ("codings.display", "the text of a code"),
    ("categories.display", "the text of a code"),
    ("labels.display", "the text of a code"),
    ("codes.display", "the text of a code"),
    ("entry.kind", "a kind this version does not know is a code"),
    ("entry.status_code", "a code of the source"),
    ("patient.gender", "a gender this version does not know is a code"),
    ("identifiers.system", "the system of an identifier is public, its value is not"),
    ("question.identifier_system", "as above"),
    ("quantity.unit", "a unit of measure"),
    ("series.unit", "a unit of measure"),
    ("organisation.name", "the name of an institution"),
    ("care_team.name", "the name of a team"),
    ("links.role", "the path of an element"),
    ("origin.source", "the name that the host gave a source"),
    ("who.system", "the name of a program"),
    ("actor.app", "the name of a program"),
    ("actor.device", "the name of a device"),
];

const ID: &str = "018f0000-0000-7000-8000-000000000001";
const NOW: &str = "2026-03-02T09:00:00Z";

/// Puts a mark of its own in place of each `?`, and remembers where.
fn mark(value: &mut Value, path: &str, marks: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) if text == "?" => {
            *text = format!("mark{}mark", marks.len());
            marks.insert(text.clone(), path.to_owned());
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, path, marks)),
        Value::Object(members) => members.iter_mut().for_each(|(name, member)| {
            let last = path.rsplit('.').next().unwrap_or_default();
            mark(member, &format!("{last}.{name}"), marks);
        }),
        _ => {}
    }
}

/// Where the marks stood that print.
fn printed<T: DeserializeOwned + Debug>(name: &str, mut value: Value, seen: &mut usize) -> BTreeSet<String> {
    let mut marks = BTreeMap::new();
    mark(&mut value, name, &mut marks);
    assert!(!marks.is_empty(), "{name} has no text");
    *seen += marks.len();
    let value: T = serde_json::from_value(value).unwrap_or_else(|e| panic!("{name}: {e}"));
    let shown = format!("{value:?} {value:#?}");
    marks.into_iter().filter(|(mark, _)| shown.contains(mark.as_str())).map(|(_, path)| path).collect()
}

fn concept() -> Value {
    json!({ "codings": [{ "system": "?", "code": "?", "display": "?" }], "text": "?" })
}

fn name() -> Value {
    json!({ "use": "official", "text": "?", "family": "?", "given": ["?"], "prefix": ["?"], "suffix": ["?"] })
}

fn telecom() -> Value {
    json!({ "system": "phone", "value": "?" })
}

fn address() -> Value {
    json!({ "text": "?", "line": ["?"], "city": "?", "district": "?", "state": "?", "postal_code": "?", "country": "?" })
}

fn identifier() -> Value {
    json!({ "type": concept(), "system": "?", "value": "?" })
}

fn patient() -> Value {
    json!({
        "names": [name()], "identifiers": [identifier()], "telecom": [telecom()], "addresses": [address()],
        "gender": "?", "gender_identity": concept(), "languages": [{ "language": concept() }],
        "preferences": { "note": "?" }, "labels": [{ "code": "1", "display": "?" }],
    })
}

fn related_person() -> Value {
    json!({
        "patient": ID, "relationship": [concept()], "names": [name()], "identifiers": [identifier()],
        "telecom": [telecom()], "addresses": [address()], "evidence": "?",
    })
}

fn practitioner() -> Value {
    json!({ "names": [name()], "identifiers": [identifier()], "telecom": [telecom()], "qualifications": [concept()] })
}

fn organisation() -> Value {
    json!({
        "name": "?", "identifiers": [identifier()], "type": [concept()], "telecom": [telecom()], "addresses": [address()],
    })
}

fn care_team() -> Value {
    json!({ "name": "?", "members": [{ "member": { "patient": ID }, "role": concept() }] })
}

fn entry() -> Value {
    json!({
        "kind": "?", "status": "final", "status_code": "?", "code": concept(), "title": "?", "note": "?",
        "categories": [{ "code": "1", "display": "?" }], "labels": [{ "code": "1", "display": "?" }],
        "value": { "text": "?" }, "components": [
            { "code": concept(), "value": { "concept": concept() } },
            { "code": concept(), "value": { "quantity": { "value": "1", "unit": "?" } } },
        ],
        "links": [{ "role": "?", "target": { "unresolved": "?" } }], "origin": { "source": "?", "identity": "?" },
    })
}

fn viewed(name: &str, record: Value) -> Value {
    let mut view = json!({ "id": ID, "version": 1, "recorded": NOW, "voided": "?" });
    view.as_object_mut().unwrap().insert(name.to_owned(), record);
    view
}

fn row() -> Value {
    json!({ "id": ID, "name": "?", "active": true, "deceased": false })
}

#[test]
fn no_text_of_a_record_prints_but_what_says_nothing_of_a_person() {
    let mut found = BTreeSet::new();
    let mut seen = 0;
    macro_rules! walk {
        ($($kind:ty, $name:literal, $value:expr;)+) => {
            $(found.extend(printed::<$kind>($name, $value, &mut seen));)+
        };
    }
    walk! {
        Command, "command", json!({ "add_patient": { "patient": patient() } });
        Command, "command", json!({ "edit_patient": { "id": ID, "version": 1, "patient": patient() } });
        Command, "command", json!({ "void_patient": { "id": ID, "version": 1, "reason": "?" } });
        Command, "command", json!({ "add_related_person": { "related_person": related_person() } });
        Command, "command", json!({ "add_practitioner": { "practitioner": practitioner() } });
        Command, "command", json!({ "add_organisation": { "organisation": organisation() } });
        Command, "command", json!({ "add_care_team": { "care_team": care_team() } });
        Command, "command", json!({ "add_entry": { "patient": ID, "entry": entry() } });
        Command, "command", json!({ "grant_role": { "grant": { "who": { "system": "?" }, "role": "administrator" } } });
        Command, "command", json!({ "revoke_role": { "id": ID, "version": 1, "reason": "?" } });
        Batch, "batch", json!({ "commands": [{ "add_patient": { "patient": patient() } }] });
        Actor, "actor", json!({ "who": { "system": "?" }, "app": "?", "device": "?" });
        PatientSearch, "question",
            json!({ "text": "?", "name": "?", "identifier": "?", "identifier_system": "?", "phone": "?" });
        TimelineQuery, "query", json!({ "text": "?", "codes": [{ "code": "1", "display": "?" }] });
        Page, "page", json!({ "limit": 1, "after": "?" });
        PatientView, "view", viewed("patient", patient());
        RelatedPersonView, "view", viewed("related_person", related_person());
        PractitionerView, "view", viewed("practitioner", practitioner());
        OrganisationView, "view", viewed("organisation", organisation());
        CareTeamView, "view", viewed("care_team", care_team());
        EntryView, "view", viewed("entry", entry());
        PatientHit, "hit", json!({ "patient": row(), "reason": "phone" });
        PatientPage, "page", json!({ "patients": [row()], "next": "?" });
        TimelinePage, "page", json!({ "entries": [viewed("entry", entry())], "next": "?", "looked_at": 1 });
        ListItem, "item", json!({ "state": "active", "latest": viewed("entry", entry()), "entries": [] });
        VaccineView, "vaccine", json!({ "vaccine": concept(), "doses": [{ "entry": viewed("entry", entry()) }] });
        LatestValue, "latest", json!({
            "code": concept(), "value": { "text": "?" }, "when": "2026", "status": "final", "entry": ID,
            "is_component": false,
        });
        Trend, "trend",
            json!({ "series": [{ "unit": "?", "points": [] }], "without_number": 0, "is_cut": false });
        AccessPage, "accesses", json!({
            "accesses": [{
                "at": NOW, "who": { "system": "?" }, "purpose": "TREAT", "class": "chart", "action": "read",
                "permitted": true, "count": 1, "listed": false, "session": ID,
            }],
            "next": "?",
        });
    }
    let expected: BTreeSet<String> = PRINTS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert!(seen > 300, "only {seen} texts were marked");
    assert_eq!(found, expected, "left: what prints; right: what may");
}

#[test]
fn keys_and_cursors_do_not_print() {
    let key = || Key::passphrase("mark words mark");
    assert!(!format!("{:?} {:?}", key(), OpenOptions::key(key())).contains("words"));
    assert!(!format!("{:?}", OpenOptions::key(Key::raw([171; 32]))).contains("171"));
    assert!(!format!("{:?}", Cursor::from_text("mark")).contains("mark"));
    let founder: prm_core::people::Practitioner =
        serde_json::from_value(json!({ "names": [{ "text": "mark" }] })).unwrap();
    assert!(!format!("{:?}", Founder::practitioner(founder)).contains("mark"));
}

fn whole(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    text
}

#[test]
fn no_error_tells_content() {
    let created = Prm::open_memory(OpenOptions::key(Key::raw([7; 32])), Founder::system("setup")).unwrap();
    let admin = created.prm.session(Actor::system("setup"), Purpose::Operations).unwrap();
    let nobody = created.prm.session(Actor::system("nobody"), Purpose::Operations).unwrap();
    let add = |value: Value| -> Command {
        let mut value = value;
        mark(&mut value, "command", &mut BTreeMap::new());
        serde_json::from_value(value).unwrap()
    };
    let ana = admin.execute(add(json!({ "add_patient": { "patient": { "names": [name()] } } }))).unwrap().written[0].id;
    let of = |entry: Value| json!({ "add_entry": { "patient": ana, "entry": entry } });
    let mut failed = Vec::new();
    let long = "mark".repeat(100_000);
    for (session, command) in [
        (&nobody, add(json!({ "add_patient": { "patient": patient() } }))),
        (&nobody, add(of(entry()))),
        (&admin, add(of(json!({ "kind": "mark mark", "status": "final", "title": "?" })))),
        (&admin, add(of(json!({ "kind": "Goal", "status": "entered-in-error", "title": "?" })))),
        (&admin, add(of(json!({ "kind": "Goal", "status": "active", "title": long })))),
        (&admin, add(of(json!({ "kind": "Goal", "status": "active", "title": "?", "note": long })))),
        (&admin, add(of(json!({ "kind": "Goal", "status": "active", "title": "?", "value": { "text": long } })))),
        (&admin, add(json!({ "add_patient": { "id": ana, "patient": { "names": [name()] } } }))),
        (&admin, add(json!({ "edit_patient": { "id": ana, "version": 9, "patient": { "names": [name()] } } }))),
        (&admin, add(json!({ "add_patient": { "patient": { "names": [{ "family": long }] } } }))),
        (&admin, add(json!({ "add_patient": { "patient": { "telecom": [{ "system": "phone", "value": long }] } } }))),
        (&admin, add(json!({ "add_patient": { "patient": { "identifiers": [{ "system": "?", "value": long }] } } }))),
        (&admin, add(json!({ "add_related_person": { "related_person": related_person() } }))),
    ] {
        failed.push(session.execute(command).unwrap_err());
    }
    let search = |value: Value| serde_json::from_value::<PatientSearch>(value).unwrap();
    failed.extend(admin.people().search(&search(json!({ "phone": "mark" })), 5).err());
    failed.extend(admin.people().search(&search(json!({ "name": " " })), 5).err());
    failed.extend(admin.people().list(&Page::first(1).after(Cursor::from_text("mark"))).err());
    failed.extend("mark".parse::<prm_core::PatientId>().err());
    failed.extend("mark".parse::<prm_core::PartialDate>().err());
    failed.extend("markT".parse::<prm_core::When>().err());
    failed.extend("mark".parse::<prm_core::Decimal>().err());
    failed.extend(prm_core::Quantity::ucum("1".parse().unwrap(), "mark mark").err());
    assert!(failed.len() >= 20, "only {} calls failed", failed.len());
    let kinds: BTreeSet<ErrorKind> = failed.iter().map(Error::kind).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    for error in &failed {
        assert!(!whole(error).contains("mark"), "{error:?}");
    }
}
