//! A picture with its title, its description and the table that says the same.

use super::escape::{Markup, Px};
use super::palette::StyleSheet;
use super::words::Words;

/// A picture: drawn for several widths, of which a page shows the one that fits, and told as a table.
#[derive(Debug)]
pub struct Figure {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    /// Widest first.
    pub(crate) drawings: Vec<Drawing>,
    /// What the drawings leave out, and why.
    pub(crate) notes: Vec<String>,
    pub(crate) table: Table,
    pub(crate) direction: &'static str,
    pub(crate) language: String,
}

/// One drawing of a picture.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// Class that tells a page at which widths to show it.
    pub(crate) frame: &'static str,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) body: Markup,
}

/// What a picture shows, in words.
#[derive(Debug)]
pub(crate) struct Table {
    /// What opens it.
    pub(crate) summary: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Figure {
    pub(crate) fn new(id: impl Into<String>, title: impl Into<String>, table: Table, words: &Words) -> Self {
        Figure {
            id: id.into(),
            title: title.into(),
            description: String::new(),
            drawings: Vec::new(),
            notes: Vec::new(),
            table,
            direction: words.direction().code(),
            language: words.language().to_owned(),
        }
    }

    /// The widest drawing as an SVG document that needs nothing else.
    pub fn svg(&self) -> String {
        let mut m = Markup::new();
        if let Some(drawing) = self.drawings.first() {
            self.draw(&mut m, drawing, Some(&StyleSheet::drawing()));
        }
        m.finish()
    }

    /// The drawings and the table as an HTML `figure`, without a style sheet: for use within a page of one's own.
    pub fn html(&self) -> String {
        let mut m = Markup::new();
        self.write(&mut m);
        m.finish()
    }

    pub(crate) fn write(&self, m: &mut Markup) {
        m.element("figure", &[("id", &self.id), ("dir", &self.direction)], |m| {
            for drawing in &self.drawings {
                self.draw(m, drawing, None);
            }
            for note in &self.notes {
                m.leaf("p", &[("class", &"note")], note);
            }
            m.element("details", &[("class", &"as-table")], |m| {
                m.leaf("summary", &[], &self.table.summary);
                self.table.write(m, &self.title);
            });
        });
    }

    fn draw(&self, m: &mut Markup, drawing: &Drawing, sheet: Option<&StyleSheet>) {
        let (id, frame) = (&self.id, drawing.frame);
        let (title, description) = (format!("{id}-{frame}-title"), format!("{id}-{frame}-description"));
        m.element(
            "svg",
            &[
                ("xmlns", &"http://www.w3.org/2000/svg"),
                ("class", &format_args!("drawing {frame}")),
                ("viewBox", &format_args!("0 0 {} {}", Px(drawing.width), Px(drawing.height))),
                ("role", &"img"),
                ("lang", &self.language),
                ("direction", &"ltr"),
                ("aria-labelledby", &format_args!("{title} {description}")),
            ],
            |m| {
                m.leaf("title", &[("id", &title)], &self.title);
                m.leaf("desc", &[("id", &description)], &self.description);
                if let Some(sheet) = sheet {
                    m.style(sheet);
                }
                m.append(&drawing.body);
            },
        );
    }
}

impl Table {
    pub(crate) fn write(&self, m: &mut Markup, caption: &str) {
        m.element(
            "div",
            &[
                ("class", &"scroll"),
                ("tabindex", &"0"),
                ("role", &"region"),
                ("aria-label", &format_args!("{}: {caption}", self.summary)),
            ],
            |m| {
                m.element("table", &[], |m| {
                    m.leaf("caption", &[], caption);
                    m.element("thead", &[], |m| {
                        m.element("tr", &[], |m| {
                            for head in &self.head {
                                m.leaf("th", &[("scope", &"col")], head);
                            }
                        });
                    });
                    m.element("tbody", &[], |m| {
                        for row in &self.rows {
                            m.element("tr", &[], |m| {
                                for (at, cell) in row.iter().enumerate() {
                                    if at == 0 {
                                        m.element("th", &[("scope", &"row")], |m| m.record(cell));
                                    } else {
                                        m.element("td", &[], |m| m.record(cell));
                                    }
                                }
                            });
                        }
                    });
                });
            },
        );
    }
}
