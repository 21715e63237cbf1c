//! The room of FHIR: in and out.

mod care;
mod export;
mod import;
mod place;
mod prepare;
mod report;
#[cfg(test)]
mod tests;
mod told;

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Session;
use crate::error::Result;
use crate::id::{OrganisationId, PatientId, RecordId};
use crate::progress::Progress;
use crate::store::medium;

pub use care::{CareImport, TemplateImport};
pub use export::{ExportFormat, ExportReport};
pub use report::{ImportReport, NoteReport, RefusedRecord, TypeReport};

/// FHIR R4 in and out. See [`Session::fhir`].
#[derive(Debug, Clone, Copy)]
pub struct FhirRoom<'a>(pub(super) &'a Session);

/// What an import brings in, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FhirImport {
    /// Name of the source, of the caller's choice: the same resource from the same source is the same record. At most
    /// 200 bytes.
    pub source: String,
    /// The organisation that is to manage patients of whom the source does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managing_organisation: Option<OrganisationId>,
}

impl FhirImport {
    /// From a source of this name.
    pub fn from_source(source: impl Into<String>) -> Self {
        FhirImport { source: source.into(), managing_organisation: None }
    }

    /// For this organisation, where the source names none.
    #[must_use]
    pub fn managed_by(mut self, organisation: OrganisationId) -> Self {
        self.managing_organisation = Some(organisation);
        self
    }
}

impl Session {
    /// FHIR R4 in and out.
    pub fn fhir(&self) -> FhirRoom<'_> {
        FhirRoom(self)
    }
}

impl FhirRoom<'_> {
    /// Imports bundles, single resources or NDJSON, in memory bounded by bytes, in several commits.
    ///
    /// A resource that came before and has not changed is skipped; a changed one becomes a new version of its record,
    /// which keeps what only this store knows: the roles of proxies, where practitioners work, contact preferences.
    /// The text of every resource is kept byte for byte. A record that cannot be read is reported with its position
    /// and the rest goes on. A resource of a patient who is not there yet makes the patient known by reference; the
    /// `Patient` that comes later fills the record. A resource that its source now tells of another patient is void in the
    /// chart it was in and becomes a record of the other's.
    ///
    /// `progress` counts bytes read; cancelling keeps what was committed, and importing again goes on from there.
    ///
    /// # Errors
    /// `Denied` if the session may edit no records of others, or not those that come in, `Cancelled`, `Io` and `Full`, `Invalid` for a source without
    /// a name, `NotFound` for a managing organisation that is not there.
    pub fn import(&self, what: &FhirImport, input: impl Read + Send, progress: &Progress) -> Result<ImportReport> {
        import::run(self.0.inner_arc(), what, input, progress)
    }

    /// As [`import`](Self::import), from the file at `path`.
    ///
    /// # Errors
    /// As `import`; `Io` if there is no such file.
    pub fn import_file(&self, what: &FhirImport, path: impl AsRef<Path>, progress: &Progress) -> Result<ImportReport> {
        let file = File::open(path)?;
        progress.expect(file.metadata().map_or(0, |metadata| metadata.len()));
        self.import(what, BufReader::with_capacity(1 << 16, file), progress)
    }

    /// Writes everything the store holds about a patient, the designated record set: the patient, people related to
    /// them, every entry of the chart the session may see, and the practitioners, organisations and other records of no
    /// patient that these lead to. Entries made in error are left out.
    ///
    /// What came in and was not edited goes out byte for byte; an edit is written into the text it was made on; what was
    /// made here becomes a resource of its type.
    ///
    /// `progress` counts bytes written.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `Cancelled`; `Io` and `Full` if `out` cannot be written.
    pub fn export(
        &self,
        patient: PatientId,
        format: ExportFormat,
        out: impl Write,
        progress: &Progress,
    ) -> Result<ExportReport> {
        let written = export::run(self.0, patient, format, told::Told::new(out, progress));
        // A writer can say no more than that it failed.
        written.or_else(|error| progress.go_on().and(Err(error)))
    }

    /// As [`export`](Self::export), into a file that takes its name when it is whole and that its owner alone may read. One
    /// that is there is replaced.
    ///
    /// # Errors
    /// As `export`, and `Invalid` for a path without a name. There is no new file then.
    pub fn export_file(
        &self,
        patient: PatientId,
        format: ExportFormat,
        path: impl AsRef<Path>,
        progress: &Progress,
    ) -> Result<ExportReport> {
        medium::whole_file(path.as_ref(), |out| self.export(patient, format, out, progress))
    }

    /// One record as a resource, by the rules of [`export`](Self::export).
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`; `Unsupported` for a role.
    pub fn resource(&self, id: impl Into<RecordId>) -> Result<String> {
        export::one(self.0, id.into())
    }
}
