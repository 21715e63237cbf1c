//! Gathering permitted patients, one way of finding them after the other.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::super::index::{self, Card, Found, flag};
use super::words::{Closeness, Wanted};
use super::{Dictionary, MatchReason, Permits, pid_of};
use crate::error::{Error, Result};
use crate::id::RecordId;
use crate::people::{Patient, PatientHit};
use crate::store::engine::Order;
use crate::store::key::{Ident, Key, Pid, Prefix};
use crate::store::record::{At, Owner, Reader, Record, Stored};
use crate::store::tables::Table;
use crate::time::PartialDate;

/// Fewest digits of a stored number that a longer asked one may end with.
const SUBSCRIBER: usize = 7;

/// What was found so far, and what else must hold.
pub(crate) struct Gathering<'a> {
    reader: &'a Reader<'a>,
    dictionary: Dictionary<'a>,
    permits: Permits<'a>,
    limit: usize,
    pub(crate) closeness: &'static [Closeness],
    /// Of each of these, one date must agree with the date of birth.
    pub(crate) born: Vec<Vec<PartialDate>>,
    /// Ways in which the words of a name may agree; none if there are no words.
    words: Vec<Vec<Wanted>>,
    pids: Option<HashSet<Pid>>,
    seen: HashSet<Pid>,
    pub(crate) hits: Vec<(Pid, PatientHit)>,
}

impl<'a> Gathering<'a> {
    pub(crate) fn new(reader: &'a Reader<'a>, dictionary: Dictionary<'a>, permits: Permits<'a>, limit: usize) -> Self {
        Gathering {
            reader,
            dictionary,
            permits,
            limit,
            closeness: &[],
            born: Vec::new(),
            words: Vec::new(),
            pids: None,
            seen: HashSet::new(),
            hits: Vec::new(),
        }
    }

    /// Whatever is found must have these names too.
    pub(crate) fn require(&mut self, words: Vec<Vec<String>>) -> Result<()> {
        self.words.clear();
        if !words.is_empty() {
            for close in self.closeness {
                self.words.push(self.wanted(&words, *close)?);
            }
        }
        Ok(())
    }

    /// Whatever is found must have this telephone number too.
    pub(crate) fn require_phone(&mut self, digits: &str) -> Result<()> {
        let mut pids = HashSet::new();
        phone_rows(self.reader, digits, &mut |_, found| {
            pids.insert(found.pid);
            Ok(ControlFlow::Continue(()))
        })?;
        self.pids = Some(pids);
        Ok(())
    }

    fn wanted(&self, words: &[Vec<String>], close: Closeness) -> Result<Vec<Wanted>> {
        words.iter().map(|word| Wanted::of(word, close, self.reader.read, self.dictionary)).collect()
    }

    fn full(&self) -> ControlFlow<()> {
        if self.hits.len() >= self.limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether what must hold beside the way of finding holds.
    fn agrees(&self, pid: Pid, sort: &str, card: &Card<'_>) -> bool {
        self.born.iter().all(|dates| dates.iter().any(|date| agrees(*date, card.born)))
            && self.pids.as_ref().is_none_or(|pids| pids.contains(&pid))
            && (self.words.is_empty() || self.words.iter().any(|words| total(words, sort, card).is_some()))
    }

    fn offer(&mut self, pid: Pid, sort: &str, card: &Card<'_>, reason: MatchReason) -> ControlFlow<()> {
        let shown = card.covering.flags & flag::LISTED != 0 && !self.seen.contains(&pid);
        if shown && (self.permits)(pid, card.covering) && self.agrees(pid, sort, card) {
            self.seen.insert(pid);
            self.hits.push((pid, PatientHit { patient: card.row(), reason }));
        }
        self.full()
    }

    fn found(&mut self, row: &[u8], found: &Found<'_>, reason: MatchReason) -> Result<ControlFlow<()>> {
        match found.card {
            Some((sort, card)) => {
                let card = Card::parse(Table::Ident, row, card)?;
                Ok(self.offer(found.pid, sort, &card, reason))
            }
            None => Ok(ControlFlow::Continue(())),
        }
    }

    /// By identifier, or by id.
    pub(crate) fn identifier(&mut self, value: &str, system: Option<&str>) -> Result<()> {
        if self.full().is_break() {
            return Ok(());
        }
        if system.is_none()
            && let Ok(id) = value.trim().parse::<RecordId>()
        {
            self.record(id)?;
        }
        let rows = Prefix::of(index::identifier_rows(value, system));
        self.reader.read.scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, bytes| {
            self.found(row, &Found::parse(row, bytes)?, MatchReason::Identifier)
        })
    }

