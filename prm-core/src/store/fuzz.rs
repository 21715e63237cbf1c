//! Bytes of strangers: what reads files and rows must end without a panic, whatever it is given.
//!
//! Each target is a plain function of bytes, run here on seeds that are changed at random, the same way every time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::bytes::Reader;
use super::cipher::{self, Suite};
use super::layout;
use super::log::{TailLog, parse_log};
use super::medium::faulty::Faulty;
use super::ring::KeyRing;
use super::slot::{Binding, Key, Slot};
use super::tables::Table;
use super::value::{self, Codec, DataKey, NonceRun};

const KEY: [u8; 32] = [7; 32];
const STORE: [u8; 16] = [1; 16];

/// Numbers that are the same in every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// A seed with up to eight changes: bits, bytes that are often meant, cuts, repeats, and numbers at their ends.
fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(8) {
        let at = numbers.below(bytes.len());
        let len = numbers.below(40).min(bytes.len() - at);
        match numbers.below(7) {
            _ if bytes.is_empty() => bytes.push(numbers.next() as u8),
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, b'{', b'"', b'\n'][numbers.below(8)],
            2 => bytes.truncate(at),
            3 => bytes.extend_from_within(at..at + len),
            4 => drop(bytes.drain(at..at + len)),
            5 => bytes[at..at + len].fill([0, 0xff][numbers.below(2)]),
            _ => bytes.insert(at, numbers.next() as u8),
        }
    }
    bytes
}

fn run(seeds: &[Vec<u8>], times: usize, target: impl Fn(&[u8])) {
    assert!(!seeds.is_empty());
    seeds.iter().for_each(|seed| target(seed));
    let mut numbers = Numbers(1);
    for _ in 0..times {
        let bytes = changed(&seeds[numbers.below(seeds.len())], &mut numbers);
        let started = Instant::now();
        target(&bytes);
        assert!(started.elapsed() < Duration::from_secs(2), "{bytes:02x?}");
    }
}

/// The key ring, also with a digest that fits, as whoever plants a ring would have it.
fn ring(bytes: &[u8]) {
    let opened = |bytes: &[u8]| {
        let file = Box::new(Faulty::holding(bytes));
        if let Ok(ring) = KeyRing::from_bytes(bytes, STORE, &Key::raw(KEY), file) {
            let _ = (ring.patient_key(0), ring.patient_key(u64::MAX), ring.expect(300, 1), ring.damaged());
        }
    };
    opened(bytes);
    if let Some(end) = digest_place(bytes)
        && end + 32 <= bytes.len()
    {
        let mut planted = bytes.to_vec();
        planted[end..end + 32].copy_from_slice(&cipher::sha256(&[&bytes[..end]]));
        opened(&planted);
    }
}

/// Where the digest of a header belongs: behind its slots.
fn digest_place(bytes: &[u8]) -> Option<usize> {
    let mut reader = Reader::new(bytes);
    reader.take(60)?;
    for _ in 0..reader.u16()? {
        Slot::decode(&mut reader)?;
    }
    Some(bytes.len() - reader.rest().len())
}

fn slot(bytes: &[u8]) {
    let binding = Binding { suite: Suite::Aes256Gcm, ring_id: [2; 16], store_id: STORE, generation: 1 };
    let mut reader = Reader::new(bytes);
    let Some(slot) = Slot::decode(&mut reader) else { return };
    let mut again = Vec::new();
    slot.encode(&mut again);
    assert_eq!([&again, reader.rest()].concat(), bytes);
    for key in [Key::raw(KEY), Key::passphrase("words")] {
        let _ = slot.open(&binding, &key, &mut 64);
    }
}

fn log(bytes: &[u8]) {
    let _ = parse_log(bytes);
    let file = Faulty::holding(bytes);
    let key = Zeroizing::new(KEY);
    let Ok((log, replay)) = TailLog::replay(bytes, Arc::new(file.clone()), Suite::Aes256Gcm, &key, None) else {
        return;
    };
    assert!(replay.lost_bytes <= bytes.len() as u64);
    let before = log.pending().0;
    log.append(1, b"entry").unwrap();
    let (again, replay) = TailLog::replay(&file.bytes(), Arc::new(file.clone()), Suite::Aes256Gcm, &key, None).unwrap();
    assert_eq!((again.pending().0, replay.lost_bytes), (before + 1, 0));
}

