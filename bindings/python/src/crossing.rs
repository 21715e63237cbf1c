//! Values that cross between Rust and Python.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyString, PyTuple};

use prm_core::Sensitive;

use crate::shape::{self, Class, unexpected};

/// A value that crosses.
pub(crate) trait Crossing: Sized {
    /// The value as Python has it.
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;

    /// The value that Python gave.
    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self>;
}

/// A field of a record.
pub(crate) fn field<T: Crossing>(record: &Bound<'_, PyAny>, name: &Bound<'_, PyString>) -> PyResult<T> {
    T::take(&record.getattr(name)?).map_err(|error| shape::within(record.py(), &name.to_string(), error))
}

/// An argument of a call.
pub(crate) fn argument<T: Crossing>(value: &Bound<'_, PyAny>, name: &str) -> PyResult<T> {
    T::take(value).map_err(|error| shape::within(value.py(), name, error))
}

/// An answer.
pub(crate) fn answer<'py, T: Crossing>(py: Python<'py>, outcome: PyResult<T>) -> PyResult<Bound<'py, PyAny>> {
    outcome?.give(py)
}

impl Crossing for () {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(py.None().into_bound(py))
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_none() { Ok(()) } else { Err(unexpected("None", value)) }
    }
}

impl Crossing for bool {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyBool::new(py, self).to_owned().into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        value.cast::<PyBool>().map(|truth| truth.is_true()).map_err(|_| unexpected("bool", value))
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Crossing for $number {
            fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.into_pyobject(py)?.into_any())
            }

            fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                if value.is_instance_of::<PyBool>() || !value.is_instance_of::<PyInt>() {
                    return Err(unexpected("int", value));
                }
                value.extract()
            }
        }
    )+};
}

numbers!(u8, u16, u32, u64, i64);

impl Crossing for String {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, &self).into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let text = value.cast::<PyString>().map_err(|_| unexpected("str", value))?;
        text.to_cow().map(std::borrow::Cow::into_owned).map_err(|_| {
            PyTypeError::new_err("a text holds half of a surrogate pair, which no text outside Python can hold")
        })
    }
}

impl<T: Crossing> Crossing for Option<T> {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Some(value) => value.give(py),
            None => Ok(py.None().into_bound(py)),
        }
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if value.is_none() { Ok(None) } else { T::take(value).map(Some) }
    }
}

impl<T: Crossing> Crossing for Box<T> {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        (*self).give(py)
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        T::take(value).map(Box::new)
    }
}

impl<T: Crossing> Crossing for Vec<T> {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let items = self.into_iter().map(|item| item.give(py)).collect::<PyResult<Vec<_>>>()?;
        Ok(PyTuple::new(py, items)?.into_any())
    }

    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let one = value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>();
        if one || value.is_instance_of::<PyDict>() {
            return Err(unexpected("a sequence", value));
        }
        let items = value.try_iter().map_err(|_| unexpected("a sequence", value))?;
        items.map(|item| T::take(&item?)).collect()
    }
}

static SENSITIVE: Class = Class::new("prm._scalars", "Sensitive");

impl<T: Crossing> Crossing for Sensitive<T> {
    fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let made = SENSITIVE.blank(py)?;
        shape::set(&made, intern!(py, "_value"), &self.into_exposed().give(py)?)?;
        Ok(made)
    }

    /// What is not wrapped yet is taken as it is.
    fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if SENSITIVE.is_of(value)? {
            return T::take(&value.getattr(intern!(value.py(), "_value"))?).map(Sensitive::new);
        }
        T::take(value).map(Sensitive::new)
    }
}
