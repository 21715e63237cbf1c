//! Values of properties (RFC 5545 §3.3): days, times, lengths, texts.

use chrono::{NaiveDate, Timelike};

use crate::engage::Span;
use crate::time::{CivilTime, Date};

/// Longest length that is read, in seconds: ten thousand years.
const LONGEST: i64 = 320_000_000_000;

/// A day or a time as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A day.
    Date(Date),
    /// A time without a mark of UTC.
    Local(CivilTime),
    /// A time with `Z` after it.
    Utc(CivilTime),
}

/// A day or a time: `20260307`, `20260307T080000`, `20260307T080000Z`. A sixtieth second is the fifty-ninth.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let date = date(text.get(..8)?)?;
    let rest = text.get(8..)?;
    if rest.is_empty() {
        return Some(Moment::Date(date));
    }
    let clock = rest.strip_prefix('T')?;
    let (clock, utc) = clock.strip_suffix('Z').map_or((clock, false), |clock| (clock, true));
    if clock.len() != 6 {
        return None;
    }
    let part = |from: usize| digits(clock.get(from..from + 2)?);
    let at = date.naive().and_hms_opt(part(0)?, part(2)?, part(4)?.min(59))?;
    let at = CivilTime::try_from(at).ok()?;
    Some(if utc { Moment::Utc(at) } else { Moment::Local(at) })
}

fn date(text: &str) -> Option<Date> {
    let (year, month, day) = (digits(text.get(..4)?)?, digits(text.get(4..6)?)?, digits(text.get(6..8)?)?);
    Date::try_from(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?).ok()
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// A day as it is written.
pub(super) fn date_text(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// A time as it is written, without `Z`.
pub(super) fn time_text(at: CivilTime) -> String {
    let clock = at.naive().time();
    format!("{}T{:02}{:02}{:02}", date_text(at.date()), clock.hour(), clock.minute(), clock.second())
}

/// A length: `PT15M`, `-P1DT2H`, `P2W`. None if it is one that ends within a minute, which a [`Span`] cannot say.
pub(super) fn duration(text: &str) -> Result<Option<Span>, &'static str> {
    const WRONG: &str = "a length of time is written like P1DT2H or PT15M";
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut rest = text.strip_prefix('P').ok_or(WRONG)?;
    let (mut span, mut seconds, mut on_clock, mut parts) = (Span::default(), 0i64, false, 0);
    while !rest.is_empty() {
        if let Some(clock) = rest.strip_prefix('T') {
            if on_clock || clock.is_empty() {
                return Err(WRONG);
            }
            on_clock = true;
            rest = clock;
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0).ok_or(WRONG)?;
        let (number, unit) = rest.split_at(end);
        let number: i64 = number.parse().ok().filter(|n| *n <= LONGEST).ok_or("a length of time is out of range")?;
        match (unit.chars().next(), on_clock) {
            (Some('W'), false) => span.weeks = number,
            (Some('D'), false) => span.days = number,
            (Some('H'), true) => span.hours = number,
            (Some('M'), true) => span.minutes = number,
            (Some('S'), true) => seconds = number,
            _ => return Err(WRONG),
        }
        parts += 1;
        rest = unit.get(1..).unwrap_or_default();
    }
    if parts == 0 {
        return Err(WRONG);
    }
    let all = [(span.weeks, 604_800), (span.days, 86_400), (span.hours, 3_600), (span.minutes, 60), (seconds, 1)];
    let total = all.iter().try_fold(0i64, |sum, (number, size)| sum.checked_add(number.checked_mul(*size)?));
    if total.is_none_or(|total| total > LONGEST) {
        return Err("a length of time is out of range");
    }
    if seconds % 60 != 0 {
        return Ok(None);
    }
    span.minutes += seconds / 60;
    if span.days != 0 || span.hours != 0 || span.minutes != 0 {
        span.days += span.weeks * 7;
        span.weeks = 0;
    }
    Ok(Some(if negative { span.negated() } else { span }))
}

/// A length as it is written; none if it counts months, years or business days, or goes both ways.
pub(super) fn duration_text(span: &Span) -> Option<String> {
    let parts = [span.weeks, span.days, span.hours, span.minutes];
    let (back, forth) = (parts.iter().any(|n| *n < 0), parts.iter().any(|n| *n > 0));
    if span.years != 0 || span.months != 0 || span.business_days != 0 || (back && forth) {
        return None;
    }
    let sign = if back { "-" } else { "" };
    let (weeks, mut days) = (span.weeks.unsigned_abs(), span.days.unsigned_abs());
    let (hours, minutes) = (span.hours.unsigned_abs(), span.minutes.unsigned_abs());
    if weeks != 0 && days == 0 && hours == 0 && minutes == 0 {
        return Some(format!("{sign}P{weeks}W"));
    }
    days = days.checked_add(weeks.checked_mul(7)?)?;
    let mut text = format!("{sign}P");
    if days != 0 {
        text.push_str(&format!("{days}D"));
    }
    if hours != 0 || minutes != 0 || days == 0 {
        text.push('T');
    }
    if hours != 0 {
        text.push_str(&format!("{hours}H"));
    }
    if minutes != 0 {
        text.push_str(&format!("{minutes}M"));
    } else if hours == 0 && days == 0 {
        text.push_str("0S");
    }
    Some(text)
}

/// An offset from UTC in seconds: `+0100`, `-053000`.
pub(super) fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = text.strip_prefix('-').map_or_else(|| (1, text.strip_prefix('+')), |rest| (-1, Some(rest)));
    let rest = rest.filter(|rest| rest.len() == 4 || rest.len() == 6)?;
    let part = |from: usize| i32::try_from(digits(rest.get(from..from + 2)?)?).ok();
    let seconds = if rest.len() == 6 { part(4)? } else { 0 };
    let (hours, minutes) = (part(0)?, part(2)?);
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    Some(sign * (hours * 3_600 + minutes * 60 + seconds))
}

/// An offset as it is written.
pub(super) fn offset_text(seconds: i32) -> String {
    let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let (hours, minutes, rest) = (size / 3_600, size / 60 % 60, size % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

/// Undoes the escapes of a text. `\n` is a new line; a backslash before another sign that needs none is dropped, as
/// programs escape too much, and stands for itself before a letter or digit.
pub(super) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(c) if c.is_ascii_punctuation() => text.push(c),
            Some(c) => {
                text.push('\\');
                text.push(c);
            }
            None => text.push('\\'),
        }
    }
    text
}

/// Escapes a text. Line ends of other systems become new lines; other control characters are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(c);
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => value.push_str("\\n"),
            c if c.is_ascii_control() && c != '\t' => {}
            c => value.push(c),
        }
    }
    value
}

/// The texts of a list, parted by commas that are not escaped.
pub(super) fn texts(value: &str) -> Vec<String> {
    let (mut found, mut begin, mut escape) = (Vec::new(), 0, false);
    for (at, c) in value.char_indices() {
        match c {
            _ if escape => escape = false,
            '\\' => escape = true,
            ',' => {
                found.push(unescaped(value.get(begin..at).unwrap_or_default()));
                begin = at + 1;
            }
            _ => {}
        }
    }
    found.push(unescaped(value.get(begin..).unwrap_or_default()));
    found
}
