//! The store and the session.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use prm_core::{Actor, Batch, Created, Founder, LocalTime, Purpose};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::crossing::{Crossing, answer, argument};
use crate::door::{Held, Watch, enter};
use crate::small::{Key, Options};

/// A store that is open.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Prm(Held<prm_core::Prm>);

/// A program by its name, or a practitioner.
fn founder(value: &Bound<'_, PyAny>) -> PyResult<Founder> {
    match value.cast::<PyString>() {
        Ok(name) => Ok(Founder::system(name.to_cow()?)),
        Err(_) => argument(value, "founder").map(Founder::practitioner),
    }
}

fn created<'py>(py: Python<'py>, created: PyResult<Created>) -> PyResult<Bound<'py, PyTuple>> {
    let Created { prm, administrator } = created?;
    let prm = Bound::new(py, Prm(Held::new(prm)))?;
    PyTuple::new(py, [prm.into_any(), administrator.give(py)?])
}

#[pymethods]
impl Prm {
    /// Makes a store in a new folder and opens it.
    #[staticmethod]
    #[pyo3(signature = (path: "str | os.PathLike[str]", options: "Options", founder: "object") -> "tuple[Prm, prm._model.Who]")]
    fn create<'py>(
        py: Python<'py>,
        path: PathBuf,
        options: &Bound<'py, Options>,
        founder: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let (options, founder) = (options.get().0.clone(), self::founder(founder)?);
        created(py, enter(py, move || prm_core::Prm::create(path, options, founder)))
    }

    /// Opens a store. Ctrl-C is seen while a repair goes on.
    #[staticmethod]
    #[pyo3(signature = (path: "str | os.PathLike[str]", options: "Options", watcher: "object | None" = None) -> "Prm")]
    fn open(
        py: Python<'_>,
        path: PathBuf,
        options: &Bound<'_, Options>,
        watcher: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Prm> {
        let Options(options, progress) = options.get();
        let prm = Watch::new(progress, watcher).enter(py, || prm_core::Prm::open(path, options.clone()))?;
        Ok(Prm(Held::new(prm)))
    }

    /// Makes a store that lives in memory.
    #[staticmethod]
    #[pyo3(signature = (options: "Options", founder: "object") -> "tuple[Prm, prm._model.Who]")]
    fn open_memory<'py>(
        py: Python<'py>,
        options: &Bound<'py, Options>,
        founder: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let (options, founder) = (options.get().0.clone(), self::founder(founder)?);
        created(py, enter(py, move || prm_core::Prm::open_memory(options, founder)))
    }

    /// Copies what can still be read of a damaged store. Gives the rows copied and what is lost.
    #[staticmethod]
    #[pyo3(signature = (
        damaged: "str | os.PathLike[str]", to: "str | os.PathLike[str]", options: "Options",
        watcher: "object | None" = None,
    ) -> "prm._model.Salvaged")]
    fn salvage<'py>(
        py: Python<'py>,
        damaged: PathBuf,
        to: PathBuf,
        options: &Bound<'py, Options>,
        watcher: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Options(options, progress) = options.get();
        let watch = Watch::new(progress, watcher);
        answer(py, watch.enter(py, || prm_core::Prm::salvage(damaged, to, options.clone())))
    }

    /// The files of a store's folder.
    #[staticmethod]
    #[pyo3(signature = () -> "tuple[prm._model.StoreFile, ...]")]
    fn files(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        prm_core::Prm::files().give(py)
    }

    /// Begins a session.
    #[pyo3(signature = (actor: "prm._model.Actor", purpose: "str") -> "Session")]
    fn session(&self, py: Python<'_>, actor: &Bound<'_, PyAny>, purpose: &Bound<'_, PyAny>) -> PyResult<Session> {
        let actor: Actor = argument(actor, "actor")?;
        let purpose: Purpose = argument(purpose, "purpose")?;
        let prm = self.0.get()?;
        Ok(Session(Held::new(enter(py, || prm.session(actor, purpose))?)))
    }

    /// Ends every access, makes everything durable and releases the files.
    #[pyo3(signature = () -> "None")]
    fn shut_down(&self, py: Python<'_>) -> PyResult<()> {
        let prm = self.0.get()?;
        enter(py, || prm.shut_down())
    }

    /// Releases the files and drops the keys.
    #[pyo3(signature = () -> "None")]
    fn suspend(&self, py: Python<'_>) -> PyResult<()> {
        let prm = self.0.get()?;
        enter(py, || prm.suspend())
    }

    /// Opens a suspended store again.
    #[pyo3(signature = (key: "Key") -> "None")]
    fn resume(&self, py: Python<'_>, key: &Bound<'_, Key>) -> PyResult<()> {
        let (prm, key) = (self.0.get()?, &key.get().0);
        enter(py, || prm.resume(key))
    }

    /// Version of the time zone database.
    #[pyo3(signature = () -> "str")]
    fn zones_version(&self) -> PyResult<String> {
        Ok(self.0.get()?.zones().version().to_owned())
    }

    /// What a local time stands for: `once`, `skipped` or `twice`, the instant that rules use, and the second one.
    #[pyo3(signature = (
        zone: "str", local: "datetime.datetime",
    ) -> "tuple[str, datetime.datetime, datetime.datetime | None]")]
    fn resolve<'py>(&self, py: Python<'py>, zone: &str, local: NaiveDateTime) -> PyResult<Bound<'py, PyTuple>> {
        let prm = self.0.get()?;
        let (how, at, second) = match enter(py, || prm.zones().resolve(zone, local))? {
            LocalTime::Once(at) => ("once", at, None),
            LocalTime::Skipped(at) => ("skipped", at, None),
            LocalTime::Twice { first, second } => ("twice", first, Some(second)),
        };
        PyTuple::new(py, [PyString::new(py, how).into_any(), at.give(py)?, second.give(py)?])
    }
}

