//! What pages of decisions have in common: the head of the document, landmarks, headings.

use super::words::{DecisionWord as W, DecisionWords};
use crate::render::escape::{Attribute, Markup};
use crate::render::palette::StyleSheet;

/// The script of a page of an aid. It holds neither `<` nor `&`, reads what it needs from the page, and asks nothing of
/// anybody but a path of its own origin.
pub(crate) const SCRIPT: &str = include_str!("aid.js");

/// SHA-256 of [`SCRIPT`], as a content security policy names it: the one script that may run.
pub(crate) const SCRIPT_DIGEST: &str = "sha256-S2gilDL9uhDl4UBy/NqLzIoyWk0GBW8sYpPfetlzQvI=";

/// What a page may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Nothing but be read.
    Read,
    /// Run the one script.
    Answer,
    /// Run the one script, and send answers to the page's own origin.
    Send,
}

impl Policy {
    fn text(self) -> String {
        let script = match self {
            Policy::Read => String::new(),
            Policy::Answer => format!("script-src '{SCRIPT_DIGEST}'; "),
            Policy::Send => format!("script-src '{SCRIPT_DIGEST}'; connect-src 'self'; "),
        };
        format!("default-src 'none'; style-src 'unsafe-inline'; {script}base-uri 'none'; form-action 'none'")
    }
}

/// A complete document.
pub(crate) fn document(words: &DecisionWords, title: &str, policy: Policy, body: impl FnOnce(&mut Markup)) -> String {
    let mut m = Markup::document();
    m.element("html", &[("lang", &words.language()), ("dir", &words.direction().code())], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", &"utf-8")]);
            // Before anything that could run or load.
            m.empty("meta", &[("http-equiv", &"Content-Security-Policy"), ("content", &policy.text())]);
            m.leaf("title", &[], title);
            m.empty("meta", &[("name", &"viewport"), ("content", &"width=device-width, initial-scale=1")]);
            m.empty("meta", &[("name", &"referrer"), ("content", &"no-referrer")]);
            m.empty("meta", &[("name", &"robots"), ("content", &"noindex")]);
            m.style(&StyleSheet::decision());
        });
        m.element("body", &[], |m| {
            m.link("skip", "content", words.say(W::Skip));
            body(m);
            if policy != Policy::Read {
                m.script(SCRIPT);
            }
        });
    });
    m.finish()
}

/// Links to the sections of a page, by id and title.
pub(crate) fn navigation(m: &mut Markup, words: &DecisionWords, sections: &[(String, String)]) {
    m.element("nav", &[("aria-label", &words.say(W::Sections))], |m| {
        m.element("ul", &[], |m| {
            for (id, title) in sections {
                m.element("li", &[], |m| {
                    let link: [Attribute<'_>; 2] = [("class", &"to-section"), ("href", &format_args!("#{id}"))];
                    m.element("a", &link, |m| m.record(title));
                });
            }
        });
    });
}

/// A section with its heading, whose id is that of the section and `-heading`.
pub(crate) fn section(m: &mut Markup, id: &str, title: &str, content: impl FnOnce(&mut Markup)) {
    let heading = format!("{id}-heading");
    m.element("section", &[("id", &id), ("class", &"card"), ("aria-labelledby", &heading)], |m| {
        m.element("h2", &[("id", &heading)], |m| m.record(title));
        content(m);
    });
}

/// A name with what it stands for.
pub(crate) fn fact(m: &mut Markup, name: &str, value: impl FnOnce(&mut Markup)) {
    m.element("div", &[], |m| {
        m.element("dt", &[], |m| m.record(name));
        m.element("dd", &[], value);
    });
}
