//! iCalendar (RFC 5545), in and out: calendars of events and things to do, without a store.
//!
//! [`read`] makes a [`Feed`] of a text and [`write()`] a text of a feed. What no field stands for is kept as it came, so
//! that reading and writing loses nothing. What is broken is refused with its line and a reason that holds nothing of the
//! text; the rest is read. [`feed_of`] makes a feed of schedules and of what came of them, [`schedule_of`] a schedule of
//! an item, [`holidays_of`] a calendar of holidays.
//!
//! # Zones
//!
//! A zone is one of the IANA database: by its name, by a name with a path of some program before it
//! (`/freeassociation.sourceforge.net/Europe/Berlin`), by a name of Windows, by what its definition says it is
//! (`X-LIC-LOCATION`), or by a definition of whole hours that never changes (`Etc/GMT-11`). An item in any other zone is
//! refused: its definition may be right today and wrong after the next law. What is written names zones of the database,
//! with definitions made from it for the years in use, as the RFC asks for.
//!
//! # Readings
//!
//! - A time excluded or added that is a day takes the time of day of the start; one without a zone is on the clock of
//!   the start.
//! - The end of a rule becomes what the RFC asks for: a day for days, otherwise an instant, or a floating time for
//!   floating ones. A day counts to its end.
//! - Instances that stand for themselves (`RECURRENCE-ID`) are items of their own, and their times are overrides of the
//!   recurrence they belong to. A change from one instance on (`RANGE=THISANDFUTURE`) is kept and not applied.
//! - A calendar system other than the Gregorian (`RSCALE`) and rules that exclude (`EXRULE`) are refused: to pass them
//!   over would give wrong times.
//!
//! # Why it is read here
//!
//! The crates for it do not serve on a phone: `calcard` 0.3.14 brings 42 packages and a second database of zones,
//! `icalendar` 0.17.17 keeps times and rules as text and brings 23, and neither says what it left out and on which line.

mod clock;
mod definition;
#[cfg(test)]
mod fuzz;
mod holidays;
mod item;
mod lines;
mod read;
mod schedule;
mod scheduled;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod windows;
mod words;
mod write;

pub use holidays::holidays_of;
pub use read::read;
pub use schedule::schedule_of;
pub use scheduled::{ScheduledItem, feed_of};
pub use words::{
    AddedPeriod, Alarm, AlarmTrigger, Attached, Feed, FeedItem, FeedKind, FeedTime, RawComponent, RawParameter,
    RawProperty, Refused,
};
pub use write::write;

use crate::engage::Rule;

/// What made a feed that states nothing else (`PRODID`).
const OUR_PRODUCT: &str = "-//prm//NONSGML prm-core//EN";

/// How names begin that are made up for items without one. They are read as none.
const NAMELESS: &str = "urn:prm:nameless:";

/// When an item was revised that does not say so. It is read as none.
const EPOCH_STAMP: &str = "19700101T000000Z";

/// A rule of its text.
fn rule_of(text: &str) -> Result<Rule, String> {
    text.parse::<Rule>().map_err(|error| error.to_string())
}

/// The text of a rule.
fn rule_text(rule: &Rule) -> String {
    rule.to_string()
}
