//! redb alone with the library's layout: no cipher, no journal of its own, no gate. What the library's layers cost is the
//! difference to this.

use std::path::Path;

use prm_benches::{Kv, KvEngine, Result, Rows, Space, Visit, serve};
use redb::{
    Database, Durability, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, Table, TableDefinition,
};

type Bytes = &'static [u8];

const CACHE: usize = 1 << 30;

const TABLES: [TableDefinition<'static, Bytes, Bytes>; 8] = [
    TableDefinition::new("patient"),
    TableDefinition::new("pdata"),
    TableDefinition::new("ident"),
    TableDefinition::new("name"),
    TableDefinition::new("token"),
    TableDefinition::new("code"),
    TableDefinition::new("journal"),
    TableDefinition::new("audit"),
];

fn table(space: Space) -> Result<TableDefinition<'static, Bytes, Bytes>> {
    TABLES.get(space as usize).copied().ok_or_else(|| "no such table".into())
}

struct Redb(Database);

struct Reading {
    transaction: ReadTransaction,
    open: [Option<ReadOnlyTable<Bytes, Bytes>>; 8],
}

impl Reading {
    fn table(&mut self, space: Space) -> Result<&ReadOnlyTable<Bytes, Bytes>> {
        let slot = self.open.get_mut(space as usize).ok_or("no such table")?;
        if slot.is_none() {
            *slot = Some(self.transaction.open_table(table(space)?)?);
        }
        slot.as_ref().ok_or_else(|| "no such table".into())
    }
}

struct Writing<'t>(Vec<Table<'t, Bytes, Bytes>>);

impl<'t> Writing<'t> {
    fn table(&mut self, space: Space) -> Result<&mut Table<'t, Bytes, Bytes>> {
        self.0.get_mut(space as usize).ok_or_else(|| "no such table".into())
    }
}

fn scan_table(table: &impl ReadableTable<Bytes, Bytes>, prefix: &[u8], each: &mut Visit<'_>) -> Result<()> {
    for row in table.range::<&[u8]>(prefix..)? {
        let (key, value) = row?;
        if !key.value().starts_with(prefix) || !each(key.value(), value.value())? {
            break;
        }
    }
    Ok(())
}

impl Rows for Reading {
    fn get(&mut self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.table(space)?.get(key)?.map(|value| value.value().to_vec()))
    }

    fn scan(&mut self, space: Space, prefix: &[u8], each: &mut Visit<'_>) -> Result<()> {
        scan_table(self.table(space)?, prefix, each)
    }

    fn put(&mut self, _: Space, _: &[u8], _: &[u8]) -> Result<()> {
        Err("a read transaction writes nothing".into())
    }

    fn remove(&mut self, _: Space, _: &[u8]) -> Result<()> {
        Err("a read transaction writes nothing".into())
    }
}

impl Rows for Writing<'_> {
    fn get(&mut self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>> {
        Ok(self.table(space)?.get(key)?.map(|value| value.value().to_vec()))
    }

    fn scan(&mut self, space: Space, prefix: &[u8], each: &mut Visit<'_>) -> Result<()> {
        scan_table(self.table(space)?, prefix, each)
    }

    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<()> {
        self.table(space)?.insert(key, value)?;
        Ok(())
    }

    fn remove(&mut self, space: Space, key: &[u8]) -> Result<()> {
        self.table(space)?.remove(key)?;
        Ok(())
    }
}

impl Kv for Redb {
    fn create(folder: &Path, spaces: &[Space]) -> Result<Self> {
        let database = Database::builder().set_cache_size(CACHE).create(folder.join("data"))?;
        let transaction = database.begin_write()?;
        for space in spaces {
            transaction.open_table(table(*space)?)?;
        }
        transaction.commit()?;
        Ok(Redb(database))
    }

    fn open(folder: &Path) -> Result<Self> {
        Ok(Redb(Database::builder().set_cache_size(CACHE).open(folder.join("data"))?))
    }

    fn close(self) -> Result<()> {
        Ok(())
    }

    fn settings(&self) -> Result<String> {
        Ok("redb 4.6, unencrypted, Durability::Immediate, cache 1 GiB, the library's layout".to_owned())
    }

    fn read<T>(&mut self, of: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T> {
        of(&mut Reading { transaction: self.0.begin_read()?, open: [const { None }; 8] })
    }

    fn write(&mut self, deed: impl FnOnce(&mut dyn Rows) -> Result<()>) -> Result<()> {
        let mut transaction = self.0.begin_write()?;
        transaction.set_durability(Durability::Immediate)?;
        let tables = TABLES.iter().map(|table| transaction.open_table(*table)).collect::<Result<Vec<_>, _>>()?;
        deed(&mut Writing(tables))?;
        transaction.commit()?;
        Ok(())
    }
}

fn main() -> std::io::Result<()> {
    serve::<KvEngine<Redb>>(std::io::stdin().lock(), std::io::stdout().lock())
}

#[cfg(test)]
mod tests {
    use super::*;
    use prm_benches::{Phase, Population, rehearse};

    #[test]
    fn a_small_population_is_answered_as_it_was_made() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let ran = rehearse::<KvEngine<Redb>>(&folder.path().join("store"), Population { ordinary: 300, long: 1 })?;
        assert_eq!(ran.len(), Phase::ALL.len(), "neither misspelt names nor tables: {ran:?}");
        Ok(())
    }
}
