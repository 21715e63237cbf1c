//! What comes back from the page of an aid is checked before anything of it is recorded.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::limits::within;
use super::{AidAnswers, AidStatus, DecisionAid, ValuesMethod, ipdas};
use crate::decide::{AidUse, DecisionMove, DecisionRole, Elicitation, KnowledgeAnswer, Preferences};
use crate::error::{Error, Result};
use crate::govern::Who;
use crate::id::DecisionAidId;
use crate::sensitive::Sensitive;
use crate::time::Instant;
use crate::value::Decimal;

/// Bytes of what a page may send back.
const LARGEST: usize = 256 * 1024;
/// Characters of a question or of words.
const TEXT: usize = 4_000;
/// Questions of one page.
const QUESTIONS: usize = 50;

/// Who answered on the page of an aid, and when it came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredBy {
    /// The aid, if it is kept in the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aid: Option<DecisionAidId>,
    /// Who: the patient, or who decides for them.
    pub who: Who,
    /// When.
    pub at: Instant,
}

/// Answers that fit their aid, as they are recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckedAnswers {
    /// The use of the aid.
    pub aid: AidUse,
    /// Keys of all options in the order in which the page had them.
    pub order: Vec<String>,
    /// What matters; none if nothing was said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferences: Option<Preferences>,
    /// Answers to questions of knowledge.
    pub knowledge: Vec<KnowledgeAnswer>,
    /// Questions and concerns.
    pub questions: Vec<Sensitive>,
    /// The role the patient wants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_wanted: Option<DecisionRole>,
    /// Key of the option that the patient leans to. It is no choice yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaning: Option<String>,
}

impl AidAnswers {
    /// Reads what a page sent back: JSON of at most 256 KiB, with the names of the fields and no others.
    ///
    /// # Errors
    /// `Invalid` if it is larger, or is not that. The error repeats nothing of the text.
    pub fn from_json(text: &str) -> Result<Self> {
        if text.len() > LARGEST {
            return Err(Error::invalid("answers", "send at most 256 KiB of answers"));
        }
        // What serde says of it would repeat words of the patient.
        serde_json::from_str(text)
            .map_err(|_| Error::invalid("answers", "send the JSON that a page of this version of the library makes"))
    }
}

/// Answers from a page nobody vouches for, checked against the aid: what was seen is of the options, the order has each of
/// them once, scores are within their scale, and one leans only to what one saw. Attributes that were left out are left out
/// of the preferences too; options are scored on all attributes that were rated, or on none.
///
/// # Errors
/// `Invalid` with the field that does not fit; answers are taken as a whole or not at all. The error repeats nothing that
/// the patient wrote.
pub fn check_answers(aid: &DecisionAid, answers: &AidAnswers, by: &AnsweredBy) -> Result<CheckedAnswers> {
    if answers.aid != aid.name {
        return Err(Error::invalid("aid", "these are answers to another aid"));
    }
    if answers.version != aid.version {
        return Err(Error::invalid("version", "these are answers to another version of the aid"));
    }
    if aid.status == AidStatus::Draft {
        return Err(Error::invalid("aid", "an aid that is being written is not answered"));
    }
    by.who.check()?;
    let options: BTreeSet<&str> = aid.options.iter().map(|option| option.key.as_str()).collect();
    let order = keys("order", &answers.order, &options)?;
    if order.len() != options.len() {
        return Err(Error::invalid("order", "name every option of the aid once"));
    }
    let seen = keys("seen", &answers.seen, &options)?;
    if answers.leaning.as_ref().is_some_and(|key| !seen.contains(key.as_str())) {
        return Err(Error::invalid("leaning", "lean to an option that was seen, or to none"));
    }
    if matches!(answers.role_wanted, Some(DecisionRole::Other(_))) {
        return Err(Error::invalid("role_wanted", "name a role that this version of the library knows"));
    }
    if answers.questions.len() > QUESTIONS {
        return Err(Error::invalid("questions", "ask 50 questions at most"));
    }
    answers.questions.iter().try_for_each(|question| words("questions", question))?;
    Ok(CheckedAnswers {
        aid: AidUse {
            aid: by.aid,
            name: aid.name.clone(),
            title: aid.title.clone(),
            version: aid.version.clone(),
            ipdas: Some(ipdas(aid).status),
            licence: Some(aid.licence.clone()),
            expires: Some(aid.expires),
            used: by.at,
            seen: answers.order.iter().filter(|key| seen.contains(key.as_str())).cloned().collect(),
        },
        order: answers.order.clone(),
        preferences: preferences(aid, answers, &by.who)?,
        knowledge: knowledge(aid, answers)?,
        questions: answers.questions.clone(),
        role_wanted: answers.role_wanted.clone(),
        leaning: answers.leaning.clone(),
    })
}

