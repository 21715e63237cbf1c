//! Values that no aid can have. Pure; called when a command is decided.

use super::{AidQuestion, AidSeverity, AidStatus, DecisionAid, check_aid};
use crate::decide::{DecisionOption, OptionOutcome};
use crate::error::{Error, Result};
use crate::evidence::{AbsoluteRisk, HorizonUnit, Interval, SourceRef};
use crate::value::{Concept, Decimal};

/// Entries of one list.
const MOST: usize = 100;
/// Characters of a line.
const LINE: usize = 300;
/// Characters of a text.
const TEXT: usize = 8_000;
/// Characters of a key.
const KEY: usize = 64;
/// Largest denominator of a risk.
const LARGEST: u32 = 1_000_000;

/// # Errors
/// `Invalid` with the field that is impossible. An aid that may be used has no error that [`check_aid`] finds.
pub(crate) fn check_aid_record(aid: &DecisionAid) -> Result<()> {
    key("name", &aid.name)?;
    line("version", &aid.version)?;
    line("title", &aid.title)?;
    line("question", &aid.question)?;
    line("language", &aid.language)?;
    for (field, words) in [
        ("condition", &aid.condition),
        ("uncertainty", &aid.uncertainty),
        ("update_policy", &aid.update_policy),
        ("funder", &aid.funder),
        ("licence", &aid.licence),
    ] {
        text(field, words)?;
    }
    optional("conflicts_of_interest", aid.conflicts_of_interest.as_ref())?;
    optional("url", aid.url.as_ref())?;
    aid.authors.iter().try_for_each(|author| line("authors", author))?;
    for (field, count) in [
        ("topics", aid.topics.len()),
        ("options", aid.options.len()),
        ("attributes", aid.attributes.len()),
        ("questions", aid.questions.len()),
        ("authors", aid.authors.len()),
        ("citations", aid.citations.len()),
        ("ipdas", aid.ipdas.len()),
    ] {
        most(field, count)?;
    }
    aid.topics.iter().try_for_each(|topic| concept("topics", topic))?;
    for (n, row) in aid.options.iter().enumerate() {
        option(&format!("options[{n}]"), row)?;
    }
    for (n, row) in aid.attributes.iter().enumerate() {
        key(&format!("attributes[{n}].key"), &row.key)?;
        line(&format!("attributes[{n}].title"), &row.title)?;
    }
    for (n, row) in aid.questions.iter().enumerate() {
        question(&format!("questions[{n}]"), row)?;
    }
    if let Some(outcome) = &aid.baseline_outcome {
        key("baseline_outcome", outcome)?;
    }
    if let Some(facts) = &aid.screening {
        let facts = [&facts.measures, &facts.if_found, &facts.if_not_found, &facts.overdiagnosis];
        facts.into_iter().try_for_each(|words| text("screening", words))?;
    }
    for (n, row) in aid.citations.iter().enumerate() {
        source(&format!("citations[{n}]"), row)?;
    }
    if aid.reading_grade.as_ref().is_some_and(|grade| !within(grade, 0, 20)) {
        return Err(Error::invalid("reading_grade", "a school grade is 0 to 20"));
    }
    for (n, row) in aid.ipdas.iter().enumerate() {
        line(&format!("ipdas[{n}].item"), &row.item)?;
        optional(&format!("ipdas[{n}].reason"), row.reason.as_ref())?;
    }
    let wrong = || check_aid(aid).into_iter().find(|finding| finding.severity == AidSeverity::Error);
    match wrong().filter(|_| aid.status == AidStatus::Active) {
        Some(finding) => Err(Error::invalid(finding.path, "correct the errors of a check, or keep the aid a draft")),
        None => Ok(()),
    }
}

fn option(path: &str, row: &DecisionOption) -> Result<()> {
    key(&format!("{path}.key"), &row.key)?;
    line(&format!("{path}.title"), &row.title)?;
    text(&format!("{path}.description"), &row.description)?;
    optional(&format!("{path}.cost"), row.cost.as_ref())?;
    optional(&format!("{path}.experience"), row.experience.as_ref())?;
    row.code.as_ref().map_or(Ok(()), |code| concept(&format!("{path}.code"), code))?;
    most(&format!("{path}.outcomes"), row.outcomes.len())?;
    row.outcomes.iter().enumerate().try_for_each(|(n, row)| outcome(&format!("{path}.outcomes[{n}]"), row))
}

fn outcome(path: &str, row: &OptionOutcome) -> Result<()> {
    key(&format!("{path}.key"), &row.key)?;
    line(&format!("{path}.title"), &row.title)?;
    text(&format!("{path}.frames"), &row.frames.happens)?;
    text(&format!("{path}.frames"), &row.frames.spared)?;
    optional(&format!("{path}.baseline_source"), row.baseline_source.as_ref())?;
    optional(&format!("{path}.rationale"), row.rationale.as_ref())?;
    most(&format!("{path}.reasons"), row.reasons.len())?;
    if let Some(found) = &row.risk {
        risk(&format!("{path}.risk"), found)?;
    }
    if let Some(relative) = &row.relative {
        let path = format!("{path}.relative");
        interval(&path, relative.interval.as_ref(), &relative.estimate)?;
    }
    row.source.as_ref().map_or(Ok(()), |row| source(&format!("{path}.source"), row))
}

