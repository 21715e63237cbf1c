//! Pictures of a hundred or a thousand people: to how many of them something happens.

use std::fmt::Write as _;

use super::count::{Headcount, IconCount};
use super::words::{DecisionWord as W, DecisionWords};
use crate::decide::Frames;
use crate::error::{Error, Result};
use crate::evidence::AbsoluteRisk;
use crate::render::escape::{Attribute, Markup, Px};
use crate::render::palette::StyleSheet;
use crate::render::words::Direction;

/// One option of a picture: its title and its risk.
#[derive(Debug, Clone, Copy)]
pub struct IconSide<'a> {
    /// Title of the option.
    pub option: &'a str,
    /// To how many it happens with this option.
    pub risk: &'a AbsoluteRisk,
    /// Whether nobody can see where the figure was read; the picture then says that it is an example.
    pub example: bool,
}

/// A picture of people, one array of icons an option, all of the same number of people over the same time.
///
/// A filled square is a person it happens to, a ring one it does not happen to; squares begin at the same corner of each
/// array. Shape, filling and colour say the same, and so do a title, a description and the words below.
#[derive(Debug, Clone)]
pub struct IconArray<'a> {
    /// Tells the picture apart from others of a page: a letter, then letters, digits and hyphens.
    pub id: &'a str,
    /// What may happen, e.g. `heart attack or stroke`.
    pub outcome: &'a str,
    /// The same, both ways round.
    pub frames: &'a Frames,
    /// The options, first to last.
    pub sides: &'a [IconSide<'a>],
    /// How many people; none for the number that fits the risks.
    pub count: Option<IconCount>,
}

/// A picture of people, drawn.
#[derive(Debug)]
pub struct IconFigure {
    id: String,
    outcome: String,
    count: IconCount,
    sides: Vec<DrawnSide>,
    key: [String; 2],
    direction: Direction,
    language: String,
}

#[derive(Debug)]
struct DrawnSide {
    option: String,
    title: String,
    happens: u32,
    /// Both frames.
    both: String,
    /// Time and class, rounding, interval.
    about: Vec<String>,
}

/// From the middle of an icon to that of the next.
const STEP: f64 = 10.0;
/// Width of a side of a drawing that stands alone, and of the space between sides.
const SIDE: f64 = 300.0;
const BETWEEN: f64 = 36.0;
const LINE: f64 = 18.0;
/// Characters of a line of text below an array.
const LETTERS: usize = 44;

impl IconArray<'_> {
    /// Draws the arrays.
    ///
    /// # Errors
    /// `Invalid` for an id that is none, no option, a risk above its denominator, or risks over different times.
    pub fn draw(&self, words: &DecisionWords) -> Result<IconFigure> {
        let named = self.id.starts_with(|c: char| c.is_ascii_alphabetic());
        if !named || !self.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(Error::invalid("id", "an id is a letter, then letters, digits and hyphens"));
        }
        let Some(first) = self.sides.first() else {
            return Err(Error::invalid("sides", "a picture has one option at least"));
        };
        if self.sides.iter().any(|side| side.risk.horizon != first.risk.horizon) {
            return Err(Error::invalid("sides.risk.horizon", "options are compared over the same time"));
        }
        let count = self.count.unwrap_or_else(|| IconCount::fitting(self.sides.iter().map(|side| side.risk)));
        let sides: Result<Vec<DrawnSide>> = self.sides.iter().map(|side| self.side(side, count, words)).collect();
        Ok(IconFigure {
            id: self.id.to_owned(),
            outcome: self.outcome.to_owned(),
            count,
            sides: sides?,
            key: [W::KeyHappens, W::KeySpared].map(|word| words.say(word).to_owned()),
            direction: words.direction(),
            language: words.language().to_owned(),
        })
    }

    fn side(&self, side: &IconSide<'_>, count: IconCount, words: &DecisionWords) -> Result<DrawnSide> {
        let heads = Headcount::of(side.risk, count);
        let heads =
            heads.ok_or_else(|| Error::invalid("sides.risk", "a risk is 0 to its denominator, of 1 to 1,000,000"))?;
        let mut about = Vec::new();
        if side.example {
            about.push(format!("{}.", words.say(W::Unverified)));
        }
        about.push(words.about(side.risk));
        about.extend(words.rounding(side.risk, &heads));
        about.extend(words.range(side.risk, &heads));
        Ok(DrawnSide {
            option: side.option.to_owned(),
            title: words.fill(W::IconTitle, &[("outcome", &self.outcome), ("option", &side.option)]),
            happens: heads.happens,
            both: words.both(self.frames, &heads),
            about,
        })
    }
}

