//! Requirements that come with the library.

use super::Requirement;
use crate::error::{Error, ErrorKind, Result};

/// The file. A changed rule is a new version of its row.
const FILE: &str = include_str!("../data/requirements.json");

/// The requirements that come with the library: those of Medicare for lung screening by CT (NCD 210.14), implanted
/// defibrillators (20.4) and closure of the left atrial appendage (20.34), and that of the US Preventive Services Task Force
/// for lung screening, which goes to an age of 80 where Medicare stops at 77.
///
/// # Errors
/// `Corrupted` if the file cannot be read, which a test rules out.
pub fn shipped_requirements() -> Result<Vec<Requirement>> {
    serde_json::from_str(FILE)
        .map_err(|e| Error::new(ErrorKind::Corrupted, "the shipped requirements cannot be read").because(e))
}
