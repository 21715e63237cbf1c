//! Every resource of three published sets comes back token for token: as it was read, as a record that was not edited,
//! and with an edit in it that touches nothing else.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use prm_core::Sensitive;
use prm_core::chart::ChartEntry;
use prm_core::interchange::fhir::{
    BundleEntry, Json, Mapped, Mapping, OwnIds, Piece, Reader, Record, Typed, apply_edit, bundle_of, map,
};
use prm_core::people::{HumanName, Patient};

/// Files by name.
fn files(archive: &str) -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    if archive == "synthea" {
        for file in std::fs::read_dir(root.join("../examples/data/synthea")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "json") {
                found.insert(path.display().to_string(), std::fs::read(path).unwrap());
            }
        }
    } else {
        let packed = std::fs::File::open(root.join("data").join(archive)).unwrap();
        let unpacked = lzma_rust2::XzReader::new(std::io::BufReader::new(packed), false);
        let mut archive = tar::Archive::new(unpacked);
        for file in archive.entries().unwrap() {
            let mut file = file.unwrap();
            let name = file.path().unwrap().display().to_string();
            if name.ends_with(".json") {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                found.insert(name, bytes);
            }
        }
    }
    found
}

#[derive(Default)]
struct Counts {
    files: usize,
    resources: usize,
    notes: usize,
    noted: usize,
    edits: usize,
}

fn round_trip(archive: &str) -> Counts {
    let mut counts = Counts::default();
    for (name, bytes) in files(archive) {
        counts.files += 1;
        let mut parts: Vec<(Option<BundleEntry>, Option<Record>)> = Vec::new();
        let mut whole = None;
        for piece in Reader::new(bytes.as_slice()) {
            match piece.unwrap() {
                Piece::Record(record) => {
                    resource(&record, &name, &mut counts);
                    parts.push((record.entry.clone(), Some(record)));
                }
                Piece::Bare(_, entry) => parts.push((Some(entry), None)),
                Piece::Envelope(envelope) => {
                    let entries = parts
                        .iter()
                        .map(|(entry, record)| (entry.as_ref().unwrap(), record.as_ref().map(|record| &*record.text)));
                    whole = Some(bundle_of(&envelope, entries).unwrap());
                }
                Piece::Refused(refusal) => panic!("{name}: {refusal:?}"),
            }
        }
        let start = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let source = Json::parse(&bytes[start..]).unwrap();
        let whole = whole.unwrap_or_else(|| parts.remove(0).1.unwrap().text.to_string());
        assert!(Json::parse(whole.as_bytes()).unwrap() == source, "{name}: the file came back otherwise");
    }
    counts
}

fn resource(record: &Record, name: &str, counts: &mut Counts) {
    let json = record.json().unwrap();
    assert!(Json::parse(json.to_text().as_bytes()).unwrap() == json, "{name}: written otherwise than read");
    let mapping = map(&json).unwrap();
    counts.resources += 1;
    counts.notes += mapping.notes.len();
    counts.noted += usize::from(!mapping.notes.is_empty());
    match &mapping.mapped {
        Mapped::Patient(patient) => edit_patient(&json, patient, name, counts),
        Mapped::Practitioner(practitioner) => untouched(&json, Typed::Practitioner(practitioner), name),
        Mapped::Organisation(organisation) => untouched(&json, Typed::Organisation(organisation), name),
        Mapped::Entry(_) | Mapped::CareTeam(..) => edit_entry(&json, &mapping, name, counts),
        Mapped::RelatedPerson(_) | Mapped::PractitionerRole(_) => {}
    }
}

fn untouched(json: &Json<'_>, record: Typed<'_>, name: &str) {
    let same = apply_edit(json, record, record, &OwnIds).unwrap();
    assert!(same == *json, "{name}: an edit of nothing changed something");
}

/// Members of the resource but these.
fn without<'j>(json: &'j Json<'_>, names: &[&str]) -> Vec<(&'j str, &'j Json<'j>)> {
    let members = json.object().unwrap().iter();
    members.filter(|(name, _)| !names.contains(name)).collect()
}

fn edit_patient(json: &Json<'_>, before: &Patient, name: &str, counts: &mut Counts) {
    untouched(json, Typed::Patient(before), name);
    let mut after = before.clone();
    after.names.push(HumanName { family: Some("Ortiz".into()), ..HumanName::default() });
    let edited = apply_edit(json, Typed::Patient(before), Typed::Patient(&after), &OwnIds).unwrap();
    assert!(map(&edited).unwrap().mapped == Mapped::Patient(after), "{name}: the edit is not in the resource");
    assert!(without(&edited, &["name"]) == without(json, &["name"]), "{name}: the edit changed more");
    let (had, has) = (json.items("name"), edited.items("name"));
    assert!(has.starts_with(had) && has.len() == had.len() + 1, "{name}: the edit changed another name");
    counts.edits += 1;
}

fn edit_entry(json: &Json<'_>, mapping: &Mapping, name: &str, counts: &mut Counts) {
    let before = mapping.entry();
    untouched(json, Typed::Entry(&before, None), name);
    let after = ChartEntry {
        note: Some(Sensitive::from("seen at home")),
        when: Some("2024-05-01T08:30:00+02:00".parse().unwrap()),
        ..before.clone()
    };
    let edited = apply_edit(json, Typed::Entry(&before, None), Typed::Entry(&after, None), &OwnIds).unwrap();
    assert!(map(&edited).unwrap().entry() == after, "{name}: the edit is not in the resource");
    let kept = without(json, &[]).into_iter().filter(|(member, value)| edited.get(member) == Some(value)).count();
    assert!(kept + 3 >= json.object().unwrap().len(), "{name}: the edit changed more");
    counts.edits += 1;
}

#[test]
fn the_synthetic_patients_come_back() {
    let counts = round_trip("synthea");
    assert_eq!((counts.files, counts.resources, counts.edits), (9, 1239, 1215));
    assert_eq!((counts.notes, counts.noted), (18, 18));
}

#[test]
fn the_examples_of_r4_come_back() {
    let counts = round_trip("fhir-r4-examples.tar.xz");
    assert_eq!((counts.files, counts.resources, counts.edits), (453, 750, 660));
    assert_eq!((counts.notes, counts.noted), (18, 15));
}

#[test]
fn the_examples_of_us_core_come_back() {
    let counts = round_trip("us-core-examples.tar.xz");
    assert_eq!((counts.files, counts.resources, counts.edits), (123, 125, 120));
    assert_eq!((counts.notes, counts.noted), (0, 0));
}
