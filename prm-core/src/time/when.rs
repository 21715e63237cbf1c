//! When something happened: an instant with the offset it was written in, or a partial date.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DatePrecision, Instant, PartialDate};
use crate::error::{Error, Result};

/// A FHIR `dateTime`: an instant with its offset, or a date known to the year, month or day.
///
/// Parses `2019`, `2019-03`, `2019-03-07` and `2019-03-07T13:28:17-05:00`; years 1 to 9999, offsets up to 14 hours. A
/// leap second, `23:59:60`, is read as the second before it: few languages can tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A moment, with the offset from UTC it was written in.
    At(DateTime<FixedOffset>),
    /// A date of which perhaps only a part is known.
    On(PartialDate),
}

/// Where a [`When`] stands on a timeline: seconds since 0001-01-01T00:00:00, then precision. A partial date stands
/// at the start of its span, coarser first. Civil dates are placed as if they were UTC, for order alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimelineTime {
    pub(crate) seconds: u64,
    pub(crate) precision: u8,
}

/// Seconds from 0001-01-01T00:00:00Z to 1970-01-01T00:00:00Z.
const YEAR_ONE: i64 = 62_135_596_800;
/// Widest offset from UTC, in seconds, as FHIR has it.
const WIDEST_OFFSET: i32 = 14 * 3600;
/// Nanoseconds of a second; chrono counts on from here in a leap second.
const NANOSECONDS: u32 = 1_000_000_000;

impl TimelineTime {
    pub(crate) fn from_instant(at: Instant) -> Self {
        let seconds = at.timestamp().saturating_add(YEAR_ONE);
        TimelineTime { seconds: u64::try_from(seconds).unwrap_or(0), precision: 3 }
    }
}

impl When {
    pub(crate) fn timeline_time(&self) -> TimelineTime {
        match self {
            When::At(at) => TimelineTime::from_instant(at.to_utc()),
            When::On(date) => {
                let start = TimelineTime::from_instant(date.first_day().and_time(chrono::NaiveTime::MIN).and_utc());
                let precision = match date.precision() {
                    DatePrecision::Year => 0,
                    DatePrecision::Month => 1,
                    DatePrecision::Day => 2,
                };
                TimelineTime { precision, ..start }
            }
        }
    }

    /// The date as it was written: the local date of an instant, or the partial date.
    pub fn date(&self) -> PartialDate {
        match self {
            When::At(at) => PartialDate::from(at.date_naive()),
            When::On(date) => *date,
        }
    }
}

impl From<Instant> for When {
    fn from(at: Instant) -> Self {
        When::At(at.fixed_offset())
    }
}

impl From<PartialDate> for When {
    fn from(date: PartialDate) -> Self {
        When::On(date)
    }
}

impl FromStr for When {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if !text.contains('T') {
            return text.parse().map(When::On);
        }
        let at = DateTime::parse_from_rfc3339(text)
            .map_err(|e| Error::invalid("dateTime", "an instant is written 2019-03-07T13:28:17-05:00").because(e))?;
        if at.offset().local_minus_utc().abs() > WIDEST_OFFSET {
            return Err(Error::invalid("dateTime", "offsets from UTC are at most 14 hours"));
        }
        if [at.year(), at.to_utc().year()].iter().any(|year| !(1..=9999).contains(year)) {
            return Err(Error::invalid("dateTime", "years are 1 to 9999"));
        }
        let nanosecond = at.nanosecond() % NANOSECONDS;
        Ok(When::At(at.with_nanosecond(nanosecond).unwrap_or(at)))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::At(at) => {
                let digits =
                    if at.nanosecond() == 0 { chrono::SecondsFormat::Secs } else { chrono::SecondsFormat::AutoSi };
                f.write_str(&at.to_rfc3339_opts(digits, true))
            }
            When::On(date) => date.fmt(f),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<C> Encode<C> for When {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        match self {
            When::On(date) => date.encode(e, ctx),
            When::At(at) => e
                .array(3)?
                .i64(at.timestamp())?
                .u32(at.timestamp_subsec_nanos())?
                .i32(at.offset().local_minus_utc())?
                .ok(),
        }
    }
}

