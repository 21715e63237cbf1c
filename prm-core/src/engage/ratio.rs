//! Shares of whole numbers, exact until they are shown.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::value::Decimal;

/// So many of so many. It is kept exact; what is shown of it is rounded by [`rounded`](Self::rounded).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// How many. It may exceed the denominator where the figure says so.
    pub numerator: u64,
    /// Of how many; 0 if there were none, and then the ratio has no value.
    pub denominator: u64,
}

impl Ratio {
    /// The value with this many decimals (18 at most), halves away from zero; none if the denominator is 0.
    ///
    /// # Errors
    /// `Invalid` for more than 18 decimals.
    ///
    /// # Example
    /// ```
    /// use prm_core::engage::Ratio;
    /// let ratio = Ratio { numerator: 287, denominator: 365 };
    /// assert_eq!(ratio.rounded(4)?.map(|value| value.to_string()).as_deref(), Some("0.7863"));
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn rounded(&self, decimals: u8) -> Result<Option<Decimal>> {
        if decimals > 18 {
            return Err(Error::invalid("decimals", "18 decimals at most are shown"));
        }
        if self.denominator == 0 {
            return Ok(None);
        }
        let scale = 10u128.pow(u32::from(decimals));
        // A numerator below 2^64 times twice 10^18 stays below 2^126.
        let doubled = u128::from(self.numerator) * scale * 2 + u128::from(self.denominator);
        let all = doubled / (u128::from(self.denominator) * 2);
        let (whole, part) = (all / scale, all % scale);
        let text = if decimals == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{part:0width$}", width = usize::from(decimals))
        };
        text.parse().map(Some)
    }

    /// The same ratio, 1 at most.
    pub fn capped(&self) -> Self {
        Ratio { numerator: self.numerator.min(self.denominator), denominator: self.denominator }
    }

    /// Whether it is at least this many percent, judged before anything is rounded; none if the denominator is 0.
    pub fn at_least(&self, percent: u8) -> Option<bool> {
        (self.denominator > 0)
            .then(|| u128::from(self.numerator) * 100 >= u128::from(self.denominator) * u128::from(percent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(numerator: u64, denominator: u64, decimals: u8) -> Option<String> {
        Ratio { numerator, denominator }.rounded(decimals).unwrap().map(|value| value.to_string())
    }

    #[test]
    fn halves_are_rounded_away_from_zero_and_nothing_of_nothing_has_no_value() {
        assert_eq!(said(1, 8, 2).as_deref(), Some("0.13"));
        assert_eq!(said(1, 2, 0).as_deref(), Some("1"));
        assert_eq!(said(5, 2, 0).as_deref(), Some("3"));
        assert_eq!(said(90, 30, 1).as_deref(), Some("3.0"));
        assert_eq!(said(u64::MAX, 1, 18).as_deref(), Some("18446744073709551615.000000000000000000"));
        assert_eq!(said(0, 0, 2), None);
        assert!(Ratio { numerator: 1, denominator: 2 }.rounded(19).is_err());
    }

    #[test]
    fn a_threshold_is_judged_before_rounding() {
        let short = Ratio { numerator: 7_999_999, denominator: 10_000_000 };
        assert_eq!(
            (short.at_least(80), short.rounded(2).unwrap().unwrap().as_str().to_owned()),
            (Some(false), "0.80".into())
        );
        assert_eq!(Ratio { numerator: 4, denominator: 5 }.at_least(80), Some(true));
        assert_eq!(Ratio::default().at_least(0), None);
    }
}
