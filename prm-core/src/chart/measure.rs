//! What reads of a long chart cost. Figures are printed: `cargo test --release -p prm-core --lib chart::measure --
//! --nocapture`.

use std::time::Instant as Clock;

use super::tests::{Chart, NOW, OWNER, PID, instant};
use super::{ChartEntry, EntryKind, EntryStatus, EntryValue, Link, LinkTarget, Origin, TimelineQuery, values};
use crate::id::EntryId;
use crate::store::record::{self, Header, Stored};
use crate::time::When;
use crate::value::{Coding, Quantity};

const CODES: [(&str, &str, &str); 8] = [
    ("8302-2", "Body Height", "cm"),
    ("29463-7", "Body Weight", "kg"),
    ("39156-5", "Body Mass Index", "kg/m2"),
    ("2339-0", "Glucose", "mg/dL"),
    ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%"),
    ("2093-3", "Total Cholesterol", "mg/dL"),
    ("2160-0", "Creatinine", "mg/dL"),
    ("72166-2", "Tobacco smoking status NHIS", "1"),
];

fn observation(n: i64) -> ChartEntry {
    let (code, display, unit) = CODES[n.unsigned_abs() as usize % CODES.len()];
    let at = instant("2000-01-01T09:00:00Z") + chrono::TimeDelta::hours(n / 10 * 200);
    let mut entry = ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", code).display(display));
    entry.when = Some(When::from(at));
    entry.status = EntryStatus::Final;
    entry.categories = vec![
        Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory").display("laboratory"),
    ];
    entry.value = Some(EntryValue::Quantity(Quantity::ucum(format!("{n}.5").parse().unwrap(), unit).unwrap()));
    entry.links =
        vec![Link { role: "encounter".into(), target: LinkTarget::Entry(EntryId::from_uuid(uuid::Uuid::nil())) }];
    entry.origin = Some(Origin {
        source: "hospital".into(),
        identity: format!("Observation/{}", uuid::Uuid::from_u128(n.unsigned_abs().into())).into(),
    });
    entry
}

/// Once is enough where nobody reads the figures.
const RUNS: u32 = if cfg!(debug_assertions) { 1 } else { 300 };

fn median(mut run: impl FnMut()) -> std::time::Duration {
    let mut times: Vec<_> = (0..7)
        .map(|_| {
            let start = Clock::now();
            for _ in 0..RUNS {
                run();
            }
            start.elapsed() / RUNS
        })
        .collect();
    times.sort_unstable();
    times[3]
}

#[test]
fn a_page_costs_what_is_on_it() {
    let mut chart = Chart::new();
    let mut entries = Vec::new();
    for n in 0..9_000 {
        if n % 9 == 0 {
            let mut visit = observation(n);
            visit.kind = EntryKind::Encounter;
            visit.code = Coding::new("http://snomed.info/sct", "185349003").display("Check up").into();
            entries.push(visit);
        }
        entries.push(observation(n));
    }
    for chunk in entries.chunks(1_000) {
        chart.add_all(chunk.to_vec());
    }
    let stored = Stored { header: Header::first(instant(NOW)), record: observation(1) };
    println!("entry: {} bytes", record::encode(&stored).unwrap().len());

    let newest = TimelineQuery::default();
    let coded = TimelineQuery { codes: vec![Coding::new("http://loinc.org", "4548-4")], ..newest.clone() };
    let visits = TimelineQuery { kinds: vec![EntryKind::Encounter], ..newest.clone() };
    let both = TimelineQuery { kinds: vec![EntryKind::Encounter, EntryKind::Observation], ..newest.clone() };
    for (name, query) in [("newest", &newest), ("by code", &coded), ("by kind", &visits), ("two kinds", &both)] {
        let page = chart.page(query, None, 20);
        assert_eq!((page.entries.len(), page.looked_at), (20, 20), "{name}");
        println!("{name}: {:?}", median(|| drop(std::hint::black_box(chart.page(query, None, 20)))));
    }
    let latest = || {
        let (reader, now) = (chart.reader(), instant(NOW));
        values::latest(&reader, &mut chart.numbers(), PID, &[], now, &|_| true).unwrap()
    };
    assert_eq!(latest().len(), CODES.len());
    println!("latest of {} codes: {:?}", CODES.len(), median(|| drop(std::hint::black_box(latest()))));
    let reader = chart.reader();
    let place = reader.locate(chart.page(&newest, None, 1).entries[0].id.into()).unwrap().unwrap();
    let one = median(|| drop(std::hint::black_box(reader.current::<ChartEntry>(&place).unwrap())));
    let first = crate::store::engine::Read::get(&chart.rows, place.table, &place.key).unwrap().unwrap();
    let opened = median(|| drop(std::hint::black_box(reader.open(OWNER, place.table, &place.key, &first).unwrap())));
    let fresh = median(|| {
        let reader = chart.reader();
        drop(std::hint::black_box(reader.open(OWNER, place.table, &place.key, &first).unwrap()));
    });
    println!("opened with a key not used before: {fresh:?}");
    let numbered = median(|| {
        let coding = Coding::new("http://loinc.org", "4548-4");
        std::hint::black_box(super::index::code_number(&mut chart.numbers(), &coding).unwrap());
    });
    println!("number of a code: {numbered:?}");
    let (schema, bytes) = reader.open(OWNER, place.table, &place.key, &first).unwrap();
    let decoded = median(|| {
        drop(std::hint::black_box(record::decode::<ChartEntry>(place.table, &place.key, schema, &bytes).unwrap()));
    });
    println!("one entry: read {one:?}, opened {opened:?}, decoded {decoded:?}");
    let key = median(|| drop(std::hint::black_box(chart.ring.patient_key(PID).unwrap())));
    println!("key of a patient: {key:?}");
}
