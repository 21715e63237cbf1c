//! How an aid does by the IPDASi checklist, version 4.0.
//!
//! The checklist has 44 items: 6 that make an aid an aid (qualifying), 10 that keep it from misleading (certifying, 4 of them
//! for aids on tests alone) and 28 more on quality. Numbers of the first sixteen are from PMC5013503, table 2; their words
//! here are our own. The numbers of the 28 are not in that table, so they are not scored.

use serde::{Deserialize, Serialize};

use super::{DecisionAid, IpdasRating};
use crate::decide::OutcomeKind;

/// What an item of the checklist is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IpdasKind {
    /// Without it this is no decision aid: yes or no.
    Qualifying,
    /// Without it the aid may mislead: 1 to 4, and 3 is enough.
    Certifying,
    /// The same, of aids on a test alone.
    CertifyingForTests,
}

/// An item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IpdasItem {
    /// Number.
    pub item: String,
    /// What it is for.
    pub kind: IpdasKind,
    /// What it asks, in our words.
    pub text: String,
}

/// How an aid does by the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IpdasResult {
    /// Qualifying items that are met.
    pub qualifying_met: u32,
    /// Qualifying items.
    pub qualifying_of: u32,
    /// Certifying items that are met.
    pub certifying_met: u32,
    /// Certifying items that hold for this aid: 10 for one on a test, 6 otherwise.
    pub certifying_of: u32,
    /// Numbers of items that are not met, or that nobody rated.
    pub missing: Vec<String>,
    /// Whether all are met.
    pub met: bool,
    /// The same in words, e.g. `qualifying 6/6, certifying 5/6`.
    pub status: String,
}

/// Rating from which a certifying item counts as met. UNVERIFIED: the source of the threshold was not found.
const ENOUGH: u8 = 3;

const ITEMS: [(&str, IpdasKind, &str); 16] = [
    ("1.1.1", IpdasKind::Qualifying, "The condition or problem is explained."),
    ("1.1.2", IpdasKind::Qualifying, "The choice to be made is named."),
    ("1.1.3", IpdasKind::Qualifying, "What one can choose from is explained."),
    ("1.1.4", IpdasKind::Qualifying, "What speaks for each option is said."),
    ("1.1.5", IpdasKind::Qualifying, "What speaks against each option is said."),
    ("1.2.1", IpdasKind::Qualifying, "What it is like to live with what follows is told."),
    ("2.1.1", IpdasKind::Certifying, "Good and bad sides are told at equal length."),
    ("2.2.1", IpdasKind::Certifying, "The evidence is cited."),
    ("2.2.2", IpdasKind::Certifying, "The day of publication is given."),
    ("2.2.3", IpdasKind::Certifying, "How it is kept up to date is said."),
    ("2.2.4", IpdasKind::Certifying, "How sure the figures are is said."),
    ("2.3.1", IpdasKind::Certifying, "Who paid for it is said."),
    ("2.4.1", IpdasKind::CertifyingForTests, "What the test looks for is said."),
    ("2.4.2", IpdasKind::CertifyingForTests, "What comes next if it finds something is said."),
    ("2.4.3", IpdasKind::CertifyingForTests, "What comes next if it finds nothing is said."),
    ("2.4.4", IpdasKind::CertifyingForTests, "What it means to find what would never have done harm is said."),
];

/// The items of the checklist that are scored, in its order.
pub fn ipdas_items() -> Vec<IpdasItem> {
    let item = |(item, kind, text): (&str, IpdasKind, &str)| IpdasItem { item: item.into(), kind, text: text.into() };
    ITEMS.into_iter().map(item).collect()
}

/// The lowest and the highest rating of an item; none if there is no such item.
pub(crate) fn scale(item: &str) -> Option<(u8, u8)> {
    let (_, kind, _) = ITEMS.iter().find(|(number, ..)| *number == item)?;
    Some(if *kind == IpdasKind::Qualifying { (0, 1) } else { (1, 4) })
}

/// Whether a rating of an item is enough.
pub(crate) fn enough(item: &str, rating: u8) -> bool {
    scale(item).is_some_and(|(low, high)| rating <= high && rating >= if low == 0 { 1 } else { ENOUGH })
}

