//! Recurrence: civil times that repeat, found by the window that is asked for, never by stepping from the start.
//!
//! Rules are those of RFC 5545. Where it is silent, or readers of it differ, this is what is done:
//!
//! - A start that its rule does not produce is no instance, as `dateutil` and libical have it.
//! - `BYWEEKNO` without `BYDAY` means all seven days of the week, as in `dateutil`; libical takes the weekday of the
//!   start. The RFC takes from the start what a rule leaves open, but a rule for a week that does not say a day reads as
//!   the week.
//! - A yearly rule goes through calendar years. The days of 1 to 3 January that lie in week 52 or 53 of the year before
//!   are found by that number in the year they stand in, as in `dateutil`; libical goes through years of weeks.
//! - `BYSETPOS` of a weekly rule counts in the whole week, as in libical, also in the first, before what lies before the
//!   start is left out; `dateutil` counts from the start on.
//! - Parts that the RFC does not foresee for a frequency (`BYWEEKNO` of a monthly rule, say) narrow it, as in `dateutil`.
//!   `BYDAY` with a number is refused where the RFC forbids it. Days with and without a number add up.
//! - `COUNT` counts civil times of the rule: those excluded, skipped or moved count, and a time that exists twice counts
//!   once. So it comes to the same last time in every zone.
//! - Rules by the hour, minute and second go by the clock on the wall too. An hour that is there twice has its instances
//!   once or twice as [`FoldPolicy`] says; with [`FoldPolicy::Both`] a rule for every hour has no hole in real time. With
//!   an interval of more, the time between two instances is longer or shorter by the change of the clock.
//! - An instance that a gap moves to the time of another one is left out: a set holds no time twice (§3.8.5.2).
//! - A search that passes 25,000 periods without an instance ends there, so that a rule for 30 February ends.

mod ask;
mod calendar;
mod check;
mod civil_set;
mod clockwork;
mod days;
mod lines;
mod pattern;
mod periods;
mod phrases;
mod readback;
mod text;
mod times;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use clockwork::{Clockwork, Instances};
pub use phrases::{RecurrencePhrase, RecurrenceWords};
pub use words::{
    ClockStamp, ClockZone, Expansion, FoldPolicy, Frequency, GapPolicy, Instance, NthWeekday, Override, Recurrence,
    Rule, Until, Weekday,
};
