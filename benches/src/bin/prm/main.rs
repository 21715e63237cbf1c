//! The library itself, as a host uses it: gate and audit on, its default cache, a raw key. With the word `footprint` it
//! measures what a store takes on a small device instead, with the word `care` it serves the work of care plans.

mod care;
mod footprint;
mod records;

use std::io::{Cursor, Read, stdin, stdout};
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use prm_benches::{Answer, Bundle, Case, Engine, Entry, Id, Result, answer_of_text, fold, serve, serve_care};
use prm_core::chart::TimelineQuery;
use prm_core::people::{NameMatching, Organisation, PatientSearch, Practitioner};
use prm_core::{
    Actor, Command, FhirImport, Founder, Key, OpenOptions, Page, PatientId, PractitionerId, Prm, Progress, Purpose,
    Session,
};

use care::CareLibrary;
use records::{clinic, entry, entry_id, patient, patient_id, phones};

const SETTINGS: &str = if cfg!(feature = "fast-aes") {
    "prm-core, AES-256-GCM by graviola, raw key, cache 32 MiB, accesses audited, synced within 1 s"
} else {
    "prm-core, AES-256-GCM by RustCrypto, raw key, cache 32 MiB, accesses audited, synced within 1 s"
};

/// As many as the clinics of the generated patients.
const CLINICS: u32 = 40;

struct Library {
    prm: Prm,
    /// Runs the store: adds patients and imports.
    office: Session,
    /// Works at every clinic: reads, and writes what a visit brings.
    doctor: Session,
}

fn doctor_id() -> Result<PractitionerId> {
    Ok("01890000-0000-7000-8000-00000000d0c0".parse()?)
}

fn options() -> OpenOptions {
    OpenOptions::key(Key::raw([0x2d; 32]))
}

impl Library {
    fn over(prm: Prm) -> Result<Self> {
        let office = prm.session(Actor::system("bench"), Purpose::Operations)?;
        let doctor = prm.session(Actor::practitioner(doctor_id()?).app("bench 1"), Purpose::Treatment)?;
        Ok(Library { prm, office, doctor })
    }

    fn names_found(&self, text: &str, matching: NameMatching) -> Result<Vec<String>> {
        let question = PatientSearch { name: Some(text.into()), matching, ..PatientSearch::default() };
        let hits = self.doctor.people().search(&question, 20)?;
        Ok(hits.into_iter().map(|hit| hit.patient.name.into_exposed()).collect())
    }
}

impl Engine for Library {
    fn create(folder: &Path) -> Result<Self> {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let made = Prm::create(folder, options(), Founder::system("bench"))?;
        let library = Library::over(made.prm)?;
        let mut commands = Vec::new();
        let mut organisations = Vec::new();
        for number in 0..CLINICS {
            let organisation = Organisation { name: format!("Clinic {number}"), ..Organisation::default() };
            organisations.push(clinic(number)?);
            commands.push(Command::AddOrganisation { id: Some(clinic(number)?), organisation });
        }
        let practitioner = Practitioner { organisations, ..Practitioner::default() };
        commands.push(Command::AddPractitioner { id: Some(doctor_id()?), practitioner });
        library.office.execute(commands)?;
        Ok(library)
    }

    fn open(folder: &Path) -> Result<Self> {
        Library::over(Prm::open(folder, options())?)
    }

    fn close(self) -> Result<()> {
        self.prm.shut_down()?;
        Ok(())
    }

    fn settings(&self) -> Result<String> {
        Ok(SETTINGS.to_owned())
    }

    fn ingest(&mut self, cases: &[Case]) -> Result<()> {
        let mut commands = Vec::with_capacity(cases.len() * 60);
        for case in cases {
            let id = patient_id(case.patient.id);
            commands.push(Command::AddPatient { id: Some(id), patient: patient(&case.patient)? });
            for own in &case.entries {
                commands.push(Command::AddEntry { id: Some(entry_id(own.id)), patient: id, entry: entry(own)? });
            }
        }
        self.office.execute(commands)?;
        Ok(())
    }

    fn point(&mut self, patient: Id) -> Result<Answer> {
        let view = self.doctor.people().patient(patient_id(patient))?;
        let family = view.patient.names.first().and_then(|name| name.family.as_ref());
        Ok(family.map_or(0, |family| answer_of_text(family.expose())))
    }

    fn first(&mut self, patient: Id) -> Result<Answer> {
        self.point(patient)
    }

