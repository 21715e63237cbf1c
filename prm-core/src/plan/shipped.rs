//! Templates that come with the library.

use super::CareTemplate;
use crate::error::{Error, ErrorKind, Result};

/// The files. A row of a file is changed in a new version of its template, never in place.
const FILES: [(&str, &str); 6] = [
    ("depression-follow-up", include_str!("data/depression-follow-up.json")),
    ("heart-failure-discharge", include_str!("data/heart-failure-discharge.json")),
    ("hypertension", include_str!("data/hypertension.json")),
    ("prenatal", include_str!("data/prenatal.json")),
    ("transitional-care", include_str!("data/transitional-care.json")),
    ("type-2-diabetes", include_str!("data/type-2-diabetes.json")),
];

/// The templates that come with the library, by name: depression follow-up, heart failure after discharge, high blood
/// pressure, prenatal care, transitional care, type 2 diabetes. They are examples to start from: each row says what it
/// rests on and how far that was checked, and those that were not say so wherever they are shown.
///
/// # Errors
/// `Corrupted` if a file cannot be read, which a test rules out.
///
/// # Example
/// ```
/// let names: Vec<_> = prm_core::plan::shipped()?.into_iter().map(|template| template.name).collect();
/// assert!(names.contains(&"transitional-care".to_owned()));
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn shipped() -> Result<Vec<CareTemplate>> {
    FILES.iter().map(|(name, text)| read(name, text)).collect()
}

fn read(name: &str, text: &str) -> Result<CareTemplate> {
    serde_json::from_str(text)
        .map_err(|e| Error::new(ErrorKind::Corrupted, format!("the shipped template {name} cannot be read")).because(e))
}
