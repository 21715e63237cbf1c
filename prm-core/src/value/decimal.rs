//! Decimals that keep the digits they came with.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{Error, Result};

/// A decimal number as it was written: `1.50` is kept as `1.50` and equals only itself.
///
/// The text follows the number grammar of JSON (RFC 8259 §6). [`Decimal::same_value`] and
/// [`Decimal::compare`] go by value. In JSON a decimal is a string, since a number would lose its digits in most
/// languages; whole numbers are accepted on reading, others are refused rather than rounded.
///
/// # Example
/// ```
/// use prm_core::Decimal;
/// let a: Decimal = "1.50".parse()?;
/// assert_eq!(a.to_string(), "1.50");
/// assert!(a != "1.5".parse()? && a.same_value(&"1.5".parse()?));
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Digits);

/// The text of a decimal. Most are short and take no room of their own.
#[derive(Clone)]
enum Digits {
    Short([u8; Digits::SHORT], u8),
    Long(Box<str>),
}

impl Digits {
    const SHORT: usize = 14;

    fn of(text: &str) -> Self {
        let mut short = [0; Digits::SHORT];
        match (short.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(text.as_bytes());
                Digits::Short(short, len)
            }
            _ => Digits::Long(text.into()),
        }
    }
}

/// Longest text of a decimal, in bytes.
const MAX_LENGTH: usize = 64;

impl Decimal {
    /// The digits as they came.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Digits::Short(text, len) => {
                text.get(..usize::from(*len)).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
            }
            Digits::Long(text) => text,
        }
    }

    /// The nearest binary floating-point number; infinite beyond its range.
    pub fn to_f64(&self) -> f64 {
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    /// Whether both stand for the same number.
    pub fn same_value(&self, other: &Decimal) -> bool {
        self.compare(other) == Ordering::Equal
    }

    /// Order by value, exact.
    pub fn compare(&self, other: &Decimal) -> Ordering {
        let (a, b) = (self.parts(), other.parts());
        match (a.negative, b.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => a.magnitude(&b),
            (true, true) => b.magnitude(&a),
        }
    }

    fn parts(&self) -> Parts {
        let (negative, text) = match self.as_str().strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.as_str()),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().unwrap_or(0);
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let zeros = all.iter().take_while(|d| **d == b'0').count();
        let mut digits: Vec<u8> = all.into_iter().skip(zeros).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = i64::try_from(whole.len()).unwrap_or(0) - i64::try_from(zeros).unwrap_or(0) + exponent;
        Parts { negative: negative && !digits.is_empty(), point, digits }
    }
}

/// Value = 0.digits × 10^point.
struct Parts {
    negative: bool,
    point: i64,
    digits: Vec<u8>,
}

impl Parts {
    fn magnitude(&self, other: &Parts) -> Ordering {
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.point.cmp(&other.point).then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decimal").field(&self.as_str()).finish()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl FromStr for Decimal {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::invalid("decimal", "a decimal is written like a JSON number of at most 64 characters");
        if text.len() > MAX_LENGTH {
            return Err(wrong());
        }
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (unsigned, None),
        };
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let exponent_fits = exponent.is_none_or(|e| {
            let unsigned = e.strip_prefix(['+', '-']).unwrap_or(e);
            digits(unsigned) && unsigned.len() <= 9
        });
        if digits(whole)
            && (whole.len() == 1 || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent_fits
        {
            Ok(Decimal(Digits::of(text)))
        } else {
            Err(wrong())
        }
    }
}

impl From<i64> for Decimal {
    fn from(n: i64) -> Self {
        Decimal(Digits::of(&n.to_string()))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written<'a> {
            Text(std::borrow::Cow<'a, str>),
            Whole(i64),
            Natural(u64),
        }
        let text = match Written::deserialize(d)? {
            Written::Text(text) => text.into_owned(),
            Written::Whole(n) => n.to_string(),
            Written::Natural(n) => n.to_string(),
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl<C> Encode<C> for Decimal {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Decimal {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        d.str()?.parse().map_err(|_| minicbor::decode::Error::message("not a decimal"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_kept_and_values_compare_exactly() {
        let decimal = |s: &str| s.parse::<Decimal>().unwrap();
        for text in ["0", "-0", "1.50", "1e3", "1.5E-7", "100", "0.000", "123456789012.4", "1234567890123.4"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        for text in ["", ".5", "1.", "01", "+1", "1e", "1e+", "NaN", "1 ", "--1", "1e9999999999"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        assert!(decimal("1e3").same_value(&decimal("1000.0")));
        assert!(decimal("-0").same_value(&decimal("0.0")));
        assert_eq!(decimal("0.1").compare(&decimal("0.09999")), Ordering::Greater);
        assert_eq!(decimal("-2").compare(&decimal("-10")), Ordering::Greater);
        assert_eq!(decimal("12345678901234567890.1").compare(&decimal("12345678901234567890.2")), Ordering::Less);
    }

    proptest! {
        #[test]
        fn order_by_value_is_the_order_of_integers(a in any::<i32>(), b in any::<i32>(), shift in 0u32..6) {
            let written = |n: i32| format!("{n}e-{shift}").parse::<Decimal>().unwrap();
            prop_assert_eq!(written(a).compare(&written(b)), a.cmp(&b));
        }
    }
}
