use std::collections::{BTreeMap, HashSet};

use minicbor::{Decode, Encode};
use proptest::prelude::*;
use zeroize::Zeroizing;

use super::*;
use crate::error::Detail;

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

const ROW: &[u8] = &[0, 0, 0, 0, 0, 0, 0, 0, 7, 2, 9];

fn key(byte: u8) -> DataKey {
    DataKey::new(Suite::Aes256Gcm, Zeroizing::new([byte; 32]))
}

fn sealed(codec: Codec, plaintext: &[u8]) -> Rows {
    seal_rows(&key(1), &mut NonceRun::new(), Table::PData, ROW, 3, codec, plaintext).unwrap().into_iter().collect()
}

fn opened(rows: &Rows) -> Result<(u16, Vec<u8>)> {
    open_rows(&key(1), Table::PData, ROW, &rows[ROW], |row| Ok(rows.get(row).cloned()))
}

/// The one row that the error names is `row`.
fn assert_damaged<T: fmt::Debug>(result: Result<T>, table: &str, row: &[u8]) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupted);
    let hex: String = row.iter().map(|byte| format!("{byte:02x}")).collect();
    match error.particulars() {
        Some(Detail::Row { table: found, key }) => assert_eq!((*found, key), (table, &hex)),
        other => panic!("{other:?}"),
    }
}

/// Bytes that no codec makes shorter.
fn noise(len: usize) -> Vec<u8> {
    let blocks = (0u32..).flat_map(|n| cipher::sha256(&[&n.to_be_bytes()]));
    blocks.take(len).collect()
}

fn printed(members: usize) -> Vec<u8> {
    let members: Vec<_> = (0..members).map(|n| format!("    \"member{n}\": {}", n * n)).collect();
    format!("{{\n{}\n  }}", members.join(",\n")).into_bytes()
}

#[test]
fn bytes_of_a_row_are_those_of_the_format() {
    let nonce = *b"0123456789\x00\x05";
    let row = |codec, text: &[u8]| {
        let text = Text::of(codec, text).unwrap();
        let head = Head { codec: text.codec, dictionary: text.dictionary, schema: 0x0203 };
        seal_row(&key(1), nonce, Table::PData, ROW, head, &[], &text).unwrap()
    };
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(
        hex(&row(Codec::Plain, b"plain")),
        "01000000020330313233343536373839000516fc9d3132643f2abe2583caac87243385b6d71465",
    );
    assert_eq!(
        hex(&row(Codec::Lz4, &[b'a'; 100])),
        "0101000102033031323334353637383900056690fc3c4342e76e00f0daa4d2b8fafae6280a28771fec746e1dcd\
        9b30bbc4",
    );
    assert_eq!(
        hex(&row(Codec::Lz4, &printed(9))),
        "0102000102033031323334353637383900056690fcf35c23e61b8aa0b9c7c8fbf6d1947faeef0c76bfba495e6f\
        c0267649ed3e7a3d4c72241f9765785d648b85afc8652a732e9624b0d6a12b15c495ae2d98e641956bee7684a4\
        b45239d8e297532b864feadfecf3e994205029d6ff739fd43d6ad9",
    );
}

#[test]
fn associated_data_are_table_row_and_head_as_the_format_says() {
    let rows = sealed(Codec::Plain, b"text");
    let stored = &rows[ROW];
    let (head, nonce): (&[u8], [u8; NONCE]) = (&stored[..6], stored[6..18].try_into().unwrap());
    let (text, tag) = stored[18..].split_last_chunk().unwrap();
    let associated = [&[Table::PData as u8], ROW, head].concat();
    let mut text = text.to_vec();
    Aead::new(Suite::Aes256Gcm, &[1; 32]).open(&nonce, &associated, &mut text, tag).unwrap();
    assert_eq!(text, b"text");
}

