use super::*;
use crate::chart::tests::{Chart, PID};
use crate::chart::{ChartEntry, EntryKind};
use crate::value::Coding;

#[test]
fn a_text_is_kept_byte_for_byte_and_belongs_to_the_versions_after_it() {
    let mut chart = Chart::new();
    let id = chart.add(ChartEntry::new(EntryKind::DocumentReference, Coding::new("", "1")));
    let other = chart.add(ChartEntry::new(EntryKind::DocumentReference, Coding::new("", "1")));
    let text =
        |n: u8| Source { medium: SourceMedium::FhirJson, text: [b"{\"n\": 1.50}\r\n".as_slice(), &[n]].concat() };
    // Random enough to need several rows.
    let long: Vec<u8> = (0..20_000u32).flat_map(|n| cipher::sha256(&[&n.to_be_bytes()])[..1].to_vec()).collect();
    let long = Source { medium: SourceMedium::FhirJson, text: long };
    chart.write(|tx| {
        keep(tx, Owner::Patient(PID), id.into(), 1, &text(1).pack()?)?;
        keep(tx, Owner::Patient(PID), id.into(), 3, &long.pack()?)?;
        keep(tx, Owner::Patient(PID), id.into(), 4, &text(4).pack()?)
    });
    let reader = chart.reader();
    let read =
        |version| source(&reader, Owner::Patient(PID), id.into(), version).unwrap().map(|(_, source)| source.text);
    assert_eq!(read(1), Some(text(1).text));
    assert_eq!(read(2), Some(text(1).text));
    assert_eq!(read(3), Some(long.text.clone()));
    assert_eq!(read(9), Some(text(4).text));
    assert!(source(&reader, Owner::Patient(PID), other.into(), 1).unwrap().is_none());
}

#[test]
fn a_digest_tells_texts_apart() {
    assert_eq!(digest(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
    assert_ne!(digest(b"{}"), digest(b"{ }"));
}
