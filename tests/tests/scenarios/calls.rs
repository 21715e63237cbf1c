//! The calls that scenarios may name, by room and call.

use prm_core::chart::{ChartEntry, TimelineQuery};
use prm_core::govern::RoleGrant;
use prm_core::people::{CareTeam, Organisation, Patient, PatientSearch, Practitioner, RelatedPerson};
use prm_core::{
    CareTeamId, Coding, EntryId, Error, ExportFormat, ExportReport, FhirImport, Instant, OrganisationId, Page,
    PatientId, Period, PractitionerId, Progress, RecordId, RelatedPersonId, RoleGrantId, Sensitive, Session,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a call gave no view.
pub(crate) enum Failed {
    /// The library refused.
    Refused(Error),
    /// The scenario asks for something that is not there, or with other arguments.
    Misspelt(String),
}

fn answer<T: Serialize>(outcome: Result<T, Error>) -> Result<Value, Failed> {
    outcome
        .map_err(Failed::Refused)
        .and_then(|view| serde_json::to_value(view).map_err(|e| Failed::Misspelt(e.to_string())))
}

/// What was exported, and the text of it.
#[derive(Serialize)]
struct Exported {
    report: ExportReport,
    text: String,
}

fn export(session: &Session, patient: PatientId, format: ExportFormat) -> Result<Exported, Error> {
    let mut text = Vec::new();
    let report = session.fhir().export(patient, format, &mut text, &prm_core::Progress::default())?;
    Ok(Exported { report, text: String::from_utf8(text).expect("FHIR is written in UTF-8") })
}

macro_rules! calls {
    ($($name:literal ($($argument:ident: $kind:ty),*) |$session:ident| $body:expr;)+) => {
        /// Every call.
        pub(crate) const NAMES: &[&str] = &[$($name),+];

        /// Makes a call.
        pub(crate) fn call(session: &Session, name: &str, arguments: Value) -> Result<Value, Failed> {
            match name {
                $($name => {
                    #[derive(Deserialize)]
                    #[serde(deny_unknown_fields)]
                    struct Arguments { $($argument: $kind),* }
                    let arguments: Arguments = serde_json::from_value(arguments)
                        .map_err(|e| Failed::Misspelt(format!("arguments of {name}: {e}")))?;
                    let Arguments { $($argument),* } = arguments;
                    let $session = session;
                    answer($body)
                })+
                _ => Err(Failed::Misspelt(format!("there is no call {name}"))),
            }
        }
    };
}

calls! {
    "people.add" (patient: Patient) |s| s.people().add(patient);
    "people.edit" (id: PatientId, version: u32, patient: Patient) |s| s.people().edit(id, version, patient);
    "people.void" (id: PatientId, version: u32, reason: Sensitive) |s| s.people().void(id, version, reason);
    "people.add_related_person" (related_person: RelatedPerson) |s| s.people().add_related_person(related_person);
    "people.edit_related_person" (id: RelatedPersonId, version: u32, related_person: RelatedPerson) |s| s.people().edit_related_person(id, version, related_person);
    "people.void_related_person" (id: RelatedPersonId, version: u32, reason: Sensitive) |s| s.people().void_related_person(id, version, reason);
    "people.add_practitioner" (practitioner: Practitioner) |s| s.people().add_practitioner(practitioner);
    "people.edit_practitioner" (id: PractitionerId, version: u32, practitioner: Practitioner) |s| s.people().edit_practitioner(id, version, practitioner);
    "people.void_practitioner" (id: PractitionerId, version: u32, reason: Sensitive) |s| s.people().void_practitioner(id, version, reason);
    "people.add_organisation" (organisation: Organisation) |s| s.people().add_organisation(organisation);
    "people.edit_organisation" (id: OrganisationId, version: u32, organisation: Organisation) |s| s.people().edit_organisation(id, version, organisation);
    "people.void_organisation" (id: OrganisationId, version: u32, reason: Sensitive) |s| s.people().void_organisation(id, version, reason);
    "people.add_care_team" (care_team: CareTeam) |s| s.people().add_care_team(care_team);
    "people.edit_care_team" (id: CareTeamId, version: u32, care_team: CareTeam) |s| s.people().edit_care_team(id, version, care_team);
    "people.void_care_team" (id: CareTeamId, version: u32, reason: Sensitive) |s| s.people().void_care_team(id, version, reason);
    "people.patient" (id: PatientId) |s| s.people().patient(id);
    "people.history" (id: PatientId) |s| s.people().history(id);
    "people.known_at" (id: PatientId, at: Instant) |s| s.people().known_at(id, at);
    "people.related_person" (id: RelatedPersonId) |s| s.people().related_person(id);
    "people.related_person_history" (id: RelatedPersonId) |s| s.people().related_person_history(id);
    "people.related_person_known_at" (id: RelatedPersonId, at: Instant)
        |s| s.people().related_person_known_at(id, at);
    "people.practitioner" (id: PractitionerId) |s| s.people().practitioner(id);
    "people.practitioner_history" (id: PractitionerId) |s| s.people().practitioner_history(id);
    "people.practitioner_known_at" (id: PractitionerId, at: Instant) |s| s.people().practitioner_known_at(id, at);
    "people.organisation" (id: OrganisationId) |s| s.people().organisation(id);
    "people.organisation_history" (id: OrganisationId) |s| s.people().organisation_history(id);
    "people.organisation_known_at" (id: OrganisationId, at: Instant) |s| s.people().organisation_known_at(id, at);
    "people.care_team" (id: CareTeamId) |s| s.people().care_team(id);
    "people.care_team_history" (id: CareTeamId) |s| s.people().care_team_history(id);
    "people.care_team_known_at" (id: CareTeamId, at: Instant) |s| s.people().care_team_known_at(id, at);
    "people.search" (question: PatientSearch, limit: u32) |s| s.people().search(&question, limit);
    "people.list" (page: Page) |s| s.people().list(&page);
    "people.related_persons" (patient: PatientId) |s| s.people().related_persons(patient);
    "people.care_teams" (patient: PatientId) |s| s.people().care_teams(patient);
    "chart.add" (patient: PatientId, entry: ChartEntry) |s| s.chart().add(patient, entry);
    "chart.edit" (id: EntryId, version: u32, entry: ChartEntry) |s| s.chart().edit(id, version, entry);
    "chart.void" (id: EntryId, version: u32, reason: Sensitive) |s| s.chart().void(id, version, reason);
    "chart.entry" (id: EntryId) |s| s.chart().entry(id);
    "chart.history" (id: EntryId) |s| s.chart().history(id);
    "chart.known_at" (id: EntryId, at: Instant) |s| s.chart().known_at(id, at);
    "chart.timeline" (patient: PatientId, query: TimelineQuery, page: Page)
        |s| s.chart().timeline(patient, &query, &page);
    "chart.problems" (patient: PatientId) |s| s.chart().problems(patient);
    "chart.medications" (patient: PatientId) |s| s.chart().medications(patient);
    "chart.allergies" (patient: PatientId) |s| s.chart().allergies(patient);
    "chart.immunizations" (patient: PatientId) |s| s.chart().immunizations(patient);
    "chart.latest" (patient: PatientId, codes: Vec<Coding>) |s| s.chart().latest(patient, &codes);
    "chart.trend" (patient: PatientId, code: Coding, period: Option<Period>, limit: u32)
        |s| s.chart().trend(patient, &code, period.as_ref(), limit);
    "chart.journey_svg" (patient: PatientId, zone: String) |s| s.chart().journey_svg(patient, &zone);
    "chart.page_html" (patient: PatientId, zone: String, trends: Vec<Coding>)
        |s| s.chart().page_html(patient, &zone, &trends);
    "govern.grant" (grant: RoleGrant) |s| s.govern().grant(grant);
    "govern.revoke" (id: RoleGrantId, version: u32, reason: Sensitive) |s| s.govern().revoke(id, version, reason);
    "govern.accesses" (patient: PatientId, page: Page) |s| s.govern().accesses(patient, &page);
    "govern.audit" (page: Page) |s| s.govern().audit(&page);
    "fhir.import" (what: FhirImport, text: String)
        |s| s.fhir().import(&what, text.as_bytes(), &Progress::default());
    "fhir.export" (patient: PatientId, format: ExportFormat) |s| export(s, patient, format);
    "fhir.resource" (id: RecordId) |s| s.fhir().resource(id);
    "upkeep.stats" () |s| s.upkeep().stats();
    "upkeep.check" () |s| s.upkeep().check(&prm_core::Progress::default());
}
