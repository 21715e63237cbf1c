//! Lengths of calendar time, times of day, and offsets from an event.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A length of calendar time, all parts of which are added, the larger first. "One month after 31 January" is the last
/// day of February. Negative parts go back. Days and longer parts are counted on the calendar, hours and shorter ones on
/// the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Span {
    /// Years.
    #[cbor(n(0), default)]
    pub years: i64,
    /// Months.
    #[cbor(n(1), default)]
    pub months: i64,
    /// Weeks.
    #[cbor(n(2), default)]
    pub weeks: i64,
    /// Days.
    #[cbor(n(3), default)]
    pub days: i64,
    /// Days on which the clinic works: neither weekend nor holiday of the calendar in use. They are counted
    /// from the day that the longer parts lead to, before hours and minutes.
    #[cbor(n(4), default)]
    pub business_days: i64,
    /// Hours.
    #[cbor(n(5), default)]
    pub hours: i64,
    /// Minutes.
    #[cbor(n(6), default)]
    pub minutes: i64,
}

impl Span {
    /// Its parts, the larger first.
    pub(crate) const fn parts(&self) -> [i64; 7] {
        let Span { years, months, weeks, days, business_days, hours, minutes } = *self;
        [years, months, weeks, days, business_days, hours, minutes]
    }

    fn from_parts([years, months, weeks, days, business_days, hours, minutes]: [i64; 7]) -> Self {
        Span { years, months, weeks, days, business_days, hours, minutes }
    }

    /// Whether it is of no length.
    pub fn is_zero(&self) -> bool {
        self.parts().iter().all(|part| *part == 0)
    }

    /// Whether it is of some length and no part of it goes back.
    pub(crate) fn is_forward(&self) -> bool {
        !self.is_zero() && self.parts().iter().all(|part| *part >= 0)
    }

    /// The same length the other way.
    #[must_use]
    pub fn negated(&self) -> Self {
        Span::from_parts(self.parts().map(i64::saturating_neg))
    }

    /// So many times the length.
    pub(crate) fn times(&self, times: i64) -> Self {
        Span::from_parts(self.parts().map(|part| part.saturating_mul(times)))
    }
}

/// A time of day on the clock on the wall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct TimeOfDay {
    /// Hour, 0 to 23.
    #[n(0)]
    pub hour: u8,
    /// Minute, 0 to 59.
    #[cbor(n(1), default)]
    #[serde(default)]
    pub minute: u8,
}

/// A part of the day (FHIR `EventTiming`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 06:00 to 12:00.
    #[n(0)]
    Morning,
    /// 12:00 to 18:00.
    #[n(1)]
    Afternoon,
    /// 18:00 to 22:00.
    #[n(2)]
    Evening,
    /// 22:00 to 06:00.
    #[n(3)]
    Night,
}

/// When on a day something is due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayTime {
    /// At any time of the day.
    #[default]
    #[n(0)]
    AllDay,
    /// At a time.
    #[n(1)]
    At(#[n(0)] TimeOfDay),
    /// In a part of the day.
    #[n(2)]
    Part(#[n(0)] DayPart),
}
