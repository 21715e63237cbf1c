//! Evidence: sources, what they found, how sure that is, how old, and whether it was checked.
//!
//! Sources are data about works and their findings as facts. No text of a work is kept but a quote of 25 words at most
//! where a figure was read. Everything here is words and pure rules.

mod codes;
mod doi;
mod exact;
mod freshness;
mod import;
mod index;
pub(crate) mod limits;
mod lint;
mod risk;
mod source;
mod view;

pub use codes::{Certainty, CertaintyReason, EffectMeasure, HorizonUnit, SourceKind, SourceStatus};
pub use doi::{CochraneReview, cochrane_review, normal_doi};
pub use freshness::{Freshness, FreshnessState, freshness};
pub use import::{EvidenceImport, RefusedSource, read_sources_csv, read_sources_json, write_sources_csv};
pub use lint::{EvidenceFinding, EvidenceProblem, check_source, is_unsupported};
pub use risk::{NaturalFrequency, RiskComparison, apply_effect, compare_risks, natural_frequency, risk_of_result};
pub use source::{AbsoluteRisk, Effect, EvidenceSource, Horizon, Interval, Pico, Quote, SourceRef};
pub use view::EvidenceSourceView;
