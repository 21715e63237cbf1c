//! Finishing what uniffi wrote: text where it writes none, and reads of its buffer that do not copy byte by byte.

/// Lines before which uniffi writes no documentation, and what is to be said.
const SILENT: [(&str, &str); 3] = [
    ("public typealias Word ", "A text that is often one of a known list."),
    ("public typealias SensitiveConcept ", "A concept that does not print."),
    ("public var description: String {", "What went wrong, as a sentence with ids and counts."),
];

/// What is read from the buffer of an answer, as uniffi writes it and as it is read here. `Data.copyBytes` takes some
/// 200 ns for each number; a page of entries became seven times as fast.
const READS: [(&str, &str); 2] = [
    (
        "    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})\n",
        "    reader.data.withUnsafeBytes { value = $0.loadUnaligned(fromByteOffset: range.lowerBound, as: T.self) }\n",
    ),
    (
        "        return String(decoding: try readBytes(&buf, count: Int(len)), as: UTF8.self)\n",
        "        let range = buf.offset..<buf.offset + Int(len)
        guard buf.data.count >= range.upperBound else { throw UniffiInternalError.bufferOverflow }
        buf.offset = range.upperBound
        return buf.data.withUnsafeBytes { String(decoding: UnsafeRawBufferPointer(rebasing: $0[range]), as: UTF8.self) }
",
    ),
];

/// What uniffi wrote, finished.
///
/// # Errors
/// The line that is not there once, as after a change of uniffi.
pub(super) fn finish(generated: &str) -> Result<String, String> {
    let mut text = generated.to_owned();
    for (written, wanted) in READS {
        if text.matches(written).count() != 1 {
            return Err(format!("uniffi does not write this once: {}", written.trim()));
        }
        text = text.replacen(written, wanted, 1);
    }
    let told =
        |line: &str| SILENT.iter().find(|(begins, _)| line.trim_start().starts_with(begins)).map(|(_, text)| *text);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if let Some(text) = told(line) {
            out.push_str(&format!("/// {text}\n"));
        }
        out.push_str(line);
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_uniffi_leaves_silent_is_told_and_what_is_slow_is_replaced() {
        let written: String = READS.iter().map(|(written, _)| *written).collect();
        let wanted: String = READS.iter().map(|(_, wanted)| *wanted).collect();
        let text = finish(&format!("{written}public typealias Word = String\n"));
        let told = "/// A text that is often one of a known list.\npublic typealias Word = String\n";
        assert_eq!(text, Ok(format!("{wanted}{told}")));
    }

    #[test]
    fn a_change_of_uniffi_is_noticed() {
        assert!(finish("public typealias Word = String\n").is_err_and(|e| e.contains("copyBytes")));
    }
}
