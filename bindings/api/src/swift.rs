//! What the Swift package is completed with: ids, rooms, edits, errors, and the table its tests build values by.
//!
//! Types and names are those that uniffi gives; `RENAMED` is what `bindings/uniffi/uniffi.toml` renames.

mod edits;
mod errors;
mod finish;
mod names;
mod rooms;
mod samples;
mod table;

use std::io;
use std::path::Path;

use crate::{Api, Of, Shape, Type};

use names::{documented, swift_name};
#[cfg(test)]
pub(crate) use table::value as default_value;

/// Names that Foundation, SwiftUI, AlarmKit, the runtime of Objective-C or the standard library use as well, and what they are called instead.
pub const RENAMED: [(&str, &str); 11] = [
    ("Alarm", "CalendarAlarm"),
    ("Anchor", "TimingAnchor"),
    ("Date", "CivilDate"),
    ("Decimal", "ExactDecimal"),
    ("Link", "EntryLink"),
    ("Method", "FigureMethod"),
    ("Point", "TrendPoint"),
    ("Progress", "WorkProgress"),
    ("SensitiveText", "Sensitive"),
    ("Span", "CalendarSpan"),
    ("Window", "DueWindow"),
];

/// Writes every generated file below `out`, the folder of the package, and finishes what uniffi wrote there.
///
/// # Errors
/// What the file system says; a line that uniffi writes otherwise.
pub fn write(api: &Api, out: &Path) -> io::Result<()> {
    for (place, text) in files(api) {
        let path = out.join(place);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    let generated = out.join("Sources/PrmGenerated/PrmGenerated.swift");
    let text = finish::finish(&std::fs::read_to_string(&generated)?).map_err(io::Error::other)?;
    std::fs::write(generated, text)
}

/// Every generated file: its place in the package, and its text.
pub fn files(api: &Api) -> Vec<(&'static str, String)> {
    vec![
        ("Sources/PrmValues/Ids.swift", ids(api)),
        ("Sources/Prm/Rooms.swift", rooms::rooms(api)),
        ("Sources/Prm/Edits.swift", edits::edits(api)),
        ("Sources/Prm/ErrorKinds.swift", errors::errors(api)),
        ("Tests/PrmTests/Table.swift", table::table(api)),
        ("Tests/PrmTests/Calls.swift", table::calls(api)),
        ("Tests/PrmTests/Samples.swift", samples::samples(api)),
    ]
}

/// Ids: a struct over a UUID each.
fn ids(api: &Api) -> String {
    let mut out = String::from("import Foundation\n");
    for Type { name, docs, .. } in api.types.iter().filter(|of| of.shape == Shape::Id) {
        out.push_str(&format!(
            "\n{}public struct {name}: RecordIdentifier {{\n    /// The UUID.\n    public let uuid: UUID\n\n    \
             /// The id of a UUID.\n    public init(_ uuid: UUID) {{\n        self.uuid = uuid\n    }}\n}}\n",
            documented(docs, ""),
        ));
    }
    out
}

/// The type in Swift.
fn swift(of: &Of) -> String {
    match of {
        Of::Unit => "Void".to_owned(),
        Of::Plain("bool") => "Bool".to_owned(),
        Of::Plain("text" | "word") => "String".to_owned(),
        Of::Plain(number) => match *number {
            "u8" => "UInt8",
            "u16" => "UInt16",
            "u32" => "UInt32",
            "u64" => "UInt64",
            _ => "Int64",
        }
        .to_owned(),
        Of::Scalar(name) => swift_name(name).to_owned(),
        Of::Named(name) => swift_name(name).to_owned(),
        Of::Sensitive(of) if **of == Of::Plain("text") => "Sensitive".to_owned(),
        Of::Sensitive(of) => format!("Redacted<{}>", swift(of)),
        Of::Option(of) => format!("{}?", swift(of)),
        Of::List(of) => format!("[{}]", swift(of)),
    }
}

#[cfg(test)]
mod tests;
