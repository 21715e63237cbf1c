//! How names are folded, so that a name is found however it is written.
//!
//! 1. Compatibility decomposition (NFKD): full-width letters, ligatures and the long s become plain letters.
//! 2. Marks after Latin and Greek letters fall away (`é` is `e`, `ό` is `ο`). Other scripts keep theirs, since there
//!    they make another letter (`й`, `が`), and are composed again.
//! 3. Lower case. The dotted and the dotless i of Turkish are both `i`; the final sigma is a sigma.
//! 4. Letters that do not decompose are written out by [`EXPANSIONS`].
//!
//! Nothing is transliterated: Cyrillic, Greek, Chinese stay in their script.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters without a decomposition, as the Unicode CLDR transform `Latin-ASCII` writes them, in lower case.
const EXPANSIONS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ĸ', "q"),
    ('ς', "σ"),
];

/// Letters that people without them on their keyboard write as two: German, Danish, Norwegian, Swedish.
const SPELLED_OUT: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('å', "aa"), ('ø', "oe")];

/// Characters of a token; longer words are cut.
pub(crate) const LONGEST: usize = 40;
/// Tokens of one record; a record with more is found by the first of them.
const MOST: usize = 64;

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Characters that join letters without being seen, and the Catalan middle dot.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '·')
}

fn loses_marks(base: char) -> bool {
    base.is_ascii() || matches!(base, '\u{80}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Text folded by the rules above, without splitting it.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        folded.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        return folded;
    }
    let mut bare = false;
    for c in text.nfkd() {
        if is_combining_mark(c) {
            if !bare {
                folded.push(c);
            }
            continue;
        }
        bare = loses_marks(c);
        for lower in c.to_lowercase() {
            // A capital of another block may have a small letter of these.
            bare |= loses_marks(lower);
            match EXPANSIONS.iter().find(|(from, _)| *from == lower) {
                Some((_, to)) => folded.push_str(to),
                None => folded.push(lower),
            }
        }
    }
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// A name as words in order: apostrophes join, hyphens and everything else that is no letter or digit separate.
pub(crate) fn words(text: &str) -> Vec<String> {
    raw_words(text)
        .flat_map(|word| parts(&word))
        .map(|part| cut(&fold(&joined(&part))))
        .filter(|w| !w.is_empty())
        .collect()
}

/// What a name is found by: its words, each hyphenated or apostrophised word also in one, parts of two letters or
/// more also alone, and words with umlauts also as spelled without. Sorted, each once.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in raw_words(text) {
        let mut forms = vec![joined(&word)];
        for part in parts(&word) {
            let short = part.split(is_apostrophe).filter(|p| p.chars().nth(1).is_some()).map(str::to_owned);
            forms.extend(short);
            forms.push(joined(&part));
        }
        for form in forms {
            tokens.extend(spellings(&form));
        }
    }
    tokens.retain(|t| !t.is_empty());
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// The tokens of several names together.
pub(crate) fn tokens_of<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = names.flat_map(tokens).take(MOST).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A word someone searches for: any of its spellings is what they mean.
pub(crate) fn asked_words(text: &str) -> Vec<Vec<String>> {
    let mut asked: Vec<Vec<String>> = Vec::new();
    for part in raw_words(text).flat_map(|word| parts(&word)) {
        let spellings: Vec<String> = spellings(&joined(&part)).into_iter().filter(|s| !s.is_empty()).collect();
        if !spellings.is_empty() && !asked.contains(&spellings) {
            asked.push(spellings);
        }
    }
    asked
}

fn raw_words(text: &str) -> impl Iterator<Item = String> {
    let separates =
        |c: char| !(c.is_alphanumeric() || is_combining_mark(c) || is_apostrophe(c) || is_hyphen(c) || is_silent(c));
    text.split(separates).map(|word| word.chars().filter(|c| !is_silent(*c)).collect())
}

