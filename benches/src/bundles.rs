//! FHIR bundles to import: files, and copies of them that are other people's.

use std::fs;

use crate::draw::Draw;
use crate::engine::Result;

/// The text of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Name of the file, with the number of the copy if it is one.
    pub name: String,
    /// JSON.
    pub text: String,
}

/// Reads files, each `copies` times. The first is the file as it is; in the others every UUID is another one, the same
/// for the same UUID, so that their links hold and their identities are new.
pub fn read(files: &[&str], copies: u64) -> Result<Vec<Bundle>> {
    let mut bundles = Vec::new();
    for copy in 0..copies {
        for file in files {
            let text = fs::read_to_string(file)?;
            let text = if copy == 0 { text } else { with_other_ids(&text, copy) };
            bundles.push(Bundle { name: format!("{file}#{copy}"), text });
        }
    }
    Ok(bundles)
}

/// Replaces the first eight digits of whatever has the form of a UUID.
fn with_other_ids(text: &str, copy: u64) -> String {
    let mask = Draw::seeded(&[20, copy]).number() as u32 | 1;
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + 36 <= bytes.len() {
        let form = bytes.get(at..at + 36).unwrap_or_default();
        if !has_form_of_uuid(form) {
            at += 1;
            continue;
        }
        let digits = text.get(at..at + 8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let (Some(before), Some(digits)) = (text.get(copied..at), digits) {
            out.push_str(before);
            out.push_str(&format!("{:08x}", digits ^ mask));
            copied = at + 8;
        }
        at += 36;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

fn has_form_of_uuid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_other_ids_and_the_same_links() {
        let id = "0bfeda65-c8ac-4dd7-a46c-d69e665996d4";
        let text = format!(r#"{{"id":"{id}","ref":"urn:uuid:{id}","x":"0bfeda65-ü"}}"#);
        let copy = with_other_ids(&text, 1);
        assert_eq!(copy.len(), text.len());
        assert!(!copy.contains(id) && copy.contains("0bfeda65-ü"));
        let changed = copy.split('"').nth(3).unwrap_or_default();
        assert_eq!(copy.matches(changed).count(), 2);
        assert_ne!(with_other_ids(&text, 2), copy);
    }
}