    fn timeline(&mut self, patient: Id, length: usize) -> Result<Answer> {
        let page = self.doctor.chart().timeline(
            PatientId::from_uuid(uuid::Uuid::from_bytes(patient)),
            &TimelineQuery::default(),
            &Page::first(length as u32),
        )?;
        Ok(page.entries.iter().fold(0, |sum: u64, view| sum.wrapping_add(records::seconds(&view.entry) as u64)))
    }

    fn walk(&mut self, patient: Id) -> Result<Answer> {
        let (query, mut page) = (TimelineQuery::default(), Page::first(Page::MOST));
        let mut sum: Answer = 0;
        loop {
            let found = self.doctor.chart().timeline(patient_id(patient), &query, &page)?;
            sum = found.entries.iter().fold(sum, |sum, view| sum.wrapping_add(records::seconds(&view.entry) as u64));
            match found.next {
                Some(cursor) => page = Page::first(Page::MOST).after(cursor),
                None => return Ok(sum),
            }
        }
    }

    fn table(&mut self, patient: Id) -> Result<Answer> {
        let table =
            prm_arrow::timeline(&self.doctor, patient_id(patient), &TimelineQuery::default(), &Progress::default())?;
        let mut sum: Answer = 0;
        for batch in table {
            let batch = batch?;
            let column = batch.column_by_name("when_at").ok_or("the column of times has another name")?;
            let times = column.as_primitive_opt::<TimestampMicrosecondType>().ok_or("times are of another type")?;
            sum = times.values().iter().fold(sum, |sum, micros| sum.wrapping_add((micros / 1_000_000) as u64));
        }
        Ok(sum)
    }

    fn prefix(&mut self, text: &str) -> Result<Answer> {
        Ok(self.names_found(text, NameMatching::Prefix)?.len() as u64)
    }

    fn fuzzy(&mut self, text: &str, meant: &str) -> Result<Answer> {
        let names = self.names_found(text, NameMatching::Fuzzy)?;
        Ok(u64::from(names.iter().any(|name| name.split(' ').any(|word| fold(word) == meant))))
    }

    fn add(&mut self, patient: Id, own: &Entry) -> Result<()> {
        let command =
            Command::AddEntry { id: Some(entry_id(own.id)), patient: patient_id(patient), entry: entry(own)? };
        self.doctor.execute(command)?;
        Ok(())
    }

    fn edit(&mut self, patient: Id, phone: &str) -> Result<()> {
        let id = patient_id(patient);
        let view = self.doctor.people().patient(id)?;
        let mut record = view.patient;
        phones(&mut record, phone);
        self.doctor.people().edit(id, view.version, record)?;
        Ok(())
    }

    fn import(&mut self, bundles: &[Bundle]) -> Result<u64> {
        let what = FhirImport::from_source("bench").managed_by(clinic(0)?);
        let input = Bundles { rest: bundles.iter(), at: Cursor::new("") };
        let report = self.office.fhir().import(&what, input, &Progress::default())?;
        // The bundle around the resources is kept as well, and counted as one.
        let of_records = report.types.iter().filter(|of| of.kind != "Bundle");
        Ok(of_records.map(|of| of.added + of.changed + of.unchanged).sum())
    }
}

/// The texts of bundles, one after the other.
struct Bundles<'a> {
    rest: std::slice::Iter<'a, Bundle>,
    at: Cursor<&'a str>,
}

impl Read for Bundles<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.at.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            match self.rest.next() {
                Some(bundle) => self.at = Cursor::new(&bundle.text),
                None => return Ok(0),
            }
        }
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((word, rest)) if word == "footprint" => footprint::run(rest),
        Some((word, _)) if word == "care" => Ok(serve_care::<CareLibrary>(stdin().lock(), stdout().lock())?),
        _ => Ok(serve::<Library>(stdin().lock(), stdout().lock())?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prm_benches::{Phase, Population, rehearse};

    #[test]
    fn a_small_population_is_answered_as_it_was_made() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let ran = rehearse::<Library>(&folder.path().join("store"), Population { ordinary: 300, long: 1 })?;
        assert_eq!(ran.len(), Phase::ALL.len() + 2, "{ran:?}");
        Ok(())
    }

    #[test]
    fn every_resource_of_several_bundles_comes_in() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut library = Library::create(&folder.path().join("store"))?;
        let text = |id: &str| {
            format!(
                r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"resource":{{"resourceType":"Patient","id":"{id}"}}}}]}}"#
            )
        };
        let bundles = ["a", "b"].map(|id| Bundle { name: id.to_owned(), text: text(id) });
        assert_eq!(library.import(&bundles)?, 2);
        library.close()
    }
}
