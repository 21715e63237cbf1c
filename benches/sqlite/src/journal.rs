//! The journal and audit rows that every commit of the library writes, here as well.

use prm_benches::{Id, Result};
use rusqlite::{Connection, params};

pub(crate) const TABLES: &str = "
    CREATE TABLE journal (sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor BLOB NOT NULL, batch BLOB NOT NULL,
        changed BLOB NOT NULL);
    CREATE TABLE audit (sequence INTEGER PRIMARY KEY, entry BLOB NOT NULL);
    CREATE TABLE history (patient INTEGER NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL,
        PRIMARY KEY (patient, id, version)) WITHOUT ROWID;";

/// Pointers to the versions a batch wrote, and who wrote it.
pub(crate) fn write(connection: &Connection, changed: impl Iterator<Item = (Id, u32)>) -> Result<()> {
    let changed: Vec<u8> = changed.flat_map(|(id, version)| id.into_iter().chain(version.to_be_bytes())).collect();
    connection
        .prepare_cached("INSERT INTO journal (at, actor, batch, changed) VALUES (?, ?, ?, ?)")?
        .execute(params![1_767_225_600_i64, [1_u8; 16], [2_u8; 16], changed])?;
    // As long as an entry of the library: chained authentication, actor, purpose, time.
    connection.prepare_cached("INSERT INTO audit (entry) VALUES (?)")?.execute([[0x5a_u8; 96]])?;
    Ok(())
}
