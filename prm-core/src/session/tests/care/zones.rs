//! Another table of time zones: what follows from it is found again, and nothing else.

use super::index::index;
use super::*;
use crate::session::due;
use crate::store::tables::Table;
use crate::time::Zones;

/// A TZif file (RFC 9636) of a zone with one offset until an instant and another from then on.
fn zone(before: i32, at: i64, after: i32, rule: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let header = |bytes: &mut Vec<u8>, changes: u32, kinds: u32| {
        bytes.extend(b"TZif2");
        bytes.extend([0; 15]);
        [0, 0, 0, changes, kinds, 4].iter().for_each(|count| bytes.extend(count.to_be_bytes()));
    };
    let kind = |bytes: &mut Vec<u8>, offset: i32| {
        bytes.extend(offset.to_be_bytes());
        bytes.extend([0, 0]);
    };
    header(&mut bytes, 0, 1);
    kind(&mut bytes, before);
    bytes.extend(b"LMT\0");
    header(&mut bytes, 1, 2);
    bytes.extend(at.to_be_bytes());
    bytes.push(1);
    kind(&mut bytes, before);
    kind(&mut bytes, after);
    bytes.extend(b"LMT\0");
    bytes.extend(format!("\n{rule}\n").bytes());
    bytes
}

fn table(version: &str, offset: i32, rule: &str, whole: bool) -> Zones {
    let mut zones = vec![
        ("Europe/Berlin".to_owned(), zone(3_600, at("2026-03-03T00:00:00Z").timestamp(), offset, rule)),
        ("Etc/UTC".to_owned(), zone(0, 0, 0, "LMT0")),
    ];
    if whole {
        zones.push(("Asia/Tokyo".to_owned(), zone(32_400, 0, 32_400, "LMT-9")));
    }
    Zones::supplied(version, zones)
}

fn old() -> Zones {
    table("2026x", 3_600, "LMT-1", true)
}

/// From 3 March on clocks in Berlin are two hours ahead; Tokyo is forgotten.
fn new() -> Zones {
    table("2026y", 7_200, "LMT-2", false)
}

fn in_zone(clinic: &Clinic, zone: &str, patient: PatientId) -> crate::id::ScheduleId {
    let schedule = Schedule { zone: zone.into(), ..schedule(clinic, patient, "FREQ=DAILY") };
    clinic.treating().engage().add_schedule(schedule).unwrap()
}

type Rows = Vec<(Table, Vec<u8>, Vec<u8>)>;

fn of(rows: &Rows, id: crate::id::ScheduleId) -> Rows {
    rows.iter().filter(|(_, key, _)| key.ends_with(id.as_bytes())).cloned().collect()
}

#[test]
fn another_table_of_zones_moves_what_follows_from_it_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.prm");
    let clock = ManualClock::new(at(BEGIN));
    let made = Prm::create(&path, options(&clock).zones(old()), Founder::system("setup")).unwrap();
    let clinic = furnish(made.prm, made.administrator, clock.clone());
    let ana = clinic.patient("Ana", "Ortiz");
    let bo = clinic.patient("Bo", "Li");
    let (tokyo, berlin, utc) =
        (in_zone(&clinic, "Asia/Tokyo", ana), in_zone(&clinic, "Europe/Berlin", ana), in_zone(&clinic, "Etc/UTC", bo));
    let next = stamp("2026-03-03T08:00:00");
    for id in [berlin, utc] {
        clinic.treating().engage().record_outcome(id, stamp("2026-03-02T08:00:00"), 0, done()).unwrap();
    }
    let before = index(&clinic);
    sound(&clinic);
    let administrator = clinic.admin.actor().who.clone();
    clinic.prm.shut_down().unwrap();
    let reopened = |zones: Zones, read_only: bool| {
        let options = options(&clock).zones(zones);
        let prm = Prm::open(&path, if read_only { options.read_only() } else { options }).unwrap();
        let admin = prm.session(Actor::new(administrator.clone()), Purpose::Operations).unwrap();
        Clinic { prm, clock: clock.clone(), admin, site: clinic.site, doctor: clinic.doctor }
    };
    let looked = reopened(new(), true);
    assert_eq!(index(&looked), before, "who opens for reading writes nothing");
    assert_eq!(looked.admin.upkeep().stats().unwrap().zones, "2026x");
    looked.prm.shut_down().unwrap();
    let after = reopened(new(), false);
    let rows = index(&after);
    assert_eq!(of(&rows, utc), of(&before, utc), "no rule of its zone changed");
    assert_eq!(of(&rows, tokyo), of(&before, tokyo), "nobody knows its zone any more");
    assert_ne!(of(&rows, berlin), of(&before, berlin));
    assert_eq!(after.admin.upkeep().stats().unwrap().zones, "2026y");
    let moved = after.admin.engage().occurrence(berlin, next).unwrap();
    assert_eq!((moved.stamp, moved.due), (next, at("2026-03-03T06:00:00Z")), "the time moved, not the identity");
    let done_then = after.admin.engage().occurrence(berlin, stamp("2026-03-02T08:00:00")).unwrap();
    assert_eq!(done_then.state, OccurrenceState::Done);
    // What nobody can find any more stays on the list as it last stood, and keeps nothing else from being shown.
    let list = after.admin.engage().worklist(&query(&after, "2026-03-05T00:00:00Z"), &Page::first(10)).unwrap().items;
    let of = |id| list.iter().filter(|item| item.schedule == id).map(|item| item.stamp).collect::<Vec<_>>();
    assert_eq!(of(tokyo), [stamp("2026-03-02T08:00:00")]);
    assert_eq!(of(berlin), [next, stamp("2026-03-04T08:00:00")]);
    assert_eq!(after.admin.engage().due(ana).unwrap().len(), 1);
    after.prm.shut_down().unwrap();
    let back = reopened(old(), false);
    assert_eq!(index(&back), before);
    sound(&back);
}

#[test]
fn a_table_that_was_followed_half_way_is_followed_to_the_end() {
    let clinic = clinic();
    let mut patients = Vec::new();
    for n in 0..4 {
        let patient = clinic.patient("Ana", &format!("Ortiz{n}"));
        in_zone(&clinic, "Europe/Berlin", patient);
        patients.push(patient);
    }
    clinic.pass(86_400);
    let (store, now) = (clinic.store(), clinic.clock.now());
    let follow = |zones: Zones, progress: &Progress| due::follow_zones(&store, &zones, now, progress);
    follow(new(), &Progress::default()).unwrap();
    let whole = index(&clinic);
    follow(old(), &Progress::default()).unwrap();
    assert_ne!(index(&clinic), whole);
    let cancelled = Progress::default();
    cancelled.cancel();
    assert_eq!(follow(new(), &cancelled).unwrap_err().kind(), ErrorKind::Cancelled);
    // Killed after two patients.
    store.write(move |tx| (1..3).try_for_each(|pid| due::rebuild(tx, &new(), pid, now).map(drop))).unwrap();
    assert_ne!(index(&clinic), whole);
    follow(new(), &Progress::default()).unwrap();
    assert_eq!(index(&clinic), whole);
    let sequence = store.commits();
    follow(new(), &Progress::default()).unwrap();
    assert_eq!(store.commits(), sequence, "there is nothing to do");
}
