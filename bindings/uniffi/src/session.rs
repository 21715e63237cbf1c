//! Sessions and what they follow.

use std::io::Cursor as Bytes;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::handle::watched;
use crate::mirror::*;
use crate::{PrmError, Progress};

/// Someone acting for one purpose. Every read is on record before its answer is given.
#[derive(uniffi::Object)]
pub struct Session(pub(crate) prm_core::Session);

/// What a patient's record is as FHIR, and what that consists of.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Exported {
    /// Counts.
    pub report: ExportReport,
    /// A bundle or NDJSON.
    pub text: SensitiveText,
}

#[uniffi::export]
impl Session {
    /// Id of the session, as it stands in the audit.
    pub fn id(&self) -> SessionId {
        self.0.id()
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.0.actor().clone()
    }

    /// What for.
    pub fn purpose(&self) -> Purpose {
        self.0.purpose().clone()
    }

    /// Executes a batch: all of its commands or none, in one durable transaction.
    ///
    /// # Errors
    /// `Invalid` for impossible input, with the field; `NotFound` for a record that is named and not there; `Conflict`
    /// for an edit made on another version, or a batch id used with other commands; `Denied` by policy; `Io`, `Full` or
    /// `Corrupted` if it could not be stored. After any of them nothing of the batch is there, but for `Io` and `Full`
    /// from the commit itself: the same batch sent again under the same id tells whether it happened.
    pub fn execute(&self, batch: Batch) -> Result<Receipt, PrmError> {
        Ok(self.0.execute(batch)?)
    }

    /// Follows commits after the sequence `after`; none for those from now on.
    ///
    /// # Errors
    /// `Closed` after a shut-down.
    #[uniffi::method(default(after = None))]
    pub fn subscribe(&self, after: Option<u64>) -> Result<Arc<Subscription>, PrmError> {
        Ok(Arc::new(Subscription(Mutex::new(self.0.subscribe(after)?))))
    }

    /// Imports the FHIR bundles, single resources or NDJSON of a file, in memory bounded by bytes, in several commits.
    ///
    /// A resource that came before and has not changed is skipped; a changed one becomes a new version of its record.
    /// The text of every resource is kept byte for byte. A record that cannot be read is reported with its position and
    /// the rest goes on. `progress` counts bytes read; cancelling keeps what was committed, and importing again goes on
    /// from there.
    ///
    /// # Errors
    /// `Denied` if the session may edit no records of others, or not those that come in; `Cancelled`; `Io` and `Full`;
    /// `Invalid` for a source without a name; `NotFound` for a managing organisation that is not there.
    #[uniffi::method(default(progress = None))]
    pub fn fhir_import_file(
        &self,
        what: FhirImport,
        path: String,
        progress: Option<Arc<Progress>>,
    ) -> Result<ImportReport, PrmError> {
        Ok(self.0.fhir().import_file(&what, path, &watched(progress))?)
    }

    /// Imports FHIR from a text, as `fhir_import_file` does from a file.
    ///
    /// # Errors
    /// As `fhir_import_file`.
    #[uniffi::method(default(progress = None))]
    pub fn fhir_import_text(
        &self,
        what: FhirImport,
        text: String,
        progress: Option<Arc<Progress>>,
    ) -> Result<ImportReport, PrmError> {
        let progress = watched(progress);
        progress.expect(text.len() as u64);
        Ok(self.0.fhir().import(&what, Bytes::new(text), &progress)?)
    }

    /// Writes everything the store holds about a patient, the designated record set, into a file that takes its name when
    /// it is whole. One that is there is replaced. `progress` counts bytes written.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `Cancelled`; `Io` and `Full` if the file cannot be written.
    #[uniffi::method(default(progress = None))]
    pub fn fhir_export_file(
        &self,
        patient: PatientId,
        format: ExportFormat,
        path: String,
        progress: Option<Arc<Progress>>,
    ) -> Result<ExportReport, PrmError> {
        Ok(self.0.fhir().export_file(patient, format, path, &watched(progress))?)
    }

    /// Everything the store holds about a patient, as text. `progress` counts bytes written.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`, `Cancelled`.
    #[uniffi::method(default(progress = None))]
    pub fn fhir_export_text(
        &self,
        patient: PatientId,
        format: ExportFormat,
        progress: Option<Arc<Progress>>,
    ) -> Result<Exported, PrmError> {
        let mut out = Vec::new();
        let report = self.0.fhir().export(patient, format, &mut out, &watched(progress))?;
        let text = String::from_utf8(out).map_err(|_| PrmError::invalid("text", "the export is no text"))?;
        Ok(Exported { report, text: text.into() })
    }

    /// One record as a resource.
    ///
    /// # Errors
    /// `NotFound`, `Denied`, `Corrupted`; `Unsupported` for a role.
    pub fn fhir_resource(&self, id: RecordId) -> Result<SensitiveText, PrmError> {
        Ok(self.0.fhir().resource(id)?.into())
    }
}

include!(concat!(env!("OUT_DIR"), "/calls.rs"));

/// Follows commits from a sequence on. Dropping it ends it. It holds nothing of the store while nobody waits.
#[derive(uniffi::Object)]
pub struct Subscription(Mutex<prm_core::Subscription>);

#[uniffi::export]
impl Subscription {
    /// Sequence of the last commit that was looked at; a later subscription may go on from here.
    pub fn sequence(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).sequence()
    }

    /// The next event, or none within `at_most`. Another thread that asks meanwhile waits for its turn.
    ///
    /// # Errors
    /// `Closed` once the store is shut down.
    pub fn next(&self, at_most: Duration) -> Result<Option<Event>, PrmError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).next(at_most)?)
    }
}