#[test]
fn a_key_longer_than_the_prepared_room_binds_all_the_same() {
    let row = vec![7; 300];
    let stored = seal(&key(1), &mut NonceRun::new(), Table::Shared, &row, 1, Codec::Plain, b"text").unwrap();
    assert_eq!(open(&key(1), Table::Shared, &row, &stored).unwrap(), (1, b"text".to_vec()));
    let mut other = row.clone();
    other[299] = 8;
    assert_damaged(open(&key(1), Table::Shared, &other, &stored), "shared", &other);
}

#[test]
fn sizes_around_the_end_of_a_row_come_back() {
    for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 300_000] {
        let text = noise(len);
        let rows = sealed(Codec::Lz4, &text);
        assert_eq!(rows.len(), len.div_ceil(CHUNK).max(1), "{len}");
        assert_eq!(usize::from(further_rows(&rows[ROW])), rows.len() - 1);
        assert!(rows.values().all(|row| row.len() <= PREFIX + NONCE + 2 + CHUNK + TAG));
        assert_eq!(opened(&rows).unwrap(), (3, text));
        assert!(rows.iter().all(|(key, row)| is_further(row) == (key != ROW)));
    }
}

#[test]
fn a_value_longer_than_the_format_holds_is_refused() {
    let text = vec![0; MAX_VALUE + 1];
    for codec in [Codec::Plain, Codec::Lz4] {
        let refused = seal_rows(&key(1), &mut NonceRun::new(), Table::PData, ROW, 1, codec, &text);
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Full);
    }
}

#[test]
fn printed_json_takes_little_more_than_what_it_says() {
    let coding =
        serde_json::json!({ "coding": [{ "system": "http://loinc.org", "code": "8302-2" }], "text": "Height" });
    let text = serde_json::to_vec_pretty(&serde_json::json!({ "code": [coding], "value": { "value": 1 } })).unwrap();
    let rows = sealed(Codec::Lz4, &text);
    assert_eq!(rows[ROW][1], FOLDED);
    assert_eq!(opened(&rows).unwrap().1, text);
    let unfolded = Text::compressed(LZ4, &[&text], &text).unwrap().len();
    assert!(Text::of(Codec::Lz4, &text).unwrap().len() < unfolded * 9 / 10);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_value_comes_back(
        seed in proptest::collection::vec(any::<u8>(), 1..300),
        times in 1usize..400,
        schema in any::<u16>(),
        lz4 in any::<bool>(),
        table in prop::sample::select(&Table::ALL[..]),
        row in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let codec = if lz4 { Codec::Lz4 } else { Codec::Plain };
        let text = seed.repeat(times);
        let rows: Rows =
            seal_rows(&key(1), &mut NonceRun::new(), table, &row, schema, codec, &text).unwrap().into_iter().collect();
        let back = open_rows(&key(1), table, &row, &rows[&row], |row| Ok(rows.get(row).cloned())).unwrap();
        prop_assert_eq!(back, (schema, text));
    }

    #[test]
    fn a_changed_bit_is_damage_or_a_newer_format(len in 0usize..60, at in any::<prop::sample::Index>(), bit in 0u8..8) {
        let mut rows = sealed(Codec::Lz4, &noise(len));
        let stored = rows.get_mut(ROW).unwrap();
        let at = at.index(stored.len());
        stored[at] ^= 1 << bit;
        let kind = opened(&rows).unwrap_err().kind();
        prop_assert!(kind == ErrorKind::Corrupted || at == 0 && kind == ErrorKind::UnsupportedFormat);
    }
}

#[test]
fn a_value_opens_only_where_and_with_what_it_was_sealed() {
    let rows = sealed(Codec::Plain, b"text");
    let stored = &rows[ROW];
    assert_damaged(open(&key(2), Table::PData, ROW, stored), "pdata", ROW);
    assert_damaged(open(&key(1), Table::Patient, ROW, stored), "patient", ROW);
    assert_damaged(open(&key(1), Table::PData, b"row", stored), "pdata", b"row");
    for len in 0..stored.len() {
        assert_damaged(open(&key(1), Table::PData, ROW, &stored[..len]), "pdata", ROW);
    }
}

