//! Tables as Arrow streams, in capsules that other libraries take over.

use std::sync::{Mutex, PoisonError};

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_schema::ffi::FFI_ArrowSchema;
use prm_arrow::Table;
use prm_core::chart::TimelineQuery;
use prm_core::engage::DueQuery;
use prm_core::{Coding, PatientId, Period};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::crossing::argument;
use crate::door::Held;
use crate::handle::Session;
use crate::small::Progress;

/// A table that was opened and may be read once.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Stream(Held<Mutex<Option<Table>>>);

impl Stream {
    fn new(table: Table) -> Self {
        Stream(Held::new(Mutex::new(Some(table))))
    }
}

#[pymethods]
impl Stream {
    /// The rows. Another schema than the table's own is not made.
    #[pyo3(signature = (requested_schema: "object | None" = None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Of what was asked for, nothing has to be given.
        let _ = requested_schema;
        let table = self.0.get()?.lock().unwrap_or_else(PoisonError::into_inner).take();
        let table = table.ok_or_else(|| PyRuntimeError::new_err("the stream was taken already"))?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(table)), c"arrow_array_stream")
    }
}

/// The columns of a table of this name: `patients`, `timeline`, `trend`, `accesses`, `worklist`.
#[pyfunction]
#[pyo3(signature = (name: "str") -> "object")]
pub(crate) fn table_schema<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = match name {
        "patients" => prm_arrow::patients_schema(),
        "timeline" => prm_arrow::timeline_schema(),
        "trend" => prm_arrow::trend_schema(),
        "accesses" => prm_arrow::accesses_schema(),
        "worklist" => prm_arrow::worklist_schema(),
        _ => return Err(PyValueError::new_err("there is no such table")),
    };
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(|e| PyRuntimeError::new_err(e.to_string()))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

#[pymethods]
impl Session {
    /// The patients the session may see.
    #[pyo3(signature = (progress: "Progress") -> "Stream")]
    fn people_table(&self, py: Python<'_>, progress: &Bound<'_, Progress>) -> PyResult<Stream> {
        let progress = &progress.get().0;
        Ok(Stream::new(self.enter(py, |session| prm_arrow::patients(session, progress))?))
    }

    /// A timeline.
    #[pyo3(signature = (patient: "object", query: "object", progress: "Progress") -> "Stream")]
    fn chart_timeline_table(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        query: &Bound<'_, PyAny>,
        progress: &Bound<'_, Progress>,
    ) -> PyResult<Stream> {
        let patient: PatientId = argument(patient, "patient")?;
        let query: TimelineQuery = argument(query, "query")?;
        let progress = &progress.get().0;
        Ok(Stream::new(self.enter(py, |session| prm_arrow::timeline(session, patient, &query, progress))?))
    }

    /// The values of a code.
    #[allow(clippy::too_many_arguments, reason = "the arguments of the table")]
    #[pyo3(signature = (patient: "object", code: "object", period: "object", limit: "int", progress: "Progress") -> "Stream")]
    fn chart_trend_table(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        code: &Bound<'_, PyAny>,
        period: &Bound<'_, PyAny>,
        limit: u32,
        progress: &Bound<'_, Progress>,
    ) -> PyResult<Stream> {
        let patient: PatientId = argument(patient, "patient")?;
        let code: Coding = argument(code, "code")?;
        let period: Option<Period> = argument(period, "period")?;
        let progress = &progress.get().0;
        let table =
            self.enter(py, |session| prm_arrow::trend(session, patient, &code, period.as_ref(), limit, progress))?;
        Ok(Stream::new(table))
    }

    /// What is due on a list.
    #[pyo3(signature = (query: "object", progress: "Progress") -> "Stream")]
    fn engage_worklist_table(
        &self,
        py: Python<'_>,
        query: &Bound<'_, PyAny>,
        progress: &Bound<'_, Progress>,
    ) -> PyResult<Stream> {
        let query: DueQuery = argument(query, "query")?;
        let progress = &progress.get().0;
        Ok(Stream::new(self.enter(py, |session| prm_arrow::worklist(session, &query, progress))?))
    }

    /// Who looked.
    #[pyo3(signature = (patient: "object", progress: "Progress") -> "Stream")]
    fn govern_accesses_table(
        &self,
        py: Python<'_>,
        patient: &Bound<'_, PyAny>,
        progress: &Bound<'_, Progress>,
    ) -> PyResult<Stream> {
        let patient: PatientId = argument(patient, "patient")?;
        let progress = &progress.get().0;
        Ok(Stream::new(self.enter(py, |session| prm_arrow::accesses(session, patient, progress))?))
    }
}
