//! An engine of ordered rows of bytes that holds the library's layout.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use crate::bundles::Bundle;
use crate::engine::{Answer, Engine, Result, Unoffered, answer_of_text};
use crate::generate::{Case, Entry, Id};
use crate::layout::{self, Fields, Row, SPACES, Space};

/// Ordered rows of bytes in tables, with transactions.
pub trait Kv: Sized {
    /// Makes an empty store with these tables.
    fn create(folder: &Path, spaces: &[Space]) -> Result<Self>;
    /// Opens a store.
    fn open(folder: &Path) -> Result<Self>;
    /// Ends it.
    fn close(self) -> Result<()>;
    /// Version and settings.
    fn settings(&self) -> Result<String>;
    /// One read transaction.
    fn read<T>(&mut self, of: impl FnOnce(&mut dyn Rows) -> Result<T>) -> Result<T>;
    /// One durable write transaction.
    fn write(&mut self, deed: impl FnOnce(&mut dyn Rows) -> Result<()>) -> Result<()>;
}

/// The tables within a transaction.
pub trait Rows {
    /// The value at a key.
    fn get(&mut self, space: Space, key: &[u8]) -> Result<Option<Vec<u8>>>;
    /// Rows whose keys begin so, in order, until `each` says false.
    fn scan(&mut self, space: Space, prefix: &[u8], each: &mut dyn FnMut(&[u8], &[u8]) -> Result<bool>) -> Result<()>;
    /// Puts a row; only in a write transaction.
    fn put(&mut self, space: Space, key: &[u8], value: &[u8]) -> Result<()>;
    /// Removes a row; only in a write transaction.
    fn remove(&mut self, space: Space, key: &[u8]) -> Result<()>;
}

/// The library's layout over rows of bytes.
pub struct KvEngine<K> {
    kv: K,
    log: File,
    next_pid: u64,
    sequence: u64,
}

impl<K: Kv> KvEngine<K> {
    fn over(kv: K, folder: &Path, next_pid: u64, sequence: u64) -> Result<Self> {
        let log = OpenOptions::new().create(true).append(true).open(folder.join("log"))?;
        Ok(KvEngine { kv, log, next_pid, sequence })
    }
}

/// Puts rows in key order, then the journal and audit rows of the batch.
fn commit(rows: &mut Vec<Row>, to: &mut dyn Rows, sequence: u64) -> Result<()> {
    rows.sort_by(|a, b| (a.space, &a.key).cmp(&(b.space, &b.key)));
    for row in rows.iter() {
        to.put(row.space, &row.key, &row.value)?;
    }
    let key = sequence.to_be_bytes();
    let changed: Vec<u8> = rows
        .iter()
        .filter(|row| matches!(row.space, Space::Patient | Space::PData))
        .flat_map(|row| row.value.iter().take(20).copied())
        .collect();
    // A batch of many records is told in several rows, as a value of any size would be.
    for (part, changed) in changed.chunks(3_900).enumerate() {
        to.put(Space::Journal, &[key.as_slice(), &(part as u16).to_be_bytes()].concat(), changed)?;
    }
    to.put(Space::Audit, &key, &[0x5a; 96])
}

/// Counts tokens up.
fn count(tokens: &BTreeMap<String, u64>, to: &mut dyn Rows) -> Result<()> {
    for (token, more) in tokens {
        let before = to.get(Space::Token, token.as_bytes())?;
        let before = before.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes);
        to.put(Space::Token, token.as_bytes(), &(before + more).to_be_bytes())?;
    }
    Ok(())
}

fn pid_of(rows: &mut dyn Rows, id: &Id) -> Result<u64> {
    let bytes = rows.get(Space::Ident, &layout::id_key(id))?.ok_or("no such patient")?;
    Ok(u64::from_be_bytes(bytes.try_into().map_err(|_| "not a pid")?))
}

