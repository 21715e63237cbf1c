//! Measured amounts with their units.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Decimal;
use crate::error::{Error, Result};

super::codes! {
    /// How the true value relates to the stated one, as in FHIR `Quantity.comparator`.
    Comparator {
        /// Less than stated.
        LessThan = 1 "<",
        /// At most as stated.
        AtMost = 2 "<=",
        /// At least as stated.
        AtLeast = 3 ">=",
        /// More than stated.
        MoreThan = 4 ">",
    }
}

/// URI of the Unified Code for Units of Measure.
const UCUM: &str = "http://unitsofmeasure.org";

/// An amount with its unit, as in FHIR `Quantity`, as its source stated it: digits and unit are kept as they came.
/// [`ucum_code`](Self::ucum_code) gives a code of UCUM if it is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    value: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comparator: Option<Comparator>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    system: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Cow<'static, str>>,
}

impl Quantity {
    /// An amount in a unit of UCUM, e.g. `mm[Hg]` or `mg/dL`.
    ///
    /// # Errors
    /// `Invalid` when the unit is empty or holds a space or a character outside printable ASCII.
    pub fn ucum(value: Decimal, unit: &str) -> Result<Self> {
        if !is_ucum(unit) {
            return Err(Error::invalid("unit", "a UCUM unit is printable ASCII without spaces, such as mm[Hg]"));
        }
        Ok(Quantity {
            value,
            comparator: None,
            unit: Some(unit.to_owned().into()),
            system: Some(UCUM.into()),
            code: Some(unit.to_owned().into()),
        })
    }

    /// An amount as a source stated it; any part may be missing.
    pub(crate) fn stated(
        value: Decimal,
        comparator: Option<Comparator>,
        unit: Option<String>,
        system: Option<String>,
        code: Option<String>,
    ) -> Self {
        Quantity::of(value, comparator, [unit, system, code].map(|text| text.map(Cow::Owned)))
    }

    /// An amount with its unit, system and code.
    pub(super) fn of(
        value: Decimal,
        comparator: Option<Comparator>,
        [unit, system, code]: [Option<Cow<'static, str>>; 3],
    ) -> Self {
        Quantity { value, comparator, unit, system, code }
    }

    /// The number.
    pub const fn value(&self) -> &Decimal {
        &self.value
    }

    /// How the true value relates to the number, if it is not equal to it.
    pub const fn comparator(&self) -> Option<&Comparator> {
        self.comparator.as_ref()
    }

    /// Unit, system and code as the source stated them.
    pub(crate) fn stated_unit(&self) -> [Option<&str>; 3] {
        [self.unit.as_deref(), self.system.as_deref(), self.code.as_deref()]
    }

    /// The unit as a person reads it; the code of it otherwise.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref().or(self.code.as_deref())
    }

    /// The UCUM code of the unit, if the source used UCUM and the code has the form of one: printable ASCII without
    /// spaces.
    pub fn ucum_code(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| self.system.as_deref() == Some(UCUM) && is_ucum(code))
    }
}

fn is_ucum(unit: &str) -> bool {
    !unit.is_empty() && unit.bytes().all(|b| b.is_ascii_graphic())
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(comparator) = &self.comparator {
            write!(f, "{comparator} ")?;
        }
        match self.unit() {
            Some(unit) => write!(f, "{} {unit}", self.value),
            None => write!(f, "{}", self.value),
        }
    }
}
