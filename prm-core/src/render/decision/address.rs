//! Addresses outside a page, which a reader follows and a page never does.

use std::fmt::{self, Display};

use crate::error::{Error, Result};
use crate::evidence::SourceRef;
use crate::render::escape::Markup;

/// An address that a link may lead to: `https:` or `http:`, nothing that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WebAddress(String);

impl WebAddress {
    /// None for any other scheme, and for what has spaces or controls in it.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let host = ["https://", "http://"].iter().find_map(|scheme| {
            text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
            text.get(scheme.len()..)
        })?;
        let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
        (plain && host.starts_with(|c: char| c.is_alphanumeric())).then(|| WebAddress(text.to_owned()))
    }

    /// The resolver of a DOI, with what is no part of an address percent-encoded.
    pub(crate) fn of_doi(doi: &str) -> Option<Self> {
        let doi = doi.trim();
        doi.strip_prefix("10.").filter(|rest| rest.contains('/'))?;
        let mut out = "https://doi.org/".to_owned();
        for byte in doi.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/:;()".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out += &format!("%{byte:02X}");
            }
        }
        Some(WebAddress(out))
    }

    /// Where a source is found: by its DOI, or else by its address.
    pub(crate) fn of_source(source: &SourceRef) -> Option<Self> {
        let doi = source.doi.as_deref().and_then(WebAddress::of_doi);
        doi.or_else(|| source.url.as_deref().and_then(WebAddress::of))
    }

    /// A link that tells nobody where the reader came from.
    pub(crate) fn link(&self, m: &mut Markup, text: &str) {
        m.element("a", &[("href", self), ("rel", &"noopener noreferrer external")], |m| m.record(text));
    }
}

impl Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a path stays within the origin of a page: it begins with one stroke and holds nothing that turns it into
/// another address.
///
/// # Errors
/// `Invalid` if it does not.
pub(crate) fn same_origin(path: &str) -> Result<()> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"/-._~?=&%".contains(&b);
    if !path.starts_with('/') || path.starts_with("//") || !path.bytes().all(allowed) {
        return Err(Error::invalid("answers_to", "answers go to a path of the page's own origin, such as /answers"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        for good in ["https://example.org/a?b=c#d", "HTTP://example.org", "https://é.example"] {
            assert!(WebAddress::of(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//example.org",
            "https:example.org",
            "https://",
            "https:///x",
            "https://a b",
            "java\nscript:x",
            "https://x\u{0}y",
            "ftp://example.org",
            "",
        ] {
            assert!(WebAddress::of(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_doi_becomes_its_resolver_and_nothing_else_does() {
        let of = |doi: &str| WebAddress::of_doi(doi).map(|address| address.to_string());
        let known = of("10.1002/14651858.CD004816.pub5");
        assert_eq!(known.as_deref(), Some("https://doi.org/10.1002/14651858.CD004816.pub5"));
        assert_eq!(of("10.1/a\"<b>?#").as_deref(), Some("https://doi.org/10.1/a%22%3Cb%3E%3F%23"));
        assert_eq!((of("javascript:1/2"), of("10.1")), (None, None));
    }

    #[test]
    fn answers_stay_within_the_origin() {
        for good in ["/answers", "/a/b-c.d?x=1&y=%20"] {
            assert!(same_origin(good).is_ok(), "{good}");
        }
        for bad in ["answers", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "", "/\nx", "/é"] {
            assert!(same_origin(bad).is_err(), "{bad}");
        }
    }
}
