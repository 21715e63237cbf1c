//! The days ahead: how much there is to do, by role, before and after a change.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::axis::{NumberScale, TimeScale, day_number};
use super::escape::{Attribute, Markup, Px};
use super::figure::{Drawing, Figure, Table};
use super::phrase::shortened;
use super::sample::{Fill, Patterns, Place};
use super::words::{Word, Words};
use crate::engage::ForecastView;

/// What to draw of the days ahead.
///
/// Each day has a bar in parts by role, told apart by pattern, colour and words; where the forecast looks at a change it
/// has two, the right one after the change. Three roles are drawn and all others together; the table has each.
#[derive(Debug, Clone, Copy)]
pub struct MonthAhead<'a> {
    /// The days.
    pub forecast: &'a ForecastView,
}

/// A width to draw for.
#[derive(Debug, Clone, Copy)]
struct Frame {
    name: &'static str,
    width: f64,
    height: f64,
    /// Pixels between names of days.
    apart: f64,
}

const FRAMES: [Frame; 3] = [
    Frame { name: "wide", width: 1080.0, height: 250.0, apart: 68.0 },
    Frame { name: "medium", width: 660.0, height: 220.0, apart: 62.0 },
    Frame { name: "narrow", width: 350.0, height: 200.0, apart: 56.0 },
];

/// Days drawn at most; later ones are in the table alone.
const DRAWN: i64 = 62;
/// Roles drawn apart from each other.
const APART: usize = 3;
/// Characters of the name of a role beside its sample.
const NAME: usize = 28;

const LEFT: f64 = 44.0;
const TOP: f64 = 12.0;

/// Pattern and series of each part, from the bottom.
const PARTS: [(Fill, u8); APART + 1] = [(Fill::Solid, 0), (Fill::Striped, 1), (Fill::Hollow, 2), (Fill::Barred, 3)];

/// Numbers before and after a change.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    planned: u64,
    changed: u64,
}

impl Pair {
    fn add(&mut self, other: Pair) {
        self.planned += other.planned;
        self.changed += other.changed;
    }
}

/// A day with the number of each role, by its place among the roles.
type Day = BTreeMap<usize, Pair>;

/// A forecast, added up.
struct Sums<'a> {
    /// Roles, those with most to do first; the one without a name among them.
    roles: Vec<(Option<&'a str>, Pair)>,
    days: BTreeMap<NaiveDate, Day>,
    /// Whether a change is looked at.
    change: bool,
}

impl<'a> Sums<'a> {
    fn of(forecast: &'a ForecastView) -> Self {
        let change = forecast.days.iter().any(|day| day.changed.is_some());
        let pair = |planned: u32, changed: Option<u32>| Pair {
            planned: planned.into(),
            // A row of which nothing is said does not change.
            changed: changed.unwrap_or(planned).into(),
        };
        let mut totals: BTreeMap<Option<&str>, Pair> = BTreeMap::new();
        for day in &forecast.days {
            totals.entry(day.role.as_deref()).or_default().add(pair(day.planned, day.changed));
        }
        let mut roles: Vec<_> = totals.into_iter().collect();
        roles.sort_by_key(|(_, pair)| std::cmp::Reverse(pair.planned.max(pair.changed)));
        let places: BTreeMap<_, _> = roles.iter().enumerate().map(|(at, (role, _))| (*role, at)).collect();
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        for day in &forecast.days {
            if let Some(place) = places.get(&day.role.as_deref()) {
                let of_day = days.entry(day.date.naive()).or_default();
                of_day.entry(*place).or_default().add(pair(day.planned, day.changed));
            }
        }
        Sums { roles, days, change }
    }

    fn name(role: Option<&'a str>, words: &'a Words) -> &'a str {
        role.unwrap_or(words.say(Word::ForecastNoRole))
    }

    /// How many parts a bar has, and what each is called.
    fn parts(&self, words: &Words) -> Vec<String> {
        let apart = if self.roles.len() == PARTS.len() { PARTS.len() } else { APART };
        let mut parts: Vec<String> =
            self.roles.iter().take(apart).map(|(role, _)| shortened(Sums::name(*role, words), NAME)).collect();
        if self.roles.len() > apart {
            parts.push(words.say(Word::ForecastOthers).to_owned());
        }
        parts
    }
}

