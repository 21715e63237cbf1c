//! Copying what can still be read of a damaged store into a new one: records, history, journal and audit row by row, keys
//! and log with them. Index rows are made anew from the records.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use super::start::{Folder, engine_options};
use super::{OpenOptions, Salvaged};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{IdSource, RecordId};
use crate::session::reindex;
use crate::store::engine::redb::RedbEngine;
use crate::store::engine::salvage::open_for_salvage;
use crate::store::engine::{Commit, Engine, Order, Read};
use crate::store::key::{Key, Pid, Prefix};
use crate::store::ring::KeyRing;
use crate::store::state::State;
use crate::store::tables::Table;
use crate::store::{medium, migrate};

/// Bytes of rows that one commit of the copy holds.
const BATCH: usize = 4 << 20;

pub(super) fn salvage(from: &Path, to: &Path, options: OpenOptions) -> Result<Salvaged> {
    let (source, target) = (Folder::at(from), Folder::at(to));
    let preamble = RedbEngine::peek(&source.data)?;
    let ring = KeyRing::open(&source.keys, preamble.store_id, &options.key)?;
    let page_key = ring.page_key(preamble.page_key_gen)?;
    let salvage = open_for_salvage(&source.data, &preamble, &page_key)?;
    super::start::make_folder(to)?;
    let copied = (|| {
        fs::copy(&source.keys, &target.keys)?;
        if source.log.exists() {
            fs::copy(&source.log, &target.log)?;
        }
        let generation = ring.newest_page_key();
        let key = ring.page_key(generation)?;
        let engine_options = engine_options(&options);
        let (suite, store) = (ring.suite(), preamble.store_id);
        let engine = RedbEngine::create(&target.data, suite, store, generation, &key, &engine_options)?;
        let (rows, patients) = copy(&salvage, &engine, &options)?;
        let mut lost: Vec<String> = salvage
            .gaps()
            .iter()
            .map(|gap| format!("table {}: {} stretches of rows cannot be read", gap.table.name(), gap.gaps))
            .collect();
        if let Some(state) = state(&engine, &ring, &options)? {
            lost.push(
                "table meta: the state of the store was lost and is made anew; policy and counters may be behind"
                    .into(),
            );
            let (row, bytes) = state.row()?;
            let mut transaction = engine.begin()?;
            transaction.put(Table::Meta, &row, &bytes)?;
            transaction.commit(Commit::Checkpoint)?;
        }
        let ids = IdSource::new(options.ids);
        lost.extend(reindex::all(&engine, &ring, &patients, &ids, &options.zones, options.clock.now())?);
        engine.close()?;
        for file in [&target.keys, &target.log, &target.data].into_iter().filter(|file| file.exists()) {
            fs::File::open(file)?.sync_all()?;
        }
        medium::sync_folder(&target.data)?;
        medium::sync_folder(to)?;
        Ok(Salvaged { rows, lost })
    })();
    if copied.is_err() {
        // The folder is ours: it was not there a moment ago.
        let _ = fs::remove_dir_all(to);
    }
    copied
}

/// Copies what is not made anew from records. Gives the number of rows, and the ids of patients that were found.
fn copy(from: &dyn Read, to: &dyn Engine, options: &OpenOptions) -> Result<(u64, HashMap<Pid, RecordId>)> {
    let mut rows = 0;
    let mut patients = HashMap::new();
    for table in Table::ALL {
        let all = Prefix::of(Key::new().done());
        let mut batch = Vec::new();
        let mut bytes = 0;
        from.scan(table, all.span(), Order::Ascending, &mut |key, value| {
            options.progress.go_on()?;
            patients.extend(reindex::patient_of(table, key, value));
            if reindex::is_derived(table, key) {
                return Ok(ControlFlow::Continue(()));
            }
            bytes += key.len() + value.len();
            batch.push((key.to_vec(), value.to_vec()));
            if bytes >= BATCH {
                rows += put(to, table, &mut batch)?;
                bytes = 0;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        rows += put(to, table, &mut batch)?;
    }
    Ok((rows, patients))
}

fn put(to: &dyn Engine, table: Table, batch: &mut Vec<(Vec<u8>, Vec<u8>)>) -> Result<u64> {
    batch.sort_unstable();
    batch.dedup_by(|a, b| a.0 == b.0);
    let mut transaction = to.begin()?;
    transaction.apply(&mut batch.iter().map(|(key, value)| (table, key.as_slice(), Some(value.as_slice()))))?;
    transaction.commit(Commit::Durable)?;
    let rows = batch.len() as u64;
    batch.clear();
    Ok(rows)
}

/// A state for rows whose own was lost; none if it was not.
fn state(engine: &dyn Engine, ring: &KeyRing, options: &OpenOptions) -> Result<Option<State>> {
    let snapshot = engine.snapshot()?;
    match State::read(&*snapshot) {
        Ok(_) => return Ok(None),
        Err(e) if e.kind() == ErrorKind::Corrupted => {}
        Err(e) => return Err(e),
    }
    let (sequence, _) = last(&*snapshot, Table::Journal)?;
    let (audit_sequence, entry) = last(&*snapshot, Table::Audit)?;
    let mut state = State::first(options.zones.version())?;
    state.next_pid = ring.len().max(1);
    state.sequence = sequence;
    state.audit_sequence = audit_sequence;
    state.audit_head = entry.first_chunk().copied().unwrap_or_default();
    // Numbers given before are never given again: beyond any that can be there.
    state.next_number = [1 << 31; 4];
    state.policy_sequence = sequence + 1;
    state.min_ring_generation = ring.generation();
    state.migrations = migrate::NEWEST;
    Ok(Some(state))
}

/// The last sequence of a table and its row.
fn last(read: &dyn Read, table: Table) -> Result<(u64, Vec<u8>)> {
    let mut last = (0, Vec::new());
    let all = Prefix::of(Key::new().done());
    read.scan(table, all.span(), Order::Descending, &mut |key, value| {
        let sequence = key.last_chunk().map(|sequence| u64::from_be_bytes(*sequence));
        let damaged = || Error::corrupted(table.name(), key, "a sequence is cut off");
        last = (sequence.ok_or_else(damaged)?, value.to_vec());
        Ok(ControlFlow::Break(()))
    })?;
    Ok(last)
}
