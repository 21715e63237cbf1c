//! Finding patients, and listing them by name.

pub(crate) mod dictionary;
mod distance;
mod gather;
mod question;
mod words;

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::dictionary::TokenDictionary;
use self::gather::Gathering;
use self::words::Closeness;
use super::index::{self, Card, NameKey};
use super::{MatchReason, PatientHit, PatientRow, fold};
use crate::error::{Error, Result};
use crate::sensitive::Sensitive;
use crate::store::engine::Order;
use crate::store::key::{Pid, Prefix};
use crate::store::record::{Covering, Reader};
use crate::store::tables::Table;
use crate::time::PartialDate;

/// How the words of a search may differ from names. Each is tried in turn until enough patients are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameMatching {
    /// Names that begin with the words, then names that differ by a slip of the hand, then names that sound alike.
    #[default]
    Any,
    /// Names that are the words, however they are written: `Müller` is `MUELLER`.
    Exact,
    /// Names that begin with the words.
    Prefix,
    /// Names that begin with the words, then names that differ by one letter, or by two if the word has six or more.
    Fuzzy,
    /// Names that begin with the words, then names that sound alike in English or German.
    Phonetic,
}

/// What is asked for. Whatever is given must hold of a patient; a search in which nothing is given is `Invalid`.
///
/// # Example
/// ```
/// use prm_core::people::PatientSearch;
/// let question = PatientSearch { birth_date: Some("1987-04".parse()?), ..PatientSearch::text("ana ort") };
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PatientSearch {
    /// What someone typed: words of names, an identifier, the id, a telephone number, a date of birth as `1987-04-03`,
    /// `3.4.1987` or `4/3/1987`, or names with a date or year of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sensitive>,
    /// Words of names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Sensitive>,
    /// How words may differ from names.
    pub matching: NameMatching,
    /// An identifier; case, spaces and punctuation do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Sensitive>,
    /// URI of the system of the identifier; none means any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier_system: Option<String>,
    /// Date of birth. A patient whose date is known to the month or year alone agrees with every day of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// A telephone number with or without prefixes, or at least its last four digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Sensitive>,
}

impl PatientSearch {
    /// A search for what someone typed.
    pub fn text(text: impl Into<Sensitive>) -> Self {
        PatientSearch { text: Some(text.into()), ..PatientSearch::default() }
    }
}

/// Where the dictionary of name tokens comes from, if it is needed.
pub(crate) type Dictionary<'a> = &'a dyn Fn() -> Result<Arc<TokenDictionary>>;
/// Whether a patient may be shown. It is asked before a patient counts.
pub(crate) type Permits<'a> = &'a dyn Fn(Pid, Covering) -> bool;

/// The first `limit` permitted patients that a question finds: by identifier, then by telephone, then by names in the
/// order of [`NameMatching`], each in the order of the token found and the sort name.
///
/// # Errors
/// `Invalid` if nothing is asked for.
pub(crate) fn search(
    reader: &Reader<'_>,
    dictionary: Dictionary<'_>,
    question: &PatientSearch,
    permits: Permits<'_>,
    limit: usize,
) -> Result<Vec<(Pid, PatientHit)>> {
    let typed = question.text.as_ref().map(|text| question::recognise(text.expose()));
    let named = question.name.as_ref().map(|name| question::bounded(name.expose())).unwrap_or_default();
    let named = fold::asked_words(named);
    let text_words = typed.as_ref().map(|t| t.words.clone()).unwrap_or_default();
    let mut found = Gathering::new(reader, dictionary, permits, limit);
    found.closeness = Closeness::of(question.matching);
    found.born.extend(question.birth_date.map(|date| vec![date]));
    found.born.extend(typed.as_ref().map(|t| t.born.clone()).filter(|born| !born.is_empty()));
    let wanted = |also: Vec<Vec<String>>| -> Vec<Vec<String>> {
        let mut words = also;
        words.extend(named.iter().cloned());
        words.truncate(question::WORDS);
        words
    };
    let phone = question.phone.as_ref().map(|phone| {
        let digits = index::phone_digits(phone.expose());
        digits.ok_or_else(|| Error::invalid("phone", "a telephone number has four digits or more"))
    });
    let phone = phone.transpose()?;
    if let Some(identifier) = &question.identifier {
        found.require(wanted(text_words))?;
        if let Some(digits) = &phone {
            found.require_phone(digits)?;
        }
        found.identifier(identifier.expose(), question.identifier_system.as_deref())?;
        return Ok(found.hits);
    }
    if let Some(digits) = &phone {
        found.require(wanted(text_words))?;
        found.phone(digits)?;
        return Ok(found.hits);
    }
    if let Some(typed) = &typed {
        found.require(named.clone())?;
        if let Some(identifier) = &typed.identifier {
            found.identifier(identifier, None)?;
        }
        if let Some(digits) = &typed.phone {
            found.phone(digits)?;
        }
        found.require(Vec::new())?;
        if text_words.is_empty() && (typed.identifier.is_some() || typed.phone.is_some()) {
            return Ok(found.hits);
        }
    }
    let words = wanted(text_words);
    if !words.is_empty() {
        found.names(&words)?;
    } else if !found.born.is_empty() {
        found.birth_date()?;
    } else {
        return Err(Error::invalid("search", "nothing is asked for"));
    }
    Ok(found.hits)
}