impl MonthAhead<'_> {
    /// Draws the days. `id` tells the picture apart from others of the page: a letter, then letters, digits and hyphens.
    pub fn draw(&self, id: &str, words: &Words) -> Figure {
        let sums = Sums::of(self.forecast);
        let mut figure = Figure::new(id, words.say(Word::ForecastTitle), table(&sums, words), words);
        let (Some((first, _)), Some((last, _))) = (sums.days.first_key_value(), sums.days.last_key_value()) else {
            figure.description = words.say(Word::ForecastEmpty).to_owned();
            figure.notes.push(words.say(Word::ForecastEmpty).to_owned());
            return figure;
        };
        let (first, last) = (*first, *last);
        let shown = first.checked_add_signed(chrono::TimeDelta::days(DRAWN - 1)).map_or(last, |end| end.min(last));
        let later = sums.days.keys().filter(|day| **day > shown).count();
        if later > 0 {
            figure.notes.push(words.fill(Word::ForecastLater, &[("date", &words.day(shown)), ("n", &later)]));
        }
        figure.description = description(&sums, (first, last), words);
        figure.drawings =
            FRAMES.iter().map(|frame| Sheet { sums: &sums, first, last: shown, words }.drawing(id, frame)).collect();
        figure
    }
}

fn description(sums: &Sums<'_>, (first, last): (NaiveDate, NaiveDate), words: &Words) -> String {
    let roles = sums.roles.iter().map(|(role, pair)| {
        let name = Sums::name(*role, words);
        let word = if sums.change { Word::ForecastRoleChange } else { Word::ForecastRole };
        words.fill(word, &[("role", &name), ("n", &pair.planned), ("changed", &pair.changed)])
    });
    let roles = roles.collect::<Vec<_>>().join("; ");
    let word = if sums.change { Word::ForecastChange } else { Word::ForecastDescription };
    words.fill(word, &[("from", &words.day(first)), ("to", &words.day(last)), ("roles", &roles)])
}

fn table(sums: &Sums<'_>, words: &Words) -> Table {
    let mut head = vec![Word::ColumnDay, Word::ColumnRole, Word::ForecastPlanned];
    if sums.change {
        head.extend([Word::ForecastChanged, Word::ForecastDifference]);
    }
    let mut rows = Vec::new();
    for (date, day) in &sums.days {
        for (place, pair) in day {
            let role = sums.roles.get(*place).and_then(|(role, _)| *role);
            let mut row = vec![words.day(*date), Sums::name(role, words).to_owned(), pair.planned.to_string()];
            if sums.change {
                row.extend([pair.changed.to_string(), difference(*pair)]);
            }
            rows.push(row);
        }
    }
    Table {
        summary: words.say(Word::ForecastTable).to_owned(),
        head: head.into_iter().map(|word| words.say(word).to_owned()).collect(),
        rows,
    }
}

fn difference(pair: Pair) -> String {
    let size = pair.changed.abs_diff(pair.planned);
    match pair.changed.cmp(&pair.planned) {
        std::cmp::Ordering::Less => format!("−{size}"),
        std::cmp::Ordering::Equal => "0".to_owned(),
        std::cmp::Ordering::Greater => format!("+{size}"),
    }
}

/// One forecast while it is drawn.
struct Sheet<'a> {
    sums: &'a Sums<'a>,
    first: NaiveDate,
    last: NaiveDate,
    words: &'a Words,
}

