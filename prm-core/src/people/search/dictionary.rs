//! The distinct name tokens of a store, kept in memory: what a word with slips of the hand may have meant.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::index;
use super::distance::Pattern;
use crate::error::{Error, Result};
use crate::store::engine::{Order, Read, Span};
use crate::store::key;
use crate::store::tables::Table;
use crate::store::tx;

/// Changed tokens that are kept beside the sorted ones before all are sorted again.
const CHANGED: usize = 4096;

/// Distinct name tokens with the number of listed patients that have each.
#[derive(Debug, Clone, Default)]
pub(crate) struct TokenDictionary {
    sorted: Arc<Sorted>,
    /// Current counts of tokens whose count changed since; 0 for one that is gone.
    changed: BTreeMap<String, u64>,
}

/// Tokens in the order of text, end to end, and in the order of length for comparing.
#[derive(Debug, Default)]
struct Sorted {
    text: String,
    /// Where each token ends.
    ends: Vec<u32>,
    /// Patients of a token and all before it.
    patients: Vec<u64>,
    /// Tokens by their length in characters, then in the order of text.
    by_length: Vec<u32>,
    /// Letters that occur, beside `by_length`.
    letters: Vec<u32>,
    /// Where each length begins in `by_length`.
    lengths: Vec<usize>,
}

impl Sorted {
    /// From tokens in the order of text.
    fn of<'a>(tokens: impl Iterator<Item = (&'a str, u64)>) -> Self {
        let mut sorted = Sorted::default();
        let mut patients = 0;
        let mut keyed: Vec<(usize, u32, u32)> = Vec::new();
        for (number, (token, count)) in (0u32..).zip(tokens) {
            sorted.text.push_str(token);
            sorted.ends.push(u32::try_from(sorted.text.len()).unwrap_or(u32::MAX));
            patients += count;
            sorted.patients.push(patients);
            keyed.push((token.chars().count(), number, letters(token)));
        }
        keyed.sort_unstable_by_key(|(length, number, _)| (*length, *number));
        for (place, (length, number, letters)) in keyed.into_iter().enumerate() {
            while sorted.lengths.len() <= length {
                sorted.lengths.push(place);
            }
            sorted.by_length.push(number);
            sorted.letters.push(letters);
        }
        sorted.lengths.push(sorted.by_length.len());
        sorted
    }

    fn token(&self, number: usize) -> &str {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        (0..self.ends.len()).map(|number| {
            let before = number.checked_sub(1).and_then(|before| self.patients.get(before)).copied().unwrap_or(0);
            (self.token(number), self.patients.get(number).copied().unwrap_or(before) - before)
        })
    }

    /// The number of the first token that does not come before `text`.
    fn first_from(&self, text: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.token(middle) < text { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn patients_before(&self, number: usize) -> u64 {
        number.checked_sub(1).and_then(|before| self.patients.get(before)).copied().unwrap_or(0)
    }

    /// Tokens of a length in characters, as places in `by_length`.
    fn of_length(&self, length: usize) -> std::ops::Range<usize> {
        let end = self.by_length.len();
        let start = self.lengths.get(length).copied().unwrap_or(end);
        start..self.lengths.get(length + 1).copied().unwrap_or(end)
    }
}

/// One bit for each letter that occurs; several share a bit outside `a` to `z`.
fn letters(token: &str) -> u32 {
    token.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) & 31))
}

impl TokenDictionary {
    /// The tokens of a store.
    pub(crate) fn load(read: &dyn Read) -> Result<Self> {
        let mut tokens: Vec<(String, u64)> = Vec::new();
        let all = Span { start: &[], end: None };
        read.scan(Table::Token, all, Order::Ascending, &mut |row, value| {
            tokens.push((token(row)?.to_owned(), tx::read_count(Table::Token, row, value)?));
            Ok(ControlFlow::Continue(()))
        })?;
        let sorted = Sorted::of(tokens.iter().map(|(token, count)| (token.as_str(), *count)));
        Ok(TokenDictionary { sorted: Arc::new(sorted), changed: BTreeMap::new() })
    }

