//! Trends: the values of one code over time.

use super::axis::{Extent, NumberScale, TimeScale};
use super::escape::{Attribute, Markup, Px};
use super::figure::{Drawing, Figure, Table};
use super::glyph::{Shape, joined};
use super::phrase::{in_order, number, plain, stated, unit};
use super::words::{Word, Words};
use crate::chart::{EntryStatus, EntryValue, EntryView};
use crate::time::When;
use crate::value::{Comparator, Decimal, Quantity};

/// A value at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// When it was measured.
    pub when: When,
    /// The number.
    pub value: Decimal,
    /// How the true value relates to the number, if it is not equal to it.
    pub comparator: Option<Comparator>,
}

/// Values that belong on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// What was measured.
    pub label: String,
    /// Values, in any order.
    pub points: Vec<Point>,
}

/// A range that values are compared with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// Lower limit, if there is one.
    pub low: Option<Decimal>,
    /// Upper limit, if there is one.
    pub high: Option<Decimal>,
}

/// What to draw of one code: up to four series in one unit, such as systolic and diastolic pressure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trend {
    /// What was measured.
    pub label: String,
    /// Unit of all values.
    pub unit: Option<String>,
    /// Lines, told apart by dash and marker.
    pub series: Vec<Series>,
    /// Reference range, drawn as a band.
    pub reference: Option<Reference>,
    /// Values in another unit, which are not part of any series.
    pub other_units: usize,
    /// Values without a date.
    pub undated: usize,
}

/// Dash and marker per series.
const STYLES: [(&str, Shape); 4] =
    [("", Shape::Circle), ("7 4", Shape::Square), ("2 4", Shape::Diamond), ("9 3 2 3", Shape::TriangleUp)];
const CLASSES: [&str; 4] = ["series-0", "series-1", "series-2", "series-3"];

/// Beyond this many points a series is drawn as the spread of its values per stretch of time.
const DRAWN_EACH: usize = 60;

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 178.0;
const LEFT: f64 = 38.0;
const RIGHT: f64 = 330.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 146.0;

