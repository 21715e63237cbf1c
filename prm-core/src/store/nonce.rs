//! No key ever seals two things under one nonce.

use std::collections::HashSet;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::cipher::Suite;
use super::log::TailLog;
use super::ring::KeyRing;
use super::slot::Key;
use super::tables::Table;
use super::value::{self, Codec, DataKey, NonceRun};

/// Which key, and the nonce it was used with. A key is named by what it is derived from.
#[derive(Default)]
struct Used {
    pairs: HashSet<(Vec<u8>, [u8; 12])>,
    seals: usize,
}

impl Used {
    fn note(&mut self, key: &[u8], nonce: &[u8]) {
        self.pairs.insert((key.to_vec(), nonce.try_into().unwrap()));
        self.seals += 1;
    }

    fn assert_distinct(&self, least: usize) {
        assert!(self.seals >= least, "{} seals", self.seals);
        assert_eq!(self.pairs.len(), self.seals);
    }
}

/// Frames of a tail log from `start`, cut as its format says. Answers where they end.
fn note_frames(used: &mut Used, file: &[u8], start: usize) -> usize {
    let file_id = &file[20..36];
    let mut at = start.max(68);
    while let Some(len) = file.get(at..).and_then(|rest| rest.first_chunk()) {
        used.note(file_id, &file[at + 4..at + 16]);
        at += 4 + u32::from_be_bytes(*len) as usize;
    }
    at
}

/// Blocks of a key ring behind the first `known` bytes, cut as its format says.
fn note_blocks(used: &mut Used, file: &[u8], known: usize) {
    const BLOCK: usize = 12 + 256 * 33 + 16;
    let header = file.len() % BLOCK;
    for start in (header..file.len()).step_by(BLOCK).filter(|start| *start >= known) {
        used.note(&file[12..28], &file[start..start + 12]);
    }
}

#[test]
fn collect() {
    values();
    log_frames();
    ring_blocks();
}

/// Transactions that follow each other, values of several rows, a counter that wraps, and two handles with one key.
fn values() {
    let mut used = Used::default();
    let keys: Vec<_> = (0..3u8).map(|n| DataKey::new(Suite::Aes256Gcm, Zeroizing::new([n; 32]))).collect();
    let long = vec![0; 3 * value::CHUNK];
    let seal = |used: &mut Used, nonces: &mut NonceRun, n: usize, text: &[u8]| {
        let key = &keys[n % 3];
        let rows = value::seal_rows(key, nonces, Table::PData, b"row", 1, Codec::Plain, text).unwrap();
        for (_, row) in rows {
            used.note(&[(n % 3) as u8], &row[6..18]);
        }
    };
    for transaction in 0..2000 {
        let mut nonces = NonceRun::new();
        for n in 0..5 {
            seal(&mut used, &mut nonces, n, b"text");
        }
        seal(&mut used, &mut nonces, transaction, &long);
    }
    let mut nonces = NonceRun::new();
    for _ in 0..70_000 {
        seal(&mut used, &mut nonces, 0, b"");
    }
    used.assert_distinct(80_000);
}

/// A log that is appended to, copied, and gone on with from every copy; then reset.
fn log_frames() {
    let folder = tempfile::tempdir().unwrap();
    let mut used = Used::default();
    let key = Zeroizing::new([4; 32]);
    let open = |name: &str| Arc::new(TailLog::open(&folder.path().join(name), Suite::Aes256Gcm, &key, None).unwrap().0);
    let file = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let append = |log: &TailLog| (0..300).map(|_| log.append(1, b"entry").unwrap()).last().unwrap();
    append(&open("log"));
    let end = note_frames(&mut used, &file("log"), 0);
    for copy in ["copy", "clone"] {
        std::fs::copy(folder.path().join("log"), folder.path().join(copy)).unwrap();
        append(&open(copy));
        note_frames(&mut used, &file(copy), end);
    }
    let log = open("log");
    let last = append(&log);
    note_frames(&mut used, &file("log"), end);
    log.fold(last);
    assert!(log.reset().unwrap());
    append(&log);
    note_frames(&mut used, &file("log"), 0);
    used.assert_distinct(5 * 300);
}

/// A ring that grows, is copied, and grows on from every copy.
fn ring_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let mut used = Used::default();
    let path = |name: &str| folder.path().join(name);
    let key = Key::raw([7; 32]);
    KeyRing::create(&path("keys"), [1; 16], Suite::Aes256Gcm, &key).unwrap().ensure(8 * 256).unwrap();
    let known = std::fs::read(path("keys")).unwrap();
    note_blocks(&mut used, &known, 0);
    for copy in ["copy", "clone", "keys"] {
        std::fs::write(path(copy), &known).unwrap();
        KeyRing::open(&path(copy), [1; 16], &key).unwrap().ensure(16 * 256).unwrap();
        note_blocks(&mut used, &std::fs::read(path(copy)).unwrap(), known.len());
    }
    used.assert_distinct(9 + 3 * 8);
}
