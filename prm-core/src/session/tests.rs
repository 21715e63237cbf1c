//! Sessions end to end on a store in memory.

mod batches;
mod care;
mod decisions;
pub(crate) mod gate;
mod handles;
mod journal;
mod model;
mod paging;
mod together;

use super::*;
use crate::chart::{ChartEntry, EntryKind, EntryStatus, TimelineQuery};
use crate::command::Command;
use crate::govern::{Role, RoleGrant, Who};
use crate::id::{OrganisationId, PatientId, PractitionerId};
use crate::page::Page;
use crate::people::{
    Authority, CareTeam, CareTeamMember, HumanName, Member, Organisation, Patient, PatientSearch, Practitioner,
    ProxyScope, RelatedPerson,
};
use crate::prm::{Created, Founder, OpenOptions, Prm};
use crate::store::slot::Key;
use crate::time::{Clock, ManualClock};
use crate::value::Coding;
use crate::{ErrorKind, Ids};

pub(crate) const BEGIN: &str = "2026-03-02T09:00:00Z";

pub(crate) struct Clinic {
    pub(crate) prm: Prm,
    pub(crate) clock: ManualClock,
    pub(crate) admin: Session,
    pub(crate) site: OrganisationId,
    pub(crate) doctor: PractitionerId,
}

pub(crate) fn options(clock: &ManualClock) -> OpenOptions {
    OpenOptions::key(Key::raw([7; 32])).clock(Clock::Manual(clock.clone())).ids(Ids::Seeded(1))
}

/// A store with an administrator, a clinic and a doctor who works there.
pub(crate) fn clinic() -> Clinic {
    let clock = ManualClock::new(BEGIN.parse().unwrap());
    let Created { prm, administrator } = Prm::open_memory(options(&clock), Founder::system("setup")).unwrap();
    furnish(prm, administrator, clock)
}

pub(crate) fn furnish(prm: Prm, administrator: Who, clock: ManualClock) -> Clinic {
    let admin = prm.session(Actor::new(administrator), Purpose::Operations).unwrap();
    let site = admin.people().add_organisation(Organisation { name: "Clinic".into(), ..Default::default() }).unwrap();
    let doctor = Practitioner { names: vec![name("Jo", "Weber")], organisations: vec![site], ..Default::default() };
    let doctor = admin.people().add_practitioner(doctor).unwrap();
    Clinic { prm, clock, admin, site, doctor }
}

pub(crate) fn name(given: &str, family: &str) -> HumanName {
    HumanName { given: vec![given.into()], family: Some(family.into()), ..HumanName::default() }
}

impl Clinic {
    pub(crate) fn store(&self) -> Arc<crate::store::commit::Store> {
        Arc::clone(&self.admin.core().live().unwrap().store)
    }

    pub(crate) fn patient(&self, given: &str, family: &str) -> PatientId {
        let patient =
            Patient { names: vec![name(given, family)], managing_organisation: Some(self.site), ..Patient::default() };
        self.admin.people().add(patient).unwrap()
    }

    pub(crate) fn treating(&self) -> Session {
        self.prm.session(Actor::practitioner(self.doctor), Purpose::Treatment).unwrap()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.set(self.clock.now() + chrono::TimeDelta::seconds(seconds));
    }
}

fn denied<T: std::fmt::Debug>(result: Result<T>) {
    assert_eq!(result.unwrap_err().kind(), ErrorKind::Denied);
}

fn weight(kg: &str, when: &str) -> ChartEntry {
    let mut entry =
        ChartEntry::new(EntryKind::Observation, Coding::new("http://loinc.org", "29463-7").display("Weight"));
    entry.when = Some(when.parse().unwrap());
    entry.status = EntryStatus::Final;
    entry.value = Some(crate::chart::EntryValue::Quantity(crate::Quantity::ucum(kg.parse().unwrap(), "kg").unwrap()));
    entry
}

