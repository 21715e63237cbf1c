//! Where the current instant comes from. Only the handle asks it; rules are handed `now`.

use std::sync::{Arc, Mutex, PoisonError};

use super::Instant;

/// The clock of a store handle.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The clock of the operating system.
    #[default]
    System,
    /// A clock that stands still until it is set: for tests, scenarios and replays.
    Manual(ManualClock),
}

impl Clock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the time")]
    pub(crate) fn now(&self) -> Instant {
        match self {
            Clock::System => chrono::DateTime::from(std::time::SystemTime::now()),
            Clock::Manual(clock) => clock.now(),
        }
    }
}

/// A clock that shows what it was last set to. Clones show the same time.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<Mutex<Instant>>);

impl ManualClock {
    /// A clock that stands at `now`.
    pub fn new(now: Instant) -> Self {
        ManualClock(Arc::new(Mutex::new(now)))
    }

    /// What the clock shows.
    pub fn now(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the clock, forwards or back.
    pub fn set(&self, now: Instant) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}
