//! Small handles: a key, a progress, a clock, and the choices a store is opened with.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use prm_core::{AuditSync, Clock, Ids, OpenOptions, Zones};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::crossing::{Crossing as _, argument};

/// What opens a store: 32 bytes that the host keeps, or a passphrase that a person remembers.
///
/// There is no default key. It does not print, and the library wipes its copy; Python may keep copies of the bytes or the
/// text it was made from until they are collected.
#[pyclass(frozen, module = "prm")]
pub(crate) struct Key(pub(crate) prm_core::Key);

#[pymethods]
impl Key {
    /// Thirty-two secret, random bytes from a keychain, a key store or a security module.
    #[staticmethod]
    #[pyo3(signature = (secret: "bytes") -> "Key")]
    fn raw(secret: &Bound<'_, PyBytes>) -> PyResult<Key> {
        let bytes = secret.as_bytes().try_into();
        let bytes = bytes.map_err(|_| PyValueError::new_err("a raw key has 32 bytes; a passphrase is a str"))?;
        Ok(Key(prm_core::Key::raw(bytes)))
    }

    /// A passphrase, stretched by Argon2id (19 MiB, two passes).
    #[staticmethod]
    #[pyo3(signature = (words: "str") -> "Key")]
    fn passphrase(words: &str) -> Key {
        Key(prm_core::Key::passphrase(words))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0).replace("::", ".")
    }
}

/// How far long work has come, and the wish to stop it. It may be looked at from any thread.
#[pyclass(frozen, module = "prm")]
pub(crate) struct Progress(pub(crate) prm_core::Progress);

#[pymethods]
impl Progress {
    #[new]
    fn new() -> Self {
        Progress(prm_core::Progress::default())
    }

    /// Units done so far: bytes of an import, hundredths of a repair, rows of a table.
    #[getter]
    fn done(&self) -> u64 {
        self.0.done()
    }

    /// Units in all; 0 while that is not known.
    #[getter]
    fn total(&self) -> u64 {
        self.0.total()
    }

    /// Asks the work to stop. It ends with `Cancelled` and keeps what it has committed.
    #[pyo3(signature = () -> "None")]
    fn cancel(&self) {
        self.0.cancel();
    }

    fn __repr__(&self) -> String {
        format!("Progress({} of {})", self.0.done(), self.0.total())
    }
}

/// A clock that stands still until it is set: for tests and replays.
#[pyclass(frozen, module = "prm")]
pub(crate) struct ManualClock(prm_core::ManualClock);

#[pymethods]
impl ManualClock {
    #[new]
    #[pyo3(signature = (now: "datetime.datetime"))]
    fn new(now: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(ManualClock(prm_core::ManualClock::new(argument(now, "now")?)))
    }

    /// What the clock shows.
    #[pyo3(signature = () -> "datetime.datetime")]
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.now().give(py)
    }

    /// Sets the clock, forwards or back.
    #[pyo3(signature = (now: "datetime.datetime") -> "None")]
    fn set(&self, now: &Bound<'_, PyAny>) -> PyResult<()> {
        let now: DateTime<Utc> = argument(now, "now")?;
        self.0.set(now);
        Ok(())
    }
}

/// How a store is opened.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Options(pub(crate) OpenOptions, pub(crate) prm_core::Progress);

#[pymethods]
impl Options {
    #[new]
    #[pyo3(signature = (
        key: "Key", *,
        cache_bytes: "int | None" = None,
        clock: "ManualClock | None" = None,
        seed: "int | None" = None,
        zones: "tuple[str, dict[str, bytes]] | None" = None,
        audit_sync: "float | None" = None,
        read_only: "bool" = false,
        progress: "Progress | None" = None,
    ))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments, each with a default")]
    fn new(
        key: &Bound<'_, Key>,
        cache_bytes: Option<usize>,
        clock: Option<&Bound<'_, ManualClock>>,
        seed: Option<u64>,
        zones: Option<(String, HashMap<String, Vec<u8>>)>,
        audit_sync: Option<f64>,
        read_only: bool,
        progress: Option<&Bound<'_, Progress>>,
    ) -> PyResult<Self> {
        let mut options = OpenOptions::key(key.get().0.clone());
        if let Some(bytes) = cache_bytes {
            options = options.cache_bytes(bytes);
        }
        if let Some(clock) = clock {
            options = options.clock(Clock::Manual(clock.get().0.clone()));
        }
        if let Some(seed) = seed {
            options = options.ids(Ids::Seeded(seed));
        }
        if let Some((version, zones)) = zones {
            options = options.zones(Zones::supplied(version, zones));
        }
        if let Some(within) = audit_sync {
            let within = Duration::try_from_secs_f64(within)
                .map_err(|_| PyValueError::new_err("audit_sync is a number of seconds, from 0"))?;
            options = options.audit_sync(if within.is_zero() { AuditSync::Strict } else { AuditSync::Within(within) });
        }
        if read_only {
            options = options.read_only();
        }
        let progress = progress.map(|progress| progress.get().0.clone()).unwrap_or_default();
        Ok(Options(options.progress(progress.clone()), progress))
    }
}