/// How `aid` does by the checklist: every qualifying item is a yes, and every certifying item that holds for it is rated 3
/// at least. That threshold is UNVERIFIED. An item is rated by people ([`DecisionAid::ipdas`]), or else read off the data
/// ([`derive_ipdas`]) where that can be done; what the data rule out is not met, whatever people said. The 28 further items
/// on quality are not scored.
pub fn ipdas(aid: &DecisionAid) -> IpdasResult {
    let derived = derive_ipdas(aid);
    let met = |item: &str| {
        let of = |ratings: &[IpdasRating]| ratings.iter().find(|r| r.item == item).map(|r| enough(item, r.rating));
        match (of(&aid.ipdas), of(&derived)) {
            (_, Some(false)) => false,
            (Some(people), _) => people,
            (None, data) => data == Some(true),
        }
    };
    let (mut qualifying, mut certifying, mut missing) = ((0, 0), (0, 0), Vec::new());
    for (item, kind, _) in ITEMS {
        let counts = match kind {
            IpdasKind::Qualifying => &mut qualifying,
            IpdasKind::CertifyingForTests if aid.screening.is_none() => continue,
            IpdasKind::Certifying | IpdasKind::CertifyingForTests => &mut certifying,
        };
        counts.1 += 1;
        if met(item) {
            counts.0 += 1;
        } else {
            missing.push(item.to_owned());
        }
    }
    IpdasResult {
        qualifying_met: qualifying.0,
        qualifying_of: qualifying.1,
        certifying_met: certifying.0,
        certifying_of: certifying.1,
        met: missing.is_empty(),
        missing,
        status: format!("qualifying {}/{}, certifying {}/{}", qualifying.0, qualifying.1, certifying.0, certifying.1),
    }
}

/// What can be read off the data of `aid` alone: that the choice is named, options are explained, and dates, update policy,
/// funder and citations are there; and that an item cannot be met because what it asks for is not there. Whether a text
/// explains what it should is for people to rate.
pub fn derive_ipdas(aid: &DecisionAid) -> Vec<IpdasRating> {
    let said = |text: &str| !text.trim().is_empty();
    let every = |kinds: &[OutcomeKind]| {
        !aid.options.is_empty()
            && aid.options.iter().all(|option| option.outcomes.iter().any(|outcome| kinds.contains(&outcome.kind)))
    };
    let lived = aid.options.iter().all(|option| option.experience.as_deref().is_some_and(said));
    let explained = aid.options.len() >= 2 && aid.options.iter().all(|option| said(&option.description));
    let cited = aid.citations.iter().any(|source| said(&source.citation) || source.source.is_some());
    let found =
        |fact: fn(&super::ScreeningFacts) -> &String| aid.screening.as_ref().is_none_or(|facts| said(fact(facts)));
    // Item, whether what it asks for is there, whether that is all it asks for, what was looked at.
    let rows: [(&str, bool, bool, &str); 16] = [
        ("1.1.1", said(&aid.condition), false, "condition"),
        ("1.1.2", said(&aid.question), true, "question"),
        ("1.1.3", explained, true, "options and their descriptions"),
        ("1.1.4", every(&[OutcomeKind::Benefit]), false, "benefits of every option"),
        ("1.1.5", every(&[OutcomeKind::Harm, OutcomeKind::Burden]), false, "harms and burdens of every option"),
        ("1.2.1", lived, false, "what each option is like"),
        ("2.1.1", equal(aid), false, "outcomes that every option has"),
        ("2.2.1", cited, true, "citations"),
        ("2.2.2", aid.published < aid.expires, true, "dates"),
        ("2.2.3", said(&aid.update_policy), true, "update policy"),
        ("2.2.4", said(&aid.uncertainty), false, "uncertainty"),
        ("2.3.1", said(&aid.funder), true, "funder"),
        ("2.4.1", found(|facts| &facts.measures), false, "what the test measures"),
        ("2.4.2", found(|facts| &facts.if_found), false, "what follows if it finds something"),
        ("2.4.3", found(|facts| &facts.if_not_found), false, "what follows if it finds nothing"),
        ("2.4.4", found(|facts| &facts.overdiagnosis), false, "what overdiagnosis means"),
    ];
    let rating = |(item, there, whole, what): (&str, bool, bool, &str)| {
        let (low, high) = scale(item)?;
        let (rating, reason) = match (there, whole) {
            (true, true) => (high, format!("read off the data: {what}")),
            (true, false) => return None,
            (false, _) => (low, format!("not in the data: {what}")),
        };
        Some(IpdasRating { item: item.to_owned(), rating, reason: Some(reason) })
    };
    rows.into_iter().filter_map(rating).collect()
}

/// Whether every option has the same outcomes, each with a figure in all options or in none.
pub(crate) fn equal(aid: &DecisionAid) -> bool {
    let rows = |option: &crate::decide::DecisionOption| {
        let mut rows: Vec<_> = option.outcomes.iter().map(|o| (o.key.clone(), o.risk.is_some())).collect();
        rows.sort();
        rows
    };
    let mut all = aid.options.iter().map(rows);
    let first = all.next();
    all.all(|other| Some(&other) == first.as_ref())
}

#[cfg(test)]
mod tests;
