//! The only way text reaches markup.

use std::fmt::{self, Display, Write};

use super::palette::StyleSheet;

/// An attribute: its name is ours, its value is escaped.
pub(crate) type Attribute<'a> = (&'static str, &'a dyn Display);

/// Markup under construction, well formed at every step: names of elements and attributes are constants of this
/// library, everything else is escaped on its way in, and an element is closed by the call that opened it.
#[derive(Debug, Default)]
pub(crate) struct Markup(String);

impl Markup {
    pub(crate) fn new() -> Self {
        Markup::default()
    }

    /// A complete document that starts with the declaration of HTML.
    pub(crate) fn document() -> Self {
        Markup("<!DOCTYPE html>\n".to_owned())
    }

    /// An element with whatever `content` writes.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[Attribute<'_>],
        content: impl FnOnce(&mut Markup),
    ) {
        self.open(name, attributes);
        self.0.push('>');
        content(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element that holds text.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: &[Attribute<'_>], text: impl Display) {
        self.element(name, attributes, |m| m.text(text));
    }

    /// An element that can hold nothing: shapes of a drawing, and the few of HTML.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.open(name, attributes);
        self.0.push_str("/>");
    }

    /// A link within the page. Pages of a record have no other kind.
    pub(crate) fn link(&mut self, class: &'static str, id: &'static str, text: impl Display) {
        self.leaf("a", &[("class", &class), ("href", &format_args!("#{id}"))], text);
    }

    /// Text.
    pub(crate) fn text(&mut self, text: impl Display) {
        // Writing to a string cannot fail.
        let _ = write!(Escaped(&mut self.0), "{text}");
    }

    /// Text of a record, whose direction of writing stays its own.
    pub(crate) fn record(&mut self, text: impl Display) {
        self.leaf("bdi", &[], text);
    }

    pub(crate) fn style(&mut self, sheet: &StyleSheet) {
        self.0.push_str("<style>");
        self.0.push_str(sheet.as_str());
        self.0.push_str("</style>");
    }

    /// A script, which is a constant of this library and holds neither `<` nor `&`.
    pub(crate) fn script(&mut self, script: &'static str) {
        self.0.push_str("<script>");
        self.0.push_str(script);
        self.0.push_str("</script>");
    }

    pub(crate) fn append(&mut self, other: &Markup) {
        self.0.push_str(&other.0);
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            let _ = write!(Escaped(&mut self.0), "{value}");
            self.0.push('"');
        }
    }
}

struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.0.push(' '),
                c if invisible(c) => {}
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}

/// Characters that show nothing and can mislead: controls, what overrides or embeds the direction of writing, tags,
/// and what XML does not allow. Joiners and direction marks stay, since Persian, Hindi and Hebrew need them.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{206A}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// A length or position in a drawing, to a tenth of a pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Px(pub(crate) f64);

impl Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = if self.0.is_finite() { (self.0 * 10.0).round() } else { 0.0 };
        // Adding zero turns minus zero into zero.
        write!(f, "{}", tenths / 10.0 + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markup_check::Node;
    use proptest::prelude::*;

    fn paragraph(text: &str) -> String {
        let mut markup = Markup::new();
        markup.element("p", &[("title", &text)], |m| m.record(text));
        markup.finish()
    }

    #[test]
    fn a_name_that_is_markup_stays_a_name() {
        assert_eq!(
            paragraph("<script>\"'&"),
            "<p title=\"&lt;script&gt;&quot;&#39;&amp;\"><bdi>&lt;script&gt;&quot;&#39;&amp;</bdi></p>"
        );
    }

    #[test]
    fn text_cannot_turn_the_direction_of_what_follows() {
        assert_eq!(paragraph("a\u{202E}b\u{0}c\u{FFFE}\nd"), "<p title=\"abc d\"><bdi>abc d</bdi></p>");
        assert!(paragraph("\u{200F}\u{200D}").contains("\u{200F}\u{200D}"));
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!([Px(1.0), Px(1.26), Px(-0.01), Px(f64::NAN)].map(|p| p.to_string()), ["1", "1.3", "0", "0"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_an_element_or_an_attribute(text in any::<String>(), nasty in "[<>\"'&=/a-z:;#! -]{0,40}") {
            for text in [text.clone(), nasty.clone(), format!("{text}{nasty}")] {
                let nodes = Node::read(&paragraph(&text)).unwrap();
                prop_assert_eq!(nodes.len(), 2);
                prop_assert_eq!(nodes[0].shape(), "p[title]");
                prop_assert_eq!(nodes[1].shape(), "bdi[]");
            }
        }
    }
}
