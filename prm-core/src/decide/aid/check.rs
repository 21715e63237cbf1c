//! What is wrong with an aid.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::ipdas::{derive_ipdas, enough, scale};
use super::{DecisionAid, ValuesMethod};
use crate::decide::{DecisionOption, OptionOutcome, OutcomeKind};
use crate::evidence::SourceRef;
use crate::value::Decimal;

/// Words of a quoted sentence.
const WORDS_OF_A_QUOTE: usize = 25;
/// How many times longer one description may be than another.
const TIMES_AS_LONG: usize = 2;
/// School grade that texts for patients aim at.
const GRADE: i64 = 6;
/// Prefix of the DOIs of a publisher whose texts are not quoted: they are licensed.
const NEVER_QUOTED: &str = "10.1002/14651858.";

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AidSeverity {
    /// Something to know before using the aid.
    Note,
    /// Something that is probably not meant.
    Warning,
    /// The aid may not be used.
    Error,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AidProblem {
    /// A text that has to be there is empty.
    Unnamed,
    /// There are fewer than two options.
    TooFewOptions,
    /// No option leaves things as they are.
    NoStatusQuo,
    /// More than one option leaves things as they are.
    SeveralStatusQuo,
    /// Two rows of a kind have one key.
    DuplicateKey,
    /// A row names a key that is not there.
    UnknownKey,
    /// Options are told in unequal detail.
    UnequalDetail,
    /// An option has no benefit, or neither harm nor burden.
    OneSided,
    /// What it is like to live with an option is not told.
    NoExperience,
    /// An outcome is said one way round only.
    OneFrame,
    /// One outcome is stated out of different numbers, over different times, or of different people.
    UnequalRisks,
    /// Outcomes are stated out of different numbers.
    SeveralDenominators,
    /// A relative effect stands without absolute risks.
    RelativeAlone,
    /// How sure the evidence is, is not stated.
    NoCertainty,
    /// A question of knowledge has fewer than two answers, or none that is right.
    NoRightAnswer,
    /// The aid expires before it is published.
    DatesOutOfOrder,
    /// How the aid is kept up to date is not said.
    NoUpdatePolicy,
    /// Who paid for the aid is not said.
    NoFunder,
    /// The aid cites nothing.
    NoCitations,
    /// How uncertain figures are is not said.
    NoUncertainty,
    /// An outcome has neither a source nor a rationale.
    NoSource,
    /// A figure has no quoted sentence: nobody verified it.
    Unverified,
    /// A quote has no words, no address, or more than 25 words.
    BadQuote,
    /// A text is quoted that may not be.
    LicensedQuote,
    /// An aid on a test leaves one of its four facts out.
    ScreeningFacts,
    /// The aid asks for scores and names nothing to score.
    NoAttributes,
    /// The text asks for more schooling than it should.
    HardToRead,
    /// A rating of the checklist is of no item, outside its scale, or there twice.
    BadRating,
    /// A rating of the checklist says more than the data hold.
    Overstated,
}

/// Something that is wrong with an aid, or has to be known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidFinding {
    /// The row, e.g. `options.statin.outcomes.stroke`; a field of the aid otherwise, e.g. `funder`.
    pub path: String,
    /// What it is about.
    pub problem: AidProblem,
    /// How much it matters.
    pub severity: AidSeverity,
    /// What to do, in one sentence.
    pub text: String,
}

/// Everything that is wrong with `aid`, in the order of its fields. Figures that nobody verified are notes, so that they can
/// be shown as examples. Rules: decisions.md C.4 (Trevena 2013, Carling 2009) and the IPDASi checklist.
pub fn check_aid(aid: &DecisionAid) -> Vec<AidFinding> {
    let mut checker = Checker { aid, findings: Vec::new() };
    checker.texts();
    checker.keys();
    checker.options();
    checker.outcomes();
    checker.asked();
    checker.upkeep();
    checker.quotes();
    checker.ratings();
    checker.findings
}

