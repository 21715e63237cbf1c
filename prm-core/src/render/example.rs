//! A made-up patient for tests.

use super::page::{PageAccess, PatientPage};
use super::trend::{Point, Reference, Series, Trend};
use crate::chart::{ChartEntry, Component, EntryKind, EntryStatus, EntryValue, EntryView};
use crate::engage::{AdherenceCounts, AdherenceDay, AdherenceView, ForecastDay, ForecastView, Ratio};
use crate::id::EntryId;
use crate::people::{Gender, HumanName, Identifier, Patient};
use crate::value::{Coding, Comparator, Concept, Quantity};

/// An entry that is over, with a title and a time.
pub(crate) fn entry(kind: EntryKind, title: &str, when: &str) -> EntryView {
    let concept = Concept { codings: Vec::new(), text: Some(title.into()) };
    let entry = ChartEntry {
        when: Some(when.parse().unwrap()),
        status: EntryStatus::Completed,
        ..ChartEntry::new(kind, concept)
    };
    EntryView {
        id: EntryId::from_uuid(uuid::Uuid::nil()),
        version: 1,
        recorded: "2026-01-01T00:00:00Z".parse().unwrap(),
        voided: None,
        entry,
        conflicts: Vec::new(),
    }
}

fn active(kind: EntryKind, title: &str, when: &str) -> EntryView {
    let mut view = entry(kind, title, when);
    view.entry.status = EntryStatus::Active;
    view
}

fn over(kind: EntryKind, title: &str, when: &str, until: &str) -> EntryView {
    let mut view = entry(kind, title, when);
    view.entry.until = Some(until.parse().unwrap());
    view
}

pub(crate) fn measured(category: &str, title: &str, when: &str, value: &str, unit: &str) -> EntryView {
    let mut view = entry(EntryKind::Observation, title, when);
    view.entry.status = EntryStatus::Final;
    view.entry.categories = vec![Coding::new("http://terminology.hl7.org/CodeSystem/observation-category", category)];
    view.entry.value = Some(EntryValue::Quantity(Quantity::ucum(value.parse().unwrap(), unit).unwrap()));
    view
}

pub(crate) fn pressure(when: &str, systolic: &str, diastolic: &str) -> EntryView {
    let mut view = measured("vital-signs", "Blood pressure", when, "0", "mm[Hg]");
    view.entry.value = None;
    let part = |title: &str, value: &str| Component {
        code: Concept { codings: Vec::new(), text: Some(title.into()) },
        value: Some(EntryValue::Quantity(Quantity::ucum(value.parse().unwrap(), "mm[Hg]").unwrap())),
    };
    view.entry.components = vec![part("Systolic", systolic), part("Diastolic", diastolic)];
    view
}

/// A page that shows every kind of content, with `name` wherever a record can put text.
pub(crate) fn page(name: &str) -> PatientPage {
    let text = |rest: &str| format!("{name} {rest}");
    let patient = Patient {
        names: vec![HumanName { family: Some(name.into()), given: vec!["Ana".into()], ..HumanName::default() }],
        birth_date: Some("1962-03-14".parse().unwrap()),
        gender: Some(Gender::Female),
        identifiers: vec![Identifier {
            value: name.into(),
            kind: Some(Concept::from(Coding::new("urn:x", "MR").display(name))),
            ..Identifier::default()
        }],
        ..Patient::default()
    };
    let problems = vec![
        active(EntryKind::Condition, &text("Type 2 diabetes (disorder)"), "2011"),
        active(EntryKind::Condition, &text("Hypertension"), "2014-05"),
        over(EntryKind::Condition, &text("Fracture"), "2017-01-03", "2017-03-20"),
        entry(EntryKind::Condition, &text("Bronchitis"), "2019-11-02"),
    ];
    let medications = vec![
        active(EntryKind::MedicationRequest, &text("Metformin 500 MG"), "2011-06-01"),
        over(EntryKind::MedicationRequest, &text("Amoxicillin"), "2019-11-02", "2019-11-12"),
        over(EntryKind::MedicationRequest, &text("Amoxicillin"), "2021-02-02", "2021-02"),
    ];
    let allergies = vec![active(EntryKind::AllergyIntolerance, &text("Penicillin"), "1990")];
    let immunizations = vec![
        entry(EntryKind::Immunization, &text("Influenza"), "2024-10-01"),
        entry(EntryKind::Immunization, &text("Influenza"), "2023-10-03"),
        entry(EntryKind::Immunization, &text("Tetanus"), "2016-04"),
    ];
    let pressures: Vec<_> = (2014..2026)
        .filter(|year| *year != 2018 && *year != 2019 && *year != 2020)
        .map(|year| {
            pressure(
                &format!("{year}-06-02T09:30:00+02:00"),
                &(118 + year % 23).to_string(),
                &(70 + year % 11).to_string(),
            )
        })
        .collect();
    let results = vec![
        measured("laboratory", &text("Haemoglobin A1c"), "2025-06-02", "6.123456789", "%"),
        measured("vital-signs", &text("Weight"), "2025-06-02", "71.5", "kg"),
        pressure("2025-06-02T09:30:00+02:00", "123", "71"),
    ];
    let mut timeline: Vec<EntryView> = Vec::new();
    timeline.extend(
        (0..14).map(|n| entry(EntryKind::Encounter, &text("Check-up"), &format!("{}-06-02T09:00:00+02:00", 2012 + n))),
    );
    timeline.push(entry(EntryKind::Procedure, &text("Appendectomy"), "1983"));
    timeline.push(entry(EntryKind::CarePlan, &text("Diabetes care"), "2011-06-01"));
    timeline.push(entry(EntryKind::Claim, &text("Claim"), "2011-06-01"));
    let mut planned = entry(EntryKind::Appointment, &text("Eye check"), "2026-09-01T10:00:00+02:00");
    planned.entry.status = EntryStatus::Planned;
    timeline.push(planned);
    let mut undated = entry(EntryKind::Procedure, &text("Vaccination card"), "2020");
    undated.entry.when = None;
    timeline.push(undated);
    let mut mistake = entry(EntryKind::Procedure, "Not hers", "2020");
    mistake.entry.status = EntryStatus::EnteredInError;
    timeline.push(mistake);
    for list in [&problems, &medications, &allergies, &immunizations, &results, &pressures] {
        timeline.extend(list.iter().cloned());
    }
    let ferritin = ["8", "12", "41", "60"].iter().zip(2020..).map(|(value, year)| Point {
        when: year.to_string().parse().unwrap(),
        value: value.parse().unwrap(),
        comparator: (*value == "8").then_some(Comparator::LessThan),
    });
    let ferritin = Trend {
        label: text("Ferritin"),
        unit: Some("ng/mL".to_owned()),
        series: vec![Series { label: text("Ferritin"), points: ferritin.collect() }],
        reference: Some(Reference { low: Some("15".parse().unwrap()), high: Some("150".parse().unwrap()) }),
        ..Trend::default()
    };
    let trends = vec![Trend::of(&pressures), ferritin];
    let accesses = vec![
        PageAccess {
            when: "2026-03-01T08:12:00+01:00".parse().unwrap(),
            who: text("Dr Weber"),
            purpose: text("treatment"),
            times: 3,
            denied: false,
        },
        PageAccess {
            when: "2026-03-02T08:12:00Z".parse().unwrap(),
            who: text("Billing"),
            purpose: text("payment"),
            times: 1,
            denied: true,
        },
    ];
    PatientPage {
        timeline,
        problems,
        medications,
        allergies,
        immunizations,
        results,
        trends,
        accesses,
        ..PatientPage::new(patient, "2026-03-15".parse().unwrap())
    }
}

