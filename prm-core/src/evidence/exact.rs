//! Decimal arithmetic that is exact until it is told.

use crate::error::{Error, Result};
use crate::value::Decimal;

/// A fraction of whole numbers, in lowest terms, its denominator above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact {
    above: i128,
    below: i128,
}

/// Decimal places that a number may have.
const PLACES: i64 = 18;

fn too_large() -> Error {
    Error::invalid("number", "numbers of risks have 18 digits at most")
}

fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1).max(1)
}

impl Exact {
    pub(crate) const ZERO: Exact = Exact { above: 0, below: 1 };
    pub(crate) const ONE: Exact = Exact { above: 1, below: 1 };

    fn new(above: i128, below: i128) -> Result<Self> {
        if below == 0 {
            return Err(too_large());
        }
        let by = divisor(above, below) * below.signum();
        Ok(Exact { above: above / by, below: below / by })
    }

    pub(crate) fn whole(n: impl Into<i128>) -> Self {
        Exact { above: n.into(), below: 1 }
    }

    /// # Errors
    /// `Invalid` for a number of more than 18 digits before or after its point.
    pub(crate) fn of(number: &Decimal) -> Result<Self> {
        let text = number.as_str();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().map_err(|_| too_large())?;
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let part = part.trim_end_matches('0');
        let places = i64::try_from(part.len()).map_err(|_| too_large())? - exponent;
        if whole.len() + part.len() > 20 || !(-PLACES..=PLACES).contains(&places) {
            return Err(too_large());
        }
        let digits: i128 = format!("{whole}{part}").parse().map_err(|_| too_large())?;
        let scale = 10i128.pow(u32::try_from(places.unsigned_abs()).map_err(|_| too_large())?);
        if places >= 0 {
            Exact::new(digits, scale)
        } else {
            Exact::new(digits.checked_mul(scale).ok_or_else(too_large)?, 1)
        }
    }

    pub(crate) fn plus(self, other: Exact) -> Result<Self> {
        let sum = || {
            let left = self.above.checked_mul(other.below)?;
            let right = other.above.checked_mul(self.below)?;
            Some((left.checked_add(right)?, self.below.checked_mul(other.below)?))
        };
        let (above, below) = sum().ok_or_else(too_large)?;
        Exact::new(above, below)
    }

    pub(crate) fn minus(self, other: Exact) -> Result<Self> {
        self.plus(Exact { above: -other.above, ..other })
    }

    pub(crate) fn times(self, other: Exact) -> Result<Self> {
        let above = self.above.checked_mul(other.above).ok_or_else(too_large)?;
        Exact::new(above, self.below.checked_mul(other.below).ok_or_else(too_large)?)
    }

    /// None if the other is 0.
    pub(crate) fn over(self, other: Exact) -> Result<Option<Self>> {
        if other.above == 0 {
            return Ok(None);
        }
        let above = self.above.checked_mul(other.below).ok_or_else(too_large)?;
        Exact::new(above, self.below.checked_mul(other.above).ok_or_else(too_large)?).map(Some)
    }

    pub(crate) const fn is_whole(self) -> bool {
        self.below == 1
    }

    pub(crate) const fn sign(self) -> i128 {
        self.above.signum()
    }

    pub(crate) fn magnitude(self) -> Self {
        Exact { above: self.above.abs(), ..self }
    }

    /// # Errors
    /// `Invalid` for numbers too large to compare.
    pub(crate) fn cmp(self, other: Exact) -> Result<std::cmp::Ordering> {
        Ok(self.minus(other)?.above.cmp(&0))
    }

    /// The largest whole number that is not larger.
    pub(crate) const fn floor(self) -> i128 {
        self.above.div_euclid(self.below)
    }

    /// The smallest whole number that is not smaller.
    pub(crate) const fn ceiling(self) -> i128 {
        -(-self.above).div_euclid(self.below)
    }

    /// The nearest whole number, halves away from zero.
    pub(crate) fn rounded(self) -> Result<i128> {
        let doubled = self.magnitude().above.checked_mul(2).ok_or_else(too_large)?;
        let below = self.below.checked_mul(2).ok_or_else(too_large)?;
        Ok(doubled.checked_add(self.below).ok_or_else(too_large)?.div_euclid(below) * self.sign())
    }

    /// With this many decimals at most, halves away from zero, without zeros at the end.
    pub(crate) fn told(self, places: u32) -> Result<Decimal> {
        let scale = 10i128.pow(places);
        let all = self.times(Exact::whole(scale))?.rounded()?;
        let (whole, part) = (all.abs() / scale, all.abs() % scale);
        let width = usize::try_from(places).map_err(|_| too_large())?;
        let part = format!("{part:0width$}");
        let part = part.trim_end_matches('0');
        let sign = if all < 0 { "-" } else { "" };
        if part.is_empty() { format!("{sign}{whole}").parse() } else { format!("{sign}{whole}.{part}").parse() }
    }

    #[allow(clippy::cast_precision_loss, reason = "for what has no exact answer")]
    pub(crate) fn near(self) -> f64 {
        self.above as f64 / self.below as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::of(&text.parse().unwrap()).unwrap()
    }

    #[test]
    fn decimals_are_exact_and_told_as_they_are() {
        assert_eq!(exact("0.75").times(exact("8")).unwrap().told(6).unwrap().as_str(), "6");
        assert_eq!(exact("0.94").times(exact("8")).unwrap().told(6).unwrap().as_str(), "7.52");
        assert_eq!(exact("1e2"), Exact::whole(100));
        assert_eq!(exact("1").over(exact("3")).unwrap().unwrap().told(4).unwrap().as_str(), "0.3333");
        assert_eq!(exact("-0.125").told(2).unwrap().as_str(), "-0.13");
        assert_eq!((exact("33.3").ceiling(), exact("33.3").floor(), exact("-0.5").ceiling()), (34, 33, 0));
        assert_eq!(exact("1").over(Exact::ZERO).unwrap(), None);
        assert!(Exact::of(&"1e19".parse().unwrap()).is_err());
        assert!(Exact::of(&"123456789012345678901".parse().unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn what_is_told_in_full_is_what_it_was(n in -1_000_000i64..1_000_000, places in 0u32..6) {
            let text = format!("{n}e-{places}");
            prop_assert!(exact(&text).told(6).unwrap().same_value(&text.parse().unwrap()));
        }
    }
}
