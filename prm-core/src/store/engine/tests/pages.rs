//! Sealed pages put where they were not sealed, and the bytes of the format.

use super::*;
use crate::ErrorKind;
use crate::store::cipher::{Aead, hmac_sha256};
use crate::store::page::{FIRST_PAGE, PAGE, Pages, met};
use crate::store::preamble::STRIDE;

fn sector(page: u64) -> std::ops::Range<usize> {
    let start = (FIRST_PAGE + (page - 1) * STRIDE as u64) as usize;
    start..start + STRIDE
}

/// A disk with four pages, each filled with its number.
fn numbered() -> (SimDisk, Preamble) {
    let disk = SimDisk::new();
    drop(create(&disk));
    let preamble = preamble_of(&disk.shared());
    let pages = Pages::open(disk.shared(), &preamble, &KEY);
    for page in 1..5u8 {
        pages.write(u64::from(page) * PAGE as u64, &[page; PAGE]).unwrap();
    }
    (disk, preamble)
}

fn read(disk: &SimDisk, preamble: &Preamble, page: u64, count: usize) -> (Vec<u8>, bool) {
    let mut out = vec![0xee; count * PAGE];
    let before = met();
    Pages::open(disk.shared(), preamble, &KEY).read(page * PAGE as u64, &mut out).unwrap();
    (out, met() != before)
}

#[test]
fn the_bytes_are_those_of_format_1() {
    let (disk, preamble) = numbered();
    let bytes = disk.image();
    let key = hmac_sha256(&KEY, &[b"page1", &preamble.file_id]);
    let aead = Aead::new(preamble.suite, &key);
    for page in 1..5u64 {
        let mut text = bytes[sector(page)][..4096].to_vec();
        let tag = bytes[sector(page)][4096..4112].try_into().unwrap();
        let nonce = bytes[sector(page)][4112..4124].try_into().unwrap();
        assert_eq!(bytes[sector(page)][4124..], [0; 4]);
        aead.open(nonce, &[&preamble.file_id[..], &page.to_be_bytes()].concat(), &mut text, tag).unwrap();
        assert_eq!(text, [page as u8; PAGE]);
    }
    for copy in [4096, 12288] {
        let copy = &bytes[copy..copy + 4144];
        let (counters, rest) = copy.split_at(16);
        let (mut text, tag, nonce) = (rest[..4096].to_vec(), &rest[4096..4112], &rest[4112..4124]);
        assert_eq!(rest[4124..], [0; 4]);
        let associated = [&preamble.file_id[..], &[0; 8], counters].concat();
        aead.open(nonce.try_into().unwrap(), &associated, &mut text, tag.try_into().unwrap()).unwrap();
        assert_eq!(&text[..4], b"redb");
        assert!(u64::from_be_bytes(counters[..8].try_into().unwrap()) > 0);
        assert!(u64::from_be_bytes(counters[8..].try_into().unwrap()) > 13);
    }
}

#[test]
fn a_damaged_page_makes_the_whole_read_zeros() {
    let (disk, preamble) = numbered();
    assert_eq!(read(&disk, &preamble, 1, 4), ([[1; PAGE], [2; PAGE], [3; PAGE], [4; PAGE]].concat(), false));
    disk.edit(|bytes| bytes[sector(3).start + 7] ^= 1);
    assert_eq!(read(&disk, &preamble, 1, 4), (vec![0; 4 * PAGE], true));
    assert_eq!(read(&disk, &preamble, 3, 1), (vec![0; PAGE], true));
    assert_eq!(read(&disk, &preamble, 1, 2), ([[1; PAGE], [2; PAGE]].concat(), false));
    assert_eq!(read(&disk, &preamble, 1 << 30, 1), (vec![0; PAGE], true));
}

#[test]
fn swap() {
    let (disk, preamble) = numbered();
    disk.edit(|bytes| {
        let second = bytes[sector(2)].to_vec();
        bytes.copy_within(sector(3), sector(2).start);
        bytes[sector(3)].copy_from_slice(&second);
    });
    assert_eq!(read(&disk, &preamble, 2, 1), (vec![0; PAGE], true));
    assert_eq!(read(&disk, &preamble, 3, 1), (vec![0; PAGE], true));
    assert_eq!(read(&disk, &preamble, 4, 1), (vec![4; PAGE], false));
}

