//! References from one resource to another, in every form R4 writes them.

use super::Json;

/// What a reference leads to, as far as its text says. `Debug` shows the form alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// `Patient/17`: a resource of the same source.
    Relative {
        /// Type of resource.
        kind: String,
        /// Id of the resource.
        id: String,
    },
    /// `https://example.org/fhir/Patient/17`.
    Absolute {
        /// The URL without version.
        url: String,
        /// Type and id, if the URL ends in them.
        resource: Option<(String, String)>,
    },
    /// `urn:uuid:…` or `urn:oid:…`, in lower case: the `fullUrl` of another entry of the bundle.
    Urn(String),
    /// `#id`: a resource contained in this one; empty for this one itself.
    Contained(String),
    /// `Patient?identifier=…`: whichever resource matches.
    Conditional {
        /// Type of resource.
        kind: String,
        /// What follows the question mark.
        query: String,
    },
    /// No text, but an identifier.
    Logical {
        /// System of the identifier.
        system: Option<String>,
        /// The identifier.
        value: String,
    },
    /// A text of another form, as it was written.
    Other(String),
}

/// A reference: where it leads, which version of it, and what its type is said to be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    target: Target,
    version: Option<String>,
    kind: Option<String>,
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Target::Relative { .. } => "relative",
            Target::Absolute { .. } => "absolute",
            Target::Urn(_) => "urn",
            Target::Contained(_) => "contained",
            Target::Conditional { .. } => "conditional",
            Target::Logical { .. } => "logical",
            Target::Other(_) => "other",
        })
    }
}

/// A reference and the element that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path of the element within the resource, with positions in lists: `participant[1].individual`.
    pub path: String,
    /// The reference.
    pub reference: Reference,
}

impl Reference {
    /// The reference that a text stands for.
    pub fn parse(text: &str) -> Self {
        let plain = |target| Reference { target, version: None, kind: None };
        if let Some(id) = text.strip_prefix('#') {
            return plain(Target::Contained(id.to_owned()));
        }
        if text.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn:")) {
            return plain(Target::Urn(text.to_ascii_lowercase()));
        }
        let (text, version) = match text.split_once("/_history/") {
            Some((text, version)) => (text, Some(version.to_owned())),
            None => (text, None),
        };
        let ends_in_resource = || {
            let mut parts = text.rsplit('/');
            match (parts.next(), parts.next()) {
                (Some(id), Some(kind)) if is_id(id) && is_type(kind) => Some((kind.to_owned(), id.to_owned())),
                _ => None,
            }
        };
        let target = if text.contains("://") {
            Target::Absolute { url: text.to_owned(), resource: ends_in_resource() }
        } else if let Some((kind, query)) = text.split_once('?').filter(|(kind, _)| is_type(kind)) {
            Target::Conditional { kind: kind.to_owned(), query: query.to_owned() }
        } else {
            match ends_in_resource() {
                Some((kind, id)) if text.len() == kind.len() + 1 + id.len() => Target::Relative { kind, id },
                _ => Target::Other(text.to_owned()),
            }
        };
        Reference { target, version, kind: None }
    }

    /// The reference of a `Reference` element: its text, or else its identifier.
    pub fn read(element: &Json<'_>) -> Option<Self> {
        let mut reference = match element.text_of("reference") {
            Some(text) => Reference::parse(text),
            None => {
                let identifier = element.get("identifier")?;
                let value = identifier.text_of("value")?.to_owned();
                let system = identifier.text_of("system").map(str::to_owned);
                Reference { target: Target::Logical { system, value }, version: None, kind: None }
            }
        };
        reference.kind = element.text_of("type").map(|kind| kind.rsplit('/').next().unwrap_or(kind).to_owned());
        Some(reference)
    }

    /// Where it leads.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The version it asks for.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Type of the resource it leads to, if the reference says it.
    pub fn kind(&self) -> Option<&str> {
        match &self.target {
            Target::Relative { kind, .. } | Target::Conditional { kind, .. } => Some(kind),
            Target::Absolute { resource: Some((kind, _)), .. } => Some(kind),
            _ => self.kind.as_deref(),
        }
    }

    /// The reference as one line of text, without version.
    pub fn to_text(&self) -> String {
        match &self.target {
            Target::Relative { kind, id } => format!("{kind}/{id}"),
            Target::Absolute { url, .. } => url.clone(),
            Target::Urn(urn) => urn.clone(),
            Target::Contained(id) => format!("#{id}"),
            Target::Conditional { kind, query } => format!("{kind}?{query}"),
            Target::Logical { system, value } => {
                let kind = self.kind.as_deref().unwrap_or_default();
                format!("{kind}?identifier={}|{value}", system.as_deref().unwrap_or_default())
            }
            Target::Other(text) => text.clone(),
        }
    }

    /// Names under which the record it leads to may be known, best first; see
    /// [`Identity::names`](super::Identity). A source is one namespace, so an absolute URL may also be met as
    /// `Type/id`. Contained resources have none: they are part of the record that refers to them.
    pub fn names(&self) -> Vec<String> {
        match &self.target {
            Target::Contained(_) => Vec::new(),
            Target::Absolute { url, resource: Some((kind, id)) } => vec![url.clone(), format!("{kind}/{id}")],
            Target::Conditional { kind, query } => match query.strip_prefix("identifier=") {
                Some(token) if !token.contains('&') => vec![format!("{kind}?identifier={}", unescaped(token))],
                _ => vec![self.to_text()],
            },
            _ => vec![self.to_text()],
        }
    }
}

