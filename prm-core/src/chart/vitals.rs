//! Measurements with codes of their own that people take at home.

use super::{ChartEntry, Component, EntryKind, EntryStatus, EntryValue};
use crate::time::When;
use crate::value::{Coding, Concept, Decimal, Quantity};

const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// Blood pressure panel.
pub(crate) const BLOOD_PRESSURE: &str = "85354-9";
/// Systolic pressure.
pub(crate) const SYSTOLIC: &str = "8480-6";
/// Diastolic pressure.
pub(crate) const DIASTOLIC: &str = "8462-4";

impl ChartEntry {
    /// A blood pressure in mm\[Hg\]: an observation with LOINC 85354-9 and the parts 8480-6 (systolic) and 8462-4
    /// (diastolic), as US Core writes one. It is found with those that were imported.
    ///
    /// # Example
    /// ```
    /// use prm_core::chart::ChartEntry;
    /// let pressure = ChartEntry::blood_pressure(128.into(), 82.into(), "2026-03-09T07:30:00+01:00".parse()?);
    /// assert_eq!(pressure.components.len(), 2);
    /// # Ok::<(), prm_core::Error>(())
    /// ```
    pub fn blood_pressure(systolic: Decimal, diastolic: Decimal, when: When) -> Self {
        let loinc = |code: &str, display: &str| Concept::from(Coding::new(LOINC, code).display(display));
        let part = |code: &str, display: &str, value: Decimal| {
            let unit = Some("mm[Hg]".to_owned());
            let value =
                Quantity { value, comparator: None, unit: unit.clone(), system: Some(UCUM.to_owned()), code: unit };
            Component { code: loinc(code, display), value: Some(EntryValue::Quantity(value)) }
        };
        ChartEntry {
            when: Some(when),
            status: EntryStatus::Final,
            categories: vec![Coding::new(CATEGORY, "vital-signs").display("Vital Signs")],
            components: vec![
                part(SYSTOLIC, "Systolic blood pressure", systolic),
                part(DIASTOLIC, "Diastolic blood pressure", diastolic),
            ],
            ..ChartEntry::new(EntryKind::Observation, loinc(BLOOD_PRESSURE, "Blood pressure"))
        }
    }
}