/// What to do with a decision so that it holds `checked`, in this order: the aid was used, questions of knowledge, the role
/// wanted, what matters, questions and concerns. Showing and explaining options ([`DecisionMove::Present`]) and choosing are
/// not among them: a page explains nothing, and to lean is not to choose.
pub fn moves(checked: &CheckedAnswers) -> Vec<DecisionMove> {
    let mut moves = vec![DecisionMove::UseAid(checked.aid.clone())];
    if !checked.knowledge.is_empty() {
        moves.push(DecisionMove::CheckKnowledge(checked.knowledge.clone()));
    }
    moves.extend(checked.role_wanted.clone().map(DecisionMove::WantRole));
    moves.extend(checked.preferences.clone().map(DecisionMove::Elicit));
    moves.extend(checked.questions.iter().cloned().map(DecisionMove::Ask));
    moves
}

/// `given` as a set, if each key is known and there once.
fn keys<'a>(field: &'static str, given: &'a [String], known: &BTreeSet<&str>) -> Result<BTreeSet<&'a str>> {
    let set: BTreeSet<&str> = given.iter().map(String::as_str).collect();
    if set.len() != given.len() || !set.iter().all(|key| known.contains(key)) {
        return Err(Error::invalid(field, "name options of the aid, each once"));
    }
    Ok(set)
}

/// A text that is there and not too long.
fn words(field: &'static str, text: &Sensitive) -> Result<()> {
    let text = text.expose();
    if text.trim().is_empty() || text.chars().count() > TEXT {
        return Err(Error::invalid(field, "write 1 to 4,000 characters"));
    }
    Ok(())
}

fn preferences(aid: &DecisionAid, answers: &AidAnswers, who: &Who) -> Result<Option<Preferences>> {
    answers.words.as_ref().map_or(Ok(()), |text| words("words", text))?;
    let mut rated: BTreeSet<&str> = BTreeSet::new();
    for row in &answers.values {
        let known = aid.attributes.iter().any(|attribute| attribute.key == row.attribute);
        if !known || !rated.insert(row.attribute.as_str()) || !within(&row.score, 0, 100) {
            return Err(Error::invalid("values", "rate attributes of the aid, each once, from 0 to 100"));
        }
    }
    let highest = answers.values.iter().map(|row| &row.score).max_by(|a, b| a.compare(b));
    let elicitation = match (&aid.method, highest) {
        (_, None) => Elicitation::Words,
        (ValuesMethod::Ratings, Some(highest)) if highest.compare(&Decimal::from(0)).is_gt() => {
            Elicitation::Ratings(answers.values.clone())
        }
        (ValuesMethod::Ratings, Some(_)) => {
            return Err(Error::invalid("values", "rate one attribute above 0, or say nothing of them"));
        }
        (ValuesMethod::Swing, Some(highest)) if highest.same_value(&Decimal::from(100)) => {
            Elicitation::Swing(answers.values.clone())
        }
        (ValuesMethod::Swing, Some(_)) => return Err(Error::invalid("values", "give the best swing 100")),
        (ValuesMethod::Words | ValuesMethod::Other(_), Some(_)) => {
            return Err(Error::invalid("values", "this aid asks for words alone"));
        }
    };
    let mut scored: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in &answers.scores {
        let known = aid.options.iter().any(|option| option.key == row.option) && rated.contains(row.attribute.as_str());
        if !known || !scored.insert((&row.option, &row.attribute)) || !within(&row.score, 0, 1) {
            return Err(Error::invalid("scores", "score options on rated attributes, each pair once, from 0 to 1"));
        }
    }
    if !scored.is_empty() && scored.len() != aid.options.len().saturating_mul(rated.len()) {
        return Err(Error::invalid("scores", "score every option on every attribute that was rated, or none"));
    }
    if answers.values.is_empty() && answers.words.is_none() {
        return Ok(None);
    }
    Ok(Some(Preferences {
        attributes: aid.attributes.iter().filter(|row| rated.contains(row.key.as_str())).cloned().collect(),
        elicitation,
        scores: answers.scores.clone(),
        words: answers.words.clone(),
        said_by: who.clone(),
    }))
}

fn knowledge(aid: &DecisionAid, answers: &AidAnswers) -> Result<Vec<KnowledgeAnswer>> {
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    for row in &answers.knowledge {
        let wrong = || Error::invalid("knowledge", "answer questions of the aid, each once, by one of its answers");
        let question = aid.questions.iter().find(|question| question.key == row.question).ok_or_else(wrong)?;
        let offered = |key: &String| question.choices.iter().any(|choice| choice.key == *key);
        if !asked.insert(row.question.as_str()) || row.answer.as_ref().is_some_and(|key| !offered(key)) {
            return Err(wrong());
        }
        rows.push(KnowledgeAnswer {
            question: row.question.clone(),
            answer: row.answer.clone(),
            correct: row.answer.as_ref() == Some(&question.correct),
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
