//! What marks and bars of a journey say in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::axis::Extent;
use super::lane::{End, Mark, Placed, Row, times};
use super::words::{Word, Words};

/// Titles named of a counted mark.
const NAMED: usize = 3;

/// All the time an entry takes up; an open end goes on to `now`.
pub(crate) fn covered(placed: &Placed<'_>, now: f64) -> Extent {
    let to = match placed.end {
        End::Open => now.max(placed.start.to),
        End::At(end) => end.to.max(placed.start.to),
        End::Unknown => placed.start.to,
    };
    Extent { from: placed.start.from, to }
}

pub(crate) fn day_at(number: f64) -> Option<NaiveDate> {
    #[allow(clippy::cast_possible_truncation, reason = "saturates, and an impossible day gives none")]
    NaiveDate::from_num_days_from_ce_opt(number.floor() as i32)
}

/// When an entry was, with its end if its kind lasts or it states one.
pub(crate) fn when(placed: &Placed<'_>, words: &Words) -> String {
    let (start, end) = times(placed.entry);
    let Some(start) = start.or(end) else { return words.say(Word::NoDate).to_owned() };
    let from = words.on(start);
    if !super::lane::Lane::of(&placed.entry.kind).lasts() {
        return end.map_or_else(|| from.clone(), |end| words.span(&from, &words.on(end)));
    }
    match (placed.end, end) {
        (End::At(_), Some(end)) => words.span(&from, &words.on(end)),
        (End::Open, _) => words.span(&from, words.say(Word::Present)),
        _ => words.span(&from, words.say(Word::EndUnknown)),
    }
}

/// When the entries of a row were, from the first start to the last end.
pub(crate) fn row_when(row: &Row<'_>, words: &Words) -> String {
    let first = row.entries.iter().min_by(|a, b| a.start.from.total_cmp(&b.start.from));
    let last = row.entries.iter().max_by(|a, b| covered(a, f64::MAX).to.total_cmp(&covered(b, f64::MAX).to));
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let from = times(first.entry).0.map(|start| words.on(start)).unwrap_or_default();
    let said = match last.end {
        End::Open => words.span(&from, words.say(Word::Present)),
        End::At(_) => times(last.entry).1.map(|end| words.span(&from, &words.on(end))).unwrap_or_default(),
        End::Unknown => words.span(&from, words.say(Word::EndUnknown)),
    };
    if row.entries.len() > 1 { format!("{said} (×{})", row.entries.len()) } else { said }
}

pub(crate) fn mark_when(mark: &Mark<'_>, words: &Words) -> String {
    let starts =
        || mark.entries.iter().filter_map(|e| times(e.entry).0.or(times(e.entry).1).map(|when| (e.start, when)));
    let first = starts().min_by(|(a, _), (b, _)| a.from.total_cmp(&b.from));
    let last = starts().max_by(|(a, _), (b, _)| a.to.total_cmp(&b.to));
    match (first, last) {
        (Some((_, first)), Some((_, last))) => words.span(&words.on(first), &words.on(last)),
        _ => words.say(Word::NoDate).to_owned(),
    }
}

/// The entry with its value; of several the number and the most frequent titles.
pub(crate) fn what(entries: &[Placed<'_>], words: &Words) -> String {
    if let [only] = entries {
        let title = words.title(only.entry);
        return match words.value_of(only.entry) {
            Some(value) if !value.is_empty() => format!("{title}: {value}"),
            _ => title,
        };
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(words.title(entry.entry)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, na), (b, nb)| nb.cmp(na).then(a.cmp(b)));
    let named = counts.iter().take(NAMED);
    let list = named.map(|(title, n)| if *n > 1 { format!("{title} ×{n}") } else { title.clone() });
    let list = list.collect::<Vec<_>>().join(", ");
    let more = counts.len().saturating_sub(NAMED);
    let list = if more == 0 { list } else { words.fill(Word::AndMore, &[("list", &list), ("n", &more)]) };
    format!("{}: {list}", words.fill(Word::Counted, &[("n", &entries.len())]))
}
