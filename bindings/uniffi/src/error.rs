//! The error.

use prm_core::{Detail, ErrorKind};

/// Whether to call again after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Retry {
    /// The same call will fail again.
    Never,
    /// The same call may succeed once the outside condition has passed.
    Later,
    /// Read again, then send an edit made on what was read.
    AfterReload,
}

/// What is known of an error. It never holds content of a record.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErrorInfo {
    /// Stable code of the kind, e.g. `not_found`.
    pub code: String,
    /// What went wrong, as a sentence with ids and counts.
    pub detail: String,
    /// One sentence on what to do.
    pub advice: String,
    /// Whether to call again.
    pub retry: Retry,
    /// The field of the input that is wrong, as a dotted path.
    pub field: Option<String>,
    /// The version that the caller's edit was made on, if another is current.
    pub expected: Option<u32>,
    /// The version that is current.
    pub found: Option<u32>,
    /// Name of the table whose row could not be read.
    pub table: Option<String>,
    /// Key of that row, hexadecimal; its length alone where the key is made of names or identifiers.
    pub key: Option<String>,
}

impl ErrorInfo {
    fn sentence(&self) -> &str {
        &self.detail
    }

    fn new(kind: ErrorKind, detail: String) -> Self {
        let retry = match kind.retry() {
            prm_core::Retry::Never => Retry::Never,
            prm_core::Retry::Later => Retry::Later,
            prm_core::Retry::AfterReload => Retry::AfterReload,
        };
        let (code, advice) = (kind.code().to_owned(), kind.advice().to_owned());
        let (field, expected, found, table, key) = (None, None, None, None, None);
        ErrorInfo { code, detail, advice, retry, field, expected, found, table, key }
    }

    fn of(error: &prm_core::Error) -> Self {
        let mut info = ErrorInfo::new(error.kind(), error.to_string());
        match error.particulars() {
            Some(Detail::Versions { expected, found }) => {
                (info.expected, info.found) = (Some(*expected), Some(*found));
            }
            Some(Detail::Row { table, key }) => {
                (info.table, info.key) = (Some((*table).to_owned()), Some(key.clone()));
            }
            Some(Detail::Field(field)) => info.field = Some(field.clone().into_owned()),
            _ => {}
        }
        info
    }
}

impl PrmError {
    /// Impossible input that the core would not see.
    pub(crate) fn invalid(field: &str, detail: &str) -> Self {
        let mut info = ErrorInfo::new(ErrorKind::Invalid, format!("{detail} (field {field})"));
        info.field = Some(field.to_owned());
        PrmError::of(ErrorKind::Invalid, info)
    }

    pub(crate) fn conflict(detail: &str) -> Self {
        PrmError::of(ErrorKind::Conflict, ErrorInfo::new(ErrorKind::Conflict, detail.to_owned()))
    }

    /// An error of a kind of which nothing else is known.
    pub fn from_kind(kind: ErrorKind) -> Self {
        PrmError::of(kind, ErrorInfo::new(kind, kind.advice().to_owned()))
    }
}

impl From<prm_core::Error> for PrmError {
    fn from(error: prm_core::Error) -> Self {
        PrmError::of(error.kind(), ErrorInfo::of(&error))
    }
}

include!(concat!(env!("OUT_DIR"), "/error.rs"));

/// Panics, so that a host can see what reaches it: the internal error of uniffi, and the store goes on.
///
/// # Errors
/// None that is one of ours.
#[uniffi::export]
#[expect(clippy::panic, reason = "a panic is what is rehearsed")]
pub fn rehearse_defect() -> Result<(), PrmError> {
    panic!("a rehearsed defect")
}

/// Fails with the error of a code, so that a host can try what it does with each.
///
/// # Errors
/// The one asked for; `Invalid` for a code that is none.
#[uniffi::export]
pub fn fail_with(code: String) -> Result<(), PrmError> {
    let kind = ErrorKind::ALL.iter().find(|kind| kind.code() == code);
    Err(kind
        .map_or_else(|| PrmError::invalid("code", "there is no such kind of error"), |kind| PrmError::from_kind(*kind)))
}
