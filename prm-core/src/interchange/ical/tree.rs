//! Components (RFC 5545 §3.4): lines between `BEGIN` and `END`, one in another.

use super::lines::{self, Line};
use super::words::{RawComponent, RawProperty, Refused};
use crate::sensitive::Sensitive;

/// Most components of one text.
const MOST_COMPONENTS: usize = 100_000;

/// How many components may be open at once.
const DEEPEST: usize = 16;

/// A property with the line it stands on.
pub(super) struct Placed {
    pub(super) line: u32,
    pub(super) property: RawProperty,
}

/// A component as it stands in the text.
pub(super) struct Component {
    pub(super) name: String,
    pub(super) line: u32,
    pub(super) properties: Vec<Placed>,
    pub(super) components: Vec<Component>,
    /// Lines of its own that are no properties.
    pub(super) flaws: Vec<Refused>,
}

impl Component {
    fn new(name: String, line: u32) -> Self {
        Component { name, line, properties: Vec::new(), components: Vec::new(), flaws: Vec::new() }
    }

    /// The first flaw in it or in a component of it.
    pub(super) fn flaw(&self) -> Option<&Refused> {
        self.flaws.first().or_else(|| self.components.iter().find_map(Component::flaw))
    }

    /// The one property of a name; an error if there are several.
    pub(super) fn one(&self, name: &str) -> Result<Option<&Placed>, Refused> {
        let mut found = self.properties.iter().filter(|placed| placed.property.name == name);
        let first = found.next();
        match found.next() {
            Some(second) => Err(Refused::new(second.line, "a property that may stand once stands twice")),
            None => Ok(first),
        }
    }

    /// The component as it is kept.
    pub(super) fn kept(&self) -> RawComponent {
        let mut text = String::new();
        self.render(&mut text);
        text.pop();
        RawComponent { name: self.name.clone(), text: Sensitive::new(text) }
    }

    fn render(&self, text: &mut String) {
        let mut add = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        add(&format!("BEGIN:{}", self.name));
        for Placed { property, .. } in &self.properties {
            add(&lines::line(&property.name, &property.parameters, property.value.expose()));
        }
        for component in &self.components {
            component.render(text);
        }
        text.push_str("END:");
        text.push_str(&self.name);
        text.push('\n');
    }
}

/// Makes a tree of content lines. What stands outside any component is a flaw of the root, which has no name.
pub(super) fn tree(lines: &[Line<'_>]) -> Result<Component, Refused> {
    let mut open = vec![Component::new(String::new(), 0)];
    let mut components: usize = 0;
    for line in lines {
        let parsed = lines::property(&line.text);
        let marker = match &parsed {
            Ok(property) if property.name == "BEGIN" || property.name == "END" => Some(property),
            _ => None,
        };
        let Some(marker) = marker else {
            let Some(component) = open.last_mut() else { break };
            match parsed {
                Ok(_) if component.name.is_empty() => {
                    component.flaws.push(Refused::new(line.number, "a line outside any component"));
                }
                Ok(property) => component.properties.push(Placed { line: line.number, property }),
                Err(reason) => component.flaws.push(Refused::new(line.number, reason)),
            }
            continue;
        };
        let name = marker.value.expose().trim().to_ascii_uppercase();
        if !lines::is_name(&name) {
            return Err(Refused::new(line.number, "the name of a component is made of letters, digits and hyphens"));
        }
        if marker.name == "BEGIN" {
            components += 1;
            if components > MOST_COMPONENTS {
                return Err(Refused::new(line.number, "there are more than 100,000 components"));
            }
            if open.len() > DEEPEST {
                return Err(Refused::new(line.number, "more than 16 components stand one in another"));
            }
            open.push(Component::new(name, line.number));
            continue;
        }
        let closed = open.pop().filter(|component| component.name == name);
        let Some(closed) = closed else {
            return Err(Refused::new(line.number, "an END that no BEGIN belongs to"));
        };
        match open.last_mut() {
            Some(parent) => parent.components.push(closed),
            None => return Err(Refused::new(line.number, "an END that no BEGIN belongs to")),
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root),
        (Some(component), false) => Err(Refused::new(component.line, "a component does not end")),
        (None, _) => Err(Refused::new(0, "there is no calendar in the text")),
    }
}
