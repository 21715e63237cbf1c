//! Seeded mutation of real texts: no panic, nothing lost, work bounded by the input.

use super::*;
use crate::chart::ChartEntry;

/// Whatever is read is written and read again the same.
pub(super) fn fuzz_json(bytes: &[u8]) {
    let Ok(json) = Json::parse(bytes) else { return };
    let text = json.to_text();
    assert!(Json::parse(text.as_bytes()).unwrap() == json);
    if json.object().is_some() {
        let found = json::members(std::str::from_utf8(bytes).unwrap()).unwrap();
        assert_eq!(found.len(), json.object().unwrap().len());
        for (member, (name, value)) in found.iter().zip(json.object().unwrap().iter()) {
            assert!(member.name == name && Json::parse(member.value.as_bytes()).unwrap() == *value);
        }
    }
}

/// Whatever is imported is accounted for, comes back unedited, and takes an edit.
pub(super) fn fuzz_import(bytes: &[u8]) {
    let mut pieces = 0;
    for piece in Reader::bounded(bytes, Limits { record: 8 * 1024 }) {
        pieces += 1;
        let Piece::Record(record) = piece.unwrap() else { continue };
        let start = usize::try_from(record.position.offset).unwrap();
        assert_eq!(bytes.get(start..start + record.text.len()), Some(record.text.as_bytes()));
        let Ok(json) = record.json() else { continue };
        let Ok(mapping) = map(&json) else { continue };
        record.identity(&json).unwrap();
        let before = mapping.entry();
        let after = ChartEntry { note: Some("edited".into()), when: "2024-05".parse().ok(), ..before.clone() };
        let (old, new) = (Typed::Entry(&before, None), Typed::Entry(&after, None));
        let (Mapped::Entry(_) | Mapped::CareTeam(..)) = mapping.mapped else { continue };
        if !record.text.contains("urn:prm:kept") {
            assert!(apply_edit(&json, old, old, &OwnIds).unwrap() == json);
        }
        assert_eq!(map(&apply_edit(&json, old, new, &OwnIds).unwrap()).unwrap().entry(), after);
    }
    assert!(pieces <= bytes.len() + 2);
}

const CORPUS: [&str; 4] = [
    r##"{"resourceType":"Observation","id":"a","meta":{"security":[{"system":"s","code":"R"}]},"status":"final",
    "category":[{"coding":[{"system":"c","code":"vital-signs","display":"Vital"}]}],"code":{"coding":[{"code":"1-8"}],
    "text":"x"},"subject":{"reference":"urn:uuid:ab"},"effectivePeriod":{"start":"2012-09-17","end":"2013"},"component":[
    {"code":{"text":"y"},"valueQuantity":{"value":107.50,"unit":"mmHg"}}],"note":[{"text":"n","time":"2012"}],
    "extension":[{"url":"e","valueReference":{"reference":"#c"}}],"contained":[{"resourceType":"Device","id":"c"}]}"##,
    r#"{"resourceType":"Bundle","type":"transaction","entry":[{"fullUrl":"urn:uuid:1","resource":{"resourceType":
    "Condition","clinicalStatus":{"coding":[{"code":"active"}]},"onsetDateTime":"1998-04","abatementString":"\u00e9\\"},
    "request":{"method":"POST","url":"Condition"}},{"resource":{"resourceType":"AllergyIntolerance","category":["food"],
    "reaction":[{"manifestation":[{"text":"m"}],"severity":"mild"}]}},{"response":{"status":"200"}}],"total":1e2}"#,
    "{\"resourceType\":\"Immunization\",\"status\":\"completed\",\"occurrenceDateTime\":\"2020-01-01T00:00:00Z\"}\n\
     {\"resourceType\":\"CarePlan\",\"title\":\"t\",\"category\":[{\"text\":\"c\"}],\"period\":{\"start\":\"2020\"}}\n\
     {\"resourceType\":\"MedicationRequest\",\"medicationReference\":{\"display\":\"d\"},\"dosageInstruction\":[{\"text\":\"o\"}]}\n",
    r#"{"resourceType":"Goal","description":{"text":"g"},"startDate":"2020-01-01","target":[{"dueDate":"2021-01-01"}],
    "extension":[{"url":"urn:prm:kept","extension":[{"url":"title","valueString":"\"t\""}]}],"note":[]}"#,
];

const TOKENS: [&str; 18] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "null",
    "1e9",
    "\"note\":",
    "\"extension\":[]",
    "\\ud800",
    "\u{0}",
    "é",
    "{\"resourceType\":\"Basic\"}",
    "\"text\":5,",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn mutated(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = CORPUS[dice.roll(CORPUS.len())].as_bytes().to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        let until = (at + dice.roll(40)).min(bytes.len());
        match dice.roll(5) {
            0 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 => drop(bytes.drain(at..until)),
            2 => drop(bytes.splice(at..at, TOKENS[dice.roll(TOKENS.len())].bytes())),
            3 => {
                let piece = bytes[at..until].to_vec();
                let to = dice.roll(bytes.len());
                drop(bytes.splice(to..to, piece));
            }
            _ => bytes.truncate(until.max(1)),
        }
        if bytes.is_empty() {
            bytes.push(b'{');
        }
    }
    bytes
}

/// Rounds of one run; `PRM_FUZZ_ROUNDS` asks for more.
fn rounds() -> u64 {
    std::env::var("PRM_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(30_000)
}

#[test]
fn no_mutation_of_a_text_breaks_the_reader_or_the_import() {
    for seed in 0..rounds() {
        let bytes = mutated(&mut Dice(seed));
        fuzz_json(&bytes);
        fuzz_import(&bytes);
    }
}

#[test]
fn the_corpus_itself_is_read() {
    for text in CORPUS {
        fuzz_json(text.as_bytes());
        fuzz_import(text.as_bytes());
        assert!(Reader::new(text.as_bytes()).all(|piece| !matches!(piece, Ok(Piece::Refused(_)))));
    }
}