impl Sheet<'_> {
    fn drawing(&self, id: &str, frame: &Frame) -> Drawing {
        let bottom = frame.height - 30.0;
        let mut body = Markup::new();
        let patterns = Patterns::new(&mut body, id, frame.name);
        let time = TimeScale {
            from: day_number(self.first),
            to: day_number(self.last) + 1.0,
            left: LEFT,
            right: frame.width - 8.0,
            ahead: None,
        };
        // Numbers of people and things are whole, and so are the steps of a scale that reaches 4.
        let scale = NumberScale::around(0.0, self.most().max(4.0), TOP, bottom);
        for (value, label) in scale.ticks() {
            let y = scale.y(value);
            across(&mut body, "grid", (LEFT, frame.width - 8.0), y);
            label_at(&mut body, (LEFT - 8.0, y + 4.0), "end", &label);
        }
        let width = (time.right - time.left) / (time.to - time.from);
        for tick in time.ticks(frame.apart, self.words) {
            // The name stands below the middle of its day.
            label_at(&mut body, (tick.x + width / 2.0, bottom + 20.0), "middle", &tick.label);
        }
        for (date, day) in self.sums.days.range(self.first..=self.last) {
            let left = time.x(day_number(*date));
            self.day(&mut body, &patterns, &scale, (*date, day), (left, width));
        }
        let parts = self.sums.parts(self.words);
        let mut key: Vec<_> = parts.into_iter().zip(PARTS).map(|(name, (fill, series))| (fill, series, name)).collect();
        key.reverse();
        let mut height = patterns.key(&mut body, &key, (frame.width, frame.height + 6.0));
        if self.sums.change {
            height += 20.0;
            label_at(&mut body, (0.0, height - 4.0), "start", self.words.say(Word::ForecastPair));
        }
        Drawing { frame: frame.name, width: frame.width, height, body }
    }

    /// The highest bar.
    #[allow(clippy::cast_precision_loss, reason = "a count only sets a height")]
    fn most(&self) -> f64 {
        let of = |day: &Day, pick: fn(&Pair) -> u64| day.values().map(pick).sum::<u64>();
        let days = self.sums.days.range(self.first..=self.last);
        days.map(|(_, day)| of(day, |p| p.planned).max(of(day, |p| p.changed))).max().unwrap_or(0) as f64
    }

    fn day(
        &self,
        m: &mut Markup,
        patterns: &Patterns,
        scale: &NumberScale,
        (date, day): (NaiveDate, &Day),
        (left, width): (f64, f64),
    ) {
        m.element("g", &[], |m| {
            m.leaf("title", &[], self.told(date, day));
            let margin = (width * 0.1).min(3.0);
            let bars: &[fn(&Pair) -> u64] =
                if self.sums.change { &[|p| p.planned, |p| p.changed] } else { &[|p| p.planned] };
            let count = u32::try_from(bars.len()).unwrap_or(1);
            let room = (width - margin * 2.0) / f64::from(count);
            for (n, pick) in (0u32..).zip(bars) {
                let x = left + margin + room * f64::from(n) + 0.5;
                self.bar(m, patterns, scale, (day, *pick), (x, (room - 1.0).min(26.0)));
            }
        });
    }

    fn bar(
        &self,
        m: &mut Markup,
        patterns: &Patterns,
        scale: &NumberScale,
        (day, pick): (&Day, fn(&Pair) -> u64),
        (x, width): (f64, f64),
    ) {
        let parts = self.sums.parts(self.words).len();
        let last = parts.saturating_sub(1);
        let mut heights = vec![0u64; parts];
        for (place, pair) in day {
            if let Some(height) = heights.get_mut((*place).min(last)) {
                *height += pick(pair);
            }
        }
        let mut below = 0u64;
        for (count, (fill, series)) in heights.into_iter().zip(PARTS) {
            if count == 0 {
                continue;
            }
            #[allow(clippy::cast_precision_loss, reason = "a count only sets a height")]
            let (top, bottom) = (scale.y((below + count) as f64), scale.y(below as f64));
            patterns.fill(m, fill, series, Place { x, y: top, width, height: (bottom - top).max(1.0) });
            below += count;
        }
    }

    fn told(&self, date: NaiveDate, day: &Day) -> String {
        let word = if self.sums.change { Word::ForecastRoleChange } else { Word::ForecastRole };
        let roles = day.iter().map(|(place, pair)| {
            let role = self.sums.roles.get(*place).and_then(|(role, _)| *role);
            let name = Sums::name(role, self.words);
            self.words.fill(word, &[("role", &name), ("n", &pair.planned), ("changed", &pair.changed)])
        });
        format!("{}: {}", self.words.day(date), roles.collect::<Vec<_>>().join("; "))
    }
}

fn across(m: &mut Markup, class: &'static str, (left, right): (f64, f64), y: f64) {
    let line: [Attribute<'_>; 5] =
        [("class", &class), ("x1", &Px(left)), ("x2", &Px(right)), ("y1", &Px(y)), ("y2", &Px(y))];
    m.empty("line", &line);
}

fn label_at(m: &mut Markup, (x, y): (f64, f64), anchor: &'static str, text: &str) {
    let attributes: [Attribute<'_>; 4] = [("class", &"tick"), ("x", &Px(x)), ("y", &Px(y)), ("text-anchor", &anchor)];
    m.leaf("text", &attributes, text);
}

#[cfg(test)]
mod tests;
