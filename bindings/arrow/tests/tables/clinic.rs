//! A store with someone who may read everything, on a day that stands still.

use prm_core::chart::{ChartEntry, EntryKind};
use prm_core::people::{HumanName, Organisation, Patient, Practitioner};
use prm_core::{
    Actor, Clock, Coding, Command, Founder, Key, ManualClock, OpenOptions, OrganisationId, PatientId, Prm, Purpose,
    Session,
};

pub(crate) struct Clinic {
    pub(crate) prm: Prm,
    /// Writes.
    pub(crate) office: Session,
    /// Reads.
    pub(crate) doctor: Session,
    pub(crate) site: OrganisationId,
    pub(crate) clock: ManualClock,
}

pub(crate) fn options() -> (OpenOptions, ManualClock) {
    let clock = ManualClock::new("2026-03-02T09:00:00.123456Z".parse().unwrap());
    (OpenOptions::key(Key::raw([7; 32])).clock(Clock::Manual(clock.clone())), clock)
}

impl Clinic {
    pub(crate) fn open() -> Self {
        let (options, clock) = options();
        let prm = Prm::open_memory(options, Founder::system("office")).unwrap().prm;
        let office = prm.session(Actor::system("office"), Purpose::Operations).unwrap();
        let site = office.people().add_organisation(Organisation::default()).unwrap();
        let practitioner = Practitioner { organisations: vec![site], ..Practitioner::default() };
        let doctor = office.people().add_practitioner(practitioner).unwrap();
        let doctor = prm.session(Actor::practitioner(doctor), Purpose::Treatment).unwrap();
        Clinic { prm, office, doctor, site, clock }
    }

    /// Someone who may see nothing of any patient.
    pub(crate) fn stranger(&self) -> Session {
        let practitioner = self.office.people().add_practitioner(Practitioner::default()).unwrap();
        self.prm.session(Actor::practitioner(practitioner), Purpose::Treatment).unwrap()
    }

    pub(crate) fn named(&self, name: &str) -> Patient {
        let name = HumanName { text: Some(name.into()), family: Some(name.into()), ..HumanName::default() };
        Patient { names: vec![name], managing_organisation: Some(self.site), ..Patient::default() }
    }

    pub(crate) fn patient(&self) -> PatientId {
        self.office.people().add(self.named("Ana Ortiz")).unwrap()
    }

    /// Weights, one a minute, the oldest first.
    pub(crate) fn weights(&self, patient: PatientId, count: u32) {
        let weight = |n: u32| {
            let mut entry = ChartEntry::new(EntryKind::Observation, weight());
            let (day, hour, minute) = (1 + n / 1440, n / 60 % 24, n % 60);
            entry.when = Some(format!("2026-02-{day:02}T{hour:02}:{minute:02}:00Z").parse().unwrap());
            entry.value =
                Some(serde_json::from_str(&format!(r#"{{"quantity": {{"value": "{n}.50", "unit": "kg"}}}}"#)).unwrap());
            Command::AddEntry { id: None, patient, entry }
        };
        self.office.execute((0..count).map(weight).collect::<Vec<_>>()).unwrap();
    }
}

pub(crate) fn weight() -> Coding {
    Coding::new("http://loinc.org", "29463-7").display("Body weight")
}
