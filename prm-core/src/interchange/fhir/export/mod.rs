//! From records to resources.

pub(super) mod build;
mod bundle;
pub(super) mod datatypes;
mod edit;
pub(super) mod entry;
mod forms;
mod names;
mod people;
#[cfg(test)]
mod tests;

pub use bundle::{BundleWriter, NdjsonWriter, bundle_of};
pub use names::{Names, OwnIds};

use super::json::Object;
use super::map::{Mapping, OF_PATIENT, OF_PEOPLE, keep, mapped, strip};
use super::{Json, Mapped};
use crate::chart::ChartEntry;
use crate::error::{Error, Result};
use crate::people::{CareTeam, Organisation, Patient, Practitioner, RelatedPerson};

/// A record to be exported.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'r> {
    /// A patient.
    Patient(&'r Patient),
    /// Someone related to a patient.
    RelatedPerson(&'r RelatedPerson),
    /// A practitioner.
    Practitioner(&'r Practitioner),
    /// An organisation.
    Organisation(&'r Organisation),
    /// An entry of the chart, with the reference to its patient.
    Entry(&'r ChartEntry, Option<&'r str>),
}

/// The R4 resource of a record that was made here, with the id given.
///
/// Everything the record holds is in it. What R4 has no element for goes into the extension `urn:prm:kept`, from which
/// [`map`](crate::interchange::fhir::map()) restores it; links of other roles into `urn:prm:link:<role>`. Authority, scope and evidence of a
/// proxy are written as extensions that no import reads. The organisations of a practitioner are
/// [`practitioner_roles`], and a care team is [`care_teams`].
///
/// An entry becomes a resource of its kind, with the status codes R4 demands. Where R4 demands an element the entry
/// does not have, it says `unknown`: the class of an encounter, the time of a vaccination. A kind that has not the form
/// of a type becomes `Basic`.
///
/// # Example
/// ```
/// use prm_core::chart::{ChartEntry, Component, EntryKind, EntryStatus, EntryValue};
/// use prm_core::interchange::fhir::{OwnIds, Typed, resource};
/// use prm_core::{Coding, Quantity};
/// let part = |code: &str, value: i64| Ok::<_, prm_core::Error>(Component {
///     code: Coding::new("http://loinc.org", code).into(),
///     value: Some(EntryValue::Quantity(Quantity::ucum(value.into(), "mm[Hg]")?)),
/// });
/// let pressure = ChartEntry {
///     when: Some("2024-05-01T08:30:00+02:00".parse()?),
///     status: EntryStatus::Final,
///     components: vec![part("8480-6", 128)?, part("8462-4", 82)?],
///     ..ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", "85354-9"))
/// };
/// let json = resource("bp-1", Typed::Entry(&pressure, Some("Patient/7")), &OwnIds);
/// assert_eq!(json.text_of("resourceType"), Some("Observation"));
/// assert_eq!(json.items("component").len(), 2);
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn resource(id: &str, record: Typed<'_>, names: &dyn Names) -> Json<'static> {
    identified(fresh(record, names), id)
}

fn fresh(record: Typed<'_>, names: &dyn Names) -> Json<'static> {
    match record {
        Typed::Patient(patient) => people::patient(patient, names),
        Typed::RelatedPerson(person) => people::related_person(person, names),
        Typed::Practitioner(practitioner) => people::practitioner(practitioner),
        Typed::Organisation(organisation) => people::organisation(organisation, names),
        Typed::Entry(entry, subject) => entry::entry(entry, subject, names),
    }
}

fn identified(mut json: Json<'static>, id: &str) -> Json<'static> {
    if let Some(object) = json.object_mut() {
        object.insert_second("id", Json::from(id));
    }
    json
}

/// One `PractitionerRole` for each organisation of a practitioner; `of` is the reference to the practitioner.
pub fn practitioner_roles(of: &str, practitioner: &Practitioner, names: &dyn Names) -> Vec<Json<'static>> {
    people::roles(of, practitioner, names)
}

/// One `CareTeam` for each patient of a team, or one without subject.
pub fn care_teams(team: &CareTeam, names: &dyn Names) -> Vec<Json<'static>> {
    people::care_team(team, names)
}

/// Writes an edit into the resource a record was read from. What the edit did not touch stays as it was, token for
/// token: elements and extensions no record holds, the order of members, the digits of numbers.
///
/// `before` is the record as the source gives it, `after` as it is now. An extension on a text or concept that was
/// edited stays with it.
///
/// # Errors
/// `Invalid` when `before` and `after` are records of different kinds or the source is not an object.
pub fn apply_edit<'a>(source: &Json<'a>, before: Typed<'_>, after: Typed<'_>, names: &dyn Names) -> Result<Json<'a>> {
    if std::mem::discriminant(&before) != std::mem::discriminant(&after) {
        return Err(Error::invalid("after", "an edit does not turn a record into one of another kind"));
    }
    let mut edited = source.clone();
    let (mut old, mut new) = (fresh(before, names), fresh(after, names));
    for json in [&mut edited, &mut old, &mut new] {
        strip(json);
    }
    let none = Object::new();
    let object = edited.object_mut().ok_or_else(|| Error::invalid("source", "a resource is an object"))?;
    edit::apply(object, old.object().unwrap_or(&none), new.object().unwrap_or(&none));
    carry(&mut edited, after);
    Ok(edited)
}

/// Carries whatever reading the resource back would not give.
fn carry(json: &mut Json<'_>, record: Typed<'_>) {
    let Some(Mapping { mapped, .. }) = mapped(json) else { return };
    match (mapped, record) {
        (Mapped::Patient(have), Typed::Patient(want)) => keep(json, &have, want, OF_PATIENT),
        (Mapped::Practitioner(have), Typed::Practitioner(want)) => keep(json, &have, want, OF_PEOPLE),
        (Mapped::Organisation(have), Typed::Organisation(want)) => keep(json, &have, want, OF_PEOPLE),
        (Mapped::RelatedPerson(have), Typed::RelatedPerson(want)) => {
            keep(json, &have.of(want.patient), want, OF_PEOPLE);
        }
        (Mapped::Entry(_) | Mapped::CareTeam(..), Typed::Entry(want, _)) => entry::close(json, want),
        _ => {}
    }
}
