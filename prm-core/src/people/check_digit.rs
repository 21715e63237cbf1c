//! Check digits of identifiers.

/// How the last character of an identifier is computed from the others, so that most slips of the hand show.
///
/// # Example
/// ```
/// use prm_core::people::CheckDigit;
/// assert!(CheckDigit::Luhn.is_valid("4539 1488 0343 6467"));
/// assert!(CheckDigit::LuhnAlphanumeric.is_valid("MOOSE-H"));
/// assert_eq!(CheckDigit::Verhoeff.compute("236"), Some(3));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckDigit {
    /// Luhn's formula of ISO/IEC 7812-1: digits of which the last checks the others. Spaces and hyphens between them
    /// do not count.
    Luhn,
    /// The formula of OpenMRS: letters, digits and underscores, a hyphen, then a digit or the letter `A` to `J`.
    /// Letters count as capitals.
    LuhnAlphanumeric,
    /// Verhoeff's formula (1969): digits of which the last checks the others. Spaces and hyphens between them do not
    /// count.
    Verhoeff,
    /// Verhoeff's formula as OpenMRS uses it: eight digits, a hyphen, then the letter `A` to `J`. It counts the places
    /// from the left, so its check digits are others than those of [`CheckDigit::Verhoeff`].
    VerhoeffFromLeft,
}

/// The dihedral group of ten elements.
const DIHEDRAL: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
/// Verhoeff's permutation, applied as often as the place of a digit.
const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

impl CheckDigit {
    /// The check digit, 0 to 9, of an identifier without it; none if the identifier has characters that the formula
    /// does not know, or none at all.
    pub fn compute(self, identifier: &str) -> Option<u8> {
        let digits = match self {
            CheckDigit::Luhn | CheckDigit::Verhoeff => plain_digits(identifier)?,
            CheckDigit::VerhoeffFromLeft => {
                plain_digits(identifier).filter(|d| d.len() == 8 && identifier.len() == 8)?
            }
            CheckDigit::LuhnAlphanumeric => alphanumeric(identifier)?,
        };
        Some(match self {
            CheckDigit::Luhn | CheckDigit::LuhnAlphanumeric => {
                let weighted = digits.iter().rev().enumerate().map(|(place, digit)| match place % 2 {
                    0 => 2 * u32::from(*digit) - u32::from(*digit / 5) * 9,
                    _ => u32::from(*digit),
                });
                // A capital letter counts as its distance from the digit 0, so a product may exceed 9: both formulas
                // agree on digits.
                let rest = weighted.sum::<u32>() % 10;
                u8::try_from((10 - rest) % 10).unwrap_or(0)
            }
            CheckDigit::Verhoeff => verhoeff(digits.iter().rev()),
            CheckDigit::VerhoeffFromLeft => verhoeff(digits.iter()),
        })
    }

    /// Whether an identifier ends with its check digit.
    pub fn is_valid(self, identifier: &str) -> bool {
        let (rest, check) = match (self, identifier.rsplit_once('-')) {
            (CheckDigit::LuhnAlphanumeric | CheckDigit::VerhoeffFromLeft, None) => return false,
            (CheckDigit::LuhnAlphanumeric, Some((rest, check))) => (rest, digit_or_letter(check)),
            (CheckDigit::VerhoeffFromLeft, Some((rest, check))) => (rest, letter(check)),
            _ => {
                let Some((place, last)) = identifier.char_indices().next_back() else { return false };
                let check = last.to_digit(10).and_then(|d| u8::try_from(d).ok());
                (identifier.get(..place).unwrap_or_default(), check)
            }
        };
        check.is_some() && self.compute(rest) == check
    }
}

fn plain_digits(text: &str) -> Option<Vec<u8>> {
    let counted = text.bytes().filter(|b| !matches!(b, b' ' | b'-'));
    let digits: Option<Vec<u8>> = counted.map(|b| b.is_ascii_digit().then(|| b - b'0')).collect();
    digits.filter(|digits| !digits.is_empty())
}

fn alphanumeric(text: &str) -> Option<Vec<u8>> {
    let known = |b: u8| (b.is_ascii_alphanumeric() || b == b'_').then(|| b.to_ascii_uppercase() - b'0');
    let digits: Option<Vec<u8>> = text.bytes().map(known).collect();
    digits.filter(|digits| !digits.is_empty())
}

fn letter(check: &str) -> Option<u8> {
    match check.as_bytes() {
        [letter @ b'A'..=b'J'] => Some(letter - b'A'),
        _ => None,
    }
}

fn digit_or_letter(check: &str) -> Option<u8> {
    match check.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => letter(check),
    }
}

