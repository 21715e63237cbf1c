//! How many letters two words differ by: insertions, deletions, replacements and swaps of neighbours, no letter edited
//! twice (optimal string alignment). Bit-parallel after Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and
//! Damerau Edit Distances" (2003): one step for each letter of the other word, whatever the length of this one.

/// A word of at most 64 letters, prepared to be compared with many.
pub(crate) struct Pattern {
    letters: Vec<char>,
    /// Bit n of the entry of a letter: it stands at place n.
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
}

impl Pattern {
    /// Letters after the 64th do not count.
    pub(crate) fn new(word: &str) -> Self {
        let letters: Vec<char> = word.chars().take(64).collect();
        let mut pattern = Pattern { letters: Vec::new(), ascii: [0; 128], others: Vec::new() };
        for (place, letter) in letters.iter().enumerate() {
            let bit = 1u64 << place;
            match pattern.ascii.get_mut(*letter as usize) {
                Some(places) => *places |= bit,
                None => match pattern.others.iter_mut().find(|(other, _)| other == letter) {
                    Some((_, places)) => *places |= bit,
                    None => pattern.others.push((*letter, bit)),
                },
            }
        }
        pattern.letters = letters;
        pattern
    }

    /// Number of letters.
    pub(crate) fn len(&self) -> usize {
        self.letters.len()
    }

    fn places(&self, letter: char) -> u64 {
        match self.ascii.get(letter as usize) {
            Some(places) => *places,
            None => self.others.iter().find(|(other, _)| *other == letter).map_or(0, |(_, places)| *places),
        }
    }

    /// The distance to another word.
    pub(crate) fn distance(&self, word: &str) -> usize {
        let Some(last) = self.letters.len().checked_sub(1) else { return word.chars().count() };
        let last = 1u64 << last;
        // Differences between neighbours of the table of distances: up and down within the column, diagonal zeros.
        let (mut plus, mut minus, mut zero) = (u64::MAX, 0u64, 0u64);
        let (mut before, mut distance) = (0u64, self.letters.len());
        for letter in word.chars() {
            let places = self.places(letter);
            let swapped = (!zero & places) << 1 & before;
            zero = ((places & plus).wrapping_add(plus) ^ plus) | places | minus | swapped;
            let right = minus | !(zero | plus);
            let left = zero & plus;
            if right & last != 0 {
                distance += 1;
            } else if left & last != 0 {
                distance -= 1;
            }
            let right = right << 1 | 1;
            plus = left << 1 | !(zero | right);
            minus = zero & right;
            before = places;
        }
        distance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_distances() {
        for (a, b, distance) in
            [("smith", "smtih", 1), ("ca", "abc", 3), ("", "abc", 3), ("ana", "", 3), ("анна", "ана", 1)]
        {
            assert_eq!(Pattern::new(a).distance(b), distance, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn it_is_the_distance_of_optimal_string_alignment(a in "[a-cж-и]{0,64}", b in "[a-cж-и]{0,80}") {
            prop_assert_eq!(Pattern::new(&a).distance(&b), strsim::osa_distance(&a, &b));
        }

        #[test]
        fn short_words_too(a in "[a-c]{0,6}", b in "[a-c]{0,6}") {
            prop_assert_eq!(Pattern::new(&a).distance(&b), strsim::osa_distance(&a, &b));
        }
    }
}
