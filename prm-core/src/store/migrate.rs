//! Steps from the rows of an older library to those of this one: numbered, idempotent, each with its mark in the
//! transaction that made it.

use crate::error::{Error, ErrorKind, Result};
use crate::store::engine::{Commit, Engine, Read};
use crate::store::state::{FORMAT, State};
use crate::store::writeset::WriteSet;

/// A step. It says how many rows it touched.
pub(crate) struct Migration {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&mut WriteSet<'_>) -> Result<u64>,
}

/// Every step so far, oldest first. None is ever removed or changed.
pub(crate) const MIGRATIONS: &[Migration] = &[];

/// Number of steps that a new store needs no more.
#[allow(clippy::cast_possible_truncation, reason = "the list is written by hand")]
pub(crate) const NEWEST: u32 = MIGRATIONS.len() as u32;

/// Applies the steps that a store has not seen.
///
/// # Errors
/// Whatever a step fails with; the steps before it are kept.
pub(crate) fn run(engine: &dyn Engine, state: State) -> Result<State> {
    run_list(MIGRATIONS, engine, state)
}

fn run_list(migrations: &[Migration], engine: &dyn Engine, mut state: State) -> Result<State> {
    while let Some(migration) = usize::try_from(state.migrations).ok().and_then(|done| migrations.get(done)) {
        let snapshot = engine.snapshot()?;
        let mut set = WriteSet::new(&*snapshot as &dyn Read);
        let rows = (migration.run)(&mut set)?;
        state.migrations += 1;
        let (row, bytes) = state.row()?;
        set.put(crate::store::tables::Table::Meta, row, bytes);
        let rows_to_write = set.into_rows();
        let mut transaction = engine.begin()?;
        transaction.apply(&mut rows_to_write.iter())?;
        transaction.commit(Commit::Checkpoint)?;
        tracing::info!(migration = migration.name, rows, "migrated");
    }
    Ok(state)
}

/// Whether this library can read the rows of a store.
///
/// # Errors
/// `UnsupportedFormat` if a newer one wrote them; `Corrupted` if the store has no state.
pub(crate) fn readable(read: &dyn Read) -> Result<()> {
    let format = State::format_of(read)?;
    if format > FORMAT {
        return Err(Error::new(ErrorKind::UnsupportedFormat, format!("the rows of the store have format {format}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::engine::Span;
    use crate::store::engine::memory::MemoryEngine;
    use crate::store::key::{Key, Prefix};
    use crate::store::tables::Table;
    use std::ops::ControlFlow;

    fn state() -> State {
        State::first("").unwrap()
    }

    fn store(state: &State) -> MemoryEngine {
        let engine = MemoryEngine::new();
        let mut transaction = engine.begin().unwrap();
        let (row, bytes) = state.row().unwrap();
        transaction.put(Table::Meta, &row, &bytes).unwrap();
        for n in 0..5u64 {
            transaction.put(Table::Token, &Key::new().text("a").u64(n).done(), b"old").unwrap();
        }
        transaction.commit(Commit::Durable).unwrap();
        engine
    }

    /// Doubles the value of each row; doing it twice would show.
    fn double(set: &mut WriteSet<'_>) -> Result<u64> {
        let mut rows = Vec::new();
        let all = Prefix::of(Key::new().done());
        set.scan(Table::Token, all.span(), crate::store::engine::Order::Ascending, &mut |key, value| {
            rows.push((key.to_vec(), value.to_vec()));
            Ok(ControlFlow::Continue(()))
        })?;
        for (key, value) in &rows {
            set.put(Table::Token, key.clone(), [value.as_slice(), value].concat());
        }
        Ok(rows.len() as u64)
    }

    fn fail(set: &mut WriteSet<'_>) -> Result<u64> {
        set.put(Table::Token, Key::new().text("half").done(), Vec::new());
        Err(Error::new(ErrorKind::Io, "in the middle"))
    }

    #[test]
    fn each_step_happens_once_and_a_failed_one_not_at_all() {
        let engine = store(&state());
        let list = [Migration { name: "double", run: double }, Migration { name: "fail", run: fail }];
        assert_eq!(run_list(&list, &engine, state()).unwrap_err().kind(), ErrorKind::Io);
        let again = State::read(&*engine.snapshot().unwrap()).unwrap();
        assert_eq!(again.migrations, 1);
        let done = run_list(&list[..1], &engine, again).unwrap();
        assert_eq!(done.migrations, 1);
        let snapshot = engine.snapshot().unwrap();
        let mut values = Vec::new();
        let all = Span { start: &[], end: None };
        snapshot
            .scan(Table::Token, all, crate::store::engine::Order::Ascending, &mut |_, value| {
                values.push(value.to_vec());
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        assert_eq!(values, vec![b"oldold".to_vec(); 5]);
    }

    #[test]
    fn rows_of_a_newer_library_are_refused() {
        let engine = store(&State { format: FORMAT + 1, ..state() });
        let error = readable(&*engine.snapshot().unwrap()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedFormat);
    }
}
