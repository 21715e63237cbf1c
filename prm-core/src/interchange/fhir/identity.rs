//! Who a record is within its source.

use super::Json;
use super::reference::{is_id, is_type};
use crate::chart::Origin;
use crate::error::{Error, Result};
use crate::store::cipher::sha256;

/// The identity of a record within its source, and every name under which other records may refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `Type/id`; without id the `fullUrl`; without that `Type?identifier=system|value` of the first identifier that
    /// has both; otherwise `sha256:` and the digest of the source text.
    pub key: String,
    /// Names for references, the key among them if it is one: `Type/id`, the `fullUrl`, and
    /// `Type?identifier=system|value` of every identifier that has both.
    pub names: Vec<String>,
}

impl Identity {
    /// The identity of a resource with the exact text it came in and the `fullUrl` of its bundle entry.
    ///
    /// # Errors
    /// `Invalid` when it is not an object with a text `resourceType` that has the form of one.
    pub fn of(resource: &Json<'_>, text: &str, full_url: Option<&str>) -> Result<Self> {
        let kind = resource_type(resource)?;
        let mut names = Vec::new();
        if let Some(id) = resource.text_of("id").filter(|id| is_id(id)) {
            names.push(format!("{kind}/{id}"));
        }
        if let Some(url) = full_url.filter(|url| !url.is_empty()) {
            let urn = url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:"));
            names.push(if urn { url.to_ascii_lowercase() } else { url.to_owned() });
        }
        for identifier in resource.items("identifier") {
            if let (Some(system), Some(value)) = (identifier.text_of("system"), identifier.text_of("value")) {
                names.push(format!("{kind}?identifier={system}|{value}"));
            }
        }
        let key = names.first().cloned().unwrap_or_else(|| digest(text));
        Ok(Identity { key, names })
    }

    /// The origin of the record, with the name the caller gave the source.
    pub fn origin(&self, source: &str) -> Origin {
        Origin { source: source.to_owned(), identity: self.key.clone().into() }
    }
}

/// The type of a resource.
///
/// # Errors
/// `Invalid` when the value is not an object with a text `resourceType` that has the form of one.
pub(crate) fn resource_type<'j>(resource: &'j Json<'_>) -> Result<&'j str> {
    let object = resource.object().ok_or_else(|| Error::invalid("resource", "a resource is an object"))?;
    match object.get("resourceType") {
        Some(Json::Text(kind)) if is_type(kind) => Ok(kind),
        Some(_) => Err(Error::invalid("resourceType", "resourceType is the name of a type of resource")),
        None => Err(Error::invalid("resourceType", "a resource says its resourceType")),
    }
}

fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    let mut key = String::from("sha256:");
    for byte in sha256(&[text.as_bytes()]) {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(text: &str, full_url: Option<&str>) -> Identity {
        Identity::of(&Json::parse(text.as_bytes()).unwrap(), text, full_url).unwrap()
    }

    #[test]
    fn the_identity_is_the_best_that_the_record_offers() {
        let whole = r#"{"resourceType":"Patient","id":"1","identifier":[{"value":"x"},{"system":"s","value":"v"}]}"#;
        let found = identity(whole, Some("urn:uuid:A"));
        assert_eq!(found.key, "Patient/1");
        assert_eq!(found.names, ["Patient/1", "urn:uuid:a", "Patient?identifier=s|v"]);
        let nameless = r#"{"resourceType":"Patient","identifier":[{"system":"s","value":"v"}]}"#;
        assert_eq!(identity(nameless, Some("http://a.org/x")).key, "http://a.org/x");
        assert_eq!(identity(nameless, None).key, "Patient?identifier=s|v");
        let bare = identity(r#"{"resourceType":"Patient"}"#, None);
        assert!(bare.key.starts_with("sha256:") && bare.key.len() == 71 && bare.names.is_empty());
        assert_ne!(bare.key, identity(r#"{"resourceType": "Patient"}"#, None).key);
        assert_eq!(identity(r#"{"resourceType":"Patient","id":"a/b"}"#, Some("urn:uuid:b")).key, "urn:uuid:b");
    }

    #[test]
    fn what_is_no_resource_has_no_identity() {
        for text in ["[]", "1", "{}", r#"{"resourceType":1}"#, r#"{"resourceType":""}"#, r#"{"resourceType":"a b"}"#] {
            assert!(Identity::of(&Json::parse(text.as_bytes()).unwrap(), text, None).is_err(), "{text}");
        }
    }
}
