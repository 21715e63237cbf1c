//! What every engine must answer, from the patients as they were made: a list, searched from end to end.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bundles::Bundle;
use crate::engine::{Answer, Engine, Result, answer_of_text};
use crate::generate::{Case, Entry, Id};
use crate::layout;

/// The engine that is a list.
#[derive(Debug, Default)]
pub struct Model(BTreeMap<Id, Case>);

impl Model {
    fn case(&mut self, patient: Id) -> Result<&mut Case> {
        self.0.get_mut(&patient).ok_or_else(|| "no such patient".into())
    }
}

impl Engine for Model {
    fn create(_: &Path) -> Result<Self> {
        Ok(Model::default())
    }

    fn open(_: &Path) -> Result<Self> {
        Err("a list is not kept".into())
    }

    fn close(self) -> Result<()> {
        Ok(())
    }

    fn settings(&self) -> Result<String> {
        Ok("a list in memory".to_owned())
    }

    fn ingest(&mut self, cases: &[Case]) -> Result<()> {
        self.0.extend(cases.iter().map(|case| (case.patient.id, case.clone())));
        Ok(())
    }

    fn point(&mut self, patient: Id) -> Result<Answer> {
        Ok(answer_of_text(&self.case(patient)?.patient.family))
    }

    fn first(&mut self, patient: Id) -> Result<Answer> {
        self.point(patient)
    }

    fn timeline(&mut self, patient: Id, length: usize) -> Result<Answer> {
        let mut times: Vec<i64> = self.case(patient)?.entries.iter().map(|entry| entry.at).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        Ok(times.iter().take(length).fold(0, |sum: u64, at| sum.wrapping_add(*at as u64)))
    }

    fn table(&mut self, patient: Id) -> Result<Answer> {
        self.walk(patient)
    }

    fn prefix(&mut self, text: &str) -> Result<Answer> {
        let begins = |case: &&Case| layout::tokens(&case.patient).iter().any(|token| token.starts_with(text));
        Ok(self.0.values().filter(begins).take(20).count() as u64)
    }

    fn fuzzy(&mut self, _: &str, meant: &str) -> Result<Answer> {
        Ok(u64::from(self.0.values().any(|case| layout::tokens(&case.patient).iter().any(|token| token == meant))))
    }

    fn add(&mut self, patient: Id, entry: &Entry) -> Result<()> {
        self.case(patient)?.entries.push(entry.clone());
        Ok(())
    }

    fn edit(&mut self, patient: Id, phone: &str) -> Result<()> {
        phone.clone_into(&mut self.case(patient)?.patient.phone);
        Ok(())
    }

    fn import(&mut self, bundles: &[Bundle]) -> Result<u64> {
        Ok(bundles.iter().map(|bundle| bundle.text.matches("\"resource\":").count() as u64).sum())
    }
}
