//! No nonce is ever used twice under one key.

use std::collections::HashSet;

use super::*;

#[test]
fn collect() {
    let wanted = if long() { 1_000_000 } else { 100_000 };
    let seen = disk::Nonces::default();
    let first = SimDisk::new().noting(&seen);
    let mut engine = create(&first);
    let mut on = first;
    let mut chance = Chance(13);
    let (mut crashes, mut copies) = (0, 0);
    let work = |engine: &RedbEngine, chance: &mut Chance| {
        let mut edit = chance.edit(30);
        edit.insert((Table::PData, vec![9; 9]), Some(vec![chance.next() as u8; 400_000]));
        write(engine, &edit, if chance.one_in(4) { Commit::Checkpoint } else { Commit::Durable }).unwrap();
    };
    while seen.lock().unwrap().len() < wanted {
        for _ in 0..8 {
            work(&engine, &mut chance);
        }
        if chance.one_in(2) {
            // The same bytes, opened twice and given the same work: only the nonces may differ.
            let same = chance.clone();
            let twin = SimDisk::of(on.image()).noting(&seen);
            work(&open(&twin).unwrap(), &mut same.clone());
            let other = SimDisk::of(on.image()).noting(&seen);
            work(&open(&other).unwrap(), &mut same.clone());
            copies += 1;
        } else {
            let after = on.power_loss(&mut chance).noting(&seen);
            std::mem::forget(engine);
            engine = open(&after).unwrap();
            on = after;
            crashes += 1;
        }
    }
    let seen = seen.lock().unwrap();
    let distinct: HashSet<_> = seen.iter().collect();
    println!("{} seals, {crashes} crashes, {copies} copies", seen.len());
    assert_eq!(distinct.len(), seen.len());
    assert!(crashes > 5 && copies > 5);
}
