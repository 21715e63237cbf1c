//! What Kotlin has beside the code that uniffi makes: typed ids, rooms in two sets, kinds of errors; and for its tests a
//! table that turns the JSON of scenarios into native values and back.

mod docs;
mod finish;
mod ids;
mod names;
mod rooms;
mod samples;
mod table;
#[cfg(test)]
mod tests;

use crate::Api;

pub use finish::{Missing, finish};

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the folder of generated code: `main/…` for the library, `test/…` for its tests.
    pub path: String,
    /// Text.
    pub text: String,
}

/// Every source file.
pub fn sources(api: &Api) -> Vec<Source> {
    let source = |path: &str, text: String| Source { path: path.to_owned(), text };
    vec![
        source("main/dev/prm/Ids.kt", ids::ids(api)),
        source("main/dev/prm/ErrorKind.kt", ids::errors(api)),
        source("main/dev/prm/Rooms.kt", rooms::rooms(api, rooms::Manner::Blocking)),
        source("main/dev/prm/SuspendingRooms.kt", rooms::rooms(api, rooms::Manner::Suspending)),
        source("test/dev/prm/Table.kt", table::types(api)),
        source("test/dev/prm/Calls.kt", table::calls(api)),
        source("test/dev/prm/Samples.kt", samples::samples(api)),
    ]
}

/// What every file begins with.
fn head(about: &str) -> String {
    format!("// Made from bindings/api.manifest: {about}. Not to be edited.\npackage dev.prm\n\n")
}
