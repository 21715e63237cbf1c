//! Every page damaged in turn: while the store runs, when it is opened again, and when it is salvaged.

use super::*;
use crate::ErrorKind;
use crate::store::engine::salvage::salvage_on;
use crate::store::page::FIRST_PAGE;
use crate::store::preamble::STRIDE;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    Bit,
    Zeros,
}

fn pages(disk: &SimDisk) -> u64 {
    (disk.image().len() as u64 - FIRST_PAGE) / STRIDE as u64 + 1
}

fn harm(disk: &SimDisk, page: u64, harm: Harm) {
    disk.edit(|bytes| {
        let start = (FIRST_PAGE + (page - 1) * STRIDE as u64) as usize;
        match harm {
            Harm::Bit => bytes[start + 1_000] ^= 4,
            Harm::Zeros => bytes[start..start + STRIDE].fill(0),
        }
    });
}

/// A store of some hundred pages: tables of several levels, rows of several sizes, pages freed and used again.
fn store() -> (SimDisk, Rows) {
    let disk = SimDisk::new();
    let engine = create(&disk);
    let mut rows = Rows::new();
    let mut chance = Chance(3);
    for round in 0..5u64 {
        let mut edit = Edit::new();
        for n in 0..160u64 {
            let table = Table::ALL[[1, 1, 2, 2, 2, 2, 5, 6][(n % 8) as usize]];
            let key = [&chance.below(50).to_be_bytes()[..], &(n / 8 + round * 20).to_be_bytes()].concat();
            let len = if chance.one_in(12) { 5_000 } else { 150 + chance.below(300) };
            edit.insert((table, key), Some(vec![n as u8; len as usize]));
        }
        write(&engine, &edit, Commit::Durable).unwrap();
        apply_to(&mut rows, &edit);
    }
    engine.close().unwrap();
    (disk, rows)
}

/// The rows that cannot be read; every other one is what it should be.
fn unreadable(engine: &RedbEngine, rows: &Rows, context: &str) -> Vec<(usize, Table)> {
    let snapshot = engine.snapshot();
    let mut lost = Vec::new();
    for (n, ((table, key), value)) in rows.iter().enumerate() {
        match snapshot.as_ref().map_err(|e| e.kind()).and_then(|s| s.get(*table, key).map_err(|e| e.kind())) {
            Ok(found) => assert_eq!(found.as_ref(), Some(value), "{context}"),
            Err(kind) => {
                assert_eq!(kind, ErrorKind::Corrupted, "{context}");
                lost.push((n, *table));
            }
        }
    }
    lost
}

#[test]
fn every_page_in_turn() {
    quiet();
    let (disk, rows) = store();
    let image = disk.image();
    let (mut harmless, mut felt, mut refused, mut unopened, mut unwritten) = (0, 0, 0, 0, 0);
    for page in 1..pages(&disk) {
        for kind in [Harm::Bit, Harm::Zeros] {
            let disk = SimDisk::of(image.clone());
            let engine = open(&disk).unwrap();
            harm(&disk, page, kind);
            let context = format!("page {page}, {kind:?}");

            let lost = unreadable(&engine, &rows, &context);
            // One page bears a stretch of one table, or all of them.
            let stretch = lost.iter().zip(lost.iter().skip(1)).all(|(a, b)| a.0 + 1 == b.0 && a.1 == b.1);
            assert!(stretch || lost.len() == rows.len(), "{context}");
            match engine.snapshot().and_then(|snapshot| everything(&*snapshot)) {
                Ok(found) => assert!(lost.is_empty() && found == rows, "{context}"),
                Err(error) => assert_eq!(error.kind(), ErrorKind::Corrupted, "{context}"),
            }

            let report = engine.check().unwrap();
            if lost.is_empty() {
                harmless += 1;
            } else {
                felt += 1;
                assert!(report.iter().any(|line| line.starts_with(&format!("page {page} "))), "{context}: {report:?}");
                assert!(engine.stats().damaged_reads > 0, "{context}");
            }

            let mut written = rows.clone();
            let keys: Vec<_> = rows.keys().enumerate().filter(|(n, _)| !lost.iter().any(|(l, _)| l == n)).collect();
            for pick in 0..keys.len().min(4) {
                let (_, at) = keys[pick * (keys.len() - 1) / 3];
                let edit = Edit::from([(at.clone(), Some(vec![0x77; 90]))]);
                match write(&engine, &edit, Commit::Durable) {
                    Ok(()) => apply_to(&mut written, &edit),
                    Err(error) => {
                        assert_eq!(error.kind(), ErrorKind::Corrupted, "{context}");
                        unwritten += 1;
                    }
                }
            }
            let after = unreadable(&engine, &written, &context);
            assert!(after.iter().all(|row| lost.contains(row)), "{context}: a row was lost by writing");
            if engine.close().is_err() {
                refused += 1;
            }
            drop(engine);
            match open(&disk) {
                Ok(engine) => {
                    let after = unreadable(&engine, &written, &context);
                    assert!(after.iter().all(|row| lost.contains(row)), "{context}: a row was lost by closing");
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Corrupted, "{context}");
                    unopened += 1;
                }
            }
        }
    }
    println!(
        "{} pages, {} rows: {felt} felt, {harmless} not, {unwritten} writes failed, {refused} closes failed, \
         {unopened} did not open again",
        pages(&disk),
        rows.len()
    );
    assert!(felt > 150, "{felt}");
    assert!(unwritten <= 8 && unopened <= 8, "{unwritten} {unopened}");
}

