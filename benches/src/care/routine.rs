//! Schedules that patients have, and when something of them is due: arithmetic, since all of them repeat by days.

use crate::draw::Draw;
use crate::generate::{Id, Patient, Population, id};

const DAY: i64 = 86_400;
/// Day of round 0 since 1970: 14 January 2026, a Wednesday.
const TODAY: i64 = 20_467;
/// Days that schedules are old: ten years.
const AGE: i64 = 3_640;
/// Bit of labels that withholds a patient from those who work at the clinic.
pub const VERY_RESTRICTED: u32 = 1 << 1;

/// What a schedule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Routine {
    /// Blood pressure at the clinic, every week.
    Pressure,
    /// A blood test, every twelve weeks.
    Laboratory,
    /// A foot check, every 52 weeks.
    Feet,
    /// A tablet every day; the patient's own, on no list of a clinic.
    Tablet,
}

/// Every routine.
pub const ROUTINES: [Routine; 4] = [Routine::Pressure, Routine::Laboratory, Routine::Feet, Routine::Tablet];

impl Routine {
    /// Days from one occurrence to the next.
    pub const fn days(self) -> i64 {
        match self {
            Routine::Pressure => 7,
            Routine::Laboratory => 84,
            Routine::Feet => 364,
            Routine::Tablet => 1,
        }
    }

    /// Days after which it is missed; none if the next one takes its place.
    pub const fn late(self) -> Option<i64> {
        match self {
            Routine::Pressure => Some(1),
            Routine::Laboratory => Some(7),
            Routine::Feet => Some(3),
            Routine::Tablet => None,
        }
    }

    /// The rule, as RFC 5545 writes it.
    pub const fn rule(self) -> &'static str {
        match self {
            Routine::Pressure => "FREQ=WEEKLY",
            Routine::Laboratory => "FREQ=WEEKLY;INTERVAL=12",
            Routine::Feet => "FREQ=WEEKLY;INTERVAL=52",
            Routine::Tablet => "FREQ=DAILY",
        }
    }

    /// What lists call it.
    pub const fn title(self) -> &'static str {
        match self {
            Routine::Pressure => "Blood pressure at the clinic",
            Routine::Laboratory => "Haemoglobin A1c and lipids",
            Routine::Feet => "Foot check, once a year",
            Routine::Tablet => "Lisinopril 10 mg in the morning",
        }
    }

    /// Who does it; the patient if nobody is named.
    pub const fn role(self) -> Option<&'static str> {
        match self {
            Routine::Pressure | Routine::Feet => Some("nurse"),
            Routine::Laboratory => Some("laboratory"),
            Routine::Tablet => None,
        }
    }
}

/// A schedule of a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// Id of the schedule.
    pub id: Id,
    /// Id of the patient.
    pub patient: Id,
    /// Number of the patient.
    pub number: u64,
    /// What it is about.
    pub routine: Routine,
    /// When it begins, in seconds of the clock on the wall since 1970.
    pub start: i64,
}

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// Its time on the clock on the wall, in seconds since 1970.
    pub civil: i64,
    /// When it opens and is due, in seconds since 1970.
    pub due: i64,
    /// From when on it is missed.
    pub expires: i64,
    /// When the one after it is due.
    pub next: i64,
}

/// The instant at which a round begins: half past nine in New York, a day later each round.
pub const fn now(round: u64) -> i64 {
    (TODAY + round as i64) * DAY + 14 * 3_600 + 1_800
}

/// Days on which summer time begins and ends in New York, since 1970, of the years in question.
const SUMMERS: [(i64, i64); 4] = [(20_156, 20_394), (20_520, 20_758), (20_891, 21_129), (21_255, 21_493)];

/// The instant of a time on the clock on the wall in New York, in the middle of a day.
fn instant(civil: i64) -> i64 {
    let day = civil.div_euclid(DAY);
    let summer = SUMMERS.iter().any(|(from, to)| (*from..*to).contains(&day));
    civil + if summer { 4 } else { 5 } * 3_600
}

/// What is next of a schedule at an instant, if everything up to a time on the wall was done.
pub fn pending(task: &Task, done: Option<i64>, now: i64) -> Pending {
    let step = task.routine.days() * DAY;
    let at = |civil: i64| {
        let due = instant(civil);
        let expires = task.routine.late().map_or_else(|| instant(civil + step), |days| instant(civil + days * DAY));
        Pending { civil, due, expires, next: instant(civil + step) }
    };
    // Two steps before now, everything was missed.
    let mut civil = task.start + ((now - task.start).div_euclid(step) - 2).max(0) * step;
    while at(civil).expires <= now || done.is_some_and(|done| civil <= done) {
        civil += step;
    }
    at(civil)
}

/// The patients and where they are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caseload {
    /// Patients.
    pub patients: u64,
}

impl Caseload {
    /// How many clinics see them: 2,500 patients each, two clinics at least and 40 at most, an even number.
    pub fn clinics(self) -> u64 {
        (self.patients / 5_000 * 2).clamp(2, 40)
    }

    /// Clinic of a patient. Those of even numbers go to clinics of even numbers.
    pub fn clinic(self, number: u64) -> u32 {
        (number % self.clinics()) as u32
    }

    /// Whether a patient is withheld by labels: a twentieth of those of clinics with odd numbers.
    pub fn withheld(self, number: u64) -> bool {
        number % 2 == 1 && (number / self.clinics()).is_multiple_of(20)
    }

    /// The demographic record.
    pub fn patient(self, number: u64) -> Patient {
        let population = Population { ordinary: self.patients, long: 0 };
        Patient { clinic: self.clinic(number), ..population.patient(number) }
    }

    /// A schedule of a patient.
    pub fn task(self, number: u64, routine: Routine) -> Task {
        let mut draw = Draw::seeded(&[6, number, routine as u64]);
        let day = TODAY - AGE + draw.below(routine.days() as u64) as i64;
        let start = day * DAY + (8 + draw.below(10) as i64) * 3_600;
        Task { id: id(6, number, routine as u64), patient: id(1, number, 0), number, routine, start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clinic_has_about_a_thousand_rows_to_see_to() {
        let caseload = Caseload { patients: 100_000 };
        let until = now(0) + DAY;
        let rows = (0..100_000).filter(|number| caseload.clinic(*number) == 4);
        let rows = rows.flat_map(|number| ROUTINES.map(|routine| caseload.task(number, routine)));
        let rows = rows.filter(|task| task.routine.role().is_some() && pending(task, None, now(0)).due < until);
        assert!((900..1_100).contains(&rows.count()));
    }

    #[test]
    fn what_was_done_is_followed_by_the_next() {
        let task = Caseload { patients: 10 }.task(3, Routine::Pressure);
        let first = pending(&task, None, now(0));
        let second = pending(&task, Some(first.civil), now(0));
        assert_eq!((second.civil - first.civil, second.due), (7 * DAY, first.next));
        assert!(first.expires > now(0) && first.expires - first.due == DAY);
    }

    #[test]
    fn the_clock_on_the_wall_is_that_of_new_york() {
        // 2026-03-07 and 2026-03-09 at 08:00.
        assert_eq!(instant(20_519 * DAY + 8 * 3_600), 20_519 * DAY + 13 * 3_600);
        assert_eq!(instant(20_521 * DAY + 8 * 3_600), 20_521 * DAY + 12 * 3_600);
    }
}
