//! How well a patient is supplied with medication: proportion of days covered, and medication possession ratio.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ratio::Ratio;
use crate::error::{Error, Result};
use crate::time::{Date, Instant};
use crate::value::Decimal;

mod cover;

use cover::{Cover, after_reversals};

/// Fills of one question.
const MOST_FILLS: usize = 10_000;
/// Stays of one question.
const MOST_STAYS: usize = 1_000;
/// Days one fill may last.
const LONGEST_FILL: i64 = 3_660;
/// Days of a window.
const LONGEST_WINDOW: i64 = 36_600;
/// Decimals shown of a ratio.
const SHOWN: u8 = 4;
/// Percent of days from which on a patient counts as adherent.
const ADHERENT: u8 = 80;

/// A fill of a prescription, or the reversal of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// What drug it is. Fills with the same text are of the same drug, so name the generic ingredient.
    pub drug: String,
    /// The day it was filled.
    pub date: Date,
    /// For how many days it lasts, 1 to 3,660.
    pub days: i64,
    /// Whether this takes back a fill of the same drug, day and length (a negative claim).
    #[serde(default)]
    pub reversal: bool,
}

/// A stay in a hospital or nursing facility, which supplies the patient itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
}

/// Which days are looked at, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyWindow {
    /// The first day of the period. The window begins with the first fill in it.
    pub from: Date,
    /// The last day of the period.
    pub to: Date,
    /// The last day the patient was enrolled, or the day of death, if that is before the end of the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Date>,
    /// Whether supply from before the period counts; then a window whose first day it covers begins with the period.
    #[serde(default)]
    pub carry_in: bool,
    /// Days on which a facility supplied the patient. They are left out of the window, and supply that would have been
    /// used on them lasts that much longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<Stay>,
    /// Whether every way in which the patient gets the drug is among the fills. Samples and what is paid in cash leave
    /// no claim; unless this is said, the result warns that data may be incomplete.
    #[serde(default)]
    pub complete: bool,
}

impl SupplyWindow {
    /// A window on a period, with nothing else said.
    pub fn new(from: Date, to: Date) -> Self {
        SupplyWindow { from, to, ended: None, carry_in: false, stays: Vec::new(), complete: false }
    }

    /// The last day looked at.
    fn last(&self) -> Date {
        self.ended.map_or(self.to, |ended| ended.min(self.to))
    }
}

/// What to know before relying on a figure of supply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplyWarning {
    /// Samples and cash fills may be missing.
    DataIncomplete,
    /// There is no fill in the period, so there is no figure.
    NoFill,
    /// Every day of the window was spent in a facility, so there is no figure.
    NoDays,
    /// A reversal took back no fill.
    ReversalWithoutFill,
    /// Supply reached beyond the end of the window, and what lies beyond was not counted.
    Truncated,
    /// More was supplied than there were days; the value shown is capped at 1.
    Capped,
}

/// Which of several drugs covered how many days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrugSupply {
    /// The drug.
    pub drug: String,
    /// Fills counted.
    pub fills: u32,
    /// Days supplied by them.
    pub supplied: u64,
    /// Days of the window it covered.
    pub covered: u64,
}

/// What a figure is, and where its method is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its name, e.g. `pdc`.
    pub id: String,
    /// Version of the rules, e.g. `2026.1`: another one may give another value.
    pub version: String,
    /// What it states, in one sentence.
    pub basis: String,
    /// Where the method is described.
    pub citation: String,
    /// Terms of use to show beside it.
    pub licence: String,
    /// Version of the library that computed it.
    pub engine_version: String,
}

/// A figure of supply, with what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyResult {
    /// The method.
    pub method: Method,
    /// Days counted of days looked at, exact. Of a possession ratio it may exceed 1; of no days it has no value.
    pub ratio: Ratio,
    /// The ratio capped at 1, with four decimals, halves away from zero; none if there is no figure.
    pub display_value: Option<Decimal>,
    /// Whether it is 80 percent or more, judged before rounding; none if there is no figure.
    pub adherent: Option<bool>,
    /// The first day of the window; none if there is none.
    pub from: Option<Date>,
    /// The last day of the window.
    pub to: Date,
    /// Each drug, in order of name.
    pub drugs: Vec<DrugSupply>,
    /// What to know before relying on it, in order, each once.
    pub warnings: Vec<SupplyWarning>,
    /// When it was computed.
    pub computed_at: Instant,
}

/// The proportion of days covered (PDC): of the days from the first fill in the period to its end, those on which the
/// patient had one of the drugs at least.
///
/// A fill of a drug that is still in stock is used after the stock (overlap of the same drug is moved forward); fills of
/// different drugs of a class overlap as they are. What reaches beyond the end is cut off.
///
/// Source: the method of the Pharmacy Quality Alliance as CMS uses it, described in own words; 80 % as the threshold.
///
/// # Errors
/// `Invalid` for a fill of no or a negative number of days, for a window that ends before it begins, and for more than
/// 10,000 fills, 1,000 stays or 36,600 days.
///
/// # Example
/// ```
/// use prm_core::engage::{Fill, SupplyWindow, days_covered};
/// let fill = |date: &str| -> prm_core::Result<Fill> {
///     Ok(Fill { drug: "metformin".into(), date: date.parse()?, days: 30, reversal: false })
/// };
/// let window = SupplyWindow::new("2025-01-01".parse()?, "2025-03-31".parse()?);
/// let result = days_covered(&[fill("2025-01-01")?, fill("2025-01-25")?], &window, "2025-04-01T00:00:00Z".parse()?)?;
/// assert_eq!((result.ratio.numerator, result.ratio.denominator), (60, 90));
/// assert_eq!(result.display_value.map(|value| value.to_string()).as_deref(), Some("0.6667"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn days_covered(fills: &[Fill], window: &SupplyWindow, now: Instant) -> Result<SupplyResult> {
    let mut result = SupplyResult::begun(Method::covered(), window, now);
    let Some(cover) = result.cover(fills, window)? else { return Ok(result) };
    result.ratio = Ratio { numerator: cover.union(), denominator: cover.days() };
    result.finished()
}