#[test]
fn a_further_row_that_is_missing_swapped_or_of_another_value_is_damage() {
    let rows = sealed(Codec::Plain, &noise(4 * CHUNK));
    let (one, two) = (further_key(ROW, 1), further_key(ROW, 2));

    let mut missing = rows.clone();
    missing.remove(&two);
    assert_damaged(opened(&missing), "pdata", &two);

    let mut swapped = rows.clone();
    swapped.insert(one.clone(), rows[&two].clone());
    swapped.insert(two.clone(), rows[&one].clone());
    assert_damaged(opened(&swapped), "pdata", &one);

    let other_version = sealed(Codec::Plain, &noise(4 * CHUNK));
    let mut mixed = rows.clone();
    mixed.insert(two.clone(), other_version[&two].clone());
    assert_damaged(opened(&mixed), "pdata", &two);

    let mut first_as_further = rows.clone();
    first_as_further.insert(one.clone(), rows[ROW].clone());
    assert_damaged(opened(&first_as_further), "pdata", &one);

    assert_damaged(open(&key(1), Table::PData, &one, &rows[&one]), "pdata", &one);
    assert_damaged(open(&key(1), Table::PData, ROW, &rows[ROW]), "pdata", &one);

    let elsewhere = seal_rows(&key(1), &mut NonceRun::new(), Table::Shared, ROW, 3, Codec::Plain, &noise(4 * CHUNK));
    let mut other_table = rows.clone();
    other_table.extend(elsewhere.unwrap().into_iter().filter(|(row, _)| *row == two));
    assert_damaged(opened(&other_table), "pdata", &two);

    let mut fewer = rows.clone();
    let count = PREFIX + NONCE + 1;
    fewer.get_mut(ROW).unwrap()[count] -= 1;
    assert_damaged(opened(&fewer), "pdata", ROW);
}

#[test]
fn what_fetching_fails_with_is_passed_on() {
    let rows = sealed(Codec::Plain, &noise(2 * CHUNK));
    let failed =
        open_rows(&key(1), Table::PData, ROW, &rows[ROW], |_| Err(Error::new(ErrorKind::Io, "the disk is gone")));
    assert_eq!(failed.unwrap_err().kind(), ErrorKind::Io);
}

/// A row sealed with the right key but a content that this library never writes.
fn crafted(head: Head, bound: &[u8], content: &[u8]) -> Vec<u8> {
    seal_row(&key(1), [9; NONCE], Table::PData, ROW, head, bound, &Text::raw(content)).unwrap()
}

#[test]
fn lengths_that_a_value_claims_cost_nothing() {
    let head = |codec| Head { codec, dictionary: 1, schema: 1 };
    let block = dictionary::compress(&[b'a'; 100]);
    for claim in [0, 99, 101, 1 << 20, 64 << 20, u32::MAX] {
        let content = [&claim.to_be_bytes()[..], &block].concat();
        assert_damaged(open(&key(1), Table::PData, ROW, &crafted(head(LZ4), &[], &content)), "pdata", ROW);
    }
    let folded = layout::fold(&printed(9)).unwrap();
    let block = dictionary::compress(&folded);
    let whole = printed(9).len() as u32;
    for (text, inner) in [(whole, 0), (whole, u32::MAX), (0, folded.len() as u32), (u32::MAX, folded.len() as u32)] {
        let content = [&text.to_be_bytes()[..], &inner.to_be_bytes(), &block].concat();
        assert_damaged(open(&key(1), Table::PData, ROW, &crafted(head(FOLDED), &[], &content)), "pdata", ROW);
    }
    for short in 0..8 {
        assert_damaged(open(&key(1), Table::PData, ROW, &crafted(head(LZ4), &[], &vec![1; short])), "pdata", ROW);
        assert_damaged(open(&key(1), Table::PData, ROW, &crafted(head(FOLDED), &[], &vec![1; short])), "pdata", ROW);
    }
}