    fn record(&mut self, id: RecordId) -> Result<()> {
        let Some(locator) = self.reader.locate(id)?.filter(|locator| locator.kind == Patient::KIND) else {
            return Ok(());
        };
        let pid = locator.owner.pid();
        // What may not be shown is not opened.
        if locator.covering.flags & flag::LISTED == 0 || !(self.permits)(pid, locator.covering) {
            return Ok(());
        }
        let stored: Stored<Patient> = self.reader.current(&locator)?;
        let at = At { owner: Owner::Patient(pid), id, header: &stored.header };
        let written = index::Written::of(&stored.record, at, locator.covering);
        let card = Card::parse(locator.table, &locator.key, &written.bytes)?;
        let _ = self.offer(pid, &written.sort, &card, MatchReason::Identifier);
        Ok(())
    }

    /// By telephone number.
    pub(crate) fn phone(&mut self, digits: &str) -> Result<()> {
        if self.full().is_break() {
            return Ok(());
        }
        let reader = self.reader;
        phone_rows(reader, digits, &mut |row, found| self.found(row, found, MatchReason::Phone))
    }

    /// By date of birth alone.
    pub(crate) fn birth_date(&mut self) -> Result<()> {
        let dates = self.born.first().cloned().unwrap_or_default();
        for date in dates {
            if self.full().is_break() {
                break;
            }
            let rows = Prefix::of(index::birth_rows(date));
            self.reader.read.scan(Table::Ident, rows.span(), Order::Ascending, &mut |row, bytes| {
                self.found(row, &Found::parse(row, bytes)?, MatchReason::BirthDate)
            })?;
        }
        Ok(())
    }

    /// By words of names, the closest first.
    pub(crate) fn names(&mut self, words: &[Vec<String>]) -> Result<()> {
        for close in self.closeness {
            if self.full().is_break() {
                break;
            }
            let wanted = self.wanted(words, *close)?;
            self.named(words, &wanted, *close)?;
        }
        Ok(())
    }

