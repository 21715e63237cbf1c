//! The timeline of a patient: one page at a time, in the order of its rows.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::conflict;
use super::index::{self, Position};
use super::stream::{self, Extent, Merged, Stream};
use super::text::Words;
use super::{ChartEntry, EntryKind, EntryView};
use crate::error::Result;
use crate::sensitive::Sensitive;
use crate::store::engine::Order;
use crate::store::key::{self, Class, Moment, Pid};
use crate::store::record::{Covering, Numbers, Owner, Reader, Stored};
use crate::store::tables::Table;
use crate::store::value;
use crate::time::{Instant, Period, TimelineTime};
use crate::value::Coding;

/// Most rows one call looks at, whatever it returns.
pub(crate) const LOOKED_AT: usize = 2_000;

/// In which order a timeline is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimelineOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
}

/// Which entries of a timeline to show. Every part that is given narrows it.
///
/// An entry stands at the start of the time it happened in: `2019` at the beginning of that year, before
/// `2019-01`; a stay at its admission. Civil dates count as if they were in UTC. Entries of the same moment are ordered
/// by kind, then id. Entries without a time come last in either order, entries made in error nowhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimelineQuery {
    /// Of one of these kinds; of any if empty.
    pub kinds: Vec<EntryKind>,
    /// With one of these codes, be it the code of a component; with any or none if empty.
    pub codes: Vec<Coding>,
    /// Standing within this period, both ends included. Entries without a time are in no period.
    pub period: Option<Period>,
    /// Holding every word of this text in title, code, value or remark; letters with and without accents, capital or
    /// small, are the same.
    pub text: Option<Sensitive>,
    /// Order.
    pub order: TimelineOrder,
    /// Those that stand after the current instant, which the timeline leaves out otherwise.
    pub future: bool,
}

/// What one call found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TimelinePage {
    pub(crate) entries: Vec<EntryView>,
    /// Where to go on; none at the end. What follows may be nothing if the query names a text.
    pub(crate) next: Option<Position>,
    /// Rows looked at. [`LOOKED_AT`] means that the call stopped there, with perhaps fewer entries than asked for.
    pub(crate) looked_at: usize,
}

/// Reads at most `limit` entries that `query` asks for, behind `from`.
///
/// A position is a place in the order, not an entry: an entry that is there all the while and keeps its time comes up
/// exactly once, whatever is added, edited or removed between two calls.
///
/// `permits` is asked for every entry with its labels and scope 0; who supplies it adds the scope and labels of the
/// patient. Entries it refuses are left out as if they were not there.
///
/// Without kinds and codes the rows of the timeline are read as they lie. Otherwise the ordered rows of each kind, or of
/// each code if there are codes, are merged, and only what is shown is opened.
#[allow(clippy::too_many_arguments, reason = "one call of the session, each argument from another place")]
pub(crate) fn timeline(
    reader: &Reader<'_>,
    numbers: &mut dyn Numbers,
    pid: Pid,
    query: &TimelineQuery,
    from: Option<&Position>,
    limit: usize,
    now: Instant,
    permits: &dyn Fn(Covering) -> bool,
) -> Result<TimelinePage> {
    let mut collector = Collector {
        reader,
        pid,
        kinds: query.kinds.iter().map(|kind| EntryKind::from_code(kind.code())).collect(),
        words: query.text.as_ref().map(|text| Words::of(text.expose())).filter(|words| !words.is_empty()),
        limit,
        permits,
        last: None,
        page: TimelinePage { entries: Vec::with_capacity(limit.min(128)), ..TimelinePage::default() },
    };
    let order = match query.order {
        TimelineOrder::Newest => Order::Ascending,
        TimelineOrder::Oldest => Order::Descending,
    };
    for extent in extents(query, now, from) {
        let flow = if query.kinds.is_empty() && query.codes.is_empty() {
            collector.read_as_it_lies(&extent, order)?
        } else {
            let streams = streams(numbers, pid, query, &extent, order)?;
            collector.read_merged(Merged::new(streams, order, limit.saturating_add(1).min(128)), query)?
        };
        if flow.is_break() {
            break;
        }
    }
    let mut page = collector.page;
    conflict::mark(reader, numbers, pid, &mut page.entries, permits)?;
    Ok(page)
}

