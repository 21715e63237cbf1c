//! What the gate must not let past it.

use std::time::{Duration, Instant as Timer};

use super::*;
use crate::command::RecordKind;
use crate::id::{CareTeamId, RecordId};
use crate::{Event, Sensitive};

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

fn labelled(code: &str) -> Vec<Coding> {
    vec![Coding::new(CONFIDENTIALITY, code)]
}

impl Clinic {
    pub(crate) fn oneself(&self, patient: PatientId) -> Session {
        self.prm.session(Actor::patient(patient), Purpose::PatientRequest).unwrap()
    }

    fn team(&self, patients: Vec<PatientId>) -> CareTeamId {
        let members = patients.iter().map(|id| Member::Patient(*id)).chain([Member::Practitioner(self.doctor)]);
        let members = members.map(|member| CareTeamMember { member, role: None, period: None }).collect();
        self.admin
            .people()
            .add_care_team(CareTeam { name: "Heart".into(), patients, members, ..CareTeam::default() })
            .unwrap()
    }
}

/// Ids of records of a kind that were written after a sequence.
pub(crate) fn written_after(session: &Session, sequence: u64, kind: &RecordKind) -> Vec<RecordId> {
    let mut news = session.subscribe(Some(sequence)).unwrap();
    let mut ids = Vec::new();
    while let Some(event) = news.next(Duration::ZERO).unwrap() {
        let Event::Changed(notice) = event else { panic!("{event:?}") };
        ids.extend((notice.kind == *kind).then_some(notice.id));
    }
    ids
}

/// A site has no number before it has a patient: whoever had asked for anything until then saw nobody of it afterwards.
#[test]
fn those_who_work_for_a_site_register_its_first_patient_and_see_them() {
    let clinic = clinic();
    let desk = clinic.prm.session(Actor::practitioner(clinic.doctor), Purpose::Operations).unwrap();
    let doctor = clinic.treating();
    for session in [&desk, &doctor] {
        assert!(session.people().list(&Page::first(5)).unwrap().patients.is_empty());
    }
    let patient = Patient { managing_organisation: Some(clinic.site), ..Patient::default() };
    let first = desk.people().add(patient).unwrap();
    assert!(doctor.people().patient(first).is_ok());
    assert!(desk.people().patient(first).is_ok());
}

#[test]
fn versions_with_stricter_labels_than_now_stay_withheld() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let began = clinic.clock.now();
    let entry =
        clinic.admin.chart().add(ana, ChartEntry { labels: labelled("V"), ..weight("70", "2026-02-01") }).unwrap();
    clinic.pass(10);
    clinic.admin.chart().edit(entry, 1, weight("71", "2026-02-01")).unwrap();
    let versions = |session: &Session| -> Vec<u32> {
        session.chart().history(entry).unwrap().iter().map(|view| view.version).collect()
    };
    assert_eq!(versions(&clinic.admin), [1, 2]);
    assert_eq!(versions(&clinic.treating()), [2]);
    denied(clinic.treating().chart().known_at(entry, began));
    assert_eq!(clinic.treating().chart().known_at(entry, clinic.clock.now()).unwrap().unwrap().version, 2);
    let accesses = clinic.oneself(ana).govern().accesses(ana, &Page::first(50)).unwrap().accesses;
    assert!(accesses.iter().any(|access| access.class == crate::govern::DataClass::Chart && !access.permitted));

    let patient = |code| Patient {
        names: vec![name("Bo", "Li")],
        managing_organisation: Some(clinic.site),
        labels: labelled(code),
        ..Patient::default()
    };
    let bo = clinic.admin.people().add(patient("V")).unwrap();
    clinic.admin.people().edit(bo, 1, patient("N")).unwrap();
    let shown = clinic.treating().people().history(bo).unwrap();
    assert_eq!(shown.iter().map(|view| view.version).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_care_team_names_only_patients_whom_one_may_see() {
    let clinic = clinic();
    let (ana, bo) = (clinic.patient("Ana", "Ortiz"), clinic.patient("Bo", "Li"));
    let team = clinic.team(vec![ana, bo]);
    let whole = clinic.admin.people().care_team(team).unwrap().care_team;
    assert_eq!((whole.patients.len(), whole.members.len()), (2, 3));
    let own = clinic.oneself(ana);
    let people = own.people();
    let shown = [
        people.care_team(team).unwrap(),
        people.care_teams(ana).unwrap().remove(0),
        people.care_team_history(team).unwrap().remove(0),
        people.care_team_known_at(team, clinic.clock.now()).unwrap().unwrap(),
    ];
    for view in shown {
        assert_eq!(view.care_team.patients, [ana]);
        assert_eq!(view.care_team.members.len(), 2);
    }
    for text in [own.fhir().resource(team).unwrap(), {
        let mut out = Vec::new();
        own.fhir().export(ana, crate::ExportFormat::Ndjson, &mut out, &crate::Progress::default()).unwrap();
        String::from_utf8(out).unwrap()
    }] {
        assert!(text.contains(&ana.to_string()) && !text.contains(&bo.to_string()), "{text}");
    }
    assert_eq!(clinic.treating().people().care_team(team).unwrap().care_team.patients, [ana, bo]);
}

#[test]
fn an_id_of_another_record_makes_nobody_a_patient() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let mother = clinic.admin.people().add_related_person(RelatedPerson::of(ana)).unwrap();
    denied(clinic.oneself(PatientId::from_uuid(*mother.as_uuid())).people().patient(ana));
    let entry = clinic.admin.chart().add(ana, weight("70", "2026-02-01")).unwrap();
    denied(clinic.oneself(PatientId::from_uuid(*entry.as_uuid())).chart().problems(ana));
}