impl IconFigure {
    /// The arrays side by side as an SVG document that needs nothing else.
    pub fn svg(&self) -> String {
        let mut m = Markup::new();
        let texts: Vec<Vec<String>> = self.sides.iter().map(DrawnSide::lines).collect();
        let most = texts.iter().map(Vec::len).max().unwrap_or_default();
        let scale = SIDE / self.grid().0;
        let sides = steps(self.sides.len());
        let width = sides * (SIDE + BETWEEN) - BETWEEN;
        let bottom = LINE * 2.0 + self.grid().1 * scale;
        let height = bottom + (steps(most) + 1.5) * LINE;
        self.drawing(&mut m, &self.id, (width, height), |m| {
            m.leaf("title", &[("id", &format_args!("{}-title", self.id))], &self.outcome);
            let told: Vec<String> = self.sides.iter().map(|side| format!("{}: {}", side.option, side.told())).collect();
            m.leaf("desc", &[("id", &format_args!("{}-description", self.id))], told.join(" "));
            m.style(&StyleSheet::drawing());
            for (at, (side, text)) in self.sides.iter().zip(&texts).enumerate() {
                let read_from_right = self.direction == Direction::RightToLeft;
                let place = if read_from_right { self.sides.len() - 1 - at } else { at };
                let left = steps(place) * (SIDE + BETWEEN);
                // Text begins at the side from which it is read.
                let start = if read_from_right { left + SIDE } else { left };
                let line = |m: &mut Markup, class: &'static str, y: f64, text: &str| {
                    m.leaf("text", &[("class", &class), ("x", &Px(start)), ("y", &Px(y))], text);
                };
                line(m, "lane-name", LINE, &lines(&side.option, LETTERS).into_iter().next().unwrap_or_default());
                let place = format!("translate({} {}) scale({scale:.4})", Px(left), Px(LINE * 2.0));
                m.element("g", &[("transform", &place)], |m| self.icons(m, side));
                for (row, text) in text.iter().enumerate() {
                    line(m, "bar-name", bottom + (steps(row) + 1.3) * LINE, text);
                }
            }
        });
        m.finish()
    }

    /// The arrays with their words as an HTML `figure`, without a style sheet: for use within a page of one's own.
    pub fn html(&self) -> String {
        let mut m = Markup::new();
        self.write(&mut m);
        m.finish()
    }

    pub(crate) fn write(&self, m: &mut Markup) {
        m.element("figure", &[("id", &self.id), ("class", &"icons"), ("dir", &self.direction.code())], |m| {
            m.element("figcaption", &[], |m| m.record(&self.outcome));
            m.element("div", &[("class", &"sides")], |m| {
                for (at, side) in self.sides.iter().enumerate() {
                    m.element("div", &[("class", &"side")], |m| {
                        m.element("p", &[("class", &"side-name")], |m| m.record(&side.option));
                        self.array(m, at, side);
                        m.element("p", &[("class", &"both")], |m| m.record(&side.both));
                        for about in &side.about {
                            m.element("p", &[("class", &"note")], |m| m.record(about));
                        }
                    });
                }
            });
            m.element("ul", &[("class", &"key")], |m| {
                for (word, happens) in self.key.iter().zip([true, false]) {
                    m.element("li", &[], |m| {
                        let sample: [Attribute<'_>; 3] =
                            [("class", &"sample"), ("viewBox", &"0 0 10 10"), ("aria-hidden", &"true")];
                        m.element("svg", &sample, |m| group(m, "M5 5h1", happens));
                        m.leaf("span", &[], word);
                    });
                }
            });
        });
    }

    fn array(&self, m: &mut Markup, at: usize, side: &DrawnSide) {
        let id = format!("{}-{at}", self.id);
        self.drawing(m, &id, self.grid(), |m| {
            m.leaf("title", &[("id", &format_args!("{id}-title"))], &side.title);
            m.leaf("desc", &[("id", &format_args!("{id}-description"))], side.told());
            self.icons(m, side);
        });
    }

    fn drawing(&self, m: &mut Markup, id: &str, (width, height): (f64, f64), content: impl FnOnce(&mut Markup)) {
        m.element(
            "svg",
            &[
                ("xmlns", &"http://www.w3.org/2000/svg"),
                ("class", &"drawing"),
                ("viewBox", &format_args!("0 0 {} {}", Px(width), Px(height))),
                ("role", &"img"),
                ("lang", &self.language),
                ("direction", &self.direction.code()),
                ("aria-labelledby", &format_args!("{id}-title {id}-description")),
            ],
            content,
        );
    }

    /// Width and height of an array, in its own pixels.
    fn grid(&self) -> (f64, f64) {
        let across = self.count.across();
        (f64::from(across) * STEP, f64::from(self.count.people() / across) * STEP)
    }

    /// Two groups. In a script that is read from the right, rows begin there.
    fn icons(&self, m: &mut Markup, side: &DrawnSide) {
        let (all, across) = (self.count.people(), self.count.across());
        let groups = |m: &mut Markup| {
            group(m, &rows(0, side.happens, across), true);
            group(m, &rows(side.happens, all, across), false);
        };
        match self.direction {
            Direction::LeftToRight => groups(m),
            Direction::RightToLeft => {
                let turn = format!("translate({} 0) scale(-1 1)", Px(self.grid().0));
                m.element("g", &[("transform", &turn)], groups);
            }
        }
    }
}