/// The medication possession ratio (MPR): days supplied by the fills in the period, of the days from the first fill to its
/// end. It may exceed 1; what is shown is capped, what is exact is not. Stays are not taken into account.
///
/// # Errors
/// As [`days_covered`].
pub fn possession_ratio(fills: &[Fill], window: &SupplyWindow, now: Instant) -> Result<SupplyResult> {
    let plain = SupplyWindow { stays: Vec::new(), ..window.clone() };
    let mut result = SupplyResult::begun(Method::possession(), &plain, now);
    let Some(cover) = result.cover(fills, &plain)? else { return Ok(result) };
    // What reaches beyond the end was possessed all the same.
    result.warnings.retain(|warning| *warning != SupplyWarning::Truncated);
    result.ratio = Ratio { numerator: cover.supplied(), denominator: cover.days() };
    if result.ratio.numerator > result.ratio.denominator {
        result.warnings.push(SupplyWarning::Capped);
    }
    result.finished()
}

impl Method {
    fn new(id: &str, basis: &str, citation: &str) -> Self {
        Method {
            id: id.to_owned(),
            version: "2026.1".to_owned(),
            basis: basis.to_owned(),
            citation: citation.to_owned(),
            licence: "Method described in own words; no value set is part of it.".to_owned(),
            engine_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    fn covered() -> Self {
        Method::new(
            "pdc",
            "Share of days from the first fill to the end of the window on which the patient had the drug, by claims.",
            "Proportion of days covered, Pharmacy Quality Alliance, as used by CMS for Part D",
        )
    }

    fn possession() -> Self {
        Method::new(
            "mpr",
            "Days supplied per day from the first fill to the end of the window, by claims; it may exceed 1.",
            "Medication possession ratio: sum of days supplied over days of the window",
        )
    }
}

impl SupplyResult {
    fn begun(method: Method, window: &SupplyWindow, now: Instant) -> Self {
        let warnings = if window.complete { Vec::new() } else { vec![SupplyWarning::DataIncomplete] };
        SupplyResult {
            method,
            ratio: Ratio::default(),
            display_value: None,
            adherent: None,
            from: None,
            to: window.last(),
            drugs: Vec::new(),
            warnings,
            computed_at: now,
        }
    }

    /// Lays the fills out over the window; none if there is no window.
    fn cover(&mut self, fills: &[Fill], window: &SupplyWindow) -> Result<Option<Cover>> {
        check(fills, window)?;
        let kept = after_reversals(fills);
        if kept.unmatched > 0 {
            self.warnings.push(SupplyWarning::ReversalWithoutFill);
        }
        let Some(cover) = Cover::of(&kept.fills, window) else {
            self.warnings.push(SupplyWarning::NoFill);
            return Ok(None);
        };
        self.from = Some(Date::try_from(cover.from)?);
        self.drugs = cover.drugs.iter().map(|(drug, laid)| laid.told(drug)).collect();
        if cover.truncated() {
            self.warnings.push(SupplyWarning::Truncated);
        }
        if cover.days() == 0 {
            self.warnings.push(SupplyWarning::NoDays);
        }
        Ok(Some(cover))
    }

    fn finished(mut self) -> Result<Self> {
        self.display_value = self.ratio.capped().rounded(SHOWN)?;
        self.adherent = self.ratio.at_least(ADHERENT);
        self.warnings.sort_unstable();
        Ok(self)
    }
}

fn check(fills: &[Fill], window: &SupplyWindow) -> Result<()> {
    if fills.len() > MOST_FILLS {
        return Err(Error::invalid("fills", "10,000 fills at most are looked at"));
    }
    for (n, fill) in fills.iter().enumerate() {
        if !(1..=LONGEST_FILL).contains(&fill.days) {
            return Err(Error::invalid(format!("fills[{n}].days"), "a fill lasts for 1 to 3,660 days"));
        }
        if fill.drug.trim().is_empty() {
            return Err(Error::invalid(format!("fills[{n}].drug"), "name the drug of each fill"));
        }
    }
    let days = (window.to.naive() - window.from.naive()).num_days();
    if !(0..LONGEST_WINDOW).contains(&days) {
        return Err(Error::invalid("window.to", "a window has 1 to 36,600 days"));
    }
    if window.ended.is_some_and(|ended| ended < window.from) {
        return Err(Error::invalid("window.ended", "a window ends on its first day or after it"));
    }
    if window.stays.len() > MOST_STAYS {
        return Err(Error::invalid("window.stays", "1,000 stays at most are looked at"));
    }
    match window.stays.iter().position(|stay| stay.to < stay.from) {
        Some(n) => Err(Error::invalid(format!("window.stays[{n}].to"), "a stay ends on its first day or after it")),
        None => Ok(()),
    }
}

fn next(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(Days::new(1))
}

#[cfg(test)]
mod tests;
