//! JSON as tokens: numbers keep their digits, members their order, and a member given twice is refused.

mod flaw;
mod read;
mod shallow;
mod write;

use std::borrow::Cow;
use std::fmt;

use crate::error::Result;

pub(crate) use flaw::{Flaw, Reason};
pub(crate) use shallow::{Lines, Member, Scan, members};

/// Deepest nesting that is read.
pub(crate) const MAX_DEPTH: usize = 128;
/// Most values that one text may hold. A tree takes at most about 100 bytes for each.
pub(crate) const MAX_VALUES: usize = 2_000_000;

/// A JSON value, borrowed from the text it was read from where that is possible.
///
/// Two values are equal when they are *token equal*: numbers have the same digits (`1.50` is not `1.5`), members stand
/// in the same order, and texts hold the same characters, however they were escaped. `Debug` shows no content.
///
/// # Example
/// ```
/// use prm_core::interchange::fhir::Json;
/// let json = Json::parse(br#"{"valueQuantity": {"value": 1.50, "unit": "mg"}}"#)?;
/// assert_eq!(json.at(&["valueQuantity", "value"]).and_then(Json::number), Some("1.50"));
/// assert_eq!(json.to_text(), r#"{"valueQuantity":{"value":1.50,"unit":"mg"}}"#);
/// assert!(Json::parse(br#"{"a": 1, "a": 2}"#).is_err());
/// # Ok::<(), prm_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(Cow<'a, str>),
    /// A text, escapes resolved.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Object<'a>),
}

/// The members of a JSON object in their order; no name occurs twice in one that was read.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Json<'a> {
    /// Reads one value and nothing after it.
    ///
    /// # Errors
    /// `Invalid` with the byte offset, for anything that is not UTF-8 or not JSON by RFC 8259, for a member given
    /// twice in one object, half of a surrogate pair, more than 128 levels or 2,000,000 values.
    pub fn parse(text: &'a [u8]) -> Result<Self> {
        read::value(text).map_err(|flaw| flaw.error(0))
    }

    /// The compact text of the value.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        write::value(self, &mut text);
        text
    }

    /// Appends the compact text of the value.
    pub(crate) fn write(&self, text: &mut String) {
        write::value(self, text);
    }

    /// The same value with a life of its own.
    pub fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(b) => Json::Bool(b),
            Json::Number(n) => Json::Number(Cow::Owned(n.into_owned())),
            Json::Text(t) => Json::Text(Cow::Owned(t.into_owned())),
            Json::List(items) => Json::List(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(object) => Json::Object(Object(
                object.0.into_iter().map(|(name, value)| (Cow::Owned(name.into_owned()), value.into_owned())).collect(),
            )),
        }
    }

    /// The member of this name, if this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.object().and_then(|o| o.get(name))
    }

    /// The value reached by following member names.
    pub fn at(&self, names: &[&str]) -> Option<&Json<'a>> {
        names.iter().try_fold(self, |json, name| json.get(name))
    }

    /// The text, if this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a member.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::text)
    }

    /// The digits, if this is a number.
    pub fn number(&self) -> Option<&str> {
        match self {
            Json::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    pub fn bool(&self) -> Option<bool> {
        match self {
            Json::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn object(&self) -> Option<&Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items of an array; none for anything else.
    pub fn list(&self) -> &[Json<'a>] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a member that is an array, or the member itself as the one item.
    pub fn items(&self, name: &str) -> &[Json<'a>] {
        match self.get(name) {
            None => &[],
            Some(Json::List(items)) => items,
            Some(one) => std::slice::from_ref(one),
        }
    }

    pub(crate) fn object_mut(&mut self) -> Option<&mut Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl<'a> Object<'a> {
    /// An object without members.
    pub const fn new() -> Self {
        Object(Vec::new())
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// All members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        self.0.iter_mut().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// Replaces the member of this name where it stands, or adds it at the end.
    pub(crate) fn set(&mut self, name: impl Into<Cow<'a, str>>, value: Json<'a>) {
        let name = name.into();
        match self.get_mut(&name) {
            Some(old) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Puts a member after the first, which says the type of a resource.
    pub(crate) fn insert_second(&mut self, name: impl Into<Cow<'a, str>>, value: Json<'a>) {
        self.0.insert(self.0.len().min(1), (name.into(), value));
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Json<'a>> {
        let at = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.remove(at).1)
    }

    /// Adds a member known to be new.
    fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        self.0.push((name, value));
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }
}

impl From<&str> for Json<'static> {
    fn from(text: &str) -> Self {
        Json::Text(Cow::Owned(text.to_owned()))
    }
}

impl From<String> for Json<'static> {
    fn from(text: String) -> Self {
        Json::Text(Cow::Owned(text))
    }
}

impl From<bool> for Json<'static> {
    fn from(b: bool) -> Self {
        Json::Bool(b)
    }
}

impl<'a> From<Object<'a>> for Json<'a> {
    fn from(object: Object<'a>) -> Self {
        Json::Object(object)
    }
}

impl<'a> FromIterator<(&'static str, Json<'a>)> for Object<'a> {
    fn from_iter<T: IntoIterator<Item = (&'static str, Json<'a>)>>(members: T) -> Self {
        Object(members.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect())
    }
}

impl fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("Json(null)"),
            Json::Bool(_) => f.write_str("Json(bool)"),
            Json::Number(_) => f.write_str("Json(number)"),
            Json::Text(_) => f.write_str("Json(text)"),
            Json::List(items) => write!(f, "Json(list of {})", items.len()),
            Json::Object(object) => object.fmt(f),
        }
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json(object of {})", self.0.len())
    }
}
