//! The journey: all that happened to a patient on one axis of time, a lane for each kind.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::axis::{Ahead, Extent, TimeScale, day_number};
use super::escape::{Markup, Px};
use super::figure::{Drawing, Figure, Table};
use super::lane::{Bar, End, Lane, Mark, Placed, Row, marks, rows};
use super::phrase::shortened;
use super::telling::{covered, day_at, mark_when, row_when, what, when};
use super::words::{Word, Words};
use crate::chart::{ChartEntry, EntryStatus, EntryView};
use crate::time::{PartialDate, When};

/// Which time a journey shows. What lies ahead of today is shown beside it in any case but `Between`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Span {
    /// The whole life if entries cover at least half of it, otherwise from the first entry on.
    #[default]
    Fitting,
    /// From birth on.
    Life,
    /// From one day to another, both included.
    Between(NaiveDate, NaiveDate),
}

/// What to draw of a patient's journey.
///
/// Entries stand in lanes by kind. Problems and medications are bars, all others marks; marks that would overlap are
/// drawn as one with their number, so the picture stays readable and small however many there are. A partial date is
/// drawn as all the days it may mean. Entries recorded by mistake are left out and counted below.
#[derive(Debug, Clone, Copy)]
pub struct Journey<'a> {
    /// Entries, in any order.
    pub entries: &'a [EntryView],
    /// The day that parts what was from what lies ahead.
    pub today: NaiveDate,
    /// Date of birth: it gives the axis of ages.
    pub birth_date: Option<PartialDate>,
    /// Date of death.
    pub died: Option<When>,
    /// Which time to show.
    pub span: Span,
}

/// A width to draw for.
#[derive(Debug, Clone, Copy)]
struct Frame {
    name: &'static str,
    width: f64,
    /// Room for the names of lanes at the left; none puts them above their lanes.
    gutter: f64,
    /// Most rows of bars in a lane.
    rows: usize,
    /// Pixels between marks.
    apart: f64,
}

const FRAMES: [Frame; 3] = [
    Frame { name: "wide", width: 1080.0, gutter: 262.0, rows: 9, apart: 25.0 },
    Frame { name: "medium", width: 660.0, gutter: 0.0, rows: 8, apart: 25.0 },
    Frame { name: "narrow", width: 350.0, gutter: 0.0, rows: 7, apart: 23.0 },
];

/// Up to this many entries the table names each; beyond, it names the marks.
const NAMED_EACH: usize = 300;

/// Left edge of the names beside lanes.
const NAMES: f64 = 24.0;
const MARKS: f64 = 52.0;
const EDGE: f64 = 14.0;

