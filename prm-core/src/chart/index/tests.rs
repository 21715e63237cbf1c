use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::chart::Component;
use crate::chart::tests::{Chart, OWNER, PID};
use crate::store::record::{self, Header, Stored};
use crate::value::Concept;

fn coding(code: &str) -> Coding {
    Coding::new("http://loinc.org", code)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn kinds_of_the_format_stand_by_number_and_all_others_by_digest() {
    let numbers: Vec<_> = EntryKind::ALL.iter().map(kind_number).collect();
    assert_eq!(numbers[..31], (1..=31).collect::<Vec<u16>>());
    assert_eq!(kind_number(&EntryKind::Other("Observation".into())), 3);
    let digests = ["NutritionOrder", "VisionPrescription", "#32", "MolecularSequence"];
    let digests = digests.map(|code| kind_number(&EntryKind::from_code(code)));
    assert_eq!(digests, [0x954c, 0xfd01, 0xd3c3, 0x810a]);
}

/// A blood pressure in the first version, encoded, in hexadecimal.
const ENTRY: &str = "\
    8301821a69b007c00000a7000301831a69ae68e800190e10030605a10081a30000016738353335342d39026e426c6f6f6420\
    70726573737572650681a300030103026b566974616c205369676e730982a200a10081a300000166383438302d3602775379\
    73746f6c696320626c6f6f6420707265737375726501820081a4006331323802f503020401a200a10081a300000166383436\
    322d3402781844696173746f6c696320626c6f6f6420707265737375726501820081a40062383202f5030204010ca2006663\
    6c696e6963016d4f62736572766174696f6e2f31";

#[test]
fn the_bytes_of_an_entry_and_its_rows_do_not_change() {
    let mut chart = Chart::new();
    let mut entry = ChartEntry::blood_pressure(128.into(), 82.into(), "2026-03-09T07:30:00+01:00".parse().unwrap());
    entry.origin = Some(super::super::Origin { source: "clinic".into(), identity: "Observation/1".into() });
    let stored = Stored { header: Header::first("2026-03-10T12:00:00Z".parse().unwrap()), record: entry.clone() };
    let encoded = record::encode(&stored).unwrap();
    assert_eq!(hexadecimal(&encoded), ENTRY);
    assert_eq!(record::decode::<ChartEntry>(Table::PData, &[], 1, &encoded).unwrap(), stored);
    let id = chart.add(entry);
    let rows = chart.rows.0.get(&Table::PData).unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|(key, value)| {
            let id = hexadecimal(id.as_bytes());
            let value = if key[9] == Class::Timeline as u8 { "sealed".into() } else { hexadecimal(value) };
            format!("{} {value}", hexadecimal(key).replace(&id, "id"))
        })
        .collect();
    let expected = [
        "00000000000000000502fffffff11ebfa016fc0003id sealed",
        "000000000000000005050003fffffff11ebfa016fcid 0000000000",
        "0000000000000000050600000001fffffff11ebfa016fc0003id 0000000000",
        "0000000000000000050600000002fffffff11ebfa016fc0003id 0000000001",
        "0000000000000000050600000003fffffff11ebfa016fc0003id 0000000001",
        "00000000000000000507bbfeb74a4b4216df 0000000000000001",
    ];
    assert_eq!(rows, expected);
}

fn entries() -> impl Strategy<Value = ChartEntry> {
    let dates = prop_oneof![Just(None), Just(Some("2019")), Just(Some("2020-01-01T00:00:00Z")), Just(Some("2031"))];
    let codes = || proptest::collection::vec(0u8..4, 0..3);
    (0usize..40, dates, codes(), codes(), 0u8..3).prop_map(|(kind, when, codes, parts, source)| {
        let kind = EntryKind::ALL.get(kind).cloned().unwrap_or(EntryKind::Other(format!("Kind{kind}")));
        let mut entry = ChartEntry::new(kind, Concept::default());
        entry.when = when.map(|when| when.parse().unwrap());
        entry.code.codings = codes.iter().map(|code| coding(&code.to_string())).collect();
        entry.components =
            parts.iter().map(|code| Component { code: coding(&code.to_string()).into(), value: None }).collect();
        entry.origin = (source > 0).then(|| super::super::Origin { source: source.to_string(), identity: "1".into() });
        entry
    })
}

#[derive(Debug, Clone)]
enum Act {
    Add(ChartEntry),
    Replace(usize, ChartEntry),
    Void(usize),
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => entries().prop_map(Act::Add),
        2 => (any::<usize>(), entries()).prop_map(|(n, entry)| Act::Replace(n, entry)),
        1 => any::<usize>().prop_map(Act::Void),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn index_rows_are_those_a_rebuild_would_make(acts in proptest::collection::vec(acts(), 1..40)) {
        let mut chart = Chart::new();
        let mut ids = Vec::new();
        for act in acts {
            match act {
                Act::Add(entry) => ids.push(chart.add(entry)),
                Act::Replace(n, entry) if !ids.is_empty() => {
                    let id = ids[n % ids.len()];
                    if !chart.stored(id).header.voided() {
                        chart.edit(id, 0, |before| *before = entry);
                    }
                }
                Act::Void(n) if !ids.is_empty() => chart.void(ids[n % ids.len()]),
                _ => {}
            }
        }
        let mut expected: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
        for id in &ids {
            let stored = chart.stored(*id);
            for row in record::index_rows(&stored, OWNER, (*id).into(), &mut chart.numbers()).unwrap() {
                match row {
                    IndexRow::Row { table: Table::PData, key, value } => drop(expected.insert(key, value)),
                    IndexRow::Count { key, .. } => {
                        let count = expected.get(&key).map_or(0, |n| u64::from_be_bytes(n[..].try_into().unwrap()));
                        expected.insert(key, (count + 1).to_be_bytes().to_vec());
                    }
                    _ => {}
                }
            }
        }
        let is_index = |key: &[u8]| key[9] >= Class::ByKind as u8;
        let rows = chart.rows.0.get(&Table::PData).into_iter().flatten();
        let found: BTreeMap<Vec<u8>, Vec<u8>> =
            rows.filter(|(key, _)| is_index(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
        prop_assert_eq!(found, expected);
        let timeline = key::Prefix::of(key::class(PID, Class::Timeline).done());
        let on_it = chart.rows.0.get(&Table::PData).into_iter().flatten();
        let on_it = on_it.filter(|(key, _)| {
            timeline.span().start <= key.as_slice() && timeline.span().end.is_none_or(|end| key.as_slice() < end)
        });
        let kept = ids.iter().filter(|id| !chart.stored(**id).header.voided()).count();
        prop_assert_eq!(on_it.count(), kept);
    }
}
