//! The words of recurrence: rules of RFC 5545, where their clock stands, and what they come to.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::time::{CivilTime, Date, Instant};

/// How often a rule repeats (RFC 5545 `FREQ`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Every so many seconds.
    #[n(0)]
    Secondly,
    /// Every so many minutes.
    #[n(1)]
    Minutely,
    /// Every so many hours.
    #[n(2)]
    Hourly,
    /// Every so many days.
    #[n(3)]
    Daily,
    /// Every so many weeks.
    #[n(4)]
    Weekly,
    /// Every so many months.
    #[n(5)]
    Monthly,
    /// Every so many years.
    #[n(6)]
    Yearly,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    #[default]
    #[n(0)]
    Monday,
    /// Tuesday.
    #[n(1)]
    Tuesday,
    /// Wednesday.
    #[n(2)]
    Wednesday,
    /// Thursday.
    #[n(3)]
    Thursday,
    /// Friday.
    #[n(4)]
    Friday,
    /// Saturday.
    #[n(5)]
    Saturday,
    /// Sunday.
    #[n(6)]
    Sunday,
}

impl Weekday {
    /// All of them, from Monday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Weekday::Monday,
            chrono::Weekday::Tue => Weekday::Tuesday,
            chrono::Weekday::Wed => Weekday::Wednesday,
            chrono::Weekday::Thu => Weekday::Thursday,
            chrono::Weekday::Fri => Weekday::Friday,
            chrono::Weekday::Sat => Weekday::Saturday,
            chrono::Weekday::Sun => Weekday::Sunday,
        }
    }
}

/// A day of the week, perhaps a certain one of the month or year: `MO`, `1MO`, `-1FR` (RFC 5545 `BYDAY`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct NthWeekday {
    /// Which day.
    #[n(0)]
    pub weekday: Weekday,
    /// Which of them, from 1, or from −1 for the last; none for every one. −53 to 53.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i64>,
}

/// The last time a rule may come to (RFC 5545 `UNTIL`); it belongs to the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// A day, to its end.
    #[n(0)]
    Date(#[n(0)] Date),
    /// A civil time where the rule's clock stands.
    #[n(1)]
    Civil(#[n(0)] CivilTime),
    /// An instant.
    #[n(2)]
    Instant(
        #[n(0)]
        #[cbor(with = "crate::time::cbor_instant")]
        Instant,
    ),
}

/// A rule that repeats (RFC 5545 §3.3.10 `RRULE`). Lists that are empty do not narrow it.
///
/// Its text is that of the RFC, with or without `RRULE:` in front: `FREQ=WEEKLY;BYDAY=MO,TH`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How often.
    #[n(0)]
    pub frequency: Frequency,
    /// Every how many of them, from 1.
    #[n(1)]
    #[serde(default = "one")]
    pub interval: u32,
    /// How many instances there are, the first included; 1 to 100,000. Not with `until`.
    #[n(2)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The last possible instance.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Until>,
    /// Seconds, 0 to 60; 60 is read as 59.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_second: Vec<i64>,
    /// Minutes, 0 to 59.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_minute: Vec<i64>,
    /// Hours, 0 to 23.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_hour: Vec<i64>,
    /// Days of the week.
    #[n(7)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_day: Vec<NthWeekday>,
    /// Days of the month, 1 to 31, or −31 to −1 from its end.
    #[n(8)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month_day: Vec<i64>,
    /// Days of the year, 1 to 366, or −366 to −1 from its end.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_year_day: Vec<i64>,
    /// Weeks of the year as ISO 8601 counts them from `week_start`, 1 to 53, or −53 to −1.
    #[n(10)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_week: Vec<i64>,
    /// Months, 1 to 12.
    #[n(11)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month: Vec<i64>,
    /// Which instances of each period, from 1, or from −1 for the last.
    #[n(12)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_position: Vec<i64>,
    /// The day weeks begin with.
    #[n(13)]
    #[serde(default)]
    pub week_start: Weekday,
}

fn one() -> u32 {
    1
}

/// Where the clock stands that a recurrence goes by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockZone {
    /// Wherever the patient lives.
    #[default]
    #[n(0)]
    Floating,
    /// UTC.
    #[n(1)]
    Utc,
    /// A zone by its name in the IANA database, e.g. `Europe/Berlin`.
    #[n(2)]
    Zone(#[n(0)] String),
}

/// What becomes of a civil time that clocks skip when they go forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GapPolicy {
    /// It is as much later as clocks skip, as RFC 5545 has it: 02:30 becomes 03:30.
    #[default]
    #[n(0)]
    Later,
    /// It is the first moment after the gap: 02:30 becomes 03:00.
    #[n(1)]
    Next,
    /// It is left out.
    #[n(2)]
    Skip,
}

/// What becomes of a civil time that exists twice when clocks go back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldPolicy {
    /// It is the first of the two, as RFC 5545 has it.
    #[default]
    #[n(0)]
    First,
    /// It is the second.
    #[n(1)]
    Second,
    /// It is both.
    #[n(2)]
    Both,
}

/// An instance that was moved or taken out on its own (RFC 5545 `RECURRENCE-ID`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// What the rule says.
    #[n(0)]
    pub stamp: ClockStamp,
    /// When it takes place instead; none if it does not.
    #[n(1)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<CivilTime>,
}

/// Identity of an instance of a recurrence: the civil time that the unmodified rule says, and which of the two if
/// that time exists twice. It stays what it is when the instance is moved or the rules of a zone change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct ClockStamp {
    /// Civil time.
    #[n(0)]
    pub civil: CivilTime,
    /// Whether it is the second of two equal civil times.
    #[cbor(n(1), default)]
    #[serde(default)]
    pub second: bool,
}

/// Civil times that repeat: a start, a rule, times added and excluded, and instances moved.
///
/// The start counts as an instance if the rule says so: a start that its own rule does not produce is not one, as
/// `dateutil` reads RFC 5545 and libical does. Without a rule the start is the one instance.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// Where it begins (`DTSTART`): the time of day, and what intervals are counted from.
    #[n(0)]
    pub start: CivilTime,
    /// Where its clock stands.
    #[n(1)]
    #[serde(default)]
    pub zone: ClockZone,
    /// Whether instances are whole days; then times of day are midnight.
    #[cbor(n(2), default)]
    #[serde(default)]
    pub all_day: bool,
    /// The rule; none for a single time.
    #[n(3)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Times added (`RDATE`); at most 10,000.
    #[n(4)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<CivilTime>,
    /// Times excluded (`EXDATE`), added ones too; at most 10,000.
    #[n(5)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<CivilTime>,
    /// Instances moved or taken out on their own; at most 10,000.
    #[n(6)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// What becomes of times that clocks skip.
    #[n(7)]
    #[serde(default)]
    pub gap: GapPolicy,
    /// What becomes of times that exist twice.
    #[n(8)]
    #[serde(default)]
    pub fold: FoldPolicy,
    /// The last civil time of a rule with a count, found once when the recurrence is checked; what is written here
    /// before is replaced.
    #[n(9)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<CivilTime>,
}

/// One instance of a recurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// Which it is.
    pub stamp: ClockStamp,
    /// When it takes place on the clock on the wall: after a move, and after a gap was passed.
    pub civil: CivilTime,
    /// When it takes place.
    pub at: Instant,
}

/// Instances between two instants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expansion {
    /// The instances, in order of time.
    pub instances: Vec<Instance>,
    /// Whether there are more than were asked for.
    pub cut_off: bool,
}
