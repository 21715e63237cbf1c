//! Measured amounts with their units.

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
    /// The number.
    pub value: Decimal,
    /// How the true value relates to the number, if it is not equal to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparator: Option<Comparator>,
    /// The unit as a person reads it, e.g. `mmHg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// URI of the system that `code` is of, e.g. `http://unitsofmeasure.org`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The unit as a code of `system`, e.g. `mm[Hg]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
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
            unit: Some(unit.to_owned()),
            system: Some(UCUM.to_owned()),
            code: Some(unit.to_owned()),
        })
    }

    /// What to call the unit: the unit as a person reads it; the code of it otherwise.
    pub fn unit_label(&self) -> Option<&str> {
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
        match self.unit_label() {
            Some(unit) => write!(f, "{} {unit}", self.value),
            None => write!(f, "{}", self.value),
        }
    }
}