/// The same for an aid that is handed to others: a figure that nobody verified is an error.
pub fn release_lint(aid: &DecisionAid) -> Vec<AidFinding> {
    let mut findings = check_aid(aid);
    for finding in &mut findings {
        if finding.problem == AidProblem::Unverified {
            finding.severity = AidSeverity::Error;
        }
    }
    findings
}

struct Checker<'a> {
    aid: &'a DecisionAid,
    findings: Vec<AidFinding>,
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn cites(source: &SourceRef) -> bool {
    source.source.is_some() || !blank(&source.citation)
}

fn path_of(option: &DecisionOption, outcome: &OptionOutcome) -> String {
    format!("options.{}.outcomes.{}", option.key, outcome.key)
}

impl<'a> Checker<'a> {
    fn find(&mut self, path: impl Into<String>, problem: AidProblem, severity: AidSeverity, text: &str) {
        self.findings.push(AidFinding { path: path.into(), problem, severity, text: text.to_owned() });
    }

    fn error(&mut self, path: impl Into<String>, problem: AidProblem, text: &str) {
        self.find(path, problem, AidSeverity::Error, text);
    }

    fn texts(&mut self) {
        let aid = self.aid;
        for (field, words) in [
            ("name", &aid.name),
            ("version", &aid.version),
            ("title", &aid.title),
            ("condition", &aid.condition),
            ("question", &aid.question),
            ("language", &aid.language),
            ("licence", &aid.licence),
        ] {
            if blank(words) {
                self.error(field, AidProblem::Unnamed, "Write the text.");
            }
        }
        if aid.reading_grade.as_ref().is_some_and(|grade| grade.compare(&Decimal::from(GRADE)).is_gt()) {
            let text = "Write in plainer words: grade 6 is the aim.";
            self.find("reading_grade", AidProblem::HardToRead, AidSeverity::Note, text);
        }
    }

    fn keys(&mut self) {
        let aid = self.aid;
        self.unique("options", aid.options.iter().map(|row| row.key.as_str()));
        for row in &aid.options {
            self.unique(&format!("options.{}.outcomes", row.key), row.outcomes.iter().map(|row| row.key.as_str()));
        }
        self.unique("attributes", aid.attributes.iter().map(|row| row.key.as_str()));
        self.unique("questions", aid.questions.iter().map(|row| row.key.as_str()));
        for row in &aid.questions {
            self.unique(&format!("questions.{}.choices", row.key), row.choices.iter().map(|row| row.key.as_str()));
        }
    }

    fn unique(&mut self, section: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for key in keys {
            if blank(key) {
                self.error(section, AidProblem::Unnamed, "Give each row a key.");
            }
            if !seen.insert(key) {
                self.error(format!("{section}.{key}"), AidProblem::DuplicateKey, "Give each row a key of its own.");
            }
        }
    }

    fn options(&mut self) {
        let aid = self.aid;
        if aid.options.len() < 2 {
            self.error("options", AidProblem::TooFewOptions, "Give two options at least.");
        }
        match aid.options.iter().filter(|option| option.status_quo).count() {
            0 => self.error("options", AidProblem::NoStatusQuo, "Mark the option that leaves things as they are."),
            1 => {}
            _ => {
                let text = "Mark one option as that which leaves things as they are.";
                self.find("options", AidProblem::SeveralStatusQuo, AidSeverity::Warning, text);
            }
        }
        let longest = aid.options.iter().map(|option| option.description.chars().count()).max().unwrap_or(0);
        for option in &aid.options {
            let path = format!("options.{}", option.key);
            if blank(&option.title) || blank(&option.description) {
                self.error(path.as_str(), AidProblem::Unnamed, "Give the option a title and a description.");
            }
            if option.experience.as_deref().is_none_or(blank) {
                let text = "Tell what it is like to live with the option.";
                self.error(path.as_str(), AidProblem::NoExperience, text);
            }
            if option.description.chars().count().saturating_mul(TIMES_AS_LONG) < longest {
                let text = "Tell as much of this option as of the others.";
                self.find(path.as_str(), AidProblem::UnequalDetail, AidSeverity::Warning, text);
            }
            let has = |kinds: &[OutcomeKind]| option.outcomes.iter().any(|row| kinds.contains(&row.kind));
            if !has(&[OutcomeKind::Benefit]) || !has(&[OutcomeKind::Harm, OutcomeKind::Burden]) {
                let text = "Give each option a benefit, and a harm or a burden.";
                self.error(path, AidProblem::OneSided, text);
            }
        }
    }

