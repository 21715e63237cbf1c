//! Days as numbers since 1970-01-01, and the years, months and weeks they lie in.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59 in seconds since 1970.
pub(super) const FIRST: i64 = -62_135_596_800;
pub(super) const LAST: i64 = 253_402_300_799;

/// A date by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: u32,
    /// 1 to 31.
    pub(super) day: u32,
}

/// The date of a day of the years 0 to 9999 (Neri and Schneider, "Euclidean affine functions", 2022).
pub(super) fn date_of(days: i64) -> Parts {
    let n = u32::try_from(days.saturating_add(EPOCH)).unwrap_or_default().min(4_000_000);
    let n1 = 4 * n + 3;
    let (century, of_century) = (n1 / 146_097, n1 % 146_097 / 4);
    let p = 2_939_745 * u64::from(4 * of_century + 3);
    let year = 100 * century + (p >> 32) as u32;
    let of_year = p as u32 / 2_939_745 / 4;
    let n3 = 2_141 * of_year + 197_913;
    let (month, day) = (n3 >> 16, (n3 & 0xffff) / 2_141 + 1);
    if of_year >= 306 {
        Parts { year: i64::from(year) + 1, month: month - 12, day }
    } else {
        Parts { year: i64::from(year), month, day }
    }
}

/// The opposite of [`date_of`]; days beyond a month are counted on.
pub(super) fn day_of(year: i64, month: u32, day: u32) -> i64 {
    let (y, m) = if month <= 2 { (year - 1, month + 12) } else { (year, month) };
    let century = y.div_euclid(100);
    (1461 * y).div_euclid(4) - century + century.div_euclid(4) + i64::from((979 * m - 2919) >> 5) + i64::from(day)
        - 1
        - EPOCH
}

pub(super) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(super) fn year_length(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

pub(super) fn month_length(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Day of the week, 0 for Monday.
pub(super) fn weekday(days: i64) -> u32 {
    (days + 3).rem_euclid(7) as u32
}

/// Which week a day lies in, weeks beginning with `week_start` (0 for Monday).
pub(super) fn week_index(days: i64, week_start: u32) -> i64 {
    (days + 3 - i64::from(week_start)).div_euclid(7)
}

/// The first day of a week.
pub(super) fn week_base(index: i64, week_start: u32) -> i64 {
    index * 7 - 3 + i64::from(week_start)
}

/// A week of a year as ISO 8601 counts them: it belongs to the year that has four of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Week {
    /// From 1.
    pub(super) number: i64,
    /// How many the year has, 52 or 53.
    pub(super) of: i64,
}

pub(super) fn week_of(days: i64, week_start: u32) -> Week {
    let index = week_index(days, week_start);
    let year = date_of(week_base(index, week_start) + 3).year;
    let first = |year| week_index(day_of(year, 1, 4), week_start);
    Week { number: index - first(year) + 1, of: first(year + 1) - first(year) }
}

/// The lowest set bit of `mask` from bit `from` on.
pub(super) fn bit_from(mask: u64, from: u32) -> Option<u32> {
    let rest = mask.checked_shr(from).unwrap_or(0);
    (rest != 0).then(|| from + rest.trailing_zeros())
}

/// The highest set bit of `mask` up to bit `to`, at most 63.
pub(super) fn bit_to(mask: u64, to: u32) -> Option<u32> {
    let rest = mask << 63u32.saturating_sub(to);
    (rest != 0).then(|| to.min(63) - rest.leading_zeros())
}

pub(super) fn has_bit(mask: u64, bit: u32) -> bool {
    mask.checked_shr(bit).unwrap_or(0) & 1 == 1
}

/// The set bit of `mask` that has `n` set bits below it.
pub(super) fn nth_bit(mut mask: u64, n: u32) -> Option<u32> {
    for _ in 0..n {
        mask &= mask.wrapping_sub(1);
    }
    (mask != 0).then(|| mask.trailing_zeros())
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, NaiveDate};

    use super::*;

    #[test]
    fn days_have_the_dates_that_chrono_gives_them() {
        let epoch = i64::from(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap().num_days_from_ce());
        for days in (FIRST / DAY..=LAST / DAY).step_by(7).chain(-800..800) {
            let date = NaiveDate::from_num_days_from_ce_opt((days + epoch) as i32).unwrap();
            let parts = date_of(days);
            assert_eq!((parts.year, parts.month, parts.day), (i64::from(date.year()), date.month(), date.day()));
            assert_eq!(day_of(parts.year, parts.month, parts.day), days);
            assert_eq!(weekday(days), date.weekday().num_days_from_monday());
            assert_eq!(week_of(days, 0).number, i64::from(date.iso_week().week()));
        }
    }

    #[test]
    fn bits_are_found_from_both_ends() {
        let mask = 0b1010_0100;
        assert_eq!((bit_from(mask, 3), bit_from(mask, 8), bit_from(mask, 64)), (Some(5), None, None));
        assert_eq!((bit_to(mask, 6), bit_to(mask, 1), bit_to(mask, 63)), (Some(5), None, Some(7)));
        assert_eq!((nth_bit(mask, 0), nth_bit(mask, 2), nth_bit(mask, 3)), (Some(2), Some(7), None));
    }
}
