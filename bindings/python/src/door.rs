//! The one way from Python into the library: the interpreter is let go, an error is mapped, a panic stops here, and
//! Ctrl-C ends long work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use prm_core::{Progress, Result};
use pyo3::prelude::*;

use crate::failure::{defect, raise};

/// How often long work is looked at.
const LOOK: Duration = Duration::from_millis(50);

type Caught<T> = thread::Result<Result<T>>;

fn mapped<T>(py: Python<'_>, caught: Caught<T>) -> PyResult<T> {
    match caught {
        Ok(outcome) => outcome.map_err(|error| raise(py, &error)),
        Err(payload) => Err(defect(py, payload.as_ref())),
    }
}

/// Calls the library without holding the interpreter.
pub(crate) fn enter<T: Send>(py: Python<'_>, call: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let caught = py.detach(|| catch_unwind(AssertUnwindSafe(call)));
    mapped(py, caught)
}

/// A call that fails by a defect of the library, so that a host can see what it does then.
#[pyfunction]
#[pyo3(signature = () -> "None")]
#[expect(clippy::panic, reason = "a panic is what is rehearsed")]
pub(crate) fn rehearse_defect(py: Python<'_>) -> PyResult<()> {
    enter(py, || panic!("a rehearsed defect"))
}

/// Who watches long work, and how it is stopped.
pub(crate) struct Watch<'a> {
    progress: &'a Progress,
    watcher: Option<Py<PyAny>>,
}

impl<'a> Watch<'a> {
    /// `watcher` is called with what is done and how much there is.
    pub(crate) fn new(progress: &'a Progress, watcher: Option<&Bound<'_, PyAny>>) -> Self {
        Watch { progress, watcher: watcher.map(|watcher| watcher.clone().unbind()) }
    }

    /// Calls the library on a thread of its own, while this one looks for Ctrl-C and tells the watcher how far the work
    /// is.
    ///
    /// When Ctrl-C comes, or the watcher raises, the work is cancelled, ends at the next place where nothing is half
    /// done, and the exception goes on.
    pub(crate) fn enter<T: Send>(&self, py: Python<'_>, call: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
        let (caught, stopped) = py.detach(|| self.run(call));
        match stopped {
            Some(stopped) => Err(stopped),
            None => mapped(py, caught),
        }
    }

    fn run<T: Send>(&self, call: impl FnOnce() -> Result<T> + Send) -> (Caught<T>, Option<PyErr>) {
        thread::scope(|scope| {
            let (done, over) = mpsc::channel::<()>();
            let work = scope.spawn(move || {
                let _until_the_end = done;
                catch_unwind(AssertUnwindSafe(call))
            });
            let mut stopped = None;
            while let Err(RecvTimeoutError::Timeout) = over.recv_timeout(LOOK) {
                if stopped.is_none()
                    && let Err(error) = Python::attach(|py| py.check_signals().and_then(|()| self.tell(py)))
                {
                    self.progress.cancel();
                    stopped = Some(error);
                }
            }
            let caught = work.join().unwrap_or_else(Err);
            if stopped.is_none() && matches!(caught, Ok(Ok(_))) {
                stopped = Python::attach(|py| self.tell(py)).err();
            }
            (caught, stopped)
        })
    }

    fn tell(&self, py: Python<'_>) -> PyResult<()> {
        if let Some(watcher) = &self.watcher {
            watcher.call1(py, (self.progress.done(), self.progress.total()))?;
        }
        Ok(())
    }
}

/// Something of the library that is let go of without holding the interpreter: the last handle of a store shuts it
/// down, which writes, and waits for a thread that may want to log.
pub(crate) struct Held<T: Send>(Option<T>);

impl<T: Send> Held<T> {
    pub(crate) const fn new(value: T) -> Self {
        Held(Some(value))
    }

    pub(crate) fn get(&self) -> PyResult<&T> {
        self.0.as_ref().ok_or_else(|| pyo3::exceptions::PyRuntimeError::new_err("the handle is gone"))
    }
}

impl<T: Send> Drop for Held<T> {
    fn drop(&mut self) {
        let value = self.0.take();
        let mut kept = Some(value);
        // While the interpreter ends nobody can attach, and nobody waits for it.
        Python::try_attach(|py| {
            let value = kept.take();
            py.detach(move || drop(value));
        });
    }
}