    fn outcomes(&mut self) {
        let aid = self.aid;
        let all: BTreeSet<&str> =
            aid.options.iter().flat_map(|option| option.outcomes.iter().map(|row| row.key.as_str())).collect();
        for option in &aid.options {
            for key in all.iter().filter(|key| !option.outcomes.iter().any(|row| row.key == **key)) {
                let text = "Say of every option what every outcome is with it.";
                self.error(format!("options.{}.outcomes.{key}", option.key), AidProblem::UnequalDetail, text);
            }
            for outcome in &option.outcomes {
                self.outcome(option, outcome);
            }
        }
        if aid.baseline_outcome.as_ref().is_some_and(|key| !all.contains(key.as_str())) {
            self.error("baseline_outcome", AidProblem::UnknownKey, "Name an outcome of the aid.");
        }
        let rows = || aid.options.iter().flat_map(|option| &option.outcomes);
        let denominators: BTreeSet<u32> = rows().filter_map(|row| Some(row.risk.as_ref()?.denominator)).collect();
        if denominators.len() > 1 {
            let text = "State every outcome out of the same number of people.";
            self.find("options", AidProblem::SeveralDenominators, AidSeverity::Warning, text);
        }
    }

    fn outcome(&mut self, option: &DecisionOption, row: &OptionOutcome) {
        let path = path_of(option, row);
        if blank(&row.title) {
            self.error(path.as_str(), AidProblem::Unnamed, "Give the outcome a title.");
        }
        if !row.in_both_frames() {
            self.error(path.as_str(), AidProblem::OneFrame, "Say to whom it happens and to whom it does not.");
        }
        if row.relative.is_some() && row.risk.is_none() {
            let text = "State the absolute risk beside the relative effect.";
            self.error(path.as_str(), AidProblem::RelativeAlone, text);
        }
        if !row.source.as_ref().is_some_and(cites) && row.rationale.as_deref().is_none_or(blank) {
            self.error(path.as_str(), AidProblem::NoSource, "Cite a source, or say why it is said.");
        }
        if row.risk.is_some() && row.source.as_ref().is_none_or(|source| source.quote.is_none()) {
            let text = "Quote the sentence in which the figure stands; until then it is an example.";
            self.find(path.as_str(), AidProblem::Unverified, AidSeverity::Note, text);
        }
        if row.risk.is_some() && row.certainty.is_none() {
            let text = "State how sure the evidence is, if anybody rated it.";
            self.find(path.as_str(), AidProblem::NoCertainty, AidSeverity::Note, text);
        }
        // Each is compared with the first option that has the same outcome.
        let twin = self.aid.options.iter().flat_map(|option| &option.outcomes).find(|other| other.key == row.key);
        let Some(twin) = twin else { return };
        if twin.kind != row.kind || twin.title != row.title || twin.risk.is_some() != row.risk.is_some() {
            let text = "Give an outcome one title and one kind, and a figure in every option or in none.";
            self.error(path.as_str(), AidProblem::UnequalDetail, text);
        }
        let (Some(here), Some(there)) = (&row.risk, &twin.risk) else { return };
        if (here.denominator, &here.horizon, &here.population) != (there.denominator, &there.horizon, &there.population)
        {
            let text = "State an outcome out of the same number of the same people over the same time in every option.";
            self.error(path, AidProblem::UnequalRisks, text);
        }
    }

