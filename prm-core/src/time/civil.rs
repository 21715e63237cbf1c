//! Civil days and times: what a calendar and a clock on the wall show, in no zone until a rule says which.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::PartialDate;
use crate::error::{Error, Result};

/// A day of the Gregorian calendar, years 1 to 9999. Written `2026-03-07`. It is never an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// A day and a time of day to the second, years 1 to 9999, as a clock on the wall shows it. Written
/// `2026-03-07T08:00:00`. Which instant it is depends on a zone.
///
/// # Example
/// ```
/// use prm_core::CivilTime;
/// let at: CivilTime = "2026-03-07T08:00:00".parse()?;
/// assert_eq!(at.date().to_string(), "2026-03-07");
/// assert!("2026-03-07T08:00".parse::<CivilTime>().is_err());
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilTime(NaiveDateTime);

fn in_years(year: i32) -> bool {
    (1..=9999).contains(&year)
}

impl Date {
    /// The day as chrono has it.
    pub const fn naive(self) -> NaiveDate {
        self.0
    }

    /// A time of this day.
    pub const fn at(self, time: NaiveTime) -> NaiveDateTime {
        self.0.and_time(time)
    }

    /// Midnight at the beginning of the day.
    pub const fn start(self) -> CivilTime {
        CivilTime(self.0.and_time(NaiveTime::MIN))
    }
}

impl CivilTime {
    /// The time as chrono has it.
    pub const fn naive(self) -> NaiveDateTime {
        self.0
    }

    /// The day.
    pub const fn date(self) -> Date {
        Date(self.0.date())
    }

    /// Seconds since 1970-01-01T00:00:00, as if the clock showed UTC: for order and arithmetic alone.
    pub(crate) const fn seconds(self) -> i64 {
        self.0.and_utc().timestamp()
    }

    /// The opposite of [`seconds`](Self::seconds); none outside the years 1 to 9999.
    pub(crate) fn from_seconds(seconds: i64) -> Option<Self> {
        CivilTime::try_from(DateTime::from_timestamp(seconds, 0)?.naive_utc()).ok()
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self> {
        if in_years(date.year()) { Ok(Date(date)) } else { Err(Error::invalid("date", "years are 1 to 9999")) }
    }
}

impl TryFrom<NaiveDateTime> for CivilTime {
    type Error = Error;

    /// Parts of a second are cut off.
    fn try_from(at: NaiveDateTime) -> Result<Self> {
        if !in_years(at.year()) {
            return Err(Error::invalid("time", "years are 1 to 9999"));
        }
        Ok(CivilTime(at.with_nanosecond(0).unwrap_or(at)))
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        PartialDate::from(date.0)
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("date", "a day is written 2026-03-07");
        if text.len() != 10 {
            return Err(wrong());
        }
        Date::try_from(NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|e| wrong().because(e))?)
    }
}

impl FromStr for CivilTime {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("time", "a civil time is written 2026-03-07T08:00:00");
        if text.len() != 19 {
            return Err(wrong());
        }
        let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").map_err(|e| wrong().because(e))?;
        // chrono reads a sixtieth second as the fifty-ninth and more.
        if at.nanosecond() != 0 { Err(wrong()) } else { CivilTime::try_from(at) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for CivilTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}:{:02}", self.date(), self.0.hour(), self.0.minute(), self.0.second())
    }
}

macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'_, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

as_text!(Date, CivilTime);

impl<C> Encode<C> for Date {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i32(self.0.num_days_from_ce())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Date {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let date = NaiveDate::from_num_days_from_ce_opt(d.i32()?).and_then(|date| Date::try_from(date).ok());
        date.ok_or_else(|| minicbor::decode::Error::message("no such day"))
    }
}

impl<C> Encode<C> for CivilTime {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.i64(self.seconds())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for CivilTime {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        CivilTime::from_seconds(d.i64()?).ok_or_else(|| minicbor::decode::Error::message("no such civil time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_civil_time_is_refused() {
        for text in ["2026-02-29", "2026-2-01", "0000-01-01", "2026-01-01T00:00:00"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        for text in ["2026-01-01", "2026-01-01T24:00:00", "2026-01-01T00:00:60", "2026-01-01T00:00:00Z"] {
            assert!(text.parse::<CivilTime>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_civil_time_is_read_back_from_text_and_bytes(seconds in -62_135_596_800i64..=253_402_300_799) {
            let at = CivilTime::from_seconds(seconds).unwrap();
            prop_assert_eq!(at.to_string().parse::<CivilTime>().unwrap(), at);
            prop_assert_eq!(minicbor::decode::<CivilTime>(&minicbor::to_vec(at).unwrap()).unwrap(), at);
            prop_assert_eq!(at.date().to_string().parse::<Date>().unwrap(), at.date());
            prop_assert_eq!(minicbor::decode::<Date>(&minicbor::to_vec(at.date()).unwrap()).unwrap(), at.date());
            prop_assert_eq!(at.seconds(), seconds);
        }
    }
}
