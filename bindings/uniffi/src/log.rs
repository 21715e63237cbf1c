//! What the library logs, handed to the host's own log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};

use crate::PrmError;

/// How important a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something is to be looked at.
    Warn,
    /// What happened, in few lines.
    Info,
    /// What happened, in many lines.
    Debug,
    /// Every step.
    Trace,
}

/// Receives lines of the log, on a thread of the library and off every lock. Lines hold ids and counts, never content.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// Takes a line. What it throws is counted and goes no further.
    fn line(&self, level: LogLevel, target: String, text: String) -> Result<(), LogSinkError>;
}

/// The sink failed.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum LogSinkError {
    /// It threw something.
    #[error("the log sink failed: {reason}")]
    Failed {
        /// What the binding knows of it.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for LogSinkError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        LogSinkError::Failed { reason: error.reason }
    }
}

/// Lines that wait for a slow sink; further ones are dropped and counted.
const WAITING: usize = 1024;

static LOST: AtomicU64 = AtomicU64::new(0);

/// Hands every line of `level` or more important to `sink`, from now on and once for the process.
///
/// # Errors
/// `Conflict` if there is a sink already, or the host collects `tracing` itself.
#[uniffi::export]
pub fn set_log_sink(level: LogLevel, sink: Arc<dyn LogSink>) -> Result<(), PrmError> {
    let (lines, received) = sync_channel::<(LogLevel, String, String)>(WAITING);
    let deliver = move || {
        for (level, target, text) in received {
            if sink.line(level, target, text).is_err() {
                LOST.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    let thread = std::thread::Builder::new().name("prm log".to_owned()).spawn(deliver);
    thread.map(drop).map_err(prm_core::Error::from)?;
    // Refused, it drops its end of the channel, and the thread ends.
    let set = tracing::subscriber::set_global_default(Lines { level: level_of(level), lines });
    set.map_err(|_| PrmError::conflict("there is a log sink already"))?;
    // So that a host sees that its sink works.
    tracing::info!(target: "prm", "lines of the log go to the host");
    Ok(())
}

/// How many lines did not reach the sink: it failed, or was too slow.
#[uniffi::export]
pub fn lost_log_lines() -> u64 {
    LOST.load(Ordering::Relaxed)
}

struct Lines {
    level: tracing::Level,
    lines: SyncSender<(LogLevel, String, String)>,
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level && metadata.target().starts_with("prm")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let target = event.metadata().target().to_owned();
        if self.lines.try_send((level_from(*event.metadata().level()), target, text.0)).is_err() {
            LOST.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// The message, then the fields.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "message" {
            self.0.insert_str(0, &format!("{value:?}"));
        } else {
            self.0.push_str(&format!(" {}={value:?}", field.name()));
        }
    }
}

fn level_of(level: LogLevel) -> tracing::Level {
    match level {
        LogLevel::Error => tracing::Level::ERROR,
        LogLevel::Warn => tracing::Level::WARN,
        LogLevel::Info => tracing::Level::INFO,
        LogLevel::Debug => tracing::Level::DEBUG,
        LogLevel::Trace => tracing::Level::TRACE,
    }
}

fn level_from(level: tracing::Level) -> LogLevel {
    match level {
        tracing::Level::ERROR => LogLevel::Error,
        tracing::Level::WARN => LogLevel::Warn,
        tracing::Level::INFO => LogLevel::Info,
        tracing::Level::DEBUG => LogLevel::Debug,
        _ => LogLevel::Trace,
    }
}
