//! FHIR in and out.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use prm_core::{FhirImport, RecordId};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString, PyTuple};

use crate::crossing::{Crossing as _, answer, argument};
use crate::door::Watch;
use crate::handle::Session;
use crate::small::Progress;

/// What a file object of Python raised.
type Raised = Arc<Mutex<Option<PyErr>>>;

/// A file object of Python, read from another thread.
struct FromPython {
    read: Py<PyAny>,
    /// What a call gave beyond what was asked for: texts have more bytes than characters.
    rest: io::Cursor<Vec<u8>>,
    raised: Raised,
}

impl FromPython {
    fn more(&self, bytes: usize) -> PyResult<Vec<u8>> {
        Python::attach(|py| {
            let given = self.read.bind(py).call1((bytes,))?;
            match given.cast::<PyString>() {
                Ok(text) => Ok(text.to_cow()?.as_bytes().to_vec()),
                Err(_) => given.extract(),
            }
        })
    }
}

impl Read for FromPython {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.rest.read(buffer)?;
        if left > 0 || buffer.is_empty() {
            return Ok(left);
        }
        let more = self.more(buffer.len()).map_err(|error| {
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            io::Error::other("the file object raised an exception")
        })?;
        self.rest = io::Cursor::new(more);
        self.rest.read(buffer)
    }
}

/// Where an import comes from.
enum Input {
    Path(PathBuf),
    Object(FromPython),
    Bytes(Vec<u8>),
}

impl Input {
    /// Brought in where the interpreter is not held: to open a pipe is to wait for whoever writes.
    fn import(
        self,
        session: &prm_core::Session,
        what: &FhirImport,
        progress: &prm_core::Progress,
    ) -> prm_core::Result<prm_core::ImportReport> {
        match self {
            Input::Path(path) => session.fhir().import_file(what, path, progress),
            Input::Object(object) => session.fhir().import(what, object, progress),
            Input::Bytes(content) => {
                progress.expect(content.len() as u64);
                session.fhir().import(what, io::Cursor::new(content), progress)
            }
        }
    }
}

#[pymethods]
impl Session {
    /// Imports from a path, a file object or bytes.
    #[pyo3(signature = (
        what: "prm._model.FhirImport", path: "str | os.PathLike[str] | None", file: "object | None",
        content: "bytes | None", progress: "Progress", watcher: "object | None",
    ) -> "prm._model.ImportReport")]
    #[allow(clippy::too_many_arguments, reason = "one of three sources, and who watches")]
    fn fhir_import<'py>(
        &self,
        py: Python<'py>,
        what: &Bound<'py, PyAny>,
        path: Option<PathBuf>,
        file: Option<&Bound<'py, PyAny>>,
        content: Option<&Bound<'py, PyBytes>>,
        progress: &Bound<'py, Progress>,
        watcher: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let what: FhirImport = argument(what, "what")?;
        let progress = &progress.get().0;
        let raised = Raised::default();
        let input = match (path, file) {
            (Some(path), _) => Input::Path(path),
            (None, Some(file)) => {
                let read = file.getattr("read")?.unbind();
                Input::Object(FromPython { read, rest: io::Cursor::default(), raised: Arc::clone(&raised) })
            }
            (None, None) => Input::Bytes(content.map(|content| content.as_bytes().to_vec()).unwrap_or_default()),
        };
        let session = self.core()?;
        let watch = Watch::new(progress, watcher);
        let outcome = watch.enter(py, || input.import(session, &what, progress));
        match raised.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(raised) => Err(raised),
            None => answer(py, outcome),
        }
    }

    /// Exports into a file.
    #[pyo3(signature = (
        patient: "prm._model.PatientId", format: "prm._model.ExportFormat", path: "str | os.PathLike[str]",
        progress: "Progress", watcher: "object | None",
    ) -> "prm._model.ExportReport")]
    fn fhir_export_file<'py>(
        &self,
        py: Python<'py>,
        patient: &Bound<'py, PyAny>,
        format: &Bound<'py, PyAny>,
        path: PathBuf,
        progress: &Bound<'py, Progress>,
        watcher: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let patient = argument(patient, "patient")?;
        let format = argument(format, "format")?;
        let session = self.core()?;
        let progress = &progress.get().0;
        let watch = Watch::new(progress, watcher);
        answer(py, watch.enter(py, || session.fhir().export_file(patient, format, &path, progress)))
    }

    /// Exports as a text.
    #[pyo3(signature = (
        patient: "prm._model.PatientId", format: "prm._model.ExportFormat", progress: "Progress", watcher: "object | None",
    ) -> "tuple[prm._model.ExportReport, str]")]
    fn fhir_export_text<'py>(
        &self,
        py: Python<'py>,
        patient: &Bound<'py, PyAny>,
        format: &Bound<'py, PyAny>,
        progress: &Bound<'py, Progress>,
        watcher: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let patient = argument(patient, "patient")?;
        let format = argument(format, "format")?;
        let session = self.core()?;
        let progress = &progress.get().0;
        let watch = Watch::new(progress, watcher);
        let (report, text) = watch.enter(py, || {
            let mut out = Vec::new();
            let report = session.fhir().export(patient, format, &mut out, progress)?;
            Ok((report, String::from_utf8_lossy(&out).into_owned()))
        })?;
        PyTuple::new(py, [report.give(py)?, PyString::new(py, &text).into_any()])
    }

    /// One record as a resource.
    #[pyo3(signature = (id: "prm._model.RecordId") -> "str")]
    fn fhir_resource(&self, py: Python<'_>, id: &Bound<'_, PyAny>) -> PyResult<String> {
        let id: RecordId = argument(id, "id")?;
        self.enter(py, |session| session.fhir().resource(id))
    }
}
