//! The library's own layout of rows in SQLite, one table without rowid for each of its tables.

use std::path::Path;

use prm_benches::{Kv, Result, Rows, Space, Visit};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::connection;

const NAMES: [&str; 8] = ["patient", "pdata", "ident", "name", "token", "code", "journal", "audit"];

fn name(space: Space) -> Result<&'static str> {
    NAMES.get(space as usize).copied().ok_or_else(|| "no such table".into())
}

/// Rows of bytes in SQLite.
pub struct Layout(Connection);

struct Within<'c>(&'c Connection);

impl Rows for Within<'_> {
    fn get(&mut self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        let mut by_key = self.0.prepare_cached(&format!("SELECT v FROM {} WHERE k = ?", name(space)?))?;
        Ok(by_key.query_row([key], |row| row.get(0)).optional()?)
    }

    fn scan(&mut self, space: Space, prefix: &[u8], each: &mut Visit<'_>) -> Result<()> {
        let mut from = self.0.prepare_cached(&format!("SELECT k, v FROM {} WHERE k >= ? ORDER BY k", name(space)?))?;
        let mut rows = from.query([prefix])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(0)?.as_blob()?;
            if !key.starts_with(prefix) || !each(key, row.get_ref(1)?.as_blob()?)? {
                break;
            }
        }
        Ok(())
    }

    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<()> {
        self.0
            .prepare_cached(&format!("INSERT OR REPLACE INTO {} VALUES (?, ?)", name(space)?))?
            .execute(params![key, value])?;
        Ok(())
    }

    fn remove(&mut self, space: Space, key: &[u8]) -> Result<()> {
        self.0.prepare_cached(&format!("DELETE FROM {} WHERE k = ?", name(space)?))?.execute([key])?;
        Ok(())
    }
}

impl Kv for Layout {
    fn create(folder: &Path, spaces: &[Space]) -> Result<Self> {
        let connection = connection::open(&folder.join("layout.db"))?;
        for space in spaces {
            let name = name(*space)?;
            connection
                .execute_batch(&format!("CREATE TABLE {name} (k BLOB PRIMARY KEY, v BLOB NOT NULL) WITHOUT ROWID;"))?;
        }
        Ok(Layout(connection))
    }

    fn open(folder: &Path) -> Result<Self> {
        Ok(Layout(connection::open(&folder.join("layout.db"))?))
    }

    fn close(self) -> Result<()> {
        connection::close(self.0)
    }

    fn settings(&self) -> Result<String> {
        Ok(format!("{}, the library's layout in tables without rowid", connection::settings(&self.0)?))
    }

    fn read<T>(&mut self, of: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T> {
        let transaction = self.0.unchecked_transaction()?;
        let out = of(&mut Within(&self.0))?;
        transaction.commit()?;
        Ok(out)
    }

    fn write(&mut self, deed: impl FnOnce(&mut dyn Rows) -> Result<()>) -> Result<()> {
        let transaction = self.0.unchecked_transaction()?;
        deed(&mut Within(&self.0))?;
        transaction.commit()?;
        Ok(())
    }
}