#[test]
fn a_practitioner_sees_the_patients_of_their_site_and_nobody_elses() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let elsewhere = clinic.admin.people().add(Patient { names: vec![name("Bo", "Li")], ..Patient::default() }).unwrap();
    let doctor = clinic.treating();
    assert_eq!(doctor.people().patient(ana).unwrap().version, 1);
    denied(doctor.people().patient(elsewhere));
    let hits = doctor.people().search(&PatientSearch::text("ortis"), 10).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.patient.id).collect::<Vec<_>>(), [ana]);
    assert!(doctor.people().search(&PatientSearch::text("li"), 10).unwrap().is_empty());
    assert_eq!(doctor.people().list(&Page::first(10)).unwrap().patients.len(), 1);
    assert_eq!(clinic.admin.people().list(&Page::first(10)).unwrap().patients.len(), 2);
    denied(doctor.govern().grant(RoleGrant {
        who: doctor.actor().who.clone(),
        role: Role::Administrator,
        period: None,
    }));
    denied(
        clinic.prm.session(Actor::practitioner(clinic.doctor), Purpose::PatientRequest).unwrap().people().patient(ana),
    );
}

#[test]
fn membership_of_a_care_team_entitles_while_it_lasts() {
    let clinic = clinic();
    let bo = clinic.admin.people().add(Patient { names: vec![name("Bo", "Li")], ..Patient::default() }).unwrap();
    let doctor = clinic.treating();
    denied(doctor.chart().timeline(bo, &TimelineQuery::default(), &Page::first(5)));
    let period = crate::Period { start: None, end: Some("2026-03-31".parse().unwrap()) };
    let member = CareTeamMember { member: Member::Practitioner(clinic.doctor), role: None, period: Some(period) };
    let team = CareTeam { name: "Heart".into(), patients: vec![bo], members: vec![member], ..CareTeam::default() };
    let team = clinic.admin.people().add_care_team(team).unwrap();
    doctor.chart().add(bo, weight("71.5", "2026-03-01T08:00:00Z")).unwrap();
    assert_eq!(doctor.chart().timeline(bo, &TimelineQuery::default(), &Page::first(5)).unwrap().entries.len(), 1);
    assert_eq!(doctor.people().list(&Page::first(10)).unwrap().patients.len(), 1);
    clinic.clock.set("2026-04-01T00:00:00Z".parse().unwrap());
    denied(doctor.people().patient(bo));
    clinic.clock.set("2026-03-31T12:00:00Z".parse().unwrap());
    assert!(doctor.people().patient(bo).is_ok());
    clinic.admin.people().void_care_team(team, 1, "wrong team").unwrap();
    denied(doctor.people().patient(bo));
}

#[test]
fn a_patient_reads_their_own_record_adds_to_it_and_amends_only_what_they_added() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let measured = clinic.treating().chart().add(ana, weight("70", "2026-02-01")).unwrap();
    let own = clinic.prm.session(Actor::patient(ana), Purpose::PatientRequest).unwrap();
    assert!(own.people().patient(ana).is_ok());
    denied(own.people().patient(bo));
    denied(own.chart().add(bo, weight("70", "2026-03-01")));
    denied(own.chart().void(measured, 1, "mine"));
    let home = own.chart().add(ana, weight("71", "2026-03-01")).unwrap();
    assert_eq!(own.chart().edit(home, 1, weight("70.1", "2026-03-01")).unwrap(), 2);
    assert_eq!(own.people().list(&Page::first(10)).unwrap().patients.len(), 1);
    assert!(own.people().search(&PatientSearch::text("li"), 5).unwrap().is_empty());
}

#[test]
fn a_proxy_acts_within_scope_and_dates() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let person = RelatedPerson {
        authority: Some(Authority::Parent),
        scope: vec![ProxyScope::Demographics],
        period: Some(crate::Period { start: None, end: Some("2026-03".parse().unwrap()) }),
        ..RelatedPerson::of(ana)
    };
    let mother = clinic.admin.people().add_related_person(person.clone()).unwrap();
    let proxy = clinic.prm.session(Actor::related_person(mother).on_behalf_of(ana), Purpose::PatientRequest).unwrap();
    assert!(proxy.people().patient(ana).is_ok());
    denied(proxy.chart().problems(ana));
    let wider = RelatedPerson { scope: vec![ProxyScope::Demographics, ProxyScope::Results], ..person };
    clinic.admin.people().edit_related_person(mother, 1, wider).unwrap();
    assert!(proxy.chart().problems(ana).unwrap().is_empty());
    clinic.clock.set("2026-04-01T00:00:00Z".parse().unwrap());
    denied(proxy.people().patient(ana));
}

