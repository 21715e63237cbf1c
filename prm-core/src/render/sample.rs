//! Fills that are told apart by pattern as well as by colour, and the key that names them.

use super::escape::{Attribute, Markup, Px};
use super::glyph::Shape;

/// How a stretch of a drawing is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fill {
    /// Full.
    Solid,
    /// Slanting stripes.
    Striped,
    /// An outline with a cross.
    Crossed,
    /// An outline.
    Hollow,
    /// A dotted line.
    Dotted,
    /// A small disc.
    Disc,
    /// Upright stripes.
    Barred,
}

/// A rectangle of a drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Where the patterns of a drawing are found: ids begin with those of its figure and frame.
#[derive(Debug, Clone)]
pub(crate) struct Patterns {
    prefix: String,
}

/// Classes that give a pattern its colour, with the number of the pattern.
const COLOURED: [(&str, &str); 4] = [("series-0", "0"), ("series-1", "1"), ("series-2", "2"), ("series-3", "3")];

impl Patterns {
    /// Defines the patterns of a drawing.
    pub(crate) fn new(m: &mut Markup, figure: &str, frame: &str) -> Self {
        let prefix = format!("{figure}-{frame}");
        m.element("defs", &[], |m| {
            for (class, number) in COLOURED {
                for (kind, turn) in [("stripes", "rotate(45)"), ("bars", "rotate(0)")] {
                    let id = format!("{prefix}-{kind}-{number}");
                    let pattern: [Attribute<'_>; 6] = [
                        ("id", &id),
                        ("class", &class),
                        ("width", &"5"),
                        ("height", &"5"),
                        ("patternUnits", &"userSpaceOnUse"),
                        ("patternTransform", &turn),
                    ];
                    m.element("pattern", &pattern, |m| {
                        m.empty("rect", &[("fill", &"currentColor"), ("width", &"2.5"), ("height", &"5")]);
                    });
                }
            }
        });
        Patterns { prefix }
    }

    /// Fills a place in the colour of a series, 0 to 3.
    pub(crate) fn fill(&self, m: &mut Markup, fill: Fill, series: u8, place: Place) {
        let class = COLOURED.get(usize::from(series)).map_or("series-0", |(class, _)| class);
        m.element("g", &[("class", &class)], |m| self.filled(m, fill, series, place));
    }

    fn filled(&self, m: &mut Markup, fill: Fill, series: u8, place: Place) {
        let Place { x, y, width, height } = place;
        let (middle_x, middle_y) = (x + width / 2.0, y + height / 2.0);
        match fill {
            Fill::Solid => boxed(m, "solid", &"currentColor", place),
            Fill::Striped => boxed(m, "striped", &format_args!("url(#{}-stripes-{series})", self.prefix), inset(place)),
            Fill::Barred => boxed(m, "striped", &format_args!("url(#{}-bars-{series})", self.prefix), inset(place)),
            Fill::Hollow => boxed(m, "hollow", &"none", inset(place)),
            Fill::Crossed => {
                boxed(m, "hollow", &"none", inset(place));
                let r = (height * 0.45).min(width * 0.45);
                Shape::Cross.turned(m, "mark", (middle_x, middle_y), r);
            }
            Fill::Disc => Shape::Circle.draw(m, "mark", (middle_x, middle_y), (height * 0.4).min(width * 0.4)),
            Fill::Dotted => {
                let line: [Attribute<'_>; 5] = [
                    ("class", &"dotted"),
                    ("x1", &Px(x + 3.0)),
                    ("x2", &Px(x + width - 3.0)),
                    ("y1", &Px(middle_y)),
                    ("y2", &Px(middle_y)),
                ];
                m.empty("line", &line);
            }
        }
    }

    /// Draws samples with their names from `top` on, in as many lines as the width needs; gives the bottom of the last.
    pub(crate) fn key(&self, m: &mut Markup, entries: &[(Fill, u8, String)], (width, top): (f64, f64)) -> f64 {
        let (mut x, mut y) = (0.0, top);
        for (fill, series, name) in entries {
            let characters = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
            // No character of the font is wider than this on average.
            let room = 34.0 + f64::from(characters) * 7.2 + 20.0;
            if x > 0.0 && x + room > width + 20.0 {
                (x, y) = (0.0, y + 22.0);
            }
            self.fill(m, *fill, *series, Place { x, y, width: 26.0, height: 11.0 });
            m.leaf("text", &[("class", &"bar-name"), ("x", &Px(x + 34.0)), ("y", &Px(y + 10.0))], name);
            x += room;
        }
        y + 16.0
    }
}

/// A stroke lies half outside of its box: the box is so much smaller.
fn inset(place: Place) -> Place {
    let Place { x, y, width, height } = place;
    Place { x: x + 0.8, y: y + 0.8, width: (width - 1.6).max(0.4), height: (height - 1.6).max(0.4) }
}

fn boxed(m: &mut Markup, class: &'static str, fill: &dyn std::fmt::Display, place: Place) {
    m.empty(
        "rect",
        &[
            ("class", &class),
            ("fill", fill),
            ("x", &Px(place.x)),
            ("y", &Px(place.y)),
            ("width", &Px(place.width)),
            ("height", &Px(place.height)),
            ("rx", &"2"),
        ],
    );
}