impl<K: Kv> Engine for KvEngine<K> {
    fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        KvEngine::over(K::create(folder, &SPACES)?, folder, 1, 1)
    }

    fn open(folder: &Path) -> Result<Self> {
        let mut kv = K::open(folder)?;
        let mut sequence = 0;
        // Commits are few; a store that is used would keep the counters in a row of their own.
        kv.read(|rows| {
            rows.scan(Space::Audit, &[], &mut |key, _| {
                sequence = key.try_into().map_or(sequence, u64::from_be_bytes);
                Ok(true)
            })
        })?;
        KvEngine::over(kv, folder, u64::MAX, sequence + 1)
    }

    fn close(self) -> Result<()> {
        self.kv.close()
    }

    fn settings(&self) -> Result<String> {
        self.kv.settings()
    }

    fn ingest(&mut self, cases: &[Case]) -> Result<()> {
        let mut rows = Vec::with_capacity(cases.len() * 190);
        let mut tokens = BTreeMap::new();
        for case in cases {
            layout::case_rows(self.next_pid, case, &mut rows);
            self.next_pid += 1;
            for token in layout::tokens(&case.patient) {
                *tokens.entry(token).or_default() += 1;
            }
        }
        let sequence = self.sequence;
        self.kv.write(|to| {
            commit(&mut rows, to, sequence)?;
            count(&tokens, to)
        })?;
        self.sequence += 1;
        Ok(())
    }

    fn point(&mut self, patient: Id) -> Result<Answer> {
        self.kv.read(|rows| {
            let pid = pid_of(rows, &patient)?;
            let value = rows.get(Space::Patient, &layout::patient_key(pid))?.ok_or("a pid leads nowhere")?;
            let (_, patient) = layout::patient_of(&value)?;
            Ok(answer_of_text(&patient.family))
        })
    }

    fn first(&mut self, patient: Id) -> Result<Answer> {
        let answer = self.point(patient)?;
        self.log.write_all(&[[0x5a; 80].as_slice(), &patient].concat())?;
        Ok(answer)
    }

    fn timeline(&mut self, patient: Id, length: usize) -> Result<Answer> {
        self.kv.read(|rows| {
            let pid = pid_of(rows, &patient)?;
            let mut page = Vec::with_capacity(length);
            rows.scan(Space::PData, &layout::timeline_prefix(pid), &mut |_, value| {
                page.push(layout::shown(value)?);
                Ok(page.len() < length)
            })?;
            Ok(page.iter().fold(0, |sum: u64, shown| sum.wrapping_add(shown.at as u64)))
        })
    }

    fn prefix(&mut self, text: &str) -> Result<Answer> {
        self.kv.read(|rows| {
            // A patient with two such names is one.
            let mut found: Vec<([u8; 8], String)> = Vec::with_capacity(20);
            rows.scan(Space::Name, &[&[0], text.as_bytes()].concat(), &mut |key, value| {
                let pid = *key.last_chunk().ok_or("a key without a pid")?;
                if found.iter().all(|(before, _)| *before != pid) {
                    found.push((pid, Fields(value).text()?));
                }
                Ok(found.len() < 20)
            })?;
            Ok(found.len() as u64)
        })
    }

    fn fuzzy(&mut self, _: &str, _: &str) -> Result<Answer> {
        Err(Unoffered.into())
    }

    fn add(&mut self, patient: Id, entry: &Entry) -> Result<()> {
        let sequence = self.sequence;
        self.kv.write(|to| {
            let mut rows = Vec::new();
            layout::entry_rows(pid_of(to, &patient)?, entry, &mut rows);
            commit(&mut rows, to, sequence)
        })?;
        self.sequence += 1;
        Ok(())
    }

    fn edit(&mut self, patient: Id, phone: &str) -> Result<()> {
        let sequence = self.sequence;
        self.kv.write(|to| {
            let pid = pid_of(to, &patient)?;
            let key = layout::patient_key(pid);
            let before = to.get(Space::Patient, &key)?.ok_or("a pid leads nowhere")?;
            let (version, record) = layout::patient_of(&before)?;
            to.remove(Space::Ident, &layout::phone_key(&record.phone, pid))?;
            let after = layout::patient_value(&record, version + 1, phone);
            let history = layout::history_key(pid, &patient, version);
            let mut rows = vec![
                Row { space: Space::Patient, key, value: after },
                Row { space: Space::PData, key: history, value: before },
                Row { space: Space::Ident, key: layout::phone_key(phone, pid), value: Vec::new() },
            ];
            commit(&mut rows, to, sequence)
        })?;
        self.sequence += 1;
        Ok(())
    }

    fn import(&mut self, _: &[Bundle]) -> Result<u64> {
        Err(Unoffered.into())
    }
}
