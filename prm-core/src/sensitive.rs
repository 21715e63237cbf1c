//! Values that must not be printed by accident.

use std::fmt;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A value whose `Debug` is redacted and which has no `Display`.
///
/// Names, contacts and free text of records are wrapped in it, so that a log line or a failed assertion cannot
/// carry them. Reading the content is explicit: [`Sensitive::expose`].
///
/// # Example
/// ```
/// use prm_core::Sensitive;
/// let name = Sensitive::from("Ana");
/// assert_eq!(format!("{name:?}"), "Sensitive(…)");
/// assert_eq!(name.expose(), "Ana");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sensitive<T = String>(T);

impl<T> Sensitive<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Sensitive(value)
    }

    /// The content, for a use the caller answers for.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Unwraps the content.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Self {
        Sensitive(value.to_owned())
    }
}

impl From<String> for Sensitive<String> {
    fn from(value: String) -> Self {
        Sensitive(value)
    }
}

impl<C, T: Encode<C>> Encode<C> for Sensitive<T> {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        self.0.encode(e, ctx)
    }
}

impl<'b, C, T: Decode<'b, C>> Decode<'b, C> for Sensitive<T> {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        T::decode(d, ctx).map(Sensitive)
    }
}
