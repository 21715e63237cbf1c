//! The data types of R4 that records share. What cannot be typed is noted and left to the source text.

use super::super::Json;
use super::at::{At, Notes};
use crate::people::{Address, ContactPoint, ContactSystem, ContactUse, HumanName, Identifier, IdentifierUse, NameUse};
use crate::sensitive::Sensitive;
use crate::time::{PartialDate, Period, When};
use crate::value::{Coding, Comparator, Concept, Decimal, Quantity};

/// Longest text that a record holds; a longer one is left to the source.
pub(crate) const LONGEST_TEXT: usize = 4096;
/// Most items of one list that a record holds.
pub(crate) const MOST_ITEMS: usize = 1000;

/// A text member.
pub(crate) fn text<'j>(json: &'j Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<&'j str> {
    match json.get(name)? {
        Json::Text(text) if text.len() <= LONGEST_TEXT => Some(text),
        Json::Text(_) => {
            notes.add(&at.member(name), "longer than 4,096 bytes");
            None
        }
        _ => {
            notes.add(&at.member(name), "not a text");
            None
        }
    }
}

pub(crate) fn owned(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<String> {
    text(json, name, at, notes).map(str::to_owned)
}

pub(crate) fn sensitive(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Sensitive> {
    text(json, name, at, notes).map(Sensitive::from)
}

/// The items of a list that `read` can type. A single value stands for a list of one.
pub(crate) fn list<T>(
    json: &Json<'_>,
    name: &str,
    at: &At<'_>,
    notes: &mut Notes,
    mut read: impl FnMut(&Json<'_>, &At<'_>, &mut Notes) -> Option<T>,
) -> Vec<T> {
    let items = json.items(name);
    if items.len() > MOST_ITEMS {
        notes.add(&at.member(name), "more than 1,000 items: the rest");
    }
    let numbered = items.iter().take(MOST_ITEMS).enumerate();
    numbered.filter_map(|(i, item)| read(item, &at.item(name, i), notes)).collect()
}

fn texts(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Vec<Sensitive> {
    list(json, name, at, notes, |item, at, notes| match item {
        Json::Text(text) if text.len() <= LONGEST_TEXT => Some(Sensitive::from(&**text)),
        // A null keeps the place of a text that has extensions only.
        Json::Null => None,
        _ => {
            notes.add(at, "not a text of at most 4,096 bytes");
            None
        }
    })
}

pub(crate) fn boolean(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<bool> {
    let value = json.get(name)?;
    if value.bool().is_none() {
        notes.add(&at.member(name), "neither true nor false");
    }
    value.bool()
}

/// A `date`, `dateTime` or `instant`.
pub(crate) fn when(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<When> {
    let when = text(json, name, at, notes)?.parse().ok();
    if when.is_none() {
        notes.add(&at.member(name), "not a date or time as FHIR writes it");
    }
    when
}

pub(crate) fn date(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<PartialDate> {
    let date = text(json, name, at, notes)?.parse().ok();
    if date.is_none() {
        notes.add(&at.member(name), "not a date as FHIR writes it");
    }
    date
}

pub(crate) fn period(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Period> {
    let json = json.get(name)?;
    let at = at.member(name);
    if json.object().is_none() {
        notes.add(&at, "not a period");
        return None;
    }
    let period = Period { start: when(json, "start", &at, notes), end: when(json, "end", &at, notes) };
    (period != Period::default()).then_some(period)
}

pub(crate) fn coding(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Coding> {
    let code = owned(json, "code", at, notes);
    let display = owned(json, "display", at, notes);
    if code.is_none() && display.is_none() {
        if json.object().is_none_or(|o| o.is_empty()) || json.get("system").is_some() {
            notes.add(at, "a coding without code and display");
        }
        return None;
    }
    Some(Coding { system: owned(json, "system", at, notes), code: code.unwrap_or_default(), display })
}

/// A `CodeableConcept`; a bare code or a `Coding` stands for a concept of that one code.
pub(crate) fn concept(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Concept> {
    match json {
        Json::Text(code) if code.len() <= LONGEST_TEXT => {
            Some(Coding { system: None, code: code.clone().into_owned(), display: None }.into())
        }
        Json::Object(object) if object.get("coding").is_none() && object.get("code").is_some() => {
            coding(json, at, notes).map(Concept::from)
        }
        Json::Object(_) => {
            let codings = list(json, "coding", at, notes, coding);
            let text = sensitive(json, "text", at, notes);
            (!codings.is_empty() || text.is_some()).then_some(Concept { codings, text })
        }
        _ => {
            notes.add(at, "not a concept");
            None
        }
    }
}

/// The concept of a member, or the first if it is a list.
pub(crate) fn concept_of(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Concept> {
    json.items(name).first().and_then(|first| concept(first, &at.member(name), notes))
}

/// The codes of `category`, `meta.security` and the like, whatever they are written as.
pub(crate) fn codings(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Vec<Coding> {
    let concepts = list(json, name, at, notes, concept);
    let each = concepts.into_iter().flat_map(|concept| {
        let text = concept.text.filter(|_| concept.codings.is_empty());
        let shown = text.map(|t| Coding { system: None, code: String::new(), display: Some(t.into_exposed()) });
        concept.codings.into_iter().chain(shown)
    });
    each.collect()
}

/// Security labels. One without a code is kept as a label all the same: it withholds rather than shows.
pub(crate) fn labels(json: &Json<'_>, notes: &mut Notes) -> Vec<Coding> {
    let Some(meta) = json.get("meta") else { return Vec::new() };
    let at = At::ROOT.member("meta");
    let label = |item: &Json<'_>, at: &At<'_>, notes: &mut Notes| Some(coding(item, at, notes).unwrap_or_default());
    list(meta, "security", &at, notes, label)
}

pub(crate) fn quantity(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Quantity> {
    let Some(value) = json.get("value").and_then(Json::number).and_then(|n| n.parse::<Decimal>().ok()) else {
        notes.add(at, "a quantity without a value of at most 64 digits");
        return None;
    };
    let comparator = text(json, "comparator", at, notes).map(Comparator::from_code);
    let unit = owned(json, "unit", at, notes);
    let (system, code) = (owned(json, "system", at, notes), owned(json, "code", at, notes));
    Some(Quantity { value, comparator, unit, system, code })
}

/// URI of the currency codes that stand for the unit of an amount of money.
pub(crate) const CURRENCY: &str = "urn:iso:std:iso:4217";

pub(crate) fn money(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Quantity> {
    let Some(currency) = text(json, "currency", at, notes) else {
        return quantity(json, at, notes);
    };
    let value = json.get("value").and_then(Json::number).and_then(|n| n.parse::<Decimal>().ok());
    if value.is_none() {
        notes.add(at, "an amount of money without a value");
    }
    let (unit, system, code) = (Some(currency.into()), Some(CURRENCY.into()), Some(currency.into()));
    Some(Quantity { value: value?, comparator: None, unit, system, code })
}

pub(crate) fn identifier(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Identifier> {
    let Some(value) = sensitive(json, "value", at, notes) else {
        notes.add(at, "an identifier without a value");
        return None;
    };
    Some(Identifier {
        usage: text(json, "use", at, notes).map(IdentifierUse::from_code),
        kind: concept_of(json, "type", at, notes),
        system: owned(json, "system", at, notes),
        value,
        period: period(json, "period", at, notes),
    })
}

pub(crate) fn name(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<HumanName> {
    let name = HumanName {
        usage: text(json, "use", at, notes).map(NameUse::from_code),
        text: sensitive(json, "text", at, notes),
        family: sensitive(json, "family", at, notes),
        given: texts(json, "given", at, notes),
        prefix: texts(json, "prefix", at, notes),
        suffix: texts(json, "suffix", at, notes),
        period: period(json, "period", at, notes),
    };
    if name == HumanName::default() {
        notes.add(at, "a name without parts");
        return None;
    }
    Some(name)
}

pub(crate) fn contact(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<ContactPoint> {
    let Some(value) = sensitive(json, "value", at, notes) else {
        notes.add(at, "a contact without a value");
        return None;
    };
    let rank = json.get("rank").map(|rank| rank.number().and_then(|n| n.parse().ok()));
    if rank == Some(None) {
        notes.add(&at.member("rank"), "not a whole number");
    }
    Some(ContactPoint {
        system: text(json, "system", at, notes).map(ContactSystem::from_code),
        value,
        usage: text(json, "use", at, notes).map(ContactUse::from_code),
        rank: rank.flatten(),
        period: period(json, "period", at, notes),
    })
}

pub(crate) fn address(json: &Json<'_>, at: &At<'_>, notes: &mut Notes) -> Option<Address> {
    let address = Address {
        usage: text(json, "use", at, notes).map(ContactUse::from_code),
        text: sensitive(json, "text", at, notes),
        line: texts(json, "line", at, notes),
        city: sensitive(json, "city", at, notes),
        district: sensitive(json, "district", at, notes),
        state: sensitive(json, "state", at, notes),
        postal_code: sensitive(json, "postalCode", at, notes),
        country: sensitive(json, "country", at, notes),
        period: period(json, "period", at, notes),
    };
    if address == Address::default() {
        notes.add(at, "an address without parts");
        return None;
    }
    Some(address)
}