impl Trend {
    /// The trend of entries of one code: of their values, or of their components, a series each. The unit is that of
    /// the latest value; entries recorded by mistake or not done are left out.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a EntryView>) -> Self {
        let mut values: Vec<(String, Option<&When>, &Quantity)> = Vec::new();
        let mut label = String::new();
        for view in entries {
            let entry = &view.entry;
            if matches!(entry.status, EntryStatus::EnteredInError | EntryStatus::NotDone) {
                continue;
            }
            let title = entry.code.label().unwrap_or(entry.title.expose());
            if label.is_empty() {
                label = plain(title).to_owned();
            }
            let own = entry.value.as_ref().map(|value| (title, value));
            let parts = in_order(&entry.components)
                .into_iter()
                .filter_map(|part| Some((part.code.label()?, part.value.as_ref()?)));
            for (name, value) in own.into_iter().chain(parts) {
                if let EntryValue::Quantity(quantity) = value {
                    values.push((plain(name).to_owned(), entry.when.as_ref(), quantity));
                }
            }
        }
        values.sort_by_key(|(_, when, _)| when.map(When::timeline_time));
        let mut trend = Trend { label, ..Trend::default() };
        trend.unit = values.last().and_then(|(_, _, quantity)| quantity.unit_label()).map(str::to_owned);
        for (name, when, quantity) in values {
            let Some(when) = when else {
                trend.undated += 1;
                continue;
            };
            if quantity.unit_label() != trend.unit.as_deref() {
                trend.other_units += 1;
                continue;
            }
            let point = Point { when: *when, value: quantity.value.clone(), comparator: quantity.comparator.clone() };
            match trend.series.iter_mut().find(|series| series.label == name) {
                Some(series) => series.points.push(point),
                None => trend.series.push(Series { label: name, points: vec![point] }),
            }
        }
        trend
    }

    /// Draws the trend. The id names the figure within its page, e.g. `trend-1`; it holds letters, digits and
    /// hyphens, others are left out.
    pub fn draw(&self, id: &str, words: &Words) -> Figure {
        let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let lines: Vec<Line<'_>> = self.series.iter().take(STYLES.len()).map(Line::new).collect();
        let mut figure = Figure::new(id, self.title(), self.table(&lines, words), words);
        figure.description = self.description(&lines, words);
        if lines.iter().any(|line| !line.points.is_empty()) {
            figure.drawings.push(self.drawing(&lines, words));
        }
        for (word, count) in [(Word::TrendOtherUnits, self.other_units), (Word::TrendUndated, self.undated)] {
            if count > 0 {
                figure.notes.push(words.fill(word, &[("n", &count)]));
            }
        }
        figure
    }

    pub(crate) fn title(&self) -> String {
        match self.unit_said() {
            "" => self.label.clone(),
            unit => format!("{} ({unit})", self.label),
        }
    }

    pub(crate) fn unit_said(&self) -> &str {
        self.unit.as_deref().map(unit).unwrap_or_default()
    }

    /// The latest value of each series, and its date.
    pub(crate) fn latest(&self, words: &Words) -> Option<(String, String)> {
        let last = |series: &Series| series.points.iter().max_by_key(|point| point.when.timeline_time()).cloned();
        let last: Vec<Point> = self.series.iter().take(STYLES.len()).filter_map(last).collect();
        let date = last.iter().max_by_key(|point| point.when.timeline_time()).map(|point| words.on(&point.when))?;
        let values: Vec<_> = last.iter().map(|point| stated(&point.value, point.comparator.as_ref())).collect();
        Some((values.join(" / "), date))
    }

    fn description(&self, lines: &[Line<'_>], words: &Words) -> String {
        let said = lines.iter().filter_map(|line| {
            let (first, last) = (line.points.first()?, line.points.last()?);
            let (low, high) = line.limits()?;
            let text = words.fill(
                Word::TrendDescription,
                &[
                    ("n", &line.points.len()),
                    ("from", &words.on(&first.point.when)),
                    ("to", &words.on(&last.point.when)),
                    ("low", &number(low)),
                    ("high", &number(high)),
                    ("latest", &stated(&last.point.value, last.point.comparator.as_ref())),
                ],
            );
            Some(if lines.len() > 1 { format!("{}: {text}", line.series.label) } else { text })
        });
        said.collect::<Vec<_>>().join(" ")
    }

    fn table(&self, lines: &[Line<'_>], words: &Words) -> Table {
        let mut rows: Vec<(f64, Vec<String>)> = Vec::new();
        for line in lines {
            for group in line.groups() {
                let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
                let when = words.span(&words.on(&first.point.when), &words.on(&last.point.when));
                rows.push((first.at.from, vec![when, line.series.label.clone(), self.group_said(group, words)]));
            }
        }
        rows.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        Table {
            summary: words.say(Word::TrendTable).to_owned(),
            head: [Word::ColumnWhen, Word::ColumnWhat, Word::ColumnValue].map(|w| words.say(w).to_owned()).into(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }
    }

    fn group_said(&self, group: &[Placed<'_>], words: &Words) -> String {
        let said = match group {
            [] => String::new(),
            [only] => stated(&only.point.value, only.point.comparator.as_ref()),
            [.., last] => {
                let (low, high) = limits(group).unwrap_or((&last.point.value, &last.point.value));
                words.fill(
                    Word::TrendSpread,
                    &[
                        ("low", &number(low)),
                        ("high", &number(high)),
                        ("n", &group.len()),
                        ("latest", &stated(&last.point.value, last.point.comparator.as_ref())),
                    ],
                )
            }
        };
        format!("{said} {}", self.unit_said()).trim_end().to_owned()
    }

    fn drawing(&self, lines: &[Line<'_>], words: &Words) -> Drawing {
        let all = || lines.iter().flat_map(|line| &line.points);
        let (from, to) = all().fold((f64::MAX, f64::MIN), |(from, to), p| (from.min(p.at.from), to.max(p.at.to)));
        let margin = ((to - from) * 0.03).max(4.0);
        let time = TimeScale { from: from - margin, to: to + margin, left: LEFT, right: RIGHT, ahead: None };
        let limit = |pick: fn(&Reference) -> &Option<Decimal>| {
            self.reference.as_ref().and_then(|r| pick(r).as_ref()).map(Decimal::to_f64).filter(|v| v.is_finite())
        };
        let (low_limit, high_limit) = (limit(|r| &r.low), limit(|r| &r.high));
        let values = || all().map(|p| p.value).chain(low_limit).chain(high_limit);
        let scale =
            NumberScale::around(values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max), TOP, BOTTOM);

        let mut body = Markup::new();
        if low_limit.is_some() || high_limit.is_some() {
            let (top, bottom) = (high_limit.map_or(TOP, |v| scale.y(v)), low_limit.map_or(BOTTOM, |v| scale.y(v)));
            body.empty(
                "rect",
                &[
                    ("class", &"band"),
                    ("x", &Px(LEFT)),
                    ("y", &Px(top)),
                    ("width", &Px(RIGHT - LEFT)),
                    ("height", &Px(bottom - top)),
                ],
            );
            for edge in [high_limit, low_limit].into_iter().flatten() {
                across(&mut body, "band-edge", scale.y(edge));
            }
        }
        for (value, label) in scale.ticks() {
            let y = scale.y(value);
            across(&mut body, "grid", y);
            text(&mut body, "tick", (LEFT - 8.0, y + 4.0), "end", &label);
        }
        for tick in time.ticks(62.0, words) {
            text(&mut body, "tick", (tick.x, BOTTOM + 22.0), "middle", &tick.label);
        }
        for ((line, class), (dash, shape)) in lines.iter().zip(CLASSES).zip(STYLES) {
            body.element("g", &[("class", &class)], |m| line.draw(m, dash, shape, &time, &scale));
        }
        Drawing { frame: "trend", width: WIDTH, height: HEIGHT, body }
    }

    /// What the band and the lines stand for.
    pub(crate) fn write_key(&self, m: &mut Markup, words: &Words) {
        let reference = self.reference.as_ref().and_then(|reference| match (&reference.low, &reference.high) {
            (Some(low), Some(high)) => {
                Some(words.fill(Word::TrendReference, &[("low", &number(low)), ("high", &number(high))]))
            }
            (None, Some(high)) => Some(words.fill(Word::TrendReferenceUp, &[("high", &number(high))])),
            (Some(low), None) => Some(words.fill(Word::TrendReferenceFrom, &[("low", &number(low))])),
            (None, None) => None,
        });
        if self.series.len() < 2 && reference.is_none() {
            return;
        }
        m.element("ul", &[("class", &"key")], |m| {
            if self.series.len() > 1 {
                for ((series, class), (dash, shape)) in self.series.iter().zip(CLASSES).zip(STYLES) {
                    m.element("li", &[], |m| {
                        m.element(
                            "svg",
                            &[("class", &class), ("viewBox", &"0 0 34 12"), ("aria-hidden", &"true")],
                            |m| {
                                stroke(m, dash, "0,6 34,6");
                                shape.draw(m, "mark", (17.0, 6.0), 4.0);
                            },
                        );
                        m.record(&series.label);
                    });
                }
            }
            if let Some(reference) = reference {
                m.element("li", &[], |m| {
                    m.leaf("span", &[("class", &"band-key"), ("aria-hidden", &"true")], "");
                    m.text(reference);
                });
            }
        });
    }
}

/// A point with its place.
#[derive(Debug)]
struct Placed<'a> {
    point: &'a Point,
    at: Extent,
    value: f64,
}

/// A series in order of time.
#[derive(Debug)]
struct Line<'a> {
    series: &'a Series,
    points: Vec<Placed<'a>>,
}

impl<'a> Line<'a> {
    fn new(series: &'a Series) -> Self {
        let placed = series.points.iter().map(|point| Placed {
            point,
            at: Extent::of(&point.when),
            value: point.value.to_f64(),
        });
        let mut points: Vec<_> = placed.filter(|placed| placed.value.is_finite()).collect();
        points.sort_by(|a, b| a.at.middle().total_cmp(&b.at.middle()));
        Line { series, points }
    }

    fn limits(&self) -> Option<(&Decimal, &Decimal)> {
        limits(&self.points)
    }

    /// The points that are drawn together: one each, or, of many, those of one stretch of time.
    fn groups(&self) -> Vec<&[Placed<'a>]> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Vec::new() };
        if self.points.len() <= DRAWN_EACH {
            return self.points.chunks(1).collect();
        }
        let stretch = ((last.at.middle() - first.at.middle()) / 40.0).max(f64::EPSILON);
        let number = |placed: &Placed<'_>| ((placed.at.middle() - first.at.middle()) / stretch).floor();
        self.points.chunk_by(|a, b| number(a) == number(b)).collect()
    }

    fn draw(&self, m: &mut Markup, dash: &'static str, shape: Shape, time: &TimeScale, scale: &NumberScale) {
        let groups = self.groups();
        let place = |group: &[Placed<'a>]| group.last().map(|p| (time.x(p.at.middle()), scale.y(p.value)));
        let gap = self.gap();
        let near = |a: &&[Placed<'_>], b: &&[Placed<'_>]| match (a.last(), b.first()) {
            (Some(a), Some(b)) => b.at.middle() - a.at.middle() <= gap,
            _ => false,
        };
        for stretch in groups.chunk_by(near).filter(|stretch| stretch.len() > 1) {
            let points = joined(stretch.iter().filter_map(|group| place(group)));
            stroke(m, dash, &points);
        }
        for group in &groups {
            let (Some(last), Some((x, y))) = (group.last(), place(group)) else { continue };
            if let (true, Some((low, high))) = (group.len() > 1, limits(group)) {
                let (low, high) = (scale.y(low.to_f64()), scale.y(high.to_f64()));
                m.empty(
                    "line",
                    &[("class", &"spread"), ("x1", &Px(x)), ("x2", &Px(x)), ("y1", &Px(low)), ("y2", &Px(high))],
                );
            }
            let (left, right) = (time.x(last.at.from), time.x(last.at.to));
            if right - left > 8.0 {
                m.empty(
                    "line",
                    &[("class", &"spread"), ("x1", &Px(left)), ("x2", &Px(right)), ("y1", &Px(y)), ("y2", &Px(y))],
                );
            }
            let r = if groups.len() > 30 { 2.6 } else { 4.0 };
            match &last.point.comparator {
                None => shape.draw(m, "mark", (x, y), r),
                Some(comparator) => {
                    let up = matches!(comparator, Comparator::MoreThan | Comparator::AtLeast);
                    let (tip, base) = if up { (y - 13.0, y - 8.0) } else { (y + 13.0, y + 8.0) };
                    m.empty(
                        "line",
                        &[("class", &"spread"), ("x1", &Px(x)), ("x2", &Px(x)), ("y1", &Px(y)), ("y2", &Px(base))],
                    );
                    let arrow = joined([(x - 4.0, base), (x + 4.0, base), (x, tip)].into_iter());
                    m.empty("polygon", &[("class", &"mark"), ("points", &arrow)]);
                    shape.draw(m, "hollow", (x, y), r);
                }
            }
        }
    }

    /// The longest time between two points that a line crosses: three times the usual one.
    fn gap(&self) -> f64 {
        let mut between: Vec<f64> = self
            .points
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some(b.at.middle() - a.at.middle()),
                _ => None,
            })
            .filter(|days| *days > 0.0)
            .collect();
        between.sort_by(f64::total_cmp);
        let usual = between.get(between.len() / 2).copied().unwrap_or(f64::MAX);
        if between.len() < 3 { f64::MAX } else { usual * 3.0 }
    }
}

fn limits<'a>(points: &[Placed<'a>]) -> Option<(&'a Decimal, &'a Decimal)> {
    let low = points.iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
    let high = points.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    Some((&low.point.value, &high.point.value))
}

fn stroke(m: &mut Markup, dash: &'static str, points: &str) {
    let mut attributes: Vec<Attribute<'_>> = vec![("class", &"line"), ("points", &points)];
    if !dash.is_empty() {
        attributes.push(("stroke-dasharray", &dash));
    }
    m.empty("polyline", &attributes);
}

fn across(m: &mut Markup, class: &'static str, y: f64) {
    m.empty("line", &[("class", &class), ("x1", &Px(LEFT)), ("x2", &Px(RIGHT)), ("y1", &Px(y)), ("y2", &Px(y))]);
}

fn text(m: &mut Markup, class: &'static str, (x, y): (f64, f64), anchor: &'static str, text: &str) {
    m.leaf("text", &[("class", &class), ("x", &Px(x)), ("y", &Px(y)), ("text-anchor", &anchor)], text);
}
