//! A mirror of what the patient said: weights, how options do on them, and whether the choice matches. It recommends
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::weights::told;
use super::{
    AttributeWeight, Concordance, Consistency, DecisionSheet, Elicitation, OptionValue, Preferences, ValuesMirror, ahp,
    best_worst_scores, weights,
};
use crate::error::{Error, Result};
use crate::value::Decimal;

/// Attributes at most.
const MOST: usize = 50;

/// Values of attributes and options that differ by less are the same.
const SAME: f64 = 5e-7;

/// What the patient said of their values, as it adds up.
///
/// Option values are the sum of weights times scores; they are there if every option that was shown (of all, if none was)
/// has a score on every attribute, and the weights add up to one. Concordance is the share of the weight that lies on
/// attributes on which the chosen option is best or among the best.
///
/// # Errors
/// `Invalid` for preferences that do not fit the options; a sheet without preferences has an empty mirror.
pub fn mirror(sheet: &DecisionSheet) -> Result<ValuesMirror> {
    let empty = ValuesMirror { weights: Vec::new(), options: Vec::new(), consistency: None, concordance: None };
    let Some(preferences) = &sheet.preferences else { return Ok(empty) };
    check_preferences("preferences", sheet, preferences)?;
    let keys: Vec<String> = preferences.attributes.iter().map(|attribute| attribute.key.clone()).collect();
    let (shares, consistency) = shares(&keys, &preferences.elicitation)?;
    let Some(shares) = shares else {
        let weights = match &preferences.elicitation {
            Elicitation::BestWorst(sets) => best_worst_scores(&keys, sets)?,
            _ => Vec::new(),
        };
        return Ok(ValuesMirror { weights, ..empty });
    };
    let weights = keys
        .iter()
        .zip(&shares)
        .map(|(attribute, share)| Ok(AttributeWeight { attribute: attribute.clone(), weight: Some(told(*share)?) }));
    let weights = weights.collect::<Result<_>>()?;
    let order: Vec<&str> = match sheet.shown.as_slice() {
        [] => sheet.options.iter().map(|option| option.key.as_str()).collect(),
        shown => shown.iter().map(String::as_str).collect(),
    };
    let Some(scores) = scores(&order, &keys, preferences) else {
        return Ok(ValuesMirror { weights, consistency, ..empty });
    };
    let of = |scores: &[f64]| scores.iter().zip(&shares).map(|(score, share)| score * share).sum::<f64>();
    let values: Vec<f64> = scores.iter().map(|scores| of(scores)).collect();
    let options = order
        .iter()
        .zip(&values)
        .map(|(option, value)| Ok(OptionValue { option: (*option).to_owned(), value: told(*value)? }));
    let chosen = sheet.choice.as_ref().and_then(|choice| order.iter().position(|key| *key == choice.option));
    let concordance = chosen.map(|chosen| concordance(chosen, &scores, &values, &shares)).transpose()?;
    Ok(ValuesMirror { weights, options: options.collect::<Result<_>>()?, consistency, concordance })
}

/// Weights that add up to one, in the order of the attributes; none where the patient was not asked for any.
fn shares(keys: &[String], elicitation: &Elicitation) -> Result<(Option<Vec<f64>>, Option<Consistency>)> {
    match elicitation {
        Elicitation::Ratings(scores) | Elicitation::Swing(scores) => {
            let shares = weights::shares(scores)?;
            let by_key: BTreeMap<&str, f64> =
                scores.iter().zip(shares).map(|(score, share)| (score.attribute.as_str(), share)).collect();
            Ok((Some(keys.iter().map(|key| by_key.get(key.as_str()).copied().unwrap_or(0.0)).collect()), None))
        }
        Elicitation::Pairs(comparisons) => {
            let (shares, _) = ahp::eigenvector(keys, comparisons)?;
            Ok((Some(shares), Some(ahp::pair_weights(keys, comparisons)?.consistency)))
        }
        Elicitation::BestWorst(_) | Elicitation::Words => Ok((None, None)),
    }
}

/// Scores of options on attributes, in the order of both; none unless there are all.
fn scores(order: &[&str], keys: &[String], preferences: &Preferences) -> Option<Vec<Vec<f64>>> {
    let by_keys: BTreeMap<(&str, &str), f64> = preferences
        .scores
        .iter()
        .map(|own| ((own.option.as_str(), own.attribute.as_str()), own.score.to_f64()))
        .collect();
    let of = |option: &&str| keys.iter().map(|key| by_keys.get(&(*option, key.as_str())).copied()).collect();
    let scores: Option<Vec<Vec<f64>>> = order.iter().map(of).collect();
    scores.filter(|scores| !scores.is_empty() && !keys.is_empty())
}