#[test]
fn a_value_has_one_form() {
    let continued = Head { codec: PLAIN | CONTINUED, dictionary: 0, schema: 1 };
    assert_damaged(open(&key(1), Table::PData, ROW, &crafted(continued, &[0, 0], b"text")), "pdata", ROW);
    let numbered = Head { codec: PLAIN, dictionary: 1, schema: 1 };
    assert_damaged(open(&key(1), Table::PData, ROW, &crafted(numbered, &[], b"text")), "pdata", ROW);
}

#[test]
fn what_a_newer_library_wrote_is_unsupported_not_damaged() {
    let newer = |codec, dictionary| {
        let stored = crafted(Head { codec, dictionary, schema: 1 }, &[], b"text");
        open(&key(1), Table::PData, ROW, &stored).unwrap_err().kind()
    };
    assert_eq!(newer(3, 0), ErrorKind::UnsupportedFormat);
    assert_eq!(newer(LZ4, 2), ErrorKind::UnsupportedFormat);
    assert_eq!(newer(FOLDED, 0), ErrorKind::UnsupportedFormat);
    let mut format = sealed(Codec::Plain, b"text");
    format.get_mut(ROW).unwrap()[0] = 2;
    assert_eq!(opened(&format).unwrap_err().kind(), ErrorKind::UnsupportedFormat);
    format.get_mut(ROW).unwrap()[0] = 0;
    assert_damaged(opened(&format), "pdata", ROW);
}

#[test]
fn nonces_of_a_transaction_are_distinct_beyond_their_counter() {
    let mut nonces = NonceRun::new();
    let run: Vec<_> = (0..70_000).map(|_| nonces.next().unwrap()).collect();
    assert_eq!(run.iter().collect::<HashSet<_>>().len(), run.len());
    let drawn: HashSet<_> = run.iter().map(|nonce| &nonce[..10]).collect();
    assert_eq!(drawn.len(), 2);
    assert_eq!(&run[65_535][10..], [0xff, 0xff]);
    assert_eq!(&run[65_536][10..], [0, 0]);
    assert_ne!(run[65_535][..10], run[65_536][..10]);
}

#[test]
fn a_key_is_not_printed() {
    assert_eq!(format!("{:?}", key(7)), "DataKey(…)");
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Earlier {
    #[n(0)]
    name: String,
    #[n(2)]
    born: u32,
}

#[derive(Debug, PartialEq, Encode, Decode)]
struct Newer {
    #[n(0)]
    name: String,
    #[n(1)]
    nickname: Option<String>,
    #[n(2)]
    born: u32,
    #[n(3)]
    tags: Option<Vec<String>>,
}

fn through_a_row<A: Encode<()>, B: for<'b> Decode<'b, ()>>(schema: u16, written: &A) -> (u16, B) {
    let bytes = minicbor::to_vec(written).unwrap();
    let stored = seal(&key(1), &mut NonceRun::new(), Table::Patient, ROW, schema, Codec::Lz4, &bytes).unwrap();
    let (schema, bytes) = open(&key(1), Table::Patient, ROW, &stored).unwrap();
    (schema, minicbor::decode(&bytes).unwrap())
}

proptest! {
    #[test]
    fn an_older_reader_skips_fields_it_does_not_know(name in ".{0,20}", nickname in proptest::option::of(".{0,9}"), born in any::<u32>(), tags in proptest::option::of(proptest::collection::vec(".{0,5}", 0..4))) {
        let written = Newer { name: name.clone(), nickname, born, tags };
        prop_assert_eq!(through_a_row(2, &written), (2, Earlier { name, born }));
    }

    #[test]
    fn a_newer_reader_finds_new_fields_empty(name in ".{0,20}", born in any::<u32>()) {
        let written = Earlier { name: name.clone(), born };
        prop_assert_eq!(through_a_row(1, &written), (1, Newer { name, nickname: None, born, tags: None }));
    }
}
