//! The one error of the library.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

/// Tables whose keys are made of what they index: names, identifiers, phone numbers.
const KEYS_OF_CONTENT: [&str; 3] = ["ident", "name", "token"];

/// Shorthand used by every fallible call of the library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $retry:ident, $advice:literal;)+) => {
        /// What went wrong, as a closed list that every language mirrors.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ErrorKind {
            /// Every kind, in the order of their declaration.
            pub const ALL: &'static [ErrorKind] = &[$(ErrorKind::$name,)+];

            /// A stable code for logs and other languages, e.g. `wrong_key`.
            pub const fn code(self) -> &'static str {
                match self { $(ErrorKind::$name => $code,)+ }
            }

            /// Whether the same call may succeed if it is made again.
            pub const fn retry(self) -> Retry {
                match self { $(ErrorKind::$name => Retry::$retry,)+ }
            }

            /// One sentence on what to do.
            pub const fn advice(self) -> &'static str {
                match self { $(ErrorKind::$name => $advice,)+ }
            }
        }
    };
}

kinds! {
    /// The record, patient or version asked for does not exist (or the caller may not know that it does).
    NotFound = "not_found", Never, "Check the id; it may belong to another store.";
    /// A value or a combination of values is impossible.
    Invalid = "invalid", Never, "Correct the input named in the message and send it again.";
    /// The record changed since it was read, or the same batch id was used with other content.
    Conflict = "conflict", AfterReload, "Read the record again, apply the edit to the newer version and send it again.";
    /// Policy does not permit this actor to do this for this purpose.
    Denied = "denied", Never, "Ask an administrator for a role, a care-team membership or a proxy scope that permits it.";
    /// A consent of the patient is needed first.
    ConsentRequired = "consent_required", Never, "Ask the patient for consent and record it.";
    /// A legal or administrative hold forbids the change.
    OnHold = "on_hold", Never, "Have the hold released by whoever placed it.";
    /// The record was erased: its key is destroyed.
    Erased = "erased", Never, "Nothing can bring it back; treat it as absent.";
    /// Another handle or process has the store open.
    AlreadyOpen = "already_open", Later, "Use the handle that is open, or shut it down first.";
    /// The file system cannot lock files, so the store cannot be opened safely.
    LockUnsupported = "lock_unsupported", Never, "Put the store on a local file system that supports locks.";
    /// The folder holds no store, or something else.
    NotAStore = "not_a_store", Never, "Check the path; open() never creates, create() does.";
    /// The store, or a row of it, was written by a newer library.
    UnsupportedFormat = "unsupported_format", Never, "Update the library.";
    /// The key opens no slot of the key ring.
    WrongKey = "wrong_key", Never, "Supply the key or passphrase the store was created with.";
    /// The key ring file is missing.
    KeyRingMissing = "key_ring_missing", Never, "Put the newest copy of the `keys` file back beside `data`.";
    /// The key ring is older than the store and lacks keys it needs.
    KeyRingStale = "key_ring_stale", Never, "Put the newest copy of the `keys` file back beside `data`.";
    /// The store is older than what the host or the key ring remembers.
    RolledBack = "rolled_back", Never, "Find the newer copy, or accept the older one with a reason.";
    /// Bytes are damaged: they fail authentication or decode to nothing valid.
    Corrupted = "corrupted", Never, "Run check(); shut down, keep the folder, and salvage into a new one.";
    /// The disk, or a limit of the format, is full.
    Full = "full", Later, "Free space and try again; nothing committed was lost.";
    /// The operating system reported an error.
    Io = "io", Later, "See the cause; try again once it is mended.";
    /// The handle was shut down.
    Closed = "closed", Never, "Open the store again.";
    /// The handle was inherited through a fork.
    WrongProcess = "wrong_process", Never, "Open the store in the process that uses it.";
    /// The call was cancelled by its caller.
    Cancelled = "cancelled", Later, "Nothing to do; start it again when wanted.";
    /// The store is suspended, its files cannot be reached, or another operation holds what this one needs.
    Busy = "busy", Later, "Try again in a moment; resume a store that is suspended first.";
    /// The access log cannot be written, so nothing may be shown.
    AuditUnavailable = "audit_unavailable", Later, "Make the store's folder writable and free space, then open again.";
    /// This build or this store does not offer what was asked for.
    Unsupported = "unsupported", Never, "See the documentation of the call for what it needs.";
}

/// Whether to call again after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same call will fail again.
    Never,
    /// The same call may succeed once the outside condition has passed.
    Later,
    /// Read again, then send an edit made on what was read.
    AfterReload,
}