#[test]
fn labels_withhold_entries_from_those_whom_policy_does_not_let_reach_them() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    let labelled =
        |code: &str| ChartEntry { labels: vec![Coding::new(confidentiality, code)], ..weight("70", "2026-02-01") };
    clinic.admin.chart().add(ana, labelled("N")).unwrap();
    let very = clinic.admin.chart().add(ana, labelled("V")).unwrap();
    clinic.admin.chart().add(ana, labelled("nobody knows")).unwrap();
    let shown = |session: &Session| {
        session.chart().timeline(ana, &TimelineQuery::default(), &Page::first(9)).unwrap().entries.len()
    };
    assert_eq!(shown(&clinic.admin), 2);
    assert_eq!(shown(&clinic.treating()), 1);
    denied(clinic.treating().chart().entry(very));
    assert_eq!(clinic.treating().chart().latest(ana, &[]).unwrap().len(), 1);
}

#[test]
fn who_looked_is_told_to_the_patient_counts_and_denials_included() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = clinic.treating();
    for _ in 0..3 {
        doctor.people().patient(ana).unwrap();
    }
    doctor.people().search(&PatientSearch::text("ana"), 5).unwrap();
    let other = clinic.admin.people().add_practitioner(Practitioner::default()).unwrap();
    denied(clinic.prm.session(Actor::practitioner(other), Purpose::Treatment).unwrap().people().patient(ana));
    clinic.pass(60);
    doctor.people().patient(ana).unwrap();
    let own = clinic.prm.session(Actor::patient(ana), Purpose::PatientRequest).unwrap();
    let look = |page: &Page| own.govern().accesses(ana, page).unwrap();
    let unfolded = look(&Page::first(50)).accesses;
    clinic.store().checkpoint().unwrap();
    let folded = look(&Page::first(50)).accesses;
    for accesses in [&unfolded, &folded] {
        let reads: Vec<_> = accesses.iter().filter(|a| a.who == Who::Practitioner(clinic.doctor)).collect();
        assert_eq!(
            reads.iter().map(|a| (a.count, a.listed, a.permitted)).collect::<Vec<_>>(),
            [(1, false, true), (3, false, true), (1, true, true)]
        );
        assert!(accesses.iter().any(|a| a.who == Who::Practitioner(other) && !a.permitted));
    }
    let mut paged = Vec::new();
    let mut page = Page::first(2);
    loop {
        let found = look(&page);
        paged.extend(found.accesses);
        match found.next {
            Some(next) => page = Page::first(2).after(next),
            None => break,
        }
    }
    assert_eq!(paged.len(), folded.len());
    denied(doctor.govern().accesses(ana, &Page::first(5)));
}