#[test]
fn salvage_every_page() {
    quiet();
    let (disk, rows) = store();
    let image = {
        let disk = SimDisk::of(disk.image());
        std::mem::forget(open(&disk).unwrap());
        disk.image()
    };
    let tables = rows.keys().map(|(table, _)| *table).collect::<std::collections::BTreeSet<_>>().len();
    let (mut whole, mut most, mut less, mut unopened) = (0, 0, Vec::new(), 0);
    for page in 1..pages(&disk) {
        for kind in [Harm::Bit, Harm::Zeros] {
            let disk = SimDisk::of(image.clone());
            harm(&disk, page, kind);
            let context = format!("page {page}, {kind:?}");
            let damaged = disk.image();
            let shared = disk.shared();
            let salvage = match salvage_on(Arc::clone(&shared), &preamble_of(&shared), &KEY) {
                Ok(salvage) => salvage,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Corrupted, "{context}");
                    unopened += 1;
                    continue;
                }
            };
            let found = everything(&salvage).unwrap();
            assert!(found.iter().all(|(at, value)| rows.get(at) == Some(value)), "{context}");
            assert_eq!(salvage.gaps().is_empty(), found.len() == rows.len(), "{context}");
            drop(salvage);
            assert!(disk.image() == damaged, "{context}: salvage wrote");
            assert_eq!(disk.image(), {
                let same = SimDisk::of(image.clone());
                harm(&same, page, kind);
                same.image()
            });
            match found.len() * 10 {
                n if n == rows.len() * 10 => whole += 1,
                n if n >= rows.len() * 9 => most += 1,
                n => less.push((page, n * 10 / rows.len())),
            }
        }
    }
    println!(
        "{} pages, {} rows: {whole} whole, {most} with nine of ten rows, {less:?} with less, {unopened} did not open",
        pages(&disk),
        rows.len()
    );
    assert!(most > 100, "{most}");
    assert!(less.len() + unopened <= 2 * (tables + 1), "{less:?}");
}

#[test]
fn salvage_finds_rows_between_two_damaged_pages() {
    quiet();
    let (disk, rows) = store();
    let image = disk.image();
    let mut chance = Chance(5);
    let mut shares = Vec::new();
    for _ in 0..60 {
        let disk = SimDisk::of(image.clone());
        for _ in 0..3 {
            harm(&disk, 1 + chance.below(pages(&disk) - 1), Harm::Bit);
        }
        let shared = disk.shared();
        if let Ok(salvage) = salvage_on(Arc::clone(&shared), &preamble_of(&shared), &KEY) {
            let found = everything(&salvage).unwrap();
            assert!(found.iter().all(|(at, value)| rows.get(at) == Some(value)));
            let mut backwards = Vec::new();
            salvage
                .scan(Table::PData, Span { start: b"", end: None }, Order::Descending, &mut |key, _| {
                    backwards.push(key.to_vec());
                    Ok(ControlFlow::Continue(()))
                })
                .unwrap();
            backwards.reverse();
            let forwards = found.keys().filter(|(t, _)| *t == Table::PData).map(|(_, key)| key.clone());
            assert_eq!(backwards, forwards.collect::<Vec<_>>());
            shares.push(found.len() * 100 / rows.len());
        }
    }
    shares.sort_unstable();
    println!("three damaged pages: {shares:?}");
    assert!(shares.len() > 40 && shares[shares.len() / 2] >= 90, "{shares:?}");
}
