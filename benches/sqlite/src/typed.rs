//! A table per kind of record, typed columns, an index for each question.

use std::path::{Path, PathBuf};

use prm_benches::{
    Answer, Bundle, Case, Engine, Entry, Id, KINDS, Kind, Patient, Result, Unoffered, answer_of_text, fold, sound,
};
use rusqlite::{Connection, Row, params};

use crate::{connection, distance, journal};

/// Names live twice: in a covering index by token for prefixes and sounds, in full text by trigram for misspelt ones.
const PEOPLE: &str = "
    CREATE TABLE patient (pid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL,
        family TEXT NOT NULL, given TEXT NOT NULL, second TEXT NOT NULL, birth INTEGER NOT NULL, female INTEGER NOT NULL,
        number TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL,
        postal_code TEXT NOT NULL, language TEXT NOT NULL, scope INTEGER NOT NULL, labels INTEGER NOT NULL,
        recorded INTEGER NOT NULL);
    CREATE INDEX patient_number ON patient (number);
    CREATE INDEX patient_phone ON patient (phone);
    CREATE INDEX patient_birth ON patient (birth);
    CREATE TABLE name (kind INTEGER NOT NULL, token TEXT NOT NULL, pid INTEGER NOT NULL, display TEXT NOT NULL,
        birth_year INTEGER NOT NULL, scope INTEGER NOT NULL, labels INTEGER NOT NULL,
        PRIMARY KEY (kind, token, pid)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE name_text USING fts5 (name, tokenize='trigram', detail='none', columnsize=0);";

const fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Encounter => "encounter",
        Kind::Observation => "observation",
        Kind::Condition => "condition",
        Kind::Medication => "medication",
        Kind::Allergy => "allergy",
        Kind::Immunization => "immunization",
        Kind::Procedure => "clinical_procedure",
        Kind::Document => "document",
    }
}

fn entries_table(kind: Kind) -> String {
    let name = table(kind);
    format!(
        "CREATE TABLE {name} (pid INTEGER NOT NULL, at INTEGER NOT NULL, id BLOB NOT NULL, version INTEGER NOT NULL,
            code TEXT NOT NULL, display TEXT NOT NULL, status TEXT NOT NULL, value TEXT, unit TEXT, encounter BLOB,
            scope INTEGER NOT NULL, labels INTEGER NOT NULL, recorded INTEGER NOT NULL);
         CREATE INDEX {name}_time ON {name} (pid, at);
         CREATE UNIQUE INDEX {name}_id ON {name} (id);
         CREATE INDEX {name}_code ON {name} (code, pid);"
    )
}

/// The engine.
pub struct Typed {
    database: Connection,
    accesses: Connection,
    timeline: String,
    inserts: [String; 8],
}

#[derive(Debug)]
struct Shown {
    at: i64,
    _kind: i64,
    _id: Id,
    _texts: [String; 3],
    _value: Option<String>,
    _unit: Option<String>,
}

fn files(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("typed.db"), folder.join("access.db"))
}

impl Typed {
    fn over(folder: &Path) -> Result<Self> {
        let (data, access) = files(folder);
        // A union of ordered subqueries, which SQLite merges row by row.
        let timeline = KINDS
            .iter()
            .map(|kind| {
                let name = table(*kind);
                format!(
                    "SELECT at, {} AS kind, id, code, display, status, value, unit FROM {name} WHERE pid = ?1",
                    *kind as i64
                )
            })
            .collect::<Vec<_>>()
            .join(" UNION ALL ");
        Ok(Typed {
            database: connection::open(&data)?,
            accesses: connection::open_access_log(&access)?,
            timeline: format!("{timeline} ORDER BY at DESC LIMIT ?2"),
            inserts: KINDS.map(|kind| {
                let name = table(kind);
                format!("INSERT INTO {name} VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, 0, 1767225600)")
            }),
        })
    }