fn parts(word: &str) -> Vec<String> {
    word.split(is_hyphen).filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

fn joined(word: &str) -> String {
    word.chars().filter(|c| !is_apostrophe(*c) && !is_hyphen(*c)).collect()
}

/// Folded, and folded after its umlauts were spelled out.
fn spellings(word: &str) -> Vec<String> {
    let plain = cut(&fold(word));
    if word.is_ascii() {
        return vec![plain];
    }
    let mut spelled = String::with_capacity(word.len() + 4);
    for c in word.nfc().flat_map(char::to_lowercase) {
        match SPELLED_OUT.iter().find(|(from, _)| *from == c) {
            Some((_, to)) => spelled.push_str(to),
            None => spelled.push(c),
        }
    }
    let spelled = cut(&fold(&spelled));
    if spelled == plain { vec![plain] } else { vec![plain, spelled] }
}

fn cut(word: &str) -> String {
    // Some signs decompose into a space and a mark.
    word.chars().filter(|c| !c.is_whitespace()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        for (name, found_by) in [
            ("Müller", &["mueller", "muller"][..]),
            ("O'Brien", &["brien", "obrien"]),
            ("O’Brien", &["brien", "obrien"]),
            ("D'Angelo-Ruiz", &["angelo", "dangelo", "dangeloruiz", "ruiz"]),
            ("Anne-Marie", &["anne", "annemarie", "marie"]),
            ("Nuñez", &["nunez"]),
            ("Straße", &["strasse"]),
            ("SØREN", &["soeren", "soren"]),
            ("Łukasz Æsir Œuvre Þór Đorđe Ðuro", &["aesir", "dorde", "duro", "lukasz", "oeuvre", "thor"]),
            ("IŞIL ışıl İsmail", &["isil", "ismail"]),
            ("Иван Андрей", &["андрей", "иван"]),
            ("Παπαδόπουλος ΠΑΠΑΔΟΠΟΥΛΟΣ", &["παπαδοπουλοσ"]),
            ("山田 太郎", &["太郎", "山田"]),
            ("がく ガク ｶﾞｸ", &["がく", "ガク"]),
            ("김민준", &["김민준"]),
            ("Ａｎａ ﬁona", &["ana", "fiona"]),
            ("J.R. Smith, Jr.", &["j", "jr", "r", "smith"]),
            (" - ' ", &[]),
        ] {
            assert_eq!(tokens(name), found_by, "{name}");
        }
    }

    #[test]
    fn decomposed_and_composed_text_fold_alike() {
        assert_eq!(fold("Andrei\u{306} Mu\u{308}ller"), fold("Andreĭ Müller"));
        assert_eq!(tokens("Mu\u{308}ller"), tokens("Müller"));
        assert_eq!(fold("И\u{306}"), fold("Й"));
        assert_ne!(fold("Й"), fold("И"));
    }

    #[test]
    fn words_keep_their_order() {
        assert_eq!(words("O'Neill-Smith Ana"), ["oneill", "smith", "ana"]);
    }

    #[test]
    fn a_long_word_is_cut_and_many_words_are_bounded() {
        assert_eq!(tokens(&"a".repeat(500)), ["a".repeat(LONGEST)]);
        let many: Vec<String> = (0..500).map(|n| format!("name{n}")).collect();
        assert_eq!(tokens_of(many.iter().map(String::as_str)).len(), MOST);
    }

    #[test]
    fn a_capital_loses_the_marks_that_its_small_letter_loses() {
        assert_eq!(fold("\u{a7dc}\u{f99}"), "\u{19b}");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            for word in words(&text).into_iter().chain(tokens(&text)) {
                prop_assert!(word.chars().count() <= LONGEST && !word.contains(char::is_whitespace));
                prop_assert_eq!(fold(&word), word);
            }
        }

        #[test]
        fn every_word_that_is_asked_for_is_a_token_of_its_name(text in "\\PC{0,40}") {
            let tokens = tokens(&text);
            for spellings in asked_words(&text) {
                prop_assert!(spellings.iter().any(|s| tokens.contains(s)));
            }
        }
    }
}