/// Digits from the first place on.
fn verhoeff<'a>(digits: impl Iterator<Item = &'a u8>) -> u8 {
    inverse(digits.zip(1..).fold(0, |sum, (digit, place)| product(sum, permuted(*digit, place))))
}

fn product(a: u8, b: u8) -> u8 {
    DIHEDRAL.get(usize::from(a)).and_then(|row| row.get(usize::from(b))).copied().unwrap_or(0)
}

fn permuted(digit: u8, times: usize) -> u8 {
    (0..times % 8).fold(digit, |d, _| PERMUTATION.get(usize::from(d)).copied().unwrap_or(0))
}

fn inverse(a: u8) -> u8 {
    (0..10).find(|b| product(a, *b) == 0).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// Vectors of the tests of OpenMRS; the file names their source.
    fn vectors(of: &str) -> Value {
        let all: Value = serde_json::from_str(include_str!("check_digit/vectors.json")).unwrap();
        all[of].clone()
    }

    fn list<'a>(vectors: &'a Value, name: &str) -> Vec<&'a Value> {
        vectors[name].as_array().unwrap().iter().collect()
    }

    #[test]
    fn identifiers_of_openmrs_are_valid_with_their_check_digit_alone() {
        let mut asserted = 0;
        for (formula, name) in
            [(CheckDigit::LuhnAlphanumeric, "luhn_mod10_alnum"), (CheckDigit::VerhoeffFromLeft, "verhoeff_8digit")]
        {
            let vectors = vectors(name);
            for vector in list(&vectors, "valid") {
                let id = vector["id"].as_str().unwrap();
                let letter = vector["check_char"].as_str().unwrap();
                let check = formula.compute(id).unwrap();
                assert_eq!(char::from(b'A' + check).to_string(), letter, "{id}");
                if let Some(int) = vector["check_int"].as_u64() {
                    assert_eq!(u64::from(check), int);
                    assert!(formula.is_valid(&format!("{id}-{int}")));
                }
                for other in 'A'..='J' {
                    assert_eq!(formula.is_valid(&format!("{id}-{other}")), other.to_string() == letter, "{id}-{other}");
                }
                for suffix in list(&vectors, "bad_suffix") {
                    assert!(!formula.is_valid(&format!("{id}{}", suffix.as_str().unwrap())));
                }
                asserted += 1;
            }
        }
        assert_eq!(asserted, 14);
    }

    #[test]
    fn what_openmrs_refuses_is_refused() {
        let mut asserted = 0;
        for (formula, name) in
            [(CheckDigit::LuhnAlphanumeric, "luhn_mod10_alnum"), (CheckDigit::VerhoeffFromLeft, "verhoeff_8digit")]
        {
            let vectors = vectors(name);
            for raw in list(&vectors, "invalid_raw") {
                let raw = raw.as_str().unwrap();
                assert!(!formula.is_valid(raw), "{raw:?}");
                for check in ["A", "J", "0", "9"] {
                    assert!(!formula.is_valid(&format!("{raw}-{check}")), "{raw:?}-{check}");
                }
                asserted += 1;
            }
        }
        assert_eq!(asserted, 17);
    }

    proptest! {
        #[test]
        fn one_wrong_digit_and_verhoeff_two_swapped_ones_show(base in "[0-9]{1,18}", at in 0usize..19, add in 1u8..10) {
            for formula in [CheckDigit::Luhn, CheckDigit::Verhoeff] {
                let whole = format!("{base}{}", formula.compute(&base).unwrap());
                prop_assert!(formula.is_valid(&whole));
                let mut wrong = whole.clone().into_bytes();
                let at = at % wrong.len();
                wrong[at] = b'0' + (wrong[at] - b'0' + add) % 10;
                prop_assert!(!formula.is_valid(std::str::from_utf8(&wrong).unwrap()));
                if formula == CheckDigit::Verhoeff && at + 1 < whole.len() {
                    let mut swapped = whole.clone().into_bytes();
                    swapped.swap(at, at + 1);
                    let same = swapped == whole.as_bytes();
                    prop_assert_eq!(formula.is_valid(std::str::from_utf8(&swapped).unwrap()), same);
                }
            }
        }

        #[test]
        fn any_text_has_an_answer(text in "\\PC{0,20}") {
            for formula in [CheckDigit::Luhn, CheckDigit::LuhnAlphanumeric, CheckDigit::Verhoeff, CheckDigit::VerhoeffFromLeft] {
                let _ = (formula.is_valid(&text), formula.compute(&text));
            }
        }
    }
}
