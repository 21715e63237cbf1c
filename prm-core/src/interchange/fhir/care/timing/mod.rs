//! `Timing` of R4, and the times of schedules.
//!
//! `Timing.repeat` says what repeats at times of the day where the patient lives, or every so many hours from an
//! instant. It says neither "the last Friday of the month" nor "two business days after discharge", no zone, nothing
//! excluded or moved. Such a timing is carried in the extension `urn:prm:timing`, with as much of it in `repeat` as is
//! true of it.
//!
//! | R4 | here |
//! | --- | --- |
//! | `frequency`, `period`, `periodUnit` | frequency and interval of the rule; as often in a period as there are days and times |
//! | `dayOfWeek`, `timeOfDay` | days and times of the rule |
//! | `when` `MORN` `AFT` `EVE` `NIGHT` | 06:00 for 6 hours, 12:00 for 6, 18:00 for 4, 22:00 for 8; meals and waking are no times |
//! | `boundsPeriod` | start and end of the rule, both included; `boundsDuration` is counted from the start |
//! | `count` | count of the rule |
//! | `duration` | how long the window lasts |
//! | `event` | single days, or instants |
//! | `code` `QD` `QOD` `AM` `PM` `WK` `MO` | as `repeat` would say it, if there is none |
//!
//! Refused: ranges (`…Max`, `boundsRange`), several times in a period without days or times, hours without an instant
//! to count from, months from the 29th on, since nothing says what is due where there is no such day.

mod pattern;
mod read;
#[cfg(test)]
mod tests;
mod write;

use serde::{Deserialize, Serialize};

use super::super::Json;
use super::super::export::build::extension;
use super::super::map::at::{At, Note, Notes};
use super::super::map::kept::add_extension;
use super::carry::{carried_text, same, without};
use crate::engage::{Span, Timing};
use crate::error::{Error, Result};
use crate::time::Date;

pub(super) use read::{rule_only, span as span_in, stretch};
pub(super) use write::{of_rule, span_of};

/// Extension that carries a timing.
const EXACT: &str = "urn:prm:timing";

/// What could be read, or where and why not.
pub(super) type Read<T> = std::result::Result<T, Note>;

pub(super) fn refuse<T>(at: &At<'_>, reason: &'static str) -> Read<T> {
    Err(Note { path: at.to_string(), reason })
}

/// A timing that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTiming {
    /// When it is to happen.
    pub timing: Timing,
    /// How long it lasts each time, if that is said.
    pub lasts: Option<Span>,
    /// What was assumed, and what was not taken.
    pub notes: Vec<Note>,
}

/// A timing as its extension carries it.
#[derive(Serialize, Deserialize)]
struct Exact {
    timing: Timing,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lasts: Option<Span>,
}

/// The `Timing` of a timing; `lasts` is how long it lasts each time.
///
/// # Example
/// ```
/// use prm_core::engage::{ClockZone, Recurrence, Timing};
/// use prm_core::interchange::fhir::{read_timing, write_timing};
/// let rule = Some("FREQ=WEEKLY;BYDAY=MO,TH".parse()?);
/// let timing = Timing::Clock(Recurrence::new("2026-03-02T08:00:00".parse()?, ClockZone::Floating, rule));
/// let json = write_timing(&timing, None);
/// assert_eq!(json.to_text(), r#"{"repeat":{"boundsPeriod":{"start":"2026-03-02"},"frequency":2,"period":1,"#.to_owned()
///     + r#""periodUnit":"wk","dayOfWeek":["mon","thu"],"timeOfDay":["08:00:00"]}}"#);
/// assert_eq!(read_timing(&json, None)?.timing, timing);
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn write_timing(timing: &Timing, lasts: Option<Span>) -> Json<'static> {
    let timing = without_last(timing);
    let mut json = write::plain(&timing, lasts);
    let back = read::plain(&json, None, &At::ROOT, &mut Notes::default());
    if !back.is_ok_and(|back| back == (timing.clone(), lasts)) {
        let text = serde_json::to_string(&Exact { timing, lasts }).unwrap_or_default();
        add_extension(&mut json, extension(EXACT, "valueString", Json::from(text)));
    }
    json
}

/// The timing that a `Timing` says. One that does not say when it begins begins on the day `start`.
///
/// # Errors
/// `Invalid` with the path of what cannot be read exactly, and why.
pub fn read_timing(json: &Json<'_>, start: Option<Date>) -> Result<ReadTiming> {
    let mut notes = Notes::default();
    let (timing, lasts) = read_at(json, start, &At::ROOT, &mut notes).map_err(|note| {
        Error::invalid(if note.path.is_empty() { "timing".to_owned() } else { note.path }, note.reason)
    })?;
    Ok(ReadTiming { timing, lasts, notes: notes.into_inner() })
}

pub(super) fn read_at(
    json: &Json<'_>,
    start: Option<Date>,
    at: &At<'_>,
    notes: &mut Notes,
) -> Read<(Timing, Option<Span>)> {
    let Some(text) = carried_text(json, EXACT) else { return read::plain(json, start, at, notes) };
    let plain = without(json, EXACT);
    match serde_json::from_str::<Exact>(text) {
        Ok(Exact { timing, lasts }) if same(&write::plain(&timing, lasts), &plain) => {
            Ok((without_last(&timing), lasts))
        }
        Ok(_) => {
            let read = read::plain(&plain, start, at, notes);
            if read.is_ok() {
                notes.add(at, "the timing was changed since it was written; what only its extension says is not taken");
            }
            read
        }
        Err(_) => refuse(at, "the timing that is carried beside it cannot be read"),
    }
}

/// The timing without what is found again from its rule.
fn without_last(timing: &Timing) -> Timing {
    let mut timing = timing.clone();
    if let Timing::Clock(recurrence) = &mut timing {
        recurrence.last = None;
    }
    timing
}
