//! Marks that are told apart by shape.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use super::escape::{Markup, Px};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    Circle,
    Square,
    Diamond,
    TriangleUp,
    TriangleDown,
    Pentagon,
    Hexagon,
    Pill,
    Cross,
}

impl Shape {
    /// Draws the mark around a point. Circle, square and the rest look equally large for the same `r`.
    pub(crate) fn draw(self, m: &mut Markup, class: &'static str, (x, y): (f64, f64), r: f64) {
        let class = ("class", &class as &dyn std::fmt::Display);
        let boxed = |m: &mut Markup, half: f64, height: f64, round: f64| {
            m.empty(
                "rect",
                &[
                    class,
                    ("x", &Px(x - half)),
                    ("y", &Px(y - height)),
                    ("width", &Px(half * 2.0)),
                    ("height", &Px(height * 2.0)),
                    ("rx", &Px(round)),
                ],
            );
        };
        let polygon = |m: &mut Markup, corners: u32, r: f64, turn: f64| {
            let points = (0..corners).map(|n| {
                let angle = TAU * (f64::from(n) / f64::from(corners) + turn);
                (x + r * angle.sin(), y - r * angle.cos())
            });
            m.empty("polygon", &[class, ("points", &joined(points))]);
        };
        match self {
            Shape::Circle => m.empty("circle", &[class, ("cx", &Px(x)), ("cy", &Px(y)), ("r", &Px(r))]),
            Shape::Square => boxed(m, r * 0.88, r * 0.88, 1.0),
            Shape::Pill => boxed(m, r * 1.3, r * 0.68, r),
            Shape::Diamond => polygon(m, 4, r * 1.2, 0.0),
            Shape::TriangleUp => polygon(m, 3, r * 1.25, 0.0),
            Shape::TriangleDown => polygon(m, 3, r * 1.25, 0.5),
            Shape::Pentagon => polygon(m, 5, r * 1.12, 0.0),
            Shape::Hexagon => polygon(m, 6, r * 1.08, 0.0),
            Shape::Cross => {
                let (a, b) = (r, r * 0.38);
                let corners = [
                    (-b, -a),
                    (b, -a),
                    (b, -b),
                    (a, -b),
                    (a, b),
                    (b, b),
                    (b, a),
                    (-b, a),
                    (-b, b),
                    (-a, b),
                    (-a, -b),
                    (-b, -b),
                ];
                let points = joined(corners.into_iter().map(|(dx, dy)| (x + dx, y + dy)));
                m.empty("polygon", &[class, ("points", &points)]);
            }
        }
    }
}

impl Shape {
    /// Draws the mark turned by an eighth: a cross like the letter x.
    pub(crate) fn turned(self, m: &mut Markup, class: &'static str, (x, y): (f64, f64), r: f64) {
        m.element("g", &[("transform", &format_args!("rotate(45 {} {})", Px(x), Px(y)))], |m| {
            self.draw(m, class, (x, y), r);
        });
    }
}

/// Points as `polygon` and `polyline` write them.
pub(crate) fn joined(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut out = String::new();
    for (x, y) in points {
        let gap = if out.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(out, "{gap}{},{}", Px(x), Px(y));
    }
    out
}
