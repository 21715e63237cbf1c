//! From resources to records.

pub(super) mod at;
pub(super) mod datatypes;
mod entry;
pub(super) mod kept;
mod patient;
mod people;
mod rules;
mod status;
mod subject;
#[cfg(test)]
mod tests;
mod times;
pub(super) mod value;

pub(super) use datatypes::CURRENCY;
pub(super) use entry::{ALLERGY_CATEGORY, LINK};
pub(super) use kept::{OF_ENTRY, OF_PATIENT, OF_PEOPLE, strip, write as keep};
pub(super) use patient::{GENDER_IDENTITY, INTERPRETER, SEX_FOR_CLINICAL_USE};
pub(super) use rules::{Rule, rule_of};
pub(super) use status::summary;
pub(super) use value::CRITICALITY;

pub use at::Note;
pub use people::{PractitionerRole, UnplacedPerson, UnplacedTeam};
pub use subject::Subject;

use self::at::{At, Notes};
use super::identity::resource_type;
use super::{Json, Reference};
use crate::chart::{ChartEntry, EntryKind, Link, LinkTarget};
use crate::error::Result;
use crate::people::{HumanName, Organisation, Patient, Practitioner};
use crate::value::{Coding, Concept};

/// What a resource becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// `Patient`.
    Patient(Patient),
    /// `RelatedPerson`; the patient is the first of [`Mapping::subjects`].
    RelatedPerson(UnplacedPerson),
    /// `Practitioner`.
    Practitioner(Practitioner),
    /// `PractitionerRole`: for the practitioner's record; the resource is kept with the practitioner or on its own.
    PractitionerRole(PractitionerRole),
    /// `Organization`.
    Organisation(Organisation),
    /// `CareTeam`: an entry of the chart, and the team if it is to be one of the store.
    CareTeam(ChartEntry, UnplacedTeam),
    /// Every other type: an entry of the patient's chart, or a record of no patient when there are no subjects.
    Entry(ChartEntry),
}

/// A resource as a record, with what could not be typed. The record names nothing by id yet: see
/// [`Mapping::resolve`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Type of the resource.
    pub kind: String,
    /// The record.
    pub mapped: Mapped,
    /// Who the resource is about, best first; none for a record of no patient.
    pub subjects: Vec<Subject>,
    /// References of a person or organisation that its record holds as ids. Those of an entry are its links.
    pub references: Vec<(&'static str, Reference)>,
    /// Security labels of the resource.
    pub labels: Vec<Coding>,
    /// What is in the source text alone although the record has a place for it.
    pub notes: Vec<Note>,
}

/// Maps a resource.
///
/// `Patient`, `RelatedPerson`, `Practitioner`, `PractitionerRole`, `Organization` and `CareTeam` have records of their
/// own; every other type becomes a chart entry. Which elements give code, time, title and status is one table, with one
/// row for all types without a row of their own. An element that is not what R4 says is noted, never an error, and
/// stays in the source text, as does everything the record has no field for.
///
/// A resource belongs to the first patient among `patient`, `beneficiary`, `individual`, `candidate`, `subject`, `for`,
/// `actor`, `participant.actor`, `entity.what` and `target`; a provenance also where its target belongs. Practitioners,
/// organisations, locations, medications, persons, groups, schedules and bundles are records of no patient, as is all
/// that names none.
///
/// # Errors
/// `Invalid` when the value is not an object with a text `resourceType`.
///
/// # Example
/// ```
/// use prm_core::interchange::fhir::{Json, Mapped, map};
/// let json = Json::parse(br#"{"resourceType": "Condition", "subject": {"reference": "Patient/1"},
///     "code": {"text": "Asthma"}, "onsetDateTime": "1998-04"}"#)?;
/// let mapping = map(&json)?;
/// let Mapped::Entry(entry) = mapping.mapped else { panic!("a condition is an entry") };
/// assert_eq!(entry.title.expose(), "Asthma");
/// assert_eq!(entry.when.map(|when| when.to_string()).as_deref(), Some("1998-04"));
/// assert_eq!(mapping.subjects[0].reference().to_text(), "Patient/1");
/// # Ok::<(), prm_core::Error>(())
/// ```
pub fn map(resource: &Json<'_>) -> Result<Mapping> {
    let kind = resource_type(resource)?;
    let mut notes = Notes::default();
    let notes_in = &mut notes;
    let labels = datatypes::labels(resource, notes_in);
    let subjects = subject::subjects(kind, resource, notes_in);
    if kind == "Bundle" && !resource.items("entry").is_empty() {
        notes_in.add(&At::ROOT.member("entry"), "resources of a bundle that is itself a record");
    }
    let named = |name: &'static str| {
        let found = resource.items(name).iter().filter_map(Reference::read);
        found.map(|reference| (name, reference)).collect::<Vec<_>>()
    };
    let mut references = Vec::new();
    let mapped = match kind {
        "Patient" => {
            references.extend(named("managingOrganization"));
            references.extend(named("generalPractitioner"));
            let patient = Patient { labels: labels.clone(), ..patient::patient(resource, notes_in) };
            Mapped::Patient(kept::read(patient, kept::OF_PATIENT, resource, notes_in))
        }
        "RelatedPerson" => Mapped::RelatedPerson(people::related_person(resource, notes_in)),
        "Practitioner" => {
            let practitioner = people::practitioner(resource, notes_in);
            Mapped::Practitioner(kept::read(practitioner, kept::OF_PEOPLE, resource, notes_in))
        }
        "PractitionerRole" => Mapped::PractitionerRole(people::practitioner_role(resource, notes_in)),
        "Organization" => {
            references.extend(named("partOf"));
            let organisation = people::organisation(resource, notes_in);
            Mapped::Organisation(kept::read(organisation, kept::OF_PEOPLE, resource, notes_in))
        }
        kind => {
            let entry = entry::entry(kind, resource, &subjects, notes_in);
            let entry = ChartEntry { labels: labels.clone(), ..entry };
            let entry = kept::read(entry, kept::OF_ENTRY, resource, notes_in);
            match kind {
                "CareTeam" => Mapped::CareTeam(entry, people::care_team(resource, notes_in)),
                _ => Mapped::Entry(entry),
            }
        }
    };
    Ok(Mapping { kind: kind.to_owned(), mapped, subjects, references, labels, notes: notes.into_inner() })
}