    /// Takes over rows of the table of tokens that a commit put (`Some`) or deleted (`None`).
    pub(crate) fn apply<'a>(&mut self, rows: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>) -> Result<()> {
        for (row, value) in rows {
            let count = value.map(|value| tx::read_count(Table::Token, row, value)).transpose()?;
            self.changed.insert(token(row)?.to_owned(), count.unwrap_or(0));
        }
        if self.changed.len() > CHANGED {
            let mut all: BTreeMap<&str, u64> = self.sorted.iter().collect();
            all.extend(self.changed.iter().map(|(token, count)| (token.as_str(), *count)));
            let sorted = Sorted::of(all.into_iter().filter(|(_, count)| *count > 0));
            self.sorted = Arc::new(sorted);
            self.changed.clear();
        }
        Ok(())
    }

    /// Number of distinct tokens.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        let known = |token: &str| self.sorted.token(self.sorted.first_from(token)) == token;
        self.changed.iter().fold(self.sorted.ends.len(), |len, (token, count)| match (known(token), *count > 0) {
            (true, false) => len - 1,
            (false, true) => len + 1,
            _ => len,
        })
    }

    /// About how many rows there are of tokens that begin with `prefix`: changes of known tokens are not counted.
    pub(crate) fn rows_of_prefix(&self, prefix: &str) -> u64 {
        let end = key::after(prefix.as_bytes()).and_then(|end| String::from_utf8(end).ok());
        let after = match &end {
            Some(end) => self.sorted.first_from(end),
            // The last letter has no successor in UTF-8: step over the tokens.
            None => {
                let first = self.sorted.first_from(prefix);
                (first..self.sorted.ends.len())
                    .find(|n| !self.sorted.token(*n).starts_with(prefix))
                    .unwrap_or(self.sorted.ends.len())
            }
        };
        let sorted = self
            .sorted
            .patients_before(after)
            .saturating_sub(self.sorted.patients_before(self.sorted.first_from(prefix)));
        let from = (std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded);
        let changed = self.changed.range::<str, _>(from).take_while(|(token, _)| token.starts_with(prefix));
        sorted + changed.map(|(_, count)| count).sum::<u64>()
    }

    /// Rows of a token.
    pub(crate) fn rows_of(&self, token: &str) -> u64 {
        if let Some(count) = self.changed.get(token) {
            return *count;
        }
        let number = self.sorted.first_from(token);
        if self.sorted.token(number) == token {
            self.sorted.patients_before(number + 1) - self.sorted.patients_before(number)
        } else {
            0
        }
    }

    /// Tokens that differ from `word` in one to `most` letters inserted, left out, replaced or swapped with the next,
    /// nearest first; of equally near ones those with the same first letter first, then in the order of text.
    pub(crate) fn similar(&self, word: &str, most: u8) -> Vec<(u8, String)> {
        let pattern = Pattern::new(word);
        let wanted = letters(word);
        let apart = 2 * u32::from(most);
        let mut similar: Vec<(u8, String)> = Vec::new();
        let shortest = pattern.len().saturating_sub(usize::from(most));
        for length in shortest..=pattern.len() + usize::from(most) {
            let places = self.sorted.of_length(length);
            let numbers = self.sorted.by_length.get(places.clone()).unwrap_or_default();
            let letters = self.sorted.letters.get(places).unwrap_or_default();
            for (number, letters) in numbers.iter().zip(letters) {
                // An edit changes which letters occur by two at most.
                if (letters ^ wanted).count_ones() > apart {
                    continue;
                }
                let token = self.sorted.token(*number as usize);
                let distance = pattern.distance(token);
                if distance > 0 && distance <= usize::from(most) && !self.changed.contains_key(token) {
                    similar.push((u8::try_from(distance).unwrap_or(most), token.to_owned()));
                }
            }
        }
        for (token, _) in self.changed.iter().filter(|(_, count)| **count > 0) {
            let distance = pattern.distance(token);
            if distance > 0 && distance <= usize::from(most) {
                similar.push((u8::try_from(distance).unwrap_or(most), token.clone()));
            }
        }
        let first = word.chars().next();
        similar.sort_unstable_by(|(d, a), (e, b)| {
            (d, a.chars().next() != first, a).cmp(&(e, b.chars().next() != first, b))
        });
        similar
    }

    /// Bytes of memory it takes, roughly.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        let sorted = &self.sorted;
        sorted.text.len()
            + 4 * (sorted.ends.len() + sorted.by_length.len() + sorted.letters.len())
            + 8 * sorted.patients.len()
    }
}

fn token(row: &[u8]) -> Result<&str> {
    let token = index::text_at(row, 1).map(|(token, _)| token);
    token.ok_or_else(|| Error::corrupted(Table::Token.name(), row, "a row is not that of a token"))
}

/// The dictionary of an open store: loaded when first asked for, carried on by commits.
#[derive(Debug, Default)]
pub(crate) struct TokenCache(Mutex<Option<(u64, Arc<TokenDictionary>)>>);