    /// Reads the rows of the word that has the fewest, and tests the other words against each.
    fn named(&mut self, words: &[Vec<String>], wanted: &[Wanted], close: Closeness) -> Result<()> {
        let mut rarest = 0;
        if wanted.len() > 1 {
            let mut fewest = u64::MAX;
            for (place, word) in wanted.iter().enumerate() {
                let rows = word.rows(self.dictionary)?;
                if rows < fewest {
                    (rarest, fewest) = (place, rows);
                }
            }
        }
        let Some(leading) = wanted.get(rarest) else { return Ok(()) };
        // Several words differ in sum: all are read, then put in order. One word is read in order.
        let ordered = wanted.len() == 1 || close != Closeness::Fuzzy;
        let mut later: Vec<(u8, Pid, PatientHit)> = Vec::new();
        for (distance, span) in leading.spans() {
            if close == Closeness::Fuzzy && wanted.len() == 1 && distance == 0 {
                continue;
            }
            let rows = Prefix::of(span);
            self.reader.read.scan(Table::Name, rows.span(), Order::Ascending, &mut |row, bytes| {
                let pid = pid_of(row)?;
                let covering = Card::covering(Table::Name, row, bytes)?;
                if self.seen.contains(&pid) || !(self.permits)(pid, covering) {
                    return Ok(ControlFlow::Continue(()));
                }
                let card = Card::parse(Table::Name, row, bytes)?;
                let sort = sort_of(row)?;
                let Some(distance) = total(wanted, sort, &card) else { return Ok(ControlFlow::Continue(())) };
                if !self.agrees(pid, sort, &card) {
                    return Ok(ControlFlow::Continue(()));
                }
                let reason = match close {
                    Closeness::Exact => MatchReason::NameExact,
                    Closeness::Prefix if exact(words, sort, &card) => MatchReason::NameExact,
                    Closeness::Prefix => MatchReason::NamePrefix,
                    Closeness::Fuzzy => MatchReason::Fuzzy { distance },
                    Closeness::Phonetic => MatchReason::Phonetic,
                };
                let hit = PatientHit { patient: card.row(), reason };
                if ordered {
                    self.seen.insert(pid);
                    self.hits.push((pid, hit));
                    return Ok(self.full());
                }
                later.push((distance, pid, hit));
                Ok(ControlFlow::Continue(()))
            })?;
            if self.full().is_break() {
                break;
            }
        }
        later.sort_by_key(|(distance, _, _)| *distance);
        for (_, pid, hit) in later {
            if self.full().is_break() {
                break;
            }
            if self.seen.insert(pid) {
                self.hits.push((pid, hit));
            }
        }
        Ok(())
    }
}

/// What a scan of `ident` calls for each row.
type VisitFound<'a> = dyn FnMut(&[u8], &Found<'_>) -> Result<ControlFlow<()>> + 'a;

/// Numbers that end with the digits asked for, then shorter ones that they end with.
fn phone_rows(reader: &Reader<'_>, digits: &str, visit: &mut VisitFound<'_>) -> Result<()> {
    let longer = index::phone_rows(digits);
    let shorter = (SUBSCRIBER..digits.len()).rev().filter_map(|length| {
        let reversed: String = digits.chars().rev().take(length).collect();
        (!reversed.is_empty()).then(|| Key::new().u8(Ident::Phone as u8).text(&reversed).done())
    });
    let mut stopped = false;
    for rows in std::iter::once(longer).chain(shorter) {
        if stopped {
            break;
        }
        reader.read.scan(Table::Ident, Prefix::of(rows).span(), Order::Ascending, &mut |row, bytes| {
            let flow = visit(row, &Found::parse(row, bytes)?)?;
            stopped = flow.is_break();
            Ok(flow)
        })?;
    }
    Ok(())
}

/// Whether a date asked for and a date of birth agree as far as both are known.
fn agrees(asked: PartialDate, (year, month, day): (u16, u8, u8)) -> bool {
    let part = |asked: Option<u8>, known: u8| asked.is_none_or(|asked| known == 0 || asked == known);
    year == asked.year() && part(asked.month(), month) && part(asked.day(), day)
}

fn tokens<'a>(sort: &'a str, card: &Card<'a>) -> impl Iterator<Item = &'a str> {
    sort.split(' ').chain(card.words.split(' ')).filter(|token| !token.is_empty())
}

/// How far the words are from the names of a card together; none if one of them is too far.
fn total(words: &[Wanted], sort: &str, card: &Card<'_>) -> Option<u8> {
    words.iter().try_fold(0u8, |sum, word| Some(sum.saturating_add(word.distance(tokens(sort, card))?)))
}

fn exact(words: &[Vec<String>], sort: &str, card: &Card<'_>) -> bool {
    words.iter().all(|word| tokens(sort, card).any(|token| word.iter().any(|spelling| spelling == token)))
}

/// The sort name in the key of a row of a token.
fn sort_of(row: &[u8]) -> Result<&str> {
    let sort = index::text_at(row, 2).and_then(|(_, next)| index::text_at(row, next)).map(|(sort, _)| sort);
    sort.ok_or_else(|| Error::corrupted(Table::Name.name(), row, "a row of a name is cut off"))
}
