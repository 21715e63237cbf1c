//! Patients and what is in their charts, made from a seed: any one of them can be made alone, and every engine gets the
//! same.

use crate::draw::Draw;
use crate::names;

/// An id of 16 bytes, ordered by time of making as UUIDs of version 7 are.
pub type Id = [u8; 16];

/// Kinds of entries, as the tables of a typed schema would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A visit, stay or call.
    Encounter,
    /// A measurement.
    Observation,
    /// A problem or diagnosis.
    Condition,
    /// A prescription.
    Medication,
    /// An allergy.
    Allergy,
    /// A vaccination.
    Immunization,
    /// A procedure.
    Procedure,
    /// A document.
    Document,
}

/// Every kind.
pub const KINDS: [Kind; 8] = [
    Kind::Encounter,
    Kind::Observation,
    Kind::Condition,
    Kind::Medication,
    Kind::Allergy,
    Kind::Immunization,
    Kind::Procedure,
    Kind::Document,
];

/// How many entries of each kind a patient has: 59, with the patient 60 records.
const ENTRIES: [(Kind, u64); 8] = [
    (Kind::Encounter, 8),
    (Kind::Observation, 33),
    (Kind::Condition, 3),
    (Kind::Medication, 5),
    (Kind::Allergy, 1),
    (Kind::Immunization, 4),
    (Kind::Procedure, 3),
    (Kind::Document, 2),
];

/// The same for a patient with a long history: 1,000 encounters among 10,000 entries.
const LONG: [(Kind, u64); 8] = [
    (Kind::Encounter, 1_000),
    (Kind::Observation, 7_200),
    (Kind::Condition, 60),
    (Kind::Medication, 700),
    (Kind::Allergy, 10),
    (Kind::Immunization, 80),
    (Kind::Procedure, 450),
    (Kind::Document, 500),
];

/// What is measured, in which unit, from which whole number on and over how many.
const MEASURES: [(&str, &str, u64, u64); 12] = [
    ("Systolic blood pressure", "mm[Hg]", 95, 80),
    ("Diastolic blood pressure", "mm[Hg]", 55, 45),
    ("Heart rate", "/min", 50, 60),
    ("Body weight", "kg", 48, 70),
    ("Body height", "cm", 150, 45),
    ("Body temperature", "Cel", 36, 3),
    ("Oxygen saturation", "%", 90, 10),
    ("Glucose in blood", "mg/dL", 70, 150),
    ("Haemoglobin A1c", "%", 4, 8),
    ("Creatinine in serum", "mg/dL", 0, 3),
    ("Total cholesterol", "mg/dL", 120, 160),
    ("Pain severity", "{score}", 0, 10),
];

const WORDS: [&str; 24] = [
    "acute",
    "annual",
    "bilateral",
    "chronic",
    "consultation",
    "discharge",
    "essential",
    "follow-up",
    "general",
    "initial",
    "left",
    "mild",
    "moderate",
    "primary",
    "recurrent",
    "renal",
    "respiratory",
    "right",
    "routine",
    "screening",
    "secondary",
    "severe",
    "unspecified",
    "upper",
];

const STREETS: [&str; 10] = ["Oak", "Main", "Mill", "Church", "Park", "Station", "River", "School", "Bridge", "Garden"];
const CITIES: [&str; 10] = [
    "Springfield",
    "Riverton",
    "Lakeside",
    "Fairview",
    "Greenville",
    "Milford",
    "Ashland",
    "Clayton",
    "Dayton",
    "Salem",
];

/// Clinics that patients belong to.
pub(crate) const CLINICS: u64 = 40;
/// 2026-01-01, the end of every history.
const END: i64 = 1_767_225_600;
const DAY: i64 = 86_400;

/// A demographic record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// Id.
    pub id: Id,
    /// Family name.
    pub family: String,
    /// Given names.
    pub given: [String; 2],
    /// Year, month, day.
    pub birth: (i32, u8, u8),
    /// Whether female; male otherwise.
    pub female: bool,
    /// Medical record number.
    pub record_number: String,
    /// Telephone number.
    pub phone: String,
    /// E-mail address.
    pub email: String,
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// Postal code.
    pub postal_code: String,
    /// BCP 47 tag.
    pub language: &'static str,
    /// Number of the clinic that keeps the record.
    pub clinic: u32,
}

