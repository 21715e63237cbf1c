//! Times of searches over many patients, printed. `PRM_MEASURE_PATIENTS=100000 cargo test --release -p prm-core --lib
//! people::search::measure -- --nocapture` measures a store of that size; without it the test is small.

use std::time::Instant as Stopwatch;

use super::dictionary::TokenDictionary;
use super::*;
use crate::people::testing::{Rows, identifier, noon, phone};
use crate::people::{Address, ContactUse, Gender, HumanName, Identifier, Language, NameUse, Patient};
use crate::store::dictionary as lz4;
use crate::store::record::{Header, IndexRow, Numbers, Owner, Space, Stored, encode, index_rows};
use crate::value::{Coding, Concept};

/// A sequence that depends on nothing but its start.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Low ranks are frequent, as family names are.
    fn rank(&mut self, most: u64) -> u64 {
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (most as f64 * u.powi(3)) as u64
    }
}

fn name(space: u64, rank: u64) -> String {
    const STARTS: [&str; 20] = [
        "Ba", "Bro", "Ca", "Da", "Fer", "Gar", "Ha", "Jo", "Ka", "Lo", "Ma", "Mu", "No", "O", "Pe", "Ro", "Sa",
        "Schmi", "Ta", "Wil",
    ];
    const MIDDLES: [&str; 18] =
        ["", "l", "ri", "na", "ne", "ti", "do", "man", "ller", "nan", "ste", "vi", "ra", "ck", "be", "go", "la", "che"];
    const ENDS: [&str; 16] =
        ["son", "ez", "er", "ton", "ski", "n", "dt", "a", "ia", "o", "ley", "sen", "ova", "berg", "ini", "s"];
    let mut draw = Draw((space << 32 | rank).wrapping_mul(2_654_435_769) | 1 << 60);
    for _ in 0..4 {
        draw.next();
    }
    let mut pick = |of: &[&str]| of[(draw.next() % of.len() as u64) as usize].to_owned();
    let mut name = pick(&STARTS);
    name.push_str(&pick(&MIDDLES));
    if rank > 200 {
        name.push_str(&pick(&MIDDLES));
    }
    name.push_str(&pick(&ENDS));
    name
}

fn patient(draw: &mut Draw, number: u64) -> Patient {
    let family = name(1, draw.rank(30_000));
    let given = name(2, draw.rank(8_000));
    let second = name(2, draw.rank(8_000));
    let (year, month, day) = (1930 + draw.next() % 90, 1 + draw.next() % 12, 1 + draw.next() % 28);
    let area = 200 + draw.next() % 700;
    let home = Address {
        usage: Some(ContactUse::Home),
        line: vec![format!("{} {} Street", draw.next() % 2_000, name(3, draw.rank(4_000))).into()],
        city: Some(name(4, draw.rank(1_000)).into()),
        state: Some("MA".into()),
        postal_code: Some(format!("{:05}", draw.next() % 100_000).into()),
        country: Some("US".into()),
        ..Address::default()
    };
    let official = HumanName {
        usage: Some(NameUse::Official),
        family: Some(family.into()),
        given: vec![given.into(), second.into()],
        ..HumanName::default()
    };
    let typed = |code: &str, text: &str, identifier: Identifier| {
        let kind = Coding::new("http://terminology.hl7.org/CodeSystem/v2-0203", code).display(text);
        Identifier { kind: Some(Concept { codings: vec![kind], text: Some(text.into()) }), ..identifier }
    };
    let english = Coding::new("urn:ietf:bcp:47", "en-US").display("English (United States)");
    let record = identifier("http://hospital.example.org/mrn", &format!("MRN{number:08}"));
    let social = format!("999-{:02}-{:04}", number % 100, draw.next() % 10_000);
    let social = identifier("http://hl7.org/fhir/sid/us-ssn", &social);
    Patient {
        names: vec![official],
        languages: vec![Language { language: english.into(), ..Language::default() }],
        identifiers: vec![typed("MR", "Medical Record Number", record), typed("SS", "Social Security Number", social)],
        telecom: vec![phone(&format!("{area}-555-{:04}", draw.next() % 10_000))],
        addresses: vec![home],
        birth_date: Some(format!("{year}-{month:02}-{day:02}").parse().unwrap()),
        gender: Some(if draw.next().is_multiple_of(2) { Gender::Female } else { Gender::Male }),
        managing_organisation: Some(crate::OrganisationId::from_uuid(uuid::Uuid::from_u128(
            u128::from(number % 8) + 1,
        ))),
        ..Patient::default()
    }
}

struct Scopes;

impl Numbers for Scopes {
    fn number(&mut self, _: Space, name: &[&str]) -> Result<Option<u32>> {
        Ok(name.first().and_then(|name| name.bytes().last()).map(u32::from))
    }
}

/// Median of the time of a call over questions, in microseconds.
fn median(questions: &[String], mut ask: impl FnMut(&str) -> usize) -> (f64, f64) {
    let mut found = 0;
    let mut times: Vec<f64> = (0..3)
        .flat_map(|_| questions)
        .map(|question| {
            let start = Stopwatch::now();
            found += ask(question);
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], found as f64 / times.len() as f64)
}

