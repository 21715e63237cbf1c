//! What a typed text may mean.

use super::super::{fold, index};
use crate::time::PartialDate;

/// Words that are looked at; further ones do not count.
pub(crate) const WORDS: usize = 8;
/// Characters that are looked at.
const LONGEST: usize = 200;

/// A typed text, recognised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// Words of names, each with its spellings.
    pub(crate) words: Vec<Vec<String>>,
    pub(crate) identifier: Option<String>,
    /// Digits of a telephone number.
    pub(crate) phone: Option<String>,
    /// Dates of birth, any of which may be meant.
    pub(crate) born: Vec<PartialDate>,
}

/// The part of a text that is looked at.
pub(crate) fn bounded(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default()
}

pub(crate) fn recognise(text: &str) -> Recognised {
    let mut recognised = Recognised::default();
    let mut rest: Vec<&str> = Vec::new();
    for word in bounded(text).split_whitespace() {
        let meant = dates(word.trim_matches([',', ';', '(', ')', '*']));
        if recognised.born.is_empty() && !meant.is_empty() { recognised.born = meant } else { rest.push(word) }
    }
    let has_letters = |words: &[&str]| words.iter().any(|word| word.chars().any(char::is_alphabetic));
    if has_letters(&rest)
        && recognised.born.is_empty()
        && let Some(place) = rest.iter().position(|word| year(word).is_some())
    {
        recognised.born.extend(year(rest.remove(place)));
    }
    let remaining = rest.join(" ");
    let has_digits = remaining.chars().any(|c| c.is_ascii_digit());
    if has_digits || rest.len() == 1 && remaining.contains(char::is_alphanumeric) {
        recognised.identifier = Some(remaining.clone());
    }
    if has_letters(&rest) {
        recognised.words = fold::asked_words(&remaining);
        recognised.words.truncate(WORDS);
    } else {
        recognised.phone = index::phone_digits(&remaining);
    }
    recognised
}

fn year(word: &str) -> Option<PartialDate> {
    let year = word.parse().ok().filter(|year| word.len() == 4 && (1850..2200).contains(year))?;
    PartialDate::year_only(year).ok()
}

/// Every date a word may mean: the order of day and month is not known from slashes.
fn dates(word: &str) -> Vec<PartialDate> {
    if word.contains('-')
        && let Ok(date) = word.parse()
    {
        return vec![date];
    }
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let [first, second, third] = parts.as_slice() else { return Vec::new() };
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let (Some(a), Some(b), Some(c)) = (number(first), number(second), number(third)) else { return Vec::new() };
    let date = |year: u16, month: u16, day: u16| {
        PartialDate::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
    };
    let meant = match (first.len(), third.len()) {
        (4, _) => vec![date(a, b, c)],
        (_, 4) if word.contains('/') => vec![date(c, b, a), date(c, a, b)],
        (_, 4) => vec![date(c, b, a)],
        _ => Vec::new(),
    };
    let mut meant: Vec<PartialDate> = meant.into_iter().flatten().collect();
    meant.dedup();
    meant
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<String>, Option<String>, Option<String>, Vec<String>) {
        let r = recognise(text);
        let words = r.words.into_iter().map(|w| w.join("|")).collect();
        (words, r.identifier, r.phone, r.born.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_was_typed_is_recognised() {
        let text = |t: &str| Some(t.to_owned());
        let words = |t: &[&str]| t.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(of("Ana  Müller"), (words(&["ana", "muller|mueller"]), None, None, vec![]));
        assert_eq!(of("ortiz"), (words(&["ortiz"]), text("ortiz"), None, vec![]));
        assert_eq!(of("Ortiz, Ana 1987-04-03"), (words(&["ortiz", "ana"]), None, None, words(&["1987-04-03"])));
        assert_eq!(of("Ortiz 1987"), (words(&["ortiz"]), text("Ortiz"), None, words(&["1987"])));
        assert_eq!(of("3.4.1987"), (vec![], None, None, words(&["1987-04-03"])));
        assert_eq!(of("4/3/1987"), (vec![], None, None, words(&["1987-03-04", "1987-04-03"])));
        assert_eq!(of("4/30/1987"), (vec![], None, None, words(&["1987-04-30"])));
        assert_eq!(of("1987-04"), (vec![], None, None, words(&["1987-04"])));
        assert_eq!(of("+49 (0)170 123-4567"), (vec![], text("+49 (0)170 123-4567"), text("491701234567"), vec![]));
        assert_eq!(of("AB-1234"), (words(&["ab", "1234"]), text("AB-1234"), None, vec![]));
        assert_eq!(of("1987"), (vec![], text("1987"), text("1987"), vec![]));
        assert_eq!(of(" "), (vec![], None, None, vec![]));
    }
}