/// Percent escapes resolved; the text as it is if they do not make UTF-8.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| byte == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(resolved) => {
                bytes.push(resolved);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// FHIR `id`: 1 to 64 letters, digits, `-` and `.`; sources that use `_` and `:` as well are understood.
pub(super) fn is_id(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b':');
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// Whether a text has the form of a resource type: letters, the first of them a capital.
pub(super) fn is_type(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// All references of a resource with their paths, those of contained resources included.
///
/// A reference is an object with a text member `reference`, or with an `identifier` object and nothing but what R4
/// allows beside it in `Reference`. Members of that name at the root of a resource are something else.
pub fn references(resource: &Json<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    walk(resource, true, &mut String::new(), &mut found);
    found
}

fn walk(json: &Json<'_>, root: bool, path: &mut String, found: &mut Vec<Found>) {
    use std::fmt::Write as _;
    let length = path.len();
    match json {
        Json::Object(object) => {
            if !root && is_reference(json) {
                found.extend(Reference::read(json).map(|reference| Found { path: path.clone(), reference }));
            }
            for (name, value) in object.iter().filter(|(_, v)| matches!(v, Json::Object(_) | Json::List(_))) {
                if length > 0 {
                    path.push('.');
                }
                path.push_str(name);
                walk(value, name == "resource", path, found);
                path.truncate(length);
            }
        }
        Json::List(items) => {
            let contained = path == "contained";
            for (i, item) in items.iter().enumerate() {
                let _ = write!(path, "[{i}]");
                walk(item, contained, path, found);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

fn is_reference(json: &Json<'_>) -> bool {
    if json.text_of("reference").is_some() {
        return true;
    }
    let allowed = ["identifier", "type", "display", "id", "extension"];
    json.get("identifier").is_some_and(|identifier| identifier.object().is_some())
        && json.object().is_some_and(|object| object.iter().all(|(name, _)| allowed.contains(&name)))
}

/// A path without positions in lists: the role of a link.
pub(super) fn role(path: &str) -> String {
    let mut role = String::with_capacity(path.len());
    let mut in_brackets = false;
    for c in path.chars() {
        match c {
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            c if !in_brackets => role.push(c),
            _ => {}
        }
    }
    role
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_told_apart() {
        let target = |text: &str| Reference::parse(text).target;
        let s = str::to_owned;
        assert_eq!(target("Patient/17"), Target::Relative { kind: s("Patient"), id: s("17") });
        let url = s("https://example.org/fhir/Patient/17");
        assert_eq!(target(&url), Target::Absolute { url: url.clone(), resource: Some((s("Patient"), s("17"))) });
        assert_eq!(target("http://example.org/x"), Target::Absolute { url: s("http://example.org/x"), resource: None });
        assert_eq!(target("urn:uuid:AB-1"), Target::Urn(s("urn:uuid:ab-1")));
        assert_eq!(target("URN:OID:1.2"), Target::Urn(s("urn:oid:1.2")));
        assert_eq!(target("#med"), Target::Contained(s("med")));
        assert_eq!(target("#"), Target::Contained(s("")));
        let query = s("identifier=a|b");
        assert_eq!(target("Patient?identifier=a|b"), Target::Conditional { kind: s("Patient"), query });
        for text in ["", "patient/17", "Patient", "Patient/", "/Patient/17", "a b", "Patient/1/2"] {
            assert_eq!(target(text), Target::Other(s(text)), "{text}");
        }
    }

    #[test]
    fn a_version_is_set_apart() {
        let reference = Reference::parse("Patient/17/_history/3");
        assert_eq!((reference.to_text().as_str(), reference.version()), ("Patient/17", Some("3")));
        assert_eq!(Reference::parse("http://a.org/Patient/17/_history/3").kind(), Some("Patient"));
    }

    #[test]
    fn a_conditional_reference_is_known_by_its_identifier_with_escapes_resolved() {
        let names = Reference::parse("Organization?identifier=http%3A%2F%2Fa.org%7C7").names();
        assert_eq!(names, ["Organization?identifier=http://a.org|7"]);
        assert_eq!(Reference::parse("Patient?name=a").names(), ["Patient?name=a"]);
    }

    #[test]
    fn references_are_found_everywhere_with_their_paths() {
        let text = br##"{"resourceType":"Encounter","reference":"not one","identifier":[{"system":"a","value":"b",
            "assigner":{"display":"x","identifier":{"value":"9"}}}],
            "contained":[{"resourceType":"Location","id":"l","partOf":{"reference":"Location/2"}}],
            "participant":[{"individual":{"display":"x"}},{"individual":{"reference":"Practitioner/1","type":"Practitioner"}}],
            "location":[{"location":{"reference":"#l"}}],
            "extension":[{"url":"x","valueReference":{"reference":"urn:uuid:1"}}]}"##;
        let json = Json::parse(text).unwrap();
        let found: Vec<_> = references(&json).into_iter().map(|f| (f.path, f.reference.to_text())).collect();
        let expected = [
            ("identifier[0].assigner", "?identifier=|9"),
            ("contained[0].partOf", "Location/2"),
            ("participant[1].individual", "Practitioner/1"),
            ("location[0].location", "#l"),
            ("extension[0].valueReference", "urn:uuid:1"),
        ];
        assert_eq!(found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>(), expected);
        assert_eq!(role("participant[1].individual"), "participant.individual");
    }
}
