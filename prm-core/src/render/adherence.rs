//! The adherence calendar: a small calendar a month, each day with what was done of what was expected.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::escape::{Markup, Px};
use super::figure::{Drawing, Figure, Table};
use super::sample::{Fill, Patterns, Place};
use super::words::{Word, Words};
use crate::engage::{AdherenceCounts, AdherenceDay, AdherenceView};
use crate::time::Date;

/// What to draw of how care goes.
///
/// Days stand in weeks from Monday to Sunday. How a day went is told by pattern, colour and words: full if all that was
/// expected was done, partly full, crossed, dotted in a pause, an outline if it is still to come.
#[derive(Debug, Clone, Copy)]
pub struct AdherenceCalendar<'a> {
    /// What was expected and what came of it.
    pub view: &'a AdherenceView,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Today where the patient lives; it is framed.
    pub today: Date,
}

/// A width to draw for.
#[derive(Debug, Clone, Copy)]
struct Frame {
    name: &'static str,
    width: f64,
    /// Months in a row.
    months: usize,
    /// Width of a day.
    day: f64,
    /// Pixels between months.
    gap: f64,
}

const FRAMES: [Frame; 3] = [
    Frame { name: "wide", width: 1080.0, months: 4, day: 34.0, gap: 42.0 },
    Frame { name: "medium", width: 660.0, months: 3, day: 28.0, gap: 36.0 },
    Frame { name: "narrow", width: 350.0, months: 1, day: 49.0, gap: 0.0 },
];

/// Months drawn at most; earlier ones are in the table alone.
const DRAWN: u32 = 13;
/// Height of a week.
const WEEK: f64 = 36.0;
/// Height of the name of a month and of the days of the week.
const HEAD: f64 = 46.0;

/// How a day went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    All,
    Some,
    None,
    Paused,
    Ahead,
    /// Nothing was expected, and something was done.
    Beside,
}

impl Standing {
    const ALL: [Standing; 6] =
        [Standing::All, Standing::Some, Standing::None, Standing::Ahead, Standing::Paused, Standing::Beside];

    /// None if all that was planned for the day was called off.
    fn of(counts: &AdherenceCounts) -> Option<Self> {
        let ahead = counts.open + counts.upcoming;
        Some(match counts.expected {
            0 if ahead > 0 => Standing::Ahead,
            0 if counts.paused > 0 => Standing::Paused,
            0 if counts.unplanned > 0 => Standing::Beside,
            0 => return None,
            expected if counts.done == expected && ahead == 0 => Standing::All,
            _ if counts.done + counts.partly > 0 => Standing::Some,
            _ => Standing::None,
        })
    }

    const fn word(self) -> Word {
        match self {
            Standing::All => Word::AdherenceAll,
            Standing::Some => Word::AdherenceSome,
            Standing::None => Word::AdherenceNone,
            Standing::Paused => Word::AdherencePaused,
            Standing::Ahead => Word::AdherenceAhead,
            Standing::Beside => Word::AdherenceUnplanned,
        }
    }

    /// Pattern, and series that gives the colour.
    const fn fill(self) -> (Fill, u8) {
        match self {
            Standing::All => (Fill::Solid, 0),
            Standing::Some => (Fill::Striped, 0),
            Standing::None => (Fill::Crossed, 1),
            Standing::Paused => (Fill::Dotted, 2),
            Standing::Ahead => (Fill::Hollow, 3),
            Standing::Beside => (Fill::Disc, 0),
        }
    }
}

/// A column of the table, with what it counts.
type Column = (Word, fn(&AdherenceCounts) -> u32);

const COLUMNS: [Column; 9] = [
    (Word::AdherenceExpected, |counts| counts.expected),
    (Word::AdherenceDone, |counts| counts.done),
    (Word::AdherencePartly, |counts| counts.partly),
    (Word::AdherenceSkipped, |counts| counts.skipped),
    (Word::AdherenceMissed, |counts| counts.missed),
    (Word::AdherenceOverdue, |counts| counts.overdue),
    (Word::AdherenceAhead, |counts| counts.open + counts.upcoming),
    (Word::AdherencePaused, |counts| counts.paused),
    (Word::AdherenceUnplanned, |counts| counts.unplanned),
];

