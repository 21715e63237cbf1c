//! Digital object identifiers, and what those of Cochrane say.

use serde::{Deserialize, Serialize};

/// Longest DOI that is taken.
const LONGEST: usize = 200;

/// A review of the Cochrane Library, by its DOI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CochraneReview {
    /// Number of the review, the same in every version, e.g. `CD004816`.
    pub review: String,
    /// Number of the publication, e.g. 5 of `pub5`; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<u32>,
    /// Whether it is a review of methods.
    pub methodology: bool,
}

/// A DOI without its prefix: `doi:`, `https://doi.org/` and the like are taken off. None for what is no DOI.
///
/// # Example
/// ```
/// use prm_core::evidence::normal_doi;
/// assert_eq!(normal_doi("doi:10.1002/14651858.CD001431").as_deref(), Some("10.1002/14651858.CD001431"));
/// assert_eq!(normal_doi("14651858.CD001431"), None);
/// ```
pub fn normal_doi(text: &str) -> Option<String> {
    const PREFIXES: [&str; 6] =
        ["doi:", "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/"];
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(**prefix)).map_or(0, |prefix| prefix.len());
    let doi = text.get(prefix..)?.trim_start();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let registered =
        (4..=9).contains(&registrant.split('.').next().map_or(0, str::len)) && registrant.split('.').all(number);
    let printable = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
    (registered && !suffix.is_empty() && suffix.chars().all(printable) && doi.len() <= LONGEST).then(|| doi.to_owned())
}

/// The review of a Cochrane DOI: `10.1002/14651858.CD` or `…MR`, six digits, and `.pub` with a number but for the first
/// version. None for any other DOI.
pub fn cochrane_review(doi: &str) -> Option<CochraneReview> {
    let doi = normal_doi(doi)?;
    let rest = doi.strip_prefix("10.1002/14651858.")?;
    let (number, publication) = match rest.split_once('.') {
        None => (rest, None),
        Some((number, publication)) => (number, Some(publication.strip_prefix("pub")?)),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let of = number.strip_prefix("CD").or_else(|| number.strip_prefix("MR"))?;
    if of.len() != 6 || !digits(of) || publication.is_some_and(|publication| !digits(publication)) {
        return None;
    }
    let publication = match publication {
        None => None,
        Some(publication) => Some(publication.parse().ok()?),
    };
    Some(CochraneReview { review: number.to_owned(), publication, methodology: number.starts_with("MR") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cochrane_dois_are_told_apart_from_others() {
        let of = |doi: &str| cochrane_review(doi).map(|own| (own.review, own.publication, own.methodology));
        assert_eq!(of("10.1002/14651858.CD007458.pub3"), Some(("CD007458".into(), Some(3), false)));
        assert_eq!(of("10.1002/14651858.CD001431"), Some(("CD001431".into(), None, false)));
        assert_eq!(of("doi:10.1002/14651858.CD001431"), Some(("CD001431".into(), None, false)));
        assert_eq!(of("10.1002/14651858.MR000047"), Some(("MR000047".into(), None, true)));
        for wrong in [
            "10.1002/14651858.CD00743",
            "10.1002/14651858.CD007458.pub",
            "10.1002/14651858.CD007458.pub3x",
            "10.1002/14651858.CD007458.3",
            "10.1002/14651858.XX007458",
            "10.1056/NEJMoa1102873",
            "10.1002/14651858.CD007458.pub99999999999",
            "",
        ] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn prefixes_are_taken_off_and_what_is_no_doi_is_none() {
        for text in ["10.1056/NEJMoa1102873", "https://doi.org/10.1056/NEJMoa1102873", "DOI: 10.1056/NEJMoa1102873"] {
            assert_eq!(normal_doi(text).as_deref(), Some("10.1056/NEJMoa1102873"), "{text}");
        }
        for text in ["10.1056", "10.10/x", "10.1056/", "10.1056/a b", "10.1056/<script>", "x", "10.a056/x"] {
            assert_eq!(normal_doi(text), None, "{text}");
        }
    }
}
