//! When a resource says that something happened.

use super::super::Json;
use super::at::{At, Notes};
use super::datatypes as read;
use crate::time::{PartialDate, Period, When};

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
    let choices = holder.object()?.iter().filter_map(|(member, _)| Some((member, member.strip_prefix(name)?)));
    let mut untyped = None;
    for (member, suffix) in choices {
        match suffix {
            "DateTime" | "Instant" | "Date" => return point(member, notes),
            "Period" => return read::period(holder, member, at, notes).map(ends),
            "Timing" | "Age" | "Range" | "String" | "Duration" => untyped = Some(member),
            _ => {}
        }
    }
    if let Some(member) = untyped {
        notes.add(&at.member(member), "a time that is no date or period");
    }
    None
}

/// A date alone, for `name` within `holder`.
pub(super) fn due(holder: &Json<'_>, name: &str, notes: &mut Notes) -> Option<PartialDate> {
    read::date(holder, name, &At::ROOT, notes)
}
