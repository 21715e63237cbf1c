//! How many people of a round number a risk is.

use std::cmp::Ordering;

use crate::evidence::AbsoluteRisk;
use crate::value::Decimal;

/// How many people a picture stands for. All options of a page have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IconCount {
    /// Ten rows of ten.
    Hundred,
    /// Forty rows of twenty-five.
    Thousand,
}

impl IconCount {
    /// The number that fits the risks of one outcome: 1000 if one of them is below 1 % and not zero, or if two that differ
    /// would get the same number of icons of 100; 100 otherwise.
    ///
    /// Source: Trevena et al., BMC Med Inform Decis Mak 2013;13(S2):S7 (one denominator, icons of 100 or 1000).
    pub fn fitting<'a>(risks: impl IntoIterator<Item = &'a AbsoluteRisk>) -> Self {
        let exact: Vec<Exact> = risks.into_iter().filter_map(Exact::of).collect();
        let small = exact.iter().any(|risk| risk.above > 0 && risk.above * 100 < risk.below);
        let alike = exact.iter().enumerate().any(|(at, one)| {
            exact.iter().skip(at + 1).any(|two| one.times(100) == two.times(100) && one.compare(two) != Ordering::Equal)
        });
        if small || alike { IconCount::Thousand } else { IconCount::Hundred }
    }

    /// 100 or 1000.
    pub const fn people(self) -> u32 {
        match self {
            IconCount::Hundred => 100,
            IconCount::Thousand => 1000,
        }
    }

    /// Icons in a row.
    pub(crate) const fn across(self) -> u32 {
        match self {
            IconCount::Hundred => 10,
            IconCount::Thousand => 25,
        }
    }
}

/// Digits after the point that count; estimates have fewer.
const PLACES: i64 = 12;
const ONE: i128 = 1_000_000_000_000;

/// A share of whole numbers.
#[derive(Debug, Clone, Copy)]
struct Exact {
    above: i128,
    below: i128,
}

impl Exact {
    fn of(risk: &AbsoluteRisk) -> Option<Self> {
        Exact::share(&risk.numerator, risk.denominator).filter(|exact| exact.above <= exact.below)
    }

    fn share(part: &Decimal, whole: u32) -> Option<Self> {
        (1..=1_000_000).contains(&whole).then_some(())?;
        Some(Exact { above: scaled(part)?, below: i128::from(whole) * ONE })
    }

    /// How many of so many, to the nearest, half away from zero.
    fn times(&self, all: u32) -> i128 {
        rounded(self.above * i128::from(all), self.below)
    }

    fn compare(&self, other: &Exact) -> Ordering {
        // Within a million times 10¹² on either side, so the products fit.
        (self.above * (other.below / ONE)).cmp(&(other.above * (self.below / ONE)))
    }
}

/// The nearest whole number to a fraction, half away from zero. `below` is above zero.
fn rounded(above: i128, below: i128) -> i128 {
    let nearest = (2 * above.abs() + below) / (2 * below);
    if above < 0 { -nearest } else { nearest }
}

/// A decimal of 0 to 1,000,000 times 10¹², cut off.
fn scaled(value: &Decimal) -> Option<i128> {
    let text = value.as_str();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = whole.chars().chain(fraction.chars()).collect();
    if digits.chars().all(|digit| digit == '0' || digit == '-') {
        return Some(0);
    }
    let negative = mantissa.starts_with('-');
    let exponent: i64 = exponent.parse().ok().filter(|exponent: &i64| exponent.abs() < 100)?;
    let keep = i64::try_from(whole.len()).ok()? + exponent + PLACES;
    let mut out: i128 = 0;
    for at in 0..keep.max(0) {
        let digit =
            usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at)).map_or(0, |b| b.wrapping_sub(b'0'));
        out = out.checked_mul(10)?.checked_add(i128::from(digit))?;
    }
    (!negative && out <= 1_000_000 * ONE).then_some(out)
}

/// A risk in whole people of 100 or 1000, and what rounding left out.
#[derive(Debug, Clone)]
pub(crate) struct Headcount<'a> {
    risk: &'a AbsoluteRisk,
    exact: Exact,
    all: u32,
    /// How many it happens to.
    pub(crate) happens: u32,
}

/// An interval in whole people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: u32,
    pub(crate) high: u32,
    /// Whether it lies above nobody and below one person.
    pub(crate) below_one: bool,
}

/// How one risk differs from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    /// They differ by less than can be told.
    Close,
    /// How many fewer or more, as text; whether it is taken before rounding.
    Fewer(String, bool),
    More(String, bool),
}

impl<'a> Headcount<'a> {
    /// None for a risk that is none: above its denominator, below zero, or of nobody.
    pub(crate) fn of(risk: &'a AbsoluteRisk, count: IconCount) -> Option<Self> {
        let (exact, all) = (Exact::of(risk)?, count.people());
        Some(Headcount { risk, exact, all, happens: u32::try_from(exact.times(all)).ok()? })
    }

    /// How many it does not happen to. Both add up to all.
    pub(crate) fn spared(&self) -> u32 {
        self.all - self.happens
    }

    /// Whether whole people are not what was given.
    pub(crate) fn is_rounded(&self) -> bool {
        self.exact.above * i128::from(self.all) != i128::from(self.happens) * self.exact.below
    }

    /// Whether it happens to someone, yet to fewer than one of so many.
    pub(crate) fn below_one(&self) -> bool {
        self.happens == 0 && self.exact.above > 0
    }

    /// Whether it does not happen to everyone, yet spares fewer than one of so many.
    pub(crate) fn above_all_but_one(&self) -> bool {
        self.spared() == 0 && self.exact.above < self.exact.below
    }

    pub(crate) fn interval(&self) -> Option<Span> {
        let interval = self.risk.interval.as_ref()?;
        let of = |end: &Decimal| Exact::share(end, self.risk.denominator);
        let (low, high) = (of(&interval.low)?, of(&interval.high)?);
        let whole = |end: Exact| u32::try_from(end.times(self.all)).ok().map(|n| n.min(self.all));
        let span = Span { low: whole(low)?, high: whole(high)?, below_one: false };
        Some(Span { below_one: span.high == 0 && high.above > 0, ..span })
    }

    /// How it differs from another risk of the same count.
    pub(crate) fn gap(&self, other: &Headcount<'_>) -> Gap {
        let (one, two) = (self.exact, other.exact);
        let above = (one.above * (two.below / ONE) - two.above * (one.below / ONE)) * i128::from(self.all);
        let below = (one.below / ONE) * two.below;
        if above == 0 {
            return Gap::None;
        }
        let (whole, tenths) = (rounded(above, below).abs(), rounded(above * 10, below).abs());
        let drawn = i128::from(self.happens.abs_diff(other.happens));
        let said = match (whole, tenths) {
            (_, 0) => return Gap::Close,
            (1.., _) if whole == drawn => (whole.to_string(), false),
            (_, tenths) => (format!("{}.{}", tenths / 10, tenths % 10), true),
        };
        if above < 0 { Gap::Fewer(said.0, said.1) } else { Gap::More(said.0, said.1) }
    }
}

/// A share of 0 to 1, or of −1 to 1, in hundredths, half away from zero; none for what is no such number.
pub(crate) fn hundredths(share: &Decimal) -> Option<i32> {
    let text = share.as_str();
    let (negative, size) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.parse().ok()?),
        None => (false, share.clone()),
    };
    let size = i32::try_from(rounded(scaled(&size)? * 100, ONE)).ok().filter(|size| *size <= 100)?;
    Some(if negative { -size } else { size })
}