/// A row as it is stored. With [`Suite::Plain`] and a tag that fits, what is below the cipher is reached too.
fn row(bytes: &[u8]) {
    let fetch = |_: &[u8]| Ok(Some(bytes.to_vec()));
    for suite in [Suite::Aes256Gcm, Suite::Plain] {
        let key = DataKey::new(suite, Zeroizing::new(KEY));
        let _ = value::open_rows(&key, Table::PData, b"row", bytes, fetch);
        if let Some((body, _)) = bytes.split_last_chunk::<16>()
            && bytes.len() > 34
        {
            let associated = [&[Table::PData as u8][..], b"row", &bytes[..6]].concat();
            let tag = cipher::sha256(&[&bytes[6..18], &associated, &body[18..]]);
            let fitting = [body, &tag[..16]].concat();
            let _ = value::open_rows(&key, Table::PData, b"row", &fitting, fetch);
        }
    }
}

fn folded(bytes: &[u8]) {
    for len in [0, bytes.len(), 3 * bytes.len()] {
        let _ = layout::unfold(bytes, len);
    }
    if let Some(folded) = layout::fold(bytes) {
        assert_eq!(layout::unfold(&folded, bytes.len()).unwrap(), bytes);
    }
}

#[test]
fn key_rings() {
    let folder = tempfile::tempdir().unwrap();
    let seeds: Vec<_> = (0..2u64)
        .map(|blocks| {
            let path = folder.path().join(blocks.to_string());
            KeyRing::create(&path, STORE, Suite::Aes256Gcm, &Key::raw(KEY)).unwrap().ensure(256 * blocks).unwrap();
            std::fs::read(path).unwrap()
        })
        .collect();
    run(&seeds, 300, ring);
    let headers: Vec<_> = seeds.iter().map(|seed| seed[..seed.len().min(300)].to_vec()).collect();
    run(&headers, 2000, ring);
}

#[test]
fn slots() {
    let binding = Binding { suite: Suite::Aes256Gcm, ring_id: [2; 16], store_id: STORE, generation: 1 };
    let cheap = super::slot::Cost { memory: 8, passes: 1, lanes: 1 };
    let seeds: Vec<_> = [Key::raw(KEY), Key::passphrase("words")]
        .iter()
        .map(|key| {
            let mut bytes = Vec::new();
            Slot::new(&binding, key, cheap, &Zeroizing::new(KEY)).unwrap().encode(&mut bytes);
            bytes
        })
        .collect();
    run(&seeds, 3000, slot);
}

#[test]
fn logs() {
    let file = Faulty::default();
    let key = Zeroizing::new(KEY);
    let (log_of, _) = TailLog::replay(&[], Arc::new(file.clone()), Suite::Aes256Gcm, &key, None).unwrap();
    for n in 0..5u8 {
        log_of.append(n, &vec![n; usize::from(n) * 9]).unwrap();
    }
    run(&[vec![], file.bytes()], 3000, log);
}

#[test]
fn rows() {
    let json =
        b"{\n  \"resourceType\": \"Patient\",\n  \"name\": [\n    {\n      \"family\": \"Reinger\"\n    }\n  ]\n}";
    let mut seeds = Vec::new();
    for suite in [Suite::Aes256Gcm, Suite::Plain] {
        let key = DataKey::new(suite, Zeroizing::new(KEY));
        for (codec, text) in [(Codec::Plain, &b"text"[..]), (Codec::Lz4, &[b'a'; 200]), (Codec::Lz4, json)] {
            seeds.push(value::seal(&key, &mut NonceRun::new(), Table::PData, b"row", 1, codec, text).unwrap());
        }
    }
    run(&seeds, 5000, row);
}

#[test]
fn layouts() {
    let text = b"\x81{\n  \"a\": [\n    1.50,\n    {}\n  ],\n  \"b\": \"\\\"\"\n}!".to_vec();
    let folded_text = layout::fold(&text).unwrap();
    run(&[text, folded_text], 20_000, folded);
}
