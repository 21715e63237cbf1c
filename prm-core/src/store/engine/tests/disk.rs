//! A disk that remembers what was not yet synced, and can lose, tear or reorder it.

use std::io;
use std::ops::Bound;
use std::sync::{Arc, Mutex};

use redb::{BackendError, StorageBackend};

use super::Chance;
use crate::store::page::Disk;

/// What a crash may tear a write into.
const SECTOR: usize = 512;

#[derive(Debug, Clone)]
pub(crate) enum Op {
    Write(u64, Arc<[u8]>),
    SetLen(u64),
}

/// One call that changed the disk, in a history.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Op(Op),
    Sync,
}

/// Nonces of everything sealed, over several disks. All of them hold one file.
pub(crate) type Nonces = Arc<Mutex<Vec<[u8; 12]>>>;

#[derive(Debug, Default)]
struct State {
    durable: Vec<u8>,
    visible: Vec<u8>,
    pending: Vec<Op>,
    history: Option<Vec<Step>>,
    calls: u64,
    /// Writing calls that still succeed, then the error that all later ones give.
    failing: Option<(u64, io::ErrorKind)>,
    nonces: Option<Nonces>,
    lockless: bool,
    locked: bool,
    closed: u64,
}

/// A handle of the disk; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SimDisk(Arc<Mutex<State>>);

fn apply(image: &mut Vec<u8>, op: &Op) {
    match op {
        Op::SetLen(len) => image.resize(*len as usize, 0),
        Op::Write(offset, bytes) => {
            let (start, end) = (*offset as usize, *offset as usize + bytes.len());
            if image.len() < end {
                image.resize(end, 0);
            }
            image[start..end].copy_from_slice(bytes);
        }
    }
}

/// What a sync leaves.
pub(crate) fn keep_all(image: &mut Vec<u8>, pending: &[Op]) {
    pending.iter().for_each(|op| apply(image, op));
}

/// What a power loss leaves: each call since the last sync whole, in part, or not at all.
pub(crate) fn lose_power(durable: &[u8], pending: &[Op], chance: &mut Chance) -> Vec<u8> {
    let mut image = durable.to_vec();
    let (kept, torn) = (chance.below(101), 1 + chance.below(8));
    let in_order = chance.one_in(4).then(|| chance.below(pending.len() as u64 + 1) as usize);
    for (i, op) in pending.iter().enumerate() {
        if in_order.is_some_and(|n| i >= n) || (in_order.is_none() && chance.below(100) >= kept) {
            continue;
        }
        match op {
            Op::SetLen(_) => apply(&mut image, op),
            Op::Write(offset, bytes) => {
                let whole = !chance.one_in(torn);
                for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                    let start = *offset as usize + n * SECTOR;
                    // Behind an end that was not moved nothing is kept.
                    let room = image.len().saturating_sub(start).min(sector.len());
                    if room > 0 && (whole || chance.one_in(2)) {
                        image[start..start + room].copy_from_slice(&sector[..room]);
                    }
                }
            }
        }
    }
    image
}

impl SimDisk {
    pub(crate) fn new() -> Self {
        SimDisk::default()
    }

    pub(crate) fn of(image: Vec<u8>) -> Self {
        let disk = SimDisk::new();
        disk.with(|state| (state.visible, state.durable) = (image.clone(), image));
        disk
    }

    pub(crate) fn shared(&self) -> Arc<Disk> {
        Arc::new(self.clone())
    }

    fn with<T>(&self, call: impl FnOnce(&mut State) -> T) -> T {
        call(&mut self.0.lock().unwrap())
    }

    /// Bytes as a reader sees them now.
    pub(crate) fn image(&self) -> Vec<u8> {
        self.with(|state| state.visible.clone())
    }

    /// Changes bytes behind everyone's back.
    pub(crate) fn edit(&self, edit: impl FnOnce(&mut Vec<u8>)) {
        self.with(|state| {
            edit(&mut state.visible);
            state.durable = state.visible.clone();
        });
    }

    pub(crate) fn record(&self) {
        self.with(|state| state.history = Some(Vec::new()));
    }

    pub(crate) fn steps(&self) -> usize {
        self.with(|state| state.history.as_ref().map_or(0, Vec::len))
    }