#[test]
fn a_record_that_was_made_in_error_entitles_nobody_and_takes_nothing_new() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let person = RelatedPerson {
        authority: Some(Authority::Parent),
        scope: vec![ProxyScope::Demographics],
        ..RelatedPerson::of(ana)
    };
    let mother = clinic.admin.people().add_related_person(person).unwrap();
    let proxy = clinic.prm.session(Actor::related_person(mother), Purpose::PatientRequest).unwrap();
    let own = clinic.oneself(ana);
    for session in [&own, &proxy] {
        assert!(session.people().patient(ana).is_ok());
    }
    clinic.admin.people().void(ana, 1, "registered twice").unwrap();
    for session in [&own, &proxy] {
        denied(session.people().patient(ana));
    }
    let late = clinic.admin.chart().add(ana, weight("70", "2026-02-01")).unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    let late = clinic.admin.people().add_related_person(RelatedPerson::of(ana)).unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Conflict);
    let bo = clinic.patient("Bo", "Li");
    let add = || Command::AddEntry { id: None, patient: bo, entry: weight("70", "2026-02-01") };
    let void = Command::VoidPatient { id: bo, version: 1, reason: "registered twice".into() };
    assert_eq!(clinic.admin.execute([add(), void, add()]).unwrap_err().kind(), ErrorKind::Conflict);
}

#[test]
fn whoever_is_out_of_use_holds_no_role() {
    let clinic = clinic();
    let who = Who::Practitioner(clinic.doctor);
    clinic.admin.govern().grant(RoleGrant { who: who.clone(), role: Role::Administrator, period: None }).unwrap();
    let boss = clinic.prm.session(Actor::new(who), Purpose::Operations).unwrap();
    assert!(boss.upkeep().stats().is_ok());
    let gone = Practitioner { inactive: true, ..Practitioner::default() };
    clinic.admin.people().edit_practitioner(clinic.doctor, 1, gone).unwrap();
    denied(boss.upkeep().stats());
    denied(boss.people().add(Patient::default()));
}

#[test]
fn who_may_not_write_does_not_learn_which_records_there_are() {
    let clinic = clinic();
    let nobody = clinic.prm.session(Actor::system("nobody"), Purpose::Operations).unwrap();
    let unknown = OrganisationId::from_uuid(uuid::Uuid::from_u128(5));
    for site in [clinic.site, unknown] {
        denied(nobody.people().add(Patient { managing_organisation: Some(site), ..Patient::default() }));
        let doctor = Practitioner { organisations: vec![site], ..Practitioner::default() };
        denied(nobody.people().add_practitioner(doctor));
    }
}

/// Each commit that showed nothing made the call wait its whole time again.
#[test]
fn a_subscriber_is_answered_in_time_whatever_others_write() {
    let clinic = clinic();
    let mut news = clinic.treating().subscribe(None).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                clinic.admin.people().add(Patient::default()).unwrap();
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let (sender, answer) = std::sync::mpsc::channel();
        scope.spawn(move || sender.send(news.next(Duration::from_millis(200)).unwrap()));
        let answer = answer.recv_timeout(Duration::from_secs(3));
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(answer, Ok(None));
    });
}

#[test]
fn asking_for_the_newest_sequence_does_not_wait_for_a_commit() {
    let clinic = clinic();
    let store = clinic.store();
    let (begun, wait) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let writer = store.clone();
        scope.spawn(move || {
            writer.write(move |_| {
                begun.send(()).unwrap();
                std::thread::sleep(Duration::from_secs(3));
                Ok(())
            })
        });
        wait.recv().unwrap();
        let began = Timer::now();
        clinic.admin.subscribe(None).unwrap().next(Duration::ZERO).unwrap();
        clinic.admin.upkeep().stats().unwrap();
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    });
}

