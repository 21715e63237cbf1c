//! Which file a class stands in. Files import those before them alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Api, Carries, Field, Of, Shape, Type, Variant};

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
    let whole: BTreeSet<String> =
        asked.iter().chain(by_name.get("Command").map(|of| parts(of)).iter().flatten()).cloned().collect();
    let asked = reached(&by_name, asked);
    let sized = ordered(api).into_iter().map(|of| {
        let inside: Vec<&Type> = reached(&by_name, [of.name.clone()])
            .iter()
            .filter_map(|name| by_name.get(name.as_str()).copied())
            .collect();
        let commands = inside.iter().any(|inside| inside.name == "Command");
        let of_rooms = of.module.is_empty() && inside.iter().any(|inside| !inside.module.is_empty());
        // What is made of something handed in as a whole stands beside it, so that files need not import each other.
        let has_whole = inside.iter().any(|inside| {
            inside.module == of.module
                && whole.contains(&inside.name)
                && matches!(inside.shape, Shape::Record(_) | Shape::Choice(_))
                && !is_plain(inside)
        });
        let place = match &of.shape {
            Shape::Id => "ids".to_owned(),
            _ if matches!(of.shape, Shape::Code(_)) || is_plain(of) => match of.module.as_str() {
                "" => "codes".to_owned(),
                module => format!("{module}_codes"),
            },
            _ if commands => "commands".to_owned(),
            _ if !asked.contains(&of.name) => format!("{}_views", module(of)),
            _ if of_rooms => "values_of_rooms".to_owned(),
            _ if of.module.is_empty() || has_whole => module(of).to_owned(),
            _ => format!("{}_parts", of.module),
        };
        (of.name.clone(), place, lines(of))
    });
    divided(sized)
}

/// Lines that a file is filled with, about, before another one is begun.
const FULL: usize = 510;

/// The files, those that would be long divided: what comes first in `sized` never stands in a later part.
pub(super) fn divided(sized: impl IntoIterator<Item = (String, String, usize)>) -> BTreeMap<String, String> {
    let mut filled: BTreeMap<String, usize> = BTreeMap::new();
    let mut places = BTreeMap::new();
    for (name, place, lines) in sized {
        let filled = filled.entry(place.clone()).or_default();
        *filled += lines;
        let part = *filled / FULL + 1;
        places.insert(name, if part == 1 { place } else { format!("{place}_{part}") });
    }
    places
}

/// Lines that a class takes, about.
fn lines(of: &Type) -> usize {
    match &of.shape {
        Shape::Id => 6,
        Shape::Code(known) => 8 + 2 * known.len(),
        Shape::Record(fields) => lines_of(&of.docs, fields),
        Shape::Choice(variants) if is_plain(of) => 4 + 2 * variants.len(),
        Shape::Choice(_) if of.name == "Command" => 60,
        Shape::Choice(variants) => variants.iter().map(lines_of_variant).sum::<usize>() + 6,
    }
}

/// Lines that the class of a variant takes, about.
pub(super) fn lines_of_variant(of: &Variant) -> usize {
    match &of.carries {
        Carries::Nothing => 6,
        Carries::One(_) => 9,
        Carries::Fields(fields) => lines_of(&of.docs, fields),
    }
}

fn lines_of(docs: &str, fields: &[Field]) -> usize {
    let text: usize = fields.iter().map(|field| 2 + field.docs.len() / 100).sum();
    18 + docs.len() / 100 + text + fields.len() * 2
}

/// Types such that each comes after those it is made of.
pub(super) fn ordered(api: &Api) -> Vec<&Type> {
    fn visit<'a>(of: &'a Type, api: &'a Api, seen: &mut BTreeSet<&'a str>, out: &mut Vec<&'a Type>) {
        if seen.insert(&of.name) {
            let made_of = parts(of);
            api.types.iter().filter(|other| made_of.contains(&other.name)).for_each(|o| visit(o, api, seen, out));
            out.push(of);
        }
    }
    let (mut seen, mut out) = (BTreeSet::new(), Vec::new());
    api.types.iter().for_each(|of| visit(of, api, &mut seen, &mut out));
    out
}

/// The module of a type; types of the root are called values.
fn module(of: &Type) -> &str {
    if of.module.is_empty() { "values" } else { &of.module }
}
