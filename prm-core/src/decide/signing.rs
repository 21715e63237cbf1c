//! What a signature seals: the bytes of the sheet.

use super::{Decision, DecisionSheet};
use crate::error::{Error, Result};
use crate::store::cipher;

/// SHA-256 of the sheet as it is stored, hexadecimal. Two sheets that say the same have the same.
///
/// # Errors
/// `Invalid` for a sheet that cannot be encoded.
pub fn sheet_digest(sheet: &DecisionSheet) -> Result<String> {
    use std::fmt::Write;
    let bytes = minicbor::to_vec(sheet).map_err(|_| Error::invalid("sheet", "the sheet cannot be encoded"))?;
    let digest = cipher::sha256(&[b"prm decision sheet 1", &bytes]);
    let mut text = String::with_capacity(64);
    for byte in digest {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

/// Whether every signature is one of the sheet as it is now. A decision without signatures has none that is not.
///
/// # Errors
/// `Invalid` for a sheet that cannot be encoded.
pub fn signatures_hold(decision: &Decision) -> Result<bool> {
    let digest = sheet_digest(&decision.sheet)?;
    Ok(decision.signatures.iter().all(|own| own.digest == digest))
}
