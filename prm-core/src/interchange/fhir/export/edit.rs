//! Writing an edit into the resource it was made on.
//!
//! The record before and after the edit are both written as fresh resources; where these two differ, and nowhere else,
//! the source is changed. So everything no record holds stays: extensions, narrative, unknown elements, their order.

use super::super::Json;
use super::super::json::Object;

/// Choices of `name[x]`: setting one takes the others away.
const CHOICES: [&str; 12] = [
    "effective",
    "occurrence",
    "performed",
    "onset",
    "abatement",
    "occurred",
    "collected",
    "value",
    "medication",
    "deceased",
    "start",
    "multipleBirth",
];
/// Elements that hold more than what a record writes into them.
const HOLDERS: [&str; 6] = ["meta", "dispenseRequest", "provision", "context", "restriction", "collection"];

/// Changes `source` as `after` differs from `before`.
pub(super) fn apply<'a>(source: &mut Object<'a>, before: &Object<'a>, after: &Object<'a>) {
    for (name, wanted) in after.iter() {
        let had = before.get(name);
        if had == Some(wanted) {
            continue;
        }
        if source.get(name).is_none() {
            drop_other_choices(source, name);
        }
        match (source.get_mut(name), had, wanted) {
            (Some(Json::Object(inner)), Some(Json::Object(had)), Json::Object(wanted)) => apply(inner, had, wanted),
            (Some(Json::Object(inner)), None, Json::Object(wanted)) => apply(inner, &Object::new(), wanted),
            (Some(Json::List(items)), had, Json::List(wanted)) => {
                apply_list(items, had.map(Json::list).unwrap_or_default(), wanted);
                let length = items.len();
                fit_extensions(source, name, length);
            }
            (Some(place @ Json::List(_)), had, wanted) => {
                // The source has a list where one is written: its first item stands for it.
                let Json::List(items) = place else { continue };
                apply_list(items, had.map(std::slice::from_ref).unwrap_or_default(), std::slice::from_ref(wanted));
            }
            (Some(place), _, wanted) => *place = wanted.clone(),
            (None, _, wanted) => source.set(name.to_owned(), wanted.clone()),
        }
    }
    for (name, had) in before.iter().filter(|(name, _)| after.get(name).is_none()) {
        take_away(source, name, had);
    }
}

fn take_away<'a>(source: &mut Object<'a>, name: &str, had: &Json<'a>) {
    let emptied = match (source.get_mut(name), had) {
        (Some(Json::Object(inner)), Json::Object(had)) if HOLDERS.contains(&name) => {
            apply(inner, had, &Object::new());
            inner.is_empty()
        }
        (Some(Json::List(items)), Json::List(had)) => {
            apply_list(items, had, &[]);
            items.is_empty()
        }
        (Some(_), _) => true,
        (None, _) => false,
    };
    if emptied {
        source.remove(name);
        source.remove(&format!("_{name}"));
    }
}

fn drop_other_choices(source: &mut Object<'_>, name: &str) {
    let stem = CHOICES.iter().find(|stem| {
        name.strip_prefix(**stem).is_some_and(|suffix| suffix.starts_with(|c: char| c.is_ascii_uppercase()))
    });
    let Some(stem) = stem else { return };
    source.retain(|member| {
        let plain = member.strip_prefix('_').unwrap_or(member);
        let other = plain.strip_prefix(*stem).is_some_and(|s| s.starts_with(|c: char| c.is_ascii_uppercase()));
        !other || plain == name
    });
}

/// The extensions of a list of texts stand in a list beside it, place by place.
fn fit_extensions(source: &mut Object<'_>, name: &str, length: usize) {
    if let Some(Json::List(extensions)) = source.get_mut(&format!("_{name}")) {
        extensions.resize(length, Json::Null);
    }
}

/// Changes a list item by item. Items the record never held keep their places; items that are as they were are left
/// alone; a changed item is changed in its place if it is recognisably the same one.
fn apply_list<'a>(items: &mut Vec<Json<'a>>, before: &[Json<'a>], after: &[Json<'a>]) {
    let places = align(items, before);
    let mut left: Vec<usize> = (0..before.len()).collect();
    let mut matched: Vec<Option<usize>> = vec![None; after.len()];
    for (slot, wanted) in matched.iter_mut().zip(after) {
        if let Some(at) = left.iter().position(|b| before.get(*b) == Some(wanted)) {
            *slot = Some(left.remove(at));
        }
    }
    for (slot, wanted) in matched.iter_mut().zip(after).filter(|(slot, _)| slot.is_none()) {
        if let Some(at) = left.iter().position(|b| before.get(*b).is_some_and(|had| resembles(had, wanted))) {
            *slot = Some(left.remove(at));
        }
    }
    let kept: Vec<usize> = matched.iter().flatten().filter_map(|b| places.get(*b).copied().flatten()).collect();
    let mut made = matched.into_iter().zip(after).map(|(from, wanted)| {
        let had = from.and_then(|b| before.get(b));
        let place = from.and_then(|b| places.get(b).copied().flatten()).and_then(|at| items.get(at));
        match (place.cloned(), had, wanted) {
            (Some(place), Some(had), wanted) if had == wanted => place,
            (Some(Json::Object(mut place)), Some(Json::Object(had)), Json::Object(wanted)) => {
                apply(&mut place, had, wanted);
                Json::Object(place)
            }
            _ => wanted.clone(),
        }
    });
    let mut result = Vec::with_capacity(items.len().max(after.len()));
    for (at, item) in items.iter().enumerate() {
        if kept.contains(&at) {
            result.extend(made.next());
        } else if !places.contains(&Some(at)) {
            result.push(item.clone());
        }
    }
    result.extend(made);
    *items = result;
}

/// Which item of the source each item of the record was read from.
fn align(items: &[Json<'_>], before: &[Json<'_>]) -> Vec<Option<usize>> {
    let mut from = 0;
    let mut places: Vec<Option<usize>> = Vec::with_capacity(before.len());
    for had in before {
        let rest = items.iter().enumerate().skip(from);
        let found = rest.filter(|(_, item)| holds(item, had)).map(|(at, _)| at).next();
        from = found.map_or(from, |at| at + 1);
        places.push(found);
    }
    // What is written in another form than the source did is told by its place among the rest.
    let mut free = (0..items.len()).filter(|at| !places.contains(&Some(*at))).collect::<Vec<_>>().into_iter();
    if places.iter().filter(|p| p.is_none()).count() == free.len() {
        for place in places.iter_mut().filter(|p| p.is_none()) {
            *place = free.next();
        }
    }
    places
}

/// Whether `item` has all that `part` has.
fn holds(item: &Json<'_>, part: &Json<'_>) -> bool {
    match (item, part) {
        (Json::Object(item), Json::Object(part)) => {
            part.iter().all(|(name, value)| item.get(name).is_some_and(|inner| holds(inner, value)))
        }
        (Json::List(item), Json::List(part)) => {
            item.len() == part.len() && item.iter().zip(part).all(|(item, part)| holds(item, part))
        }
        _ => item == part,
    }
}

/// Whether an item may be the same one, changed: texts always, objects that agree in a member.
fn resembles(had: &Json<'_>, wanted: &Json<'_>) -> bool {
    match (had, wanted) {
        (Json::Object(had), Json::Object(wanted)) => had
            .iter()
            .any(|(name, value)| wanted.get(name).is_some_and(|other| other == value || resembles(value, other))),
        (Json::List(had), Json::List(wanted)) => had.iter().any(|item| wanted.contains(item)),
        _ => matches!((had, wanted), (Json::Text(_), Json::Text(_))) && had == wanted,
    }
}