/// The mapping of a resource that is known to be one.
pub(super) fn mapped(resource: &Json<'_>) -> Option<Mapping> {
    map(resource).ok()
}

impl Mapping {
    /// Puts ids where `resolve` knows the record that a reference leads to. It may be called again when more is known.
    pub fn resolve(&mut self, mut resolve: impl FnMut(&Reference) -> Option<LinkTarget>) {
        match &mut self.mapped {
            Mapped::Patient(patient) => {
                patient.general_practitioners.clear();
                for (role, reference) in &self.references {
                    match (*role, resolve(reference)) {
                        ("managingOrganization", Some(LinkTarget::Organisation(id))) => {
                            patient.managing_organisation = Some(id);
                        }
                        ("generalPractitioner", Some(LinkTarget::Practitioner(id))) => {
                            patient.general_practitioners.push(id);
                        }
                        _ => {}
                    }
                }
            }
            Mapped::Organisation(organisation) => {
                for (_, reference) in &self.references {
                    if let Some(LinkTarget::Organisation(id)) = resolve(reference) {
                        organisation.part_of = Some(id);
                    }
                }
            }
            Mapped::Entry(entry) | Mapped::CareTeam(entry, _) => resolve_links(&mut entry.links, resolve),
            Mapped::RelatedPerson(_) | Mapped::Practitioner(_) | Mapped::PractitionerRole(_) => {}
        }
    }

    /// The chart entry; for a person or organisation one that stands for the record as its source gave it, with the
    /// name as title.
    pub fn entry(&self) -> ChartEntry {
        let named = |names: &[HumanName]| names.first().map(shown).unwrap_or_default();
        let title = match &self.mapped {
            Mapped::Entry(entry) | Mapped::CareTeam(entry, _) => return entry.clone(),
            Mapped::Patient(patient) => named(&patient.names),
            Mapped::RelatedPerson(person) => named(person.names()),
            Mapped::Practitioner(practitioner) => named(&practitioner.names),
            Mapped::Organisation(organisation) => organisation.name.clone(),
            Mapped::PractitionerRole(role) => role.roles.iter().find_map(Concept::label).unwrap_or_default().to_owned(),
        };
        ChartEntry {
            title: title.into(),
            labels: self.labels.clone(),
            ..ChartEntry::new(EntryKind::from_code(&self.kind), Concept::default())
        }
    }
}

/// The name on one line: its text, or given names and family name.
fn shown(name: &HumanName) -> String {
    let parts = name.given.iter().chain(&name.family).map(|part| part.expose().as_str());
    let joined = || parts.collect::<Vec<_>>().join(" ");
    name.text.as_ref().map_or_else(joined, |text| text.expose().clone())
}

/// Puts ids where `resolve` knows the record that an unresolved link leads to.
pub fn resolve_links(links: &mut [Link], mut resolve: impl FnMut(&Reference) -> Option<LinkTarget>) {
    for link in links {
        if let LinkTarget::Unresolved(text) = &link.target
            && let Some(target) = resolve(&Reference::parse(text.expose()))
        {
            link.target = target;
        }
    }
}
