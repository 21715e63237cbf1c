//! Words of names, and which tokens they may mean.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::super::index::{self, NameKey};
use super::super::phonetic;
use super::{Dictionary, NameMatching};
use crate::error::{Error, Result};
use crate::store::engine::{Order, Read};
use crate::store::key::Prefix;
use crate::store::tables::Table;

/// How close a token must be to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closeness {
    Exact,
    Prefix,
    Fuzzy,
    Phonetic,
}

impl Closeness {
    pub(crate) const fn of(matching: NameMatching) -> &'static [Closeness] {
        match matching {
            NameMatching::Any => &[Closeness::Prefix, Closeness::Fuzzy, Closeness::Phonetic],
            NameMatching::Exact => &[Closeness::Exact],
            NameMatching::Prefix => &[Closeness::Prefix],
            NameMatching::Fuzzy => &[Closeness::Prefix, Closeness::Fuzzy],
            NameMatching::Phonetic => &[Closeness::Prefix, Closeness::Phonetic],
        }
    }
}

/// Letters a word of a length may differ by.
fn slips(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// The tokens that a word may mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// Any token that begins with one of these, at distance 0.
    prefixes: Vec<String>,
    /// Other tokens, nearest first.
    pub(crate) tokens: Vec<(u8, String)>,
    near: HashMap<String, u8>,
}

impl Wanted {
    pub(crate) fn of(spellings: &[String], close: Closeness, read: &dyn Read, from: Dictionary<'_>) -> Result<Self> {
        let mut wanted = Wanted { prefixes: spellings.to_vec(), ..Wanted::default() };
        match close {
            Closeness::Exact => {
                wanted.prefixes.clear();
                wanted.tokens = spellings.iter().map(|spelling| (0, spelling.clone())).collect();
            }
            Closeness::Prefix => {}
            Closeness::Fuzzy => {
                let dictionary = from()?;
                for spelling in spellings {
                    wanted.tokens.extend(dictionary.similar(spelling, slips(spelling)));
                }
            }
            Closeness::Phonetic => {
                let alike = sounding_like(read, spellings)?;
                wanted.tokens = alike.into_iter().map(|token| (0, token)).collect();
            }
        }
        wanted.tokens.retain(|(_, token)| !wanted.prefixes.iter().any(|prefix| token.starts_with(prefix.as_str())));
        for (distance, token) in &wanted.tokens {
            let near = wanted.near.entry(token.clone()).or_insert(*distance);
            *near = (*near).min(*distance);
        }
        Ok(wanted)
    }

    /// How far the nearest of some tokens is, if any is near enough.
    pub(crate) fn distance<'a>(&self, tokens: impl Iterator<Item = &'a str>) -> Option<u8> {
        let mut nearest = None;
        for token in tokens {
            if self.prefixes.iter().any(|prefix| token.starts_with(prefix.as_str())) {
                return Some(0);
            }
            if let Some(distance) = self.near.get(token) {
                nearest = Some(nearest.map_or(*distance, |n: u8| n.min(*distance)));
            }
        }
        nearest
    }

    /// The ranges of rows of `name` where its tokens are, nearest first.
    pub(crate) fn spans(&self) -> Vec<(u8, Vec<u8>)> {
        let begun = self.prefixes.iter().map(|prefix| (0, NameKey::Token.key().prefix(prefix).done()));
        let whole = self.tokens.iter().map(|(distance, token)| (*distance, NameKey::Token.key().text(token).done()));
        begun.chain(whole).collect()
    }

    /// About how many rows there are to look at.
    pub(crate) fn rows(&self, from: Dictionary<'_>) -> Result<u64> {
        let dictionary = from()?;
        let begun: u64 = self.prefixes.iter().map(|prefix| dictionary.rows_of_prefix(prefix)).sum();
        Ok(begun + self.tokens.iter().map(|(_, token)| dictionary.rows_of(token)).sum::<u64>())
    }
}

/// Tokens that share a phonetic code with one of the spellings of a word.
fn sounding_like(read: &dyn Read, spellings: &[String]) -> Result<BTreeSet<String>> {
    let mut codes = BTreeSet::new();
    for spelling in spellings {
        codes.extend(phonetic::metaphone(spelling).into_iter().map(|code| (NameKey::Metaphone as u8, code)));
        codes.extend(phonetic::cologne(spelling).map(|code| (NameKey::Cologne as u8, code)));
    }
    let mut alike = BTreeSet::new();
    for (kind, code) in codes {
        let kind = if kind == NameKey::Cologne as u8 { NameKey::Cologne } else { NameKey::Metaphone };
        let start = kind.key().text(&code).done();
        let rows = Prefix::of(start.clone());
        read.scan(Table::Name, rows.span(), Order::Ascending, &mut |row, _| {
            let token = index::text_at(row, start.len()).map(|(token, _)| token.to_owned());
            alike.insert(token.ok_or_else(|| Error::corrupted(Table::Name.name(), row, "a phonetic row is cut off"))?);
            Ok(ControlFlow::Continue(()))
        })?;
    }
    Ok(alike)
}