    fn insert_patient(&self, patient: &Patient) -> Result<i64> {
        let (year, month, day) = patient.birth;
        let birth = i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day);
        let [given, second] = &patient.given;
        self.database
            .prepare_cached(
                "INSERT INTO patient (id, version, family, given, second, birth, female, number, phone, email, street, city,
                    postal_code, language, scope, labels, recorded)
                 VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1767225600)",
            )?
            .execute(params![
                patient.id,
                patient.family,
                given,
                second,
                birth,
                patient.female,
                patient.record_number,
                patient.phone,
                patient.email,
                patient.street,
                patient.city,
                patient.postal_code,
                patient.language,
                patient.clinic,
            ])?;
        let pid = self.database.last_insert_rowid();
        let display = format!("{given} {second} {}", patient.family);
        let mut by_token = self.database.prepare_cached("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?, ?, 0)")?;
        for name in [&patient.family, given, second] {
            let token = fold(name);
            by_token.execute(params![0, token, pid, display, year, patient.clinic])?;
            by_token.execute(params![1, sound(&token), pid, display, year, patient.clinic])?;
        }
        self.database
            .prepare_cached("INSERT INTO name_text (rowid, name) VALUES (?, ?)")?
            .execute(params![pid, fold(&display)])?;
        Ok(pid)
    }

    fn insert_entry(&self, pid: i64, scope: u32, entry: &Entry) -> Result<()> {
        let (value, unit) = entry.value.as_ref().map(|(value, unit)| (value, unit)).unzip();
        let insert = self.inserts.get(entry.kind as usize).ok_or("no such kind")?;
        self.database.prepare_cached(insert)?.execute(params![
            pid,
            entry.at,
            entry.id,
            entry.code,
            entry.display,
            entry.status,
            value,
            unit,
            entry.encounter,
            scope,
        ])?;
        Ok(())
    }

    fn pid(&self, patient: &Id) -> Result<(i64, u32)> {
        let mut by_id = self.database.prepare_cached("SELECT pid, scope FROM patient WHERE id = ?")?;
        Ok(by_id.query_row([patient], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// One durable transaction.
    fn commit(&self, deed: impl FnOnce() -> Result<()>) -> Result<()> {
        let transaction = self.database.unchecked_transaction()?;
        deed()?;
        transaction.commit()?;
        Ok(())
    }
}

fn patient_of(row: &Row<'_>) -> rusqlite::Result<Patient> {
    let birth: i64 = row.get(4)?;
    let language: String = row.get(12)?;
    Ok(Patient {
        id: row.get(0)?,
        family: row.get(1)?,
        given: [row.get(2)?, row.get(3)?],
        birth: ((birth / 10_000) as i32, (birth / 100 % 100) as u8, (birth % 100) as u8),
        female: row.get(5)?,
        record_number: row.get(6)?,
        phone: row.get(7)?,
        email: row.get(8)?,
        street: row.get(9)?,
        city: row.get(10)?,
        postal_code: row.get(11)?,
        language: if language == "es" { "es" } else { "en" },
        clinic: row.get(13)?,
    })
}

const PATIENT: &str =
    "SELECT id, family, given, second, birth, female, number, phone, email, street, city, postal_code,
    language, scope, labels, version, pid FROM patient WHERE id = ?";

impl Engine for Typed {
    fn create(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let typed = Typed::over(folder)?;
        typed.database.execute_batch(PEOPLE)?;
        typed.database.execute_batch(journal::TABLES)?;
        KINDS.iter().try_for_each(|kind| typed.database.execute_batch(&entries_table(*kind)))?;
        Ok(typed)
    }

    fn open(folder: &Path) -> Result<Self> {
        let typed = Typed::over(folder)?;
        // Opening is done once the schema is read.
        typed.database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        Ok(typed)
    }

    fn close(self) -> Result<()> {
        connection::close(self.accesses)?;
        connection::close(self.database)
    }

    fn settings(&self) -> Result<String> {
        connection::settings(&self.database)
    }

    fn ingest(&mut self, cases: &[Case]) -> Result<()> {
        self.commit(|| {
            for case in cases {
                let pid = self.insert_patient(&case.patient)?;
                case.entries.iter().try_for_each(|entry| self.insert_entry(pid, case.patient.clinic, entry))?;
            }
            let ids = |case: &Case| {
                std::iter::once(case.patient.id).chain(case.entries.iter().map(|e| e.id)).collect::<Vec<_>>()
            };
            journal::write(&self.database, cases.iter().flat_map(ids).map(|id| (id, 1)))
        })
    }

    fn point(&mut self, patient: Id) -> Result<Answer> {
        let mut by_id = self.database.prepare_cached(PATIENT)?;
        let patient = by_id.query_row([patient], patient_of)?;
        Ok(answer_of_text(&patient.family))
    }

    fn first(&mut self, patient: Id) -> Result<Answer> {
        let answer = self.point(patient)?;
        self.accesses
            .prepare_cached("INSERT INTO access (patient, entry) VALUES (?, ?)")?
            .execute(params![patient, [0x5a_u8; 80]])?;
        Ok(answer)
    }

    fn timeline(&mut self, patient: Id, length: usize) -> Result<Answer> {
        let (pid, _) = self.pid(&patient)?;
        let mut newest = self.database.prepare_cached(&self.timeline)?;
        let page = newest
            .query_map(params![pid, length as i64], |row| {
                Ok(Shown {
                    at: row.get(0)?,
                    _kind: row.get(1)?,
                    _id: row.get(2)?,
                    _texts: [row.get(3)?, row.get(4)?, row.get(5)?],
                    _value: row.get(6)?,
                    _unit: row.get(7)?,
                })
            })?
            .collect::<Result<Vec<Shown>, _>>()?;
        Ok(page.iter().fold(0, |sum: u64, shown| sum.wrapping_add(shown.at as u64)))
    }

    fn prefix(&mut self, text: &str) -> Result<Answer> {
        let mut covering = self.database.prepare_cached(
            "SELECT pid, display, birth_year, scope, labels FROM name
             WHERE kind = 0 AND token >= ?1 AND token < ?1 || char(1114111) ORDER BY token, pid",
        )?;
        let mut rows = covering.query([text])?;
        // A patient with two such names is one.
        let mut found: Vec<(i64, String, i32, u32)> = Vec::with_capacity(20);
        while found.len() < 20
            && let Some(row) = rows.next()?
        {
            let pid = row.get(0)?;
            if found.iter().all(|(before, ..)| *before != pid) {
                found.push((pid, row.get(1)?, row.get(2)?, row.get(3)?));
            }
        }
        Ok(found.len() as u64)
    }

    fn fuzzy(&mut self, text: &str, meant: &str) -> Result<Answer> {
        let mut by_trigram =
            self.database.prepare_cached("SELECT rowid, name FROM name_text WHERE name_text MATCH ?")?;
        let mut rows = by_trigram.query([distance::any_trigram(text)])?;
        let mut found: Vec<(usize, i64, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            let name = row.get_ref(1)?.as_str()?;
            let nearest = name.split(' ').filter_map(|token| Some((distance::within(text, token, 2)?, token))).min();
            if let Some((distance, token)) = nearest {
                found.push((distance, row.get(0)?, token.to_owned()));
            }
        }
        found.sort_unstable();
        let is_there = found.iter().any(|(_, _, token)| token == meant);
        found.truncate(20);
        let mut covering = self
            .database
            .prepare_cached("SELECT family, given, second, birth, scope, labels FROM patient WHERE pid = ?")?;
        for (_, pid, _) in &found {
            covering.query_row([pid], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(3)?))
            })?;
        }
        Ok(u64::from(is_there))
    }

    fn add(&mut self, patient: Id, entry: &Entry) -> Result<()> {
        self.commit(|| {
            let (pid, scope) = self.pid(&patient)?;
            self.insert_entry(pid, scope, entry)?;
            journal::write(&self.database, std::iter::once((entry.id, 1)))
        })
    }

    fn edit(&mut self, patient: Id, phone: &str) -> Result<()> {
        self.commit(|| {
            let mut by_id = self.database.prepare_cached(PATIENT)?;
            let (pid, version, before) = by_id
                .query_row([patient], |row| Ok((row.get::<_, i64>(16)?, row.get::<_, u32>(15)?, patient_of(row)?)))?;
            self.database.prepare_cached("INSERT INTO history VALUES (?, ?, ?, ?)")?.execute(params![
                pid,
                patient,
                version,
                format!("{before:?}")
            ])?;
            self.database
                .prepare_cached("UPDATE patient SET phone = ?, version = version + 1 WHERE pid = ?")?
                .execute(params![phone, pid])?;
            journal::write(&self.database, std::iter::once((patient, version + 1)))
        })
    }

    fn import(&mut self, _: &[Bundle]) -> Result<u64> {
        Err(Unoffered.into())
    }
}
