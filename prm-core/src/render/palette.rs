//! Colours, for light and for dark surroundings, and the style sheets made of them.

use super::lane::Lane;

/// The colours of one scheme, as `#rrggbb`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    /// Behind everything.
    pub(crate) paper: &'static str,
    /// Behind lists and pictures.
    pub(crate) card: &'static str,
    /// Text.
    pub(crate) ink: &'static str,
    /// Text of second rank.
    pub(crate) quiet: &'static str,
    /// Hairlines that only decorate.
    pub(crate) rule: &'static str,
    /// Lines that carry meaning: axes, borders of controls.
    pub(crate) line: &'static str,
    /// Links, focus, today.
    pub(crate) accent: &'static str,
    /// What must not be overlooked.
    pub(crate) alert: &'static str,
    /// Behind what must not be overlooked.
    pub(crate) alert_paper: &'static str,
    /// Reference ranges and time ahead.
    pub(crate) band: &'static str,
    /// One colour a lane, in the order of [`Lane::ALL`].
    pub(crate) lanes: [&'static str; Lane::ALL.len()],
    /// Series of a trend, in order.
    pub(crate) series: [&'static str; 4],
}

pub(crate) const LIGHT: Palette = Palette {
    paper: "#f6f5f1",
    card: "#ffffff",
    ink: "#1b2430",
    quiet: "#56606d",
    rule: "#e5e2da",
    line: "#7d8590",
    accent: "#0b6b75",
    alert: "#a2301c",
    alert_paper: "#fdf3f0",
    band: "#e9f2ee",
    lanes: ["#35589f", "#b0482f", "#a2301c", "#0b6f6a", "#75489b", "#47751c", "#8a5b00", "#4b6074", "#666c75"],
    series: ["#0b6b75", "#a8432a", "#75489b", "#8a5b00"],
};

pub(crate) const DARK: Palette = Palette {
    paper: "#11161b",
    card: "#192027",
    ink: "#e7eaee",
    quiet: "#a6b0bb",
    rule: "#2a333c",
    line: "#7f8a96",
    accent: "#6fc9d1",
    alert: "#f5a08c",
    alert_paper: "#2a1d1b",
    band: "#1e302e",
    lanes: ["#93b2f2", "#f09a80", "#f5a08c", "#5fc9bf", "#c9a5ea", "#a4cd74", "#e0b45a", "#a8bccf", "#a9adb4"],
    series: ["#6fc9d1", "#f09a80", "#c9a5ea", "#e0b45a"],
};

/// A style sheet made of constants of this library.
#[derive(Debug)]
pub(crate) struct StyleSheet(String);

impl StyleSheet {
    /// For a drawing that stands alone.
    pub(crate) fn drawing() -> Self {
        StyleSheet(schemes() + include_str!("drawing.css"))
    }

    /// For a whole page with its drawings.
    pub(crate) fn page() -> Self {
        StyleSheet(schemes() + include_str!("page.css") + include_str!("drawing.css"))
    }

    /// For a page of a decision with its drawings.
    pub(crate) fn decision() -> Self {
        let StyleSheet(page) = StyleSheet::page();
        StyleSheet(page + include_str!("decision/decision.css"))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Colours as custom properties; paper and print are always light.
fn schemes() -> String {
    format!(
        ":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n",
        light = properties(&LIGHT),
        dark = properties(&DARK)
    )
}

fn properties(palette: &Palette) -> String {
    let named = [
        ("paper", palette.paper),
        ("card", palette.card),
        ("ink", palette.ink),
        ("quiet", palette.quiet),
        ("rule", palette.rule),
        ("line", palette.line),
        ("accent", palette.accent),
        ("alert", palette.alert),
        ("alert-paper", palette.alert_paper),
        ("band", palette.band),
    ];
    let mut out: String = named.iter().map(|(name, colour)| format!("--{name}:{colour};")).collect();
    for (lane, colour) in Lane::ALL.iter().zip(palette.lanes) {
        out += &format!("--{}:{colour};", lane.name());
    }
    for (number, colour) in palette.series.iter().enumerate() {
        out += &format!("--series-{number}:{colour};");
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Contrast ratio of WCAG 2.2.
    pub(crate) fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |colour: &str| {
            let channel = |at: usize| {
                let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read_in_both_schemes() {
        for palette in [LIGHT, DARK] {
            for behind in [palette.paper, palette.card, palette.band, palette.alert_paper] {
                for text in [palette.ink, palette.quiet, palette.accent, palette.alert] {
                    assert!(contrast(text, behind) >= 4.5, "{text} on {behind}: {}", contrast(text, behind));
                }
            }
            for colour in palette.lanes.iter().chain(&palette.series) {
                assert!(contrast(colour, palette.card) >= 4.5, "{colour}: {}", contrast(colour, palette.card));
            }
        }
    }

    #[test]
    fn shapes_stand_out_in_both_schemes() {
        for palette in [LIGHT, DARK] {
            for behind in [palette.card, palette.band] {
                for shape in palette.lanes.iter().chain(&palette.series).chain([&palette.line, &palette.accent]) {
                    assert!(contrast(shape, behind) >= 3.0, "{shape} on {behind}: {}", contrast(shape, behind));
                }
            }
        }
    }

    #[test]
    fn style_sheets_fetch_nothing_and_end_no_element() {
        for sheet in [StyleSheet::drawing(), StyleSheet::page(), StyleSheet::decision()] {
            for word in ["<", "url(", "@import", "http", "&", "expression"] {
                assert!(!sheet.as_str().contains(word), "{word}");
            }
            assert_eq!(sheet.as_str().matches('{').count(), sheet.as_str().matches('}').count());
        }
    }
}