/// Some patients in the order of names.
#[derive(Debug, Default)]
pub(crate) struct PatientList {
    pub(crate) patients: Vec<(Pid, PatientRow)>,
    /// The position after the last patient, if there are more. It holds a name: it leaves the library sealed.
    pub(crate) next: Option<Vec<u8>>,
}

/// Up to `limit` permitted patients in the order of folded family and given names, from behind a position.
///
/// # Errors
/// `Invalid` if `after` is not a position of this list.
pub(crate) fn list(
    reader: &Reader<'_>,
    after: Option<&[u8]>,
    limit: usize,
    permits: Permits<'_>,
) -> Result<PatientList> {
    let all = NameKey::Sort.key().done();
    let mut rows = Prefix::of(all.clone());
    if let Some(after) = after {
        if !after.starts_with(&all) {
            return Err(Error::invalid("after", "the position is not one of this list"));
        }
        rows = rows.starting_at([after, &[0]].concat());
    }
    let mut list = PatientList::default();
    let mut last = Vec::new();
    reader.read.scan(Table::Name, rows.span(), Order::Ascending, &mut |row, bytes| {
        let pid = pid_of(row)?;
        if !permits(pid, Card::covering(Table::Name, row, bytes)?) {
            return Ok(ControlFlow::Continue(()));
        }
        if list.patients.len() == limit {
            list.next = Some(std::mem::take(&mut last));
            return Ok(ControlFlow::Break(()));
        }
        list.patients.push((pid, Card::parse(Table::Name, row, bytes)?.row()));
        if list.patients.len() == limit {
            last = row.to_vec();
        }
        Ok(ControlFlow::Continue(()))
    })?;
    list.next = list.next.filter(|position| !position.is_empty());
    Ok(list)
}

/// Those of some patients that lists show and that are permitted, in the order of names. For an actor whose patients
/// are few and known: no other row is looked at.
pub(crate) fn list_of(reader: &Reader<'_>, pids: &[Pid], permits: Permits<'_>) -> Result<Vec<(Pid, PatientRow)>> {
    let mut listed = Vec::new();
    let mut seen = HashSet::new();
    for pid in pids.iter().filter(|pid| seen.insert(**pid)) {
        let Some((_, sort)) = index::by_pid(reader.read, *pid)? else { continue };
        let row = index::sort_row(&sort, *pid);
        let Some(bytes) = reader.read.get(Table::Name, &row)? else { continue };
        let card = Card::parse(Table::Name, &row, &bytes)?;
        if permits(*pid, card.covering) {
            listed.push((row, *pid, card.row()));
        }
    }
    listed.sort_unstable_by(|(a, _, _), (b, _, _)| a.cmp(b));
    Ok(listed.into_iter().map(|(_, pid, row)| (pid, row)).collect())
}

/// The pid that a row of `name` ends with.
fn pid_of(row: &[u8]) -> Result<Pid> {
    let pid = row.last_chunk().map(|pid| u64::from_be_bytes(*pid));
    pid.ok_or_else(|| Error::corrupted(Table::Name.name(), row, "a key ends before its pid"))
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