#[test]
fn texts_that_every_entry_of_the_audit_would_repeat_are_short() {
    let clinic = clinic();
    let long = "x".repeat(201);
    let actors = [
        Actor::system(long.clone()),
        Actor::system(""),
        Actor::practitioner(clinic.doctor).app(long.clone()),
        Actor::practitioner(clinic.doctor).device(long.clone()),
    ];
    for actor in actors {
        assert_eq!(clinic.prm.session(actor, Purpose::Treatment).unwrap_err().kind(), ErrorKind::Invalid);
    }
    let doctor = Actor::practitioner(clinic.doctor);
    let purpose = Purpose::Other(long.clone());
    assert_eq!(clinic.prm.session(doctor, purpose).unwrap_err().kind(), ErrorKind::Invalid);
    let grant = RoleGrant { who: Who::System(long), role: Role::Integration, period: None };
    assert_eq!(clinic.admin.govern().grant(grant).unwrap_err().kind(), ErrorKind::Invalid);
    let ana = clinic.patient("Ana", "Ortiz");
    let reason = Sensitive::from("x".repeat(20_001));
    assert_eq!(clinic.admin.people().void(ana, 1, reason).unwrap_err().kind(), ErrorKind::Invalid);
}

/// A group of a large import held every notice of 256 commits in memory at once.
#[test]
fn notices_are_gathered_in_small_helpings() {
    let clinic = clinic();
    let sequence = clinic.admin.upkeep().stats().unwrap().sequence;
    for _ in 0..4 {
        let add = || Command::AddPatient { id: None, patient: Patient::default() };
        clinic.admin.execute((0..3_000).map(|_| add()).collect::<Vec<_>>()).unwrap();
    }
    let (first, upto) = clinic.admin.notices(sequence).unwrap();
    assert!(first.len() < 9_000, "{}", first.len());
    let (rest, _) = clinic.admin.notices(upto).unwrap();
    assert!(!rest.is_empty());
    assert_eq!(written_after(&clinic.admin, sequence, &RecordKind::Patient).len(), 12_000);
}

/// The pid of a patient who was not added is that of the next one, who seemed to have been reached for.
#[test]
fn a_patient_is_not_told_of_another_who_was_never_added() {
    let clinic = clinic();
    let nobody = clinic.prm.session(Actor::system("nobody"), Purpose::Operations).unwrap();
    denied(nobody.people().add(Patient::default()));
    let ana = clinic.patient("Ana", "Ortiz");
    let accesses = clinic.admin.govern().accesses(ana, &Page::first(50)).unwrap().accesses;
    assert!(accesses.iter().all(|access| access.permitted), "{accesses:?}");
    denied(nobody.people().void(ana, 1, "not mine"));
    let accesses = clinic.admin.govern().accesses(ana, &Page::first(50)).unwrap().accesses;
    assert_eq!(accesses.iter().filter(|access| !access.permitted).count(), 1);
}

#[test]
fn nobody_is_told_how_many_entries_are_withheld_from_them() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    for n in 0..3 {
        let labels = if n == 0 { Vec::new() } else { labelled("V") };
        clinic.admin.chart().add(ana, ChartEntry { labels, ..weight("70", "2026-02-01") }).unwrap();
    }
    let queries = [
        TimelineQuery::default(),
        TimelineQuery { kinds: vec![EntryKind::Observation], ..TimelineQuery::default() },
        TimelineQuery { codes: vec![Coding::new("http://loinc.org", "29463-7")], ..TimelineQuery::default() },
    ];
    for query in queries {
        let page = clinic.treating().chart().timeline(ana, &query, &Page::first(9)).unwrap();
        assert_eq!((page.entries.len(), page.looked_at), (1, 1));
        assert_eq!(clinic.admin.chart().timeline(ana, &query, &Page::first(9)).unwrap().looked_at, 3);
    }
}