#[test]
fn searches_of_many_patients_are_timed() {
    let patients: u64 = std::env::var("PRM_MEASURE_PATIENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let mut draw = Draw(42);
    let mut rows = Rows::default();
    let (mut made, mut bytes, mut index_bytes) = (0, [0; 2], 0);
    let (mut indexing, mut compressing) = (0.0, 0.0);
    let header = Header::first(noon());
    let mut counts: std::collections::HashMap<(Table, Vec<u8>), u64> = std::collections::HashMap::new();
    for pid in 1..=patients {
        let stored = Stored { header: header.clone(), record: patient(&mut draw, pid) };
        let id = crate::RecordId::from_uuid(uuid::Uuid::from_u128(u128::from(pid)));
        let start = Stopwatch::now();
        let indexed = index_rows(&stored, Owner::Patient(pid), id, &mut Scopes).unwrap();
        indexing += start.elapsed().as_secs_f64() * 1e6;
        let plain = encode(&stored).unwrap();
        bytes[0] += plain.len();
        let start = Stopwatch::now();
        let compressed = lz4::compress(&plain);
        compressing += start.elapsed().as_secs_f64() * 1e6;
        bytes[1] += (compressed.len() + 4).min(plain.len());
        for row in indexed {
            match row {
                IndexRow::Row { table, key, value } => {
                    made += 1;
                    index_bytes += key.len() + value.len();
                    rows.0.insert((table, key), value);
                }
                IndexRow::Count { table, key } => *counts.entry((table, key)).or_default() += 1,
                IndexRow::Cell { .. } => {}
            }
        }
    }
    rows.0.extend(counts.into_iter().map(|(at, count)| (at, count.to_be_bytes().to_vec())));
    let each = |n: usize| n as f64 / patients as f64;
    let (plain, short, took) = (each(bytes[0]), each(bytes[1]), compressing / patients as f64);
    println!("{patients} patients: record {plain:.0} B plain, {short:.0} B lz4 in {took:.1} us");
    println!(
        "index rows {:.1} of {:.0} B, made in {:.1} us a patient",
        each(made),
        each(index_bytes),
        indexing / patients as f64
    );
    let start = Stopwatch::now();
    let dictionary = Arc::new(TokenDictionary::load(&rows).unwrap());
    let loaded = start.elapsed().as_secs_f64() * 1e3;
    println!("dictionary {} tokens, {} KiB, loaded in {loaded:.1} ms", dictionary.len(), dictionary.bytes() / 1024);

    let folder = tempfile::tempdir().unwrap();
    let ring = crate::store::ring::KeyRing::create(
        &folder.path().join("keys"),
        [1; 16],
        crate::store::cipher::Suite::Aes256Gcm,
        &crate::Key::raw([7; 32]),
    )
    .unwrap();
    let reader = Reader::new(&rows, &ring);
    let families: Vec<String> = (0..200).map(|_| name(1, draw.rank(30_000)).to_lowercase()).collect();
    let slipped: Vec<String> = families
        .iter()
        .map(|family| {
            let mut letters: Vec<char> = family.chars().collect();
            let at = 1 + (draw.next() as usize) % (letters.len() - 1).max(1);
            letters.swap(at - 1, at);
            letters.push('x');
            letters.into_iter().collect()
        })
        .collect();
    let prefixes: Vec<String> = families.iter().map(|family| family.chars().take(4).collect()).collect();
    let both: Vec<String> = (0..200).map(|n| format!("{} {}", name(2, n * 7), &prefixes[n as usize])).collect();
    let ask = |text: &str, matching: NameMatching| {
        let question = PatientSearch { name: Some(text.into()), matching, ..PatientSearch::default() };
        let from = || Ok(Arc::clone(&dictionary));
        search(&reader, &from, &question, &|_, covering| covering.scope != 0, 20).unwrap().len()
    };
    let similar = median(&slipped, |text| dictionary.similar(text, 2).len());
    println!("similar tokens, distance 2: {:.1} us, {:.1} found", similar.0, similar.1);
    let mut prefix_found = 0.0;
    for (what, questions, matching) in [
        ("prefix of 4 letters", &prefixes, NameMatching::Prefix),
        ("whole name", &families, NameMatching::Prefix),
        ("given name and prefix", &both, NameMatching::Prefix),
        ("fuzzy, distance 2", &slipped, NameMatching::Fuzzy),
        ("phonetic", &slipped, NameMatching::Phonetic),
        ("any, with slips", &slipped, NameMatching::Any),
        ("any, given name and prefix", &both, NameMatching::Any),
    ] {
        let (time, found) = median(questions, |text| ask(text, matching));
        println!("{what}: {time:.1} us, {found:.1} found");
        prefix_found += found;
    }
    let start = Stopwatch::now();
    let page = list(&reader, None, 50, &|_, _| true).unwrap();
    println!("first 50 by name: {:.1} us", start.elapsed().as_secs_f64() * 1e6);
    assert_eq!(page.patients.len(), 50);
    assert!(prefix_found > 1.0);
}
