//! Which file a class stands in. Files import those before them alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Api, Carries, Field, Of, Shape, Type};

/// Names of the types that a type is made of.
pub(super) fn parts(of: &Type) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let fields = |fields: &[Field], names: &mut BTreeSet<String>| fields.iter().for_each(|f| named(&f.of, names));
    match &of.shape {
        Shape::Id | Shape::Code(_) => {}
        Shape::Record(own) => fields(own, &mut names),
        Shape::Choice(variants) => {
            for variant in variants {
                match &variant.carries {
                    Carries::Nothing => {}
                    Carries::One(of) => named(of, &mut names),
                    Carries::Fields(own) => fields(own, &mut names),
                }
            }
        }
    }
    names
}

/// Names of types and scalars within a type of a field.
pub(super) fn named(of: &Of, names: &mut BTreeSet<String>) {
    match of {
        Of::Unit | Of::Plain(_) => {}
        Of::Scalar(name) => {
            names.insert((*name).to_owned());
        }
        Of::Named(name) => {
            names.insert(name.clone());
        }
        Of::Sensitive(of) => {
            names.insert("Sensitive".to_owned());
            named(of, names);
        }
        Of::Option(of) | Of::List(of) => named(of, names),
    }
}

/// Whether a choice has no content at all: an `Enum`.
pub(super) fn is_plain(of: &Type) -> bool {
    matches!(&of.shape, Shape::Choice(variants) if variants.iter().all(|v| v.carries == Carries::Nothing))
}

/// Everything that types are made of, themselves included.
fn reached(by_name: &BTreeMap<&str, &Type>, from: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<String> = from.into_iter().collect();
    while let Some(name) = next.pop() {
        if let Some(found) = by_name.get(name.as_str())
            && reached.insert(name)
        {
            next.extend(parts(found));
        }
    }
    reached
}

/// Types that are handed in by calls of their own, beside those of rooms.
const HANDED_IN: [&str; 5] = ["Command", "Batch", "Actor", "FhirImport", "Practitioner"];

/// The file of every type, without its ending.
pub(super) fn places(api: &Api) -> BTreeMap<String, String> {
    let by_name: BTreeMap<&str, &Type> = api.types.iter().map(|of| (of.name.as_str(), of)).collect();
    let mut asked: BTreeSet<String> = HANDED_IN.map(str::to_owned).into();
    for argument in api.rooms.iter().flat_map(|room| &room.calls).flat_map(|call| &call.arguments) {
        named(&argument.of, &mut asked);
    }
    let whole = asked.iter().chain(by_name.get("Command").map(|of| parts(of)).iter().flatten()).cloned().collect();
    let asked = reached(&by_name, asked);
    api.types
        .iter()
        .map(|of| {
            let commands = reached(&by_name, [of.name.clone()]).contains("Command");
            let place = match &of.shape {
                Shape::Id => "ids".to_owned(),
                _ if matches!(of.shape, Shape::Code(_)) || is_plain(of) => match of.module.as_str() {
                    "" => "codes".to_owned(),
                    module => format!("{module}_codes"),
                },
                _ if commands => "commands".to_owned(),
                _ if !asked.contains(&of.name) => format!("{}_views", module(of)),
                _ => place_of_record(of, &whole),
            };
            (of.name.clone(), place)
        })
        .collect()
}

/// Records that are handed in as a whole, or parts of them.
fn place_of_record(of: &Type, whole: &BTreeSet<String>) -> String {
    let is_part = !of.module.is_empty() && !whole.contains(&of.name);
    if is_part { format!("{}_parts", of.module) } else { module(of).to_owned() }
}

/// The module of a type; types of the root are called values.
fn module(of: &Type) -> &str {
    if of.module.is_empty() { "values" } else { &of.module }
}
