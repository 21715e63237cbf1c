//! Both engines against a plain map, under random operations and failing writes.

use proptest::prelude::*;

use super::*;
use crate::ErrorKind;
use crate::store::engine::memory::MemoryEngine;

#[derive(Debug, Clone)]
enum Act {
    Put(u8, Vec<u8>, Vec<u8>),
    Delete(u8, Vec<u8>),
    Apply(u64),
    Scan(u8, Vec<u8>, Option<Vec<u8>>, bool, usize),
    Commit(bool),
    Drop,
    Reopen,
}

fn key() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(0u8..5, 0..5)
}

fn act() -> impl Strategy<Value = Act> {
    let value = prop_oneof![
        4 => proptest::collection::vec(any::<u8>(), 0..60),
        1 => (any::<u8>(), 1_000usize..12_000).prop_map(|(byte, len)| vec![byte; len]),
    ];
    prop_oneof![
        8 => (0u8..3, key(), value).prop_map(|(t, k, v)| Act::Put(t, k, v)),
        3 => (0u8..3, key()).prop_map(|(t, k)| Act::Delete(t, k)),
        2 => any::<u64>().prop_map(Act::Apply),
        4 => (0u8..3, key(), proptest::option::of(key()), any::<bool>(), 1usize..30)
            .prop_map(|(t, s, e, d, n)| Act::Scan(t, s, e, d, n)),
        3 => any::<bool>().prop_map(Act::Commit),
        1 => Just(Act::Drop),
        1 => Just(Act::Reopen),
    ]
}

fn rows(read: &dyn Read, table: Table, span: Span<'_>, order: Order, limit: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    read.scan(table, span, order, &mut |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        Ok(if rows.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })
    .unwrap();
    rows
}

/// Runs `acts` on an engine and on a map that is committed and dropped with it.
fn agree(acts: &[Act], mut engine: Box<dyn Engine>, reopen: &dyn Fn(Box<dyn Engine>) -> Box<dyn Engine>) {
    let mut committed = Rows::new();
    let mut acts = acts.iter().peekable();
    while acts.peek().is_some() {
        let mut uncommitted = committed.clone();
        let mut again = false;
        let mut transaction = engine.begin().unwrap();
        let mut end = None;
        for act in acts.by_ref() {
            match act {
                Act::Put(t, key, value) => {
                    let table = Table::ALL[*t as usize];
                    transaction.put(table, key, value).unwrap();
                    uncommitted.insert((table, key.clone()), value.clone());
                }
                Act::Delete(t, key) => {
                    let table = Table::ALL[*t as usize];
                    let was = uncommitted.remove(&(table, key.clone())).is_some();
                    assert_eq!(transaction.delete(table, key).unwrap(), was);
                    assert_eq!(transaction.get(table, key).unwrap(), None);
                }
                Act::Apply(seed) => {
                    let edit = Chance(*seed).edit(8);
                    transaction.apply(&mut edit.iter().map(|((t, k), v)| (*t, k.as_slice(), v.as_deref()))).unwrap();
                    apply_to(&mut uncommitted, &edit);
                }
                Act::Scan(t, start, stop, descending, limit) => {
                    let table = Table::ALL[*t as usize];
                    let span = Span { start, end: stop.as_deref() };
                    let order = if *descending { Order::Descending } else { Order::Ascending };
                    let mut expected: Vec<_> = uncommitted
                        .iter()
                        .filter(|((t, k), _)| *t == table && k >= start && stop.as_ref().is_none_or(|s| k < s))
                        .map(|((_, k), v)| (k.clone(), v.clone()))
                        .collect();
                    if *descending {
                        expected.reverse();
                    }
                    expected.truncate(*limit);
                    assert_eq!(rows(&*transaction, table, span, order, *limit), expected);
                    let len = uncommitted.keys().filter(|(t, _)| *t == table).count();
                    assert_eq!(transaction.count(table).unwrap(), len as u64);
                }
                Act::Commit(checkpoint) => {
                    end = Some(if *checkpoint { Commit::Checkpoint } else { Commit::Durable });
                    break;
                }
                Act::Drop => break,
                Act::Reopen => {
                    again = true;
                    break;
                }
            }
        }
        assert_eq!(everything(&*engine.snapshot().unwrap()).unwrap(), committed);
        match end {
            Some(how) => {
                transaction.commit(how).unwrap();
                committed = uncommitted;
            }
            None => drop(transaction),
        }
        assert_eq!(everything(&*engine.snapshot().unwrap()).unwrap(), committed);
        if again {
            engine = reopen(engine);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if long() { 2_000 } else { 100 }, ..ProptestConfig::default() })]

    #[test]
    fn engines_agree_with_a_map(acts in proptest::collection::vec(act(), 0..60)) {
        agree(&acts, Box::new(MemoryEngine::new()), &|engine| engine);
        let disk = SimDisk::new();
        agree(&acts, Box::new(create(&disk)), &|engine| {
            engine.close().unwrap();
            Box::new(open(&disk).unwrap())
        });
    }

    #[test]
    fn a_failing_disk_loses_nothing_committed(
        seed in any::<u64>(), calls in 0u64..120, full in any::<bool>(), commits in 1usize..12,
    ) {
        let disk = SimDisk::new();
        let engine = create(&disk);
        let mut chance = Chance(seed);
        let mut committed = Rows::new();
        let kind = if full { std::io::ErrorKind::StorageFull } else { std::io::ErrorKind::Other };
        disk.fail_after(calls, kind);
        let mut unsure = None;
        for _ in 0..commits {
            let edit = chance.edit(12);
            let mut after = committed.clone();
            apply_to(&mut after, &edit);
            match write(&engine, &edit, Commit::Durable) {
                Ok(()) => committed = after,
                Err(error) => {
                    prop_assert!(matches!(error.kind(), ErrorKind::Io | ErrorKind::Full), "{error:?}");
                    unsure = Some(after);
                    break;
                }
            }
        }
        let _ = engine.close();
        drop(engine);
        disk.mend();
        let engine = open(&disk).unwrap();
        let found = everything(&*engine.snapshot().unwrap()).unwrap();
        prop_assert!(found == committed || Some(&found) == unsure.as_ref());
        write(&engine, &chance.edit(12), Commit::Durable).unwrap();
    }
}
