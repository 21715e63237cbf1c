//! Power losses at every point, with torn and reordered writes between syncs.

use super::disk::{Op, Step, keep_all, lose_power};
use super::*;

/// A history of commits, with the state after each and where in the history it was acknowledged.
struct Recorded {
    steps: Vec<Step>,
    states: Vec<(usize, Rows)>,
}

fn record(seed: u64, commits: usize) -> Recorded {
    let disk = SimDisk::new();
    let mut engine = create(&disk);
    let mut start = disk.image();
    let mut chance = Chance(seed);
    disk.record();
    let mut rows = Rows::new();
    let mut states = vec![(0, rows.clone())];
    for n in 0..commits {
        let edit = chance.edit(if n % 10 == 0 { 120 } else { 20 });
        write(&engine, &edit, if chance.one_in(6) { Commit::Checkpoint } else { Commit::Durable }).unwrap();
        apply_to(&mut rows, &edit);
        states.push((disk.steps(), rows.clone()));
        if n == commits / 2 {
            engine.close().unwrap();
            engine = open(&disk).unwrap();
        }
    }
    let mut steps = vec![Step::Op(Op::Write(0, std::mem::take(&mut start).into())), Step::Sync];
    steps.extend(disk.history());
    states.iter_mut().for_each(|(at, _)| *at += 2);
    Recorded { steps, states }
}

fn survives(image: Vec<u8>, possible: &[&Rows], chance: &mut Chance, context: &str) {
    let disk = SimDisk::of(image);
    let engine = open(&disk).unwrap_or_else(|error| panic!("{context}: {error:?}"));
    let mut found = everything(&*engine.snapshot().unwrap()).unwrap_or_else(|error| panic!("{context}: {error:?}"));
    assert!(possible.contains(&&found), "{context}: {} rows are of no commit", found.len());
    assert_eq!(engine.stats().damaged_reads, 0, "{context}");
    let edit = chance.edit(10);
    write(&engine, &edit, Commit::Durable).unwrap();
    apply_to(&mut found, &edit);
    assert_eq!(everything(&*engine.snapshot().unwrap()).unwrap(), found, "{context}");
}

#[test]
fn every_sync_point() {
    let crashes = if long() { 20_000 } else { 2_000 };
    let seeds = 4;
    for seed in 0..seeds {
        let recorded = record(seed, 60);
        let mut chance = Chance(seed ^ 0xc4a5);
        let mut points: Vec<usize> =
            (0..crashes / seeds).map(|_| 2 + chance.below(recorded.steps.len() as u64 - 1) as usize).collect();
        points.sort_unstable();
        let (mut durable, mut pending, mut at) = (Vec::new(), Vec::new(), 0);
        for point in points {
            for step in &recorded.steps[at..point] {
                match step {
                    Step::Op(op) => pending.push(op.clone()),
                    Step::Sync => {
                        keep_all(&mut durable, &pending);
                        pending.clear();
                    }
                }
            }
            at = point;
            let acknowledged = recorded.states.iter().rposition(|(step, _)| *step <= point).unwrap();
            let possible: Vec<&Rows> = recorded.states[acknowledged..].iter().take(2).map(|(_, rows)| rows).collect();
            let image = lose_power(&durable, &pending, &mut chance);
            survives(image, &possible, &mut chance, &format!("seed {seed}, step {point}"));
        }
    }
}

#[test]
fn two_header_writes_between_syncs() {
    use crate::store::page::Pages;
    let disk = SimDisk::new();
    drop(create(&disk));
    let preamble = preamble_of(&disk.shared());
    let header = |disk: &SimDisk| {
        let mut page = [0; 320];
        Pages::open(disk.shared(), &preamble, &KEY).read(0, &mut page).map(|()| page[300])
    };
    let mut chance = Chance(7);
    for _ in 0..500 {
        let disk = SimDisk::of(disk.image());
        let pages = Pages::open(disk.shared(), &preamble, &KEY);
        let mut page = [0; 320];
        pages.read(0, &mut page).unwrap();
        let mut synced = 0;
        for value in 1..=6 {
            page[300] = value;
            pages.write(0, &page).unwrap();
            if chance.one_in(3) {
                pages.sync().unwrap();
                synced = value;
            }
            let found = header(&disk.power_loss(&mut chance)).unwrap();
            assert!((synced..=value).contains(&found), "{found} of {synced}..={value}");
            assert_eq!(header(&disk).unwrap(), value);
        }
    }
}

#[test]
fn kill_then_power_loss() {
    let mut chance = Chance(11);
    for round in 0..if long() { 2_000 } else { 200 } {
        let disk = SimDisk::new();
        let engine = create(&disk);
        let mut rows = Rows::new();
        for _ in 0..chance.below(4) {
            let edit = chance.edit(12);
            write(&engine, &edit, Commit::Durable).unwrap();
            apply_to(&mut rows, &edit);
        }
        // The commit under way when the process is killed has written some of its pages, and its header perhaps.
        let mut unsure = rows.clone();
        let edit = chance.edit(12);
        apply_to(&mut unsure, &edit);
        disk.fail_after(chance.below(24), std::io::ErrorKind::Other);
        let certain = write(&engine, &edit, Commit::Durable).is_ok();
        let killed = disk.kill();
        std::mem::forget(engine);
        let possible = if certain { vec![&unsure] } else { vec![&rows, &unsure] };
        let context = format!("round {round}");
        // Opening makes writes of its own, which the power loss may keep while it loses those before the kill.
        killed.fail_after(chance.below(8), std::io::ErrorKind::Other);
        if let Ok(engine) = open(&killed) {
            let found = everything(&*engine.snapshot().unwrap()).unwrap();
            assert!(possible.contains(&&found), "{context}");
            std::mem::forget(engine);
        }
        survives(killed.power_loss(&mut chance).image(), &possible, &mut chance, &context);
        killed.mend();
        survives(killed.kill().image(), &possible, &mut chance, &context);
    }
}