fn concordance(chosen: usize, scores: &[Vec<f64>], values: &[f64], shares: &[f64]) -> Result<Concordance> {
    let own = scores.get(chosen).map(Vec::as_slice).unwrap_or_default();
    let mut share = 0.0;
    for (n, weight) in shares.iter().enumerate() {
        let best = scores.iter().filter_map(|scores| scores.get(n)).copied().fold(f64::MIN, f64::max);
        if own.get(n).is_some_and(|score| *score >= best) {
            share += weight;
        }
    }
    let value = values.get(chosen).copied().unwrap_or_default();
    let lowest = values.iter().all(|other| *other > value - SAME) && values.iter().any(|other| *other > value + SAME);
    Ok(Concordance { share: told(share)?, lowest })
}

/// # Errors
/// `Invalid` with the field that does not fit.
pub(super) fn check_preferences(path: &str, sheet: &DecisionSheet, preferences: &Preferences) -> Result<()> {
    use crate::people::check::{NOTE, text};
    let wrong = |field: &str, what: &'static str| Err(Error::invalid(format!("{path}.{field}"), what));
    let attributes = &preferences.attributes;
    if attributes.len() > MOST {
        return wrong("attributes", "ask about 50 attributes at most");
    }
    let keys: Vec<String> = attributes.iter().map(|attribute| attribute.key.clone()).collect();
    let known: BTreeSet<&str> = keys.iter().map(String::as_str).collect();
    for (n, attribute) in attributes.iter().enumerate() {
        super::limits::key(&format!("{path}.attributes[{n}]"), &attribute.key)?;
        super::limits::line(&format!("{path}.attributes[{n}].title"), &attribute.title, super::limits::TITLE)?;
    }
    if known.len() != keys.len() {
        return wrong("attributes", "give each attribute a key of its own");
    }
    match &preferences.elicitation {
        Elicitation::Ratings(scores) | Elicitation::Swing(scores) => {
            weights::shares(scores).map_err(|e| e.within(format_args!("{path}")))?;
            if scores.len() != keys.len() || scores.iter().any(|score| !known.contains(score.attribute.as_str())) {
                return wrong("scores", "score each attribute once");
            }
            let swing = matches!(preferences.elicitation, Elicitation::Swing(_));
            if swing && !scores.iter().any(|score| score.score.same_value(&Decimal::from(100))) {
                return wrong("scores", "of swing weights the best swing has 100");
            }
        }
        Elicitation::Pairs(comparisons) => {
            ahp::eigenvector(&keys, comparisons).map_err(|e| e.within(format_args!("{path}")))?;
        }
        Elicitation::BestWorst(sets) => {
            best_worst_scores(&keys, sets).map_err(|e| e.within(format_args!("{path}")))?;
        }
        Elicitation::Words if preferences.words.as_ref().is_none_or(|words| words.expose().trim().is_empty()) => {
            return wrong("words", "write down what the patient said");
        }
        Elicitation::Words => {}
    }
    text(&format!("{path}.words"), preferences.words.as_ref().map_or("", |words| words.expose()), NOTE)?;
    preferences.said_by.check().map_err(|e| e.within(format_args!("{path}.said_by")))?;
    let (zero, one) = (Decimal::from(0), Decimal::from(1));
    let mut scored = BTreeSet::new();
    for (n, score) in preferences.scores.iter().enumerate() {
        let option = sheet.options.iter().any(|option| option.key == score.option);
        if !option || !known.contains(score.attribute.as_str()) {
            return wrong(&format!("scores[{n}]"), "score options of the decision on attributes that were asked about");
        }
        if score.score.compare(&zero).is_lt() || score.score.compare(&one).is_gt() {
            return wrong(&format!("scores[{n}]"), "an option scores 0 to 1 on an attribute");
        }
        if !scored.insert((score.option.as_str(), score.attribute.as_str())) {
            return wrong(&format!("scores[{n}]"), "score each option once on each attribute");
        }
    }
    let options: BTreeSet<&str> = preferences.scores.iter().map(|score| score.option.as_str()).collect();
    if scored.len() != options.len() * keys.len() {
        return wrong("scores", "score every option on every attribute, or none");
    }
    Ok(())
}
