use std::collections::BTreeSet;

use crate::render::decision::{DecisionWord, DecisionWords};
use crate::render::words::Direction;

fn braces(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

#[test]
fn every_word_has_a_key_of_its_own_and_a_text() {
    let keys: BTreeSet<_> = DecisionWord::ALL.iter().map(|word| word.key()).collect();
    assert_eq!(keys.len(), DecisionWord::ALL.len());
    assert!(DecisionWord::ALL.iter().all(|word| !word.english().is_empty()));
}

#[test]
fn spanish_and_arabic_say_every_word_with_the_braces_of_english() {
    for (tag, direction) in [("es", Direction::LeftToRight), ("ar", Direction::RightToLeft)] {
        let words = DecisionWords::shipped(tag);
        assert_eq!((words.language(), words.direction()), (tag, direction));
        for word in DecisionWord::ALL {
            let said = words.say(*word);
            assert_eq!(braces(said), braces(word.english()), "{tag} {}", word.key());
            let same = ["list.comma", "icons.title", "time.day", "time.month"].contains(&word.key());
            // Months of Spanish are short forms that English shares.
            let month = word.key().starts_with("time.month.");
            assert!(same || month || said != word.english(), "{tag} {}", word.key());
        }
    }
}

#[test]
fn a_shipped_catalogue_has_each_word_once() {
    for words in [crate::render::decision::spanish::SPANISH, crate::render::decision::arabic::ARABIC] {
        let there: BTreeSet<_> = words.iter().map(|(word, _)| word).collect();
        assert_eq!((there.len(), words.len()), (DecisionWord::ALL.len(), DecisionWord::ALL.len()));
    }
}

#[test]
fn a_word_that_is_missing_is_said_in_english_and_an_unknown_key_is_refused() {
    let german = DecisionWords::supplied("de", Direction::LeftToRight, [("finish.button", "Fertig")]).unwrap();
    assert_eq!((german.say(DecisionWord::Finish), german.say(DecisionWord::Copy)), ("Fertig", "Copy"));
    let mexican = DecisionWords::supplied("es-MX", Direction::LeftToRight, [("finish.button", "Listo")]).unwrap();
    assert_eq!((mexican.say(DecisionWord::Finish), mexican.say(DecisionWord::Copy)), ("Listo", "Copiar"));
    assert!(DecisionWords::supplied("de", Direction::LeftToRight, [("finish.knob", "x")]).is_err());
    assert!(DecisionWords::supplied("\"><script>", Direction::LeftToRight, [("finish.button", "x")]).is_err());
    assert_eq!(DecisionWords::shipped("xx"), DecisionWords::default());
}

#[test]
fn no_word_says_what_to_choose() {
    for word in DecisionWord::ALL {
        let said = word.english().to_lowercase();
        assert!(!said.contains("recommend") && !said.contains("you should"), "{said}");
    }
}