impl<'b, C> Decode<'b, C> for When {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        use minicbor::data::Type;
        use minicbor::decode::Error;
        if d.datatype()? != Type::Array {
            return PartialDate::decode(d, ctx).map(When::On);
        }
        if d.array()? != Some(3) {
            return Err(Error::message("an instant with offset is three numbers"));
        }
        let (seconds, nanos, offset) = (d.i64()?, d.u32()?, d.i32()?);
        let at = DateTime::<Utc>::from_timestamp(seconds, nanos).ok_or_else(|| Error::message("no such instant"))?;
        let offset = FixedOffset::east_opt(offset).ok_or_else(|| Error::message("no such offset"))?;
        Ok(When::At(at.with_timezone(&offset)))
    }
}

/// A span of time with open ends allowed, as in FHIR `Period`. Both ends belong to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First moment or day; none means it always was.
    #[n(0)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<When>,
    /// Last moment or day; none means it still is.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<When>,
}

impl Period {
    /// Whether `at` lies within the period. A date at either end holds for the whole of its span, in UTC.
    pub fn contains(&self, at: Instant) -> bool {
        let started = self.start.is_none_or(|start| match start {
            When::At(start) => start.to_utc() <= at,
            When::On(date) => date.first_day() <= at.date_naive(),
        });
        let ended = self.end.is_some_and(|end| match end {
            When::At(end) => end.to_utc() < at,
            When::On(date) => date.last_day() < at.date_naive(),
        });
        started && !ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn when(text: &str) -> When {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_keeps_the_offset_it_was_written_in() {
        assert_eq!(when("2010-05-03T10:11:12-04:00").to_string(), "2010-05-03T10:11:12-04:00");
        assert_eq!(when("2010-05-03T10:11:12.125Z").to_string(), "2010-05-03T10:11:12.125Z");
        assert!("2010-05-03T10:11".parse::<When>().is_err());
        assert!("2010-05-03T24:00:00Z".parse::<When>().is_err());
    }

    /// Other languages have no time in year 0 or 10000, no offset of 23 hours and no sixty-first second.
    #[test]
    fn an_instant_is_one_that_every_language_has() {
        for text in [
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00-14:00",
            "9999-12-31T23:59:59.999999999Z",
            "9999-12-31T23:59:59+14:00",
        ] {
            assert_eq!(when(text).to_string(), text);
        }
        for text in [
            "0001-01-01T00:00:00+01:00",
            "0000-12-31T23:30:00-01:00",
            "9999-12-31T23:30:00-01:00",
            "10000-01-01T00:30:00+01:00",
            "2019-03-07T13:28:17+14:01",
            "2019-03-07T13:28:17-23:59",
        ] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
        assert_eq!(when("2016-12-31T23:59:60Z").to_string(), "2016-12-31T23:59:59Z");
        assert_eq!(when("2017-01-01T00:59:60.5+01:00").to_string(), "2017-01-01T00:59:59.500+01:00");
    }

    #[test]
    fn a_period_includes_the_whole_of_its_last_day() {
        let period = Period { start: Some(when("2020-01")), end: Some(when("2020-03-31")) };
        assert!(period.contains("2020-03-31T23:59:59Z".parse().unwrap()));
        assert!(!period.contains("2020-04-01T00:00:00Z".parse().unwrap()));
        assert!(!period.contains("2019-12-31T23:59:59Z".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn timeline_order_is_time_order(a in -62_135_596_800i64..253_402_300_799, b in -62_135_596_800i64..253_402_300_799) {
            let at = |s| DateTime::<Utc>::from_timestamp(s, 0).unwrap();
            let (x, y) = (TimelineTime::from_instant(at(a)), TimelineTime::from_instant(at(b)));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }

        #[test]
        fn what_is_stored_is_read(s in -62_135_510_000i64..253_402_200_000, nanos in 0u32..1_000_000_000, minutes in -840i32..=840) {
            let at = DateTime::<Utc>::from_timestamp(s, nanos).unwrap();
            let when = When::At(at.with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap()));
            let bytes = minicbor::to_vec(when).unwrap();
            prop_assert_eq!(minicbor::decode::<When>(&bytes).unwrap(), when);
        }
    }
}