#[test]
fn a_batch_happens_whole_or_not_at_all_and_may_be_sent_again() {
    let clinic = clinic();
    let ana = PatientId::from_uuid(uuid::Uuid::from_u128(1));
    let add =
        |id| Command::AddPatient { id, patient: Patient { names: vec![name("Ana", "Ortiz")], ..Patient::default() } };
    let entry = Command::AddEntry { id: None, patient: ana, entry: weight("70", "2026-02-01") };
    let error = clinic.admin.execute([entry.clone(), add(Some(ana))]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(clinic.admin.people().patient(ana).unwrap_err().kind(), ErrorKind::NotFound);
    let batch = Batch::from([add(Some(ana)), entry]).repeatable(BatchId::from_uuid(uuid::Uuid::from_u128(9)));
    let first = clinic.admin.execute(batch.clone()).unwrap();
    assert_eq!(first.written.len(), 2);
    assert_eq!(clinic.admin.execute(batch.clone()).unwrap(), first);
    let other = Batch { commands: vec![add(None)], ..batch };
    assert_eq!(clinic.admin.execute(other).unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(clinic.admin.people().list(&Page::first(9)).unwrap().patients.len(), 1);
}

#[test]
fn an_edit_of_another_version_is_a_conflict_and_history_keeps_every_version() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let began = clinic.clock.now();
    clinic.pass(10);
    let patient = |family| Patient {
        names: vec![name("Ana", family)],
        managing_organisation: Some(clinic.site),
        ..Patient::default()
    };
    let people = clinic.admin.people();
    assert_eq!(people.edit(ana, 1, patient("Lopez")).unwrap(), 2);
    let error = people.edit(ana, 1, patient("Ruiz")).unwrap_err();
    assert_eq!(error.particulars(), Some(&crate::Detail::Versions { expected: 1, found: 2 }));
    clinic.pass(10);
    assert_eq!(people.void(ana, 2, "registered twice").unwrap(), 3);
    assert_eq!(people.edit(ana, 3, patient("Ruiz")).unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(people.history(ana).unwrap().iter().map(|v| v.version).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(people.known_at(ana, began).unwrap().unwrap().version, 1);
    assert_eq!(people.known_at(ana, began - chrono::TimeDelta::seconds(1)).unwrap(), None);
    assert!(people.search(&PatientSearch::text("lopez"), 5).unwrap().is_empty());
    assert!(people.patient(ana).unwrap().voided.is_some());
}

#[test]
fn a_subscriber_hears_of_what_it_may_see() {
    let clinic = clinic();
    let doctor = clinic.treating();
    let mut news = doctor.subscribe(None).unwrap();
    let ana = clinic.patient("Ana", "Ortiz");
    clinic.admin.people().add(Patient::default()).unwrap();
    let event = news.next(std::time::Duration::from_secs(5)).unwrap().unwrap();
    let crate::Event::Changed(notice) = event else { panic!("{event:?}") };
    assert_eq!((notice.id, notice.version), (ana.into(), 1));
    assert_eq!(news.next(std::time::Duration::from_millis(1)).unwrap(), None);
    clinic.prm.shut_down().unwrap();
    assert_eq!(news.next(std::time::Duration::from_secs(5)).unwrap_err().kind(), ErrorKind::Closed);
    assert_eq!(doctor.people().patient(ana).unwrap_err().kind(), ErrorKind::Closed);
}

#[test]
fn a_role_given_earlier_in_a_batch_counts_later_in_it() {
    let clinic = clinic();
    let grant = RoleGrant { who: Who::System("importer".into()), role: Role::Integration, period: None };
    let importer = clinic.prm.session(Actor::system("importer"), Purpose::Operations).unwrap();
    denied(importer.people().add(Patient::default()));
    let id = clinic.admin.govern().grant(grant).unwrap();
    importer.people().add(Patient::default()).unwrap();
    clinic.admin.govern().revoke(id, 1, "done").unwrap();
    denied(importer.people().add(Patient::default()));
}

#[test]
fn the_audit_tells_an_administrator_of_every_session_access_and_commit() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    clinic.treating().people().patient(ana).unwrap();
    clinic.store().checkpoint().unwrap();
    let (mut entries, mut page) = (Vec::new(), Page::first(3));
    loop {
        let found = clinic.admin.govern().audit(&page).unwrap();
        entries.extend(found.entries);
        match found.next {
            Some(next) => page = Page::first(3).after(next),
            None => break,
        }
    }
    let sequences: Vec<_> = entries.iter().map(|entry| entry.sequence).collect();
    assert_eq!(sequences, (1..=entries.len() as u64).rev().collect::<Vec<_>>());
    let doctor = Some(Who::Practitioner(clinic.doctor));
    assert!(entries.iter().any(|e| e.who == doctor
        && e.patients == [ana]
        && matches!(e.event, crate::govern::AuditEvent::Access { permitted: true, .. })));
    denied(clinic.treating().govern().audit(&Page::first(3)));
}

#[test]
fn a_check_of_a_sound_store_finds_nothing_and_only_administrators_may_ask() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let entry = clinic.admin.chart().add(ana, weight("70", "2026-02-01")).unwrap();
    clinic.admin.chart().edit(entry, 1, weight("70.0", "2026-02-02")).unwrap();
    clinic.admin.chart().void(entry, 2, "wrong patient").unwrap();
    let report = clinic.admin.upkeep().check(&crate::Progress::default()).unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(report.records >= 4 && report.audit_entries > 0);
    denied(clinic.treating().upkeep().check(&crate::Progress::default()));
    let progress = crate::Progress::default();
    clinic.admin.upkeep().check(&progress).unwrap();
    assert!(progress.done() > 0 && progress.done() == progress.total());
    progress.cancel();
    assert_eq!(clinic.admin.upkeep().check(&progress).unwrap_err().kind(), ErrorKind::Cancelled);
    denied(clinic.treating().upkeep().stats());
    assert_eq!(clinic.admin.upkeep().stats().unwrap().patients, 1);
}