fn risk(path: &str, risk: &AbsoluteRisk) -> Result<()> {
    if risk.denominator == 0 || risk.denominator > LARGEST {
        return Err(Error::invalid(format!("{path}.denominator"), "state a risk out of 1 to 1,000,000"));
    }
    let most = i64::from(risk.denominator);
    if !within(&risk.numerator, 0, most) {
        return Err(Error::invalid(format!("{path}.numerator"), "state 0 up to the denominator"));
    }
    let ends = risk.interval.iter().flat_map(|interval| [&interval.low, &interval.high]);
    if ends.into_iter().any(|end| !within(end, 0, most)) {
        return Err(Error::invalid(format!("{path}.interval"), "state 0 up to the denominator"));
    }
    interval(path, risk.interval.as_ref(), &risk.numerator)?;
    let once = matches!(risk.horizon.unit, HorizonUnit::Lifetime | HorizonUnit::Once);
    if risk.horizon.count == 0 || risk.horizon.count > 1_000 || (once && risk.horizon.count != 1) {
        return Err(Error::invalid(format!("{path}.horizon"), "state 1 to 1,000; of a lifetime, and of once, 1"));
    }
    line(&format!("{path}.population"), &risk.population)
}

fn interval(path: &str, interval: Option<&Interval>, estimate: &Decimal) -> Result<()> {
    let Some(interval) = interval else { return Ok(()) };
    if interval.low.compare(estimate).is_gt() || estimate.compare(&interval.high).is_gt() {
        return Err(Error::invalid(format!("{path}.interval"), "let the interval hold the estimate"));
    }
    if interval.level.as_ref().is_some_and(|level| !within(level, 1, 100)) {
        return Err(Error::invalid(format!("{path}.interval"), "state the level of an interval in percent"));
    }
    Ok(())
}

fn question(path: &str, row: &AidQuestion) -> Result<()> {
    key(&format!("{path}.key"), &row.key)?;
    text(&format!("{path}.text"), &row.text)?;
    key(&format!("{path}.correct"), &row.correct)?;
    optional(&format!("{path}.explanation"), row.explanation.as_ref())?;
    most(&format!("{path}.choices"), row.choices.len())?;
    for choice in &row.choices {
        key(&format!("{path}.choices"), &choice.key)?;
        line(&format!("{path}.choices"), &choice.text)?;
    }
    Ok(())
}

fn source(path: &str, row: &SourceRef) -> Result<()> {
    text(&format!("{path}.citation"), &row.citation)?;
    for (field, words) in [
        ("effect", &row.effect),
        ("doi", &row.doi),
        ("url", &row.url),
        ("conflicts_of_interest", &row.conflicts_of_interest),
    ] {
        optional(&format!("{path}.{field}"), words.as_ref())?;
    }
    let quote = row.quote.iter().flat_map(|quote| [&quote.words, &quote.url]);
    quote.into_iter().try_for_each(|words| text(&format!("{path}.quote"), words))
}

fn concept(path: &str, concept: &Concept) -> Result<()> {
    most(path, concept.codings.len())?;
    for coding in &concept.codings {
        let parts = [coding.system.as_deref(), Some(coding.code.as_str()), coding.display.as_deref()];
        parts.into_iter().flatten().try_for_each(|part| text(path, part))?;
    }
    concept.text.as_ref().map_or(Ok(()), |words| text(path, words.expose()))
}

/// Whether a number is `low` to `high`.
pub(crate) fn within(number: &Decimal, low: i64, high: i64) -> bool {
    number.compare(&Decimal::from(low)).is_ge() && number.compare(&Decimal::from(high)).is_le()
}

fn most(path: &str, count: usize) -> Result<()> {
    if count > MOST { Err(Error::invalid(path.to_owned(), "a list has at most 100 entries")) } else { Ok(()) }
}

fn optional(path: &str, words: Option<&String>) -> Result<()> {
    words.map_or(Ok(()), |words| text(path, words))
}

fn text(path: &str, words: &str) -> Result<()> {
    if words.chars().count() > TEXT || words.contains(|c: char| c.is_control() && c != '\n') {
        return Err(Error::invalid(path.to_owned(), "write at most 8,000 characters without control characters"));
    }
    Ok(())
}

fn line(path: &str, words: &str) -> Result<()> {
    if words.trim().is_empty() || words.chars().count() > LINE || words.contains(char::is_control) {
        return Err(Error::invalid(path.to_owned(), "write one line of at most 300 characters"));
    }
    Ok(())
}

/// A key is part of paths of errors, so it is plain.
fn key(path: &str, key: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if key.is_empty() || key.len() > KEY || !key.chars().all(plain) {
        return Err(Error::invalid(path.to_owned(), "a key is 1 to 64 letters, digits, hyphens, underscores or dots"));
    }
    Ok(())
}
