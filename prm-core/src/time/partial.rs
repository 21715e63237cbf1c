//! Dates that are known to the year, the month or the day.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// The year alone.
    Year,
    /// Year and month.
    Month,
    /// The whole date.
    Day,
}

/// A date of the Gregorian calendar, years 1 to 9999, of which the month or the day may be unknown.
///
/// Written `2019`, `2019-03` or `2019-03-07`, as in FHIR `date`. It is never turned into an instant. Dates sort by
/// the start of their span, then the coarser first.
///
/// # Errors
/// Parsing gives [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for anything else, impossible days included.
///
/// # Example
/// ```
/// use prm_core::{DatePrecision, PartialDate};
/// let born: PartialDate = "1987-04".parse()?;
/// assert_eq!(born.precision(), DatePrecision::Month);
/// assert_eq!(born.to_string(), "1987-04");
/// assert!("1987-02-29".parse::<PartialDate>().is_err());
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: u16,
    month: u8,
    day: u8,
}

impl PartialDate {
    /// A year.
    ///
    /// # Errors
    /// `Invalid` outside 1 to 9999.
    pub fn year_only(year: u16) -> Result<Self> {
        PartialDate::checked(year, 0, 0)
    }

    /// A month of a year.
    ///
    /// # Errors
    /// `Invalid` when there is no such month.
    pub fn year_month(year: u16, month: u8) -> Result<Self> {
        if month == 0 {
            return Err(Error::invalid("month", "months are 1 to 12"));
        }
        PartialDate::checked(year, month, 0)
    }

    /// A day.
    ///
    /// # Errors
    /// `Invalid` when there is no such day.
    pub fn from_ymd(year: u16, month: u8, day: u8) -> Result<Self> {
        if month == 0 || day == 0 {
            return Err(Error::invalid("date", "months and days start at 1"));
        }
        PartialDate::checked(year, month, day)
    }

    fn checked(year: u16, month: u8, day: u8) -> Result<Self> {
        let exists = (1..=9999).contains(&year)
            && (month != 0 || day == 0)
            && NaiveDate::from_ymd_opt(i32::from(year), u32::from(month.max(1)), u32::from(day.max(1))).is_some();
        if exists { Ok(PartialDate { year, month, day }) } else { Err(Error::invalid("date", "there is no such date")) }
    }

    /// The year.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    pub const fn month(&self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// The day of the month, if known.
    pub const fn day(&self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }

    /// How much is known.
    pub const fn precision(&self) -> DatePrecision {
        match (self.month, self.day) {
            (0, _) => DatePrecision::Year,
            (_, 0) => DatePrecision::Month,
            _ => DatePrecision::Day,
        }
    }

    /// The first day of the span: 1 January for a year.
    pub fn first_day(&self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::from(self.year), u32::from(self.month.max(1)), u32::from(self.day.max(1)))
            .unwrap_or(NaiveDate::MIN)
    }

    /// The last day of the span: 31 December for a year.
    pub fn last_day(&self) -> NaiveDate {
        let first = self.first_day();
        let next = match self.precision() {
            DatePrecision::Day => return first,
            DatePrecision::Month => first.checked_add_months(chrono::Months::new(1)),
            DatePrecision::Year => first.checked_add_months(chrono::Months::new(12)),
        };
        next.and_then(|d| d.pred_opt()).unwrap_or(first)
    }

    /// Completed years from this date to `on`, as the least and the most it can be. They differ only when the date
    /// is partial; both are `None` before the date. Someone born on 29 February completes a year on 1 March in
    /// years without that day.
    pub fn years_until(&self, on: NaiveDate) -> Option<(u16, u16)> {
        let years = |from: NaiveDate| {
            let mut years = on.year() - from.year();
            if (on.month(), on.day()) < (from.month(), from.day()) {
                years -= 1;
            }
            u16::try_from(years).ok()
        };
        let most = years(self.first_day())?;
        Some((years(self.last_day()).unwrap_or(0), most))
    }

    const fn packed(self) -> u32 {
        self.year as u32 * 10_000 + self.month as u32 * 100 + self.day as u32
    }

    fn from_packed(packed: u32) -> Result<Self> {
        let part = |n: u32| u8::try_from(n % 100).unwrap_or(u8::MAX);
        let year = u16::try_from(packed / 10_000).map_err(|_| Error::invalid("date", "there is no such date"))?;
        PartialDate::checked(year, part(packed / 100), part(packed))
    }
}

impl From<NaiveDate> for PartialDate {
    /// Years outside 1 to 9999 become the nearest that exists.
    fn from(date: NaiveDate) -> Self {
        let year = u16::try_from(date.year().clamp(1, 9999)).unwrap_or(1);
        let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
        PartialDate { year, month, day }
    }
}

impl FromStr for PartialDate {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        fn digits<T: FromStr>(text: &str, length: usize) -> Result<T> {
            let fits = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
            text.parse()
                .ok()
                .filter(|_| fits)
                .ok_or_else(|| Error::invalid("date", "dates are written 2019, 2019-03 or 2019-03-07"))
        }
        let mut parts = text.splitn(3, '-');
        let year = digits(parts.next().unwrap_or(""), 4)?;
        match (parts.next(), parts.next()) {
            (None, _) => PartialDate::year_only(year),
            (Some(month), None) => PartialDate::year_month(year, digits(month, 2)?),
            (Some(month), Some(day)) => PartialDate::from_ymd(year, digits(month, 2)?, digits(day, 2)?),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day() {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<C> Encode<C> for PartialDate {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.u32(self.packed())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for PartialDate {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        PartialDate::from_packed(d.u32()?).map_err(|_| minicbor::decode::Error::message("no such date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in [
            "",
            "0000",
            "19",
            "1999-13",
            "1999-00",
            "1999-02-29",
            "1900-02-29",
            "1999-2-3",
            "1999-02-",
            "+999",
            "1999-02-03T",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
        assert_eq!(date("2000-02-29").to_string(), "2000-02-29");
    }

    #[test]
    fn dates_sort_by_the_start_of_their_span_the_coarser_first() {
        let mut dates = ["1999-01-02", "1999", "1999-01", "1998-12-31", "1999-01-01"].map(date);
        dates.sort();
        assert_eq!(dates.map(|d| d.to_string()), ["1998-12-31", "1999", "1999-01", "1999-01-01", "1999-01-02"]);
    }

    #[test]
    fn an_age_from_a_partial_date_is_a_range() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        assert_eq!(date("2000").years_until(on), Some((25, 26)));
        assert_eq!(date("2000-03-01").years_until(on), Some((26, 26)));
        assert_eq!(date("2000-03-02").years_until(on), Some((25, 25)));
        assert_eq!(date("2027").years_until(on), None);
        assert_eq!(date("2026").years_until(on), Some((0, 0)));
        assert_eq!(date("2024-02-29").years_until(NaiveDate::from_ymd_opt(2025, 2, 28).unwrap()), Some((0, 0)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(year in 1u16..=9999, month in 0u8..=12, day in 0u8..=31) {
            if let Ok(date) = PartialDate::checked(year, month, day) {
                prop_assert_eq!(date.to_string().parse::<PartialDate>().unwrap(), date);
                let bytes = minicbor::to_vec(date).unwrap();
                prop_assert_eq!(minicbor::decode::<PartialDate>(&bytes).unwrap(), date);
                prop_assert!(date.first_day() <= date.last_day());
            }
        }
    }
}
