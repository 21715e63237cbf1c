//! Makes the store that stands for a released format: `make-fixture FOLDER`. What is in it is described here and asserted
//! in `tests/fixtures.rs`; a store of a released format is never made again.

use std::error::Error;

use prm_core::chart::ChartEntry;
use prm_core::govern::{Role, RoleGrant};
use prm_core::people::{
    Authority, CareTeam, CareTeamMember, HumanName, Identifier, Member, Organisation, Patient, Practitioner,
    ProxyScope, RelatedPerson,
};
use prm_core::{
    Actor, BatchId, Clock, Command, FhirImport, Founder, Ids, Instant, Key, ManualClock, OpenOptions, Prm, Progress,
    Purpose, Who,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: make-fixture FOLDER")?;
    let clock = ManualClock::new("2026-03-02T09:00:00Z".parse::<Instant>()?);
    let options = OpenOptions::key(Key::raw([42; 32])).clock(Clock::Manual(clock.clone())).ids(Ids::Seeded(1));
    let made = Prm::create(folder, options, Founder::system("fixture"))?;
    let desk = made.prm.session(Actor::new(made.administrator).app("make-fixture"), Purpose::Operations)?;
    let people = desk.people();

    let clinic = people.add_organisation(Organisation { name: "Clinic".into(), ..Organisation::default() })?;
    let doctor = people.add_practitioner(Practitioner { organisations: vec![clinic], ..Practitioner::default() })?;
    let name =
        |family: &str| HumanName { given: vec!["Ana".into()], family: Some(family.into()), ..HumanName::default() };
    let identifier =
        Identifier { system: Some("urn:example:mrn".into()), value: "A-17".into(), ..Identifier::default() };
    let patient = Patient {
        names: vec![name("Ortiz")],
        identifiers: vec![identifier],
        birth_date: Some("1987-04".parse()?),
        managing_organisation: Some(clinic),
        ..Patient::default()
    };
    let ana = people.add(patient.clone())?;
    let batch = prm_core::Batch::from(Command::AddEntry {
        id: None,
        patient: ana,
        entry: ChartEntry::blood_pressure("128".parse()?, "82.50".parse()?, "2026-03-01T08:00:00+01:00".parse()?),
    });
    desk.execute(batch.repeatable("01930000-0000-7000-8000-00000000000b".parse::<BatchId>()?))?;

    clock.set("2026-03-03T09:00:00Z".parse()?);
    people.edit(ana, 1, Patient { names: vec![name("Lopez")], ..patient })?;
    let mother = RelatedPerson {
        authority: Some(Authority::Parent),
        scope: vec![ProxyScope::Results],
        ..RelatedPerson::of(ana)
    };
    people.add_related_person(mother)?;
    let member = CareTeamMember { member: Member::Practitioner(doctor), role: None, period: None };
    people.add_care_team(CareTeam { patients: vec![ana], members: vec![member], ..CareTeam::default() })?;
    desk.govern().grant(RoleGrant { who: Who::System("import".into()), role: Role::Integration, period: None })?;
    let text = include_str!("../../data/fixture.json");
    desk.fhir().import(&FhirImport::from_source("fixture"), text.as_bytes(), &Progress::default())?;

    let treating = made.prm.session(Actor::practitioner(doctor), Purpose::Treatment)?;
    treating.chart().problems(ana)?;
    made.prm.shut_down()?;
    Ok(())
}
