//! The data types of R4 that records share, as resources write them.

use super::super::Json;
use super::super::map::CURRENCY;
use super::build::{Build, number};
use crate::people::{Address, ContactPoint, HumanName, Identifier};
use crate::sensitive::Sensitive;
use crate::time::{Period, When};
use crate::value::{Coding, Concept, Quantity};

fn exposed(text: Option<&Sensitive>) -> Option<&str> {
    text.map(|text| text.expose().as_str())
}

fn texts(items: &[Sensitive]) -> Json<'static> {
    Json::List(items.iter().map(|item| Json::from(item.expose().as_str())).collect())
}

pub(crate) fn when(when: &When) -> Json<'static> {
    Json::from(when.to_string())
}

pub(crate) fn period(period: &Period) -> Json<'static> {
    let start = period.start.as_ref().map(when);
    Build::default().put("start", start).put("end", period.end.as_ref().map(when)).done()
}

pub(crate) fn coding(coding: &Coding) -> Json<'static> {
    Build::default()
        .text("system", coding.system.as_deref())
        .text("code", Some(&coding.code))
        .text("display", coding.display.as_deref())
        .done()
}

pub(crate) fn concept(concept: &Concept) -> Json<'static> {
    Build::default().list("coding", &concept.codings, coding).text("text", exposed(concept.text.as_ref())).done()
}

pub(crate) fn quantity(quantity: &Quantity) -> Json<'static> {
    Build::default()
        .put("value", number(quantity.value.as_str()))
        .text("comparator", quantity.comparator.as_ref().map(|c| c.code()))
        .text("unit", quantity.unit.as_deref())
        .text("system", quantity.system.as_deref())
        .text("code", quantity.code.as_deref())
        .done()
}

/// `Money`, if the amount is one.
pub(crate) fn money(quantity: &Quantity) -> Option<Json<'static>> {
    match (quantity.system.as_deref(), quantity.code.as_deref()) {
        (Some(CURRENCY), Some(currency)) => {
            let value = number(quantity.value.as_str());
            Some(Build::default().put("value", value).text("currency", Some(currency)).done())
        }
        _ => None,
    }
}

pub(crate) fn identifier(identifier: &Identifier) -> Json<'static> {
    Build::default()
        .text("use", identifier.usage.as_ref().map(|u| u.code()))
        .put("type", identifier.kind.as_ref().map(concept))
        .text("system", identifier.system.as_deref())
        .text("value", Some(identifier.value.expose()))
        .put("period", identifier.period.as_ref().map(period))
        .done()
}

pub(crate) fn name(name: &HumanName) -> Json<'static> {
    Build::default()
        .text("use", name.usage.as_ref().map(|u| u.code()))
        .text("text", exposed(name.text.as_ref()))
        .text("family", exposed(name.family.as_ref()))
        .put("given", texts(&name.given))
        .put("prefix", texts(&name.prefix))
        .put("suffix", texts(&name.suffix))
        .put("period", name.period.as_ref().map(period))
        .done()
}

pub(crate) fn contact(contact: &ContactPoint) -> Json<'static> {
    Build::default()
        .text("system", contact.system.as_ref().map(|s| s.code()))
        .text("value", Some(contact.value.expose()))
        .text("use", contact.usage.as_ref().map(|u| u.code()))
        .put("rank", contact.rank.map(|rank| number(rank.to_string())))
        .put("period", contact.period.as_ref().map(period))
        .done()
}

pub(crate) fn address(address: &Address) -> Json<'static> {
    Build::default()
        .text("use", address.usage.as_ref().map(|u| u.code()))
        .text("text", exposed(address.text.as_ref()))
        .put("line", texts(&address.line))
        .text("city", exposed(address.city.as_ref()))
        .text("district", exposed(address.district.as_ref()))
        .text("state", exposed(address.state.as_ref()))
        .text("postalCode", exposed(address.postal_code.as_ref()))
        .text("country", exposed(address.country.as_ref()))
        .put("period", address.period.as_ref().map(period))
        .done()
}

/// `meta` with the labels of a record.
pub(crate) fn meta(labels: &[Coding]) -> Json<'static> {
    Build::default().list("security", labels, coding).done()
}
