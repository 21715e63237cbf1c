//! Objects built member by member; what is empty is left out, as FHIR demands.

use std::borrow::Cow;

use super::super::Json;
use super::super::json::Object;

#[derive(Debug, Default)]
pub(crate) struct Build(Object<'static>);

impl Build {
    pub(crate) fn resource(kind: &str) -> Self {
        Build::default().text("resourceType", Some(kind))
    }

    pub(crate) fn put(mut self, name: &'static str, value: impl Into<Option<Json<'static>>>) -> Self {
        if let Some(value) = value.into().filter(|value| !is_empty(value)) {
            self.0.set(name, value);
        }
        self
    }

    pub(crate) fn text(self, name: &'static str, text: Option<&str>) -> Self {
        self.put(name, text.map(Json::from))
    }

    pub(crate) fn list<T>(self, name: &'static str, items: &[T], write: impl FnMut(&T) -> Json<'static>) -> Self {
        let items: Vec<Json<'static>> = items.iter().map(write).filter(|item| !is_empty(item)).collect();
        self.put(name, Json::List(items))
    }

    /// The member with the given item added to its list.
    pub(crate) fn add(mut self, name: &'static str, item: Json<'static>) -> Self {
        match self.0.get_mut(name) {
            Some(Json::List(items)) => items.push(item),
            _ => self.0.set(name, Json::List(vec![item])),
        }
        self
    }

    pub(crate) fn object(&mut self) -> &mut Object<'static> {
        &mut self.0
    }

    pub(crate) fn done(self) -> Json<'static> {
        Json::Object(self.0)
    }
}

fn is_empty(value: &Json<'_>) -> bool {
    match value {
        Json::List(items) => items.is_empty(),
        Json::Object(object) => object.is_empty(),
        Json::Text(text) => text.is_empty(),
        _ => false,
    }
}

pub(crate) fn number(digits: impl Into<String>) -> Json<'static> {
    Json::Number(Cow::Owned(digits.into()))
}

/// An extension with one value.
pub(crate) fn extension(url: &str, name: &'static str, value: Json<'static>) -> Json<'static> {
    Build::default().text("url", Some(url)).put(name, value).done()
}

pub(crate) fn reference(text: &str) -> Json<'static> {
    Build::default().text("reference", Some(text)).done()
}