/// An entry of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id.
    pub id: Id,
    /// Kind.
    pub kind: Kind,
    /// Seconds since 1970. No two entries of a patient share one.
    pub at: i64,
    /// Code within the system `urn:example:bench`.
    pub code: String,
    /// What the code means.
    pub display: String,
    /// `final`, `completed` or `active`.
    pub status: &'static str,
    /// Value as decimal digits, and unit.
    pub value: Option<(String, &'static str)>,
    /// The encounter it belongs to.
    pub encounter: Option<Id>,
}

/// A patient with all entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Demographic record.
    pub patient: Patient,
    /// Entries, in no order.
    pub entries: Vec<Entry>,
}

/// How many patients there are: first the ordinary ones, then those with a long history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// Patients with 59 entries.
    pub ordinary: u64,
    /// Patients with 10,000 entries, a tenth of them encounters.
    pub long: u64,
}

impl Population {
    /// A patient and the chart. `number` counts from 0; those from `ordinary` on have a long history.
    pub fn case(&self, number: u64) -> Case {
        let mut draw = Draw::seeded(&[1, number]);
        let patient = self.patient(number);
        let long = number >= self.ordinary;
        let counts = if long { LONG } else { ENTRIES };
        let years = if long { 30 } else { 10 };
        let visits = counts.first().map_or(1, |(_, count)| *count) as i64;
        let span = years * 365 * DAY;
        let visit_time = |visit: i64| END - span + visit * (span / visits);
        let mut entries = Vec::with_capacity(counts.iter().map(|(_, count)| *count as usize).sum());
        let mut serial = 0;
        for (kind, count) in counts {
            for turn in 0..count {
                let visit = if kind == Kind::Encounter { turn as i64 } else { draw.below(visits as u64) as i64 };
                let encounter = (kind != Kind::Encounter).then(|| id(2, number, visit as u64));
                // Encounters come first, so their serials are their turns; a serial is a second within the visit's day.
                let at = visit_time(visit) + serial as i64;
                entries.push(entry(&mut draw, id(2, number, serial), kind, at, encounter));
                serial += 1;
            }
        }
        Case { patient, entries }
    }

    /// The demographic record alone.
    pub fn patient(&self, number: u64) -> Patient {
        let mut draw = Draw::seeded(&[0, number]);
        let family = names::family(&mut draw);
        let given = [names::given(&mut draw), names::given(&mut draw)];
        let email = format!("{}.{}{}@example.org", fold(&given[0]), fold(&family), number);
        Patient {
            id: id(1, number, 0),
            birth: (1930 + draw.below(95) as i32, 1 + draw.below(12) as u8, 1 + draw.below(28) as u8),
            female: draw.below(2) == 0,
            record_number: format!("MRN{number:08}"),
            phone: format!("+1555{:07}", draw.below(10_000_000)),
            street: format!("{} {} Street", 1 + draw.below(400), draw.one(&STREETS).unwrap_or(&"")),
            city: draw.one(&CITIES).map_or_else(String::new, |city| (*city).to_owned()),
            postal_code: format!("{:05}", draw.below(100_000)),
            language: if draw.below(6) == 0 { "es" } else { "en" },
            clinic: draw.below(CLINICS) as u32,
            email,
            family,
            given,
        }
    }

    /// Id of a patient.
    pub fn id(&self, number: u64) -> Id {
        id(1, number, 0)
    }

    /// All of them.
    pub fn all(&self) -> u64 {
        self.ordinary + self.long
    }
}

/// An entry that is added to the chart of a patient after the population was made: a measurement at home.
pub fn entry_to_add(number: u64, turn: u64) -> Entry {
    let mut draw = Draw::seeded(&[3, number, turn]);
    entry(&mut draw, id(3, number, turn), Kind::Observation, END + turn as i64, None)
}

fn entry(draw: &mut Draw, id: Id, kind: Kind, at: i64, encounter: Option<Id>) -> Entry {
    let (code, display, value) = match kind {
        Kind::Observation => {
            let which = draw.below(MEASURES.len() as u64);
            let (display, unit, low, span) = MEASURES.get(which as usize).copied().unwrap_or_default();
            let value = format!("{}.{}", low + draw.below(span), draw.below(10));
            (format!("m-{which}"), display.to_owned(), Some((value, unit)))
        }
        _ => {
            let which = draw.rank(400);
            let mut words = Draw::seeded(&[4, kind as u64, which]);
            let mut word = || words.one(&WORDS).copied().unwrap_or_default();
            let display = format!("{} {} {} {}", word(), word(), word(), noun(kind));
            (format!("{}-{which}", noun(kind)), display, None)
        }
    };
    let status = match kind {
        Kind::Observation | Kind::Document => "final",
        Kind::Condition | Kind::Allergy | Kind::Medication => "active",
        _ => "completed",
    };
    Entry { id, kind, at, code, display, status, value, encounter }
}

const fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Encounter => "visit",
        Kind::Observation => "measurement",
        Kind::Condition => "disorder",
        Kind::Medication => "tablet",
        Kind::Allergy => "allergy",
        Kind::Immunization => "vaccine",
        Kind::Procedure => "procedure",
        Kind::Document => "letter",
    }
}

/// An id as version 7 of UUID has it: milliseconds first, so ids made later are greater. Patients are made in the order
/// of their numbers, with their entries; entries of group 3 are made after all of them.
pub(crate) fn id(group: u64, number: u64, serial: u64) -> Id {
    let mut draw = Draw::seeded(&[5, group, number, serial]);
    let made = if group == 3 { 1 << 40 } else { 0 };
    let milliseconds = END as u64 * 1_000 + made + number * 16 + serial.min(15);
    let high = (milliseconds << 16) | 0x7000 | draw.below(1 << 12);
    let low = (1 << 63) | (draw.number() >> 2);
    ((u128::from(high) << 64) | u128::from(low)).to_be_bytes()
}

/// A name as searches compare it: ASCII lower case. The names made here have no other letters.
pub fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// A code for how a name sounds (Soundex): stands for the phonetic index on engines that have none.
pub fn sound(name: &str) -> String {
    let class = |c: char| match c {
        'b' | 'f' | 'p' | 'v' => Some('1'),
        'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => Some('2'),
        'd' | 't' => Some('3'),
        'l' => Some('4'),
        'm' | 'n' => Some('5'),
        'r' => Some('6'),
        _ => None,
    };
    let folded = fold(name);
    let mut sound: String = folded.chars().take(1).collect();
    let mut last = folded.chars().next().and_then(class);
    for c in folded.chars().skip(1) {
        let next = class(c);
        if next != last && sound.len() < 4 {
            sound.extend(next);
        }
        last = next;
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const SMALL: Population = Population { ordinary: 50, long: 1 };

    #[test]
    fn a_patient_is_the_same_whoever_is_made_before() {
        let alone = SMALL.case(7);
        let among: Vec<Case> = (0..10).map(|number| SMALL.case(number)).collect();
        assert_eq!(among.get(7), Some(&alone));
        assert_eq!(alone.patient, SMALL.patient(7));
    }

    #[test]
    fn an_ordinary_chart_has_59_entries_and_a_long_one_10_000_with_1_000_encounters() {
        assert_eq!(SMALL.case(0).entries.len(), 59);
        let long = SMALL.case(50);
        assert_eq!(long.entries.len(), 10_000);
        assert_eq!(long.entries.iter().filter(|entry| entry.kind == Kind::Encounter).count(), 1_000);
    }

    #[test]
    fn ids_and_times_are_distinct_and_links_lead_to_encounters() {
        for number in [0, 49, 50] {
            let case = SMALL.case(number);
            let ids: BTreeSet<Id> = case.entries.iter().map(|entry| entry.id).collect();
            let times: BTreeSet<i64> = case.entries.iter().map(|entry| entry.at).collect();
            let encounters: BTreeSet<Id> =
                case.entries.iter().filter(|e| e.kind == Kind::Encounter).map(|e| e.id).collect();
            assert_eq!((ids.len(), times.len()), (case.entries.len(), case.entries.len()));
            assert!(case.entries.iter().filter_map(|e| e.encounter).all(|id| encounters.contains(&id)));
        }
    }

    #[test]
    fn ids_are_of_version_7_and_rise_with_the_patients() {
        let ids: Vec<Id> = (0..50).map(|number| SMALL.id(number)).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.get(6).is_some_and(|b| b >> 4 == 7)));
        assert!(entry_to_add(0, 0).id > SMALL.id(49));
    }

    #[test]
    fn names_that_sound_alike_have_one_sound() {
        assert_eq!(sound("Robert"), "r163");
        assert_eq!(sound("Rupert"), "r163");
    }
}