    fn asked(&mut self) {
        let aid = self.aid;
        if aid.method != ValuesMethod::Words && aid.attributes.is_empty() {
            self.error("attributes", AidProblem::NoAttributes, "Name what may matter, or ask for words alone.");
        }
        for row in &aid.attributes {
            if blank(&row.title) {
                self.error(format!("attributes.{}", row.key), AidProblem::Unnamed, "Give the attribute a title.");
            }
        }
        for row in &aid.questions {
            let path = format!("questions.{}", row.key);
            if blank(&row.text) || row.choices.iter().any(|choice| blank(&choice.text)) {
                self.error(path.as_str(), AidProblem::Unnamed, "Write the question and its answers.");
            }
            if row.choices.len() < 2 || !row.choices.iter().any(|choice| choice.key == row.correct) {
                self.error(path, AidProblem::NoRightAnswer, "Give two answers at least, and say which one is right.");
            }
        }
        let Some(facts) = &aid.screening else { return };
        for (field, words) in [
            ("measures", &facts.measures),
            ("if_found", &facts.if_found),
            ("if_not_found", &facts.if_not_found),
            ("overdiagnosis", &facts.overdiagnosis),
        ] {
            if blank(words) {
                self.error(format!("screening.{field}"), AidProblem::ScreeningFacts, "Say it of the test.");
            }
        }
    }

    fn upkeep(&mut self) {
        let aid = self.aid;
        if aid.expires <= aid.published {
            let text = "Let the aid expire after the day of its publication.";
            self.error("expires", AidProblem::DatesOutOfOrder, text);
        }
        for (field, words, problem, text) in [
            ("update_policy", &aid.update_policy, AidProblem::NoUpdatePolicy, "Say how the aid is kept up to date."),
            ("funder", &aid.funder, AidProblem::NoFunder, "Say who paid for the aid."),
            ("uncertainty", &aid.uncertainty, AidProblem::NoUncertainty, "Say how uncertain its figures are."),
        ] {
            if blank(words) {
                self.error(field, problem, text);
            }
        }
        if !aid.citations.iter().any(cites) {
            self.error("citations", AidProblem::NoCitations, "Cite what the aid rests on.");
        }
    }

    fn quotes(&mut self) {
        let aid = self.aid;
        let outcomes = aid.options.iter().flat_map(|option| {
            option.outcomes.iter().filter_map(move |row| Some((path_of(option, row), row.source.as_ref()?)))
        });
        let citations = aid.citations.iter().enumerate().map(|(n, source)| (format!("citations[{n}]"), source));
        for (path, source) in outcomes.chain(citations) {
            let Some(quote) = &source.quote else { continue };
            let words = quote.words.split_whitespace().count();
            if words == 0 || words > WORDS_OF_A_QUOTE || blank(&quote.url) {
                let text = "Quote a sentence of 25 words at most, with its address.";
                self.error(path.as_str(), AidProblem::BadQuote, text);
            }
            let licensed = source.doi.as_deref().is_some_and(|doi| doi.contains(NEVER_QUOTED))
                || quote.url.contains("cochranelibrary.com")
                || quote.url.contains(NEVER_QUOTED);
            if licensed {
                let text = "State the figure and cite the review; its text may not be kept.";
                self.error(path, AidProblem::LicensedQuote, text);
            }
        }
    }

    fn ratings(&mut self) {
        let aid = self.aid;
        let derived = derive_ipdas(aid);
        let mut seen = BTreeSet::new();
        for rating in &aid.ipdas {
            let path = format!("ipdas.{}", rating.item);
            let fits = scale(&rating.item).is_some_and(|(low, high)| (low..=high).contains(&rating.rating));
            if !fits || !seen.insert(rating.item.as_str()) {
                let text = "Rate an item of the checklist once: qualifying 0 or 1, certifying 1 to 4.";
                self.error(path.as_str(), AidProblem::BadRating, text);
            }
            let ruled_out = derived.iter().any(|row| row.item == rating.item && !enough(&row.item, row.rating));
            if ruled_out && enough(&rating.item, rating.rating) {
                self.error(path, AidProblem::Overstated, "Put into the aid what the item asks for, or rate it lower.");
            }
        }
    }
}

#[cfg(test)]
mod tests;
