//! The words of a calendar: feeds, what is in them, and what is kept as it came.

use serde::{Deserialize, Serialize};

use crate::engage::{ClockZone, Recurrence, Span};
use crate::sensitive::Sensitive;
use crate::time::{CivilTime, Instant};

/// A parameter of a property, e.g. `LANGUAGE=de`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawParameter {
    /// Its name, in capitals.
    pub name: String,
    /// Its values, without quotes and with the escapes of RFC 6868 undone.
    pub values: Vec<Sensitive>,
}

/// A property that is kept as it came, since no field stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawProperty {
    /// Its name, in capitals, e.g. `ATTENDEE`.
    pub name: String,
    /// Its parameters, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<RawParameter>,
    /// Its value, escapes included.
    pub value: Sensitive,
}

/// A component that is kept as it came: a journal, free and busy times, a zone of another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawComponent {
    /// Its name, in capitals, e.g. `VJOURNAL`.
    pub name: String,
    /// Its content lines from `BEGIN` to `END`, unfolded, one a line.
    pub text: Sensitive,
}

/// Parameters of a property that a field stands for, where the field has no place for them, e.g. the language of a
/// summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attached {
    /// Name of the property, in capitals.
    pub property: String,
    /// The parameters.
    pub parameters: Vec<RawParameter>,
}

/// What could not be read, or not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Line of the text, from 1.
    pub line: u32,
    /// Why, in one sentence that holds nothing of the text.
    pub reason: String,
}

/// A time in a feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedTime {
    /// Civil time; midnight for a whole day.
    pub civil: CivilTime,
    /// Where its clock stands. A whole day is floating.
    #[serde(default)]
    pub zone: ClockZone,
    /// Whether it is a whole day.
    #[serde(default)]
    pub all_day: bool,
}

/// What an item of a feed is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedKind {
    /// An event (`VEVENT`).
    #[default]
    Event,
    /// Something to do (`VTODO`).
    Task,
}

/// When an alarm goes off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmTrigger {
    /// So long before the start; after it if negative.
    BeforeStart(Span),
    /// So long before the end, or before it is due; after that if negative.
    BeforeEnd(Span),
    /// At an instant.
    At(Instant),
}

/// An alarm (`VALARM`). One whose times a field cannot say, in seconds for example, is kept as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// When.
    pub trigger: AlarmTrigger,
    /// What it does: `DISPLAY`, `AUDIO`, `EMAIL`, or what the source says.
    pub action: String,
    /// Text that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Sensitive>,
    /// Parameters of its trigger, action and description.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Attached>,
    /// Its other properties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<RawProperty>,
}

/// How long one added time lasts that has a length of its own (`RDATE;VALUE=PERIOD`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedPeriod {
    /// Its start, one of the times added to the recurrence.
    pub starts: CivilTime,
    /// Its end, on the same clock.
    pub ends: CivilTime,
}

/// An event or something to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedItem {
    /// What it is.
    pub kind: FeedKind,
    /// Its name among all calendars (`UID`), which some programs make of an address of a person. One is made up for writing
    /// if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<Sensitive>,
    /// Which instance of the item of the same `uid` it stands for (`RECURRENCE-ID`); none for the item itself. Its times
    /// are in the overrides of that item as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<FeedTime>,
    /// Whether it stands for all later instances too (`RANGE=THISANDFUTURE`). Such a one is kept, and the item that it
    /// changes is left as it is.
    pub from_here_on: bool,
    /// Its revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u32>,
    /// When it was last revised (`DTSTAMP`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Instant>,
    /// One line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Sensitive>,
    /// More about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sensitive>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Sensitive>,
    /// `TENTATIVE`, `CONFIRMED`, `CANCELLED`, `NEEDS-ACTION`, `IN-PROCESS`, `COMPLETED`, or what the source says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// When it starts and repeats; none if it has no start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<Recurrence>,
    /// When it ends, or is due if it is something to do (`DTEND`, `DUE`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<FeedTime>,
    /// How long it lasts, if that is said instead (`DURATION`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lasts: Option<Span>,
    /// Added times that have a length of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<AddedPeriod>,
    /// Its alarms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alarms: Vec<Alarm>,
    /// Its categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Sensitive>,
    /// When it was completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<Instant>,
    /// How much of it is done, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Parameters of properties that fields stand for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<Attached>,
    /// Properties that no field stands for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<RawProperty>,
    /// Components in it that no field stands for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<RawComponent>,
}

/// A calendar: what [`read`](super::read) makes of a text, and [`write`](super::write) a text of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// What made it (`PRODID`); none for this library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What it is sent for, e.g. `PUBLISH` or `REQUEST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Its events and things to do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<FeedItem>,
    /// Properties that no field stands for, e.g. its name (`X-WR-CALNAME`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<RawProperty>,
    /// Components that no field stands for. Zones by their IANA name are not among them: they are written anew.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<RawComponent>,
    /// What is not among the items, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
}

impl Refused {
    pub(super) fn new(line: u32, reason: impl Into<String>) -> Self {
        Refused { line, reason: reason.into() }
    }
}
