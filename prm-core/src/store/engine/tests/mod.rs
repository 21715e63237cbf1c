//! Crashes, damage, nonces and locks, over a simulated disk and over files.

mod crash;
mod damage;
pub(crate) mod disk;
pub(super) mod lockable;
mod model;
mod nonce;
mod open;
mod pages;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::redb::{EngineOptions, RedbEngine};
use super::{Commit, Engine, Order, Read, Span};
use crate::error::Result;
use crate::store::cipher::Suite;
use crate::store::page::Disk;
use crate::store::preamble::{PREAMBLE, Preamble, parse_preamble};
use crate::store::tables::Table;
use disk::SimDisk;

const KEY: [u8; 32] = [0x4b; 32];
const STORE: [u8; 16] = [0x51; 16];

/// Rows of every table, as a plain map.
type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;
/// What one commit writes: puts and deletes in key order.
type Edit = BTreeMap<(Table, Vec<u8>), Option<Vec<u8>>>;

fn long() -> bool {
    std::env::var_os("PRM_LONG").is_some_and(|v| v == "1")
}

/// Keeps what redb panics with over damage out of the output; every other panic is shown.
fn quiet() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let shown = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !panic.location().is_some_and(|place| place.file().contains("redb-")) {
                shown(panic);
            }
        }));
    });
}

fn create(disk: &SimDisk) -> RedbEngine {
    RedbEngine::create_on(disk.shared(), Suite::Aes256Gcm, STORE, 1, &KEY, &EngineOptions::default()).unwrap()
}

fn preamble_of(disk: &Arc<Disk>) -> Preamble {
    let mut bytes = [0; PREAMBLE];
    disk.read(0, &mut bytes).unwrap();
    parse_preamble(&bytes).unwrap()
}

fn open(disk: &SimDisk) -> Result<RedbEngine> {
    let disk = disk.shared();
    RedbEngine::open_on(Arc::clone(&disk), &preamble_of(&disk), &KEY, &EngineOptions::default())
}

fn write(engine: &dyn Engine, edit: &Edit, how: Commit) -> Result<()> {
    let mut transaction = engine.begin()?;
    transaction.apply(&mut edit.iter().map(|((table, key), value)| (*table, key.as_slice(), value.as_deref())))?;
    transaction.commit(how)
}

fn everything(read: &dyn Read) -> Result<Rows> {
    let mut rows = Rows::new();
    for table in Table::ALL {
        read.scan(table, Span { start: b"", end: None }, Order::Ascending, &mut |key, value| {
            rows.insert((table, key.to_vec()), value.to_vec());
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(rows)
}

fn apply_to(rows: &mut Rows, edit: &Edit) {
    for (at, value) in edit {
        match value {
            Some(value) => rows.insert(at.clone(), value.clone()),
            None => rows.remove(at),
        };
    }
}

/// Splitmix64 (Steele, Lea, Flood 2014): reproducible from its seed.
#[derive(Debug, Clone)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// An edit of up to `rows` rows: small and large values, puts over puts, deletes.
    fn edit(&mut self, rows: u64) -> Edit {
        let mut edit = Edit::new();
        for _ in 0..=self.below(rows) {
            let table = Table::ALL[self.below(4) as usize];
            let key = self.below(400).to_be_bytes()[6..].repeat(8);
            let value = (!self.one_in(5)).then(|| {
                let len = match self.below(20) {
                    0 => 9_000,
                    1..4 => 2_000,
                    _ => 120,
                };
                let byte = self.next().to_le_bytes();
                byte.iter().copied().cycle().take(len + self.below(40) as usize).collect()
            });
            edit.insert((table, key), value);
        }
        edit
    }
}