impl DrawnSide {
    /// The numbers and what they are of: what a reader who sees no picture is told.
    fn told(&self) -> String {
        let both = match self.both.chars().last() {
            Some('.' | '!' | '?') | None => self.both.clone(),
            Some(_) => format!("{}.", self.both),
        };
        std::iter::once(both).chain(self.about.iter().cloned()).collect::<Vec<_>>().join(" ")
    }

    fn lines(&self) -> Vec<String> {
        std::iter::once(&self.both).chain(&self.about).flat_map(|text| lines(text, LETTERS)).collect()
    }
}

fn steps(n: usize) -> f64 {
    f64::from(u16::try_from(n).unwrap_or(u16::MAX))
}

/// A line of each row from one icon to before another, so long that it holds as many dashes as the row has icons.
fn rows(from: u32, to: u32, across: u32) -> String {
    let mut path = String::new();
    let mut at = from;
    while at < to {
        let (row, column) = (at / across, at % across);
        let end = to.min((row + 1) * across);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{} {}h{}", column * 10 + 5, row * 10 + 5, (end - at - 1) * 10 + 1);
        at = end;
    }
    path
}

/// Icons along a path: one element, or two for rings, however many there are. Each dash is an icon.
fn group(m: &mut Markup, path: &str, happens: bool) {
    if path.is_empty() {
        return;
    }
    let icons =
        |m: &mut Markup, class: &'static str, colour: Option<&'static str>, cap: &'static str, size: &'static str| {
            let mut attributes: Vec<Attribute<'_>> = vec![("class", &class), ("d", &path), ("fill", &"none")];
            if let Some(colour) = &colour {
                attributes.push(("stroke", colour));
            }
            attributes.extend::<[Attribute<'_>; 3]>([
                ("stroke-width", &size),
                ("stroke-linecap", &cap),
                ("stroke-dasharray", &".01 9.99"),
            ]);
            m.empty("path", &attributes);
        };
    if happens {
        m.element("g", &[("class", &"series-1")], |m| icons(m, "icon", Some("currentColor"), "square", "7.4"));
    } else {
        m.element("g", &[("class", &"icon-rest")], |m| {
            icons(m, "icon", Some("currentColor"), "round", "7.6");
            icons(m, "icon-hole", None, "round", "5");
        });
    }
}

/// A text broken between words into lines of so many letters at most, as far as its words allow.
fn lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