impl Journey<'_> {
    /// Draws the journey.
    pub fn draw(&self, words: &Words) -> Figure {
        let mut lanes: BTreeMap<Lane, Vec<Placed<'_>>> = BTreeMap::new();
        let (mut undated, mut voided) = (Vec::new(), 0usize);
        for view in self.entries {
            if view.entry.status == EntryStatus::EnteredInError {
                voided += 1;
            } else if let Some(placed) = Placed::new(&view.entry) {
                lanes.entry(Lane::of(&view.entry.kind)).or_default().push(placed);
            } else {
                undated.push(&view.entry);
            }
        }
        let wide = self.scale(&lanes, &FRAMES[0]);
        let mut outside = 0usize;
        for placed in lanes.values_mut() {
            let all = placed.len();
            placed.retain(|entry| wide.shows(covered(entry, wide.to)));
            outside += all - placed.len();
        }
        lanes.retain(|_, placed| !placed.is_empty());

        let table = self.table(&lanes, &undated, &wide, words);
        let mut figure = Figure::new("journey", words.say(Word::JourneyTitle), table, words);
        figure.description = self.description(&lanes, &wide, words);
        if lanes.is_empty() {
            figure.notes.push(words.say(Word::JourneyEmpty).to_owned());
        } else {
            figure.drawings = FRAMES.iter().map(|frame| self.drawing(&lanes, frame, words)).collect();
        }
        for (word, count) in
            [(Word::JourneyUndated, undated.len()), (Word::JourneyOutside, outside), (Word::JourneyVoided, voided)]
        {
            if count > 0 {
                figure.notes.push(words.fill(word, &[("n", &count)]));
            }
        }
        figure
    }

    fn scale(&self, lanes: &BTreeMap<Lane, Vec<Placed<'_>>>, frame: &Frame) -> TimeScale {
        let left = frame.gutter + EDGE;
        let right = frame.width - EDGE;
        let today = day_number(self.today) + 1.0;
        if let Span::Between(from, to) = self.span {
            let (from, to) = (day_number(from.min(to)), day_number(from.max(to)) + 1.0);
            return TimeScale { from, to, left, right, ahead: None };
        }
        let entries = || lanes.values().flatten();
        let first = entries().map(|e| e.start.from).fold(today - 28.0, f64::min);
        let born = self.birth_date.map(|date| day_number(date.first_day())).filter(|born| *born < today);
        let from = match (self.span, born) {
            (Span::Life, Some(born)) => born,
            (Span::Fitting, Some(born)) if (today - first) * 2.0 >= today - born => born.min(first),
            _ => first,
        };
        let from = from - (today - from) * 0.012;
        let last = entries().map(|e| if let End::At(end) = e.end { end.to } else { e.start.to }).fold(today, f64::max);
        if last <= today {
            return TimeScale { from, to: today, left, right: right - EDGE, ahead: None };
        }
        let room = ((right - left) * 0.16).max(64.0);
        let ahead = Ahead { to: last + (last - today) * 0.08, left: right - room + 10.0, right };
        TimeScale { from, to: today, left, right: right - room, ahead: Some(ahead) }
    }

    fn drawing(&self, lanes: &BTreeMap<Lane, Vec<Placed<'_>>>, frame: &Frame, words: &Words) -> Drawing {
        let scale = self.scale(lanes, frame);
        let has_ages = self.birth_date.is_some();
        let head = if has_ages { 50.0 } else { 34.0 };
        let mut y = head + 8.0;
        let mut content = Markup::new();
        for (lane, placed) in lanes {
            y = Sheet { frame, scale: &scale, words }.lane(&mut content, *lane, placed, y);
        }
        let mut body = Markup::new();
        hatching(&mut body, frame);
        self.axis(&mut body, frame, &scale, y, words);
        body.append(&content);
        Drawing { frame: frame.name, width: frame.width, height: y + 6.0, body }
    }

    fn axis(&self, m: &mut Markup, frame: &Frame, scale: &TimeScale, bottom: f64, words: &Words) {
        let top = if self.birth_date.is_some() { 50.0 } else { 34.0 };
        let upright = |m: &mut Markup, class: &'static str, x: f64, from: f64| {
            m.empty(
                "line",
                &[("class", &class), ("x1", &Px(x)), ("x2", &Px(x)), ("y1", &Px(from)), ("y2", &Px(bottom))],
            );
        };
        let label = |m: &mut Markup, class: &'static str, (x, y): (f64, f64), anchor: &'static str, text: &str| {
            m.leaf("text", &[("class", &class), ("x", &Px(x)), ("y", &Px(y)), ("text-anchor", &anchor)], text);
        };
        let today_shown = scale.to > day_number(self.today) && scale.from <= day_number(self.today);
        if let Some(ahead) = &scale.ahead {
            m.empty(
                "rect",
                &[
                    ("class", &"ahead"),
                    ("x", &Px(scale.right)),
                    ("y", &Px(top)),
                    ("width", &Px(ahead.right - scale.right + EDGE)),
                    ("height", &Px(bottom - top)),
                ],
            );
            label(m, "tick", (ahead.right + EDGE - 2.0, 20.0), "end", words.say(Word::Ahead));
            let until = f64::midpoint(ahead.to, scale.to);
            if let Some(last) = day_at(until) {
                let text = words.fill(
                    Word::DateMonth,
                    &[("month", &words.month(PartialDate::from(last).month().unwrap_or(1))), ("year", &last.year())],
                );
                label(m, "age", (ahead.right + EDGE - 2.0, 38.0), "end", &text);
            }
        }
        let today_x = scale.x(day_number(self.today) + 1.0);
        let spacing = if frame.width < 400.0 { 52.0 } else { 68.0 };
        let milestones: Vec<(Word, f64)> = [
            (Word::Born, self.birth_date.map(|born| Extent::of(&When::On(born)))),
            (Word::Died, self.died.as_ref().map(Extent::of)),
        ]
        .into_iter()
        .filter_map(|(word, at)| Some((word, at.filter(|at| at.from >= scale.from && at.to <= scale.to)?)))
        .map(|(word, at)| (word, scale.x(at.middle())))
        .collect();
        for tick in scale.ticks(spacing, words) {
            upright(m, "grid", tick.x, top - 6.0);
            // The names of today, birth and death win over that of a tick beside them.
            let taken = |x: f64| (x - tick.x).abs() < 42.0;
            if (today_shown && taken(today_x)) || milestones.iter().any(|(_, x)| taken(*x)) {
                continue;
            }
            label(m, "tick", (tick.x, 20.0), "middle", &tick.label);
            let years = self.birth_date.and_then(|born| born.years_until(tick.date));
            if let Some((_, years)) = years {
                label(m, "age", (tick.x, 38.0), "middle", &years.to_string());
            }
        }
        if self.birth_date.is_some() && frame.gutter > 0.0 {
            label(m, "age", (frame.gutter - 8.0, 38.0), "end", words.say(Word::AgeAxis));
        }
        if today_shown {
            upright(m, "today", today_x, 28.0);
            label(m, "today-name", (today_x, 20.0), "middle", words.say(Word::Today));
        }
        for (word, x) in milestones {
            upright(m, "milestone", x, 28.0);
            label(m, "milestone-name", (x, 20.0), "middle", words.say(word));
        }
    }

    fn description(&self, lanes: &BTreeMap<Lane, Vec<Placed<'_>>>, scale: &TimeScale, words: &Words) -> String {
        let counts = lanes.iter().map(|(lane, placed)| {
            words.fill(Word::JourneyLaneCount, &[("lane", &words.say(lane.word())), ("n", &placed.len())])
        });
        let day = |number: f64| day_at(number).map(|day| words.day(day));
        let to = scale.ahead.map_or(scale.to - 1.0, |ahead| ahead.to);
        words.fill(
            Word::JourneyDescription,
            &[
                ("from", &day(scale.from).unwrap_or_default()),
                ("to", &day(to).unwrap_or_default()),
                ("lanes", &counts.collect::<Vec<_>>().join(", ")),
            ],
        )
    }

    fn table(
        &self,
        lanes: &BTreeMap<Lane, Vec<Placed<'_>>>,
        undated: &[&ChartEntry],
        scale: &TimeScale,
        words: &Words,
    ) -> Table {
        let mut lines: Vec<Vec<String>> = Vec::new();
        let total: usize = lanes.values().map(Vec::len).sum();
        for (lane, placed) in lanes {
            let name = words.say(lane.word()).to_owned();
            if total <= NAMED_EACH {
                let mut placed: Vec<_> = placed.iter().collect();
                placed.sort_by(|a, b| a.start.from.total_cmp(&b.start.from));
                lines.extend(
                    placed.into_iter().map(|entry| vec![name.clone(), when(entry, words), what(&[*entry], words)]),
                );
                continue;
            }
            let (bars, rest) =
                if lane.lasts() { rows(placed, scale, FRAMES[0].rows, words) } else { (Vec::new(), placed.clone()) };
            for row in &bars {
                lines.push(vec![name.clone(), row_when(row, words), row.title.clone()]);
            }
            let mut marks = marks(&rest, scale, FRAMES[0].apart);
            marks.sort_by(|a, b| a.x.total_cmp(&b.x));
            for mark in &marks {
                lines.push(vec![name.clone(), mark_when(mark, words), what(&mark.entries, words)]);
            }
        }
        for entry in undated.iter().take(NAMED_EACH) {
            let name = words.say(Lane::of(&entry.kind).word()).to_owned();
            lines.push(vec![name, words.say(Word::NoDate).to_owned(), words.title(entry)]);
        }
        Table {
            summary: words.say(Word::JourneyTable).to_owned(),
            head: [Word::ColumnLane, Word::ColumnWhen, Word::ColumnWhat].map(|w| words.say(w).to_owned()).into(),
            rows: lines,
        }
    }
}

