//! When a resource says that something happened.

use super::super::Json;
use super::at::{At, Notes};
use super::datatypes as read;
use crate::time::{PartialDate, Period, When};

/// Suffixes of `name[x]` that hold a date or time.
const POINTS: [&str; 3] = ["DateTime", "Instant", "Date"];
/// Suffixes of `name[x]` that only the source text holds.
const UNTYPED: [&str; 5] = ["Timing", "Age", "Range", "String", "Duration"];

/// The start and perhaps the end that an element gives, whichever choice it is written as.
pub(super) fn span(json: &Json<'_>, path: &str, notes: &mut Notes) -> Option<(Option<When>, Option<When>)> {
    let (holder, name) = match path.split_once('.') {
        Some((outer, name)) => (json.get(outer)?, name),
        None => (json, path),
    };
    let at = &At::ROOT;
    let point = |name: &str, notes: &mut Notes| read::when(holder, name, at, notes).map(|when| (Some(when), None));
    let ends = |period: Period| (period.start, period.end);
    match holder.get(name) {
        Some(Json::Object(_)) => return read::period(holder, name, at, notes).map(ends),
        Some(Json::Text(_)) => return point(name, notes),
        _ => {}
    }
    for suffix in POINTS {
        let choice = format!("{name}{suffix}");
        if holder.get(&choice).is_some() {
            return point(&choice, notes);
        }
    }
    let choice = format!("{name}Period");
    if holder.get(&choice).is_some() {
        return read::period(holder, &choice, at, notes).map(ends);
    }
    for suffix in UNTYPED {
        let choice = format!("{name}{suffix}");
        if holder.get(&choice).is_some() {
            notes.add(&at.member(&choice), "a time that is no date or period");
        }
    }
    None
}

/// A date alone, for `name` within `holder`.
pub(super) fn due(holder: &Json<'_>, name: &str, notes: &mut Notes) -> Option<PartialDate> {
    read::date(holder, name, &At::ROOT, notes)
}