impl AdherenceCalendar<'_> {
    /// Draws the calendar. `id` tells it apart from other pictures of the page: a letter, then letters, digits and hyphens.
    pub fn draw(&self, id: &str, words: &Words) -> Figure {
        let (from, to) = (self.from.min(self.to), self.to.max(self.from));
        let days: Vec<&AdherenceDay> = self.view.days.iter().filter(|day| from <= day.date && day.date <= to).collect();
        let mut figure = Figure::new(id, words.say(Word::AdherenceTitle), table(&days, words), words);
        figure.description = self.description(words);
        if days.is_empty() {
            figure.notes.push(words.say(Word::AdherenceEmpty).to_owned());
            return figure;
        }
        let first = months_before(to.naive(), DRAWN - 1).max(first_of_month(from.naive()));
        let left_out = days.iter().filter(|day| day.date.naive() < first).count();
        if left_out > 0 {
            let note = words.fill(Word::AdherenceEarlier, &[("date", &words.day(first)), ("n", &left_out)]);
            figure.notes.push(note);
        }
        let sheet = Sheet { calendar: self, days: &days, from: from.naive().max(first), to: to.naive(), words };
        figure.drawings = FRAMES.iter().map(|frame| sheet.drawing(id, frame)).collect();
        figure
    }

    fn description(&self, words: &Words) -> String {
        let view = self.view;
        words.fill(
            Word::AdherenceDescription,
            &[
                ("from", &words.day(self.from.naive())),
                ("to", &words.day(self.to.naive())),
                ("done", &view.counts.done),
                ("expected", &view.counts.expected),
                ("in-time", &view.timeliness.numerator),
                ("timed", &view.timeliness.denominator),
                ("current", &view.current_streak),
                ("longest", &view.longest_streak),
            ],
        )
    }
}

fn table(days: &[&AdherenceDay], words: &Words) -> Table {
    let head = std::iter::once(Word::ColumnDay).chain(COLUMNS.iter().map(|(word, _)| *word));
    let rows = days.iter().map(|day| {
        let counts = COLUMNS.iter().map(|(_, count)| count(&day.counts).to_string());
        std::iter::once(words.day(day.date.naive())).chain(counts).collect()
    });
    Table {
        summary: words.say(Word::AdherenceTable).to_owned(),
        head: head.map(|word| words.say(word).to_owned()).collect(),
        rows: rows.collect(),
    }
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn months_before(date: NaiveDate, months: u32) -> NaiveDate {
    let first = first_of_month(date);
    first.checked_sub_months(Months::new(months)).unwrap_or(first)
}

/// One calendar while it is drawn.
struct Sheet<'a> {
    calendar: &'a AdherenceCalendar<'a>,
    /// In order.
    days: &'a [&'a AdherenceDay],
    from: NaiveDate,
    to: NaiveDate,
    words: &'a Words,
}

