//! Why a text is not the JSON that is read here.

use crate::error::Error;

/// A reason and where it was met, as a byte offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) reason: Reason,
    pub(crate) at: usize,
}

/// Reasons, each a sentence of ours without content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    NotUtf8,
    ByteOrderMark,
    NoValue,
    Truncated,
    Unexpected,
    TooDeep,
    TooManyValues,
    Duplicate,
    Number,
    Escape,
    Surrogate,
    Control,
    Trailing,
    NotAnObject,
}

impl Reason {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Reason::NotUtf8 => "the text is not UTF-8",
            Reason::ByteOrderMark => "a byte order mark stands within the text",
            Reason::NoValue => "there is no value",
            Reason::Truncated => "the text ends in the middle of a value",
            Reason::Unexpected => "a character stands where JSON allows none like it",
            Reason::TooDeep => "values are nested deeper than 128 levels",
            Reason::TooManyValues => "there are more than 2,000,000 values",
            Reason::Duplicate => "a member is given twice in one object",
            Reason::Number => "a number is not written as JSON writes numbers",
            Reason::Escape => "an escape in a text is none that JSON knows",
            Reason::Surrogate => "an escape in a text is half of a surrogate pair",
            Reason::Control => "a control character stands unescaped in a text",
            Reason::Trailing => "something follows the value",
            Reason::NotAnObject => "the value is not an object",
        }
    }
}

impl Flaw {
    /// The error for a text that begins at `base`.
    pub(crate) fn error(self, base: u64) -> Error {
        let at = base.saturating_add(u64::try_from(self.at).unwrap_or(u64::MAX));
        Error::invalid(format!("byte {at}"), self.reason.text())
    }
}
