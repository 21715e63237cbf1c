//! Whether a source is still current.

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{EvidenceSource, SourceStatus, cochrane_review, normal_doi};
use crate::time::Date;

/// Months after which a source is old, where the site has no policy of its own.
const MONTHS: u32 = 24;

/// Whether a source may be leaned on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreshnessState {
    /// It is current.
    Current,
    /// It is old, or there is a later version.
    Stale,
    /// Something took its place.
    Superseded,
    /// It was taken back.
    Retracted,
    /// Its age is not known.
    Undated,
}

/// How old a source is, and what is newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// Whether it may be leaned on.
    pub state: FreshnessState,
    /// Whole months since it was searched for studies, or else published; none if neither is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
    /// Whether it is older than the policy permits.
    pub old: bool,
    /// DOI of a later version among the sources at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<String>,
}

/// Whether a source is current on a day: by its status, by later versions of the same Cochrane review among `known`, and by
/// its age against a policy (24 months if none is named). A date without a day counts from the first day it may mean: it
/// is as old as it can be.
pub fn freshness(source: &EvidenceSource, known: &[EvidenceSource], on: Date, most_months: Option<u32>) -> Freshness {
    let from = source.searched.or(source.published).map(|date| date.first_day());
    let months = from.map(|from| {
        let whole =
            (on.naive().year() - from.year()) * 12 + on.naive().month0().cast_signed() - from.month0().cast_signed();
        u32::try_from(whole - i32::from(on.naive().day() < from.day())).unwrap_or(0)
    });
    let old = months.is_some_and(|months| months > most_months.unwrap_or(MONTHS));
    let newer = newer(source, known);
    let state = match &source.status {
        SourceStatus::Retracted => FreshnessState::Retracted,
        SourceStatus::Superseded => FreshnessState::Superseded,
        _ if source.superseded_by.is_some() => FreshnessState::Superseded,
        _ if newer.is_some() || old => FreshnessState::Stale,
        _ if months.is_none() => FreshnessState::Undated,
        _ => FreshnessState::Current,
    };
    Freshness { state, months, old, newer }
}

/// The DOI of the latest later version of the same Cochrane review.
fn newer(source: &EvidenceSource, known: &[EvidenceSource]) -> Option<String> {
    let own = cochrane_review(source.doi.as_deref()?)?;
    let number = |publication: Option<u32>| publication.unwrap_or(1);
    let later = known.iter().filter_map(|other| {
        let doi = normal_doi(other.doi.as_deref()?)?;
        let of = cochrane_review(&doi)?;
        (of.review == own.review && number(of.publication) > number(own.publication))
            .then_some((number(of.publication), doi))
    });
    later.max_by_key(|(publication, _)| *publication).map(|(_, doi)| doi)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::SourceKind;

    fn source(doi: &str, searched: Option<&str>) -> EvidenceSource {
        EvidenceSource {
            doi: Some(doi.into()),
            searched: searched.map(|date| date.parse().unwrap()),
            ..EvidenceSource::of("Review", SourceKind::SystematicReview)
        }
    }

    fn state(of: &EvidenceSource, known: &[EvidenceSource], on: &str) -> FreshnessState {
        freshness(of, known, on.parse().unwrap(), None).state
    }

    #[test]
    fn a_review_is_stale_when_it_is_older_than_the_policy() {
        let review = source("10.1002/14651858.CD004816.pub5", Some("2024-01-15"));
        assert_eq!(state(&review, &[], "2026-01-15"), FreshnessState::Current);
        assert_eq!(state(&review, &[], "2026-02-14"), FreshnessState::Current);
        assert_eq!(state(&review, &[], "2026-02-15"), FreshnessState::Stale);
        assert_eq!(freshness(&review, &[], "2026-02-15".parse().unwrap(), Some(36)).state, FreshnessState::Current);
        // A year alone may mean its first day.
        assert_eq!(state(&source("10.1000/x", Some("2023")), &[], "2025-02-01"), FreshnessState::Stale);
        assert_eq!(state(&source("10.1000/x", None), &[], "2025-02-01"), FreshnessState::Undated);
    }

    #[test]
    fn a_review_is_stale_when_a_later_version_is_known() {
        let review = source("10.1002/14651858.CD004816.pub4", Some("2026-01"));
        let known = [
            source("10.1002/14651858.CD004816.pub5", None),
            source("doi:10.1002/14651858.CD004816.pub6", None),
            source("10.1002/14651858.CD004816", None),
            source("10.1002/14651858.CD001431.pub9", None),
        ];
        let found = freshness(&review, &known, "2026-02-01".parse().unwrap(), None);
        assert_eq!(
            (found.state, found.newer.as_deref()),
            (FreshnessState::Stale, Some("10.1002/14651858.CD004816.pub6"))
        );
        assert_eq!(state(&known[1], &known, "2026-02-01"), FreshnessState::Undated);
    }

    #[test]
    fn what_was_taken_back_or_replaced_says_so_whatever_its_age() {
        for (status, expected) in [
            (SourceStatus::Retracted, FreshnessState::Retracted),
            (SourceStatus::Superseded, FreshnessState::Superseded),
        ] {
            let review = EvidenceSource { status, ..source("10.1000/x", Some("2026-01")) };
            assert_eq!(state(&review, &[], "2026-02-01"), expected);
        }
    }
}
