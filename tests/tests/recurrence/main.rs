//! Recurrence against what other implementations expect.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod carekit;
mod dateutil;
mod libical;
mod zoned;

use std::path::PathBuf;

use prm_core::engage::{ClockZone, Instance, Recurrence};
use prm_core::{CivilTime, Instant, Zones};

fn data(name: &str) -> serde_json::Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/rrule").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn array<'a>(value: &'a serde_json::Value, name: &str) -> &'a [serde_json::Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a serde_json::Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {value}"))
}

/// Before every start of the vectors.
fn long_ago() -> Instant {
    "0002-01-01T00:00:00Z".parse().unwrap()
}

fn read(text: &str, start: Option<CivilTime>) -> Recurrence {
    Recurrence::parse(text, start, ClockZone::Floating, &Zones::bundled()).unwrap_or_else(|e| panic!("{text:?}: {e}"))
}

/// The first instances, and the last ones found backwards from the end of time if there is an end.
fn all(recurrence: &Recurrence, zones: &Zones, limit: usize) -> Vec<Instance> {
    let forward: Vec<_> = recurrence.instances(zones, "UTC", long_ago()).unwrap().take(limit).collect();
    let mut backward = Vec::new();
    if let Some(last) = forward.last() {
        let mut to = recurrence.before(zones, "UTC", last.at, true).unwrap();
        while let Some(instance) = to {
            backward.push(instance);
            to = recurrence.before(zones, "UTC", instance.at, false).unwrap();
        }
    }
    backward.reverse();
    assert_eq!(forward, backward, "forwards and backwards differ: {}", recurrence.to_text());
    for instance in &forward {
        assert_eq!(recurrence.instance(zones, "UTC", &instance.stamp).unwrap().as_ref(), Some(instance));
    }
    let again = Recurrence::parse(&recurrence.to_text(), None, ClockZone::Floating, zones).unwrap();
    assert_eq!(&again, recurrence);
    forward
}