impl TokenCache {
    /// The dictionary of the state after commit `sequence`, or of a later one. `read` is a snapshot of that state.
    pub(crate) fn at(&self, sequence: u64, read: &dyn Read) -> Result<Arc<TokenDictionary>> {
        if let Some((loaded, dictionary)) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner)
            && *loaded >= sequence
        {
            return Ok(Arc::clone(dictionary));
        }
        let loaded = Arc::new(TokenDictionary::load(read)?);
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.as_ref().is_none_or(|(known, _)| *known < sequence) {
            *cache = Some((sequence, Arc::clone(&loaded)));
        }
        Ok(loaded)
    }

    /// Carries the dictionary from the state after commit `before` to that after `sequence`, by the rows of the table
    /// of tokens that were put or deleted. A dictionary of another state is dropped, one not loaded yet stays so.
    pub(crate) fn committed<'a>(
        &self,
        before: u64,
        sequence: u64,
        rows: impl Iterator<Item = (&'a [u8], Option<&'a [u8]>)>,
    ) {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((known, dictionary)) = cache.as_mut() else { return };
        let carried = *known == before && Arc::make_mut(dictionary).apply(rows).is_ok();
        if carried { *known = sequence } else { *cache = None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::index::token_row;
    use proptest::prelude::*;

    fn of(tokens: &BTreeMap<String, u64>) -> TokenDictionary {
        let sorted = Sorted::of(tokens.iter().map(|(t, n)| (t.as_str(), *n)));
        TokenDictionary { sorted: Arc::new(sorted), changed: BTreeMap::new() }
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof!["[a-d]{1,7}", "[a-cä-ö\u{431}\u{5c71}]{1,5}"]
    }

    proptest! {
        #[test]
        fn a_dictionary_that_was_carried_on_answers_like_one_that_was_loaded(
            before in proptest::collection::btree_map(word(), 1u64..9, 0..40),
            changes in proptest::collection::btree_map(word(), 0u64..9, 0..20),
            asked in word(), most in 1u8..=2,
        ) {
            let mut after = before.clone();
            after.extend(changes.clone());
            after.retain(|_, n| *n > 0);
            let mut carried = of(&before);
            let rows: Vec<(Vec<u8>, Option<Vec<u8>>)> = changes
                .iter()
                .map(|(t, n)| (token_row(t), (*n > 0).then(|| n.to_be_bytes().to_vec())))
                .collect();
            carried.apply(rows.iter().map(|(k, v)| (k.as_slice(), v.as_deref()))).unwrap();
            let mut expected: Vec<(usize, bool, String)> = after
                .keys()
                .map(|t| (strsim::osa_distance(&asked, t), t.chars().next() != asked.chars().next(), t.clone()))
                .filter(|(d, _, _)| *d > 0 && *d <= usize::from(most))
                .collect();
            expected.sort();
            let expected: Vec<(u8, String)> = expected.into_iter().map(|(d, _, t)| (d as u8, t)).collect();
            prop_assert_eq!(carried.similar(&asked, most), expected.clone());
            prop_assert_eq!(of(&after).similar(&asked, most), expected);
            prop_assert_eq!(carried.len(), after.len());
            prop_assert_eq!(carried.rows_of(&asked), after.get(&asked).copied().unwrap_or(0));
            let begun = after.iter().filter(|(t, _)| t.starts_with(asked.as_str())).map(|(_, n)| n).sum::<u64>();
            prop_assert_eq!(of(&after).rows_of_prefix(&asked), begun);
        }
    }

    #[test]
    fn many_changes_are_sorted_in() {
        let mut dictionary = of(&BTreeMap::from([("ana".to_owned(), 2), ("gone".to_owned(), 1)]));
        let rows: Vec<Vec<u8>> = (0..=CHANGED).map(|n| token_row(&format!("name{n}"))).collect();
        let one = 1u64.to_be_bytes();
        let put = rows.iter().map(|row| (row.as_slice(), Some(one.as_slice())));
        let gone = token_row("gone");
        dictionary.apply(put.chain([(gone.as_slice(), None)])).unwrap();
        assert!(dictionary.changed.is_empty());
        assert_eq!(dictionary.len(), CHANGED + 2);
        assert_eq!((dictionary.rows_of("ana"), dictionary.rows_of("gone"), dictionary.rows_of("name7")), (2, 0, 1));
    }

    #[test]
    fn a_cache_of_another_state_is_dropped() {
        let cache = TokenCache::default();
        *cache.0.lock().unwrap() = Some((5, Arc::new(of(&BTreeMap::new()))));
        let (row, one) = (token_row("ana"), 1u64.to_be_bytes());
        cache.committed(5, 6, [(row.as_slice(), Some(one.as_slice()))].into_iter());
        assert_eq!(cache.0.lock().unwrap().as_ref().map(|(at, d)| (*at, d.rows_of("ana"))), Some((6, 1)));
        cache.committed(7, 8, [].into_iter());
        assert!(cache.0.lock().unwrap().is_none());
    }
}
