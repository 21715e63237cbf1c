//! How names sound: Double Metaphone for English and most European names, the Cologne procedure for German ones.

use rphonetic::{Cologne, DoubleMetaphone, Encoder};

/// Characters of a code of Double Metaphone, as its author chose.
const METAPHONE: usize = 4;
/// Shortest code: one sign is shared by too many names to say anything.
const SHORTEST: usize = 2;
/// Digits of a Cologne code that are compared.
const COLOGNE: usize = 8;

/// The codes of Double Metaphone of a folded token, primary first. None for words outside the Latin script.
pub(crate) fn metaphone(token: &str) -> Vec<String> {
    let letters = letters(token);
    if letters.is_empty() {
        return Vec::new();
    }
    let codes = DoubleMetaphone::new(Some(METAPHONE)).double_metaphone(&letters);
    let mut codes = vec![codes.primary(), codes.alternate()];
    codes.dedup();
    codes.retain(|code| code.len() >= SHORTEST);
    codes
}

/// The Cologne code of a folded token. None for words outside the Latin script.
pub(crate) fn cologne(token: &str) -> Option<String> {
    let letters = letters(token);
    let code: String = Cologne.encode(&letters).chars().take(COLOGNE).collect();
    if code.len() < SHORTEST { None } else { Some(code) }
}

/// Digits within a name say nothing of its sound; a word with other letters has no code.
fn letters(token: &str) -> String {
    let latin = token.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if latin { token.chars().filter(char::is_ascii_lowercase).collect() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_sound_alike_share_a_code() {
        for (one, other) in [("smith", "smyth"), ("catherine", "kathryn"), ("stephen", "steven"), ("jon", "john")] {
            assert!(metaphone(one).iter().any(|code| metaphone(other).contains(code)), "{one} {other}");
        }
        for (one, other) in [("meier", "mayr"), ("schmidt", "schmitt"), ("philipp", "filip"), ("muller", "mueller")] {
            assert_eq!(cologne(one), cologne(other), "{one} {other}");
        }
    }

    #[test]
    fn codes_are_those_that_stores_hold() {
        assert_eq!(metaphone("schmidt"), ["XMT", "SMT"]);
        assert_eq!(metaphone("ortiz"), ["ARTS"]);
        assert_eq!(cologne("wikipedia").as_deref(), Some("3412"));
        assert_eq!(metaphone("abe604"), metaphone("abe"));
        assert_eq!((metaphone("shea"), cologne("shea")), (vec![], None));
    }

    #[test]
    fn other_scripts_have_no_sound_here() {
        for word in ["иван", "山田", "", "604", "a山"] {
            assert!(metaphone(word).is_empty() && cologne(word).is_none(), "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_word_has_short_codes(word in "[a-z0-9]{0,40}") {
            prop_assert!(metaphone(&word).iter().all(|code| code.len() <= METAPHONE));
            prop_assert!(cologne(&word).is_none_or(|code| code.len() <= COLOGNE));
        }
    }
}
