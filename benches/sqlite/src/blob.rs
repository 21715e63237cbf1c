//! FHIR JSON as it is in one table, search parameters in index tables beside it: the shape of FHIR libraries for phones.
//! It writes fewer index rows than they do, so its cost is a lower bound of theirs.

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use prm_benches::{Answer, Bundle, Case, Engine, Entry, Id, Result, Unoffered};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::search_parameters::{IndexRow, index_rows};
use crate::{connection, journal};

const TABLES: &str = "
    CREATE TABLE resource (number INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
        recorded INTEGER NOT NULL, json TEXT NOT NULL);
    CREATE UNIQUE INDEX resource_id ON resource (type, id);
    CREATE TABLE text_index (type TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL COLLATE NOCASE, number INTEGER NOT NULL);
    CREATE INDEX text_value ON text_index (type, name, value, number);
    CREATE INDEX text_number ON text_index (number);
    CREATE TABLE token_index (type TEXT NOT NULL, name TEXT NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL, number INTEGER NOT NULL);
    CREATE INDEX token_value ON token_index (type, name, code, system, number);
    CREATE INDEX token_number ON token_index (number);
    CREATE TABLE reference_index (type TEXT NOT NULL, name TEXT NOT NULL, target TEXT NOT NULL, number INTEGER NOT NULL);
    CREATE INDEX reference_value ON reference_index (type, name, target, number);
    CREATE INDEX reference_number ON reference_index (number);
    CREATE TABLE date_index (type TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, number INTEGER NOT NULL);
    CREATE INDEX date_value ON date_index (type, name, at, number);
    CREATE INDEX date_number ON date_index (number);";

/// Resources of one transaction.
const BATCH: usize = 8_000;

/// The engine.
pub struct Blob(Connection);

/// A resource ready to be written.
struct Parsed {
    kind: String,
    id: String,
    json: String,
    rows: Vec<IndexRow>,
}

fn parse(bundle: &Bundle) -> Result<Vec<Parsed>> {
    let mut bundle: Value = serde_json::from_str(&bundle.text)?;
    let entries = bundle["entry"].as_array_mut().ok_or("a bundle without entries")?;
    entries
        .iter_mut()
        .map(|entry| {
            let resource = entry["resource"].take();
            let word = |member: &str| resource[member].as_str().map(str::to_owned).ok_or(format!("no {member}"));
            Ok(Parsed {
                kind: word("resourceType")?,
                id: word("id")?,
                rows: index_rows(&resource),
                // Without the whitespace of the file, as such libraries write it.
                json: resource.to_string(),
            })
        })
        .collect()
}

impl Blob {
    fn insert(&self, parsed: &Parsed) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO resource (type, id, version, recorded, json) VALUES (?, ?, 1, 1767225600, ?)")?
            .execute(params![parsed.kind, parsed.id, parsed.json])?;
        let (number, kind) = (self.0.last_insert_rowid(), &parsed.kind);
        for row in &parsed.rows {
            match row {
                IndexRow::Text { name, value } => self
                    .0
                    .prepare_cached("INSERT INTO text_index VALUES (?, ?, ?, ?)")?
                    .execute(params![kind, name, value, number])?,
                IndexRow::Token { name, system, code } => self
                    .0
                    .prepare_cached("INSERT INTO token_index VALUES (?, ?, ?, ?, ?)")?
                    .execute(params![kind, name, system, code, number])?,
                IndexRow::Reference { name, target } => self
                    .0
                    .prepare_cached("INSERT INTO reference_index VALUES (?, ?, ?, ?)")?
                    .execute(params![kind, name, target, number])?,
                IndexRow::Date { name, from } => self
                    .0
                    .prepare_cached("INSERT INTO date_index VALUES (?, ?, ?, ?)")?
                    .execute(params![kind, name, from, number])?,
            };
        }
        Ok(())
    }

    fn write(&self, batch: &[Parsed]) -> Result<()> {
        let transaction = self.0.unchecked_transaction()?;
        batch.iter().try_for_each(|parsed| self.insert(parsed))?;
        journal::write(&self.0, batch.iter().map(|_| ([3; 16], 1)))?;
        transaction.commit()?;
        Ok(())
    }
}

impl Engine for Blob {
    fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let blob = Blob(connection::open(&folder.join("blob.db"))?);
        blob.0.execute_batch(TABLES)?;
        blob.0.execute_batch(journal::TABLES)?;
        Ok(blob)
    }

    fn open(folder: &Path) -> Result<Self> {
        Ok(Blob(connection::open(&folder.join("blob.db"))?))
    }

    fn close(self) -> Result<()> {
        connection::close(self.0)
    }

    fn settings(&self) -> Result<String> {
        Ok(format!("{}, JSON with index tables", connection::settings(&self.0)?))
    }

    /// One thread parses, the other writes.
    fn import(&mut self, bundles: &[Bundle]) -> Result<u64> {
        thread::scope(|scope| {
            let (to_writer, from_parser) = sync_channel::<Result<Vec<Parsed>>>(4);
            scope.spawn(move || bundles.iter().map(parse).try_for_each(|parsed| to_writer.send(parsed)).ok());
            let (mut batch, mut came_in) = (Vec::new(), 0);
            for parsed in from_parser {
                batch.extend(parsed?);
                if batch.len() >= BATCH {
                    self.write(&batch)?;
                    came_in += batch.len() as u64;
                    batch.clear();
                }
            }
            self.write(&batch)?;
            Ok(came_in + batch.len() as u64)
        })
    }

    fn ingest(&mut self, _: &[Case]) -> Result<()> {
        Err(Unoffered.into())
    }

    fn point(&mut self, _: Id) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn first(&mut self, _: Id) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn timeline(&mut self, _: Id, _: usize) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn prefix(&mut self, _: &str) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn fuzzy(&mut self, _: &str, _: &str) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn add(&mut self, _: Id, _: &Entry) -> Result<()> {
        Err(Unoffered.into())
    }

    fn edit(&mut self, _: Id, _: &str) -> Result<()> {
        Err(Unoffered.into())
    }
}
