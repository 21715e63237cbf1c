//! Values of Python: which class, and how an instance of it is filled.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyType};

/// A class of the package, looked up when it is first needed.
pub(crate) struct Class {
    module: &'static str,
    name: &'static str,
    found: PyOnceLock<Py<PyType>>,
}

impl Class {
    pub(crate) const fn new(module: &'static str, name: &'static str) -> Self {
        Class { module, name, found: PyOnceLock::new() }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyType>> {
        self.found.import(py, self.module, self.name)
    }

    /// An instance whose fields are not set yet.
    pub(crate) fn blank<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static NEW: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let new = NEW.get_or_try_init(py, || -> PyResult<_> {
            Ok(py.get_type::<PyAny>().getattr(intern!(py, "__new__"))?.unbind())
        })?;
        new.bind(py).call1((self.get(py)?,))
    }

    /// Whether a value is an instance of exactly this class.
    pub(crate) fn is_of(&self, value: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(value.get_type().is(self.get(value.py())?))
    }

    /// Refuses a value of another class.
    pub(crate) fn check(&self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if value.is_instance(self.get(value.py())?)? { Ok(()) } else { Err(unexpected(self.name, value)) }
    }
}

/// The error for a value of the wrong type. It names types alone: the value may be content.
pub(crate) fn unexpected(wanted: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let found = value.get_type().name().map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("expected {wanted}, not {found}"))
}

/// The same error about a part of what the caller sent.
pub(crate) fn within(py: Python<'_>, part: &str, error: PyErr) -> PyErr {
    if !error.get_type(py).is(py.get_type::<PyTypeError>()) {
        return error;
    }
    PyTypeError::new_err(format!("{part}: {}", error.value(py)))
}

/// Sets a field of an instance, past `__setattr__`, which frozen classes refuse.
pub(crate) fn set(instance: &Bound<'_, PyAny>, name: &Bound<'_, PyString>, value: &Bound<'_, PyAny>) -> PyResult<()> {
    // SAFETY: the three are objects that live throughout the call, and the interpreter is attached.
    let outcome = unsafe { ffi::PyObject_GenericSetAttr(instance.as_ptr(), name.as_ptr(), value.as_ptr()) };
    if outcome == 0 { Ok(()) } else { Err(PyErr::fetch(instance.py())) }
}

/// A record: a frozen dataclass with the same fields.
macro_rules! record {
    ($native:ty, $class:literal { $($field:ident $name:literal),* $(,)? }) => {
        const _: () = {
            static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $class);
            type Native = $native;

            impl $crate::crossing::Crossing for Native {
                fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    let Native { $($field),* } = self;
                    let made = CLASS.blank(py)?;
                    $($crate::shape::set(&made, intern!(py, $name), &$field.give(py)?)?;)*
                    Ok(made)
                }

                fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                    CLASS.check(value)?;
                    Ok(Native { $($field: $crate::crossing::field(value, intern!(value.py(), $name))?),* })
                }
            }
        };
    };
}
pub(crate) use record;

/// One of several: a class for each variant.
macro_rules! choice {
    ($native:ty, $name:literal { $(
        $variant:ident $(($one:ident))? $({ $($named:ident),* })? $class:literal { $($field:ident $as:literal),* },
    )+ }) => {
        const _: () = {
            type Native = $native;

            impl $crate::crossing::Crossing for Native {
                fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    match self {
                        $(Native::$variant $(($one))? $({ $($named),* })? => {
                            static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $class);
                            let made = CLASS.blank(py)?;
                            $($crate::shape::set(&made, intern!(py, $as), &$field.give(py)?)?;)*
                            Ok(made)
                        })+
                    }
                }

                fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                    $({
                        static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $class);
                        if CLASS.is_of(value)? {
                            $(let $field = $crate::crossing::field(value, intern!(value.py(), $as))?;)*
                            return Ok(Native::$variant $(($one))? $({ $($named),* })?);
                        }
                    })+
                    Err($crate::shape::unexpected($name, value))
                }
            }
        };
    };
}
pub(crate) use choice;

/// One of several without content: members of an `Enum`.
macro_rules! members {
    ($native:ty, $name:literal { $($variant:ident $as:literal,)+ }) => {
        const _: () = {
            static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $name);
            type Native = $native;

            impl $crate::crossing::Crossing for Native {
                fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    let class = CLASS.get(py)?;
                    match self {
                        $(Native::$variant => class.getattr(intern!(py, $as)),)+
                    }
                }

                fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                    CLASS.check(value)?;
                    let name = value.getattr(intern!(value.py(), "name"))?;
                    match name.cast::<PyString>()?.to_cow()?.as_ref() {
                        $($as => Ok(Native::$variant),)+
                        _ => Err($crate::shape::unexpected($name, value)),
                    }
                }
            }
        };
    };
}
pub(crate) use members;

/// A code: an instance of a subclass of `str`. Known ones are made once.
macro_rules! code {
    ($native:ty, $name:literal) => {
        const _: () = {
            static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $name);
            type Native = $native;

            impl $crate::crossing::Crossing for Native {
                fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    CLASS.get(py)?.call1((self.code(),))
                }

                fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                    let text = value.cast::<PyString>().map_err(|_| $crate::shape::unexpected($name, value))?;
                    Ok(Native::from_code(&text.to_cow()?))
                }
            }
        };
    };
}
pub(crate) use code;

/// An id: a class of its own over the sixteen bytes.
macro_rules! id {
    ($native:ty, $name:literal) => {
        const _: () = {
            static CLASS: $crate::shape::Class = $crate::shape::Class::new("prm._model", $name);
            type Native = $native;

            impl $crate::crossing::Crossing for Native {
                fn give<'py>(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    let made = CLASS.blank(py)?;
                    let bytes = PyBytes::new(py, self.as_bytes());
                    $crate::shape::set(&made, intern!(py, "_bytes"), bytes.as_any())?;
                    Ok(made)
                }

                fn take(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                    CLASS.check(value)?;
                    let bytes: [u8; 16] = value.getattr(intern!(value.py(), "_bytes"))?.extract()?;
                    Ok(Native::from_uuid(uuid::Uuid::from_bytes(bytes)))
                }
            }
        };
    };
}
pub(crate) use id;
