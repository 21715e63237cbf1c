//! Zones made up for tests: TZif files of RFC 9636 from a list of changes.

/// A zone with an offset in seconds east at first, then others from instants on, and a rule for what comes after them.
pub(super) fn zone(first: i32, changes: &[(i64, i32)], rule: &str) -> Vec<u8> {
    let mut offsets = vec![first];
    offsets.extend(changes.iter().map(|(_, offset)| *offset));
    let mut bytes = Vec::new();
    // The block of 32 bits is empty but for a type, which it must have.
    header(&mut bytes, 0, 1);
    kind(&mut bytes, first);
    bytes.extend(b"LMT\0");
    header(&mut bytes, changes.len(), offsets.len());
    changes.iter().for_each(|(at, _)| bytes.extend(at.to_be_bytes()));
    bytes.extend((1..=changes.len()).map(|n| n as u8));
    offsets.iter().for_each(|offset| kind(&mut bytes, *offset));
    bytes.extend(b"LMT\0");
    bytes.extend(format!("\n{rule}\n").bytes());
    bytes
}

fn header(bytes: &mut Vec<u8>, changes: usize, kinds: usize) {
    bytes.extend(b"TZif2");
    bytes.extend([0; 15]);
    for count in [0, 0, 0, changes as u32, kinds as u32, 4] {
        bytes.extend(count.to_be_bytes());
    }
}

fn kind(bytes: &mut Vec<u8>, offset: i32) {
    bytes.extend(offset.to_be_bytes());
    bytes.extend([0, 0]);
}
