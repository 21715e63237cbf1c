//! Values that no source, effect or risk can have. Pure; called when a command is decided.

use std::collections::BTreeSet;

use super::exact::Exact;
use super::{AbsoluteRisk, EvidenceSource, Horizon, HorizonUnit, Interval, Quote, SourceRef, normal_doi};
use crate::error::{Error, Result};
use crate::people::check::{LINE, NOTE, concepts, text};
use crate::value::Decimal;

/// Effects of a source.
const MOST: usize = 200;
/// Characters of a key.
const KEY: usize = 64;
/// Characters of a title or a citation.
const SENTENCE: usize = 2_000;
/// Words of a quote: what is short enough to be quoted.
pub(crate) const WORDS: usize = 25;

/// # Errors
/// `Invalid` with the field that is impossible.
pub(crate) fn check_source_record(source: &EvidenceSource) -> Result<()> {
    line("title", &source.title)?;
    line("citation", &source.citation)?;
    doi("doi", source.doi.as_deref())?;
    for (field, words) in
        [("url", &source.url), ("version", &source.version), ("funder", &source.funder), ("licence", &source.licence)]
    {
        text(field, words.as_deref().unwrap_or_default(), LINE)?;
    }
    text("conflicts_of_interest", source.conflicts_of_interest.as_deref().unwrap_or_default(), SENTENCE)?;
    text("checked_by", source.checked_by.as_ref().map_or("", |who| who.expose()), LINE)?;
    text("note", source.note.as_deref().unwrap_or_default(), NOTE)?;
    concepts("topics", &source.topics)?;
    if source.effects.len() > MOST {
        return Err(Error::invalid("effects", "a source has 200 effects at most"));
    }
    let mut keys = BTreeSet::new();
    for (n, effect) in source.effects.iter().enumerate() {
        let path = format!("effects[{n}]");
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if effect.key.is_empty() || effect.key.len() > KEY || !effect.key.chars().all(plain) {
            let what = "a key is 1 to 64 letters, digits, hyphens, underscores or dots";
            return Err(Error::invalid(format!("{path}.key"), what));
        }
        if !keys.insert(effect.key.as_str()) {
            return Err(Error::invalid(path, "give each effect of a source a key of its own"));
        }
        let pico = &effect.pico;
        for (field, words) in [
            ("population", &pico.population),
            ("intervention", &pico.intervention),
            ("comparison", &pico.comparison),
            ("outcome", &pico.outcome),
        ] {
            text(&format!("{path}.pico.{field}"), words, SENTENCE)?;
        }
        if effect.reasons.len() > MOST {
            return Err(Error::invalid(format!("{path}.reasons"), "there are 200 reasons at most"));
        }
        check_relative(&path, &effect.estimate, effect.interval.as_ref())?;
        effect.baseline.as_ref().map_or(Ok(()), |risk| check_risk(&format!("{path}.baseline"), risk))?;
        quote(&path, effect.quote.as_ref())?;
    }
    Ok(())
}

/// # Errors
/// `Invalid` for an interval that does not lie around its estimate.
pub(crate) fn check_relative(path: &str, estimate: &Decimal, interval: Option<&Interval>) -> Result<()> {
    Exact::of(estimate).map_err(|e| e.within(format_args!("{path}")))?;
    let Some(interval) = interval else { return Ok(()) };
    if interval.low.compare(estimate).is_gt() || interval.high.compare(estimate).is_lt() {
        return Err(Error::invalid(format!("{path}.interval"), "an interval lies around its estimate"));
    }
    let level = interval.level.as_ref();
    if level.is_some_and(|level| level.compare(&0.into()).is_le() || level.compare(&100.into()).is_ge()) {
        return Err(Error::invalid(format!("{path}.interval.level"), "a level is a percentage between 0 and 100"));
    }
    Ok(())
}

/// # Errors
/// `Invalid` for a risk of fewer than none or more than all.
pub(crate) fn check_risk(path: &str, risk: &AbsoluteRisk) -> Result<()> {
    if !(1..=1_000_000).contains(&risk.denominator) {
        return Err(Error::invalid(format!("{path}.denominator"), "a risk is of 1 to 1,000,000 people"));
    }
    let all = Decimal::from(i64::from(risk.denominator));
    let ends = risk.interval.iter().flat_map(|interval| [&interval.low, &interval.high]);
    for number in ends.chain([&risk.numerator]) {
        Exact::of(number).map_err(|e| e.within(format_args!("{path}")))?;
        if number.compare(&0.into()).is_lt() || number.compare(&all).is_gt() {
            return Err(Error::invalid(format!("{path}.numerator"), "a risk is of none to all"));
        }
    }
    check_relative(path, &risk.numerator, risk.interval.as_ref())?;
    horizon(path, &risk.horizon)?;
    text(&format!("{path}.population"), &risk.population, LINE)
}

fn horizon(path: &str, horizon: &Horizon) -> Result<()> {
    let one = matches!(horizon.unit, HorizonUnit::Lifetime | HorizonUnit::Once);
    let most = if one { 1 } else { 1_000 };
    if (1..=most).contains(&horizon.count) {
        return Ok(());
    }
    Err(Error::invalid(format!("{path}.horizon"), "a time is 1 to 1,000 units, a lifetime and once are 1"))
}

/// # Errors
/// `Invalid` for a reference that names nothing, or a quote that is too long.
pub(crate) fn check_source_ref(path: &str, source: &SourceRef) -> Result<()> {
    if source.source.is_none() && source.citation.trim().is_empty() {
        return Err(Error::invalid(format!("{path}.citation"), "name a source, or say how one cites it"));
    }
    text(&format!("{path}.citation"), &source.citation, SENTENCE)?;
    text(&format!("{path}.effect"), source.effect.as_deref().unwrap_or_default(), KEY)?;
    text(&format!("{path}.url"), source.url.as_deref().unwrap_or_default(), LINE)?;
    let conflicts = source.conflicts_of_interest.as_deref().unwrap_or_default();
    text(&format!("{path}.conflicts_of_interest"), conflicts, SENTENCE)?;
    doi(&format!("{path}.doi"), source.doi.as_deref())?;
    quote(path, source.quote.as_ref())
}

fn quote(path: &str, quote: Option<&Quote>) -> Result<()> {
    let Some(quote) = quote else { return Ok(()) };
    let words = quote.words.split_whitespace().count();
    if words == 0 || words > WORDS {
        return Err(Error::invalid(format!("{path}.quote.words"), "quote 1 to 25 words"));
    }
    text(&format!("{path}.quote.words"), &quote.words, LINE)?;
    if quote.url.trim().is_empty() {
        return Err(Error::invalid(format!("{path}.quote.url"), "say where it was read"));
    }
    text(&format!("{path}.quote.url"), &quote.url, LINE)
}

fn doi(path: &str, doi: Option<&str>) -> Result<()> {
    match doi {
        Some(doi) if normal_doi(doi).as_deref() != Some(doi) => {
            Err(Error::invalid(path.to_owned(), "write a DOI without a prefix, e.g. 10.1000/182"))
        }
        _ => Ok(()),
    }
}

fn line(path: &str, words: &str) -> Result<()> {
    if words.trim().is_empty() || words.contains(char::is_control) {
        return Err(Error::invalid(path.to_owned(), "write one line of text"));
    }
    text(path, words, SENTENCE)
}