    pub(crate) fn history(&self) -> Vec<Step> {
        self.with(|state| state.history.clone().unwrap_or_default())
    }

    pub(crate) fn calls(&self) -> u64 {
        self.with(|state| state.calls)
    }

    pub(crate) fn closed(&self) -> u64 {
        self.with(|state| state.closed)
    }

    pub(crate) fn fail_after(&self, calls: u64, kind: io::ErrorKind) {
        self.with(|state| state.failing = Some((calls, kind)));
    }

    pub(crate) fn mend(&self) {
        self.with(|state| state.failing = None);
    }

    pub(crate) fn noting(self, nonces: &Nonces) -> Self {
        self.with(|state| state.nonces = Some(Arc::clone(nonces)));
        self
    }

    pub(crate) fn without_locks(self) -> Self {
        self.with(|state| state.lockless = true);
        self
    }

    /// The process is gone, the machine is not: what was written is seen, what was not synced may yet be lost.
    pub(crate) fn kill(&self) -> SimDisk {
        let killed = SimDisk::new();
        let (durable, visible, pending) =
            self.with(|state| (state.durable.clone(), state.visible.clone(), state.pending.clone()));
        killed.with(|state| (state.durable, state.visible, state.pending) = (durable, visible, pending));
        killed
    }

    pub(crate) fn power_loss(&self, chance: &mut Chance) -> SimDisk {
        SimDisk::of(self.with(|state| lose_power(&state.durable, &state.pending, chance)))
    }

    fn change(&self, op: Op) -> io::Result<()> {
        self.with(|state| {
            state.calls += 1;
            state.fails()?;
            apply(&mut state.visible, &op);
            if let Some(history) = &mut state.history {
                history.push(Step::Op(op.clone()));
            }
            state.pending.push(op);
            Ok(())
        })
    }

    fn lock(&self) -> Result<bool, BackendError> {
        self.with(|state| {
            state.calls += 1;
            if state.lockless {
                return Err(BackendError::Unsupported);
            }
            state.locked = true;
            Ok(true)
        })
    }
}

impl State {
    fn fails(&mut self) -> io::Result<()> {
        match &mut self.failing {
            Some((0, kind)) => Err((*kind).into()),
            Some((left, _)) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl StorageBackend for SimDisk {
    fn len(&self) -> io::Result<u64> {
        self.with(|state| {
            state.calls += 1;
            Ok(state.visible.len() as u64)
        })
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.with(|state| {
            state.calls += 1;
            let bytes = state.visible.get(offset as usize..).and_then(|b| b.get(..out.len()));
            bytes.map(|bytes| out.copy_from_slice(bytes)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        })
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.change(Op::SetLen(len))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.with(|state| {
            state.calls += 1;
            state.fails()?;
            let pending = std::mem::take(&mut state.pending);
            pending.iter().for_each(|op| apply(&mut state.durable, op));
            if let Some(history) = &mut state.history {
                history.push(Step::Sync);
            }
            Ok(())
        })
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        if let Some(nonces) = self.with(|state| state.nonces.clone()) {
            let sealed = match offset {
                0 => &[],
                4096 | 12288 => &data[16..],
                _ => data,
            };
            nonces
                .lock()
                .unwrap()
                .extend(sealed.chunks_exact(4128).map(|s| <[u8; 12]>::try_from(&s[4112..4124]).unwrap()));
        }
        self.change(Op::Write(offset, data.into()))
    }

    fn close(&self) -> io::Result<()> {
        self.with(|state| {
            state.calls += 1;
            state.closed += 1;
            state.locked = false;
        });
        Ok(())
    }

    fn try_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        self.lock()
    }

    fn try_lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        self.lock()
    }

    fn lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        self.lock().map(drop)
    }

    fn lock_shared_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        self.lock().map(drop)
    }

    fn unlock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<(), BackendError> {
        self.with(|state| state.calls += 1);
        Ok(())
    }

    fn query_lock_range(&self, _: Bound<u64>, _: Bound<u64>) -> Result<bool, BackendError> {
        self.with(|state| state.calls += 1);
        Ok(false)
    }
}
