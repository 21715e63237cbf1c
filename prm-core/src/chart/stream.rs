//! Ordered index rows of one patient, read in small batches and merged.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use super::index::{self, Mark, Position};
use crate::error::{Error, Result};
use crate::id::EntryId;
use crate::store::engine::{Order, Read, Visit};
use crate::store::key::{Moment, Pid, Prefix};
use crate::store::tables::Table;
use crate::time::{Period, TimelineTime, When};

/// A stretch of a timeline, newest first: `start` belongs to it, `end` does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
    /// Only what comes after this in the order of reading.
    pub(crate) beyond: Option<Position>,
}

/// Where the kind of a row stands in its key.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// Before the moment: all rows of the stretch are of this kind.
    Kind(u16),
    /// Behind the moment.
    Position,
}

impl Extent {
    /// What of the stretch stands within a period.
    pub(crate) fn within(mut self, period: &Period) -> Self {
        if let Some(end) = &period.end {
            self.start = self.start.max(Some(latest_within(end)));
        }
        if let Some(start) = &period.start {
            let second_before = start.timeline_time().seconds.checked_sub(1);
            self.end = self.end.min(second_before.map(|s| Moment::new(s, u8::MAX)).or(self.end));
        }
        self
    }

    /// Rows of the timeline within the stretch.
    pub(crate) fn rows(&self, base: &[u8], order: Order) -> Prefix {
        self.shaped(base, Shape::Position, order)
    }

    fn shaped(&self, base: &[u8], shape: Shape, order: Order) -> Prefix {
        let row = |tail: &[u8]| [base, tail].concat();
        let mut rows = Prefix::of(base.to_vec());
        if let Some(start) = &self.start {
            rows = rows.starting_at(row(&start.0));
        }
        if let Some(end) = &self.end {
            rows = rows.ending_before(row(&end.0));
        }
        let Some(beyond) = &self.beyond else { return rows };
        let mut cut = match shape {
            Shape::Position => beyond.bytes().to_vec(),
            Shape::Kind(_) => beyond.moment.0.to_vec(),
        };
        let mut on_it = true;
        if let Shape::Kind(kind) = shape {
            on_it = kind == beyond.kind;
            if on_it {
                cut.extend_from_slice(beyond.entry.as_bytes());
            } else if kind < beyond.kind {
                cut.extend_from_slice(&[0xff; 17]);
            }
        }
        match order {
            Order::Ascending => {
                if on_it {
                    cut.push(0);
                }
                rows.starting_at(row(&cut))
            }
            Order::Descending => rows.ending_before(row(&cut)),
        }
    }
}

/// The first moment, newest first, that is not after the end of a period.
fn latest_within(end: &When) -> Moment {
    let end = match end {
        When::At(at) => at.to_utc(),
        When::On(date) => {
            date.last_day().and_time(chrono::NaiveTime::MIN).and_utc() + chrono::TimeDelta::seconds(86_399)
        }
    };
    let end = TimelineTime::from_instant(end);
    Moment::new(end.seconds, end.precision)
}

/// Visits rows of a patient. Bounds that cross leave nothing to visit.
pub(crate) fn scan(read: &dyn Read, rows: &Prefix, order: Order, visit: &mut Visit<'_>) -> Result<()> {
    let span = rows.span();
    if span.end.is_some_and(|end| end <= span.start) {
        return Ok(());
    }
    read.scan(Table::PData, span, order, visit)
}

/// The position at the end of a key of the timeline or of a code.
pub(crate) fn position(row: &[u8], tail: usize) -> Result<Position> {
    let parsed = row.get(tail..).and_then(Position::parse);
    parsed.ok_or_else(|| Error::corrupted(Table::PData.name(), row, "a key of the timeline is cut off"))
}

/// Index rows of one kind or one code, in order.
#[derive(Debug)]
pub(crate) struct Stream {
    rows: Prefix,
    shape: Shape,
    /// Where the part of a key begins that tells the position.
    tail: usize,
    read: VecDeque<(Position, Mark)>,
    at_end: bool,
}

impl Stream {
    pub(crate) fn of_kind(pid: Pid, kind: u16, extent: &Extent, order: Order) -> Self {
        Stream::new(&index::by_kind(pid, kind).done(), Shape::Kind(kind), extent, order)
    }

    pub(crate) fn of_code(pid: Pid, code: u32, extent: &Extent, order: Order) -> Self {
        Stream::new(&index::by_code(pid, code).done(), Shape::Position, extent, order)
    }

    fn new(base: &[u8], shape: Shape, extent: &Extent, order: Order) -> Self {
        let rows = extent.shaped(base, shape, order);
        Stream { rows, shape, tail: base.len(), read: VecDeque::new(), at_end: false }
    }

    fn position(&self, row: &[u8]) -> Result<Position> {
        let Shape::Kind(kind) = self.shape else { return position(row, self.tail) };
        let parsed = row.get(self.tail..).and_then(|tail| {
            let (moment, id) = tail.split_first_chunk()?;
            let entry = EntryId::from_uuid(uuid::Uuid::from_slice(id).ok()?);
            Some(Position { moment: Moment(*moment), kind, entry })
        });
        parsed.ok_or_else(|| Error::corrupted(Table::PData.name(), row, "a key of a kind is cut off"))
    }

    fn fill(&mut self, read: &dyn Read, order: Order, batch: usize) -> Result<()> {
        let mut found = VecDeque::with_capacity(batch);
        let mut last = Vec::new();
        scan(read, &self.rows, order, &mut |row, bytes| {
            found.push_back((self.position(row)?, Mark::parse(row, bytes)?));
            if found.len() < batch {
                return Ok(ControlFlow::Continue(()));
            }
            last = row.to_vec();
            Ok(ControlFlow::Break(()))
        })?;
        self.at_end = last.is_empty();
        if !self.at_end {
            let rows = std::mem::replace(&mut self.rows, Prefix::of(Vec::new()));
            self.rows = match order {
                Order::Ascending => rows.starting_at([last.as_slice(), &[0]].concat()),
                Order::Descending => rows.ending_before(last),
            };
        }
        self.read = found;
        Ok(())
    }
}

/// Several streams as one. A position that is in more than one of them comes up once.
#[derive(Debug)]
pub(crate) struct Merged {
    streams: Vec<Stream>,
    order: Order,
    batch: usize,
}

impl Merged {
    /// `batch` rows are read at a time, from all streams together.
    pub(crate) fn new(streams: Vec<Stream>, order: Order, batch: usize) -> Self {
        let batch = batch.div_ceil(streams.len().max(1)).max(4);
        Merged { streams, order, batch }
    }

    pub(crate) fn next(&mut self, read: &dyn Read) -> Result<Option<(Position, Mark)>> {
        for stream in &mut self.streams {
            if stream.read.is_empty() && !stream.at_end {
                stream.fill(read, self.order, self.batch)?;
            }
        }
        let fronts = self.streams.iter().filter_map(|stream| stream.read.front()).copied();
        let next = match self.order {
            Order::Ascending => fronts.min_by_key(|(position, _)| *position),
            Order::Descending => fronts.max_by_key(|(position, _)| *position),
        };
        if let Some((position, _)) = next {
            for stream in &mut self.streams {
                if stream.read.front().is_some_and(|(front, _)| *front == position) {
                    stream.read.pop_front();
                }
            }
        }
        Ok(next)
    }
}