/// One frame while its lanes are drawn from top to bottom.
struct Sheet<'a> {
    frame: &'a Frame,
    scale: &'a TimeScale,
    words: &'a Words,
}

impl Sheet<'_> {
    /// Draws a lane below `top`; gives the bottom of it.
    fn lane(&self, m: &mut Markup, lane: Lane, placed: &[Placed<'_>], top: f64) -> f64 {
        let (bars, rest) = if lane.lasts() {
            rows(placed, self.scale, self.frame.rows, self.words)
        } else {
            (Vec::new(), placed.to_vec())
        };
        let mut y = top;
        m.element("g", &[("class", &lane.name())], |m| {
            m.empty(
                "line",
                &[("class", &"rule"), ("x1", &"0"), ("x2", &Px(self.frame.width)), ("y1", &Px(y)), ("y2", &Px(y))],
            );
            let own_line = self.beside() && bars.is_empty();
            self.name(m, lane, placed.len(), if own_line { y + 13.0 } else { y + 3.0 });
            if !own_line {
                y += if self.beside() { 32.0 } else { 36.0 };
            }
            for row in &bars {
                y = self.row(m, lane, row, y);
            }
            if !rest.is_empty() {
                if !bars.is_empty() {
                    let name = self.words.say(lane.word()).to_lowercase();
                    let more = self.words.fill(Word::JourneyMore, &[("lane", &name)]);
                    self.row_name(m, &more, 0, if self.beside() { y + 34.0 } else { y + 13.0 }, None);
                    y += if self.beside() { 0.0 } else { 12.0 };
                }
                for mark in marks(&rest, self.scale, self.frame.apart) {
                    self.mark(m, lane, &mark, y);
                }
                y += MARKS;
            }
            y += if bars.is_empty() { 2.0 } else { 12.0 };
        });
        y
    }

    /// Whether names stand beside what they name, not above it.
    fn beside(&self) -> bool {
        self.frame.gutter > 0.0
    }

    fn name(&self, m: &mut Markup, lane: Lane, count: usize, top: f64) {
        let y = top + 22.0;
        lane.shape().draw(m, "mark", (9.0, y - 4.5), 6.0);
        m.element("text", &[("class", &"lane-name"), ("x", &Px(NAMES)), ("y", &Px(y))], |m| {
            m.text(self.words.say(lane.word()));
            m.leaf("tspan", &[("class", &"lane-count"), ("dx", &"7")], count);
        });
    }

    fn row(&self, m: &mut Markup, lane: Lane, row: &Row<'_>, top: f64) -> f64 {
        let (name, middle, bottom) =
            if self.beside() { (top + 15.0, top + 11.0, top + 22.0) } else { (top + 13.0, top + 22.0, top + 34.0) };
        for bar in &row.bars {
            self.bar(m, lane, bar, middle);
        }
        self.row_name(m, &row.title, row.entries.len(), name, Some(row));
        bottom
    }

    fn row_name(&self, m: &mut Markup, name: &str, repeats: usize, y: f64, row: Option<&Row<'_>>) {
        let (x, room) =
            if self.beside() { (NAMES, self.frame.gutter - NAMES) } else { (EDGE, self.frame.width - EDGE) };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of at most 1080 pixels")]
        let characters = (room / 6.6) as usize;
        let name = shortened(name, characters.saturating_sub(if repeats > 1 { 4 } else { 0 }));
        m.element("text", &[("class", &"bar-name"), ("x", &Px(x)), ("y", &Px(y))], |m| {
            m.text(name);
            if repeats > 1 {
                m.leaf("tspan", &[("class", &"lane-count"), ("dx", &"5")], format_args!("×{repeats}"));
            }
            if let Some(row) = row {
                m.leaf("title", &[], format_args!("{}: {}", row.title, row_when(row, self.words)));
            }
        });
    }

    fn bar(&self, m: &mut Markup, lane: Lane, bar: &Bar, middle: f64) {
        let stretch = |m: &mut Markup, class: &'static str, fill: &dyn std::fmt::Display, left: f64, right: f64| {
            m.empty(
                "rect",
                &[
                    ("class", &class),
                    ("fill", fill),
                    ("x", &Px(left)),
                    ("y", &Px(middle - 4.0)),
                    ("width", &Px((right - left).max(0.0))),
                    ("height", &"8"),
                    ("rx", &"2"),
                ],
            );
        };
        let (solid_left, solid_right) = (bar.left + bar.faint_left, bar.right - bar.faint_right);
        if bar.faint_left > 0.0 {
            stretch(m, "faint", &"currentColor", bar.left, solid_left);
        }
        if bar.faint_right > 0.0 {
            stretch(m, "faint", &"currentColor", solid_right, bar.right);
        }
        if solid_right > solid_left {
            if lane == Lane::Medications {
                let pattern = format!("url(#journey-{}-stripes)", self.frame.name);
                stretch(m, "striped", &pattern, solid_left, solid_right);
            } else {
                stretch(m, "solid", &"currentColor", solid_left, solid_right);
            }
        }
        if bar.open {
            let x = bar.right;
            let arrow = [(x, middle - 6.5), (x + 8.0, middle), (x, middle + 6.5)];
            let points = super::glyph::joined(arrow.into_iter());
            m.empty("polygon", &[("class", &"mark"), ("points", &points)]);
        }
        if bar.dotted {
            let line: [super::escape::Attribute<'_>; 5] = [
                ("class", &"dotted"),
                ("x1", &Px(bar.right + 3.0)),
                ("x2", &Px(bar.right + 24.0)),
                ("y1", &Px(middle)),
                ("y2", &Px(middle)),
            ];
            m.empty("line", &line);
        }
    }

    fn mark(&self, m: &mut Markup, lane: Lane, mark: &Mark<'_>, top: f64) {
        let y = top + 32.0;
        let count = mark.entries.len();
        #[allow(clippy::cast_precision_loss, reason = "a count of entries only sets a size")]
        let r = (5.0 + (count as f64).ln() * 1.15).min(10.5);
        m.element("g", &[], |m| {
            m.leaf("title", &[], format_args!("{}: {}", mark_when(mark, self.words), what(&mark.entries, self.words)));
            if let Some((left, right)) = mark.band {
                m.empty(
                    "rect",
                    &[
                        ("class", &"faint"),
                        ("x", &Px(left)),
                        ("y", &Px(y - 3.0)),
                        ("width", &Px(right - left)),
                        ("height", &"6"),
                        ("rx", &"3"),
                    ],
                );
            }
            lane.shape().draw(m, if mark.hollow() { "hollow" } else { "mark" }, (mark.x, y), r);
            if count > 1 {
                m.leaf(
                    "text",
                    &[("class", &"count"), ("x", &Px(mark.x)), ("y", &Px(top + 15.0)), ("text-anchor", &"middle")],
                    count,
                );
            }
        });
    }
}

/// The pattern of the bars of medications.
fn hatching(m: &mut Markup, frame: &Frame) {
    m.element("defs", &[], |m| {
        let id = format!("journey-{}-stripes", frame.name);
        let pattern: [super::escape::Attribute<'_>; 6] = [
            ("id", &id),
            ("class", &Lane::Medications.name()),
            ("width", &"5"),
            ("height", &"5"),
            ("patternUnits", &"userSpaceOnUse"),
            ("patternTransform", &"rotate(45)"),
        ];
        m.element("pattern", &pattern, |m| {
            m.empty("rect", &[("fill", &"currentColor"), ("width", &"3"), ("height", &"5")]);
        });
    });
}
