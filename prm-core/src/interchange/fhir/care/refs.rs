//! References to records of ours, by their ids.

use std::str::FromStr;

use super::super::export::build::reference;
use super::super::map::at::{At, Notes};
use super::super::{Json, Reference, Target};
use crate::engage::{Assignee, Pool};
use crate::govern::Who;

/// The id that a reference to a record of this type holds, if it is one of ours.
pub(super) fn id_of<T: FromStr>(json: &Json<'_>, kind: &str) -> Option<T> {
    match Reference::read(json)?.target() {
        Target::Relative { kind: found, id } if found == kind => id.parse().ok(),
        Target::Urn(urn) if kind.is_empty() => urn.strip_prefix("urn:uuid:")?.parse().ok(),
        _ => None,
    }
}

pub(super) fn to(kind: &str, id: impl std::fmt::Display) -> Json<'static> {
    reference(&format!("{kind}/{id}"))
}

/// A reference to an entry of the chart, whatever its type.
pub(super) fn to_entry(id: impl std::fmt::Display) -> Json<'static> {
    reference(&format!("urn:uuid:{id}"))
}

/// Who is meant, but for programs: R4 has no reference to one.
pub(super) fn of_who(who: &Who) -> Option<Json<'static>> {
    match who {
        Who::Practitioner(id) => Some(to("Practitioner", id)),
        Who::Patient(id) => Some(to("Patient", id)),
        Who::RelatedPerson(id) => Some(to("RelatedPerson", id)),
        Who::System(_) => None,
    }
}

pub(super) fn who(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Option<Who> {
    let element = json.get(name)?;
    let found = id_of(element, "Practitioner")
        .map(Who::Practitioner)
        .or_else(|| id_of(element, "Patient").map(Who::Patient))
        .or_else(|| id_of(element, "RelatedPerson").map(Who::RelatedPerson));
    if found.is_none() {
        notes.add(&at.member(name), UNKNOWN);
    }
    found
}

/// Why a reference is not taken.
pub(super) const UNKNOWN: &str = "a reference that leads to no record of this store";

pub(super) fn of_assignee(assignee: Assignee, subject: &str) -> Json<'static> {
    match assignee {
        Assignee::Patient => reference(subject),
        Assignee::Practitioner(id) => to("Practitioner", id),
        Assignee::RelatedPerson(id) => to("RelatedPerson", id),
    }
}

pub(super) fn of_pool(pool: Pool) -> Json<'static> {
    match pool {
        Pool::CareTeam(id) => to("CareTeam", id),
        Pool::Organisation(id) => to("Organization", id),
    }
}

/// The first person and the first team or clinic of a list of performers.
pub(super) fn performers(
    json: &Json<'_>,
    subject: &str,
    at: &At<'_>,
    notes: &mut Notes,
) -> (Option<Assignee>, Option<Pool>) {
    let (mut assignee, mut pool) = (None, None);
    for (n, item) in json.items("performer").iter().enumerate() {
        let person = id_of(item, "Practitioner")
            .map(Assignee::Practitioner)
            .or_else(|| id_of(item, "RelatedPerson").map(Assignee::RelatedPerson))
            .or_else(|| (item.text_of("reference") == Some(subject)).then_some(Assignee::Patient));
        let team =
            id_of(item, "CareTeam").map(Pool::CareTeam).or_else(|| id_of(item, "Organization").map(Pool::Organisation));
        match (person, team) {
            (Some(person), _) if assignee.is_none() => assignee = Some(person),
            (_, Some(team)) if pool.is_none() => pool = Some(team),
            (None, None) => notes.add(&at.item("performer", n), UNKNOWN),
            _ => notes.add(&at.item("performer", n), "a further performer"),
        }
    }
    (assignee, pool)
}

/// Ids of chart entries of a list; other references are told.
pub(super) fn entries<T: FromStr>(json: &Json<'_>, name: &str, at: &At<'_>, notes: &mut Notes) -> Vec<T> {
    let mut found = Vec::new();
    for (n, item) in json.items(name).iter().enumerate() {
        match id_of(item, "") {
            Some(id) => found.push(id),
            // One that leads into the resource itself is read by whoever reads the resource.
            None if item.text_of("reference").is_some_and(|text| text.starts_with('#')) => {}
            None => notes.add(&at.item(name, n), UNKNOWN),
        }
    }
    found
}
