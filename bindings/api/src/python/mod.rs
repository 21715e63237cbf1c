//! What the Python binding is made from: classes of the types, rooms, exceptions, and the Rust that converts.

mod docs;
mod model;
mod native;
mod place;
mod rooms;
mod surface;
mod words;

pub use native::{calls, records};

use crate::Api;

/// Lines a file may have.
const LONGEST: usize = 600;

/// The Python files of the package that are made from the surface, by their path below `python/prm`.
///
/// # Errors
/// A sentence if the surface cannot be written in Python: two classes of one name, a default that is not known, or a
/// file that would be too long.
pub fn package(api: &Api) -> Result<Vec<(String, String)>, String> {
    let mut files = model::files(api)?;
    files.push(("_errors.py".to_owned(), rooms::errors(api)));
    files.extend(rooms::files(api));
    files.sort();
    for (path, text) in &files {
        let lines = text.lines().count();
        if lines > LONGEST {
            return Err(format!("{path} would have {lines} lines"));
        }
    }
    Ok(files)
}

/// The surface as JSON, for tests that build values of every type.
pub fn surface(api: &Api) -> String {
    surface::json(api)
}