#[test]
fn transplant() {
    let ((disk, preamble), (other, _)) = (numbered(), numbered());
    disk.edit(|bytes| bytes[sector(2)].copy_from_slice(&other.image()[sector(2)]));
    assert_eq!(read(&disk, &preamble, 2, 1), (vec![0; PAGE], true));
    disk.edit(|bytes| bytes[4096..20480].copy_from_slice(&other.image()[4096..20480]));
    assert_eq!(open(&disk).err().map(|e| e.kind()), Some(ErrorKind::Corrupted));
}

#[test]
fn replay_is_found_by_check() {
    quiet();
    let disk = SimDisk::new();
    let mut engine = create(&disk);
    let mut chance = Chance(21);
    let (mut images, mut rows) = (Vec::new(), Rows::new());
    for _ in 0..12 {
        for _ in 0..3 {
            let edit = chance.edit(40);
            write(&engine, &edit, Commit::Durable).unwrap();
            apply_to(&mut rows, &edit);
        }
        engine.close().unwrap();
        images.push(disk.image());
        engine = open(&disk).unwrap();
    }
    engine.close().unwrap();
    let newest = disk.image();
    assert_eq!(open(&disk).unwrap().check().unwrap(), Vec::<String>::new());
    let pages = (newest.len() as u64 - FIRST_PAGE) / STRIDE as u64;
    let (mut replayed, mut unused) = (0, 0);
    for page in 1..=pages {
        let mut older = images.iter().rev().filter_map(|image| image.get(sector(page)));
        let Some(older) = older.find(|s| *s != &newest[sector(page)] && s.iter().any(|b| *b != 0)) else {
            continue;
        };
        let with = |edit: &dyn Fn(&mut [u8])| {
            let disk = SimDisk::of(newest.clone());
            let engine = open(&disk).unwrap();
            disk.edit(|bytes| edit(&mut bytes[sector(page)]));
            let report = engine.check().unwrap();
            let found = engine.snapshot().and_then(|s| everything(&*s)).map_err(|e| e.kind());
            assert!(found.as_ref().err().is_none_or(|kind| *kind == ErrorKind::Corrupted), "page {page}");
            (!report.is_empty(), report, found)
        };
        let (used, ..) = with(&|sector| sector[0] ^= 1);
        let (reported, report, found) = with(&|sector| sector.copy_from_slice(older));
        if reported {
            assert!(used && report.iter().any(|line| line.contains("an older one was put back")), "{report:?}");
            replayed += 1;
        } else {
            // Nothing is read there: a free page, or the rest of a long one behind its last row.
            assert_eq!(found.as_ref(), Ok(&rows), "page {page}");
            unused += 1;
        }
    }
    println!("{replayed} old pages put back and found, {unused} where nothing is read");
    assert!(replayed > 20, "{replayed}");
}

#[test]
fn check_does_not_fall_back_to_the_commit_before() {
    quiet();
    let mut chance = Chance(34);
    let mut found = 0;
    for _ in 0..30 {
        let disk = SimDisk::new();
        let engine = create(&disk);
        for _ in 0..6 {
            write(&engine, &chance.edit(30), Commit::Durable).unwrap();
        }
        let before = disk.image();
        let edit = Edit::from([((Table::Due, b"newest".to_vec()), Some(b"row".to_vec()))]);
        write(&engine, &edit, Commit::Durable).unwrap();
        let after = disk.image();
        for page in 1..=(after.len() as u64 - FIRST_PAGE) / STRIDE as u64 {
            let older = before.get(sector(page)).filter(|s| *s != &after[sector(page)] && s.iter().any(|b| *b != 0));
            let Some(older) = older else { continue };
            disk.edit(|bytes| bytes[sector(page)].copy_from_slice(older));
            assert_ne!(engine.check().unwrap(), Vec::<String>::new(), "page {page}");
            disk.edit(|bytes| bytes.clone_from(&after));
            assert_eq!(engine.check().unwrap(), Vec::<String>::new());
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}
