//! How a database is opened, and with which PRAGMAs.

use std::path::Path;

use prm_benches::Result;
use rusqlite::Connection;

use crate::{PROTECTION, Protection};

const RAW_KEY: &str = "x'2dd29ca851e7b56e4697b0e1f08507293d761a05ce4d1b628663f411a8086d99'";

/// 1 GiB of cache and as much of the file mapped, write-ahead log, every commit synced.
const PRAGMAS: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-1048576; \
                       PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;";

pub(crate) fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    if PROTECTION.get() == Some(&Protection::RawKey) {
        connection.execute_batch(&format!("PRAGMA key=\"{RAW_KEY}\";"))?;
    }
    connection.execute_batch(PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

/// Accesses are appended here: in the write-ahead log before the answer is given, synced at a checkpoint.
pub(crate) fn open_access_log(path: &Path) -> Result<Connection> {
    let connection = open(path)?;
    connection.execute_batch(
        "PRAGMA synchronous=NORMAL;
         CREATE TABLE IF NOT EXISTS access (sequence INTEGER PRIMARY KEY, patient BLOB NOT NULL, entry BLOB NOT NULL);",
    )?;
    Ok(connection)
}

/// Empties the write-ahead log and gives the file its statistics, as a host that closes well would.
pub(crate) fn close(connection: Connection) -> Result<()> {
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

pub(crate) fn settings(connection: &Connection) -> Result<String> {
    let text = |pragma: &str| -> Result<String> {
        Ok(connection.query_row(&format!("PRAGMA {pragma}"), [], |row| {
            row.get::<_, rusqlite::types::Value>(0).map(|value| match value {
                rusqlite::types::Value::Integer(number) => number.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
        })?)
    };
    let cipher = match PROTECTION.get() {
        Some(Protection::RawKey) => format!("SQLCipher {}, raw key, ", text("cipher_version")?),
        _ => String::new(),
    };
    Ok(format!(
        "{cipher}SQLite {}, journal_mode={}, synchronous={}, cache_size={}, mmap_size={}, page_size={}",
        rusqlite::version(),
        text("journal_mode")?,
        text("synchronous")?,
        text("cache_size")?,
        text("mmap_size").unwrap_or_else(|_| "none".to_owned()),
        text("page_size")?,
    ))
}