impl Sheet<'_> {
    fn drawing(&self, id: &str, frame: &Frame) -> Drawing {
        let mut body = Markup::new();
        let patterns = Patterns::new(&mut body, id, frame.name);
        let mut months = Vec::new();
        let mut month = Some(first_of_month(self.from));
        while let Some(first) = month.filter(|first| *first <= self.to) {
            months.push(first);
            month = first.checked_add_months(Months::new(1));
        }
        let mut y = 4.0;
        for row in months.chunks(frame.months) {
            let mut x = 0.0;
            let mut weeks = 0;
            for first in row {
                weeks = self.month(&mut body, &patterns, frame, *first, (x, y)).max(weeks);
                x += frame.day * 7.0 + frame.gap;
            }
            y += HEAD + f64::from(weeks) * WEEK + 16.0;
        }
        let shown = |standing: &Standing| self.days.iter().any(|day| Standing::of(&day.counts) == Some(*standing));
        let key: Vec<_> = Standing::ALL
            .into_iter()
            .filter(shown)
            .map(|standing| (standing.fill().0, standing.fill().1, self.words.say(standing.word()).to_owned()))
            .collect();
        let height = patterns.key(&mut body, &key, (frame.width, y + 4.0));
        Drawing { frame: frame.name, width: frame.width, height, body }
    }

    /// Draws a month; gives the number of its weeks.
    fn month(&self, m: &mut Markup, patterns: &Patterns, frame: &Frame, first: NaiveDate, at: (f64, f64)) -> u32 {
        let (left, top) = at;
        let month = u8::try_from(first.month()).unwrap_or(1);
        let name = self.words.fill(Word::DateMonth, &[("month", &self.words.month(month)), ("year", &first.year())]);
        m.leaf("text", &[("class", &"lane-name"), ("x", &Px(left + 3.0)), ("y", &Px(top + 13.0))], name);
        for (column, word) in (0u8..).zip(WEEKDAYS) {
            let x = left + (f64::from(column) + 0.5) * frame.day;
            let attributes: [super::escape::Attribute<'_>; 4] =
                [("class", &"age"), ("x", &Px(x)), ("y", &Px(top + 34.0)), ("text-anchor", &"middle")];
            m.leaf("text", &attributes, self.words.say(word));
        }
        let offset = first.weekday().num_days_from_monday();
        let mut week = 0;
        let mut day = Some(first);
        while let Some(date) = day.filter(|date| date.month() == first.month()) {
            let place = offset + date.day0();
            week = place / 7;
            if date >= self.from && date <= self.to {
                let corner = (left + f64::from(place % 7) * frame.day, top + HEAD + f64::from(week) * WEEK);
                self.day(m, patterns, frame, date, corner);
            }
            day = date.checked_add_days(Days::new(1));
        }
        week + 1
    }

    fn day(&self, m: &mut Markup, patterns: &Patterns, frame: &Frame, date: NaiveDate, corner: (f64, f64)) {
        let (x, y) = corner;
        let at = self.days.binary_search_by_key(&date, |day| day.date.naive()).ok();
        let counts = at.and_then(|at| self.days.get(at)).map(|day| &day.counts);
        m.element("g", &[], |m| {
            if let Some(counts) = counts {
                m.leaf("title", &[], self.told(date, counts));
            }
            if date == self.calendar.today.naive() {
                m.empty(
                    "rect",
                    &[
                        ("class", &"today"),
                        ("fill", &"none"),
                        ("x", &Px(x + 1.0)),
                        ("y", &Px(y - 2.0)),
                        ("width", &Px(frame.day - 2.0)),
                        ("height", &Px(WEEK - 2.0)),
                        ("rx", &"5"),
                    ],
                );
            }
            let standing = counts.and_then(Standing::of);
            let class = if standing.is_some() { "count" } else { "tick" };
            let attributes: [super::escape::Attribute<'_>; 4] =
                [("class", &class), ("x", &Px(x + frame.day / 2.0)), ("y", &Px(y + 12.0)), ("text-anchor", &"middle")];
            m.leaf("text", &attributes, date.day());
            if let (Some(counts), Some(standing)) = (counts, standing) {
                let place = Place { x: x + 4.0, y: y + 17.0, width: frame.day - 8.0, height: 12.0 };
                mark(m, patterns, standing, counts, place);
            }
        });
    }

    fn told(&self, date: NaiveDate, counts: &AdherenceCounts) -> String {
        let day = self.words.day(date);
        let parts = COLUMNS
            .iter()
            .map(|(word, count)| (*word, count(counts)))
            .chain([(Word::AdherenceCancelled, counts.cancelled)])
            .filter(|(_, count)| *count > 0)
            .map(|(word, count)| format!("{} {count}", self.words.say(word)));
        format!("{day}: {}", parts.collect::<Vec<_>>().join(", "))
    }
}

/// Of what was done in part of the day's number, so much of the place is full.
fn mark(m: &mut Markup, patterns: &Patterns, standing: Standing, counts: &AdherenceCounts, place: Place) {
    let (fill, series) = standing.fill();
    if standing != Standing::Some {
        patterns.fill(m, fill, series, place);
        return;
    }
    let all = f64::from(counts.expected + counts.open + counts.upcoming);
    let full = place.width * f64::from(counts.done) / all;
    patterns.fill(m, fill, series, place);
    if full > 0.0 {
        patterns.fill(m, Fill::Solid, series, Place { width: full, ..place });
    }
}

const WEEKDAYS: [Word; 7] =
    [Word::Weekday1, Word::Weekday2, Word::Weekday3, Word::Weekday4, Word::Weekday5, Word::Weekday6, Word::Weekday7];

#[cfg(test)]
mod tests;
