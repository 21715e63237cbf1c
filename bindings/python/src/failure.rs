//! The one map from errors of the library to exceptions.

use std::error::Error as _;
use std::fmt::Write as _;

use prm_core::{Detail, Error};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

/// The exception for an error. Its class is found by the code of the kind.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    made(py, error).unwrap_or_else(|failed| failed)
}

fn made(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    static RAISED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let told = PyDict::new(py);
    match error.particulars() {
        Some(Detail::Field(field)) => told.set_item(intern!(py, "field"), field.as_ref())?,
        Some(Detail::Versions { expected, found }) => {
            told.set_item(intern!(py, "versions"), (expected, found))?;
        }
        Some(Detail::Row { table, key }) => {
            told.set_item(intern!(py, "table"), table)?;
            told.set_item(intern!(py, "key"), key)?;
        }
        _ => {}
    }
    let mut because = String::new();
    let mut source = error.source();
    while let Some(cause) = source {
        let apart = if because.is_empty() { "" } else { "; " };
        let _ = write!(because, "{apart}{cause}");
        source = cause.source();
    }
    if !because.is_empty() {
        told.set_item(intern!(py, "because"), because)?;
    }
    let raised = RAISED.import(py, "prm._failure", "raised")?;
    Ok(PyErr::from_value(raised.call((error.code(), error.to_string()), Some(&told))?))
}

/// The exception for a defect of the library: a panic that was caught at the door.
pub(crate) fn defect(py: Python<'_>, payload: &(dyn std::any::Any + Send)) -> PyErr {
    let what = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    static DEFECT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = DEFECT.import(py, "prm._failure", "Defect");
    class.and_then(|class| class.call1((what,))).map_or_else(|failed| failed, PyErr::from_value)
}