/// Many entries over a whole life.
pub(crate) fn crowd(count: usize) -> Vec<EntryView> {
    let kinds = EntryKind::ALL;
    (0..count)
        .map(|n| {
            let (year, month, day) = (1965 + n * 7919 % 61, 1 + n * 31 % 12, 1 + n * 17 % 28);
            let when = match n % 10 {
                0 => format!("{year}"),
                1 => format!("{year}-{month:02}"),
                _ => format!("{year}-{month:02}-{day:02}"),
            };
            let mut view = entry(kinds[n % kinds.len()].clone(), &format!("Title number {}", n % 400), &when);
            if n % 5 == 0 {
                view.entry.status = EntryStatus::Active;
            }
            view
        })
        .collect()
}

/// Three months of care, the last half still ahead.
pub(crate) fn adherence() -> AdherenceView {
    let first: chrono::NaiveDate = "2026-01-01".parse().unwrap();
    let counts = AdherenceCounts::default();
    let days: Vec<_> = (0..90u64)
        .map(|n| {
            let counts = match n {
                74.. => AdherenceCounts { upcoming: 1, ..counts },
                40..48 => AdherenceCounts { paused: 1, ..counts },
                _ if n % 11 == 5 => AdherenceCounts { expected: 1, missed: 1, ..counts },
                _ if n % 7 == 3 => AdherenceCounts { expected: 3, done: 2, missed: 1, ..counts },
                _ if n % 13 == 8 => AdherenceCounts { unplanned: 1, ..counts },
                _ => AdherenceCounts { expected: 1, done: 1, ..counts },
            };
            AdherenceDay { date: (first + chrono::Days::new(n)).try_into().unwrap(), counts }
        })
        .collect();
    AdherenceView {
        as_of: "2026-03-15T12:00:00Z".parse().unwrap(),
        counts: AdherenceCounts { expected: 60, done: 40, missed: 20, ..counts },
        completion: Ratio { numerator: 40, denominator: 60 },
        timeliness: Ratio { numerator: 36, denominator: 40 },
        current_streak: 4,
        longest_streak: 9,
        days,
    }
}

/// A month with a change of plan, for four roles.
pub(crate) fn forecast() -> ForecastView {
    let first: chrono::NaiveDate = "2026-03-01".parse().unwrap();
    let roles = [Some("nurse"), Some("physician"), Some("pharmacist"), Some("dietitian"), None];
    let days = (0..31u64).filter(|n| n % 7 != 0 && n % 7 != 6).flat_map(|n| {
        roles.into_iter().zip(0u32..).map(move |(role, at)| {
            let planned = (u32::try_from(n).unwrap() * 7 + at * 5) % 11 + 4u32.saturating_sub(at) * 3;
            ForecastDay {
                date: (first + chrono::Days::new(n)).try_into().unwrap(),
                role: role.map(str::to_owned),
                planned,
                changed: Some(planned / 2 + at * 2),
            }
        })
    });
    ForecastView { days: days.collect() }
}