/// The stretches of the timeline to read, one after the other, as far as they come after `from`.
fn extents(query: &TimelineQuery, now: Instant, from: Option<&Position>) -> Vec<Extent> {
    let now = TimelineTime::from_instant(now);
    let now = Moment::new(now.seconds, now.precision);
    let dated = if query.future {
        Extent { start: None, end: Some(now), beyond: from.copied() }
    } else {
        Extent { start: Some(now), end: Some(Moment::NEVER), beyond: from.copied() }
    };
    if let Some(period) = &query.period {
        return vec![dated.within(period)];
    }
    match query.order {
        _ if query.future => vec![dated],
        // Without a time is last as it lies.
        TimelineOrder::Newest => vec![Extent { end: None, ..dated }],
        TimelineOrder::Oldest => {
            let undated = Extent { start: Some(Moment::NEVER), end: None, beyond: None };
            match from {
                None => vec![dated, undated],
                Some(from) if from.moment == Moment::NEVER => vec![Extent { beyond: Some(*from), ..undated }],
                Some(_) => vec![dated, undated],
            }
        }
    }
}

fn streams(
    numbers: &mut dyn Numbers,
    pid: Pid,
    query: &TimelineQuery,
    extent: &Extent,
    order: Order,
) -> Result<Vec<Stream>> {
    let mut streams = Vec::new();
    if query.codes.is_empty() {
        let mut kinds: Vec<u16> = query.kinds.iter().map(index::kind_number).collect();
        kinds.sort_unstable();
        kinds.dedup();
        streams.extend(kinds.into_iter().map(|kind| Stream::of_kind(pid, kind, extent, order)));
    } else {
        let mut codes = Vec::new();
        for coding in &query.codes {
            codes.extend(index::code_number(numbers, coding)?);
        }
        codes.sort_unstable();
        codes.dedup();
        streams.extend(codes.into_iter().map(|code| Stream::of_code(pid, code, extent, order)));
    }
    Ok(streams)
}

struct Collector<'a> {
    reader: &'a Reader<'a>,
    pid: Pid,
    kinds: Vec<EntryKind>,
    words: Option<Words>,
    limit: usize,
    permits: &'a dyn Fn(Covering) -> bool,
    last: Option<Position>,
    page: TimelinePage,
}

impl Collector<'_> {
    /// Whether one more row may be looked at. If not, the page ends behind the last one.
    fn goes_on(&mut self) -> bool {
        let full = self.page.entries.len() >= self.limit || self.page.looked_at >= LOOKED_AT;
        if full {
            self.page.next = self.last;
        }
        !full
    }

    fn take(&mut self, position: Position, stored: Stored<ChartEntry>) {
        let entry = &stored.record;
        let asked_for = stored.header.listed()
            && (self.kinds.is_empty() || self.kinds.contains(&entry.kind))
            && (self.permits)(entry.gate())
            && self.words.as_ref().is_none_or(|words| words.are_in(entry));
        if asked_for {
            self.page.entries.push(EntryView::new(position.entry, stored));
        }
    }

    fn read_as_it_lies(&mut self, extent: &Extent, order: Order) -> Result<ControlFlow<()>> {
        let (owner, reader) = (Owner::Patient(self.pid), self.reader);
        let base = key::class(self.pid, Class::Timeline).done();
        let mut flow = ControlFlow::Continue(());
        let span = extent.rows(&base, order);
        stream::scan(reader.read, &span, order, &mut |row, bytes| {
            if value::is_further(bytes) {
                return Ok(ControlFlow::Continue(()));
            }
            if !self.goes_on() {
                flow = ControlFlow::Break(());
                return Ok(flow);
            }
            let position = stream::position(row, base.len())?;
            self.page.looked_at += 1;
            self.last = Some(position);
            self.take(position, reader.stored(owner, Table::PData, row, bytes)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(flow)
    }

    fn read_merged(&mut self, mut merged: Merged, query: &TimelineQuery) -> Result<ControlFlow<()>> {
        let kinds: Vec<u16> = query.kinds.iter().map(index::kind_number).collect();
        while let Some((position, mark)) = merged.next(self.reader.read)? {
            if !self.goes_on() {
                return Ok(ControlFlow::Break(()));
            }
            self.page.looked_at += 1;
            self.last = Some(position);
            let shown = kinds.is_empty() || kinds.contains(&position.kind);
            if shown && (self.permits)(mark.covering()) {
                let stored = entry_at(self.reader, self.pid, &position)?;
                self.take(position, stored);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The entry that an index row points to.
pub(crate) fn entry_at(reader: &Reader<'_>, pid: Pid, position: &Position) -> Result<Stored<ChartEntry>> {
    let row = position.row(pid);
    reader
        .at(Owner::Patient(pid), Table::PData, &row)?
        .ok_or_else(|| crate::Error::corrupted(Table::PData.name(), &row, "an index row leads to no entry"))
}

#[cfg(test)]
mod tests;
