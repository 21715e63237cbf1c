//! People and organisations around patients.

use super::super::{Json, Reference};
use super::at::{At, Notes};
use super::{datatypes as read, kept};
use crate::chart::LinkTarget;
use crate::id::PatientId;
use crate::people::{CareTeam, CareTeamMember, Gender, HumanName, Member, Organisation, Practitioner, RelatedPerson};
use crate::time::Period;
use crate::value::Concept;

/// Someone related to a patient whose place in the store is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnplacedPerson(RelatedPerson);

impl UnplacedPerson {
    /// The person as related to `patient`. An import never grants authority: it has none and no scope.
    pub fn of(self, patient: PatientId) -> RelatedPerson {
        RelatedPerson { patient, ..self.0 }
    }

    pub(super) fn names(&self) -> &[HumanName] {
        &self.0.names
    }
}

pub(super) fn related_person(json: &Json<'_>, notes: &mut Notes) -> UnplacedPerson {
    let at = &At::ROOT;
    let person = RelatedPerson {
        active: read::boolean(json, "active", at, notes).unwrap_or(true),
        relationship: read::list(json, "relationship", at, notes, read::concept),
        names: read::list(json, "name", at, notes, read::name),
        identifiers: read::list(json, "identifier", at, notes, read::identifier),
        telecom: read::list(json, "telecom", at, notes, read::contact),
        addresses: read::list(json, "address", at, notes, read::address),
        birth_date: read::date(json, "birthDate", at, notes),
        gender: read::text(json, "gender", at, notes).map(Gender::from_code),
        period: read::period(json, "period", at, notes),
        ..RelatedPerson::of(PatientId::from_uuid(uuid::Uuid::nil()))
    };
    UnplacedPerson(kept::read(person, kept::OF_PEOPLE, json, notes))
}

pub(super) fn practitioner(json: &Json<'_>, notes: &mut Notes) -> Practitioner {
    let at = &At::ROOT;
    Practitioner {
        inactive: read::boolean(json, "active", at, notes) == Some(false),
        names: read::list(json, "name", at, notes, read::name),
        identifiers: read::list(json, "identifier", at, notes, read::identifier),
        telecom: read::list(json, "telecom", at, notes, read::contact),
        gender: read::text(json, "gender", at, notes).map(Gender::from_code),
        qualifications: read::list(json, "qualification", at, notes, |item, at, notes| {
            read::concept_of(item, "code", at, notes)
        }),
        organisations: Vec::new(),
    }
}

pub(super) fn organisation(json: &Json<'_>, notes: &mut Notes) -> Organisation {
    let at = &At::ROOT;
    Organisation {
        inactive: read::boolean(json, "active", at, notes) == Some(false),
        name: read::owned(json, "name", at, notes).unwrap_or_default(),
        identifiers: read::list(json, "identifier", at, notes, read::identifier),
        kinds: read::list(json, "type", at, notes, read::concept),
        telecom: read::list(json, "telecom", at, notes, read::contact),
        addresses: read::list(json, "address", at, notes, read::address),
        part_of: None,
    }
}

/// Which practitioner works for which organisation, in which role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PractitionerRole {
    /// Whether the record is out of use.
    pub inactive: bool,
    /// Who.
    pub practitioner: Option<Reference>,
    /// Where.
    pub organisation: Option<Reference>,
    /// Roles and specialties.
    pub roles: Vec<Concept>,
    /// When.
    pub period: Option<Period>,
}

pub(super) fn practitioner_role(json: &Json<'_>, notes: &mut Notes) -> PractitionerRole {
    let at = &At::ROOT;
    let mut roles = read::list(json, "code", at, notes, read::concept);
    roles.extend(read::list(json, "specialty", at, notes, read::concept));
    PractitionerRole {
        inactive: read::boolean(json, "active", at, notes) == Some(false),
        practitioner: json.get("practitioner").and_then(Reference::read),
        organisation: json.get("organization").and_then(Reference::read),
        roles,
        period: read::period(json, "period", at, notes),
    }
}

/// A care team whose members' places in the store are not known yet.
///
/// Membership entitles to treat, so a team that was imported becomes one of the store only by a decision of whoever
/// imports: the chart entry of the `CareTeam` resource is made in any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnplacedTeam {
    team: CareTeam,
    patients: Vec<Reference>,
    members: Vec<(Reference, Option<Concept>, Option<Period>)>,
    organisation: Option<Reference>,
}

impl UnplacedTeam {
    /// The team with every reference that `resolve` can follow; the others are left out.
    pub fn placed(self, mut resolve: impl FnMut(&Reference) -> Option<LinkTarget>) -> CareTeam {
        let patients = self.patients.iter().filter_map(|reference| match resolve(reference) {
            Some(LinkTarget::Patient(patient)) => Some(patient),
            _ => None,
        });
        let patients = patients.collect();
        let members = self.members.into_iter().filter_map(|(reference, role, period)| {
            let member = match resolve(&reference)? {
                LinkTarget::Patient(id) => Member::Patient(id),
                LinkTarget::Practitioner(id) => Member::Practitioner(id),
                LinkTarget::Organisation(id) => Member::Organisation(id),
                LinkTarget::Record(id) if reference.kind() == Some("RelatedPerson") => Member::RelatedPerson(id.into()),
                LinkTarget::Record(_) | LinkTarget::Entry(_) | LinkTarget::Unresolved(_) => return None,
            };
            Some(CareTeamMember { member, role, period })
        });
        let members = members.collect();
        let organisation = self.organisation.and_then(|reference| match resolve(&reference)? {
            LinkTarget::Organisation(id) => Some(id),
            _ => None,
        });
        CareTeam { patients, members, organisation, ..self.team }
    }
}

pub(super) fn care_team(json: &Json<'_>, notes: &mut Notes) -> UnplacedTeam {
    let at = &At::ROOT;
    let status = json.text_of("status");
    UnplacedTeam {
        team: CareTeam {
            inactive: matches!(status, Some("inactive" | "suspended" | "entered-in-error" | "proposed")),
            name: read::owned(json, "name", at, notes).unwrap_or_default(),
            period: read::period(json, "period", at, notes),
            ..CareTeam::default()
        },
        patients: json.get("subject").and_then(Reference::read).into_iter().collect(),
        members: read::list(json, "participant", at, notes, |item, at, notes| {
            let member = item.get("member").and_then(Reference::read)?;
            Some((member, read::concept_of(item, "role", at, notes), read::period(item, "period", at, notes)))
        }),
        organisation: json.items("managingOrganization").first().and_then(Reference::read),
    }
}
