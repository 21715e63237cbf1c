//! Compression of values: LZ4 blocks made with a dictionary that the library ships.
//!
//! Dictionary 1 was trained by `examples/train-dictionary.rs` on the resources of three synthetic patients (Synthea, by
//! MITRE, Apache-2.0: the bundles of Antonio Runolfsson, Bill Reinger and Christian Balistreri of
//! smart-on-fhir/generated-sample-data, without the whitespace between their tokens). A dictionary is never made from the
//! content of a store and never changed: values refer to it by number.

use std::sync::OnceLock;

use crate::store::lz4::Dictionary;

/// The dictionary that new values are compressed with.
pub(crate) const NEWEST: u16 = 1;

static FIRST: &[u8; 32768] = include_bytes!("dictionary-1.bin");

/// The dictionary of this number, if this library knows it. None is ever removed.
pub(crate) fn numbered(number: u16) -> Option<&'static [u8]> {
    match number {
        1 => Some(FIRST),
        _ => None,
    }
}

/// An LZ4 block made with the newest dictionary.
pub(crate) fn compress(plaintext: &[u8]) -> Vec<u8> {
    static INDEXED: OnceLock<Dictionary> = OnceLock::new();
    INDEXED.get_or_init(|| Dictionary::new(FIRST)).compress(plaintext)
}

/// The `len` bytes that a block made with `dictionary` stands for.
pub(crate) fn expand(block: &[u8], len: usize, dictionary: &[u8]) -> Option<Vec<u8>> {
    let text = lz4_flex::block::decompress_with_dict(block, len, dictionary).ok()?;
    (text.len() == len).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::cipher::sha256;

    /// Every value ever written needs the dictionary it was written with, to the byte.
    #[test]
    fn a_dictionary_never_changes() {
        let digest: String = sha256(&[numbered(1).unwrap()]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "f2d97ead5e6bb62f9999d6997ee39b6978262a87f0394d2caddd6bf8ad4cfc25");
        assert_eq!((numbered(0), numbered(2)), (None, None));
        assert!(numbered(NEWEST).is_some());
    }

    #[test]
    fn a_short_resource_shrinks_to_less_than_a_third() {
        let resource = br#"{"resourceType":"Observation","id":"0e4a","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"8302-2","display":"Body Height"}],"text":"Body Height"},"valueQuantity":{"value":171.5,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"}}"#;
        let block = compress(resource);
        assert!(block.len() * 3 < resource.len(), "{} of {}", block.len(), resource.len());
        assert_eq!(expand(&block, resource.len(), FIRST).unwrap(), resource);
        assert_eq!(expand(&block, resource.len() - 1, FIRST), None);
        assert_eq!(expand(&block, resource.len() + 1, FIRST), None);
    }
}
