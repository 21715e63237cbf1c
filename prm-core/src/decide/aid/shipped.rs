//! Aids that come with the library.

use super::DecisionAid;
use crate::error::{Error, ErrorKind, Result};

/// The files. A row of a file is changed in a new version of its aid, never in place.
const FILES: [(&str, &str); 2] = [
    ("lung-cancer-screening", include_str!("../data/lung-cancer-screening.json")),
    ("statin-primary-prevention", include_str!("../data/statin-primary-prevention.json")),
];

/// The aids that come with the library, by name: screening for lung cancer by CT, and a statin against a first heart attack
/// or stroke. They are examples to start from. A figure that was read in a source has the sentence, its address and the day;
/// one that has none is an example that nobody verified, and pages say so.
///
/// # Errors
/// `Corrupted` if a file cannot be read, which a test rules out.
///
/// # Example
/// ```
/// let names: Vec<_> = prm_core::decide::shipped_aids()?.into_iter().map(|aid| aid.name).collect();
/// assert_eq!(names, ["lung-cancer-screening", "statin-primary-prevention"]);
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn shipped_aids() -> Result<Vec<DecisionAid>> {
    FILES.iter().map(|(name, text)| read(name, text)).collect()
}

fn read(name: &str, text: &str) -> Result<DecisionAid> {
    serde_json::from_str(text)
        .map_err(|e| Error::new(ErrorKind::Corrupted, format!("the shipped aid {name} cannot be read")).because(e))
}

#[cfg(test)]
mod tests;
