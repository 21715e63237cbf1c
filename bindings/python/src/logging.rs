//! What the library traces, handed to `logging`.

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Passes events on to the logger `prm`. Spans are not told.
struct ToLogging {
    most: Level,
    spans: AtomicU64,
}

/// Fields of an event: numbers and ids, never content.
#[derive(Default)]
struct Told(String);

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let apart = if self.0.is_empty() { "" } else { " " };
        let _ = match field.name() {
            "message" => write!(self.0, "{apart}{value:?}"),
            name => write!(self.0, "{apart}{name}={value:?}"),
        };
    }
}

/// Levels as `logging` numbers them.
fn number(level: &Level) -> u8 {
    match *level {
        Level::ERROR => 40,
        Level::WARN => 30,
        Level::INFO => 20,
        Level::DEBUG => 10,
        Level::TRACE => 5,
    }
}

fn log(level: u8, text: &str) -> PyResult<()> {
    // Nobody can attach while the interpreter ends; what is traced then is told to nobody.
    let told = Python::try_attach(|py| {
        let logger = py.import("logging")?.call_method1("getLogger", ("prm",))?;
        logger.call_method1("log", (level, "%s", text)).map(drop)
    });
    told.unwrap_or(Ok(()))
}

impl Subscriber for ToLogging {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("prm") && *metadata.level() <= self.most
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(self.spans.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::default();
        event.record(&mut told);
        // A handler that raises is none of the library's business.
        let _ = log(number(event.metadata().level()), &told.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Hands what the library traces, from this level of `logging` on, to the logger `prm`.
#[pyfunction]
#[pyo3(signature = (level: "int") -> "None")]
pub(crate) fn log_from(level: u8) -> PyResult<()> {
    let levels = [Level::ERROR, Level::WARN, Level::INFO, Level::DEBUG, Level::TRACE];
    let most = levels.into_iter().rev().find(|most| number(most) >= level).unwrap_or(Level::ERROR);
    tracing::subscriber::set_global_default(ToLogging { most, spans: AtomicU64::new(0) })
        .map_err(|_| PyRuntimeError::new_err("the library logs already"))?;
    tracing::info!(target: "prm", level, "the library logs");
    Ok(())
}