/// Someone acting for one purpose.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Session(Held<prm_core::Session>);

impl Session {
    pub(crate) fn core(&self) -> PyResult<&prm_core::Session> {
        self.0.get()
    }

    /// Makes a call of the library.
    pub(crate) fn enter<T: Send>(
        &self,
        py: Python<'_>,
        call: impl FnOnce(&prm_core::Session) -> prm_core::Result<T> + Send,
    ) -> PyResult<T> {
        let session = self.core()?;
        enter(py, || call(session))
    }
}

#[pymethods]
impl Session {
    /// Id of the session, as it stands in the audit.
    #[pyo3(signature = () -> "prm._model.SessionId")]
    fn id<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.core()?.id().give(py)
    }

    /// Who acts.
    #[pyo3(signature = () -> "prm._model.Actor")]
    fn actor<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.core()?.actor().clone().give(py)
    }

    /// What for.
    #[pyo3(signature = () -> "prm._model.Purpose")]
    fn purpose<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.core()?.purpose().clone().give(py)
    }

    /// Executes a batch: all of it or nothing.
    #[pyo3(signature = (batch: "prm._model.Batch") -> "prm._model.Receipt")]
    fn execute<'py>(&self, py: Python<'py>, batch: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let batch: Batch = argument(batch, "batch")?;
        answer(py, self.enter(py, |session| session.execute(batch)))
    }

    /// Follows commits.
    #[pyo3(signature = (after: "int | None" = None) -> "Subscription")]
    fn subscribe(&self, py: Python<'_>, after: Option<u64>) -> PyResult<Subscription> {
        let subscription = self.enter(py, |session| session.subscribe(after))?;
        Ok(Subscription(Held::new(Mutex::new(subscription))))
    }
}

/// Follows commits from a sequence on.
#[pyclass(frozen, module = "prm._native")]
pub(crate) struct Subscription(Held<Mutex<prm_core::Subscription>>);

/// How often Ctrl-C is looked for while an event is awaited.
const LOOK: Duration = Duration::from_millis(100);

#[pymethods]
impl Subscription {
    /// Sequence of the last commit that was looked at.
    #[pyo3(signature = () -> "int")]
    fn sequence(&self, py: Python<'_>) -> PyResult<u64> {
        let subscription = self.0.get()?;
        enter(py, || Ok(subscription.lock().unwrap_or_else(PoisonError::into_inner).sequence()))
    }

    /// The next event, or none within so many seconds; without a limit if there is none.
    #[pyo3(signature = (at_most: "float | None" = None) -> "prm._model.Event | None")]
    fn next<'py>(&self, py: Python<'py>, at_most: Option<f64>) -> PyResult<Bound<'py, PyAny>> {
        let subscription = self.0.get()?;
        let began = Instant::now();
        let at_most = at_most.map(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX));
        loop {
            let left = at_most.map_or(LOOK, |at_most| at_most.saturating_sub(began.elapsed()));
            let event = enter(py, || subscription.lock().unwrap_or_else(PoisonError::into_inner).next(left.min(LOOK)))?;
            let over = at_most.is_some_and(|at_most| began.elapsed() >= at_most);
            if event.is_some() || over {
                return event.give(py);
            }
            py.check_signals()?;
        }
    }
}
