//! What a source is short of, and what is said without one.

use serde::{Deserialize, Serialize};

use super::{Certainty, EvidenceSource, SourceRef, cochrane_review};

/// What is wrong with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceProblem {
    /// It has neither a DOI nor an address.
    NoAddress,
    /// It says neither when it was searched for studies nor when it was published.
    NoDate,
    /// It says nothing on conflicts of interest.
    NoConflictStatement,
    /// Its version is not that of its Cochrane DOI.
    VersionDiffers,
    /// Nobody compared its facts with it.
    NotChecked,
    /// It has no findings.
    NoEffects,
    /// A finding does not say in whom, what, against what, to what end.
    IncompleteQuestion,
    /// A figure has no sentence that it was read in: it is an example that nobody verified.
    NotVerified,
    /// A finding does not say how sure it is.
    NoCertainty,
    /// Certainty was rated down or up without a reason.
    NoReason,
}

/// Something wrong with a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFinding {
    /// Where, e.g. `effects.stroke`.
    pub path: String,
    /// What.
    pub problem: EvidenceProblem,
    /// Whether a release of data that holds it must not go out.
    pub blocks_release: bool,
}

/// What is wrong with a source, in the order of its fields. A figure that was not verified blocks a release.
pub fn check_source(source: &EvidenceSource) -> Vec<EvidenceFinding> {
    let mut found = Vec::new();
    let mut tell = |path: &str, problem| {
        let blocks_release = matches!(problem, EvidenceProblem::NotVerified | EvidenceProblem::NoAddress);
        found.push(EvidenceFinding { path: path.to_owned(), problem, blocks_release });
    };
    if source.doi.is_none() && source.url.is_none() {
        tell("doi", EvidenceProblem::NoAddress);
    }
    let review = source.doi.as_deref().and_then(cochrane_review);
    let told = review.map(|review| review.publication.map(|n| format!("pub{n}")));
    if told.zip(source.version.clone()).is_some_and(|(told, version)| told.is_some_and(|told| told != version)) {
        tell("version", EvidenceProblem::VersionDiffers);
    }
    if source.searched.or(source.published).is_none() {
        tell("searched", EvidenceProblem::NoDate);
    }
    if source.conflicts_of_interest.is_none() {
        tell("conflicts_of_interest", EvidenceProblem::NoConflictStatement);
    }
    if source.checked_by.is_none() || source.checked.is_none() {
        tell("checked", EvidenceProblem::NotChecked);
    }
    if source.effects.is_empty() {
        tell("effects", EvidenceProblem::NoEffects);
    }
    for effect in &source.effects {
        let path = format!("effects.{}", effect.key);
        let pico = &effect.pico;
        let parts = [&pico.population, &pico.intervention, &pico.comparison, &pico.outcome];
        if parts.iter().any(|part| part.trim().is_empty()) {
            tell(&path, EvidenceProblem::IncompleteQuestion);
        }
        if effect.quote.is_none() {
            tell(&path, EvidenceProblem::NotVerified);
        }
        match &effect.certainty {
            None => tell(&path, EvidenceProblem::NoCertainty),
            Some(Certainty::High) => {}
            Some(_) if effect.reasons.is_empty() => tell(&path, EvidenceProblem::NoReason),
            Some(_) => {}
        }
    }
    found
}

/// Whether something is said on no ground: neither a source nor a stated reason. What recommends, plans or offers care
/// fails a lint then.
pub fn is_unsupported(source: Option<&SourceRef>, rationale: Option<&str>) -> bool {
    let named = source.is_some_and(|source| source.source.is_some() || !source.citation.trim().is_empty());
    !named && rationale.is_none_or(|rationale| rationale.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::SourceKind;

    #[test]
    fn what_a_bare_source_is_short_of_is_told() {
        let bare = EvidenceSource::of("A trial", SourceKind::RandomizedTrial);
        let problems: Vec<_> = check_source(&bare).into_iter().map(|finding| finding.problem).collect();
        use EvidenceProblem::{NoAddress, NoConflictStatement, NoDate, NoEffects, NotChecked};
        assert_eq!(problems, [NoAddress, NoDate, NoConflictStatement, NotChecked, NoEffects]);
        let doi = Some("10.1002/14651858.CD004816.pub5".to_owned());
        let other = EvidenceSource { doi, version: Some("pub4".into()), ..bare };
        assert!(check_source(&other).iter().any(|finding| finding.problem == EvidenceProblem::VersionDiffers));
    }

    #[test]
    fn something_said_needs_a_source_or_a_reason() {
        let cited = SourceRef { citation: "a trial".into(), ..SourceRef::default() };
        assert!(!is_unsupported(Some(&cited), None));
        assert!(!is_unsupported(None, Some("a choice of the clinic")));
        for (source, reason) in [(None, None), (Some(&SourceRef::default()), None), (None, Some(" "))] {
            assert!(is_unsupported(source, reason));
        }
    }
}