/// Particulars that a caller may act on. They never hold content of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// The edit was made on `expected`; the store holds `found`.
    Versions {
        /// Version the caller's edit was based on.
        expected: u32,
        /// Version that is current.
        found: u32,
    },
    /// A row of this table could not be read.
    Row {
        /// Name of the table.
        table: &'static str,
        /// Key, hexadecimal. Of an index made of names or identifiers it is the length only, as in `21 bytes`.
        key: String,
    },
    /// The field of the input that is wrong, as a dotted path.
    Field(Cow<'static, str>),
}

#[derive(Debug, thiserror::Error)]
#[error("{what}")]
struct Inner {
    kind: ErrorKind,
    what: Cow<'static, str>,
    detail: Option<Detail>,
    #[source]
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The one error type. Cheap to move; never holds or prints the content of a record.
///
/// # Example
/// ```
/// use prm_core::{ErrorKind, PartialDate};
/// let error = "2023-02-29".parse::<PartialDate>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Invalid);
/// assert_eq!(error.code(), "invalid");
/// ```
pub struct Error(Box<Inner>);

impl Error {
    /// An error of `kind`. `what` is a sentence of ours with ids and counts, never content of a record.
    pub(crate) fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Error(Box::new(Inner { kind, what: what.into(), detail: None, source: None }))
    }

    /// Shorthand for [`ErrorKind::Invalid`] with the field that is wrong.
    pub(crate) fn invalid(field: impl Into<Cow<'static, str>>, what: impl Into<Cow<'static, str>>) -> Self {
        Error::new(ErrorKind::Invalid, what).detail(Detail::Field(field.into()))
    }

    /// Shorthand for [`ErrorKind::Corrupted`] at a row.
    pub(crate) fn corrupted(table: &'static str, key: &[u8], what: impl Into<Cow<'static, str>>) -> Self {
        use fmt::Write as _;
        let mut shown = String::with_capacity(key.len() * 2);
        if KEYS_OF_CONTENT.contains(&table) {
            let _ = write!(shown, "{} bytes", key.len());
        } else {
            for byte in key {
                let _ = write!(shown, "{byte:02x}");
            }
        }
        Error::new(ErrorKind::Corrupted, what).detail(Detail::Row { table, key: shown })
    }

    /// The same error about a part of what the caller sent.
    pub(crate) fn within(mut self, part: fmt::Arguments<'_>) -> Self {
        self.0.detail = Some(match self.0.detail.take() {
            Some(Detail::Field(field)) => Detail::Field(format!("{part}.{field}").into()),
            None => Detail::Field(part.to_string().into()),
            Some(other) => other,
        });
        self
    }

    pub(crate) fn detail(mut self, detail: Detail) -> Self {
        self.0.detail = Some(detail);
        self
    }

    pub(crate) fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Stable code of the kind.
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Whether to call again.
    pub fn retry(&self) -> Retry {
        self.0.kind.retry()
    }

    /// One sentence on what to do.
    pub fn advice(&self) -> &'static str {
        self.0.kind.advice()
    }

    /// Particulars that a caller may act on.
    pub fn particulars(&self) -> Option<&Detail> {
        self.0.detail.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.what)?;
        match &self.0.detail {
            Some(Detail::Versions { expected, found }) => {
                write!(f, " (expected version {expected}, found {found})")
            }
            Some(Detail::Row { table, key }) => write!(f, " (table {table}, key {key})"),
            Some(Detail::Field(field)) => write!(f, " (field {field})"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({}: {self}", self.code())?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(f, "; because {cause}")?;
            source = cause.source();
        }
        write!(f, ")")
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|e| e as &(dyn StdError + 'static))
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        let kind = match e.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorKind::Full,
            _ => ErrorKind::Io,
        };
        Error::new(kind, "input or output failed").because(e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_distinct_code_and_advice() {
        let mut codes: Vec<_> = ErrorKind::ALL.iter().map(|k| k.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
        assert_eq!(codes.len(), 24);
        assert!(ErrorKind::ALL.iter().all(|k| k.advice().ends_with('.')));
    }

    #[test]
    fn a_full_disk_is_full_and_keeps_its_cause() {
        let error = Error::from(std::io::Error::from(std::io::ErrorKind::StorageFull));
        assert_eq!(error.kind(), ErrorKind::Full);
        assert!(error.source().is_some());
    }

    #[test]
    fn a_damaged_row_is_named_without_the_text_it_is_made_of() {
        let pages = Error::corrupted("pdata", &[0, 0xab], "damaged");
        assert_eq!(pages.to_string(), "damaged (table pdata, key 00ab)");
        for table in KEYS_OF_CONTENT {
            let error = Error::corrupted(table, b"ana", "damaged");
            assert_eq!(error.to_string(), format!("damaged (table {table}, key 3 bytes)"));
            assert!(!format!("{error:?} {:?}", error.particulars()).contains("616e61"));
        }
    }

    #[test]
    fn an_error_is_one_word() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