/// Calls that are made while the writer is busy: they are decided together, in the order given.
fn together(clinic: &Clinic, calls: Vec<Box<dyn FnOnce() -> Result<()> + Send + '_>>) -> Vec<Result<()>> {
    let store = clinic.store();
    let (begun, wait) = std::sync::mpsc::channel();
    let (go, held) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let writer = store.clone();
        scope.spawn(move || {
            writer.write(move |_| {
                begun.send(()).unwrap();
                held.recv().unwrap();
                Ok(())
            })
        });
        wait.recv().unwrap();
        let mut waiting = Vec::new();
        for call in calls {
            waiting.push(scope.spawn(call));
            while store.waiting() < waiting.len() {
                std::thread::yield_now();
            }
        }
        go.send(()).unwrap();
        waiting.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

#[test]
fn batches_that_share_a_commit_share_nothing_else() {
    let clinic = clinic();
    let before = clinic.admin.upkeep().stats().unwrap().sequence;
    let taken = clinic.patient("Ana", "Ortiz");
    let add = |id| Command::AddPatient { id, patient: Patient { names: vec![name("Bo", "Li")], ..Patient::default() } };
    let execute = |commands: Vec<Command>| -> Box<dyn FnOnce() -> Result<()> + Send + '_> {
        Box::new(|| clinic.admin.execute(commands).map(drop))
    };
    let commits = clinic.store().commits();
    let outcomes = together(
        &clinic,
        vec![execute(vec![add(None), add(Some(taken))]), execute(vec![add(None)]), execute(vec![add(Some(taken))])],
    );
    assert_eq!(clinic.store().commits() - commits, 1);
    let kinds: Vec<_> = outcomes.into_iter().map(|outcome| outcome.map_err(|e| e.kind())).collect();
    assert_eq!(kinds, [Err(ErrorKind::Conflict), Ok(()), Err(ErrorKind::Conflict)]);
    assert_eq!(written_after(&clinic.admin, before, &RecordKind::Patient).len(), 2);
    assert_eq!(clinic.admin.people().list(&Page::first(9)).unwrap().patients.len(), 2);
    assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_role_that_is_revoked_while_a_write_waits_counts_no_more() {
    let clinic = clinic();
    let grant = RoleGrant { who: Who::System("importer".into()), role: Role::Integration, period: None };
    let id = clinic.admin.govern().grant(grant).unwrap();
    let importer = clinic.prm.session(Actor::system("importer"), Purpose::Operations).unwrap();
    importer.people().add(Patient::default()).unwrap();
    let outcomes = together(
        &clinic,
        vec![
            Box::new(|| clinic.admin.govern().revoke(id, 1, "done").map(drop)),
            Box::new(|| importer.people().add(Patient::default()).map(drop)),
        ],
    );
    let kinds: Vec<_> = outcomes.into_iter().map(|outcome| outcome.map_err(|e| e.kind())).collect();
    assert_eq!(kinds, [Ok(()), Err(ErrorKind::Denied)]);
}

#[test]
fn the_audit_tells_on_whose_behalf_someone_acted_and_a_role_is_shown_to_administrators_alone() {
    let clinic = clinic();
    let ana = clinic.patient("Ana", "Ortiz");
    let doctor = Actor::practitioner(clinic.doctor).on_behalf_of(ana);
    let doctor = clinic.prm.session(doctor, Purpose::Treatment).unwrap();
    doctor.people().patient(ana).unwrap();
    clinic.store().checkpoint().unwrap();
    let audit = clinic.admin.govern().audit(&Page::first(100)).unwrap().entries;
    let acted = audit.iter().filter(|entry| entry.session == Some(doctor.id()));
    assert_eq!(acted.map(|entry| entry.on_behalf_of).collect::<Vec<_>>(), [Some(ana); 2]);
    let grant = RoleGrant { who: Who::System("importer".into()), role: Role::Integration, period: None };
    let role = clinic.admin.govern().grant(grant).unwrap();
    denied(doctor.fhir().resource(role));
    assert_eq!(clinic.admin.fhir().resource(role).unwrap_err().kind(), ErrorKind::Unsupported);
}

#[test]
fn a_clock_at_either_end_of_time_breaks_nothing() {
    let clinic = clinic();
    let team = clinic.team(vec![clinic.patient("Ana", "Ortiz")]);
    for end in [chrono::DateTime::<chrono::Utc>::MAX_UTC, chrono::DateTime::<chrono::Utc>::MIN_UTC] {
        clinic.clock.set(end);
        let mut bo = Patient { names: vec![name("Bo", "Li")], ..Patient::default() };
        bo.managing_organisation = Some(clinic.site);
        let bo = clinic.admin.people().add(bo).unwrap();
        let born = Patient { birth_date: Some("1987".parse().unwrap()), ..Patient::default() };
        // Born after the beginning of time is in the future then.
        let _ = clinic.admin.people().add(born);
        let _ = clinic.admin.chart().add(bo, weight("70", "2026-02-01"));
        let _ = clinic.admin.chart().add(bo, weight("70", "2026-02-01T00:00:00Z"));
        let doctor = clinic.treating();
        doctor.people().care_team(team).unwrap();
        for future in [true, false] {
            let query = TimelineQuery { future, ..TimelineQuery::default() };
            doctor.chart().timeline(bo, &query, &Page::first(9)).unwrap();
        }
        doctor.chart().problems(bo).unwrap();
        assert!(!clinic.admin.govern().accesses(bo, &Page::first(9)).unwrap().accesses.is_empty());
        clinic.store().checkpoint().unwrap();
        assert_eq!(clinic.admin.upkeep().check(&crate::Progress::default()).unwrap().problems, Vec::<String>::new());
    }
}
